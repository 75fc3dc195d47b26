"""Streams with PNG prediction are decoded as pypdf does, and large ones in little time."""

from __future__ import annotations

import io
import random
import zlib
from typing import Any

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st
from PIL import Image
from pypdf.generic import (
    ArrayObject,
    DictionaryObject,
    EncodedStreamObject,
    NameObject,
    NullObject,
    NumberObject,
)

from brochure.pdf_input.streams import can_decode, read_stream
from brochure.preflight import PROFILES
from brochure.preflight.session import check_pdf_limited
from tests.artwork.pdf_files import make_pdf
from tests.quick import examples


def make_stream(
    data: bytes, columns: int, colors: int = 1, bits: int = 8, predictor: int = 15
) -> EncodedStreamObject:
    """Return a stream whose rows begin with a PNG filter."""
    stream = EncodedStreamObject()
    stream._data = zlib.compress(data, 1)
    stream[NameObject("/Filter")] = NameObject("/FlateDecode")
    values = {"Predictor": predictor, "Columns": columns, "Colors": colors}
    values["BitsPerComponent"] = bits
    stream[NameObject("/DecodeParms")] = DictionaryObject(
        {NameObject(f"/{name}"): NumberObject(value) for name, value in values.items()}
    )
    return stream


def predict(rows: int, row: int, seed: int) -> bytes:
    """Return rows of random bytes, each with a random PNG filter."""
    source = random.Random(seed)
    return b"".join(bytes([source.randrange(5)]) + source.randbytes(row) for _ in range(rows))


@given(
    columns=st.integers(1, 40),
    rows=st.integers(1, 12),
    form=st.sampled_from([(1, 8), (2, 8), (3, 8), (4, 8), (1, 16), (2, 16), (3, 16), (5, 8)]),
    seed=st.integers(0, 10**6),
)
@settings(max_examples=examples(60))
def test_predicted_streams_are_decoded_as_by_pypdf(
    columns: int, rows: int, form: tuple[int, int], seed: int
) -> None:
    colors, bits = form
    data = predict(rows, columns * colors * bits // 8, seed)
    stream = make_stream(data, columns, colors, bits)
    assert read_stream(stream) == stream.get_data()


@pytest.mark.parametrize("bits", [1, 2, 4])
def test_pixels_smaller_than_a_byte_are_predicted_by_the_byte(bits: int) -> None:
    """PNG, 9.2: the byte to the left counts, if a pixel is smaller than a byte."""
    stream = make_stream(b"\x01\x0f\x01\x10" + b"\x02\x01\x01\x01", 24 // bits, 1, bits)
    assert read_stream(stream) == bytes([0x0F, 0x10, 0x20, 0x10, 0x11, 0x21])


def test_the_rows_of_a_png_are_those_of_its_pixels() -> None:
    image = Image.effect_noise((37, 23), 90).convert("RGB")
    file = io.BytesIO()
    image.save(file, "PNG")
    data = file.getvalue()
    start = data.index(b"IDAT")
    length = int.from_bytes(data[start - 4 : start], "big")
    stream = make_stream(b"", 37, 3)
    stream._data = data[start + 4 : start + 4 + length]
    assert read_stream(stream) == image.tobytes()


def with_entries(stream: Any, **entries: Any) -> Any:
    for name, value in entries.items():
        stream[NameObject(f"/{name}")] = value
    return stream


ROWS = predict(3, 12, 1)


@pytest.mark.parametrize(
    "stream",
    [
        with_entries(make_stream(ROWS, 4, 3), Filter=ArrayObject([NameObject("/FlateDecode")])),
        with_entries(
            make_stream(ROWS, 4, 3),
            Filter=ArrayObject([NameObject("/FlateDecode")]),
            DecodeParms=ArrayObject([make_stream(ROWS, 4, 3)["/DecodeParms"]]),
        ),
        with_entries(make_stream(ROWS, 4, 3), DecodeParms=NullObject()),
        make_stream(ROWS, 4, 3, predictor=1),
        make_stream(ROWS[:-5], 4, 3),
    ],
    ids=["array", "arrays", "no parameters", "no prediction", "incomplete"],
)
def test_other_forms_are_decoded_as_by_pypdf(stream: Any) -> None:
    assert read_stream(stream) == stream.get_data()


def test_damaged_streams_have_no_data() -> None:
    unknown_filter = make_stream(b"\x07" + bytes(12), 4, 3)
    not_compressed = make_stream(ROWS, 4, 3)
    not_compressed._data = b"\x00" * 40
    for stream in (unknown_filter, not_compressed):
        assert read_stream(stream) == b""
    assert not can_decode(unknown_filter)


def test_a_large_predicted_image_is_checked_within_the_limits() -> None:
    """3,000 x 2,000 pixels of all four inks, as `Paeth` writes them; in Python that takes more than the 5 seconds allowed."""
    first = b"\x04" + b"\xff" * 4 + bytes(4 * 2_999)
    rows = zlib.compress(first + (b"\x04" + bytes(4 * 3_000)) * 1_999, 9)
    image = (
        "/Type /XObject /Subtype /Image /Width 3000 /Height 2000 /BitsPerComponent 8 /ColorSpace /DeviceCMYK"
        " /Filter /FlateDecode /DecodeParms <</Predictor 15 /Colors 4 /Columns 3000>>"
    )
    pdf = make_pdf("200 0 0 100 0 0 cm /Im Do", "/XObject <</Im 10 0 R>>", [(image, rows)])
    found = check_pdf_limited(pdf, "predicted.pdf", PROFILES["sheetfed"])
    (ink,) = (one for one in found if one.code == "ink-total")
    assert "400" in ink.message
