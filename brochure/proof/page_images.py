"""Pictures of pages, and all of them on one contact sheet.

Takes a finished PDF; gives a PNG or WebP of each page as a screen shows it, and one of the whole brochure with facing pages
side by side. Stands beside the pipeline: what it shows is what pdfium makes of the file, not what we meant.
"""

from __future__ import annotations

import io
from collections.abc import Iterator, Sequence
from typing import Any

from brochure.fast_dataclass import dataclass

DOTS = 144
"""Dots an inch of the pictures: twice what screens were once said to have, sharp on those of today."""

THUMB, APART, ACROSS = 260, 24, 3
"""Of the contact sheet, in pixels: how tall pages are and how far apart; and how many spreads stand side by side."""

GROUND = (226, 226, 222)

FORMS = {"png": "PNG", "webp": "WEBP"}
HOW = {"png": {"compress_level": 3}, "webp": {"quality": 88}}
"""How each is written: PNG in a third of the time for a tenth more bytes."""


@dataclass(frozen=True, slots=True)
class PageImage:
    """A picture by what its file is called behind the brochure's name."""

    name: str
    data: bytes


def render_pages(pdf: bytes, form: str = "png") -> Iterator[PageImage]:
    """Each page in its order, then the contact sheet."""
    # Imported here: only who asks for pictures needs a renderer.
    import pypdfium2

    shown: list[Any] = []
    with pypdfium2.PdfDocument(pdf) as document:
        digits = len(str(len(document)))
        for number, page in enumerate(document, 1):
            image = page.render(scale=DOTS / 72).to_pil().convert("RGB")
            yield PageImage(f"page-{number:0{digits}d}.{form}", _encoded(image, form))
            image.thumbnail((image.width, THUMB), reducing_gap=3.0)
            shown.append(image)
    yield PageImage(f"contact-sheet.{form}", _encoded(_contact_sheet(shown, _order(pdf)), form))


def _encoded(image: Any, form: str) -> bytes:
    held = io.BytesIO()
    image.save(held, FORMS[form], **HOW[form])
    return held.getvalue()


@dataclass(frozen=True, slots=True)
class SpreadOrder:
    """Which pages face each other: whether pages come in pairs, on which page pairs begin, from which side they run."""

    paired: bool
    first: int
    left_to_right: bool


def _order(pdf: bytes) -> SpreadOrder:
    """What the file says to a viewer about its pages."""
    # Imported here: only who asks for pictures needs a reader of PDF.
    import pypdf

    root: Any = pypdf.PdfReader(io.BytesIO(pdf)).trailer["/Root"]
    layout = root.get("/PageLayout", "/SinglePage")
    left_to_right = root.get("/ViewerPreferences", {}).get("/Direction") != "/R2L"
    return SpreadOrder(layout.startswith("/TwoPage"), int(layout == "/TwoPageRight"), left_to_right)


def spreads_of(count: int, order: SpreadOrder) -> Iterator[tuple[int, ...]]:
    """The pages of each spread from left to right, counted from 0."""
    step, at = (2, order.first) if order.paired else (1, 0)
    if at:
        yield (0,)
    for first in range(at, count, step):
        pages = tuple(range(first, min(first + step, count)))
        yield pages if order.left_to_right else pages[::-1]


def _contact_sheet(pages: Sequence[Any], order: SpreadOrder) -> Any:
    """The spreads in rows on a plain ground."""
    # Imported here: only who asks for pictures needs the imaging library.
    from PIL import Image

    spreads = list(spreads_of(len(pages), order))
    widest = max(sum(pages[at].width for at in spread) for spread in spreads)
    tallest = max(page.height for page in pages)
    columns = min(ACROSS if order.paired else 2 * ACROSS, len(spreads))
    rows = -(-len(spreads) // columns)
    size = (columns * (widest + APART) + APART, rows * (tallest + APART) + APART)
    sheet = Image.new("RGB", size, GROUND)
    for place, spread in enumerate(spreads):
        row, column = divmod(place, columns)
        column = column if order.left_to_right else columns - 1 - column
        spare = widest - sum(pages[at].width for at in spread)
        x = APART + column * (widest + APART) + spare // 2
        for at in spread:
            sheet.paste(pages[at], (x, APART + row * (tallest + APART)))
            x += pages[at].width
    return sheet
