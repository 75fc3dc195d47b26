"""Copyfitting: copy that is too long, made to fit within what its styles allow.

Takes an edition and its threads; gives the threads set so that as many as can be hold their matter, each style giving way no
more than it must and the same wherever it stands in the edition. What still does not fit is left over, for the report.
Stands between the threads, which it sets as often as it needs to, and the pages.
"""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import replace

from brochure.fonts.catalog import FontCatalog
from brochure.l10n.edition import Edition
from brochure.layout.threads import LayoutContext, SetThread, Standing, Thread, set_thread
from brochure.styles.copyfit_range import fit_style_sheet, is_copyfittable

STEPS = 20
"""In how many steps a style goes from as designed to as small as it may."""

Levels = Mapping[str, int]
"""How many of these steps each style has gone."""


def fit_thread(
    edition: Edition,
    font_catalog: FontCatalog,
    running: Sequence[Thread],
    standing: Standing | None = None,
) -> tuple[LayoutContext, tuple[SetThread, ...]]:
    """The threads set in styles that give way where they must, with the make-up that they were set in."""
    work = LayoutContext(edition, font_catalog, standing=standing)
    done = tuple(set_thread(work, thread) for thread in running)
    levels: dict[str, int] = {}
    while wanting := _wanting(done, edition, levels):
        levels |= _raised(work, edition, wanting, levels)
        work = LayoutContext(_at(edition, levels), font_catalog, standing=standing)
        done = tuple(set_thread(work, thread) for thread in running)
    return work, done


Wanting = tuple[tuple[Thread, frozenset[str]], ...]
"""Threads that overflow, each with the styles that may still give way in it."""


def _wanting(done: Sequence[SetThread], edition: Edition, levels: Levels) -> Wanting:
    asked = ((each.thread, _can_help(each, edition, levels)) for each in done)
    return tuple((thread, names) for thread, names in asked if names)


def _can_help(done: SetThread, edition: Edition, levels: Levels) -> frozenset[str]:
    """The styles of an overflowing thread that may still give way."""
    if not done.flowed.overflows:
        return frozenset()
    styles = edition.styles.paragraphs
    return frozenset(
        name
        for name in done.styles
        if is_copyfittable(styles[name]) and levels.get(name, 0) < STEPS
    )


def _raised(
    work: LayoutContext, edition: Edition, wanting: Wanting, levels: Levels
) -> dict[str, int]:
    """For each style the fewest steps at which the threads that want it fit; all of them where nothing helps."""
    raised: dict[str, int] = {}
    for thread, names in wanting:
        level = _least(work, edition, thread, (levels, names))
        for name in names:
            raised[name] = max(raised.get(name, 0), level, levels.get(name, 0) + 1)
    return raised


def _least(
    work: LayoutContext, edition: Edition, thread: Thread, at: tuple[Levels, frozenset[str]]
) -> int:
    """The fewest steps of the named styles at which the thread fits, the others staying where they are."""
    levels, names = at
    low, high = min(levels.get(name, 0) for name in names), STEPS
    while low + 1 < high:
        middle = (low + high) // 2
        tried = {**levels, **{name: max(middle, levels.get(name, 0)) for name in names}}
        trial = replace(work, edition=_at(edition, tried), findings=[], missing=[])
        if set_thread(trial, thread).flowed.overflows:
            low = middle
        else:
            high = middle
    return high


def _at(edition: Edition, levels: Levels) -> Edition:
    shares = {name: level / STEPS for name, level in levels.items()}
    return replace(edition, styles=fit_style_sheet(edition.styles, shares))
