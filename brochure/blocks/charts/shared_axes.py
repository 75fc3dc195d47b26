"""Axes that several charts of a brochure share: their limits include the values of all of them."""

from __future__ import annotations

import math
from collections.abc import Iterable, Iterator

from brochure.blocks.area_chart import AreaChart
from brochure.blocks.charts.axis import AxisChart, round_step
from brochure.blocks.charts.chart import read_chart_data, resolve_values
from brochure.blocks.charts.line_plot import LineFields
from brochure.blocks.charts.plot import includes_zero
from brochure.blocks.charts.points import ScatterFields, read_points
from brochure.blocks.charts.series import SeriesChart, has_series, read_series
from brochure.blocks.charts.stacks import StackChart, make_segments
from brochure.fast_dataclass import dataclass
from brochure.fonts.catalog import FontCatalog
from brochure.l10n.edition import Edition, SharedAxis
from brochure.l10n.references import find_values
from brochure.model.block_context import BlockContext
from brochure.spec.values import Range

ANY_MEASURE = 100.0
"""The measure of the contexts in which data is read; nothing is set in them."""


@dataclass(frozen=True, slots=True)
class _Extent:
    """Values of a chart; `has_bars` if its axis must include 0."""

    values: tuple[float, ...]
    across: tuple[float, ...] = ()
    has_bars: bool = False


def collect_shared_axes(edition: Edition, font_catalog: FontCatalog) -> dict[str, SharedAxis]:
    """Return the axes that charts share, by name."""
    context = BlockContext(edition, font_catalog, ANY_MEASURE)
    layout = edition.layout
    used = (layout.pages, layout.masters, layout.stories, layout.spine)
    groups: dict[str, list[AxisChart]] = {}
    for block in find_values(used, (AxisChart,)):
        if block.share_axis:
            groups.setdefault(block.share_axis, []).append(block)
    return {name: _share(blocks, context) for name, blocks in groups.items()}


def _share(blocks: list[AxisChart], context: BlockContext) -> SharedAxis:
    extents = [_read_extent(block, context) for block in blocks]
    stated = [block.axis for block in blocks if block.axis]
    across = [block.x_axis for block in blocks if isinstance(block, ScatterFields) and block.x_axis]
    has_bars = any(one.has_bars for one in extents)
    values = [value for one in extents for value in one.values]
    xs = [value for one in extents for value in one.across]
    return SharedAxis(_limits(values, stated, has_bars=has_bars), _limits(xs, across), len(blocks))


def _limits(
    values: Iterable[float], stated: Iterable[Range], *, has_bars: bool = False
) -> Range | None:
    """Return limits that include all values: those that a chart states, if they suffice, or round ones."""
    known = list(values)
    given = [end for one in stated for end in (one.least, one.most)]
    if not known and not given:
        return None
    if given and (not known or (min(given) <= min(known) and max(known) <= max(given))):
        return Range(min(given), max(given))
    low, high = min([*known, *given]), max([*known, *given])
    if has_bars or includes_zero(low, high):
        low, high = min(low, 0.0), max(high, 0.0)
    if low == high:
        high = low + 1.0
    step = round_step(high - low)
    return Range(
        math.floor(low / step + 1e-9) * step + 0.0, math.ceil(high / step - 1e-9) * step + 0.0
    )


# Values of charts


def _read_extent(block: AxisChart, context: BlockContext) -> _Extent:
    """Return the values of a chart; none if its data has errors, which the chart itself reports."""
    if isinstance(block, ScatterFields):
        points = read_points(block, context)
        found = points[1] if points else ()
        return _Extent(tuple(one.value for one in found), tuple(one.x for one in found))
    has_bars = not isinstance(block, LineFields) or isinstance(block, AreaChart)
    return _Extent(tuple(_read_values(block, context)), has_bars=has_bars)


def _read_values(block: AxisChart, context: BlockContext) -> Iterator[float]:
    if isinstance(block, StackChart) and not has_series(block):
        charted = read_chart_data(block, context)
        values = resolve_values(charted, context) if charted else ()
        yield from (value for value in values if value is not None)
    elif isinstance(block, SeriesChart):
        read = read_series(block, context, has_entry_colours=True)
        if read is None:
            return
        is_stacked = (
            block.stacked
            if isinstance(block, StackChart)
            else isinstance(block, AreaChart) and block.panels is None
        )
        yield from (one.end for one in make_segments(read[1], stacked=is_stacked))
