"""Proofreading: every kind of error in a translation is found, and good translations have no findings."""

from __future__ import annotations

import pytest

from brochure.l10n.proofreading import find_problems

FACTS = {"rescued": 1775, "year": 2017}


def codes(source: str, text: str, language: str = "fr") -> list[str]:
    return [problem.code for problem in find_problems(source, text, FACTS, language)]


@pytest.mark.parametrize(
    ("source", "text"),
    [
        ("Plain words", "Des mots simples"),
        ("More than {rescued, number} people", "Plus de {rescued, number} personnes"),
        ("**Rescue** them", "**Secourir** ces gens"),
        ("Read [here](https://a.org)", "Lisez [ici](https://a.org)"),
        ("It is theirs", "C'est à eux"),
        ("of {rescued}", "d'{rescued}"),
        ("the “{rescued}”", "'{rescued}' l'an"),
        ("**Rescue** more", "これは[「救出」]{.strong}という"),
        ("**Rescue** more", "これは**「救出」**という"),
        ("One\n\nTwo", "Un\n\nDeux"),
        ("x^2^", "x^2^"),
        (
            "{rescued, plural, one {# child} other {# children}}",
            "{rescued, plural, one {# enfant} other {# enfants}}",
        ),
    ],
)
def test_good_translations(source: str, text: str) -> None:
    assert codes(source, text) == []


@pytest.mark.parametrize(
    ("source", "text", "expected"),
    [
        ("{rescued} people", "des gens", "placeholder-missing"),
        ("{rescued} people", "{secourus} personnes", "placeholder-unknown"),
        ("people", "{year} personnes", "placeholder-extra"),
        ("{rescued} people", "{rescued personnes", "message-form"),
        ("**Rescue** now", "Secourir maintenant", "markup-differs"),
        ("**Rescue** now", "**Secourir maintenant", "markup"),
        ("[here](https://a.org)", "ici", "markup-differs"),
        ("**Rescue** now", "<b>Secourir</b> maintenant", "markup-foreign"),
        ("{rescued} people", "%s personnes", "markup-foreign"),
        ("A fact.[^a]", "Un fait.", "note-mark-missing"),
        ("A fact.", "Un fait.[^a]", "note-mark-extra"),
        ("A fact.[^a]", "Un fait.[^b]", "note-mark-missing"),
        ("A fact.[^a]", "Un[^a] fait.[^a]", "note-mark-differs"),
        ("words", "mo\u0007ts", "control"),
        ("words", "mo\ufeffts", "control"),
        ("words", "\u202emots", "bidi-embedding"),
        ("words", "mots\u200e", "bidi-mark"),
        ("words", "\u2067mots", "bidi-isolate"),
        ("words", "mots ", "space"),
        ("One\n\nTwo", "Un", "paragraphs"),
    ],
)
def test_each_error_has_its_code(source: str, text: str, expected: str) -> None:
    assert expected in codes(source, text)


def test_direction_marks_are_allowed_in_arabic() -> None:
    assert codes("words", "كلمات\u200f", "ar") == []


def test_the_hint_has_the_correct_form() -> None:
    (problem,) = [
        one
        for one in find_problems("{rescued} people", "{rescud} gens", FACTS, "fr")
        if "unknown" in one.code
    ]
    assert problem.message == "unknown variable 'rescud'"
    assert problem.hint == "did you mean 'rescued'?"
