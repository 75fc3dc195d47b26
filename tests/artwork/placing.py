"""Brochures with one placed PDF, and pictures of pages."""

from __future__ import annotations

from pathlib import Path

import numpy as np
from PIL import Image

from brochure.api import build
from brochure.build_values import Built
from brochure.prepress.output_conditions import CONDITIONS
from brochure.project import MemoryProject
from tests.programs import run

LAYOUT = """
brochure: placed
title: words.title
size: {size}
bleed: 0 mm
binding: none
{more}
swatches: {{signal: 'spot "Signal" as cmyk 0 60 100 0', night: cmyk 0 0 0 100}}
pages:
  - frames:
      art: {{at: "x 0 pt, y 0 pt, width {width:g} pt, height {height:g} pt", content: [{blocks}]}}
"""
COPY = b"words: {title: Placed artwork, alt: A logo}"
BLOCK = "{{image: art.pdf, alt: words.alt, space-before: 0 pt, space-after: 0 pt{keys}}}"
Pixels = np.ndarray[tuple[int, ...], np.dtype[np.uint8]]


def project_with(
    pdf: bytes,
    keys: str = "",
    *,
    size: tuple[float, float] = (200, 100),
    more: str = "",
    name: str = "art.pdf",
    blocks: str = "",
) -> MemoryProject:
    """Return a project with one page of this size in points, on which the PDF is placed."""
    block = blocks or BLOCK.format(keys=keys).replace("art.pdf", name)
    width, height = size
    layout = LAYOUT.format(
        size=f"{width:g} x {height:g} pt", width=width, height=height, blocks=block, more=more
    )
    files = {"brochure.yaml": layout.encode(), "content/en.yaml": COPY, f"assets/{name}": pdf}
    return MemoryProject(files)


def place(
    pdf: bytes,
    keys: str = "",
    *,
    target: str = "press",
    size: tuple[float, float] = (200, 100),
    more: str = "",
    name: str = "art.pdf",
    blocks: str = "",
) -> Built:
    """Build a brochure with a placed PDF; an edition with errors has no PDF but its findings."""
    project = project_with(pdf, keys, size=size, more=more, name=name, blocks=blocks)
    return build(project, CONDITIONS[target])


def render_with_poppler(pdf: bytes, folder: Path, *options: str, ppi: int = 144) -> Pixels:
    """Return the first page as poppler shows it."""
    source = folder / "page.pdf"
    source.write_bytes(pdf)
    run("pdftoppm", "-r", f"{ppi}", "-singlefile", *options, source, folder / "page")
    return _pixels(folder / "page.ppm")


def render_with_ghostscript(pdf: bytes, folder: Path, ppi: int = 144) -> Pixels:
    """Return the only page of a file as Ghostscript shows it."""
    (page,) = render_files_with_ghostscript(folder, pdf, ppi=ppi)
    return page


def render_files_with_ghostscript(folder: Path, *pdfs: bytes, ppi: int = 144) -> list[Pixels]:
    """Return the page of each file as one process of Ghostscript shows it; each has one page."""
    sources = [folder / f"gs{at}.pdf" for at in range(len(pdfs))]
    for source, pdf in zip(sources, pdfs, strict=True):
        source.write_bytes(pdf)
    options = (
        "-q",
        "-dNOPAUSE",
        "-dBATCH",
        "-sDEVICE=ppmraw",
        "-dTextAlphaBits=4",
        "-dGraphicsAlphaBits=4",
    )
    target = folder / "gs%d.ppm"
    run("gs", *options, "-dUseTrimBox", f"-r{ppi}", f"-sOutputFile={target}", *sources)
    return [_pixels(folder / f"gs{at + 1}.ppm") for at in range(len(pdfs))]


def _pixels(path: Path) -> Pixels:
    return np.asarray(Image.open(path).convert("RGB"), dtype=np.uint8)


def difference(one: Pixels, other: Pixels) -> tuple[float, float]:
    """Return the mean difference of two pictures of equal size in levels, and the share of pixels that differ by more than 40."""
    assert one.shape == other.shape
    apart = np.abs(one.astype(int) - other.astype(int)).max(axis=2)
    return float(apart.mean()), float((apart > 40).mean())
