"""Removing metadata from any JPEG leaves the picture unchanged."""

from __future__ import annotations

import io

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st
from PIL import Image

from brochure.images.jpeg import TruncatedError, read_exif, read_jpeg
from brochure.images.personal_data import find_personal_data


def saved(mode: str, **options: object) -> bytes:
    out = io.BytesIO()
    across = Image.linear_gradient("L").resize((40, 24))
    picture = Image.merge("RGB", (across, across.rotate(180), across)).convert(mode)
    picture.save(out, "JPEG", quality=90, **options)
    return out.getvalue()


PLAIN = [
    saved("RGB"),
    saved("L"),
    saved("CMYK"),
    saved("RGB", progressive=True),
    saved("RGB", restart_marker_blocks=1),
    saved("RGB", icc_profile=b"a profile" * 20000),
]
METADATA = st.tuples(
    st.sampled_from([0xE1, 0xE3, 0xE4, 0xE5, 0xE8, 0xEB, 0xEC, 0xED, 0xEF, 0xFE]),
    st.binary(max_size=60),
)


def pixels(data: bytes) -> bytes:
    return Image.open(io.BytesIO(data)).tobytes()


@given(st.sampled_from(PLAIN), st.lists(METADATA, max_size=6), st.data(), st.binary(max_size=90))
@settings(max_examples=150, deadline=None)
def test_only_what_was_added_is_removed(
    plain: bytes, added: list[tuple[int, bytes]], draw: st.DataObject, after: bytes
) -> None:
    """Segments anywhere before the scans, with fill bytes before them, and anything after the end."""
    places = [2]
    while plain[places[-1] + 1] != 0xDA:
        length = int.from_bytes(plain[places[-1] + 2 : places[-1] + 4], "big")
        places.append(places[-1] + 2 + length)
    data = plain
    for marker, body in added:
        at = draw.draw(st.sampled_from(places))
        fill = b"\xff" * draw.draw(st.integers(0, 2))
        segment = bytes([0xFF, marker]) + (len(body) + 2).to_bytes(2, "big") + body
        # Places after this one move, so segments are added from the last place to the first.
        data = data[:at] + fill + segment + data[at:]
        places = [place for place in places if place <= at]
    read = read_jpeg(data + after)
    assert read.stripped == plain
    assert len(read.metadata) == len(added)


@pytest.mark.parametrize("plain", PLAIN)
def test_a_plain_jpeg_is_left_as_it_is(plain: bytes) -> None:
    assert read_jpeg(plain).stripped == plain
    assert pixels(read_jpeg(plain + plain).stripped) == pixels(plain)


@given(st.sampled_from(PLAIN), st.integers(0, 10**6), st.binary(min_size=1, max_size=4))
@settings(max_examples=300, deadline=None)
def test_a_damaged_jpeg_is_read_or_refused(plain: bytes, at: int, damage: bytes) -> None:
    """It never raises another exception, and never returns a picture with more content than the file."""
    at = 2 + at % (len(plain) - 2)
    data = plain[:at] + damage + plain[at + len(damage) :]
    read_exif(data)
    find_personal_data(data)
    try:
        read = read_jpeg(data)
    except ValueError:
        return
    assert len(read.stripped) <= len(data) + 2
    assert read_jpeg(read.stripped).stripped == read.stripped


@given(st.sampled_from(PLAIN), st.data())
@settings(max_examples=60, deadline=None)
def test_a_jpeg_that_is_cut_off_is_named_so(plain: bytes, draw: st.DataObject) -> None:
    data = plain[: draw.draw(st.integers(2, len(plain) - 2))]
    with pytest.raises(TruncatedError):
        read_jpeg(data)
