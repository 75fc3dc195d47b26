"""PDF syntax: numbers, names, strings, dictionaries and streams."""

from __future__ import annotations

import pytest

from brochure.pdf.objects import Array, Dictionary, Names, Stream, name, num, text
from brochure.pdf.output import Document

DOCUMENT = Document((1, 6), "en")


@pytest.mark.parametrize(
    ("value", "text"),
    [
        (0, "0"),
        (-0.0, "0"),
        (-0.0004, "0"),
        (1.5, "1.5"),
        (12.3456, "12.346"),
        (1e6, "1000000"),
        (100, "100"),
    ],
)
def test_numbers_have_three_decimals_at_most_and_no_exponent(value: float, text: str) -> None:
    assert num(value) == text


@pytest.mark.parametrize(
    ("words", "written"),
    [
        ("PANTONE 7421 C", "/PANTONE#207421#20C"),
        ("a/b#(é)", "/a#2Fb#23#28#C3#A9#29"),
        # Beyond Latin-1: U+014C is C5 8C in UTF-8.
        ("Ōsaka Blau", "/#C5#8Csaka#20Blau"),
        ("", "/"),
    ],
)
def test_names_are_escaped_utf_8(words: str, written: str) -> None:
    assert name(words) == written


def test_strings_in_every_script_are_read_back() -> None:
    assert text(r"a (b) \c").format(DOCUMENT) == rb"(a \(b\) \\c)"
    # U+10348 is D800 DF48 in UTF-16; a string beyond PDFDocEncoding begins with FE FF.
    assert text("𐍈").format(DOCUMENT) == rb"(\376\377\330\000\337H)"


def test_dictionaries_and_arrays() -> None:
    entries = Dictionary(Type="/Font", Kids=Array([1, 2.5, True]), Info=text("(x)"))
    assert entries.format(DOCUMENT) == rb"<</Type /Font /Kids [1 2.5 true] /Info (\(x\))>>"
    assert Names({"a b": 1}).format(DOCUMENT) == b"<</a#20b 1>>"


def test_a_misspelt_key_is_an_error() -> None:
    with pytest.raises(KeyError, match="Subtyp"):
        Dictionary(Type="/Font", Subtyp="/Type0")
    with pytest.raises(KeyError, match="OutputIntent"):
        DOCUMENT.catalog.set(OutputIntent=1)


def test_the_length_of_a_stream_is_exact_for_any_last_byte() -> None:
    # A reader that removes the end of line before `endstream` gets the data (ISO 19005-2, 6.1.7.1).
    for data in (b"a", b"a\n", b"a\r", b"a\r\n"):
        written = Stream(Dictionary(), data).format(DOCUMENT)
        body = written.partition(b"stream\n")[2].removesuffix(b"endstream")
        end = b"\r\n" if body.endswith(b"\r\n") else b"\n"
        assert body.removesuffix(end) == data, data
