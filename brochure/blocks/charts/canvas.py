"""The sheet that a chart is drawn on, and the frame of words around it.

Takes boxes, lines, shapes and set words at their places; gives one slab. A drawing is thought of from the start edge: x
grows from there, and in an edition that runs from right to left everything is put in its mirrored place while the words
stay readable. Stands behind the kinds of chart.
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import replace

from brochure.blocks.charts.chart import Chart, spoken
from brochure.blocks.charts.labels import Label, label_style, plain, semibold, set_label
from brochure.color.swatch import Paint
from brochure.findings import Span
from brochure.geometry import Rect
from brochure.model.block_context import BlockContext, stacked
from brochure.model.display_list import ARTIFACT, Bookmark, Item, Outline, Path, Stroke, Tag, box
from brochure.model.galley import Galley, Slab, moved
from brochure.typeset.style import Align

HAIRLINE, GRID = 0.5, 0.25
"""How thick the line is that bars stand on, and those that only guide the eye, in points."""


class ChartCanvas:
    """The sheet that a chart is drawn on: x from the start edge, y upwards from its head, in points."""

    def __init__(self, context: BlockContext) -> None:
        self.context = context
        self.items: list[Item] = []

    def box(self, rect: Rect, paint: Paint) -> None:
        """A filled rectangle; nothing where it has no area."""
        if rect.width > 0 and rect.height > 0:
            x = self._across(rect.x, rect.width)
            self.items.append(Path((box(replace(rect, x=x)),), fill=paint))

    def shape(self, outlines: Sequence[Outline], paint: Paint, *, even_odd: bool = False) -> None:
        """Filled outlines."""
        mirrored = tuple(self._mirrored(outline) for outline in outlines)
        self.items.append(Path(mirrored, fill=paint, even_odd=even_odd))

    def line(self, points: Sequence[tuple[float, float]], stroke: Stroke) -> None:
        """A line through points."""
        outline = self._mirrored(Outline(points[0], tuple(points[1:]), closed=False))
        self.items.append(Path((outline,), stroke=stroke))

    def words(self, slab: Slab, x: float, top: float) -> None:
        """Set words, their cap height at `top`."""
        across = self._across(x, slab.width)
        self.items.extend(moved(item, across, top) for item in slab.items)

    def set(self, label: Label, width: float) -> Slab:
        """A label broken at a width, for this drawing."""
        return set_label(label, width, self.context)

    def slab(self, height: float, span: Span) -> Slab:
        """All of it as one piece."""
        return Slab(self.context.measure, height, tuple(self.items), span=span)

    def _across(self, x: float, width: float) -> float:
        return x if self.context.edition.left_to_right else self.context.measure - x - width

    def _mirrored(self, outline: Outline) -> Outline:
        if self.context.edition.left_to_right:
            return outline
        measure = self.context.measure

        def other(numbers: tuple[float, ...]) -> tuple[float, ...]:
            return tuple(n if at % 2 else measure - n for at, n in enumerate(numbers))

        start = (measure - outline.start[0], outline.start[1])
        return Outline(start, tuple(map(other, outline.segments)), outline.closed)


def framed(block: Chart, context: BlockContext, chart: Slab) -> Galley:
    """The chart with its title above and its source below, as one piece; all that is drawn is one figure."""
    within = context.within("Div") if block.title or block.source else context
    above = _title(block, within)
    figure = within.tag("Figure", spoken(block, context)) if block.alt else ARTIFACT
    chart = replace(chart, items=tuple(_tagged(item, figure) for item in chart.items))
    below = _source(block, within)
    em = label_style(block, context).type.size
    slabs = [
        *([replace(above, space_before=0.0, space_after=1.4 * em)] if above else []),
        chart,
        *([replace(below, space_before=1.3 * em)] if below else []),
    ]
    whole = stacked(slabs, context.measure)
    return (replace(whole, space_before=1.5 * em, space_after=1.5 * em, span=block.span),)


def _tagged(item: Item, tag: Tag) -> Item:
    return item if isinstance(item, Bookmark) else replace(item, tag=tag)


def _title(block: Chart, context: BlockContext) -> Slab | None:
    if not block.title:
        return None
    style = context.style(block.title_style, "label")
    chosen = style if block.title_style else plain(semibold(style), Align.START)
    return context.slab(block.title, chosen, "Caption")


def _source(block: Chart, context: BlockContext) -> Slab | None:
    if not block.source:
        return None
    return context.slab(block.source, context.style(block.source_style, "source"), "P")
