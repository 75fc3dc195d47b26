"""PDF's own notation: numbers, names, strings, colours, outlines."""

from __future__ import annotations

import pytest

from brochure.colour.swatch import Cmyk, Grey, Rgb
from brochure.geometry import Matrix, Rect, turn
from brochure.pdf.operators import (
    colour_op,
    dictionary,
    matrix_op,
    name,
    num,
    outline_ops,
    stream,
    text_string,
)
from brochure.placed import Outline, box


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


def test_names_are_escaped() -> None:
    assert name("PANTONE 7421 C") == "/PANTONE#207421#20C"
    assert name("a/b#(é)") == "/a#2Fb#23#28#C3#A9#29"


def test_strings_are_literal_or_utf_16() -> None:
    assert text_string(r"a (b) \c") == r"(a \(b\) \\c)"
    assert text_string("é") == "<FEFF00E9>"
    # U+10348 is D800 DF48 in UTF-16.
    assert text_string("𐍈") == "<FEFFD800DF48>"
    assert text_string("line\nend") == "<FEFF006C0069006E0065000A0065006E0064>"


def test_colours_fill_in_small_letters_and_stroke_in_capitals() -> None:
    assert colour_op(Cmyk(0, 0.5, 1, 0), stroke=False) == "0 0.5 1 0 k"
    assert colour_op(Rgb(1, 0, 0.25), stroke=True) == "1 0 0.25 RG"
    assert colour_op(Grey(0.3), stroke=False) == "0.3 g"


def test_matrices_keep_six_decimals_where_they_turn() -> None:
    assert matrix_op(Matrix(e=1.23456, f=-2)) == "1 0 0 1 1.235 -2 cm"
    assert matrix_op(turn(90)) == "0 1 -1 0 0 0 cm"
    # cos 30° = 0.8660254, sin 30° = 0.5
    assert matrix_op(turn(30)) == "0.866025 0.5 -0.5 0.866025 0 0 cm"


def test_outlines_move_draw_and_close() -> None:
    assert outline_ops([box(Rect(0, 0, 2, 1))]) == "0 0 m 2 0 l 2 1 l 0 1 l h"
    curve = Outline((0, 0), ((1, 1, 2, 2, 3, 3),), closed=False)
    assert outline_ops([curve]) == "0 0 m 1 1 2 2 3 3 c"


def test_dictionaries() -> None:
    assert dictionary(Type="/Font", Kids="[1 0 R]") == "<</Type /Font /Kids [1 0 R]>>"


def test_a_stream_is_as_long_as_it_says_whatever_its_last_byte_is() -> None:
    # A reader that takes the end of line before `endstream` away gets the data (ISO 19005-2, 6.1.7.1).
    for data in (b"a", b"a\n", b"a\r", b"a\r\n"):
        body = stream("", data).partition(b"stream\n")[2].removesuffix(b"endstream")
        end = b"\r\n" if body.endswith(b"\r\n") else b"\n"
        assert body.removesuffix(end) == data, data
