"""Drop shadows: their pixels, as other programs extract and render them."""

from __future__ import annotations

import io
from pathlib import Path
from typing import Any

import numpy as np
import pypdf
import pytest
from PIL import Image

from brochure.api import build
from brochure.color.convert import in_light
from brochure.color.printing_condition import shipped_condition
from brochure.color.swatch import Cmyk, Colour, Spot
from brochure.geometry import Rect
from brochure.model.display_list import Blend, DropShadow, Page, outline_rect
from brochure.prepress.edition_condition import EditionCondition
from brochure.prepress.inks import find_inks
from brochure.prepress.output_conditions import PRESS, SCREEN, OutputCondition
from brochure.project import MemoryProject
from brochure.proof.pictures import encode_pixels, pixels_of
from tests.pdf.pixels import painted, seen
from tests.programs import run

FOGRA = shipped_condition("coated-fogra39")
ON_PRESS, ON_SCREEN = PRESS.on(EditionCondition(FOGRA)), SCREEN.on(EditionCondition(FOGRA))
BLACK, GOLD = Cmyk(0, 0, 0, 1), Spot("PANTONE 871 C", Cmyk(0.2, 0.25, 0.6, 0.25))
SIZE = (60.0, 40.0)
ASSET = "assets/a.png"


def disc() -> bytes:
    """A red disc on a transparent background, as large as its square picture."""
    y, x = np.mgrid[-1:1:200j, -1:1:200j]
    pixels = np.zeros((200, 200, 4), np.uint8)
    pixels[..., 0] = 255
    pixels[..., 3] = np.where(x * x + y * y < 1, 255, 0)
    out = io.BytesIO()
    Image.fromarray(pixels, "RGBA").save(out, "PNG")
    return out.getvalue()


def shadow(
    colour: Colour = BLACK, blur: float = 0.0, cut_out: Rect | None = None, opacity: float = 1.0
) -> DropShadow:
    """A shadow of a field from 10, 10 to 50, 30; its image has two pixels a point."""
    return DropShadow(
        Rect(0, 0, *SIZE),
        ASSET,
        (120, 80),
        (),
        opacity=opacity,
        blend=Blend.MULTIPLY,
        colour=colour,
        blur=blur,
        caster=(outline_rect(Rect(10, 10, 40, 20)),),
        cut_out=cut_out,
    )


def made(item: DropShadow, condition: OutputCondition = ON_PRESS) -> bytes:
    return painted([item], SIZE, {ASSET: disc()}, condition)


def image_of(pdf: bytes) -> Any:
    page: Any = pypdf.PdfReader(io.BytesIO(pdf)).pages[0]
    (image,) = (one.get_object() for one in page["/Resources"]["/XObject"].values())
    return image


def mask_of(pdf: bytes, folder: Path) -> np.ndarray[Any, Any]:
    (folder / "a.pdf").write_bytes(pdf)
    run("pdfimages", "-png", folder / "a.pdf", folder / "out")
    return np.asarray(Image.open(folder / "out-001.png").convert("L"), dtype=int)


def test_a_sharp_shadow_has_the_shape_of_the_picture(tmp_path: Path) -> None:
    mask = mask_of(made(shadow()), tmp_path)
    assert mask.shape == (80, 120)
    assert (mask[22:58, 22:98] == 255).all()
    assert (mask[:18] == 0).all()
    assert (mask[:, :18] == 0).all()


def test_blur_spreads_the_edge_evenly(tmp_path: Path) -> None:
    mask = mask_of(made(shadow(blur=6)), tmp_path)
    # Half at the edge itself, nearly none one and a half times the blur outside, nearly all at the same distance inside.
    assert mask[40, 19:21].mean() == pytest.approx(127, abs=12)
    assert mask[40, 1] <= 3
    assert mask[40, 42] >= 250
    assert (np.diff(mask[40, :50]) >= 0).all()


def test_a_cut_out_casts_its_own_shadow(tmp_path: Path) -> None:
    mask = mask_of(made(shadow(cut_out=Rect(20, 10, 20, 20))), tmp_path)
    covered = (mask > 127).sum() / 4
    assert covered == pytest.approx(np.pi * 10**2, rel=0.03)
    assert mask[40, 60] == 255
    assert mask[22, 42] == 0


def test_a_damaged_cut_out_is_an_error() -> None:
    from brochure.errors import InputError

    broken = disc()[:400]
    with pytest.raises(InputError, match=r"a\.png cannot be used"):
        painted([shadow(cut_out=Rect(0, 0, 9, 9))], SIZE, {ASSET: broken}, ON_PRESS)


@pytest.mark.parametrize(
    ("colour", "space"),
    [(BLACK, "/DeviceCMYK"), (Cmyk(1, 0.8, 0.2, 0.4), "/DeviceCMYK"), (GOLD, "/Separation")],
)
def test_the_press_blends_it_in_ink(colour: Colour, space: str) -> None:
    pdf = made(shadow(colour))
    image = image_of(pdf)
    found = image["/ColorSpace"]
    assert str(found[0] if isinstance(found, list) else found) == space
    page: Any = pypdf.PdfReader(io.BytesIO(pdf)).pages[0]
    assert page["/Group"]["/CS"] == "/DeviceCMYK"
    states = [one.get_object() for one in page["/Resources"]["/ExtGState"].values()]
    assert "/Multiply" in [state.get("/BM") for state in states]


def test_the_screen_shows_it_in_its_opacity() -> None:
    light = in_light(BLACK, FOGRA).r
    middle = seen(made(shadow(opacity=0.4), ON_SCREEN))[20, 30] / 255
    assert middle == pytest.approx([1 - 0.4 * (1 - light)] * 3, abs=0.01)


def test_its_ink_is_one_of_the_page() -> None:
    page = Page(1, "1", *SIZE, 0.0, (shadow(GOLD),))
    assert list(find_inks([page], FOGRA)) == [GOLD.name]
    page = Page(1, "1", *SIZE, 0.0, (shadow(),))
    assert list(find_inks([page], FOGRA)) == ["black"]


@pytest.mark.parametrize(("ink", "level"), [("", None), ("black", 0), ("cyan", None)])
def test_the_proof_shows_it_and_its_plate(ink: str, level: int | None) -> None:
    shown = pixels_of(shadow(), FOGRA, ink, "a.png")
    if ink == "cyan":
        assert shown is None
        return
    assert shown is not None
    image = Image.open(io.BytesIO(encode_pixels(MemoryProject({ASSET: disc()}), shown)))
    *colour, alpha = image.convert("RGBA").getpixel((60, 40))  # type: ignore[misc]
    assert alpha == 255
    expected = round(in_light(BLACK, FOGRA).r * 255) if level is None else level
    assert colour == [expected] * 3


LAYOUT = """\
brochure: shadow
size: A7
binding: none
source-language: en
press: {{standard: {standard}}}
pages: [{{frames: {{f: {{at: margins, content: {{image: a.png, alt: none, height: 30 mm, shadow: {{}}}}}}}}}}]
"""


@pytest.mark.parametrize("standard", ["x-4", "x-1a"])
def test_both_standards_print_it(standard: str, tmp_path: Path) -> None:
    layout = LAYOUT.format(standard=standard).encode()
    files = {"brochure.yaml": layout, "content/en.yaml": b"a: b", ASSET: disc()}
    built = build(MemoryProject(files), PRESS)
    assert built.findings == ()
    (tmp_path / "a.pdf").write_bytes(built.pdf)
    run("qpdf", "--check", tmp_path / "a.pdf")
    assert (b"/Multiply" in built.pdf) is (standard == "x-4")
    assert (b"/SMask" in built.pdf) is (standard == "x-4")
