"""Edits of a text: the original character of each character."""

from __future__ import annotations

import re

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from brochure.typeset.smart_punctuation import NARROW, NBSP, STYLES, edit_typography
from brochure.typeset.text_edits import Edit, EditedText
from tests.quick import examples

LANGUAGES = st.sampled_from([*sorted(STYLES), "th", "ko", "km", "xx"])
TYPED = st.lists(
    st.one_of(
        st.sampled_from(
            ["...", '"', "'", " ", " ", "l'", "'n'", "« ", " »", " !", " : ", "?", "5 km", "z. B. ", "k ", "J. R. ", "27\"",
             "救出", "救", "ខ្ញុំ", 'צה"ל', "و", "—", "…", ".", NBSP, NARROW, "¿", "\n", "(", "𐐀", "е́", "№ 5", "Dr. A"]
        ),
        st.text(alphabet="abAB5é", max_size=3),
    ),
    max_size=16,
).map("".join)  # fmt: skip


@pytest.mark.parametrize(
    ("edits", "text", "origins"),
    [
        ([], "abc", None),
        ([Edit(1, 2, "xyz")], "axyzc", [0, 1, 1, 1, 2]),
        ([Edit(0, 3, "…")], "…", [0]),
        ([Edit(1, 1, "-")], "a-bc", [0, 1, 1, 2]),
        ([Edit(3, 3, "!")], "abc!", [0, 1, 2, 2]),
        ([Edit(0, 1, ""), Edit(2, 2, "-")], "b-c", [1, 2, 2]),
    ],
)
def test_origins(edits: list[Edit], text: str, origins: list[int] | None) -> None:
    edited = EditedText("abc").apply(edits)
    found = None if edited.origins is None else list(edited.origins)
    assert (edited.text, found) == (text, origins)


def test_edits_of_edited_text() -> None:
    twice = (
        EditedText("a...b c")
        .substitute(re.compile(r"\.\.\."), "…")
        .substitute(re.compile(" "), "--")
    )
    assert twice.text == "a…b--c"
    assert [twice.find_cut(cut) for cut in (0, 1, 4, 5, 6, 7)] == [0, 1, 2, 3, 5, 6]


@settings(max_examples=examples(600), deadline=None)
@given(TYPED, LANGUAGES)
def test_origins_of_letters_are_kept(text: str, language: str) -> None:
    """After any replacement, insertion or join, a letter has the same origin and the same marks as before."""
    edited = edit_typography(text, language)
    if edited.origins is None:
        assert edited.text == text
        return
    assert len(edited.origins) == len(edited.text)
    assert list(edited.origins) == sorted(edited.origins)
    kept = [
        (char, origin)
        for char, origin in zip(edited.text, edited.origins, strict=True)
        if char.isalnum()
    ]
    assert kept == [(char, at) for at, char in enumerate(text) if char.isalnum()]


@settings(max_examples=examples(300), deadline=None)
@given(TYPED, LANGUAGES, st.data())
def test_a_divided_edit_has_the_letters_of_each_side(
    text: str, language: str, data: st.DataObject
) -> None:
    cut = data.draw(st.integers(0, len(text)))
    edited = edit_typography(text, language, (cut,))
    at = edited.find_cut(cut)

    def letters(part: str) -> str:
        return "".join(char for char in part if char.isalnum())

    assert letters(edited.text[:at]) == letters(text[:cut])
    assert letters(edited.text[at:]) == letters(text[cut:])


@settings(max_examples=examples(300), deadline=None)
@given(TYPED, LANGUAGES)
def test_correct_text_is_not_changed(text: str, language: str) -> None:
    once = edit_typography(text, language).text
    assert edit_typography(once, language).text == once
