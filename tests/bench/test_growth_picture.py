"""The picture of the growth curves has a chart for each row group of the table."""

from __future__ import annotations

import pypdfium2

from bench.growth_curves import CURVES
from bench.growth_picture import PAGE, draw_curves, read_curves


def test_each_input_has_a_chart() -> None:
    curves = read_curves(PAGE.read_text(encoding="utf-8"))
    assert set(curves) == {curve.name for curve in CURVES}
    for curve in CURVES:
        assert [items for items, _ in curves[curve.name]] == list(curve.sizes)
    (page,) = pypdfium2.PdfDocument(draw_curves(curves))
    text = page.get_textpage().get_text_bounded().lower()
    for name, points in curves.items():
        assert name in text
        assert str(points[-1][0]) in text
