"""Tabs: text that moves to stops, with leaders on the way.

Takes a line's runs with their tabs; gives the runs at their places. A stop holds what follows it by its start, its middle
or its end; a line with more tabs than stops goes on in steps of the last distance. Part of justifying.
"""

from __future__ import annotations

import math
from collections.abc import Iterator, Sequence
from dataclasses import dataclass, replace

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
    """The runs with each tab as wide as it must be, and the width of the whole line.

    Runs come and go in visual order; in a paragraph from right to left, stops are counted from the right.
    """
    ordered = list(runs) if rightward else list(reversed(runs))
    widths = [0.0]
    for run in ordered:
        if run.text == "\t":
            widths.append(0.0)
        else:
            widths[-1] += run.width
    ways = iter(_ways(widths, style, measure))
    result = [
        _leader(run, next(ways), rightward=rightward) if run.text == "\t" else run
        for run in ordered
    ]
    filled = sum(run.width for run in result)
    return (result if rightward else result[::-1]), filled


def reach(widths: Sequence[float], style: ParagraphStyle, measure: float) -> float:
    """How far a line reaches whose parts between tabs have these widths."""
    return sum(widths) + sum(way.width for way in _ways(widths, style, measure))


@dataclass(frozen=True, slots=True)
class _Way:
    """What a tab bridges: from where, how far, and to which stop."""

    x: float
    width: float
    stop: Tab


def _ways(widths: Sequence[float], style: ParagraphStyle, measure: float) -> Iterator[_Way]:
    x = widths[0]
    for width in widths[1:]:
        stop = _stop(style, x, measure)
        room = max(0.0, _target(stop, width) - x)
        yield _Way(x, room, stop)
        x += room + width


def _stop(style: ParagraphStyle, x: float, measure: float) -> Tab:
    """The next stop beyond x."""
    for tab in style.tabs:
        if tab.at > x + 0.01:
            return tab
    return Tab(min(measure, (x // STEP + 1) * STEP))


def _target(stop: Tab, width: float) -> float:
    """Where the text must begin so that it stands on the stop."""
    if stop.align in (Align.END, Align.RIGHT):
        return stop.at - width
    if stop.align is Align.CENTRE:
        return stop.at - width / 2
    return stop.at


def _leader(run: Glyphs, way: _Way, *, rightward: bool) -> Glyphs:
    """The tab as empty room, or filled with the leader, whose signs stand under one another from line to line."""
    sign = way.stop.leader
    glyphs = plain_glyphs(run.face, sign, {}) if sign else ()
    advances = [_advance(run, glyph) for glyph in glyphs]
    step = sum(advances)
    begin = math.ceil((way.x + CLEAR) / step) * step - way.x if step else 0.0
    count = int((way.width - begin - CLEAR) // step) if step else 0
    if count < 1:
        return replace(
            run, ids=run.ids[:1], clusters=run.clusters[:1], advances=(way.width,), offsets=()
        )
    rest = way.width - begin - count * step
    before, behind = (begin, rest) if rightward else (rest, begin)
    filling = advances * count
    filling[-1] += behind
    return replace(
        run,
        ids=(run.ids[0], *(glyphs * count)),
        clusters=(0,) * (1 + len(filling)),
        advances=(before, *filling),
        offsets=(),
    )


def _advance(run: Glyphs, glyph: int) -> float:
    advance: int = run.face.font.get_glyph_h_advance(glyph)
    return advance * run.size / run.face.upem
