"""Justifying: the lines that were cut, as glyphs at their places.

Takes a paragraph's shaped items and its cuts; gives `Line`s: glyphs in visual order (UAX #9, L2), word and letter spaces
stretched or shrunk to the measure, punctuation hung, tabs and leaders set, underlines and strikes drawn. The last of the
five steps of setting.
"""

from __future__ import annotations

from array import array
from collections.abc import Iterator, Sequence

from brochure.fast_dataclass import dataclass
from brochure.typeset.advances import STRETCHING
from brochure.typeset.bidi import visual_order
from brochure.typeset.compose import ENOUGH, Cut
from brochure.typeset.decorations import find_decorations
from brochure.typeset.hanging_punctuation import HYPHEN, right_share
from brochure.typeset.lines import Glyphs, Line, LineSlot
from brochure.typeset.paragraph_metrics import ParagraphMetrics
from brochure.typeset.reshaping import hyphen, slice_item
from brochure.typeset.script_rules import Elasticity, rules_for_language
from brochure.typeset.shape import ShapedItem, resolve_tracking
from brochure.typeset.style import Align
from brochure.typeset.tabs import apply_tabs

TIGHTER = 1.02
"""By how much composing and setting may differ on what a line can take: in lines of two directions, which letter is last."""


FULL = 1.0 + 1e-9
"""The ratio up to which a line keeps within its limits."""


@dataclass(frozen=True, slots=True)
class LineFit:
    """How a line is made to fill its slot: points added per point of space, and a share of what may follow each letter.

    A `loose` line would need more than its script allows, and is not filled.
    """

    space: float = 0.0
    letter: float = 0.0
    ratio: float = 0.0
    loose: bool = False


def set_line(stick: ParagraphMetrics, cut: Cut, slot: LineSlot) -> Line:
    """One line of the paragraph in its slot; its last line is never stretched."""
    style = stick.style
    indent = style.indent_start + (style.indent_first if cut.start == 0 else 0.0)
    measure = slot.width - indent - style.indent_end
    left = slot.x + (indent if stick.left_to_right else style.indent_end)
    pieces = list(_pieces(stick, cut))
    out_left, out_right = _standing_out(stick, cut, pieces)
    wide = sum(sum(piece.advances) for piece in pieces) - out_left - out_right
    fit = _fit(stick, cut, pieces, measure - wide)
    if fit.letter:
        out_right += _behind_last(stick, pieces, fit.letter) * fit.letter
    pieces = [_spaced(stick, piece, fit) for piece in pieces]
    if "\t" in stick.text[cut.start : cut.end]:
        pieces = apply_tabs(pieces, stick.text, style, measure, left_to_right=stick.left_to_right)
    filled = sum(sum(piece.advances) for piece in pieces) - out_left - out_right
    x = left + _indent_for(style.align, measure - filled, stick) - out_left
    placed = list(_in_a_row(stick.text, pieces, x))
    ascent, descent = _extents(placed)
    return Line(
        tuple(_in_reading_order(stick, pieces, placed)),
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
    )


# What stands in the line


def _pieces(stick: ParagraphMetrics, cut: Cut) -> Iterator[ShapedItem]:
    """The shaped parts of the line in visual order, with the hyphen that divides its last word."""
    parts = list(_parts(stick, cut.start, cut.end))
    if cut.hyphen and parts:
        parts.append(hyphen(parts[-1].item))
    for at in visual_order([part.item.level for part in parts]):
        yield parts[at]


def _parts(stick: ParagraphMetrics, start: int, end: int) -> Iterator[ShapedItem]:
    """The items of a stretch of the text, parted at tabs, which belong to no glyphs."""
    while start < end:
        shaped = stick.holder(start)
        until = min(end, shaped.item.end)
        tab = stick.text.find("\t", start, until)
        if tab >= 0:
            until = tab if tab > start else tab + 1
        yield slice_item(shaped, start, until, stick.text)
        start = until


# Filling the slot


def _standing_out(
    stick: ParagraphMetrics, cut: Cut, pieces: Sequence[ShapedItem]
) -> tuple[float, float]:
    """How far marks hang at the left and the right edge, there with the room that tracking puts behind the last letter."""
    if not pieces:
        return 0.0, 0.0
    at_start = at_end = 0.0
    if stick.style.hanging_punctuation:
        at_start = stick.widths.hang_left(cut.start, stick.style.type.size)
        at_end = _hung_at_end(stick.text, cut.end, pieces)
        if cut.hyphen:
            divided = next(piece for piece in pieces if piece.start < 0)
            at_end = sum(divided.advances) * HYPHEN
    left, right = (at_start, at_end) if stick.left_to_right else (at_end, at_start)
    return left, right + _tracking_behind(pieces[-1])


def _hung_at_end(text: str, end: int, pieces: Sequence[ShapedItem]) -> float:
    """How far the last mark stands out, as wide as it is in this line: a kern may have fallen away behind it."""
    share = right_share(text[end - 1]) if end else 0.0
    if not share:
        return 0.0
    return share * sum(
        advance
        for piece in pieces
        if piece.end == end
        for cluster, advance in zip(piece.clusters, piece.advances, strict=True)
        if cluster == end - 1
    )


def _tracking_behind(piece: ShapedItem) -> float:
    shown = piece.start >= 0 and any(piece.advances)
    return resolve_tracking(piece.item) if shown else 0.0


def _fit(stick: ParagraphMetrics, cut: Cut, pieces: Sequence[ShapedItem], spare: float) -> LineFit:
    """How the spaces give or take what the line has to spare."""
    style = stick.style
    word = style.word_space
    ideal = word.ideal - 1
    space = stick.widths.space[cut.end] - stick.widths.space[cut.start]
    spare -= space * ideal
    last = cut.following >= len(stick.text) or stick.text[cut.following - 1] == "\n"
    held = "\t" in stick.text[cut.start : cut.end] or (last and spare >= 0)
    if style.align is not Align.JUSTIFY or held:
        return LineFit(space=ideal)
    wider = spare > 0
    by_word = max(0.0, word.most - word.ideal if wider else word.ideal - word.least)
    sums = stick.widths.mores if wider else stick.widths.lesses
    letters = sums[cut.end] - sums[cut.start] - _behind_last(stick, pieces, spare)
    capacity = space * by_word + letters
    slack = rules_for_language(style.type.language).slack
    if capacity <= 0:
        return LineFit(space=ideal, loose=slack.unspaced and spare > ENOUGH)
    ratio = max(-TIGHTER, spare / capacity)
    # Letters are never spaced beyond what the style allows: a line that is too loose opens between its words.
    in_letters = max(-TIGHTER, min(1.0, ratio))
    in_words = (ratio * capacity - in_letters * letters) / space if space else 0.0
    if _is_loose(slack, ratio, 1 + ideal + in_words):
        return LineFit(space=ideal, ratio=ratio, loose=True)
    return LineFit(ideal + in_words, in_letters, ratio)


def _is_loose(slack: Elasticity, ratio: float, space: float) -> bool:
    """Whether a line is wider than its script's custom allows: at its word ends, or at its spaces."""
    return ratio > FULL and (slack.unspaced or space > slack.space)


def _behind_last(stick: ParagraphMetrics, pieces: Sequence[ShapedItem], spare: float) -> float:
    """What may be added behind the letter at the right edge, or taken there: none of it shows."""
    last = pieces[-1] if pieces else None
    if last is None or last.start < 0:
        return 0.0
    rooms = stick.widths.more if spare > 0 else stick.widths.less
    shown = zip(reversed(last.clusters), reversed(last.advances), strict=True)
    return next((rooms[cluster] for cluster, advance in shown if advance), 0.0)


def _spaced(stick: ParagraphMetrics, piece: ShapedItem, fit: LineFit) -> ShapedItem:
    """The piece with its spaces and letters as wide as the fit makes them."""
    if piece.start < 0 or not (fit.space or fit.letter):
        return piece
    advances = _letterspaced(stick, piece, fit.letter) if fit.letter else piece.advances
    text, more = stick.text, fit.space
    pairs = zip(piece.clusters, piece.advances, advances, strict=True)
    wider = [
        advance + own * more if text[cluster] in STRETCHING else advance
        for cluster, own, advance in pairs
    ]
    return piece.widened(array("d", wider))


def _letterspaced(stick: ParagraphMetrics, piece: ShapedItem, letter: float) -> Sequence[float]:
    """The advances with letter space behind each cluster, so that marks move along with their base."""
    following = (*piece.clusters[1:], -1)
    rooms = stick.widths.more if letter > 0 else stick.widths.less
    return [
        advance + rooms[cluster] * letter if cluster != after else advance
        for cluster, after, advance in zip(piece.clusters, following, piece.advances, strict=True)
    ]


def _indent_for(align: Align, spare: float, stick: ParagraphMetrics) -> float:
    """Where the line begins in what it has to spare."""
    if align is Align.CENTRE:
        return spare / 2
    if align is Align.LEFT or align is Align.RIGHT:
        return spare if align is Align.RIGHT else 0.0
    at_end = (align is Align.END) is stick.left_to_right
    return spare if at_end else 0.0


def _in_a_row(text: str, pieces: Sequence[ShapedItem], x: float) -> Iterator[Glyphs]:
    """The pieces that show anything, one behind the other."""
    for piece in pieces:
        if piece.ids:
            yield _glyphs(text, piece, x)
        x += sum(piece.advances)


def _glyphs(text: str, piece: ShapedItem, x: float) -> Glyphs:
    item, start = piece.item, max(0, piece.start)
    return Glyphs(
        face=item.face,
        size=item.size,
        paint=item.style.paint,
        text=text[start : piece.end] if piece.start >= 0 else "",
        ids=tuple(piece.ids),
        clusters=tuple([cluster - start for cluster in piece.clusters]),
        advances=tuple(piece.advances),
        offsets=piece.offsets,
        x=x,
        y=item.rise,
        language=item.style.language,
        left_to_right=item.level % 2 == 0,
        link=item.link,
        span=item.span,
    )


def _in_reading_order(
    stick: ParagraphMetrics, pieces: Sequence[ShapedItem], placed: Sequence[Glyphs]
) -> Iterator[Glyphs]:
    """The runs as they are read, wherever they stand: who copies or hears the page takes them in this order."""
    shown = [piece.start for piece in pieces if piece.ids]
    starts = [start if start >= 0 else len(stick.text) for start in shown]
    for at in sorted(range(len(placed)), key=starts.__getitem__):
        yield placed[at]


def _extents(runs: Sequence[Glyphs]) -> tuple[float, float]:
    """How far the line reaches above and below its baseline, in points."""
    ascent = max((run.y + run.face.ascent * run.size for run in runs), default=0.0)
    descent = max((run.face.descent * run.size - run.y for run in runs), default=0.0)
    return ascent, descent
