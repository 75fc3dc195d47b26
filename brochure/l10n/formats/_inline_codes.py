"""Divide messages into words and inline codes, which translation programs protect.

Placeholders such as `{rescued, number}` are single codes. Markup such as `**words**` is a pair of codes around words, and so are
the path and the attributes of a picture around its alternative text. Plural and select forms are words, since languages need
other forms: only the placeholders inside them are codes.
"""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence
from dataclasses import replace
from enum import Enum
from typing import NamedTuple

from brochure.fast_dataclass import dataclass
from brochure.l10n.catalogue import Translation
from brochure.l10n.inline_image import WRITTEN as IMAGE
from brochure.l10n.message_limits import MAX_PLACEHOLDERS
from brochure.l10n.message_syntax import CHOOSING, find_placeholders

NAME = re.compile(r"(?:page:)?[A-Za-z_][\w.-]*")
TOKEN = re.compile(
    r"\\.|\n\n|\*\*|[*^~\[]|\](?:\([^()\s]{0,2000}\)|\{[^{}\n]{1,200}\})?", re.DOTALL
)
BRACE = re.compile("[{}]")
MAX_OPEN = 50
"""Markup that is open at one place; more is taken as text."""

STYLES = {"**": "bold", "*": "italic", "^": "superscript", "~": "subscript", "[": "link"}
MARKS = {style: mark for mark, style in STYLES.items() if mark != "["}

LOST = "\ufffc"
"""Around the number of a code that came back without its content. The source text has its content."""

LOST_CODE = re.compile(f"{LOST}(/?)([^{LOST}]*){LOST}")


class Kind(Enum):
    """What a piece of a message is."""

    WORDS = "words"
    PLACEHOLDER = "placeholder"
    START = "start"
    END = "end"


@dataclass(frozen=True, slots=True)
class Piece:
    """A piece of a message: words, or an inline code with its number.

    The codes of a pair have the same number and style; `end` is the text of the pair's second code.
    """

    kind: Kind
    text: str
    number: int = 0
    style: str = ""
    end: str = ""


def divide(text: str, source: Sequence[Piece] = ()) -> tuple[Piece, ...]:
    """Return the pieces of a message. The codes of a translation have the numbers of their codes in the source."""
    known: dict[tuple[str, str], list[int]] = {}
    for piece in source:
        if piece.kind in (Kind.PLACEHOLDER, Kind.START):
            known.setdefault(_identity(piece), []).append(piece.number)
    last = max((piece.number for piece in source), default=0)
    pieces: list[Piece] = []
    numbers: dict[int, int] = {}
    at = 0
    for code in sorted([*_find_arguments(text), *_find_pairs(text)]):
        if text[at : code.start]:
            pieces.append(Piece(Kind.WORDS, text[at : code.start]))
        own, other = text[code.start : code.end], text[code.other_start : code.other_end]
        piece = Piece(code.kind, own, 0, code.style, other if code.kind is Kind.START else "")
        if code.kind is not Kind.END:
            same = known.get(_identity(piece))
            last += 0 if same else 1
            numbers[code.start] = same.pop(0) if same else last
        number = numbers[code.other_start if code.kind is Kind.END else code.start]
        pieces.append(replace(piece, number=number))
        at = code.end
    if text[at:]:
        pieces.append(Piece(Kind.WORDS, text[at:]))
    return tuple(pieces)


class _Code(NamedTuple):
    """Where a code is in the text, and where the other code of its pair is."""

    start: int
    end: int
    kind: Kind
    style: str = ""
    other_start: int = 0
    other_end: int = 0


def _identity(piece: Piece) -> tuple[str, str]:
    """Return what a code in a translation has in common with its code in the source; addresses of links may differ."""
    return (piece.kind.value, piece.style or piece.text)


def _find_arguments(text: str) -> Iterator[_Code]:
    """Yield the placeholders that print a value, also inside plural and select forms."""
    if not 0 < text.count("{") <= MAX_PLACEHOLDERS:
        return
    images = [match.span(part) for match in _find_images(text) for part in (1, 3)]
    for one in find_placeholders(text):
        if one.kind in CHOOSING or not NAME.fullmatch(one.name):
            continue
        start, end = text.rindex("{", 0, one.start), _find_end(text, one.end)
        if end and not any(start < high and low < end for low, high in images):
            yield _Code(start, end, Kind.PLACEHOLDER)


def _find_end(text: str, at: int) -> int:
    """Return the position after the brace that closes a placeholder; 0 if there is none."""
    depth = 1
    for match in BRACE.finditer(text, at):
        depth += 1 if match[0] == "{" else -1
        if depth == 0:
            return match.end()
    return 0


def _find_images(text: str) -> Iterator[re.Match[str]]:
    return IMAGE.finditer(text) if "![" in text else iter(())


def _find_pairs(text: str) -> Iterator[_Code]:
    """Yield the codes of markup, which is closed in the paragraph where it is opened."""
    taken = [(one.start, one.end) for one in _find_arguments(text)]
    for image in _find_images(text):
        (start, end), (other, last) = image.span(1), image.span(3)
        yield _Code(start, end, Kind.START, "image", other, last)
        yield _Code(other, last, Kind.END, "image", start, end)
        taken.append(image.span())
    opened: list[tuple[str, int, int]] = []
    for match in TOKEN.finditer(text):
        mark, start, end = match[0], match.start(), match.end()
        if any(low < end and start < high for low, high in taken):
            continue
        if mark == "\n\n":
            opened.clear()
        elif not mark.startswith("\\"):
            own = mark if mark in STYLES else "["
            can_close = (mark in STYLES and mark != "[") or len(mark) > 1
            can_close = can_close and start > 0 and not text[start - 1].isspace()
            found = next((at for at, one in enumerate(opened) if one[0] == own), None)
            if can_close and found is not None and opened[found][2] < start:
                _, low, high = opened[found]
                style = "format" if mark.startswith("]{") else STYLES[own]
                yield _Code(low, high, Kind.START, style, start, end)
                yield _Code(start, end, Kind.END, style, low, high)
                del opened[found:]
            elif mark in STYLES and len(opened) < MAX_OPEN and not text[end : end + 1].isspace():
                opened.append((mark, start, end))


# Codes that came back without their content


def mark_lost(number: str, *, is_end: bool = False) -> str:
    """Return a mark for a code without content; `restore_codes` replaces it."""
    return f"{LOST}{'/' if is_end else ''}{number}{LOST}"


def restore_codes(one: Translation, source: str) -> Translation | None:
    """Return a translation whose lost codes have the content of those in the source; None if it has no such codes."""
    if LOST not in one.text + one.source:
        return one
    codes: dict[tuple[str, str], str] = {}
    for piece in divide(source):
        if piece.kind is not Kind.WORDS:
            codes["/" if piece.kind is Kind.END else "", f"{piece.number}"] = piece.text
    if any(match not in codes for match in LOST_CODE.findall(one.text + one.source)):
        return None

    def restore(match: re.Match[str]) -> str:
        return codes[match[1], match[2]]

    text, own = (LOST_CODE.sub(restore, part) for part in (one.text, one.source))
    return replace(one, source=own, text=text)
