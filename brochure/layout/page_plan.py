"""The plan of the pages: which master, which grid, which frames stand where, and what is in them.

Takes a `Layout`; gives `PlannedPage`s with their frames as rectangles, in stacking order. No type is set here: the plan is
the same in every language.
"""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from dataclasses import replace

from brochure.fast_dataclass import dataclass
from brochure.findings import Span
from brochure.geometry import Inset, Rect
from brochure.layout.grid import PageGrid, page_grid, rectangle
from brochure.layout.line_slots import FrameColumn
from brochure.layout.mirroring import mirror_column, mirror_frame, mirror_grid
from brochure.layout.spreads import PagePosition, page_positions
from brochure.spec.model import (
    Content,
    Frame,
    Grid,
    Insets,
    Layout,
    Master,
    PageSpec,
)
from brochure.spec.values import Length, StoryName, SwatchName

SIDEWAYS = (90.0, 270.0)


@dataclass(frozen=True, slots=True)
class PlannedFrame:
    """A frame on a page: where it stands, the columns inside it, and its blocks or its story.

    `inner` is the frame as its matter sees it, upright: where the frame is turned by a quarter, sides are swapped about
    the same middle. `turn` says when it is read: frames of a page are read in its order, whichever lies above another.
    """

    name: str
    spec: Frame
    rect: Rect
    inner: Rect
    columns: tuple[FrameColumn, ...]
    content: Content
    story: str | None
    turn: tuple[int, int] = (0, 0)


@dataclass(frozen=True, slots=True)
class PlannedPage:
    """A page before its matter: its number from 1, its folio, geometry, ground and frames from low to high.

    `beside` holds the pages on the same side of the sheet: the number of each, and how far its left edge is from this one's.
    """

    number: int
    folio: str
    grid: PageGrid
    background: SwatchName | None
    frames: tuple[PlannedFrame, ...]
    span: Span
    beside: tuple[tuple[int, float], ...] = ()


@dataclass(frozen=True, slots=True)
class _Book:
    """What the pages have in common; one that is not `left_to_right` opens from the other side, and its pages are mirrored.

    `stands` says how each page stands as the layout has it, `seen` how the reader sees it.
    """

    layout: Layout
    masters: Mapping[str, Master]
    left_to_right: bool
    stands: Mapping[int, PagePosition]
    seen: Mapping[int, PagePosition]


def plan(layout: Layout, *, left_to_right: bool = True) -> tuple[PlannedPage, ...]:
    """Every page of the layout, planned for a language that is written rightward, or mirrored for one that is not."""
    masters = {name: _inherited(name, layout.masters) for name in layout.masters}
    there = page_positions(layout)
    seen = there if left_to_right else page_positions(layout, left_to_right=False)
    book = _Book(layout, masters, left_to_right, there, seen)
    return tuple(
        _page(spec, number, book) for number, spec in enumerate(layout.every_page, start=1)
    )


def _inherited(name: str, masters: Mapping[str, Master]) -> Master:
    """The master with what it takes from those that it is based on."""
    master = masters[name]
    if not master.based_on:
        return master
    base = _inherited(master.based_on, masters)
    return replace(
        master,
        grid=master.grid or base.grid,
        background=master.background or base.background,
        frames={**base.frames, **master.frames},
    )


def _page(spec: PageSpec, number: int, book: _Book) -> PlannedPage:
    layout = book.layout
    master = book.masters[spec.master.name] if spec.master else Master(spec.span)
    grid = master.grid or layout.grid or Grid(layout.span)
    geometry = page_grid(layout, grid, book.stands[number])
    seen = geometry if book.left_to_right else _mirrored_grid(geometry, layout)
    frames = [
        _seen_frame(_frame(name, frame, geometry, _filled(name, frame, spec)), geometry, seen)
        for name, frame in {**master.frames, **spec.frames}.items()
    ]
    frames = [replace(one, turn=(one.spec.reading_order, at)) for at, one in enumerate(frames)]
    frames.sort(key=lambda frame: frame.spec.layer)  # stable: in a layer, later lies above earlier
    around = tuple(_with_holes(frame, frames, geometry) for frame in frames)
    folio = spec.folio if spec.folio is not None else "" if spec is layout.spine else str(number)
    background = spec.background or master.background
    beside = book.seen[number].beside
    return PlannedPage(number, folio, seen, background, around, spec.span, beside)


def _mirrored_grid(grid: PageGrid, layout: Layout) -> PageGrid:
    """The mirrored page; sheets that are not bound have no verso, whichever way they are read."""
    return replace(mirror_grid(grid), verso=layout.binding.bound and not grid.verso)


def _seen_frame(frame: PlannedFrame, geometry: PageGrid, seen: PageGrid) -> PlannedFrame:
    """The frame as the reader sees it: mirrored with its page, unless it is to stay where it is."""
    if seen is geometry:
        return frame
    if not frame.spec.mirror:
        filling = StoryName(frame.story, frame.spec.span) if frame.story else frame.content
        return _frame(frame.name, frame.spec, seen, filling)
    return replace(
        frame,
        spec=replace(frame.spec, rotate=-frame.spec.rotate % 360),
        rect=mirror_frame(frame.rect, geometry),
        inner=mirror_frame(frame.inner, geometry),
        columns=tuple(mirror_column(column, geometry) for column in frame.columns),
    )


def _filled(name: str, frame: Frame, spec: PageSpec) -> Content | StoryName:
    """What is in a frame on this page: what the page says, else what the master says."""
    if name in spec.fills:
        return spec.fills[name]
    return frame.story or frame.content


def _frame(name: str, frame: Frame, grid: PageGrid, filling: Content | StoryName) -> PlannedFrame:
    rect = rectangle(frame.at, grid)
    upright = _swapped(rect) if frame.rotate % 360 in SIDEWAYS else rect
    inner = _inset(frame.inset, grid).inside(upright)
    story = filling.name if isinstance(filling, StoryName) else None
    content = () if isinstance(filling, StoryName) else filling
    return PlannedFrame(
        name, frame, rect, inner, tuple(_columns(frame, inner, grid)), content, story
    )


def _swapped(rect: Rect) -> Rect:
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
    # A turned frame has no business with the page's baselines: they run across it.
    step = grid.baseline if frame.rotate % 360 == 0 else 0.0
    for at in range(frame.columns):
        rect = Rect(inner.x + at * (width + gutter), inner.y, width, inner.height)
        yield FrameColumn(rect, grid.grid_top, step)


def _with_holes(frame: PlannedFrame, frames: list[PlannedFrame], grid: PageGrid) -> PlannedFrame:
    """The frame with what its text must run around: the other frames of the page that ask for it."""
    holes = tuple(
        other.rect.grown(grid.scale.points(other.spec.text_wrap))
        for other in frames
        if other is not frame and other.spec.text_wrap is not None
    )
    if not holes:
        return frame
    return replace(frame, columns=tuple(replace(column, holes=holes) for column in frame.columns))
