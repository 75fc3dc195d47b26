"""`brochure approve` and `brochure status`."""

from __future__ import annotations

import json
from pathlib import Path

import pytest

from tests.approval.brochures import Change, files
from tests.cli.calling import CommandResult, call, tree


def write(folder: Path, change: Change) -> Path:
    for name, data in files(change).items():
        path = folder / name
        path.parent.mkdir(parents=True, exist_ok=True)
        path.write_bytes(data)
    return folder


@pytest.fixture
def wells(tmp_path: Path) -> Path:
    """The brochure in a folder."""
    return write(tmp_path / "wells", Change())


def approve(folder: Path, *words: str) -> CommandResult:
    return call("approve", folder, "--name", "Ana Silva", *words)


def test_approve_then_change_then_approve_again(wells: Path) -> None:
    assert approve(wells, "--edition", "fr").out.endswith(
        "fr.yaml  4 pages approved by Ana Silva\n"
    )
    assert approve(wells).status == 0
    result = call("status", wells)
    assert result.status == 0
    assert [line.split() for line in result.out.splitlines()[1:]] == [
        ["en", "4", "4", "0", "0", "-"],
        ["fr", "4", "4", "0", "0", "-"],
    ]
    write(wells, Change(layout=(("wells: 41", "wells: 42"), ("size: 20 pt", "size: 19 pt"))))
    result = call("status", wells)
    assert result.status == 1
    assert result.out.splitlines()[1].split() == ["en", "4", "2", "2", "0", "1,", "4"]
    assert result.out.splitlines()[3:] == [
        "page 1 of en, fr: style loud changed",
        "page 4 of en, fr: variable wells changed; style loud changed",
    ]
    result = approve(wells, "--pages", "4", "--name", "Sokha Chan")
    assert "1 page approved by Ana Silva, Sokha Chan; 1 page still to be looked at" in result.out
    assert call("status", wells, "--edition", "en", "--json").data["editions"][0]["pages"][3]["by"] == "Sokha Chan"  # fmt: skip
    assert call("status", wells, "--edition", "en").out.splitlines()[1].split()[-1] == "1"


def test_json(wells: Path) -> None:
    data = approve(wells, "--pages", "1,3-4", "--json").data
    assert {**data, "path": ""} == {
        "path": "",
        "edition": "en",
        "approved": [1, 3, 4],
        "to_see": [2],
        "pages": 4,
    }
    data = call("status", wells, "--json").data
    assert data["approved"] is False
    first, second = data["editions"]
    assert [page["state"] for page in first["pages"]] == [
        "approved",
        "not approved",
        "approved",
        "approved",
    ]
    assert second["language"] == "fr"


@pytest.mark.parametrize(
    ("words", "message"),
    [
        (("--edition", "km"), "no translation into 'km'"),
        (("--edition", "nowhere/fr"), "--edition nowhere/fr: unknown edition"),
        (("--edition", "../fr"), "--edition ../fr: unknown edition"),
        (("--pages", "9"), "page 9 not found; the edition has the pages 1 to 4"),
        (("--pages", "4-1"), "--pages 4-1: expected page numbers, e.g. 1-4,8"),
        (("--pages", "1-999999999"), "--pages 1-999999999: expected page numbers"),
        (("--name", " "), "the name of who approves is missing; give it with --name"),
    ],
)
def test_mistakes_change_nothing(wells: Path, words: tuple[str, ...], message: str) -> None:
    before = tree(wells)
    result = approve(wells, *words)
    assert message in result.err + result.out
    assert result.status in (2, 64)
    assert tree(wells) == before


def test_an_edition_with_errors_cannot_be_approved(wells: Path) -> None:
    write(wells, Change(copy={"title": "Far too long for its frame. " * 30}))
    result = approve(wells)
    assert result.status == 2
    assert "overflow" in result.codes
    assert not (wells / "approvals").exists()


def test_a_damaged_approval_is_kept_and_named(wells: Path) -> None:
    approve(wells)
    file = wells / "approvals/en.yaml"
    damaged = file.read_text().replace("  2:", "<<<<<<< HEAD\n  2:")
    file.write_text(damaged)
    result = approve(wells)
    assert (result.status, result.codes) == (2, ["yaml"])
    assert file.read_text() == damaged
    result = call("status", wells)
    assert result.status == 1
    assert "en.yaml:" in result.err
    assert "not known, because of errors" in result.out


def test_the_approval_of_an_edition_that_is_gone_is_named(wells: Path) -> None:
    approve(wells, "--edition", "fr")
    office = wells / "approvals/away"
    office.mkdir()
    (wells / "approvals/fr.yaml").rename(office / "fr.yaml")
    result = call("status", wells)
    assert result.status == 1
    assert "edition 'fr'; expected 'away/fr'" in result.err


def test_a_folder_that_cannot_be_written(wells: Path) -> None:
    (wells / "approvals").write_text("a file, not a folder")
    result = approve(wells)
    assert result.status == 73
    assert "approvals" in result.err


def test_the_name_is_that_of_git_or_of_the_login(
    wells: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    home = wells.parent / "home"
    home.mkdir()
    (home / ".gitconfig").write_text("[user]\n  name = Git Name\n")
    monkeypatch.setenv("HOME", str(home))
    monkeypatch.setenv("LOGNAME", "login-name")
    monkeypatch.delenv("XDG_CONFIG_HOME", raising=False)
    monkeypatch.setenv("GIT_CONFIG_NOSYSTEM", "1")
    assert "approved by Git Name" in call("approve", wells).out
    (home / ".gitconfig").unlink()
    monkeypatch.setenv("PATH", "")
    assert "approved by login-name" in call("approve", wells, "--edition", "fr").out


def test_names_are_written_as_they_are(wells: Path) -> None:
    name = 'O\'Neil "سارة" <script>'
    call("approve", wells, "--name", name)
    assert json.dumps(name, ensure_ascii=False) in (wells / "approvals/en.yaml").read_text("utf-8")
    assert call("status", wells, "--json").data["editions"][0]["pages"][0]["by"] == name
