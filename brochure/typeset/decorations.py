"""Underlines and strikethroughs of a line.

Adjacent runs with the same decoration and colour share one bar at the position of the largest run,
so that it does not step at bold or superscript text. Spaces at the ends of a bar are not decorated.
"""

from __future__ import annotations

from collections.abc import Callable, Iterator, Sequence
from itertools import groupby

from brochure.fonts.face import Face
from brochure.typeset.lines import Decoration, Glyphs
from brochure.typeset.shape import ShapedItem
from brochure.typeset.style import TypeStyle

MIN_THICKNESS = 0.03
"""Least thickness of a bar in ems: some fonts specify a hairline too thin to print."""

Piece = tuple[ShapedItem, Glyphs]


def find_decorations(
    pieces: Sequence[ShapedItem], placed: Sequence[Glyphs]
) -> Iterator[Decoration]:
    """Yield the decorations of a line.

    Args:
        pieces: The line's shaped pieces in visual order.
        placed: Their glyphs, without those of empty pieces.
    """
    shown = [piece for piece in pieces if piece.ids]
    pairs = list(zip(shown, placed, strict=True))
    if any(piece.item.style.underline for piece in shown):
        yield from _make_decorations(pairs, _is_underlined, lambda face: face.underline_position)
    if any(piece.item.style.strikethrough for piece in shown):
        yield from _make_decorations(pairs, _is_struck_through, lambda face: face.strike_position)


def _is_underlined(style: TypeStyle) -> bool:
    return style.underline


def _is_struck_through(style: TypeStyle) -> bool:
    return style.strikethrough


def _make_decorations(
    pairs: Sequence[Piece],
    is_decorated: Callable[[TypeStyle], bool],
    height: Callable[[Face], float],
) -> Iterator[Decoration]:
    """Yield one bar for each group of adjacent decorated runs."""
    rows = groupby(pairs, key=lambda pair: (is_decorated(pair[0].item.style), pair[1].paint))
    for (has_bar, paint), row in rows:
        if not has_bar:
            continue
        runs = [run for _, run in row]
        left = runs[0].x + _measure_spaces(runs, 1)
        right = runs[-1].x + runs[-1].width - _measure_spaces(runs, -1)
        if right <= left:
            continue
        largest = max(runs, key=lambda run: run.size)
        thickness = max(largest.face.underline_thickness, MIN_THICKNESS) * largest.size
        y = height(largest.face) * largest.size - thickness / 2
        yield Decoration(left, y, right - left, thickness, paint)


def _measure_spaces(runs: Sequence[Glyphs], step: int) -> float:
    """Return the width of the spaces at one end of the runs; `step` is 1 for the left end, -1 for the right."""
    width = 0.0
    for run in runs[::step]:
        for cluster, advance in list(zip(run.clusters, run.advances, strict=True))[::step]:
            if not run.text[cluster : cluster + 1].isspace():
                return width
            width += advance
    return width
