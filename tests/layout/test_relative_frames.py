"""Frames that are placed beside other frames: below, above, left-of, right-of."""

from __future__ import annotations

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from brochure.api import lay_out, lay_out_edition, open_job, resolve_edition
from brochure.errors import InputError
from brochure.geometry import Rect
from brochure.model.page_dump import dump
from brochure.project import MemoryProject
from tests.layout.pages import BLUE, GREEN, RED, fields, made, page, planned
from tests.quick import examples

PHOTO = "p: {at: 'x 50 pt, y 40 pt, width 100 pt, height 60 pt', background: red}"
# The trial page is 200 by 300 pt; margins: 40 left, 20 right, 20 top, 30 bottom.


def placed(at: str, more: str = "") -> tuple[float, float, float, float]:
    """Return left, top (from the top of the page), width and height of a frame beside the photo."""
    (frame_page,) = planned(pages=f"[{{frames: {{{PHOTO}, c: {{at: '{at}'{more}}}}}}}]")
    rect = next(one.rect for one in frame_page.frames if one.name == "c")
    return tuple(round(n, 3) for n in (rect.x, 300 - rect.top, rect.width, rect.height))  # type: ignore[return-value]


@pytest.mark.parametrize(
    ("at", "expected"),
    [
        ("below p, gap 5 pt, height 20 pt", (50, 105, 100, 20)),
        ("height 20 pt, gap 5 pt, below p", (50, 105, 100, 20)),
        ("below p", (50, 100, 100, 170)),  # down to the margin
        ("below p, margins", (40, 100, 140, 170)),
        ("below p, gap 5 pt, columns 1-2, height 20 pt", (40, 105, 66, 20)),
        ("below p, x 10 pt, width 30 pt, height 20 pt", (10, 100, 30, 20)),
        ("below p, width 30 pt, height 20 pt", (50, 100, 30, 20)),
        ("below p, width 30 pt, height 20 pt, align centre", (85, 100, 30, 20)),
        ("below p, width 30 pt, height 20 pt, align right", (120, 100, 30, 20)),
        ("below p, bottom 100 pt", (50, 100, 100, 100)),
        ("above p, gap 5 pt, height 10 pt", (50, 25, 100, 10)),
        ("above p", (50, 20, 100, 20)),  # up to the margin
        ("right-of p, gap 5 pt, width 20 pt", (155, 40, 20, 60)),
        ("right-of p, gap 5 pt", (155, 40, 25, 60)),  # out to the margin
        ("left-of p, gap 5 pt, width 20 pt, height 10 pt, align middle", (25, 65, 20, 10)),
        ("left-of p, gap 5 pt, width 20 pt, height 10 pt, align bottom", (25, 90, 20, 10)),
        ("left-of p, gap 5 pt, width 20 pt, y 7 pt, height 10 pt", (25, 7, 20, 10)),
        ("below p, right-of p, gap 5 pt, width 20 pt, height 10 pt", (155, 105, 20, 10)),
        ("below p, gap 5 pt, height 20 pt, bleed left", (-9, 105, 159, 20)),
    ],
)
def test_places(at: str, expected: tuple[float, ...]) -> None:
    assert placed(at) == pytest.approx(expected, abs=0.01)


def test_a_chain_of_frames_in_any_order() -> None:
    (found,) = planned(
        pages="[{frames: {c: {at: 'below b, height 10 pt'}, b: {at: 'below p, height 30 pt'}, "
        + PHOTO
        + "}}]"
    )
    rects = {frame.name: frame.rect for frame in found.frames}
    assert [frame.name for frame in found.frames] == ["c", "b", "p"]  # the order of painting
    assert 300 - rects["c"].top == pytest.approx(130)


def test_the_place_of_a_rotated_frame_is_what_it_covers() -> None:
    turned = "p: {at: 'x 60 pt, y 60 pt, width 40 pt, height 40 pt', rotate: 45}"
    (found,) = planned(pages=f"[{{frames: {{{turned}, c: {{at: 'below p, height 9 pt'}}}}}}]")
    rect = next(one.rect for one in found.frames if one.name == "c")
    assert 300 - rect.top == pytest.approx(80 + 40 * 2**0.5 / 2)


@pytest.mark.parametrize(("mirror", "expected"), [("yes", (25, 20)), ("no", (125, 20))])
def test_right_to_left_editions_are_mirrored(mirror: str, expected: tuple[float, float]) -> None:
    """Left of the photo is right of it in a mirrored page, also beside a photo that is not mirrored itself."""
    files = {"content/ar.yaml": "a: كلمة".encode()}
    for own in ("yes", "no"):
        photo = f"p: {{at: 'x 50 pt, y 40 pt, width 70 pt, height 60 pt', background: red, mirror: {own}}}"
        label = f"c: {{at: 'left-of p, gap 5 pt, width 20 pt', background: blue, mirror: {mirror}}}"
        result = made(
            None,
            files,
            pages=f"[{{frames: {{{photo}, {label}}}}}]",
            source_language="ar",
            fonts="{fallback: {Arab: Noto Sans Arabic}}",
        )
        (red,), (blue,) = fields(result.pages[0], RED), fields(result.pages[0], BLUE)
        gap = blue.x - red.right if mirror == "yes" else red.x - blue.right
        assert gap == pytest.approx(5)
        assert (red.y, red.top) == pytest.approx((blue.y, blue.top))


def test_a_frame_below_an_auto_sized_frame_moves_with_it() -> None:
    copy = {"t": "one\\\ntwo\\\nthree\\\nfour", "c": "Caption"}
    frames = (
        "{a: {at: 'x 40 pt, y 20 pt, width 100 pt, height 10 pt', auto-size: 100 pt, background: red, content: {text: t}},"
        " b: {at: 'below a, gap 4 pt, height 20 pt', background: green, content: {text: c}},"
        " c: {at: 'below b, gap 4 pt', background: blue}}"
    )
    found = page(frames, copy)
    (red,), (green,), (blue,) = (fields(found, colour) for colour in (RED, GREEN, BLUE))
    assert red.height > 40  # four lines
    assert green.top == pytest.approx(red.y - 4)
    assert green.height == pytest.approx(20)
    assert blue.top == pytest.approx(green.y - 4)
    assert blue.y == pytest.approx(30)  # the margin stays where it is


def test_a_rebuild_moves_frames_as_a_first_build_does() -> None:
    def project(text: str) -> MemoryProject:
        layout = """
brochure: follow
size: A6
binding: none
pages:
  - frames:
      a: {at: "margins, height 10 pt", auto-size: 200 pt, content: {text: t}}
      b: {at: "below a, gap 4 pt", content: {text: b}}
"""
        copy = f"t: {text}\nb: Below\n"
        return MemoryProject({"brochure.yaml": layout.encode(), "content/en.yaml": copy.encode()})

    last = None
    for text in ("short", "long " * 40, "longer " * 80, "short"):
        last = open_job(project(text), last)
        pages = lay_out_edition(last, resolve_edition(last, None, None)).pages
        assert [dump(one) for one in pages] == [dump(one) for one in lay_out(project(text)).pages]


def test_a_frame_above_an_auto_sized_frame_moves_with_it() -> None:
    copy = {"t": "one\\\ntwo\\\nthree\\\nfour"}
    frames = (
        "{a: {at: 'x 40 pt, y 100 pt, width 100 pt, height 10 pt', auto-size: 100 pt, valign: bottom, background: red,"
        " content: {text: t}}, b: {at: 'above a, gap 4 pt, height 20 pt', background: green}}"
    )
    found = page(frames, copy)
    (red,), (green,) = fields(found, RED), fields(found, GREEN)
    assert red.height > 40
    assert green.y == pytest.approx(red.top + 4)


def test_a_frame_below_all_frames_of_a_repeat() -> None:
    files = {"assets/rows.csv": b"name\na\nb\nc\n"}
    frames = (
        "{crew: {at: 'x 40 pt, y 20 pt, width 100 pt, height 90 pt', background: red,"
        " repeat: {from: rows.csv, columns: 2, gap: 4 pt}}, b: {at: 'below crew, gap 4 pt, height 20 pt', background: green}}"
    )
    result = made(None, files, pages=f"[{{frames: {frames}}}]")
    assert not result.findings
    (green,) = fields(result.pages[0], GREEN)
    assert len(fields(result.pages[0], RED)) == 3
    assert (green.x, 300 - green.top, green.width) == pytest.approx((40, 114, 100))


def findings(frames: str, **sections: str) -> list[str]:
    """Return the findings of a layout with errors, with their places."""
    with pytest.raises(InputError) as caught:
        made({"a": "b"}, None, pages=f"[{{frames: {frames}}}]", **sections)
    return [str(one) for one in caught.value.findings]


def test_unknown_names_are_errors_with_their_place() -> None:
    (found,) = findings("{" + PHOTO + ", c: {at: 'below q, height 5 pt'}}")
    assert found.startswith("brochure.yaml:8:")
    assert "'below q': this page has no frame 'q'" in found


def test_frames_of_the_master_are_known() -> None:
    masters = f"{{m: {{frames: {{{PHOTO}}}}}}}"
    page_frames = "{c: {at: 'below p, gap 5 pt, height 20 pt', background: blue}}"
    (found,) = planned(masters=masters, pages=f"[{{master: m, frames: {page_frames}}}]")
    rect = next(one.rect for one in found.frames if one.name == "c")
    assert (rect.x, 300 - rect.top) == pytest.approx((50, 105))


def test_circular_references_are_errors() -> None:
    (found,) = findings("{a: {at: below b}, b: {at: right-of c}, c: {at: above a}}")
    assert "in a circle: a → b → c → a" in found


def test_a_frame_beside_itself_is_an_error() -> None:
    (found,) = findings("{a: {at: below a}}")
    assert "in a circle: a → a" in found


@pytest.mark.parametrize(
    ("at", "message"),
    [
        ("below", "'below' needs the name of a frame"),
        ("below p, above p", "'below' and 'above' exclude each other"),
        ("below p, y 4 mm", "'below' and 'y' both give the place of the same edge"),
        ("right-of p, outer 4 mm", "'right-of' and 'outer' both give the place"),
        ("margins, gap 4 mm", "'gap' needs another frame"),
        ("below p, align centre", "'align centre' needs a width"),
        ("below p, align middle, height 4 mm", "'align middle' has no effect beside 'below'"),
        ("below p, align start, width 4 mm", "'start' is not an alignment"),
        ("beneath p", "'beneath p' is not a valid part of a placement"),
    ],
)
def test_contradictions_are_errors(at: str, message: str) -> None:
    (found,) = findings(f"{{{PHOTO}, c: {{at: '{at}'}}}}")
    assert message in found


def test_a_frame_that_an_edition_leaves_out_is_an_error_in_it() -> None:
    frames = "{p: {at: rows 1-2, when: {target: screen}}, c: {at: below p}}"
    (found,) = findings(frames)
    assert (
        "'below p': in this edition, this page has no frame 'p' (give this frame the 'when'"
        in found
    )


LENGTHS = st.integers(0, 60)


@settings(max_examples=examples(100), deadline=None)
@given(
    st.lists(
        st.tuples(st.sampled_from(["below", "above", "left-of", "right-of"]), LENGTHS), max_size=8
    )
)
def test_frames_in_a_chain_do_not_overlap(steps: list[tuple[str, int]]) -> None:
    """Each frame is on its side of the one before, at its distance, whatever the order in the layout."""
    frames = {"f0": "{at: 'x 50 pt, y 40 pt, width 30 pt, height 20 pt'}"}
    for number, (side, gap) in enumerate(steps, 1):
        frames[f"f{number}"] = (
            f"{{at: '{side} f{number - 1}, gap {gap} pt, width 30 pt, height 20 pt'}}"
        )
    text = ", ".join(f"{name}: {frames[name]}" for name in sorted(frames, reverse=True))
    (found,) = planned(pages=f"[{{frames: {{{text}}}}}]")
    rects = {frame.name: frame.rect for frame in found.frames}
    for number, (side, gap) in enumerate(steps, 1):
        assert _distance(side, rects[f"f{number - 1}"], rects[f"f{number}"]) == pytest.approx(gap)


def _distance(side: str, other: Rect, rect: Rect) -> float:
    match side:
        case "below":
            return other.y - rect.top
        case "above":
            return rect.y - other.top
        case "left-of":
            return other.x - rect.right
        case _:
            return rect.x - other.right
