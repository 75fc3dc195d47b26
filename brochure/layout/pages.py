"""Page make-up: an edition into placed pages.

Takes an `Edition`, the shelf of fonts and the block kinds' galleys; gives `Page`s and what there is to say about them: what
does not fit, and where. Stands between setting and press; what comes out needs no further decision.
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Sequence
from functools import lru_cache

from brochure.findings import Finding
from brochure.fonts.catalog import FontCatalog
from brochure.geometry import Matrix, Rect, shift, turn
from brochure.l10n.edition import Edition
from brochure.layout.flow import Flowed
from brochure.layout.line_slots import SLACK
from brochure.layout.loose_lines import settle_threads
from brochure.layout.page_plan import PlannedFrame, PlannedPage, plan
from brochure.layout.thread_findings import report, unplaced
from brochure.layout.threads import LayoutContext, Place, SetThread, Standing, Thread, threads
from brochure.model.block_context import PROOF
from brochure.model.display_list import Item, Page, Path, Stroke, box
from brochure.model.galley import as_artifact, moved, turned
from brochure.model.missing_glyphs import merge_missing_glyphs
from brochure.spec.model import Layout, Valign
from brochure.spec.values import SwatchName
from brochure.structure.heading_levels import normalize_levels

TAB = 6.0
"""How large the mark of an overflow is, in points."""

SHARES = {Valign.TOP: 0.0, Valign.MIDDLE: 0.5, Valign.BOTTOM: 1.0}


def compose_pages(
    edition: Edition, font_catalog: FontCatalog, standing: Standing | None = None
) -> tuple[tuple[Page, ...], tuple[Finding, ...]]:
    """Every page of the edition, and the findings: overflow, lines too wide, glyphs missing. Type that stands is taken over."""
    planned, running = _planned(edition.layout, edition.left_to_right)
    work, done = settle_threads(edition, font_catalog, running, standing)
    work.findings.extend(unplaced(edition.layout, running))
    for each in done:
        work.findings.extend(report(each))
    work.findings.extend(merge_missing_glyphs(work.missing, font_catalog))
    drawn = _drawn(work, done)
    pages = [_page(work, planned, drawn, at) for at in range(len(planned))]
    return normalize_levels(pages), tuple(work.findings)


@lru_cache(maxsize=8)
def _planned(
    layout: Layout,
    left_to_right: bool,  # noqa: FBT001  # a key
) -> tuple[tuple[PlannedPage, ...], tuple[Thread, ...]]:
    """The pages and their threads, which many editions have in common."""
    planned = plan(layout, left_to_right=left_to_right)
    return planned, threads(layout, planned)


# Frames

Drawn = dict[Place, tuple[PlannedFrame, tuple[Item, ...]]]
"""Every frame as it came to stand, with its items."""


def _drawn(work: LayoutContext, done: Sequence[SetThread]) -> Drawn:
    drawn: Drawn = {}
    for each in done:
        first = 0
        for place, frame in zip(each.thread.places, each.thread.frames, strict=True):
            drawn[place] = frame, tuple(_frame_items(work, frame, each.flowed, first))
            first += len(frame.columns)
        if each.flowed.overflows:
            frame, items = drawn[each.thread.places[-1]]
            drawn[each.thread.places[-1]] = frame, (*items, *_overflow_mark(frame))
    return drawn


def _overflow_mark(frame: PlannedFrame) -> Iterator[Item]:
    """What a draft shows where matter ran out: the frame outlined, and a tab at the end of its foot."""
    rect = frame.rect
    yield Path((box(rect),), stroke=Stroke(PROOF, 1.0, (3.0, 2.0)))
    yield Path((box(Rect(rect.right - TAB, rect.y - TAB, TAB, TAB)),), fill=PROOF)


def _frame_items(
    work: LayoutContext, frame: PlannedFrame, flowed: Flowed, first: int
) -> Iterator[Item]:
    """The frame's ground, its matter and its border, in the order in which they are painted.

    `first` is the number of the frame's first column in the flow.
    """
    yield from _ground(work, frame.spec.background, frame.rect)
    lift = settling(frame, flowed, first)
    matrix = rotation(frame)
    for at in range(first, first + len(frame.columns)):
        for item in flowed.items[at]:
            settled = moved(item, 0.0, -lift) if lift else item
            yield turned(settled, matrix) if matrix else settled
    yield from _border(work, frame)


def _ground(work: LayoutContext, name: SwatchName | None, rect: Rect) -> Iterator[Item]:
    paint = work.edition.paint(name)
    if name and paint:
        yield Path((box(rect),), fill=paint, span=name.span)


def _border(work: LayoutContext, frame: PlannedFrame) -> Iterator[Item]:
    border = frame.spec.border
    paint = work.edition.paint(border.colour) if border else None
    if border and paint:
        width = border.width.points
        edge = box(frame.rect.grown(-width / 2))
        yield Path((edge,), stroke=Stroke(paint, width), span=border.colour.span)


def settling(frame: PlannedFrame, flowed: Flowed, first: int) -> float:
    """How far the matter moves down for the frame's vertical alignment: whole steps where it stands on the grid."""
    share = SHARES[frame.spec.valign]
    if not share:
        return 0.0
    spare = min(
        flowed.depths[first + at] - column.rect.y for at, column in enumerate(frame.columns)
    )
    lift = max(0.0, spare * share)
    step = frame.columns[0].grid_step
    return (lift + SLACK) // step * step if flowed.on_grid and step else lift


def rotation(frame: PlannedFrame) -> Matrix | None:
    """The turn of a frame about its middle; None where it stands upright."""
    if frame.spec.rotate % 360 == 0:
        return None
    centre = frame.rect.centre
    about = shift(-centre.x, -centre.y).then(turn(frame.spec.rotate))
    return about.then(shift(centre.x, centre.y))


# Pages


def _page(work: LayoutContext, planned: Sequence[PlannedPage], drawn: Drawn, at: int) -> Page:
    page = planned[at]
    grid = page.grid
    bleed_box = Rect(0.0, 0.0, grid.width, grid.height).grown(grid.bleed)
    layers = [(frame.spec.layer, 1, items) for frame, items in _frames_on(at, drawn)]
    layers += [(layer, 0, items) for layer, items in _from_beside(planned, drawn, at)]
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


def _frames_on(at: int, drawn: Drawn) -> list[tuple[PlannedFrame, tuple[Item, ...]]]:
    """The frames of a page from the lowest to the highest."""
    return [drawn[place] for place in sorted(drawn) if place[0] == at]


def _from_beside(
    planned: Sequence[PlannedPage], drawn: Drawn, at: int
) -> Iterator[tuple[int, tuple[Item, ...]]]:
    """What comes over a fold from another page of the same side: the same items, as decoration, where they lie from here."""
    page = planned[at]
    for number, dx in page.beside:
        for frame, items in _frames_on(number - 1, drawn):
            if _reaches(frame.rect.moved(dx, 0.0), page, dx):
                yield frame.spec.layer, tuple(_over_the_fold(items, dx))


def _reaches(rect: Rect, page: PlannedPage, dx: float) -> bool:
    """Whether the frame of a page that lies to the right (`dx` above 0) or left reaches onto this page by more than its bleed."""
    slack = page.grid.bleed + 0.01
    return rect.x < page.grid.width - slack if dx > 0 else rect.right > slack


def _over_the_fold(items: Iterable[Item], dx: float) -> Iterator[Item]:
    for item in items:
        again = as_artifact(item)
        if again is not None:
            yield moved(again, dx, 0.0)
