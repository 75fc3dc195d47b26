"""QR codes: the modules from segno as one path with a quiet zone."""

from __future__ import annotations

import pytest
import segno

from brochure.blocks._qr_code import Correction, encode_qr, trace_modules
from brochure.color.swatch import BLACK, Cmyk
from brochure.geometry import MM, Rect
from brochure.model.display_list import Outline, Path
from tests.blocks.setting import LEFT, TOP, Scene, placed

COPY = """
a:
  home: https://www.ijm.ca/give
  plain: Words only
  alt: Our page for gifts
  caption: Give what you can
  words: Words
"""
HOME = "https://www.ijm.ca/give"


def inside(contours: tuple[Outline, ...], x: float, y: float) -> bool:
    """Return True if a point is inside a path of straight lines, by the non-zero rule."""
    winding = 0
    for contour in contours:
        points = [contour.start, *((segment[0], segment[1]) for segment in contour.segments)]
        for (_, y1), (x2, y2) in zip(points, [*points[1:], points[0]], strict=True):
            if y1 <= y < y2 and x2 > x:  # a vertical edge to the right, upwards
                winding += 1
            elif y2 <= y < y1 and x2 > x:
                winding -= 1
    return winding != 0


def read(path: Path, place: Rect, modules: int) -> list[list[bool]]:
    """Return the modules as painted: True if the centre of a module is dark."""
    step = place.width / (modules + 8)
    return [
        [
            inside(path.outlines, place.x + (column + 4.5) * step, place.top - (row + 4.5) * step)
            for column in range(modules)
        ]
        for row in range(modules)
    ]


def expected(content: str, error: str = "m") -> list[list[bool]]:
    """Return the modules from segno."""
    return [[bool(module) for module in row] for row in segno.make_qr(content, error=error).matrix]


@pytest.mark.parametrize("correction", list(Correction))
def test_modules_match_segno(correction: Correction) -> None:
    code = encode_qr(HOME, correction)
    assert code is not None
    place = Rect(10, 20, 100, 100)
    painted = read(Path(trace_modules(code, place)), place, len(code))
    assert painted == expected(HOME, correction.value[0])


def test_modules_that_touch_at_a_corner_have_separate_contours() -> None:
    # Two squares that share one corner: two contours of four sides.
    contours = trace_modules(((True, False), (False, True)), Rect(0, 0, 10, 10))
    assert [len(contour.segments) for contour in contours] == [3, 3]


def test_holes_have_the_opposite_direction() -> None:
    ring = ((True, True, True), (True, False, True), (True, True, True))
    contours = trace_modules(ring, Rect(0, 0, 11, 11))
    assert len(contours) == 2
    painted = [[inside(contours, x + 4.5, 11 - (y + 4.5)) for x in range(3)] for y in range(3)]
    assert painted == [list(row) for row in ring]


def test_code_has_a_quiet_zone() -> None:
    page = placed("- {qr: a.home, alt: a.alt, size: 37 mm}", COPY)
    [path] = page.paths
    side = 37 * MM
    modules = len(expected(HOME))
    step = side / (modules + 8)
    x, y, width, height = page.box()
    assert (x, y) == pytest.approx((LEFT + 4 * step, TOP - side + 4 * step))
    assert (width, height) == pytest.approx((modules * step, modules * step))
    assert read(path, Rect(LEFT, TOP - side, side, side), modules) == expected(HOME)
    assert (path.fill, path.tag.role, path.tag.alt) == (BLACK, "Figure", "Our page for gifts")


def test_addresses_are_links_and_other_text_is_not() -> None:
    [link] = placed("- {qr: a.home, alt: a.alt}", COPY).links
    assert link.target == HOME
    # 25 mm by default.
    assert link.rect.width == pytest.approx(25 * MM)
    assert placed("- {qr: a.plain, alt: a.alt}", COPY).links == []


def test_content_can_be_a_variable() -> None:
    page = placed("- qr:\n  value: home\n  alt: none", COPY)
    side = 25 * MM
    content = "https://www.ijm.ca/give?a=1"
    place = Rect(LEFT, TOP - side, side, side)
    assert read(page.paths[0], place, len(expected(content))) == expected(content)
    # Links always have alternative text: the address by default.
    assert [role for role, _ in page.paths[0].tag.path] == ["Link", "Figure"]
    assert page.paths[0].tag.alt == content


@pytest.mark.parametrize("block", ["- qr:", "- {qr: a.home, value: home}"])
def test_exactly_one_content_is_required(block: str) -> None:
    placed(block, COPY, expect=("qr-content",))


def test_small_modules_cause_a_warning() -> None:
    # 25 + 8 modules of 0.35 mm are 11.55 mm (version 2).
    assert len(expected(HOME)) == 25
    [finding] = placed("- {qr: a.home, size: 11.5 mm}", COPY, expect=("qr-small",)).findings
    assert finding.severity.value == "warning"
    assert "size: 11.6 mm" in finding.hint
    placed("- {qr: a.home, size: 11.55 mm}", COPY)


def test_content_that_is_too_long_is_reported() -> None:
    copy = COPY + "  long: " + "x" * 3000 + "\n"
    assert placed("- {qr: a.long}", copy, expect=("qr-too-long",)).items == ()


def test_higher_correction_makes_a_larger_code() -> None:
    low, high = (
        len(placed(f"- {{qr: a.home, correction: {level}}}", COPY).paths[0].outlines)
        for level in ("low", "high")
    )
    assert high > low


def test_colour_ground_and_side() -> None:
    page = placed("- {qr: a.home, colour: ember, ground: sand, align: end, size: 20 mm}", COPY)
    ground, code = page.paths
    side = 20 * MM
    assert page.box(0) == pytest.approx((250 - side, TOP - side, side, side))
    assert ground.fill is not None
    assert code.fill is not None
    assert ground.fill.colour == Cmyk(0.03, 0.06, 0.13, 0)
    assert code.fill.colour == Cmyk(0, 0.72, 0.92, 0.06)


def test_a_caption_below() -> None:
    page = placed("- {qr: a.home, size: 20 mm, caption: a.caption, gap: 4 pt, style: label}", COPY)
    x, y = page.line("Give what you can")
    assert (x, y) == pytest.approx((LEFT, TOP - 20 * MM - 4 - page.cap_height("label")))


@pytest.mark.parametrize(("language", "mirrored"), [("en", False), ("ar", True)])
def test_caption_beside_aligns_with_the_lowest_modules(language: str, mirrored: bool) -> None:
    block = "- {qr: a.home, size: 20 mm, caption: a.caption, side: beside, gap: 6 pt}"
    page = placed(block, COPY, Scene(language=language))
    [run] = page.runs
    side = 20 * MM
    assert run.y == pytest.approx(page.box()[1])
    if mirrored:
        assert run.x + run.glyphs.width == pytest.approx(250 - side - 6)
    else:
        assert run.x == pytest.approx(LEFT + side + 6)


def test_space_before_and_after() -> None:
    block = "- text: a.words\n- {qr: a.home, size: 20 mm, space-before: 3 pt, space-after: 5 pt}\n- text: a.plain"
    page = placed(block, COPY)
    foot = page.links[0].rect
    assert page.line("Words")[1] - foot.top == pytest.approx(3)
    assert foot.y - page.line("Words only")[1] == pytest.approx(5 + page.cap_height("body"))
