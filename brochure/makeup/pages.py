"""Page make-up: an edition into placed pages.

Takes an `Edition`, the shelf of fonts and the block kinds' galleys; gives `Page`s and what there is to say about them: what
does not fit, and where. Stands between setting and press; what comes out needs no further decision.
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass, field, replace
from itertools import count

from brochure.blocks import set_blocks
from brochure.content.edition import Edition
from brochure.findings import Finding
from brochure.fonts.shelf import Shelf
from brochure.galley import Galley, as_artifact, moved, turned
from brochure.geometry import Matrix, Rect, shift, turn
from brochure.makeup.balance import balanced
from brochure.makeup.flow import Flowed, Overflow, flow
from brochure.makeup.plan import PlannedFrame, PlannedPage, plan
from brochure.makeup.seats import Column
from brochure.placed import Bookmark, Item, Page, Path, Stroke, box
from brochure.setter import Setter
from brochure.spec.model import Valign
from brochure.spec.values import SwatchName
from brochure.typeset.style import ParagraphStyle

SHARES = {Valign.TOP: 0.0, Valign.MIDDLE: 0.5, Valign.BOTTOM: 1.0}


@dataclass(frozen=True)
class MakeUp:
    """One make-up in hand: the edition, the fonts, what was found, and the count of structure elements."""

    edition: Edition
    shelf: Shelf
    findings: list[Finding] = field(default_factory=list)
    numbers: Iterator[int] = field(default_factory=count)

    def cap_height(self, style: ParagraphStyle) -> float:
        """How high the first line of a column stands above its baseline, in points."""
        return self.shelf.face(style.type).cap_height * style.type.size

    def setter(self, page: PlannedPage, measure: float) -> Setter:
        """A setter for a column of this page."""
        scale = page.grid.scale.at(self.edition.styles.paragraphs["body"].type.size)
        return Setter(
            self.edition,
            self.shelf,
            measure,
            scale,
            folio=page.folio,
            findings=self.findings,
            numbers=self.numbers,
        )


Place = tuple[int, int]
"""A frame by its page and its place among the page's frames, both from 0."""


def make_up(edition: Edition, shelf: Shelf) -> tuple[tuple[Page, ...], tuple[Finding, ...]]:
    """Every page of the edition, and the findings: overflow, lines too wide, glyphs missing."""
    work = MakeUp(edition, shelf)
    planned = plan(edition.layout, rightward=edition.rightward)
    stories = _stories(work, planned)
    drawn: list[list[tuple[Item, ...]]] = [
        [
            tuple(_frame_items(work, page, frame, stories.get((at, number))))
            for number, frame in enumerate(page.frames)
        ]
        for at, page in enumerate(planned)
    ]
    pages = [_page(work, planned, drawn, at) for at in range(len(planned))]
    return tuple(_stepwise(pages)), tuple(work.findings)


def _stepwise(pages: Iterable[Page]) -> Iterator[Page]:
    """The pages with an outline that goes down one level at a time, whatever levels the headings have."""
    above = 0
    for page in pages:
        items = list(page.items)
        for at, item in enumerate(items):
            if isinstance(item, Bookmark):
                above = min(item.level, above + 1)
                items[at] = replace(item, level=above)
        yield replace(page, items=tuple(items))


# Stories


def _stories(work: MakeUp, pages: Sequence[PlannedPage]) -> dict[Place, tuple[Flowed, int]]:
    """Each story flowed through the frames that name it: for each of these, the flow and its first column's number."""
    result: dict[Place, tuple[Flowed, int]] = {}
    for name, spec in work.edition.layout.stories.items():
        places = list(_frames_of(name, pages))
        if not places:
            continue
        columns = tuple(column for _, frame in places for column in frame.columns)
        first = pages[places[0][0][0]]
        galley = set_blocks(spec.content, work.setter(first, columns[0].rect.width))
        flowed = flow(galley, columns, work.cap_height)
        last_place, last_frame = places[-1]
        _report(work, flowed, pages[last_place[0]], last_frame, columns[-1])
        at = 0
        for place, frame in places:
            result[place] = (flowed, at)
            at += len(frame.columns)
    return result


def _frames_of(name: str, pages: Sequence[PlannedPage]) -> Iterator[tuple[Place, PlannedFrame]]:
    for at, page in enumerate(pages):
        for number, frame in enumerate(page.frames):
            if frame.story == name:
                yield (at, number), frame


# Frames


def _frame_items(
    work: MakeUp, page: PlannedPage, frame: PlannedFrame, story: tuple[Flowed, int] | None
) -> Iterator[Item]:
    """The frame's ground, its matter and its border, in the order in which they are painted."""
    yield from _ground(work, frame.spec.background, frame.rect)
    if story is None:
        galley = set_blocks(frame.content, work.setter(page, frame.columns[0].rect.width))
        flowed, first = _flowed(work, galley, page, frame), 0
    else:
        flowed, first = story
    lift = _lift(work, frame, flowed, first)
    matrix = _rotation(frame)
    for at in range(first, first + len(frame.columns)):
        for item in flowed.items[at]:
            settled = moved(item, 0.0, -lift) if lift else item
            yield turned(settled, matrix) if matrix else settled
    yield from _border(work, frame)


def _flowed(work: MakeUp, galley: Galley, page: PlannedPage, frame: PlannedFrame) -> Flowed:
    fitted = balanced if frame.spec.balance else flow
    flowed = fitted(galley, frame.columns, work.cap_height)
    _report(work, flowed, page, frame, frame.columns[-1])
    return flowed


def _ground(work: MakeUp, name: SwatchName | None, rect: Rect) -> Iterator[Item]:
    paint = work.edition.paint(name)
    if paint:
        yield Path((box(rect),), fill=paint)


def _border(work: MakeUp, frame: PlannedFrame) -> Iterator[Item]:
    border = frame.spec.border
    paint = work.edition.paint(border.colour) if border else None
    if border and paint:
        width = border.width.points
        yield Path((box(frame.rect.grown(-width / 2)),), stroke=Stroke(paint, width))


def _lift(work: MakeUp, frame: PlannedFrame, flowed: Flowed, first: int) -> float:
    """How far the matter moves down for the frame's vertical alignment: whole steps where it stands on the grid."""
    share = SHARES[frame.spec.valign]
    if not share:
        return 0.0
    spare = min(
        flowed.depths[first + at] - column.rect.y for at, column in enumerate(frame.columns)
    )
    lift = max(0.0, spare * share)
    step = frame.columns[0].grid_step
    return lift - lift % step if flowed.on_grid and step else lift


def _rotation(frame: PlannedFrame) -> Matrix | None:
    if frame.spec.rotate % 360 == 0:
        return None
    centre = frame.rect.centre
    about = shift(-centre.x, -centre.y).then(turn(frame.spec.rotate))
    return about.then(shift(centre.x, centre.y))


# What there is to say


def _report(
    work: MakeUp, flowed: Flowed, page: PlannedPage, frame: PlannedFrame, last: Column
) -> None:
    for overflow in flowed.overflows:
        work.findings.append(_overflowing(overflow, page, frame))
    for matter, points in flowed.too_wide:
        wide = f"message '{matter.key}': a line is {points:.1f} pt wider than frame '{frame.name}'"
        hint = "allow hyphenation, make the frame wider or the type smaller"
        work.findings.append(
            Finding("line-too-wide", wide, matter.span or frame.spec.span, hint, page=page.number)
        )


def _overflowing(overflow: Overflow, page: PlannedPage, frame: PlannedFrame) -> Finding:
    where = f"frame '{frame.name}' on page {page.number}"
    if not overflow.lines:
        message = f"{where} is too small: a figure or row does not fit"
        return Finding("overflow", message, overflow.span or frame.spec.span, page=page.number)
    lines = "1 line" if overflow.lines == 1 else f"{overflow.lines} lines"
    message = f"{where} overflows: message '{overflow.key}' is {lines} too long"
    hint = f"{overflow.fits} of its {overflow.total} characters fit"
    return Finding("overflow", message, overflow.span or frame.spec.span, hint, page=page.number)


# Pages


def _page(
    work: MakeUp,
    planned: Sequence[PlannedPage],
    drawn: Sequence[Sequence[tuple[Item, ...]]],
    at: int,
) -> Page:
    page = planned[at]
    grid = page.grid
    bleed_box = Rect(0.0, 0.0, grid.width, grid.height).grown(grid.bleed)
    layers = [
        (frame.spec.layer, 1, items) for frame, items in zip(page.frames, drawn[at], strict=True)
    ]
    layers += [(layer, 0, items) for layer, items in _from_facing(planned, drawn, at)]
    layers.sort(key=lambda layer: layer[:2])
    items = [*_ground(work, page.background, bleed_box)]
    for _, _, own in layers:
        items.extend(own)
    return Page(
        page.number,
        page.folio,
        grid.width,
        grid.height,
        grid.bleed,
        tuple(items),
        grid.verso,
    )


def _from_facing(
    planned: Sequence[PlannedPage], drawn: Sequence[Sequence[tuple[Item, ...]]], at: int
) -> Iterator[tuple[int, tuple[Item, ...]]]:
    """What comes over the fold from the facing page: the same items, as decoration, a page's width away."""
    page = planned[at]
    if not page.partner:
        return
    other = planned[at + page.partner]
    for frame, items in zip(other.frames, drawn[at + page.partner], strict=True):
        if _crosses(frame.rect, other):
            yield frame.spec.layer, tuple(_over_the_fold(items, page.grid.facing * other.grid.width))


def _crosses(rect: Rect, page: PlannedPage) -> bool:
    """Whether a frame reaches over the fold by more than its bleed."""
    grid = page.grid
    if grid.facing > 0:
        return rect.right > grid.width + grid.bleed + 0.01
    return rect.x < -grid.bleed - 0.01


def _over_the_fold(items: Iterable[Item], dx: float) -> Iterator[Item]:
    for item in items:
        again = as_artifact(item)
        if again is not None:
            yield moved(again, dx, 0.0)
