"""Total ink of images, compared with the sum of the inks of every pixel."""

from __future__ import annotations

import io
import random

import numpy as np
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st
from PIL import Image, ImageChops, ImageFile

from brochure.color.rendered_ink import measure_jpeg_ink, measure_plate_ink
from brochure.color.total_ink import STRIP_PIXELS, maximum_ink, over

SIZES = st.tuples(st.integers(1, 40), st.integers(1, 40))
LEVELS = st.sampled_from((0, 1, 2, 3, 127, 128, 253, 254, 255))


def exact(image: Image.Image) -> float:
    """Return the maximum of the sums of the inks of all pixels."""
    return float(np.asarray(image, dtype=int).sum(axis=2).max()) / 255


@st.composite
def pictures(draw: st.DrawFn) -> Image.Image:
    """Draw a CMYK image: of any inks, or of few that differ by single levels, so that many sums are rounded."""
    (width, height), chance = draw(SIZES), random.Random(draw(st.integers()))
    least = draw(LEVELS)
    most = draw(st.sampled_from((least, min(255, least + 1), min(255, least + 3), 255)))
    pixels = bytes(chance.randint(least, most) for _ in range(4 * width * height))
    return Image.frombytes("CMYK", (width, height), pixels)


@settings(max_examples=200, deadline=None)
@given(pictures(), st.booleans())
def test_the_maximum_is_that_of_all_pixels(image: Image.Image, is_inverted: bool) -> None:
    plain = ImageChops.invert(image) if is_inverted else image
    assert maximum_ink(image, is_inverted=is_inverted) == exact(plain)


@settings(max_examples=200, deadline=None)
@given(pictures(), st.integers(0, 1020))
def test_the_excess_is_that_of_the_heaviest_pixel(image: Image.Image, level: int) -> None:
    assert over(image, level / 255) == max(0.0, exact(image) - level / 255)


def test_an_image_of_several_strips_is_measured_as_a_whole() -> None:
    noise = Image.merge(
        "CMYK", [Image.effect_noise((700, 600), 20 + 9 * band) for band in range(4)]
    )
    assert maximum_ink(noise) == exact(noise)
    assert maximum_ink(noise, is_inverted=True) == exact(ImageChops.invert(noise))


@pytest.mark.parametrize("at", [0.0, 0.3, 0.999])
def test_the_heaviest_pixel_is_found_wherever_it_is(at: float) -> None:
    width, height = 700, 600
    assert width * height > 4 * STRIP_PIXELS
    image = Image.new("CMYK", (width, height), (200, 201, 202, 203))
    image.putpixel((int(at * width), int(at * height)), (200, 201, 203, 203))
    assert maximum_ink(image) == 807 / 255
    assert over(image, 806 / 255) == pytest.approx(1 / 255)
    assert over(image, 807 / 255) == 0.0


@settings(max_examples=40, deadline=None)
@given(pictures(), st.booleans(), st.booleans())
def test_the_ink_of_a_jpeg_depends_on_its_marker_and_its_decode_array(
    image: Image.Image, has_adobe: bool, inverted: bool
) -> None:
    """In a PDF the samples are what is stored: Adobe's marker says only that a program stores them inverted."""
    file = io.BytesIO()
    image.save(file, "JPEG", quality=95)
    data = file.getvalue()
    if not has_adobe:
        start = data.index(b"\xff\xee")
        data = data[:start] + data[start + 2 + int.from_bytes(data[start + 2 : start + 4]) :]
    decoded = Image.open(io.BytesIO(data))
    is_as_read = has_adobe == inverted
    plain = decoded if is_as_read else ImageChops.invert(decoded)
    assert measure_jpeg_ink(data, inverted=inverted) == exact(plain)


@pytest.mark.parametrize("accepts_damage", [False, True])
def test_a_damaged_or_coloured_jpeg_has_no_ink(
    accepts_damage: bool, monkeypatch: pytest.MonkeyPatch
) -> None:
    """Another library may have told Pillow to accept damaged files."""
    monkeypatch.setattr(ImageFile, "LOAD_TRUNCATED_IMAGES", accepts_damage)
    file = io.BytesIO()
    Image.effect_noise((64, 64), 50).convert("CMYK").save(file, "JPEG")
    assert measure_jpeg_ink(file.getvalue()[:-200], inverted=False) is None
    assert measure_jpeg_ink(b"\xff\xd8", inverted=False) is None
    file = io.BytesIO()
    Image.new("RGB", (8, 8)).save(file, "JPEG")
    assert measure_jpeg_ink(file.getvalue(), inverted=False) is None


@settings(max_examples=100, deadline=None)
@given(pictures(), st.integers(1, 6))
def test_the_ink_of_a_page_is_the_sum_of_its_plates(image: Image.Image, count: int) -> None:
    bands = [*image.split(), *image.rotate(180).split()][:count]
    plates = []
    for band in bands:
        file = io.BytesIO()
        band.save(file, "TIFF")
        plates.append(file.getvalue())
    totals = sum(255 - np.asarray(band, dtype=int) for band in bands)
    assert isinstance(totals, np.ndarray)
    ink, (x, y) = measure_plate_ink(plates)
    assert ink == totals.max() / 255
    rows, columns = np.nonzero(totals == totals.max())
    assert (x, y) == (columns.min() / image.width, 1 - rows.min() / image.height)
