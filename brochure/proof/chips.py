"""Split a message into text and the parts that a translator must not break: placeholders, marks and links.

The web interface shows these parts as chips, which can be moved, inserted and removed but not edited.
"""

from __future__ import annotations

import re
from collections.abc import Iterator, Mapping

from brochure.fast_dataclass import dataclass
from brochure.l10n.message_format import ATTRIBUTES, format_message
from brochure.l10n.message_syntax import find_placeholders
from brochure.l10n.number_format import Fact, MessageProblem

MARK = re.compile(
    r"""
    (?P<escaped>\\.)
    | (?P<mark>\*\*|\*|\^|~)
    | (?P<link>\]\([^()\s]{0,2000}\)(?:\{(?:size|mirror|colou?r)=[^{}\n]{0,100}\})?)
    | (?P<style>\]\{[^{}\n]{0,200}\})
    | (?P<open>!?\[)
    """,
    re.VERBOSE | re.DOTALL,
)


@dataclass(frozen=True, slots=True)
class Segment:
    """A part of a message: `text` as written, its kind (text, variable, mark or link), and what a chip shows."""

    text: str
    kind: str = "text"
    label: str = ""


def split_message(text: str, facts: Mapping[str, Fact], locale: str) -> tuple[Segment, ...]:
    """Return the segments of a message; together, they are its text."""
    segments: list[Segment] = []
    at = 0
    for start, end in _find_outer_placeholders(text):
        segments.extend(_split_marks(text[at:start]))
        written = text[start:end]
        segments.append(Segment(written, "variable", _label(written, facts, locale)))
        at = end
    segments.extend(_split_marks(text[at:]))
    return tuple(segments)


def _find_outer_placeholders(text: str) -> Iterator[tuple[int, int]]:
    """Yield where each placeholder begins and ends that is not inside another; none after an unmatched brace."""
    # The braces of `[words]{.style}` are markup.
    pattern = ATTRIBUTES.sub(lambda match: "_" * len(match[0]), text)
    for one in find_placeholders(pattern):
        if one.depth == 0:
            start = pattern.rfind("{", 0, one.start + 1)
            end = _closing_brace(pattern, start)
            if end is None:
                return
            yield start, end


def _closing_brace(text: str, start: int) -> int | None:
    depth = 0
    for at in range(start, len(text)):
        if text[at] == "{":
            depth += 1
        elif text[at] == "}":
            depth -= 1
            if not depth:
                return at + 1
    return None


def _label(written: str, facts: Mapping[str, Fact], locale: str) -> str:
    """Return what is printed for a placeholder; its name if its value is unknown."""
    name = find_placeholders(written)[0].name
    if name not in facts:
        return name
    try:
        return format_message(written, facts, locale)
    except MessageProblem:
        return name


def _split_marks(text: str) -> Iterator[Segment]:
    at = 0
    for match in MARK.finditer(text):
        if match.lastgroup == "escaped":
            continue
        if match.start() > at:
            yield Segment(text[at : match.start()])
        yield _mark_segment(match)
        at = match.end()
    if at < len(text):
        yield Segment(text[at:])


LABELS = {
    "**": "strong",
    "*": "emphasis",
    "^": "superscript",
    "~": "subscript",
    "[": "start",
    "![": "picture",
}


def _mark_segment(match: re.Match[str]) -> Segment:
    written = match[0]
    if match.lastgroup == "link":
        return Segment(written, "link", written[2:].partition(")")[0])
    return Segment(written, "mark", LABELS.get(written, written[2:-1].strip(". ")))
