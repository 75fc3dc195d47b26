"""Picture bombs: small files that declare, or really have, more pixels than fit into memory."""

from __future__ import annotations

import io
import struct
import zlib
from collections.abc import Callable
from pathlib import Path
from types import SimpleNamespace
from typing import Any

import pytest
from PIL import Image

from brochure.errors import ImageError
from brochure.images.probe import MAX_PIXELS
from brochure.pdf.image_memory import Load, check_memory
from tests.cli.calling import PICTURE_LAYOUT
from tests.security.attacks import built, lay, measured, refused

SMALL = Image.new("RGB", (64, 64), (200, 30, 30))
MAX_MEMORY = 500_000_000
MEGABYTE = 1 << 20


def saved(image: Image.Image, form: str, **how: Any) -> bytes:
    out = io.BytesIO()
    image.save(out, form, **how)
    return out.getvalue()


def chunk(kind: bytes, body: bytes) -> bytes:
    return struct.pack(">I", len(body)) + kind + body + struct.pack(">I", zlib.crc32(kind + body))


def png(width: int, height: int, *chunks: bytes, colour: int = 2) -> bytes:
    head = chunk(b"IHDR", struct.pack(">IIBBBBB", width, height, 8, colour, 0, 0, 0))
    return b"\x89PNG\r\n\x1a\n" + head + b"".join(chunks) + chunk(b"IEND", b"")


def zeros(megabytes: int) -> bytes:
    """Return this number of megabytes of zeros, compressed to a thousandth.

    One megabyte is compressed and repeated (RFC 1950 and 1951): a full flush ends at a byte, and nothing after it refers to data
    before it. The lower half of the checksum is 1, and the upper half counts the bytes.
    """
    packing = zlib.compressobj(9, wbits=-zlib.MAX_WBITS)
    one = packing.compress(bytes(MEGABYTE)) + packing.flush(zlib.Z_FULL_FLUSH)
    checksum = struct.pack(">HH", megabytes * MEGABYTE % 65521, 1)
    return b"\x78\xda" + one * megabytes + b"\3\0" + checksum


def tiff(width: int, height: int, **others: tuple[int, int, int]) -> bytes:
    """A TIFF of a header alone: grey, eight bits, one strip, unless `others` (tags by number) change that."""
    entries = {
        256: (4, 1, width),
        257: (4, 1, height),
        258: (3, 1, 8),
        259: (3, 1, 1),
        262: (3, 1, 1),
    }
    entries |= {273: (4, 1, 200), 277: (3, 1, 1), 278: (4, 1, height), 279: (4, 1, width * height)}
    entries |= {int(tag.removeprefix("t")): said for tag, said in others.items()}
    body = b"".join(struct.pack("<HHII", tag, *said) for tag, said in sorted(entries.items()))
    return b"II*\0\x08\0\0\0" + struct.pack("<H", len(entries)) + body + bytes(204)


def jpeg_of(width: int, height: int, *, progressive: bool = False) -> bytes:
    data = bytearray(saved(SMALL, "JPEG", progressive=progressive))
    frame = b"\xff\xc2" if progressive else b"\xff\xc0"
    struct.pack_into(">HH", data, data.index(frame) + 5, height, width)
    return bytes(data)


def repeat_scan(times: int) -> bytes:
    """A progressive JPEG (ten scans) whose last scan is repeated."""
    data = saved(SMALL, "JPEG", progressive=True)
    last = data.rindex(b"\xff\xda")
    return data[:-2] + data[last:-2] * times + b"\xff\xd9"


PIXELS = chunk(b"IDAT", zlib.compress(bytes(64 * 193)))
FRAMES = [Image.new("L", (16, 16), at) for at in range(200)]
SEVERAL = "it contains several images; save the one to use as a separate file"
MANY = f"it has more than {MAX_PIXELS:,} pixels"


def bombs() -> dict[str, tuple[bytes, str]]:
    """Pictures, and why each is refused."""
    packed = zeros(120)
    return {
        "png-60000": (png(60000, 60000, PIXELS), MANY),
        "png-2147483647": (png(2**31 - 1, 2**31 - 1, PIXELS), MANY),
        "jpeg-60000": (jpeg_of(60000, 60000), MANY),
        "tiff-60000": (tiff(60000, 60000), MANY),
        "tiff-a-million-tiles": (
            tiff(
                16000,
                15000,
                t322=(4, 1, 16),
                t323=(4, 1, 16),
                t324=(4, 10**6, 50),
                t325=(4, 10**6, 50),
            ),
            MANY,
        ),
        "webp-16777216": (
            b"RIFF\x16\0\0\0WEBPVP8X\x0a\0\0\0\0\0\0\0" + b"\xff\xff\xff" * 2,
            MANY,
        ),
        "gif-60000": (
            b"GIF89a" + struct.pack("<HH", 60000, 60000) + bytes(20) + b";",
            "it is not a JPEG, PNG, TIFF or WebP picture or an SVG drawing",
        ),
        "png-text-bomb": (
            png(64, 64, chunk(b"zTXt", b"Comment\0\0" + packed), PIXELS),
            "its header is damaged",
        ),
        "png-profile-bomb": (
            png(64, 64, chunk(b"iCCP", b"x\0\0" + packed), PIXELS),
            "its header is damaged",
        ),
        "png-words-bomb": (
            png(64, 64, chunk(b"iTXt", b"Comment\0\1\0\0\0" + packed), PIXELS),
            "its header is damaged",
        ),
        # 121 million pixels of red, green, blue and alpha in 470 kB of file, and they are really there.
        "png-really-there": (
            png(11000, 11000, chunk(b"IDAT", zeros(462)), colour=6),
            "11000 x 11000 pixels need 1,331 MB of memory, limit 400 MB for this file",
        ),
        "jpeg-progressive": (
            jpeg_of(9000, 9000, progressive=True),
            "9000 x 9000 pixels need",
        ),
        "tiff-pages": (saved(FRAMES[0], "TIFF", save_all=True, append_images=FRAMES[1:]), SEVERAL),
        "webp-animated": (
            saved(FRAMES[0].convert("RGB"), "WEBP", save_all=True, append_images=FRAMES[1:9]),
            SEVERAL,
        ),
        "png-animated": (
            saved(FRAMES[0], "PNG", save_all=True, append_images=FRAMES[1:9]),
            SEVERAL,
        ),
        "tiff-strange-samples": (
            tiff(64, 64, t277=(3, 1, 60000)),
            "this kind of TIFF is not supported",
        ),
        "png-a-hundred-million-rows": (
            png(1, 10**8, PIXELS),
            "it has 1 x 100000000 pixels; at most",
        ),
        "png-wide": (
            png(10**5 + 1, 2, PIXELS),
            "it has 100001 x 2 pixels; at most 100,000 per side",
        ),
        "png-chunks": (
            png(64, 64, PIXELS, chunk(b"tEXt", b"") * 100_001),
            "it has more than 100,000 chunks",
        ),
        "png-padded": (
            png(64, 64, PIXELS, *[chunk(b"prVt", bytes(10 * MEGABYTE))] * 5),
            "it has more than 50 MB",
        ),
        "jpeg-scans": (repeat_scan(95), "it has more than 100 scans"),
        "jpeg-segments": (
            b"\xff\xd8" + b"\xff\xfe\0\2" * 20_001 + saved(SMALL, "JPEG")[2:],
            "it has more than 20,000 segments",
        ),
        "postscript": (
            b"%!PS-Adobe-3.0 EPSF-3.0\n",
            "it is not a JPEG, PNG, TIFF or WebP picture or an SVG drawing",
        ),
    }


def test_picture_bombs_are_refused_by_name_within_half_a_gigabyte(tmp_path: Path) -> None:
    """All in one process, so that its peak is that of the worst file."""
    reasons = {}
    for name, (data, reason) in bombs().items():
        lay(tmp_path / name, {"assets/square.jpg": data}, PICTURE_LAYOUT)
        reasons[name] = reason
    said, peak = measured(tmp_path)
    for name, reason in reasons.items():
        status, words = said[name]
        assert status == 2, name
        # Line 9 is the frame; an error in a header has the name of the file, an error while decoding has the block.
        assert words.startswith(("brochure.yaml:9:45: ", "brochure.yaml:9:38: ")), (name, words)
        assert f"assets/square.jpg cannot be used: {reason}" in words, (name, words)
    assert peak < MAX_MEMORY


def test_surplus_rows_of_a_png_are_not_read(tmp_path: Path) -> None:
    """64 x 64 pixels are declared, 120 MB are there: the rest is never decompressed. If its data would be embedded, it is
    refused."""
    data = png(64, 64, chunk(b"IDAT", zeros(120)))
    folder = lay(tmp_path, {"assets/square.jpg": data}, PICTURE_LAYOUT)
    said = refused(folder, "--target", "screen")
    assert (
        said == "brochure.yaml:9:38: assets/square.jpg cannot be used: the PNG data is incomplete"
    )


LARGE: dict[str, Callable[[], bytes]] = {
    "chunks": lambda: png(64, 64, PIXELS, chunk(b"tEXt", b"a\0b") * 9_000),
    "metadata": lambda: png(64, 64, PIXELS, chunk(b"prVt", bytes(40 * MEGABYTE))),
    "tall": lambda: saved(Image.new("RGB", (1, 65_500)), "JPEG"),
    "scans": lambda: repeat_scan(60),
    "segments": lambda: b"\xff\xd8" + b"\xff\xfe\0\2" * 9_000 + saved(SMALL, "JPEG")[2:],
}


@pytest.mark.parametrize("name", LARGE)
def test_pictures_below_the_limits_are_placed(name: str, tmp_path: Path) -> None:
    folder = lay(tmp_path, {"assets/square.jpg": LARGE[name]()}, PICTURE_LAYOUT)
    said = built(folder, "--target", "screen")
    assert "cannot be used" not in said.err


def test_a_thumbnail_is_not_a_second_picture(tmp_path: Path) -> None:
    """As cameras write it: a reduced version of the first one, according to NewSubfileType (tag 254, bit 0)."""
    whole = bytearray(
        saved(FRAMES[0], "TIFF", save_all=True, append_images=[FRAMES[1]], tiffinfo={254: 1})
    )
    folder = lay(tmp_path, {"assets/square.jpg": bytes(whole)}, PICTURE_LAYOUT)
    assert built(folder).status == 0


def test_a_picture_of_a_camera_may_fill_a_spread_unchanged() -> None:
    """24 megapixels on two A4 pages are 363 ppi and not reduced. They need 480 MB; a file of 12 MB may use 720."""
    photograph = SimpleNamespace(
        mode="RGB", format="JPEG", width=6000, height=4000, info={}, getbands=lambda: "RGB"
    )
    plain: dict[str, Any] = {
        "full": (6000, 4000),
        "turned": False,
        "smaller": False,
        "flattened": False,
    }
    check_memory(photograph, Load(file=12_000_000, **plain))
    with pytest.raises(ImageError, match="need 480 MB of memory, limit 400 MB"):
        check_memory(photograph, Load(file=600_000, **plain))


def test_a_large_photograph_is_not_refused(tmp_path: Path) -> None:
    """48 megapixels in a JPEG of a mobile phone are decoded at an eighth of the size."""
    photograph = saved(Image.effect_noise((1000, 750), 60).resize((8000, 6000)), "JPEG", quality=30)
    lay(tmp_path / "one", {"assets/square.jpg": photograph}, PICTURE_LAYOUT)
    said, peak = measured(tmp_path)
    assert said == {"one": (0, "")}
    assert peak < MAX_MEMORY


@pytest.mark.parametrize("turned", range(2, 9))
def test_pictures_are_rotated_by_their_orientation(turned: int, tmp_path: Path) -> None:
    """The orientation of a PNG is read without decoding it; the picture is placed upright nevertheless."""
    exif = Image.Exif()
    exif[0x0112] = turned
    folder = lay(tmp_path, {"assets/square.jpg": saved(SMALL, "PNG", exif=exif)}, PICTURE_LAYOUT)
    assert built(folder).status == 0
