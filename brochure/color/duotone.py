"""Print a picture in tints of one or two colours: a monotone or a duotone.

A picture in grey has 256 levels. For each of them, `ink_table` has the amounts of ink, and `light_table` the colour on a
screen. One colour has the tones that the picture would have in black ink. Of two colours, the lighter one has these, and the
darker one adds what the tones of the picture still need, so that a duotone is as light as the picture, but for its darkest tones,
which both inks reach together.
"""

from __future__ import annotations

from bisect import bisect_left
from functools import lru_cache
from itertools import accumulate
from typing import Any

from brochure.color.convert import black_for, in_ink, in_light
from brochure.color.printing_condition import PressCondition
from brochure.color.swatch import Cmyk, Colour, Spot, linear, luminance, tint
from brochure.color.total_ink import FULL, limit_ink
from brochure.fast_dataclass import dataclass

PROCESS_COLORANTS = ("Cyan", "Magenta", "Yellow", "Black")
"""Names of the process inks in DeviceN (ISO 32000-1, 8.6.6.5)."""

LEVELS = 256


@dataclass(frozen=True, slots=True)
class InkTable:
    """Amounts of ink, 0 to 255, for each of 256 levels of light: a table for each colorant.

    `spots` are the spot colours among the colorants, at full strength.
    """

    colorants: tuple[str, ...]
    amounts: tuple[tuple[int, ...], ...]
    spots: tuple[Spot, ...] = ()

    @property
    def inks(self) -> tuple[str, ...]:
        """The names of the inks as in a layout, where process inks are lower case."""
        return tuple(one.lower() if one in PROCESS_COLORANTS else one for one in self.colorants)

    def plate(self, ink: str) -> tuple[int, ...]:
        """Return the table of an ink; all zero if it is not used."""
        return dict(zip(self.inks, self.amounts, strict=True)).get(ink, (0,) * LEVELS)


def find_tints(colours: tuple[Colour, ...], press: PressCondition) -> tuple[tuple[float, ...], ...]:
    """Return the tint of each colour for each level of light."""
    full = tuple(ink / FULL for ink in black_for(press))
    if len(colours) == 1:
        return (full,)
    darkness = [_luminances(colour, press)[-1] for colour in colours]
    dark = darkness.index(min(darkness))
    shadows = _shadow_tints(colours[dark], colours[1 - dark], full, press)
    return (shadows, full) if dark == 0 else (full, shadows)


def _shadow_tints(
    darker: Colour, lighter: Colour, full: tuple[float, ...], press: PressCondition
) -> tuple[float, ...]:
    """Return the tints of the darker colour that give the levels of light, on top of the lighter colour."""
    dark, light = _luminances(darker, press), _luminances(lighter, press)
    darkest = dark[-1] * light[-1]
    falling = [-one for one in dark]
    tints = []
    for level, tint_of_lighter in enumerate(full):
        # Scaled between paper and both inks at full strength, as `black_for` scales to black ink.
        wanted = darkest + linear(level / FULL) * (1 - darkest)
        at = bisect_left(falling, -wanted / light[round(tint_of_lighter * FULL)])
        tints.append(min(FULL, at) / FULL)
    # From dark to light, never more ink for a lighter level.
    return tuple(accumulate(tints, min))


def _luminances(colour: Colour, press: PressCondition) -> list[float]:
    """Return the relative luminance of the tints of a colour, from none to its own strength; paper is 1."""
    ink, strength = find_alternate(colour, press), _strength(colour)
    lights = (in_light(_tint(ink, strength * part / FULL), press) for part in range(LEVELS))
    return list(accumulate(map(luminance, lights), min))


@lru_cache(maxsize=16)
def ink_table(colours: tuple[Colour, ...], press: PressCondition) -> InkTable:
    """Return the amounts of ink of a picture in tints of one or two colours."""
    levels = [_mix_inks(colours, tints, press) for tints in _by_level(colours, press)]
    spots = {
        colour.name: Spot(colour.name, colour.alternate)
        for colour in (in_ink(one, press) for one in colours)
        if isinstance(colour, Spot)
    }
    process = [
        at for at, name in enumerate(PROCESS_COLORANTS) if any(name in one for one in levels)
    ]
    colorants = (*(PROCESS_COLORANTS[at] for at in process), *spots)
    amounts = tuple(
        tuple(round(level.get(name, 0.0) * FULL) for level in levels) for name in colorants
    )
    return InkTable(colorants, amounts, tuple(spots.values()))


def _by_level(colours: tuple[Colour, ...], press: PressCondition) -> list[tuple[float, ...]]:
    return list(zip(*find_tints(colours, press), strict=True))


def _mix_inks(
    colours: tuple[Colour, ...], tints: tuple[float, ...], press: PressCondition
) -> dict[str, float]:
    """Return the amounts of ink of tints that print over one another, within the total ink limit."""
    process, spots = Cmyk(0, 0, 0, 0), dict[str, float]()
    for colour, strength in zip(colours, tints, strict=True):
        ink = tint(in_ink(colour, press), strength)
        if isinstance(ink, Spot):
            spots[ink.name] = _over(spots.get(ink.name, 0.0), ink.tint)
        else:
            assert isinstance(ink, Cmyk)
            process = _print_over(process, ink)
    process = limit_ink(process, max(0.0, press.ink_limit - sum(spots.values())))
    parts = (process.c, process.m, process.y, process.k)
    return {name: part for name, part in zip(PROCESS_COLORANTS, parts, strict=True) if part} | spots


def _print_over(first: Cmyk, second: Cmyk) -> Cmyk:
    return Cmyk(
        _over(first.c, second.c),
        _over(first.m, second.m),
        _over(first.y, second.y),
        _over(first.k, second.k),
    )


def _over(first: float, second: float) -> float:
    """Return the coverage of two tints of one ink that lie on each other by chance."""
    return 1 - (1 - first) * (1 - second)


@lru_cache(maxsize=16)
def light_table(
    colours: tuple[Colour, ...], press: PressCondition
) -> tuple[tuple[int, ...], tuple[int, ...], tuple[int, ...]]:
    """Return red, green and blue for each of 256 levels of light, as a screen shows the tints on top of each other."""
    rows = [_mix_light(colours, tints, press) for tints in _by_level(colours, press)]
    red, green, blue = zip(*rows, strict=True)
    return red, green, blue


def _mix_light(
    colours: tuple[Colour, ...], tints: tuple[float, ...], press: PressCondition
) -> tuple[int, int, int]:
    mixed = Cmyk(0, 0, 0, 0)
    for colour, strength in zip(colours, tints, strict=True):
        mixed = _print_over(
            mixed, _tint(find_alternate(colour, press), strength * _strength(colour))
        )
    light = in_light(mixed, press)
    return round(light.r * FULL), round(light.g * FULL), round(light.b * FULL)


def _strength(colour: Colour) -> float:
    return colour.tint if isinstance(colour, Spot) else 1.0


def _tint(ink: Cmyk, strength: float) -> Cmyk:
    return Cmyk(ink.c * strength, ink.m * strength, ink.y * strength, ink.k * strength)


def find_alternate(colour: Colour, press: PressCondition) -> Cmyk:
    """Return a colour in process inks; of a spot colour, its alternate."""
    ink = in_ink(colour, press)
    process = in_ink(ink.alternate, press) if isinstance(ink, Spot) else ink
    assert isinstance(process, Cmyk)
    return process


def apply_table(grey: Any, table: tuple[int, ...]) -> Any:
    """Return a picture in grey with its levels replaced."""
    return grey.point(list(table))
