"""Interchange: what comes back is taken over, and nothing that was there is lost."""

from __future__ import annotations

from dataclasses import replace

import pytest
from hypothesis import given
from hypothesis import strategies as st

from brochure.choices import ExchangeFormat
from brochure.errors import InputError, UsageError
from brochure.findings import Span
from brochure.l10n.catalogue import Catalogue, Translation
from brochure.l10n.formats import formats, load_format, po
from brochure.translation.interchange import choose_format, merge_returned, read_returned
from brochure.translation.template import make_template
from tests.translation.projects import FRENCH, filled, workspace

HERE = Span("fr.po")


def one(key: str, source: str, text: str = "", **more: object) -> Translation:
    return Translation(key, source, text, HERE, **more)  # type: ignore[arg-type]  # fields by name


def catalogue(*entries: Translation) -> Catalogue:
    return Catalogue("fr", "fr.po", {entry.key: entry for entry in entries})


def taken(ours: Translation, theirs: Translation) -> Translation:
    return merge_returned(catalogue(ours), catalogue(theirs)).catalogue.entries[ours.key]


def test_what_was_empty_is_filled() -> None:
    result = merge_returned(catalogue(one("a", "A")), catalogue(one("a", "A", "Ah")))
    assert result.catalogue.entries["a"] == one("a", "A", "Ah")
    assert (result.added, result.replaced, result.fuzzy) == (("a",), (), ())


def test_what_comes_back_empty_takes_nothing_away() -> None:
    assert taken(one("a", "A", "Ah"), one("a", "A")) == one("a", "A", "Ah")


def test_what_is_replaced_is_kept_in_the_notes() -> None:
    assert taken(one("a", "A", "Ah"), one("a", "A", "Oh")) == one(
        "a", "A", "Oh", notes="before: Ah"
    )


def test_a_fuzzy_one_that_comes_back_approved_is_ready() -> None:
    ours = one("a", "B", "Ah", fuzzy=True, previous="A")
    assert taken(ours, one("a", "B", "Bé")).ready
    assert taken(ours, one("a", "B", "Ah")).ready


def test_a_translation_of_an_older_source_waits() -> None:
    result = taken(one("a", "B"), one("a", "A", "Ah"))
    assert (result.text, result.fuzzy, result.previous) == ("Ah", True, "A")


def test_a_translation_of_an_older_source_replaces_no_newer_one() -> None:
    result = taken(one("a", "B", "Bé"), one("a", "A", "Ah"))
    assert (result.text, result.fuzzy, result.notes) == ("Bé", False, "import: Ah")


def test_an_unknown_key_is_said_and_left_out() -> None:
    result = merge_returned(catalogue(one("title", "A")), catalogue(one("titel", "A", "Ah")))
    assert list(result.catalogue.entries) == ["title"]
    assert [str(finding) for finding in result.findings] == [
        "fr.po:1:1: warning: message 'titel' is not in the source and was not imported"
        " (did you mean 'title'?)"
    ]


TEXTS = st.sampled_from(["", "Ah", "Bé", "Cé"])
MESSAGES = st.dictionaries(
    st.sampled_from("abc"), st.tuples(st.sampled_from("ABC"), TEXTS, st.booleans()), max_size=3
)


@given(MESSAGES, MESSAGES)
def test_no_word_of_ours_is_ever_lost(
    ours: dict[str, tuple[str, str, bool]], theirs: dict[str, tuple[str, str, bool]]
) -> None:
    mine = catalogue(
        *(one(key, source, text, fuzzy=fuzzy) for key, (source, text, fuzzy) in ours.items())
    )
    yours = catalogue(
        *(one(key, source, text, fuzzy=fuzzy) for key, (source, text, fuzzy) in theirs.items())
    )
    result = merge_returned(mine, yours).catalogue
    assert result.entries.keys() == mine.entries.keys()
    for key, before in mine.entries.items():
        now = result.entries[key]
        assert before.text in f"{now.text}\n{now.notes}"
        assert now.source == before.source


@pytest.mark.parametrize("name", formats())
def test_sent_out_and_taken_back_nothing_changes(name: str) -> None:
    form = load_format(name)
    ours = filled(make_template(workspace(), "fr"), FRENCH)
    data = form.write(ours)
    theirs, _ = read_returned(data, form, f"french{form.SUFFIXES[0]}", "fr")
    result = merge_returned(ours, theirs)
    assert (result.added, result.replaced, result.fuzzy, result.findings) == ((), (), (), ())
    assert po.write(result.catalogue) == po.write(ours)


@pytest.mark.parametrize("name", formats())
def test_a_spreadsheet_or_a_tool_fills_in_the_same(name: str) -> None:
    """What a translator writes in any format comes to stand in the catalogue, letter by letter."""
    form = load_format(name)
    empty = make_template(workspace(), "fr")
    data = form.write(filled(empty, FRENCH))
    theirs, _ = read_returned(data, form, f"french{form.SUFFIXES[0]}", "fr")
    result = merge_returned(empty, theirs)
    assert set(result.added) == set(FRENCH)
    assert {key: entry.text for key, entry in result.catalogue.entries.items()} == FRENCH


def test_formats_are_chosen_by_name_or_ending() -> None:
    for form in ExchangeFormat:
        assert choose_format(form, "x.bin").SUFFIXES
    assert len(ExchangeFormat) == len(formats())
    assert choose_format(None, "x.po") is load_format("po")
    with pytest.raises(
        UsageError, match=r"suffix; choose .* \(one of: csv, po, xliff, xliff-1.2, xlsx\)"
    ):
        choose_format(None, "x.docx")


def test_a_file_that_cannot_be_read_is_refused() -> None:
    with pytest.raises(InputError, match="invalid line in a PO file"):
        read_returned(b"words\n", load_format("po"), "fr.po", "fr")


def test_notes_of_both_are_kept() -> None:
    ours = replace(one("a", "A"), notes="mine")
    assert taken(ours, one("a", "A", "Ah", notes="yours")).notes == "mine\nyours"
    assert taken(ours, one("a", "A", "Ah", notes="mine")).notes == "mine"
