"""Write text as messages: with marks, and with everything else escaped."""

from __future__ import annotations

import re
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import replace
from types import MappingProxyType

from brochure.fast_dataclass import dataclass
from brochure.l10n.inline_markup import parse_markup
from brochure.typeset.style import Position

PAGE_NUMBER, LAST_PAGE = "\ufdd0", "\ufdd1"
"""Noncharacters that represent page numbers in text."""

LINE_BREAK = "\n"
"""Represents a forced line break."""

MARKS = re.compile(r"[\\*\[\]^~]|(?<![^\W_])_|_(?![^\W_])")
"""Characters that have a meaning in messages; an underscore inside a word has none."""

BRACES = re.compile(r"'*[{}]'*|'{2,}")
BRACE = re.compile("[{}]")

STRONG, EMPHASIS, SUPERSCRIPT, SUBSCRIPT = "**", "*", "^", "~"


@dataclass(frozen=True, slots=True)
class MarkedText:
    """Text with its marks: `**`, `*`, `^`, `~` and names of character styles; with a link.

    Or, instead of text, the mark of a `note`, or a `picture` of a `height` whose alternative text is the text.
    """

    text: str
    marks: tuple[str, ...] = ()
    link: str = ""
    note: str = ""
    picture: str = ""
    height: str = ""

    @property
    def is_object(self) -> bool:
        """True if a note or a picture takes the place of text."""
        return bool(self.note or self.picture)


LINK_SIGNS = re.compile(r"[()<>\s]")
"""Characters of an address that would end the link."""

IN_BRACKETS = {
    STRONG: "strong",
    EMPHASIS: "emphasis",
    SUPERSCRIPT: "superscript",
    SUBSCRIPT: "subscript",
}
"""Character styles that mean the same as the signs, and can be written anywhere."""


def escape(text: str) -> str:
    """Return text as it is written in a message, so that it is printed as it is."""
    return _quote(_escape_marks(text), is_pattern="{" in text or "}" in text)


def _escape_marks(text: str) -> str:
    return MARKS.sub(lambda match: f"\\{match.group()}", text)


def _quote(marked: str, *, is_pattern: bool) -> str:
    """Return text with escaped marks as it is written in a message: for the message format, with page numbers and line breaks.

    `is_pattern` is True if the message has braces; otherwise the message format does not read it.
    """
    numbered = BRACES.sub(_quote_braces, marked) if is_pattern else marked
    numbered = numbered.replace(PAGE_NUMBER, "{page}").replace(LAST_PAGE, "{pages}")
    return numbered.replace(LINE_BREAK, "\\\n")


def _quote_braces(match: re.Match[str]) -> str:
    """Quote braces for the message format, in which '{' is a brace and '' an apostrophe."""
    return "".join({"{": "'{'", "}": "'}'", "'": "''"}[char] for char in match.group())


def write_marked(
    pieces: Iterable[MarkedText], placeholders: Mapping[str, str] = MappingProxyType({})
) -> str:
    """Return a paragraph of a message. White space at the edges of marked text goes outside of its marks.

    Marks are written as signs, or in brackets where signs would be read differently, as between two marked words. `placeholders`
    has the placeholders of the message format by the characters that represent them in the text.
    """
    merged = merge_marked(pieces)
    use_signs = all(map(_is_readable, merged)) and _is_read_back(merged)
    written = _Writer(use_signs=use_signs).write(merged)
    for character, placeholder in placeholders.items():
        written = written.replace(character, placeholder)
    if "''" in written and not BRACE.search(written):
        return _Writer(use_signs=use_signs, is_pattern=False).write(merged)
    return written


def _is_readable(piece: MarkedText) -> bool:
    """Return True if no bracket form is needed for the mark of a piece alone."""
    has_position = SUPERSCRIPT in piece.marks or SUBSCRIPT in piece.marks
    return not (has_position and re.search(r"\s", piece.text.strip()))


def _is_read_back(pieces: Sequence[MarkedText]) -> bool:
    """Return True if the paragraph is read with the marks that it was written with."""
    if not any(piece.marks for piece in pieces):
        return True
    written = _Writer(use_signs=True, for_reading=True).write(pieces)
    paragraphs, problems = parse_markup(written)
    found: list[tuple[str, bool, bool, bool]] = []
    for words in (words for paragraph in paragraphs for words in paragraph):
        marks = words.marks
        is_moved = marks.position is not Position.NORMAL
        found += [(char, marks.strong, marks.emphasis, is_moved) for char in words.text]
    expected = [
        (
            char,
            STRONG in piece.marks,
            EMPHASIS in piece.marks,
            SUPERSCRIPT in piece.marks or SUBSCRIPT in piece.marks,
        )
        for piece in pieces
        if not piece.picture
        for char in piece.text
    ]
    return not problems and _without_spaces(found) == _without_spaces(expected)


def _without_spaces(
    chars: Iterable[tuple[str, bool, bool, bool]],
) -> list[tuple[str, bool, bool, bool]]:
    return [one for one in chars if not one[0].isspace()]


def merge_marked(pieces: Iterable[MarkedText]) -> list[MarkedText]:
    """Return the pieces, with neighbours of the same marks joined."""
    found: list[MarkedText] = []
    for piece in pieces:
        last = found[-1] if found else None
        is_same = last and (last.marks, last.link) == (piece.marks, piece.link)
        if last and is_same and not (last.is_object or piece.is_object):
            found[-1] = replace(last, text=last.text + piece.text)
        elif piece.text or piece.is_object:
            found.append(piece)
    return found


@dataclass(frozen=True, slots=True)
class _Writer:
    """Writes marked text; `for_reading` leaves out what the message format needs."""

    use_signs: bool
    for_reading: bool = False
    is_pattern: bool = True

    def write(self, pieces: Sequence[MarkedText]) -> str:
        """Return pieces with their marks: what neighbours have in common is marked once."""
        written = []
        at = 0
        while at < len(pieces):
            end = at + 1
            mark = self._first_mark(pieces[at])
            while mark and end < len(pieces) and self._has_mark(pieces[end], mark):
                end += 1
            inner = pieces[at:end]
            written.append(self._wrap(mark, inner) if mark else self._plain(pieces[at]))
            at = end
        return "".join(written)

    def _plain(self, piece: MarkedText) -> str:
        if piece.note:
            return f"[^{piece.note}]"
        marked = _escape_marks(piece.text)
        if piece.picture:
            attributes = f"{{size={piece.height}}}" if piece.height else ""
            return f"![{marked}]({piece.picture}){attributes}"
        return marked if self.for_reading else _quote(marked, is_pattern=self.is_pattern)

    def _wrap(self, mark: tuple[str, str], pieces: Sequence[MarkedText]) -> str:
        kind, value = mark
        before, bare, after = _trim([_without_mark(piece, mark) for piece in pieces])
        if not bare:
            return self._plain(MarkedText(before + after))
        outer, end = self._plain(MarkedText(before)), self._plain(MarkedText(after))
        words = self.write(bare)
        if kind == "link":
            address = LINK_SIGNS.sub(lambda match: f"%{ord(match.group()):02X}", value)
            return f"{outer}[{words}]({address}){end}"
        if value in IN_BRACKETS and self.use_signs:
            return f"{outer}{value}{words}{value}{end}"
        return f"{outer}[{words}]{{.{IN_BRACKETS.get(value, value)}}}{end}"

    def _first_mark(self, piece: MarkedText) -> tuple[str, str] | None:
        """Return the outermost mark of a piece. Brackets cannot be inside of a link, signs are."""
        outer = [one for one in piece.marks if self._is_outside(one)]
        if piece.is_object:
            return None
        if outer:
            return "mark", outer[0]
        if piece.link:
            return "link", piece.link
        return ("mark", piece.marks[0]) if piece.marks else None

    def _has_mark(self, piece: MarkedText, mark: tuple[str, str]) -> bool:
        kind, value = mark
        if piece.is_object:
            return False
        if kind == "link":
            return piece.link == value and not any(map(self._is_outside, piece.marks))
        return value in piece.marks and (self._is_outside(value) or not piece.link)

    def _is_outside(self, mark: str) -> bool:
        """Return True for a mark that is written in brackets."""
        return not (self.use_signs and mark in IN_BRACKETS)


def _trim(pieces: Sequence[MarkedText]) -> tuple[str, list[MarkedText], str]:
    """Return the white space before and after the words of pieces, and the pieces without it."""
    kept = [*pieces]
    before = after = ""
    while kept and not kept[0].is_object and not kept[0].text.strip():
        before += kept.pop(0).text
    while kept and not kept[-1].is_object and not kept[-1].text.strip():
        after = kept.pop().text + after
    if kept:
        first, last = kept[0].text, kept[-1].text
        before += first[: len(first) - len(first.lstrip())]
        after = last[len(last.rstrip()) :] + after
        kept[0] = replace(kept[0], text=first.lstrip())
        kept[-1] = replace(kept[-1], text=kept[-1].text.rstrip())
    return before, kept, after


def _without_mark(piece: MarkedText, mark: tuple[str, str]) -> MarkedText:
    kind, value = mark
    if kind == "link":
        return replace(piece, link="")
    return replace(piece, marks=tuple(one for one in piece.marks if one != value))
