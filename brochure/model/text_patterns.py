"""Split text where the patterns of its paragraph style match.

The expressions are those of RE2, which searches in time proportional to the text whatever the expression is. It has no
lookaround; groups serve instead: where an expression has groups, only the groups get the style.
"""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import replace
from itertools import groupby

from brochure.l10n.story import Words
from brochure.spec.regular_expression import compile_expression
from brochure.typeset.style import TextPattern


def split_at_patterns(
    words: Sequence[Words], patterns: Sequence[TextPattern]
) -> Iterator[tuple[Words, tuple[str, ...]]]:
    """Yield the pieces of a paragraph, each with the character styles of the patterns that it lies in, in their order."""
    text = "".join(piece.text for piece in words)
    styles = _style_characters(text, patterns)
    at = 0
    for piece in words:
        if not piece.text:  # the mark of a note
            yield piece, ()
        end = at + len(piece.text)
        for names, group in groupby(range(at, end), key=styles.__getitem__):
            places = list(group)
            yield replace(piece, text=text[places[0] : places[-1] + 1]), names
        at = end


def _style_characters(text: str, patterns: Sequence[TextPattern]) -> list[tuple[str, ...]]:
    """Return the names of the character styles at each character."""
    styles: list[tuple[str, ...]] = [()] * len(text)
    for pattern in patterns:
        for start, end in _find_regions(pattern.expression, text):
            for at in range(start, end):
                if styles[at][-1:] != (pattern.character,):
                    styles[at] = (*styles[at], pattern.character)
    return styles


def _find_regions(expression: str, text: str) -> Iterator[tuple[int, int]]:
    for found in compile_expression(expression).finditer(text):
        groups = range(1, len(found.groups()) + 1) if found.groups() else (0,)
        yield from (found.span(group) for group in groups)
