"""Provenance: file and line of everything with a name."""

from __future__ import annotations

import pytest

from brochure.errors import UsageError
from brochure.translation.provenance import Provenance, find_by_words, find_provenance
from tests.translation.projects import COPY, FRENCH, LAYOUT, translated, workspace

OFFICE = """\
office: north
languages: [fr-CA, en]
variables: {people: 2000}
pictures: {photos/one.jpg: photos/two.jpg}
copy:
  any: {second: "2"}
  fr: {head: Le monde}
"""
PICTURED = (
    LAYOUT
    + '      shot: {at: "x 0 pt, y 0 pt, width 9 pt, height 9 pt", content: {image: photos/one.jpg, alt: none}}\n'
)


def found(name: str, language: str = "fr-CA", office: str | None = "north") -> Provenance:
    text = translated(FRENCH).replace('msgctxt "first"', '#, fuzzy\nmsgctxt "first"')
    files = {"brochure.yaml": PICTURED, "content/fr.po": text, "offices/north.yaml": OFFICE}
    return find_provenance(workspace(files), name, language, office)


def line_of(text: str, words: str) -> int:
    return next(at for at, line in enumerate(text.splitlines(), 1) if words in line)


def test_the_definition_of_the_office_is_used() -> None:
    head = found("head")
    assert [(one.layer, one.text) for one in head.origins] == [
        ("source", "People"),
        ("fr", "Les gens"),
        ("office north", "Le monde"),
    ]
    assert head.printed is head.origins[-1]
    spans = [one.span for one in head.origins]
    assert (spans[0].file, spans[0].line) == ("content/en.yaml", line_of(COPY, "People"))
    assert (spans[2].file, spans[2].line) == ("offices/north.yaml", line_of(OFFICE, "Le monde"))


def test_a_fuzzy_translation_is_listed_and_not_used() -> None:
    first = found("first")
    assert [(one.layer, one.fuzzy) for one in first.origins] == [("source", False), ("fr", True)]
    assert first.printed is first.origins[0]


def test_variables_come_from_the_layout_or_the_office() -> None:
    people = found("people")
    assert people.kind == "variable"
    assert [(one.layer, one.text, one.span.line) for one in people.origins] == [
        ("layout", "1775", line_of(PICTURED, "people: 1775")),
        ("office north", "2000", line_of(OFFICE, "people: 2000")),
    ]
    alone = found("people", "en", None)
    assert [one.text for one in alone.origins] == ["1775"]


def test_pictures_come_from_the_layout_or_the_office() -> None:
    picture = found("photos/one.jpg")
    assert picture.kind == "image"
    assert [one.layer for one in picture.origins] == ["layout", "office north"]
    assert picture.printed
    assert picture.printed.text.startswith("photos/two.jpg")
    assert picture.origins[0].span.line == line_of(PICTURED, "photos/one.jpg")


def test_an_unknown_name_gets_a_suggestion() -> None:
    with pytest.raises(UsageError, match=r"secnd: .*did you mean 'second'"):
        found("secnd")


@pytest.mark.parametrize(
    ("words", "language", "expected"),
    [
        ("more than 1,775 people", None, [("words", "en")]),  # as printed
        ("BROUGHT to  safety", None, [("words", "en")]),
        ("thing", None, [("first", "en"), ("second", "en")]),
        ("ont été mises", None, [("words", "fr")]),  # in any language
        ("ont été mises", "en", []),
        ("mises en sécurité", "fr", [("words", "fr")]),
        ("1\u202f775 personnes", "fr", [("words", "fr")]),
        ("elephant", None, []),
        ("  ", None, []),
    ],
)
def test_messages_are_found_by_their_text(
    words: str, language: str | None, expected: list[tuple[str, str]]
) -> None:
    desk = workspace({"content/fr.po": translated(FRENCH)})
    found = find_by_words(desk, words, language, None)
    assert [(one.name, one.language) for one in found] == expected
