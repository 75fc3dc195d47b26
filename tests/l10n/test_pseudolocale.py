"""Pseudotranslations: every letter is replaced, and nothing else is changed."""

from __future__ import annotations

import pytest

from brochure.findings import Span
from brochure.l10n.message_file import Copy, SourceMessage
from brochure.l10n.proofreading import find_problems
from brochure.l10n.pseudolocale import (
    ACCENTED,
    MIRRORED,
    PSEUDOLOCALES,
    TALL,
    make_pseudo_catalogue,
)

FACTS = {"n": 1775}
COPY = {
    "plain": "Where the law is enforced",
    "fact": "More than {n, number} people",
    "marks": "**Rescue** more, [read](https://a.org/x) it^2^",
    "note": "A fact.[^aldous-2019] Another.",
    "paragraphs": "One thing\n\nAnother thing",
    "plural": "{n, plural, one {# child} other {# children}}",
    "figures": "519.679.5030",
}
SOURCE = Copy(
    "en", "en.yaml", {key: SourceMessage(text, Span("en.yaml")) for key, text in COPY.items()}
)


def told(tag: str, key: str) -> str:
    return make_pseudo_catalogue(SOURCE, tag).entries[key].text


def test_accented_is_longer_by_a_third() -> None:
    text = told(ACCENTED, "plain")
    assert text.startswith("Ŵĥéřé ţĥé łáŵ íš")
    assert 1.25 < len(text) / len(COPY["plain"]) < 1.45


def test_mirrored_letters_run_from_right_to_left() -> None:
    assert told(MIRRORED, "fact").startswith("\u202eMore\u202c \u202ethan\u202c {n, number}")


def test_tall_is_khmer() -> None:
    assert all(
        "\u1780" <= char <= "\u17ff" for char in told(TALL, "plain") if char not in " \u200b"
    )


@pytest.mark.parametrize("tag", sorted(PSEUDOLOCALES))
@pytest.mark.parametrize("key", sorted(COPY))
def test_variables_marks_and_figures_are_kept(tag: str, key: str) -> None:
    found = [
        problem.code
        for problem in find_problems(
            COPY[key], told(tag, key), FACTS, "ar" if tag == MIRRORED else "en"
        )
        # The mirrored text consists of embeddings, and has the plural forms of English.
        if problem.code not in ("bidi-embedding", "plural-forms")
    ]
    assert found == []


def test_no_letter_of_the_source_is_left() -> None:
    plain = set("aeiou")
    assert not plain & set(told(ACCENTED, "plain"))
