"""How well a message fits its frames: its length, its character limit, and how many lines are overset."""

from __future__ import annotations

from brochure.build_values import Job, LaidOut
from brochure.fast_dataclass import dataclass
from brochure.l10n.edition import Edition
from brochure.l10n.notes import find_keys
from brochure.layout.settled_frames import settle_frames
from brochure.layout.threads import threads
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


OVERSET = frozenset(("overflow", "frame-empty"))
"""Codes of findings without which no text of an edition is overset."""


def measure_draft_fit(job: Job, made: LaidOut, key: str) -> Fit:
    """Return how a message of an edition that was laid out fits, without its limit."""
    if any(finding.code in OVERSET for finding in made.findings):
        return measure_fit(job, made.edition, key, with_limit=False)
    return Fit(_count_characters(made.edition, key), None, 0, is_overset=False)


def measure_fit(job: Job, edition: Edition, key: str, *, with_limit: bool = True) -> Fit:
    """Return how a message fits. Without its limit, which takes longer to measure, only what is overset is found."""
    context, planned, done = settle_frames(edition, job.font_catalog, job.thread_cache)
    over = [
        one
        for each in done
        if each.flowed.overflows and key in find_keys(each.thread.content, edition.stories)
        for one in each.flowed.overflows
    ]
    limit = None
    if with_limit:
        unset = threads(edition.layout, planned)
        limit = measure_limit(context.edition, job.font_catalog, unset, key)
    lines = sum(one.lines for one in over)
    return Fit(_count_characters(edition, key), limit, lines, bool(over))


def _count_characters(edition: Edition, key: str) -> int:
    story = edition.stories.get(key)
    return len(story.text) if story else 0
