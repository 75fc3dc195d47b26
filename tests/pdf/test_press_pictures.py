"""Pictures converted for the press and for the screen: profiles, ink limit, and cached results."""

from __future__ import annotations

import io
from dataclasses import replace
from pathlib import Path
from typing import Any

import numpy as np
import pytest
from PIL import Image, ImageCms

import brochure.pdf.resources as resources
from brochure.color.convert import black_for, in_ink
from brochure.color.icc_profile import open_profile
from brochure.color.printing_condition import shipped_condition
from brochure.color.swatch import Cmyk, Rgb
from brochure.color.total_ink import maximum_ink
from brochure.errors import InputError
from brochure.geometry import Rect
from brochure.imposition.sheets import sheets
from brochure.model.display_list import Page, Picture, outline_rect
from brochure.pdf.document import render
from brochure.pdf.image_encoding import Share
from brochure.pdf.image_xobject import Stored, deserialize, serialize
from brochure.pdf.images import ImageTarget, convert
from brochure.pdf.metadata import DocumentInfo
from brochure.prepress.edition_condition import EditionCondition
from brochure.prepress.output_conditions import PRESS, SCREEN, OutputCondition
from brochure.project import MemoryProject
from tests.pdf.test_pictures import encoded, page_of, png, quarters
from tests.programs import need_file, run

FOGRA = shipped_condition("coated-fogra39")
ON_PRESS, ON_SCREEN = PRESS.on(EditionCondition(FOGRA)), SCREEN.on(EditionCondition(FOGRA))
SRGB = ImageCms.ImageCmsProfile(ImageCms.createProfile("sRGB")).tobytes()
ADOBE = Path("/usr/share/color/icc/compatibleWithAdobeRGB1998.icc")
GREY = Path("/usr/share/color/icc/Gray-CIE_L.icc")


def shown(pdf: bytes, folder: Path) -> list[Image.Image]:
    """Return the pictures in a PDF as poppler extracts them, with their masks."""
    path = folder / "pictures.pdf"
    path.write_bytes(pdf)
    for old in folder.glob("out*"):
        old.unlink()
    run("pdfimages", "-all", path, folder / "out")
    return [Image.open(one) for one in sorted(folder.glob("out*"))]


def inks_of(data: bytes, condition: OutputCondition = ON_PRESS) -> Image.Image:
    """Convert a file to the pixels of the press, before encoding."""
    wanted = ImageTarget(None, 100, "a picture", None, condition.press, condition.inks)
    return decoded(convert(data, wanted))


def decoded(stored: Stored) -> Image.Image:
    if stored.entries["Filter"] == "DCTDecode":
        return Image.open(io.BytesIO(stored.data))
    raise AssertionError(stored.entries)


def flat(colour: Any, mode: str = "RGB") -> Image.Image:
    return Image.new(mode, (16, 16), colour)


def middle(image: Image.Image) -> Any:
    return image.getpixel((8, 8))


def percent(*levels: int) -> list[int]:
    return [round(level / 2.55) for level in levels]


# Colours


def test_a_picture_in_rgb_has_the_inks_of_a_swatch_of_its_colour() -> None:
    red = middle(inks_of(encoded(flat((204, 26, 38)), "JPEG", quality=100)))
    swatch = in_ink(Rgb(204 / 255, 26 / 255, 38 / 255), FOGRA)
    assert isinstance(swatch, Cmyk)
    wanted = [part * 255 for part in (swatch.c, swatch.m, swatch.y, swatch.k)]
    # The nodes of the colour table are eight levels apart; between them inks differ by a hundredth or two.
    assert np.abs(np.array(red) - wanted).max() <= 6


def test_an_embedded_rgb_profile_is_used() -> None:
    adobe = need_file(ADOBE)
    green = flat((80, 200, 80))
    plain, tagged, same = (
        middle(inks_of(encoded(green, "JPEG", quality=100, **more)))
        for more in ({}, {"icc_profile": adobe}, {"icc_profile": SRGB})
    )
    assert same == plain
    # The green of Adobe RGB is stronger: more cyan for the same values.
    assert tagged[0] > plain[0] + 20
    way = ImageCms.buildTransform(
        ImageCms.ImageCmsProfile(io.BytesIO(adobe)),
        open_profile(FOGRA.profile),
        "RGB",
        "CMYK",
        ImageCms.Intent.RELATIVE_COLORIMETRIC,
        ImageCms.Flags.BLACKPOINTCOMPENSATION | ImageCms.Flags.NOOPTIMIZE,
    )
    assert np.abs(np.array(tagged) - np.array(middle(way.apply(green)))).max() <= 6


def test_a_broken_embedded_profile_is_refused() -> None:
    broken = encoded(flat((80, 200, 80)), "JPEG", quality=100, icc_profile=b"nonsense" * 60)
    with pytest.raises(
        InputError, match="its ICC profile cannot be used: it is not an ICC profile"
    ):
        inks_of(broken)


def test_grey_is_printed_in_black_alone(tmp_path: Path) -> None:
    data = encoded(flat(128, "L"), "PNG")
    (image,) = shown(page_of({"assets/a": data}, condition=ON_PRESS), tmp_path)
    assert image.mode == "L"
    assert middle(image) == 255 - black_for(FOGRA)[128]
    assert 255 - middle(image) == pytest.approx(0.62 * 255, abs=4)  # measured: assets/profiles


def test_an_embedded_grey_profile_is_used(tmp_path: Path) -> None:
    data = encoded(flat(128, "L"), "PNG", icc_profile=need_file(GREY))
    (image,) = shown(page_of({"assets/a": data}, condition=ON_SCREEN), tmp_path)
    # Half of L* is 18.4 % of the light, which sRGB writes as 119 of 255; 128 / 255 of L* is 119.5.
    assert middle(image.convert("L")) == pytest.approx(120, abs=2)


def test_cmyk_within_the_ink_limit_is_unchanged(tmp_path: Path) -> None:
    light = encoded(flat((0, 180, 200, 20), "CMYK"), "JPEG", quality=95)
    (image,) = images_in(page_of({"assets/a": light}, condition=ON_PRESS))
    assert image._data == light
    heavy = encoded(flat((255, 255, 255, 128), "CMYK"), "JPEG", quality=95)  # 350 %
    (image,) = shown(page_of({"assets/a": heavy}, condition=ON_PRESS), tmp_path)
    assert maximum_ink(image) <= FOGRA.ink_limit
    c, m, y, k = percent(*[int(level) for level in middle(image)])
    assert k == 50
    # 300 - 50 remain for three equal inks.
    assert (c, m, y) == pytest.approx((83, 83, 83), abs=1)


def images_in(pdf: bytes) -> list[Any]:
    from tests.pdf.test_pictures import images

    return images(pdf)


def test_cmyk_of_another_press_is_converted() -> None:
    swop = shipped_condition("coated-swop").profile.data
    inks = flat((128, 100, 90, 30), "CMYK")
    tagged = middle(inks_of(encoded(inks, "JPEG", quality=100, icc_profile=swop)))
    assert np.abs(np.array(tagged) - np.array((128, 100, 90, 30))).max() > 8
    own = encoded(inks, "JPEG", quality=100, icc_profile=FOGRA.profile.data)
    assert np.abs(np.array(middle(inks_of(own))) - np.array((128, 100, 90, 30))).max() <= 2


def test_cmyk_is_converted_to_rgb_for_a_screen(tmp_path: Path) -> None:
    data = encoded(flat((0, 255, 255, 0), "CMYK"), "JPEG", quality=100)
    (image,) = shown(page_of({"assets/a": data}, condition=ON_SCREEN), tmp_path)
    assert image.mode == "RGB"
    red, green, blue = middle(image)
    assert red > 210
    assert max(green, blue) < 80


def test_sixteen_bits_alpha_and_a_rotated_camera(tmp_path: Path) -> None:
    deep = np.full((16, 16, 3), (204 * 257, 26 * 257, 38 * 257), dtype=np.uint16)
    (image,) = shown(page_of({"assets/a": png(deep, 16, 2)}, condition=ON_PRESS), tmp_path)
    plain = encoded(flat((204, 26, 38)), "PNG")
    (same,) = shown(page_of({"assets/a": plain}, condition=ON_PRESS), tmp_path)
    assert middle(image) == middle(same)
    clear = flat((204, 26, 38)).convert("RGBA")
    clear.putalpha(64)
    pdf = page_of({"assets/a": encoded(clear, "PNG")}, condition=ON_PRESS)
    image, mask = shown(pdf, tmp_path)
    assert (image.mode, middle(image), middle(mask)) == ("CMYK", middle(same), 64)
    exif = Image.Exif()
    exif[0x0112] = 6
    wide = quarters().crop((0, 0, 16, 8))
    data = encoded(wide, "JPEG", exif=exif, quality=95)
    (image,) = shown(page_of({"assets/a": data}, (8, 16), ON_PRESS), tmp_path)
    assert (image.size, image.mode) == ((8, 16), "CMYK")
    assert (
        percent(*middle(image.crop((0, 0, 8, 8)).resize((16, 16))))[1] > 85
    )  # red above, as the camera was held


# Ink


def noise(darkest: int, lightest: int) -> Image.Image:
    pixels = np.random.default_rng(11).integers(darkest, lightest, (240, 240, 3), dtype=np.uint8)
    return Image.fromarray(pixels)


@pytest.mark.parametrize("limit", [2.0, 2.4, 2.8])
@pytest.mark.parametrize("quality", [70, 93])
def test_no_pixel_has_more_ink_than_the_limit_even_after_jpeg(
    limit: float, quality: int, tmp_path: Path
) -> None:
    tight = PRESS.on(EditionCondition(replace(FOGRA, ink_limit=limit)))
    # Dark noise is the worst case: no colour that JPEG keeps is close to the original.
    data = encoded(noise(0, 90), "JPEG", quality=95)
    pdf = page_of({"assets/a": data}, (240, 240), replace(tight, quality=quality))
    (image,) = shown(pdf, tmp_path)
    assert limit - 0.4 < maximum_ink(image) <= limit


def test_the_limit_keeps_the_hue() -> None:
    dark = encoded(flat((20, 30, 60)), "JPEG", quality=100)
    free, tight = (
        middle(decoded(convert(dark, ImageTarget(None, 100, "", None, one, inks=True))))
        for one in (FOGRA, replace(FOGRA, ink_limit=2.2))
    )
    assert sum(free) > 2.2 * 255 >= sum(tight)
    assert tight[3] == pytest.approx(free[3], abs=3)
    share = sum(tight[:3]) / sum(free[:3])
    assert tight[:3] == pytest.approx([ink * share for ink in free[:3]], abs=3)


# Cached pictures


def test_a_cached_picture_is_read_from_its_bytes() -> None:
    mask = Stored({"Width": 1}, b"\x00\xff")
    for stored in (
        Stored({"Width": 2, "Filter": "X", "Decode": [1, 0]}, b"data", mask),
        Stored({}, b""),
    ):
        assert deserialize(serialize(stored)) == stored
    for broken in (b"", b"\0" * 5, serialize(Stored({"Width": 2}, b"data"))[:-1]):
        with pytest.raises(ValueError, match="incomplete"):
            deserialize(broken)


def build(project: MemoryProject, condition: OutputCondition, size: float = 16) -> bytes:
    rect = Rect(0, 0, size, size)
    page = Page(
        1, "1", size, size, 0, (Picture(rect, "assets/a.jpg", (16, 16), (outline_rect(rect),)),)
    )
    return render(sheets([page], condition), DocumentInfo("P", "en"), condition, project)


def test_a_picture_is_made_once_for_each_condition_and_size(
    monkeypatch: pytest.MonkeyPatch,
) -> None:
    count = 0
    resources.IMAGES.recent.clear()

    def counting(data: bytes, wanted: ImageTarget, share: Share | None = None) -> Stored:
        nonlocal count
        count += 1
        return convert(data, wanted, share)

    monkeypatch.setattr(resources, "convert", counting)
    project = MemoryProject({"assets/a.jpg": encoded(quarters(), "JPEG")})
    first = build(project, ON_PRESS)
    assert (count, build(project, ON_PRESS) == first) == (1, True)
    assert count == 1
    other = PRESS.on(EditionCondition(shipped_condition("coated-swop")))
    build(project, other)
    assert count == 2
    build(project, ON_PRESS, size=1)  # 1152 ppi are reduced
    assert count == 3
    build(project, ON_SCREEN)  # sRGB is unchanged on a screen
    assert count == 3
    again = MemoryProject({"assets/a.jpg": encoded(quarters().rotate(90), "JPEG")}, project.cache)
    build(again, ON_PRESS)
    assert count == 4
