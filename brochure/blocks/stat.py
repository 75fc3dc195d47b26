"""Stat: one large figure with a label.

The figure is a message, so each language can format it in its own way (`{reduction, number, percent}`). The label is set
below, above or beside it. The gap is the visible distance: from the lowest ink of the upper text, for example the
descenders of *people* or the foot of *73%*, to the capitals of the lower text. Beside each other they share the last
baseline.

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
from brochure.model.galley import Galley, GalleyBox, move_item
from brochure.spec.constraints import Distance
from brochure.spec.values import Length, Message, StyleName
from brochure.typeset.style import ParagraphStyle


class LabelSide(Enum):
    """Position of the label."""

    BELOW = "below"
    ABOVE = "above"
    BESIDE = "beside"


@dataclass(frozen=True, slots=True)
class Stat:
    """A figure with its label."""

    span: Span
    figure: Annotated[Message, "the figure"]
    label: Annotated[Message, "label: what the figure counts"]
    side: Annotated[LabelSide, "position of the label: below, above or beside the figure"] = (
        LabelSide.BELOW
    )
    gap: Annotated[
        Distance,
        "distance from the lowest ink of the upper text to the capitals of the lower",
    ] = Length(lines=0.75)
    style: Annotated[StyleName | None, "paragraph style of the figure (default: `figure`)"] = None
    label_style: Annotated[StyleName | None, "paragraph style of the label (default: `label`)"] = (
        None
    )


def galley(block: Stat, context: BlockContext) -> Galley:
    """Typeset figure and label as one box, with the space before and after of their styles."""
    style = context.style(block.style, "figure")
    label_style = context.style(block.label_style, "label")
    gap = context.points(block.gap)
    if block.side is LabelSide.BESIDE:
        return (replace(_beside(block, context, (style, label_style), gap), span=block.span),)
    figure, label = (
        context.set_message(block.figure, style),
        context.set_message(block.label, label_style),
    )
    upper, lower = (figure, label) if block.side is LabelSide.BELOW else (label, figure)
    return (replace(_stack(upper, lower, gap), span=block.span),)


def _stack(upper: GalleyBox, lower: GalleyBox, gap: float) -> GalleyBox:
    down = upper.height + ink_below(upper) + gap
    items = (*upper.items, *(move_item(item, 0.0, -down) for item in lower.items))
    height = down + lower.height
    return replace(
        upper, height=height, items=items, space_after=lower.space_after, baseline=height
    )


def _beside(
    block: Stat, context: BlockContext, styles: tuple[ParagraphStyle, ParagraphStyle], gap: float
) -> GalleyBox:
    """Set the label beside the figure, aligned on the last baseline."""
    width = _figure_width(block.figure, context, styles[0])
    label_width = max(context.measure - width - gap, 1.0)
    figure = context.narrowed(width).set_message(block.figure, styles[0])
    label = context.narrowed(label_width).set_message(block.label, styles[1])
    height = max(figure.height, label.height)
    left, right = (0.0, width + gap) if context.edition.left_to_right else (label_width + gap, 0.0)
    items = (
        *(move_item(item, left, figure.height - height) for item in figure.items),
        *(move_item(item, right, label.height - height) for item in label.items),
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


def _figure_width(message: Message, context: BlockContext, style: ParagraphStyle) -> float:
    """Return the unbroken width of the figure, plus 0.5 pt for rounding."""
    story = context.story(message, style)
    widths = (context.width(context.prepare(words, style, story)) for words in story.paragraphs)
    return min(max(widths) + 0.5, context.measure)


def ink_below(box: GalleyBox) -> float:
    """Return how far the glyphs of a box reach below its last baseline, in points."""
    runs = (item for item in box.items if isinstance(item, GlyphRun))
    lowest = min((bottom for run in runs for bottom in _ink_bottoms(run)), default=-box.height)
    return max(0.0, -box.height - lowest)


OVERSHOOT = 0.04
"""Overshoot of round glyphs below the baseline, in ems; it does not count as ink below."""

TAILS = frozenset(",;،")
"""Marks whose tails do not count as ink below, so that labels of adjacent figures align."""


def _ink_bottoms(run: GlyphRun) -> Iterator[float]:
    """Yield the lowest point of each glyph with ink below the baseline, except commas and semicolons."""
    glyphs = run.glyphs
    scale = glyphs.size / glyphs.face.upem
    offsets = glyphs.offsets or ((0.0, 0.0),) * len(glyphs.ids)
    for glyph, cluster, (_, dy) in zip(glyphs.ids, glyphs.clusters, offsets, strict=True):
        extents = glyphs.face.font.get_glyph_extents(glyph)
        if extents is None or glyphs.text[cluster : cluster + 1] in TAILS:
            continue
        bottom = dy + (extents.y_bearing + extents.height) * scale
        if bottom < -OVERSHOOT * glyphs.size:
            yield run.y + bottom
