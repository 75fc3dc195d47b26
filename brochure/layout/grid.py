"""The grid of one page: margins, columns, rows, baselines, and the rectangles of frames on it.

Lengths are in points from the lower left corner of the trim box. On a verso the inner and outer margins are exchanged.
"""

from __future__ import annotations

from collections.abc import Mapping

from brochure.fast_dataclass import dataclass
from brochure.geometry import Rect
from brochure.layout.spreads import PagePosition
from brochure.spec.grid_rows import resolve_row_lines
from brochure.spec.model import Grid, Layout
from brochure.spec.values import Area, Edge, FrameSide, Length, Placement, RelativeAlign
from brochure.styles.computed_values import Scale

Span = tuple[float, float]
"""Start and end along one axis, in points."""

NO_RECTS: Mapping[FrameSide, Rect] = {}


@dataclass(frozen=True, slots=True)
class PageGrid:
    """A page's geometry in points. `left` and `right` are the widths of the pages beside it on the same spread.

    `outer_left` is set if the outer margin is at the left.
    """

    width: float
    height: float
    bleed: float
    type_area: Rect
    columns: int
    gutter: float
    rows: int
    row_gutter: float
    baseline: float
    first_baseline: float
    left: float = 0.0
    right: float = 0.0
    verso: bool = False
    outer_left: bool = False

    @property
    def column(self) -> float:
        """Width of one column."""
        return (self.type_area.width - (self.columns - 1) * self.gutter) / self.columns

    @property
    def row(self) -> float:
        """Height of one row."""
        return (self.type_area.height - (self.rows - 1) * self.row_gutter) / self.rows

    @property
    def scale(self) -> Scale:
        """Values of relative lengths on this page."""
        return Scale(line=self.baseline, column=self.column, row=self.row)

    @property
    def grid_top(self) -> float:
        """The y of the first baseline."""
        return self.height - self.first_baseline


def compute_page_grid(layout: Layout, grid: Grid, position: PagePosition) -> PageGrid:
    """Return the geometry of a page with this grid at this position on its spread."""
    plain = Scale()
    grid = resolve_row_lines(grid, layout.size.height)
    margins = grid.margins
    inner, outer = plain.points(margins.inner), plain.points(margins.outer)
    left, right = (outer, inner) if position.verso else (inner, outer)
    top, bottom = plain.points(margins.top), plain.points(margins.bottom)
    width, height = position.width, layout.size.height
    gutter, baseline = plain.points(grid.gutter), plain.points(grid.baseline)
    scale = Scale(line=baseline)
    start = scale.points(grid.baseline_start) if grid.baseline_start else top + baseline
    return PageGrid(
        width,
        height,
        plain.points(layout.bleed),
        Rect(left, bottom, width - left - right, height - top - bottom),
        grid.columns,
        gutter,
        grid.rows,
        scale.points(grid.row_gutter) if grid.row_gutter else gutter,
        baseline,
        start,
        position.left,
        position.right,
        position.verso,
        position.verso,
    )


def resolve_rectangle(
    place: Placement, grid: PageGrid, beside: Mapping[FrameSide, Rect] = NO_RECTS
) -> Rect:
    """Return the rectangle of a placement on a page with this grid.

    Args:
        place: The placement.
        grid: The grid of the page.
        beside: The rectangles of the frames that it is placed beside, by the side of them that it is on.
    """
    area = _area_rect(place.area, grid)
    across, down = (area.x, area.right), (grid.height - area.top, grid.height - area.y)
    left, right = _horizontal_edges(place, grid, across, beside)
    upper, lower = _vertical_edges(place, grid, down, beside)
    rect = Rect(left, grid.height - lower, right - left, lower - upper)
    return _extend_to_bleed(place, grid, rect)


def _area_rect(area: Area, grid: PageGrid) -> Rect:
    page = Rect(0.0, 0.0, grid.width, grid.height)
    match area:
        case Area.MARGINS:
            return grid.type_area
        case Area.PAGE:
            return page
        case Area.BLEED:
            return page.expand(grid.bleed)
        case Area.SPREAD:
            return _spread_rect(grid)
        case Area.SPREAD_BLEED:
            return _spread_rect(grid).expand(grid.bleed)


def _spread_rect(grid: PageGrid) -> Rect:
    """Return the whole spread: the page with the pages beside it."""
    return Rect(-grid.left, 0.0, grid.left + grid.width + grid.right, grid.height)


def _horizontal_edges(
    place: Placement, grid: PageGrid, area: Span, beside: Mapping[FrameSide, Rect]
) -> Span:
    """Return the left and right edges, from the left edge of the trim box."""
    if place.columns:
        step = grid.column + grid.gutter
        first, last = place.columns
        left = grid.type_area.x + (first - 1) * step
        area = (left, left + (last - first) * step + grid.column)
    right = _distance(place, grid, Edge.RIGHT)
    near = _points(place.x, grid) if place.x is not None else _distance(place, grid, Edge.LEFT)
    far = None if right is None else grid.width - right
    width, gap = _points(place.width, grid), grid.scale.points(place.gap)
    other = beside.get(FrameSide.BELOW) or beside.get(FrameSide.ABOVE)
    if FrameSide.RIGHT_OF in beside:
        near = beside[FrameSide.RIGHT_OF].right + gap
    elif FrameSide.LEFT_OF in beside:
        far = beside[FrameSide.LEFT_OF].x - gap
    elif other and not (place.has_area or place.columns) and near is far is None:
        return _align_beside((other.x, other.right), width, place.align)
    return _axis(area, near, far, width)


def _vertical_edges(
    place: Placement, grid: PageGrid, area: Span, beside: Mapping[FrameSide, Rect]
) -> Span:
    """Return the top and bottom edges, from the top of the trim box downwards."""
    if place.rows:
        step = grid.row + grid.row_gutter
        first, last = place.rows
        upper = grid.height - grid.type_area.top + (first - 1) * step
        area = (upper, upper + (last - first) * step + grid.row)
    bottom = _distance(place, grid, Edge.BOTTOM)
    near = _points(place.y, grid) if place.y is not None else _distance(place, grid, Edge.TOP)
    far = None if bottom is None else grid.height - bottom
    height, gap = _points(place.height, grid), grid.scale.points(place.gap)
    other = beside.get(FrameSide.LEFT_OF) or beside.get(FrameSide.RIGHT_OF)
    if FrameSide.BELOW in beside:
        near = grid.height - beside[FrameSide.BELOW].y + gap
    elif FrameSide.ABOVE in beside:
        far = grid.height - beside[FrameSide.ABOVE].top - gap
    elif other and not (place.has_area or place.rows) and near is far is None:
        return _align_beside((grid.height - other.top, grid.height - other.y), height, place.align)
    return _axis(area, near, far, height)


def _align_beside(other: Span, extent: float | None, align: RelativeAlign | None) -> Span:
    """Return the edges of a frame beside another one: its edges, or a part of them as wide or as high as `extent`."""
    if extent is None:
        return other
    free = other[1] - other[0] - extent
    first = other[0] + free * (align.share if align else 0.0)
    return first, first + extent


def _axis(area: Span, near: float | None, far: float | None, extent: float | None) -> Span:
    """Return both edges: those given, else the area's. An extent counts from the edge that is given."""
    first = area[0] if near is None else near
    last = area[1] if far is None else far
    if extent is None:
        return first, last
    if far is not None and near is None:
        return last - extent, last
    return first, first + extent


def _points(length: Length | None, grid: PageGrid) -> float | None:
    return grid.scale.points(length) if length is not None else None


def _distance(place: Placement, grid: PageGrid, side: Edge) -> float | None:
    for edge, length in place.edges:
        if _physical_edge(edge, grid) is side:
            return grid.scale.points(length)
    return None


def _physical_edge(edge: Edge, grid: PageGrid) -> Edge:
    """Return inner and outer as left and right."""
    if edge is Edge.INNER:
        return Edge.RIGHT if grid.verso else Edge.LEFT
    if edge is Edge.OUTER:
        return Edge.LEFT if grid.verso else Edge.RIGHT
    return edge


def _extend_to_bleed(place: Placement, grid: PageGrid, rect: Rect) -> Rect:
    left, right, low, high = rect.x, rect.right, rect.y, rect.top
    for edge in place.bleeds:
        match _physical_edge(edge, grid):
            case Edge.LEFT:
                left = -grid.bleed
            case Edge.RIGHT:
                right = grid.width + grid.bleed
            case Edge.TOP:
                high = grid.height + grid.bleed
            case _:
                low = -grid.bleed
    return Rect(left, low, right - left, high - low)
