"""Parse colours and resolve swatches.

Colours are written `cmyk 0 70 90 5`, `#e4572e`, `spot "PANTONE 7421 C" as cmyk 18 100 45 67`, `tint ember 20%`,
`mix ember 40% night` or `ember at 60%`. Swatches may refer to each other in any order, but not circularly.
"""

from __future__ import annotations

import re
from collections.abc import Callable
from dataclasses import replace
from functools import partial

from brochure.color.swatch import BLACK, WHITE, Cmyk, Colour, Grey, Paint, Rgb, Spot, mix, tint
from brochure.findings import nearest
from brochure.lazy_pattern import compile_lazily
from brochure.spec.lengths import InvalidValue

BUILT_IN = {"paper": WHITE, "black": BLACK}
RESERVED = frozenset({"none", "cmyk", "rgb", "grey", "gray", "spot", "tint", "mix", *BUILT_IN})
"""Names that a layout cannot give to a swatch: built-in swatches and keywords of colours."""

MAX_CHARACTERS = 200
MAX_STEPS = 32
"""Maximum length of a chain of swatches that refer to each other."""

FORMS = (
    "cmyk 0 70 90 5, rgb 228 87 46, '#e4572e', grey 40, spot \"NAME\" as cmyk …, "
    'tint ember 20%, mix ember 40% ink, ember at 60%, ember overprint, spot "UV" as … press-only'
)
NAME = compile_lazily(r"[A-Za-z_][\w-]*")
HEX = compile_lazily(r"#([0-9a-fA-F]{3}|[0-9a-fA-F]{6})")
OVERPRINTING = " overprint"
PRESS_ONLY = " press-only"
SPOT = compile_lazily(
    r"spot\s++[\"“]?+\s*+([^\"“”\s]++(?:\s++[^\"“”\s]++)*?)(?:\s*+[\"”])?\s++as\s++(\S.*+)"
)
MIX = compile_lazily(r"mix\s+([\w-]+)\s+([0-9]{1,9}(?:\.[0-9]{1,9})?)\s*%\s+([\w-]+)")
TINT = compile_lazily(r"(?:tint\s+)?([A-Za-z_][\w-]*)\s+([0-9]{1,9}(?:\.[0-9]{1,9})?)\s*%")
OPACITY = compile_lazily(r"(\S++(?:\s++\S++)*?)\s++at\s++([0-9]{1,9}(?:\.[0-9]{1,9})?)\s*+%")

Lookup = Callable[[str], Paint]


def paint(text: str, swatch: Lookup) -> Paint:
    """Parse a colour.

    Args:
        text: The colour as written in a layout.
        swatch: Returns the paint of a swatch that the text refers to, or raises InvalidValue.
    """
    text = text.strip()
    if len(text) > MAX_CHARACTERS:
        message = f"a colour has at most {MAX_CHARACTERS} characters"
        raise InvalidValue(message, f"write one of: {FORMS}")
    if text.endswith(OVERPRINTING):
        return replace(paint(text.removesuffix(OVERPRINTING), swatch), overprint=True)
    if text.endswith(PRESS_ONLY):
        return replace(paint(text.removesuffix(PRESS_ONLY), swatch), press_only=True)
    match = OPACITY.fullmatch(text)
    return _transparent_paint(match, swatch) if match else _opaque_paint(text, swatch)


def _transparent_paint(match: re.Match[str], swatch: Lookup) -> Paint:
    base = _opaque_paint(match.group(1), swatch)
    return replace(base, opacity=base.opacity * _percentage(match.group(2)))


def _opaque_paint(text: str, swatch: Lookup) -> Paint:
    process = _process_colour(text)
    if process is not None:
        return Paint(process)
    spot = SPOT.fullmatch(text)
    if spot:
        return Paint(_spot(spot.group(1), spot.group(2)))
    mixture = MIX.fullmatch(text)
    if mixture:
        return _mixture(mixture, swatch)
    match = TINT.fullmatch(text)
    if match:
        base = swatch(match.group(1))
        return replace(base, colour=tint(base.colour, _percentage(match.group(2))))
    if NAME.fullmatch(text):
        return swatch(text)
    raise InvalidValue(f"'{text}' is not a colour", f"write one of: {FORMS}")


def _process_colour(text: str) -> Cmyk | Rgb | Grey | None:
    match = HEX.fullmatch(text)
    if match:
        digits = match.group(1)
        digits = "".join(d * 2 for d in digits) if len(digits) == 3 else digits
        return Rgb(*(int(digits[at : at + 2], 16) / 255 for at in (0, 2, 4)))
    word, *components = text.split() or [""]
    if word == "cmyk":
        return Cmyk(*_components(text, components, 4, 100))
    if word == "rgb":
        return Rgb(*_components(text, components, 3, 255))
    if word in ("grey", "gray"):
        return Grey(1 - _components(text, components, 1, 100)[0])
    return None


def _components(text: str, components: list[str], count: int, maximum: float) -> list[float]:
    try:
        values = [float(component.rstrip("%")) for component in components]
    except ValueError:
        values = []
    if len(values) != count or not all(0 <= value <= maximum for value in values):
        numbers = "1 number" if count == 1 else f"{count} numbers"
        raise InvalidValue(f"'{text}' is not a colour", f"expected {numbers} from 0 to {maximum:g}")
    return [value / maximum for value in values]


def _percentage(text: str) -> float:
    value = float(text)
    if not 0 <= value <= 100:
        raise InvalidValue(f"'{text}%' is out of range", "expected 0% to 100%")
    return value / 100


def _spot(name: str, alternate: str) -> Spot:
    colour = _process_colour(alternate)
    if colour is None:
        message = f"'{alternate}' cannot be the alternate colour of a spot colour"
        raise InvalidValue(message, "use cmyk, rgb or grey")
    if name.casefold() in ("all", "none"):
        hint = "PDF reserves this name; use the name of the ink"
        raise InvalidValue(f"a spot colour cannot be named '{name}'", hint)
    return Spot(name, colour)


def _mixture(match: re.Match[str], swatch: Lookup) -> Paint:
    first, second = swatch(match.group(1)), swatch(match.group(3))
    colour: Colour | None = mix(first.colour, _percentage(match.group(2)), second.colour)
    if colour is None:
        names = f"'{match.group(1)}' and '{match.group(3)}'"
        raise InvalidValue(
            f"{names} have different colour models",
            "mix cmyk with cmyk, rgb with rgb, grey with grey",
        )
    return Paint(colour)


class Swatches:
    """The swatches of a layout, parsed on first use.

    Attributes:
        written: The text of each swatch by name.
        lost: True if the whole table is invalid; then any name is accepted.
        gradients: The gradients by name. Colours cannot refer to them.
        wrong: The error of each invalid swatch. Black replaces it, so that its uses are not reported as well.
    """

    def __init__(self, written: dict[str, str], *, lost: bool = False) -> None:
        self.written = written
        self.lost = lost
        self.gradients: dict[str, Paint] = {}
        self.wrong: dict[str, InvalidValue] = {}
        self._paints: dict[str, Paint] = dict(BUILT_IN)
        self._pending: list[str] = []

    def names(self) -> list[str]:
        """Return the names of all swatches, built-in ones first."""
        return [*BUILT_IN, *self.written, *self.gradients]

    def parse(self, text: str) -> Paint:
        """Parse a colour that may refer to swatches, such as a stop of a gradient."""
        return paint(text, self._colour)

    def _colour(self, name: str) -> Paint:
        if name in self.gradients:
            hint = "a colour can refer to colours only"
            raise InvalidValue(f"'{name}' is a gradient", hint)
        return self.paint(name)

    def paint(self, name: str) -> Paint:
        """Return the paint of a swatch.

        Raises:
            InvalidValue: The swatch is not defined, or refers to itself.
        """
        if name in self.gradients:
            return self.gradients[name]
        if name in self._paints:
            return self._paints[name]
        if name not in self.written and self.lost:
            return BLACK
        if name not in self.written:
            raise InvalidValue(f"unknown swatch '{name}'", partial(nearest, name, self.names()))
        if name in self._pending:
            cycle = " → ".join([*self._pending[self._pending.index(name) :], name])
            raise InvalidValue(f"circular reference: {cycle}", "give one of them its own colour")
        if len(self._pending) >= MAX_STEPS:
            message = f"a chain of more than {MAX_STEPS} swatches"
            raise InvalidValue(message, "write the colour itself")
        self._pending.append(name)
        try:
            self._paints[name] = paint(self.written[name], self._colour)
        except InvalidValue as error:
            self.wrong[name], self._paints[name] = error, BLACK
        finally:
            self._pending.pop()
        return self._paints[name]
