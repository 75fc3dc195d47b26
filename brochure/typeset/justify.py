"""Set broken lines: position their glyphs in their slots.

Glyphs are in visual order (UAX #9, L2). Word and letter spaces are stretched or shrunk to the line
width, punctuation hangs, tabs and leaders are set, underlines and strikethroughs are added.
"""

from __future__ import annotations

from bisect import bisect_left
from collections.abc import Iterable, Iterator, Sequence
from itertools import repeat
from math import fsum
from operator import add, mul

from brochure.fast_dataclass import dataclass
from brochure.typeset.bidi import visual_order
from brochure.typeset.compose import Cut
from brochure.typeset.decorations import find_decorations
from brochure.typeset.hanging_punctuation import HYPHEN_SHARE, left_share, right_share
from brochure.typeset.line_edges import WIDTH_TOLERANCE
from brochure.typeset.lines import Glyphs, Line, LineSlot
from brochure.typeset.paragraph_metrics import SPACE, STRETCHABLE_SPACES, ParagraphMetrics, pick
from brochure.typeset.reshaping import (
    hyphen_width,
    shape_hyphen,
    shape_repeated_hyphen,
    slice_item,
)
from brochure.typeset.script_rules import Elasticity, rules_for_language
from brochure.typeset.shape import ShapedItem, resolve_tracking
from brochure.typeset.style import Align
from brochure.typeset.tabs import apply_tabs

MAX_SHRINK_RATIO = 1.02
"""Largest shrink ratio. Slightly above 1, since the line breaker and `set_line` may differ on which
letter is last in lines of mixed direction."""


MAX_RATIO = 1.0 + 1e-9
"""Stretch ratio up to which a line is within its limits."""


@dataclass(frozen=True, slots=True)
class LineFit:
    """How a line fills its slot.

    `space` is added per point of space, `letter` is the share of the letter-space limit that is
    used. A `loose` line would need more than its script allows and is not justified.
    """

    space: float = 0.0
    letter: float = 0.0
    ratio: float = 0.0
    loose: bool = False


def set_line(metrics: ParagraphMetrics, cut: Cut, slot: LineSlot) -> Line:
    """Set one line of the paragraph in its slot; the last line is never stretched."""
    style = metrics.style
    indent = style.indent_start + (style.indent_first if cut.start == 0 else 0.0)
    measure = slot.width - indent - style.indent_end
    left = slot.x + (indent if metrics.left_to_right else style.indent_end)
    pieces = _visual_pieces(metrics, cut)
    out_left, out_right = _measure_hanging(metrics, cut, pieces)
    natural_width = fsum(fsum(piece.advances) for piece in pieces) - out_left - out_right
    fit = _fit_line(metrics, cut, pieces, measure - natural_width)
    if fit.letter:
        out_right += _letter_space_at_edge(metrics, pieces, fit.letter) * fit.letter
    pieces = [_apply_fit(metrics, piece, fit) for piece in pieces]
    if "\t" in metrics.text[cut.start : cut.end]:
        pieces = apply_tabs(
            pieces,
            metrics.text,
            style,
            measure,
            outside=(out_left, out_right),
            left_to_right=metrics.left_to_right,
        )
    widths = [fsum(piece.advances) for piece in pieces]
    filled = fsum(widths) - out_left - out_right
    x = left + _align_offset(style.align, measure - filled, slot, metrics) - out_left
    placed = list(_place_glyphs(metrics.text, pieces, widths, x))
    ascent, descent = _measure_extents(placed)
    return Line(
        tuple(_sort_by_reading_order(metrics, pieces, placed)),
        tuple(find_decorations(pieces, placed)),
        left,
        measure,
        x + out_left,
        x + out_left + filled,
        ascent,
        descent,
        cut.start,
        cut.following,
        cut.hyphen,
        fit.ratio,
        fit.loose,
        1 + fit.space,
    )


# Contents of a line


def _visual_pieces(metrics: ParagraphMetrics, cut: Cut) -> list[ShapedItem]:
    """Return the shaped parts of the line in visual order, with the hyphens that are added at its ends."""
    parts = list(_logical_pieces(metrics, cut.start, cut.end))
    if cut.repeated_hyphen and parts:
        parts.insert(0, shape_repeated_hyphen(parts[0].item))
    if cut.hyphen and parts:
        parts.append(shape_hyphen(parts[-1].item))
    if len(parts) == 1:
        return parts
    return [parts[at] for at in visual_order([part.item.level for part in parts])]


def _logical_pieces(metrics: ParagraphMetrics, start: int, end: int) -> Iterator[ShapedItem]:
    """Yield the shaped items of a range of the text, split at tabs."""
    while start < end:
        shaped = metrics.item_at(start)
        until = min(end, shaped.item.end)
        tab = metrics.text.find("\t", start, until)
        if tab >= 0:
            until = tab if tab > start else tab + 1
        yield slice_item(shaped, start, until, metrics.text)
        start = until


# Filling the slot


def _measure_hanging(
    metrics: ParagraphMetrics, cut: Cut, pieces: Sequence[ShapedItem]
) -> tuple[float, float]:
    """Return how far punctuation hangs into the left and right margins, including tracking after the last letter."""
    if not pieces:
        return 0.0, 0.0
    at_start = at_end = 0.0
    if metrics.style.hanging_punctuation:
        at_start = metrics.hang_left(cut.start)
        if cut.repeated_hyphen:
            at_start = hyphen_width(pieces[0].item) * left_share("-")
        at_end = _measure_hanging_at_end(metrics.text, cut.end, pieces)
        if cut.hyphen:
            divided = next(piece for piece in pieces if piece.start == -1)
            at_end = fsum(divided.advances) * HYPHEN_SHARE
    left, right = (at_start, at_end) if metrics.left_to_right else (at_end, at_start)
    return left, right + _trailing_tracking(pieces[-1])


def _measure_hanging_at_end(text: str, end: int, pieces: Sequence[ShapedItem]) -> float:
    """Return how far the last character hangs, at its width in this line (a kern may be gone)."""
    share = right_share(text[end - 1]) if end else 0.0
    if not share:
        return 0.0
    return share * fsum(
        advance
        for piece in pieces
        if piece.end == end
        for cluster, advance in zip(piece.clusters, piece.advances, strict=True)
        if cluster == end - 1
    )


def _trailing_tracking(piece: ShapedItem) -> float:
    shown = piece.start >= 0 and any(piece.advances)
    return resolve_tracking(piece.item) if shown else 0.0


def _fit_line(
    metrics: ParagraphMetrics, cut: Cut, pieces: Sequence[ShapedItem], free: float
) -> LineFit:
    """Return how spaces and letters absorb the free width of the line."""
    style = metrics.style
    word = style.word_space
    ideal = word.ideal - 1
    space = metrics.space[cut.end] - metrics.space[cut.start]
    free -= space * ideal
    last = cut.following >= len(metrics.text) or metrics.text[cut.following - 1] == "\n"
    is_unjustified = "\t" in metrics.text[cut.start : cut.end] or (last and free >= 0)
    if style.align is not Align.JUSTIFY or is_unjustified:
        return LineFit(space=ideal)
    wider = free > 0
    by_word = max(0.0, word.most - word.ideal if wider else word.ideal - word.least)
    sums = metrics.stretch_sums if wider else metrics.shrink_sums
    letters = sums[cut.end] - sums[cut.start] - _letter_space_at_edge(metrics, pieces, free)
    capacity = space * by_word + letters
    elasticity = rules_for_language(style.type.language).elasticity
    if capacity <= 0:
        return LineFit(space=ideal, loose=elasticity.is_unspaced and free > WIDTH_TOLERANCE)
    ratio = max(-MAX_SHRINK_RATIO, free / capacity)
    # Letter space stays within the style's limits; word space takes the rest.
    in_letters = max(-MAX_SHRINK_RATIO, min(1.0, ratio))
    in_words = (ratio * capacity - in_letters * letters) / space if space else 0.0
    if _is_loose(elasticity, ratio, 1 + ideal + in_words):
        return LineFit(space=ideal, ratio=ratio, loose=True)
    return LineFit(ideal + in_words, in_letters, ratio)


def _is_loose(elasticity: Elasticity, ratio: float, space: float) -> bool:
    """Return True if the line exceeds the limits of its script, at word boundaries or at spaces."""
    return ratio > MAX_RATIO and (elasticity.is_unspaced or space > elasticity.space)


def _letter_space_at_edge(
    metrics: ParagraphMetrics, pieces: Sequence[ShapedItem], free: float
) -> float:
    """Return the letter-space limit after the rightmost letter, where it is not visible."""
    last = pieces[-1] if pieces else None
    if last is None or last.start < 0:
        return 0.0
    limits = metrics.stretch if free > 0 else metrics.shrink
    shown = zip(reversed(last.clusters), reversed(last.advances), strict=True)
    return next((limits[cluster] for cluster, advance in shown if advance), 0.0)


def _apply_fit(metrics: ParagraphMetrics, piece: ShapedItem, fit: LineFit) -> ShapedItem:
    """Return the piece with spaces and letters adjusted to the fit."""
    if piece.start < 0 or not piece.ids or not (fit.space or fit.letter):
        return piece
    advances = list(piece.advances)
    if fit.letter:
        advances = _add_letter_space(metrics, piece, fit.letter)
    if fit.space:
        for at in _find_spaces(metrics.text, piece):
            advances[at] += piece.advances[at] * fit.space
    return piece.with_advances(tuple(advances))


def _find_spaces(text: str, piece: ShapedItem) -> Iterator[int]:
    """Yield the indexes of the glyphs of stretchable spaces."""
    clusters = piece.clusters
    if piece.item.level % 2:
        yield from (at for at, one in enumerate(clusters) if text[one] in STRETCHABLE_SPACES)
        return
    for match in SPACE.finditer(text, piece.start, piece.end):
        place = match.start()
        at = bisect_left(clusters, place)
        while at < len(clusters) and clusters[at] == place:
            yield at
            at += 1


def _add_letter_space(metrics: ParagraphMetrics, piece: ShapedItem, letter: float) -> list[float]:
    """Return advances with letter space after each cluster, so that marks stay on their base."""
    clusters = piece.clusters
    own = metrics.stretch if letter > 0 else metrics.shrink
    limits: Iterable[float] = pick(own, clusters)
    if len(set(clusters)) < len(clusters):
        following = (*clusters[1:], -1)
        pairs = zip(clusters, following, limits, strict=True)
        limits = [limit if at != after else 0.0 for at, after, limit in pairs]
    return list(map(add, piece.advances, map(mul, limits, repeat(letter))))


def _align_offset(align: Align, free: float, slot: LineSlot, metrics: ParagraphMetrics) -> float:
    """Return where the line starts within its free width."""
    if align is Align.CENTRE:
        return free / 2
    if align is Align.INNER or align is Align.OUTER:
        return 0.0 if (align is Align.OUTER) is slot.outer_left else free
    if align is Align.LEFT or align is Align.RIGHT:
        return free if align is Align.RIGHT else 0.0
    at_end = (align is Align.END) is metrics.left_to_right
    return free if at_end else 0.0


def _place_glyphs(
    text: str, pieces: Sequence[ShapedItem], widths: Sequence[float], x: float
) -> Iterator[Glyphs]:
    """Place the visible pieces one after the other."""
    for piece, width in zip(pieces, widths, strict=True):
        if piece.ids:
            yield _make_glyphs(text, piece, x)
        x += width


def _make_glyphs(text: str, piece: ShapedItem, x: float) -> Glyphs:
    item, start = piece.item, max(0, piece.start)
    return Glyphs(
        face=item.face,
        size=item.size,
        paint=item.style.paint,
        text=text[start : piece.end] if piece.start >= 0 else "",
        ids=() if item.inline else piece.ids,
        clusters=tuple([cluster - start for cluster in piece.clusters]),
        advances=piece.advances,
        offsets=piece.offsets,
        x=x,
        y=item.rise,
        language=item.style.language,
        left_to_right=item.level % 2 == 0,
        link=item.link,
        origin=item.origin,
        inline=item.inline,
    )


def _sort_by_reading_order(
    metrics: ParagraphMetrics, pieces: Sequence[ShapedItem], placed: Sequence[Glyphs]
) -> Iterator[Glyphs]:
    """Yield the runs in logical order, for text extraction and screen readers; the hyphen at the end is last."""
    shown = [piece.start for piece in pieces if piece.ids]
    starts = [start if start != -1 else len(metrics.text) for start in shown]
    for at in sorted(range(len(placed)), key=starts.__getitem__):
        yield placed[at]


def _height(run: Glyphs) -> float:
    return run.inline.height if run.inline else run.face.ascent


def _measure_extents(runs: Sequence[Glyphs]) -> tuple[float, float]:
    """Return the ascent and descent of the line from its baseline, in points."""
    ascent = max((run.y + _height(run) * run.size for run in runs), default=0.0)
    descent = max((run.face.descent * run.size - run.y for run in runs), default=0.0)
    return ascent, descent
