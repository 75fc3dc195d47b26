"""Unicode's own conformance files, unchanged but compressed.

`data_lines` returns the lines of a file without comments. The files and their licence are in `tests/typeset/unicode`.
"""

from __future__ import annotations

import lzma
from collections.abc import Iterator
from pathlib import Path

FOLDER = Path(__file__).parent / "unicode"
VERSION = "15.0.0"


def data_lines(name: str) -> Iterator[str]:
    """Return the data lines of a conformance file."""
    with lzma.open(FOLDER / f"{name}-{VERSION}.txt.xz", "rt", encoding="utf-8") as file:
        for line in file:
            data = line.split("#", maxsplit=1)[0].strip()
            if data:
                yield data
