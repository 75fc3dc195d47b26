"""Pictures of pages for reports, rendered by pdfium."""

from __future__ import annotations

import io
from collections.abc import Sequence
from typing import Any

from brochure.errors import BrochureError
from brochure.fast_dataclass import dataclass
from brochure.pdf_input.limits import read_limited

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


def _render(page: Any) -> PagePicture:
    longest = max(page.get_width(), page.get_height(), 1.0)
    image = page.render(scale=min(DPI / 72, MAX_PIXELS / longest)).to_pil().convert("RGB")
    buffer = io.BytesIO()
    image.save(buffer, "WEBP", quality=QUALITY, method=3)
    return PagePicture(buffer.getvalue(), image.width, image.height)
