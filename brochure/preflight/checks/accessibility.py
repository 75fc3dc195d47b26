"""Checks of accessibility: alternate text and contrast."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterable, Iterator, Sequence
from itertools import accumulate
from math import dist
from typing import Annotated, Any

from brochure.color.swatch import ratio
from brochure.findings import Finding, Severity
from brochure.geometry import IDENTITY
from brochure.model.display_list import GlyphRun, Tag
from brochure.pdf_input.values import get, get_text, resolve
from brochure.preflight.check import check
from brochure.preflight.model import (
    ColourSpace,
    ImageObject,
    ObjectLocation,
    PageObjects,
    PathObject,
    Pdf,
    RenderContext,
    TextObject,
    make_finding,
)
from brochure.preflight.objects_below import ObjectsBelow
from brochure.preflight.shapes import Point
from brochure.preflight.text_backgrounds import WORST_SHARE, TextOnImage, find_text_on_images


@check(
    "alt-text",
    source="ISO 14289-1 (PDF/UA-1), 7.3; WCAG 2.2, 1.1.1",
    severity=Severity.ERROR,
    by_page=True,
)
def alt_text(objects: PageObjects) -> Iterator[Finding]:
    """Every image that is not decorative has alternate text.

    What: images of a project whose alternate text is empty and that are not marked as decorative.
    Why: without it, a screen reader says nothing, or reads the name of the file.
    Fix: write a sentence for the message that `alt` names, or set `alt: none` if the image is decorative.
    """
    for image in objects.select(ImageObject):
        if image.needs_alt_text:
            hint = "describe what it shows, or set 'alt: none'"
            yield make_finding(f"{image.name} has no alternate text", image.location, hint)


MAX_ELEMENTS = 100_000
"""How many structure elements are visited, so that a tree with a cycle ends."""


@check(
    "figure-alt",
    source="ISO 14289-1 (PDF/UA-1), 7.3; ISO 32000-1, 14.9.3",
    severity=Severity.WARNING,
)
def figure_alt(pdf: Pdf) -> Iterator[Finding]:
    """Every figure of a tagged file has alternate text.

    What: Figure elements of the structure tree without /Alt or /ActualText.
    Why: a screen reader says only "graphic", and the listener does not know what is missing.
    Fix: write alternate text in the program that made the file.
    """
    root = get(pdf.reader.root_object, "/StructTreeRoot")
    if root is None:
        return
    pages = {id(resolve(page)): number for number, page in enumerate(pdf.reader.pages, start=1)}
    for element in _walk_structure(root):
        alternate = get_text(element, "/Alt") or get_text(element, "/ActualText")
        if get_text(element, "/S") == "/Figure" and not alternate.strip():
            page = pages.get(id(get(element, "/Pg")))
            yield make_finding("a figure has no alternate text", page, "describe what it shows")


def _walk_structure(root: Any) -> Iterator[Any]:
    """Iterate over the structure elements; content items and references are left out."""
    pending = [root]
    for _ in range(MAX_ELEMENTS):
        if not pending:
            return
        node = pending.pop()
        if isinstance(node, list):
            pending.extend(resolve(one) for one in reversed(node))
        elif isinstance(node, dict):
            if "/S" in node:
                yield node
            pending.append(get(node, "/K"))


CONTRAST_TOLERANCE = 0.05


@check(
    "contrast",
    source="WCAG 2.2, 1.4.3, requires 4.5:1, and 3:1 for large text, as the profile `screen` does; print on reflecting paper "
    "is read at a shorter distance, and the default profile requires 3:1 and 2:1",
    severity=Severity.WARNING,
)
def contrast(
    objects: PageObjects,
    *,
    min: Annotated[float, "minimum contrast of text, to 1"] = 3,
    large: Annotated[float, "minimum contrast of large text, to 1"] = 2,
    size: Annotated[float, "size from which text is large, in points"] = 18,
) -> Iterator[Finding]:
    """Text has enough contrast with its background.

    What: the contrast of text with the colours or the paper behind it, but for a tenth; `contrast-on-picture` checks images.
    Why: pale text on a tint is hard to read with low vision, in poor light and on poor paper.
    Fix: darken the text or lighten the background, or the reverse.
    """
    for page in objects.pages:
        below = ObjectsBelow(page)
        for index, item in enumerate(page.objects):
            if not isinstance(item, TextObject) or item.is_blank:
                continue
            if item.colour.space is ColourSpace.PATTERN:
                continue
            minimum = large if item.size >= size else min
            actual = _measure_contrast(item, below.find(item.bounds, index))
            if actual is not None and actual < minimum - CONTRAST_TOLERANCE:
                message = f"'{item.excerpt}' has a contrast of {actual:.1f}:1 with its background"
                yield make_finding(message, item.location, f"{minimum:g}:1 or more is required")


PAPER = 1.0


Below = Iterable[ImageObject | PathObject]
"""What is painted below a text and overlaps it, the topmost first."""


def _measure_contrast(text: TextObject, below: Below) -> float | None:
    """Return the contrast of text with the worst tenth of its background; None if not all of that is flat colours."""
    behind = _find_backgrounds(text, below)
    if behind is None:
        return None
    own = text.colour.luminance
    ratios = sorted((ratio(own, light), count) for light, count in behind.items())
    at = int(behind.total() * WORST_SHARE)
    ends = accumulate(count for _, count in ratios)
    return next(value for (value, _), end in zip(ratios, ends, strict=True) if at < end)


def _find_backgrounds(text: TextObject, below: Below) -> Counter[float] | None:
    """Count points of a text by the luminance behind them; None if one is on an image, a pattern or transparency."""
    items = tuple(below)
    if not items:
        return Counter({PAPER: 1})  # most text is on paper
    remaining = set(_sample(text.corners or IDENTITY.corners(text.bounds)))
    behind: Counter[float] = Counter()
    for item in items:
        covered = _covered(item, remaining)
        if covered:
            light = _flat_luminance(item)
            if light is None:
                return None
            behind[light] += len(covered)
            remaining -= covered
        if not remaining:
            return behind
    behind[PAPER] += len(remaining)
    return behind


SAMPLES_PER_EM = 2.0
MAX_SAMPLES = 60
SAMPLE_HEIGHTS = (0.33, 0.66)
"""Heights of the samples in the text's box: between the baseline and the height of x, beside any line through the text."""


def _sample(corners: Sequence[Point]) -> Iterator[Point]:
    """Yield points in the text's box, in rows along it."""
    (x0, y0), (x1, y1), _, (x3, y3) = corners
    length, height = dist(corners[0], corners[1]), dist(corners[0], corners[3])
    count = min(MAX_SAMPLES, max(5, round(SAMPLES_PER_EM * length / height if height else 0)))
    for at in range(count):
        along = (at + 0.5) / count
        for up in SAMPLE_HEIGHTS:
            yield (
                x0 + along * (x1 - x0) + up * (x3 - x0),
                y0 + along * (y1 - y0) + up * (y3 - y0),
            )


def _covered(item: ImageObject | PathObject, points: set[Point]) -> set[Point]:
    """Return the points that an image or a filled path covers."""
    if isinstance(item, PathObject):
        if item.fill is None:
            return set()
        if item.shape is not None:
            return item.shape.covered(points)
    return item.bounds.find_inside(points)


def _flat_luminance(item: ImageObject | PathObject) -> float | None:
    if isinstance(item, ImageObject) or item.fill is None or item.shape is None:
        return None
    if item.stops:
        return None
    is_flat = item.fill.opacity == 1 and item.fill.space is not ColourSpace.PATTERN
    return item.fill.luminance if is_flat else None


BOLD = 700
"""The weight from which a font is bold."""


@check(
    "contrast-on-picture",
    source="WCAG 2.2, 1.4.3: 4.5:1, and 3:1 for large text (18 pt, or 14 pt bold)",
    severity=Severity.WARNING,
)
def contrast_on_picture(
    context: RenderContext,
    *,
    min: Annotated[float, "minimum contrast of text, to 1"] = 4.5,
    large: Annotated[float, "minimum contrast of large text, to 1"] = 3,
    size: Annotated[float, "size from which text is large, in points"] = 18,
    bold: Annotated[float, "size from which bold text is large, in points"] = 14,
) -> Iterator[Finding]:
    """Text on an image has enough contrast with it.

    What: the contrast of text with the rendered image or gradient behind it; the worst tenth of the pixels counts.
    Why: white text on a dark sky is lost where the sky is bright.
    Fix: move the text or the image's focal point, put a filled area between them, or use a darker image.
    """

    def get_minimum(run: GlyphRun) -> float:
        large_size = bold if run.glyphs.face.weight >= BOLD else size
        return large if run.glyphs.size >= large_size else min

    worst: dict[tuple[int, Tag], TextOnImage] = {}  # one finding a paragraph
    for one in find_text_on_images(context):
        key = (one.page, one.run.tag)
        too_low = one.ratio < get_minimum(one.run) - CONTRAST_TOLERANCE
        if too_low and (key not in worst or one.ratio < worst[key].ratio):
            worst[key] = one
    for one in worst.values():
        excerpt = one.run.glyphs.text.strip()[:30]
        message = (
            f"'{excerpt}' has a contrast of {one.ratio:.1f}:1 with the image or gradient behind it"
        )
        location = ObjectLocation(one.page, (one.run.x, one.run.y), one.run.glyphs.span)
        hint = f"{get_minimum(one.run):g}:1 or more is required"
        yield make_finding(message, location, hint)
