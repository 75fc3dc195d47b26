"""Inline markup: what a writer may mark inside a message, and nothing else.

Takes the text of a message; gives its paragraphs as `Words`. The grammar is that of CommonMark's inline rules, through
markdown-it: `**strong**`, `*emphasis*`, `[words](https://…)`, `[words]{.character-style lang=fr}`, `^superior^`, `~inferior~`,
a backslash before a character that should stand for itself, and a blank line between paragraphs. A line end inside a
paragraph is a space; a backslash at its end keeps it.
"""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence
from dataclasses import replace
from functools import lru_cache
from typing import Any

from brochure.fast_dataclass import dataclass
from brochure.l10n.story import PLAIN, InlineMarks, Words
from brochure.typeset.style import Position

MARKED = re.compile(r"[*\[\]\\^~_&]")
LINK_SCHEMES = ("http://", "https://", "mailto:", "tel:")


@dataclass(frozen=True, slots=True)
class MarkupProblem:
    """Something in the markup that cannot be meant: what, and what would be right."""

    message: str
    hint: str = ""


def parse_markup(text: str) -> tuple[tuple[tuple[Words, ...], ...], tuple[MarkupProblem, ...]]:
    """The paragraphs of a message, and what is wrong with its markup."""
    paragraphs: list[tuple[Words, ...]] = []
    problems: list[MarkupProblem] = []
    for block in re.split(r"\n[ \t]*\n", text.strip("\n")):
        words, found = _paragraph(block.strip())
        paragraphs.append(words)
        problems.extend(found)
    return tuple(paragraphs), tuple(problems)


def _paragraph(text: str) -> tuple[tuple[Words, ...], list[MarkupProblem]]:
    if not MARKED.search(text):
        return (Words(re.sub(r"\s*\n\s*", " ", text)),), []
    tokens = _parser().parseInline(text)[0].children
    words = tuple(_joined(_words(tokens)))
    return words, list(_problems(words, text))


@lru_cache(maxsize=1)
def _parser() -> Any:
    # Imported here: most messages carry no markup, and a build that meets none does not pay for the parser.
    from markdown_it import MarkdownIt
    from mdit_py_plugins.attrs import attrs_plugin
    from mdit_py_plugins.subscript import sub_plugin
    from mdit_py_plugins.superscript import superscript_plugin

    parser = MarkdownIt("zero").enable(["emphasis", "link", "escape", "newline"])
    for plugin in (superscript_plugin, sub_plugin):
        plugin(parser)
    attrs_plugin(parser, spans=True)
    parser.validateLink = _any_link  # type: ignore[method-assign]  # judged below, in a writer's words
    return parser


def _any_link(url: str) -> bool:
    return True


OPENING: dict[str, dict[str, Any]] = {
    "strong_open": {"strong": True},
    "em_open": {"emphasis": True},
    "sup_open": {"position": Position.SUPERSCRIPT},
    "sub_open": {"position": Position.SUBSCRIPT},
}


def _words(tokens: Sequence[Any]) -> Iterator[Words]:
    marks = [PLAIN]
    for token in tokens:
        if token.nesting == 1:
            marks.append(_marked(marks[-1], token))
        elif token.nesting == -1:
            marks.pop()
        else:
            text = {"softbreak": " ", "hardbreak": "\n"}.get(token.type, token.content)
            yield Words(text, marks[-1])


def _marked(marks: InlineMarks, token: Any) -> InlineMarks:
    if token.type in OPENING:
        return replace(marks, **OPENING[token.type])
    if token.type == "link_open":
        return replace(marks, link=str(token.attrs["href"]))
    named, language = token.attrs.get("class"), token.attrs.get("lang")
    return replace(
        marks,
        character=str(named) if named else marks.character,
        language=str(language) if language else marks.language,
    )


def _joined(pieces: Iterator[Words]) -> Iterator[Words]:
    held: Words | None = None
    for piece in pieces:
        if held and held.marks == piece.marks:
            held = Words(held.text + piece.text, held.marks)
            continue
        if held and held.text:
            yield held
        held = piece
    if held and held.text:
        yield held


def _problems(words: tuple[Words, ...], source: str) -> Iterator[MarkupProblem]:
    for piece in words:
        link = piece.marks.link
        if link is not None and not link.startswith(LINK_SCHEMES):
            yield MarkupProblem(
                f"'{link}' is no address", "begin it with https://, mailto: or tel:"
            )
        if "**" in piece.text and "\\*" not in source:
            yield MarkupProblem(
                "'**' opens or closes nothing", "write **words** without spaces inside the stars"
            )
