"""A record's values are plain text in sentences, addresses and choices."""

from __future__ import annotations

from urllib.parse import parse_qs, urlsplit

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from brochure.l10n.inline_markup import parse_markup
from brochure.l10n.message_format import format_message
from brochure.l10n.number_format import Fact, MessageProblem
from brochure.l10n.story import PLAIN
from tests.quick import examples

ISOLATE, POP = "\u2068", "\u2069"


def words(pattern: str, value: Fact, language: str = "en") -> str:
    """Return the visible text of a message with the field `x`, which must have no marks of its own."""
    paragraphs, problems = parse_markup(format_message(pattern, {"record_x": value}, language))
    assert problems == ()
    assert [piece.marks for paragraph in paragraphs for piece in paragraph] == [PLAIN]
    return paragraphs[0][0].text


@pytest.mark.parametrize(
    "value",
    [
        "**Ada** *L* [x](https://e.org) {record_y} '{'",
        "=1+1",
        r"\_ ~low~ ^high^ &copy; <b>`",
        "{.caps}",
        "(https://e.org)",
    ],
)
def test_marks_in_values_are_printed(value: str) -> None:
    assert words("Dear {record_x}!", value) == f"Dear {value}!"
    assert words("[Dear]{record_x}", value) == f"[Dear]{value}"


@settings(max_examples=examples(300), deadline=None)
@given(st.text(st.characters(codec="ascii", categories=("L", "N", "P", "S", "Zs")), max_size=30))
def test_any_text_is_printed(value: str) -> None:
    result = words("a{record_x}b", value)
    assert result == f"a{value}b"


def test_a_line_end_is_kept() -> None:
    assert words("To {record_x}", "1 High Street\n\nCebu") == "To 1 High Street\n\nCebu"


@pytest.mark.parametrize(
    ("value", "language", "isolated"),
    [
        ("نور (2)", "en", True),
        ("Ada", "en", False),
        (
            "Ada",
            "ar",
            False,
        ),  # text from left to right in Latin letters is not isolated
        ("Иван", "ar", True),
        ("نور", "ar", False),
    ],
)
def test_text_in_the_opposite_direction_is_isolated(
    value: str,
    language: str,
    isolated: bool,  # a column of the table
) -> None:
    result = words("Dear {record_x}: 5", value, language)
    assert result == f"Dear {ISOLATE}{value}{POP}: 5" if isolated else f"Dear {value}: 5"


@pytest.mark.parametrize("value", ["a&b=c#d?e/f", "Núñez & Co", "نور", "50%", "_x_ ~y~ *z*", "+"])
def test_an_address_has_the_unchanged_value(value: str) -> None:
    address = words("https://example.org/a?x={record_x}&y=1", value)
    assert address.isascii()
    parts = urlsplit(address)
    assert (parts.path, parts.fragment) == ("/a", "")
    assert parse_qs(parts.query) == {"x": [value], "y": ["1"]}


def link(pattern: str, value: str) -> str | None:
    paragraphs, problems = parse_markup(format_message(pattern, {"record_x": value}, "en"))
    assert problems == ()
    return paragraphs[0][0].marks.link


def test_the_target_of_a_link_has_the_value() -> None:
    assert link("[go](https://e.org/{record_x})", "a) b_") == "https://e.org/a%29%20b_"
    assert link("[go]({record_x})", "https://e.org/a b?c=(d)") == "https://e.org/a%20b?c=%28d%29"


def test_text_after_an_address_is_formatted_again() -> None:
    assert words("https://e.org/ {record_x}", "a b") == "https://e.org/ a b"
    assert words("https://e.org/{record_x, select, a {b c} other {d}}/{record_x}", "a b") == (
        "https://e.org/d/a%20b"
    )


def test_choices_use_the_unchanged_value() -> None:
    choice = "{record_x, select, gold_1 {Gold, {record_x}} empty {nothing} other {{record_x}}}"
    assert words(choice, "gold_1") == "Gold, gold_1"
    assert words(choice, "") == "nothing"
    assert words(choice, "*") == "*"


def test_figures_are_formatted_for_the_language() -> None:
    plural = "{record_x, plural, one {# Euro} other {# Euros}}"
    assert [words(plural, value, "de") for value in (1, 1234.5)] == ["1 Euro", "1.234,5 Euros"]


def test_a_text_is_not_a_figure() -> None:
    with pytest.raises(MessageProblem, match="the variable 'record_x' is not a number") as wrong:
        format_message("{record_x, number}", {"record_x": "12"}, "en")
    assert wrong.value.hint.endswith("or give the field a number as its example under merge-fields")
