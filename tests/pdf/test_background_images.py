"""Images converted in threads: the same bytes, the same errors, within the memory limit."""

from __future__ import annotations

import json
import threading
import time
from collections.abc import Callable

import pytest
from PIL import ImageFile

import brochure.pdf.background_images as background
import brochure.pdf.resources as resources
from brochure.api import build
from brochure.errors import InputError
from brochure.pdf.background_images import (
    BYTES_PER_PIXEL,
    MAX_MEMORY,
    BackgroundImages,
    ImageTask,
    can_convert_in_background,
)
from brochure.pdf.image_xobject import Stored
from brochure.pdf.images import convert
from brochure.prepress.output_conditions import CONDITIONS, PRESS
from brochure.project import MemoryProject
from brochure.system import cores
from tests.pdf.test_pictures import encoded, quarters

LAYOUT = """\
brochure: many
size: A5
binding: none
source-language: en
pages:
"""
COUNT = 8


def project(broken: int = -1) -> MemoryProject:
    """A page for each picture, of which one may be damaged."""
    files = {"content/en.yaml": json.dumps({"title": "x"}).encode()}
    layout = LAYOUT
    for number in range(COUNT):
        name = f"{number}.jpg" if number % 3 else f"{number}.png"
        picture = quarters().rotate(90 * (number % 4)).resize((200 + number, 160))
        data = encoded(picture, "JPEG" if number % 3 else "PNG")
        files[f"assets/{name}"] = data[: len(data) // 2] + data[-9:] if number == broken else data
        layout += f"  - frames: {{a: {{at: margins, content: {{image: {name}, alt: none, height: 40 mm}}}}}}\n"
    return MemoryProject({**files, "brochure.yaml": layout.encode()})


@pytest.fixture(autouse=True)
def strict_files(monkeypatch: pytest.MonkeyPatch) -> None:
    """WeasyPrint, which other tests import, lets Pillow accept damaged files."""
    monkeypatch.setattr(ImageFile, "LOAD_TRUNCATED_IMAGES", False)


def with_cores(count: int, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(background, "usable_cores", lambda: count)
    resources.IMAGES.recent.clear()


@pytest.mark.parametrize("target", CONDITIONS)
def test_the_file_is_the_same_with_any_number_of_cores(
    target: str, monkeypatch: pytest.MonkeyPatch
) -> None:
    pdfs = []
    for count in (1, 2, 5):
        with_cores(count, monkeypatch)
        pdfs.append(build(project(), CONDITIONS[target].checked("off")).pdf)
    assert pdfs[0]
    assert pdfs[1] == pdfs[2] == pdfs[0]


def test_pictures_are_converted_in_other_threads_and_each_once(
    monkeypatch: pytest.MonkeyPatch,
) -> None:
    with_cores(2, monkeypatch)
    threads: list[str] = []

    def recording(*arguments: object) -> Stored:
        threads.append(threading.current_thread().name)
        return convert(*arguments)  # type: ignore[arg-type]

    monkeypatch.setattr(resources, "convert", recording)
    made = project()
    build(made, PRESS.checked("off"))
    assert len(threads) == COUNT
    assert threading.main_thread().name not in threads
    build(made, PRESS.checked("off"))
    assert len(threads) == COUNT


@pytest.mark.parametrize("broken", [0, 6])
def test_a_damaged_picture_is_reported_as_without_threads(
    broken: int, monkeypatch: pytest.MonkeyPatch
) -> None:
    result = []
    for count in (1, 4):
        with_cores(count, monkeypatch)
        with pytest.raises(InputError) as wrong:
            build(project(broken), PRESS.checked("off"))
        result.append([str(finding) for finding in wrong.value.findings])
    assert result[0] == result[1]
    assert result[0]


def task(number: int, pixels: int, convert: Callable[[], Stored]) -> ImageTask:
    return ImageTask(str(number), pixels, lambda: convert)


def test_conversions_share_a_bounded_amount_of_memory(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(background, "usable_cores", lambda: 8)
    lock, running, most = threading.Lock(), 0, 0
    third = MAX_MEMORY // BYTES_PER_PIXEL // 3

    def convert() -> Stored:
        nonlocal running, most
        with lock:
            running += 1
            most = max(most, running)
        time.sleep(0.02)
        with lock:
            running -= 1
        return Stored({}, b"x")

    images = BackgroundImages(task(number, third, convert) for number in range(12))
    images.start()
    assert all(images.take(str(number)) for number in range(12))
    images.close()
    assert most == 3
    most = 0
    # An image that needs more than the limit is converted alone.
    images = BackgroundImages(task(number, 9 * third, convert) for number in range(4))
    images.start()
    assert all(images.take(str(number)) for number in range(4))
    images.close()
    assert most == 1


def test_few_files_are_read_in_advance(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(background, "usable_cores", lambda: 2)
    prepared: list[int] = []

    def prepare(number: int) -> Callable[[], None]:
        return lambda: prepared.append(number)

    images = BackgroundImages(ImageTask(str(one), 1, prepare(one)) for one in range(500))
    images.start()
    assert prepared == list(range(6))
    images.skip("0")
    images.skip("3")
    assert prepared == list(range(8))
    images.skip("499")
    for number in range(499):
        images.skip(str(number))
    assert prepared == list(range(499))  # 499 was drawn before it was reached


def test_errors_in_a_thread_are_raised_by_the_drawing(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(background, "usable_cores", lambda: 2)

    def fail() -> Stored:
        raise InputError([])

    images = BackgroundImages([task(0, 1, fail)])
    images.start()
    assert images.take("0") is None
    assert images.take("unknown") is None
    images.close()


def test_other_settings_of_the_library_are_left_alone(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(cores, "usable_cores", lambda: 2)
    assert can_convert_in_background()
    monkeypatch.setattr(ImageFile, "LOAD_TRUNCATED_IMAGES", True)
    assert not can_convert_in_background()
    monkeypatch.setattr(ImageFile, "LOAD_TRUNCATED_IMAGES", False)
    monkeypatch.setattr(cores, "usable_cores", lambda: 1)
    assert not can_convert_in_background()


def test_threads_run_before_the_first_conversion(monkeypatch: pytest.MonkeyPatch) -> None:
    """One that gets no memory while it starts would be waited for without end."""
    monkeypatch.setattr(background, "usable_cores", lambda: 5)
    before, running = threading.active_count(), []

    def convert() -> Stored:
        running.append(threading.active_count() - before)
        return Stored({}, b"x")

    images = BackgroundImages([task(0, 1, convert)])
    images.start()
    assert images.take("0")
    images.close()
    assert running == [5]


def test_without_memory_for_threads_pages_convert_their_pictures(
    monkeypatch: pytest.MonkeyPatch,
) -> None:
    with_cores(1, monkeypatch)
    expected = build(project(), PRESS.checked("off")).pdf

    def lack() -> None:
        raise MemoryError

    with_cores(4, monkeypatch)
    monkeypatch.setattr(background, "require_thread", lack)
    assert build(project(), PRESS.checked("off")).pdf == expected
