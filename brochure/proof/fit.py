"""How well a message fits its frames: its length, its character limit, and how many lines are overset."""

from __future__ import annotations

from functools import lru_cache

from brochure.build_values import Job
from brochure.fast_dataclass import dataclass
from brochure.l10n.edition import Edition
from brochure.l10n.notes import find_keys
from brochure.layout.page_plan import plan
from brochure.layout.page_references import settle_references
from brochure.layout.threads import Thread, threads
from brochure.spec.model import Layout
from brochure.translation.character_limits import measure_limit


@dataclass(frozen=True, slots=True)
class Fit:
    """The characters of a message, how many its frames hold (None: any number), and how many lines of them are overset.

    All lines of a frame count, since what a message takes is what the texts below it lack. `is_overset` is also True for a
    part of a block that does not fit and has no lines of its own.
    """

    characters: int
    limit: int | None
    lines_over: int
    is_overset: bool


@lru_cache(maxsize=8)
def _threads(layout: Layout, left_to_right: bool) -> tuple[Thread, ...]:  # noqa: FBT001  # a key
    return threads(layout, plan(layout, left_to_right=left_to_right))


def measure_fit(job: Job, edition: Edition, key: str, *, with_limit: bool = True) -> Fit:
    """Return how a message fits. Without its limit, which takes longer to measure, only what is overset is found."""
    unset = _threads(edition.layout, edition.left_to_right)
    context, done = settle_references(edition, job.font_catalog, unset, job.thread_cache)
    over = [
        one
        for each in done
        if each.flowed.overflows and key in find_keys(each.thread.content, edition.stories)
        for one in each.flowed.overflows
    ]
    limit = measure_limit(context.edition, job.font_catalog, unset, key) if with_limit else None
    story = edition.stories.get(key)
    characters = len(story.text) if story else 0
    return Fit(characters, limit, sum(one.lines for one in over), bool(over))
