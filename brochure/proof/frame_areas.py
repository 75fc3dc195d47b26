"""Frames of a page that can be clicked: where each is placed, what fills it, and what it contains."""

from __future__ import annotations

from collections.abc import Iterator, Sequence

from brochure.color.printing_condition import PressCondition
from brochure.fast_dataclass import dataclass
from brochure.findings import Span
from brochure.geometry import MM, Rect
from brochure.l10n.edition import Edition
from brochure.layout.page_plan import PlannedFrame, PlannedPage
from brochure.layout.pages import extends_onto
from brochure.proof.areas import Fact, describe_paint


@dataclass(frozen=True, slots=True)
class FrameArea:
    """A frame of a page.

    Attributes:
        name: Its name in the layout.
        page: The number of the page that has it; another page of the spread if it reaches over the fold.
        place: Where the layout defines it.
        rect: Its bounding box, in points from the lower left corner of the trim.
        facts: Its position from the upper left corner, its size, and what else the inspector shows.
    """

    name: str
    page: int
    place: Span
    rect: Rect
    facts: tuple[Fact, ...]


def find_frame_areas(
    planned: Sequence[PlannedPage], at: int, edition: Edition, press: PressCondition
) -> tuple[FrameArea, ...]:
    """Return the frames on a page; smaller ones, which are clicked first, come last.

    Args:
        planned: All pages.
        at: The index of the page.
        edition: The edition, for the paints of backgrounds.
        press: The printing condition, for their inks.
    """
    found = (
        FrameArea(
            frame.name,
            page.number,
            frame.spec.span,
            frame.extent.translate(dx, 0.0),
            tuple(_frame_facts(frame, page, edition, press)),
        )
        for page, dx in _spread_of(planned, at)
        for frame in page.frames
        if not dx or extends_onto(frame.extent.translate(dx, 0.0), planned[at], dx)
    )
    return tuple(sorted(found, key=lambda one: -one.rect.width * one.rect.height))


def _spread_of(planned: Sequence[PlannedPage], at: int) -> Iterator[tuple[PlannedPage, float]]:
    """Yield the page and the others of its spread, with the distance of their left edges from its own."""
    yield planned[at], 0.0
    for number, dx in planned[at].beside:
        yield planned[number - 1], dx


def _frame_facts(
    frame: PlannedFrame, planned: PlannedPage, edition: Edition, press: PressCondition
) -> Iterator[Fact]:
    spec, rect = frame.spec, frame.extent
    y = planned.grid.height - rect.top
    yield "position", f"x {_format_length(rect.x)}, y {_format_length(y)}"
    yield "dimensions", f"{_format_length(rect.width)} × {_format_length(rect.height)}"
    if spec.rotate:
        yield "rotation", f"{spec.rotate:g}°"
    if len(frame.columns) > 1:
        yield "columns", str(len(frame.columns))
    if frame.story:
        yield "story", frame.story
    paint = edition.paint(spec.background)
    if spec.background and paint:
        yield "background", f"{spec.background.name}: {describe_paint(paint, press)}"


def _format_length(length: float) -> str:
    return f"{round(length / MM, 1) + 0:g} mm"
