"""Tabs: text that moves to stops, with leaders on the way.

Takes the pieces of a line with their tabs; gives them with the tabs as wide as they must be. A stop holds what follows it
by its start, its middle or its end; a line with more tabs than stops goes on in steps of half an inch. Part of justifying.
"""

from __future__ import annotations

import math
from array import array
from collections.abc import Iterator, Sequence
from dataclasses import replace

from brochure.fast_dataclass import dataclass
from brochure.fonts.features import plain_glyphs
from brochure.typeset.shape import ShapedItem
from brochure.typeset.style import Align, ParagraphStyle, Tab

STEP = 36.0
"""Between stops that nobody has set, in points."""

CLEAR = 2.0
"""What a leader keeps clear of the text at its two ends, in points."""


def apply_tabs(
    pieces: Sequence[ShapedItem],
    text: str,
    style: ParagraphStyle,
    measure: float,
    *,
    left_to_right: bool,
) -> list[ShapedItem]:
    """The pieces of a line with each tab as wide as it must be.

    Pieces come and go in visual order; in a paragraph from right to left, stops are counted from the right.
    """
    ordered = list(pieces) if left_to_right else list(reversed(pieces))
    is_tab = [text[piece.start : piece.end] == "\t" for piece in ordered]
    widths = [0.0]
    for piece, tab in zip(ordered, is_tab, strict=True):
        if tab:
            widths.append(0.0)
        else:
            widths[-1] += sum(piece.advances)
    ways = iter(_ways(widths, style, measure))
    result = [
        _leader(piece, next(ways), left_to_right=left_to_right) if tab else piece
        for piece, tab in zip(ordered, is_tab, strict=True)
    ]
    return result if left_to_right else result[::-1]


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


def _leader(tab: ShapedItem, way: _Way, *, left_to_right: bool) -> ShapedItem:
    """The tab as empty room, or filled with the leader, whose signs stand under one another from line to line."""
    face, sign = tab.item.face, way.stop.leader
    scale = tab.item.size / face.upem
    glyphs = plain_glyphs(face, sign, {}) if sign else ()
    advances = [face.font.get_glyph_h_advance(glyph) * scale for glyph in glyphs]
    step = sum(advances)
    begin = math.ceil((way.x + CLEAR) / step) * step - way.x if step else 0.0
    count = int((way.width - begin - CLEAR) // step) if step else 0
    if count < 1:
        ids, filling = [tab.ids[0]], [way.width]
    else:
        rest = way.width - begin - count * step
        before, behind = (begin, rest) if left_to_right else (rest, begin)
        ids, filling = [tab.ids[0], *(glyphs * count)], [before, *(advances * count)]
        filling[-1] += behind
    return replace(
        tab,
        ids=array("H", ids),
        clusters=array("l", [tab.start] * len(ids)),
        advances=array("d", filling),
        offsets=(),
    )
