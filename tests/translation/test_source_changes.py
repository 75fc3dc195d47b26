"""Corrections of the source without a change of meaning, and renamed messages."""

from __future__ import annotations

from collections.abc import Mapping
from pathlib import Path

import pytest

from brochure.errors import OutputError, UsageError
from brochure.findings import Span
from brochure.l10n.catalogue import Catalogue, Translation
from brochure.l10n.formats import po
from brochure.project import DiskProject, MemoryProject
from brochure.translation.catalogues import update_catalogue
from brochure.translation.file_changes import FileChange, write_changes
from brochure.translation.renaming import rename_messages
from brochure.translation.source_changes import touch_messages
from brochure.translation.status import assess_editions
from brochure.translation.workspace import open_workspace
from tests.translation.projects import COPY, FRENCH, LAYOUT, project, translated, workspace, written

CORRECTED = COPY.replace("Another thing", "Another thing.")
GERMAN = {**FRENCH, "words": "Mehr als {people, number} Menschen wurden **gerettet**."}


def applied(files: Mapping[str, str], changes: tuple[FileChange, ...]) -> dict[str, str]:
    return {**files, **{change.name: change.after.decode() for change in changes}}


def reasons(files: Mapping[str, str]) -> dict[str, tuple[str, ...]]:
    return {str(one.name): one.reasons for one in assess_editions(workspace(files))}


@pytest.fixture(name="files")
def make_files() -> dict[str, str]:
    return {
        "content/en.yaml": CORRECTED,
        "content/fr.po": translated(FRENCH),
        "content/de.po": translated(GERMAN, "de"),
    }


def test_a_typo_leaves_every_language_ready(files: dict[str, str]) -> None:
    assert reasons(files) == {"en": (), "fr": ("1 fuzzy",), "de": ("1 fuzzy",)}
    touch = touch_messages(project(files), ["second"])
    assert [(one.file, one.state) for one in touch.messages] == [
        ("content/de.po", "touched"),
        ("content/fr.po", "touched"),
    ]
    assert reasons(applied(files, touch.changes)) == {"en": (), "fr": (), "de": ()}


def test_only_the_entry_changes(files: dict[str, str]) -> None:
    touch = touch_messages(project(files), ["second"], languages=["fr"])
    (change,) = touch.changes
    assert change.name == "content/fr.po"
    expected = files["content/fr.po"].replace('"Another thing"', '"Another thing."')
    assert change.after.decode() == expected


def test_it_works_after_an_update(files: dict[str, str]) -> None:
    update = update_catalogue(workspace(files), "fr")
    files["content/fr.po"] = written(update.catalogue)
    assert "#, fuzzy" in files["content/fr.po"]
    touch = touch_messages(project(files), ["second"], languages=["fr"])
    after = applied(files, touch.changes)["content/fr.po"]
    assert "fuzzy" not in after
    assert "#|" not in after
    assert reasons(applied(files, touch.changes))["fr"] == ()


def test_what_was_fuzzy_before_stays_fuzzy(files: dict[str, str]) -> None:
    files["content/fr.po"] = files["content/fr.po"].replace(
        'msgctxt "second"', '#, fuzzy\nmsgctxt "second"'
    )
    touch = touch_messages(project(files), ["second"], languages=["fr"])
    assert [one.state for one in touch.messages] == ["fuzzy"]
    entry = po.read(touch.changes[0].after, "fr.po", "fr")[0].entries["second"]
    assert (entry.source, entry.fuzzy) == ("Another thing.", True)


def test_another_text_is_left_alone_unless_forced(files: dict[str, str]) -> None:
    files["content/en.yaml"] = COPY.replace("Another thing", "Nobody works here any more")
    touch = touch_messages(project(files), ["second"])
    assert {one.state for one in touch.messages} == {"different"}
    assert touch.changes == ()
    forced = touch_messages(project(files), ["second"], force=True)
    assert reasons(applied(files, forced.changes)) == {"en": (), "fr": (), "de": ()}


def test_a_message_without_a_change_is_current(files: dict[str, str]) -> None:
    touch = touch_messages(project(files), ["first"])
    assert {one.state for one in touch.messages} == {"current"}
    assert touch.changes == ()
    with pytest.raises(UsageError, match="did you mean 'first'"):
        touch_messages(project(files), ["frist"])


def test_the_copy_of_an_office_has_its_own_catalogues(files: dict[str, str]) -> None:
    files["offices/north.yaml"] = (
        "office: north\nlanguages: [fr]\ncopy: {en: {second: Our own thing.}}\n"
    )
    files["offices/north/fr.po"] = office_catalogue("Our own thing", "Notre chose.")
    touch = touch_messages(project(files), ["second"])
    assert ("offices/north/fr.po", "touched") in [(one.file, one.state) for one in touch.messages]
    assert reasons(applied(files, touch.changes))["north_fr"] == ()


def office_catalogue(source: str, text: str) -> str:
    one = Translation("second", source, text, Span("offices/north/fr.po"))
    return po.write(Catalogue("fr", "offices/north/fr.po", {"second": one})).decode()


# Writing


def test_all_files_are_written_or_none(tmp_path: Path) -> None:
    (tmp_path / "a").write_bytes(b"1")
    (tmp_path / "b").write_bytes(b"changed by somebody else")
    changes = [FileChange("a", b"1", b"2"), FileChange("b", b"1", b"2")]
    with pytest.raises(OutputError, match="another program has changed the file"):
        write_changes(tmp_path, changes)
    assert (tmp_path / "a").read_bytes() == b"1"
    (tmp_path / "b").write_bytes(b"1")
    assert write_changes(tmp_path, changes) == (tmp_path / "a", tmp_path / "b")
    assert (tmp_path / "b").read_bytes() == b"2"


# Renaming


def brochure() -> dict[str, str]:
    return {
        "brochure.yaml": LAYOUT,
        "content/en.yaml": COPY.replace("Another thing", "See [it](#words), page {page:words}")
        + "contact: {phone: '1'}\n",
        "content/fr.po": translated({**FRENCH, "second": ""}),
        "offices/north.yaml": "office: north\nlanguages: [en, fr]\n"
        "contact: {phone: '2'}  # ours\ncopy: {en: {words: 'Our {people} people'}}\n",
    }


def test_a_message_is_renamed_in_all_files_and_nothing_else_changes() -> None:
    files = brochure()
    found = rename_messages(project(files), "words", "story.lead")
    after = applied(files, found.changes)
    assert after["brochure.yaml"] == LAYOUT.replace("{text: words}", "{text: story.lead}")
    assert "See [it](#story.lead), page {page:story.lead}" in after["content/en.yaml"]
    assert after["content/fr.po"] == files["content/fr.po"].replace(
        'msgctxt "words"', 'msgctxt "story.lead"'
    )
    workspace = open_workspace(MemoryProject({k: v.encode() for k, v in after.items()}), "north")
    assert workspace.source.entries["story.lead"].text == "Our {people} people"


def test_a_group_of_an_office_is_renamed_in_place() -> None:
    files = brochure()
    found = rename_messages(project(files), "contact.phone", "contact.tel")
    assert found.names == {"contact.phone": "contact.tel"}
    assert "contact: {tel: '2'}  # ours" in applied(files, found.changes)["offices/north.yaml"]


@pytest.mark.parametrize(
    ("old", "new", "reason"),
    [
        ("wrds", "x", "wrds: unknown message \\(did you mean 'words'"),
        ("words", "head", "head: the key is in use"),
        ("words", "words.x", "words.x: the key is in use"),
        ("words", "two words", "two words: not a message key"),
    ],
)
def test_invalid_names(old: str, new: str, reason: str) -> None:
    with pytest.raises(UsageError, match=reason):
        rename_messages(project(brochure()), old, new)


def test_the_sample_prints_the_same_after_renaming_a_group() -> None:
    sample = DiskProject(Path(__file__).parents[2] / "layouts" / "proven-model")
    found = rename_messages(sample, "problem", "background")
    assert set(found.names.values()) == {
        f"background.{name}" for name in ("head", "lead", "story", "alt", "caption")
    }
    assert {change.name.partition("/")[0] for change in found.changes} == {
        "brochure.yaml",
        "content",
    }
