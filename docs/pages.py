"""Write the images of pages in the documentation: `python -m docs.pages`.

`docs/pictures/opening.webp`, at the top of the readme, shows the sample's cover and one of its spreads,
`docs/pictures/sample.webp` all of its pages, `docs/numbered.png` pages of a numbered proof, and `docs/pictures/notes.webp`
footnotes and endnotes.
"""

from __future__ import annotations

import io
import sys
from collections.abc import Iterator, Sequence
from pathlib import Path

import pypdfium2
from PIL import Image, ImageFilter

from brochure.api import build
from brochure.prepress.output_conditions import SCREEN
from brochure.project import DiskProject
from tests.pictures.note_gallery import gallery

ROOT = Path(__file__).resolve().parent.parent
SAMPLE = ROOT / "layouts" / "proven-model"
SURROUND = (236, 235, 232)
GAP = 24
SPREAD = (8, 9)
"""The pages of the sample's spread that the readme opens with."""
OPENING_HEIGHT, OPENING_GAP = 640, 56


def main() -> None:
    """Write all images."""
    _write("numbered.png", numbered_proof(SAMPLE, (3, 7, 13), height=620))
    opening(SAMPLE, SPREAD).save(ROOT / "docs" / "pictures" / "opening.webp", quality=86, method=6)
    contact_sheet(SAMPLE).save(ROOT / "docs" / "pictures" / "sample.webp", quality=86, method=6)
    notes().save(ROOT / "docs" / "pictures" / "notes.webp", quality=88)


def opening(project: Path, spread: Sequence[int]) -> Image.Image:
    """Return the cover and an open spread as they lie on a table, with shadows."""
    built = build(DiskProject(project), SCREEN)
    pages = list(render_pages(built.pdf, OPENING_HEIGHT))
    cover, (left, right) = pages[0], (pages[number - 1] for number in spread)
    opened = Image.new("RGB", (left.width + right.width, left.height))
    opened.paste(left, (0, 0))
    opened.paste(right, (left.width, 0))
    edge = OPENING_GAP
    width = cover.width + opened.width + 3 * edge
    table = Image.new("RGB", (width, cover.height + 2 * edge), SURROUND)
    for sheet, x in ((cover, edge), (opened, cover.width + 2 * edge)):
        _lay(sheet, table, x, edge)
    return table


def _lay(sheet: Image.Image, table: Image.Image, x: int, y: int) -> None:
    """Paste a sheet with a soft shadow below it."""
    shade = Image.new("L", table.size)
    shade.paste(110, (x + 4, y + 14, x + sheet.width - 4, y + sheet.height + 14))
    soft = shade.filter(ImageFilter.GaussianBlur(16))
    table.paste((40, 38, 34), (0, 0), soft)
    table.paste(sheet, (x, y))


def contact_sheet(project: Path, across: int = 6, height: int = 420) -> Image.Image:
    """Return the pages of a brochure with facing pages together; the back cover is beside the front, as on the open cover."""
    pages = list(render_pages(build(DiskProject(project), SCREEN).pdf, height))
    spreads = [(pages[-1], pages[0]), *zip(pages[1:-1:2], pages[2:-1:2], strict=True)]
    wide = 2 * pages[0].width + GAP
    columns = across // 2
    rows = -(-len(spreads) // columns)
    sheet = Image.new("RGB", (columns * wide + GAP, rows * (height + GAP) + GAP), SURROUND)
    for at, (left, right) in enumerate(spreads):
        row, column = divmod(at, columns)
        x, y = GAP + column * wide, GAP + row * (height + GAP)
        sheet.paste(left, (x, y))
        sheet.paste(right, (x + left.width, y))
    return sheet


def numbered_proof(project: Path, numbers: Sequence[int], height: int) -> Image.Image:
    """Return pages of a project's numbered proof, side by side."""
    built = build(DiskProject(project), SCREEN.numbered(), "fr")
    pages = list(render_pages(built.pdf, height))
    shown = [pages[number - 1] for number in numbers]
    return join_in_a_row(shown)


def notes() -> Image.Image:
    """Return pages with footnotes and endnotes, side by side."""
    return join_in_a_row(list(render_pages(build(gallery(), SCREEN, "en").pdf, height=760)))


def join_in_a_row(pages: Sequence[Image.Image]) -> Image.Image:
    """Return the pages side by side."""
    width = sum(page.width + GAP for page in pages) + GAP
    sheet = Image.new("RGB", (width, pages[0].height + 2 * GAP), SURROUND)
    x = GAP
    for page in pages:
        sheet.paste(page, (x, GAP))
        x += page.width + GAP
    return sheet


def render_pages(pdf: bytes, height: int) -> Iterator[Image.Image]:
    """Yield the pages of a PDF with this height in pixels."""
    document = pypdfium2.PdfDocument(pdf)
    for page in document:
        # Rendered at a larger size and reduced, so that small type stays grey and does not break up.
        image = page.render(scale=2 * height / page.get_height()).to_pil().convert("RGB")
        yield image.resize(
            (round(image.width * height / image.height), height), Image.Resampling.LANCZOS
        )


def _write(name: str, image: Image.Image) -> None:
    out = io.BytesIO()
    image.quantize(256, dither=Image.Dither.FLOYDSTEINBERG).save(out, "PNG", optimize=True)
    (ROOT / "docs" / name).write_bytes(out.getvalue())
    sys.stdout.write(
        f"docs/{name}: {image.width} x {image.height}, {len(out.getvalue()) // 1000} kB\n"
    )


if __name__ == "__main__":
    main()
