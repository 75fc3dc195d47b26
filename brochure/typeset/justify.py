"""Justifying: the lines that were cut, as glyphs at their places.

Takes a paragraph's shaped items and its cuts; gives `Line`s: glyphs in visual order (UAX #9, L2), word and letter spaces
stretched or shrunk to the measure, punctuation hung, tabs and leaders set, underlines and strikes drawn. The last of the
five steps of setting.
"""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import dataclass, replace

from brochure.typeset.bidi import visual_order
from brochure.typeset.compose import Cut
from brochure.typeset.hanging import HYPHEN
from brochure.typeset.itemize import Item
from brochure.typeset.line import Bar, Glyphs, Line, Slot
from brochure.typeset.measure import STRETCHING, Widths
from brochure.typeset.shape import NO_TRACKING, Shaped, shape
from brochure.typeset.style import Align, ParagraphStyle
from brochure.typeset.tabs import tabbed

HYPHENS = ("\u2010", "-")


@dataclass(frozen=True, slots=True)
class Stick:
    """A paragraph ready to be set in lines: its text, shaped items, widths, style and direction."""

    text: str
    items: tuple[Shaped, ...]
    widths: Widths
    style: ParagraphStyle
    rightward: bool


@dataclass(frozen=True, slots=True)
class Fit:
    """How a line is made to fill its slot: points added per point of space, and per em of each letter."""

    space: float = 0.0
    letter: float = 0.0
    ratio: float = 0.0


def set_line(stick: Stick, cut: Cut, slot: Slot) -> Line:
    """One line of the paragraph in its slot; its last line is never stretched."""
    style = stick.style
    indent = style.indent_start + (style.indent_first if cut.start == 0 else 0.0)
    measure = slot.width - indent - style.indent_end
    left = slot.x + (indent if stick.rightward else style.indent_end)
    pieces = list(_pieces(stick, cut))
    hung_left, hung_right = _hung(stick, cut, pieces)
    wide = sum(sum(piece.advances) for piece in pieces) - hung_left - hung_right
    fit = _fit(stick, cut, pieces, measure - wide)
    runs = [_glyphs(stick, piece, fit) for piece in pieces]
    filled = sum(run.width for run in runs) - hung_left - hung_right
    if "\t" in stick.text[cut.start : cut.end]:
        runs, filled = tabbed(runs, style, measure, rightward=stick.rightward)
    x = left + _indent_for(style.align, measure - filled, stick) - hung_left
    placed = list(_in_a_row(runs, x))
    ascent, descent = _extents(runs)
    return Line(
        tuple(_in_reading_order(stick, pieces, placed)),
        tuple(_bars(stick, pieces, placed)),
        left,
        measure,
        x + hung_left,
        x + hung_left + filled,
        ascent,
        descent,
        cut.start,
        cut.following,
        cut.hyphen,
        fit.ratio,
    )


# What stands in the line


def _pieces(stick: Stick, cut: Cut) -> Iterator[Shaped]:
    """The shaped parts of the line in visual order, with the hyphen that divides its last word."""
    parts = [
        part
        for shaped in stick.items
        if shaped.item.end > cut.start and shaped.item.start < cut.end
        for part in _parted(
            shaped, max(cut.start, shaped.item.start), min(cut.end, shaped.item.end), stick.text
        )
    ]
    if cut.hyphen and parts:
        parts.append(_hyphen(parts[-1].item))
    for at in visual_order([part.item.level for part in parts]):
        yield parts[at]


def _parted(shaped: Shaped, start: int, end: int, text: str) -> Iterator[Shaped]:
    """The stretch of an item, parted at tabs, which belong to no glyphs."""
    begun = start
    while (tab := text.find("\t", begun, end)) >= 0:
        if tab > begun:
            yield _slice(shaped, begun, tab, text)
        yield _slice(shaped, tab, tab + 1, text)
        begun = tab + 1
    if begun < end:
        yield _slice(shaped, begun, end, text)


def _slice(shaped: Shaped, start: int, end: int, text: str) -> Shaped:
    """The glyphs from start to end; shaped anew where the cut would change them."""
    item = shaped.item
    if start == item.start and end == item.end:
        return shaped
    part = _shortened(item, start, end)
    if _unsafe(shaped, start) or _unsafe(shaped, end):
        return shape(part, text[:end] if end < item.end else text)
    chosen = [at for at, cluster in enumerate(shaped.clusters) if start <= cluster < end]
    first, last = (chosen[0], chosen[-1] + 1) if chosen else (0, 0)
    return Shaped(
        part,
        shaped.ids[first:last],
        shaped.clusters[first:last],
        shaped.advances[first:last],
        shaped.offsets[first:last],
        shaped.unsafe,
    )


def _shortened(item: Item, start: int, end: int) -> Item:
    if item.shown is None:
        return replace(item, start=start, end=end)
    kept = [at for at, origin in enumerate(item.origins) if start <= origin < end]
    shown = "".join(item.shown[at] for at in kept)
    origins = tuple(item.origins[at] for at in kept)
    return replace(item, start=start, end=end, shown=shown, origins=origins)


def _unsafe(shaped: Shaped, place: int) -> bool:
    item = shaped.item
    if place in (item.start, item.end):
        return False
    return place in shaped.unsafe or place not in shaped.clusters


def hyphen_of(item: Item) -> str:
    """The hyphen that the item's face has."""
    return next((char for char in HYPHENS if item.face.program.has(char)), HYPHENS[-1])


def _hyphen(item: Item) -> Shaped:
    """The hyphen at a line's end: a glyph that stands for no character of the text."""
    alone = replace(item, start=0, end=1, shown=None, origins=(), features=())
    made = shape(alone, hyphen_of(item))
    return replace(made, item=replace(alone, start=-1, end=-1))


# Filling the slot


def _hung(stick: Stick, cut: Cut, pieces: Sequence[Shaped]) -> tuple[float, float]:
    """How far the first and the last mark stand outside, at the left and the right edge."""
    if not stick.style.hang or not pieces:
        return 0.0, 0.0
    at_start = stick.widths.hang_left(cut.start)
    if cut.hyphen:
        hyphen = next(piece for piece in pieces if piece.item.start < 0)
        at_end = sum(hyphen.advances) * HYPHEN
    else:
        at_end = stick.widths.hang_right(cut.end)
    return (at_start, at_end) if stick.rightward else (at_end, at_start)


def _fit(stick: Stick, cut: Cut, pieces: Sequence[Shaped], spare: float) -> Fit:
    """How the spaces give or take what the line has to spare."""
    style = stick.style
    ideal = style.word_space.ideal - 1
    space = _spaces(stick, pieces)
    spare -= space * ideal
    last = cut.following >= len(stick.text) or stick.text[cut.following - 1] == "\n"
    if style.align is not Align.JUSTIFY or "\t" in stick.text or (last and spare >= 0):
        return Fit(space=ideal)
    ems = sum(piece.item.size * len(piece.ids) for piece in pieces if _letterspaced(piece))
    widest = spare > 0
    by_word = (
        style.word_space.most - style.word_space.ideal
        if widest
        else (style.word_space.ideal - style.word_space.least)
    )
    by_letter = abs(style.letter_space.most if widest else style.letter_space.least) / 1000
    capacity = space * by_word + ems * by_letter
    if capacity <= 0:
        return Fit(space=ideal)
    ratio = max(-1.0, spare / capacity)
    in_letters = max(-1.0, min(1.0, ratio)) * by_letter
    rest = (ratio * capacity) - in_letters * ems
    return Fit(ideal + rest / space if space else 0.0, in_letters, ratio)


def _spaces(stick: Stick, pieces: Sequence[Shaped]) -> float:
    """The width of the spaces that may stretch."""
    return sum(
        advance
        for piece in pieces
        if piece.item.start >= 0
        for cluster, advance in zip(piece.clusters, piece.advances, strict=True)
        if stick.text[cluster] in STRETCHING
    )


def _letterspaced(piece: Shaped) -> bool:
    return piece.item.script not in NO_TRACKING


def _glyphs(stick: Stick, piece: Shaped, fit: Fit) -> Glyphs:
    item = piece.item
    start = item.start
    advances = piece.advances
    if start >= 0 and (fit.space or fit.letter):
        letter = fit.letter * item.size if _letterspaced(piece) else 0.0
        text, more = stick.text, 1 + fit.space
        advances = tuple(
            (advance * more if text[cluster] in STRETCHING else advance)
            + (letter if advance else 0.0)
            for cluster, advance in zip(piece.clusters, advances, strict=True)
        )
    return Glyphs(
        face=item.face,
        size=item.size,
        paint=item.style.paint,
        text=stick.text[start : item.end] if start >= 0 else "",
        ids=piece.ids,
        clusters=tuple(cluster - start for cluster in piece.clusters)
        if start >= 0
        else (0,) * len(piece.ids),
        advances=advances,
        offsets=piece.offsets,
        x=0.0,
        y=item.rise,
        language=item.style.language,
        rightward=item.level % 2 == 0,
        link=item.link,
        span=item.span,
    )


def _indent_for(align: Align, spare: float, stick: Stick) -> float:
    """Where the line begins in what it has to spare."""
    if align is Align.CENTRE:
        return spare / 2
    if align is Align.LEFT or align is Align.RIGHT:
        return spare if align is Align.RIGHT else 0.0
    at_end = (align is Align.END) is stick.rightward
    return spare if at_end else 0.0


def _in_a_row(runs: Sequence[Glyphs], x: float) -> Iterator[Glyphs]:
    for run in runs:
        width = run.width
        if run.ids:
            yield replace(run, x=x)
        x += width


def _in_reading_order(
    stick: Stick, pieces: Sequence[Shaped], placed: Sequence[Glyphs]
) -> Iterator[Glyphs]:
    """The runs as they are read, wherever they stand: who copies or hears the page takes them in this order."""
    shown = [piece.item.start for piece in pieces if piece.ids]
    starts = [start if start >= 0 else len(stick.text) for start in shown]
    for at in sorted(range(len(placed)), key=starts.__getitem__):
        yield placed[at]


def _extents(runs: Sequence[Glyphs]) -> tuple[float, float]:
    """How far the line reaches above and below its baseline, in points."""
    ascent = max((run.y + run.face.ascent * run.size for run in runs), default=0.0)
    descent = max((run.face.descent * run.size - run.y for run in runs), default=0.0)
    return ascent, descent


# Underlines and strikes


def _bars(stick: Stick, pieces: Sequence[Shaped], placed: Sequence[Glyphs]) -> Iterator[Bar]:
    shown = [piece for piece in pieces if piece.ids]
    if len(shown) != len(placed):
        return
    for piece, run in zip(shown, placed, strict=True):
        style, face = piece.item.style, run.face
        thickness = max(face.underline_thickness, 0.03) * run.size
        if style.underline:
            y = run.y + face.underline_position * run.size - thickness / 2
            yield Bar(run.x, y, run.width, thickness, run.paint)
        if style.strike:
            y = run.y + face.strike_position * run.size - thickness / 2
            yield Bar(run.x, y, run.width, thickness, run.paint)
