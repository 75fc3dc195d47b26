"""All exchange formats: a round trip changes no byte of the copy."""

from __future__ import annotations

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from brochure.findings import Span
from brochure.l10n.catalogue import Catalogue, Translation
from brochure.l10n.formats import detect_format, formats, load_format
from tests.quick import examples

HERE = Span("fr.po")

COPY = [
    "A proven answer",
    "More than {rescued, number} people, and {convicted, number} more",
    "**Rescue** [here](https://a.org) x^2^\n\nAnother paragraph",
    "  spaces at both ends  ",
    "=SUM(A1:A9)",
    "-5 degrees",
    "@home +1 'quoted' \"double\"",
    "'=1",
    "tab\there",
    "មនុស្សទាំងអស់ · सभी मनुष्य · جميع الناس {n, number}",
    "<b>&amp; not XML</b> ]]>",
    "{n, plural, one {# child} other {# children}}",
    "_x000D_ and \\n and \\",
    "line\nends",
    "é e\u0301 \u200b\u00a0\u202f",
    "Take ![the {count} bus](icons/bus.svg){size=1.2em}, ![](b.svg)![a](c.svg) and !\\[no\\](b.svg)",
    "![a{x,](b)} ![](c.svg",
]


def one(key: str, source: str, text: str, **more: object) -> Translation:
    return Translation(key, source, text, HERE, **more)  # type: ignore[arg-type]  # fields by name


def catalogue(*entries: Translation) -> Catalogue:
    return Catalogue("fr", "fr.po", {entry.key: entry for entry in entries})


def told(found: Catalogue) -> list[tuple[object, ...]]:
    return [
        (
            entry.key,
            entry.source,
            entry.text,
            entry.fuzzy,
            entry.previous,
            entry.notes,
            entry.comments,
        )
        for entry in found.entries.values()
    ]


def round_trip(name: str, sent: Catalogue) -> Catalogue:
    made = load_format(name)
    back, findings = made.read(made.write(sent), f"fr{made.SUFFIXES[0]}", "fr")
    assert findings == ()
    return back


@pytest.mark.parametrize("name", formats())
@pytest.mark.parametrize("text", COPY)
def test_no_byte_of_the_copy_changes(name: str, text: str) -> None:
    sent = catalogue(
        one("a.b", text, text),
        one("c", text, "", notes="n"),
        one("d", "x", text, fuzzy=True, previous=text),
    )
    assert told(round_trip(name, sent)) == told(sent)


@pytest.mark.parametrize("name", formats())
def test_comments_and_notes_are_kept(name: str) -> None:
    sent = catalogue(
        one(
            "a",
            "A",
            "Ah",
            notes="two\nlines",
            comments="page 1, frame words\nfits about 30 characters",
        )
    )
    assert told(round_trip(name, sent)) == told(sent)


@pytest.mark.parametrize("name", formats())
def test_the_same_catalogue_gives_the_same_bytes(name: str) -> None:
    sent = catalogue(one("a", "A", "Ah"))
    assert load_format(name).write(sent) == load_format(name).write(sent)


@pytest.mark.parametrize("name", formats())
def test_translations_have_their_lines(name: str) -> None:
    made = load_format(name)
    back, _ = made.read(
        made.write(catalogue(one("a", "A", "Ah"), one("b", "B", "Bé"))), "fr.x", "fr"
    )
    lines = [entry.span.line for entry in back.entries.values()]
    assert lines[0] < lines[1]
    assert all(entry.span.file == "fr.x" for entry in back.entries.values())


@pytest.mark.parametrize("name", formats())
@pytest.mark.parametrize(
    "data",
    [
        b"\x00\xff\xfe",
        b"<",
        b"PK\x03\x04 no",
        b"a,b\n",
        b"<!DOCTYPE x [<!ENTITY e 'x'>]><x>&e;</x>",
    ],
)
def test_an_unreadable_file_is_a_finding(name: str, data: bytes) -> None:
    made = load_format(name)
    found, findings = made.read(data, "fr.x", "fr")
    assert found.entries == {}
    assert findings
    assert all(finding.span is not None and finding.span.file == "fr.x" for finding in findings)


def test_a_format_is_recognized_by_its_extension() -> None:
    for name in formats():
        made = load_format(name)
        assert all(detect_format(f"content/fr{suffix}") is not None for suffix in made.SUFFIXES)
    assert detect_format("fr.doc") is None


TEXTS = st.text(
    st.characters(exclude_categories=["Cs", "Cc", "Cn"], include_characters="\n\t{}=+-@'\"<&*"),
    max_size=40,
)


@pytest.mark.parametrize("name", formats())
@settings(
    max_examples=examples(60),
    deadline=None,
    suppress_health_check=[HealthCheck.function_scoped_fixture],
)
@given(source=TEXTS.filter(bool), text=TEXTS, fuzzy=st.booleans())
def test_any_text_survives_a_round_trip(name: str, source: str, text: str, fuzzy: bool) -> None:
    sent = catalogue(one("k", source, text, fuzzy=fuzzy and bool(text)))
    assert told(round_trip(name, sent)) == told(sent)
