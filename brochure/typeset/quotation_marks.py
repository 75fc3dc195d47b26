"""Replace straight quotation marks and apostrophes by those of a language.

Whether a mark opens or closes follows from both of its neighbours. Where they allow both (after an elision, beside an ellipsis
or a dash, in scripts without spaces), the sequence decides: a mark opens if none is open, and closes otherwise.
"""

from __future__ import annotations

import re
import unicodedata
from collections.abc import Iterator, Mapping
from functools import lru_cache

from brochure.fast_dataclass import dataclass
from brochure.lazy_pattern import compile_lazily
from brochure.typeset.text_edits import Edit

APOSTROPHE = "’"
PRIME, DOUBLE_PRIME = "′", "″"
GERESH, GERSHAYIM = "׳", "״"

CLOSING_PUNCTUATION = frozenset(".,;:!?…%‰،؛؟۔।॥။၊។៕៖、。，．：；！？・")
OPENING_PUNCTUATION = frozenset("¿¡")
TYPED_MARKS = frozenset("“”„«»‘‚‹›「『")
"""Marks that the writer typed; a straight mark after one may close it."""

HEBREW = r"[\u0591-\u05bd\u05bf\u05c1\u05c2\u05c4\u05c5\u05c7\u05d0-\u05ea]"
HEBREW_BEFORE = compile_lazily(rf"(?<!{HEBREW}){HEBREW}++$")
HEBREW_AFTER = compile_lazily(rf"{HEBREW}+")
HEBREW_MARKS = compile_lazily(r"[\u0591-\u05c7]")
HEBREW_PREFIXES = frozenset("משהוכלב")
"""Prefixes (and, the, in, to, from, that, as) that are written together with a quoted word."""

MAX_PREFIX = 24
"""How far to look back for a Hebrew word or a measurement."""

MEASURE_BEFORE = compile_lazily(r"(?<![\w.,])\d{1,3}(?:[.,/]\d+)?[½¼¾]?$|(?<!\w)[½¼¾]$")
SECONDS_AFTER = compile_lazily(r'[ \u00a0]?\d{1,2}"')
CLOSING_MARKS, GENITIVE_AFTER = frozenset('"”»)'), compile_lazily(r"s\b")
YEAR_AFTER = compile_lazily(r"\d\ds?\b")
LETTER_N = compile_lazily(r"(?<!\w)'n'(?!\w)", re.IGNORECASE)
"""The shortened "and" of rock 'n' roll."""


@dataclass(frozen=True, slots=True)
class QuotationMarks:
    """The marks of a language.

    `outer` and `inner` are opening and closing marks, outside and within another quotation; `inside` is the space between
    the outer marks and the words. `elisions` are words that begin with an apostrophe, without it.
    """

    outer: tuple[str, str]
    inner: tuple[str, str]
    inside: str = ""
    elisions: tuple[str, ...] = ()

    @property
    def opening(self) -> frozenset[str]:
        """Marks that only open."""
        return frozenset((self.outer[0], self.inner[0])) - {self.outer[1], self.inner[1]}

    @property
    def closing(self) -> frozenset[str]:
        """Marks that only close."""
        return frozenset((self.outer[1], self.inner[1])) - {self.outer[0], self.inner[0]}


def find_quotes(text: str, marks: QuotationMarks) -> tuple[Edit, ...]:
    """Return the replacements of all straight marks, in order."""
    doubles = dict(_replace_doubles(text, marks)) if '"' in text else {}
    singles = dict(_replace_singles(text, marks)) if "'" in text else {}
    return tuple(Edit(at, at + 1, new) for at, new in sorted({**doubles, **singles}.items()))


# Neighbours


def _may_open(text: str, at: int, marks: QuotationMarks) -> bool:
    """Return True if what follows allows an opening mark: neither a space, nor the end, nor closing punctuation."""
    after = text[at + 1 : at + 2]
    return bool(after) and not (
        after.isspace()
        or after in CLOSING_PUNCTUATION
        or after in marks.closing
        or unicodedata.category(after) == "Pe"
    )


def _may_close(text: str, at: int, marks: QuotationMarks) -> bool:
    """Return True if what precedes allows a closing mark: neither a space, nor the start, nor opening punctuation."""
    before = text[at - 1 : at]
    return bool(before) and not (
        before.isspace()
        or before in OPENING_PUNCTUATION
        or before in marks.opening
        or unicodedata.category(before) == "Ps"
    )


def _is_word(char: str) -> bool:
    return char.isalnum() or (bool(char) and unicodedata.category(char).startswith("M"))


def _is_cased(char: str) -> bool:
    """Return True for letters of scripts with capitals, which write apostrophes within words, and for digits."""
    return char.isalnum() and (char < "\u0590" or char.lower() != char.upper() or char.isdigit())


# Double marks


def _replace_doubles(text: str, marks: QuotationMarks) -> Iterator[tuple[int, str]]:
    """Yield (offset, new text) for each double mark."""
    opens: dict[int, bool] = {}
    is_open = 0
    first_typed = next((at for at, char in enumerate(text) if char in TYPED_MARKS), len(text))
    for match in re.finditer('"', text):
        at = match.start()
        if _is_gershayim(text, at):
            yield at, GERSHAYIM
        elif not is_open and at < first_typed and _is_inches(text, at):
            yield at, DOUBLE_PRIME
        else:
            may_open, may_close = _may_open(text, at, marks), _may_close(text, at, marks)
            opens[at] = may_open if may_open != may_close else not is_open
            is_open = is_open + 1 if opens[at] else max(0, is_open - 1)
    for at, depth in _nesting(opens).items():
        yield at, _mark(text, at, marks, opens=opens[at], is_inner=depth % 2 == 1)


def _mark(text: str, at: int, marks: QuotationMarks, *, opens: bool, is_inner: bool) -> str:
    """Return a quotation mark, with the space inside of it unless one is there."""
    if is_inner:
        return marks.inner[0 if opens else 1]
    beside = text[at + 1 : at + 2] if opens else text[at - 1 : at] if at else ""
    space = "" if beside.isspace() else marks.inside
    return marks.outer[0] + space if opens else space + marks.outer[1]


def _nesting(opens: Mapping[int, bool]) -> dict[int, int]:
    """Return how many other pairs enclose each mark; marks without a partner enclose nothing."""
    partner: dict[int, int] = {}
    pending: list[int] = []
    for at, is_opening in opens.items():
        if is_opening:
            pending.append(at)
        elif pending:
            partner[pending.pop()] = at
    closing = set(partner.values())
    depths: dict[int, int] = {}
    depth = 0
    for at in opens:
        depth -= at in closing
        depths[at] = depth
        depth += at in partner
    return depths


def _is_inches(text: str, at: int) -> bool:
    """Return True for a mark after a small number, unless a letter follows."""
    measure = MEASURE_BEFORE.search(text[max(0, at - MAX_PREFIX) : at])
    return bool(measure) and not text[at + 1 : at + 2].isalpha()


def _is_gershayim(text: str, at: int) -> bool:
    """Return True for the mark before the last letter of a Hebrew acronym, also if the acronym has an ending.

    After a prefix that is written together with the next word, a mark that is closed later opens a quotation.
    """
    before = HEBREW_BEFORE.search(text[max(0, at - MAX_PREFIX) : at])
    after = HEBREW_AFTER.match(text, at + 1)
    if not before or not after:
        return False
    following = text[after.end() : after.end() + 1]
    if len(HEBREW_MARKS.sub("", after.group())) == 1 and following != '"':
        return True
    if not HEBREW_PREFIXES.issuperset(HEBREW_MARKS.sub("", before.group())):
        return True
    later = text.find('"', after.end())
    return later < 0 or bool(HEBREW_AFTER.match(text, later + 1))


# Single marks


def _replace_singles(text: str, marks: QuotationMarks) -> Iterator[tuple[int, str]]:
    """Yield (offset, new text) for each single mark: a quotation mark if it has a partner, else an apostrophe."""
    apostrophes = _find_apostrophes(text, marks)
    opened: int | None = None
    for match in re.finditer("'", text):
        at = match.start()
        before, after = text[at - 1 : at] if at else "", text[at + 1 : at + 2]
        if at in apostrophes:
            yield at, apostrophes[at]
            continue
        may_open = _may_open(text, at, marks) and not _is_cased(before)
        may_close = _may_close(text, at, marks) and not _is_cased(after)
        if may_open and (opened is None or not may_close):
            if opened is not None:
                yield opened, APOSTROPHE
            opened = at
        elif may_close and opened is not None:
            yield opened, marks.inner[0]
            yield at, marks.inner[1]
            opened = None
        else:
            yield at, GERESH if HEBREW_AFTER.match(before) else APOSTROPHE
    if opened is not None:
        yield opened, APOSTROPHE


def _find_apostrophes(text: str, marks: QuotationMarks) -> dict[int, str]:
    """Return the single marks that are apostrophes or primes wherever they are, with their replacements."""
    found = {
        at: APOSTROPHE
        for match in LETTER_N.finditer(text)
        for at in (match.start(), match.end() - 1)
    }
    elided = _elision_pattern(marks.elisions) if marks.elisions else None
    for match in re.finditer("'", text):
        at = match.start()
        before, after = text[at - 1 : at] if at else "", text[at + 1 : at + 2]
        if before.isdigit() and SECONDS_AFTER.match(text, at + 1):
            found[at] = PRIME
        elif HEBREW_AFTER.match(before) and HEBREW_AFTER.match(after):
            found[at] = GERESH
        elif _is_cased(before):
            if _is_cased(after) or _is_quoted_word(text, at + 1):
                found[at] = APOSTROPHE
        elif not _is_word(before) and _is_shortened(text, at, elided):
            found[at] = APOSTROPHE
    return found


def _is_shortened(text: str, at: int, elided: re.Pattern[str] | None) -> bool:
    """Return True for the mark of a year, of a genitive after a quotation, or of a word that begins with an apostrophe."""
    return bool(
        YEAR_AFTER.match(text, at + 1)
        or (text[at - 1 : at] in CLOSING_MARKS and GENITIVE_AFTER.match(text, at + 1))
        or (elided and elided.match(text, at + 1))
    )


def _is_quoted_word(text: str, at: int) -> bool:
    """Return True if an opening mark and a letter are at an offset, so that the apostrophe before is an elision."""
    return text[at : at + 1] in ('"', "“", "«", "„") and text[at + 1 : at + 2].isalpha()


@lru_cache(maxsize=32)
def _elision_pattern(words: tuple[str, ...]) -> re.Pattern[str]:
    return re.compile(rf"(?:{'|'.join(words)})(?![\w'])", re.IGNORECASE)
