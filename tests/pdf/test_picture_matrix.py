"""Every kind of picture file that the imaging library opens: it is correct on screen and press, or refused with advice.

Four flat quarters are written in each form. All are placed on one page, which is rendered for the screen by pdfium and for the
press by Ghostscript; each must look like the same quarters in a plain PNG.
"""

from __future__ import annotations

import io
import struct
from collections.abc import Callable, Iterator, Mapping
from dataclasses import replace
from math import ceil
from pathlib import Path
from typing import Any

import numpy as np
import pytest
from PIL import Image, ImageCms, TiffImagePlugin

from brochure.color.matrix_profile import SRGB_CHROMATICITIES, build_matrix_profile
from brochure.color.printing_condition import shipped_condition
from brochure.errors import ImageError
from brochure.geometry import Rect
from brochure.images.probe import examine
from brochure.model.display_list import Picture, outline_rect
from brochure.pdf.ycck import encode_ycck
from brochure.prepress.edition_condition import EditionCondition
from brochure.prepress.output_conditions import PRESS, SCREEN, OutputCondition
from tests.pdf.picture_files import Samples, png, tiff
from tests.pdf.pixels import Pixels, painted, seen
from tests.programs import run

CELL, COLUMNS = 16, 12
TOLERANCE = 7
"""Tolerance of a quarter's middle in levels of 255: for colour management and JPEG at best quality."""

RGB = np.array([(200, 40, 40), (40, 160, 60), (60, 70, 180), (230, 220, 90)])
GREY = np.array([0, 85, 170, 255])
INKS = np.array([(20, 200, 180, 0), (200, 60, 200, 10), (180, 140, 20, 30), (10, 20, 160, 0)])
ALPHA = np.array([255, 128, 255, 0])
WIDE = (0.3127, 0.3290, 0.64, 0.33, 0.21, 0.71, 0.15, 0.06)


def quarters(values: Any) -> Samples:
    """Rows of pixels: the first two values above, the others below; each pixel has samples."""
    four = np.asarray(values).reshape(4, -1)
    half = CELL // 2
    return np.repeat(np.repeat(four.reshape(2, 2, -1), half, axis=0), half, axis=1)


def scaled(values: Any, bits: int) -> Samples:
    """Values of 0 to 255 with another number of bits."""
    top = (1 << bits) - 1
    kind = np.uint8 if bits <= 8 else np.uint16
    return np.round(quarters(values).astype(float) * top / 255).astype(kind)


def image(values: Any, mode: str = "RGB") -> Image.Image:
    pixels = quarters(values).astype(np.uint8)
    return Image.frombytes(mode, (CELL, CELL), pixels.tobytes())


def saved(picture: Image.Image, form: str, **options: Any) -> bytes:
    out = io.BytesIO()
    picture.save(out, form, **options)
    return out.getvalue()


BEST: dict[str, Any] = {"quality": 100, "subsampling": 0}


def exif(orientation: int) -> bytes:
    made = Image.Exif()
    made[0x0112] = orientation
    return made.tobytes()


BACK: dict[int, Image.Transpose | None] = {
    1: None,
    2: Image.Transpose.FLIP_LEFT_RIGHT,
    3: Image.Transpose.ROTATE_180,
    4: Image.Transpose.FLIP_TOP_BOTTOM,
    5: Image.Transpose.TRANSPOSE,
    6: Image.Transpose.ROTATE_90,
    7: Image.Transpose.TRANSVERSE,
    8: Image.Transpose.ROTATE_270,
}
"""How an upright picture is stored so that its orientation tag makes it upright again (EXIF 2.3, 4.6.4)."""


def stored(picture: Image.Image, orientation: int) -> Image.Image:
    turned = BACK[orientation]
    return picture.transpose(turned) if turned is not None else picture


def without(data: bytes, marker: int) -> bytes:
    """A JPEG without the first segment of this marker."""
    at = data.index(bytes([0xFF, marker]))
    return data[:at] + data[at + 2 + int.from_bytes(data[at + 2 : at + 4], "big") :]


def profile(chromaticities: tuple[float, ...] = WIDE, *, grey: bool = False) -> bytes:
    return build_matrix_profile(1 / 1.8, chromaticities, grey=grey)


def in_profile(values: Any, data: bytes, mode: str = "RGB") -> Samples:
    """Return the samples that have these sRGB colours in a profile."""
    srgb = ImageCms.createProfile("sRGB")
    target = ImageCms.ImageCmsProfile(io.BytesIO(data))
    rgb = np.repeat(np.asarray(values).reshape(4, 1), 3, 1) if mode == "L" else np.asarray(values)
    intent = ImageCms.Intent.RELATIVE_COLORIMETRIC
    flags = ImageCms.Flags.NOOPTIMIZE
    way = ImageCms.buildTransform(srgb, target, "RGB", mode, intent, flags)
    converted = way.apply(Image.frombytes("RGB", (4, 1), rgb.astype(np.uint8).tobytes()))
    return np.frombuffer(converted.tobytes(), np.uint8).reshape(4, -1)


def chromaticity_chunk(chromaticities: tuple[float, ...]) -> tuple[bytes, bytes]:
    return b"cHRM", struct.pack(">8I", *(round(one * 100000) for one in chromaticities))


def gamma_chunk(gamma: float) -> tuple[bytes, bytes]:
    return b"gAMA", struct.pack(">I", round(gamma * 100000))


def lab() -> Samples:
    """The colours in CIE L*a*b* of 8 bits, a and b with their signs (TIFF 6.0, section 23)."""
    to_lab = ImageCms.buildTransform(
        ImageCms.createProfile("sRGB"), ImageCms.createProfile("LAB"), "RGB", "LAB"
    )
    made = to_lab.apply(Image.frombytes("RGB", (4, 1), RGB.astype(np.uint8).tobytes()))
    return np.frombuffer(made.tobytes(), np.uint8).reshape(4, 3)


# The forms, by their expected appearance


def colours() -> Iterator[tuple[str, bytes]]:
    plain = image(RGB)
    yield "jpeg", saved(plain, "JPEG", **BEST)
    yield "jpeg progressive", saved(plain, "JPEG", progressive=True, **BEST)
    yield "jpeg with a film behind it", saved(plain, "JPEG", **BEST) + b"ftypmp42" + bytes(9000)
    yield (
        "jpeg of several pictures",
        saved(plain, "MPO", save_all=True, append_images=[plain.resize((8, 8)).rotate(90)], **BEST),
    )
    adobe = saved(plain, "JPEG", keep_rgb=True, **BEST)
    yield "jpeg in rgb", adobe
    yield "jpeg in rgb without marker", without(adobe, 0xEE)
    wide = image(in_profile(RGB, profile()))
    for form, options in (("JPEG", BEST), ("PNG", {}), ("TIFF", {}), ("WEBP", {"lossless": True})):
        yield f"{form} with a profile", saved(wide, form, icc_profile=profile(), **options)
    for turned in range(1, 9):
        way = stored(plain, turned)
        yield f"jpeg turned {turned}", saved(way, "JPEG", exif=exif(turned), **BEST)
        yield f"png turned {turned}", saved(way, "PNG", exif=exif(turned))
        yield f"webp turned {turned}", saved(way, "WEBP", exif=exif(turned), lossless=True)
        tags = np.asarray(way)
        yield f"tiff turned {turned}", tiff(tags, (8, 8, 8), 2, t274=turned)
    yield "webp", saved(plain, "WEBP", lossless=True)
    for bits in (8, 16):
        yield f"png rgb {bits}", png(scaled(RGB, bits), bits, 2)
    indices, palette = np.array([1, 0, 3, 2]), RGB[[1, 0, 3, 2]].astype(np.uint8).tobytes()
    for bits in (2, 4, 8):
        yield f"png palette {bits}", png(quarters(indices), bits, 3, (b"PLTE", palette))
    linear = in_profile(RGB, build_matrix_profile(1.0, SRGB_CHROMATICITIES, grey=False))
    yield "png gamma", png(quarters(linear), 8, 2, gamma_chunk(1.0))
    other = in_profile(RGB, build_matrix_profile(0.45455, WIDE, grey=False))
    yield (
        "png chromaticities",
        png(quarters(other), 8, 2, gamma_chunk(0.45455), chromaticity_chunk(WIDE)),
    )
    yield (
        "png srgb before gamma",
        png(scaled(RGB, 8), 8, 2, (b"sRGB", b"\0"), gamma_chunk(1.0), chromaticity_chunk(WIDE)),
    )
    yield "png srgb code points", png(scaled(RGB, 8), 8, 2, (b"cICP", bytes((1, 13, 0, 1))))
    for compression in ("tiff_lzw", "tiff_adobe_deflate", "packbits"):
        yield f"tiff {compression}", saved(plain, "TIFF", compression=compression)
    yield "tiff jpeg", saved(plain, "TIFF", compression="jpeg", quality=100)


def greys() -> Iterator[tuple[str, bytes]]:
    plain = image(GREY, "L")
    yield "jpeg grey", saved(plain, "JPEG", **BEST)
    for bits in (2, 4, 8, 16):
        yield f"png grey {bits}", png(scaled(GREY, bits), bits, 0)
    linear = in_profile(GREY, build_matrix_profile(1.0, (), grey=True), "L")
    yield "png grey gamma", png(quarters(linear), 8, 0, gamma_chunk(1.0))
    other = in_profile(GREY, profile(grey=True), "L")
    yield (
        "tiff grey with a profile",
        saved(image(other, "L"), "TIFF", icc_profile=profile(grey=True)),
    )
    deep = Image.frombytes("I;16", (CELL, CELL), scaled(GREY, 16).astype("<u2").tobytes())
    yield "tiff grey 16 packed", saved(deep, "TIFF", compression="tiff_adobe_deflate")
    opaque = np.dstack([scaled(GREY, 16), scaled([255] * 4, 16)])
    yield "png grey alpha 16", png(opaque, 16, 4)


def clear() -> Iterator[tuple[str, bytes]]:
    """Colours, of which one is half transparent and one fully transparent."""
    both = np.concatenate([RGB, ALPHA[:, None]], axis=1)
    yield "webp alpha", saved(image(both, "RGBA"), "WEBP", lossless=True, exact=True)
    for bits in (8, 16):
        yield f"png alpha {bits}", png(scaled(both, bits), bits, 6)
        yield f"tiff alpha {bits}", tiff(scaled(both, bits), (bits,) * 4, 2, t338=2)
        times = np.concatenate([RGB * ALPHA[:, None] / 255, ALPHA[:, None]], axis=1)
        yield f"tiff premultiplied {bits}", tiff(scaled(times, bits), (bits,) * 4, 2, t338=1)
    yield "tiff alpha packed", saved(image(both, "RGBA"), "TIFF", compression="tiff_lzw")
    palette = (
        (b"PLTE", RGB.astype(np.uint8).tobytes()),
        (b"tRNS", ALPHA.astype(np.uint8).tobytes()),
    )
    yield "png palette alpha", png(quarters(range(4)), 8, 3, *palette)


def keyed() -> Iterator[tuple[str, bytes]]:
    """Greys, of which the third is transparent."""
    for bits in (2, 4, 8):
        key = struct.pack(">H", int(scaled(GREY, bits)[-1, 0, 0]))
        yield f"png grey key {bits}", png(scaled(GREY, bits), bits, 0, (b"tRNS", key))
    alpha = np.stack([GREY, [255, 255, 0, 255]], axis=1)
    yield "tiff grey alpha", tiff(scaled(alpha, 8), (8, 8), 1, t338=2)
    for bits in (8, 16):
        yield f"png grey alpha {bits}", png(scaled(alpha, bits), bits, 4)


def inks() -> Iterator[tuple[str, bytes]]:
    plain = image(INKS, "CMYK")
    jpeg = saved(plain, "JPEG", **BEST)
    yield "jpeg inks", jpeg
    yield "jpeg inks without marker", without(jpeg, 0xEE)
    yield "jpeg inks turned", saved(stored(plain, 6), "JPEG", exif=exif(6), **BEST)
    yield "jpeg ycck", encode_ycck(plain, 100)
    for bits in (8, 16):
        yield f"tiff inks {bits}", tiff(scaled(INKS, bits), (bits,) * 4, 5)
    yield "tiff inks lzw", saved(plain, "TIFF", compression="tiff_lzw")


def black_and_white() -> Iterator[tuple[str, bytes]]:
    plain = image([0, 255, 255, 0], "L").convert("1")
    yield "png of one bit", saved(plain, "PNG")
    for compression in ("raw", "group3", "group4"):
        yield f"tiff of one bit {compression}", saved(plain, "TIFF", compression=compression)


def two_colours() -> Iterator[tuple[str, bytes]]:
    palette = (b"PLTE", RGB[:2].astype(np.uint8).tobytes())
    yield "png palette 1", png(quarters([0, 1, 0, 1]), 1, 3, palette)


# The forms in the table of Pillow's TIFF reader


LEVELS = {2: RGB, 5: INKS, 0: 255 - GREY, 1: GREY}


def tables() -> Iterator[tuple[str, str, bytes, bool]]:
    """For each kind of TIFF in Pillow's table: its expected appearance, its name, a file of that kind, and whether it is refused.

    Refused are signed, floating-point and 32-bit samples, YCbCr without JPEG compression, and bits in reverse order, except of
    pictures of one bit.
    """
    for (order, photometric, formats, fill, bits, extra), _ in TiffImagePlugin.OPEN_INFO.items():
        looks, samples = _samples(photometric, formats[0], bits, extra)
        more = {"t338": extra} if extra else {}
        more |= {"t339": formats * len(bits)} if formats != (1,) else {}
        if photometric == 3:
            count = 1 << bits[0]
            palette = np.zeros((3, count), int)
            palette[:, : min(4, count)] = RGB.T[:, : min(4, count)] * 257
            more["t320"] = tuple(int(one) for one in palette.ravel())
        byte_order = "<" if order == b"II" else ">"
        data = tiff(samples, bits, photometric, byte_order, fill=fill, **more)
        refused = formats != (1,) or bits[0] == 32 or (photometric == 6 and len(bits) == 3)
        refused |= fill == 2 and not (bits == (1,) and photometric < 2)
        yield (
            looks,
            f"tiff {byte_order}{photometric} {formats} {fill} {bits} {extra}",
            data,
            refused,
        )


def _samples(photometric: int, form: int, bits: tuple[int, ...], extra: Any) -> tuple[str, Samples]:
    """Return the expected appearance of a kind of TIFF, and its samples; extra samples are opaque, or arbitrary if they have no
    meaning."""
    if photometric == 3:
        values, looks = np.array([0, 1, 2, 3] if bits[0] > 1 else [0, 1, 0, 1]), "colours"
        looks = looks if bits[0] > 1 else "two colours"
        samples = quarters(values)
    elif photometric == 8:
        samples, looks = quarters(lab()), "colours"
    elif photometric == 6:
        grey = len(bits) == 1
        looks = "greys" if grey else "colours"
        samples = quarters(GREY) if grey else np.asarray(image(RGB).convert("YCbCr"))
    else:
        looks = {0: "greys", 1: "greys", 2: "colours", 5: "inks"}[photometric]
        values = LEVELS[photometric]
        if bits[0] == 1:
            looks, values = (
                "black and white",
                np.array([0, 255, 255, 0]) ^ (255 * (1 - photometric)),
            )
        samples = scaled(values, bits[0]) if bits[0] < 32 else quarters(values)
    missing = len(bits) - samples.shape[2]
    meanings = (*extra, *(2,) * (missing - len(extra)))
    for meaning in meanings if missing else ():
        level = 77 if meaning == 0 else (1 << bits[0]) - 1
        samples = np.dstack([samples, np.full((CELL, CELL), level, samples.dtype)])
    kind = {1: "u", 2: "i", 3: "f"}[form]
    return looks, samples.astype(f"{kind}{max(1, bits[0] // 8)}" if bits[0] != 12 else "u2")


# Pages with the files


FORMS: dict[str, Callable[[], Iterator[tuple[str, bytes]]]] = {
    "colours": colours,
    "greys": greys,
    "clear": clear,
    "keyed": keyed,
    "inks": inks,
    "black and white": black_and_white,
    "two colours": two_colours,
}
PLAIN: Mapping[str, bytes] = {
    "colours": png(quarters(RGB), 8, 2),
    "greys": png(quarters(GREY), 8, 0),
    "clear": saved(image(np.concatenate([RGB, ALPHA[:, None]], axis=1), "RGBA"), "PNG"),
    "keyed": saved(image(np.stack([GREY, [255, 255, 0, 255]], axis=1), "LA"), "PNG"),
    "inks": saved(image(INKS, "CMYK"), "TIFF"),
    "black and white": png(quarters([0, 255, 255, 0]), 8, 0),
    "two colours": png(quarters(RGB[[0, 1, 0, 1]]), 8, 2),
}
FOGRA = shipped_condition("coated-fogra39")
BEST_SCREEN = replace(SCREEN, quality=100)
CONDITIONS: dict[str, OutputCondition] = {
    "screen": BEST_SCREEN,
    "screen of a press": BEST_SCREEN.on(EditionCondition(FOGRA)),
    "press": PRESS.on(EditionCondition(FOGRA)),
}


def page(files: Mapping[str, bytes], condition: OutputCondition) -> bytes:
    """Return a page with all files in a grid."""
    rows = ceil(len(files) / COLUMNS)
    items = []
    for at, (name, data) in enumerate(files.items()):
        place = Rect(at % COLUMNS * CELL, (rows - 1 - at // COLUMNS) * CELL, CELL, CELL)
        facts = examine(data)
        items.append(Picture(place, name, (facts.width, facts.height), (outline_rect(place),)))
    return painted(items, (COLUMNS * CELL, rows * CELL), files, condition)


def cells(shown: Pixels, count: int) -> list[Samples]:
    """Return the middles of the four quarters of each file."""
    return [_middles(shown, at % COLUMNS * CELL, at // COLUMNS * CELL) for at in range(count)]


def _middles(shown: Pixels, x: int, y: int) -> Samples:
    near, far = CELL // 4, 3 * CELL // 4
    pixels = [shown[y + down, x + across] for down in (near, far) for across in (near, far)]
    return np.array(pixels).astype(int)


def seen_by_ghostscript(pdf: bytes, folder: Path) -> Pixels:
    """Render the first page with Ghostscript and its output intent."""
    (folder / "page.pdf").write_bytes(pdf)
    run(
        *("gs", "-q", "-dNOPAUSE", "-dBATCH", "-dSAFER", "-sDEVICE=png16m", "-r72"),
        f"-sOutputFile={folder / 'page.png'}",
        str(folder / "page.pdf"),
    )
    return np.asarray(Image.open(folder / "page.png").convert("RGB"), dtype=np.uint8)


def differences(
    files: Mapping[str, tuple[str, bytes]], condition: OutputCondition, folder: Path
) -> dict[str, int]:
    """Return the maximum difference of each file from its plain form; files without a difference are omitted."""
    placed = {f"assets/{name}": data for name, data in PLAIN.items()}
    placed |= {f"assets/{name}.": data for name, (_, data) in files.items()}
    pdf = page(placed, condition)
    shown = seen_by_ghostscript(pdf, folder) if condition.inks else seen(pdf)
    every = cells(shown, len(placed))
    plain = dict(zip(PLAIN, every, strict=False))
    found = {
        name: int(np.abs(cell - plain[looks]).max())
        for (name, (looks, _)), cell in zip(files.items(), every[len(PLAIN) :], strict=True)
    }
    return {name: most for name, most in found.items() if most > TOLERANCE}


@pytest.mark.parametrize("condition", CONDITIONS)
def test_every_form_looks_like_its_plain_form(condition: str, tmp_path: Path) -> None:
    files = {name: (looks, data) for looks, made in FORMS.items() for name, data in made()}
    assert len(files) > 70
    assert differences(files, CONDITIONS[condition], tmp_path) == {}


def test_plain_forms_have_the_colours_that_were_written() -> None:
    shown = cells(seen(page(PLAIN, SCREEN)), len(PLAIN))
    by_name = dict(zip(PLAIN, shown, strict=True))
    assert np.abs(by_name["colours"] - RGB).max() <= 1
    assert np.abs(by_name["greys"] - GREY[:, None]).max() <= 1
    over_white = (RGB * ALPHA[:, None] + 255 * (255 - ALPHA[:, None])) / 255
    assert np.abs(by_name["clear"] - over_white).max() <= 2
    assert np.abs(by_name["keyed"] - np.array([0, 85, 255, 255])[:, None]).max() <= 1
    on_press = cells(seen(page(PLAIN, CONDITIONS["screen of a press"])), len(PLAIN))
    wanted = to_rgb(INKS)
    assert np.abs(dict(zip(PLAIN, on_press, strict=True))["inks"] - wanted).max() <= 3


def to_rgb(levels: Samples) -> Samples:
    """Convert inks of the press to sRGB with LittleCMS."""
    press = ImageCms.ImageCmsProfile(io.BytesIO(FOGRA.profile.data))
    intent = ImageCms.Intent.RELATIVE_COLORIMETRIC
    flags = ImageCms.Flags.BLACKPOINTCOMPENSATION
    srgb = ImageCms.createProfile("sRGB")
    way = ImageCms.buildTransform(press, srgb, "CMYK", "RGB", intent, flags)
    picture = Image.frombytes("CMYK", (4, 1), levels.astype(np.uint8).tobytes())
    return np.frombuffer(way.apply(picture).tobytes(), np.uint8).reshape(4, 3).astype(int)


def refusal(data: bytes) -> str:
    """Return why a file is refused; empty if it is not."""
    try:
        examine(data)
    except ImageError as reason:
        return str(reason)
    return ""


@pytest.mark.parametrize("condition", ["screen", "press"])
def test_every_tiff_of_the_table_is_right_or_refused(condition: str, tmp_path: Path) -> None:
    every = list(tables())
    wrong = [name for _, name, data, refused in every if ("save it" in refusal(data)) != refused]
    assert wrong == []
    files = {name: (looks, data) for looks, name, data, refused in every if not refused}
    assert len(files) > 80
    assert differences(files, CONDITIONS[condition], tmp_path) == {}


FLOAT = quarters(GREY).astype(np.float32) / 255
HALF = quarters(GREY).astype(np.float16)
REFUSED: dict[str, tuple[bytes, str]] = {
    "float": (tiff(FLOAT, (32,), 1, t339=3), "floating-point"),
    "half float": (tiff(HALF, (16,), 1, t339=3), "not supported"),
    "signed": (tiff(quarters(GREY).astype(np.int16), (16,), 1, t339=2), "signed numbers"),
    "signed bytes": (tiff(quarters(GREY // 2).astype(np.int8), (8,), 1, t339=2), "signed"),
    "32 bits": (tiff(quarters(GREY).astype(np.uint32), (32,), 1), "32 bits"),
    "inks and alpha": (
        tiff(np.dstack([scaled(INKS, 8), scaled(ALPHA, 8)]), (8,) * 5, 5, t338=2),
        "CMYK without alpha",
    ),
    "spot inks": (tiff(scaled(INKS, 8), (8,) * 4, 5, t332=2), "its inks are not cyan"),
    "ycbcr": (tiff(scaled(RGB, 8), (8,) * 3, 6), "YCbCr without JPEG compression"),
    "grey of 16 bits with a key": (
        png(scaled(GREY, 16), 16, 0, (b"tRNS", b"\0\0")),
        "16 bits per channel and a transparent colour",
    ),
    "colours of 16 bits with a key": (
        png(scaled(RGB, 16), 16, 2, (b"tRNS", bytes(6))),
        "16 bits per channel and a transparent colour",
    ),
    "high dynamic range": (
        png(scaled(RGB, 16), 16, 2, (b"cICP", bytes((9, 16, 0, 1)))),
        "its colours are not sRGB",
    ),
}


@pytest.mark.parametrize("name", REFUSED)
def test_unsupported_files_are_refused_with_advice(name: str) -> None:
    data, reason = REFUSED[name]
    with pytest.raises(ImageError, match=reason) as refusal:
        examine(data)
    assert "save it" in str(refusal.value)


def test_a_jpeg_of_12_bits_is_refused() -> None:
    data = bytearray(saved(image(RGB), "JPEG"))
    data[data.index(b"\xff\xc0") + 4] = 12
    with pytest.raises(ImageError, match="this kind of JPEG is not supported; save it"):
        examine(bytes(data))


def test_a_truncated_picture_followed_by_a_complete_one_is_refused() -> None:
    """The end of the second picture is not the end of the first, which is cut off within its segments."""
    whole = saved(image(RGB), "JPEG")
    with pytest.raises(ImageError, match="truncated"):
        examine(whole[: whole.index(b"\xff\xda")] + b"\xff\xfe\xff\xff" + whole)
