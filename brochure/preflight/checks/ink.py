"""Checks of ink on paper: total ink coverage, and lines too thin to print."""

from __future__ import annotations

from collections.abc import Iterator
from math import hypot
from typing import Annotated

from brochure.color.rendered_ink import measure_plate_ink
from brochure.findings import Finding, Severity
from brochure.preflight.check import check
from brochure.preflight.model import (
    ImageObject,
    PageObject,
    PageObjects,
    PathObject,
    SeparatedPdf,
    describe,
    list_colours,
    make_finding,
)
from brochure.preflight.shapes import Shape

INK_TOLERANCE = 0.011
"""Rounding to eight bits in several inks does not count as more ink."""

RENDERED_INK_TOLERANCE = 0.03
"""Images are resampled and colours rounded for the rendering."""


@check(
    "ink-total",
    source="ISO 12647-2, total area coverage; GWG 2015, total ink area coverage",
    severity=Severity.ERROR,
    by_page=True,
)
def ink_total(
    objects: PageObjects,
    *,
    max: Annotated[
        float, "total ink limit, in per cent; a lower limit of the printing condition applies"
    ] = 320,
) -> Iterator[Finding]:
    """No object has more ink than the paper takes.

    What: the ink of every object against `max` or the printing condition's limit: in a file, that of its output intent's profile.
    Why: too much ink does not dry: it sets off on the next sheet, sticks sheets together and tears the paper.
    Fix: replace coloured inks by black (grey component replacement); convert images again with a lower limit.
    """
    limit = max / 100
    if objects.ink_limit is not None and objects.ink_limit < limit:
        limit = objects.ink_limit
    for item in objects.list_objects():
        ink = _measure_ink(item)
        if ink > limit + INK_TOLERANCE:
            message = f"{describe(item)} has a total ink of {ink:.0%}; the limit is {limit:.0%}"
            hint = "replace part of its coloured inks by black"
            yield make_finding(message, item.location, hint)


def _measure_ink(item: PageObject) -> float:
    if isinstance(item, ImageObject):
        return item.max_ink or 0.0
    return max((colour.total_ink for colour in list_colours(item)), default=0.0)


@check(
    "ink-rendered",
    source="ISO 12647-2, total area coverage; GWG 2015, total ink area coverage",
    severity=Severity.ERROR,
)
def ink_rendered(
    separated: SeparatedPdf, *, max: Annotated[float, "total ink limit, in per cent"] = 320
) -> Iterator[Finding]:
    """No point of a rendered page has more ink than the paper takes.

    What: the point with the most ink of each page, as Ghostscript separates it, against `max` or the limit of the output intent.
    Why: overprinting and transparent colours add up to more ink than any single object has.
    Fix: turn overprint off for the upper object, or lighten one of the two.
    """
    # Imported here, since builds render nothing.
    from brochure.preflight.pdf_reader.intent import find_ink_limit
    from brochure.preflight.separations import collect_plates

    stated = find_ink_limit(separated.pdf)
    limit = max / 100 if stated is None or stated > max / 100 else stated
    pages = collect_plates(separated.running) if separated.running else {}
    if not pages:
        message = "the ink of the rendered pages could not be measured"
        hint = "Ghostscript cannot render the file, or not in time; export it again, or check its pages one by one"
        yield make_finding(message, None, hint, Severity.NOTE)
    for number, plates in pages.items():
        ink, (x, y) = measure_plate_ink(plates.values())
        if ink > limit + RENDERED_INK_TOLERANCE:
            message = (
                f"page {number} has a total ink of {ink:.0%} at one point; the limit is {limit:.0%}"
            )
            hint = f"look {x:.0%} from its left edge, {y:.0%} from its bottom edge"
            yield make_finding(message, number, hint)


TRACE = 0.1
"""Coverage below which an ink is not counted."""


@check(
    "hairline",
    source="GWG 2015, effective line width; ISO 32000-1, 8.4.3.2 advises against lines of zero width",
    severity=Severity.WARNING,
)
def hairline(
    objects: PageObjects,
    *,
    width: Annotated[float, "minimum width in one ink, in points"] = 0.25,
    several: Annotated[float, "minimum width in two or more inks, in points"] = 0.5,
) -> Iterator[Finding]:
    """Lines are thick enough to print.

    What: the effective width of every stroke, after scaling, against `width` in one ink and `several` in more.
    Why: a line of zero width is one device pixel: visible on an office printer, invisible on a plate.
    Fix: use 0.25 pt or more; for a line in several inks twice that, or one ink.
    """
    for path in objects.select(PathObject):
        if path.stroke is None:
            continue
        minimum = several if path.stroke.count_inks(TRACE) > 1 else width
        if path.stroke_width < minimum - 0.005:
            message = f"a line is {path.stroke_width:.2f} pt thick"
            yield make_finding(message, path.location, f"use {minimum:g} pt or more")


@check(
    "thin-fill",
    source="GWG 2022, R0010, R0018 and R0019, and I00004: effective line width of thin rectangles",
    severity=Severity.WARNING,
)
def thin_fill(
    objects: PageObjects,
    *,
    width: Annotated[float, "minimum width in one ink, in points"] = 0.25,
    several: Annotated[float, "minimum width in two or more inks, in points"] = 0.5,
) -> Iterator[Finding]:
    """Rules that are drawn as filled rectangles are thick enough to print.

    What: the shorter side of filled rectangles, after scaling, against `width` in one ink and `several` in more.
    Why: many programs write rules as rectangles; a thin one breaks up like a thin line, though it has no line width.
    Fix: use 0.25 pt or more; for a rule in several inks twice that, or one ink.
    """
    for path in objects.select(PathObject):
        if path.fill is None or path.stroke is not None or path.shape is None:
            continue
        minimum = several if path.fill.count_inks(TRACE) > 1 else width
        thinnest = min(_measure_rectangles(path.shape), default=minimum)
        if thinnest < minimum - 0.005 and not path.fill.is_paper_white:
            message = f"a filled rectangle is {thinnest:.2f} pt thick"
            yield make_finding(message, path.location, f"use {minimum:g} pt or more")


def _measure_rectangles(shape: Shape) -> Iterator[float]:
    """Yield the shorter side of each outline that is a rectangle, also a rotated one."""
    scale = shape.matrix
    for outline in shape.outlines:
        segments = outline.segments
        points = [outline.start, *((one[0], one[1]) for one in segments if len(one) == 2)]
        if points[-1] == points[0]:
            del points[-1]
        if len(points) != 4 or any(len(one) != 2 for one in segments):
            continue
        a, b, c, d = (scale.apply(*point) for point in points)
        if hypot(a[0] + c[0] - b[0] - d[0], a[1] + c[1] - b[1] - d[1]) < SQUARE:
            sides = hypot(b[0] - a[0], b[1] - a[1]), hypot(d[0] - a[0], d[1] - a[1])
            if max(sides) > 2 * min(sides):
                yield min(sides)


SQUARE = 0.01
"""Points by which the diagonals of a rectangle may fail to meet."""
