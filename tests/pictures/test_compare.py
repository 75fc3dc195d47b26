"""The comparison of images: a page that looks the same passes, and no other."""

from __future__ import annotations

from pathlib import Path

import numpy as np
from PIL import Image

from tests.pictures.compare import Compared, write_differences

WHITE = Image.new("RGB", (100, 100), "white")


def marked(width: int, grey: int = 0) -> Image.Image:
    picture = WHITE.copy()
    picture.paste((grey, grey, grey), (10, 10, 10 + width, 20))
    return picture


def test_the_same_page_is_alike() -> None:
    assert Compared("one", marked(5), marked(5)).alike


def test_a_little_noise_is_alike() -> None:
    # Every pixel differs by 0 or 1: half a step on average.
    noise = np.random.default_rng(1).integers(0, 2, (100, 100, 1))
    noisy = Image.fromarray((np.asarray(WHITE) - noise).astype(np.uint8))
    assert Compared("one", WHITE, noisy).alike


def test_a_clear_mark_is_not_alike() -> None:
    # 6 x 10 of 10,000 pixels are 0.6 %, with a difference of 30 each: 0.18 on average, but more than 0.5 % clearly.
    assert not Compared("one", WHITE, marked(6, 225)).alike
    assert Compared("one", WHITE, marked(4, 225)).alike


def test_a_tint_over_all_is_not_alike() -> None:
    assert not Compared("one", WHITE, Image.new("RGB", (100, 100), (253, 253, 253))).alike


def test_another_size_is_not_alike() -> None:
    compared = Compared("one", WHITE, WHITE.crop((0, 0, 99, 100)))
    assert not compared.alike
    assert compared.verdict == "one: 100 x 100 was expected, 99 x 100 came"


def test_the_report_shows_expected_and_actual_images(tmp_path: Path) -> None:
    report = tmp_path / "deep" / "index.html"
    write_differences(
        report, [Compared("page 3", WHITE, marked(50)), Compared("page 4", None, WHITE)]
    )
    text = report.read_text(encoding="utf-8")
    # 500 of 10,000 pixels differ by 255: 12.75 on average, 5 % clearly.
    assert "page 3: off by 12.75 on average, 5.00% of the pixels clearly" in text
    assert text.count("<figcaption>difference") == 1
    assert text.count("<img") == 3 + 1
