"""Constraints on values, as part of a model's type annotations: `Annotated[int, Bounds(1, 48)]`.

The parser, the JSON Schema and the reference pages all read them from there.
"""

from __future__ import annotations

import re
from typing import Annotated, Protocol

from brochure.fast_dataclass import dataclass
from brochure.spec.lengths import MAX_LENGTH
from brochure.spec.regular_expression import describe_fault
from brochure.spec.values import CharacterName, Length, MasterName, Range, Share, StyleName


@dataclass(frozen=True, slots=True)
class Violation:
    """What is wrong with a value, and what is expected instead."""

    what: str
    right: str


class Constraint(Protocol):
    """A condition that a value must meet."""

    def breach(self, value: object) -> Violation | None:
        """Return how the value violates the constraint; None if it does not, or is of another type."""


@dataclass(frozen=True, slots=True)
class Bounds:
    """Minimum and maximum of a number, of a length in points, of a percentage, or of both ends of a range.

    The size of an em, a line, a column or a row is not known here; each counts as `ROUGHLY` points.
    """

    least: float
    most: float

    def breach(self, value: object) -> Violation | None:
        """Return a violation if the value is too small or too large."""
        numbers, unit = _numbers(value)
        if any(number < self.least - 1e-9 for number in numbers):
            return Violation("is too small", f"the minimum is {self.least:g}{unit}")
        if any(number > self.most + 1e-9 for number in numbers):
            return Violation("is too large", f"the maximum is {self.most:g}{unit}")
        return None


@dataclass(frozen=True, slots=True)
class MaxItems:
    """Maximum number of items of a list."""

    most: int

    def breach(self, value: object) -> Violation | None:
        """Return a violation if the list is too long."""
        if not isinstance(value, tuple) or len(value) <= self.most:
            return None
        return Violation(f"has {len(value):,} items", f"the maximum is {self.most:,}; divide it")


ROUGHLY = 10.0
"""Assumed size of an em, a line, a column or a row, in points: close enough to refuse absurd values."""


def _numbers(value: object) -> tuple[tuple[float, ...], str]:
    """Return the numbers of a value to compare with bounds, and their unit."""
    match value:
        case bool():
            return (), ""
        case int() | float():
            return (value,), ""
        case Share(fraction):
            return (fraction * 100,), "%"
        case Range(least, most):
            return (least, most), ""
        case Length(points, lines, columns, rows, ems):
            return (points + ROUGHLY * (lines + columns + rows + ems),), " pt"
        case _:
            return (), ""


@dataclass(frozen=True, slots=True)
class Pattern:
    """A regular expression that text must match, with a name for such text and an example."""

    pattern: str
    name: str
    example: str

    def fits(self, text: str) -> bool:
        """Return whether the whole text matches."""
        return bool(re.fullmatch(self.pattern, text))

    def breach(self, value: object) -> Violation | None:
        """Return a violation if the text does not match."""
        if not isinstance(value, str) or self.fits(value):
            return None
        return Violation(f"is not a valid {self.name}", f"expected {self.example}")


@dataclass(frozen=True, slots=True)
class RegularExpression:
    """The text is a regular expression in the syntax of RE2."""

    def breach(self, value: object) -> Violation | None:
        """Return a violation if the expression cannot be compiled."""
        fault = describe_fault(value) if isinstance(value, str) else ""
        if not fault:
            return None
        right = "the syntax is that of RE2, e.g. \\p{Nd}+ for digits of every script"
        return Violation(f"is not a valid regular expression: {fault}", right)


@dataclass(frozen=True, slots=True)
class OneOf:
    """A closed list of words, with a name for one of them."""

    words: tuple[str, ...]
    name: str

    def breach(self, value: object) -> Violation | None:
        """Return a violation if the text is not in the list."""
        if not isinstance(value, str) or value in self.words:
            return None
        return Violation(f"is not a valid {self.name}", "")


@dataclass(frozen=True, slots=True)
class Names:
    """The text refers to an object of this kind; references are checked when the whole layout has been parsed."""

    kind: type[StyleName | CharacterName | MasterName]

    def breach(self, value: object) -> Violation | None:
        """Return None: references are checked later."""
        return None


# The bounds are generous: they refuse only values that cannot be meant.

NOT_NEGATIVE = Bounds(0, round(MAX_LENGTH))
LANGUAGE = Pattern(
    r"[A-Za-z]{2,3}(-[A-Za-z]{4})?(-(?:[A-Za-z]{2}|\d{3}))?(-[A-Za-z0-9]{5,8})*(-u(-[a-z0-9]{2,8})+)?",
    "language tag",
    "a BCP 47 tag, e.g. en, fr-CA or km",
)
"""A language tag (BCP 47, RFC 5646, 2.1), without the grandfathered and private-use forms."""

DATE = Pattern(
    r"((19|20)\d{2}-(02-(0[1-9]|1\d|2[0-8])|(0[469]|11)-(0[1-9]|[12]\d|30)|(0[13578]|1[02])-(0[1-9]|[12]\d|3[01]))"
    r"|((19|20)(0[48]|[2468][048]|[13579][26])|2000)-02-29)",
    "date",
    "YYYY-MM-DD, e.g. 2026-11-24",
)
"""A date from 1900 to 2099 in the Gregorian calendar, leap days included."""

Distance = Annotated[Length, NOT_NEGATIVE]
Extent = Annotated[Length, Bounds(0.1, round(MAX_LENGTH))]
Part = Annotated[Share, Bounds(0.1, 1000)]
Width = Annotated[Length, Bounds(0, 300)]
TypeSize = Annotated[Length, Bounds(0.5, 2000)]
Few = Annotated[int, Bounds(1, 20)]
Spanned = Annotated[int, Bounds(1, 200)]
Heads = Annotated[int, Bounds(0, 200)]
PageNumber = Annotated[int, Bounds(1, 100_000)]
Level = Annotated[int, Bounds(1, 6)]
Number = Annotated[int, Bounds(0, 1_000_000)]
Percent = Annotated[Share, Bounds(10, 500)]
Tracking = Annotated[float, Bounds(-500, 5000)]
Language = Annotated[str, LANGUAGE]
Feature = Annotated[
    str,
    Pattern(
        "[-+]?[A-Za-z0-9]{4}",
        "OpenType feature",
        "a four-character tag, with '-' to turn it off, e.g. ss01 or -liga",
    ),
]
Figures = Annotated[str, OneOf(("lining", "oldstyle", "proportional", "tabular"), "figure style")]
Weight = Annotated[
    int | str,
    Bounds(1, 1000),
    OneOf(
        (
            *("thin", "extra-light", "light", "regular"),
            *("medium", "semibold", "bold", "extra-bold", "black"),
        ),
        "weight",
    ),
]
Script = Annotated[
    str,
    Pattern("[A-Z][a-z]{3}|any", "script", "an ISO 15924 code or 'any', e.g. Khmr, Arab or Deva"),
]
StyleEdition = Annotated[
    str,
    Pattern(
        f"{LANGUAGE.pattern}|[A-Z][a-z]{{3}}",
        "language or script",
        "a BCP 47 tag, e.g. de, or an ISO 15924 script code, e.g. Khmr",
    ),
]
AspectRatio = Annotated[
    str,
    Pattern(
        r"[1-9][0-9]{0,3}(\.[0-9]{1,4})?:[1-9][0-9]{0,3}(\.[0-9]{1,4})?",
        "ratio",
        "width to height, e.g. 1:1 or 3:2",
    ),
]
FactKey = Annotated[
    str, Pattern("[A-Za-z_][A-Za-z0-9_]*", "variable name", "letters, digits and _")
]
FieldKey = Annotated[
    str,
    Pattern("[A-Za-z_][A-Za-z0-9_]{0,59}", "merge field name", "at most 60 letters, digits and _"),
]
FileName = Annotated[
    str,
    Pattern(r"\w[\w.-]{0,79}", "file name", "at most 80 letters, digits, dots, dashes and _"),
]
