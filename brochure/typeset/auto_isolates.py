"""Isolates: what keeps its own direction inside text from right to left.

Takes a paragraph's text; gives its embedding levels, with telephone numbers, web and mail addresses, signed figures and names
in Latin letters kept together as if the writer had put isolates around them (UAX #9, 2.4.2): the algorithm alone turns the
groups of a telephone number about, and lets a figure behind a Latin name go on from left to right. The text is not touched.
Stands between `bidi` and itemising.
"""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence

from brochure.typeset.bidi import levels
from brochure.typeset.line_breaks import ADDRESS

LRI, PDI = "\u2066", "\u2069"
CONTROLS = re.compile("[\u200e\u200f\u061c\u202a-\u202e\u2066-\u2069]")
"""Where a writer has said how it goes, that holds."""

RIGHT_TO_LEFT = re.compile("[\u0590-\u065f\u066e-\u06ef\u06fa-\u08ff\ufb1d-\ufdff\ufe70-\ufefc]")
LATIN = re.compile("[A-Za-z\u00c0-\u024f]")

WORD = r"[A-Za-z\u00c0-\u024f][\w.'’&/+-]*"
PART = rf"(?:{WORD}|\d[\w./-]*|&)"
NAME = re.compile(
    rf"{WORD}(?:[ \u00a0]{PART}|,[ \u00a0]{WORD}|[ \u00a0]?\({WORD}(?:,?[ \u00a0]{PART})*\))*"
)
"""Words in Latin letters with the figures among them: a name, an address of a house."""

NUMBER = re.compile(r"(?<![\w.,+])(?:\+|\(\+?)?\d+\)?(?:[ \u00a0.-]\(?\d+\)?)+(?![\w])")
SIGNED = re.compile(r"(?<![\w.,)])[+\u2212-]\d+(?:[.,]\d+)*%?(?![\w-])")
YEARS = re.compile(r"[12]\d{3}[- ][12]\d{3}")
GROUPS, DIGITS = 3, 7
"""From how many groups, or how many digits in two groups, a number is one to be dialled."""

TRAILING = ".,;:!?()،؛؟"
"""What follows an address and does not belong to it."""


def resolve_levels(text: str, base: int) -> Sequence[int]:
    """The level of each character of a paragraph whose own level is `base`; nothing is isolated in one from the left."""
    spans = list(isolates(text)) if base else []
    if not spans:
        return levels(text, base)
    opens, closes = {start for start, _ in spans}, {end for _, end in spans}
    marked: list[str] = []
    kept: list[int] = []
    for at, char in enumerate(text):
        marked.extend([PDI] if at in closes else [])
        marked.extend([LRI] if at in opens else [])
        kept.append(len(marked))
        marked.append(char)
    found = levels("".join(marked), base)
    return [found[at] for at in kept]


def isolates(text: str) -> Iterator[tuple[int, int]]:
    """The stretches that go from left to right by themselves, in order; none lies in another."""
    at = 0
    for line in text.splitlines(keepends=True):
        if CONTROLS.search(line):
            pass
        elif LATIN.search(line) and not RIGHT_TO_LEFT.search(line):
            yield at, at + len(line.rstrip())
        else:
            yield from ((at + start, at + end) for start, end in _within(line))
        at += len(line)


def _within(line: str) -> Iterator[tuple[int, int]]:
    end = 0
    found = [*_addresses(line), *_numbers(line), *_names(line)]
    found.extend(match.span() for match in SIGNED.finditer(line))
    for start, behind in sorted(found, key=lambda span: (span[0], -span[1])):
        if start >= end:
            yield start, behind
            end = behind


def _addresses(line: str) -> Iterator[tuple[int, int]]:
    for match in ADDRESS.finditer(line):
        inner = match.group().strip(TRAILING)
        if inner and not RIGHT_TO_LEFT.search(inner):
            start = match.start() + match.group().index(inner)
            yield start, start + len(inner)


def _names(line: str) -> Iterator[tuple[int, int]]:
    for match in NAME.finditer(line):
        said = match.group().rstrip(TRAILING.replace(")", ""))
        yield match.start(), match.start() + len(said)


def _numbers(line: str) -> Iterator[tuple[int, int]]:
    for match in NUMBER.finditer(line):
        said = match.group()
        groups = re.findall(r"\d+", said)
        long = len(groups) >= GROUPS or sum(map(len, groups)) >= DIGITS
        if said[0] in "+(" or (long and not YEARS.fullmatch(said)):
            yield match.span()
