"""Grounds: what lies beneath text, as a screen shows it.

Takes placed pages with their press; gives each run of text that stands on a picture with the contrast that it has there. The
page is painted without its text and looked at pixel by pixel, so that pictures, fields and whatever is see-through count as
they are seen.
"""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import replace
from functools import lru_cache
from typing import Any

from brochure.color.contrast import linear, luminance, ratio
from brochure.color.convert import in_light
from brochure.color.swatch import Paint, Rgb
from brochure.fast_dataclass import dataclass
from brochure.geometry import Rect
from brochure.imposition.sheets import sheets
from brochure.model.display_list import ARTIFACT, GlyphRun, Page, Path, Picture
from brochure.pdf.document import render
from brochure.pdf.metadata import DocumentInfo
from brochure.pdf.tags import visible_bounds
from brochure.preflight.model import RenderContext
from brochure.prepress.output_conditions import SCREEN, OutputCondition

PIXELS = 1.0
"""Pixels a point of what is looked at: finer than the strokes of any letter that is read on it."""

WORST = 0.1
"""The share of the ground that may be worse: an edge of a cloud behind one letter hides no word."""


@dataclass(frozen=True, slots=True)
class TextOnImage:
    """A run of text on a picture, and its contrast with the worst tenth of what is beneath it."""

    page: int
    run: GlyphRun
    ratio: float


def on_pictures(sight: RenderContext) -> Iterator[TextOnImage]:
    """Every run that stands on a picture."""
    for page in sight.pages:
        runs = list(_over_pictures(page))
        if runs:
            image = _ground(page, sight)
            for run in runs:
                yield TextOnImage(page.number, run, _contrast(run, image, page, sight))


def _over_pictures(page: Page) -> Iterator[GlyphRun]:
    pictures: list[Rect] = []
    for item in page.items:
        if isinstance(item, Picture):
            pictures.append(visible_bounds(item))
        elif isinstance(item, GlyphRun) and item.glyphs.text.strip():
            box = visible_bounds(item)
            if page.trim.overlaps(box) and any(one.overlaps(box) for one in pictures):
                yield item


def _ground(page: Page, sight: RenderContext) -> Any:
    """The page without its text, as pixels."""
    # Imported here: only a page with text on a picture is looked at.
    import pypdfium2

    shapes = (item for item in page.items if isinstance(item, (Path, Picture)))
    bare = replace(page, items=tuple(replace(item, tag=ARTIFACT) for item in shapes))
    condition = _condition(sight)
    data = render(sheets((bare,), condition), DocumentInfo("", "en"), condition, sight.project)
    with pypdfium2.PdfDocument(data) as document:
        return document[0].render(scale=PIXELS).to_pil().convert("RGB")


def _condition(sight: RenderContext) -> OutputCondition:
    """A screen that shows what would be printed."""
    return replace(SCREEN.on(sight.work).showing(PIXELS * 72, 90), tagged=False)


def _contrast(run: GlyphRun, image: Any, page: Page, sight: RenderContext) -> float:
    box = visible_bounds(run)
    left, right = max(0.0, box.x), min(page.width, box.right)
    low, high = max(0.0, box.y), min(page.height, box.top)
    area = (left, page.height - high, right, page.height - low)
    pixels = tuple(round(edge * PIXELS) for edge in area)
    area = (pixels[0], pixels[1], max(pixels[2], pixels[0] + 1), max(pixels[3], pixels[1] + 1))
    part = image.crop(area)
    # Pillow makes a table as long as the number that it is given: as many colours as there are pixels are enough.
    counted: list[tuple[int, tuple[int, int, int]]] = part.getcolors(part.width * part.height)
    ratios = sorted((_against(run.glyphs.paint, colour, sight), count) for count, colour in counted)
    left_over = WORST * sum(count for _, count in ratios)
    for value, count in ratios:
        left_over -= count
        if left_over < 0:
            return value
    return ratios[-1][0]


def _against(paint: Paint, ground: tuple[int, int, int], sight: RenderContext) -> float:
    """The contrast of a paint with the colour of one pixel, some of which shows through it where it is see-through."""
    text = in_light(paint.colour, sight.work.condition)
    if paint.opacity < 1:
        shown = (part / 255 * (1 - paint.opacity) for part in ground)
        own = (part * paint.opacity for part in (text.r, text.g, text.b))
        text = Rgb(*(a + b for a, b in zip(own, shown, strict=True)))
    return ratio(luminance(text), _light(ground))


@lru_cache(maxsize=65536)
def _light(pixel: tuple[int, int, int]) -> float:
    red, green, blue = (linear(part / 255) for part in pixel)
    return 0.2126 * red + 0.7152 * green + 0.0722 * blue
