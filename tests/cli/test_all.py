"""`brochure build --all`: every edition is built, and an edition with errors does not stop the others."""

from __future__ import annotations

import shutil
from pathlib import Path

import pytest

from brochure.errors import ExitCode
from tests.cli.calling import call

LAYOUT = """\
brochure: leaf
size: A6
binding: none
source-language: en
paragraph-styles: {body: {font: Source Serif 4, size: 10 pt, leading: 13 pt}}
pages:
  - frames:
      words: {at: "columns 1-6, rows 1-1", content: [{text: words}, {text: contact.phone}]}
"""
FRENCH = """\
msgid ""
msgstr ""
"Language: fr\\n"
"Content-Type: text/plain; charset=UTF-8\\n"

msgctxt "words"
msgid "One line"
msgstr "Une ligne"

msgctxt "contact.phone"
msgid "0"
msgstr "0"
"""


@pytest.fixture
def project(tmp_path: Path) -> Path:
    """Two offices, three editions."""
    folder = tmp_path / "leaf"
    for name, text in {
        "brochure.yaml": LAYOUT,
        "content/en.yaml": "words: One line\ncontact: {phone: '0'}\n",
        "content/fr.po": FRENCH,
        "offices/canada.yaml": "office: canada\nlanguages: [en, fr-CA]\ncontact: {phone: '1'}\n",
        "offices/ghana.yaml": "office: ghana\nlanguages: [en]\ncontact: {phone: '2'}\n",
    }.items():
        (folder / name).parent.mkdir(parents=True, exist_ok=True)
        (folder / name).write_text(text, encoding="utf-8")
    return folder


def test_every_office_in_every_language(project: Path, tmp_path: Path) -> None:
    result = call("build", project, "--all", "-o", tmp_path / "out")
    assert result.status == 0
    assert result.out.splitlines()[-1] == "3 of 3 editions built"
    assert sorted(path.name for path in (tmp_path / "out").glob("*.pdf")) == [
        "leaf_canada_en_press.pdf",
        "leaf_canada_fr-CA_press.pdf",
        "leaf_ghana_en_press.pdf",
    ]


def test_overset_text_stops_only_its_own_edition(project: Path, tmp_path: Path) -> None:
    catalogue = project / "content/fr.po"
    catalogue.write_text(FRENCH.replace("Une ligne", "Une ligne. " * 60), encoding="utf-8")
    result = call("build", project, "--all", "-o", tmp_path / "out")
    assert result.status == 1
    assert result.out.splitlines()[-1] == "2 of 3 editions built"
    assert any("leaf_canada_fr-CA_press.pdf: not built: 2 errors" in line for line in result.lines)
    assert any("message 'words'" in line for line in result.lines)


def test_the_same_finding_of_several_editions_is_printed_once(
    project: Path, tmp_path: Path
) -> None:
    layout = LAYOUT.replace("{text: words}", "{text: words}, {image: absent.jpg, alt: none}")
    (project / "brochure.yaml").write_text(layout, encoding="utf-8")
    (project / "offices/ghana.yaml").write_text(
        "office: ghana\nlanguages: [en]\ncontact: {phone: '2'}\ncopy: {en: {nothing: x}}\n",
        encoding="utf-8",
    )
    result = call("build", project, "--all", "-o", tmp_path / "out", "--jobs", "1")
    missing, *others = (line for line in result.err.splitlines() if "[asset-missing]" in line)
    place, _, message = missing.partition(": ")
    assert place.endswith("leaf/brochure.yaml:8:77")
    assert message.startswith("file 'assets/absent.jpg' not found")
    assert others == [f"{place}: the same in 2 more editions [asset-missing]"]
    canada, french, ghana = (line for line in result.err.splitlines() if "not built" in line)
    assert canada.endswith("not built: 1 error")
    assert french.endswith("not built: 1 error (see above)")
    assert "see above" not in ghana  # a separate finding
    editions = call("build", project, "--all", "-o", tmp_path / "out", "--json").data["editions"]
    assert all("asset-missing" in {one["code"] for one in it["findings"]} for it in editions)


def test_an_invalid_office_does_not_stop_the_others(project: Path, tmp_path: Path) -> None:
    broken = '"Language: fr\\n"\n\nmsgctxt "words"\nmsgid "One line\nmsgstr "x"\n'
    (project / "content/fr.po").write_text(broken, encoding="utf-8")
    result = call("build", project, "--all", "-o", tmp_path / "out", "--json")
    assert result.status == 2
    built = {(one["office"], one["language"]): one["built"] for one in result.data["editions"]}
    assert [name for name, facts in built.items() if facts is None] == [("canada", "fr-CA")]
    french = next(one for one in result.data["editions"] if one["language"] == "fr-CA")
    header, entry = french["findings"]  # one for each entry that cannot be read
    assert (header["code"], header["line"]) == ("po-form", 1)
    assert "does not belong to a keyword" in header["message"]
    assert (entry["code"], entry["line"]) == ("po-form", 4)
    assert "quotation marks" in entry["hint"]


def test_without_offices_every_language_with_copy_is_built(project: Path, tmp_path: Path) -> None:
    shutil.rmtree(project / "offices")
    call("build", project, "--all", "-o", tmp_path / "out")
    assert sorted(path.name for path in (tmp_path / "out").glob("*.pdf")) == [
        "leaf_en_press.pdf",
        "leaf_fr_press.pdf",
    ]


def test_all_and_one_at_once_is_a_mistake(project: Path, tmp_path: Path) -> None:
    result = call("build", project, "--all", "--lang", "en", "-o", tmp_path / "out")
    assert result.status == ExitCode.USAGE
    assert result.lines == ["brochure: --all builds all editions: remove --lang and --office"]


def test_editions_do_not_differ_from_those_built_alone(project: Path, tmp_path: Path) -> None:
    call("build", project, "--all", "-o", tmp_path / "all")
    call("build", project, "--office", "canada", "--lang", "fr-CA", "-o", tmp_path / "one")
    name = "leaf_canada_fr-CA_press.pdf"
    assert (tmp_path / "all" / name).read_bytes() == (tmp_path / "one" / name).read_bytes()


@pytest.mark.parametrize(
    ("words", "told"),
    [
        (("--jobs", "0"), "Invalid value for '--jobs': "),
        (("--jobs", "x"), "Invalid value for '--jobs': "),
        (
            ("--jobs", "2", "--cluster", "tcp://scheduler:8786"),
            "--jobs cannot be combined with --cluster: remove one of them",
        ),
    ],
)
def test_an_invalid_number_of_processes(
    project: Path, tmp_path: Path, words: tuple[str, ...], told: str
) -> None:
    result = call("build", project, "--all", "-o", tmp_path / "out", *words)
    (line,) = result.lines
    assert result.status == ExitCode.USAGE
    assert line.startswith(f"brochure: {told}")
    assert not (tmp_path / "out").exists()


@pytest.mark.parametrize("jobs", ["1", "2"])
def test_lines_and_findings_come_in_order(project: Path, tmp_path: Path, jobs: str) -> None:
    """The second edition fails, in any process; its findings are printed in the order of the editions."""
    catalogue = project / "content/fr.po"
    catalogue.write_text(FRENCH.replace("Une ligne", "Une ligne. " * 60), encoding="utf-8")
    out = tmp_path / "out"
    result = call("build", project, "--all", "-o", out, "--jobs", jobs, "--json")
    data = [(one["office"], one["language"], one["built"]) for one in result.data["editions"]]
    assert [name for *name, _ in data] == [["canada", "en"], ["canada", "fr-CA"], ["ghana", "en"]]
    assert [built["path"] if built else None for *_, built in data] == [
        str(out / "leaf_canada_en_press.pdf"),
        None,
        str(out / "leaf_ghana_en_press.pdf"),
    ]
    plain = call("build", project, "--all", "-o", out, "--jobs", jobs, "--force")
    assert plain.status == result.status == 1
    heads = [line.partition("  ")[0] for line in plain.out.splitlines()]
    assert heads == [data[0][2]["path"], data[2][2]["path"], "2 of 3 editions built"]


def test_previews_are_made_by_the_process_that_builds(project: Path, tmp_path: Path) -> None:
    """Previews of each page and a contact sheet of each edition, made in any process."""
    out = tmp_path / "out"
    words = ("build", project, "--all", "--target", "screen", "--previews", "-o", out, "--jobs")
    result = call(*words, "2")
    assert (result.status, result.err) == (0, "")
    two = {path.name: path.read_bytes() for path in out.glob("[!.]*")}
    assert len(two) == 3 * 3  # the PDF, its page, the contact sheet
    assert call(*words, "1").status == 0
    assert {path.name: path.read_bytes() for path in out.glob("[!.]*")} == two


def test_one_edition_needs_no_second_process(
    project: Path, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    """Nor does a machine with one core: nothing of `multiprocessing` is called."""
    monkeypatch.setattr("brochure.batch.processes.build_in_processes", None)
    for name in ("canada", "ghana"):
        (project / f"offices/{name}.yaml").unlink()
    (project / "content/fr.po").unlink()
    assert call("build", project, "--all", "-o", tmp_path / "out").status == 0
    assert call("build", project, "--jobs", "2", "-o", tmp_path / "out").status == 0
    monkeypatch.setattr("brochure.system.cores.usable_cores", lambda: 1)
    (project / "offices/a.yaml").write_text("office: a\nlanguages: [en]\ncontact: {phone: '1'}\n")
    (project / "offices/b.yaml").write_text("office: b\nlanguages: [en]\ncontact: {phone: '2'}\n")
    assert call("build", project, "--all", "-o", tmp_path / "out").status == 0
