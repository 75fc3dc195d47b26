"""The sample brochure, read by other programs: the text of its copy in order in every reader; its boxes, fonts and pictures."""

from __future__ import annotations

import io
import re
from collections import Counter
from pathlib import Path

import pypdf
import pytest

from brochure.model.display_list import GlyphRun
from tests.programs import run
from tests.readback.readers import READERS
from tests.readback.sample import sample, sample_pages
from tests.readback.test_document import MM, boxes_of
from tests.readback.test_text import spaced, unspaced


def test_the_press_file_is_small() -> None:
    # Five paintings, most of them on a whole page with bleed at 340 pixels per inch.
    assert len(sample()) < 13_000_000


# pypdf joins a title to smaller text that begins less than 0.8 em below it; the next test compares without spaces.
@pytest.mark.parametrize("reader", sorted(READERS.keys() - {"pypdf"}))
def test_every_word_of_the_copy_is_extracted(reader: str, tmp_path: Path) -> None:
    got = Counter(letters(READERS[reader](sample(), tmp_path)))
    for story in sample_pages().edition.stories.values():
        if is_printed(story.key):
            for paragraph in story.paragraphs:
                words = "".join(piece.text for piece in paragraph)
                missing = Counter(letters(words)) - got
                assert not missing, f"{story.key}: {missing}"


@pytest.mark.parametrize("reader", ["mupdf", "pypdf"])
def test_every_message_is_extracted_completely(reader: str, tmp_path: Path) -> None:
    got = unspaced(READERS[reader](sample(), tmp_path))
    for story in sample_pages().edition.stories.values():
        if is_printed(story.key):
            for paragraph in story.paragraphs:
                words = unspaced("".join(piece.text for piece in paragraph))
                assert words in got, story.key


def is_printed(key: str) -> bool:
    """Whether a message is printed on a page; alternative texts and metadata are not."""
    pages = sample_pages().pages
    words = "".join(
        item.glyphs.text for page in pages for item in page.items if isinstance(item, GlyphRun)
    )
    story = sample_pages().edition.stories[key]
    return all(
        unspaced("".join(piece.text for piece in paragraph)) in unspaced(words)
        for paragraph in story.paragraphs
    )


def letters(text: str) -> list[str]:
    """The letters of a text without quotation marks around words; hyphenated words are joined."""
    return re.findall(r"\w+", spaced(text))


def test_most_messages_are_printed() -> None:
    keys = list(sample_pages().edition.stories)
    assert sum(map(is_printed, keys)) > 0.6 * len(keys)


def test_the_sample_is_trimmed_to_a5(tmp_path: Path) -> None:
    path = tmp_path / "sample.pdf"
    path.write_bytes(sample())
    boxes = boxes_of(run("pdfinfo", "-box", path))
    # 148 x 210 mm with 3 mm of bleed on every edge.
    trim = (3 * MM, 3 * MM, 151 * MM, 213 * MM)
    assert boxes["TrimBox"] == pytest.approx(trim, abs=0.01)
    assert boxes["MediaBox"] == pytest.approx((0, 0, 154 * MM, 216 * MM), abs=0.01)
    assert boxes["BleedBox"] == boxes["MediaBox"]


def test_the_sample_has_twelve_pages_and_an_outline() -> None:
    reader = pypdf.PdfReader(io.BytesIO(sample()))
    assert len(reader.pages) == 12
    assert reader.outline


@pytest.mark.parametrize("condition", ["press", "screen"])
def test_no_font_of_the_sample_is_left_out(condition: str, tmp_path: Path) -> None:
    path = tmp_path / "sample.pdf"
    path.write_bytes(sample(condition))
    rows = run("pdffonts", path).splitlines()[2:]
    assert rows
    assert {tuple(row.split()[-5:-2]) for row in rows} == {("yes", "yes", "yes")}


@pytest.mark.parametrize(("condition", "most"), [("press", 450), ("screen", 180)])
def test_no_picture_exceeds_the_resolution_of_the_target(
    condition: str, most: int, tmp_path: Path
) -> None:
    path = tmp_path / "sample.pdf"
    path.write_bytes(sample(condition))
    rows = [row.split() for row in run("pdfimages", "-list", path).splitlines()[2:]]
    assert rows
    for row in rows:
        # ... object ID x-ppi y-ppi size ratio
        assert max(int(row[12]), int(row[13])) <= most + 1
