"""Headings, pictures and other blocks that span the columns of their frame.

The type area of the trial page begins at 40 pt from the left and 20 pt from the top; it is 140 by 250 pt, with a gutter of
8 pt. Type is 10 pt on 12 pt.
"""

from __future__ import annotations

from collections import defaultdict

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from brochure.build_values import LaidOut
from brochure.errors import InputError
from brochure.model.display_list import Page, Picture, bounds
from tests.blocks.setting import jpeg
from tests.layout.pages import CAP, RED, Row, fields, made, rows
from tests.quick import examples

STYLES = (
    "{body: {font: Source Serif 4, size: 10 pt, leading: 12 pt, hyphenation: no, space-after: 0 pt, widows: 1, orphans: 1},"
    " head: {size: 20 pt, leading: 24 pt, space-before: 10 pt, space-after: 6 pt, keep-with-next: yes, span: all},"
    " tint: {shading: {colour: red, inset: 4 pt}, span: all}}"
)
COLUMNS = (40.0, 114.0)
"""The left edges of two columns."""


def lines(count: int, name: str = "t") -> str:
    return "\\\n".join(f"{name}{number}" for number in range(count))


def placed(content: str, copy: dict[str, str], frame: str = "columns: 2", **sections: str) -> Page:
    result = made(
        copy,
        {"assets/p.jpg": jpeg(60, 30)},
        pages=f"[{{frames: {{f: {{at: margins, {frame}, content: {content}}}}}}}]",
        paragraph_styles=STYLES,
        **sections,
    )
    assert not result.findings, "\n".join(map(str, result.findings))
    return result.pages[0]


def by_column(page: Page, name: str) -> dict[int, list[Row]]:
    """Return the lines of a message by the left edge of their column."""
    found = defaultdict(list)
    for row in rows(page):
        if row.text.startswith(name):
            found[round(row.left)].append(row)
    return found


def test_text_above_is_balanced_and_continues_below() -> None:
    content = "[{text: a}, {text: h, style: head}, {text: b}]"
    page = placed(content, {"a": lines(6, "a"), "h": "Heading", "b": lines(4, "b")})
    above, below = by_column(page, "a"), by_column(page, "b")
    assert {left: len(own) for left, own in above.items()} == {40: 3, 114: 3}
    assert list(below) == [40]  # columns below the last heading are filled one by one
    heading = next(row for row in rows(page) if row.text == "Heading")
    assert heading.left == pytest.approx(40)
    last = min(row.y for own in above.values() for row in own)
    assert heading.y == pytest.approx(last - 10 - 24)
    assert below[40][0].y == pytest.approx(heading.y - 6 - 12)


def test_balance_applies_below_the_last_heading_too() -> None:
    content = "[{text: a}, {text: h, style: head}, {text: b}]"
    copy = {"a": lines(2, "a"), "h": "Heading", "b": lines(4, "b")}
    page = placed(content, copy, "columns: 2, balance: yes")
    below = by_column(page, "b")
    assert {left: len(own) for left, own in below.items()} == {40: 2, 114: 2}
    assert below[40][0].y == pytest.approx(below[114][0].y)


def test_a_heading_at_the_head_of_the_frame_is_there_without_space() -> None:
    page = placed("[{text: h, style: head}, {text: b}]", {"h": "Heading", "b": "b"})
    heading = next(row for row in rows(page) if row.text == "Heading")
    assert 300 - heading.y == pytest.approx(20 + 2 * CAP)


def test_a_heading_that_spans_is_as_wide_as_the_frame() -> None:
    long = "Words of a heading that need more than one column"
    page = placed("[{text: h, style: head}, {text: b}]", {"h": long, "b": "b"})
    widest = max(row.right for row in rows(page))
    assert 114 < widest <= 180


def test_any_block_can_span() -> None:
    content = (
        "[{text: a}, {image: p.jpg, alt: none, height: 20 pt, span: all, space-before: 5 pt, space-after: 5 pt},"
        " {heading: h, span: all}, {list: [b, b], span: all}, {table: [[b], [b]], span: all}, {text: b}]"
    )
    page = placed(content, {"a": lines(4, "a"), "h": "Heading", "b": "b"})
    (picture,) = [item for item in page.items if isinstance(item, Picture)]
    frame = bounds(picture.clip)
    assert (frame.x, frame.width) == pytest.approx((40, 140))
    last = min(row.y for own in by_column(page, "a").values() for row in own)
    assert frame.top == pytest.approx(last - 5)


def test_a_block_can_stay_in_its_column() -> None:
    page = placed(
        "[{text: a}, {text: h, style: head, span: column}, {text: b}]",
        {"a": lines(20, "a"), "h": "He", "b": "b"},
    )
    assert list(by_column(page, "a")) == [40]


def test_shading_spans_too() -> None:
    page = placed(
        "[{text: a}, {text: h, style: tint}, {text: b}]", {"a": "a\\\na", "h": "Note", "b": "b"}
    )
    (red,) = fields(page, RED)
    assert (red.x, red.width) == pytest.approx((40, 140))
    assert red.height == pytest.approx(4 + CAP + 4)


def story(copy: dict[str, str], content: str, height: int = 60, **sections: str) -> LaidOut:
    frame = f"{{at: 'x 40 pt, y 20 pt, width 140 pt, height {height} pt', columns: 2, gutter: 8 pt, story: s}}"
    return made(
        copy,
        None,
        stories=f"{{s: {{content: {content}}}}}",
        pages=f"[{{frames: {{f: {frame}}}}}, {{frames: {{f: {frame}}}}}]",
        paragraph_styles=STYLES,
        **sections,
    )


def test_text_above_continues_in_the_next_frame() -> None:
    result = story(
        {"a": lines(16, "a"), "h": "Heading", "b": "b"},
        "[{text: a}, {text: h, style: head}, {text: b}]",
        height=75,
    )
    assert not result.findings
    first, second = (by_column(page, "a") for page in result.pages)
    assert {left: len(own) for left, own in first.items()} == {40: 6, 114: 6}
    assert {left: len(own) for left, own in second.items()} == {40: 2, 114: 2}
    assert [row.text for row in rows(result.pages[1])][-2:] == ["Heading", "b"]


def test_a_heading_moves_to_the_next_frame_with_its_text() -> None:
    # 60 pt: two lines, then the heading's 34 pt; nothing would fit below it.
    result = story(
        {"a": lines(4, "a"), "h": "Heading", "b": "b"},
        "[{text: a}, {text: h, style: head}, {text: b}]",
    )
    assert not result.findings
    assert [row.text for row in rows(result.pages[0])] == ["a0", "a1", "a2", "a3"]
    assert [row.text for row in rows(result.pages[1])] == ["Heading", "b"]
    assert 300 - rows(result.pages[1])[0].y == pytest.approx(20 + 2 * CAP)


def test_text_that_does_not_fit_is_overset() -> None:
    result = story(
        {"a": lines(4, "a"), "h": "Heading", "b": lines(40, "b")},
        "[{text: a}, {text: h, style: head}, {text: b}]",
    )
    assert [one.code for one in result.findings] == ["overflow"]
    assert "'b'" in result.findings[0].message


def test_right_to_left_columns_begin_at_the_right() -> None:
    files = {"content/ar.yaml": "a: |-\n  كلمة\\\n  كلمة\nh: عنوان\nb: نص\n".encode()}
    result = made(
        None,
        files,
        pages="[{frames: {f: {at: margins, columns: 2, content: [{text: a}, {text: h, style: head}, {text: b}]}}}]",
        paragraph_styles=STYLES,
        source_language="ar",
        fonts="{fallback: {Arab: Noto Sans Arabic}}",
    )
    assert not result.findings
    first, second, heading, text = rows(result.pages[0])
    assert first.right > second.right + 50
    assert first.y == pytest.approx(second.y)
    assert heading.right == pytest.approx(text.right, abs=1) == pytest.approx(160, abs=1)


def test_feet_are_aligned_above_a_heading() -> None:
    copy = {"a": lines(5, "a"), "c": lines(2, "c"), "d": lines(2, "d"), "h": "Heading"}
    sections = "[{text: a, style: apart}, {text: c, style: apart}, {text: d, style: apart}, {text: h, style: head}]"
    styles = STYLES[:-1] + ", apart: {space-before: 5 pt, keep-together: yes}}"
    result = made(
        copy,
        None,
        pages=f"[{{frames: {{f: {{at: margins, columns: 2, align-feet: yes, content: {sections}}}}}}}]",
        paragraph_styles=styles,
    )
    above = [row for row in rows(result.pages[0]) if row.text != "Heading"]
    lowest = {left: min(row.y for row in above if round(row.left) == left) for left in (40, 114)}
    assert lowest[40] == pytest.approx(lowest[114])


def test_in_a_box_it_has_no_effect_and_is_reported() -> None:
    result = made(
        {"a": "a"},
        None,
        pages="[{frames: {f: {at: margins, columns: 2, content: [{box: [{text: a, span: all}]}]}}}]",
    )
    assert [one.code for one in result.findings] == ["span-useless"]


def test_wrong_values_are_errors_with_their_place() -> None:
    with pytest.raises(InputError) as caught:
        placed("[{text: a, span: 2}]", {"a": "a"})
    (found,) = map(str, caught.value.findings)
    assert found.startswith("brochure.yaml:")
    assert "all" in found


SECTIONS = st.lists(
    st.tuples(st.sampled_from(["body", "head", "tint"]), st.integers(1, 6)), min_size=1, max_size=7
)


@settings(max_examples=examples(100), deadline=None)
@given(SECTIONS, st.integers(2, 3), st.booleans())
def test_nothing_overlaps_and_nothing_is_lost(
    sections: list[tuple[str, int]], columns: int, balance: bool
) -> None:
    """Lines are in order from top to bottom, section below section, and none is printed twice or left out."""
    copy = {f"m{at}": lines(count, f"p{at}-") for at, (_, count) in enumerate(sections)}
    blocks = ", ".join(f"{{text: m{at}, style: {style}}}" for at, (style, _) in enumerate(sections))
    result = made(
        copy,
        None,
        pages=f"[{{frames: {{f: {{at: margins, columns: {columns}, balance: {'yes' if balance else 'no'},"
        f" content: [{blocks}]}}}}}}]",
        paragraph_styles=STYLES,
    )
    if result.findings:
        assert {one.code for one in result.findings} == {"overflow"}
        return
    found = rows(result.pages[0])
    texts = [f"p{at}-{line}" for at, (_, count) in enumerate(sections) for line in range(count)]
    assert [row.text for row in found] == texts
    tops: dict[int, float] = {}
    bottoms: dict[int, float] = {}
    for row in found:
        at = int(row.text[1:].partition("-")[0])
        tops[at] = max(tops.get(at, 0.0), row.y)
        bottoms[at] = min(bottoms.get(at, 999.0), row.y)
        assert row.y >= 30 - 0.01
    for at in range(1, len(sections)):
        if (
            "body" not in {sections[at][0], sections[at - 1][0]}
            or sections[at][0] != sections[at - 1][0]
        ):
            assert tops[at] < bottoms[at - 1]
    for one in found:
        for other in found:
            if one is not other and abs(one.y - other.y) < CAP:
                assert one.right <= other.left or other.right <= one.left
