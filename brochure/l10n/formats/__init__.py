"""File formats for translation catalogues, one module per format.

A module's name is the value of `--format`. Each module has `SUFFIXES`, `read(data, label, language)`, which returns a `Catalogue`
and findings, and `write(catalogue)`, which returns bytes. Every format preserves keys, sources and targets exactly. A format
with `SHOWS_PICTURES = True` writes the catalogue's pictures, too.
"""

from __future__ import annotations

import sys
from pathlib import PurePosixPath
from typing import Protocol

from brochure.findings import Finding
from brochure.l10n.catalogue import Catalogue
from brochure.system import plugins


class CatalogueFormat(Protocol):
    """The interface of a format module."""

    SUFFIXES: tuple[str, ...]

    def read(self, data: bytes, label: str, language: str) -> tuple[Catalogue, tuple[Finding, ...]]:
        """Return the catalogue in a file, and findings with line numbers for its errors."""

    def write(self, catalogue: Catalogue) -> bytes:
        """Return the catalogue as a file's content."""


def formats() -> list[str]:
    """Return the names of the formats, as given to `--format`."""
    return plugins.names(sys.modules[__name__])


def load_format(name: str) -> CatalogueFormat:
    """Return a format by its name, one of `formats()`."""
    module: CatalogueFormat = plugins.kind(sys.modules[__name__], name)
    return module


def detect_format(file: str, data: bytes = b"") -> CatalogueFormat | None:
    """Return the format of a file by its suffix and, if several share it, its content; None if no format has the suffix."""
    suffix = PurePosixPath(file).suffix.lower()
    candidates = [one for one in map(load_format, formats()) if suffix in one.SUFFIXES]
    matching = (one for one in candidates if getattr(one, "recognises", _accept)(data))
    return next(matching, candidates[0] if candidates else None)


def _accept(data: bytes) -> bool:
    return True
