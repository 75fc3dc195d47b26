"""Write text as messages: with marks, and with everything else escaped."""

from __future__ import annotations

import re
from collections.abc import Iterable

from brochure.fast_dataclass import dataclass
from brochure.idml.stories import LAST_PAGE, LINE_BREAK, PAGE_NUMBER

MARKS = re.compile(r"[\\*\[\]^~]|(?<![^\W_])_|_(?![^\W_])")
"""Characters that have a meaning in messages; an underscore inside a word has none."""

BRACES = re.compile(r"'*[{}]'*|'{2,}")


@dataclass(frozen=True, slots=True)
class MarkedText:
    """Text with a mark: `**`, `*`, `^`, `~`, or the name of a character style; and a link."""

    text: str
    mark: str = ""
    link: str = ""


LINK_SIGNS = re.compile(r"[()<>\s]")
"""Characters of an address that would end the link."""

SIGNS = ("**", "*", "^", "~")


def escape(text: str) -> str:
    """Return text as it is written in a message, so that it is printed as it is."""
    marked = BRACES.sub(_quote_braces, MARKS.sub(lambda match: f"\\{match.group()}", text))
    numbered = marked.replace(PAGE_NUMBER, "{page}").replace(LAST_PAGE, "{pages}")
    return numbered.replace(LINE_BREAK, "\\\n")


def _quote_braces(match: re.Match[str]) -> str:
    """Quote braces for the message format, in which '{' is a brace and '' an apostrophe."""
    return "".join({"{": "'{'", "}": "'}'", "'": "''"}[char] for char in match.group())


def write_marked(pieces: Iterable[MarkedText]) -> str:
    """Return a paragraph of a message. White space at the edges of marked text goes outside of its marks."""
    return "".join(_write_piece(piece) for piece in merge_marked(pieces))


def merge_marked(pieces: Iterable[MarkedText]) -> list[MarkedText]:
    """Return the pieces, with neighbours of the same mark joined."""
    found: list[MarkedText] = []
    for piece in pieces:
        last = found[-1] if found else None
        if last and (last.mark, last.link) == (piece.mark, piece.link):
            found[-1] = MarkedText(last.text + piece.text, piece.mark, piece.link)
        elif piece.text:
            found.append(piece)
    return found


def _write_piece(piece: MarkedText) -> str:
    inner = piece.text.strip()
    if not inner or not (piece.mark or piece.link):
        return escape(piece.text)
    before, after = (escape(part) for part in piece.text.split(inner, 1))
    words = escape(inner)
    if piece.mark in ("^", "~") and re.search(r"\s", inner):
        words = f"[{words}]{{.{'superscript' if piece.mark == '^' else 'subscript'}}}"
    elif piece.mark in SIGNS:
        words = f"{piece.mark}{words}{piece.mark}"
    elif piece.mark:
        words = f"[{words}]{{.{piece.mark}}}"
    if piece.link:
        address = LINK_SIGNS.sub(_percent, piece.link)
        words = f"[{words}]({address})"
    return f"{before}{words}{after}"


def _percent(match: re.Match[str]) -> str:
    return f"%{ord(match.group()):02X}"
