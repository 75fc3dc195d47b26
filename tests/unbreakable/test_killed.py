"""Builds that are killed at any moment: existing files and the cache stay intact, and the next build is correct."""

from __future__ import annotations

import contextlib
import os
import random
import signal
import time
from collections.abc import Iterator
from pathlib import Path

import pytest

from brochure.batch.tasks import build_sequentially
from brochure.project import DiskProject
from brochure.system.atomic_files import PART, STALE
from brochure.system.disk_cache import LOCK_FILE, DiskCache
from tests.batch.forks import Fork, forked
from tests.batch.leaves import COPY, digests, leaves, order_of, silent, words

OFFICES = 3
PIXELS = 160
VERSIONS = (COPY, COPY.replace("One line", "Another line"))


@pytest.fixture(scope="module")
def project(tmp_path_factory: pytest.TempPathFactory) -> DiskProject:
    return leaves(tmp_path_factory.mktemp("killed") / "leaves", OFFICES, PIXELS)


@pytest.fixture(scope="module")
def right(
    project: DiskProject, tmp_path_factory: pytest.TempPathFactory
) -> tuple[dict[str, str], ...]:
    """Return the digests of the files of each version of the copy, from uninterrupted builds. Without a cache, because a build in
    another process must not find the picture in the memory of this one."""
    made = []
    for version in VERSIONS:
        _write(project, version)
        out = tmp_path_factory.mktemp("right")
        work = forked(
            words(project, out / "pdf", "--jobs", "1"), out, kept=Path("off"), before=None
        )
        assert work.end() == 0
        made.append(digests(out / "pdf"))
    assert not made[0].items() & made[1].items()
    return tuple(made)


def _write(project: DiskProject, copy: str) -> None:
    (project.root / "content" / "en.yaml").write_text(copy, encoding="utf-8")


def kinds(project: DiskProject, out: Path) -> list[tuple[str | Path, ...]]:
    """The builds that are killed in turn: all editions with two processes or with one, and a single edition."""
    return [
        words(project, out, "--jobs", "2", "--force"),
        words(project, out, "--jobs", "1", "--force"),
        ("build", project.root, "--office", "o001", "-o", out),
    ]


def lengths(build: tuple[str | Path, ...], folder: Path) -> tuple[float, float]:
    """Return the duration of an uninterrupted build in seconds: with an empty cache, and with a full one."""
    found = []
    for _ in range(2):
        began = time.perf_counter()
        assert forked(build, folder, kept=folder / "cold", before=None).end() == 0
        found.append(time.perf_counter() - began)
    DiskCache(folder / "cold").clear()
    return found[0], found[1]


@pytest.mark.parametrize("kills", [6, pytest.param(200, marks=pytest.mark.soak)])
def test_builds_that_are_killed(
    project: DiskProject, right: tuple[dict[str, str], ...], tmp_path: Path, kills: int
) -> None:
    dice = random.Random(6)
    out, kept = tmp_path / "out", tmp_path / "kept"
    builds = kinds(project, out)
    measured = [lengths(build, tmp_path) for build in builds]
    died = 0
    for at in range(3 * kills):  # on a busy machine, more builds end before they are killed
        if at >= kills and died > kills / 4:
            break
        _write(project, VERSIONS[at % 2])
        is_cold = at % 7 < 3
        if is_cold:
            DiskCache(kept).clear()
        build, (cold, warm) = builds[at % 3], measured[at % 3]
        work = forked(build, tmp_path, kept=kept, before=None)
        died += _killed(work, dice, cold if is_cold else warm) == -signal.SIGKILL
        _check_files(out, right)
        _check_cache(kept)
    assert died > kills / 4, "more must be killed in the midst of it"
    _next_build(project, right, out, kept)


def _killed(work: Fork, dice: random.Random, length: float) -> int:
    """Kill it at a random moment: the whole group, or only the parent, whose workers then end by themselves."""
    time.sleep(dice.uniform(0, length))
    kill = dice.choice((os.kill, os.killpg))
    with contextlib.suppress(ProcessLookupError):  # it may not have created its group yet
        kill(work.pid, signal.SIGKILL)
    status = work.end()
    assert work.gone()
    return status


def _check_files(out: Path, right: tuple[dict[str, str], ...]) -> None:
    """Every earlier file is there, in one of its two versions; other files are temporary ones."""
    found = {name: digest for name, digest in digests(out).items() if not name.endswith(PART)}
    assert found.keys() == right[0].keys()
    for name, digest in found.items():
        assert digest in (right[0][name], right[1][name]), name


def _check_cache(kept: Path) -> None:
    """Each entry of the cache has its original content, with the right digest. `get` removes entries with a wrong digest."""
    cache = DiskCache(kept)
    for path in _entries(kept):
        assert cache.get(path.name) is not None, path


def _entries(kept: Path) -> Iterator[Path]:
    yield from (path for path in kept.glob("*") if path.suffix != PART and path.name != LOCK_FILE)


def _next_build(
    project: DiskProject, right: tuple[dict[str, str], ...], out: Path, kept: Path
) -> None:
    """The next build is correct, and removes temporary files of the killed ones that are old enough not to be in use."""
    for path in (out / f".leaf.pdf.abcdefgh{PART}", kept / f".{'0a1b' * 10}.0a1b0a1b{PART}"):
        path.write_bytes(b"x")  # there is one of each kind, wherever the builds were killed
    for path in (*out.glob(f".*{PART}"), *kept.glob(f".*{PART}")):
        os.utime(path, (time.time() - STALE - 1,) * 2)
    for path in _entries(kept):
        path.unlink()
    _write(project, VERSIONS[0])
    work = forked(words(project, out, "--force"), out.parent, kept=kept, before=None)
    assert work.end() == 0
    assert digests(out) == right[0]
    assert [*_entries(kept)]  # the picture, for the press
    assert not [*kept.glob(f"*{PART}")]


def test_a_damaged_entry_of_the_cache_is_made_again(
    project: DiskProject, right: tuple[dict[str, str], ...], tmp_path: Path
) -> None:
    """As a disk may leave it after a power cut: empty, truncated, or with other bytes."""
    _write(project, VERSIONS[0])
    kept = tmp_path / "kept"
    build = words(project, tmp_path / "out", "--jobs", "1", "--force")
    assert forked(build, tmp_path, kept=kept, before=None).end() == 0
    entry = max(_entries(kept), key=lambda path: path.stat().st_size)  # the picture
    whole = entry.read_bytes()
    for damaged in (b"", whole[:10], whole[:-1], whole[:500] + b"?" + whole[501:]):
        entry.write_bytes(damaged)
        assert forked(build, tmp_path, kept=kept, before=None).end() == 0
        assert digests(tmp_path / "out") == right[0]
        assert entry.read_bytes() == whole


def test_temporary_files_that_may_be_in_use_are_kept(project: DiskProject, tmp_path: Path) -> None:
    """The same applies to files that only have such names."""
    out = tmp_path / "out"
    out.mkdir()
    fresh, old = out / ".leaf.pdf.abcdefgh.part", out / ".leaf.pdf.ijklmnop.part"
    other = out / "film.part"
    for path in (fresh, old, other):
        path.write_bytes(b"x")
    for path in (old, other):
        os.utime(path, (time.time() - STALE - 1,) * 2)
    order, job, tasks = order_of(project, out)
    assert len([*build_sequentially(order, job, tasks[:1], silent())]) == 1
    build = ("build", project.root, "-o", out)
    assert forked(build, tmp_path, kept=tmp_path / "kept", before=None).end() == 0
    assert (fresh.exists(), old.exists(), other.exists()) == (True, False, True)
