"""Colours of an edition as printed: converted once, and read from the cache."""

from __future__ import annotations

import pytest

from brochure.color.printing_condition import DEFAULT, shipped_condition
from brochure.color.swatch import Cmyk, Gradient, GradientStop, Grey, Paint, Rgb, Spot
from brochure.preflight.colour_values import COLOURS, colour_from_paint, convert_paints
from brochure.system.cache import MemoryStore

NIGHT = Rgb(0.1, 0.2, 0.4)
GOLD = Spot("PANTONE 871 C", Rgb(0.6, 0.5, 0.2), 0.5)
PAINTS = (
    *(Paint(one) for one in (Cmyk(0, 0, 0, 1), Cmyk(0.1, 0.7, 0, 0.25), NIGHT, Grey(0.5), GOLD)),
    Paint(NIGHT, 0.5),
    Paint(Cmyk(0, 0, 0, 1), overprint=True),
    Gradient(NIGHT, stops=(GradientStop(0, NIGHT), GradientStop(1, GOLD))),
)
PRESS = shipped_condition(DEFAULT)


def test_colours_are_those_of_single_paints_also_from_the_store() -> None:
    store = MemoryStore()
    expected = {paint: colour_from_paint(paint, PRESS) for paint in PAINTS}
    for _ in range(2):
        COLOURS.recent.clear()
        assert convert_paints(iter(PAINTS), PRESS, store) == expected
    assert len(store.entries) == 1


def test_a_stored_result_is_read_and_not_made_again(monkeypatch: pytest.MonkeyPatch) -> None:
    store = MemoryStore()
    COLOURS.recent.clear()
    expected = convert_paints(PAINTS, PRESS, store)
    COLOURS.recent.clear()
    monkeypatch.setattr("brochure.preflight.colour_values.in_ink", None)
    assert convert_paints(PAINTS, PRESS, store) == expected


def test_another_printing_condition_has_its_own_result() -> None:
    store = MemoryStore()
    convert_paints(PAINTS, PRESS, store)
    newsprint = shipped_condition("newsprint-ifra26")
    assert convert_paints(PAINTS, newsprint, store)[Paint(NIGHT)] == colour_from_paint(
        Paint(NIGHT), newsprint
    )
