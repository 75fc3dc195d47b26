"""Compose an edition's pages: set its threads, then draw frames, backgrounds and borders."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Sequence
from dataclasses import replace
from functools import lru_cache

from brochure.blocks.charts.axis import AxisChart
from brochure.findings import Finding
from brochure.fonts.catalog import FontCatalog
from brochure.geometry import Rect
from brochure.l10n.edition import Edition
from brochure.l10n.references import find_values
from brochure.layout.flow import Flowed
from brochure.layout.font_findings import report_restrictions
from brochure.layout.line_slots import SLACK
from brochure.layout.page_plan import PlannedFrame, PlannedPage
from brochure.layout.page_references import resolve_links
from brochure.layout.settled_frames import settle_frames
from brochure.layout.thread_findings import thread_findings, unplaced_stories
from brochure.layout.threads import LayoutCache, LayoutContext, Place, SetThread
from brochure.model.block_context import PROOF
from brochure.model.display_list import Item, Page, Path, Stroke, outline_rect
from brochure.model.galley import as_artifact, move_item, transform_item
from brochure.model.missing_glyphs import merge_missing_glyphs
from brochure.spec.model import Layout, Valign
from brochure.spec.values import SwatchName
from brochure.structure.heading_levels import normalize_levels

OVERSET_MARK_SIZE = 6.0
"""Size of the overset mark, in points."""

SHARES = {Valign.TOP: 0.0, Valign.MIDDLE: 0.5, Valign.BOTTOM: 1.0}


def compose_pages(
    edition: Edition, font_catalog: FontCatalog, thread_cache: LayoutCache | None = None
) -> tuple[tuple[Page, ...], tuple[Finding, ...]]:
    """Return the edition's pages, and the findings: overset text, lines too wide, missing glyphs.

    Args:
        edition: The edition, with its copy and styles resolved.
        font_catalog: The fonts of the project.
        thread_cache: Threads set before; those that are unchanged are reused.
    """
    if _has_shared_axes(edition.layout):
        # Imported here: most layouts have no such charts.
        from brochure.blocks.charts.shared_axes import collect_shared_axes

        edition = replace(edition, axes=collect_shared_axes(edition, font_catalog))
    context, planned, set_threads = settle_frames(edition, font_catalog, thread_cache)
    running = tuple(each.thread for each in set_threads)
    context.findings.extend(unplaced_stories(edition.layout, running))
    for each in set_threads:
        context.findings.extend(thread_findings(each))
    context.findings.extend(merge_missing_glyphs(context.missing, font_catalog))
    drawn_frames = _draw_frames(context, set_threads)
    pages = [_compose_page(context, planned, drawn_frames, at) for at in range(len(planned))]
    pages = resolve_links(context.edition, planned, pages)
    context.findings.extend(report_restrictions(pages, font_catalog))
    # A block reports the same fault of a font each time that it sets text in it.
    return normalize_levels(pages), tuple(dict.fromkeys(context.findings))


@lru_cache(maxsize=64)
def _has_shared_axes(layout: Layout) -> bool:
    used = (layout.pages, layout.masters, layout.stories, layout.spine)
    return any(block.share_axis for block in find_values(used, (AxisChart,)))


# Frames

Drawn = dict[Place, tuple[PlannedFrame, tuple[Item, ...]]]
"""Every frame with its final rectangle and its items."""


def _draw_frames(context: LayoutContext, set_threads: Sequence[SetThread]) -> Drawn:
    drawn_frames: Drawn = {}
    for each in set_threads:
        first = 0
        for place, frame in zip(each.thread.places, each.thread.frames, strict=True):
            drawn_frames[place] = frame, tuple(_draw_frame(context, frame, each.flowed, first))
            first += len(frame.columns)
        if each.flowed.overflows:
            frame, items = drawn_frames[each.thread.places[-1]]
            drawn_frames[each.thread.places[-1]] = frame, (*items, *_draw_overset_mark(frame))
    return drawn_frames


def _draw_overset_mark(frame: PlannedFrame) -> Iterator[Item]:
    """Mark an overset frame in drafts: an outline, and a square at its lower right corner."""
    rect, size = frame.rect, OVERSET_MARK_SIZE
    square = Rect(rect.right - size, rect.y - size, size, size)
    for mark in (
        Path((outline_rect(rect),), stroke=Stroke(PROOF, 1.0, (3.0, 2.0))),
        Path((outline_rect(square),), fill=PROOF),
    ):
        yield transform_item(mark, frame.tilt)


def _draw_frame(
    context: LayoutContext, frame: PlannedFrame, flowed: Flowed, first: int
) -> Iterator[Item]:
    """Yield the frame's background, content and border, in painting order.

    `first` is the index of the frame's first column in the flow.
    """
    tilt = frame.tilt
    for item in _draw_background(context, frame.spec.background, frame.rect):
        yield transform_item(item, tilt)
    down = vertical_shift(frame, flowed, first)
    rotation = frame.rotation
    for at in range(first, first + len(frame.columns)):
        for item in flowed.items[at]:
            shifted = move_item(item, 0.0, -down) if down else item
            yield transform_item(shifted, rotation)
    for item in _draw_border(context, frame):
        yield transform_item(item, tilt)


def _draw_background(context: LayoutContext, name: SwatchName | None, rect: Rect) -> Iterator[Item]:
    paint = context.edition.paint(name)
    if name and paint:
        yield Path((outline_rect(rect),), fill=paint, span=name.span)


def _draw_border(context: LayoutContext, frame: PlannedFrame) -> Iterator[Item]:
    border = frame.spec.border
    paint = context.edition.paint(border.colour) if border else None
    if border and paint:
        width = border.width.points
        edge = outline_rect(frame.rect.expand(-width / 2))
        yield Path((edge,), stroke=Stroke(paint, width), span=border.colour.span)


def vertical_shift(frame: PlannedFrame, flowed: Flowed, first: int) -> float:
    """Return how far content moves down for vertical alignment, in points; whole grid steps if it is on the grid."""
    share = SHARES[frame.spec.valign]
    if not share:
        return 0.0
    spare = min(
        flowed.depths[first + at] - column.rect.y for at, column in enumerate(frame.columns)
    )
    down = max(0.0, spare * share)
    step = frame.columns[0].grid_step
    return (down + SLACK) // step * step if flowed.on_grid and step else down


# Pages


def _compose_page(
    context: LayoutContext, planned: Sequence[PlannedPage], drawn_frames: Drawn, at: int
) -> Page:
    page = planned[at]
    grid = page.grid
    bleed_box = Rect(0.0, 0.0, grid.width, grid.height).expand(grid.bleed)
    layers = [(frame.spec.layer, 1, items) for frame, items in _frames_on(at, drawn_frames)]
    layers += [(layer, 0, items) for layer, items in _from_beside(planned, drawn_frames, at)]
    layers.sort(key=lambda layer: layer[:2])
    items = [*_draw_background(context, page.background, bleed_box)]
    for _, _, layer_items in layers:
        items.extend(layer_items)
    return Page(
        page.number,
        page.folio,
        grid.width,
        grid.height,
        grid.bleed,
        tuple(items),
        grid.verso,
    )


def _frames_on(at: int, drawn_frames: Drawn) -> list[tuple[PlannedFrame, tuple[Item, ...]]]:
    """Return the frames of a page in stacking order."""
    return [drawn_frames[place] for place in sorted(drawn_frames) if place[0] == at]


def _from_beside(
    planned: Sequence[PlannedPage], drawn_frames: Drawn, at: int
) -> Iterator[tuple[int, tuple[Item, ...]]]:
    """Yield what reaches over the fold from other pages of the spread, as artifacts at its place on this page."""
    page = planned[at]
    for number, dx in page.beside:
        for frame, items in _frames_on(number - 1, drawn_frames):
            if extends_onto(frame.extent.translate(dx, 0.0), page, dx):
                yield frame.spec.layer, tuple(_as_artifacts(items, dx))


def extends_onto(rect: Rect, page: PlannedPage, dx: float) -> bool:
    """Return True if a rectangle of a page to the right (`dx` above 0) or left extends onto this page beyond its bleed."""
    slack = page.grid.bleed + 0.01
    return rect.x < page.grid.width - slack if dx > 0 else rect.right > slack


def _as_artifacts(items: Iterable[Item], dx: float) -> Iterator[Item]:
    for item in items:
        artifact = as_artifact(item)
        if artifact is not None:
            yield move_item(artifact, dx, 0.0)
