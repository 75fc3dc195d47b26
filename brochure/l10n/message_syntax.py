"""Find placeholders and apostrophes in ICU messages.

To ICU, an apostrophe before a brace begins literal text that ends at the next apostrophe. Writers mean an apostrophe: in
the French `l'{name}` it is an elision, in `'{name}'` the value is in quotation marks. So here only `'{'` and `'}'` (and `'#'`
in plural forms) are literal characters, `''` is one apostrophe, and any other apostrophe is printed.
"""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import replace
from enum import Enum
from functools import lru_cache
from itertools import pairwise

from brochure.fast_dataclass import dataclass
from brochure.lazy_pattern import compile_lazily

ARGUMENT = compile_lazily(r"\s*([^\s,{}]*)\s*(?:,\s*(\w+))?")
QUOTED, QUOTED_IN_PLURAL = compile_lazily("''|'[{}]'|'"), compile_lazily("''|'[{}#]'|'")
PLURALS = ("plural", "selectordinal")
CHOOSING = (*PLURALS, "select")
"""Argument types whose braces contain alternative messages; the braces of other types contain a style."""


@dataclass(frozen=True, slots=True)
class Placeholder:
    """A placeholder: the variable's name, the argument type, and where the name starts and ends in the pattern.

    `depth` is how many plural and select forms it is inside.
    """

    name: str
    kind: str
    start: int
    end: int
    depth: int


@dataclass(frozen=True, slots=True)
class Form:
    """A form of a plural or select: its keyword, or its number such as `=1`, and where its argument's name starts.

    `offset` is what the plural subtracts from the number before it chooses a keyword.
    """

    keyword: str
    argument: int
    offset: int = 0


@dataclass(frozen=True, slots=True)
class Literal:
    """An apostrophe or a quoted character: the text that is printed for it, and where it is written."""

    text: str
    start: int
    end: int


class _Context(Enum):
    """What surrounds a position in a pattern: message text, the forms of a plural or select, or a style."""

    WORDS = "words"
    CHOICES = "choices"
    STYLE = "style"


@dataclass(frozen=True, slots=True)
class _Level:
    """Braces around a position: what they contain, the argument's type and start, and where its last form ended."""

    context: _Context
    kind: str = ""
    argument: int = 0
    after: int = 0


@lru_cache(maxsize=1024)
def find_placeholders(pattern: str) -> tuple[Placeholder, ...]:
    """Return the placeholders of a pattern in order, including those inside plural and select forms."""
    return tuple(one for one in _scan(pattern) if isinstance(one, Placeholder))


def find_forms(pattern: str) -> tuple[tuple[Placeholder, tuple[Form, ...]], ...]:
    """Return the plurals and selects of a pattern with their forms, in order."""
    found = tuple(one for one in _scan(pattern) if not isinstance(one, Literal))
    forms = [one for one in found if isinstance(one, Form)]
    return tuple(
        (one, tuple(form for form in forms if form.argument == one.start))
        for one in found
        if isinstance(one, Placeholder) and one.kind in CHOOSING
    )


def select_words(pattern: str, separator: str) -> str:
    """Return the words of a message, with a separator in place of placeholders and between the forms of a plural."""
    return "".join(
        one.text if isinstance(one, Literal) else separator for one in _scan(pattern, plain=True)
    )


def quote_for_icu(pattern: str) -> str:
    """Return the pattern with apostrophes as ICU reads them: doubled, and around literal characters."""
    if "'" not in pattern:
        return pattern
    literals = [one for one in _scan(pattern) if isinstance(one, Literal)]
    if not literals:
        return pattern
    parts = [pattern[: literals[0].start]]
    pending = literals[0].text
    for before, here in pairwise(literals):
        if before.end == here.start:
            pending += here.text
            continue
        parts += [_quote(pending), pattern[before.end : here.start]]
        pending = here.text
    return "".join((*parts, _quote(pending), pattern[literals[-1].end :]))


def _quote(text: str) -> str:
    doubled = text.replace("'", "''")
    return doubled if text.strip("'") == "" else f"'{doubled}'"


FORM = compile_lazily(r"[\s,]*+(?:offset:\s*+(\d{1,9}+)\s++)?+([^\s{}]*+)\s*+")
"""What is before the words of a form: the keyword, and before the first also the offset."""


def _scan(pattern: str, *, plain: bool = False) -> Iterator[Placeholder | Form | Literal]:
    """Yield placeholders, forms and literals in order; with `plain`, every other character of the words is a literal too."""
    within = [_Level(_Context.WORDS)]
    at = 0
    while at < len(pattern):
        char, here = pattern[at], within[-1]
        if char == "'" and here.context is _Context.WORDS:
            quoted = (QUOTED_IN_PLURAL if here.kind in PLURALS else QUOTED).match(pattern, at)
            assert quoted, "an apostrophe matches"
            yield Literal(quoted[0][1:2] or "'", at, quoted.end())
            at = quoted.end()
            continue
        at += 1
        if char == "}" and len(within) > 1:
            within.pop()
            within[-1] = replace(within[-1], after=at)
        elif char == "{" and here.context is _Context.WORDS:
            match = ARGUMENT.match(pattern, at)
            assert match, "ARGUMENT matches the empty string"
            kind, start, at = match[2] or "", match.start(1), match.end()
            # Each form is two contexts: the choices and the words of one of them.
            yield Placeholder(match[1], kind, start, match.end(1), len(within) // 2)
            inner = _Context.CHOICES if kind in CHOOSING else _Context.STYLE
            within.append(_Level(inner, kind, start, at))
        elif char == "{" and here.context is _Context.CHOICES:
            if form := FORM.fullmatch(pattern, here.after, at - 1):
                yield Form(form[2], here.argument, int(form[1] or 0))
            within.append(replace(here, context=_Context.WORDS, after=at))
        elif char == "{":
            within.append(_Level(_Context.STYLE, here.kind))
        elif plain and here.context is _Context.WORDS:
            yield Literal(char, at - 1, at)
