"""Inline markup of messages, parsed with markdown-it by CommonMark's inline rules.

Supported: `**strong**`, `*emphasis*`, `[words](https://…)`, `[words](#map.title)`, `[words]{.character-style lang=fr}`,
`![alternative text](icons/bus.svg){size=1.2em}`, `^superscript^`, `~subscript~`, `[^name]` for the mark of a note, a backslash
escape, and a blank line between paragraphs. A line end inside a paragraph is a space; a backslash before it makes it a forced
line break. `[words]{.strong}` and `[words]{.emphasis}` are the same as asterisks.
"""

from __future__ import annotations

import re
import unicodedata
from collections.abc import Iterator, Sequence
from dataclasses import replace
from functools import lru_cache
from typing import Any

from brochure.fast_dataclass import dataclass
from brochure.l10n.story import PLAIN, InlineMarks, Words
from brochure.l10n.uri import ascii_uri
from brochure.lazy_pattern import compile_lazily, import_with_lazy_patterns
from brochure.typeset.quotation_marks import CLOSING_PUNCTUATION
from brochure.typeset.style import OBJECT, Position

OUTER_SPACE = compile_lazily(r"\A\s*\n|\A[^\S\t]+|[^\S\t]+\Z")
"""White space around a paragraph, without tabs: one at its end has a leader."""
PARAGRAPH_END = compile_lazily(r"\n(?:[ \t]*\n)+")
LINE_END = compile_lazily(r"(?<![^\S\n])[^\S\n]*+\n\s*+")
"""A line end with the white space around it."""

MARKED = compile_lazily(r"[*\[\]\\^~_&]")
LINK_SCHEMES = ("http://", "https://", "mailto:", "tel:", "#")


@dataclass(frozen=True, slots=True)
class MarkupProblem:
    """An error in the markup of a message, and how to fix it."""

    message: str
    hint: str = ""


def parse_markup(text: str) -> tuple[tuple[tuple[Words, ...], ...], tuple[MarkupProblem, ...]]:
    """Return the paragraphs of a message as runs of equally marked text, and the errors in its markup."""
    paragraphs: list[tuple[Words, ...]] = []
    problems: list[MarkupProblem] = []
    for block in PARAGRAPH_END.split(text.strip("\n")):
        is_bare = block and not (block[0].isspace() or block[-1].isspace())
        words, found = _parse_paragraph(block if is_bare else OUTER_SPACE.sub("", block))
        paragraphs.append(words)
        problems.extend(found)
    return tuple(paragraphs), tuple(problems)


def _parse_paragraph(text: str) -> tuple[tuple[Words, ...], list[MarkupProblem]]:
    if not MARKED.search(text):
        return (Words(LINE_END.sub(" ", text) if "\n" in text else text),), []
    has_images = "![" in text
    tokens = _parser().parseInline(_quote_values(text) if has_images else text)[0].children
    words = tuple(_merge_runs(_read_tokens(tokens)))
    wrong = _find_image_problems(tokens) if has_images else ()
    return words, [*wrong, *_find_problems(words, text)]


def _quote_values(text: str) -> str:
    # Imported here, as below: most messages have no pictures.
    from brochure.l10n.inline_image import quote_values

    return quote_values(text)


def _find_image_problems(tokens: Sequence[Any]) -> list[MarkupProblem]:
    # Imported here: most messages have no pictures.
    from brochure.l10n.inline_image import find_image_problems

    images = (token for token in tokens if token.type == "image")
    return [MarkupProblem(*one) for image in images for one in find_image_problems(image)]


@lru_cache(maxsize=1)
def _parser() -> Any:
    # Imported here because most messages have no markup: a build without any does not load the parser.
    # Its patterns for HTML and other marks that are not enabled are never compiled.
    with import_with_lazy_patterns("markdown_it"):
        from markdown_it import MarkdownIt
    from mdit_py_plugins.attrs import attrs_plugin
    from mdit_py_plugins.subscript import sub_plugin
    from mdit_py_plugins.superscript import superscript_plugin

    parser = MarkdownIt("zero").enable(["emphasis", "link", "image", "escape", "newline"])
    for plugin in (superscript_plugin, sub_plugin):
        plugin(parser)
    attrs_plugin(parser, spans=True)
    parser.inline.ruler.at("emphasis", _tokenize_asterisks)
    parser.inline.ruler.before("link", "note_mark", _tokenize_note_mark)
    parser.inline.ruler.before("image", "exclamation", _tokenize_exclamation)
    parser.validateLink = _accept_link  # type: ignore[method-assign]  # checked below, with our own message
    parser.normalizeLink = _normalize_link  # type: ignore[method-assign]
    return parser


def _accept_link(url: str) -> bool:
    return True


def _tokenize_asterisks(state: Any, silent: bool) -> bool:  # noqa: FBT001  # called by markdown-it
    """Tokenize asterisks as markdown-it does, but by our own rule for what opens and closes.

    CommonMark's rule assumes spaces between words: an asterisk between a letter and punctuation is
    literal. In `と**「店」**と` and `ال**«بيت»**` it marks words.
    """
    from markdown_it.rules_inline.emphasis import tokenize

    first = len(state.delimiters)
    start = state.pos
    if not tokenize(state, silent):
        return False
    if state.src[start] == "*":
        before, after = (
            state.src[start - 1 : start] if start else "",
            state.src[state.pos : state.pos + 1],
        )
        for delimiter in state.delimiters[first:]:
            delimiter.open = delimiter.open or (_is_letter(before) and _may_begin(after))
            delimiter.close = delimiter.close or (_is_letter(after) and _may_end(before))
    return True


NOTE_MARK = compile_lazily(r"\[\^([\w-]+)\]")
"""The mark of a note: `[^name]`."""


def _tokenize_note_mark(state: Any, silent: bool) -> bool:  # noqa: FBT001  # called by markdown-it
    match = NOTE_MARK.match(state.src, state.pos)
    if match is None:
        return False
    if not silent:
        state.push("note_mark", "", 0).content = match[1]
    state.pos = match.end()
    return True


EXCLAIMED_LINK = compile_lazily(
    r"!(?=\[[^\[\]]*\]\(\s*<?(?:https?:|mailto:|tel:|#))", re.IGNORECASE
)


def _tokenize_exclamation(state: Any, silent: bool) -> bool:  # noqa: FBT001  # called by markdown-it
    """Keep the exclamation mark of a word before a link: `Read![here](https://example.org)` has no picture."""
    if not (state.pos and _is_letter(state.src[state.pos - 1])):
        return False
    if not EXCLAIMED_LINK.match(state.src, state.pos):
        return False
    if not silent:
        state.pending += "!"
    state.pos += 1
    return True


def _is_letter(char: str) -> bool:
    return char.isalpha() or (bool(char) and unicodedata.category(char).startswith("M"))


def _may_begin(char: str) -> bool:
    """Return True if marked words can begin with a character."""
    return bool(char) and not char.isspace() and not _is_closing(char)


def _may_end(char: str) -> bool:
    """Return True if marked words can end with a character."""
    return bool(char) and not char.isspace() and unicodedata.category(char) != "Ps"


def _is_closing(char: str) -> bool:
    return unicodedata.category(char) == "Pe" or char in CLOSING_PUNCTUATION


def _normalize_link(url: str) -> str:
    """Return the link target in ASCII; a host name that is not valid stays as it is and is reported below."""
    try:
        return ascii_uri(url)
    except ValueError:
        return url


OPENING: dict[str, dict[str, Any]] = {
    "strong_open": {"strong": True},
    "em_open": {"emphasis": True},
    "sup_open": {"position": Position.SUPERSCRIPT},
    "sub_open": {"position": Position.SUBSCRIPT},
}

NAMED_MARKS: dict[str, dict[str, Any]] = {
    "strong": OPENING["strong_open"],
    "emphasis": OPENING["em_open"],
}
"""Character styles that mean the same as asterisks: `[words]{.strong}` can be written anywhere."""


def _read_tokens(tokens: Sequence[Any]) -> Iterator[Words]:
    marks = [PLAIN]
    for token in tokens:
        if token.nesting == 1:
            marks.append(_add_marks(marks[-1], token))
        elif token.nesting == -1:
            marks.pop()
        elif token.type == "note_mark":
            yield Words("", replace(marks[-1], note=token.content))
        elif token.type == "image":
            # Imported here: most messages have no pictures.
            from brochure.l10n.inline_image import read_image

            yield Words(OBJECT, replace(marks[-1], image=read_image(token)))
        else:
            text = {"softbreak": " ", "hardbreak": "\n"}.get(token.type, token.content)
            yield Words(text, marks[-1])


def _add_marks(marks: InlineMarks, token: Any) -> InlineMarks:
    if token.type in OPENING:
        return replace(marks, **OPENING[token.type])
    if token.type == "link_open":
        return replace(marks, link=str(token.attrs["href"]))
    named, language = token.attrs.get("class"), token.attrs.get("lang")
    if named in NAMED_MARKS:
        return replace(
            marks, **NAMED_MARKS[named], language=str(language) if language else marks.language
        )
    return replace(
        marks,
        character=str(named) if named else marks.character,
        language=str(language) if language else marks.language,
    )


def _merge_runs(pieces: Iterator[Words]) -> Iterator[Words]:
    pending: Words | None = None
    for piece in pieces:
        if pending and pending.marks == piece.marks and not (piece.marks.image or piece.marks.note):
            pending = Words(pending.text + piece.text, pending.marks)
            continue
        if pending and (pending.text or pending.marks.note):
            yield pending
        pending = piece
    if pending and (pending.text or pending.marks.note):
        yield pending


MARK_IN_LINK = compile_lazily(r"(\[\^[\w-]+\])[^\[\]()]{0,200}\]\(")
"""The mark of a note before the end of a link's words."""


def _find_problems(words: tuple[Words, ...], source: str) -> Iterator[MarkupProblem]:
    for match in MARK_IN_LINK.finditer(source):
        yield MarkupProblem(
            f"the mark {match[1]} is in the words of a link",
            f"write it after the link: [words](…){match[1]}",
        )
    for piece in words:
        link = piece.marks.link
        if link is not None and not link.startswith(LINK_SCHEMES):
            yield MarkupProblem(
                f"'{link}' is not a link address",
                "start it with https://, http://, mailto: or tel:, or with # for a place in the brochure",
            )
        elif link is not None and not link.isascii():
            yield MarkupProblem(f"the host name of '{link}' is not valid", "check its characters")
        if "**" in piece.text and "\\*" not in source:
            yield MarkupProblem(
                "unpaired '**'",
                "write **words** without spaces next to the asterisks, or [words]{.strong};"
                " \\** for asterisks",
            )
