"""`PROJECT@REVISION` and `PROJECT@approved`: projects in a git repository as they were."""

from __future__ import annotations

import os
import subprocess
from pathlib import Path

import pytest

from brochure.api import lay_out
from brochure.approval.page_digest import digest_page
from brochure.compare.revisions import open_revision
from brochure.errors import UsageError
from brochure.project import DiskProject, MemoryProject
from tests.approval.brochures import Change, files
from tests.cli.calling import CommandResult, call

CHANGED = Change(layout=(("wells: 41", "wells: 42"),))


def git(folder: Path, *words: str) -> None:
    """Runs git without the user's settings."""
    settings = ("-c", "user.name=Ana", "-c", "user.email=ana@example.org", "-c", "commit.gpgsign=false")  # fmt: skip
    environment = {**os.environ, "GIT_CONFIG_GLOBAL": os.devnull, "GIT_CONFIG_NOSYSTEM": "1"}
    for name in ("GIT_DIR", "GIT_INDEX_FILE", "GIT_WORK_TREE"):
        environment.pop(name, None)
    subprocess.run(["git", *settings, *words], cwd=folder, check=True, capture_output=True, env=environment)  # fmt: skip


def write(folder: Path) -> None:
    for name, data in files().items():
        path = folder / name
        path.parent.mkdir(parents=True, exist_ok=True)
        path.write_bytes(data)


def commit(folder: Path, message: str) -> None:
    git(folder, "add", "-A")
    git(folder, "commit", "-q", "-m", message)


@pytest.fixture
def wells(tmp_path: Path) -> Path:
    """The brochure in a repository, with its picture in a shared folder, committed once."""
    folder = tmp_path / "work" / "layouts" / "wells"
    write(folder)
    shared = tmp_path / "work" / "assets"
    shared.mkdir()
    (folder / "assets" / "photos").rename(shared / "photos")
    (folder / "assets").rmdir()
    git(tmp_path / "work", "init", "-q")
    commit(folder, "First")
    return folder


def digests(project: DiskProject | MemoryProject) -> list[str]:
    return [digest_page(page, project) for page in lay_out(project).pages]


def test_a_revision_is_the_project_as_it_was(wells: Path) -> None:
    first = digests(DiskProject(wells))
    (wells / "brochure.yaml").write_bytes(files(CHANGED)["brochure.yaml"])
    assert digests(DiskProject(wells)) != first
    assert digests(open_revision(wells, "HEAD")) == first
    commit(wells, "Second")
    assert digests(open_revision(wells, "HEAD")) != first
    assert digests(open_revision(wells, "HEAD~1")) == first


def test_links_in_a_revision_are_followed(wells: Path) -> None:
    picture = wells.parents[1] / "assets/photos/field.jpg"
    picture.rename(picture.with_name("real.jpg"))
    picture.symlink_to("real.jpg")
    commit(wells, "A link")
    assert digests(open_revision(wells, "HEAD")) == digests(DiskProject(wells))


@pytest.mark.parametrize(
    "revision", ["nothing", "-x", "--help", "HEAD:brochure.yaml", "a b", "\x00"]
)
def test_revisions_that_do_not_exist(wells: Path, revision: str) -> None:
    with pytest.raises(UsageError, match="git knows no revision of this name"):
        open_revision(wells, revision)


def test_a_folder_without_a_repository(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    write(tmp_path / "wells")
    monkeypatch.setenv("GIT_CEILING_DIRECTORIES", str(tmp_path))
    with pytest.raises(UsageError, match="not in a git repository"):
        open_revision(tmp_path / "wells", "HEAD")
    monkeypatch.setenv("PATH", "")
    with pytest.raises(UsageError, match="git is not installed"):
        open_revision(tmp_path / "wells", "HEAD")


def test_a_revision_before_the_project(wells: Path) -> None:
    git(wells, "checkout", "-q", "--orphan", "other")
    git(wells, "rm", "-q", "-r", "--cached", ".")
    (wells.parents[1] / "note.txt").write_text("x")
    git(wells.parents[1], "add", "note.txt")
    git(wells, "commit", "-q", "-m", "Other")
    with pytest.raises(UsageError, match="the project was not in this revision"):
        open_revision(wells, "HEAD")


def diff(*words: str | Path) -> CommandResult:
    return call("diff", *words)


def test_the_command_compares_revisions(wells: Path) -> None:
    (wells / "brochure.yaml").write_bytes(files(CHANGED)["brochure.yaml"])
    result = diff(f"{wells}@HEAD", wells)
    assert result.status == 1
    assert "identical: 1-3; changed: 4" in result.out
    assert "page 4: count: 41 wells → 42 wells" in result.out
    assert diff(f"{wells}@HEAD", f"{wells}@HEAD").status == 0


def test_an_error_in_a_revision_names_the_revision(wells: Path) -> None:
    (wells / "brochure.yaml").write_text("brochure: [")
    commit(wells, "Broken")
    (wells / "brochure.yaml").write_bytes(files(CHANGED)["brochure.yaml"])
    result = diff(f"{wells}@HEAD", wells)
    assert result.status == 2
    assert f"{wells}@HEAD:brochure.yaml:2:1" in result.err


# What was approved


@pytest.mark.parametrize("order", ["approve, commit", "commit, approve, change, commit", "commit, approve, change"])  # fmt: skip
def test_what_was_approved_is_found(wells: Path, order: str) -> None:
    change = (wells / "brochure.yaml").read_bytes().replace(b"size: 20 pt", b"size: 18 pt")
    (wells / "brochure.yaml").write_bytes(change)

    def take(step: str) -> None:
        if step == "approve":
            call("approve", wells, "--name", "Ana")
        elif step == "commit":
            commit(wells, "Work")
        else:
            later = change.replace(b"wells: 41", b"wells: 42")
            (wells / "brochure.yaml").write_bytes(later)

    for step in [*order.split(", "), "change"]:
        take(step)
    result = diff(wells)
    assert result.status == 1
    assert "before: wells, en (approved, " in result.out
    assert "page 4: count: 41 wells → 42 wells" in result.out
    assert "20 pt" not in result.out
    assert "page 4 of en: variable wells changed" in result.out


def test_a_missing_commit_of_the_approved_state_is_reported_with_advice(
    wells: Path,
) -> None:
    text = (wells / "brochure.yaml").read_text()
    (wells / "brochure.yaml").write_text(text.replace("bleed: 3 mm", "bleed: 4 mm"))
    call("approve", wells, "--name", "Ana")
    (wells / "brochure.yaml").write_text(text)
    result = diff(wells)
    assert result.status == 64
    assert "no commit has the pages that were approved" in result.err
    assert "never approved" in diff(wells, "--edition", "fr").err


def test_pages_whose_approved_state_is_in_no_commit_are_named(wells: Path) -> None:
    text = (wells / "brochure.yaml").read_text()
    call("approve", wells, "--name", "Ana")
    commit(wells, "Approved")
    (wells / "brochure.yaml").write_text(text.replace("wells: 41", "wells: 42"))
    call("approve", wells, "--name", "Ana", "--pages", "4")
    (wells / "brochure.yaml").write_text(text)
    result = diff(wells)
    assert "has not the approved state of the pages 4" in result.err
