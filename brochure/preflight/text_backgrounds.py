"""Measures the contrast of text with the image or gradient behind it.

The page is rendered without its text and read pixel by pixel, so that images, filled areas and transparency count as they
look on screen.
"""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import replace
from functools import lru_cache
from typing import Any

from brochure.color.contrast import linear, luminance, ratio
from brochure.color.convert import in_light
from brochure.color.swatch import Gradient, Paint, Rgb
from brochure.fast_dataclass import dataclass
from brochure.geometry import Rect
from brochure.imposition.sheets import sheets
from brochure.model.display_list import ARTIFACT, GlyphRun, Page, Path, Picture
from brochure.pdf.document import render
from brochure.pdf.metadata import DocumentInfo
from brochure.pdf.tags import visible_bounds
from brochure.preflight.model import RenderContext
from brochure.prepress.output_conditions import SCREEN, OutputCondition

PIXELS_PER_POINT = 1.0
"""Resolution of the rendering, finer than the strokes of legible text."""

WORST_SHARE = 0.1
"""Share of the background that may have less contrast: a bright spot behind one letter hides no word."""


@dataclass(frozen=True, slots=True)
class TextOnImage:
    """A run of text on an image, and its contrast with the worst tenth of the background."""

    page: int
    run: GlyphRun
    ratio: float


def find_text_on_images(context: RenderContext) -> Iterator[TextOnImage]:
    """Iterate over the runs of text that overlap an image or a gradient."""
    for page in context.pages:
        runs = list(_find_runs_on_images(page))
        if runs:
            image = _render_background(page, context)
            for run in runs:
                contrast = _measure_contrast(run, image, page, context)
                yield TextOnImage(page.number, run, contrast)


def _find_runs_on_images(page: Page) -> Iterator[GlyphRun]:
    pictures: list[Rect] = []
    for item in page.items:
        if isinstance(item, Picture) or (
            isinstance(item, Path) and isinstance(item.fill, Gradient)
        ):
            pictures.append(visible_bounds(item))
        elif isinstance(item, GlyphRun) and item.glyphs.text.strip():
            box = visible_bounds(item)
            if page.trim.overlaps(box) and any(one.overlaps(box) for one in pictures):
                yield item


def _render_background(page: Page, context: RenderContext) -> Any:
    """Render the page without its text, as a Pillow image."""
    # Imported here: it is needed only for pages with text on an image.
    import pypdfium2

    shapes = (item for item in page.items if isinstance(item, (Path, Picture)))
    bare = replace(page, items=tuple(replace(item, tag=ARTIFACT) for item in shapes))
    condition = _make_screen_condition(context)
    data = render(sheets((bare,), condition), DocumentInfo("", "en"), condition, context.project)
    with pypdfium2.PdfDocument(data) as document:
        return document[0].render(scale=PIXELS_PER_POINT).to_pil().convert("RGB")


def _make_screen_condition(context: RenderContext) -> OutputCondition:
    """Return the condition of a screen that simulates the print."""
    screen = SCREEN.on(context.work).showing(PIXELS_PER_POINT * 72, 90)
    return replace(screen, tagged=False)


def _measure_contrast(run: GlyphRun, image: Any, page: Page, context: RenderContext) -> float:
    box = visible_bounds(run)
    left, right = max(0.0, box.x), min(page.width, box.right)
    low, high = max(0.0, box.y), min(page.height, box.top)
    area = (left, page.height - high, right, page.height - low)
    pixels = tuple(round(edge * PIXELS_PER_POINT) for edge in area)
    area = (pixels[0], pixels[1], max(pixels[2], pixels[0] + 1), max(pixels[3], pixels[1] + 1))
    part = image.crop(area)
    # Pillow allocates a table of the given length: there are no more colours than pixels.
    counted: list[tuple[int, tuple[int, int, int]]] = part.getcolors(part.width * part.height)
    ratios = sorted(
        (_compare(run.glyphs.paint, colour, context), count) for count, colour in counted
    )
    remaining = WORST_SHARE * sum(count for _, count in ratios)
    for value, count in ratios:
        remaining -= count
        if remaining < 0:
            return value
    return ratios[-1][0]


def _compare(paint: Paint, pixel: tuple[int, int, int], context: RenderContext) -> float:
    """Return the contrast of a paint with a pixel, which shows through a transparent paint."""
    text = in_light(paint.colour, context.work.condition)
    if paint.opacity < 1:
        shown = (part / 255 * (1 - paint.opacity) for part in pixel)
        own = (part * paint.opacity for part in (text.r, text.g, text.b))
        text = Rgb(*(a + b for a, b in zip(own, shown, strict=True)))
    return ratio(luminance(text), _compute_luminance(pixel))


@lru_cache(maxsize=65536)
def _compute_luminance(pixel: tuple[int, int, int]) -> float:
    red, green, blue = (linear(part / 255) for part in pixel)
    return 0.2126 * red + 0.7152 * green + 0.0722 * blue
