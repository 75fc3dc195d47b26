"""Import of returned files: translations are merged, and no existing text is lost."""

from __future__ import annotations

from dataclasses import replace

import pytest
from hypothesis import given
from hypothesis import strategies as st

from brochure.choices import ExchangeFormat
from brochure.errors import InputError, UsageError
from brochure.findings import Severity, Span
from brochure.l10n.catalogue import Catalogue, Translation
from brochure.l10n.formats import formats, load_format, po
from brochure.translation.import_gate import check_language, check_order
from brochure.translation.interchange import (
    choose_format,
    list_changes,
    merge_returned,
    read_returned,
)
from brochure.translation.template import make_template
from tests.translation.projects import FRENCH, filled, workspace

HERE = Span("fr.po")


def one(key: str, source: str, text: str = "", **more: object) -> Translation:
    return Translation(key, source, text, HERE, **more)  # type: ignore[arg-type]  # fields by name


def catalogue(*entries: Translation) -> Catalogue:
    return Catalogue("fr", "fr.po", {entry.key: entry for entry in entries})


def taken(ours: Translation, theirs: Translation) -> Translation:
    return merge_returned(catalogue(ours), catalogue(theirs)).catalogue.entries[ours.key]


def test_empty_translations_are_filled() -> None:
    result = merge_returned(catalogue(one("a", "A")), catalogue(one("a", "A", "Ah")))
    assert result.catalogue.entries["a"] == one("a", "A", "Ah")
    assert (result.added, result.replaced, result.fuzzy) == (("a",), (), ())


def test_an_empty_returned_translation_changes_nothing() -> None:
    assert taken(one("a", "A", "Ah"), one("a", "A")) == one("a", "A", "Ah")


def test_replaced_translations_are_kept_in_the_notes() -> None:
    assert taken(one("a", "A", "Ah"), one("a", "A", "Oh")) == one(
        "a", "A", "Oh", notes="before: Ah"
    )


def test_a_fuzzy_translation_that_is_returned_as_final_is_ready() -> None:
    ours = one("a", "B", "Ah", fuzzy=True, previous="A")
    assert taken(ours, one("a", "B", "Bé")).ready
    assert taken(ours, one("a", "B", "Ah")).ready


def test_a_translation_of_an_older_source_is_fuzzy() -> None:
    result = taken(one("a", "B"), one("a", "A", "Ah"))
    assert (result.text, result.fuzzy, result.previous) == ("Ah", True, "A")


def test_a_translation_of_an_older_source_does_not_replace_a_newer_one() -> None:
    result = taken(one("a", "B", "Bé"), one("a", "A", "Ah"))
    assert (result.text, result.fuzzy, result.notes) == ("Bé", False, "import: Ah")


def test_an_unknown_key_is_reported_and_left_out() -> None:
    result = merge_returned(catalogue(one("title", "A")), catalogue(one("titel", "B", "Bé")))
    assert list(result.catalogue.entries) == ["title"]
    assert [str(finding) for finding in result.findings] == [
        "fr.po:1:1: warning: message 'titel' is not in the source and was not imported"
        " (did you mean 'title'?)"
    ]


def test_a_changed_key_is_found_by_its_source_text() -> None:
    """Spreadsheets capitalize keys, and translation programs replace them by numbers."""
    ours = catalogue(one("title", "A"), one("head", "B"))
    result = merge_returned(ours, catalogue(one("Title", "Old", "Ah"), one("17", " B\n", "Bé")))
    assert [entry.text for entry in result.catalogue.entries.values()] == ["Ah", "Bé"]
    assert [(f.code, f.severity) for f in result.findings] == [("key-matched", Severity.NOTE)] * 2


def test_changed_keys_with_one_source_text_are_taken_in_order_or_not_at_all() -> None:
    ours = catalogue(one("a", "A"), one("b", "A"))
    both = merge_returned(ours, catalogue(one("1", "A", "un"), one("2", "A", "deux")))
    assert [entry.text for entry in both.catalogue.entries.values()] == ["un", "deux"]
    single = merge_returned(ours, catalogue(one("1", "A", "un")))
    assert [entry.text for entry in single.catalogue.entries.values()] == ["", ""]
    assert [finding.code for finding in single.findings] == ["key-unknown"]


def test_spaces_in_the_source_do_not_make_a_translation_outdated() -> None:
    result = taken(one("a", "One. Two."), one("a", "One.  Two.\n", "Un."))
    assert (result.text, result.fuzzy) == ("Un.", False)


def test_text_that_is_only_added_to_the_notes_is_listed() -> None:
    result = merge_returned(catalogue(one("a", "B", "Bé")), catalogue(one("a", "A", "Ah")))
    assert (result.noted, result.replaced) == (("a",), ())
    assert [finding.code for finding in result.findings] == ["import-noted"]


def test_a_short_word_is_kept_beside_a_longer_one_that_begins_with_it() -> None:
    ours = one("a", "A", "Ah", notes="before: Ahoi")
    assert taken(ours, one("a", "A", "Oh")).notes == "before: Ahoi\nbefore: Ah"


def test_notes_that_are_returned_with_more_lines_are_not_duplicated() -> None:
    ours = replace(one("a", "A"), notes="mine")
    assert taken(ours, one("a", "A", "Ah", notes="mine\nyours")).notes == "mine\nyours"


@pytest.mark.parametrize("name", formats())
@pytest.mark.parametrize(
    ("written", "read"),
    [("a\u2028b", "a\nb"), ("a\u2029b", "a\n\nb"), ("a\x85b", "a\nb"), ("a\rb", "a\nb")],
)
def test_line_ends_that_po_cannot_store_are_converted(name: str, written: str, read: str) -> None:
    form = load_format(name)
    data = form.write(catalogue(one("a", "A", written, notes=written), one("b", "B", "Bé")))
    theirs, _ = read_returned(data, form, f"fr{form.SUFFIXES[0]}", "fr")
    result = merge_returned(catalogue(one("a", "A"), one("b", "B")), theirs).catalogue
    again, findings = po.read(po.write(result), "fr.po", "fr")
    assert findings == ()
    assert again.entries["b"].text == "Bé"
    assert again.entries["a"].text == read
    assert again.entries["a"].notes.split() == ["a", "b"]


def test_an_entry_with_errors_is_left_out_and_the_others_are_imported() -> None:
    rows = "key,source,translation\na,A,A\x01h\nb,B,Bé\nc,C,Cé\nc,C,Zé\n"
    theirs, findings = read_returned(rows.encode(), load_format("csv"), "fr.csv", "fr")
    assert [finding.code for finding in findings] == ["copy-control", "table-duplicate"]
    ours = catalogue(one("a", "A", "Ah"), one("b", "B"), one("c", "C"))
    result = merge_returned(ours, theirs)
    assert [entry.text for entry in result.catalogue.entries.values()] == ["Ah", "Bé", ""]
    assert result.left_out == ("a", "c")


def test_changes_are_listed_with_the_old_and_the_new_text() -> None:
    ours = catalogue(one("a", "A", "Ah"), one("b", "B"), one("c", "C", "Cé"))
    result = merge_returned(ours, catalogue(one("a", "A", "Oh"), one("c", "C", "Cé", fuzzy=True)))
    assert [
        (each.key, each.old, each.new, each.is_fuzzy, each.notes)
        for each in list_changes(ours, result.catalogue)
    ] == [("a", "Ah", "Oh", False, "before: Ah"), ("c", "Cé", "Cé", True, "")]


# Checking the language


def returned(language: str, *texts: str) -> Catalogue:
    """A returned file that declares a language."""
    entries = (one(f"k{at}", f"S{at}", text) for at, text in enumerate(texts))
    return replace(catalogue(*entries), declared=language)


@pytest.mark.parametrize("tag", ["", "es", "es-ES", "es_ES", "ES", "spa"])
def test_the_language_of_the_catalogue_is_accepted(tag: str) -> None:
    assert check_language(returned(tag, "uno"), "es", {}) == ()


@pytest.mark.parametrize("tag", ["fr", "fr-FR", "pt", "es-Cyrl"])
def test_another_language_is_refused_with_the_option(tag: str) -> None:
    with pytest.raises(InputError, match=f"in the language '{tag}'.* into 'es'.*--lang {tag}"):
        check_language(returned(tag, "un"), "es", {})
    assert check_language(returned(tag, "un"), "es", {}, accepted=tag) == ()


def test_another_region_is_a_warning_unless_it_has_a_catalogue() -> None:
    (finding,) = check_language(returned("es-MX", "uno"), "es", {})
    assert finding.severity is Severity.WARNING
    with pytest.raises(InputError, match="--lang es-MX"):
        check_language(returned("es-MX", "uno"), "es", {"es-MX": catalogue()})


def test_a_file_that_names_no_language_is_compared_with_the_other_catalogues() -> None:
    texts = ("un", "deux", "trois", "quatre", "cinq")
    with pytest.raises(InputError, match=r"5 of the file's 5 translations are those of fr\.po"):
        check_language(returned("", *texts), "es", {"fr": returned("fr", *texts)})
    assert check_language(returned("", *texts[:3]), "es", {"fr": returned("fr", *texts)}) == ()


def test_a_column_that_was_sorted_alone_is_refused() -> None:
    texts = ["un", "deux", "trois", "quatre", "cinq"]
    ours = returned("fr", *texts)
    with pytest.raises(InputError, match=r"5 translations belong to other messages.*sort whole"):
        check_order(ours, returned("fr", *texts[1:], texts[0]))
    check_order(ours, returned("fr", "deux", "un", *texts[2:]))
    check_order(ours, returned("fr", *(f"{text}!" for text in texts)))


TEXTS = st.sampled_from(["", "Ah", "Bé", "Cé"])
MESSAGES = st.dictionaries(
    st.sampled_from("abc"), st.tuples(st.sampled_from("ABC"), TEXTS, st.booleans()), max_size=3
)


@given(MESSAGES, MESSAGES)
def test_no_text_is_ever_lost(
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
def test_export_and_import_change_nothing(name: str) -> None:
    form = load_format(name)
    ours = filled(make_template(workspace(), "fr"), FRENCH)
    data = form.write(ours)
    theirs, _ = read_returned(data, form, f"french{form.SUFFIXES[0]}", "fr")
    result = merge_returned(ours, theirs)
    assert (result.added, result.replaced, result.fuzzy, result.findings) == ((), (), (), ())
    assert po.write(result.catalogue) == po.write(ours)


@pytest.mark.parametrize("name", formats())
def test_all_formats_import_the_same_translation(name: str) -> None:
    """A translation written in any format is in the catalogue, letter by letter."""
    form = load_format(name)
    empty = make_template(workspace(), "fr")
    data = form.write(filled(empty, FRENCH))
    theirs, _ = read_returned(data, form, f"french{form.SUFFIXES[0]}", "fr")
    result = merge_returned(empty, theirs)
    assert set(result.added) == set(FRENCH)
    assert {key: entry.text for key, entry in result.catalogue.entries.items()} == FRENCH


def test_a_source_text_that_replaces_a_translation_is_reported() -> None:
    words = "A boat comes on Tuesdays"
    ours = catalogue(one("a", words, "Un bateau vient le mardi"), one("b", "Hedda Aldous", ""))
    theirs = catalogue(one("a", words, words), one("b", "Hedda Aldous", "Hedda Aldous"))
    result = merge_returned(ours, theirs)
    assert [finding.code for finding in result.findings] == ["import-copied"]
    assert "Un bateau vient le mardi" in result.catalogue.entries["a"].notes


def test_formats_are_chosen_by_name_or_extension() -> None:
    for form in ExchangeFormat:
        assert choose_format(form, "x.bin").SUFFIXES
    assert len(ExchangeFormat) == len(formats())
    assert choose_format(None, "x.po") is load_format("po")
    with pytest.raises(
        UsageError,
        match=r"suffix; choose .* \(one of: csv, docx, ods, po, xliff, xliff-1.2, xlsx\)",
    ):
        choose_format(None, "x.doc")


def test_a_file_that_cannot_be_read_is_refused() -> None:
    with pytest.raises(InputError, match="invalid line in a PO file"):
        read_returned(b"words\n", load_format("po"), "fr.po", "fr")


def test_notes_of_both_are_kept() -> None:
    ours = replace(one("a", "A"), notes="mine")
    assert taken(ours, one("a", "A", "Ah", notes="yours")).notes == "mine\nyours"
    assert taken(ours, one("a", "A", "Ah", notes="mine")).notes == "mine"
