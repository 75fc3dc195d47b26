"""Find what the metadata of a picture tells about people: positions, names and serial numbers.

EXIF, XMP, IPTC and text chunks of PNG are read; values are not returned, so that a message never repeats them.
"""

from __future__ import annotations

import re
import struct
import warnings
import zlib
from collections.abc import Iterator, Mapping
from typing import Any

from brochure.images import jpeg, png
from brochure.images.pixels import open_image

GPS_DIRECTORY, EXIF_DIRECTORY = 0x8825, 0x8769
GPS_POSITION = frozenset({2, 4})
"""Latitude and longitude (EXIF 2.3, 4.6.6)."""
EXIF_FIELDS = {
    0x013B: "Artist",
    0x013C: "HostComputer",
    0x8298: "Copyright",
    0x9C9D: "XPAuthor",
    0xA430: "CameraOwnerName",
    0xA431: "BodySerialNumber",
    0xA435: "LensSerialNumber",
    0xC62F: "CameraSerialNumber",
}
"""EXIF, TIFF and DNG tags with a name or a serial number."""
MAKER_NOTE = 0x927C
XMP, IPTC, PHOTOSHOP = 700, 33723, 34377
"""TIFF tags that contain metadata of other kinds."""

IPTC_FIELDS = {
    80: "By-line",
    85: "By-line Title",
    90: "City",
    92: "Sub-location",
    110: "Credit",
    116: "Copyright Notice",
    118: "Contact",
    122: "Writer/Editor",
}
"""Datasets of record 2 of the IPTC Information Interchange Model 4.2."""
IPTC_DATASET = re.compile(rb"\x1c\x02([\x50-\x7a])([\x00-\x7f].)", re.S)

XMP_FIELDS = re.compile(
    rb"(exif:GPSLatitude|exif:GPSLongitude|dc:creator|dc:rights|photoshop:(?:AuthorsPosition|CaptionWriter|City|Credit)"
    rb"|aux:(?:OwnerName|SerialNumber|LensSerialNumber)|exifEX:(?:CameraOwnerName|BodySerialNumber|LensSerialNumber)"
    rb"|xmpRights:Owner|Iptc4xmpCore:(?:Location|CreatorContactInfo|CiEmailWork)|Iptc4xmpExt:(?:PersonInImage|LocationCreated"
    rb"|LocationShown)|mwg-rs:Name|MPReg:PersonDisplayName|tiff:Artist|xmpMM:History|inkscape:export-filename"
    rb"|sodipodi:absref)"
    rb"(?:\s*=\s*[\"'][^\"']|\s*>\s*[^<\s]|[^>]{0,300}>\s*<(?!/))"
)
"""XMP properties, and attributes of drawing programs, that have a value."""

TEXT_KEYWORDS = frozenset({"author", "artist", "copyright", "creator", "owner"})
"""Keywords of PNG text chunks (PNG 1.2, 4.2.3) whose text names a person."""
MAX_TEXT = 1_000_000
"""Bytes of a compressed text chunk that are read."""


def find_personal_data(data: bytes) -> tuple[str, ...]:
    """Return the metadata fields of an image file, or of a drawing, that tell about people; each with the kind of metadata.

    For example `('EXIF GPS position', 'IPTC By-line')`. A file that cannot be read has none.
    """
    try:
        with warnings.catch_warnings():
            warnings.simplefilter("ignore")  # Pillow warns of damaged EXIF data
            found = tuple(_fields(data))
    except FAILURES:
        return ()
    return tuple(dict.fromkeys(found))


FAILURES = (
    *(ArithmeticError, AttributeError, LookupError, OSError, SyntaxError, TypeError, ValueError),
    struct.error,
)
"""Exceptions of the imaging library on damaged metadata."""


def _fields(data: bytes) -> Iterator[str]:
    if data.startswith(jpeg.SIGNATURE):
        yield from _exif_fields(jpeg.read_exif(data))
        yield from _jpeg_fields(jpeg.read_jpeg(data))
    elif data.startswith(png.SIGNATURE):
        yield from _png_fields(data)
    elif data.startswith((b"II", b"MM", b"RIFF")):
        yield from _pillow_fields(data)
    elif b"<" in data[:100]:
        yield from _xmp_fields(data)


def _jpeg_fields(picture: jpeg.Jpeg) -> Iterator[str]:
    for segment in picture.metadata:
        if segment.marker == jpeg.EXIF_OR_XMP:
            yield from _xmp_fields(segment.body)
        if segment.marker == jpeg.PHOTOSHOP:
            yield from _photoshop_fields(segment.body)


def _png_fields(data: bytes) -> Iterator[str]:
    for kind, body in png.chunks(data):
        if kind == b"eXIf":
            yield from _exif_fields(body)
        if kind in (b"tEXt", b"zTXt", b"iTXt"):
            keyword, _, rest = body.partition(b"\0")
            yield from _text_fields(keyword.decode("latin-1"), _inflated(kind, rest))


def _text_fields(keyword: str, text: bytes) -> Iterator[str]:
    """Yield the fields of a text chunk; ImageMagick writes EXIF and IPTC as hexadecimal digits after three lines."""
    if keyword.casefold() in TEXT_KEYWORDS:
        yield f"PNG text {keyword}"
    yield from _xmp_fields(text)
    if keyword.startswith(RAW_PROFILE):
        digits = b"".join(text.strip().split()[2:])
        raw = bytes.fromhex(digits.decode("ascii"))
        yield from _exif_fields(raw if raw.startswith(jpeg.EXIF_NAME) else b"")
        yield from _photoshop_fields(raw)


RAW_PROFILE = "Raw profile type"


def _inflated(kind: bytes, rest: bytes) -> bytes:
    """Return the text of a chunk after its keyword (PNG 1.2, 4.2.3), decompressed up to a limit."""
    packed = rest[1:] if kind == b"zTXt" else rest
    if kind == b"iTXt":
        is_packed, packed = rest[:1] == b"\1", rest[2:].split(b"\0", 2)[-1]
        if not is_packed:
            return packed
    if kind == b"tEXt":
        return packed
    try:
        return zlib.decompressobj().decompress(packed, MAX_TEXT)
    except zlib.error:
        return b""


def _pillow_fields(data: bytes) -> Iterator[str]:
    """Yield the fields of a TIFF or WebP file, whose metadata Pillow reads without decoding the pixels."""
    with open_image(data) as image:
        if image.format == "TIFF":
            tags = image.tag_v2
            yield from _directory_fields(image.getexif(), "TIFF")
            yield from _xmp_fields(_as_bytes(tags.get(XMP)))
            yield from _iptc_fields(_as_bytes(tags.get(IPTC)))
            yield from _photoshop_fields(_as_bytes(tags.get(PHOTOSHOP)))
        else:
            yield from _exif_fields(bytes(image.info.get("exif", b"")))
            yield from _xmp_fields(bytes(image.info.get("xmp", b"")))


def _as_bytes(value: Any) -> bytes:
    """Return the bytes of a TIFF tag, which may be declared as one value or as several."""
    if isinstance(value, tuple):
        return b"".join(one if isinstance(one, bytes) else bytes([one & 0xFF]) for one in value)
    return value if isinstance(value, bytes) else b""


def _exif_fields(data: bytes) -> Iterator[str]:
    if not data:
        return
    # Imported on demand: a brochure without images does not need Pillow.
    from PIL import Image

    exif = Image.Exif()
    exif.load(data)
    yield from _directory_fields(exif, "EXIF")


def _directory_fields(exif: Any, kind: str) -> Iterator[str]:
    """Yield the fields of the main directory and of those that it points to."""
    if GPS_POSITION & set(exif.get_ifd(GPS_DIRECTORY)):
        yield f"{kind} GPS position"
    more: Mapping[int, Any] = exif.get_ifd(EXIF_DIRECTORY)
    for tag, name in EXIF_FIELDS.items():
        value = exif.get(tag) or more.get(tag)
        if value and str(value).strip("\0 "):
            yield f"{kind} {name}"
    if MAKER_NOTE in more:
        yield f"{kind} MakerNote"


def _photoshop_fields(data: bytes) -> Iterator[str]:
    """Yield the IPTC fields among Photoshop's image resources."""
    match = IPTC_RESOURCE.search(data)
    if match:
        size = int.from_bytes(match[1], "big")
        yield from _iptc_fields(data[match.end() : match.end() + size])


IPTC_RESOURCE = re.compile(rb"8BIM\x04\x04\x00\x00(.{4})", re.S)


def _iptc_fields(data: bytes) -> Iterator[str]:
    for dataset, length in IPTC_DATASET.findall(data):
        if dataset[0] in IPTC_FIELDS and int.from_bytes(length, "big"):
            yield f"IPTC {IPTC_FIELDS[dataset[0]]}"


def _xmp_fields(data: bytes) -> Iterator[str]:
    for match in XMP_FIELDS.finditer(data):
        yield f"XMP {match[1].decode('ascii')}"
