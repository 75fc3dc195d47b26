"""Plan the pages: masters, grids, and frames with their rectangles and content. No type is set here.

In editions written from right to left, margins, columns, spreads and frames change sides about the vertical centre line of the
page. Pictures and glyphs are never mirrored.
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import replace

from brochure.fast_dataclass import dataclass
from brochure.findings import Span
from brochure.geometry import IDENTITY, Inset, Matrix, Rect, shift, turn
from brochure.layout.grid import PageGrid, compute_page_grid, resolve_rectangle
from brochure.layout.line_slots import FrameColumn
from brochure.layout.spreads import PagePosition, page_positions
from brochure.spec.edges import Insets
from brochure.spec.model import (
    Content,
    Frame,
    Grid,
    Layout,
    Master,
    PageSpec,
)
from brochure.spec.relative_frames import name_members, order_frames
from brochure.spec.repeat import Cell
from brochure.spec.values import FrameSide, Length, StoryName, SwatchName

SIDEWAYS = (90.0, 270.0)
NO_GROWTH: Mapping[tuple[int, str], Rect] = {}


@dataclass(frozen=True, slots=True)
class PlannedFrame:
    """A frame on a page: its rectangle, its columns, and its blocks or story.

    `inner` is the frame's unrotated rectangle inside its insets; a quarter turn exchanges its sides about the same centre.
    `turn` is the sort key of the page's reading order, independent of stacking.
    """

    name: str
    spec: Frame
    rect: Rect
    inner: Rect
    columns: tuple[FrameColumn, ...]
    content: Content
    story: str | None
    turn: tuple[int, int] = (0, 0)

    @property
    def rotation(self) -> Matrix:
        """The rotation of the content about the frame's centre."""
        if self.spec.rotate % 360 == 0:
            return IDENTITY
        centre = self.rect.centre
        about = shift(-centre.x, -centre.y).then(turn(self.spec.rotate))
        return about.then(shift(centre.x, centre.y))

    @property
    def tilt(self) -> Matrix:
        """The rotation of `rect`, which is the place of the frame after quarter turns: none for these."""
        return IDENTITY if self.spec.rotate % 90 == 0 else self.rotation

    @property
    def extent(self) -> Rect:
        """The bounding box of the rotated frame."""
        return self.tilt.box(self.rect)


@dataclass(frozen=True, slots=True)
class PlannedPage:
    """A page before its content is set: its number from 1, folio, geometry, background and frames in stacking order.

    `beside` holds the other pages of the spread: the number of each, and the distance of its left edge from this page's.
    """

    number: int
    folio: str
    grid: PageGrid
    background: SwatchName | None
    frames: tuple[PlannedFrame, ...]
    span: Span
    beside: tuple[tuple[int, float], ...] = ()

    @property
    def spread(self) -> int:
        """The number of the first page of its spread."""
        return min([self.number, *(number for number, _ in self.beside)])


@dataclass(frozen=True, slots=True)
class _Book:
    """What the pages have in common. If `left_to_right` is False, they are mirrored.

    `positions` are the pages' positions as laid out, `seen` those after mirroring.
    """

    layout: Layout
    masters: Mapping[str, Master]
    left_to_right: bool
    positions: Mapping[int, PagePosition]
    seen: Mapping[int, PagePosition]


def plan(
    layout: Layout,
    *,
    left_to_right: bool = True,
    growth: Mapping[tuple[int, str], Rect] = NO_GROWTH,
) -> tuple[PlannedPage, ...]:
    """Plan every page of the layout, mirrored if the language is not written from left to right.

    Args:
        layout: The layout of an edition.
        left_to_right: Whether its language is written from left to right.
        growth: The rectangles of frames that have grown to fit their content, by the number of the page and the name of the
            frame; frames that are placed beside them follow.
    """
    masters = {name: _resolve_master(name, layout.masters) for name in layout.masters}
    positions = page_positions(layout)
    seen = positions if left_to_right else page_positions(layout, left_to_right=False)
    book = _Book(layout, masters, left_to_right, positions, seen)
    return tuple(
        _plan_page(
            spec,
            number,
            book,
            {name: rect for (page, name), rect in growth.items() if page == number},
        )
        for number, spec in enumerate(layout.every_page, start=1)
    )


def _resolve_master(name: str, masters: Mapping[str, Master]) -> Master:
    """Return the master with what it inherits from those that it is based on."""
    master = masters[name]
    if not master.based_on:
        return master
    base = _resolve_master(master.based_on, masters)
    return replace(
        master,
        grid=master.grid or base.grid,
        background=master.background or base.background,
        frames={**base.frames, **master.frames},
    )


def _plan_page(spec: PageSpec, number: int, book: _Book, growth: Mapping[str, Rect]) -> PlannedPage:
    layout = book.layout
    master = book.masters[spec.master.name] if spec.master else Master(spec.span)
    grid = master.grid or layout.grid or Grid(layout.span)
    geometry = compute_page_grid(layout, grid, book.positions[number])
    seen = geometry if book.left_to_right else _mirror_grid(geometry, layout)
    frames = list(_plan_frames({**master.frames, **spec.frames}, spec, geometry, seen, growth))
    frames = [replace(one, turn=(one.spec.reading_order, at)) for at, one in enumerate(frames)]
    frames.sort(key=lambda frame: frame.spec.layer)  # stable: in a layer, later lies above earlier
    holes = _find_holes(frames, geometry)
    around = tuple(_add_holes(frame, holes, geometry) for frame in frames)
    folio = spec.folio if spec.folio is not None else "" if spec is layout.spine else str(number)
    background = spec.background or master.background
    beside = book.seen[number].beside
    return PlannedPage(number, folio, seen, background, around, spec.span, beside)


def _mirror_grid(grid: PageGrid, layout: Layout) -> PageGrid:
    """Mirror the grid; unbound sheets have no verso in any language."""
    return replace(mirror_grid(grid), verso=layout.binding.bound and not grid.verso)


def _plan_frames(
    specs: Mapping[str, Frame],
    page: PageSpec,
    geometry: PageGrid,
    seen: PageGrid,
    growth: Mapping[str, Rect],
) -> Iterator[PlannedFrame]:
    """Yield the frames of a page in their order, each placed after those that it is placed beside."""
    members = name_members(specs)
    planned: dict[str, PlannedFrame] = {}
    extents: dict[str, Rect] = {}
    for name in order_frames(specs):
        frame = specs[name]
        beside = {
            side: rect
            for side, other in frame.at.beside
            if (rect := _union([extents[one] for one in members.get(other, ()) if one in extents]))
        }
        filling = _find_filling(name, frame, page)
        planned[name] = _plan_seen_frame(name, frame, filling, (geometry, seen), beside)
        extents[name] = growth.get(name, planned[name].extent)
    for name in specs:
        yield planned[name]


def _union(rects: Sequence[Rect]) -> Rect | None:
    if not rects:
        return None
    x, y = min(rect.x for rect in rects), min(rect.y for rect in rects)
    right, top = max(rect.right for rect in rects), max(rect.top for rect in rects)
    return Rect(x, y, right - x, top - y)


def _plan_seen_frame(
    name: str,
    frame: Frame,
    filling: Content | StoryName,
    grids: tuple[PageGrid, PageGrid],
    beside: Mapping[FrameSide, Rect],
) -> PlannedFrame:
    """Plan a frame, mirrored with its page unless the layout fixes its place.

    `grids` are the grid of the page as laid out and as seen, `beside` the rectangles of other frames as seen.
    """
    geometry, seen = grids
    if seen is geometry:
        return _plan_frame(name, frame, geometry, filling, beside)
    if not frame.mirror:
        return _plan_frame(name, frame, seen, filling, beside, is_reversed=True)
    laid_out = {side: mirror_frame(rect, geometry) for side, rect in beside.items()}
    return _mirror_frame(_plan_frame(name, frame, geometry, filling, laid_out), geometry)


def _mirror_frame(frame: PlannedFrame, geometry: PageGrid) -> PlannedFrame:
    """Mirror the frame with its page."""
    return replace(
        frame,
        spec=replace(frame.spec, rotate=-frame.spec.rotate % 360),
        rect=mirror_frame(frame.rect, geometry),
        inner=mirror_frame(frame.inner, geometry),
        columns=tuple(mirror_column(column, geometry) for column in frame.columns),
    )


def _find_filling(name: str, frame: Frame, spec: PageSpec) -> Content | StoryName:
    """Return a frame's content on this page: the page's own, else the master's."""
    if name in spec.fills:
        return spec.fills[name]
    return frame.story or frame.content


def _plan_frame(
    name: str,
    frame: Frame,
    grid: PageGrid,
    filling: Content | StoryName,
    beside: Mapping[FrameSide, Rect],
    *,
    is_reversed: bool = False,
) -> PlannedFrame:
    rect = resolve_rectangle(frame.at, grid, beside)
    if frame.cell:
        rect = _find_cell(rect, frame.cell, grid, is_reversed=is_reversed)
    upright = _swap_sides(rect) if frame.rotate % 360 in SIDEWAYS else rect
    inner = _inset(frame.inset, grid).inside(upright)
    story = filling.name if isinstance(filling, StoryName) else None
    content = () if isinstance(filling, StoryName) else filling
    return PlannedFrame(
        name, frame, rect, inner, tuple(_columns(frame, inner, grid)), content, story
    )


def _find_cell(area: Rect, cell: Cell, grid: PageGrid, *, is_reversed: bool) -> Rect:
    """Return the place of a frame in a grid of frames; the first column is at the start of lines."""
    gap, row_gap = grid.scale.points(cell.gap), grid.scale.points(cell.row_gap)
    width = max(0.0, (area.width - (cell.columns - 1) * gap) / cell.columns)
    height = max(0.0, (area.height - (cell.rows - 1) * row_gap) / cell.rows)
    column = cell.columns - 1 - cell.column if is_reversed else cell.column
    x = area.x + column * (width + gap)
    return Rect(x, area.top - cell.row * (height + row_gap) - height, width, height)


def _swap_sides(rect: Rect) -> Rect:
    centre = rect.centre
    x, y = centre.x - rect.height / 2, centre.y - rect.width / 2
    return Rect(x, y, rect.height, rect.width)


def _inset(inset: Length | Insets, grid: PageGrid) -> Inset:
    points = grid.scale.points
    if isinstance(inset, Length):
        return Inset(*[points(inset)] * 4)
    return Inset(points(inset.top), points(inset.end), points(inset.bottom), points(inset.start))


def _columns(frame: Frame, inner: Rect, grid: PageGrid) -> Iterator[FrameColumn]:
    gutter = grid.scale.points(frame.gutter) if frame.gutter is not None else grid.gutter
    width = (inner.width - (frame.columns - 1) * gutter) / frame.columns
    # The page's baseline grid does not apply to a rotated frame.
    step = grid.baseline if frame.rotate % 360 == 0 else 0.0
    for at in range(frame.columns):
        rect = Rect(inner.x + at * (width + gutter), inner.y, width, inner.height)
        yield FrameColumn(rect, grid.grid_top, step, outer_left=grid.outer_left)


BAND = 36.0
"""Height of the bands by which holes are found, in points."""

Holes = Mapping[int, Mapping[str, Rect]]
"""For each band of a page, the holes in it, by the names of their frames."""


def _bands(rect: Rect) -> range:
    """Return the numbers of the bands that a rectangle touches."""
    return range(int(rect.y // BAND), int(rect.top // BAND) + 1)


def _find_holes(frames: Iterable[PlannedFrame], grid: PageGrid) -> Holes:
    """Return the bounding boxes of the frames with text wrap, each with its distance from the text."""
    holes: dict[int, dict[str, Rect]] = {}
    for frame in frames:
        if frame.spec.text_wrap is not None:
            hole = frame.extent.expand(grid.scale.points(frame.spec.text_wrap))
            for band in _bands(hole):
                holes.setdefault(band, {})[frame.name] = hole
    return holes


def _add_holes(frame: PlannedFrame, holes: Holes, grid: PageGrid) -> PlannedFrame:
    """Return the frame with the holes of other frames that its text may reach."""
    if not holes or frame.spec.ignore_text_wrap or not (frame.content or frame.story):
        return frame
    grows = grid.scale.points(frame.spec.auto_size) if frame.spec.auto_size else 0.0
    columns = tuple(_with_holes(column, frame.name, holes, grows) for column in frame.columns)
    return replace(frame, columns=columns)


def _with_holes(column: FrameColumn, name: str, holes: Holes, grows: float) -> FrameColumn:
    """Return a column with the holes near it: each column keeps its own few, since a page may have thousands.

    Descenders reach below the column by less than its height, and a frame with automatic size grows up or down.
    """
    rect = column.rect
    around = rect.height + grows
    reach = Rect(rect.x, rect.y - around, rect.width, rect.height + 2 * around)
    found = {other: hole for band in _bands(reach) for other, hole in holes.get(band, {}).items()}
    near = tuple(hole for other, hole in found.items() if other != name and hole.overlaps(reach))
    return replace(column, holes=near) if near else column


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
