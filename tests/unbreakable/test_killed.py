"""Builds that are killed at any moment: what there was is whole, the cache lies to nobody, the next build is right."""

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
    """What the files are of each version of the copy, by builds that nobody disturbs. Without a cache: another process's
    build must not find the picture in this one's memory."""
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
    """The builds that are killed in turn: all editions by two processes or by one, and one edition alone."""
    return [
        words(project, out, "--jobs", "2", "--force"),
        words(project, out, "--jobs", "1", "--force"),
        ("build", project.root, "--office", "o001", "-o", out),
    ]


def lengths(build: tuple[str | Path, ...], folder: Path) -> tuple[float, float]:
    """The seconds that a build takes that is not killed: with an empty cache, and with a full one."""
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
        _whole(out, right)
        _honest(kept)
    assert died > kills / 4, "more must be killed in the midst of it"
    _next_build(project, right, out, kept)


def _killed(work: Fork, dice: random.Random, length: float) -> int:
    """Kills it at a random moment of its life: the whole group, or the parent alone, whose workers then end by themselves."""
    time.sleep(dice.uniform(0, length))
    kill = dice.choice((os.kill, os.killpg))
    with contextlib.suppress(ProcessLookupError):  # it may have yet to make its group
        kill(work.pid, signal.SIGKILL)
    status = work.end()
    assert work.gone()
    return status


def _whole(out: Path, right: tuple[dict[str, str], ...]) -> None:
    """Every file that there ever was is there, and is one of its two versions; beside them lie only parts."""
    found = {name: digest for name, digest in digests(out).items() if not name.endswith(PART)}
    assert found.keys() == right[0].keys()
    for name, digest in found.items():
        assert digest in (right[0][name], right[1][name]), name


def _honest(kept: Path) -> None:
    """Each entry of the cache gives what was put there: its seal is right. `get` takes away one whose seal is not."""
    cache = DiskCache(kept)
    for path in _entries(kept):
        assert cache.get(path.name) is not None, path


def _entries(kept: Path) -> Iterator[Path]:
    yield from (path for path in kept.glob("*") if path.suffix != PART and path.name != LOCK_FILE)


def _next_build(
    project: DiskProject, right: tuple[dict[str, str], ...], out: Path, kept: Path
) -> None:
    """The next build is right, and takes away what the killed ones had begun, once that is old enough to be nobody's."""
    for path in (out / f".leaf.pdf.abcdefgh{PART}", kept / f".{'0a1b' * 10}.0a1b0a1b{PART}"):
        path.write_bytes(b"x")  # there is one of each, wherever the kills struck
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


def test_a_damaged_entry_of_the_cache_is_made_anew(
    project: DiskProject, right: tuple[dict[str, str], ...], tmp_path: Path
) -> None:
    """As a disk may leave one after a power cut: empty, cut off, or with other bytes in it."""
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


def test_parts_that_somebody_may_be_writing_are_let_be(
    project: DiskProject, tmp_path: Path
) -> None:
    """And so are files that only look like it."""
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
