"""Chips of a message: its parts that must not be broken."""

from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as st

from brochure.proof.chips import Segment, split_message

FACTS: dict[str, int | float | str] = {"count": 1775, "place": "Phnom Penh"}
PIECES = ["{count}", "{count, number}", "{x, plural, one {a {count}} other {b}}", "'{'", "{", "}"]
PIECES += [
    "**",
    "*",
    "\\*",
    "[",
    "](https://a.example/b)",
    "]{.strong}",
    "^2^",
    "[^one]",
    "~",
    "é ",
    "ក",
]


@given(st.lists(st.sampled_from(PIECES) | st.text(max_size=5), max_size=12).map("".join))
def test_segments_together_are_the_text(text: str) -> None:
    segments = split_message(text, FACTS, "en")
    assert "".join(one.text for one in segments) == text
    assert all(one.text for one in segments)


@pytest.mark.parametrize(
    ("text", "chips"),
    [
        ("More than {count, number} people", [("{count, number}", "variable", "1,775")]),
        ("In {place}.", [("{place}", "variable", "Phnom Penh")]),
        ("{missing}", [("{missing}", "variable", "missing")]),
        ("a '{' b", []),
        ("A fact.[^one]", [("[^one]", "variable", "note one")]),
        ("{unclosed", []),
        ("5 \\* 3", []),
        ("**so**", [("**", "mark", "strong"), ("**", "mark", "strong")]),
        (
            "[us](mailto:a@b.example)",
            [("[", "mark", "start"), ("](mailto:a@b.example)", "link", "mailto:a@b.example")],
        ),
        (
            "[us]{.accent lang=fr}",
            [("[", "mark", "start"), ("]{.accent lang=fr}", "mark", "accent lang=fr")],
        ),
    ],
)
def test_placeholders_marks_and_links_are_chips(
    text: str, chips: list[tuple[str, str, str]]
) -> None:
    found = [one for one in split_message(text, FACTS, "en") if one.kind != "text"]
    assert found == [Segment(*chip) for chip in chips]


def test_a_plural_is_one_chip() -> None:
    text = "{count, plural, one {# child} other {# children}} at school"
    first, rest = split_message(text, FACTS, "en")
    assert first.label == "1,775 children"
    assert rest == Segment(" at school")
