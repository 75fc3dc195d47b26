"""Rows of the grid whose height is given in lines of the baseline grid.

Such rows begin at the top margin; the bottom margin is what they leave of the page. The rows of a script with a larger
baseline increment stay where the layout has them, so that frames have the same place in every language.
"""

from __future__ import annotations

from dataclasses import replace

from brochure.spec.model import Grid
from brochure.spec.values import Length


def resolve_row_lines(grid: Grid, height: float) -> Grid:
    """Return the grid with its bottom margin and row gutter in points if it has rows of whole lines.

    Args:
        grid: The grid as the layout has it.
        height: The height of the page in points.

    Returns:
        The same grid if it does not set `lines`; the bottom margin is negative if the rows are too high for the page.
    """
    if grid.lines is None:
        return grid
    line = grid.baseline.points
    gutter = _points(grid.row_gutter, line) if grid.row_gutter else line
    rows = grid.rows * grid.lines * line + (grid.rows - 1) * gutter
    bottom = height - _points(grid.margins.top, line) - rows
    margins = replace(grid.margins, bottom=Length(bottom))
    return replace(grid, margins=margins, row_gutter=Length(gutter), lines=None)


def _points(length: Length, line: float) -> float:
    return length.points + length.lines * line
