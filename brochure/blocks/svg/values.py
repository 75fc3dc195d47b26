"""Values of SVG attributes: lengths, numbers, references, transformations."""

from __future__ import annotations

import math
import re
from collections.abc import Callable
from typing import Any

from brochure.blocks.svg.errors import refuse
from brochure.fast_dataclass import dataclass
from brochure.geometry import IDENTITY, Matrix, shift, turn

NUMBER = r"[-+]?(?:\d++\.?+\d*+|\.\d++)(?:[eE][-+]?\d++)?"
LENGTH = re.compile(rf"\s*+({NUMBER})\s*+([a-zA-Z%]*+)\s*+")
PART = re.compile(rf"[\s,]*+({NUMBER}(?:[a-zA-Z%]++)?)")
"""A number of a list; lists may have no separators where a sign or a second point begins the next number."""

UNITS = {
    "": 1.0, "px": 1.0, "pt": 96 / 72, "pc": 16.0, "in": 96.0, "cm": 96 / 2.54, "mm": 96 / 25.4, "q": 96 / 101.6,
}  # fmt: skip
"""User units of each unit (CSS Values 4, 6.2)."""

DEFAULT_FONT_SIZE = 16.0
EX = 0.5
"""Height of an x in ems, where no font is known."""

HORIZONTAL = frozenset(("x", "x1", "x2", "cx", "fx", "dx", "rx", "width", "refX", "markerWidth"))
VERTICAL = frozenset(("y", "y1", "y2", "cy", "fy", "dy", "ry", "height", "refY", "markerHeight"))

HREFS = ("href", "{http://www.w3.org/1999/xlink}href")
REFERENCE = re.compile(r"url\(\s*+[\"']?+#([^)\"']*+)[\"']?+\s*+\)")


@dataclass(frozen=True, slots=True)
class Scope:
    """What relative lengths refer to: the size of the viewport, and the font size, in user units."""

    width: float
    height: float
    font_size: float = DEFAULT_FONT_SIZE

    def unit(self, name: str, unit: str) -> float | None:
        """Return the user units of one unit of a property; None if the unit is not supported."""
        relative = {
            "em": self.font_size,
            "ex": self.font_size * EX,
            "ch": self.font_size * EX,
            "rem": DEFAULT_FONT_SIZE,
        }
        if unit == "%":
            return self._full(name) / 100
        return relative.get(unit) or UNITS.get(unit)

    def _full(self, name: str) -> float:
        """Return what 100 % of a property is."""
        if name in HORIZONTAL:
            return self.width
        return (
            self.height if name in VERTICAL else math.hypot(self.width, self.height) / math.sqrt(2)
        )


NO_SCOPE = Scope(0.0, 0.0)
UNIT_SCOPE = Scope(1.0, 1.0)
"""For values in fractions of a bounding box."""


def read_length(element: Any, name: str, value: str, scope: Scope) -> float:
    """Return a length in user units."""
    match = LENGTH.fullmatch(value)
    unit = scope.unit(name, match[2].casefold()) if match else None
    if match is None or unit is None:
        refuse(element, f"{name} '{value[:40]}' is not supported; use a number or a length in px")
    return _finite(element, name, float(match[1]) * unit)


def read_lengths(element: Any, name: str, value: str, scope: Scope) -> list[float]:
    """Return lengths separated by commas or spaces."""
    return [read_length(element, name, part, scope) for part in _split(element, name, value)]


def _split(element: Any, name: str, value: str) -> list[str]:
    """Return the numbers of a list as text, with their units."""
    parts, at = [], 0
    while match := PART.match(value, at):
        parts.append(match[1])
        at = match.end()
    if value[at:].strip(" \t\r\n,"):
        refuse(element, f"{name} '{value[:40]}' is not a list of numbers")
    return parts


def read_share(element: Any, name: str, value: str, _scope: Scope = NO_SCOPE) -> float:
    """Return a number from 0 to 1, or a percentage."""
    match = LENGTH.fullmatch(value)
    if match is None or match[2] not in ("", "%"):
        refuse(element, f"{name} '{value[:40]}' is not a number from 0 to 1")
    number = float(match[1]) / (100 if match[2] else 1)
    return min(1.0, max(0.0, _finite(element, name, number)))


def choice(*words: str) -> Callable[[Any, str, str, Scope], str]:
    """Return a reader of a property that is one of some words."""

    def read(element: Any, name: str, value: str, _scope: Scope) -> str:
        word = value.casefold()
        if word not in words:
            refuse(element, f"{name} '{value[:40]}' is not supported; use {' or '.join(words)}")
        return word

    return read


def _finite(element: Any, name: str, number: float) -> float:
    if not math.isfinite(number):
        refuse(element, f"{name} is not finite")
    return number


def read_href(element: Any) -> str:
    """Return the id that an element refers to, with `href` or `xlink:href`; empty if it has no reference."""
    reference: str = next((element.get(name) for name in HREFS if element.get(name)), "")
    return reference.strip().removeprefix("#")


# Transformations

FUNCTION = re.compile(r"[\s,]*+([a-zA-Z]++)\s*+\(([^()]*+)\)")
ANGLES = {"": 1.0, "deg": 1.0, "rad": 180 / math.pi, "turn": 360.0, "grad": 0.9}
TURNING = frozenset(("rotate", "skewX", "skewY"))


def read_transform(element: Any, value: str, scope: Scope = NO_SCOPE) -> Matrix:
    """Return a list of transformations as one matrix."""
    matrix, at = IDENTITY, 0
    if value == "none":
        return matrix
    while match := FUNCTION.match(value, at):
        one = _transformation(match[1], _read_numbers(element, match[1], match[2], scope))
        if one is None:
            break
        matrix, at = one.then(matrix), match.end()
    if value[at:].strip(" \t\r\n,") or not all(map(math.isfinite, _numbers(matrix))):
        refuse(element, f"transform '{value[:60]}' is not a list of transformations")
    return matrix


def _read_numbers(element: Any, name: str, value: str, scope: Scope) -> list[float]:
    """Return the numbers of a transformation: an angle in degrees, lengths in user units."""
    if name not in TURNING:
        return read_lengths(element, "transform", value, scope)
    parts = _split(element, "transform", value)
    lengths = [LENGTH.fullmatch(part) for part in parts]
    first = lengths[0] if lengths else None
    if first is None or first[2] not in ANGLES:
        refuse(element, f"transform '{name}({value[:40]})' has no angle in degrees")
    rest = [read_length(element, "transform", part, scope) for part in parts[1:]]
    return [float(first[1]) * ANGLES[first[2]], *rest]


def _transformation(name: str, numbers: list[float]) -> Matrix | None:
    make = TRANSFORMATIONS.get((name, len(numbers)))
    return make(*numbers) if make else None


def _rotate_about(angle: float, x: float, y: float) -> Matrix:
    return shift(-x, -y).then(turn(angle)).then(shift(x, y))


TRANSFORMATIONS: dict[tuple[str, int], Callable[..., Matrix]] = {
    ("matrix", 6): Matrix,
    ("translate", 1): lambda x: shift(x, 0),
    ("translate", 2): shift,
    ("translateX", 1): lambda x: shift(x, 0),
    ("translateY", 1): lambda y: shift(0, y),
    ("scale", 1): lambda by: Matrix(a=by, d=by),
    ("scale", 2): lambda x, y: Matrix(a=x, d=y),
    ("scaleX", 1): lambda by: Matrix(a=by),
    ("scaleY", 1): lambda by: Matrix(d=by),
    ("rotate", 1): turn,
    ("rotate", 3): _rotate_about,
    ("skewX", 1): lambda angle: Matrix(c=math.tan(math.radians(angle))),
    ("skewY", 1): lambda angle: Matrix(b=math.tan(math.radians(angle))),
}
"""Transformations by name and number of values (CSS Transforms 1, 13)."""


def _numbers(matrix: Matrix) -> tuple[float, ...]:
    return matrix.a, matrix.b, matrix.c, matrix.d, matrix.e, matrix.f
