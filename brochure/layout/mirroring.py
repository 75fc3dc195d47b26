"""The mirror: pages of languages that are written from right to left.

Takes a planned grid, rectangle or column as it stands in a book that opens from the right; gives it as it stands in one that
opens from the left: margins, columns, spreads and every place change sides about the middle of the page. Pictures and
letters do not: they are set in their places afterwards, and no glyph is ever flipped.
"""

from __future__ import annotations

from dataclasses import replace

from brochure.geometry import Rect
from brochure.layout.grid import PageGrid
from brochure.layout.line_slots import FrameColumn


def mirror_grid(grid: PageGrid) -> PageGrid:
    """The grid with its sides exchanged; a page with a fold beside it goes to the other side of it."""
    return replace(
        grid,
        type_area=mirror_frame(grid.type_area, grid),
        left=grid.right,
        right=grid.left,
        verso=not grid.verso,
    )


def mirror_frame(rect: Rect, grid: PageGrid) -> Rect:
    """The rectangle on the other side of the page."""
    return Rect(grid.width - rect.right, rect.y, rect.width, rect.height)


def mirror_column(column: FrameColumn, grid: PageGrid) -> FrameColumn:
    """The column on the other side of the page; the first of several is then the one at the right."""
    return replace(column, rect=mirror_frame(column.rect, grid))
