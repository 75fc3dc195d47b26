"""Conversion of swatches to inks and to RGB."""

from __future__ import annotations

import itertools
from dataclasses import replace

import pytest

from brochure.color.convert import black_for, in_ink, in_light
from brochure.color.printing_condition import SHIPPED, Intent, shipped_condition
from brochure.color.swatch import Cmyk, Colour, Grey, Rgb, Spot
from brochure.color.total_ink import limit_ink, total

PRESS = shipped_condition("coated-fogra39")


@pytest.mark.parametrize(
    "colour",
    [
        Cmyk(0, 0.7, 0.9, 0.05),
        Cmyk(1, 1, 1, 1),
        Spot("Seal", Cmyk(0.18, 1, 0.45, 0.67)),
        Spot("Seal", Cmyk(0.18, 1, 0.45, 0.67), 0.3),
    ],
)
def test_inks_are_printed_unchanged(colour: Colour) -> None:
    assert in_ink(colour, PRESS) == colour


@pytest.mark.parametrize(("light", "black"), [(1.0, 0.0), (0.0, 1.0), (0.6, 0.4)])
def test_grey_is_printed_as_the_same_percentage_of_black(light: float, black: float) -> None:
    assert in_ink(Grey(light), PRESS) == Cmyk(0, 0, 0, black)


@pytest.mark.parametrize("name", SHIPPED)
def test_neutral_rgb_is_printed_in_black_only(name: str) -> None:
    press = shipped_condition(name)
    assert in_ink(Rgb(0, 0, 0), press) == Cmyk(0, 0, 0, 1)
    assert in_ink(Rgb(1, 1, 1), press) == Cmyk(0, 0, 0, 0)
    table = black_for(press)
    assert all(one >= other for one, other in itertools.pairwise(table))
    # A tint of black has dot gain: middle grey needs clearly less than 75 %, which would be right without dot gain.
    assert 0.5 < table[128] / 255 < 0.68


def test_rgb_becomes_the_inks_of_the_same_colour() -> None:
    red = in_ink(Rgb(0.8, 0.1, 0.15), PRESS)
    assert isinstance(red, Cmyk)
    assert red.c < 0.05
    assert red.m > 0.85
    assert red.y > 0.7
    # Coated paper can show it: the proof has the same colour again, within the rounding to eight bits in both directions.
    shown = in_light(red, PRESS)
    assert (shown.r, shown.g, shown.b) == pytest.approx((0.8, 0.1, 0.15), abs=0.04)


def test_the_alternate_colour_of_a_spot_ink_is_in_inks_too() -> None:
    seal = in_ink(Spot("Seal", Rgb(1, 0, 0), 0.5), PRESS)
    assert isinstance(seal, Spot)
    assert seal.alternate == in_ink(Rgb(1, 0, 0), PRESS)
    assert seal.tint == 0.5


def test_rgb_swatches_keep_the_total_ink_limit() -> None:
    tight = replace(PRESS, ink_limit=2.0)
    for colour in (Rgb(0.05, 0.02, 0), Rgb(0, 0.05, 0.08), Rgb(0.1, 0, 0.1)):
        assert total(in_ink(colour, PRESS)) > 2.0
        assert total(in_ink(colour, tight)) <= 2.0 + 1e-9


def test_intent_and_black_point_make_a_difference() -> None:
    blue = Rgb(0, 0, 1)
    assert in_ink(blue, replace(PRESS, intent=Intent.PERCEPTUAL)) != in_ink(blue, PRESS)
    dark = Rgb(0.02, 0.02, 0.03)
    plain = total(in_ink(dark, replace(PRESS, black_point=False)))
    assert plain > total(in_ink(dark, PRESS))


# To RGB


def test_paper_is_white_on_a_screen_and_black_ink_a_dark_neutral() -> None:
    assert in_light(Cmyk(0, 0, 0, 0), PRESS) == Rgb(1, 1, 1)
    for name in SHIPPED:
        black = in_light(Cmyk(0, 0, 0, 1), shipped_condition(name))
        assert black.r == black.g == black.b
        lightest = 0.19 if name == "newsprint-snap" else 0.18
        assert 0.04 < black.r < lightest


def test_a_screen_shows_what_the_press_would_make() -> None:
    # Full cyan on coated paper is outside of the gamut of screens: red is 0, green clearly less than blue.
    cyan = in_light(Cmyk(1, 0, 0, 0), PRESS)
    assert cyan.r < 0.05
    assert 0.5 < cyan.g < 0.7
    assert 0.8 < cyan.b < 1
    assert in_light(Rgb(0.2, 0.4, 0.6), PRESS) == Rgb(0.2, 0.4, 0.6)


def test_a_tint_of_a_spot_is_lighter_on_a_screen() -> None:
    full, half = (in_light(Spot("S", Cmyk(0, 1, 0, 0), part), PRESS) for part in (1.0, 0.5))
    assert half.g > full.g + 0.2
    assert half == in_light(Cmyk(0, 0.5, 0, 0), PRESS)


def test_the_ink_limit_reduces_the_coloured_inks_proportionally() -> None:
    # 340 %, of which black has 90: 210 - 90 = 120 is left for 250, so each keeps 48 %.
    less = limit_ink(Cmyk(0.9, 0.8, 0.8, 0.9), 2.1)
    assert (less.c, less.m, less.y, less.k) == pytest.approx((0.432, 0.384, 0.384, 0.9))
    assert limit_ink(Cmyk(0.9, 0.8, 0.8, 0.9), 3.4) == Cmyk(0.9, 0.8, 0.8, 0.9)
