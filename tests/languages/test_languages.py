"""Every language of the list is set without a missing glyph, and four readers extract its text."""

from __future__ import annotations

import io
import re
import unicodedata
from collections import Counter
from collections.abc import Mapping
from functools import lru_cache
from pathlib import Path

import pypdf
import pypdfium2
import pytest

from brochure.model.display_list import GlyphRun, Page
from brochure.typeset.script_rules import script_of_language
from tests import programs
from tests.languages.edition import FALLBACK, articles, folder, made, pdf

LISTED = [
    *("en", "fr", "es", "pt", "de", "nl", "it", "pl", "cs", "hu", "tr", "vi", "id", "fil", "ceb", "sw", "yo", "ig", "ha", "ak"),
    *("rw", "lg", "am", "ar", "fa", "ur", "he", "hi", "bn", "ta", "te", "kn", "ml", "mr", "ne", "si", "th", "lo", "km", "my"),
    *("zh-Hans", "zh-Hant", "ja", "ko", "el", "ru", "ka", "hy"),
]  # fmt: skip
LEFTWARD = ("ar", "fa", "ur", "he")
RAGGED = {"ta", "kn", "ml", "my", "ka"}
"""Languages with words so long that 9 pt on 90 mm cannot be justified: they are set ragged with a note."""

DIRECTIONS = re.compile("[\u200e\u200f\u202a-\u202e\u2066-\u2069]")
DIVIDED = re.compile("[\u00ad\ufffe]\\s*")


def test_all_are_there() -> None:
    assert list(articles()) == LISTED


@pytest.mark.parametrize("tag", LISTED)
def test_no_glyph_is_missing(tag: str) -> None:
    one = made()[tag]
    # Some of the articles have justified lines that are looser than their style allows.
    codes = [finding.code for finding in one.findings if finding.code != "line-loose"]
    assert codes == (["justify-loose"] if tag in RAGGED else [])
    for run in runs(one.page):
        assert 0 not in run.glyphs.ids, run.glyphs.text


@pytest.mark.parametrize("tag", LISTED)
def test_each_is_in_its_own_face(tag: str) -> None:
    # The first words are in the face that the layout names for the script; Noto Sans has Latin, Cyrillic, Greek and Devanagari.
    script = {"zh-Hans": "Hans", "zh-Hant": "Hant"}.get(tag, script_of_language(tag))
    own = "Noto Sans" if script == "Deva" else FALLBACK.get(script, "Noto Sans")
    first, *_ = runs(made()[tag].page)
    assert first.glyphs.face.family == own


@pytest.mark.parametrize("reader", ["poppler", "mupdf", "pypdf", "pdfium"])
@pytest.mark.parametrize("tag", [tag for tag in LISTED if tag not in LEFTWARD])
def test_words_come_back(tag: str, reader: str) -> None:
    # A line's end may or may not become white space; all other white space is that of the copy.
    wanted = " ?".join(re.escape(plain(line)) for line in lines(made()[tag].page))
    assert re.fullmatch(wanted, plain(read(reader)[tag]))


@pytest.mark.parametrize("tag", LEFTWARD)
def test_words_from_right_to_left_come_back_from_pypdf(tag: str) -> None:
    # Letter by letter and space by space, including Latin names and figures.
    wanted = " ?".join(re.escape(plain(line)) for line in lines(made()[tag].page))
    assert re.fullmatch(wanted, plain(read("pypdf")[tag]))


@pytest.mark.parametrize("tag", LEFTWARD)
def test_words_from_right_to_left_come_back_from_mupdf(tag: str) -> None:
    # MuPDF adds a space wherever the direction changes beside a mark, so spaces are not compared.
    assert unspaced(read("mupdf")[tag]) == unspaced(made()[tag].text)


@pytest.mark.parametrize("reader", ["poppler", "pdfium"])
@pytest.mark.parametrize("tag", LEFTWARD)
def test_words_from_right_to_left_come_back_from_all(tag: str, reader: str) -> None:
    # Both put lines of two directions in their own order: every character is there, and each Latin word is complete. The text
    # before the Latin name (the article) has one direction and is extracted in order, except for the space at a full stop in
    # poppler, and for Nastaliq, whose words rise so high that pdfium takes them for other lines.
    got, wanted = read(reader)[tag], made()[tag].text
    assert Counter(unspaced(got).translate(QUOTES)) == Counter(unspaced(wanted).translate(QUOTES))
    assert sorted(re.findall("[A-Za-z]+", got)) == sorted(
        [*re.findall("[A-Za-z]+", wanted), tag][:-1]
    )
    if (tag, reader) != ("ur", "pdfium"):
        article = unspaced(articles()[tag]).rstrip(".۔")
        assert unspaced(got).startswith(article)


QUOTES = str.maketrans("«”", "»“")
"""pdfium takes a mark for its mirror image."""


@lru_cache(maxsize=4)
def read(reader: str) -> Mapping[str, str]:
    """Return what a reader extracts from each language's page."""
    return dict(zip(LISTED, PAGES[reader](pdf()), strict=False))


def poppler(data: bytes) -> list[str]:
    return programs.run("pdftotext", "-enc", "UTF-8", on_disk(data), "-").split("\f")


def mupdf(data: bytes) -> list[str]:
    return programs.run("mutool", "draw", "-q", "-F", "txt", on_disk(data)).split("\f")


def by_pypdf(data: bytes) -> list[str]:
    return [page.extract_text() for page in pypdf.PdfReader(io.BytesIO(data)).pages]


def pdfium(data: bytes) -> list[str]:
    return [page.get_textpage().get_text_range() for page in pypdfium2.PdfDocument(data)]


PAGES = {"poppler": poppler, "mupdf": mupdf, "pypdf": by_pypdf, "pdfium": pdfium}


def on_disk(data: bytes) -> Path:
    path = folder() / "read.pdf"
    path.write_bytes(data)
    return path


def runs(page: Page) -> list[GlyphRun]:
    return [item for item in page.items if isinstance(item, GlyphRun)]


def lines(page: Page) -> list[str]:
    """The text of each line of the page's body, in reading order."""
    rows: dict[float, list[str]] = {}
    for run in runs(page):
        rows.setdefault(round(run.y - run.glyphs.y, 2), []).append(run.glyphs.text)
    return ["".join(rows[y]) for y in sorted(rows, reverse=True)]


def plain(text: str) -> str:
    """NFC, with one space for white space, hyphenated words joined, and no direction marks."""
    joined = DIVIDED.sub("", DIRECTIONS.sub("", text)).replace("\u200b", "")
    return " ".join(unicodedata.normalize("NFC", joined).split())


def unspaced(text: str) -> str:
    return plain(text).replace(" ", "")
