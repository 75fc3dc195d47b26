"""The four most common PDF readers: poppler, MuPDF, pypdf and pdfium."""

from __future__ import annotations

import io
from collections.abc import Callable
from pathlib import Path

import pypdf
import pypdfium2

from tests.programs import run

Reader = Callable[[bytes, Path], str]


def poppler(pdf: bytes, folder: Path) -> str:
    """Extract text with pdftotext, in the order of poppler."""
    return run("pdftotext", "-enc", "UTF-8", "-nopgbrk", _file(pdf, folder), "-")


def mupdf(pdf: bytes, folder: Path) -> str:
    """Extract text with mutool."""
    return run("mutool", "draw", "-q", "-F", "txt", _file(pdf, folder))


def by_pypdf(pdf: bytes, folder: Path) -> str:
    """Extract text with pypdf."""
    return "\n".join(page.extract_text() for page in pypdf.PdfReader(io.BytesIO(pdf)).pages)


def pdfium(pdf: bytes, folder: Path) -> str:
    """Extract text with pdfium."""
    document = pypdfium2.PdfDocument(pdf)
    return "\n".join(page.get_textpage().get_text_range() for page in document)


READERS: dict[str, Reader] = {
    "poppler": poppler,
    "mupdf": mupdf,
    "pypdf": by_pypdf,
    "pdfium": pdfium,
}


def _file(pdf: bytes, folder: Path) -> Path:
    path = folder / "read.pdf"
    path.write_bytes(pdf)
    return path
