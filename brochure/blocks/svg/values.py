"""Values of SVG attributes: lengths, numbers, colours, transformations."""

from __future__ import annotations

import math
import re
from collections.abc import Callable
from typing import Any

from brochure.blocks.svg.errors import refuse
from brochure.color.swatch import Rgb
from brochure.geometry import IDENTITY, Matrix, shift, turn

NUMBER = r"[-+]?(?:\d++\.?+\d*+|\.\d++)(?:[eE][-+]?\d++)?"
LENGTH = re.compile(rf"\s*+({NUMBER})\s*+([a-zA-Z%]*+)\s*+")
UNITS = {
    "": 1.0, "px": 1.0, "pt": 96 / 72, "pc": 16.0, "in": 96.0, "cm": 96 / 2.54, "mm": 96 / 25.4, "q": 96 / 101.6,
}  # fmt: skip
"""User units of each unit (CSS Values 4, 6.2)."""

COLOURS = {
    "black": (0, 0, 0), "white": (255, 255, 255), "red": (255, 0, 0), "green": (0, 128, 0), "lime": (0, 255, 0),
    "blue": (0, 0, 255), "grey": (128, 128, 128), "gray": (128, 128, 128), "silver": (192, 192, 192),
    "maroon": (128, 0, 0), "yellow": (255, 255, 0), "olive": (128, 128, 0), "cyan": (0, 255, 255), "aqua": (0, 255, 255),
    "teal": (0, 128, 128), "navy": (0, 0, 128), "magenta": (255, 0, 255), "fuchsia": (255, 0, 255),
    "purple": (128, 0, 128), "orange": (255, 165, 0),
}  # fmt: skip
"""Colour names that drawing programs write; other colours must be hexadecimal or rgb()."""

FUNCTION = re.compile(r"\s*+([a-zA-Z]++)\s*+\(([^()]*+)\)[\s,]*+")
RGB = re.compile(r"rgb\(\s*+([^()]*+)\)")


def read_length(element: Any, name: str, value: str) -> float:
    """Return a length in user units."""
    match = LENGTH.fullmatch(value)
    unit = UNITS.get(match[2].casefold()) if match else None
    if match is None or unit is None:
        refuse(element, f"{name} '{value[:40]}' is not supported; use a number without a unit")
    return _finite(element, name, float(match[1]) * unit)


def read_lengths(element: Any, name: str, value: str) -> list[float]:
    """Return lengths separated by commas or spaces."""
    parts = [part for part in re.split(r"[\s,]+", value.strip()) if part]
    return [read_length(element, name, part) for part in parts]


def read_share(element: Any, name: str, value: str) -> float:
    """Return a number from 0 to 1, or a percentage."""
    match = LENGTH.fullmatch(value)
    if match is None or match[2] not in ("", "%"):
        refuse(element, f"{name} '{value[:40]}' is not a number from 0 to 1")
    number = float(match[1]) / (100 if match[2] else 1)
    return min(1.0, max(0.0, _finite(element, name, number)))


def _finite(element: Any, name: str, number: float) -> float:
    if not math.isfinite(number):
        refuse(element, f"{name} is not finite")
    return number


def read_colour(element: Any, name: str, value: str) -> Rgb:
    """Return a colour."""
    text = value.strip().casefold()
    parts: tuple[float, ...] | None = COLOURS.get(text)
    if re.fullmatch(r"#[0-9a-f]{3}|#[0-9a-f]{6}", text):
        digits = text[1:] if len(text) == 7 else "".join(digit * 2 for digit in text[1:])
        parts = tuple(int(digits[at : at + 2], 16) for at in (0, 2, 4))
    elif match := RGB.fullmatch(text):
        parts = _rgb_parts(match[1])
    if parts is None:
        refuse(
            element, f"{name} '{value[:40]}' is not supported; use a colour such as #336699 or none"
        )
    return Rgb(*(min(255.0, max(0.0, part)) / 255 for part in parts))


def _rgb_parts(text: str) -> tuple[float, ...] | None:
    matches = [LENGTH.fullmatch(part) for part in re.split(r"\s*,\s*|\s+", text.strip())]
    if len(matches) != 3 or not all(match and match[2] in ("", "%") for match in matches):
        return None
    return tuple(float(one[1]) * (2.55 if one[2] else 1) for one in matches if one)


def read_transform(element: Any, value: str) -> Matrix:
    """Return a list of transformations as one matrix."""
    matrix, at = IDENTITY, 0
    while match := FUNCTION.match(value, at):
        one = _transformation(match[1], read_lengths(element, "transform", match[2]))
        if one is None:
            break
        matrix, at = one.then(matrix), match.end()
    if value[at:].strip() or not all(map(math.isfinite, _numbers(matrix))):
        refuse(element, f"transform '{value[:60]}' is not a list of transformations")
    return matrix


def _transformation(name: str, numbers: list[float]) -> Matrix | None:
    make = TRANSFORMATIONS.get((name, len(numbers)))
    return make(*numbers) if make else None


def _rotate_about(angle: float, x: float, y: float) -> Matrix:
    return shift(-x, -y).then(turn(angle)).then(shift(x, y))


TRANSFORMATIONS: dict[tuple[str, int], Callable[..., Matrix]] = {
    ("matrix", 6): Matrix,
    ("translate", 1): lambda x: shift(x, 0),
    ("translate", 2): shift,
    ("scale", 1): lambda by: Matrix(a=by, d=by),
    ("scale", 2): lambda x, y: Matrix(a=x, d=y),
    ("rotate", 1): turn,
    ("rotate", 3): _rotate_about,
    ("skewX", 1): lambda angle: Matrix(c=math.tan(math.radians(angle))),
    ("skewY", 1): lambda angle: Matrix(b=math.tan(math.radians(angle))),
}
"""Transformations by name and number of values (CSS Transforms 1, 13)."""


def _numbers(matrix: Matrix) -> tuple[float, ...]:
    return matrix.a, matrix.b, matrix.c, matrix.d, matrix.e, matrix.f
