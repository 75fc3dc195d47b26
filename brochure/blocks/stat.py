"""Stat: one figure set large, with the words that say what it counts.

The figure is a message, so that it is written in each language's own way (`{reduction, number, percent}`); the label is
set beneath it, above it or beside it. The gap between the two is what one sees: from the lowest ink of the upper words, the
descenders of *people* or the foot of *73%*, to the capitals of the lower. Beside each other they share their last baseline.

Example:
    - stat: results.figure
      label: results.label
"""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import replace
from enum import Enum
from typing import Annotated

from brochure.fast_dataclass import dataclass
from brochure.findings import Span
from brochure.model.block_context import BlockContext
from brochure.model.display_list import GlyphRun
from brochure.model.galley import Galley, Slab, moved
from brochure.spec.constraints import Distance
from brochure.spec.values import Length, Message, StyleName
from brochure.typeset.style import ParagraphStyle


class LabelSide(Enum):
    """Where the label stands."""

    BELOW = "below"
    ABOVE = "above"
    BESIDE = "beside"


@dataclass(frozen=True, slots=True)
class Stat:
    """A figure with its label."""

    span: Span
    figure: Annotated[Message, "the figure"]
    label: Annotated[Message, "what it counts"]
    side: Annotated[LabelSide, "where the label stands: below, above or beside"] = LabelSide.BELOW
    gap: Annotated[
        Distance,
        "between figure and label: from the lowest ink of one to the capitals of the other",
    ] = Length(lines=0.75)
    style: Annotated[StyleName | None, "the style of the figure; `figure` unless told"] = None
    label_style: Annotated[StyleName | None, "the style of the label; `label` unless told"] = None


def galley(block: Stat, context: BlockContext) -> Galley:
    """Figure and label as one piece that is never divided, with the spaces of the styles above and below."""
    style = context.style(block.style, "figure")
    label_style = context.style(block.label_style, "label")
    gap = context.points(block.gap)
    if block.side is LabelSide.BESIDE:
        return (replace(_beside(block, context, (style, label_style), gap), span=block.span),)
    figure, label = context.slab(block.figure, style), context.slab(block.label, label_style)
    upper, lower = (figure, label) if block.side is LabelSide.BELOW else (label, figure)
    return (replace(_under(upper, lower, gap), span=block.span),)


def _under(upper: Slab, lower: Slab, gap: float) -> Slab:
    down = upper.height + _ink_below(upper) + gap
    items = (*upper.items, *(moved(item, 0.0, -down) for item in lower.items))
    height = down + lower.height
    return replace(
        upper, height=height, items=items, space_after=lower.space_after, baseline=height
    )


def _ink_below(slab: Slab) -> float:
    """How far the letters of a slab of text reach below its last baseline, in points."""
    runs = (item for item in slab.items if isinstance(item, GlyphRun))
    lowest = min((foot for run in runs for foot in _feet(run)), default=-slab.height)
    return max(0.0, -slab.height - lowest)


OVERSHOOT = 0.04
"""How far round shapes reach below the line only to look as if they stood on it, in ems."""

TAILS = frozenset(",;،")
"""Marks whose tails are nothing to keep clear of: labels of figures side by side stand on one line."""


def _feet(run: GlyphRun) -> Iterator[float]:
    """The lowest point of each glyph that hangs below the line; not of commas."""
    glyphs = run.glyphs
    scale = glyphs.size / glyphs.face.upem
    offsets = glyphs.offsets or ((0.0, 0.0),) * len(glyphs.ids)
    for glyph, cluster, (_, dy) in zip(glyphs.ids, glyphs.clusters, offsets, strict=True):
        extents = glyphs.face.font.get_glyph_extents(glyph)
        if extents is None or glyphs.text[cluster : cluster + 1] in TAILS:
            continue
        foot = dy + (extents.y_bearing + extents.height) * scale
        if foot < -OVERSHOOT * glyphs.size:
            yield run.y + foot


def _beside(
    block: Stat, context: BlockContext, styles: tuple[ParagraphStyle, ParagraphStyle], gap: float
) -> Slab:
    """The label to the side of the figure, the last baselines of both on one line."""
    width = _width(block.figure, context, styles[0])
    room = max(context.measure - width - gap, 1.0)
    figure = context.narrowed(width).slab(block.figure, styles[0])
    label = context.narrowed(room).slab(block.label, styles[1])
    height = max(figure.height, label.height)
    left, right = (0.0, width + gap) if context.edition.left_to_right else (room + gap, 0.0)
    items = (
        *(moved(item, left, figure.height - height) for item in figure.items),
        *(moved(item, right, label.height - height) for item in label.items),
    )
    taller = figure if figure.height >= label.height else label
    return replace(
        figure,
        width=context.measure,
        height=height,
        items=items,
        baseline=height,
        air=taller.air,
    )


def _width(message: Message, context: BlockContext, style: ParagraphStyle) -> float:
    """How wide the figure is where nothing breaks its lines, with a hair for rounding."""
    story = context.story(message)
    widths = (context.width(context.prepared(words, style, story)) for words in story.paragraphs)
    return min(max(widths) + 0.5, context.measure)
