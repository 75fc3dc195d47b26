"""Set tabs: widen each tab to its stop, with leaders.

A stop aligns the text after it at its start, centre or end. A line with more tabs than stops
continues in steps of half an inch.
"""

from __future__ import annotations

import math
from collections.abc import Iterator, Sequence
from dataclasses import replace
from math import fsum

from brochure.fast_dataclass import dataclass
from brochure.fonts.shaping import shape_plain
from brochure.typeset.shape import ShapedItem
from brochure.typeset.style import LINE_END, ParagraphStyle, Tab, TabAlign

DEFAULT_TAB_STEP = 36.0
"""Distance between default tab stops, in points."""

LEADER_GAP = 2.0
"""Space kept between a leader and the text at both ends, in points; none where the line begins or ends with the leader."""

ROUNDING = 0.001
"""Tolerance for rounding, in points."""


def apply_tabs(
    pieces: Sequence[ShapedItem],
    text: str,
    style: ParagraphStyle,
    measure: float,
    *,
    outside: tuple[float, float] = (0.0, 0.0),
    left_to_right: bool,
) -> list[ShapedItem]:
    """Return the pieces of a line with each tab as wide as needed.

    Pieces are in visual order before and after. In a right-to-left paragraph, stops are measured
    from the right. `outside` is how far the line goes beyond its left and right ends: hanging punctuation and the tracking
    after the last letter.
    """
    logical = list(pieces) if left_to_right else list(reversed(pieces))
    is_tab = [text[piece.start : piece.end] == "\t" for piece in logical]
    widths = [0.0]
    for piece, tab in zip(logical, is_tab, strict=True):
        if tab:
            widths.append(0.0)
        else:
            widths[-1] += fsum(piece.advances)
    before, after = outside if left_to_right else outside[::-1]
    widths[0] -= before
    widths[-1] -= after
    spans = iter(_find_tab_spans(widths, style, measure))
    result = [
        _set_leader(piece, next(spans), left_to_right=left_to_right) if tab else piece
        for piece, tab in zip(logical, is_tab, strict=True)
    ]
    return result if left_to_right else result[::-1]


def measure_tabbed_line(widths: Sequence[float], style: ParagraphStyle, measure: float) -> float:
    """Return the width of a line whose parts between tabs have these widths."""
    return fsum(widths) + fsum(span.width for span in _find_tab_spans(widths, style, measure))


@dataclass(frozen=True, slots=True)
class _TabSpan:
    """The gap that a tab fills: where it starts, its width and its stop; `is_last` if no text follows it in the line."""

    x: float
    width: float
    stop: Tab
    is_last: bool = False


def _find_tab_spans(
    widths: Sequence[float], style: ParagraphStyle, measure: float
) -> Iterator[_TabSpan]:
    x = widths[0]
    for at, width in enumerate(widths[1:], start=1):
        stop = _next_stop(style, x, measure)
        gap = max(0.0, _text_start(stop, width) - x)
        yield _TabSpan(x, gap, stop, is_last=at + 1 == len(widths) and width <= 0)
        x += gap + width


def _next_stop(style: ParagraphStyle, x: float, measure: float) -> Tab:
    """Return the next stop beyond x."""
    for tab in style.tabs:
        if tab.at > x + 0.01:
            return tab if tab.at < LINE_END else replace(tab, at=measure)
    return Tab(min(measure, (x // DEFAULT_TAB_STEP + 1) * DEFAULT_TAB_STEP))


def _text_start(stop: Tab, width: float) -> float:
    """Return where text must start to be aligned at the stop."""
    if stop.align in (TabAlign.END, TabAlign.RIGHT):
        return stop.at - width
    if stop.align is TabAlign.CENTRE:
        return stop.at - width / 2
    return stop.at


def _set_leader(tab: ShapedItem, span: _TabSpan, *, left_to_right: bool) -> ShapedItem:
    """Return the tab as empty space or filled with its leader.

    Leaders align vertically from line to line: from the start of the line, or from the stop if the line ends with them, so that
    they reach it.
    """
    face, leader = tab.item.face, span.stop.leader
    scale = tab.item.size / face.upem
    glyphs = shape_plain(face, leader, {}) if leader else ()
    advances = [face.font.get_glyph_h_advance(glyph) * scale for glyph in glyphs]
    step = fsum(advances)
    before = LEADER_GAP if span.x > 0 else 0.0
    begin, count = 0.0, 0
    if step and span.is_last:
        count = int((span.width - before + ROUNDING) // step)
        begin = span.width - count * step
    elif step:
        begin = math.ceil((span.x + before - ROUNDING) / step) * step - span.x
        count = int((span.width - begin - LEADER_GAP) // step)
    if count < 1:
        ids, filling = [tab.ids[0]], [span.width]
    else:
        rest = span.width - begin - count * step
        before, after = (begin, rest) if left_to_right else (rest, begin)
        ids, filling = [tab.ids[0], *(glyphs * count)], [before, *(advances * count)]
        filling[-1] += after
    return replace(
        tab,
        ids=tuple(ids),
        clusters=(tab.start,) * len(ids),
        advances=tuple(filling),
        offsets=(),
    )
