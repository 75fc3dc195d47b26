"""Measures the contrast of text with the image or gradient behind it.

The page is rendered without its text and read pixel by pixel, so that images, filled areas and transparency count as they
look on screen.
"""

from __future__ import annotations

import hashlib
from array import array
from collections.abc import Callable, Iterable, Iterator, Sequence
from dataclasses import replace
from functools import lru_cache, partial
from typing import Any

from brochure.color.convert import in_light
from brochure.color.swatch import Gradient, Paint, Rgb, linear, luminance, ratio
from brochure.fast_dataclass import dataclass
from brochure.geometry import Rect
from brochure.model.display_list import (
    ARTIFACT,
    FlattenedArea,
    GlyphRun,
    HiddenText,
    Item,
    Page,
    Path,
    Picture,
    visible_bounds,
)
from brochure.preflight.model import RenderContext
from brochure.prepress.output_conditions import SCREEN, OutputCondition
from brochure.system.cache import Kind, StoredCache

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
            ratios = CONTRASTS.get(
                _identify(page, runs, context),
                context.project.cache,
                partial(_measure_all, page, runs, context),
            )
            for run, contrast in zip(runs, ratios, strict=True):
                yield TextOnImage(page.number, run, contrast)


def _measure_all(page: Page, runs: Sequence[GlyphRun], context: RenderContext) -> tuple[float, ...]:
    image = _render_background(page, context)
    return tuple(_measure_contrast(run, image, page, context) for run in runs)


def _pack(ratios: tuple[float, ...]) -> bytes:
    return array("d", ratios).tobytes()


def _unpack(data: bytes | memoryview) -> tuple[float, ...]:
    ratios = array("d")
    ratios.frombytes(bytes(data))  # ValueError if it is damaged
    return tuple(ratios)


CONTRASTS = StoredCache(
    Kind(
        name="contrast",
        version=1,
        serialize=_pack,
        deserialize=_unpack,
        libraries=(("PIL", "pillow"), ("pypdfium2", "pypdfium2"), ("reportlab", "reportlab")),
    ),
    max_weight=10_000,
    weigh=len,
)
"""The contrasts of the texts on a page: it need not be rendered again, and the programs for that need not be loaded."""


def _identify(page: Page, runs: Sequence[GlyphRun], context: RenderContext) -> str:
    """Return a digest of all that the contrasts of the runs on a page depend on."""
    shapes = _list_shapes(page)
    files = {item.asset: context.project.digest(item.asset) for item in _list_pictures(shapes)}
    press = context.work.condition
    conversion = press.profile.digest, press.intent, press.black_point, press.ink_limit
    texts = [(visible_bounds(run), run.glyphs.paint) for run in runs]
    size = page.width, page.height, page.bleed
    made_of = repr((size, shapes, files, conversion, texts)).encode("utf-8", "surrogatepass")
    return hashlib.blake2b(made_of, digest_size=20).hexdigest()


def _list_shapes(page: Page) -> tuple[Path | Picture, ...]:
    """Return what is on a page besides text."""
    return tuple(
        replace(item, tag=ARTIFACT)
        for item in page.items
        if isinstance(item, Path | Picture) and not isinstance(item, HiddenText)
    )


def _list_pictures(items: Iterable[Item]) -> Iterator[Picture]:
    """Yield the pictures, and those beneath a flattened area."""
    for item in items:
        if isinstance(item, FlattenedArea):
            yield from _list_pictures(item.layers)
        if isinstance(item, Picture):
            yield item


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
    # Imported here: they are needed only for pages with text on an image that have changed.
    import pypdfium2

    from brochure.imposition.sheets import sheets
    from brochure.pdf.document import render
    from brochure.pdf.metadata import DocumentInfo

    bare = replace(page, items=_list_shapes(page))
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
    compare = _comparison(run.glyphs.paint, context)
    ratios = sorted((compare(colour), count) for count, colour in counted)
    remaining = WORST_SHARE * sum(count for _, count in ratios)
    for value, count in ratios:
        remaining -= count
        if remaining < 0:
            return value
    return ratios[-1][0]


def _comparison(paint: Paint, context: RenderContext) -> Callable[[Pixel], float]:
    """Return a function that returns the contrast of a paint with a pixel, which shows through a transparent paint."""
    text = in_light(paint.colour, context.work.condition)
    if paint.opacity >= 1:
        own = luminance(text)
        return lambda pixel: ratio(own, _compute_luminance(pixel))
    parts = tuple(part * paint.opacity for part in (text.r, text.g, text.b))

    def compare(pixel: Pixel) -> float:
        shown = (part / 255 * (1 - paint.opacity) for part in pixel)
        mixed = Rgb(*(a + b for a, b in zip(parts, shown, strict=True)))
        return ratio(luminance(mixed), _compute_luminance(pixel))

    return compare


Pixel = tuple[int, int, int]


def _compute_luminance(pixel: Pixel) -> float:
    red, green, blue = _luminances()
    return red[pixel[0]] + green[pixel[1]] + blue[pixel[2]]


@lru_cache(maxsize=1)
def _luminances() -> tuple[tuple[float, ...], ...]:
    """Return what each level of red, green and blue adds to the luminance."""
    light = [linear(level / 255) for level in range(256)]
    return tuple(tuple(share * level for level in light) for share in (0.2126, 0.7152, 0.0722))
