"""Align the feet of a frame's columns: add space between paragraphs until their last lines are level.

Space is added where paragraphs and figures meet: not after a heading, between table rows or within a
paragraph. A column stays as it is if the space would be more than a line at each place, if its text
wraps around something, or if its lines are on the baseline grid.
"""

from __future__ import annotations

from collections.abc import Sequence

from brochure.fast_dataclass import dataclass
from brochure.layout.line_slots import SLACK, FrameColumn
from brochure.model.display_list import Item
from brochure.model.galley import GalleyBox, GalleyParagraph, Piece, move_item

DEFAULT_MAX_SPACE = 12.0
"""Most space added at each place in a frame without a baseline grid, in points."""


@dataclass(frozen=True, slots=True)
class ColumnPart:
    """The items of one piece in a column: their number, and whether space may be added above them."""

    count: int
    is_stretchable: bool


def align_feet(
    items: Sequence[tuple[Item, ...]],
    depths: Sequence[float],
    parts: Sequence[tuple[ColumnPart, ...]],
    columns: Sequence[FrameColumn],
) -> tuple[tuple[tuple[Item, ...], ...], tuple[float, ...]]:
    """Return the items of a frame's columns with their feet aligned, and the new depths.

    Args:
        items: The items of each column.
        depths: The y down to which each is filled.
        parts: The pieces of each column.
        columns: The columns.
    """
    filled = [depth for depth, column in zip(depths, parts, strict=True) if column]
    foot = min(filled, default=0.0)
    aligned, feet = [], []
    for column_items, depth, column_parts, column in zip(
        items, depths, parts, columns, strict=True
    ):
        space = _space_to_add(depth - foot, column_parts, column)
        aligned.append(_spread(column_items, column_parts, space) if space else column_items)
        feet.append(foot if space else depth)
    return tuple(aligned), tuple(feet)


def _space_to_add(missing: float, parts: Sequence[ColumnPart], column: FrameColumn) -> float:
    """Return the space to add at each place; 0 if the column stays as it is."""
    places = sum(part.is_stretchable for part in parts)
    if not places or missing <= SLACK or column.holes:
        return 0.0
    space = missing / places
    return space if space <= (column.grid_step or DEFAULT_MAX_SPACE) else 0.0


def _spread(items: Sequence[Item], parts: Sequence[ColumnPart], space: float) -> tuple[Item, ...]:
    """Return the items, each part move_item down by the space added above it."""
    found: list[Item] = []
    down, at = 0.0, 0
    for part in parts:
        down += space if part.is_stretchable else 0.0
        found.extend(move_item(item, 0.0, -down) for item in items[at : at + part.count])
        at += part.count
    return tuple(found)


def is_stretchable(above: Piece, below: Piece) -> bool:
    """Return True if space may be added between two pieces."""
    match above, below:
        case GalleyParagraph(joins_below=True), _:
            return False
        case GalleyParagraph(text=text), (GalleyParagraph() | GalleyBox()):
            return not text.style.keep_with_next
        case GalleyBox(keep_with_next=False), GalleyParagraph():
            return True
        case GalleyBox(keep_with_next=False), GalleyBox():
            return max(above.space_after, below.space_before) > 0
        case _:
            return False
