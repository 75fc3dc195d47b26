r"""Regular expressions in layouts, in the syntax of RE2.

RE2 searches in time proportional to the text, so that no expression can hold up a build. In return it has neither lookaround
nor backreferences, and `\d`, `\w` and `\b` know ASCII only: `\p{Nd}` and `\p{L}` are digits and letters of every script.
Syntax: https://github.com/google/re2/wiki/Syntax
"""

from __future__ import annotations

from collections.abc import Iterator
from functools import lru_cache
from typing import Protocol, cast


class Match(Protocol):
    """A place where an expression matches."""

    def groups(self) -> tuple[str | None, ...]:
        """Return the text of each group."""

    def span(self, group: int = 0) -> tuple[int, int]:
        """Return start and end of a group, (-1, -1) if it does not take part; group 0 is the whole match."""


class Expression(Protocol):
    """A compiled expression."""

    def finditer(self, text: str) -> Iterator[Match]:
        """Yield the matches from left to right, which do not overlap."""


MAX_EXPRESSION = 1000
"""Characters of an expression."""

FAULTS = {
    "missing )": "a '(' is not closed",
    "unexpected )": "a ')' closes nothing",
    "missing ]": "a '[' is not closed",
    "no argument for repetition operator": "nothing comes before '*', '+' or '?'",
    "bad repetition operator": "two repetitions follow each other",
    "invalid repetition size": "a repetition is too large",
    "invalid perl operator": "'(?' begins what RE2 does not have, such as lookaround",
    "invalid escape sequence": "a '\\' comes before a character that has no meaning with it",
    "invalid character class range": "a range of characters, or a \\p{…}, does not exist",
    "invalid named capture group": "the name of a group is not valid",
    "trailing \\": "it ends with a '\\'",
    "pattern too large": "it is too large",
}
"""What RE2 finds wrong, in the words of this program."""


def describe_fault(expression: str) -> str:
    """Return what is wrong with an expression; empty if it is valid."""
    import re2  # only layouts with patterns need it

    if len(expression) > MAX_EXPRESSION:
        return f"it has more than {MAX_EXPRESSION:,} characters"
    try:
        compile_expression(expression)
    except re2.error as error:
        reason = bytes(error.args[0]).decode("utf-8", "replace").partition(":")[0]
        return FAULTS.get(reason, "it cannot be read")
    return ""


@lru_cache(maxsize=256)
def compile_expression(expression: str) -> Expression:
    """Compile an expression; re2.error if it is not valid."""
    import re2  # only layouts with patterns need it

    options = re2.Options()
    options.log_errors = False
    return cast("Expression", re2.compile(expression, options))
