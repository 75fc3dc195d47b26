"""Mirror page geometry for languages written from right to left.

Margins, columns, spreads and frames change sides about the vertical centre line of the page. Pictures and glyphs are never
mirrored.
"""

from __future__ import annotations

from dataclasses import replace

from brochure.geometry import Rect
from brochure.layout.grid import PageGrid
from brochure.layout.line_slots import FrameColumn


def mirror_grid(grid: PageGrid) -> PageGrid:
    """Exchange the sides of a grid, including the pages beside it on the spread."""
    return replace(
        grid,
        type_area=mirror_frame(grid.type_area, grid),
        left=grid.right,
        right=grid.left,
        verso=not grid.verso,
        outer_left=not grid.outer_left,
    )


def mirror_frame(rect: Rect, grid: PageGrid) -> Rect:
    """Mirror a rectangle about the centre line of the page."""
    return Rect(grid.width - rect.right, rect.y, rect.width, rect.height)


def mirror_column(column: FrameColumn, grid: PageGrid) -> FrameColumn:
    """Mirror a column about the centre line of the page."""
    rect = mirror_frame(column.rect, grid)
    return replace(column, rect=rect, outer_left=not column.outer_left)
