"""Lengths, shares and sizes as they are written: `3 mm`, `1/2 col`, `62%`, `A5`, `148 x 210 mm`.

Takes text; gives values, or a `InvalidValue` that says what would be right. Units are exact: 1 in = 72 pt = 25.4 mm; 1 pc = 12
pt.
"""

from __future__ import annotations

import math
import re
from fractions import Fraction

from brochure.geometry import MM
from brochure.spec.values import Focus, Length, Range, Share, Size


class InvalidValue(ValueError):
    """A value that is not what it should be; `hint` says what would be right."""

    def __init__(self, message: str, hint: str = "") -> None:
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
LENGTH = re.compile(rf"({FIGURE})\s*([A-Za-z%]*)")
SIZE = re.compile(rf"({FIGURE})\s*([a-z]*)\s*[x×]\s*({FIGURE})\s*([a-z]*)")
RANGE = re.compile(rf"({FIGURE})\s*(?:\.\.|to)\s*({FIGURE})\s*(?:%|pt)?")
UNITS = "mm, cm, in, pt or pc; or lines, col, row, em"
LONGEST = 5000 * MM

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
"""Named sizes, upright, in millimetres (ISO 216 and 217, ANSI/ASME Y14.1)."""


def length(text: str) -> Length:
    """A length such as `3 mm`, `-2pt`, `1 1/2 lines`, `0`."""
    match = LENGTH.fullmatch(text.strip())
    if not match:
        raise InvalidValue(f"'{text}' is no length", f"write a figure and a unit: {UNITS}")
    figure, unit = _figure(match.group(1)), match.group(2)
    if not unit and figure == 0:
        return Length()
    if not unit:
        raise InvalidValue(f"'{text}' has no unit", f"'{text} mm' or '{text} pt'")
    if unit in RELATIVE:
        return Length(**{RELATIVE[unit]: _bounded(figure, text, 1000)})
    if unit not in POINTS:
        raise InvalidValue(f"'{unit}' is no unit of length", f"write {UNITS}")
    return Length(_bounded(figure * POINTS[unit], text, LONGEST))


def _figure(text: str) -> float:
    """A decimal figure or a fraction, the whole part apart: `1 1/2`."""
    sign = -1 if text.startswith("-") else 1
    try:
        return sign * float(sum(Fraction(part) for part in text.lstrip("+-").split()))
    except ZeroDivisionError:
        raise InvalidValue(f"'{text}' divides by nothing") from None


def _bounded(value: float, text: str, most: float) -> float:
    if not math.isfinite(value) or abs(value) > most:
        raise InvalidValue(f"'{text}' is too large", "nothing here is longer than 5 m")
    return value


def share(text: str) -> Share:
    """A share such as `62%`."""
    match = LENGTH.fullmatch(text.strip())
    if not match or match.group(2) != "%":
        raise InvalidValue(f"'{text}' is no share", "write it as per cent: 62%")
    return Share(_bounded(_figure(match.group(1)), text, 1e5) / 100)


def focus(text: str) -> Focus:
    """A focal point such as `62% 40%`."""
    parts = text.split()
    if len(parts) != 2:
        raise InvalidValue(f"'{text}' is no point of a picture", "write across and down: 62% 40%")
    x, y = (share(part).fraction for part in parts)
    if not (0 <= x <= 1 and 0 <= y <= 1):
        raise InvalidValue(f"'{text}' lies outside the picture", "both go from 0% to 100%")
    return Focus(x, y)


def span_of(text: str) -> Range:
    """A range such as `8.6..9.5`; a single figure is both its ends."""
    match = RANGE.fullmatch(text.strip())
    if match:
        least, most = _figure(match.group(1)), _figure(match.group(2))
        if least > most:
            raise InvalidValue(f"'{text}' begins above its end", f"{most:g}..{least:g}")
        return Range(least, most)
    try:
        return Range(float(text), float(text))
    except ValueError:
        raise InvalidValue(f"'{text}' is no range", "write least and most: 80..140") from None


def size(text: str) -> Size:
    """A size: a name (`A5`, `Letter landscape`) or two lengths (`148 x 210 mm`)."""
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
            f"'{text}' is no size", f"write '148 x 210 mm', or one of: {', '.join(SIZES)}"
        )
    unit = match.group(4) or match.group(2)
    if unit in RELATIVE or match.group(2) in RELATIVE:
        raise InvalidValue(f"'{text}' is no size", "measure a page in mm, cm, in, pt or pc")
    width = length(f"{match.group(1)} {match.group(2) or unit}").points
    height = length(f"{match.group(3)} {unit}").points
    if width < 10 or height < 10:
        raise InvalidValue(
            f"'{text}' is too small for a page", "a page is at least 10 pt on each side"
        )
    return Size(width, height)
