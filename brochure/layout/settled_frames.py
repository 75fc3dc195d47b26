"""Set an edition's threads in the frames of its pages.

A frame that grows to fit its content (`auto-size`) moves the frames that are placed beside it. So the pages are planned again
with the frames as they have grown, until no frame moves.
"""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from functools import lru_cache

from brochure.fonts.catalog import FontCatalog
from brochure.geometry import Rect
from brochure.l10n.edition import Edition
from brochure.layout.page_plan import PlannedPage, plan
from brochure.layout.page_references import settle_references
from brochure.layout.thread_cache import make_thread_cache
from brochure.layout.threads import LayoutCache, LayoutContext, SetThread, Thread, threads
from brochure.spec.model import Layout
from brochure.spec.relative_frames import name_members

MAX_ROUNDS = 8
"""How often the pages are planned again; frames in a row that all grow need a round each."""

Settled = tuple[LayoutContext, tuple[PlannedPage, ...], tuple[SetThread, ...]]
"""The context with its findings, the pages as planned, and the threads."""


def settle_frames(
    edition: Edition, font_catalog: FontCatalog, thread_cache: LayoutCache | None = None
) -> Settled:
    """Lay out the threads until the frames that are placed beside others have their places."""
    layout, left_to_right = edition.layout, edition.left_to_right
    planned, running = plan_threads(layout, left_to_right)
    context, set_threads = settle_references(edition, font_catalog, running, thread_cache)
    cache = thread_cache
    growth: dict[tuple[int, str], Rect] = {}
    for _ in range(MAX_ROUNDS):
        grown = dict(_find_growth(planned, set_threads))
        if grown == growth:
            break
        growth = grown
        cache = make_thread_cache() if cache is None else cache
        planned, running = plan_threads(layout, left_to_right, tuple(growth.items()))
        context, set_threads = settle_references(edition, font_catalog, running, cache)
    return context, planned, set_threads


@lru_cache(maxsize=8)
def plan_threads(
    layout: Layout,
    left_to_right: bool,  # noqa: FBT001  # a key
    growth: tuple[tuple[tuple[int, str], Rect], ...] = (),
) -> tuple[tuple[PlannedPage, ...], tuple[Thread, ...]]:
    """Plan the pages and find their threads; editions of one layout share the result, and drafts of one edition do.

    `growth` has the frames that have grown, by page and name, with their rectangles.
    """
    planned = plan(layout, left_to_right=left_to_right, growth=dict(growth))
    return planned, threads(layout, planned)


def _find_growth(
    planned: Sequence[PlannedPage], set_threads: Sequence[SetThread]
) -> Iterator[tuple[tuple[int, str], Rect]]:
    """Yield the frames that have grown and that others are placed beside, with their rectangles."""
    followed = {page.number: _find_followed(page) for page in planned}
    if not any(followed.values()):
        return
    for each in set_threads:
        at, index = each.thread.places[-1]
        page, frame = planned[at], each.thread.frames[-1]
        if frame.name in followed[page.number] and frame.rect != page.frames[index].rect:
            yield (page.number, frame.name), frame.extent


def _find_followed(page: PlannedPage) -> frozenset[str]:
    """Return the names of the frames that others on the page are placed beside."""
    names = {name for frame in page.frames for _, name in frame.spec.at.beside}
    if not names:
        return frozenset()
    specs = {frame.name: frame.spec for frame in page.frames}
    members = name_members(specs)
    return frozenset(one for name in names for one in members.get(name, ()))
