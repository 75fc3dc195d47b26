"""`brochure text` on the command line: files written or left unchanged, tables, JSON, exit statuses."""

from __future__ import annotations

import re
import subprocess
from pathlib import Path
from zipfile import ZipFile

import pytest

from brochure.cli import text
from brochure.errors import ExitCode
from brochure.system import plugins
from tests.cli.calling import call, tree
from tests.translation.projects import COPY, FRENCH, LAYOUT, translated

COMMANDS = plugins.names(text)


@pytest.fixture
def trial(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    """The trial brochure, called from another folder, so that messages name its files by absolute paths."""
    elsewhere = tmp_path / "far" / "away"
    elsewhere.mkdir(parents=True)
    monkeypatch.chdir(elsewhere)
    folder = tmp_path / "trial"
    (folder / "content").mkdir(parents=True)
    (folder / "brochure.yaml").write_text(LAYOUT, encoding="utf-8")
    (folder / "content" / "en.yaml").write_text(COPY, encoding="utf-8")
    return folder


def french(folder: Path, **changed: str) -> Path:
    """Write a French catalogue into the trial brochure."""
    path = folder / "content" / "fr.po"
    path.write_text(translated({**FRENCH, **changed}), encoding="utf-8")
    return path


# Help


def test_the_help_of_the_group_lists_the_commands() -> None:
    assert COMMANDS == [
        "check",
        "context",
        "explain",
        "export",
        "extract",
        "import",
        "import-copy",
        "pseudo",
        "rename",
        "split",
        "status",
        "touch",
        "undo",
        "update",
    ]
    result = call("text")
    assert result.status == 0
    for name in COMMANDS:
        assert re.search(rf"^  {name} ", result.out, re.M)


@pytest.mark.parametrize("name", COMMANDS)
def test_the_help_of_each_command_has_an_example(name: str) -> None:
    result = call("text", name, "--help")
    assert result.status == 0
    assert re.search(rf"Example[^\n]*:\n +brochure text {name} ", result.out)
    assert "Exit status: 0 " in result.out
    assert "--json" in result.out


def test_a_mistyped_command_gets_a_suggestion() -> None:
    result = call("text", "statuss")
    assert result.status == ExitCode.USAGE
    assert result.lines == ["brochure: unknown command 'statuss' (did you mean 'status'?)"]


# Extract


def test_extract_writes_a_catalogue_once(trial: Path) -> None:
    result = call("text", "extract", trial, "--lang", "fr")
    path = trial / "content" / "fr.po"
    assert (result.out, result.status) == (f"{path}  5 messages\n", 0)
    before = tree(trial)
    again = call("text", "extract", trial, "--lang", "fr")
    assert again.status == ExitCode.USAGE
    assert "brochure text update --lang fr" in again.err
    assert tree(trial) == before


def test_extract_elsewhere_and_as_a_template(trial: Path, tmp_path: Path) -> None:
    result = call("text", "extract", trial, "--lang", "de", "-o", tmp_path / "deutsch.po", "--json")
    assert result.data == {"path": str(tmp_path / "deutsch.po"), "messages": 5}
    assert call("text", "extract", trial, "--pot").status == 0
    assert (trial / "content" / "trial.pot").exists()
    assert not (trial / "content" / "de.po").exists()


def test_extract_needs_a_language(trial: Path) -> None:
    result = call("text", "extract", trial)
    assert result.status == ExitCode.USAGE
    assert "--lang TAG" in result.err


# Update


def test_update_reports_changes_and_writes_only_catalogues(trial: Path) -> None:
    call("text", "extract", trial, "--lang", "fr")
    call("text", "extract", trial, "--lang", "de")
    before = tree(trial)
    result = call("text", "update", trial)
    assert (result.status, tree(trial)) == (0, before)
    assert result.out.count("no changes (not rewritten)") == 2
    french(trial)
    (trial / "content" / "en.yaml").write_text(COPY.replace("People", "Persons"), encoding="utf-8")
    result = call("text", "update", trial, "--lang", "fr", "--json")
    (one,) = result.data["catalogues"]
    assert (one["changed"], one["new"], one["obsolete"], one["written"]) == (["head"], [], [], True)
    assert tree(trial)["content/de.po"] == before["content/de.po"]


def test_a_broken_catalogue_does_not_stop_the_others(trial: Path) -> None:
    path = trial / "content" / "de.po"
    path.write_text("words\n", encoding="utf-8")
    fr = french(trial)
    (trial / "content" / "en.yaml").write_text(COPY + "third: Third\n", encoding="utf-8")
    result = call("text", "update", trial)
    assert result.status == 2
    assert result.lines[0].startswith(f"{path}:1:1: invalid line in a PO file")
    assert f"{fr}  1 new, 0 changed, 0 obsolete" in result.out
    assert path.read_text(encoding="utf-8") == "words\n"


def test_update_without_a_catalogue_names_the_command_that_creates_one(trial: Path) -> None:
    assert "brochure text extract --lang TAG" in call("text", "update", trial).out


# Status


def test_status_is_a_table_and_an_exit_status(trial: Path) -> None:
    french(trial)
    result = call("text", "status", trial)
    assert result.status == 0
    assert result.err == ""
    assert [line.split() for line in result.out.splitlines()] == [
        [
            "office",
            "language",
            "messages",
            "translated",
            "fuzzy",
            "missing",
            "outdated",
            "broken",
            "too",
            "long",
            "words",
            "left",
            "to",
            "print",
        ],
        ["-", "en", "5", "5", "0", "0", "0", "0", "0", "0", "ready"],
        ["-", "fr", "5", "5", "0", "0", "0", "0", "0", "0", "ready"],
    ]


def test_status_names_each_problem_with_its_line(trial: Path) -> None:
    path = french(trial, head="")
    result = call("text", "status", trial)
    assert result.status == 1
    assert "not ready: 1 missing" in result.out
    line = path.read_text(encoding="utf-8").splitlines().index('msgctxt "head"') + 3
    assert f"{path}:{line}:1: message 'head' is not translated" in result.lines


def test_status_as_json(trial: Path) -> None:
    french(trial, words="**Plus** de {people, number} gens. " + "Et encore des mots. " * 20)
    result = call("text", "status", trial, "--json")
    assert result.status == 1
    assert result.data["ready"] is False
    fr, en = result.data["editions"]  # the worst one first
    assert (en["language"], en["ready"], en["overset"]) == ("en", True, [])
    (over,) = fr["overset"]
    assert (over["key"], over["page"], over["frame"]) == ("words", 1, "words")
    assert over["percent"] == round(100 * (over["characters"] - over["fits"]) / over["fits"])


# Explain


def test_explain_marks_the_definition_that_is_used(trial: Path) -> None:
    path = french(trial)
    source = f"{trial}/content/en.yaml:2:7"
    line = path.read_text(encoding="utf-8").splitlines().index('msgctxt "head"') + 3
    result = call("text", "explain", "head", trial, "--lang", "fr")
    assert result.out == f"  source  {source}  People\n→ fr  {path}:{line}:1  Les gens\n"
    layers = call("text", "explain", "people", trial, "--json").data["layers"]
    assert [(one["layer"], one["line"], one["used"]) for one in layers] == [("layout", 7, True)]


def test_explain_suggests_the_nearest_name(trial: Path) -> None:
    result = call("text", "explain", "hed", trial)
    assert result.status == ExitCode.USAGE
    assert "did you mean 'head'?" in result.err


def test_the_former_name_of_explain_is_an_error_that_names_the_new_one() -> None:
    result = call("text", "where", "head")
    assert result.status == ExitCode.USAGE
    assert result.lines == ["brochure: unknown command 'where' (it is now 'explain')"]


# Pseudo


def test_pseudo_writes_drafts_and_reports_what_does_not_fit(trial: Path, tmp_path: Path) -> None:
    out = tmp_path / "out"
    result = call("text", "pseudo", trial, "-o", out)
    assert result.status == 0
    assert sorted(path.name for path in out.iterdir()) == [
        f"trial_{tag}_screen_draft.pdf" for tag in ("ar-XB", "en-XA", "km-XT")
    ]
    copy = COPY.replace("to safety.", "to safety. " + "Words without end. " * 8)
    (trial / "content" / "en.yaml").write_text(copy, encoding="utf-8")
    result = call("text", "pseudo", trial, "--lang", "en-XA", "-o", out, "--json")
    assert result.status == 1
    (edition,) = result.data["editions"]
    assert [one["code"] for one in edition["findings"]] == ["overflow"]


# Export and import


@pytest.mark.parametrize("ending", ["po", "csv", "xlsx", "ods", "docx", "xlf"])
def test_export_and_import(trial: Path, tmp_path: Path, ending: str) -> None:
    path = french(trial)
    before = path.read_bytes()
    file = tmp_path / f"french.{ending}"
    result = call("text", "export", trial, "--lang", "fr", "-o", file)
    assert (result.out, result.status) == (f"{file}  5 messages\n", 0)
    result = call("text", "import", file, trial, "--lang", "fr")
    assert (result.status, result.err) == (0, "")
    assert path.read_bytes() == before
    path.unlink()
    result = call("text", "import", file, trial, "--lang", "fr", "--json")
    assert (result.data["added"], result.data["written"]) == (list(FRENCH), True)
    assert call("text", "status", trial).status == 0


def test_a_word_document_shows_the_places_of_messages(trial: Path, tmp_path: Path) -> None:
    french(trial)
    file = tmp_path / "french.docx"
    assert call("text", "export", trial, "--lang", "fr", "-o", file).status == 0
    with ZipFile(file) as packed:
        pictures = [name for name in packed.namelist() if name.startswith("word/media/")]
        document = packed.read("word/document.xml").decode()
    assert len(pictures) >= 3
    assert 'descr="The place of message head on its page"' in document
    other = tmp_path / "german.docx"
    words = ("--lang", "de", "--format", "docx", "-o", other)
    assert call("text", "extract", trial, *words).status == 0
    with ZipFile(other) as packed:
        assert any(name.startswith("word/media/") for name in packed.namelist())


def test_import_of_an_unreadable_file_changes_nothing(trial: Path, tmp_path: Path) -> None:
    french(trial)
    before = tree(trial)
    bad = tmp_path / "bad.po"
    bad.write_text("words\n", encoding="utf-8")
    assert call("text", "import", bad, trial, "--lang", "fr").status == 2
    result = call("text", "import", tmp_path / "none.po", trial, "--lang", "fr")
    assert result.status == ExitCode.USAGE
    assert "none.po: cannot be read: No such file" in result.err
    assert tree(trial) == before


# Changes of the source


def test_touch_keeps_translations_of_a_corrected_source(trial: Path) -> None:
    path = french(trial)
    (trial / "content" / "en.yaml").write_text(COPY.replace("A trial", "A trial."), "utf-8")
    assert call("text", "status", str(trial)).status == 1
    result = call("text", "touch", "title", "-p", str(trial))
    assert (result.status, result.out) == (0, f"{path}  title  stays translated\n")
    assert call("text", "status", str(trial)).status == 0
    assert call("text", "touch", "titel", "-p", str(trial)).status == ExitCode.USAGE


def test_touch_leaves_another_text_alone(trial: Path) -> None:
    path = french(trial)
    before = path.read_bytes()
    (trial / "content" / "en.yaml").write_text(COPY.replace("A trial", "Yes"), "utf-8")
    assert call("text", "touch", "title", "-p", str(trial)).status == 1
    assert path.read_bytes() == before


def test_rename_writes_all_files_or_lists_them(trial: Path) -> None:
    path = french(trial)
    before = path.read_text()
    listed = call("text", "rename", "words", "story", str(trial), "--dry-run")
    assert listed.out.endswith("1 message would be renamed in 3 files\n")
    assert path.read_text() == before
    result = call("text", "rename", "words", "story", str(trial))
    assert result.out.endswith("1 message renamed in 3 files\n")
    assert path.read_text() == before.replace('msgctxt "words"', 'msgctxt "story"')
    assert call("text", "status", str(trial)).status == 0
    assert call("text", "rename", "words", "story", str(trial)).status == ExitCode.USAGE


# Offices


def test_an_office_has_its_own_catalogue(trial: Path) -> None:
    french(trial)
    (trial / "offices").mkdir()
    (trial / "offices" / "north.yaml").write_text(
        "office: north\nlanguages: [en, fr]\ncopy: {en: {head: Our people}}\n", "utf-8"
    )
    own = trial / "offices" / "north" / "fr.po"
    made = call("text", "extract", str(trial), "--office", "north", "--lang", "fr")
    assert (made.status, made.out) == (0, f"{own}  1 message\n")
    assert 'msgid "Our people"' in own.read_text()
    assert call("text", "status", str(trial)).status == 1
    sheet = trial / "north.csv"
    call("text", "export", str(trial), "--office", "north", "--lang", "fr", "-o", str(sheet))
    filled = sheet.read_text("utf-8-sig").replace("Our people,", "Our people,Nos gens", 1)
    sheet.write_text(filled, "utf-8")
    back = call("text", "import", str(sheet), str(trial), "--office", "north", "--lang", "fr")
    assert (back.status, back.out.splitlines()[0]) == (0, f"{own}  1 added, 0 replaced, 0 fuzzy")
    assert call("text", "status", str(trial)).status == 0
    again = call("text", "update", str(trial), "--office", "north")
    assert again.out == f"{own}  no changes (not rewritten)\n"
    for language in ("en", "de"):
        refused = call("text", "extract", str(trial), "--office", "north", "--lang", language)
        assert refused.status == ExitCode.USAGE


def test_import_refuses_another_language_and_names_the_option(trial: Path, tmp_path: Path) -> None:
    french(trial)
    for ending in ("po", "csv", "xlsx", "ods", "docx", "xlf"):
        file = tmp_path / f"french.{ending}"
        call("text", "export", trial, "--lang", "fr", "-o", file)
        before = tree(trial)
        result = call("text", "import", file, trial, "--lang", "es")
        assert result.status == 2
        assert "in the language 'fr', but it would be imported into 'es'" in result.err
        assert "--lang fr" in result.err
        assert tree(trial) == before
        result = call(
            "text", "import", file, trial, "--lang", "es", "--file-lang", "fr", "--dry-run"
        )
        assert result.status == 0


def test_a_dry_run_shows_the_changes_and_writes_nothing(trial: Path, tmp_path: Path) -> None:
    french(trial)
    before = tree(trial)
    file = tmp_path / "french.csv"
    file.write_text("key,source,translation\nhead,People,Les personnes\n", encoding="utf-8")
    result = call("text", "import", file, trial, "--lang", "fr", "--dry-run")
    assert result.out.splitlines() == [
        "head",
        "  - Les gens",
        "  + Les personnes",
        "  # before: Les gens",
        f"{trial}/content/fr.po  0 added, 1 replaced, 0 fuzzy  (dry run: nothing is written)",
    ]
    data = call("text", "import", file, trial, "--lang", "fr", "--dry-run", "--json").data
    assert data["written"] is False
    (change,) = data["changes"]
    assert (change["key"], change["old"], change["new"]) == ("head", "Les gens", "Les personnes")
    assert tree(trial) == before


def test_undo_restores_the_catalogue_and_redoes_the_import(trial: Path, tmp_path: Path) -> None:
    path = french(trial)
    before = path.read_bytes()
    file = tmp_path / "french.csv"
    file.write_text("key,source,translation\nhead,People,Les personnes\n", encoding="utf-8")
    assert call("text", "import", file, trial, "--lang", "fr").status == 0
    after = path.read_bytes()
    assert b"Les personnes" in after
    assert call("text", "undo", trial, "--lang", "fr").status == 0
    assert path.read_bytes() == before
    assert call("text", "undo", trial, "--lang", "fr").status == 0
    assert path.read_bytes() == after


def test_undo_of_a_first_import_removes_the_catalogue_and_returns_to_it(
    trial: Path, tmp_path: Path
) -> None:
    file = tmp_path / "german.csv"
    file.write_text("key,source,translation\nhead,People,Leute\n", encoding="utf-8")
    path = trial / "content" / "de.po"
    assert call("text", "undo", trial, "--lang", "de").status == ExitCode.USAGE
    assert call("text", "import", file, trial, "--lang", "de").status == 0
    after = path.read_bytes()
    result = call("text", "undo", trial, "--lang", "de", "--json")
    assert (result.data["exists"], path.exists()) == (False, False)
    call("text", "undo", trial, "--lang", "de")
    assert path.read_bytes() == after


def test_the_previous_catalogue_is_neither_built_nor_committed(trial: Path, tmp_path: Path) -> None:
    french(trial)
    file = tmp_path / "french.csv"
    file.write_text("key,source,translation\nhead,People,Les personnes\n", encoding="utf-8")
    call("text", "import", file, trial, "--lang", "fr")
    assert [
        one["language"] for one in call("text", "status", trial, "--json").data["editions"]
    ] == [
        "en",
        "fr",
    ]
    subprocess.run(["git", "init", "-q", trial], check=True)
    status = ["git", "-C", str(trial), "status", "--porcelain", "-uall"]
    listed = subprocess.run(status, check=True, capture_output=True, text=True).stdout
    assert ".brochure" not in listed
    assert "content/fr.po" in listed


def test_one_bad_entry_does_not_stop_a_language(trial: Path) -> None:
    """An editor saved one string with an unescaped quotation mark, and another with a line separator."""
    path = french(trial)
    text = path.read_text(encoding="utf-8")
    text = text.replace('msgstr "Les gens"', 'msgstr "Les "gens""')
    path.write_text(text.replace("Une chose", "Une\u2028chose"), encoding="utf-8")
    result = call("text", "status", trial, "--json")
    edition = next(one for one in result.data["editions"] if one["language"] == "fr")
    assert (edition["missing"], edition["translated"]) == (["head"], 4)
    codes = [finding["code"] for finding in edition["findings"]]
    assert codes.count("po-form") == 1
    assert call("build", trial, "--lang", "fr", "--draft", "-o", trial / "out").status == 0
    before = path.read_bytes()
    assert call("text", "update", trial, "--lang", "fr").status == 2
    assert path.read_bytes() == before


def test_check_with_warnings_succeeds(trial: Path) -> None:
    french(trial)
    terms = trial / "terms.csv"
    terms.write_text("en,fr\npeople,personne\n", encoding="utf-8")
    result = call("text", "check", str(trial), "--lang", "fr", "--glossary", str(terms))
    assert result.status == 0
    assert re.match(r"fr  5 messages  \d warning", result.out)
    assert "message 'head': the term 'people' is not translated as 'personne'" in result.err
    assert re.search(r"fr\.po:\d+:1: warning: ", result.err)
    again = call("text", "check", str(trial), "--lang", "fr", "--glossary", str(terms), "--json")
    (language,) = again.data["languages"]
    assert {"term-missing"} <= {one["code"] for one in language["findings"]}


def test_check_refuses_an_unreadable_file(trial: Path) -> None:
    french(trial)
    (trial / "terms.csv").write_bytes(b"en,fr\n\xff,a\n")
    result = call("text", "check", str(trial), "--glossary", str(trial / "terms.csv"))
    assert result.status == ExitCode.INVALID_INPUT
    assert "terms.csv:2:" in result.err
    assert (
        call("text", "check", str(trial), "--glossary", str(trial / "no.csv")).status
        == ExitCode.USAGE
    )
    assert call("text", "check", str(trial), "--lang", "de").status == ExitCode.USAGE


def test_split_writes_all_files_or_lists_them(trial: Path) -> None:
    french(trial)
    before = {path: path.read_bytes() for path in trial.rglob("*.*") if path.is_file()}
    words = ("text", "split", "words", str(trial), "--at", "people were", "--into", "rest")
    listed = call(*words, "--dry-run")
    assert listed.status == 0
    assert "fr.po  not divided: it has other paragraphs than the source" in listed.out
    assert listed.out.endswith("words would be divided into words, rest in 3 files\n")
    assert all(path.read_bytes() == data for path, data in before.items())
    result = call(*words)
    assert result.out.endswith("words divided into words, rest in 3 files\n")
    assert "rest: people were" in (trial / "content/en.yaml").read_text(encoding="utf-8")
    assert call(*words).status == ExitCode.USAGE
