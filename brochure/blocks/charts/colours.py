"""Colours of series: swatches or tints, dashes where lines look alike, and text that can be read on them."""

from __future__ import annotations

from collections.abc import Sequence
from itertools import pairwise

from brochure.blocks.charts.chart import (
    Chart,
    chart_paint,
    entries_of,
    label_paint,
    tint_paint,
)
from brochure.blocks.charts.series import SeriesChart, SeriesTable
from brochure.color.gradient import list_paints
from brochure.color.swatch import (
    WHITE,
    Cmyk,
    Colour,
    Grey,
    Paint,
    Rgb,
    Spot,
    luminance,
    ratio,
    tint,
)
from brochure.fast_dataclass import dataclass
from brochure.findings import Severity
from brochure.model.block_context import BlockContext

DASHES = ((), (4.5, 2.6), (0.01, 2.8), (7.0, 2.4, 0.01, 2.4))
"""Dash patterns in points for a line of about 1.4 points: solid, dashed, dotted, dashed and dotted."""
LINE_TINTS = (1.0, 0.55)
"""Tints of lines without a swatch. Lighter ones are too coarsely screened in print."""
PALEST = 0.24
"""Tint of the lightest of several areas."""
MIN_LINE_CONTRAST, MIN_NEIGHBOUR_CONTRAST, MIN_TEXT_CONTRAST = 1.5, 1.18, 4.5
"""Contrast (WCAG) with which lines can be distinguished in one ink; neighbouring areas; text and paper."""


@dataclass(frozen=True, slots=True)
class LineLook:
    """Paint and dash of a line."""

    paint: Paint
    dash: tuple[float, ...]


def estimate_luminance(colour: Colour) -> float:
    """Return about the relative luminance that a colour has in print, 0 to 1; enough to compare colours."""
    match colour:
        case Cmyk(c, m, y, k):
            return luminance(Rgb((1 - c) * (1 - k), (1 - m) * (1 - k), (1 - y) * (1 - k)))
        case Rgb():
            return luminance(colour)
        case Grey(light):
            return luminance(Rgb(light, light, light))
        case Spot(_, alternate, strength):
            return estimate_luminance(tint(alternate, strength))


def paint_luminance(paint: Paint) -> float:
    """Return the luminance of a paint on white paper."""
    return 1 - paint.opacity * (1 - estimate_luminance(paint.colour))


def contrast_of(one: Paint, other: Paint) -> float:
    """Return about the contrast ratio of two paints."""
    return ratio(paint_luminance(one), paint_luminance(other))


def line_looks(
    block: SeriesChart, table: SeriesTable, context: BlockContext
) -> tuple[LineLook, ...]:
    """Return the looks of lines. Those that look alike in one ink have different dashes."""
    looks: list[LineLook] = []
    for at, own in enumerate(_own_paints(block, table, context)):
        strength = LINE_TINTS[at % len(LINE_TINTS)]
        paint = own or tint_paint(chart_paint(block, context), strength)
        alike = [one for one in looks if contrast_of(one.paint, paint) < MIN_LINE_CONTRAST]
        free = [dash for dash in DASHES if dash not in {one.dash for one in alike}]
        looks.append(LineLook(paint, free[0] if free else DASHES[at % len(DASHES)]))
    return tuple(looks)


def area_paints(block: SeriesChart, table: SeriesTable, context: BlockContext) -> tuple[Paint, ...]:
    """Return the paints of neighbouring areas; warn of those that look alike in one ink."""
    own = _own_paints(block, table, context)
    base = chart_paint(block, context)
    steps = max(1, len(own) - 1)
    paints = tuple(
        paint or tint_paint(base, 1 - (1 - PALEST) * at / steps) for at, paint in enumerate(own)
    )
    for at, (one, other) in enumerate(pairwise(paints)):
        if contrast_of(one, other) < MIN_NEIGHBOUR_CONTRAST:
            first, second = (table.names[index].text(context) for index in (at, at + 1))
            message = f"'{first}' and '{second}' look alike if they are printed in one ink"
            hint = "choose a darker and a lighter swatch, or another order"
            context.note("chart-contrast", message, block.span, hint, Severity.WARNING)
    return paints


def _own_paints(
    block: SeriesChart, table: SeriesTable, context: BlockContext
) -> Sequence[Paint | None]:
    """Return the swatch of each series, if it has one."""
    listed = {at: name for at, name in enumerate(block.colours)}
    return [context.paint(name.colour or listed.get(at)) for at, name in enumerate(table.names)]


def text_paints(
    paints: Sequence[Paint], block: SeriesChart, context: BlockContext
) -> Sequence[Paint]:
    """Return the paints of series for their names if text in all of them can be read on paper, else that of the labels."""
    ink = label_paint(block, context)
    are_dark = all(contrast_of(paint, WHITE) >= MIN_TEXT_CONTRAST for paint in paints)
    is_ink = not any(paint.press_only or paint.overprint for paint in paints)
    return paints if are_dark and is_ink else [ink] * len(paints)


def paint_on(ground: Paint, block: Chart, context: BlockContext) -> Paint:
    """Return the paint of text on an area: paper or the paint of the labels, the one with more contrast."""
    ink = label_paint(block, context)

    def contrast(text: Paint) -> float:
        return min(contrast_of(paint, text) for paint in list_paints(ground))

    return WHITE if contrast(WHITE) > contrast(ink) else ink


SHARE_TINTS = {True: (0.5, 0.14), False: (1.0, 0.2)}
"""First and last tint of shares without a colour, by whether other shares have one."""


def share_paints(block: Chart, context: BlockContext) -> list[Paint]:
    """Return the paints of the shares of a whole: their own, or tints of the chart's colour from dark to light."""
    data = entries_of(block)
    free = [index for index, datum in enumerate(data) if datum.colour is None]
    first, last = SHARE_TINTS[len(free) < len(data)]
    base = chart_paint(block, context)
    step = (first - last) / max(1, len(free) - 1)
    tints = {index: tint_paint(base, first - step * number) for number, index in enumerate(free)}
    return [tints.get(index) or context.paint(one.colour) or base for index, one in enumerate(data)]
