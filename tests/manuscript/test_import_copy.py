"""`brochure text import-copy`: from a manuscript to pages, and from its second version to outdated translations."""

from __future__ import annotations

import json
from pathlib import Path
from typing import Any

import pytest

from brochure.errors import ExitCode
from brochure.l10n.message_file import read_copy
from tests.cli.calling import call
from tests.manuscript.made_word import charity, document, paragraph
from tests.manuscript.projects import COPY, LAYOUT, write_project


@pytest.fixture
def project(tmp_path: Path) -> Path:
    return write_project(tmp_path / "p")


def bring(project: Path, data: bytes | str, *options: str, name: str = "story.docx") -> Any:
    """Import a manuscript and return the command's answer."""
    file = project.parent / name
    file.write_bytes(data if isinstance(data, bytes) else data.encode())
    result = call("text", "import-copy", file, project, "--json", *options)
    assert result.status == 0, result.err
    return json.loads(result.out)


def copy_of(project: Path) -> dict[str, str]:
    file = project / "content" / "en.yaml"
    copy, findings = read_copy(file.read_bytes(), str(file), "en")
    assert not findings
    return {key: one.text for key, one in copy.entries.items()}


def test_the_manuscript_of_a_charity_becomes_pages(project: Path) -> None:
    answer = bring(project, charity(), "--into", "boat", "--story", "main")
    assert (len(answer["added"]), answer["blocks_placed"], answer["blocks"]) == (36, 21, "")
    assert {one["kind"]: one["count"] for one in answer["counts"]} == {
        "header": 1,
        "comment": 1,
        "formatting": 1,
        "spacing": 3,
        "break": 1,
        "table": 1,
    }
    copy = copy_of(project)
    assert copy["doc.title"] == "Hedda"
    assert copy["boat.winter-without-nurse.text"].startswith("**Eleven villages** lost")
    assert copy["boat.winter-without-nurse.text-2"].endswith("whenever it snows.[^records-county]")
    assert copy["boat.notes.records-county"] == "Records of the county, winter of 2021."
    assert copy["boat.what-day-costs.table.crew-ambulance"] == "€620"
    assert copy["boat.how-help.text"] == "Write to [the harbour office](https://example.org/hedda)."
    written = (project / "content" / "en.yaml").read_text(encoding="utf-8")
    assert written.startswith(COPY)
    assert "# Note (manuscript): Has she agreed to be named?" in written
    assert "# What is in the story." in (project / "brochure.yaml").read_text(encoding="utf-8")
    result = call("build", project, "-o", project.parent / "out", "--target", "screen")
    assert result.status == 0, result.err


def translate(project: Path) -> None:
    """Write a catalogue in which every message is its own translation."""
    call("text", "extract", project, "--lang", "fr")
    file = project / "content" / "fr.po"
    entries = file.read_text(encoding="utf-8").split("\n\n")
    done = []
    for entry in entries:
        source = entry[entry.find("msgid ") + 6 : entry.find("msgstr ")]
        done.append(
            entry[: entry.find("msgstr ")] + f"msgstr {source.rstrip()}"
            if "msgctxt" in entry
            else entry
        )
    file.write_text("\n\n".join(done) + "\n", encoding="utf-8")


def test_a_second_version_makes_translations_outdated_and_loses_none(project: Path) -> None:
    bring(project, charity(), "--into", "boat", "--story", "main")
    translate(project)
    assert "note: Has she agreed to be named?" in (project / "content" / "fr.po").read_text(
        encoding="utf-8"
    )
    before = copy_of(project)

    def edit(texts: dict[str, str]) -> None:
        texts["costs"] = texts["costs"].replace(
            "less than people expect", "far less than most people expect"
        )

    answer = bring(project, charity(edit=edit, extra=True), "--into", "boat", "--story", "main")
    assert answer["added"] == ["boat.boat-own.text-2"]
    assert answer["changed"] == ["boat.what-day-costs.text"]
    assert answer["removed"] == ["boat.voices-shore.text"]
    assert answer["moved"] == []
    assert len(answer["kept"]) == 34
    after = copy_of(project)
    assert {key: text for key, text in before.items() if after.get(key) != text}.keys() == {
        "boat.what-day-costs.text"
    }
    status = json.loads(call("text", "status", project, "--lang", "fr", "--json").out)
    (edition,) = status["editions"]
    assert edition["missing"] == ["boat.boat-own.text-2"]
    assert edition["fuzzy"] == ["boat.what-day-costs.text"]
    assert edition["broken"] == []


def test_the_same_manuscript_again_changes_nothing(project: Path) -> None:
    bring(project, charity(), "--into", "boat")
    answer = bring(project, charity(), "--into", "boat")
    assert (answer["files"], answer["written"], answer["added"], answer["changed"]) == (
        [],
        False,
        [],
        [],
    )
    assert len(answer["kept"]) == 36


STORY = "# The ferry\n\nThe ferry stopped.\n\n## Our boat\n\nHedda sails on Mondays.\n\nShe carries two nurses.\n"


def test_the_group_is_the_older_one_for_another_name_and_heading(project: Path) -> None:
    assert bring(project, STORY, name="story.md")["group"] == "ferry"
    newer = STORY.replace("# The ferry", "# When the ferry stopped")
    answer = bring(project, newer, name="final-2.md")
    assert answer["group"] == "ferry"
    assert answer["changed"] == ["ferry.head"]


def test_keys_are_never_used_for_other_text(project: Path) -> None:
    bring(project, STORY, "--into", "boat", name="story.md")
    without = STORY.replace("\nShe carries two nurses.\n", "")
    answer = bring(project, without, "--into", "boat", "--remove", name="story.md")
    (gone,) = answer["removed"]
    assert gone not in copy_of(project)
    other = without + "\nVaccines stay cold for two days.\n"
    answer = bring(project, other, "--into", "boat", name="story.md")
    assert answer["added"] != [gone]
    again = other + "\nShe carries two nurses.\n"
    assert gone not in bring(project, again, "--into", "boat", name="story.md")["added"]


def test_edits_of_the_copy_are_kept(project: Path) -> None:
    bring(project, STORY, "--into", "boat", name="story.md")
    file = project / "content" / "en.yaml"
    text = file.read_text(encoding="utf-8")
    file.write_text(
        text.replace("carries two nurses", "carries {nurses, number} nurses"), encoding="utf-8"
    )
    answer = bring(
        project, STORY.replace("She carries", "Hedda carries"), "--into", "boat", name="story.md"
    )
    (changed,) = answer["changed"]
    assert copy_of(project)[changed] == "Hedda carries {nurses, number} nurses."
    both = STORY.replace("two nurses", "three nurses")
    answer = bring(project, both, "--into", "boat", name="story.md")
    assert [one["code"] for one in answer["findings"]] == ["manuscript-edited"]
    assert copy_of(project)[changed] == "She carries three nurses."


def test_a_group_that_was_written_by_hand_is_matched_by_its_words(project: Path) -> None:
    file = project / "content" / "en.yaml"
    file.write_text(
        COPY + "boat:\n  lead: Hedda sails on Mondays.\n  legal: Registered charity 12.\n",
        encoding="utf-8",
    )
    answer = bring(
        project, STORY.replace("on Mondays", "on Tuesdays"), "--into", "boat", name="story.md"
    )
    assert answer["changed"] == ["boat.lead"]
    assert answer["removed"] == []
    assert copy_of(project)["boat.legal"] == "Registered charity 12."


def test_moved_paragraphs_are_named(project: Path) -> None:
    first = "One about the sea.\n\nTwo about the ice.\n\nThree about the road.\n"
    second = "Three about the road.\n\nOne about the sea.\n\nTwo about the ice.\n"
    bring(project, first, "--into", "boat", name="story.md")
    assert bring(project, second, "--into", "boat", name="story.md")["moved"] == ["boat.text-3"]


def test_cells_keep_their_keys_when_rows_and_columns_are_added(project: Path) -> None:
    first = "| | Boat |\n|-|-|\n| Fuel | 140 |\n| Crew | 310 |\n"
    second = "| | Car | Boat |\n|-|-|-|\n| Upkeep | 20 | 85 |\n| Fuel | 90 | 145 |\n| Crew | 620 | 310 |\n"
    bring(project, first, "--into", "costs", name="story.md")
    answer = bring(project, second, "--into", "costs", name="story.md")
    assert answer["changed"] == ["costs.table.fuel-boat"]
    assert "costs.table.crew-boat" in answer["kept"]
    assert answer["removed"] == []
    assert len(answer["added"]) == 6


def test_undo_restores_all_files_and_redo_brings_them_back(project: Path) -> None:
    def state() -> dict[str, bytes]:
        files = (
            path for path in project.rglob("*") if path.is_file() and ".brochure" not in path.parts
        )
        return {path.relative_to(project).as_posix(): path.read_bytes() for path in files}

    before = state()
    bring(project, STORY, "--story", "main", name="story.md")
    after = state()
    assert after.keys() - before.keys() == {"manuscripts/ferry.json"}
    assert call("text", "undo", project, "--lang", "en").status == 0
    assert state() == before
    assert call("text", "undo", project, "--lang", "en").status == 0
    assert state() == after


def test_undo_without_an_import_is_a_usage_error(project: Path) -> None:
    result = call("text", "undo", project, "--lang", "en")
    assert (result.status, "import-copy" in result.err) == (ExitCode.USAGE, True)


def test_a_dry_run_shows_the_difference_and_writes_nothing(project: Path) -> None:
    (project.parent / "story.md").write_text(STORY, encoding="utf-8")
    result = call("text", "import-copy", project.parent / "story.md", project, "--dry-run")
    assert "  + The ferry stopped.\n" in result.out
    assert "dry run: nothing is written" in result.out
    assert "- {heading: ferry.head, level: 1}\n- text: ferry.text\n" in result.out
    assert copy_of(project) == {"doc.title": "Hedda"}
    assert not (project / "manuscripts").exists()


def test_renamed_messages_are_found_again(project: Path) -> None:
    bring(project, STORY, "--into", "boat", name="story.md")
    assert call("text", "rename", "boat", "ship", project).status == 0
    answer = bring(project, STORY.replace("Mondays", "Tuesdays"), name="story.md")
    assert answer["group"] == "ship"
    assert (len(answer["changed"]), answer["added"]) == (1, [])


def test_new_items_of_a_list_in_the_layout_are_printed(project: Path) -> None:
    bring(
        project, "Take:\n\n- bread\n- water\n", "--into", "boat", "--story", "main", name="story.md"
    )
    answer = bring(
        project,
        "Take:\n\n- bread\n- blankets\n- water\n",
        "--into",
        "boat",
        "--story",
        "main",
        name="story.md",
    )
    assert answer["blocks"] == "- {list: [boat.item, boat.item-3, boat.item-2], marker: bullet}\n"
    assert answer["blocks_placed"] == 0


def test_a_new_paragraph_is_placed_after_the_one_before_it(project: Path) -> None:
    bring(
        project,
        "One of the sea.\n\nTwo of the ice.\n",
        "--into",
        "boat",
        "--story",
        "main",
        name="story.md",
    )
    bring(
        project,
        "One of the sea.\n\nNew of the road.\n\nTwo of the ice.\n",
        "--into",
        "boat",
        "--story",
        "main",
        name="story.md",
    )
    layout = (project / "brochure.yaml").read_text(encoding="utf-8")
    assert [line.strip() for line in layout.splitlines() if "boat." in line] == [
        "- text: boat.text",
        "- text: boat.text-3",
        "- text: boat.text-2",
    ]


@pytest.mark.parametrize(
    ("content", "first"),
    [
        ("{text: doc.title, style: body}", "- {text: doc.title, style: body}"),
        ("[{text: doc.title}, {rule: 100%}]", "- {text: doc.title}"),
    ],
)
def test_content_in_one_line_is_divided_into_blocks(
    project: Path, content: str, first: str
) -> None:
    """As the import of an InDesign file writes a frame with one block."""
    layout = project / "brochure.yaml"
    text = layout.read_text(encoding="utf-8").rstrip()
    frame = f"""
  - frames:
      side:
        at: "x 10 mm, y 10 mm, width 20 mm, height 20 mm"
        content: {content}
        columns: 1
"""
    layout.write_text(text + frame, encoding="utf-8")
    bring(project, "One of the sea.\n", "--into", "boat", "--story", "side", name="story.md")
    lines = [line.strip() for line in layout.read_text(encoding="utf-8").splitlines()]
    at = lines.index("content:", lines.index("side:"))
    assert lines[at + 1] == first
    assert lines[lines.index("columns: 1") - 1] == "- text: boat.text"


def test_cells_with_numbers_have_names_that_begin_with_letters(project: Path) -> None:
    table = "| Year | 2024 |\n|---|---|\n| 2025 | 12 |\n"
    answer = bring(project, table, "--into", "boat", name="story.md")
    assert all(part[0].isalpha() for key in answer["added"] for part in key.split("."))


WRONG = {
    "a message as a group": (("--into", "doc.title"), "doc.title is a message", ExitCode.USAGE),
    "no key": (("--into", "1 a"), "not a group of keys", ExitCode.USAGE),
    "no such story": (("--story", "mian"), "did you mean 'main'?", ExitCode.USAGE),
    "no such file of styles": (("--styles", "none.yaml"), "none.yaml", ExitCode.USAGE),
}


@pytest.mark.parametrize("name", WRONG)
def test_wrong_options(name: str, project: Path) -> None:
    options, message, status = WRONG[name]
    (project.parent / "story.md").write_text(STORY, encoding="utf-8")
    result = call("text", "import-copy", project.parent / "story.md", project, *options)
    assert result.status == status
    assert message in result.err
    assert (project / "brochure.yaml").read_text(encoding="utf-8") == LAYOUT
    assert copy_of(project) == {"doc.title": "Hedda"}


def test_listed_styles_are_a_mapping_file(project: Path) -> None:
    file = project.parent / "story.docx"
    file.write_bytes(
        document(paragraph("A", "Heading1") + paragraph("B", "Sidebar") + paragraph("C", "Sidebar"))
    )
    result = call("text", "import-copy", file, project, "--list-styles")
    (project / "manuscripts").mkdir()
    listed = result.out.replace("Sidebar: text", "Sidebar: quote")
    (project / "manuscripts" / "styles.yaml").write_text(listed, encoding="utf-8")
    answer = bring(project, file.read_bytes(), "--into", "a")
    assert answer["added"] == ["a.head", "a.quote", "a.quote-2"]
    assert not [one for one in answer["findings"] if one["code"] == "manuscript-style"]


def test_a_style_that_the_layout_does_not_have(project: Path) -> None:
    (project / "manuscripts").mkdir()
    (project / "manuscripts" / "styles.yaml").write_text(
        "paragraphs: {Sidebar: {as: text, style: aside}}"
    )
    file = project.parent / "story.docx"
    file.write_bytes(document(paragraph("B", "Sidebar")))
    result = call("text", "import-copy", file, project)
    assert (result.status, "no paragraph style 'aside'" in result.err) == (ExitCode.USAGE, True)


def test_a_damaged_record_is_an_error(project: Path) -> None:
    (project / "manuscripts").mkdir()
    for text in (
        "{",
        "[]",
        '{"version": 1, "texts": [{"key": "../x"}], "retired": [], "group": "a", "manuscript": ""}',
    ):
        (project / "manuscripts" / "boat.json").write_text(text)
        (project.parent / "story.md").write_text(STORY, encoding="utf-8")
        result = call("text", "import-copy", project.parent / "story.md", project)
        assert result.status == ExitCode.INVALID_INPUT
        assert "the record of the last import is damaged" in result.err


def test_arabic_headings_and_text(project: Path) -> None:
    data = document(
        paragraph("<w:r><w:rPr><w:rtl/></w:rPr><w:t>العيادة</w:t></w:r>", "Heading1", "<w:bidi/>")
        + paragraph("<w:r><w:rPr><w:rtl/><w:bCs/></w:rPr><w:t>القارب</w:t></w:r>", "", "<w:bidi/>")
    )
    answer = bring(project, data, "--into", "boat")
    assert answer["added"] == ["boat.head", "boat.text"]
    assert copy_of(project)["boat.text"] == "**القارب**"


def test_new_blocks_have_the_styles_of_the_blocks_around_them(project: Path) -> None:
    """As in a layout from InDesign, whose text has styles with other names."""
    layout = project / "brochure.yaml"
    text = layout.read_text(encoding="utf-8")
    blocks = (
        "    content:\n      - {heading: doc.title, level: 2, style: section}\n"
        "      - {text: doc.title, style: story}\n      - {text: doc.title, style: story}\n"
        "      - {text: doc.title, style: lead}\n"
    )
    start = text.index("    content:\n", text.index("stories:"))
    end = text.index("\n", text.index("- ", start)) + 1
    styles = "paragraph-styles: {section: {}, story: {}, lead: {}}\n"
    layout.write_text(styles + text[:start] + blocks + text[end:], encoding="utf-8")
    manuscript = "# Ferry\n\n## When\n\nOn Mondays.\n\n- bread\n"
    bring(project, manuscript, "--into", "ferry", "--story", "main", name="story.md")
    written = layout.read_text(encoding="utf-8")
    assert "- {heading: ferry.head, level: 1}\n" in written
    assert "- {heading: ferry.when.head, style: section}\n" in written
    assert "- {text: ferry.when.text, style: story}\n" in written
    assert "- {list: [ferry.when.item], marker: bullet, style: story}\n" in written


def test_a_manuscript_replaces_the_text_of_a_story(project: Path) -> None:
    """Blocks of other text and their messages are removed; what the layout shows elsewhere stays."""
    bring(
        project,
        "# Old\n\nOld words.[^a]\n\n[^a]: Old note.\n",
        "--into",
        "old",
        "--story",
        "main",
        name="old.md",
    )
    assert "old.notes.old-note" in copy_of(project)
    answer = bring(
        project, STORY, "--into", "ferry", "--story", "main", "--replace", name="story.md"
    )
    assert answer["replaced"] == ["old.head", "old.text", "old.notes.old-note"]
    assert not [key for key in copy_of(project) if key.startswith("old.")]
    assert "doc.title" in copy_of(project)
    written = (project / "brochure.yaml").read_text(encoding="utf-8")
    assert "old." not in written
    assert "- title: doc.title" not in written
    assert "ferry.boat.text-2" in written
    newer = STORY.replace("Mondays", "Tuesdays") + "\nOn time.\n"
    again = bring(
        project, newer, "--into", "ferry", "--story", "main", "--replace", name="story.md"
    )
    assert again["replaced"] == []
    assert (project / "brochure.yaml").read_text(encoding="utf-8").count("ferry.") == 6
    assert call("build", project, "-o", project.parent / "out").status == 0


def test_replace_needs_a_story(project: Path) -> None:
    (project.parent / "story.md").write_text(STORY, encoding="utf-8")
    result = call("text", "import-copy", project.parent / "story.md", project, "--replace")
    assert result.status == ExitCode.USAGE
    assert "--replace needs --story" in result.err


def test_comments_with_control_characters_are_notes_without_them(project: Path) -> None:
    """YAML does not allow them in comments; a comment of nothing else is left out."""
    text = "# Ferry\n\n<!-- ask\x7f Dara\u2028now\x85 -->\n\nIt stopped.\n\n<!-- \x7f -->\n\nWhy?\n"
    bring(project, text, name="story.md")
    written = (project / "content" / "en.yaml").read_text(encoding="utf-8")
    notes = [line.strip() for line in written.splitlines() if "Note (manuscript)" in line]
    assert notes == ["# Note (manuscript): ask Dara now"]
    assert set(copy_of(project).values()) >= {"It stopped.", "Why?"}
