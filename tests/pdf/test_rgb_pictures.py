"""`pictures: rgb`: RGB pictures in a press PDF keep their pixels and their profile, and become the same ink at the printer."""

from __future__ import annotations

import io
import json
from collections.abc import Mapping
from pathlib import Path
from typing import Any

import numpy as np
import pypdf
import pytest
from PIL import Image

from brochure.api import build, lay_out
from brochure.choices import Target
from brochure.cli._checked import Finished, Wanted, check_all
from brochure.color.convert import in_ink
from brochure.color.icc_profile import srgb
from brochure.color.matrix_profile import build_matrix_profile
from brochure.color.printing_condition import shipped_condition
from brochure.color.swatch import Cmyk, Rgb
from brochure.edition_checks import check_laid_out
from brochure.errors import InputError
from brochure.findings import Finding
from brochure.model.display_list import Picture
from brochure.preflight import PROFILES
from brochure.preflight.model import ImageObject
from brochure.preflight.pdf_reader.document import open_pdf, read_page_objects
from brochure.preflight.rgb_pictures import is_rgb_picture, measure_converted_ink
from brochure.preflight.separations import collect_plates, start_separation
from brochure.preflight.session import check_pdf
from brochure.prepress.inks import PROCESS
from brochure.prepress.output_conditions import CONDITIONS, PRESS
from brochure.project import MemoryProject
from brochure.proof.pictures import encode_pixels, pixels_of
from tests.pdf.test_pictures import encoded
from tests.programs import run

LAYOUT = """\
brochure: late
title: title
size: 60 x 60 mm
bleed: 3 mm
binding: none
source-language: en
date: 2026-11-24
press: {press}
swatches:
  sky: rgb 40 120 200
pages:
  - frames:
      field: {{at: "x 0 mm, y 0 mm, width 60 mm, height 10 mm", background: sky}}
      pictures: {{at: "x 10 mm, y 12 mm, width 40 mm, height 44 mm", content: [{pictures}]}}
"""
RGB, CMYK = "{condition: coated-fogra39, pictures: rgb}", "{condition: coated-fogra39}"
WIDE = build_matrix_profile(0.4547, (0.3127, 0.329, 0.64, 0.33, 0.21, 0.71, 0.15, 0.06), grey=False)
"""A profile with a wider gamut than sRGB."""


def hills() -> Image.Image:
    """Smooth colours of the whole gamut, from dark to light."""
    y, x = np.mgrid[0:280, 0:400]
    waves = (np.sin(x / 40), np.cos(y / 30), np.sin((x + y) / 50))
    return Image.fromarray(np.stack([128 + 120 * wave for wave in waves], -1).astype(np.uint8))


def cut_out() -> Image.Image:
    picture = hills().convert("RGBA")
    picture.putalpha(Image.radial_gradient("L").resize(picture.size))
    return picture


FILES = {
    "untagged.jpg": encoded(hills(), "JPEG", quality=92),
    "wide.jpg": encoded(hills(), "JPEG", quality=92, icc_profile=WIDE, comment=b"by Ann"),
    "alpha.png": encoded(cut_out(), "PNG"),
    "grey.jpg": encoded(hills().convert("L"), "JPEG", quality=92),
    "cmyk.jpg": encoded(hills().convert("CMYK"), "JPEG", quality=92),
}


def project(
    press: str, files: Mapping[str, bytes] = FILES, more: str = "", office: str = ""
) -> MemoryProject:
    pictures = ", ".join(f"{{image: {name}, alt: none, height: 5 mm{more}}}" for name in files)
    named = {
        "brochure.yaml": LAYOUT.format(press=press, pictures=pictures).encode(),
        "content/en.yaml": json.dumps({"title": "Late"}).encode(),
        **{f"assets/{name}": data for name, data in files.items()},
    }
    if office:
        named["offices/ours.yaml"] = f"office: ours\nlanguages: [en]\n{office}\n".encode()
    return MemoryProject(named)


def pdf_of(press: str, files: Mapping[str, bytes] = FILES, more: str = "") -> bytes:
    built = build(project(press, files, more), PRESS.checked("off"))
    assert built.pdf, built.findings
    return built.pdf


def images_of(pdf: bytes) -> dict[str, Any]:
    """Return the images of the first page by their number of components and filter, in drawing order."""
    page: Any = pypdf.PdfReader(io.BytesIO(pdf)).pages[0]
    names = [
        str(operands[0])
        for operands, operator in page.get_contents().operations
        if operator == b"Do"
    ]
    return dict(zip(FILES, (page["/Resources"]["/XObject"][name] for name in names), strict=False))


def profile_of(image: Any) -> bytes:
    family, stream = image["/ColorSpace"]
    assert (family, stream["/N"]) == ("/ICCBased", 3)
    data: bytes = stream.get_data()
    return data


# The file


def test_pictures_keep_rgb_and_their_own_profile() -> None:
    images = images_of(pdf_of(RGB))
    assert profile_of(images["untagged.jpg"]) == srgb()
    assert profile_of(images["wide.jpg"]) == WIDE
    assert profile_of(images["alpha.png"]) == srgb()
    assert images["alpha.png"]["/SMask"]["/ColorSpace"] == "/DeviceGray"
    assert images["grey.jpg"]["/ColorSpace"] == "/DeviceGray"
    assert images["cmyk.jpg"]["/ColorSpace"] == "/DeviceCMYK"
    assert {images[name]["/Intent"] for name in ("wide.jpg", "alpha.png")} == {
        "/RelativeColorimetric"
    }


def test_a_jpeg_is_not_encoded_again_and_loses_its_metadata() -> None:
    image = images_of(pdf_of(RGB))["wide.jpg"]
    plain = encoded(hills(), "JPEG", quality=92)
    assert image._data == plain  # the profile is in the colour space


def test_the_rendering_intent_is_that_of_the_layout() -> None:
    image = images_of(pdf_of("{pictures: rgb, intent: perceptual}"))["untagged.jpg"]
    assert image["/Intent"] == "/Perceptual"


def test_a_picture_of_too_many_pixels_is_reduced_in_its_own_rgb() -> None:
    large = encoded(hills().resize((2400, 1680)), "JPEG", quality=95, icc_profile=WIDE)
    (image,) = images_of(pdf_of(RGB, {"large.jpg": large})).values()
    assert profile_of(image) == WIDE
    assert image["/Width"] < 700
    shown = Image.open(io.BytesIO(image._data))
    wanted = hills().resize(shown.size)
    assert np.abs(np.asarray(shown, float) - np.asarray(wanted, float)).mean() < 2


def test_everything_but_pictures_is_cmyk_and_blended_in_cmyk(tmp_path: Path) -> None:
    pdf = pdf_of(RGB)
    page: Any = pypdf.PdfReader(io.BytesIO(pdf)).pages[0]
    content = page.get_contents().get_data().split()
    assert b"k" in content
    assert b"rg" not in content
    assert page["/Group"]["/CS"] == "/DeviceCMYK"
    path = tmp_path / "late.pdf"
    path.write_bytes(pdf)
    run("qpdf", "--check", path)
    run("mutool", "draw", "-q", "-r", "30", "-o", tmp_path / "%d.png", path)
    rows = [line.split() for line in run("pdfimages", "-list", path).splitlines()[2:]]
    assert [(row[2], row[5]) for row in rows] == [
        ("image", "icc"),
        ("image", "icc"),
        ("image", "icc"),
        ("smask", "gray"),
        ("image", "gray"),
        ("image", "cmyk"),
    ]


@pytest.mark.parametrize("target", ["screen", "booklet"])
def test_other_outputs_are_the_same(target: str) -> None:
    pdfs = [build(project(press), CONDITIONS[target]).pdf for press in (RGB, CMYK)]
    assert pdfs[0] == pdfs[1]


def test_pictures_in_inks_stay_in_inks() -> None:
    files = {"untagged.jpg": FILES["untagged.jpg"]}
    late, early = (pdf_of(press, files, ", ink: sky") for press in (RGB, CMYK))
    (image,), (same,) = images_of(late).values(), images_of(early).values()
    assert (image["/ColorSpace"], image._data) == (same["/ColorSpace"], same._data)


# The ink


def separate_first_page(pdf: bytes) -> Mapping[str, bytes]:
    with start_separation(pdf) as running:
        assert running
        return collect_plates(running)[1]


def test_ghostscript_separates_the_same_ink_as_the_program() -> None:
    late, early = (separate_first_page(pdf_of(press)) for press in (RGB, CMYK))
    assert late.keys() == early.keys() >= {"Cyan", "Magenta", "Yellow", "Black"}
    for ink in ("Cyan", "Magenta", "Yellow", "Black"):
        plates = [
            np.asarray(Image.open(io.BytesIO(one[ink])).convert("L"), float)
            for one in (late, early)
        ]
        difference = np.abs(plates[0] - plates[1])
        # In levels of 255: differences from the grid of the program's table and from JPEG compression of the inks.
        assert difference.mean() < 1
        assert np.percentile(difference, 99) <= 6


def codes(found: tuple[Finding, ...]) -> set[str]:
    return {one.code for one in found}


DARK = {"dark.png": encoded(Image.new("RGB", (200, 200), (3, 3, 8)), "PNG")}


@pytest.mark.parametrize(("limit", "is_over"), [(250, True), (320, False)])
def test_the_ink_of_pictures_is_that_after_the_printers_conversion(
    limit: int, *, is_over: bool
) -> None:
    press = f"{{pictures: rgb, total-ink-limit: {limit}}}"
    found = findings(press, DARK)
    assert ("ink-total" in codes(found)) is is_over
    # `pictures: cmyk` keeps the limit.
    assert "ink-total" not in codes(findings(f"{{total-ink-limit: {limit}}}", DARK))


def findings(
    press: str, files: Mapping[str, bytes] = FILES, profile: str = "sheetfed"
) -> tuple[Finding, ...]:
    made = project(press, files)
    return check_laid_out(lay_out(made), PROFILES[profile], made)


def test_the_ink_of_a_finished_file_is_measured_through_its_output_intent() -> None:
    pdf = pdf_of(RGB, DARK)
    (image,) = read_page_objects(open_pdf(pdf, "late.pdf")).select(ImageObject)
    inks = in_ink(Rgb(3 / 255, 3 / 255, 8 / 255), shipped_condition("coated-fogra39"))
    assert isinstance(inks, Cmyk)
    assert image.max_ink == pytest.approx(inks.c + inks.m + inks.y + inks.k, abs=0.02)
    assert "ink-total" in codes(check_pdf(pdf, "late.pdf", PROFILES["newsprint"]))


def test_a_damaged_picture_has_no_ink() -> None:
    whole = project(RGB, DARK)
    work = lay_out(whole).work
    (picture,) = (one for one in lay_out(whole).pages[0].items if isinstance(one, Picture))
    broken = MemoryProject({"assets/dark.png": DARK["dark.png"][:200] + bytes(40)})
    assert measure_converted_ink(picture, work, whole)
    assert measure_converted_ink(picture, work, broken) is None


# Findings


def test_rgb_is_accepted_if_the_layout_allows_it() -> None:
    assert "colour-space" not in codes(findings(RGB))
    pdf = pdf_of(RGB)
    assert not {"colour-space", "icc-cmyk", "blend-space", "transparency-group", "pdfx"} & codes(
        check_pdf(pdf, "late.pdf", PROFILES["sheetfed"])
    )
    assert not {
        one for one in check_pdf(pdf, "late.pdf", PROFILES["x-4"]) if one.severity.value == "error"
    }


def test_profiles_for_cmyk_only_find_rgb() -> None:
    (one, *_) = (one for one in findings(RGB, profile="gwg") if one.code == "colour-space")
    assert one.message == "untagged.jpg is in RGB with an ICC profile"
    assert one.span is not None
    assert "colour-space" not in codes(findings(CMYK, profile="gwg"))
    assert "colour-space" in codes(check_pdf(pdf_of(RGB), "late.pdf", PROFILES["gwg"]))


def test_an_office_can_keep_rgb_but_not_in_x_1a() -> None:
    late = lay_out(project(CMYK, office="press: {pictures: rgb}"), office="ours")
    assert late.work.keeps_rgb
    assert not lay_out(project(CMYK, office="press: {pictures: rgb}")).work.keeps_rgb
    with pytest.raises(InputError) as wrong:
        lay_out(project(RGB, office="press: {standard: x-1a}"), office="ours")
    (one,) = wrong.value.findings
    assert one.code == "press-pictures"
    assert one.span is not None


def test_check_all_finds_rgb_if_the_layout_does_not_allow_it(tmp_path: Path) -> None:
    finished = Finished(tmp_path, Target.PRESS)
    wanted = Wanted(None, None, (None, None), 1)
    (tmp_path / "late_en_press.pdf").write_bytes(pdf_of(RGB))
    for press, is_error in ((RGB, False), (CMYK, True)):
        folder = tmp_path / ("rgb" if press == RGB else "cmyk")
        for name, data in project(press).files.items():
            (folder / name).parent.mkdir(parents=True, exist_ok=True)
            (folder / name).write_bytes(data)
        (checked,) = check_all((folder,), wanted, finished)
        assert ("colour-space" in codes(checked.findings)) is is_error


def test_plates_of_the_proof_have_the_ink_of_the_printers_conversion() -> None:
    sums = []
    for press in ("{pictures: rgb, total-ink-limit: 200}", "{total-ink-limit: 200}"):
        made = project(press, DARK)
        laid_out = lay_out(made)
        (picture,) = (one for one in laid_out.pages[0].items if isinstance(one, Picture))
        assert is_rgb_picture(picture, made)
        condition = laid_out.work.picture_condition
        pixels = [pixels_of(picture, condition, ink, "") for ink in PROCESS]
        shown = [Image.open(io.BytesIO(encode_pixels(made, one))) for one in pixels if one]
        sums.append(sum(1 - np.asarray(plate.convert("L"), float)[5, 5] / 255 for plate in shown))
    late, early = sums
    assert late > 2.5 > 2.0 >= early - 0.01
