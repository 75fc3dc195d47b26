"""Pages of other programs: rotation and scale, marks and tracking, and objects of the wrong type."""

from __future__ import annotations

import itertools
from collections.abc import Callable
from dataclasses import replace
from typing import Any

import pytest
from pypdf.generic import ArrayObject, FloatObject, NameObject, NumberObject

from brochure.choices import Scheme
from brochure.errors import BrochureError
from brochure.findings import Finding
from brochure.geometry import MM
from brochure.impose import impose_pdf
from brochure.imposition.schemes import ImpositionOptions
from brochure.preflight import DEFAULT, PROFILES
from brochure.preflight.model import PageContent
from brochure.preflight.pdf_reader.document import open_pdf, read_page_objects
from brochure.preflight.profile import CheckRule
from brochure.preflight.session import check_pdf
from tests.fuzz import finished
from tests.fuzz.mutants.pdf_objects import KEYS, WRONG_VALUES, retyped
from tests.pdf_input.files import box, make_pdf
from tests.preflight import files as f
from tests.preflight.brochures import Change
from tests.preflight.brochures import found as project_findings

UNRENDERED = replace(PROFILES[DEFAULT], rules={"ink-rendered": CheckRule(off=True)})
READER = ImpositionOptions(Scheme.READER)


def read(operators: str, **entries: Any) -> PageContent:
    """The only page of a PDF."""
    (page,) = read_page_objects(open_pdf(make_pdf(operators, entries), "a.pdf")).pages
    return page


def found(code: str, operators: str, **entries: Any) -> list[Finding]:
    """The findings of one check."""
    findings = check_pdf(make_pdf(operators, entries), "a.pdf", UNRENDERED)
    return [one for one in findings if one.code == code]


# Rotation and scale


@pytest.mark.parametrize(
    ("angle", "size", "corner"),
    [
        (0, (200, 100), (10, 20)),
        (90, (100, 200), (20, 150)),
        (180, (200, 100), (150, 70)),
        (270, (100, 200), (70, 10)),
        (-90, (100, 200), (70, 10)),
        (450, (100, 200), (20, 150)),
    ],
)
def test_places_and_sizes_are_those_of_the_rotated_page(
    angle: int, size: tuple[float, float], corner: tuple[float, float]
) -> None:
    # A rectangle of 40 x 10 pt, 10 pt from the left and 20 pt from the bottom of a page that is 200 pt wide.
    page = read("10 20 40 10 re f", MediaBox=box(0, 0, 200, 100), Rotate=NumberObject(angle))
    (item,) = page.objects
    assert (page.width, page.height) == size
    assert (item.bounds.x, item.bounds.y) == pytest.approx(corner)
    turned = (10, 40) if angle % 180 else (40, 10)
    assert (item.bounds.width, item.bounds.height) == pytest.approx(turned)


def test_rotation_is_inherited_and_an_odd_angle_is_rounded_down() -> None:
    page = read("", MediaBox=box(0, 0, 200, 100), Rotate=NumberObject(100))
    assert (page.width, page.height) == (100, 200)


def test_a_user_unit_scales_pages_bleed_text_lines_and_pictures() -> None:
    operators = "BT /F 3 Tf 10 40 Td (LAMP) Tj ET 0.2 w 0 0 m 50 50 l S"
    boxes = {"TrimBox": box(10, 10, 90, 90), "BleedBox": box(8, 8, 92, 92)}
    page = read(operators, UserUnit=FloatObject(2.5), **boxes)
    text, line = page.objects
    assert (page.width, page.height, page.bleed) == (200, 200, 5)
    assert text.size == pytest.approx(7.5)  # type: ignore[union-attr]
    assert text.location.at == pytest.approx((0, 75))
    assert line.stroke_width == pytest.approx(0.5)  # type: ignore[union-attr]


def test_an_annotation_of_a_rotated_page_is_where_it_is_seen() -> None:
    annotation = f.dictionary(Subtype=f.name("/Text"), Rect=box(10, 20, 50, 30))
    entries = {"Annots": ArrayObject([annotation]), "Rotate": NumberObject(90)}
    (finding,) = found("annotations", "", MediaBox=box(0, 0, 200, 100), **entries)
    assert finding.at == pytest.approx((20, 150))


# Marks, tracking and bleed

BOXES = {
    "MediaBox": box(0, 0, 300, 300),
    "TrimBox": box(50, 50, 250, 250),
    "BleedBox": box(40, 40, 260, 260),
}
CROP_MARKS = "50 45 m 50 40 l 250 45 m 250 40 l 50 255 m 50 260 l 250 255 m 250 260 l S"


def registration(operators: str) -> list[Finding]:
    """Return the findings on objects in the registration colour."""
    data = make_pdf("", BOXES)
    edit = f.drawn(f"/R CS 1 SCN {operators}", ColorSpace={"/R": f.separation("All")})
    findings = check_pdf(f.edited(data, edit), "a.pdf", UNRENDERED)
    return [one for one in findings if one.code == "registration-ink"]


def test_crop_marks_drawn_as_one_path_are_beside_the_page() -> None:
    assert registration(CROP_MARKS) == []
    assert registration("0.25 w " + CROP_MARKS) == []


def test_one_of_several_lines_on_the_page_is_found() -> None:
    (finding,) = registration(f"60 60 m 90 90 l {CROP_MARKS}")
    assert "registration colour" in finding.message


def test_marks_drawn_as_one_filled_path_are_not_short_of_bleed() -> None:
    marks = "44 45 5 1 re 251 45 5 1 re 45 251 1 5 re 0 1 0 0 k f"
    assert found("bleed", marks, **BOXES) == []


def test_missing_bleed_is_reported_only_if_there_is_none() -> None:
    fields = {
        "50 50 200 200 re": "without bleed",
        "48 48 204 204 re": "with 0.7 mm of bleed",
        "41.5 41.5 217 217 re": "",
        "40 40 220 220 re": "",
    }
    for operators, result in fields.items():
        findings = found("bleed", f"0 1 0 0 k {operators} f", **BOXES)
        assert [result in one.message for one in findings] == ([True] if result else []), operators


@pytest.mark.parametrize("spacing", ["60 Tc", "60 Tc 20 Tw", "0 Tc"])
def test_tracking_after_the_last_letter_does_not_count(spacing: str) -> None:
    # Two letters of 10 pt: the second ends 10 to 20 mm before the trim, wherever its tracking ends.
    end = 250 - 12 * MM
    tracking = float(spacing.split(maxsplit=1)[0])
    operators = f"BT {spacing} /F 20 Tf {end - 20 - tracking} 100 Td (AB) Tj ET"
    assert found("safety", operators, **BOXES) == []
    words = f"BT {spacing} /F 20 Tf {end - 20 - tracking} 100 Td [(A) (B) -4000] TJ ET"
    assert found("safety", words, **BOXES) == []


def test_a_last_letter_too_near_the_edge_is_found() -> None:
    operators = f"BT 6 Tc /F 20 Tf {250 - 26 - 1 * MM} 100 Td (AB) Tj ET"
    (finding,) = found("safety", operators, **BOXES)
    assert "1.0 mm from the right edge" in finding.message


# Damage


def test_readable_objects_are_checked_beside_damaged_ones() -> None:
    data = make_pdf("/X Tf 1 w (a) Tj 1 0 0 rg 10 10 30 30 re f [1 2] 0 d 1 m", {})
    findings = check_pdf(data, "a.pdf", UNRENDERED)
    codes = {one.code for one in findings}
    assert "content-damaged" in codes
    assert "colour-space" in codes


def test_a_wrong_type_is_reported_with_its_page_and_the_expected_type() -> None:
    (finding,) = found("object-types", "", UserUnit=NameObject("/Large"))
    assert finding.page == 1
    assert "/UserUnit of the page has the wrong type" in finding.message
    assert "expected a positive number" in finding.hint


def is_read(data: bytes) -> bool:
    """Whether the file is checked and imposed; otherwise it must be refused by its name."""
    refusals = [one for one in (_refusal(check, data), _refusal(imposed, data)) if one]
    assert all(one.startswith("a.pdf: ") for one in refusals), refusals
    return not refusals


def check(data: bytes) -> object:
    return check_pdf(data, "a.pdf", UNRENDERED)


def imposed(data: bytes) -> object:
    return impose_pdf(data, "a.pdf", READER)


def _refusal(action: Callable[[bytes], object], data: bytes) -> str:
    try:
        action(data)
    except BrochureError as refusal:
        return str(refusal)
    return ""


CASES = list(itertools.product(KEYS, range(len(WRONG_VALUES))))


@pytest.mark.parametrize("part", range(4))
def test_no_wrong_type_of_a_key_is_an_internal_error(part: int) -> None:
    # Every thirteenth combination of a key and a value; the long run has all of them, in three files.
    chosen = CASES[part * 3 :: 13 * 4]
    results = [is_read(retyped(finished.plain(), key, WRONG_VALUES[at])) for key, at in chosen]
    assert sum(results) > len(results) / 2


@pytest.mark.soak
@pytest.mark.parametrize("source", [finished.press, finished.ours, finished.plain])
@pytest.mark.parametrize("key", KEYS)
def test_no_wrong_type_of_any_key_is_an_internal_error(
    source: Callable[[], bytes], key: str
) -> None:
    results = [is_read(retyped(source(), key, wrong)) for wrong in WRONG_VALUES]
    assert any(results)


# Our own pages


@pytest.mark.parametrize(
    ("tracking", "distance", "is_near"), [(800, 4, False), (0, 4, False), (800, 2, True)]
)
def test_tracking_after_the_last_letter_of_our_own_text_does_not_count(
    tracking: int, distance: float, is_near: bool
) -> None:
    # The frame ends at this distance from the trim, in millimetres; 0.8 em of 9 pt are 2.5 mm.
    frame = f"{{at: 'x 40 mm, y 60 mm, width {65 - distance} mm, height 20 mm', "
    style = f"  wide: {{based-on: body, tracking: {tracking}, align: right}}\n  light:"
    words = "words: {at: margins, content: [{text: story}, {rule: 100%, thickness: 0.5 pt}]}"
    change = Change(
        ((words, f"words: {frame}content: {{text: story, style: wide}}}}"), ("  light:", style)),
        {"story": "Lamp"},
    )
    codes = {one.code for one in project_findings(change)}
    assert bool(codes & {"safety", "gutter"}) is is_near  # a verso: the spine is at its right
