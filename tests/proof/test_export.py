"""The exported proof: complete, self-contained, reproducible, and without data about this machine."""

from __future__ import annotations

import io
import json
import os
import re
import zipfile
from pathlib import Path
from typing import Any

import pytest

from brochure.api import lay_out
from brochure.approval.page_digest import digest_page
from brochure.errors import InputError, UsageError
from brochure.project import DiskProject
from brochure.proof.export import export_proof, zip_files
from tests.cli.calling import call
from tests.proof.projects import CATALOGUE, write_leaflet


@pytest.fixture
def root(tmp_path: Path) -> Path:
    return write_leaflet(tmp_path)


def data_of(script: bytes) -> Any:
    """The JSON that a script assigns."""
    return json.loads(script.decode().partition(" = ")[2].rstrip(";\n"))


def test_every_referenced_file_exists(root: Path) -> None:
    files = export_proof(DiskProject(root)).files
    index = files["index.html"].decode()
    named = re.findall(r'(?:src|href)="([^"]+)"', index)
    assert "data/project.js" in named
    assert set(named) <= set(files)
    project = data_of(files["data/project.js"])
    assert set(project["files"].values()) <= set(files)
    for file in project["files"].values():
        edition = data_of(files[file])["edition"]
        drawings = "".join(page["svg"] for page in edition["pages"])
        pictures = re.findall(r'href="([^"]+)"', drawings)
        assert pictures
        assert set(pictures) <= set(files)
    assert 'http-equiv="Content-Security-Policy"' in index
    assert "unsafe" not in index
    assert "default-src 'none'" in index


def test_pages_have_the_digest_that_approvals_use(root: Path) -> None:
    project = DiskProject(root)
    files = export_proof(project, ["fr"]).files
    pages = data_of(files["data/fr.js"])["edition"]["pages"]
    expected = [digest_page(page, project) for page in lay_out(project, "fr").pages]
    assert [page["digest"] for page in pages] == expected


def test_every_message_is_there_with_its_limit(root: Path) -> None:
    messages = data_of(export_proof(DiskProject(root), ["fr"]).files["data/fr.js"])["messages"]
    assert messages["cover.title"]["source"]["text"] == "Water for the valley"
    assert messages["inside.band"]["fit"]["limit"] > 10
    assert messages["cover.note"]["state"] == "fuzzy"


def test_the_same_project_gives_the_same_bytes(root: Path, tmp_path: Path) -> None:
    first = zip_files(export_proof(DiskProject(root)).files, "proof")
    other = tmp_path / "elsewhere"
    other.mkdir()
    second = zip_files(export_proof(DiskProject(write_leaflet(other))).files, "proof")
    assert first == second


def test_it_has_no_data_about_this_machine(root: Path) -> None:
    parts = {part for part in root.parts if len(part) > 4} - {"leaflet"}
    names = {os.environ.get("USER") or "root-user", os.environ.get("HOSTNAME") or "no-host"}
    for name, data in export_proof(DiskProject(root)).files.items():
        if name.startswith("data/"):
            found = [word for word in parts | names if word.encode() in data]
            assert not found, name


def test_scripts_in_copy_stay_text(root: Path) -> None:
    evil = "</script><script>alert(1)</script><img src=x onerror=alert(1)>"
    text = CATALOGUE.replace("De l’eau pour la vallée", evil)
    (root / "content/fr.po").write_text(text, "utf-8")
    files = export_proof(DiskProject(root), ["fr"]).files
    edition = data_of(files["data/fr.js"])
    drawings = "".join(page["svg"] for page in edition["edition"]["pages"])
    assert "<script" not in drawings
    assert "onerror" not in drawings
    assert edition["messages"]["cover.title"]["text"] == evil


def test_an_edition_with_errors_does_not_prevent_the_others(root: Path) -> None:
    (root / "content/fr.po").write_text("This is a letter.\n", "utf-8")
    made = export_proof(DiskProject(root))
    assert made.editions == ("en",)
    assert made.findings
    with pytest.raises(InputError):
        export_proof(DiskProject(root), ["fr"])


def test_unknown_editions_are_named(root: Path) -> None:
    with pytest.raises(UsageError, match="unknown edition"):
        export_proof(DiskProject(root), ["fr", "de"])


# The command


def run(*arguments: object) -> int:
    return call("proof", *map(str, arguments)).status


def test_a_folder_is_replaced_only_if_it_is_a_proof(root: Path, tmp_path: Path) -> None:
    target = tmp_path / "proof"
    assert run(root, "--export", target, "--edition", "fr") == 0
    assert (target / "index.html").exists()
    (target / "old.txt").write_text("left over")
    assert run(root, "--export", target, "--edition", "en") == 0
    assert not (target / "old.txt").exists()
    assert not (target / "data/fr.js").exists()
    own = tmp_path / "own"
    own.mkdir()
    (own / "letter.txt").write_text("mine")
    assert run(root, "--export", own) == 64
    assert (own / "letter.txt").read_text() == "mine"
    assert sorted(path.name for path in tmp_path.iterdir()) == ["leaflet", "own", "proof"]


def test_a_zip_file_unpacks_into_one_folder(root: Path, tmp_path: Path) -> None:
    target = tmp_path / "to-office.zip"
    assert run(root, "--export", target, "--edition", "fr") == 0
    with zipfile.ZipFile(io.BytesIO(target.read_bytes())) as archive:
        names = archive.namelist()
        assert archive.testzip() is None
    assert {name.split("/")[0] for name in names} == {"to-office"}
    assert "to-office/index.html" in names
