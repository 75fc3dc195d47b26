"""Drawing surface of a chart, and the title and source around it.

Coordinates are measured from the start edge. In right-to-left editions positions are mirrored and text is not.
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import replace

from brochure.blocks.charts.chart import Chart, alt_text
from brochure.blocks.charts.labels import (
    Label,
    compact_style,
    label_style,
    semibold_style,
    set_label,
)
from brochure.color.swatch import Paint
from brochure.findings import Span
from brochure.geometry import Rect
from brochure.model.block_context import BlockContext, stacked
from brochure.model.display_list import ARTIFACT, Bookmark, Item, Outline, Path, Stroke, Tag, box
from brochure.model.galley import Galley, Slab, moved
from brochure.typeset.style import Align

HAIRLINE, GRID = 0.5, 0.25
"""Line weights of base lines and grid lines, in points."""


class ChartCanvas:
    """Collects the items of a chart: x from the start edge, y upwards from the top, in points."""

    def __init__(self, context: BlockContext) -> None:
        self.context = context
        self.items: list[Item] = []

    def draw_box(self, rect: Rect, paint: Paint) -> None:
        """Draw a filled rectangle, if it has an area."""
        if rect.width > 0 and rect.height > 0:
            x = self._across(rect.x, rect.width)
            self.items.append(Path((box(replace(rect, x=x)),), fill=paint))

    def draw_shape(
        self, outlines: Sequence[Outline], paint: Paint, *, even_odd: bool = False
    ) -> None:
        """Draw filled outlines."""
        mirrored = tuple(self._mirrored(outline) for outline in outlines)
        self.items.append(Path(mirrored, fill=paint, even_odd=even_odd))

    def draw_line(self, points: Sequence[tuple[float, float]], stroke: Stroke) -> None:
        """Draw a line through points."""
        outline = self._mirrored(Outline(points[0], tuple(points[1:]), closed=False))
        self.items.append(Path((outline,), stroke=stroke))

    def draw_text(self, slab: Slab, x: float, top: float) -> None:
        """Draw typeset text with its cap height at `top`."""
        across = self._across(x, slab.width)
        self.items.extend(moved(item, across, top) for item in slab.items)

    def typeset(self, label: Label, width: float) -> Slab:
        """Typeset a label at a width."""
        return set_label(label, width, self.context)

    def to_slab(self, height: float, span: Span) -> Slab:
        """Return everything drawn as one slab."""
        return Slab(self.context.measure, height, tuple(self.items), span=span)

    def _across(self, x: float, width: float) -> float:
        return x if self.context.edition.left_to_right else self.context.measure - x - width

    def _mirrored(self, outline: Outline) -> Outline:
        if self.context.edition.left_to_right:
            return outline
        measure = self.context.measure

        def mirror(numbers: tuple[float, ...]) -> tuple[float, ...]:
            return tuple(n if index % 2 else measure - n for index, n in enumerate(numbers))

        start = (measure - outline.start[0], outline.start[1])
        return Outline(start, tuple(map(mirror, outline.segments)), outline.closed)


def frame_chart(block: Chart, context: BlockContext, chart: Slab) -> Galley:
    """Return the chart with title and source as one slab; the drawing is tagged as one figure."""
    within = context.within("Div") if block.title or block.source else context
    above = _title(block, within)
    figure = within.tag("Figure", alt_text(block, context)) if block.alt else ARTIFACT
    chart = replace(chart, items=tuple(_tagged(item, figure) for item in chart.items))
    below = _source(block, within)
    em = label_style(block, context).type.size
    slabs = [
        *([replace(above, space_before=0.0, space_after=1.4 * em)] if above else []),
        chart,
        *([replace(below, space_before=1.3 * em)] if below else []),
    ]
    slab = stacked(slabs, context.measure)
    return (replace(slab, space_before=1.5 * em, space_after=1.5 * em, span=block.span),)


def _tagged(item: Item, tag: Tag) -> Item:
    return item if isinstance(item, Bookmark) else replace(item, tag=tag)


def _title(block: Chart, context: BlockContext) -> Slab | None:
    if not block.title:
        return None
    style = context.style(block.title_style, "label")
    title_style = style if block.title_style else compact_style(semibold_style(style), Align.START)
    return context.slab(block.title, title_style, "Caption")


def _source(block: Chart, context: BlockContext) -> Slab | None:
    if not block.source:
        return None
    return context.slab(block.source, context.style(block.source_style, "source"), "P")
