"""Tabs: text that moves to stops, with leaders on the way.

Takes a line's runs with their tabs; gives the runs at their places. A stop holds what follows it by its start, its middle
or its end; a line with more tabs than stops goes on in steps of the last distance. Part of justifying.
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import replace

from brochure.fonts.features import plain_glyphs
from brochure.typeset.line import Glyphs
from brochure.typeset.style import Align, ParagraphStyle, Tab

STEP = 36.0
"""Between stops that nobody has set, in points."""

CLEAR = 2.0
"""What a leader keeps clear of the text at its two ends, in points."""


def tabbed(
    runs: Sequence[Glyphs], style: ParagraphStyle, measure: float, *, rightward: bool
) -> tuple[list[Glyphs], float]:
    """The runs with each tab as wide as it must be, and the width of the whole line."""
    result: list[Glyphs] = []
    x = 0.0
    for at, run in enumerate(runs):
        if run.text != "\t":
            result.append(run)
            x += run.width
            continue
        stop = _stop(style, x, measure)
        width = max(0.0, _target(stop, _following(runs, at + 1)) - x)
        result.append(_leader(run, stop, x, width))
        x += width
    return result, x


def _stop(style: ParagraphStyle, x: float, measure: float) -> Tab:
    """The next stop beyond x."""
    for tab in style.tabs:
        if tab.at > x + 0.01:
            return tab
    return Tab(min(measure, (x // STEP + 1) * STEP))


def _following(runs: Sequence[Glyphs], at: int) -> float:
    """How wide the text is from here to the next tab."""
    width = 0.0
    for run in runs[at:]:
        if run.text == "\t":
            break
        width += run.width
    return width


def _target(stop: Tab, width: float) -> float:
    """Where the text must begin so that it stands on the stop."""
    if stop.align in (Align.END, Align.RIGHT):
        return stop.at - width
    if stop.align is Align.CENTRE:
        return stop.at - width / 2
    return stop.at


def _leader(run: Glyphs, stop: Tab, x: float, width: float) -> Glyphs:
    """The tab as empty room, or filled with the leader, whose signs stand under one another from line to line."""
    glyphs = plain_glyphs(run.face, stop.leader, {}) if stop.leader else ()
    step = sum(run.face.font.get_glyph_h_advance(g) for g in glyphs) * run.size / run.face.upem
    begin = -(-(x + CLEAR) // step) * step - x if step else 0.0
    count = int((width - begin - CLEAR) // step) if step else 0
    if count < 1:
        return replace(
            run, ids=run.ids[:1], clusters=run.clusters[:1], advances=(width,), offsets=()
        )
    advances = [step / len(glyphs)] * (len(glyphs) * count)
    advances[-1] += width - begin - count * step
    space = run.ids[0]
    return replace(
        run,
        ids=(space, *(glyphs * count)),
        clusters=(0,) * (1 + len(glyphs) * count),
        advances=(begin, *advances),
        offsets=(),
    )
