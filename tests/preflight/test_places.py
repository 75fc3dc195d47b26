"""Places of findings: the line of the layout or of the copy; the page and the point of a finished file."""

from __future__ import annotations

import contextlib
import random
from collections.abc import Callable

import pytest

from brochure.color.rendered_ink import measure_plate_ink
from brochure.errors import BrochureError
from brochure.findings import Finding, Span
from brochure.preflight import PROFILES
from brochure.preflight.model import ImageObject, PathObject, TextObject
from brochure.preflight.pdf_reader.document import open_pdf, read_page_objects
from brochure.preflight.separations import collect_plates, start_separation
from brochure.preflight.session import check_pdf
from tests.preflight import files as f
from tests.preflight.brochures import COPY, LAYOUT, Change, finished, found, found_in
from tests.preflight.seeds import SEEDS
from tests.programs import need
from tests.readback.sample import sample


def one(name: str) -> Finding:
    """Return the finding that a defect was made for."""
    seed = SEEDS[name]
    return next(finding for finding in seed.findings() if finding.code == seed.check)


def line_of(piece: str) -> int:
    """Return the line of the layout that has this text, counted from 1."""
    return LAYOUT[: LAYOUT.index(piece)].count("\n") + 1


def test_a_picture_has_its_line_in_the_layout() -> None:
    finding = one("a picture from a web page")
    assert finding.span is not None
    assert (finding.span.file, finding.span.line) == ("brochure.yaml", line_of("photos/field.jpg"))
    # 111 mm of bleed to bleed are 4.370 in: 400 / 4.370 = 91.5; 154 mm are 6.063 in: 552 / 6.063 = 91.0; the picture covers both,
    # so its resolution is the lower of the two.
    assert "91 x 91 ppi" in finding.message


def test_text_has_its_line_in_the_copy() -> None:
    finding = one("placeholder text")
    # The copy is one line of JSON: the column is that of the message's value.
    assert finding.span is not None
    assert (finding.span.file, finding.span.line) == ("content/en.yaml", 1)
    assert finding.page == 2


def test_a_swatch_has_its_line() -> None:
    finding = one("an unused spot ink")
    assert finding.span == Span("brochure.yaml", line_of("  night:") + 1, 9)


@pytest.mark.parametrize(
    ("name", "at"),
    [
        ("a field in RGB", (100, 100)),
        ("a picture with 400 % of ink", (100, 100)),
        ("a line without width", (100, 100)),
        # The comment's corner is 50 points from the corner of the media box, and the trim is 3 mm inside: 50 - 8.504.
        ("a comment on the page", (41.496, 41.496)),
    ],
)
def test_findings_in_a_file_have_page_and_point(name: str, at: tuple[float, float]) -> None:
    finding = one(name)
    assert (finding.page, finding.span) == (1, None)
    assert finding.at == pytest.approx(at, abs=0.01)


def test_a_finished_file_is_read_as_it_was_laid_out() -> None:
    """The interpreter finds the objects of the layout on the pages."""
    pages = read_page_objects(open_pdf(finished(), "clean.pdf")).pages
    # A6 is 105 x 148 mm; 105 / 25.4 x 72 = 297.638.
    assert [round(page.width, 2) for page in pages] == [297.64] * 4
    (picture,) = [mark for mark in pages[0].objects if isinstance(mark, ImageObject)]
    # 154 mm of height have 1820 pixels: 1820 / 154 x 25.4 = 300.2.
    assert picture.ppi == pytest.approx((300.2, 300.2), abs=0.5)
    words = ["".join(m.text for m in page.objects if isinstance(m, TextObject)) for page in pages]
    assert words == [COPY["cover"], COPY["story"], COPY["mark"], COPY["back"]]
    (rule,) = [mark for mark in pages[1].objects if isinstance(mark, PathObject) and mark.stroke]
    assert rule.stroke_width == pytest.approx(0.5)
    # 105 mm less two margins of 12 mm: 81 mm, 229.606 pt, and half the line's width at both ends.
    assert rule.bounds.width == pytest.approx(229.606 + 0.5, abs=0.01)
    spot = next(mark for mark in pages[2].objects if isinstance(mark, TextObject))
    assert spot.colour.inks == (("PANTONE 7421 C", 1.0),)


def measure_pages(pdf: bytes) -> dict[int, float]:
    """Return the total ink of each page, as Ghostscript separates it."""
    with start_separation(pdf) as running:
        assert running
        pages = collect_plates(running)
    return {number: measure_plate_ink(plates.values())[0] for number, plates in pages.items()}


def test_the_ink_is_that_of_ghostscript() -> None:
    """There is a field of 80 60 30 40 on the back: 210 %."""
    need("gs")
    ink = measure_pages(finished())[4]
    # Each ink is rounded to eight bits twice.
    assert ink == pytest.approx(2.1, abs=0.02)
    shape = next(
        m
        for m in read_page_objects(open_pdf(finished(), "")).pages[3].objects
        if isinstance(m, PathObject)
    )
    assert shape.fill is not None
    assert shape.fill.total_ink == pytest.approx(2.1)


def test_ghostscript_finds_no_more_ink_in_the_sample() -> None:
    need("gs")
    art = read_page_objects(open_pdf(sample("press"), "sample.pdf"))
    rendered = measure_pages(sample("press"))
    for page in art.pages:
        ours = max(
            [m.max_ink or 0.0 for m in page.objects if isinstance(m, ImageObject)]
            + [m.fill.total_ink for m in page.objects if isinstance(m, PathObject) and m.fill]
            + [m.colour.total_ink for m in page.objects if isinstance(m, TextObject)]
        )
        # Ghostscript samples at 50 ppi and so may miss the darkest pixel; it must not find a darker one.
        assert 0 < rendered[page.number] <= ours + 0.02


@pytest.mark.parametrize("profile", ["newsprint", "digital", "screen"])
def test_profiles_have_different_limits(profile: str) -> None:
    """The clean brochure is made for a sheetfed press; other profiles have other limits."""
    codes = {one.code for one in found(profile=PROFILES[profile])}
    # On newsprint, lines of 0.5 pt in black are sufficient, white text of 9 pt is not too small, and ink is below 240 %.
    assert codes == set()
    rich = Change((("  night: cmyk 80 60 30 40\n", "  night: cmyk 90 70 50 60\n"),))
    # 270 % of ink: more than newsprint's 240, less than coated paper's 300.
    wanted = {"ink-total"} if profile == "newsprint" else set()
    assert {one.code for one in found(rich, PROFILES[profile])} == wanted


def test_an_inline_picture_is_checked() -> None:
    """An inline picture (ISO 32000-1, 8.9.7): 2 x 2 pixels of RGB on an inch are 2 ppi."""
    inline = "72 0 0 72 100 100 cm BI /W 2 /H 2 /CS /RGB /BPC 8 ID " + "a" * 12 + " EI"
    defective = f.edited(finished(), f.drawn(inline))
    codes = {one.code for one in found_in(defective, PROFILES["sheetfed"])}
    assert {"colour-space", "picture-resolution", "picture-enlarged"} <= codes
    (picture,) = [
        mark
        for mark in read_page_objects(open_pdf(defective, "")).pages[0].objects
        if isinstance(mark, ImageObject) and mark.location.at == pytest.approx((100, 100), abs=0.01)
    ]
    assert picture.ppi == pytest.approx((2, 2))


Damage = Callable[[bytes, random.Random], bytes]


def cut(data: bytes, chance: random.Random) -> bytes:
    return data[: chance.randrange(len(data))]


def scribbled(data: bytes, chance: random.Random) -> bytes:
    done = bytearray(data)
    for _ in range(200):
        done[chance.randrange(len(done))] = chance.randrange(256)
    return bytes(done)


@pytest.mark.parametrize("damage", [cut, scribbled])
def test_a_damaged_file_is_refused_or_has_findings(damage: Damage) -> None:
    quick = PROFILES["screen"]
    for seed in range(12):
        data = damage(finished(), random.Random(seed))
        with contextlib.suppress(BrochureError):
            check_pdf(data, "damaged.pdf", quick)


def test_an_encrypted_file_is_refused() -> None:
    locked = f.edited(finished(), lambda writer: writer.encrypt("secret", algorithm="RC4-128"))
    with pytest.raises(BrochureError, match="protected by a password"):
        found_in(locked)
