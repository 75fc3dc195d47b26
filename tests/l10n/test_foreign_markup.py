"""Markup of other programs in messages is reported if it is certain, with a suggestion how to write it."""

from __future__ import annotations

import time

import pytest

from brochure.findings import Finding, Severity
from brochure.l10n.foreign_markup import find_foreign_markup
from tests.l10n.test_story_builder import HERE, story


@pytest.mark.parametrize(
    ("text", "message"),
    [
        ("It rained.[^a b] Then not.[^?]", "'[^a b]' is a footnote of another program and would be printed (2 times)"),
        ("It rained.[^1]\n\n[^1]: All day.", "'[^1]:' is a footnote of another program and would be printed"),
        ("It rained.^[All day.]", "'^[All day.]' is a footnote of another program and would be printed"),
        ("a <b>bold</b> word", "'<b>' is a tag and would be printed (2 times)"),
        ('one <ph id="3"/> two', "'<ph id=\"3\"/>' is a tag and would be printed"),
        ("a <1>word</1>", "'<1>' is a tag and would be printed (2 times)"),
        ("two[b]bold[/b]", "'[/b]' is a tag and would be printed"),
        ("10&nbsp;km &#233;", "'&nbsp;' is an HTML character reference and would be printed (2 times)"),
        ("dear %s, %1$d", "'%s' is a placeholder of another program and would be printed (2 times)"),
        ("dear %(name)s", "'%(name)s' is a placeholder of another program and would be printed"),
        ("a '''bold''' word", "''''bold'''' is another program's markup and would be printed"),
        ("~~no~~ yes", "'~~no~~' is another program's markup and would be printed"),
        ("本は__店__と", "'__店__' is another program's markup and would be printed"),
        ("## Part two", "'##' is a heading and would be printed"),
    ],
)  # fmt: skip
def test_certain_markup_is_reported(text: str, message: str) -> None:
    (problem,) = find_foreign_markup(text)
    assert problem.message == message
    assert problem.hint


@pytest.mark.parametrize(
    "text",
    [
        r"\<b> \&amp; \[^1] \%s",
        "AT&T; R&D; a & b",
        "https://example.org/?a=1&amp;b=%d and [x](https://example.org/?a&lt;)",
        "5 < 6 > 4, x <y> z",
        "50 %d'eau, 100%s, 20\u00a0%d",
        "H~2~O, 1^st^, ^[1]^",
        "Lisez![ici](https://example.org)",
        "{count, plural, one {# child} other {# children}}",
        "O`ahu and Hawai`i",
        "No. #1, ## 2"[:6],
        "[i]{.caps} [b](https://example.org)",
        "a == b",
        "Name: ____ and __words__",
    ],
)
def test_uncertain_markup_is_not_reported(text: str) -> None:
    assert list(find_foreign_markup(text)) == []


@pytest.mark.parametrize(
    "piece",
    ["[^", "^[", " ![", "<a ", "__a", "~~", "==a", "`a", "%(a", "&a", "'''a", "\\emph", "https://"],
)
def test_a_long_row_of_characters_takes_linear_time(piece: str) -> None:
    began = time.process_time()
    list(find_foreign_markup(piece * 5000))
    assert time.process_time() - began < 2


def test_a_build_warns_with_the_place() -> None:
    findings: list[Finding] = []
    assert story("Rain.[^1 2]", findings=findings).text == "Rain.[^1 2]"
    (finding,) = findings
    assert (finding.code, finding.severity) == ("markup-foreign", Severity.WARNING)
    assert finding.span == HERE
