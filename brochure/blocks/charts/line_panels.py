"""Line and area charts as one box: all lines in one plot, or small multiples with a panel for each."""

from __future__ import annotations

from collections.abc import Sequence

from brochure.blocks.charts.annotations import ChartNotes
from brochure.blocks.charts.canvas import frame_chart
from brochure.blocks.charts.chart import QUIET, chart_height, tint_paint
from brochure.blocks.charts.colours import LineLook
from brochure.blocks.charts.direct_labels import series_label
from brochure.blocks.charts.labels import DROP, label_style, semibold_style
from brochure.blocks.charts.line_plot import MIN_LENGTH, LinePlot
from brochure.blocks.charts.plot import Plot
from brochure.blocks.charts.series import SeriesName
from brochure.blocks.charts.x_axis import Tick, draw_x_axis
from brochure.findings import nearest
from brochure.model.galley import Galley, GalleyBox

QUIET_LINE = 0.7
"""Line weight of the other lines in a panel, in points."""
PANEL_SHARE, MIN_PANEL, MAX_PANEL = 0.62, 48.0, 110.0
"""Default height of a panel: this fraction of its width, within limits in points."""
PANEL_GAP, ROW_GAP, TITLE_GAP = 1.4, 1.6, 0.8
"""Between panels, and title to panel, in ems."""


def frame_lines(plot: LinePlot) -> Galley:
    """Return the chart as one box; none, with a finding, if two entries have the same place on the x axis."""
    repeated = plot.scale.repeated()
    if repeated:
        message = "two entries have the same place on the x axis"
        plot.context.note("chart-x", message, repeated.span, "write each year or date once")
        return ()
    box = _draw_panels(plot) if plot.block.panels else plot.draw()
    return frame_chart(plot.block, plot.context, box, plot.cells())


def _draw_panels(lines: LinePlot) -> GalleyBox:
    """Draw a panel for each series, in rows."""
    _check_note_series(lines)
    columns = min(lines.block.panels or 1, len(lines.table.names))
    rows = -(-len(lines.table.names) // columns)
    gap = PANEL_GAP * lines.em
    left = lines.values.margin
    width = (lines.context.measure - left - (columns - 1) * gap) / columns
    lines.report_narrow(0.0, width)
    ticks = lines.ticks(0.0, width, width)
    titles = _titles(lines, width)
    lefts = [left + at % columns * (width + gap) for at in range(len(titles))]
    notes = [_panel_notes(lines, at) for at in range(len(titles))]
    above = [each.arrange(x, x + width, x + width) for each, x in zip(notes, lefts, strict=True)]
    head = max(title.height for title in titles) + (TITLE_GAP + DROP) * lines.em + max(above)
    foot = lines.foot_height(ticks)
    between = ROW_GAP * lines.em
    fixed = lines.values.head + rows * (head + foot) + (rows - 1) * between
    least = fixed + rows * MIN_LENGTH
    preferred = fixed + rows * min(MAX_PANEL, max(MIN_PANEL, PANEL_SHARE * width))
    height = chart_height(lines.block, lines.context, least, preferred)
    each = (height - fixed) / rows
    axis = lines.values.fit(each)
    step = (height - lines.values.head + between) / rows
    for at, title in enumerate(titles):
        row, column = divmod(at, columns)
        x = lefts[at]
        top = -lines.values.head - row * step
        lines.canvas.draw_text(title, x, top)
        low = top - (step - between) + foot
        plot = Plot(x, x + width, low, axis)
        _draw_panel(lines, at, plot, ticks, notes[at], is_first=column == 0)
    if lines.values.unit:
        lines.canvas.draw_text(lines.values.unit, 0.0, 0.0)
    return lines.canvas.to_slab(height, lines.block.span)


def _panel_notes(lines: LinePlot, at: int) -> ChartNotes:
    """Return the annotations of a panel: its own, and those of all panels, which have their texts in the first one."""
    names = _names_of(lines.table.names[at])
    own = [one for one in lines.block.notes if one.series is None or one.series in names]
    repeated = [one for one in own if one.series is None and at]
    return lines.make_notes(own, repeated)


def _check_note_series(lines: LinePlot) -> None:
    """Report annotations for a series that the chart does not have."""
    known = [name for one in lines.table.names for name in _names_of(one)]
    for note in lines.block.notes:
        if note.series is not None and note.series not in known:
            message = f"the chart has no series '{note.series}'"
            lines.context.note("chart-note", message, note.span, nearest(note.series, known))


def _titles(lines: LinePlot, width: float) -> list[GalleyBox]:
    style = semibold_style(label_style(lines.block, lines.context))
    labels = [series_label(name, style, lines.context) for name in lines.table.names]
    longest = max(label.min_width for label in labels)
    if longest > width:
        message = f"a word of a panel's title is {longest:.0f} pt wide, the panel {width:.0f} pt"
        hint = "shorten it, or set a smaller number of panels"
        lines.context.note("chart-crowded", message, lines.block.span, hint)
    return [lines.canvas.typeset(label, width) for label in labels]


def _draw_panel(
    lines: LinePlot,
    at: int,
    plot: Plot,
    ticks: Sequence[Tick],
    notes: ChartNotes,
    *,
    is_first: bool,
) -> None:
    notes.draw_behind(plot)
    lines.values.draw_grid(plot, with_labels=is_first)
    if not lines.is_area:
        quiet = LineLook(tint_paint(lines.values.ink, QUIET), ())
        for other in range(len(lines.table.names)):
            if other != at:
                lines.draw_series(other, plot, quiet, QUIET_LINE)
    lines.draw_series(at, plot, lines.looks[at])
    lines.draw_base(plot)
    draw_x_axis(lines.canvas, ticks, plot, (plot.left, plot.right), lines.axis_stroke())
    others = (one for one in range(len(lines.runs)) if one != at)
    faint = [point for one in others for point in lines.sample(one, plot)]
    notes.draw(plot, lines.sample(at, plot), faint=[] if lines.is_area else faint)


def _names_of(series: SeriesName) -> tuple[str, ...]:
    """Return the names by which an annotation refers to a series: its message key, or its column."""
    return tuple(filter(None, (series.message.key if series.message else "", series.words)))
