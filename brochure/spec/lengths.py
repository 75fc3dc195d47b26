"""Parse lengths, percentages, ranges and page sizes: `3 mm`, `1/2 col`, `62%`, `80..140`, `A5`, `148 x 210 mm`.

Units are exact: 1 in = 72 pt = 25.4 mm; 1 pc = 12 pt. Invalid text raises `InvalidValue`.
"""

from __future__ import annotations

import math
from collections.abc import Callable

from brochure.geometry import MM
from brochure.lazy_pattern import compile_lazily
from brochure.spec.values import Focus, Length, Range, Share, Size

Hint = str | Callable[[], str]
"""A hint, or a function that finds one and may take time."""


def find_hint(hint: Hint) -> str:
    """Return the hint as text."""
    return hint if isinstance(hint, str) else hint()


class InvalidValue(ValueError):
    """Raised if text is not a valid value; `hint` says what is expected."""

    def __init__(self, message: str, hint: Hint = "") -> None:
        super().__init__(message)
        self.hint = hint


POINTS = {"mm": MM, "cm": 10 * MM, "in": 72.0, "pt": 1.0, "pc": 12.0}
RELATIVE = {
    "line": "lines",
    "lines": "lines",
    "col": "columns",
    "cols": "columns",
    "column": "columns",
    "row": "rows",
    "rows": "rows",
    "em": "ems",
    "ems": "ems",
}
DIGITS = "[0-9]{1,9}"
FIGURE = (
    rf"[+-]?(?:{DIGITS} {DIGITS}/{DIGITS}|{DIGITS}/{DIGITS}|{DIGITS}(?:\.{DIGITS})?|\.{DIGITS})"
)
LENGTH = compile_lazily(rf"({FIGURE})\s*([A-Za-z%]*)")
SIZE = compile_lazily(rf"({FIGURE})\s*+([a-z]*)\s*+[x×]\s*+({FIGURE})\s*+([a-z]*+)")
RANGE = compile_lazily(rf"({FIGURE})\s*(?:\.\.|to)\s*({FIGURE})\s*(?:%|pt)?")
EXPECTED = "expected a number with mm, cm, in, pt or pc, or lines, col, row or em, e.g. '3 mm'"
MAX_LENGTH = 5000 * MM

SIZES = {
    "A2": (420, 594),
    "A3": (297, 420),
    "A4": (210, 297),
    "A5": (148, 210),
    "A6": (105, 148),
    "A7": (74, 105),
    "B5": (176, 250),
    "SRA2": (450, 640),
    "SRA3": (320, 450),
    "SRA4": (225, 320),
    "DL": (99, 210),
    "Letter": (215.9, 279.4),
    "Half-Letter": (139.7, 215.9),
    "Legal": (215.9, 355.6),
    "Tabloid": (279.4, 431.8),
}
"""Named sizes in portrait orientation, in millimetres (ISO 216 and 217, ANSI/ASME Y14.1)."""


def length(text: str) -> Length:
    """Parse a length such as `3 mm`, `-2pt`, `1 1/2 lines` or `0`."""
    match = LENGTH.fullmatch(text.strip())
    if not match and LENGTH.fullmatch(text.strip().replace(",", ".", 1)):
        hint = f"use a decimal point: '{text.replace(',', '.')}'"
        raise InvalidValue(f"'{text}' is not a length", hint)
    if not match:
        raise InvalidValue(f"'{text}' is not a length", EXPECTED)
    figure, unit = _figure(match.group(1)), match.group(2)
    if not unit and figure == 0:
        return Length()
    if not unit:
        raise InvalidValue(f"'{text}' has no unit", f"write '{text} mm' or '{text} pt'")
    if unit in RELATIVE:
        return Length(**{RELATIVE[unit]: _bounded(figure, text, 1000)})
    if unit not in POINTS:
        raise InvalidValue(f"'{unit}' is not a unit of length", EXPECTED)
    return Length(_bounded(figure * POINTS[unit], text, MAX_LENGTH))


def _figure(text: str) -> float:
    """Parse a decimal number, a fraction or a mixed number: `9.5`, `1/2`, `1 1/2`."""
    sign = -1 if text.startswith("-") else 1
    unsigned = text.lstrip("+-")
    if "/" not in unsigned:
        return sign * float(unsigned)
    from fractions import Fraction  # imported late: few layouts have fractions

    try:
        return sign * float(sum(Fraction(part) for part in unsigned.split()))
    except ZeroDivisionError:
        raise InvalidValue(f"'{text}' divides by zero") from None


def _bounded(value: float, text: str, maximum: float) -> float:
    if not math.isfinite(value) or abs(value) > maximum:
        raise InvalidValue(f"'{text}' is too large", "the maximum length is 5 m")
    return value


def share(text: str) -> Share:
    """Parse a percentage such as `62%`."""
    match = LENGTH.fullmatch(text.strip())
    if not match or match.group(2) != "%":
        raise InvalidValue(f"'{text}' is not a percentage", "expected a number with %, e.g. 62%")
    return Share(_bounded(_figure(match.group(1)), text, 1e5) / 100)


def focus(text: str) -> Focus:
    """Parse a focal point such as `62% 40%`."""
    parts = text.split()
    if len(parts) != 2:
        hint = "expected two percentages, from the left and from the top, e.g. 62% 40%"
        raise InvalidValue(f"'{text}' is not a focal point", hint)
    x, y = (share(part).fraction for part in parts)
    if not (0 <= x <= 1 and 0 <= y <= 1):
        raise InvalidValue(f"'{text}' is outside the image", "both values must be 0% to 100%")
    return Focus(x, y)


def span_of(text: str) -> Range:
    """Parse a range such as `8.6..9.5`; a single number sets both ends."""
    match = RANGE.fullmatch(text.strip())
    if match:
        least, most = _figure(match.group(1)), _figure(match.group(2))
        if least > most:
            hint = f"write the smaller number first: {most:g}..{least:g}"
            raise InvalidValue(f"the minimum of '{text}' is greater than its maximum", hint)
        return Range(least, most)
    try:
        return Range(float(text), float(text))
    except ValueError:
        hint = "expected minimum and maximum, e.g. 80..140"
        raise InvalidValue(f"'{text}' is not a range", hint) from None


def size(text: str) -> Size:
    """Parse a page size: a name (`A5`, `Letter landscape`) or two lengths (`148 x 210 mm`)."""
    words = text.split()
    names = {name.casefold(): name for name in SIZES}
    if words and words[0].casefold() in names and words[1:] in ([], ["landscape"], ["portrait"]):
        name = names[words[0].casefold()]
        width, height = (edge * MM for edge in SIZES[name])
        return (
            Size(height, width, name) if words[1:] == ["landscape"] else Size(width, height, name)
        )
    match = SIZE.fullmatch(text.strip())
    if not match:
        raise InvalidValue(
            f"'{text}' is not a page size",
            f"expected width x height, e.g. '148 x 210 mm', or one of: {', '.join(SIZES)}",
        )
    unit = match.group(4) or match.group(2)
    if unit in RELATIVE or match.group(2) in RELATIVE:
        raise InvalidValue(f"'{text}' is not a page size", "use mm, cm, in, pt or pc")
    width = length(f"{match.group(1)} {match.group(2) or unit}").points
    height = length(f"{match.group(3)} {unit}").points
    if width < 10 or height < 10:
        raise InvalidValue(
            f"'{text}' is too small for a page", "the minimum width and height are 10 pt"
        )
    return Size(width, height)
