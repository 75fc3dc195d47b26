"""Text operators for glyph runs (ISO 32000-1, 9.4, 9.10, 14.8.2.2.3).

Glyphs are positioned within a hundredth of a point, however long the line, and their codes represent the run's text in order.
"""

from __future__ import annotations

import unicodedata
from collections.abc import Iterable, Iterator, Sequence
from functools import lru_cache
from itertools import accumulate, compress, repeat
from math import fsum, inf
from operator import attrgetter, lt, mul, sub

from brochure.lazy_pattern import compile_lazily
from brochure.model.display_list import GlyphRun
from brochure.pdf.font_encoding import Code, FontEncoding, PageFont
from brochure.pdf.font_subset import Part
from brochure.pdf.objects import num, nums
from brochure.typeset.bidi import is_left_to_right
from brochure.typeset.lines import Glyphs

SOFT_HYPHEN = "\u00ad"
HYPHENS = (0x2010, 0x2D)
NO_OFFSET = (0.0, 0.0)
INVISIBLE = compile_lazily("[\u200b-\u200d\u2060]+")
"""Joiners and zero-width spaces."""

LOOSE, STEP = 0.04, 0.02
"""Least extra space, in ems, for which a letter gets a code with a wider advance, and its steps."""

NO_CODE = Code("", "", inf)
"""Stands for a code that the page has not used yet."""

RESOURCE, DIGITS, WIDTH = map(attrgetter, ("resource", "digits", "width"))

AnyFont = FontEncoding | PageFont

PlacedCode = tuple[Code, float, float]
"""A code, the position of its glyph along the line, and its rise above the baseline."""

Cluster = tuple[int, int, str]
"""Glyphs that represent a text together: index of the first, index after the last, and the text."""


def text_operators(run: GlyphRun, font: AnyFont) -> str:
    """Return a run's text object; in languages written from right to left, one for each code."""
    glyphs = run.glyphs
    if glyphs.left_to_right and is_left_to_right(glyphs.language):
        codes = _character_codes(glyphs, font)
        if codes and len(set(map(RESOURCE, codes))) == 1:
            pieces: Iterable[str] = _plain_pieces(glyphs, codes)
        else:
            pieces = _pieces(_placed_codes(glyphs, font), glyphs.size)
        return f"BT {nums(run.x, run.y)} Td {' '.join(pieces)} ET"
    placed_codes = (
        _placed_codes(glyphs, font) if glyphs.left_to_right else _right_to_left_codes(glyphs, font)
    )
    return " ".join(_single_code(run, *one) for one in placed_codes)


def space_operators(run: GlyphRun, font: AnyFont) -> str:
    """Return a space after a run, dropped at the line end: it shows nothing, but separates words (14.8.2.5)."""
    glyph = font.face.font.get_nominal_glyph(ord(" ")) or 0
    code = font.joined((), " ", 0) if font.joins else font.code(glyph, " ")
    return _single_code(run, code, run.glyphs.width if run.glyphs.left_to_right else 0.0, 0.0)


def _single_code(run: GlyphRun, code: Code, x: float, rise: float) -> str:
    """Return one code as a text object.

    PDF readers differ in right-to-left text: poppler and pdfium reverse the characters of a line from left to right, MuPDF and
    pypdf use the order of the codes. Single characters in reading order work in all of them.
    """
    at = nums(run.x + x, run.y + rise)
    return f"BT /{code.resource} {num(run.glyphs.size)} Tf {at} Td <{code.digits}> Tj ET"


def _right_to_left_codes(glyphs: Glyphs, font: AnyFont) -> Iterator[PlacedCode]:
    """Yield the codes of a right-to-left run in reading order, each for one character.

    A cluster's last character is represented by its glyphs, the others by invisible codes; each has an equal share of the
    cluster's width.
    """
    x = glyphs.width
    for first, after, text in _clusters_with_advance(glyphs):
        width = fsum(glyphs.advances[first:after])
        x -= width
        if len(text) < 2 or not font.joins or not width:
            yield from _cluster(glyphs, (first, after, text), font, x)
            continue
        share = width / len(text)
        units = round(share * glyphs.face.upem / glyphs.size)
        for at, char in enumerate(text[:-1]):
            yield font.joined((), char, units), x + share * (len(text) - 1 - at), 0.0
        yield font.joined(_parts(glyphs, first, after), text[-1], units), x, 0.0


def _clusters_with_advance(glyphs: Glyphs) -> Iterator[Cluster]:
    """Yield the clusters in reading order, from right to left; those without advance join the preceding one."""
    pending: Cluster | None = None
    for first, after, text in reversed(list(_clusters(glyphs))):
        if pending and not any(glyphs.advances[first:after]):
            pending = (first, pending[1], pending[2] + text)
            continue
        if pending:
            yield pending
        pending = (first, after, text)
    if pending:
        yield pending


def _placed_codes(glyphs: Glyphs, font: AnyFont) -> Iterable[PlacedCode]:
    """Return the run's codes with their positions, from left to right."""
    plain = not glyphs.offsets and glyphs.text and not INVISIBLE.search(glyphs.text)
    if plain and all(map(lt, glyphs.clusters, glyphs.clusters[1:])):
        return _single_glyph_codes(glyphs, font)
    return _by_clusters(glyphs, font)


def _single_glyph_codes(glyphs: Glyphs, font: AnyFont) -> list[PlacedCode]:
    """Return the codes of a run in which each glyph is a cluster: the fast path for most text."""
    starts = (0, *glyphs.clusters[1:])
    texts = [glyphs.text[a:b] for a, b in zip(starts, (*starts[1:], len(glyphs.text)), strict=True)]
    codes, em, loose = font.codes, glyphs.size / 1000, glyphs.size * LOOSE
    placed_codes: list[PlacedCode] = []
    x = 0.0
    for glyph, text, advance in zip(glyphs.ids, texts, glyphs.advances, strict=True):
        code = codes.get((glyph, text)) or font.code(glyph, text)
        if advance - code.width * em > loose:
            code = _letter_code(font, glyph, text, code, advance / glyphs.size)
        placed_codes.append((code, x, 0.0))
        x += advance
    return placed_codes


def _character_codes(glyphs: Glyphs, font: AnyFont) -> list[Code] | None:
    """Return the codes of a run in which each character has one glyph, and no letter a wider advance, as in most text; else None.

    Codes are requested in the order of the text, so that `_placed_codes` may follow.
    """
    text, ids, advances = glyphs.text, glyphs.ids, glyphs.advances
    is_plain = len(text) == len(ids) and not glyphs.offsets
    if not is_plain or glyphs.clusters != _numbers(len(text)) or INVISIBLE.search(text):
        return None
    em, loose = glyphs.size / 1000, glyphs.size * LOOSE
    found = list(map(font.codes.get, zip(ids, text, strict=True)))
    codes = [code or NO_CODE for code in found]
    extra = map(sub, advances, map(mul, map(WIDTH, codes), repeat(em)))
    wider = "".join(compress(text, map(lt, repeat(loose), extra)))
    if wider and not wider.isspace():
        return None
    if not all(found):
        for at, code in enumerate(codes):
            if code is NO_CODE:
                codes[at] = font.code(ids[at], text[at])
                if advances[at] - codes[at].width * em > loose and not text[at].isspace():
                    return None
    return codes


@lru_cache(maxsize=512)
def _numbers(count: int) -> tuple[int, ...]:
    """Return the clusters of a run in which each character is one."""
    return tuple(range(count))


def _by_clusters(glyphs: Glyphs, font: AnyFont) -> Iterator[PlacedCode]:
    x = 0.0
    for cluster in _clusters_with_invisible(glyphs):
        yield from _cluster(glyphs, cluster, font, x)
        x += fsum(glyphs.advances[cluster[0] : cluster[1]])


def _clusters_with_invisible(glyphs: Glyphs) -> Iterator[Cluster]:
    """Yield the clusters; invisible characters join the preceding one, since fonts show them as spaces of some width."""
    pending: Cluster | None = None
    for first, after, text in _clusters(glyphs):
        if pending and INVISIBLE.fullmatch(text) and not any(glyphs.advances[first:after]):
            pending = (pending[0], pending[1], pending[2] + text)
            continue
        if pending:
            yield pending
        pending = (first, after, text)
    if pending:
        yield pending


def _cluster(glyphs: Glyphs, cluster: Cluster, font: AnyFont, x: float) -> Iterator[PlacedCode]:
    """Yield a cluster's codes: one if it has one glyph or the font joins them, else one for each glyph."""
    first, after, text = cluster
    if after - first == 1 and text:
        dx, dy = glyphs.offsets[first] if glyphs.offsets else NO_OFFSET
        glyph, advance = glyphs.ids[first], glyphs.advances[first]
        code = font.code(glyph, text)
        yield _letter_code(font, glyph, text, code, advance / glyphs.size), x + dx, dy
    elif font.joins and text and not text.isspace():
        yield _joined_code(glyphs, cluster, font), x, 0.0
    else:
        yield from _glyph_codes(glyphs, cluster, font, x)


def _joined_code(glyphs: Glyphs, cluster: Cluster, font: AnyFont) -> Code:
    """Return the code of a cluster's glyphs together, including the extra space after them."""
    first, after, text = cluster
    parts = _parts(glyphs, first, after)
    natural = sum(font.face.font.get_glyph_h_advance(part[0]) for part in parts)
    ems = fsum(glyphs.advances[first:after]) / glyphs.size
    extra = ems - natural / font.face.upem
    advance = natural + round(extra // STEP * STEP * font.face.upem) if extra > LOOSE else None
    return font.joined(parts, text, advance)


def _letter_code(font: AnyFont, glyph: int, text: str, code: Code, advance: float) -> Code:
    """Return the code of a letter including the extra space after it, in steps that limit the number of codes.

    As a gap, the space would be extracted as a word space by poppler, pypdf and pdfium (from a tenth of an em).
    """
    extra = advance - code.width / 1000
    if extra <= LOOSE or text.isspace() or not (font.joins or font.widens):
        return code
    units = round((code.width / 1000 + extra // STEP * STEP) * font.face.upem)
    return (
        font.joined(((glyph, 0, 0),), text, units)
        if font.joins
        else font.widened(glyph, text, units)
    )


def _clusters(glyphs: Glyphs) -> Iterator[Cluster]:
    """Yield the run's clusters in visual order."""
    numbers = glyphs.clusters
    starts = sorted(set(numbers))
    ends = dict(zip(starts, [*starts[1:], len(glyphs.text)], strict=True))
    first_start, at, count = starts[0], 0, len(numbers)
    while at < count:
        number, first = numbers[at], at
        while at < count and numbers[at] == number:
            at += 1
        yield first, at, glyphs.text[number if number > first_start else 0 : ends[number]]


def _parts(glyphs: Glyphs, first: int, after: int) -> tuple[Part, ...]:
    """Return the cluster's glyphs and their offsets from its start, in font units."""
    scale = glyphs.face.upem / glyphs.size
    parts, x = [], 0.0
    for at in range(first, after):
        dx, dy = glyphs.offsets[at] if glyphs.offsets else NO_OFFSET
        parts.append((glyphs.ids[at], round((x + dx) * scale), round(dy * scale)))
        x += glyphs.advances[at]
    return tuple(parts)


def _glyph_codes(glyphs: Glyphs, cluster: Cluster, font: AnyFont, x: float) -> Iterator[PlacedCode]:
    """Yield a cluster glyph by glyph, with the text distributed among the glyphs."""
    first, after, text = cluster
    parts_of_text = (
        _distribute(text, after - first) if text else _text_for_glyphs(glyphs, first, after)
    )
    for at, part in zip(range(first, after), parts_of_text, strict=True):
        dx, dy = glyphs.offsets[at] if glyphs.offsets else NO_OFFSET
        yield font.code(glyphs.ids[at], part), x + dx, dy
        x += glyphs.advances[at]


def _distribute(text: str, count: int) -> list[str]:
    """Split a text into as many parts as glyphs: a space for each, or characters while there are any."""
    if text.isspace():
        return [" "] * count
    chars = list(text if len(text) >= count else unicodedata.normalize("NFD", text))
    return [*chars[: count - 1], "".join(chars[count - 1 :])] + [""] * (count - 1 - len(chars))


def _text_for_glyphs(glyphs: Glyphs, first: int, after: int) -> list[str]:
    """Return text for glyphs without a text: a soft hyphen for the hyphen of a divided word, else spaces."""
    nominal = {glyphs.face.font.get_nominal_glyph(char) for char in HYPHENS}
    return [SOFT_HYPHEN if glyph in nominal else " " for glyph in glyphs.ids[first:after]]


def _pieces(placed_codes: Iterable[PlacedCode], size: float) -> Iterator[str]:
    """Yield TJ arrays, split where the font layer or the rise changes.

    Adjustments are whole thousandths of an em, computed from the actual position, so that rounding errors do not add up.
    """
    array: list[str] = []
    digits: list[str] = []
    pen, rise, resource = 0.0, 0.0, ""
    em, half = size / 1000, size / 2000
    for code, x, code_rise in placed_codes:
        if code_rise != rise or code.resource != resource:
            yield from _close_array(array, digits)
            if code.resource != resource:
                resource = code.resource
                yield f"/{resource} {num(size)} Tf"
            if code_rise != rise:
                rise = code_rise
                yield f"{num(rise)} Ts"
        if not -half <= pen - x <= half:
            adjustment = round((pen - x) / em)
            if digits:
                array.append(f"<{''.join(digits)}>")
                digits.clear()
            array.append(str(adjustment))
            pen -= adjustment * em
        digits.append(code.digits)
        pen += code.width * em
    yield from _close_array(array, digits)
    if rise:
        yield "0 Ts"


def _plain_pieces(glyphs: Glyphs, codes: Sequence[Code]) -> Iterator[str]:
    """Yield what `_pieces` does, for codes of one font on the baseline, one for each glyph."""
    em, half = glyphs.size / 1000, glyphs.size / 2000
    digits = list(map(DIGITS, codes))
    widths = map(mul, map(WIDTH, codes), repeat(em))
    array: list[str] = []
    pen, first = 0.0, 0
    for at, (x, width) in enumerate(
        zip(accumulate(glyphs.advances, initial=0.0), widths, strict=False)
    ):
        if not -half <= pen - x <= half:
            adjustment = round((pen - x) / em)
            if at > first:
                array.append(f"<{''.join(digits[first:at])}>")
            array.append(str(adjustment))
            pen -= adjustment * em
            first = at
        pen += width
    array.append(f"<{''.join(digits[first:])}>")
    yield f"/{codes[0].resource} {num(glyphs.size)} Tf"
    yield f"[{' '.join(array)}] TJ"


def _close_array(array: list[str], digits: list[str]) -> Iterator[str]:
    """Yield the current array as an operator."""
    if digits:
        array.append(f"<{''.join(digits)}>")
        digits.clear()
    if array:
        yield f"[{' '.join(array)}] TJ"
        array.clear()
