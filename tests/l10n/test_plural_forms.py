"""Plural forms that a language needs and a message lacks are reported, with numbers that need them."""

from __future__ import annotations

import pytest
from babel import Locale
from hypothesis import given
from hypothesis import strategies as st

from brochure.findings import Severity
from brochure.l10n.number_format import Fact
from brochure.l10n.plural_forms import find_plural_problems
from brochure.l10n.proofreading import find_problems

LANGUAGES = [
    "ar",
    "cs",
    "cy",
    "en",
    "fr",
    "ga",
    "he",
    "hr",
    "ja",
    "km",
    "lt",
    "lv",
    "mt",
    "pl",
    "pt",
    "ro",
    "ru",
    "sl",
    "sw",
    "uk",
]
FACTS: dict[str, Fact] = {"n": 3, "half": 1.5, "million": 2_000_000, "name": "Ada"}


def found(pattern: str, language: str) -> list[tuple[str, str]]:
    return list(find_plural_problems(pattern, FACTS, language))


@pytest.mark.parametrize(
    ("language", "pattern"),
    [
        ("en", "{n, plural, one {# child} other {# children}}"),
        ("en", "{n, plural, =1 {a child} other {# children}}"),
        ("ja", "{n, plural, other {#}}"),
        ("ru", "{n, plural, one {#} few {#} many {#} other {#}}"),
        ("ar", "{n, plural, zero {#} one {#} two {#} few {#} many {#} other {#}}"),
        ("en", "{n, selectordinal, one {#st} two {#nd} few {#rd} other {#th}}"),
        ("fr", "{n, plural, one {#} other {#}}"),  # the form many is for millions
        ("cs", "{n, plural, one {#} few {#} other {#}}"),  # the form many is for decimals
        ("en", "{name, select, one {x} other {y}}"),
        ("en", "the plural of {name}"),
        ("ru", "{n, plural, one {x} few {y}}"),  # ICU rejects a message without 'other'
        ("en", "{n, plural, offset:1 =0 {a} =1 {b} one {c} other {#}}"),
        ("en", "{n, plural, offset:1 =0 {a} =1 {b} =2 {c} other {#}}"),
    ],
)
def test_complete_messages(language: str, pattern: str) -> None:
    assert found(pattern, language) == []


@pytest.mark.parametrize(
    ("language", "pattern", "message", "hint"),
    [
        (
            "ru",
            "{n, plural, one {#} other {#}}",
            "{n, plural, …} lacks the plural forms few and many, which 'ru' needs",
            "add few {…} (3, 2, 4) and many {…} (5, 6, 7)",
        ),
        (
            "pl",
            "x {n, plural, one {l'#} few {'{'#} other {#}} y",
            "{n, plural, …} lacks the plural form many, which 'pl' needs",
            "add many {…} (5, 6, 7)",
        ),
        (
            "en",
            "{n, plural, other {# children}}",
            "{n, plural, …} lacks the plural form one, which 'en' needs",
            "add one {…} (1)",
        ),
        (
            "ar",
            "{n, plural, one {#} two {#} few {#} many {#} other {#}}",
            "{n, plural, …} lacks the plural form zero, which 'ar' needs",
            "add zero {…} (0)",
        ),
        (
            "cs",
            "{half, plural, one {#} few {#} other {#}}",
            "{half, plural, …} lacks the plural form many, which 'cs' needs",
            "add many {…} (1.5)",
        ),
        (
            "fr-u-nu-latn",
            "{million, plural, one {#} other {#}}",
            "{million, plural, …} lacks the plural form many, which 'fr' needs",
            "add many {…} (2000000)",
        ),
        (
            "en",
            "{n, selectordinal, one {#st} other {#th}}",
            "{n, selectordinal, …} lacks the plural forms two and few, which 'en' needs",
            "add two {…} (2, 22, 32) and few {…} (3, 23, 33)",
        ),
        (
            "en",
            "{n, plural, one {a} other {{half, plural, other {b}}}}",
            "{half, plural, …} lacks the plural form one, which 'en' needs",
            "add one {…} (1)",
        ),
        (
            "ru",
            "{n, plural, one {a} fwe {b} few {b} many {c} other {d}}",
            "'fwe' in {n, plural, …} is not a plural form and is never used",
            "did you mean 'few'?",
        ),
    ],
)
def test_missing_forms(language: str, pattern: str, message: str, hint: str) -> None:
    assert found(pattern, language) == [(message, hint)]


def test_proofreading_reports_missing_forms() -> None:
    problems = find_problems(
        "{n, plural, one {a} other {b}}", "{n, plural, one {a} other {b}}", FACTS, "uk"
    )
    assert [(one.code, one.severity) for one in problems] == [("plural-forms", Severity.WARNING)]


@pytest.mark.parametrize("language", LANGUAGES)
def test_the_forms_of_whole_numbers_are_those_of_babel(language: str) -> None:
    rule = Locale.parse(language).plural_form
    needed = {rule(number) for number in range(201)} - {"other"}
    problems = found("{n, plural, other {#}}", language)
    named = {
        word
        for message, _ in problems
        for word in message.split("which")[0].replace(",", " ").split()
    }
    assert needed == named & {"zero", "one", "two", "few", "many"}


@given(st.text(alphabet="{}',= #oneplural", max_size=40))
def test_any_text_is_read(text: str) -> None:
    list(find_plural_problems("{n, plural, " + text, FACTS, "en"))
