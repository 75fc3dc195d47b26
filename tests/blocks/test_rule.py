"""Rules: length, alignment and dash patterns."""

from __future__ import annotations

import pytest

from brochure.color.swatch import BLACK, Cmyk
from tests.blocks.setting import Scene, placed

COPY = "a: {words: Words, more: More}"


def test_a_rule_is_as_wide_as_its_column() -> None:
    page = placed("- rule:")
    # Half a point thick, its centre a quarter below the top.
    assert page.box() == pytest.approx((50, 449.75, 200, 0))
    stroke = page.paths[0].stroke
    assert stroke is not None
    assert (stroke.width, stroke.paint, stroke.dash) == (0.5, BLACK, ())
    assert page.paths[0].tag.role == "Artifact"


@pytest.mark.parametrize(
    ("align", "language", "x"),
    [
        # 50 pt long in a column of 200 pt: 150 pt remain.
        ("start", "en", 50), ("centre", "en", 125), ("end", "en", 200),
        ("start", "ar", 200), ("end", "ar", 50), ("left", "ar", 50), ("right", "en", 200),
    ],
)  # fmt: skip
def test_alignment_of_a_short_rule(align: str, language: str, x: float) -> None:
    page = placed(f"- {{rule: 50 pt, align: {align}}}", scene=Scene(language=language))
    assert page.box()[0] == pytest.approx(x)
    assert page.box()[2] == pytest.approx(50)


def test_thickness_colour_and_dash() -> None:
    page = placed("- {rule: 25%, thickness: 2 pt, colour: ember, dash: [2 pt, 3 pt]}")
    stroke = page.paths[0].stroke
    assert stroke is not None
    assert stroke.paint.colour == Cmyk(0, 0.72, 0.92, 0.06)
    assert (stroke.width, stroke.dash) == (2, (2, 3))
    assert page.box() == pytest.approx((50, 449, 50, 0))


@pytest.mark.parametrize(
    ("length", "thickness", "gaps"),
    # The centres of the first and last dot are half a dot from the ends; the distance of dots is about two dots.
    [
        ("100%", 2.0, round(198 / 4)),
        ("50 pt", 3.0, round(47 / 6)),
        ("3 pt", 2.0, 1),
        ("2 pt", 2.0, 0),
    ],
)
def test_a_dotted_rule_begins_and_ends_with_a_whole_dot(
    length: str, thickness: float, gaps: int
) -> None:
    page = placed(f"- {{rule: {length}, thickness: {thickness} pt, dash: dotted}}")
    stroke = page.paths[0].stroke
    assert stroke is not None
    x, _, width, _ = page.box()
    assert x == pytest.approx(50 + thickness / 2)
    total = 200.0 if length == "100%" else float(length.split(maxsplit=1)[0])
    assert width == pytest.approx(total - thickness)
    assert stroke.round_cap
    assert stroke.dash == (pytest.approx((0.0, width / gaps)) if gaps else ())


def test_space_before_and_after() -> None:
    page = placed(
        "- text: a.words\n- {rule: 100%, space-before: 10 pt, space-after: 8 pt}\n- text: a.more",
        COPY,
    )
    above, below = (y for _, _, y in page.lines)
    y = page.box()[1]
    # 10 pt and half the thickness from the baseline; 8 pt from the lower edge to the capitals.
    assert above - y == pytest.approx(10.25)
    assert y - below == pytest.approx(0.25 + 8 + page.cap_height("body"))
