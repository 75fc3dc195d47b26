"""Previews of a finished PDF: an image of each page and a contact sheet with facing pages side by side.

pdfium renders the pages, so the images show the actual file.
"""

from __future__ import annotations

import io
from collections.abc import Iterator, Sequence
from typing import Any

from brochure.fast_dataclass import dataclass

DPI = 144
"""Resolution of the page images; sharp on high-density screens."""

THUMBNAIL_HEIGHT, GAP, COLUMNS = 260, 24, 3
"""Contact sheet: height of pages and gap in pixels, and number of spreads in a row."""

BACKGROUND = (226, 226, 222)

FORMS = {"png": "PNG", "webp": "WEBP"}
SAVE_OPTIONS = {"png": {"compress_level": 3}, "webp": {"quality": 88}}
"""Options of the encoders; this PNG level takes a third of the default time for 10 % more bytes."""


@dataclass(frozen=True, slots=True)
class PageImage:
    """An image and its file name, without the brochure's name before it."""

    name: str
    data: bytes


def render_pages(pdf: bytes, form: str = "png", dpi: float = DPI) -> Iterator[PageImage]:
    """Yield an image of each page in a resolution, then the contact sheet."""
    images: list[Any] = []
    for number, (count, image) in enumerate(draw_pages(pdf, dpi), 1):
        name = f"page-{number:0{len(str(count))}d}.{form}"
        yield PageImage(name, encode_image(image, form))
        image.thumbnail((image.width, THUMBNAIL_HEIGHT), reducing_gap=3.0)
        images.append(image)
    sheet = _contact_sheet(images, _spread_order(pdf))
    yield PageImage(f"contact-sheet.{form}", encode_image(sheet, form))


def draw_pages(pdf: bytes, dpi: float = DPI) -> Iterator[tuple[int, Any]]:
    """Yield the number of all pages, and the next page as a Pillow image in a resolution."""
    # Imported here: only previews need a renderer.
    import pypdfium2

    with pypdfium2.PdfDocument(pdf) as document:
        for page in document:
            yield len(document), page.render(scale=dpi / 72).to_pil().convert("RGB")


def encode_image(image: Any, form: str) -> bytes:
    """Return a Pillow image as a file, `png` or `webp`."""
    buffer = io.BytesIO()
    image.save(buffer, FORMS[form], **SAVE_OPTIONS[form])
    return buffer.getvalue()


@dataclass(frozen=True, slots=True)
class SpreadOrder:
    """Arrangement of pages: whether they form pairs, the index of the first pair's first page, and the reading direction."""

    paired: bool
    first: int
    left_to_right: bool


def _spread_order(pdf: bytes) -> SpreadOrder:
    """Read the page arrangement from the catalogue of a PDF."""
    # Imported here: only previews need a PDF reader.
    import pypdf

    root: Any = pypdf.PdfReader(io.BytesIO(pdf)).trailer["/Root"]
    layout = root.get("/PageLayout", "/SinglePage")
    left_to_right = root.get("/ViewerPreferences", {}).get("/Direction") != "/R2L"
    return SpreadOrder(layout.startswith("/TwoPage"), int(layout == "/TwoPageRight"), left_to_right)


def iter_spreads(count: int, order: SpreadOrder) -> Iterator[tuple[int, ...]]:
    """Yield the page indices of each spread from left to right."""
    step, index = (2, order.first) if order.paired else (1, 0)
    if index:
        yield (0,)
    for first in range(index, count, step):
        pages = tuple(range(first, min(first + step, count)))
        yield pages if order.left_to_right else pages[::-1]


def _contact_sheet(pages: Sequence[Any], order: SpreadOrder) -> Any:
    """Draw the spreads in rows on a plain background."""
    # Imported here: only previews need the imaging library.
    from PIL import Image

    spreads = list(iter_spreads(len(pages), order))
    widest = max(sum(pages[index].width for index in spread) for spread in spreads)
    tallest = max(page.height for page in pages)
    columns = min(COLUMNS if order.paired else 2 * COLUMNS, len(spreads))
    rows = -(-len(spreads) // columns)
    size = (columns * (widest + GAP) + GAP, rows * (tallest + GAP) + GAP)
    sheet = Image.new("RGB", size, BACKGROUND)
    for place, spread in enumerate(spreads):
        row, column = divmod(place, columns)
        column = column if order.left_to_right else columns - 1 - column
        spare = widest - sum(pages[index].width for index in spread)
        x = GAP + column * (widest + GAP) + spare // 2
        for index in spread:
            sheet.paste(pages[index], (x, GAP + row * (tallest + GAP)))
            x += pages[index].width
    return sheet
