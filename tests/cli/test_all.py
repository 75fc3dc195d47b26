"""`brochure build --all`: the whole matrix, and one broken edition that stops no other."""

from __future__ import annotations

import shutil
from pathlib import Path

import pytest

from tests.cli.calling import call

LAYOUT = """\
brochure: leaf
size: A6
binding: none
source: en
styles: {body: {font: Source Serif 4, size: 10 pt, leading: 13 pt}}
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
    said = call("build", project, "--all", "-o", tmp_path / "out")
    assert said.status == 0
    assert said.out.splitlines()[-1] == "3 of 3 editions built"
    assert sorted(path.name for path in (tmp_path / "out").iterdir()) == [
        "leaf_canada_en_press.pdf",
        "leaf_canada_fr-CA_press.pdf",
        "leaf_ghana_en_press.pdf",
    ]


def test_text_that_does_not_fit_stops_its_own_edition_only(project: Path, tmp_path: Path) -> None:
    catalogue = project / "content/fr.po"
    catalogue.write_text(FRENCH.replace("Une ligne", "Une ligne. " * 60), encoding="utf-8")
    said = call("build", project, "--all", "-o", tmp_path / "out")
    assert said.status == 1
    assert said.out.splitlines()[-1] == "2 of 3 editions built"
    assert any("leaf_canada_fr-CA_press.pdf: not built: 2 errors" in line for line in said.lines)
    assert any("message 'words'" in line for line in said.lines)


def test_an_office_that_cannot_be_read_stops_no_other(project: Path, tmp_path: Path) -> None:
    broken = '"Language: fr\\n"\n\nmsgctxt "words"\nmsgid "One line\nmsgstr "x"\n'
    (project / "content/fr.po").write_text(broken, encoding="utf-8")
    said = call("build", project, "--all", "-o", tmp_path / "out", "--json")
    assert said.status == 2
    built = {(one["office"], one["language"]): one["built"] for one in said.data["editions"]}
    assert [name for name, facts in built.items() if facts is None] == [("canada", "fr-CA")]
    (finding,) = next(one for one in said.data["editions"] if one["language"] == "fr-CA")[
        "findings"
    ]
    assert (finding["code"], finding["line"]) == ("po-form", 4)


def test_without_offices_every_language_that_there_is_copy_in(
    project: Path, tmp_path: Path
) -> None:
    shutil.rmtree(project / "offices")
    call("build", project, "--all", "-o", tmp_path / "out")
    assert sorted(path.name for path in (tmp_path / "out").iterdir()) == [
        "leaf_en_press.pdf",
        "leaf_fr_press.pdf",
    ]


def test_all_and_one_at_once_is_a_mistake(project: Path, tmp_path: Path) -> None:
    said = call("build", project, "--all", "--lang", "en", "-o", tmp_path / "out")
    assert said.status == 2
    assert said.lines == ["brochure: --all builds every edition: leave out --lang and --office"]


def test_editions_do_not_differ_from_those_built_alone(project: Path, tmp_path: Path) -> None:
    call("build", project, "--all", "-o", tmp_path / "all")
    call("build", project, "--office", "canada", "--lang", "fr-CA", "-o", tmp_path / "one")
    name = "leaf_canada_fr-CA_press.pdf"
    assert (tmp_path / "all" / name).read_bytes() == (tmp_path / "one" / name).read_bytes()
