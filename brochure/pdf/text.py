"""Glyph runs as text operators.

Takes a `GlyphRun` and its font's codes; gives a text object whose glyphs stand within a hundredth of a point of their places,
however long the line, and whose codes say the run's text in order (ISO 32000-1, 9.4, 9.10, 14.8.2.2.3).
"""

from __future__ import annotations

import re
import unicodedata
from collections.abc import Iterable, Iterator
from operator import lt

from brochure.model.display_list import GlyphRun
from brochure.pdf.font_encoding import Code, FontEncoding, PageFont
from brochure.pdf.font_subset import Part
from brochure.pdf.operators import num, nums
from brochure.typeset.bidi import is_left_to_right
from brochure.typeset.lines import Glyphs

SOFT_HYPHEN = "\u00ad"
HYPHENS = (0x2010, 0x2D)
NOWHERE = (0.0, 0.0)
UNSEEN = re.compile("[\u200b-\u200d\u2060]+")
"""Joiners and spaces of no width."""

LOOSE, STEP = 0.04, 0.02
"""From how much room behind it, in ems, a letter gets a code that includes it, and in what steps."""

AnyFont = FontEncoding | PageFont

Shown = tuple[Code, float, float]
"""A code, the place of its glyph along the line, and its rise above the baseline."""

Cluster = tuple[int, int, str]
"""Glyphs that stand for a text together: the first, the one behind the last, and the text."""


def text_operators(run: GlyphRun, font: AnyFont) -> str:
    """The text object of a run; of a run in a language that is written from right to left, one for each code."""
    glyphs = run.glyphs
    if glyphs.left_to_right and is_left_to_right(glyphs.language):
        pieces = _pieces(_shown(glyphs, font), glyphs.size)
        return f"BT {nums(run.x, run.y)} Td {' '.join(pieces)} ET"
    shown = _shown(glyphs, font) if glyphs.left_to_right else _leftward(glyphs, font)
    return " ".join(_apart(run, *one) for one in shown)


def space_operators(run: GlyphRun, font: AnyFont) -> str:
    """A space behind a run, where a line's end took it: it shows nothing, but words stay apart (14.8.2.5)."""
    glyph = font.face.font.get_nominal_glyph(ord(" ")) or 0
    code = font.joined((), " ", 0) if font.joins else font.code(glyph, " ")
    return _apart(run, code, run.glyphs.width if run.glyphs.left_to_right else 0.0, 0.0)


def _apart(run: GlyphRun, code: Code, x: float, rise: float) -> str:
    """One code as a text object.

    Readers differ in what they make of text from right to left: poppler and pdfium turn round what stands on a line from
    left to right, MuPDF and pypdf take codes as they come. Single characters, each on its own and in reading order,
    suit all of them.
    """
    at = nums(run.x + x, run.y + rise)
    return f"BT /{code.resource} {num(run.glyphs.size)} Tf {at} Td <{code.digits}> Tj ET"


def _leftward(glyphs: Glyphs, font: AnyFont) -> Iterator[Shown]:
    """The codes of a run from right to left, in reading order, each for one character.

    A cluster's last character is said by what is seen of it, those before it by codes that show nothing; each has its
    share of the cluster's width.
    """
    x = glyphs.width
    for first, after, text in _with_their_own_room(glyphs):
        width = sum(glyphs.advances[first:after])
        x -= width
        if len(text) < 2 or not font.joins or not width:
            yield from _cluster(glyphs, (first, after, text), font, x)
            continue
        share = width / len(text)
        units = round(share * glyphs.face.upem / glyphs.size)
        for at, char in enumerate(text[:-1]):
            yield font.joined((), char, units), x + share * (len(text) - 1 - at), 0.0
        yield font.joined(_parts(glyphs, first, after), text[-1], units), x, 0.0


def _with_their_own_room(glyphs: Glyphs) -> Iterator[Cluster]:
    """The clusters in reading order, from right to left; those that take no room belong to the one that they follow."""
    held: Cluster | None = None
    for first, after, text in reversed(list(_clusters(glyphs))):
        if held and not any(glyphs.advances[first:after]):
            held = (first, held[1], held[2] + text)
            continue
        if held:
            yield held
        held = (first, after, text)
    if held:
        yield held


def _shown(glyphs: Glyphs, font: AnyFont) -> Iterable[Shown]:
    """The run's codes at their places, from left to right."""
    plain = not glyphs.offsets and glyphs.text and not UNSEEN.search(glyphs.text)
    if plain and all(map(lt, glyphs.clusters, glyphs.clusters[1:])):
        return _singly(glyphs, font)
    return _by_clusters(glyphs, font)


def _singly(glyphs: Glyphs, font: AnyFont) -> list[Shown]:
    """The codes of a run in which each glyph is a cluster of its own, as in most text: the way that must be short."""
    starts = (0, *glyphs.clusters[1:])
    texts = [glyphs.text[a:b] for a, b in zip(starts, (*starts[1:], len(glyphs.text)), strict=True)]
    known, em, loose = font.codes, glyphs.size / 1000, glyphs.size * LOOSE
    shown: list[Shown] = []
    x = 0.0
    for glyph, text, advance in zip(glyphs.ids, texts, glyphs.advances, strict=True):
        code = known.get((glyph, text)) or font.code(glyph, text)
        if advance - code.width * em > loose:
            code = _tracked(font, glyph, text, code, advance / glyphs.size)
        shown.append((code, x, 0.0))
        x += advance
    return shown


def _by_clusters(glyphs: Glyphs, font: AnyFont) -> Iterator[Shown]:
    x = 0.0
    for cluster in _with_what_is_unseen(glyphs):
        yield from _cluster(glyphs, cluster, font, x)
        x += sum(glyphs.advances[cluster[0] : cluster[1]])


def _with_what_is_unseen(glyphs: Glyphs) -> Iterator[Cluster]:
    """The clusters, joiners and the like said together with what they follow: fonts show them by a space of some width."""
    held: Cluster | None = None
    for first, after, text in _clusters(glyphs):
        if held and UNSEEN.fullmatch(text) and not any(glyphs.advances[first:after]):
            held = (held[0], held[1], held[2] + text)
            continue
        if held:
            yield held
        held = (first, after, text)
    if held:
        yield held


def _cluster(glyphs: Glyphs, cluster: Cluster, font: AnyFont, x: float) -> Iterator[Shown]:
    """A cluster's codes: one where it has one glyph or the font joins them, else one a glyph."""
    first, after, text = cluster
    if after - first == 1 and text:
        dx, dy = glyphs.offsets[first] if glyphs.offsets else NOWHERE
        glyph, advance = glyphs.ids[first], glyphs.advances[first]
        code = font.code(glyph, text)
        yield _tracked(font, glyph, text, code, advance / glyphs.size), x + dx, dy
    elif font.joins and text and not text.isspace():
        yield _joined(glyphs, cluster, font), x, 0.0
    else:
        yield from _each(glyphs, cluster, font, x)


def _joined(glyphs: Glyphs, cluster: Cluster, font: AnyFont) -> Code:
    """The code of a cluster's glyphs together, with the room behind them."""
    first, after, text = cluster
    parts = _parts(glyphs, first, after)
    natural = sum(font.face.font.get_glyph_h_advance(part[0]) for part in parts)
    ems = sum(glyphs.advances[first:after]) / glyphs.size
    room = ems - natural / font.face.upem
    wide = natural + round(room // STEP * STEP * font.face.upem) if room > LOOSE else None
    return font.joined(parts, text, wide)


def _tracked(font: AnyFont, glyph: int, text: str, code: Code, advance: float) -> Code:
    """The code of a letter with the room behind it, in ems; in steps, so that few codes do.

    Left as a gap, the room would be taken for a word space by poppler, pypdf and pdfium (from a tenth of an em).
    """
    room = advance - code.width / 1000
    if room <= LOOSE or text.isspace() or not (font.joins or font.widens):
        return code
    units = round((code.width / 1000 + room // STEP * STEP) * font.face.upem)
    return (
        font.joined(((glyph, 0, 0),), text, units)
        if font.joins
        else font.widened(glyph, text, units)
    )


def _clusters(glyphs: Glyphs) -> Iterator[Cluster]:
    """The run's clusters in visual order: the first glyph, the one behind the last, and the text."""
    numbers = glyphs.clusters
    starts = sorted(set(numbers))
    ends = dict(zip(starts, [*starts[1:], len(glyphs.text)], strict=True))
    least, at, count = starts[0], 0, len(numbers)
    while at < count:
        number, first = numbers[at], at
        while at < count and numbers[at] == number:
            at += 1
        yield first, at, glyphs.text[number if number > least else 0 : ends[number]]


def _parts(glyphs: Glyphs, first: int, after: int) -> tuple[Part, ...]:
    """The cluster's glyphs and where they stand from its start, in the font's units."""
    scale = glyphs.face.upem / glyphs.size
    parts, x = [], 0.0
    for at in range(first, after):
        dx, dy = glyphs.offsets[at] if glyphs.offsets else NOWHERE
        parts.append((glyphs.ids[at], round((x + dx) * scale), round(dy * scale)))
        x += glyphs.advances[at]
    return tuple(parts)


def _each(glyphs: Glyphs, cluster: Cluster, font: AnyFont, x: float) -> Iterator[Shown]:
    """A cluster glyph by glyph, with the text dealt out among them."""
    first, after, text = cluster
    dealt = _dealt(text, after - first) if text else _unsaid(glyphs, first, after)
    for at, said in zip(range(first, after), dealt, strict=True):
        dx, dy = glyphs.offsets[at] if glyphs.offsets else NOWHERE
        yield font.code(glyphs.ids[at], said), x + dx, dy
        x += glyphs.advances[at]


def _dealt(text: str, count: int) -> list[str]:
    """A text in as many parts as there are glyphs: white space to each, else characters while there are any."""
    if text.isspace():
        return [" "] * count
    chars = list(text if len(text) >= count else unicodedata.normalize("NFD", text))
    return [*chars[: count - 1], "".join(chars[count - 1 :])] + [""] * (count - 1 - len(chars))


def _unsaid(glyphs: Glyphs, first: int, after: int) -> list[str]:
    """What stands for glyphs without a text: a soft hyphen for the hyphen that divides a word, else white space."""
    nominal = {glyphs.face.font.get_nominal_glyph(char) for char in HYPHENS}
    return [SOFT_HYPHEN if glyph in nominal else " " for glyph in glyphs.ids[first:after]]


def _pieces(shown: Iterable[Shown], size: float) -> Iterator[str]:
    """TJ arrays, parted where the font's layer or the rise changes.

    Adjustments are whole thousandths of an em; each is reckoned from where the pen really is, so that what rounding
    leaves is never added up.
    """
    array: list[str] = []
    digits: list[str] = []
    pen, rise, resource = 0.0, 0.0, ""
    em, half = size / 1000, size / 2000
    for code, x, lift in shown:
        if lift != rise or code.resource != resource:
            yield from _closed(array, digits)
            if code.resource != resource:
                resource = code.resource
                yield f"/{resource} {num(size)} Tf"
            if lift != rise:
                rise = lift
                yield f"{num(rise)} Ts"
        if not -half <= pen - x <= half:
            move = round((pen - x) / em)
            if digits:
                array.append(f"<{''.join(digits)}>")
                digits.clear()
            array.append(str(move))
            pen -= move * em
        digits.append(code.digits)
        pen += code.width * em
    yield from _closed(array, digits)
    if rise:
        yield "0 Ts"


def _closed(array: list[str], digits: list[str]) -> Iterator[str]:
    """The array in hand, shown."""
    if digits:
        array.append(f"<{''.join(digits)}>")
        digits.clear()
    if array:
        yield f"[{' '.join(array)}] TJ"
        array.clear()
