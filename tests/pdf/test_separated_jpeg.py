"""Photographs separated in strips: the same bytes with any number of threads, and no pixel above the ink limit."""

from __future__ import annotations

import io
import threading
from collections.abc import Callable, Sequence
from concurrent.futures import ThreadPoolExecutor
from dataclasses import replace
from pathlib import Path
from typing import Any

import numpy as np
import pytest
from PIL import Image

import brochure.pdf.background_images as background
from brochure.color.image_separation import separate_image
from brochure.color.printing_condition import shipped_condition
from brochure.color.total_ink import maximum_ink
from brochure.pdf.background_images import BackgroundImages, ImageTask
from brochure.pdf.image_xobject import Stored
from brochure.pdf.separated_jpeg import Photograph, encode_separated
from brochure.pdf.ycck import encode_ycck

FOGRA = shipped_condition("coated-fogra39")
PHOTO = Path(__file__).parent.parent.parent / "assets" / "photos" / "courtroom.jpg"

STANDARD_TABLE = bytes.fromhex("ffc4 001f 00 00010501010101010100")
"""The beginning of the first standard Huffman table (ITU-T T.81, table K.3)."""

Jobs = Sequence[Callable[[], None]]


def noise(size: tuple[int, int], least: int, most: int) -> Any:
    levels = np.random.default_rng(3).integers(least, most, (size[1], size[0], 3), dtype=np.uint8)
    return Image.fromarray(levels)


def decoded(stored: Stored) -> Any:
    assert stored.entries["Filter"] == "DCTDecode"
    return Image.open(io.BytesIO(stored.data))


def test_strips_are_encoded_alike_in_any_order_and_in_threads() -> None:
    photograph = Photograph(Image.open(PHOTO).convert("RGB"), None, 93)
    counts: list[int] = []

    def backwards(jobs: Jobs) -> None:
        counts.append(len(jobs))
        for job in reversed(jobs):
            job()

    def threaded(jobs: Jobs) -> None:
        with ThreadPoolExecutor(3) as pool:
            list(pool.map(lambda job: job(), jobs))

    plain = encode_separated(photograph, FOGRA)
    assert encode_separated(photograph, FOGRA, backwards) == plain
    assert encode_separated(photograph, FOGRA, threaded) == plain
    assert counts == [5]
    whole = separate_image(photograph.image, None, FOGRA)
    assert decoded(plain).tobytes() == Image.open(io.BytesIO(encode_ycck(whole, 93))).tobytes()


@pytest.mark.parametrize("size", [(264, 240), (1003, 517)])
def test_dark_blocks_that_compression_would_make_too_heavy_are_lightened(
    size: tuple[int, int],
) -> None:
    # A light picture with dark noise in one corner, where blocks are cut off by the edges of the picture.
    image = Image.new("RGB", size, (200, 190, 180))
    dark = noise((121, 101), 0, 90)
    image.paste(dark, (size[0] - 121, size[1] - 101))
    exact = maximum_ink(separate_image(image, None, FOGRA))
    press = replace(FOGRA, ink_limit=exact - 0.1)
    # Separation alone is within the limit; compression is not.
    separated = separate_image(image, None, press)
    assert maximum_ink(separated) <= press.ink_limit
    compressed = Image.open(io.BytesIO(encode_ycck(separated, 93)))
    assert maximum_ink(compressed) > press.ink_limit + 0.05
    limited = decoded(encode_separated(Photograph(image, None, 93), press))
    assert maximum_ink(limited) <= press.ink_limit
    # Other blocks are unchanged.
    box = (0, 0, size[0] // 2, size[1] // 2)
    assert limited.crop(box).tobytes() == compressed.crop(box).tobytes()


@pytest.mark.parametrize(("quality", "has_own"), [(93, False), (60, True)])
def test_large_pictures_have_own_huffman_tables_only_if_these_save_much(
    quality: int, has_own: bool
) -> None:
    image = Image.open(PHOTO).convert("RGB")
    data = bytes(encode_separated(Photograph(image, None, quality), FOGRA).data)
    assert (STANDARD_TABLE not in data) == has_own


def converting(count: int, monkeypatch: pytest.MonkeyPatch, jobs: Jobs) -> None:
    """Distribute jobs of several simultaneous conversions, on two cores."""
    monkeypatch.setattr(background, "usable_cores", lambda: 2)

    def convert() -> Stored:
        images.share(jobs)
        return Stored({}, b"x")

    tasks = [ImageTask(str(number), 1, lambda: convert) for number in range(count)]
    images = BackgroundImages(tasks)
    images.start()
    try:
        for number in range(count):
            assert images.take(str(number)) is not None
    finally:
        images.close()


def test_an_idle_thread_takes_jobs_of_a_conversion(monkeypatch: pytest.MonkeyPatch) -> None:
    both = threading.Barrier(2, timeout=20)

    def meet() -> None:
        both.wait()

    converting(1, monkeypatch, [meet] * 2)


def test_conversions_that_fill_all_threads_finish(monkeypatch: pytest.MonkeyPatch) -> None:
    lock, done = threading.Lock(), 0

    def job() -> None:
        nonlocal done
        with lock:
            done += 1

    converting(5, monkeypatch, [job] * 20)
    assert done == 5 * 20


def test_a_job_that_fails_in_another_thread_fails_the_conversion(
    monkeypatch: pytest.MonkeyPatch,
) -> None:
    both = threading.Barrier(2, timeout=20)

    def fail() -> None:
        if both.wait():
            raise KeyError("job")

    with pytest.raises(KeyError):
        converting(1, monkeypatch, [fail] * 2)
