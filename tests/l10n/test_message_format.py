"""Messages: the variables in a pattern, its formatted text, and errors of invalid patterns."""

from __future__ import annotations

import re

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from brochure.l10n.message_format import find_arguments, format_message
from brochure.l10n.number_format import Fact, MessageProblem
from tests.quick import examples

FACTS: dict[str, Fact] = {"rescued": 1775, "count": 1, "place": "*Cebu*", "share": 0.5}


@pytest.mark.parametrize(
    ("pattern", "used"),
    [
        ("no figures", ()),
        ("{rescued} and {rescued, number} and { count }", ("rescued", "count")),
        ("it''s {rescued}, don't {count}", ("rescued", "count")),
        ("'{'rescued'}' is a brace, {count} is not", ("count",)),
        ("l'{count} d'{rescued}, '{place}'", ("count", "rescued", "place")),
        ("{count, plural, one {child} other {children}}", ("count",)),
        (
            "{count, plural, offset:1 =0 {none} other {# of {rescued, number}}}",
            ("count", "rescued"),
        ),
        ("{place, select, Cebu {there} other {{count}}}", ("place", "count")),
        ("{rescued, number, ::compact-short} {share, number, #,##0.00}", ("rescued", "share")),
        ("[words]{.caps lang=fr} {rescued}", ("rescued",)),
        ("{0} {}", ("0", "")),
    ],
)
def test_the_variables_of_a_pattern(pattern: str, used: tuple[str, ...]) -> None:
    assert find_arguments(pattern) == used


@pytest.mark.parametrize(
    ("pattern", "language", "words"),
    [
        ("more than {rescued, number} people", "en", "more than 1,775 people"),
        ("plus de {rescued, number} personnes", "fr", "plus de 1\u202f775 personnes"),
        ("{count, plural, one {child} other {children}}", "en", "child"),
        ("{share, number, percent}", "en", "0.5%"),
        ("in {place}", "en", r"in \*Cebu\*"),
        ("a '{'brace'}' and it''s {count}", "en", "a {brace} and it's 1"),
        # An apostrophe before a brace belongs to the text.
        ("l'{count} et d'{place}", "fr", "l'1 et d'\\*Cebu\\*"),
        ("'{count}', c'est d''accord", "fr", "'1', c'est d'accord"),
        ("c'est '{rescued, number}' fois", "fr", "c'est '1\u202f775' fois"),
        ("aujourd'hui '{'l'an {count}'}'", "fr", "aujourd'hui {l'an 1}"),
        ("'{''}' {count}", "en", "{} 1"),
        ("''{count}''", "en", "'1'"),
        ("{count, plural, one {l'# d'{count}, '#', '{'} other {x'}}", "fr", "l'1 d'1, #, {"),
        ("{count, plural, =0 {x} other {d'}}'", "fr", "d''"),
        ("{place, select, other {l'{count}'s}} '#'", "en", "l'1's '#'"),
        ("[l'{count}]{.caps}'s ]{.caps}{count}", "en", "[l'1]{.caps}'s ]{.caps}1"),
    ],
)
def test_formatted_text(pattern: str, language: str, words: str) -> None:
    assert format_message(pattern, FACTS, language) == words


BRACE = "write {name}, or '{' for a literal brace"


@pytest.mark.parametrize(
    ("pattern", "message", "hint"),
    [
        ("{rescue}", "unknown variable 'rescue'", "did you mean 'rescued'?"),
        ("{rescued", "unbalanced braces: '{rescued'", BRACE),
        (
            "a '{b}' c",
            "unknown variable 'b'",
            "one of: count, place, rescued, share; to print braces, write '{'b'}'",
        ),
        (
            "a '{rescue}' c",
            "unknown variable 'rescue'",
            "did you mean 'rescued'?; to print braces, write '{'rescue'}'",
        ),
        ("{0} people", "'{0}' is not a placeholder", BRACE),
        ("{} people", "'{}' is not a placeholder", BRACE),
        ("dear {{count}}", "'{{count}}' is a placeholder of another program", "write {count}"),
        ("{{ name }}", "'{{ name }}' is a placeholder of another program", "write {name}"),
        ("{rescued, wrongly}", "invalid ICU message syntax: '{rescued, wrongly}'", BRACE),
        (
            "{place, number}",
            "the variable 'place' is not a number: '{place, number}'",
            "write {place} without a number format, or remove the quotes from its value",
        ),
        (
            "{count, date}",
            "the variable 'count' is not a date: '1'",
            "write its value as year, month and day, such as 2026-11-24",
        ),
        ("{count, time}", "invalid ICU message syntax: '{count, time}'", BRACE),
        (
            "{count, plural, one {x} few {y}}",
            "a plural or select has no form 'other': '{count, plural, one {x} few {y}}'",
            "add other {…} before its end",
        ),
        (
            "{place, select, Cebu {x}}",
            "a plural or select has no form 'other': '{place, select, Cebu {x}}'",
            "add other {…} before its end",
        ),
    ],
)
def test_errors_of_invalid_patterns(pattern: str, message: str, hint: str) -> None:
    with pytest.raises(MessageProblem) as caught:
        format_message(pattern, FACTS, "en")
    assert (caught.value.message, caught.value.hint) == (message, hint)


PIECES = st.sampled_from(
    [
        "{",
        "}",
        "'",
        "''",
        ",",
        " ",
        "#",
        "rescued",
        "place",
        "count",
        "plural",
        "select",
        "number",
        "other",
        "::",
        "*",
        "é",
    ]
)


@given(st.lists(PIECES, max_size=25).map("".join))
@settings(max_examples=300, deadline=None, derandomize=True, database=None)
def test_any_pattern_is_formatted_or_refused(pattern: str) -> None:
    try:
        format_message(pattern, FACTS, "en")
    except MessageProblem as problem:
        result = problem.message
        assert result


@given(
    st.lists(st.sampled_from(["l'", "'", "''", "d'x", "é'", " '{'", "'}' "]), max_size=12).map(
        "x".join
    )
)
@settings(max_examples=examples(300), deadline=None)
def test_the_apostrophes_around_a_placeholder_are_printed(text: str) -> None:
    """No apostrophe is lost in any context; two adjacent ones are one."""
    printed = format_message(f"{text}x'{{count}}'x{text}", FACTS, "fr")
    one = re.sub(r"'([{}])'|''", lambda match: match[1] or "'", text)
    assert printed == f"{one}x'1'x{one}"
