"""Pictures in one or two inks: the plates that Ghostscript renders, and the file as other readers see it."""

from __future__ import annotations

import io
import re
from pathlib import Path
from typing import Any

import numpy as np
import pypdf
import pytest
from PIL import Image

from brochure.api import build, lay_out
from brochure.color.convert import black_for, in_light
from brochure.color.duotone import ink_table, light_table
from brochure.color.printing_condition import shipped_condition
from brochure.color.swatch import Cmyk, Colour, Rgb, Spot, linear, luminance, tint
from brochure.geometry import Rect
from brochure.model.display_list import Blend, Page, Picture, outline_rect
from brochure.preflight.checks.color import plates as plates_check
from brochure.preflight.model import ImageObject
from brochure.preflight.page_objects import collect_page_objects
from brochure.preflight.pdf_reader.document import open_pdf, read_page_objects
from brochure.prepress.edition_condition import EditionCondition
from brochure.prepress.inks import find_inks
from brochure.prepress.output_conditions import PRESS, SCREEN, OutputCondition
from brochure.project import MemoryProject
from brochure.proof.pictures import encode_pixels, pixels_of
from tests.pdf.pixels import painted, seen
from tests.programs import run

FOGRA = shipped_condition("coated-fogra39")
ON_PRESS, ON_SCREEN = PRESS.on(EditionCondition(FOGRA)), SCREEN.on(EditionCondition(FOGRA))
BLACK = Cmyk(0, 0, 0, 1)
BLUE = Spot("PANTONE 286 C", Cmyk(1, 0.66, 0, 0.02))
RED = Spot("PANTONE 185 C", Cmyk(0, 0.9, 0.7, 0))
SUN = Cmyk(0, 0.15, 0.9, 0)
SIZE = (72.0, 18.0)


def ramp(mode: str = "L", form: str = "PNG") -> bytes:
    """All 256 levels from left to right."""
    image = Image.fromarray(np.tile(np.arange(256, dtype=np.uint8), (64, 1))).convert(mode)
    out = io.BytesIO()
    image.save(out, form, quality=98)
    return out.getvalue()


def picture(*duotone: Colour, asset: str = "assets/ramp.png", **more: Any) -> Picture:
    rect = Rect(0, 0, *SIZE)
    return Picture(rect, asset, (256, 64), (outline_rect(rect),), duotone=duotone, **more)


def made(item: Picture, condition: OutputCondition = ON_PRESS, data: bytes | None = None) -> bytes:
    return painted([item], SIZE, {item.asset: data or ramp()}, condition)


def plates(folder: Path, *pdfs: bytes) -> list[dict[str, np.ndarray[Any, Any]]]:
    """The printed coverage of each ink, 0 to 255, in a row of 256 pixels, for files of one page each."""
    files = [folder / f"in{at}.pdf" for at in range(len(pdfs))]
    for file, pdf in zip(files, pdfs, strict=True):
        file.write_bytes(pdf)
    ppi = f"-r{256 / SIZE[0] * 72:g}"
    device = ("-q", "-dBATCH", "-dNOPAUSE", "-dSAFER", "-sDEVICE=tiffsep", ppi)
    run("gs", *device, f"-sOutputFile={folder / 'p%d.tif'}", *files)
    return [_inks_of_page(folder, number) for number in range(1, len(pdfs) + 1)]


def _inks_of_page(folder: Path, number: int) -> dict[str, np.ndarray[Any, Any]]:
    found = {}
    for path in folder.glob(f"p{number}(*).tif"):
        ink = re.findall(r"\((.*)\)", path.name)[0]
        row = 255 - np.asarray(Image.open(path).convert("L"), dtype=int)[32]
        if row.max() > 1:
            found[ink] = row
    return found


def nearly(amounts: tuple[int, ...], slack: int = 2) -> Any:
    return pytest.approx(np.array(amounts), abs=slack)


# Plates


def test_one_spot_ink_has_one_plate(tmp_path: Path) -> None:
    (found,) = plates(tmp_path, made(picture(BLUE)))
    # The tones of black ink: a spot ink has the same dot gain.
    assert found.keys() == {BLUE.name}
    assert found[BLUE.name] == nearly(black_for(FOGRA))


def test_a_picture_in_any_colours_becomes_grey(tmp_path: Path) -> None:
    item = picture(BLUE, asset="assets/ramp.jpg")
    modes = ("RGB", "CMYK", "L")
    found = plates(tmp_path, *(made(item, data=ramp(mode, "JPEG")) for mode in modes))
    for mode, inks in zip(modes, found, strict=True):
        assert inks.keys() == {BLUE.name}, mode
        if mode != "CMYK":  # other blacks of a CMYK file depend on its profile
            assert inks[BLUE.name] == nearly(black_for(FOGRA), 9), mode


def test_black_alone_is_a_grey_picture(tmp_path: Path) -> None:
    pdf = made(picture(BLACK), data=ramp("RGB"))
    (found,) = plates(tmp_path, pdf)
    assert found["Black"] == nearly(black_for(FOGRA))
    assert image_of(pdf)["/ColorSpace"] == "/DeviceGray"


def test_a_duotone_has_two_plates_in_their_own_tones(tmp_path: Path) -> None:
    (found,) = plates(tmp_path, made(picture(BLACK, BLUE)))
    table = ink_table((BLACK, BLUE), FOGRA)
    assert found.keys() == {"Black", BLUE.name}
    assert found["Black"] == nearly(table.plate("black"))
    assert found[BLUE.name] == nearly(table.plate(BLUE.name))
    # The darker ink is printed last, whichever is named first.
    assert (found["Black"] <= found[BLUE.name] + 1).all()
    assert ink_table((BLUE, BLACK), FOGRA).plate("black") == table.plate("black")


OTHERS: list[tuple[tuple[Colour, ...], set[str]]] = [
    ((BLUE, RED), {BLUE.name, RED.name}),
    ((SUN, BLACK), {"Magenta", "Yellow", "Black"}),
    ((SUN, BLUE), {"Magenta", "Yellow", BLUE.name}),
    ((Rgb(0, 0, 0),), {"Black"}),
    ((tint(BLUE, 0.5),), {BLUE.name}),
]


def test_the_plates_of_other_pairs(tmp_path: Path) -> None:
    found = plates(tmp_path, *(made(picture(*duotone)) for duotone, _ in OTHERS))
    for (duotone, inks), rows in zip(OTHERS, found, strict=True):
        table = ink_table(duotone, FOGRA)
        assert rows.keys() == inks
        for ink, row in rows.items():
            expected = table.plate(ink if ink.startswith("PANTONE") else ink.lower())
            assert row == nearly(expected), (duotone, ink)


def test_a_tint_limits_its_ink(tmp_path: Path) -> None:
    (half,) = plates(tmp_path, made(picture(tint(BLUE, 0.5))))
    assert half[BLUE.name][0] == pytest.approx(128, abs=2)


def test_total_ink_stays_within_the_limit() -> None:
    rich = Cmyk(1, 1, 1, 0)
    table = ink_table((rich, BLACK), FOGRA)
    darkest = max(map(sum, zip(*table.amounts, strict=True)))
    assert darkest / 255 <= FOGRA.ink_limit + 0.02
    table = ink_table((rich, BLUE), FOGRA)
    assert max(map(sum, zip(*table.amounts, strict=True))) / 255 <= FOGRA.ink_limit + 0.02


# The file


def image_of(pdf: bytes) -> Any:
    page: Any = pypdf.PdfReader(io.BytesIO(pdf)).pages[0]
    objects = page["/Resources"]["/XObject"]
    (image,) = (one.get_object() for one in objects.values())
    return image


def test_color_spaces() -> None:
    space = image_of(made(picture(BLUE)))["/ColorSpace"]
    assert [str(one) for one in space[:3]] == ["/Separation", "/PANTONE 286 C", "/DeviceCMYK"]
    indexed = image_of(made(picture(BLACK, BLUE)))["/ColorSpace"]
    assert (str(indexed[0]), indexed[2]) == ("/Indexed", 255)
    kind, names, alternate, function, attributes = indexed[1]
    assert (str(kind), str(alternate)) == ("/DeviceN", "/DeviceCMYK")
    assert [str(one) for one in names] == ["/Black", "/PANTONE 286 C"]
    # The spot colorant has the same definition as in text of this ink.
    assert attributes["/Colorants"]["/PANTONE 286 C"] == space
    # Four corners: no ink, black, blue, both.
    corners = np.frombuffer(function.get_object().get_data(), np.uint8).reshape(4, 4)
    assert corners.tolist() == [
        [0, 0, 0, 0],
        [0, 0, 0, 255],
        [255, 168, 0, 5],
        [255, 168, 0, 255],
    ]


def test_photographs_in_one_ink_are_jpegs_and_poppler_sees_their_inks(tmp_path: Path) -> None:
    items = [
        picture(BLUE, asset="assets/a.jpg"),
        picture(BLACK, BLUE, asset="assets/a.jpg"),
        picture(SUN, asset="assets/a.jpg"),
    ]
    pdf = painted(items, SIZE, {"assets/a.jpg": ramp("RGB", "JPEG")}, ON_PRESS)
    (tmp_path / "a.pdf").write_bytes(pdf)
    rows = [row.split() for row in run("pdfimages", "-list", tmp_path / "a.pdf").splitlines()[2:]]
    assert [(row[5], row[8]) for row in rows] == [
        ("sep", "jpeg"),
        ("index", "image"),
        ("cmyk", "jpeg"),
    ]
    run("qpdf", "--check", tmp_path / "a.pdf")


def test_a_cut_out_in_a_spot_ink_keeps_its_mask() -> None:
    image = Image.merge(
        "LA", [Image.new("L", (64, 64), 0), Image.linear_gradient("L").resize((64, 64))]
    )
    out = io.BytesIO()
    image.save(out, "PNG")
    found = image_of(made(picture(BLUE), data=out.getvalue()))
    assert found["/SMask"]["/ColorSpace"] == "/DeviceGray"


# On a screen


@pytest.mark.parametrize("duotone", [(BLUE,), (BLACK, BLUE), (SUN, BLACK), (BLUE, RED)])
def test_a_screen_shows_the_inks_as_printed(duotone: tuple[Colour, ...]) -> None:
    shown = seen(made(picture(*duotone), ON_SCREEN), 256 / SIZE[0])[32].astype(int)
    table = np.array(light_table(duotone, FOGRA)).T
    assert np.abs(shown - table).max() <= 6
    assert table[255].tolist() == [255, 255, 255]


@pytest.mark.parametrize("duotone", [(BLACK, BLUE), (SUN, BLACK)])
def test_a_duotone_keeps_the_tones_of_the_picture(duotone: tuple[Colour, ...]) -> None:
    table = np.array(light_table(duotone, FOGRA)).T / 255
    shown = [luminance(Rgb(*row)) for row in table]
    darkest = shown[0]
    for level in range(40, 256):
        wanted = darkest + linear(level / 255) * (1 - darkest)
        assert shown[level] == pytest.approx(wanted, abs=0.02)


def test_full_ink_on_a_screen_is_the_swatch() -> None:
    red, green, blue = (band[0] / 255 for band in light_table((BLUE,), FOGRA))
    swatch = in_light(BLUE, FOGRA)
    assert (red, green, blue) == pytest.approx((swatch.r, swatch.g, swatch.b), abs=0.005)


# Inks, preflight and proof


def page(*items: Picture) -> Page:
    return Page(1, "1", *SIZE, 0.0, items)


def test_the_inks_of_a_page() -> None:
    assert list(find_inks([page(picture(BLUE))], FOGRA)) == [BLUE.name]
    assert list(find_inks([page(picture(BLACK, BLUE))], FOGRA)) == ["black", BLUE.name]
    assert list(find_inks([page(picture(SUN))], FOGRA)) == ["magenta", "yellow"]


LAYOUT = """\
brochure: duotone
size: A7
binding: none
source-language: en
swatches: {blue: 'spot "PANTONE 286 C" as cmyk 100 66 0 2'}
press: {inks: [black, cyan]}
pages: [{frames: {f: {at: margins, content: {image: ramp.png, alt: none, ink: [black, blue]}}}}]
"""


def test_preflight_finds_the_inks_of_a_layout_and_of_a_file() -> None:
    project = MemoryProject(
        {
            "brochure.yaml": LAYOUT.encode(),
            "content/en.yaml": b"a: b",
            "assets/ramp.png": ramp(),
        }
    )
    made_up = lay_out(project)
    pages, layout = made_up.pages, made_up.edition.layout
    laid_out = collect_page_objects(pages, layout, made_up.work, project)
    built = build(project, PRESS).pdf
    assert built
    in_file = read_page_objects(open_pdf(built, "duotone.pdf"))
    for objects in (laid_out, in_file):
        (image,) = objects.select(ImageObject)
        assert image.inks == ("black", BLUE.name)
    (missing,) = plates_check(laid_out)
    assert missing.message == "ramp.png needs a plate for PANTONE 286 C"


@pytest.mark.parametrize("ink", ["black", BLUE.name])
def test_the_proof_shows_the_plate_of_each_ink(ink: str) -> None:
    item = picture(BLACK, BLUE)
    project = MemoryProject({item.asset: ramp()})
    shown = pixels_of(item, FOGRA, ink, "ramp")
    assert shown is not None
    plate = np.asarray(Image.open(io.BytesIO(encode_pixels(project, shown))).convert("L"))
    level = 255 - np.array(ink_table((BLACK, BLUE), FOGRA).plate(ink))
    width = plate.shape[1]  # reduced to the resolution of plates
    expected = np.interp((np.arange(width) + 0.5) * 256 / width - 0.5, np.arange(256), level)
    assert plate[plate.shape[0] // 2] == pytest.approx(expected, abs=6)
    assert pixels_of(item, FOGRA, "cyan", "ramp") is None


# Multiply


def test_multiply_darkens_content_below_in_the_colour_space_of_the_press() -> None:
    under = picture(BLACK)
    over = picture(asset="assets/ramp.png", blend=Blend.MULTIPLY)
    pdf = painted([under, over], SIZE, {"assets/ramp.png": ramp()}, ON_PRESS)
    page_of: Any = pypdf.PdfReader(io.BytesIO(pdf)).pages[0]
    assert page_of["/Group"]["/CS"] == "/DeviceCMYK"
    states = page_of["/Resources"]["/ExtGState"].values()
    assert "/Multiply" in [str(one.get_object().get("/BM")) for one in states]
    alone = seen(made(under), 256 / SIZE[0])[32].astype(int)
    both = seen(pdf, 256 / SIZE[0])[32].astype(int)
    assert (both[40:200] < alone[40:200] - 10).all()
    assert both[255].tolist() == [255, 255, 255]
