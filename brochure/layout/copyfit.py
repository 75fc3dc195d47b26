"""Copyfitting: reduce the styles of overset threads within the ranges that the layout allows.

A style is reduced by the same share wherever it is used in the edition, and no further than needed. What still does not fit
stays overset and is reported.
"""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import replace

from brochure.fast_dataclass import dataclass
from brochure.fonts.catalog import FontCatalog
from brochure.l10n.edition import Edition
from brochure.layout.threads import LayoutCache, LayoutContext, SetThread, Thread, set_thread
from brochure.typeset.style import CopyfitRange

STEPS = 20
"""Number of steps from a style as designed to its smallest allowed form."""

Levels = Mapping[str, int]
"""The step that each style has reached."""


def fit_thread(
    edition: Edition,
    font_catalog: FontCatalog,
    running: Sequence[Thread],
    thread_cache: LayoutCache | None = None,
) -> tuple[LayoutContext, tuple[SetThread, ...]]:
    """Set the threads, reducing styles where needed; return the context they were set in, and the threads."""
    context = LayoutContext(edition, font_catalog, thread_cache=thread_cache)
    set_threads = tuple(set_thread(context, thread) for thread in running)
    levels: dict[str, int] = {}
    while reducible := _find_reducible(set_threads, edition, levels):
        levels |= _raise_levels(context, edition, reducible, levels)
        context = LayoutContext(_apply(edition, levels), font_catalog, thread_cache=thread_cache)
        set_threads = tuple(set_thread(context, thread) for thread in running)
    return context, set_threads


@dataclass(frozen=True, slots=True)
class ReducibleThread:
    """An overset thread with the styles that can still be reduced in it."""

    thread: Thread
    names: frozenset[str]
    is_far_too_long: bool


def _find_reducible(
    set_threads: Sequence[SetThread], edition: Edition, levels: Levels
) -> tuple[ReducibleThread, ...]:
    candidates = ((each, _reducible_styles(each, edition, levels)) for each in set_threads)
    return tuple(
        ReducibleThread(each.thread, names, _is_far_too_long(each, edition, names))
        for each, names in candidates
        if names
    )


def _is_far_too_long(each: SetThread, edition: Edition, names: Iterable[str]) -> bool:
    """Return True if the content is so long that it probably does not fit in its smallest form either.

    A style whose size and leading shrink to a share of themselves needs about the product of both as area.
    """
    ranges = [edition.styles.paragraphs[name].copyfit for name in names]
    least_area = min(one.size * one.leading for one in ranges)
    available = sum(column.rect.height for column in each.thread.columns)
    return available < least_area * (available + each.flowed.overset_height)


def _reducible_styles(set_threads: SetThread, edition: Edition, levels: Levels) -> frozenset[str]:
    """Return the styles of an overset thread that can still be reduced."""
    if not set_threads.flowed.overflows:
        return frozenset()
    styles = edition.styles.paragraphs
    return frozenset(
        name
        for name in set_threads.styles
        if styles[name].copyfit != CopyfitRange() and levels.get(name, 0) < STEPS
    )


def _raise_levels(
    context: LayoutContext,
    edition: Edition,
    reducible: Sequence[ReducibleThread],
    levels: Levels,
) -> dict[str, int]:
    """Return for each style the fewest steps at which its overset threads fit; `STEPS` if they never do."""
    raised: dict[str, int] = {}
    for each in reducible:
        if all(raised.get(name) == STEPS for name in each.names):
            continue
        level = _min_steps(context, edition, each, levels)
        for name in each.names:
            raised[name] = max(raised.get(name, 0), level, levels.get(name, 0) + 1)
    return raised


def _min_steps(
    context: LayoutContext, edition: Edition, each: ReducibleThread, levels: Levels
) -> int:
    """Return the fewest steps of its styles at which the thread fits, other styles unchanged."""
    names = each.names

    def overflows(step: int) -> bool:
        trial_levels = {**levels, **{name: max(step, levels.get(name, 0)) for name in names}}
        trial = replace(context, edition=_apply(edition, trial_levels), findings=[], missing=[])
        return bool(set_thread(trial, each.thread).flowed.overflows)

    low, high = min(levels.get(name, 0) for name in names), STEPS
    # Content that is far too long is set once in its smallest form, not in each of the steps.
    if each.is_far_too_long and overflows(STEPS):
        return STEPS
    while low + 1 < high:
        middle = (low + high) // 2
        low, high = (middle, high) if overflows(middle) else (low, middle)
    return high


def _apply(edition: Edition, levels: Levels) -> Edition:
    # Imported here: most text fits as it is.
    from brochure.styles.copyfit_range import fit_style_sheet

    shares = {name: level / STEPS for name, level in levels.items()}
    return replace(edition, styles=fit_style_sheet(edition.styles, shares))
