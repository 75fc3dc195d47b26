"""Notes in the copy: marks, note texts beside the message or in a mapping, and errors in them."""

from __future__ import annotations

import pytest

from brochure.findings import Span
from brochure.l10n.inline_markup import parse_markup
from brochure.l10n.message_file import Copy, read_copy
from brochure.l10n.notes import find_marking, find_note, report_unmarked

COPY = """\
results:
  body: |
    A fact.[^a] Another.[^b]

    [^a]: Its *source*.
    [^b]: Another
      source: a book.

    The text goes on.
  notes: {c: Near.}
notes: {c: Far.}
"""


def copy_of(source: str) -> Copy:
    copy, findings = read_copy(source.encode(), "en.yaml", "en")
    assert findings == ()
    return copy


def test_paragraphs_with_the_words_of_notes_are_messages() -> None:
    entries = copy_of(COPY).entries
    assert {key: one.text.strip() for key, one in entries.items()} == {
        "results.body": "A fact.[^a] Another.[^b]\n\nThe text goes on.",
        "results.body.notes.a": "Its *source*.",
        "results.body.notes.b": "Another\n  source: a book.",
        "results.notes.c": "Near.",
        "notes.c": "Far.",
    }
    assert entries["results.body.notes.b"].span == Span("en.yaml", 2, 9)


@pytest.mark.parametrize("style", [">", ">-", "|", "|-"])
def test_note_texts_are_found_in_every_yaml_style(style: str) -> None:
    source = f"a: {style}\n  A fact.[^1] More.[^2]\n\n\n  [^1]: One.\n  [^2]: Two.\n"
    entries = copy_of(source).entries
    assert [(key, one.text.strip()) for key, one in entries.items()] == [
        ("a", "A fact.[^1] More.[^2]"),
        ("a.notes.1", "One."),
        ("a.notes.2", "Two."),
    ]


@pytest.mark.parametrize("text", ["A fact[^a]: so it is.", "See [^a]: there.", "a]: b", "[x]: y"])
def test_a_colon_after_a_mark_is_text(text: str) -> None:
    assert list(copy_of(f"a: '{text}'\n").entries) == ["a"]


@pytest.mark.parametrize(
    ("key", "wanted"),
    [
        ("results.body", "results.notes.c"),
        ("results.deep.body", "results.notes.c"),
        ("other.body", "notes.c"),
        ("title", "notes.c"),
    ],
)
def test_the_nearest_note_is_used(key: str, wanted: str) -> None:
    assert find_note("c", key, copy_of(COPY).entries) == wanted
    assert find_note("d", key, copy_of(COPY).entries) is None


def test_marks_are_parsed_everywhere_and_have_no_text() -> None:
    (words,), problems = parse_markup("One[^a] **two[^b]** [three[^c]]{.strong}[^a]")
    assert problems == ()
    assert [(one.text, one.marks.note) for one in words if one.marks.note] == [
        ("", "a"),
        ("", "b"),
        ("", "c"),
        ("", "a"),
    ]
    assert "".join(one.text for one in words) == "One two three"


def test_a_mark_in_the_text_of_a_link_is_an_error() -> None:
    _, (problem,) = parse_markup("See [the [site]{.strong}[^a]](https://a.org).")
    assert problem.message == "the mark [^a] is in the words of a link"
    assert problem.hint == "write it after the link: [words](…)[^a]"


@pytest.mark.parametrize("text", ["\\[^a]", "[^a b]", "[^]", "[^a", "[^a.b]"])
def test_text_that_is_not_a_mark(text: str) -> None:
    (words,), _ = parse_markup(text)
    assert not any(one.marks.note for one in words)


def test_the_messages_with_marks_for_a_note() -> None:
    entries = copy_of("a: 'x[^n]'\nb: {c: 'y[^n] z[^m]'}\nnotes: {n: N, m: M, o: O}\n").entries
    assert find_marking(entries) == {"notes.n": ("a", "b.c"), "notes.m": ("b.c",)}


def test_words_without_a_mark_are_reported_unless_a_block_shows_them() -> None:
    copy = copy_of("a: 'x[^n]'\nnotes: {n: N, o: O, p: P}\n")
    (finding,) = report_unmarked(copy, {"notes.p": None})
    assert finding.code == "note-unmarked"
    assert str(finding.span) == "en.yaml:2:18"
