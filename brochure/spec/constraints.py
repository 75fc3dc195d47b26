"""Limits: what a value of the right kind must keep to besides, written into a model's types.

Takes a value that has been read; gives a `Violation` where it lies outside, with what would be right. A model says
`Annotated[int, Within(1, 48)]`; the reader, the JSON Schema and whoever else reads the models follow from that.
"""

from __future__ import annotations

import re
from typing import Annotated, Protocol

from brochure.fast_dataclass import dataclass
from brochure.spec.lengths import LONGEST
from brochure.spec.values import CharacterName, Length, MasterName, Range, Share, StyleName


@dataclass(frozen=True, slots=True)
class Violation:
    """How a value breaks a limit: what it is, and what would be right."""

    what: str
    right: str


class Constraint(Protocol):
    """What a value must keep to."""

    def breach(self, value: object) -> Violation | None:
        """How the value breaks the limit; None where it keeps to it or is of a kind that the limit is not for."""


@dataclass(frozen=True, slots=True)
class Bounds:
    """Least and most of a figure; of a length in points, of a share in per cent, of a range at both its ends.

    A length in ems, lines, columns or rows is measured as so many times `ROUGHLY`: what it will be is not known here.
    """

    least: float
    most: float

    def breach(self, value: object) -> Violation | None:
        """The value is too small or too large."""
        figures, unit = _measured(value)
        if any(figure < self.least - 1e-9 for figure in figures):
            return Violation("is too small", f"at least {self.least:g}{unit}")
        if any(figure > self.most + 1e-9 for figure in figures):
            return Violation("is too large", f"at most {self.most:g}{unit}")
        return None


ROUGHLY = 10.0
"""Points that an em, a line, a column or a row is taken for: only absurd figures are to be caught."""


def _measured(value: object) -> tuple[tuple[float, ...], str]:
    """The figures in a value that can be held against bounds, and their unit."""
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
    """What a text must look like, as a pattern; what such a text is called, and an example."""

    pattern: str
    name: str
    example: str

    def fits(self, text: str) -> bool:
        """Whether a text is of this form."""
        return bool(re.fullmatch(self.pattern, text))

    def breach(self, value: object) -> Violation | None:
        """The text is no such thing."""
        if not isinstance(value, str) or self.fits(value):
            return None
        return Violation(f"is no {self.name}", self.example)


@dataclass(frozen=True, slots=True)
class OneOf:
    """The words that are possible, and what one of them is called."""

    words: tuple[str, ...]
    name: str

    def breach(self, value: object) -> Violation | None:
        """The text is none of the words."""
        if not isinstance(value, str) or value in self.words:
            return None
        return Violation(f"is no {self.name}", "")


@dataclass(frozen=True, slots=True)
class Names:
    """The text names another thing, of this kind; whether there is one is asked when the whole layout has been read."""

    kind: type[StyleName | CharacterName | MasterName]

    def breach(self, value: object) -> Violation | None:
        """Never: a name is judged later."""
        return None


# What the values of the models keep to. The figures lie far beyond any brochure: only what cannot be meant is refused.

NOT_NEGATIVE = Bounds(0, round(LONGEST))
LANGUAGE = Pattern(
    r"[A-Za-z]{2,3}(-[A-Za-z]{4})?(-(?:[A-Za-z]{2}|\d{3}))?(-[A-Za-z0-9]{5,8})*(-u(-[a-z0-9]{2,8})+)?",
    "language tag",
    "write en, fr-CA or km",
)
"""A language tag (BCP 47, RFC 5646, 2.1), without the forms that no copy is written in."""

DATE = Pattern(
    r"((19|20)\d{2}-(02-(0[1-9]|1\d|2[0-8])|(0[469]|11)-(0[1-9]|[12]\d|30)|(0[13578]|1[02])-(0[1-9]|[12]\d|3[01]))"
    r"|((19|20)(0[48]|[2468][048]|[13579][26])|2000)-02-29)",
    "date",
    "2026-11-24",
)
"""A day of the Gregorian calendar from 1900 to 2099, 29 February in leap years included."""

Distance = Annotated[Length, NOT_NEGATIVE]
Extent = Annotated[Length, Bounds(0.1, round(LONGEST))]
Part = Annotated[Share, Bounds(0.1, 1000)]
Width = Annotated[Length, Bounds(0, 300)]
TypeSize = Annotated[Length, Bounds(0.5, 2000)]
Few = Annotated[int, Bounds(1, 20)]
Spanned = Annotated[int, Bounds(1, 200)]
Heads = Annotated[int, Bounds(0, 200)]
Level = Annotated[int, Bounds(1, 6)]
Number = Annotated[int, Bounds(0, 1_000_000)]
Percent = Annotated[Share, Bounds(10, 500)]
Tracking = Annotated[float, Bounds(-500, 5000)]
Language = Annotated[str, LANGUAGE]
Feature = Annotated[
    str, Pattern("[-+]?[A-Za-z0-9]{4}", "OpenType feature", "four letters: ss01, -liga")
]
Figures = Annotated[str, OneOf(("lining", "oldstyle", "proportional", "tabular"), "kind of figure")]
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
Script = Annotated[str, Pattern("[A-Z][a-z]{3}|any", "script", "Khmr, Arab, Deva … or any")]
FactKey = Annotated[
    str, Pattern("[A-Za-z_][A-Za-z0-9_]*", "name for a fact", "letters, digits and _")
]
FieldKey = Annotated[
    str, Pattern("[A-Za-z_][A-Za-z0-9_]{0,59}", "name for a field", "letters, digits and _")
]
FileName = Annotated[
    str, Pattern(r"\w[\w.-]{0,79}", "name for files", "letters, digits, dots and dashes")
]
