"""The data of pictures in artwork: its filters (ISO 32000-1, 7.4), its samples, and how it is written again."""

from __future__ import annotations

import io
from typing import Any

from brochure.artwork.model import ArtworkError
from brochure.artwork.syntax import Ref
from brochure.artwork.work import Work
from brochure.images.jpeg import read_jpeg
from brochure.pdf_input.streams import decode_stream, read_stream
from brochure.pdf_input.values import (
    damage_errors,
    get,
    get_integer,
    get_stream,
    is_number,
    read_boolean,
)

PARAMETERS = (
    *("Predictor", "Colors", "BitsPerComponent", "Columns", "K", "Rows", "DamagedRowsBeforeError"),
    *("EndOfLine", "EncodedByteAlign", "EndOfBlock", "BlackIs1", "ColorTransform"),
)
KEPT_FILTERS = ("/FlateDecode", "/DCTDecode", "/CCITTFaxDecode", "/JBIG2Decode")
DECODED_FILTERS = (
    "/FlateDecode",
    "/LZWDecode",
    "/ASCII85Decode",
    "/ASCIIHexDecode",
    "/RunLengthDecode",
)
QUALITY = 95
"""JPEG quality of pictures that were converted from lossy data."""
DAMAGED = "a picture in it is damaged; export it again"
MODES = {1: "L", 3: "RGB", 4: "CMYK"}


def split_filters(image: Any) -> list[str]:
    """Return the names of the filters of a stream, in the order in which they are undone."""
    filters = get(image, "/Filter")
    listed = filters if isinstance(filters, list) else [filters]
    return [str(one) for one in listed if isinstance(one, str)]


def copy_data(work: Work, image: Any, entries: dict[str, Any]) -> Ref:
    """Write a picture with its data unchanged, without metadata."""
    if work.is_inspected:
        return work.objects.add({})
    filters = split_filters(image)
    if len(filters) == 1 and filters[0] in KEPT_FILTERS:
        data = bytes(image._data)
        if filters[0] == "/DCTDecode":
            data = _strip_jpeg(data)
        entries["Filter"] = filters[0]
        parameters = _parameters(work, image)
        if parameters:
            entries["DecodeParms"] = parameters
        return work.objects.add_stream(entries, data, is_encoded=True)
    if all(one in DECODED_FILTERS for one in filters):
        return work.objects.add_stream(entries, _decoded(image))
    if filters[-1:] == ["/DCTDecode"] and all(one in DECODED_FILTERS for one in filters[:-1]):
        entries["Filter"] = "/DCTDecode"
        return work.objects.add_stream(entries, _strip_jpeg(_undo(image, filters)), is_encoded=True)
    if filters[-1:] == ["/CCITTFaxDecode"] or filters[-1:] == ["/JBIG2Decode"]:
        entries["Filter"] = filters[-1]
        entries["DecodeParms"] = _parameters(work, image) or {}
        return work.objects.add_stream(entries, _undo(image, filters), is_encoded=True)
    raise ArtworkError(f"a picture in it has an unknown filter ({', '.join(filters)[:60]})")


def _strip_jpeg(data: bytes) -> bytes:
    """Return a JPEG without metadata."""
    try:
        return read_jpeg(data).stripped
    except damage_errors() as failure:
        raise ArtworkError(DAMAGED) from failure


def _parameters(work: Work, image: Any) -> dict[str, Any]:
    """Return the known parameters of the last filter."""
    given = get(image, "/DecodeParms")
    if isinstance(given, list):
        given = get({"/Last": given[-1]}, "/Last") if given else None
    made: dict[str, Any] = {}
    for name in PARAMETERS:
        value = get(given, f"/{name}")
        if type(value).__name__ == "BooleanObject" or isinstance(value, bool):
            made[name] = read_boolean(value)
        elif is_number(value):
            made[name] = int(value)
    symbols = get_stream(given, "/JBIG2Globals")
    if symbols is not None:
        made["JBIG2Globals"] = work.objects.add_stream({}, read_stream(symbols))
    return made


def _decoded(image: Any) -> bytes:
    try:
        return decode_stream(image)
    except damage_errors() as failure:
        raise ArtworkError(DAMAGED) from failure


def _undo(image: Any, filters: list[str]) -> bytes:
    """Return the data with all filters but the last undone."""
    # Imported here: pypdf is large, and only artwork and PDFs of other programs need it.
    from pypdf.generic import ArrayObject, EncodedStreamObject, NameObject

    if len(filters) == 1:
        return bytes(image._data)
    stream = EncodedStreamObject()
    stream._data = image._data
    stream[NameObject("/Filter")] = ArrayObject(NameObject(one) for one in filters[:-1])
    return _decoded(stream)


def decode_samples(image: Any, count: int) -> Any:
    """Return the samples of a picture as an image of Pillow with `count` bands of 8 bits, before `/Decode` is applied."""
    filters = split_filters(image)
    size = get_integer(image, "/Width", 1), get_integer(image, "/Height", 1)
    if filters[-1:] in (["/DCTDecode"], ["/JPXDecode"]):
        return _open(_undo(image, filters), count)
    if any(one not in DECODED_FILTERS for one in filters):
        raise ArtworkError(
            f"a picture in it has a filter that cannot be converted ({filters[-1][:30]})"
        )
    bits = get_integer(image, "/BitsPerComponent", 8)
    return _from_bytes(_decoded(image), size, count, bits)


def _open(data: bytes, count: int) -> Any:
    # Imported here: most artwork has no pictures that are converted.
    from PIL import Image

    damage: Any = (*damage_errors(), Image.DecompressionBombError, SyntaxError)
    try:
        opened = Image.open(io.BytesIO(data))
        opened.load()
        image: Any = opened
        is_adobe = "adobe" in image.info
        if image.mode != MODES.get(count):
            image = image.convert(MODES.get(count, "L"))
            is_adobe = False
    except damage as failure:
        raise ArtworkError(DAMAGED) from failure
    if image.mode == "CMYK" and is_adobe:
        # Pillow inverts the CMYK of Adobe's JPEGs, which PDFs do with /Decode.
        return image.point(lambda level: 255 - level)
    return image


def _from_bytes(data: bytes, size: tuple[int, int], count: int, bits: int) -> Any:
    """Return unpacked samples of 1, 2, 4, 8 or 16 bits as levels of 8 bits, or as numbers if there are fewer."""
    from PIL import Image

    width, height = size
    row = (width * count * bits + 7) // 8
    data = data[: row * height].ljust(row * height, b"\0")
    if bits == 16:
        data = data[::2]
    elif bits in (1, 2, 4):
        data = _unpack(data, row, width * count, bits)
    elif bits != 8:
        raise ArtworkError(DAMAGED)
    if count in MODES:
        return Image.frombytes(MODES[count], size, data)
    return [Image.frombytes("L", size, data[at::count]) for at in range(count)]


def _unpack(data: bytes, row: int, samples: int, bits: int) -> bytes:
    per_byte, mask = 8 // bits, (1 << bits) - 1
    scale = 255 // mask
    table = [
        bytes((value >> (8 - bits * (at + 1)) & mask) * scale for at in range(per_byte))
        for value in range(256)
    ]
    rows = (data[at : at + row] for at in range(0, len(data), row))
    return b"".join(b"".join([table[byte] for byte in one])[:samples] for one in rows)


def encode_pixels(
    work: Work, image: Any, entries: dict[str, Any], *, lossy: bool = False, stencil: bool = False
) -> Ref:
    """Write pixels: as a JPEG if they come from lossy data, else without loss; `stencil` is a mask of 1 bit."""
    head = {key: entries[key] for key in ("Type", "Subtype")}
    made = {**(head if stencil else entries), "Width": image.width, "Height": image.height}
    if stencil:
        made |= {"ImageMask": True, "BitsPerComponent": 1}
        return work.objects.add_stream(made, image.convert("1", dither=0).tobytes())
    space = {"L": "/DeviceGray", "RGB": "/DeviceRGB", "CMYK": "/DeviceCMYK"}[image.mode]
    made |= {"ColorSpace": space, "BitsPerComponent": 8}
    if not lossy:
        return work.objects.add_stream(made, image.tobytes())
    out = io.BytesIO()
    image.save(out, "JPEG", quality=QUALITY, subsampling=0, comment=b"")
    if image.mode == "CMYK":
        made["Decode"] = [1, 0] * 4
    made["Filter"] = "/DCTDecode"
    return work.objects.add_stream(made, out.getvalue(), is_encoded=True)
