"""Placed PDFs: their appearance, their colours, and which parts of a file are embedded."""

from __future__ import annotations

import io
import re
from pathlib import Path
from typing import Any

import numpy as np
import pypdf
import pytest

from brochure.api import build, lay_out
from brochure.approval.page_digest import digest_page
from brochure.artwork.model import ArtworkBox
from brochure.artwork.page import inspect_artwork
from brochure.model.display_list import PlacedArtwork
from brochure.preflight.model import ColourSpace, ImageObject, PathObject
from brochure.preflight.pdf_reader.document import open_pdf, read_page_objects
from brochure.preflight.profile import PROFILES
from brochure.preflight.session import check_pdf
from brochure.prepress.inks import find_inks
from brochure.prepress.output_conditions import CONDITIONS
from tests.artwork import pdf_files
from tests.artwork.pdf_files import TINT, make_pdf
from tests.artwork.placing import (
    difference,
    place,
    project_with,
    render_files_with_ghostscript,
    render_with_poppler,
)
from tests.programs import run

MEAN, FAR = 1.0, 0.005
"""Tolerated difference of a placed page and its original: on average, in levels of 255, and the share of pixels far apart."""
X1A, X4 = "press: {standard: x-1a}", "press: {standard: x-4}"


# Appearance


@pytest.mark.parametrize("name", ["PLAIN", "OPACITY", "SOFT_MASK"])
def test_a_page_looks_as_in_its_file(name: str, tmp_path: Path) -> None:
    original = getattr(pdf_files, name)
    built = place(original, target="screen").pdf
    wanted = render_with_poppler(original, tmp_path)
    assert difference(wanted, render_with_poppler(built, tmp_path)) < (MEAN, FAR)
    assert difference(*render_files_with_ghostscript(tmp_path, original, built)) < (MEAN, FAR)


def test_every_kind_of_content_looks_as_in_its_file(tmp_path: Path) -> None:
    """Grey is left out: on screen it is shown as the press prints it. Edges are not compared."""
    built = place(pdf_files.RGB_KINDS, target="screen").pdf
    wanted, shown = render_files_with_ghostscript(tmp_path, pdf_files.RGB_KINDS, built)
    apart = np.abs(wanted.astype(int) - shown.astype(int)).max(axis=2)
    apart[:50, 100:150] = 0
    assert float(np.median(apart)) <= 1
    assert float((apart > 60).mean()) < 0.02


@pytest.mark.parametrize(
    ("box", "size"),
    [("trim", (100, 200)), ("crop", (190, 380)), ("media", (400, 600)), ("art", (190, 380))],
)
def test_boxes_are_rotated_and_scaled_with_the_page(box: str, size: tuple[float, float]) -> None:
    info = inspect_artwork(pdf_files.TURNED, "art.pdf", 1, ArtworkBox(box))
    assert (info.width, info.height) == pytest.approx(size)


def test_a_rotated_page_is_upright(tmp_path: Path) -> None:
    pixels = render_with_poppler(
        place(pdf_files.TURNED, target="screen", size=(100, 200)).pdf, tmp_path, ppi=72
    )
    # The trim begins at 20, 10; turned by 90° clockwise, its lower left corner is the upper left one, at twice its size.
    assert tuple(pixels[50, 30]) == (255, 0, 0)
    assert tuple(pixels[120, 70]) == (0, 0, 255)
    assert tuple(pixels[180, 90]) == (255, 255, 255)


def test_a_box_contains_nothing_from_outside(tmp_path: Path) -> None:
    pixels = render_with_poppler(
        place(pdf_files.TURNED, ", width: 50 pt", target="screen", size=(200, 200)).pdf,
        tmp_path,
        ppi=72,
    )
    assert (pixels[:, 52:] == 255).all()  # the green strip is outside the trim


def test_cover_fills_the_frame_and_contain_shows_all(tmp_path: Path) -> None:
    square = (100, 100)
    covered = place(pdf_files.PLAIN, ", fit: cover, height: 100 pt", target="screen", size=square)
    pixels = render_with_poppler(covered.pdf, tmp_path, ppi=72)
    assert tuple(pixels[50, 10]) == (255, 0, 0)  # scaled to 200 x 100, and cropped to its middle
    contained = place(pdf_files.PLAIN, target="screen", size=square)
    pixels = render_with_poppler(contained.pdf, tmp_path, ppi=72)
    assert (pixels[60:] == 255).all()


def test_hidden_layers_are_left_out(tmp_path: Path) -> None:
    pdf = make_pdf(
        "/OC /Off BDC 1 0 0 rg 0 0 100 100 re f EMC /OC /On BDC 0 0 1 rg 100 0 100 100 re f EMC",
        "/Properties <</Off 10 0 R /On 11 0 R>>",
        ["<</Type /OCG /Name (a)>>", "<</Type /OCG /Name (b)>>"],
        catalog="/OCProperties <</OCGs [10 0 R 11 0 R] /D <</OFF [10 0 R]>>>>",
    )
    pixels = render_with_poppler(place(pdf, target="screen").pdf, tmp_path, ppi=72)
    assert tuple(pixels[50, 50]) == (255, 255, 255)
    assert tuple(pixels[50, 150]) == (0, 0, 255)


# Colours


def objects_of(pdf: bytes) -> list[object]:
    return list(read_page_objects(open_pdf(pdf, "built.pdf")).pages[0].objects)


@pytest.mark.parametrize("name", ["PLAIN", "RGB_KINDS", "INKS", "OPACITY", "SOFT_MASK"])
def test_the_press_gets_inks_only(name: str, tmp_path: Path) -> None:
    built = place(getattr(pdf_files, name))
    path = tmp_path / "built.pdf"
    path.write_bytes(built.pdf)
    run("qpdf", "--check", path)
    run("mutool", "draw", "-q", "-o", "/dev/null", path)
    plain = tmp_path / "plain.pdf"
    run("qpdf", "--qdf", "--object-streams=disable", path, plain)
    data = plain.read_bytes()
    for forbidden in (b"/DeviceRGB", b"/CalRGB", b"/Lab ", b"/ICCBased", b" rg\n", b" RG\n"):
        assert forbidden not in data
    used = {
        colour.space
        for one in objects_of(built.pdf)
        if isinstance(one, PathObject)
        for colour in (one.fill, one.stroke)
        if colour
    } | {one.space for one in objects_of(built.pdf) if isinstance(one, ImageObject)}
    assert used <= {ColourSpace.GREY, ColourSpace.CMYK, ColourSpace.SPOT, ColourSpace.PATTERN}
    assert used


def test_lab_and_calibrated_colours_are_converted_and_neutral_ones_are_black() -> None:
    pdf = make_pdf(
        "/Lab cs 50 60 40 sc 0 0 50 50 re f 50 0 0 sc 50 0 50 50 re f /Cal cs 0 0 1 sc 100 0 50 50 re f",
        "/ColorSpace <</Lab [/Lab <</WhitePoint [0.9642 1 0.8249] /Range [-128 127 -128 127]>>]"
        " /Cal [/CalRGB <</WhitePoint [0.9505 1 1.089] /Gamma [2.2 2.2 2.2]"
        " /Matrix [0.4124 0.2126 0.0193 0.3576 0.7152 0.1192 0.1805 0.0722 0.9505]>>]>>",
    )
    red, grey, blue = (
        one.fill for one in objects_of(place(pdf).pdf) if isinstance(one, PathObject)
    )
    inks = [dict(one.inks) if one else {} for one in (red, grey, blue)]
    assert inks[0]["magenta"] > 0.8
    assert set(inks[1]) == {"black"}
    assert 0.3 < inks[1]["black"] < 0.8
    assert inks[2]["cyan"] > 0.8
    assert inks[2]["magenta"] > 0.6


def test_spot_inks_and_overprint_are_kept(tmp_path: Path) -> None:
    path, plain = tmp_path / "a.pdf", tmp_path / "plain.pdf"
    path.write_bytes(place(pdf_files.INKS).pdf)
    run("qpdf", "--qdf", "--object-streams=disable", path, plain)
    data = plain.read_bytes()
    assert b"/Separation" in data
    assert b"/Signal" in data
    assert b"/DeviceN" in data
    assert re.search(rb"/OPM 1\s*/Type /ExtGState\s*/op true|/OP true", data)
    assert b"0.1 0.2 0.3 0.4 k" in data


@pytest.mark.parametrize("more", [X4, X1A])
def test_a_spot_ink_of_artwork_has_the_substitute_of_its_swatch(more: str) -> None:
    rule = "{rule: 100%, colour: signal, thickness: 3 pt}"
    built = place(pdf_files.INKS, blocks=f"{{image: art.pdf, alt: words.alt}}, {rule}", more=more)
    found = check_pdf(built.pdf, "placed.pdf", PROFILES["sheetfed"])
    assert [one for one in found if one.code == "spot-alternates"] == []
    separations = re.findall(rb"/Separation */Signal */DeviceCMYK", read_objects(built.pdf))
    assert len(separations) > 1


def read_objects(pdf: bytes) -> bytes:
    """Return the objects of a PDF, without object streams."""
    out = io.BytesIO()
    pypdf.PdfWriter(clone_from=io.BytesIO(pdf)).write(out)
    return b" ".join(out.getvalue().split())


def test_the_inks_of_artwork_are_those_it_is_painted_with() -> None:
    pdf = make_pdf(
        "0 0 1 rg /Pms cs 0.5 scn 0 0 100 100 re f",
        "/ColorSpace <</Pms [/Separation /Signal /DeviceCMYK 10 0 R]>>",
        [TINT],
    )
    made = lay_out(project_with(pdf))
    assert set(find_inks(made.pages)) == {"Signal"}


def test_artwork_can_be_printed_in_one_swatch() -> None:
    built = place(pdf_files.PLAIN, ", colour: signal")
    paths = [one for one in objects_of(built.pdf) if isinstance(one, PathObject)]
    colours = [colour for one in paths for colour in (one.fill, one.stroke) if colour]
    assert len(colours) == 2
    made = lay_out(project_with(pdf_files.PLAIN, ", colour: signal"))
    assert set(find_inks(made.pages)) == {"Signal"}


def test_one_swatch_looks_like_the_swatch(tmp_path: Path) -> None:
    built = place(
        pdf_files.RGB_KINDS.replace(b"/Img Do", b"       ").replace(b"/Ind Do", b"       ")
    )
    assert built.parts
    shown = place(pdf_files.PLAIN, ", colour: night", target="screen")
    pixels = render_with_poppler(shown.pdf, tmp_path, ppi=72)
    assert pixels[50, 50].max() < 60


def test_pictures_of_pixels_cannot_be_in_one_swatch() -> None:
    (finding,) = place(pdf_files.SOFT_MASK, ", colour: signal").findings
    assert finding.code == "colour-of-picture"
    assert finding.span
    assert finding.span.line == 11


LAB = "[/Lab <</WhitePoint [0.9642 1 0.8249] /Range [-100 100 -100 100]>>]"


@pytest.mark.parametrize(
    ("space", "components", "samples"),
    [
        (LAB, "50 60 40", (128, 204, 179)),
        ("/DeviceRGB", "0.8 0.4 0.2", (204, 102, 51)),
        ("[/ICCBased 11 0 R]", "0.8 0.4 0.2", (204, 102, 51)),
        ("/DeviceCMYK", "0.8 0.4 0.2 0", (204, 102, 51, 0)),
    ],
)
def test_a_picture_has_the_inks_of_a_path_of_its_colour(
    space: str, components: str, samples: tuple[int, ...], tmp_path: Path
) -> None:
    picture = (
        f"/Type /XObject /Subtype /Image /Width 1 /Height 1 /BitsPerComponent 8 /ColorSpace {space}"
    )
    pdf = make_pdf(
        f"/S cs {components} sc 0 0 100 100 re f q 100 0 0 100 100 0 cm /Img Do Q",
        f"/ColorSpace <</S {space}>> /XObject <</Img 10 0 R>>",
        [(picture, bytes(samples)), ("/N 3", pdf_files.srgb_profile())],
    )
    for target in ("press", "screen"):
        pixels = render_with_poppler(place(pdf, target=target).pdf, tmp_path, ppi=72).astype(int)
        assert np.abs(pixels[50, 50] - pixels[50, 150]).max() <= 8


# Standards


@pytest.mark.parametrize(
    ("name", "what"), [("OPACITY", "an opacity of 50 %"), ("SOFT_MASK", "a soft mask")]
)
def test_x1a_refuses_transparency_by_name_and_x4_keeps_it(name: str, what: str) -> None:
    refused = place(getattr(pdf_files, name), more=X1A)
    (finding,) = [one for one in refused.findings if one.code == "transparency"]
    assert "art.pdf (page 1)" in finding.message
    assert what in finding.message
    assert finding.span
    assert finding.span.line == 11
    assert not refused.parts
    kept = place(getattr(pdf_files, name), more=X4)
    assert kept.findings == ()
    assert b"/Group" in kept.pdf or b"ObjStm" in kept.pdf


def test_x1a_has_no_groups_where_nothing_is_transparent(tmp_path: Path) -> None:
    pdf = make_pdf(
        "/Fm Do",
        "/XObject <</Fm 10 0 R>>",
        [
            (
                "/Type /XObject /Subtype /Form /BBox [0 0 200 100] /Group <</S /Transparency /CS /DeviceRGB>>",
                b"0 0 0 1 k 0 0 50 50 re f",
            )
        ],
    )
    built = place(pdf, more=X1A)
    path, plain = tmp_path / "a.pdf", tmp_path / "plain.pdf"
    path.write_bytes(built.pdf)
    run("qpdf", "--qdf", "--object-streams=disable", path, plain)
    assert b"/Transparency" not in plain.read_bytes()


@pytest.mark.parametrize("name", ["RGB_KINDS", "INKS"])
def test_x1a_files_pass_their_own_checks(name: str) -> None:
    from brochure.preflight import PROFILES
    from brochure.preflight.session import check_pdf

    built = place(getattr(pdf_files, name), more=X1A)
    assert built.parts
    found = check_pdf(built.pdf, "built.pdf", PROFILES["sheetfed"])
    codes = {one.code for one in found if one.severity.value == "error"}
    # The drawing has neither bleed nor enough pixels; nothing else is wrong with its file.
    assert codes == {"bleed", "picture-resolution"}


def test_fonts_must_be_embedded() -> None:
    pdf = make_pdf(
        "BT /F 20 Tf 10 10 Td (Words) Tj ET",
        "/Font <</F <</Type /Font /Subtype /Type1 /BaseFont /Helvetica>>>>",
    )
    built = place(pdf)
    (finding,) = built.findings
    assert finding.code == "artwork-fonts"
    assert "Helvetica" in finding.message
    assert finding.span
    assert (finding.span.line, finding.span.column) == (11, 82)


def test_pictures_in_artwork_are_checked_at_their_size_on_the_page() -> None:
    from brochure.preflight import PROFILES
    from brochure.preflight.session import PressPages, check_pages

    project = project_with(pdf_files.SOFT_MASK)
    made = lay_out(project)
    subject = PressPages(made.edition, made.pages, made.work, project, "")
    found = [
        one
        for one in check_pages(subject, PROFILES["sheetfed"])
        if one.code == "picture-resolution"
    ]
    (finding,) = found
    assert "art.pdf" in finding.message
    assert "4 x 4 ppi" in finding.message
    assert finding.span
    assert finding.span.line == 11


# The file


def test_several_placements_are_stored_once() -> None:
    block = "{image: art.pdf, alt: words.alt, width: 80 pt}"
    built = place(pdf_files.PLAIN, size=(100, 200), blocks=f"{block}, {block}")
    reader = pypdf.PdfReader(io.BytesIO(built.pdf))
    page: Any = reader.pages[0]
    assert len(page["/Resources"]["/XObject"]) == 1
    assert page.get_contents().get_data().count(b" Do") == 2


def test_only_painted_objects_of_a_file_are_embedded(tmp_path: Path) -> None:
    for target in ("press", "screen"):
        path, plain = tmp_path / "a.pdf", tmp_path / "plain.pdf"
        path.write_bytes(place(pdf_files.SECRETS, target=target).pdf)
        run("qpdf", "--qdf", "--object-streams=disable", path, plain)
        data = plain.read_bytes()
        for secret in (b"secret", b"JavaScript", b"/Annots", b"ActualText", b"/AA"):
            assert secret not in data


def test_artwork_is_a_figure_with_its_alternative_text() -> None:
    reader = pypdf.PdfReader(io.BytesIO(place(pdf_files.SECRETS, target="screen").pdf))
    page: Any = reader.pages[0]
    content = page.get_contents().get_data()
    assert re.search(rb"/Figure <</MCID 0>> BDC\s.*Do\s.*EMC", content, re.S)
    form = next(iter(page["/Resources"]["/XObject"].values())).get_object()
    assert b"BDC" not in form.get_data()
    assert b"EMC" not in form.get_data()


def test_a_page_has_another_digest_if_the_file_is_another() -> None:
    one, other = project_with(pdf_files.PLAIN), project_with(pdf_files.INKS)
    pages = lay_out(one).pages[0], lay_out(other).pages[0]
    assert digest_page(pages[0], one) != digest_page(pages[1], other)
    assert digest_page(pages[0], one) == digest_page(lay_out(one).pages[0], one)


def test_equal_inputs_give_equal_files() -> None:
    assert place(pdf_files.RGB_KINDS).pdf == place(pdf_files.RGB_KINDS).pdf


def test_right_to_left_editions_place_artwork_unmirrored(tmp_path: Path) -> None:
    project = project_with(pdf_files.PLAIN, ", width: 100 pt", size=(200, 50))
    arabic = "words: {title: عنوان, alt: شعار}".encode()
    files = {**project.files, "content/en.yaml": arabic}
    files["brochure.yaml"] += b"\nsource-language: ar\n"
    files["content/ar.yaml"] = files.pop("content/en.yaml")
    made = build(type(project)(files), CONDITIONS["screen"])
    pixels = render_with_poppler(made.pdf, tmp_path, ppi=72)
    assert tuple(pixels[25, 125]) == (
        255,
        0,
        0,
    )  # at the right, where lines begin, and with its left side left
    assert (pixels[:, :95] == 255).all()


def test_the_artwork_of_a_page_is_on_its_display_list() -> None:
    (page,) = lay_out(project_with(pdf_files.PLAIN)).pages
    (item,) = [one for one in page.items if isinstance(one, PlacedArtwork)]
    assert (item.rect.width, item.rect.height) == pytest.approx((200, 100))
    assert item.tag.role == "Figure"
    assert item.alt == "A logo"
