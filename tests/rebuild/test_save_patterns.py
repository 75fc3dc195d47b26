"""`brochure watch` with the ways in which programs save files: each save is built, and no resources accumulate."""

from __future__ import annotations

import gc
import os
import shutil
import threading
import time
from collections.abc import Callable, Iterator
from pathlib import Path

import pytest

from brochure.batch.watch import Attempt, attempts
from brochure.project import DiskProject
from tests.rebuild.test_watch import LAYOUT, project_in, target, words

Save = Callable[[Path, str], None]
"""Saves a text as the copy of the project in a folder."""


def rename_over(root: Path, text: str) -> None:
    new = root / "content/.en.yaml.new"
    new.write_text(text)
    new.replace(root / "content/en.yaml")


def truncate_and_write(root: Path, text: str) -> None:
    with (root / "content/en.yaml").open("w") as file:
        file.truncate()
        file.flush()
        time.sleep(0.002)
        file.write(text)


def swap_file_and_backup(root: Path, text: str) -> None:
    """With a swap file, and the old file as a backup that is removed at the end."""
    copy, swap, backup = (
        root / f"content/{name}" for name in ("en.yaml", ".en.yaml.swp", "en.yaml~")
    )
    swap.write_text("swap")
    copy.rename(backup)
    copy.write_text(text)
    backup.unlink()
    swap.unlink()


def folder_made_again(root: Path, text: str) -> None:
    shutil.rmtree(root / "content")
    (root / "content").mkdir()
    (root / "content/en.yaml").write_text(text)


def project_made_again(root: Path, text: str) -> None:
    shutil.rmtree(root)
    write_project(root, text)


def project_exchanged(root: Path, text: str) -> None:
    """The new project is beside it, and they are exchanged."""
    new, old = root.with_name("new"), root.with_name("old")
    write_project(new, text)
    root.rename(old)
    new.rename(root)
    shutil.rmtree(old)


def write_project(root: Path, text: str) -> None:
    (root / "content").mkdir(parents=True)
    (root / "brochure.yaml").write_text(LAYOUT)
    (root / "content/en.yaml").write_text(text)


PATTERNS: list[Save] = [
    rename_over,
    truncate_and_write,
    swap_file_and_backup,
    folder_made_again,
    project_made_again,
    project_exchanged,
]


@pytest.fixture(params=["absolute", "relative"])
def project(
    request: pytest.FixtureRequest, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> DiskProject:
    """A project that is named by its path, or from the current folder; files are checked at short intervals."""
    monkeypatch.setattr("brochure.project.SETTLE_SECONDS", 0.01)
    monkeypatch.setattr("brochure.system.files.STEP_MS", 5)
    project_in(tmp_path / "note")
    monkeypatch.chdir(tmp_path)
    return DiskProject(Path("note") if request.param == "relative" else tmp_path / "note")


def next_with(made: Iterator[Attempt], text: str) -> int:
    """Return the number of builds until one has the text; a save in several steps may cause one or two before."""
    for count in range(1, 6):
        attempt = next(made)
        if attempt.built and words(attempt) == text:
            return count
    raise AssertionError(attempt.findings)


# Between the removal and the new folder an event can be lost; the regular check, two seconds later, finds the change.
AT_ONCE = [
    pytest.param(one, marks=pytest.mark.soak) if one is project_made_again else one
    for one in PATTERNS
]


@pytest.mark.parametrize("save", AT_ONCE)
def test_each_way_to_save_is_noticed_by_an_event(
    save: Save, project: DiskProject, monkeypatch: pytest.MonkeyPatch
) -> None:
    """Even after the watched folder itself was replaced; the regular check is much later."""
    monkeypatch.setattr("brochure.project.POLL_SECONDS", 60)
    made = attempts(target(project))
    next(made)
    start = time.monotonic()
    for number in range(4):
        later = threading.Timer(0.02, save, [project.root.absolute(), f"words: Save {number}.\n"])
        later.start()
        next_with(made, f"Save {number}.")
        later.join()
    assert time.monotonic() - start < 50


def open_files() -> int:
    return len(list(Path("/proc/self/fd").iterdir()))


def memory() -> int:
    """Return the memory in use, in bytes."""
    gc.collect()
    return int(Path("/proc/self/statm").read_text().split()[1]) * os.sysconf("SC_PAGESIZE")


@pytest.mark.parametrize(
    ("saves", "texts"), [(150, 10), pytest.param(5000, 5000, marks=pytest.mark.soak)]
)
@pytest.mark.parametrize("project", ["absolute"], indirect=True)
def test_many_saves_leave_no_files_open_and_no_memory_in_use(
    saves: int, texts: int, project: DiskProject
) -> None:
    """The caches fill during the first saves; their size is limited, and with few texts there is little to cache."""
    made = attempts(target(project))
    next(made)
    files = used = threads = 0
    for number in range(saves):
        if number == saves // 3:
            files, used, threads = open_files(), memory(), threading.active_count()
        text = f"Save {number % texts}."
        save = PATTERNS[number % len(PATTERNS)]
        later = threading.Timer(0.005, save, [project.root, f"words: {text}\n"])
        later.start()
        next_with(made, text)
        later.join()
    assert open_files() <= files
    assert threading.active_count() <= threads
    assert memory() - used < (10_000_000 if texts == 10 else 15_000_000)


@pytest.mark.parametrize("count", [250, pytest.param(1000, marks=pytest.mark.soak)])
@pytest.mark.parametrize("project", ["absolute"], indirect=True)
def test_many_files_at_once_are_one_change(project: DiskProject, count: int) -> None:
    """As a checkout of another branch writes them; while it goes on there may be a few builds."""
    made = attempts(target(project))
    next(made)

    def check_out() -> None:
        for number in range(count):
            folder = project.root / f"assets/f{number % 20}"
            folder.mkdir(parents=True, exist_ok=True)
            (folder / f"{number}.svg").write_text("<svg/>")
        (project.root / "content/en.yaml").write_text("words: Checked out.\n")

    later = threading.Timer(0.01, check_out)
    later.start()
    assert next_with(made, "Checked out.") <= 5
    later.join()
