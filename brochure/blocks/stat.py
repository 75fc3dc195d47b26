"""Stat: one figure set large, with the words that say what it counts.

The figure is a message, so that it is written in each language's own way (`{reduction, number, percent}`); the label is
set beside it or beneath it.

Example:
    - stat: results.figure
      label: results.label
"""

from __future__ import annotations

from dataclasses import dataclass
from enum import Enum
from typing import Annotated

from brochure.findings import Span
from brochure.galley import Galley, Slab, moved
from brochure.setter import Setter
from brochure.spec.values import Length, Message, StyleName


class Side(Enum):
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
    side: Annotated[Side, "where the label stands: below, above or beside"] = Side.BELOW
    gap: Annotated[Length, "between figure and label"] = Length(lines=0.5)
    style: Annotated[StyleName | None, "the style of the figure; `figure` unless told"] = None
    label_style: Annotated[StyleName | None, "the style of the label; `label` unless told"] = None


def galley(block: Stat, setter: Setter) -> Galley:
    """Figure and label as one piece that is never divided."""
    style = setter.style(block.style, "figure")
    label_style = setter.style(block.label_style, "label")
    gap = setter.points(block.gap)
    if block.side is Side.BESIDE:
        slab = _beside(block, setter, gap)
    else:
        figure = setter.slab(block.figure, style)
        label = setter.slab(block.label, label_style)
        upper, lower = (figure, label) if block.side is Side.BELOW else (label, figure)
        slab = _under(upper, lower, gap)
    height, items = slab.height, slab.items
    return (Slab(setter.measure, height, items, style.space_before, style.space_after),)


def _under(upper: Slab, lower: Slab, gap: float) -> Slab:
    down = upper.height + gap
    items = (*upper.items, *(moved(item, 0.0, -down) for item in lower.items))
    return Slab(upper.width, down + lower.height, items)


def _beside(block: Stat, setter: Setter, gap: float) -> Slab:
    """The label to the side of the figure, the last baselines of both on one line."""
    style = setter.style(block.style, "figure")
    words = setter.story(block.figure).paragraphs[0]
    width = setter.width(setter.prepared(words, style))
    figure = setter.narrowed(width + 0.5).slab(block.figure, style)
    room = max(setter.measure - width - gap, 1.0)
    label = setter.narrowed(room).slab(block.label, setter.style(block.label_style, "label"))
    height = max(figure.height, label.height)
    across = setter.measure - room
    items = (
        *(moved(item, 0.0, figure.height - height) for item in figure.items),
        *(moved(item, across, label.height - height) for item in label.items),
    )
    return Slab(setter.measure, height, items)
