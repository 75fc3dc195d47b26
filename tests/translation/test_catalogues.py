"""Catalogues: created, translated, built, and updated after changes of the source."""

from __future__ import annotations

import subprocess
from dataclasses import replace
from pathlib import Path

import pytest

from brochure.api import build
from brochure.errors import UsageError
from brochure.findings import Span
from brochure.l10n.catalogue import Translation
from brochure.l10n.catalogue_comments import OWN_LINE, merge_comments
from brochure.l10n.formats import po
from brochure.prepress.output_conditions import SCREEN
from brochure.translation.catalogues import (
    Update,
    list_catalogue_languages,
    start_catalogue,
    update_catalogue,
)
from brochure.translation.template import make_general_template
from tests.translation.projects import COPY, FRENCH, LAYOUT, project, translated, workspace, written


def comments(key: str, language: str = "fr") -> list[str]:
    """Return the comments of a message in the trial's catalogue."""
    return start_catalogue(workspace(), language).entries[key].comments.splitlines()


# Creating


def test_a_catalogue_has_every_message_of_the_source_in_its_order() -> None:
    catalogue = start_catalogue(workspace(), "fr")
    assert list(catalogue.entries) == ["title", "head", "words", "first", "second"]
    assert [one.text for one in catalogue.entries.values()] == [""] * 5
    assert catalogue.entries["words"].source == COPY.splitlines()[2].partition(": ")[2]


def test_comments_have_the_place_of_a_message_and_its_variables() -> None:
    place, facts, marks, limit = comments("words")
    assert place == "page 1, frame words, text"
    assert facts == "variables: {people} = 1775"
    assert marks == "markup: **strong**"
    assert limit.startswith("fits about ")
    assert limit.endswith(" characters")


def test_a_list_item_shares_its_frame() -> None:
    place, limit = comments("first")
    assert place == "page 1, frame items, list item"
    assert limit.endswith("characters if the other messages in the frame keep their length")


def test_comments_of_messages_that_are_on_no_page() -> None:
    assert comments("title") == ["not on a page: document metadata or unused"]


def test_a_message_that_flows_over_pages_names_them() -> None:
    layout = LAYOUT.replace("content: {text: words}", "story: long").replace(
        "pages:\n", "stories: {long: {content: {text: words}}}\npages:\n"
    )
    second = (
        '  - frames: {more: {at: "x 30 pt, y 40 pt, width 140 pt, height 72 pt", story: long}}\n'
    )
    catalogue = start_catalogue(workspace({"brochure.yaml": layout + second}), "fr")
    assert catalogue.entries["words"].comments.startswith("pages 1, 2, frame words, text\n")


def test_a_general_template_has_no_character_limits() -> None:
    template = written(make_general_template(workspace()))
    assert 'msgctxt "' in template
    assert "fits about" not in template
    assert "max-length" not in template


@pytest.mark.parametrize(
    ("tag", "words"),
    [
        ("french", "not a language tag"),
        ("en", "this is the source language; edit content/en.yaml"),
        ("en-XA", "a pseudolocale has no catalogue"),
    ],
)
def test_the_source_language_is_refused(tag: str, words: str) -> None:
    with pytest.raises(UsageError, match=words):
        start_catalogue(workspace(), tag)


def test_an_existing_catalogue_is_refused() -> None:
    with pytest.raises(
        UsageError, match=r"content/fr\.po already exists; to update it, run 'brochure text update"
    ):
        start_catalogue(workspace({"content/fr.po": translated(FRENCH)}), "fr")


# Building


def test_a_translated_catalogue_builds() -> None:
    built = build(project({"content/fr.po": translated(FRENCH)}), SCREEN, "fr")
    assert built.findings == ()
    assert built.pdf.startswith(b"%PDF")


def test_an_untranslated_catalogue_builds_only_a_draft() -> None:
    files = project({"content/fr.po": translated({"head": "Les gens"})})
    assert build(files, SCREEN, "fr").pdf == b""
    assert build(files, SCREEN, "fr", draft=True).pdf.startswith(b"%PDF")


# Updating


def after(source: str, catalogue: str | None = None) -> Update:
    """Return the French catalogue after this change of the source."""
    there = catalogue or translated(FRENCH)
    return update_catalogue(workspace({"content/en.yaml": source, "content/fr.po": there}), "fr")


def test_an_unchanged_source_changes_nothing() -> None:
    once = after(COPY)
    again = after(COPY, written(once.catalogue))
    assert (again.new, again.changed, again.obsolete, again.differs) == ((), (), (), False)


def test_a_file_with_other_line_breaks_is_not_changed() -> None:
    """Translation programs wrap lines; the content of the catalogue is the same."""
    text = written(after(COPY).catalogue)
    wrapped = text.replace('msgstr "Un essai"', 'msgstr ""\n"Un "\n"essai"')
    assert wrapped != text
    assert not after(COPY, wrapped).differs


def test_a_changed_source_makes_its_translation_fuzzy() -> None:
    update = after(COPY.replace("People", "Persons"))
    head = update.catalogue.entries["head"]
    assert (update.new, update.changed, update.obsolete) == ((), ("head",), ())
    assert (head.text, head.fuzzy, head.previous) == ("Les gens", True, "People")
    assert '#| msgid "People"' in written(update.catalogue)


def test_a_new_message_is_added() -> None:
    update = after(COPY + "third: A third thing\n")
    assert (update.new, update.changed, update.obsolete) == (("third",), (), ())
    assert update.catalogue.entries["third"].text == ""


def test_a_removed_message_is_kept_and_can_be_restored() -> None:
    without = COPY.replace("title: A trial\n", "")
    layout = LAYOUT.replace("title: title\n", "")
    files = {"brochure.yaml": layout, "content/en.yaml": without}
    gone = update_catalogue(workspace({**files, "content/fr.po": translated(FRENCH)}), "fr")
    assert gone.obsolete == ("title",)
    text = written(gone.catalogue)
    assert '#~ msgstr "Un essai"' in text
    back = after(COPY, text)
    assert (back.new, back.obsolete) == ((), ())
    assert back.catalogue.entries["title"].text == "Un essai"
    assert back.catalogue.entries["title"].ready


def test_the_header_stays() -> None:
    text = translated(FRENCH).replace(
        '"Language: fr\\n"', '"Language: fr\\n"\n"Last-Translator: Amélie <a@example.org>\\n"'
    )
    new = after(COPY + "third: More\n", text)
    assert new.catalogue.header["Last-Translator"] == "Amélie <a@example.org>"
    assert '"Last-Translator: Amélie <a@example.org>\\n"' in written(new.catalogue)


def test_a_missing_catalogue_is_an_error() -> None:
    with pytest.raises(UsageError, match=r"content/de\.po not found .* text extract --lang de"):
        update_catalogue(workspace({"content/fr.po": translated(FRENCH)}), "de")


def test_catalogues_are_found_by_their_files() -> None:
    there = workspace({"content/fr.po": translated(FRENCH), "content/de.yaml": "head: Leute\n"})
    assert list_catalogue_languages(there) == ("fr",)


def test_a_written_catalogue_is_read_unchanged() -> None:
    text = translated(FRENCH)
    catalogue, findings = po.read(text.encode(), "content/fr.po", "fr")
    assert findings == ()
    assert written(catalogue) == text


# Entries of other programs, and generated comments


def test_flags_references_and_comments_of_other_programs_are_kept() -> None:
    text = translated(FRENCH).replace(
        "#. page 1, frame head, heading, style body\n",
        '#. page 1, frame head, heading, style body\n#. the director prefers "Les gens"\n#: content/en.yaml:2\n#, no-wrap\n',
    )
    text = text.replace("#\nmsgid", "# French, by Amélie\nmsgid", 1)
    assert "no-wrap" in text
    assert "by Amélie" in text
    result = after(COPY.replace("People", "Persons") + "third: More\n", text)
    new = written(result.catalogue)
    head = result.catalogue.entries["head"]
    assert "# French, by Amélie\n" in new
    assert head.references == (("content/en.yaml", "2"),)
    assert "no-wrap" in head.flags
    assert 'the director prefers "Les gens"' in head.comments.splitlines()


def test_every_comment_of_a_template_is_recognized() -> None:
    lines = [
        line
        for one in start_catalogue(workspace(), "fr").entries.values()
        for line in one.comments.splitlines()
    ]
    lines += [
        line
        for one in make_general_template(workspace()).entries.values()
        for line in one.comments.splitlines()
    ]
    assert [line for line in lines if not OWN_LINE.match(line)] == []


def test_messages_with_variables_are_checked_as_icu_messages() -> None:
    entries = start_catalogue(workspace(), "fr").entries
    assert [key for key, one in entries.items() if "icu-message-format" in one.flags] == ["words"]


def test_a_limit_is_a_flag_where_each_character_counts() -> None:
    """Not if a message shares its frame, and not with markup and variables, whose characters are not printed."""
    entries = start_catalogue(workspace(), "fr").entries
    limited = {
        key: one for key, one in entries.items() if any("max-length" in flag for flag in one.flags)
    }
    assert list(limited) == ["head"]
    (flag,) = limited["head"].flags
    assert f"fits about {flag.partition(':')[2]} characters" in limited["head"].comments


@pytest.mark.parametrize(("written_limit", "stays"), [(104, True), (140, False)])
def test_a_limit_that_is_nearly_right_is_not_rewritten(written_limit: int, stays: bool) -> None:
    old = Translation(
        "a",
        "A",
        "B",
        Span("x"),
        comments=f"page 1, frame a, text\nfits about {written_limit} characters",
    )
    fresh = replace(
        old,
        text="",
        comments="page 1, frame a, text\nfits about 100 characters",
        flags=("max-length:100",),
    )
    merged = merge_comments(fresh, old)
    assert (merged.comments == old.comments, merged.flags) == (stays, () if stays else fresh.flags)


def test_a_changed_source_does_not_change_limits_of_other_messages() -> None:
    before = after(COPY).catalogue
    now = after(COPY.replace("One thing", "One thing or two"), written(before)).catalogue
    others = [key for key in before.entries if key != "first"]
    assert now.entries["first"].fuzzy
    assert [now.entries[key].comments for key in others] == [
        before.entries[key].comments for key in others
    ]


def test_gettext_accepts_a_catalogue(tmp_path: Path) -> None:
    path = tmp_path / "fr.po"
    path.write_text(written(after(COPY.replace("People", "Persons")).catalogue), encoding="utf-8")
    result = subprocess.run(
        ["msgfmt", "--check", "-o", tmp_path / "fr.mo", path], check=True, capture_output=True
    )
    assert result.stderr == b""
