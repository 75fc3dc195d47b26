"""Isolate left-to-right text in right-to-left paragraphs.

Telephone numbers, web and mail addresses, signed numbers and names in Latin letters get embedding
levels as if the writer had put isolates around them (UAX #9, 2.4.2). The bidirectional algorithm
alone reverses the groups of a telephone number and lets a number after a Latin name continue left
to right. The text itself is not changed.
"""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence

from brochure.lazy_pattern import compile_lazily
from brochure.typeset.bidi import levels
from brochure.typeset.line_breaks import find_addresses

LRI, PDI = "\u2066", "\u2069"
CONTROLS = compile_lazily("[\u200e\u200f\u061c\u202a-\u202e\u2066-\u2069]")
"""Explicit direction controls: a line that has any is left to the writer."""

RIGHT_TO_LEFT = compile_lazily(
    "[\u0590-\u065f\u066e-\u06ef\u06fa-\u08ff\ufb1d-\ufdff\ufe70-\ufefc"
    "\U00010800-\U00010fff\U0001e800-\U0001efff]"
)
LATIN = compile_lazily("[A-Za-z\u00c0-\u024f]")

WORD = r"[A-Za-z\u00c0-\u024f][\w.'’&/+-]*"
PART = rf"(?:{WORD}|\d[\w./-]*|&)"
NAME_PATTERN = compile_lazily(
    rf"{WORD}(?:[ \u00a0]{PART}|,[ \u00a0]{WORD}|[ \u00a0]?\({WORD}(?:,?[ \u00a0]{PART})*\))*"
)
"""Words in Latin letters with numbers between them: a name or a street address."""

NUMBER_PATTERN = compile_lazily(r"(?<![\w.,+])(?:\+|\(\+?)?\d+\)?(?:[ \u00a0.-]\(?\d+\)?)+(?![\w])")
SIGNED_PATTERN = compile_lazily(r"(?<![\w.,)])[+\u2212-]\d+(?:[.,]\d+)*%?(?![\w-])")
YEAR_RANGE_PATTERN = compile_lazily(r"[12]\d{3}[- ][12]\d{3}")
MIN_PHONE_GROUPS, MIN_PHONE_DIGITS = 3, 7
"""A number with this many groups, or this many digits in two groups, is a telephone number."""

TRAILING = ".,;:!?()،؛؟"
"""Punctuation after an address that does not belong to it."""


def resolve_levels(text: str, base: int) -> Sequence[int]:
    """Return the embedding level of each character; nothing is isolated in left-to-right paragraphs.

    Args:
        text: The paragraph.
        base: Embedding level of the paragraph: 0 left to right, 1 right to left.
    """
    spans = list(find_isolates(text)) if base else []
    if not spans:
        return levels(text, base)
    opens, closes = {start for start, _ in spans}, {end for _, end in spans}
    marked: list[str] = []
    offsets: list[int] = []
    for at, char in enumerate(text):
        marked.extend([PDI] if at in closes else [])
        marked.extend([LRI] if at in opens else [])
        offsets.append(len(marked))
        marked.append(char)
    found = levels("".join(marked), base)
    return [found[at] for at in offsets]


def find_isolates(text: str) -> Iterator[tuple[int, int]]:
    """Yield the (start, end) ranges that are set left to right, in order and without overlaps."""
    at = 0
    for line in text.splitlines(keepends=True):
        if CONTROLS.search(line):
            pass
        elif LATIN.search(line) and not RIGHT_TO_LEFT.search(line):
            yield at, at + len(line.rstrip())
        else:
            yield from ((at + start, at + end) for start, end in _find_in_line(line))
        at += len(line)


def _find_in_line(line: str) -> Iterator[tuple[int, int]]:
    end = 0
    found = [*_addresses(line), *_numbers(line), *_names(line)]
    found.extend(match.span() for match in SIGNED_PATTERN.finditer(line))
    for start, stop in sorted(found, key=lambda span: (span[0], -span[1])):
        if start >= end:
            yield start, stop
            end = stop


def _addresses(line: str) -> Iterator[tuple[int, int]]:
    for first, last in find_addresses(line):
        inner = line[first:last].strip(TRAILING)
        if inner and not RIGHT_TO_LEFT.search(inner):
            start = line.index(inner, first)
            yield start, start + len(inner)


def _names(line: str) -> Iterator[tuple[int, int]]:
    for match in NAME_PATTERN.finditer(line):
        matched = match.group().rstrip(TRAILING.replace(")", ""))
        yield match.start(), match.start() + len(matched)


def _numbers(line: str) -> Iterator[tuple[int, int]]:
    for match in NUMBER_PATTERN.finditer(line):
        matched = match.group()
        groups = re.findall(r"\d+", matched)
        long = len(groups) >= MIN_PHONE_GROUPS or sum(map(len, groups)) >= MIN_PHONE_DIGITS
        if matched[0] in "+(" or (long and not YEAR_RANGE_PATTERN.fullmatch(matched)):
            yield match.span()
