"""Contrast ratios of WCAG 2.2, compared with published figures."""

from __future__ import annotations

import pytest

from brochure.color.swatch import Rgb, luminance, ratio

WHITE, BLACK = Rgb(1, 1, 1), Rgb(0, 0, 0)


def grey(level: int) -> Rgb:
    return Rgb(*[level / 255] * 3)


@pytest.mark.parametrize(
    ("first", "second", "wanted"),
    [
        (BLACK, WHITE, 21.0),
        (WHITE, WHITE, 1.0),
        # #767676 is the lightest grey that passes 4.5 on white, #949494 the lightest that passes 3.
        (grey(0x76), WHITE, 4.54),
        (grey(0x77), WHITE, 4.48),
        (grey(0x94), WHITE, 3.03),
        (Rgb(1, 0, 0), WHITE, 4.0),
        (Rgb(0, 0, 1), WHITE, 8.59),
    ],
)
def test_published_ratios(first: Rgb, second: Rgb, wanted: float) -> None:
    got = ratio(luminance(first), luminance(second))
    assert got == pytest.approx(wanted, abs=0.005)
    assert got == ratio(luminance(second), luminance(first))
