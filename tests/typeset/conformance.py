"""Unicode's own conformance files, as they came, compressed.

Takes a file's name; gives its lines of data, comments left out. The files and their licence lie in `tests/typeset/unicode`.
"""

from __future__ import annotations

import lzma
from collections.abc import Iterator
from pathlib import Path

FOLDER = Path(__file__).parent / "unicode"
VERSION = "15.0.0"


def data_lines(name: str) -> Iterator[str]:
    """The lines of a conformance file that hold data."""
    with lzma.open(FOLDER / f"{name}-{VERSION}.txt.xz", "rt", encoding="utf-8") as file:
        for line in file:
            data = line.split("#", maxsplit=1)[0].strip()
            if data:
                yield data
