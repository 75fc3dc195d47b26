"""Golden files: what came out when somebody last looked at it and found it good.

Takes a name and what comes out now; compares it with what is kept under `tests/goldens`, or, where `BROCHURE_GOLDENS=write`
is set (`make goldens`), keeps it instead.
"""

from __future__ import annotations

import os
from pathlib import Path

from tests.programs import lacking

FOLDER = Path(__file__).parent / "goldens"


def writing() -> bool:
    """Whether golden files are to be written, not compared with."""
    return os.environ.get("BROCHURE_GOLDENS") == "write"


def keep(name: str, data: bytes) -> None:
    """Writes a golden file."""
    path = FOLDER / name
    path.parent.mkdir(parents=True, exist_ok=True)
    path.write_bytes(data)


def kept(name: str) -> bytes:
    """A golden file; skips the test where nobody has written it yet."""
    path = FOLDER / name
    if not path.is_file():
        lacking(
            f"there is no golden file {name} yet: look at what comes out, then run `make goldens`"
        )
    return path.read_bytes()


def compare(name: str, text: str) -> None:
    """Text against its golden file."""
    if writing():
        keep(name, text.encode())
    assert text == kept(name).decode(), f"{name} is not as it was; `make goldens` keeps the new one"
