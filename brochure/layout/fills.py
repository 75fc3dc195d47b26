"""Give boxes without a height of their own the height that their frame leaves them.

Pictures that cover share what is left of the first column. Pictures with proportions of their own take their natural height; they
become smaller if the frame is too low for it.
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import replace

from brochure.layout.footnote_area import FootnoteArea, find_notes
from brochure.layout.line_slots import FrameColumn, pen_at_column
from brochure.layout.place_piece import CapHeight, place_piece
from brochure.model.galley import Fill, Galley, GalleyBox, Piece

MIN_SHARE = 0.25
"""The share of its natural height that a picture beside text keeps at least; less is overset text, not a picture's size."""

ENDLESS = 1e5
"""The height of a column that everything fits into, in points."""


def resolve_fills(
    galley: Galley,
    columns: tuple[FrameColumn, ...],
    cap_height: CapHeight,
    area: FootnoteArea | None = None,
) -> Galley:
    """Return the galley with boxes in the place of all fills, less the footnote areas of the notes that are marked in it."""
    galley = shrink_fills(galley, columns, cap_height, area)
    fills = [piece for piece in galley if isinstance(piece, Fill)]
    if not fills:
        return galley
    column = columns[0]
    others = tuple(_without_height(piece) if isinstance(piece, Fill) else piece for piece in galley)
    left = column.rect.height - _natural_height(others, column, cap_height, area)
    share = max(0.0, left) / len(fills)
    return tuple(
        piece.make(max(share, piece.least)) if isinstance(piece, Fill) else piece
        for piece in galley
    )


def shrink_fills(
    galley: Galley,
    columns: tuple[FrameColumn, ...],
    cap_height: CapHeight,
    area: FootnoteArea | None = None,
) -> Galley:
    """Return the galley with boxes in the place of the fills that only shrink.

    None is higher than the highest column. In a single column, they give up the height that all of the content lacks, in
    proportion to their own; without effect if that would leave too little of them.
    """
    shrinking = [at for at, piece in enumerate(galley) if _shrinks(piece)]
    if not shrinking:
        return galley
    highest = max(column.rect.height for column in columns)
    heights = {at: _cap(galley[at], highest) for at in shrinking}
    boxes = _make_boxes(galley, heights)
    if len(columns) == 1:
        missing = _natural_height(_settle(boxes), columns[0], cap_height, area) - highest
        least = {at: _least(galley[at], alone=len(galley) == len(shrinking)) for at in shrinking}
        spare = sum(max(0.0, heights[at] - least[at]) for at in shrinking)
        if 0 < missing <= spare:
            share = missing / spare
            reduced = {
                at: height - share * max(0.0, height - least[at]) for at, height in heights.items()
            }
            return _make_boxes(galley, reduced)
    return boxes


def _shrinks(piece: Piece) -> bool:
    return isinstance(piece, Fill) and piece.shrinks


def _cap(piece: Piece, highest: float) -> float:
    assert isinstance(piece, Fill)
    return max(piece.least, min(piece.natural, highest))


def _least(piece: Piece, *, alone: bool) -> float:
    """Return the least height of a fill; alone in its frame it may be of any size."""
    assert isinstance(piece, Fill)
    return piece.least if alone else max(piece.least, MIN_SHARE * piece.natural)


def _make_boxes(galley: Galley, heights: dict[int, float]) -> Galley:
    return tuple(
        piece.make(heights[at]) if at in heights and isinstance(piece, Fill) else piece
        for at, piece in enumerate(galley)
    )


def _settle(galley: Sequence[Piece]) -> Galley:
    """Return the galley with the least heights of the fills that are left."""
    return tuple(piece.make(piece.least) if isinstance(piece, Fill) else piece for piece in galley)


def _without_height(fill: Fill) -> GalleyBox:
    """Return a fill without its height: its spaces only."""
    return GalleyBox(0.0, 0.0, (), fill.space_before, fill.space_after)


def _natural_height(
    galley: Galley, column: FrameColumn, cap_height: CapHeight, area: FootnoteArea | None
) -> float:
    """Return the height of the pieces in a column of unlimited height, with their notes."""
    rect = replace(column.rect, y=column.rect.top - ENDLESS, height=ENDLESS)
    endless = (replace(column, rect=rect, holes=()),)
    pen = pen_at_column(endless, 0)
    links: list[str] = []
    for piece in galley:
        placed = place_piece(piece, pen, endless, cap_height)
        links += [link for _, link in find_notes(placed.items)]
        pen = placed.pen
    return rect.top - pen.edge + (area.extra_height(0, links) if area else 0.0)
