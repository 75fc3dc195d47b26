"""Merging catalogues: no text of a translator is lost."""

from __future__ import annotations

from hypothesis import given, settings
from hypothesis import strategies as st

from brochure.findings import Span
from brochure.l10n.catalogue import Catalogue, Translation
from brochure.l10n.catalogue_merge import merge_catalogue
from tests.quick import examples

HERE = Span("fr.po")


def one(key: str, source: str, text: str = "", **more: object) -> Translation:
    return Translation(key, source, text, HERE, **more)  # type: ignore[arg-type]  # fields by name


def catalogue(*entries: Translation, obsolete: tuple[Translation, ...] = ()) -> Catalogue:
    return Catalogue("fr", "fr.po", {entry.key: entry for entry in entries}, obsolete)


def test_unchanged_messages_stay() -> None:
    old = catalogue(one("a", "A", "Ah", notes="mine"))
    new = merge_catalogue(old, catalogue(one("a", "A", comments="page 2")))
    assert new.entries["a"] == one("a", "A", "Ah", notes="mine", comments="page 2")


def test_a_changed_source_makes_the_message_fuzzy_with_its_previous_source() -> None:
    new = merge_catalogue(catalogue(one("a", "A", "Ah")), catalogue(one("a", "B")))
    assert new.entries["a"] == one("a", "B", "Ah", fuzzy=True, previous="A")


def test_a_second_change_keeps_the_source_that_was_translated() -> None:
    once = merge_catalogue(catalogue(one("a", "A", "Ah")), catalogue(one("a", "B")))
    twice = merge_catalogue(once, catalogue(one("a", "C")))
    assert twice.entries["a"].previous == "A"


def test_a_source_that_is_restored_is_translated_again() -> None:
    once = merge_catalogue(catalogue(one("a", "A", "Ah")), catalogue(one("a", "B")))
    back = merge_catalogue(once, catalogue(one("a", "A")))
    assert back.entries["a"].ready


def test_a_removed_message_becomes_obsolete_and_can_be_restored() -> None:
    gone = merge_catalogue(catalogue(one("a", "A", "Ah")), catalogue())
    assert gone.obsolete == (one("a", "A", "Ah"),)
    back = merge_catalogue(gone, catalogue(one("a", "A")))
    assert back.entries["a"].text == "Ah"
    assert back.obsolete == ()


def test_a_renamed_key_keeps_its_translation_as_fuzzy() -> None:
    new = merge_catalogue(catalogue(one("old", "A", "Ah")), catalogue(one("new", "A")))
    assert new.entries["new"] == one("new", "A", "Ah", fuzzy=True)
    assert new.obsolete == (one("old", "A", "Ah"),)


TEXTS = st.sampled_from(["", "Ah", "Bé", "Cé"])
ENTRIES = st.dictionaries(
    st.sampled_from("abcd"), st.tuples(st.sampled_from("ABC"), TEXTS), max_size=4
)


@settings(max_examples=examples(100))
@given(
    ENTRIES, st.lists(st.dictionaries(st.sampled_from("abcd"), st.sampled_from("ABC")), max_size=4)
)
def test_no_text_is_ever_lost(
    written: dict[str, tuple[str, str]], sources: list[dict[str, str]]
) -> None:
    current = catalogue(*(one(key, source, text) for key, (source, text) in written.items()))
    for source in sources:
        current = merge_catalogue(
            current, catalogue(*(one(key, words) for key, words in source.items()))
        )
    kept = {entry.key: entry.text for entry in current.obsolete}
    kept |= {key: entry.text for key, entry in current.entries.items()}
    for key, (_, text) in written.items():
        if text:
            assert kept[key] == text


@settings(max_examples=examples(100))
@given(ENTRIES)
def test_merging_the_same_source_twice_changes_nothing(
    written: dict[str, tuple[str, str]],
) -> None:
    old = catalogue(*(one(key, source, text) for key, (source, text) in written.items()))
    template = catalogue(one("a", "A"), one("b", "C"))
    once = merge_catalogue(old, template)
    assert merge_catalogue(once, template) == once
