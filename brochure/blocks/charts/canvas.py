"""Drawing surface of a chart, and the title and source around it.

Coordinates are measured from the start edge. In right-to-left editions positions are mirrored and text is not.
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import replace

from brochure.blocks.charts.chart import Chart, alt_text
from brochure.blocks.charts.data_cells import DataCells, tag_cells
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
from brochure.model.block_context import BlockContext
from brochure.model.display_list import (
    ARTIFACT,
    Bookmark,
    Item,
    Outline,
    Path,
    Stroke,
    Tag,
    outline_rect,
)
from brochure.model.galley import Galley, GalleyBox, move_item
from brochure.model.paragraph_box import stack
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
            self.items.append(Path((outline_rect(replace(rect, x=x)),), fill=paint))

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

    def draw_text(self, box: GalleyBox, x: float, top: float) -> None:
        """Draw typeset text with its cap height at `top`."""
        across = self._across(x, box.width)
        self.items.extend(move_item(item, across, top) for item in box.items)

    def typeset(self, label: Label, width: float) -> GalleyBox:
        """Typeset a label at a width."""
        return set_label(label, width, self.context)

    def to_slab(self, height: float, span: Span) -> GalleyBox:
        """Return everything drawn as one box."""
        return GalleyBox(self.context.measure, height, tuple(self.items), span=span)

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


def frame_chart(
    block: Chart, context: BlockContext, chart: GalleyBox, data: DataCells | None = None
) -> Galley:
    """Return the chart with title and source as one box; the drawing is tagged as one figure.

    Args:
        block: The chart.
        context: Its context.
        chart: The drawing.
        data: The data for a table in the structure tree. Without it, the alternative text mentions all entries.
    """
    within = context.within("Div") if block.title or block.source or data else context
    above = _title(block, within)
    alt = context.edition.words(block.alt) if data else alt_text(block, context)
    figure = within.tag("Figure", alt) if block.alt else ARTIFACT
    items = tuple(_tagged(item, figure) for item in chart.items)
    style = label_style(block, context)
    cells = tag_cells(data, chart, style, within) if data and block.alt else ()
    chart = replace(chart, items=(*items, *cells))
    below = _source(block, within)
    em = label_style(block, context).type.size
    boxes = [
        *([replace(above, space_before=0.0, space_after=1.4 * em)] if above else []),
        chart,
        *([replace(below, space_before=1.3 * em)] if below else []),
    ]
    box = stack(boxes, context.measure)
    return (replace(box, space_before=1.5 * em, space_after=1.5 * em, span=block.span),)


def _tagged(item: Item, tag: Tag) -> Item:
    return item if isinstance(item, Bookmark) else replace(item, tag=tag)


def _title(block: Chart, context: BlockContext) -> GalleyBox | None:
    if not block.title:
        return None
    style = context.style(block.title_style, "label")
    title_style = style if block.title_style else compact_style(semibold_style(style), Align.START)
    return context.set_message(block.title, title_style, "Caption")


def _source(block: Chart, context: BlockContext) -> GalleyBox | None:
    if not block.source:
        return None
    return context.set_message(block.source, context.style(block.source_style, "source"), "P")
