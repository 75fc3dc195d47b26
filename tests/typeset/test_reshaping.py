"""Slices: what cutting a line out of a paragraph costs."""

from __future__ import annotations

import gc
import time

from brochure.typeset.itemize import Item
from brochure.typeset.reshaping import slice_item
from brochure.typeset.shape import shape
from brochure.typeset.style import TypeStyle
from tests.typeset.setting import font_catalog

STYLE = TypeStyle("Source Serif 4", 10.0)


def cutting(words: int) -> float:
    """Processor time for fifty lines near the end of a paragraph in capitals, none of which is safe to cut."""
    text = "word " * words
    whole = len(text)
    shown, origins = text.upper(), tuple(range(whole))
    face = font_catalog().face(STYLE)
    item = Item(0, whole, STYLE, face, 10.0, 0.0, "Latn", 0, shown=shown, origins=origins)
    shaped = shape(item, text)
    places = [at for at in range(whole - 199, whole - 40) if at not in shaped.safe][:50]
    gc.disable()  # a collection visits what other tests have left, which is not what is measured
    began = time.process_time()
    cut = [slice_item(shaped, at, at + 39, text) for at in places]
    took = time.process_time() - began
    gc.enable()
    assert len(cut) == 50
    assert all(
        list(one.clusters) == list(range(at, at + 39)) for at, one in zip(places, cut, strict=True)
    )
    return took


def test_a_line_of_a_long_paragraph_costs_what_a_line_costs() -> None:
    # Each line used to look through all of its paragraph, twice: thirty-two times as long was thirty times as dear.
    assert cutting(16_000) < 8 * max(cutting(500), cutting(500))
