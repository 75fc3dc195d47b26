"""Reshaping: the cost of extracting a line from a paragraph."""

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
    """Return the processor time for fifty lines near the end of a paragraph in capitals, where no position is safe to break."""
    text = "word " * words
    whole = len(text)
    shown, origins = text.upper(), tuple(range(whole))
    face = font_catalog().face(STYLE)
    item = Item(0, whole, STYLE, face, 10.0, 0.0, "Latn", 0, shown=shown, origins=origins)
    shaped = shape(item, text)
    places = [at for at in range(whole - 199, whole - 40) if at not in shaped.safe][:50]
    gc.disable()  # a garbage collection would visit objects of other tests, which must not be measured
    began = time.process_time()
    cut = [slice_item(shaped, at, at + 39, text) for at in places]
    took = time.process_time() - began
    gc.enable()
    assert len(cut) == 50
    assert all(
        list(one.clusters) == list(range(at, at + 39)) for at, one in zip(places, cut, strict=True)
    )
    return took


def test_the_cost_of_a_line_does_not_depend_on_its_paragraph() -> None:
    # If each line searched its whole paragraph twice, a paragraph thirty-two times as long would take thirty times as long.
    assert cutting(16_000) < 8 * max(cutting(500), cutting(500))
