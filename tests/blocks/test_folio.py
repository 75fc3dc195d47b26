"""Folios: the page number as an artifact, with an optional running title."""

from __future__ import annotations

import pytest

from tests.blocks.setting import LEFT, TOP, Scene, placed


def test_folio_is_the_page_number_and_an_artifact() -> None:
    page = placed("- folio:")
    [run] = page.runs
    assert run.glyphs.text == "1"
    assert run.tag.role == "Artifact"
    # The built-in folio is 0.8 em of 10 pt.
    assert run.glyphs.size == pytest.approx(8)
    assert (run.x, run.y) == pytest.approx((LEFT, TOP - page.cap_height("folio")))


def test_running_title_beside_the_number() -> None:
    page = placed("- folio: a.running", "a: {running: A proven model}")
    [(text, _, _)] = page.lines
    # An em space separates the two, in either order.
    assert sorted(text.split("\u00a0" * 4)) == ["1", "A proven model"]


def test_folio_style() -> None:
    page = placed("- folio:\n  style: caption")
    assert page.runs[0].glyphs.size == pytest.approx(8)
    assert dict(page.edition.styles.paragraphs["folio"].type.features)["onum"] == 1
    assert "onum" not in dict(page.edition.styles.paragraphs["caption"].type.features)


def test_a_folio_is_written_in_the_digits_of_the_edition() -> None:
    fonts = "fonts: {fallback: {Arab: Noto Sans Arabic}}"
    page = placed("- folio:", scene=Scene(language="fa", extra=fonts))
    # U+06F1, the extended Arabic-Indic digit that CLDR has for Persian.
    assert [run.glyphs.text for run in page.runs] == ["\u06f1"]
