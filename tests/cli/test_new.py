"""Starting a project: the folder of every shipped layout builds in any place; existing files are never overwritten."""

from __future__ import annotations

import csv
import json
from pathlib import Path

import jsonschema
import pytest
from pypdf import PdfReader

from brochure.errors import ExitCode
from brochure.templates import list_templates
from tests.cli.calling import ROOT, call, tree
from tests.quick import only
from tests.spec.test_schema import loaded

SHIPPED = sorted(list_templates())


def test_there_are_at_least_two_layouts() -> None:
    """A second layout proves that the specification is general."""
    assert len(SHIPPED) >= 2
    assert "proven-model" in SHIPPED


@pytest.mark.parametrize("name", only({"blank", "donor-appeal", "proven-model"}, SHIPPED))
def test_a_copy_builds_from_anywhere(
    name: str, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.chdir(tmp_path)
    result = call("new", "my brochure", "--layout", name)
    assert result.status == 0
    assert (
        result.out
        == f"my brochure: a copy of {name}. Next:\n    brochure build 'my brochure' -o out\n"
    )
    elsewhere = tmp_path / "elsewhere"
    elsewhere.mkdir()
    monkeypatch.chdir(elsewhere)
    built = call("build", "../my brochure", "-o", "pdf")
    notes = 1 if name == "donor-appeal" else 0  # the merge fields have their example values
    assert (built.status, built.err.count("\n")) == (0, notes)
    assert [path.suffix for path in (elsewhere / "pdf").iterdir()] == [".pdf"]
    assert sorted(path.name for path in tmp_path.iterdir()) == ["elsewhere", "my brochure"]


CHECKED = {"leaflet", "proven-model", "right-to-left"}
"""Layouts with files that several of them share, with photos, and with tables."""


@pytest.mark.parametrize("name", only(CHECKED, SHIPPED))
def test_a_copy_is_complete(name: str, tmp_path: Path) -> None:
    """The folder can be sent to another person: a check finds every asset."""
    folder, moved = tmp_path / "mine", tmp_path / "far" / "away"
    assert call("new", folder, "--layout", name).status == 0
    moved.parent.mkdir()
    folder.rename(moved)
    result = call("check", moved)
    assert result.status == 0
    # No shipped layout has a date. There must be no other finding.
    assert result.out == "1 finding\n"
    assert sum("default date" in line for line in result.lines) == 1


@pytest.mark.parametrize("name", SHIPPED)
def test_a_copy_is_independent(name: str, tmp_path: Path) -> None:
    """The schema is in the folder, and every file of the layout is a file of its own."""
    folder = tmp_path / "mine"
    assert call("new", folder, "--layout", name).status == 0
    text = (folder / "brochure.yaml").read_text(encoding="utf-8")
    assert text.startswith("# yaml-language-server: $schema=brochure.schema.json\n")
    schema = json.loads((folder / "brochure.schema.json").read_bytes())
    jsonschema.Draft202012Validator(schema).validate(loaded(text.encode()))
    assert not [path for path in folder.rglob("*") if path.is_symlink()]
    shipped = {
        path.relative_to(ROOT / "layouts" / name) for path in (ROOT / "layouts" / name).rglob("*.*")
    }
    assert shipped <= {path.relative_to(folder) for path in folder.rglob("*.*")}


def test_blank_is_one_page_without_offices_translations_or_pictures(tmp_path: Path) -> None:
    folder = tmp_path / "mine"
    assert call("new", folder, "--layout", "blank").status == 0
    files = sorted(path.relative_to(folder).as_posix() for path in folder.rglob("*.*"))
    assert files == ["brochure.schema.json", "brochure.yaml", "content/en.yaml"]
    for target in ("press", "screen"):
        built = call("build", folder, "--target", target, "-o", tmp_path / "out")
        assert (built.status, built.err) == (0, "")
        assert len(PdfReader(tmp_path / "out" / f"blank_en_{target}.pdf").pages) == 1


def test_the_letters_of_the_donor_appeal_are_merged_at_once(tmp_path: Path) -> None:
    """The slip has sums for each donor, and the minutes depend on the gift: an hour of fuel costs 90 euros."""
    folder = tmp_path / "mine"
    assert call("new", folder, "--layout", "donor-appeal").status == 0
    table = folder / "assets" / "donors.csv"
    built = call("build", folder, "--records", table, "--one-file", "-o", tmp_path / "out")
    assert (built.status, built.err) == (0, "")
    pages = PdfReader(tmp_path / "out" / "donor-appeal_records_press.pdf").pages
    with table.open(encoding="utf-8") as file:
        donors = list(csv.DictReader(file))
    assert len(pages) == 2 * len(donors)
    for donor, page in zip(donors, pages[::2], strict=True):
        text = " ".join(page.extract_text().split())
        for field in ("name", "salutation", "reference"):
            assert donor[field] in text
        assert f"€{int(donor['ask_3']):,}" in text
        assert int(donor["minutes"]) * 90 == int(donor["gift"]) * 60


def test_offices_and_their_pictures_are_copied(tmp_path: Path) -> None:
    folder = tmp_path / "mine"
    assert call("new", folder).status == 0
    offices = sorted(path.stem for path in (folder / "offices").glob("*.yaml"))
    assert "canada" in offices
    (note,) = call("check", folder, "--office", "canada").lines
    assert "default date" in note


def test_existing_files_are_never_overwritten(tmp_path: Path) -> None:
    (tmp_path / "mine").mkdir()
    (tmp_path / "mine" / "notes.txt").write_text("months of work")
    (tmp_path / "file").write_text("more work")
    (tmp_path / "dangling").symlink_to("nowhere")
    before = tree(tmp_path)
    for name in ("mine", "file", "dangling"):
        result = call("new", tmp_path / name)
        assert result.status == ExitCode.USAGE
        assert result.lines == [
            f"brochure: {tmp_path / name}: the folder exists already; choose another name"
        ]
    assert tree(tmp_path) == before


def test_no_files_are_left_if_the_project_cannot_be_made(tmp_path: Path) -> None:
    (tmp_path / "file").write_text("work")
    before = tree(tmp_path)
    result = call("new", tmp_path / "file" / "mine")
    assert result.status == ExitCode.CANNOT_WRITE
    assert result.lines[0].startswith(f"brochure: {tmp_path}/file/mine: cannot be created: ")
    assert tree(tmp_path) == before


def test_json(tmp_path: Path) -> None:
    assert call("new", tmp_path / "mine", "--json").data == {
        "path": str(tmp_path / "mine"),
        "layout": "proven-model",
    }


def test_the_list() -> None:
    lines = call("new", "--list").out.splitlines()
    assert [line.split()[0] for line in lines] == SHIPPED
    assert all(len(line.split()) > 3 for line in lines), "a layout says nothing of itself"
    assert [one["name"] for one in call("new", "--list", "--json").data["layouts"]] == SHIPPED
