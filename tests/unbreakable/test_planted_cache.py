"""Builds with a cache folder prepared by an attacker: they end in time, need little memory, and are correct."""

from __future__ import annotations

import json
import logging
import os
import resource
from collections.abc import Callable
from pathlib import Path

import pytest

from brochure.project import DiskProject
from brochure.system.disk_cache import ENTRY_NAME, LOCK_FILE, disk_cache
from tests.batch.forks import forked
from tests.batch.leaves import digests, leaves, words
from tests.cli.calling import call

MAX_MEMORY = 1_000_000_000
"""Enough memory for a build, not for an endless entry."""


@pytest.fixture(scope="module")
def project(tmp_path_factory: pytest.TempPathFactory) -> DiskProject:
    return leaves(tmp_path_factory.mktemp("planted") / "project", 2)


def limit_memory() -> None:
    used = int(Path("/proc/self/statm").read_text().split()[0]) * resource.getpagesize()
    resource.setrlimit(resource.RLIMIT_AS, (used + MAX_MEMORY, used + MAX_MEMORY))
    resource.setrlimit(resource.RLIMIT_CPU, (60, 60))


def without_log_handlers() -> None:
    """As the program starts; the test runner adds handlers."""
    logging.root.handlers.clear()


def fifo(path: Path) -> None:
    path.unlink()
    os.mkfifo(path)


def endless(path: Path) -> None:
    path.unlink()
    path.symlink_to("/dev/zero")


def itself(path: Path) -> None:
    path.unlink()
    path.symlink_to(path.name)


def sparse(path: Path) -> None:
    os.truncate(path, 1 << 38)


def another(path: Path) -> None:
    """The complete entry of another key."""
    entries = [one for one in sorted(path.parent.iterdir()) if ENTRY_NAME.fullmatch(one.name)]
    path.write_bytes(entries[entries.index(path) - 1].read_bytes())


def changed(path: Path) -> None:
    data = path.read_bytes()
    path.write_bytes(data[:-5] + bytes(byte ^ 1 for byte in data[-5:]))


@pytest.mark.parametrize("plant", [fifo, endless, itself, sparse, another, changed])
def test_every_entry_is_planted_and_made_again(
    plant: Callable[[Path], None], project: DiskProject, tmp_path: Path
) -> None:
    kept = tmp_path / "kept"
    first = forked(words(project, tmp_path / "first"), tmp_path, kept=kept, before=None)
    assert first.end() == 0
    entries = digests(kept)
    for path in sorted(kept.iterdir()):
        if ENTRY_NAME.fullmatch(path.name) or (path.name == LOCK_FILE and plant is fifo):
            plant(path)
    second = forked(words(project, tmp_path / "out"), tmp_path, kept=kept, before=limit_memory)
    assert (second.end(), second.err.read_text()) == (0, "")
    assert digests(tmp_path / "out") == digests(tmp_path / "first")
    (kept / LOCK_FILE).unlink()
    entries.pop(LOCK_FILE)
    assert digests(kept) == entries


def test_a_folder_that_everybody_can_write_is_named_once(
    project: DiskProject, tmp_path: Path
) -> None:
    kept = tmp_path / "kept"
    kept.mkdir()
    kept.chmod(0o1777)
    for jobs in ("1", "2"):
        build = words(project, tmp_path / f"out{jobs}", "--jobs", jobs)
        work = forked(build, tmp_path, kept=kept, before=without_log_handlers)
        assert work.end() == 0
        (warning,) = work.err.read_text().splitlines()
        assert warning.startswith(f"brochure: warning: the cache folder '{kept}' is not used: ")
    assert digests(tmp_path / "out1") == digests(tmp_path / "out2")
    assert list(kept.iterdir()) == []


def test_its_warning_is_not_in_the_json_document(project: DiskProject, tmp_path: Path) -> None:
    kept = tmp_path / "kept"
    kept.mkdir()
    kept.chmod(0o777)
    work = forked(
        words(project, tmp_path / "out", "--json"), tmp_path, kept=kept, before=without_log_handlers
    )
    assert work.end() == 0
    assert len(json.loads(work.out.read_text())["editions"]) == 2
    assert "is not used" in work.err.read_text()


def test_clearing_a_refused_folder_warns_and_removes_nothing(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch, caplog: pytest.LogCaptureFixture
) -> None:
    (tmp_path / ("0" * 40)).write_bytes(b"x")
    tmp_path.chmod(0o777)
    monkeypatch.setenv("BROCHURE_CACHE", str(tmp_path))
    disk_cache.cache_clear()
    try:
        result = call("cache", "--clear")
    finally:
        disk_cache.cache_clear()
    assert result.status == 0
    assert len(caplog.messages) == 1
    assert (tmp_path / ("0" * 40)).exists()
