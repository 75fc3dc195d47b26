"""Exchange: catalogues in and out, one format a file.

`po.py` reads and writes `.po`; the file's name is what `--format` takes. Each format has `SUFFIXES`, `read(data, label,
language)`, which gives a `Catalogue` and findings, and `write(catalogue)`, which gives bytes. What one reads another may
write: no format changes a byte of the copy.
"""

from __future__ import annotations

import sys
from pathlib import PurePosixPath
from typing import Protocol

from brochure.findings import Finding
from brochure.l10n.catalogue import Catalogue
from brochure.system import plugins


class CatalogueFormat(Protocol):
    """An exchange format: one of this package's files."""

    SUFFIXES: tuple[str, ...]

    def read(self, data: bytes, label: str, language: str) -> tuple[Catalogue, tuple[Finding, ...]]:
        """The catalogue in a file; findings with the file's lines for what is wrong in it."""

    def write(self, catalogue: Catalogue) -> bytes:
        """The file of a catalogue."""


def formats() -> list[str]:
    """The formats, as `--format` takes them."""
    return plugins.names(sys.modules[__name__])


def load_format(name: str) -> CatalogueFormat:
    """The format of that name, one of `formats()`."""
    module: CatalogueFormat = plugins.kind(sys.modules[__name__], name)
    return module


def detect_format(file: str, data: bytes = b"") -> CatalogueFormat | None:
    """The format of a file by its ending and, where several share it, by what is in it; None where no format has it."""
    suffix = PurePosixPath(file).suffix.lower()
    fitting = [one for one in map(load_format, formats()) if suffix in one.SUFFIXES]
    sure = (one for one in fitting if getattr(one, "recognises", _anything)(data))
    return next(sure, fitting[0] if fitting else None)


def _anything(data: bytes) -> bool:
    return True
