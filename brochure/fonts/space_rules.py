"""Find out whether a font's rules look beyond the space between words.

If they do not, a word between spaces always has the same glyphs, and shaping it once is enough. The tables are those of
OpenType 1.9 (chapter 2, GSUB, GPOS). A pair of a space and its neighbour (kerning) is not examined: HarfBuzz reports it for
each word. Features that HarfBuzz does not apply by itself are examined only if the text asks for them.
"""

from __future__ import annotations

import struct
from collections.abc import Callable, Iterator
from functools import lru_cache

import uharfbuzz as hb

from brochure.fonts.face import Program

OTHER_TABLES = frozenset({"morx", "mort", "kerx", "Silf"})
"""Tables with rules of other kinds (Apple, Graphite), which are not examined."""

RANDOM = b"rand"
"""The feature of random alternates; they depend on how many there were before in the text."""

IGNORES_BASES_OR_LIGATURES = 0x0006
"""Flags of lookups that may skip a space as if it were not there."""

EXTENSION = {"GSUB": 7, "GPOS": 9}
CONTEXT = {"GSUB": 5, "GPOS": 7}
CHAINED_CONTEXT = {"GSUB": 6, "GPOS": 8}
SINGLE, LIGATURE, REVERSE_CHAINED = 1, 4, 8
MARK_ATTACHMENT = (4, 5, 6)
ONE_GLYPH_OR_PAIR = {"GSUB": (SINGLE,), "GPOS": (1, 2)}
"""Lookup types that concern at most a glyph and its neighbour."""


APPLIED = frozenset(
    (
        *("abvm", "blwm", "calt", "ccmp", "clig", "curs", "dist", "kern", "liga", "locl", "ltra"),
        *("ltrm", "mark", "mkmk", "rand", "rclt", "rlig", "rvrn", "Harf", "HARF", "Buzz", "BUZZ"),
    )
)
"""Features that HarfBuzz applies to left-to-right text without being asked. Those of fractions need a fraction slash."""


@lru_cache(maxsize=256)
def is_space_boundary(program: Program, features: tuple[tuple[str, int], ...] = ()) -> bool:
    """Return True if no rule of the font reaches from one word over a space to the next.

    Args:
        program: The font.
        features: The OpenType features that the text is set with.
    """
    tags = set(program.hb.table_tags)
    if not OTHER_TABLES.isdisjoint(tags) or ("kern" in tags and "GPOS" not in tags):
        return False
    space = hb.Font(program.hb).get_nominal_glyph(ord(" "))
    if not space:
        return False
    applied = APPLIED | {tag for tag, value in features if value}
    try:
        if _has_feature(program.table("GSUB"), RANDOM):
            return False
        spaces = _find_spaces(program.table("GSUB"), space, applied)
        tables = [(tag, program.table(tag)) for tag in EXTENSION]
        return not any(
            _has_rule_with(table, tag, one, applied) for tag, table in tables for one in spaces
        )
    except (struct.error, IndexError):  # damaged tables
        return False


def _find_spaces(table: bytes, space: int, applied: frozenset[str]) -> set[int]:
    """Return the glyph of the space and the glyphs that replace it wherever it is."""
    found, pending = {space}, [space]
    while pending:
        glyph = pending.pop()
        for kind, _, at in _lookups(table, "GSUB", applied):
            other = _substitute(table, at, glyph) if kind == SINGLE else None
            if other is not None and other not in found:
                found.add(other)
                pending.append(other)
    return found


def _substitute(table: bytes, at: int, glyph: int) -> int | None:
    """Return what a single substitution replaces the glyph with; None if it does not apply to it."""
    index = _find_coverage(table, at + _read(table, at + 2), glyph)
    if index < 0:
        return None
    if _read(table, at) == 1:
        return (glyph + _read(table, at + 4)) % 0x10000
    return _read(table, at + 6 + 2 * index)


def _has_rule_with(table: bytes, tag: str, glyph: int, applied: frozenset[str]) -> bool:
    """Return True if a lookup of the table may depend on the glyph beyond its neighbours."""
    for kind, flags, at in _lookups(table, tag, applied):
        if tag == "GPOS" and kind in MARK_ATTACHMENT:
            continue
        if flags & IGNORES_BASES_OR_LIGATURES:
            return True
        if kind not in ONE_GLYPH_OR_PAIR[tag] and _involves(table, tag, kind, at, glyph):
            return True
    return False


def _lookups(table: bytes, tag: str, applied: frozenset[str]) -> Iterator[tuple[int, int, int]]:
    """Yield type, flags and offset of each subtable of the lookups, without those of features that are not applied."""
    if not table:
        return
    start, unused = _read(table, 8), _find_unused(table, applied)
    for index, lookup in enumerate(_offsets(table, start, start)):
        if index in unused:
            continue
        kind, flags = _read(table, lookup), _read(table, lookup + 2)
        for at in _offsets(table, lookup + 4, lookup):
            if kind == EXTENSION[tag]:
                _, extended, distance = struct.unpack_from(">HHI", table, at)
                yield extended, flags, at + distance
            else:
                yield kind, flags, at


def _has_feature(table: bytes, tag: bytes) -> bool:
    return bool(table) and any(found == tag for found, _ in _features(table))


def _features(table: bytes) -> Iterator[tuple[bytes, int]]:
    """Yield the tag and the offset of each feature."""
    start = _read(table, 6)
    for at in range(start + 2, start + 2 + 6 * _read(table, start), 6):
        tag, distance = struct.unpack_from(">4sH", table, at)
        yield tag, start + distance


def _find_unused(table: bytes, applied: frozenset[str]) -> set[int]:
    """Return the lookups that belong only to features that are not applied."""
    used, unused = set(_varied_lookups(table)), set[int]()
    for tag, at in _features(table):
        lookups = used if tag.decode("latin-1") in applied else unused
        lookups.update(_feature_lookups(table, at))
    return unused - used


def _feature_lookups(table: bytes, at: int) -> tuple[int, ...]:
    return struct.unpack_from(f">{_read(table, at + 2)}H", table, at + 4)


def _varied_lookups(table: bytes) -> Iterator[int]:
    """Yield the lookups that features of a variable font have at some of its positions."""
    if _read(table, 2) < 1:
        return
    (start,) = struct.unpack_from(">I", table, 10)
    (count,) = struct.unpack_from(">I", table, start + 4) if start else (0,)
    for record in range(start + 8, start + 8 + 8 * count, 8):
        _, distance = struct.unpack_from(">II", table, record)
        substitutions = start + distance
        first = substitutions + 6
        for at in range(first, first + 6 * _read(table, substitutions + 4), 6):
            _, distance = struct.unpack_from(">HI", table, at)
            yield from _feature_lookups(table, substitutions + distance)


def _involves(table: bytes, tag: str, kind: int, at: int, glyph: int) -> bool:
    """Return True if the glyph is substituted or part of a sequence of the subtable."""
    if kind == CONTEXT[tag]:
        return _is_in_context(table, at, glyph, is_chained=False)
    if kind == CHAINED_CONTEXT[tag]:
        return _is_in_context(table, at, glyph, is_chained=True)
    if tag == "GSUB" and kind == REVERSE_CHAINED:
        coverages = [at + _read(table, at + 2), *_chained_coverages(table, at, at + 4, 2)]
        return any(_covers(table, one, glyph) for one in coverages)
    if _covers(table, at + _read(table, at + 2), glyph):
        return True
    return tag == "GSUB" and kind == LIGATURE and _is_component(table, at, glyph)


def _is_component(table: bytes, at: int, glyph: int) -> bool:
    for ligatures in _offsets(table, at + 4, at):
        for ligature in _offsets(table, ligatures, ligatures):
            count = _read(table, ligature + 2) - 1
            if glyph in struct.unpack_from(f">{max(0, count)}H", table, ligature + 4):
                return True
    return False


# Contexts


def _is_in_context(table: bytes, at: int, glyph: int, *, is_chained: bool) -> bool:
    """Return True if the glyph matches anything in the sequences of a context."""
    form = _read(table, at)
    if form == 3:
        coverages = (
            _chained_coverages(table, at, at + 2, 3)
            if is_chained
            else (at + _read(table, at + 6 + 2 * one) for one in range(_read(table, at + 2)))
        )
        return any(_covers(table, one, glyph) for one in coverages)
    if _covers(table, at + _read(table, at + 2), glyph):
        return True
    parts = 3 if is_chained else 1
    matches: list[Callable[[int], bool]] = [glyph.__eq__] * parts
    sets = at + 4
    if form == 2:
        classes = [at + _read(table, at + 4 + 2 * part) for part in range(parts)]
        matches = [_find_class(table, one, glyph).__eq__ for one in classes]
        sets += 2 * parts
    return any(
        any(map(matches[part], sequence))
        for rule in _rules(table, sets, at)
        for part, sequence in _sequences(table, rule, is_chained=is_chained)
    )


def _rules(table: bytes, sets: int, at: int) -> Iterator[int]:
    for rules in _offsets(table, sets, at):
        if rules != at:  # a class without rules
            yield from _offsets(table, rules, rules)


def _sequences(
    table: bytes, rule: int, *, is_chained: bool
) -> Iterator[tuple[int, tuple[int, ...]]]:
    """Yield the sequences of a rule (backtrack, input, lookahead; or input only) without the first glyph of the input."""
    if not is_chained:
        count = max(0, _read(table, rule) - 1)
        yield 0, struct.unpack_from(f">{count}H", table, rule + 4)
        return
    for part in range(3):
        count = max(0, _read(table, rule) - (part == 1))
        yield part, struct.unpack_from(f">{count}H", table, rule + 2)
        rule += 2 + 2 * count


def _chained_coverages(table: bytes, at: int, place: int, parts: int) -> Iterator[int]:
    """Yield the coverage tables of lists that follow each other from `place`."""
    for _ in range(parts):
        offsets = list(_offsets(table, place, at))
        yield from offsets
        place += 2 + 2 * len(offsets)


# Common tables


def _read(table: bytes, at: int) -> int:
    number: int = struct.unpack_from(">H", table, at)[0]
    return number


def _offsets(table: bytes, at: int, start: int) -> Iterator[int]:
    """Yield the offsets of a list, which are counted from `start`."""
    count = _read(table, at)
    return (start + one for one in struct.unpack_from(f">{count}H", table, at + 2))


def _covers(table: bytes, at: int, glyph: int) -> bool:
    return _find_coverage(table, at, glyph) >= 0


def _find_coverage(table: bytes, at: int, glyph: int) -> int:
    """Return the index of a glyph in a coverage table; -1 if it is not covered."""
    form, count = _read(table, at), _read(table, at + 2)
    if form == 1:
        glyphs = struct.unpack_from(f">{count}H", table, at + 4)
        return glyphs.index(glyph) if glyph in glyphs else -1
    for one in range(count):
        first, last, index = struct.unpack_from(">HHH", table, at + 4 + 6 * one)
        if first <= glyph <= last:
            return int(index) + glyph - int(first)
    return -1


def _find_class(table: bytes, at: int, glyph: int) -> int:
    """Return the class of a glyph; 0 if the table does not list it."""
    if _read(table, at) == 1:
        first, count = _read(table, at + 2), _read(table, at + 4)
        return _read(table, at + 6 + 2 * (glyph - first)) if first <= glyph < first + count else 0
    for one in range(_read(table, at + 2)):
        first, last, value = struct.unpack_from(">HHH", table, at + 4 + 6 * one)
        if first <= glyph <= last:
            return int(value)
    return 0
