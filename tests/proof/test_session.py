"""A project open in a proof: drafts, changes on disk, errors, and saving."""

from __future__ import annotations

import re
from pathlib import Path

import pytest

from brochure.errors import InputError, OutputError, UsageError
from brochure.model.display_list import GlyphRun
from brochure.project import DiskProject
from brochure.proof.editing import Conflict, save_translation
from brochure.proof.fit import measure_fit
from brochure.proof.messages import list_messages, message_data
from brochure.proof.scene import edition_data
from brochure.proof.session import OpenEdition, ProofSession
from tests.proof.projects import CATALOGUE, COPY, LAYOUT, write_leaflet, write_sample


@pytest.fixture
def root(tmp_path: Path) -> Path:
    return write_leaflet(tmp_path)


@pytest.fixture
def session(root: Path) -> ProofSession:
    return ProofSession(DiskProject(root))


def words(opened: OpenEdition, page: int) -> str:
    runs = (item for item in opened.made.pages[page].items if isinstance(item, GlyphRun))
    return " ".join("".join(run.glyphs.text for run in runs).split())


def change(file: Path, old: str, new: str) -> None:
    text = file.read_text("utf-8")
    assert old in text
    file.write_text(text.replace(old, new), "utf-8")


# Drafts


def test_a_draft_changes_its_page_and_no_file(session: ProofSession, root: Path) -> None:
    before = session.edition("fr")
    after, changed = session.set_draft("fr", "cover.title", "Encore de l’eau")
    assert changed == (0,)
    assert "Encore de l’eau" in words(after, 0)
    assert after.versions[0] != before.versions[0]
    assert after.versions[1] == before.versions[1]
    assert (root / "content/fr.po").read_text("utf-8") == CATALOGUE


def test_discarding_a_draft_restores_the_page(session: ProofSession) -> None:
    before = session.edition("fr")
    session.set_draft("fr", "cover.title", "Encore")
    after, changed = session.set_draft("fr", "cover.title", None)
    assert changed == (0,)
    assert after.made.pages == before.made.pages


def test_a_note_is_edited_as_any_message(session: ProofSession, root: Path) -> None:
    change(root / "content/en.yaml", "See [the report]", "See[^one] [the report]")
    with (root / "content/en.yaml").open("a", encoding="utf-8") as copy:
        copy.write("notes: {one: Of 2024.}\n")
    session.reload()
    session.set_draft("fr", "cover.note", "Voir[^one] [le rapport](https://example.org/report).")
    after, changed = session.set_draft("fr", "notes.one", "De 2024.")
    assert changed == (0,)
    assert "1De 2024." in words(after, 0)
    assert "Voir1 le rapport" in words(after, 0)
    listed = {one["key"]: one for one in list_messages(after)}
    assert (listed["notes.one"]["draft"], listed["notes.one"]["text"]) == (True, "De 2024.")
    data = message_data(session.job, after, "notes.one")
    assert data["locations"] == ["page 1, frame main, note in cover.note"]


def test_a_draft_of_an_untranslated_or_fuzzy_message_is_shown(session: ProofSession) -> None:
    _, changed = session.set_draft("fr", "inside.after", "Après")
    assert changed == (1,)
    after, changed = session.set_draft("fr", "cover.note", "Voir le rapport.")
    assert changed == (0,)
    assert "Après" in words(after, 1)
    assert "Voir le rapport." in words(after, 0)


def test_a_draft_that_cannot_be_set_is_refused(session: ProofSession) -> None:
    before = session.edition("fr")
    with pytest.raises(InputError, match="unknown variable"):
        session.set_draft("fr", "cover.lead", "{well} puits")
    assert session.edition("fr").made == before.made


def test_drafts_are_kept_after_changes_of_the_files(session: ProofSession, root: Path) -> None:
    session.set_draft("fr", "cover.title", "Encore")
    change(root / "content/fr.po", "Ce qui a changé", "Le changement")
    session.reload()
    after = session.edition("fr")
    assert "Encore" in words(after, 0)
    assert "Le changement" in words(after, 1)


def test_drafts_that_no_longer_fit_the_files_do_not_hide_the_edition(
    session: ProofSession, root: Path
) -> None:
    session.set_draft("fr", "cover.lead", "{wells} puits")
    change(root / "brochure.yaml", "  wells: 12", "  pumps: 12")
    change(root / "content/en.yaml", "{wells} wells", "{pumps} pumps")
    change(root / "content/fr.po", "{wells} wells", "{pumps} pumps")
    change(root / "content/fr.po", "{wells} puits", "{pumps} pompes")
    session.reload()
    assert "12 pompes" in words(session.edition("fr"), 0)


def test_unknown_messages_and_editions_are_named(session: ProofSession) -> None:
    with pytest.raises(UsageError, match=r"no message 'cover\.titel'"):
        session.set_draft("fr", "cover.titel", "x")
    with pytest.raises(UsageError, match="no edition 'de'"):
        session.edition("de")


# Changes on disk


@pytest.mark.parametrize(
    ("file", "text"),
    [
        ("brochure.yaml", "pages: ["),
        ("brochure.yaml", LAYOUT.replace("columns 1-6", "columns one", 1)),
        ("content/fr.po", "This is a letter.\n"),
        ("content/en.yaml", COPY.replace("cover:", "cover", 1)),
    ],
)
def test_faulty_files_keep_the_last_good_pages(
    session: ProofSession, root: Path, file: str, text: str
) -> None:
    before = session.edition("fr")
    (root / file).write_text(text, "utf-8")
    session.reload()
    broken = session.edition("fr")
    assert broken.made.pages == before.made.pages
    faults = edition_data(session, broken)["faults"]
    assert any(one["file"].endswith(file) for one in faults)
    (root / file).write_text({"brochure.yaml": LAYOUT, "content/fr.po": CATALOGUE}.get(file, COPY))
    session.reload()
    assert not session.edition("fr").faults
    assert not session.faults


def test_a_removed_file_is_an_error(session: ProofSession, root: Path) -> None:
    session.edition("fr")
    (root / "brochure.yaml").unlink()
    assert [one.code for one in session.reload()] == ["layout-missing"]


# Messages


def test_every_message_has_its_state(session: ProofSession) -> None:
    states = {one["key"]: one["state"] for one in list_messages(session.edition("fr"))}
    assert states["cover.title"] == "ready"
    assert states["cover.note"] == "fuzzy"
    assert states["inside.after"] == "missing"
    assert set({one["state"] for one in list_messages(session.edition("en"))}) == {"source"}


def test_a_message_has_the_places_of_its_texts(session: ProofSession) -> None:
    data = message_data(session.job, session.edition("fr"), "cover.title")
    assert data["editable"]
    assert data["source"]["text"] == "Water for the valley"
    assert data["source"]["file"].endswith("content/en.yaml")
    assert data["text"] == "De l’eau pour la vallée"
    line = CATALOGUE.splitlines()[data["line"] - 1]
    assert line == 'msgstr "De l’eau pour la vallée"'
    assert data["notes"] == ["The reviewer prefers this word."]
    assert [one["layer"] for one in data["origins"]] == ["source", "fr"]


def test_a_text_in_a_yaml_file_is_edited_there(session: ProofSession, root: Path) -> None:
    (root / "content/fr.yaml").write_text("inside:\n  after: Ensuite\n", "utf-8")
    session.reload()
    data = message_data(session.job, session.edition("fr"), "inside.after")
    assert not data["editable"]
    assert data["why_not"]["reason"] == "elsewhere"
    assert data["why_not"]["file"].endswith("content/fr.yaml")
    assert data["text"] == "Ensuite"
    assert message_data(session.job, session.edition("fr"), "cover.title")["editable"]


@pytest.mark.parametrize(
    ("edition", "key", "reason"),
    [("en", "cover.title", "source")],
)
def test_a_message_without_a_catalogue_has_a_reason(
    session: ProofSession, edition: str, key: str, reason: str
) -> None:
    data = message_data(session.job, session.edition(edition), key)
    assert not data["editable"]
    assert data["why_not"]["reason"] == reason


def test_the_limit_of_a_message_is_where_it_becomes_overset(session: ProofSession) -> None:
    opened = session.edition("fr")
    fit = measure_fit(session.job, opened.made.edition, "inside.band")
    assert fit.limit
    text = "mot " * 2000
    fitting, _ = session.set_draft("fr", "inside.band", text[: int(fit.limit * 0.9)].strip())
    assert not measure_fit(
        session.job, fitting.made.edition, "inside.band", with_limit=False
    ).lines_over
    longer, _ = session.set_draft("fr", "inside.band", text[: int(fit.limit * 1.3)].strip())
    over = measure_fit(session.job, longer.made.edition, "inside.band", with_limit=False)
    assert over.lines_over
    assert over.is_overset


def test_a_text_that_pushes_others_out_of_the_frame_is_too_long(session: ProofSession) -> None:
    longer, _ = session.set_draft("fr", "cover.lead", "mot " * 120)
    pushed = measure_fit(session.job, longer.made.edition, "cover.lead", with_limit=False)
    assert pushed.lines_over
    elsewhere = measure_fit(session.job, longer.made.edition, "inside.band", with_limit=False)
    assert not elsewhere.lines_over


# Glossary, frames and findings


def test_terms_are_checked_while_a_message_is_translated(session: ProofSession, root: Path) -> None:
    terms = "terms: {glossary: terms.csv, do-not-translate: [report]}\n"
    change(root / "brochure.yaml", "size: a6\n", f"size: a6\n{terms}")
    (root / "terms.csv").write_text("en,fr\nvalley,vallée|!creux\n", "utf-8")
    session.reload()

    def found(key: str, text: str) -> list[str]:
        opened, _ = session.set_draft("fr", key, text)
        return [one["code"] for one in message_data(session.job, opened, key)["warnings"]]

    assert found("cover.title", "De l’eau pour la vallée") == []
    assert found("cover.title", "De l’eau pour le creux") == ["term-deprecated"]
    assert found("cover.title", "De l’eau") == ["term-missing"]
    link = "https://example.org/report"
    assert found("cover.note", f"Voir [le rapport]({link}).") == ["term-translated"]
    assert found("cover.note", f"Voir [le report]({link}).") == []


def test_a_glossary_that_cannot_be_read_is_a_finding_and_hides_no_page(
    session: ProofSession, root: Path
) -> None:
    change(root / "brochure.yaml", "size: a6\n", "size: a6\nterms: {glossary: terms.csv}\n")
    assert not session.reload()
    data = edition_data(session, session.edition("fr"))
    assert not data["faults"]
    assert "glossary-missing" in [one["code"] for one in data["findings"]]


def test_frames_have_their_position_and_content(session: ProofSession, root: Path) -> None:
    page = edition_data(session, session.edition("en"))["pages"][1]
    frames = {frame["label"]: frame for frame in page["frames"]}
    line = LAYOUT.splitlines().index("      gloss:") + 1
    assert line <= frames["gloss"]["block"]["line"] <= line + 1
    facts = dict(frames["gloss"]["facts"])
    assert facts["background"] == "gloss: Varnish 100%, overprints"
    # A6 is 105 x 148 mm; rectangles are in points from the lower left corner.
    x, y, width, height = (part * 25.4 / 72 for part in frames["gloss"]["rects"][0])
    shown = f"{facts['position']} × {facts['dimensions']}"
    placed = [float(one) for one in re.findall(r"[\d.-]+", shown)]
    assert placed == pytest.approx([x, 148 - y - height, width, height], abs=0.06)
    sizes = [frame["rects"][0][2] * frame["rects"][0][3] for frame in page["frames"]]
    assert sizes == sorted(sizes, reverse=True)


def test_a_frame_over_the_fold_is_on_both_pages(tmp_path: Path) -> None:
    session = ProofSession(DiskProject(write_sample(tmp_path)))
    pages = edition_data(session, session.edition("cambodia/en"))["pages"]
    left, right = (
        {frame["label"]: frame for frame in page["frames"]} for page in (pages[7], pages[8])
    )
    assert right["field"]["block"] == left["field"]["block"]
    assert right["field"]["facts"] == left["field"]["facts"]
    moved = left["field"]["rects"][0][0] - right["field"]["rects"][0][0]
    assert moved == pytest.approx(pages[7]["width"], abs=0.01)
    assert "figure" not in right
    assert "chart" not in left


def test_a_finding_leads_to_the_area_that_it_is_about(session: ProofSession) -> None:
    longer, _ = session.set_draft("fr", "cover.note", "mot " * 200)
    data = edition_data(session, longer)
    over = next(one for one in data["findings"] if one["code"] == "overflow")
    areas = {area["id"]: area for page in data["pages"] for area in page["areas"]}
    assert over["page"] == 1
    assert areas[over["area"]]["key"] == over["key"] == "cover.note"


# Saving

NEW = "De l’eau, enfin"


def seen(session: ProofSession, key: str) -> dict[str, object]:
    saved: dict[str, object] = message_data(session.job, session.edition("fr"), key)["saved"]
    return saved


def save(
    session: ProofSession, key: str, text: str, before: object, *, fuzzy: bool = False
) -> None:
    save_translation(session, "fr", {"key": key, "text": text, "fuzzy": fuzzy, "seen": before})


def test_saving_changes_one_line_of_the_catalogue(session: ProofSession, root: Path) -> None:
    save(session, "cover.title", NEW, seen(session, "cover.title"))
    expected = CATALOGUE.replace("De l’eau pour la vallée", NEW)
    assert (root / "content/fr.po").read_text("utf-8") == expected
    assert NEW in words(session.edition("fr"), 0)
    assert not session.edition("fr").drafts


def test_saving_a_fuzzy_message_as_fuzzy_keeps_the_mark(session: ProofSession, root: Path) -> None:
    save(session, "cover.note", "Lire le rapport.", seen(session, "cover.note"), fuzzy=True)
    assert "#, fuzzy" in (root / "content/fr.po").read_text("utf-8")
    save(session, "cover.note", "Lire le rapport.", seen(session, "cover.note"), fuzzy=False)
    assert "fuzzy" not in (root / "content/fr.po").read_text("utf-8")


def test_a_translation_that_was_changed_on_disk_is_a_conflict(
    session: ProofSession, root: Path
) -> None:
    before = seen(session, "cover.title")
    change(root / "content/fr.po", "De l’eau pour la vallée", "Par un autre programme")
    with pytest.raises(Conflict) as caught:
        save(session, "cover.title", NEW, before)
    assert caught.value.data["disk"]["text"] == "Par un autre programme"
    assert caught.value.data["yours"] == NEW
    assert "Par un autre programme" in (root / "content/fr.po").read_text("utf-8")


def test_other_entries_may_change_on_disk_meanwhile(session: ProofSession, root: Path) -> None:
    before = seen(session, "cover.title")
    change(root / "content/fr.po", '"Avant"', '"Auparavant"')
    save(session, "cover.title", NEW, before)
    text = (root / "content/fr.po").read_text("utf-8")
    assert '"Auparavant"' in text
    assert NEW in text


def test_a_message_that_is_not_in_the_catalogue_is_added(session: ProofSession, root: Path) -> None:
    change(root / "content/en.yaml", "  note:", "  more: More\n  note:")
    change(
        root / "brochure.yaml",
        "          - text: cover.note",
        "          - text: cover.more\n          - text: cover.note",
    )
    session.reload()
    assert message_data(session.job, session.edition("fr"), "cover.more")["editable"]
    save(session, "cover.more", "Plus", seen(session, "cover.more"))
    assert 'msgctxt "cover.more"' in (root / "content/fr.po").read_text("utf-8")
    assert "Plus" in words(session.edition("fr"), 0)


def test_a_broken_catalogue_is_not_written(session: ProofSession, root: Path) -> None:
    before = seen(session, "cover.title")
    broken = CATALOGUE.replace('msgstr "Avant"', "msgstr Avant")
    (root / "content/fr.po").write_text(broken, "utf-8")
    with pytest.raises(InputError):
        save(session, "cover.title", NEW, before)
    assert (root / "content/fr.po").read_text("utf-8") == broken


def test_a_folder_that_cannot_be_written_is_reported(
    session: ProofSession, root: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    def refuse(*_: object) -> None:
        raise PermissionError(13, "Permission denied")

    before = seen(session, "cover.title")
    monkeypatch.setattr("brochure.system.atomic_files._create", refuse)
    with pytest.raises(OutputError, match="cannot be written"):
        save(session, "cover.title", NEW, before)
    assert (root / "content/fr.po").read_text("utf-8") == CATALOGUE
