"""Colours as they are written, and the table of swatches.

Takes text such as `cmyk 0 70 90 5`, `#e4572e`, `spot "PANTONE 7421 C" as cmyk 18 100 45 67`, `tint ember 20%`,
`mix ember 40% night`, `ember at 60%`; gives paints. Swatches may be made of one another in any order, but not in a
circle.
"""

from __future__ import annotations

import re
from collections.abc import Callable
from dataclasses import replace

from brochure.color.swatch import BLACK, WHITE, Cmyk, Colour, Grey, Paint, Rgb, Spot, mix, tint
from brochure.findings import nearest
from brochure.spec.lengths import InvalidValue

BUILT_IN = {"paper": WHITE, "black": BLACK}
RESERVED = frozenset({"none", "cmyk", "rgb", "grey", "gray", "spot", "tint", "mix", *BUILT_IN})
"""What no swatch of a layout can be called, since it means something already."""

MAX_CHARACTERS = 200
MAX_STEPS = 32
"""How many swatches one may be made of, one after the other."""

FORMS = (
    "cmyk 0 70 90 5, rgb 228 87 46, '#e4572e', grey 40, spot \"NAME\" as cmyk …, "
    "tint ember 20%, mix ember 40% ink, ember at 60%, ember overprint"
)
NAME = re.compile(r"[A-Za-z_][\w-]*")
HEX = re.compile(r"#([0-9a-fA-F]{3}|[0-9a-fA-F]{6})")
OVERPRINTING = " overprint"
SPOT = re.compile(r"spot\s+[\"“]?([^\"“”]+?)[\"”]?\s+as\s+(\S.*)")
MIX = re.compile(r"mix\s+([\w-]+)\s+([0-9]{1,9}(?:\.[0-9]{1,9})?)\s*%\s+([\w-]+)")
TINT = re.compile(r"(?:tint\s+)?([A-Za-z_][\w-]*)\s+([0-9]{1,9}(?:\.[0-9]{1,9})?)\s*%")
SEEN_THROUGH = re.compile(r"(.+?)\s+at\s+([0-9]{1,9}(?:\.[0-9]{1,9})?)\s*%")

Lookup = Callable[[str], Paint]


def paint(text: str, swatch: Lookup) -> Paint:
    """The paint that a text describes; `swatch` gives those that it is made of, or raises Wrong."""
    text = text.strip()
    if len(text) > MAX_CHARACTERS:
        raise InvalidValue("this is too long for a colour", f"write one of: {FORMS}")
    if text.endswith(OVERPRINTING):
        return replace(paint(text.removesuffix(OVERPRINTING), swatch), overprint=True)
    through = SEEN_THROUGH.fullmatch(text)
    return _seen_through(through, swatch) if through else _covering(text, swatch)


def _seen_through(match: re.Match[str], swatch: Lookup) -> Paint:
    below = _covering(match.group(1), swatch)
    return replace(below, opacity=below.opacity * _per_cent(match.group(2)))


def _covering(text: str, swatch: Lookup) -> Paint:
    """The paint without its opacity."""
    plain = _plain(text)
    if plain is not None:
        return Paint(plain)
    spot = SPOT.fullmatch(text)
    if spot:
        return Paint(_spot(spot.group(1), spot.group(2)))
    mixed = MIX.fullmatch(text)
    if mixed:
        return _mixed(mixed, swatch)
    tinted = TINT.fullmatch(text)
    if tinted:
        whole = swatch(tinted.group(1))
        return replace(whole, colour=tint(whole.colour, _per_cent(tinted.group(2))))
    if NAME.fullmatch(text):
        return swatch(text)
    raise InvalidValue(f"'{text}' is no colour", f"write one of: {FORMS}")


def _plain(text: str) -> Cmyk | Rgb | Grey | None:
    match = HEX.fullmatch(text)
    if match:
        digits = match.group(1)
        digits = "".join(d * 2 for d in digits) if len(digits) == 3 else digits
        return Rgb(*(int(digits[at : at + 2], 16) / 255 for at in (0, 2, 4)))
    word, *figures = text.split() or [""]
    if word == "cmyk":
        return Cmyk(*_figures(text, figures, 4, 100))
    if word == "rgb":
        return Rgb(*_figures(text, figures, 3, 255))
    if word in ("grey", "gray"):
        return Grey(1 - _figures(text, figures, 1, 100)[0])
    return None


def _figures(text: str, figures: list[str], count: int, most: float) -> list[float]:
    try:
        values = [float(figure.rstrip("%")) for figure in figures]
    except ValueError:
        values = []
    if len(values) != count or not all(0 <= value <= most for value in values):
        raise InvalidValue(
            f"'{text}' is no colour", f"it takes {_counted(count)} from 0 to {most:g}"
        )
    return [value / most for value in values]


def _counted(figures: int) -> str:
    return "1 figure" if figures == 1 else f"{figures} figures"


def _per_cent(text: str) -> float:
    value = float(text)
    if not 0 <= value <= 100:
        raise InvalidValue(f"'{text}%' is out of range", "0% to 100%")
    return value / 100


def _spot(name: str, alternate: str) -> Spot:
    stand_in = _plain(alternate)
    if stand_in is None:
        raise InvalidValue(f"'{alternate}' cannot stand in for a spot ink", "use cmyk, rgb or grey")
    if name.casefold() in ("all", "none"):
        raise InvalidValue(
            f"a spot ink cannot be called '{name}'", "PDF keeps that name for itself"
        )
    return Spot(name, stand_in)


def _mixed(match: re.Match[str], swatch: Lookup) -> Paint:
    first, second = swatch(match.group(1)), swatch(match.group(3))
    colour: Colour | None = mix(first.colour, _per_cent(match.group(2)), second.colour)
    if colour is None:
        names = f"'{match.group(1)}' and '{match.group(3)}'"
        raise InvalidValue(
            f"{names} are not of one kind", "mix cmyk with cmyk, rgb with rgb, grey with grey"
        )
    return Paint(colour)


class Swatches:
    """The swatches of a layout as written, made paints when they are asked for.

    Where the table itself could not be read it is `lost`, and any name will do.
    `wrong` says what is wrong with those that cannot be: black stands in for them, so that whoever uses one is not blamed.
    """

    def __init__(self, written: dict[str, str], *, lost: bool = False) -> None:
        self.written = written
        self.lost = lost
        self.wrong: dict[str, InvalidValue] = {}
        self._found: dict[str, Paint] = dict(BUILT_IN)
        self._underway: list[str] = []

    def names(self) -> list[str]:
        """Every swatch there is."""
        return [*BUILT_IN, *self.written]

    def paint(self, name: str) -> Paint:
        """The paint of a swatch; Wrong where there is none, or where it would be made of itself."""
        if name in self._found:
            return self._found[name]
        if name not in self.written and self.lost:
            return BLACK
        if name not in self.written:
            raise InvalidValue(f"unknown swatch '{name}'", nearest(name, self.names()))
        if name in self._underway:
            circle = " → ".join([*self._underway[self._underway.index(name) :], name])
            raise InvalidValue(
                f"it is made of itself: {circle}", "give one of them a colour of its own"
            )
        if len(self._underway) >= MAX_STEPS:
            raise InvalidValue(
                f"it is made of more than {MAX_STEPS} others", "write the colour itself"
            )
        self._underway.append(name)
        try:
            self._found[name] = paint(self.written[name], self.paint)
        except InvalidValue as wrong:
            self.wrong[name], self._found[name] = wrong, BLACK
        finally:
            self._underway.pop()
        return self._found[name]
