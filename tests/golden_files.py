"""Golden files: expected results that a person has looked at and accepted.

A result is compared with the file of that name in `tests/goldens`. If `BROCHURE_GOLDENS=write` is set (`make goldens`), it is
written to the file instead.
"""

from __future__ import annotations

import os
from pathlib import Path

from tests.programs import lacking

FOLDER = Path(__file__).parent / "goldens"


def writing() -> bool:
    """Whether golden files are written instead of compared."""
    return os.environ.get("BROCHURE_GOLDENS") == "write"


def keep(name: str, data: bytes) -> None:
    """Write a golden file."""
    path = FOLDER / name
    path.parent.mkdir(parents=True, exist_ok=True)
    path.write_bytes(data)


def kept(name: str) -> bytes:
    """Return a golden file; skip the test if it does not exist yet."""
    path = FOLDER / name
    if not path.is_file():
        lacking(f"the golden file {name} does not exist: check the output, then run `make goldens`")
    return path.read_bytes()


def compare(name: str, text: str) -> None:
    """Compare a text with its golden file."""
    if writing():
        keep(name, text.encode())
    assert text == kept(name).decode(), f"{name} has changed; `make goldens` writes the new one"
