"""Frames of a page that can be clicked: where each is placed, what fills it, and what it contains."""

from __future__ import annotations

from collections.abc import Iterable, Iterator

from brochure.color.printing_condition import PressCondition
from brochure.fast_dataclass import dataclass
from brochure.findings import Span
from brochure.geometry import Rect
from brochure.l10n.edition import Edition
from brochure.layout.page_plan import PlannedFrame, PlannedPage
from brochure.proof.areas import Fact, describe_paint

POINTS_PER_MM = 72 / 25.4


@dataclass(frozen=True, slots=True)
class FrameArea:
    """A frame of a page.

    Attributes:
        name: Its name in the layout.
        place: Where the layout defines it.
        rect: Its bounding box, in points from the lower left corner of the trim.
        facts: Its position from the upper left corner, its size, and what else the inspector shows.
    """

    name: str
    place: Span
    rect: Rect
    facts: tuple[Fact, ...]


def find_frame_areas(
    planned: PlannedPage, edition: Edition, press: PressCondition
) -> tuple[FrameArea, ...]:
    """Return the frames of a page; smaller ones, which are clicked first, come last."""
    found = (
        FrameArea(
            frame.name,
            frame.spec.span,
            frame.extent,
            tuple(_frame_facts(frame, planned, edition, press)),
        )
        for frame in planned.frames
    )
    return tuple(sorted(found, key=lambda one: -one.rect.width * one.rect.height))


def _frame_facts(
    frame: PlannedFrame, planned: PlannedPage, edition: Edition, press: PressCondition
) -> Iterator[Fact]:
    spec, rect = frame.spec, frame.extent
    yield "position", _join_lengths((rect.x, planned.grid.height - rect.y - rect.height), "; ")
    yield "dimensions", _join_lengths((rect.width, rect.height), " × ")
    if spec.rotate:
        yield "rotation", f"{spec.rotate:g}°"
    if len(frame.columns) > 1:
        yield "columns", str(len(frame.columns))
    if frame.story:
        yield "story", frame.story
    paint = edition.paint(spec.background)
    if spec.background and paint:
        yield "background", f"{spec.background.name}: {describe_paint(paint, press)}"


def _join_lengths(lengths: Iterable[float], between: str) -> str:
    return between.join(f"{round(length / POINTS_PER_MM, 1):g} mm" for length in lengths)
