"""Decodes the streams of PDFs (ISO 32000-1, 7.4).

Streams with PNG prediction (7.4.4.4) are decoded by Pillow's PNG decoder, which is written in C. pypdf adds up the bytes in
Python, which takes seconds for a photograph. Other programs predict the pixels of images that they compress without loss.
"""

from __future__ import annotations

from typing import Any

from brochure.pdf_input.values import damage_errors, get, get_array, get_filters, get_integer

FLATE = ("/FlateDecode", "/Fl")
PREDICTORS = range(10, 16)
MODES = {1: "L", 2: "LA", 3: "RGB", 4: "RGBA"}
"""Modes of Pillow with as many bytes for each pixel; prediction adds up bytes, whatever they mean."""


def read_stream(stream: Any) -> bytes:
    """Return the decoded data of a stream; empty if it is none, or cannot be decoded."""
    if not hasattr(stream, "get_data"):
        return b""
    try:
        return decode_stream(stream)
    except damage_errors():
        return b""


def can_decode(stream: Any) -> bool:
    """Return whether a value is a stream whose data can be decoded."""
    if not hasattr(stream, "get_data"):
        return False
    try:
        decode_stream(stream)
    except damage_errors():
        return False
    return True


def decode_stream(stream: Any) -> bytes:
    """Return the decoded data of a stream object of pypdf.

    Raises:
        Exception: One of `damage_errors`, if it cannot be decoded.
    """
    predicted = _decode_predicted(stream)
    return bytes(stream.get_data()) if predicted is None else predicted


def _decode_predicted(stream: Any) -> bytes | None:
    """Return the data of a stream with PNG prediction and no other filter; None for other streams, and for damaged ones."""
    parameters = _find_parameters(stream)
    if get_integer(parameters, "/Predictor", 1) not in PREDICTORS:
        return None
    bits = get_integer(parameters, "/BitsPerComponent", 8) * get_integer(parameters, "/Colors", 1)
    row = (get_integer(parameters, "/Columns", 1) * bits + 7) // 8
    mode = MODES.get(max(1, bits // 8))
    if mode is None or (bits > 8 and bits % 8) or not 0 < row <= MAX_ROW:
        return None
    return _decode_rows(stream._data, row, mode)


MAX_ROW = 4_000_000
"""Bytes of the longest row; pypdf refuses longer ones."""


def _find_parameters(stream: Any) -> Any:
    """Return the parameters of the only filter, if it is Flate; else None."""
    filters = get_filters(stream)
    if len(filters) != 1 or filters[0] not in FLATE:
        return None
    several = get_array(stream, "/DecodeParms")
    return several[0] if several else get(stream, "/DecodeParms")


def _decode_rows(data: bytes, row: int, mode: str) -> bytes | None:
    # Imported here: few streams are predicted.
    from PIL import Image
    from pypdf.filters import decompress

    length = len(decompress(data))  # with pypdf's limits
    width, rows = row // len(mode), length // (row + 1)
    if not rows or length % (row + 1):
        return None
    try:
        return Image.frombytes(mode, (width, rows), data, "zip", mode, 0).tobytes()
    except (OSError, ValueError):
        return None
