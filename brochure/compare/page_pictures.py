"""Pictures of pages for reports, rendered by pdfium."""

from __future__ import annotations

import io
from collections.abc import Sequence
from typing import Any

from brochure.errors import BrochureError
from brochure.fast_dataclass import dataclass
from brochure.geometry import Rect
from brochure.pdf_input.limits import read_limited
from brochure.pdf_input.opening import guard_reading, open_reader
from brochure.pdf_input.page_geometry import read_seen_area

PRELOADED = ("pypdfium2", "PIL.PngImagePlugin", "PIL.WebPImagePlugin")
"""Modules that the functions for limited calls import late."""

DPI = 110
MAX_PIXELS = 1500
"""Pixels of the longer side of a picture."""
BATCH = 8
"""Pages that are rendered in one process, which has limits on time and memory."""
QUALITY = 82


@dataclass(frozen=True, slots=True)
class PagePicture:
    """The picture of a page as WebP, with its size in pixels."""

    data: bytes
    width: int
    height: int


def render_pages(pdf: bytes, label: str, numbers: Sequence[int]) -> dict[int, PagePicture]:
    """Return pictures of some pages of a PDF, which may be hostile.

    Raises:
        BrochureError: The pages cannot be rendered within the limits.
    """
    pictures: dict[int, PagePicture] = {}
    for first in range(0, len(numbers), BATCH):
        batch = tuple(numbers[first : first + BATCH])
        rendered = read_limited(pdf, label, render_batch, pdf, label, batch)
        pictures.update(zip(batch, rendered, strict=False))
    return pictures


def render_batch(pdf: bytes, label: str, numbers: tuple[int, ...]) -> tuple[PagePicture, ...]:
    """Return pictures of some pages; BrochureError if the file is damaged."""
    # Imported here: only reports need a renderer.
    import pypdfium2

    try:
        with pypdfium2.PdfDocument(pdf) as document:
            return tuple(
                _render(document[number - 1]) for number in numbers if number <= len(document)
            )
    except pypdfium2.PdfiumError as failure:
        raise BrochureError(
            f"{label}: its pages cannot be rendered; export the file again"
        ) from failure


def measure_pages(pdf: bytes, label: str, numbers: Sequence[int]) -> dict[int, Rect]:
    """Return what is in the pictures of some pages: an area in points from the lower left corner of each trim.

    Raises:
        BrochureError: The file cannot be read within the limits.
    """
    areas = read_limited(pdf, label, read_areas, pdf, label, tuple(numbers))
    return dict(zip(numbers, areas, strict=False))


def read_areas(pdf: bytes, label: str, numbers: tuple[int, ...]) -> tuple[Rect, ...]:
    """Return the areas that viewers show of some pages; BrochureError if the file is damaged."""
    pages = open_reader(pdf, label).pages
    with guard_reading(label):
        return tuple(
            read_seen_area(pages[number - 1]) for number in numbers if number <= len(pages)
        )


def _render(page: Any) -> PagePicture:
    longest = max(page.get_width(), page.get_height(), 1.0)
    image = page.render(scale=min(DPI / 72, MAX_PIXELS / longest)).to_pil().convert("RGB")
    buffer = io.BytesIO()
    image.save(buffer, "WEBP", quality=QUALITY, method=3)
    return PagePicture(buffer.getvalue(), image.width, image.height)
