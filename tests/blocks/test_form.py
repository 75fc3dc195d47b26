"""Forms: lines to write on, boxes to tick, boxes for single characters, and the edge to tear off."""

from __future__ import annotations

import io
from typing import Any

import pypdf
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from brochure.api import build
from brochure.errors import InputError
from brochure.geometry import Rect
from brochure.model.display_list import GlyphRun, Path, bounds
from brochure.prepress.output_conditions import CONDITIONS
from brochure.project import MemoryProject
from tests.blocks.setting import LEFT, TOP, WIDTH, Scene, SetPage, placed
from tests.quick import examples

COPY = """
a:
  name: "Name:"
  town: Town
  once: once
  often: often
  gift: I give
  long: What you would like to mend, and what you have tried so far
"""
ROW, GAP = 25.0, 6.0
"""Distances set in the tests: between rows, and between labels and lines."""
KEYS = "\n  row: 25 pt\n  gap: 6 pt\n  box: 10 pt\n  cell: 14 pt\n  space-before: 0 pt"


def form(
    fields: str, more: str = "", scene: Scene | None = None, expect: tuple[str, ...] = ()
) -> SetPage:
    """Place a form with these fields."""
    return placed(f"- form: {fields}{KEYS}{more}", COPY, scene or Scene(), expect)


def lines(page: SetPage) -> list[tuple[float, float, float]]:
    """Return the lines to write on: their ends and their y."""
    found = [path.outlines[0] for path in page.paths if len(path.outlines) == 1]
    open_ones = [one for one in found if not one.closed]
    return [(one.start[0], one.segments[0][0], one.start[1]) for one in open_ones]


def test_a_line_reaches_from_its_label_to_the_edge() -> None:
    page = form("[{line: a.name}]")
    label = page.run("Name:")
    ((left, right, y),) = lines(page)
    assert left == pytest.approx(label.x + label.glyphs.width + GAP, abs=0.1)
    assert right == pytest.approx(LEFT + WIDTH)
    assert y == pytest.approx(TOP - ROW + 0.25)
    assert y < label.y < y + 4


def test_further_lines_are_as_wide_as_the_field() -> None:
    page = form("[{line: a.name, lines: 3}]")
    (_, _, first), second, third = lines(page)
    assert second == pytest.approx((LEFT, LEFT + WIDTH, first - ROW))
    assert third == pytest.approx((LEFT, LEFT + WIDTH, first - 2 * ROW))


def test_fields_share_a_row_as_long_as_their_widths_allow() -> None:
    page = form("[{line: a.name, width: 40%}, {line: a.town, width: 60%}, {line: a.once}]")
    (_, end, y), (start, right, other), (_, _, below) = lines(page)
    assert y == pytest.approx(other)
    assert below == pytest.approx(y - ROW)
    town = page.run("Town")
    assert end == pytest.approx(LEFT + 0.4 * (WIDTH + GAP) - GAP)
    assert town.x == pytest.approx(end + GAP)
    assert start > town.x
    assert right == pytest.approx(LEFT + WIDTH)


def test_boxes_are_in_front_of_their_labels_and_wrap() -> None:
    page = form("[{boxes: [a.once, a.often], label: a.gift}, {boxes: [a.long, a.long]}]")
    boxes = [bounds(path.outlines).expand(0.25) for path in page.paths]
    assert [round(box.width, 2) for box in boxes] == [10] * 4
    assert [box.y for box in boxes[:2]] == pytest.approx([boxes[0].y] * 2)
    once, often = page.run("once"), page.run("often")
    assert boxes[0].right + GAP == pytest.approx(once.x, abs=0.1)
    assert once.x < boxes[1].x < often.x
    assert boxes[2].x == boxes[3].x == pytest.approx(LEFT)  # no two long labels in one row
    # A box is beside the capitals of its label.
    middle = once.y + page.cap_height("form") / 2
    assert (boxes[0].y + boxes[0].top) / 2 == pytest.approx(middle)


def test_a_comb_has_a_box_for_each_character_in_groups() -> None:
    page = form("[{comb: a.name, count: 6, group: 3}]")
    (comb,) = page.paths
    boxes = [one for one in comb.outlines if one.closed]
    inner = [one for one in comb.outlines if not one.closed]
    assert (len(boxes), len(inner)) == (2, 4)
    first, second = (bounds((one,)) for one in boxes)
    assert (first.width, second.width) == pytest.approx((42, 42))
    assert second.x - first.right == pytest.approx(GAP / 2)
    assert first.x == pytest.approx(
        page.run("Name:").x + page.run("Name:").glyphs.width + GAP, abs=0.1
    )


def test_a_comb_that_is_too_wide_is_below_its_label_and_narrower() -> None:
    page = form("[{comb: a.name, count: 20}]")
    (comb,) = page.paths
    rect = bounds(comb.outlines)
    assert (rect.x, rect.width) == pytest.approx((LEFT, WIDTH))
    assert page.run("Name:").y > rect.top


def test_boxes_too_narrow_to_write_in_are_an_error() -> None:
    page = form("[{comb: a.name, count: 60}]", expect=("form-boxes",))
    (found,) = page.findings
    assert found.span
    assert "60 boxes do not fit in 71 mm" in found.message


@pytest.mark.parametrize(("tear_off", "outlines"), [("line", [1]), ("scissors", [4, 1])])
def test_an_edge_to_tear_off(tear_off: str, outlines: list[int]) -> None:
    page = form("[{line: a.name}]", f"\n  tear-off: {tear_off}")
    *edge, _ = page.paths
    assert [len(path.outlines) for path in edge] == outlines
    dashed = edge[-1]
    assert dashed.stroke
    assert dashed.stroke.dash
    assert dashed.outlines[0].segments[0][0] == pytest.approx(LEFT + WIDTH)
    assert dashed.outlines[0].start[1] > page.run("Name:").y


def test_right_to_left_forms_are_mirrored() -> None:
    scene = Scene(language="ar", extra="fonts: {fallback: {Arab: Noto Sans Arabic}}")
    copy = "a: {name: الاسم, town: المدينة, once: مرة}"
    fields = "[{line: a.name, width: 40%}, {line: a.town, width: 60%}, {boxes: [a.once]}]"
    page = placed(f"- form: {fields}{KEYS}\n  tear-off: scissors", copy, scene)
    scissors, dashed, first, second, box = page.paths
    assert bounds(scissors.outlines).right == pytest.approx(LEFT + WIDTH, abs=1)
    assert dashed.outlines[0].start[0] == pytest.approx(LEFT)
    labels = sorted(page.runs, key=lambda run: -run.y)
    assert first.outlines[0].start[0] > second.outlines[0].segments[0][0]
    assert second.outlines[0].start[0] == pytest.approx(LEFT)
    assert bounds(box.outlines).right == pytest.approx(LEFT + WIDTH, abs=0.3)
    assert all(run.x >= LEFT and run.x + run.glyphs.width <= LEFT + WIDTH + 0.1 for run in labels)


def test_a_form_is_divided_between_its_rows() -> None:
    scene = Scene(height=60, frame="columns: 2\ngutter: 10 pt")
    page = form("[{line: a.name}, {line: a.town}, {line: a.once}, {line: a.often}]", scene=scene)
    assert [round(left > 150) for left, *_ in lines(page)] == [0, 0, 1, 1]


def test_a_form_without_fields_is_an_error() -> None:
    form("[]", expect=("form-empty",))


@pytest.mark.parametrize(
    ("field", "message"),
    [
        ("{line: a.name, lines: 0}", "the minimum is 1"),
        ("{comb: a.name}", "count"),
        ("{comb: a.name, count: 100}", "60"),
        ("{ring: a.name}", "ring"),
    ],
)
def test_wrong_fields_are_errors_with_their_place(field: str, message: str) -> None:
    with pytest.raises(InputError) as caught:
        form(f"[{field}]")
    found = [str(one) for one in caught.value.findings]
    assert any(one.startswith("brochure.yaml:") and message in one for one in found), found


def test_fields_are_tagged_as_form_fields_with_their_labels() -> None:
    layout = (
        "brochure: form\nsize: A6\nbinding: none\npages: [{frames: {f: {at: margins, content: {form: ["
        "{line: name}, {boxes: [once]}, {comb: name, count: 4}]}}}}]\n"
    )
    copy = 'name: "Name:"\nonce: once\n'
    project = MemoryProject({"brochure.yaml": layout.encode(), "content/en.yaml": copy.encode()})
    built = build(project, CONDITIONS["screen"], "en")
    assert not built.findings
    root = pypdf.PdfReader(io.BytesIO(built.pdf)).root_object["/StructTreeRoot"].get_object()
    found = [(str(one["/Alt"]), one["/A"][0]) for one in _elements(root, "/Form")]
    assert [alt for alt, _ in found] == ["Name", "once", "Name"]
    assert [attributes["/O"] for _, attributes in found] == ["/PrintField"] * 3
    assert [attributes["/Role"] for _, attributes in found] == ["/tv", "/cb", "/tv"]
    assert found[1][1]["/checked"] == "/off"


def _elements(element: Any, role: str) -> list[Any]:
    found = [element] if element.get("/S") == role else []
    kids = element.get("/K", [])
    for kid in kids if isinstance(kids, list) else [kids]:
        inner = kid.get_object()
        if isinstance(inner, dict) and "/S" in inner:
            found += _elements(inner, role)
    return found


FIELD = st.one_of(
    st.builds(
        lambda name, lines, width: f"{{line: a.{name}, lines: {lines}, width: {width}%}}",
        st.sampled_from(["name", "town", "long"]),
        st.integers(1, 3),
        st.sampled_from([30, 50, 70, 100]),
    ),
    st.builds(
        lambda names, width: (
            f"{{boxes: [{', '.join(f'a.{one}' for one in names)}], width: {width}%}}"
        ),
        st.lists(st.sampled_from(["once", "often", "long"]), min_size=1, max_size=4),
        st.sampled_from([50, 100]),
    ),
    st.builds(
        lambda count, group: f"{{comb: a.town, count: {count}, group: {group}}}",
        st.integers(1, 18),
        st.integers(2, 6),  # 18 groups of one would be too wide, which another test shows
    ),
)


@settings(max_examples=examples(100), deadline=None)
@given(st.lists(FIELD, min_size=1, max_size=4))  # five of three lines each do not fit on the page
def test_labels_lines_and_boxes_do_not_overlap(fields: list[str]) -> None:
    """All is inside the column, and no line or box crosses a label."""
    page = form(f"[{', '.join(fields)}]", scene=Scene(height=440))
    shapes = [bounds((outline,)) for path in page.paths for outline in path.outlines]
    for shape in shapes:
        assert LEFT - 0.01 <= shape.x <= shape.right <= LEFT + WIDTH + 0.01
    for run in page.runs:
        words = Rect(
            run.x + 0.1, run.y + 0.1, run.glyphs.width - 0.2, page.cap_height("form") - 0.2
        )
        assert run.x >= LEFT - 1
        assert run.x + run.glyphs.width <= LEFT + WIDTH + 0.1
        assert not any(shape.overlaps(words) for shape in shapes)
    assert all(isinstance(item, GlyphRun | Path) for item in page.items)
