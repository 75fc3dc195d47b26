"""Stats: a figure and its label, with the visible gap between them."""

from __future__ import annotations

import pytest

from brochure.model.display_list import GlyphRun
from tests.blocks.setting import LEFT, TOP, Scene, SetPage, placed

COPY = """
a:
  number: "42"
  people: 21 people
  label: Label
  text: Words
"""
STYLES = """
figure: {size: 40 pt, leading: 30 pt}
label: {size: 10 pt, leading: 12 pt}
"""
SCENE = Scene(styles=STYLES)


def two(page: SetPage) -> tuple[GlyphRun, GlyphRun]:
    """Return the runs of figure and label."""
    figure, label = sorted(page.runs, key=lambda run: -run.glyphs.size)[:2]
    return figure, label


def ink_below(run: GlyphRun) -> float:
    """Return how far the lowest glyph of a run reaches below its baseline, from the outlines of the font.

    Less than 0.04 em below is the overshoot of round glyphs.
    """
    glyphs = run.glyphs
    boxes = [glyphs.face.font.get_glyph_extents(glyph) for glyph in glyphs.ids]
    lowest = min(box.y_bearing + box.height for box in boxes if box)
    reach = -lowest * glyphs.size / glyphs.face.upem
    return reach if reach > 0.04 * glyphs.size else 0.0


def test_the_gap_is_measured_from_the_descenders() -> None:
    page = placed("- {stat: a.people, label: a.label, gap: 9 pt}", COPY, SCENE)
    figure, label = two(page)
    # The p of 40 pt has a long descender; leading smaller than the type (30 pt) does not reduce the gap.
    assert ink_below(figure) > 8
    gap = figure.y - ink_below(figure) - (label.y + page.cap_height("label"))
    assert gap == pytest.approx(9)


def test_the_gap_is_measured_from_the_foot_of_a_figure_without_descenders() -> None:
    page = placed("- {stat: a.number, label: a.label, gap: 9 pt}", COPY, SCENE)
    figure, label = two(page)
    assert figure.y == pytest.approx(TOP - page.cap_height("figure"))
    assert ink_below(figure) < 1
    gap = figure.y - ink_below(figure) - (label.y + page.cap_height("label"))
    assert gap == pytest.approx(9)


def test_default_gap_is_three_quarters_of_a_line() -> None:
    page = placed("- {stat: a.number, label: a.label}", COPY, SCENE)
    figure, label = two(page)
    # 0.75 x 12 pt.
    assert figure.y - ink_below(figure) - label.y - page.cap_height("label") == pytest.approx(9)


def test_gap_below_a_label_above() -> None:
    page = placed("- {stat: a.number, label: a.label, side: above, gap: 5 pt}", COPY, SCENE)
    figure, label = two(page)
    assert label.y == pytest.approx(TOP - page.cap_height("label"))
    gap = label.y - ink_below(label) - (figure.y + page.cap_height("figure"))
    assert gap == pytest.approx(5)


@pytest.mark.parametrize(("language", "mirrored"), [("en", False), ("ar", True)])
def test_beside_each_other_they_share_a_baseline(language: str, mirrored: bool) -> None:
    scene = Scene(styles=STYLES, language=language)
    page = placed("- {stat: a.number, label: a.label, side: beside, gap: 10 pt}", COPY, scene)
    figure, label = two(page)
    assert figure.y == pytest.approx(label.y)
    # Half a point is for rounding after the figure.
    if mirrored:
        assert figure.x + figure.glyphs.width == pytest.approx(250)
        assert label.x + label.glyphs.width == pytest.approx(figure.x - 10.5)
    else:
        assert figure.x == pytest.approx(LEFT)
        assert label.x == pytest.approx(LEFT + figure.glyphs.width + 10.5)


def test_following_text_keeps_its_leading() -> None:
    page = placed("- {stat: a.number, label: a.label}\n- text: a.text", COPY, SCENE)
    # From the label's baseline to the next one: the space below labels (1.2 em) and the text's own leading, 12 pt.
    assert page.line("Label")[1] - page.line("Words")[1] == pytest.approx(1.2 * 10 + 12)


def test_styles() -> None:
    page = placed(
        "- {stat: a.number, label: a.label, style: lead, label-style: caption}", COPY, SCENE
    )
    figure, label = two(page)
    assert (figure.glyphs.size, label.glyphs.size) == pytest.approx((13.5, 8))


def test_label_that_is_too_wide_is_reported() -> None:
    copy = COPY + "  long: Internationalization\n"
    block = "- {stat: a.people, label: a.long, side: beside}"
    placed(block, copy, Scene(styles=STYLES), expect=("line-too-wide",))
