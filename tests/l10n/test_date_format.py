"""Dates in messages: written once as year, month and day, printed in the form of each language."""

from __future__ import annotations

import re
from datetime import date

import pytest
from hypothesis import given
from hypothesis import strategies as st

from brochure.findings import Finding, Span
from brochure.l10n.catalogue import Catalogue, Translation
from brochure.l10n.formats import xliff
from brochure.l10n.message_file import Copy, SourceMessage
from brochure.l10n.message_format import find_arguments, format_message
from brochure.l10n.number_format import Fact, MessageProblem
from brochure.l10n.record_values import PlainText
from brochure.l10n.story_builder import StoryContext, build_story
from brochure.l10n.translations import Translations
from brochure.spec.values import Message

FACTS: dict[str, Fact] = {
    "day": "2026-11-04",
    "month": "2026-11",
    "year": 2026,
    "name": "Ada",
    "record_since": "2019-03-01",
    "cell": PlainText("2026-11-04T00:00:00"),
}


@pytest.mark.parametrize(
    ("language", "style", "words"),
    [
        ("en", "", "Nov 4, 2026"),
        ("en", ", long", "November 4, 2026"),
        ("en-GB", ",full", "Wednesday, 4 November 2026"),
        ("en", ", short", "11/4/26"),
        ("fr", ", long", "4 novembre 2026"),
        ("fr", ", ::MMMMd", "4 novembre"),
        ("de", ", long", "4. November 2026"),
        ("ja", ", long", "2026年11月4日"),
        ("th", ", long", "4 พฤศจิกายน 2569"),
        ("fa", ", long", "۱۳ آبان ۱۴۰۵"),
        ("ar-u-nu-arab", ", long", "٤ نوفمبر ٢٠٢٦"),
    ],
)
def test_a_date_in_each_language(language: str, style: str, words: str) -> None:
    assert format_message(f"{{day, date{style}}}", FACTS, language) == words


@pytest.mark.parametrize(
    ("language", "style", "words"),
    [
        ("en", ", long", "November 2026"),
        ("en", "", "Nov 2026"),
        ("fr", ", short", "11/2026"),
        ("es", ", ::yMMMM", "noviembre de 2026"),
        ("th", ", full", "พฤศจิกายน 2569"),
        ("fa", ", long", "نوامبر ۲۰۲۶"),  # Ethiopian months begin on other days
        ("ar-u-nu-latn", ", long", "نوفمبر 2026"),
    ],
)
def test_a_month_without_a_day(language: str, style: str, words: str) -> None:
    assert format_message(f"{{month, date{style}}}", FACTS, language) == words


def test_without_a_format_the_value_is_printed_as_it_is() -> None:
    assert format_message("{day}", FACTS, "fr") == "2026-11-04"


def test_dates_inside_plurals_of_fields_and_of_tables() -> None:
    pattern = "{year, plural, other {l'{day, date, ::MMMMd}}}, {record_since, date}, {cell, date}"
    assert format_message(pattern, FACTS, "fr") == "l'4 novembre, 1 mars 2019, 4 nov. 2026"
    assert find_arguments(pattern) == ("year", "day", "record_since", "cell")


@pytest.mark.parametrize(
    ("pattern", "message", "hint"),
    [
        (
            "{name, date}",
            "the variable 'name' is not a date: 'Ada'",
            "write its value as year, month and day, such as 2026-11-24",
        ),
        (
            "{year, date, long}",
            "the variable 'year' is not a date: '2026'",
            "write its value as year, month and day, such as 2026-11-24",
        ),
        (
            "{day, date, d.M.y}",
            "'d.M.y' is not a date style",
            "write full, long, medium, short or a skeleton such as ::yMMMM",
        ),
        (
            "{day, date, ::Hm}",
            "'::Hm' is not a date style",
            "write full, long, medium, short or a skeleton such as ::yMMMM",
        ),
        (
            "{month, date, ::yMMMd}",
            "'::yMMMd' prints a day, but the date '2026-11' of the variable 'month' has none",
            "write ::yMMMM, or add the day to the value: 2026-11-01",
        ),
    ],
)
def test_messages_about_invalid_dates(pattern: str, message: str, hint: str) -> None:
    with pytest.raises(MessageProblem) as caught:
        format_message(pattern, FACTS, "en")
    assert (caught.value.message, caught.value.hint) == (message, hint)


@given(st.dates(min_value=date(1600, 1, 1)), st.sampled_from(["en", "fr", "ja", "sw", "zh-Hant"]))
def test_the_day_is_the_one_that_is_written(day: date, language: str) -> None:
    words = format_message("{day, date, ::yMMMMd}", {"day": day.isoformat()}, language)
    assert {day.day, day.year} <= {int(number) for number in re.findall(r"\d+", words)}


def test_one_variable_is_printed_in_the_forms_of_all_languages() -> None:
    here = Span("en.yaml", 1, 1)
    findings: list[Finding] = []
    printed = []
    for language in ("en", "fr", "ja"):
        source = Copy(language, "copy.yaml", {"a": SourceMessage("{day, date, long}", here)})
        context = StoryContext(Translations(language, source), FACTS, findings)
        printed.append(build_story(Message("a", here), context).text)
    assert printed == ["November 4, 2026", "4 novembre 2026", "2026年11月4日"]
    assert findings == []


def test_a_date_is_a_protected_code_in_xliff() -> None:
    source, text = "Printed {day, date, long}.", "Imprimé le {day, date, long}."
    one = Translation("a", source, text, Span("fr.po", 1, 1))
    data = xliff.write(Catalogue("fr", "fr.xlf", {"a": one}))
    assert "Imprimé le {day" not in data.decode()
    catalogue, findings = xliff.read(data, "fr.xlf", "fr")
    assert not findings
    assert catalogue.entries["a"].text == text
