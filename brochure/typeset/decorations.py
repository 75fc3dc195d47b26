"""Bars: underlines and strikes beneath and through the words of a line.

Takes a line's pieces and the glyphs that were placed of them, in visual order; gives `Decoration`s, one for all neighbours that
carry one colour, at one height: that of the largest of them, so that a bar makes no step where bold or a superior begins. Spaces
at its two ends carry none. Part of justifying.
"""

from __future__ import annotations

from collections.abc import Callable, Iterator, Sequence
from itertools import groupby

from brochure.fonts.face import Face
from brochure.typeset.lines import Decoration, Glyphs
from brochure.typeset.shape import ShapedItem
from brochure.typeset.style import TypeStyle

THINNEST = 0.03
"""The least thickness of a bar, in ems: some fonts ask for a hairline that no press holds."""

Piece = tuple[ShapedItem, Glyphs]


def find_decorations(
    pieces: Sequence[ShapedItem], placed: Sequence[Glyphs]
) -> Iterator[Decoration]:
    """The bars of a line."""
    shown = [piece for piece in pieces if piece.ids]
    pairs = list(zip(shown, placed, strict=True))
    if any(piece.item.style.underline for piece in shown):
        yield from _drawn(pairs, _underlined, lambda face: face.underline_position)
    if any(piece.item.style.strikethrough for piece in shown):
        yield from _drawn(pairs, _struck, lambda face: face.strike_position)


def _underlined(style: TypeStyle) -> bool:
    return style.underline


def _struck(style: TypeStyle) -> bool:
    return style.strikethrough


def _drawn(
    pairs: Sequence[Piece], wanted: Callable[[TypeStyle], bool], height: Callable[[Face], float]
) -> Iterator[Decoration]:
    """One bar for each row of neighbours that want one."""
    rows = groupby(pairs, key=lambda pair: (wanted(pair[0].item.style), pair[1].paint))
    for (barred, paint), row in rows:
        if not barred:
            continue
        runs = [run for _, run in row]
        left = runs[0].x + _blank(runs, 1)
        right = runs[-1].x + runs[-1].width - _blank(runs, -1)
        if right <= left:
            continue
        largest = max(runs, key=lambda run: run.size)
        thickness = max(largest.face.underline_thickness, THINNEST) * largest.size
        y = height(largest.face) * largest.size - thickness / 2
        yield Decoration(left, y, right - left, thickness, paint)


def _blank(runs: Sequence[Glyphs], step: int) -> float:
    """The width of the spaces at one end of the row: 1 its left end, -1 its right end."""
    width = 0.0
    for run in runs[::step]:
        for cluster, advance in list(zip(run.clusters, run.advances, strict=True))[::step]:
            if not run.text[cluster : cluster + 1].isspace():
                return width
            width += advance
    return width
