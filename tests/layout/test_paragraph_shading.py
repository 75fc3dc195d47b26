"""Rules above and below paragraphs, and the shading behind them.

The type area of the trial page begins at 40 pt from the left and 20 pt from the top; it is 140 by 250 pt. Type is 10 pt on 12 pt.
"""

from __future__ import annotations

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from brochure.api import lay_out
from brochure.edition_checks import check_laid_out
from brochure.errors import InputError
from brochure.geometry import Rect
from brochure.model.display_list import Page, Path, bounds
from brochure.preflight import PROFILES
from brochure.project import MemoryProject
from tests.layout.pages import BLUE, CAP, GREEN, RED, baselines, fields, made, page, rows
from tests.quick import examples

BODY = "body: {font: Source Serif 4, size: 10 pt, leading: 12 pt, hyphenation: no, space-after: 0 pt, widows: 1, orphans: 1}"
TOP = 300 - 20


def styles(*more: str) -> str:
    return "{" + ", ".join([BODY, *more]) + "}"


def placed(content: str, *more: str, columns: int = 1, height: int = 250, **copy: str) -> Page:
    frames = f"{{f: {{at: 'margins, height {height} pt', columns: {columns}, content: {content}}}}}"
    return page(frames, copy, paragraph_styles=styles(*more))


def lines(page: Page) -> list[tuple[float, float, float, float]]:
    """Return each stroked line: its ends, its y and its width."""
    found = []
    for path in page.items:
        if isinstance(path, Path) and path.stroke and not path.outlines[0].closed:
            outline = path.outlines[0]
            found.append(
                (outline.start[0], outline.segments[0][0], outline.start[1], path.stroke.width)
            )
    return found


def test_rules_take_space_above_and_below() -> None:
    rule = "r: {rule-above: {thickness: 2 pt, gap: 3 pt}, rule-below: {thickness: 1 pt, gap: 4 pt}}"
    found = placed("[{text: a, style: r}, {text: b}]", rule, a="one", b="two")
    first = 20 + 2 + 3 + CAP
    # Below: the gap and the rule, then the leading of the next line.
    assert baselines(found) == pytest.approx([first, first + 4 + 1 + 12])
    above, below = lines(found)
    assert above == pytest.approx((40, 180, TOP - 1, 2))
    assert below == pytest.approx((40, 180, 300 - first - 4.5, 1))


def test_a_rule_keeps_the_leading_from_the_text_above() -> None:
    rule = "r: {space-before: 5 pt, rule-above: {thickness: 2 pt, gap: 3 pt}}"
    found = placed("[{text: b}, {text: a, style: r}]", rule, a="one", b="two")
    assert baselines(found) == pytest.approx([20 + CAP, 20 + CAP + 5 + 12 + 2 + 3])


def test_a_rule_as_wide_as_its_line() -> None:
    rule = "r: {indent-start: 10 pt, rule-above: {width: text}, rule-below: {width: text}}"
    found = placed("{text: a, style: r}", rule, a="a long first line\\\nshort")
    first, last = rows(found)
    (left, right, *_), (left_below, right_below, *_) = lines(found)
    assert (left, right) == pytest.approx((first.left, first.right), abs=0.01)
    assert (left_below, right_below) == pytest.approx((last.left, last.right), abs=0.01)
    assert left == pytest.approx(50)


def test_a_dotted_rule_has_round_dots() -> None:
    found = placed(
        "{text: a, style: r}", "r: {rule-below: {thickness: 2 pt, dash: dotted}}", a="one"
    )
    (stroke,) = [item.stroke for item in found.items if isinstance(item, Path)]
    assert stroke
    assert stroke.round_cap
    assert stroke.dash[0] == 0


def test_a_rule_is_at_both_ends_of_a_divided_paragraph_only() -> None:
    rule = "r: {rule-above: {thickness: 2 pt, gap: 3 pt}, rule-below: {thickness: 1 pt, gap: 4 pt}}"
    found = placed("{text: a, style: r}", rule, columns=2, height=40, a="1\\\n2\\\n3\\\n4")
    (above_left, _, above, _), (below_left, _, below, _) = lines(found)
    assert above_left < 50 < below_left
    assert above == pytest.approx(TOP - 1)
    ys = [(row.text, round(300 - row.y, 2)) for row in rows(found)]
    assert [text for text, _ in ys] == ["1", "2", "3", "4"]
    assert [y - CAP for _, y in ys] == pytest.approx([25, 37, 20, 32])
    assert below < TOP - CAP - 12


def test_a_paragraph_that_moves_to_the_next_column_keeps_its_rule() -> None:
    rule = "r: {orphans: 2, rule-above: {thickness: 2 pt, gap: 3 pt}}"
    found = placed(
        "[{text: b}, {text: a, style: r}]", rule, columns=2, height=42, b="1\\\n2", a="one\\\ntwo"
    )
    ((left, *_, y, _),) = lines(found)
    moved = next(row for row in rows(found) if row.text == "one")
    assert left == pytest.approx(moved.left)
    assert y == pytest.approx(TOP - 1)
    assert moved.y == pytest.approx(TOP - 5 - CAP)


def test_thickness_0_removes_an_inherited_rule() -> None:
    found = placed(
        "{text: a, style: plain}",
        "r: {rule-below: {gap: 9 pt}}",
        "plain: {based-on: r, rule-below: {thickness: 0 pt}}",
        a="one",
    )
    assert lines(found) == []


def test_shading_has_insets_around_the_text() -> None:
    shade = "s: {shading: {colour: red, inset: {top: 3 pt, bottom: 5 pt, start: 7 pt, end: 9 pt}}}"
    found = placed("[{text: a, style: s}, {text: b}]", shade, a="one", b="two")
    (red,) = fields(found, RED)
    assert (red.x, red.right, red.top) == pytest.approx((40, 180, TOP))
    assert red.height == pytest.approx(3 + CAP + 5)
    first, second = rows(found)
    assert first.left == pytest.approx(47, abs=0.5)
    assert second.y == pytest.approx(red.y - 12)


def test_long_lines_are_narrowed_by_the_insets() -> None:
    shade = "s: {align: justify, shading: {colour: red, inset: {start: 7 pt, end: 9 pt}}}"
    found = placed("{text: a, style: s}", shade, a="in to of it is at on by up so " * 12)
    assert {round(row.left) for row in rows(found)} == {47}
    assert {round(row.right) for row in rows(found)[:-1]} == {171}


def test_consecutive_paragraphs_have_their_shading_in_common() -> None:
    shade = "s: {space-after: 6 pt, shading: {colour: red, inset: 4 pt}}"
    found = placed(
        "[{text: a, style: s}, {list: [b, b], style: s}, {text: b}]", shade, a="1\n\n2", b="x"
    )
    (red,) = fields(found, RED)
    # Four lines, with the space between them, and the insets around all.
    assert red.height == pytest.approx(4 + CAP + 3 * 18 + 4)


def test_other_shading_is_not_joined() -> None:
    found = placed(
        "[{text: a, style: s}, {text: a, style: t}]",
        "s: {shading: {colour: red, inset: 4 pt}}",
        "t: {shading: {colour: green, inset: 4 pt}}",
        a="one",
    )
    (red,), (green,) = fields(found, RED), fields(found, GREEN)
    assert green.top < red.y


def test_shading_continues_in_the_next_column_with_its_insets() -> None:
    shade = "s: {space-after: 6 pt, shading: {colour: red, inset: 4 pt}}"
    found = placed("{text: a, style: s}", shade, columns=2, height=40, a="1\\\n2\n\n3\\\n4")
    shades = sorted(fields(found, RED), key=lambda rect: rect.x)
    assert [round(rect.top, 2) for rect in shades] == [TOP, TOP]
    assert [round(rect.height, 2) for rect in shades] == [round(4 + CAP + 12 + 4, 2)] * 2


def test_shading_of_joined_paragraphs_ends_with_an_inset_in_each_column() -> None:
    shade = "s: {space-after: 6 pt, keep-together: yes, shading: {colour: red, inset: 4 pt}}"
    copy = "1\\\n2\n\n3\n\n4\\\n5\\\n6"
    found = placed("{text: a, style: s}", shade, columns=2, height=62, a=copy)
    left, right = sorted(fields(found, RED), key=lambda rect: rect.x)
    ys = {row.text: row.y for row in rows(found)}
    assert left.y == pytest.approx(ys["3"] - 4)
    assert right.top == pytest.approx(ys["4"] + CAP + 4)


def test_shading_as_wide_as_the_text() -> None:
    shade = "s: {shading: {colour: red, inset: 4 pt, width: text}}"
    found = placed("{text: a, style: s}", shade, a="one\\\nlonger")
    (red,) = fields(found, RED)
    longest = max(row.right for row in rows(found))
    assert (red.x, red.right) == pytest.approx((40, longest + 4), abs=0.6)


def test_a_border_is_inside_the_edges_of_the_shading() -> None:
    shade = "s: {shading: {border: {colour: blue, width: 2 pt}, inset: 4 pt}}"
    found = placed("{text: a, style: s}", shade, a="one")
    (border,) = [item for item in found.items if isinstance(item, Path)]
    assert border.fill is None
    assert border.stroke
    assert border.stroke.paint.colour == BLUE
    rect = bounds(border.outlines).expand(1)
    assert (rect.x, rect.right, rect.top) == pytest.approx((40, 180, TOP))


def test_negative_indents_extend_the_shading() -> None:
    shade = "s: {indent-start: -6 pt, indent-end: -6 pt, shading: {colour: red, inset: 6 pt}}"
    found = placed("{text: a, style: s}", shade, a="one")
    (red,) = fields(found, RED)
    assert (red.x, red.right) == pytest.approx((34, 186))
    assert rows(found)[0].left == pytest.approx(40, abs=0.5)


def test_right_to_left_insets_are_mirrored() -> None:
    shade = (
        "s: {shading: {colour: red, inset: {start: 30 pt, end: 2 pt}}, rule-above: {width: text}}"
    )
    result = made(
        None,
        {"content/ar.yaml": "a: كلمة".encode()},
        pages="[{frames: {f: {at: 'x 40 pt, y 20 pt, width 120 pt, height 100 pt', content: {text: a, style: s}}}}]",
        paragraph_styles=styles(shade),
        source_language="ar",
        fonts="{fallback: {Arab: Noto Sans Arabic}}",
    )
    assert not result.findings
    (red,) = fields(result.pages[0], RED)
    (row,) = rows(result.pages[0])
    assert (red.x, red.right) == pytest.approx((40, 160))
    assert red.right - row.right == pytest.approx(30, abs=1)
    ((left, right, *_),) = lines(result.pages[0])
    assert (left, right) == pytest.approx((row.left, row.right), abs=0.1)


def test_shading_follows_text_that_wraps_around_a_picture() -> None:
    shade = "s: {shading: {colour: red, inset: 4 pt}}"
    hole = "h: {at: 'x 140 pt, y 40 pt, width 60 pt, height 20 pt', background: green, text-wrap: 2 pt}"
    found = page(
        f"{{f: {{at: margins, content: {{text: a, style: s}}}}, {hole}}}",
        {"a": "words and words " * 10},
        paragraph_styles=styles(shade),
    )
    path = next(
        one for one in found.items if isinstance(one, Path) and one.fill and one.fill.colour == RED
    )
    points = [path.outlines[0].start, *path.outlines[0].segments]
    assert len(points) > 4
    inside = [(x, y) for x, y, *_ in points if x > 140 and 240 < y < 260]
    assert not inside  # no corner in the picture
    assert {round(x) for x, *_ in points} == {40, 138, 180}


def test_shading_in_a_box_and_in_a_table_cell() -> None:
    shade = "s: {space-after: 6 pt, shading: {colour: red, inset: 4 pt}}"
    content = "[{box: [{text: a, style: s}], inset: 10 pt}, {table: [[b], [b]], style: t}]"
    found = placed(content, shade, "t: {shading: {colour: green, inset: 2 pt}}", a="1\n\n2", b="x")
    (red,) = fields(found, RED)
    assert (red.x, red.right, red.top) == pytest.approx((50, 170, TOP - 10))
    assert red.height == pytest.approx(4 + CAP + 18 + 4)
    assert fields(found, GREEN)


def test_wrong_values_are_errors_with_their_place() -> None:
    with pytest.raises(InputError) as caught:
        placed(
            "{text: a}",
            "s: {shading: {colour: redd}, rule-above: {width: page, gap: -2 pt}}",
            a="x",
        )
    found = [str(one) for one in caught.value.findings]
    assert any("redd" in one and "brochure.yaml:7" in one for one in found)
    assert any("column or text" in one or "column, text" in one for one in found)
    assert len(found) == 3


def test_preflight_names_the_line_of_the_style() -> None:
    layout = """brochure: ink
size: A6
binding: none
swatches: {heavy: cmyk 100 100 100 100}
paragraph-styles:
  s:
    shading: {colour: heavy, inset: 4 pt}
    colour: paper
  r:
    rule-above: {colour: heavy, thickness: 3 pt}
pages:
  - frames: {f: {at: margins, content: [{text: a, style: s}, {text: a, style: r}]}}
"""
    files = {"brochure.yaml": layout.encode(), "content/en.yaml": b"a: words"}
    project = MemoryProject(files)
    found = check_laid_out(lay_out(project), PROFILES["sheetfed"], project)
    places = {str(one.span) for one in found if one.code == "ink-total"}
    assert {place.rpartition(":")[0] for place in places} == {"brochure.yaml:7", "brochure.yaml:10"}


PARAGRAPHS = st.lists(
    st.tuples(st.sampled_from(["body", "s", "t", "r"]), st.integers(1, 5)), min_size=1, max_size=10
)


@settings(max_examples=examples(100), deadline=None)
@given(PARAGRAPHS, st.sampled_from([60, 90, 130]), st.booleans())
def test_nothing_overlaps_and_nothing_is_lost(
    paragraphs: list[tuple[str, int]], height: int, balance: bool
) -> None:
    """Every line is in the shading of its style only, and all is inside the frame."""
    copy = {f"m{at}": "\\\n".join([f"p{at}"] * count) for at, (_, count) in enumerate(paragraphs)}
    blocks = ", ".join(
        f"{{text: m{at}, style: {style}}}" for at, (style, _) in enumerate(paragraphs)
    )
    frame = f"{{at: 'margins, height {height} pt', columns: 3, balance: {'yes' if balance else 'no'}, content: [{blocks}]}}"
    result = made(
        copy,
        None,
        pages=f"[{{frames: {{f: {frame}}}}}]",
        paragraph_styles=styles(
            "s: {space-after: 6 pt, shading: {colour: red, inset: 3 pt}}",
            "t: {shading: {colour: green, inset: 2 pt, border: {colour: blue, width: 1 pt}}}",
            "r: {rule-above: {gap: 2 pt}, rule-below: {gap: 3 pt}}",
        ),
    )
    found = result.pages[0]
    reds, greens = fields(found, RED), fields(found, GREEN)
    frame_rect = Rect(40, 300 - 20 - height, 140, height).expand(0.02)
    for rect in (*reds, *greens):
        assert frame_rect.x <= rect.x < rect.right <= frame_rect.right
        assert frame_rect.y <= rect.y < rect.top <= frame_rect.top
    if not result.findings:
        assert len(rows(found)) == sum(count for _, count in paragraphs)
    for row in rows(found):
        style = paragraphs[int(row.text[1:])][0]
        inside = [_holds(reds, row.left, row.y), _holds(greens, row.left, row.y)]
        assert inside == [style == "s", style == "t"]


def _holds(rects: list[Rect], x: float, y: float) -> bool:
    return any(
        rect.x <= x <= rect.right and rect.y <= y and y + CAP <= rect.top + 0.01 for rect in rects
    )
