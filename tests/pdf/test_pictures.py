"""Pictures in the PDF: the file's own data if nothing must change, otherwise the correct pixels."""

from __future__ import annotations

import io
import struct
import zlib
from pathlib import Path
from typing import Any

import numpy as np
import pypdf
import pytest
from PIL import Image

from brochure.errors import InputError
from brochure.geometry import Rect
from brochure.images.probe import examine
from brochure.model.display_list import Picture, outline_rect
from brochure.pdf.images import target_width
from brochure.prepress.output_conditions import PRESS, SCREEN, OutputCondition
from tests.pdf.pixels import Pixels, painted, seen, seen_by_mupdf
from tests.programs import run

SIDE = 16


def test_a_jpeg_is_embedded_byte_for_byte(tmp_path: Path) -> None:
    for mode in ("RGB", "L", "CMYK"):
        data = encoded(quarters().convert(mode), "JPEG", quality=95)
        assert stored(data)[0]._data == data
    path = tmp_path / "jpeg.pdf"
    path.write_bytes(page_of({"assets/a.jpg": encoded(quarters(), "JPEG")}))
    (row,) = run("pdfimages", "-list", path).splitlines()[2:]
    # page num type width height color comp bpc enc interp
    assert row.split()[2:9] == ["image", "16", "16", "rgb", "3", "8", "jpeg"]


def test_a_plain_png_is_embedded_with_its_own_data() -> None:
    for mode, bits, space in (
        ("RGB", 8, "/DeviceRGB"),
        ("L", 8, "/DeviceGray"),
        ("1", 1, "/DeviceGray"),
    ):
        data = encoded(quarters().convert(mode), "PNG")
        (image,) = stored(data)
        assert image._data == b"".join(png_chunks(data, b"IDAT"))
        assert (image["/BitsPerComponent"], image["/ColorSpace"]) == (bits, space)


def test_a_rotated_jpeg_is_placed_upright_with_its_own_data(tmp_path: Path) -> None:
    exif = Image.Exif()
    exif[0x0112] = 6  # the camera was rotated: the stored picture must be rotated by 90° clockwise
    half = quarters().crop((0, 0, SIDE, SIDE // 2))
    data = encoded(half, "JPEG", exif=exif, quality=95)
    (image,) = stored(data)
    assert image._data == encoded(half, "JPEG", quality=95)
    # The upper half of the quarters: red, green from left to right; after rotation: red above, green below.
    pdf = page_of({"assets/a.jpg": data}, size=(SIDE // 2, SIDE))
    for shown in (seen(pdf), seen_by_mupdf(pdf, tmp_path)):
        assert pixel(shown, 4, 4) == pytest.approx((255, 0, 0), abs=12)
        assert pixel(shown, 12, 4) == pytest.approx((0, 255, 0), abs=12)


def test_a_rotated_jpeg_is_reduced_by_its_visible_width() -> None:
    exif = Image.Exif()
    exif[0x0112] = 6
    data = encoded(quarters().resize((800, 400)), "JPEG", exif=exif)
    # After rotation it is 400 x 800 pixels on 48 x 96 pt: 600 ppi, of which 300 are wanted.
    (image,) = images(page_of({"assets/a": data}, size=(48, 96)))
    assert (image["/Width"], image["/Height"]) == (200, 400)


@pytest.mark.parametrize(
    ("pixels", "ppi", "condition", "width"),
    [
        (1000, 450, PRESS, None),  # within the limit
        (1000, 451, PRESS, 665),  # 1000 * 300 / 451
        (1000, 600, PRESS, 500),
        (1000, 181, SCREEN, 829),  # 1000 * 150 / 181
        (1000, 180, SCREEN, None),
        (2, 3000, PRESS, 1),  # at least one pixel
    ],
)
def test_the_resolution_depends_on_the_target(
    pixels: int, ppi: float, condition: OutputCondition, width: int | None
) -> None:
    assert target_width(pixels, ppi, condition) == width


def test_a_picture_with_too_high_a_resolution_is_reduced() -> None:
    fine = quarters().resize((600, 600), Image.Resampling.NEAREST)
    # 600 pixels on 72 pt are 600 ppi: 300 are wanted for the press, 150 for the screen.
    for form in ("JPEG", "PNG"):
        data = encoded(fine, form)
        for condition, width in ((PRESS, 300), (SCREEN, 150)):
            pdf = page_of({"assets/a": data}, size=(72, 72), condition=condition)
            (image,) = images(pdf)
            assert (image["/Width"], image["/Height"]) == (width, width)
            assert pixel(seen(pdf), 18, 18) == pytest.approx((255, 0, 0), abs=6)
            assert pixel(seen(pdf), 54, 54) == pytest.approx((255, 255, 0), abs=6)


def test_equal_pictures_with_different_names_are_stored_once() -> None:
    data = encoded(quarters(), "JPEG")
    other = encoded(quarters().rotate(90), "JPEG")
    files = {"assets/a.jpg": data, "assets/b.jpg": data, "assets/c.jpg": other}
    assert len(images(page_of(files))) == 2


FLAT = {
    "palette PNG": lambda: encoded(quarters().quantize(8), "PNG"),
    "interlaced PNG": lambda: interlaced(quarters()),
    "16-bit RGB PNG": lambda: png(quarters_16(), 16, 2),
    "WebP": lambda: encoded(quarters(), "WEBP", lossless=True),
    "TIFF": lambda: encoded(quarters(), "TIFF"),
    "TIFF, compressed": lambda: encoded(quarters(), "TIFF", compression="tiff_lzw"),
    "JPEG": lambda: encoded(quarters(), "JPEG", quality=100, subsampling=0),
    "JPEG, progressive": lambda: encoded(
        quarters(), "JPEG", quality=100, subsampling=0, progressive=True
    ),
}


@pytest.mark.parametrize("make", FLAT.values(), ids=FLAT.keys())
def test_every_form_shows_its_colours(make: Any, tmp_path: Path) -> None:
    pdf = page_of({"assets/a": make()})
    wanted = np.asarray(quarters()).astype(int)
    for shown in (seen(pdf), seen_by_mupdf(pdf, tmp_path)):
        assert (
            np.abs(shown.astype(int) - wanted).max() <= 24
        )  # WebP and JPEG colours differ slightly
        assert np.abs(shown.astype(int) - wanted).mean() < 4


def test_greys_of_sixteen_bits_keep_their_tone_in_eight(tmp_path: Path) -> None:
    # 257 steps of sixteen bits are one step of eight bits: 128 * 257 is middle grey, not white.
    levels = np.full((SIDE, SIDE), 128 * 257, dtype=np.uint16)
    pdf = page_of({"assets/a": png(levels[:, :, None], 16, 0)})
    for shown in (seen(pdf), seen_by_mupdf(pdf, tmp_path)):
        assert np.abs(shown.astype(int) - 128).max() <= 1


def test_one_bit_stays_one_bit(tmp_path: Path) -> None:
    pdf = page_of({"assets/a": encoded(quarters().convert("1", dither=Image.Dither.NONE), "PNG")})
    (image,) = images(pdf)
    assert image["/BitsPerComponent"] == 1
    for shown in (seen(pdf), seen_by_mupdf(pdf, tmp_path)):
        # Red and blue are darker than middle grey, green and yellow lighter.
        assert [int(shown[y, x, 0]) for y, x in MIDDLES] == [0, 255, 0, 255]


@pytest.mark.parametrize("form", ["PNG", "WEBP", "TIFF"])
@pytest.mark.parametrize("mode", ["RGBA", "LA"])
def test_alpha_is_a_soft_mask(form: str, mode: str, tmp_path: Path) -> None:
    picture = Image.new("RGBA", (SIDE, SIDE), (0, 0, 0, 255))
    picture.putalpha(Image.new("L", (SIDE, SIDE), 64))
    options = {"lossless": True} if form == "WEBP" else {}
    pdf = page_of({"assets/a": encoded(picture.convert(mode), form, **options)})
    colour = next(image for image in images(pdf) if "/SMask" in image)
    assert colour["/SMask"]["/ColorSpace"] == "/DeviceGray"
    for shown in (seen(pdf), seen_by_mupdf(pdf, tmp_path)):
        # A quarter black over white: 255 * (1 - 64 / 255) = 191.
        assert np.abs(shown.astype(int) - 191).max() <= 1


def test_a_transparent_colour_is_alpha_too() -> None:
    data = encoded(quarters(), "PNG", transparency=(255, 0, 0))
    shown = seen(page_of({"assets/a": data}))
    assert pixel(shown, 4, 4) == (255, 255, 255)
    assert pixel(shown, 4, 12) == (0, 255, 0)


@pytest.mark.parametrize("fine", [1, 8], ids=["passed through", "made anew"])
def test_cmyk_jpegs_are_not_negatives(fine: int, tmp_path: Path) -> None:
    inks = Image.new("CMYK", (SIDE, SIDE), (0, 255, 255, 0))
    inks.paste((0, 0, 0, 255), (0, SIDE // 2, SIDE, SIDE))
    data = encoded(inks.resize((SIDE * fine, SIDE * fine)), "JPEG", quality=95)
    assert b"Adobe" in data  # Adobe's CMYK is stored inverted
    pdf = page_of({"assets/a": data})
    for shown in (seen(pdf), seen_by_mupdf(pdf, tmp_path)):
        red, black = shown[4, 8].astype(int), shown[12, 8].astype(int)
        assert red[0] > 200
        assert red[1:].max() < 80
        assert black.max() < 60


def test_a_damaged_png_is_reported_as_damaged() -> None:
    data = bytearray(encoded(quarters(), "PNG"))
    data[data.index(b"IDAT") + 20] ^= 0xFF
    whole = Rect(0, 0, SIDE, SIDE)
    picture = Picture(whole, "assets/a.png", (SIDE, SIDE), (outline_rect(whole),))
    with pytest.raises(InputError, match=r"assets/a\.png cannot be used"):
        painted([picture], (SIDE, SIDE), {"assets/a.png": bytes(data)})


# Test pictures

QUARTERS = ((255, 0, 0), (0, 255, 0), (0, 0, 255), (255, 255, 0))
MIDDLES = ((4, 4), (4, 12), (12, 4), (12, 12))


def quarters() -> Image.Image:
    """Red and green above, blue and yellow below."""
    picture = Image.new("RGB", (SIDE, SIDE))
    half = SIDE // 2
    for at, colour in enumerate(QUARTERS):
        x, y = at % 2 * half, at // 2 * half
        picture.paste(colour, (x, y, x + half, y + half))
    return picture


def quarters_16() -> np.ndarray[Any, np.dtype[np.uint16]]:
    return np.asarray(quarters()).astype(np.uint16) * 257


def encoded(picture: Image.Image, form: str, **options: Any) -> bytes:
    out = io.BytesIO()
    picture.save(out, form, **options)
    return out.getvalue()


def png(pixels: Any, bits: int, colour: int) -> bytes:
    """Return a PNG of these pixels (PNG 1.2, 3 and 4), rows unfiltered."""
    height, width = pixels.shape[:2]
    rows = pixels.astype(">u2" if bits == 16 else np.uint8)
    data = b"".join(b"\0" + row.tobytes() for row in rows)
    return _png_file(struct.pack(">IIBBBBB", width, height, bits, colour, 0, 0, 0), data)


ADAM7 = (
    (0, 0, 8, 8),
    (4, 0, 8, 8),
    (0, 4, 4, 8),
    (2, 0, 4, 4),
    (0, 2, 2, 4),
    (1, 0, 2, 2),
    (0, 1, 1, 2),
)
"""Where each pass begins, horizontally and vertically, and its steps (PNG 1.2, 2.6)."""


def interlaced(picture: Image.Image) -> bytes:
    pixels = np.asarray(picture)
    passes = (pixels[y::down, x::across] for x, y, across, down in ADAM7)
    data = b"".join(b"\0" + row.tobytes() for part in passes for row in part)
    return _png_file(struct.pack(">IIBBBBB", *picture.size, 8, 2, 0, 0, 1), data)


def _png_file(head: bytes, rows: bytes) -> bytes:
    chunks = ((b"IHDR", head), (b"IDAT", zlib.compress(rows)), (b"IEND", b""))
    return b"\x89PNG\r\n\x1a\n" + b"".join(
        struct.pack(">I", len(body)) + kind + body + struct.pack(">I", zlib.crc32(kind + body))
        for kind, body in chunks
    )


def png_chunks(data: bytes, wanted: bytes) -> list[bytes]:
    found, at = [], 8
    while at < len(data):
        length, kind = struct.unpack_from(">I4s", data, at)
        if kind == wanted:
            found.append(data[at + 8 : at + 8 + length])
        at += 12 + length
    return found


def pixel(shown: Pixels, y: int, x: int) -> tuple[int, ...]:
    return tuple(map(int, shown[y, x]))


def page_of(
    files: dict[str, bytes],
    size: tuple[float, float] = (SIDE, SIDE),
    condition: OutputCondition = PRESS,
) -> bytes:
    """Return a page of this size that every file fills as a picture."""
    whole = Rect(0, 0, *size)
    items = []
    for name, data in files.items():
        facts = examine(data)
        items.append(Picture(whole, name, (facts.width, facts.height), (outline_rect(whole),)))
    return painted(items, size, files, condition)


def images(pdf: bytes) -> list[Any]:
    """Return the image objects of the first page without soft masks."""
    page: Any = pypdf.PdfReader(io.BytesIO(pdf)).pages[0]
    return [one.get_object() for one in page["/Resources"]["/XObject"].values()]


def stored(data: bytes) -> list[Any]:
    facts = examine(data)
    return images(page_of({"assets/a": data}, size=(facts.width, facts.height)))
