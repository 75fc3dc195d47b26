"""Tiny pages, written with the program's own functions, rendered with pdfium and compared as pixels."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from pathlib import Path as File

import numpy as np
import pypdfium2
from PIL import Image

from brochure.imposition.sheets import sheets
from brochure.model.display_list import Item, Page
from brochure.pdf.document import render
from brochure.pdf.metadata import DocumentInfo
from brochure.prepress.output_conditions import PRESS, OutputCondition
from brochure.project import MemoryProject
from tests.programs import run

INFO = DocumentInfo("Pixels", "en")
Pixels = np.ndarray[tuple[int, ...], np.dtype[np.uint8]]


def painted(
    items: Sequence[Item],
    size: tuple[float, float],
    files: Mapping[str, bytes] | None = None,
    condition: OutputCondition = PRESS,
) -> bytes:
    """Return a page of this size without bleed as a PDF."""
    page = Page(1, "1", *size, 0.0, tuple(items))
    return render(sheets([page], condition), INFO, condition, MemoryProject(files or {}))


def seen(pdf: bytes, scale: float = 1.0) -> Pixels:
    """Render the first page with pdfium: rows of RGB pixels, `scale` of them per point."""
    bitmap = pypdfium2.PdfDocument(pdf)[0].render(scale=scale)
    return np.asarray(bitmap.to_pil().convert("RGB"), dtype=np.uint8)


def seen_by_mupdf(pdf: bytes, folder: File, scale: float = 1.0) -> Pixels:
    """Render the first page with MuPDF."""
    source, target = folder / "seen.pdf", folder / "seen.ppm"
    source.write_bytes(pdf)
    run("mutool", "draw", "-q", "-r", str(72 * scale), "-o", target, source, "1")
    return np.asarray(Image.open(target).convert("RGB"), dtype=np.uint8)


def letters(pixels: Pixels, names: Mapping[str, tuple[int, int, int]], slack: int = 6) -> str:
    """Return pixels as letters, one line per row: the name of each pixel's colour, or ? for a colour without a name."""
    return "\n".join("".join(_letter(pixel, names, slack) for pixel in row) for row in pixels)


def _letter(pixel: Pixels, names: Mapping[str, tuple[int, int, int]], slack: int) -> str:
    for letter, colour in names.items():
        if all(abs(int(a) - b) <= slack for a, b in zip(pixel, colour, strict=True)):
            return letter
    return "?"


def drawn(rows: str) -> str:
    """Return a page as letters, in the format of `letters`."""
    return "\n".join(row.strip() for row in rows.strip().splitlines())
