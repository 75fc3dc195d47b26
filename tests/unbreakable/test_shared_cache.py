"""Several simultaneous builds with one picture cache, which is too small for all of them: each is correct."""

from __future__ import annotations

import errno
import os
import signal
import subprocess
import time
from collections.abc import Callable, Iterator
from functools import partial
from pathlib import Path

import pytest

from brochure.pdf import images, resources
from brochure.pdf.image_encoding import Share
from brochure.pdf.image_xobject import Stored
from brochure.pdf.images import ImageTarget
from brochure.project import DiskProject
from brochure.system import cache
from brochure.system.atomic_files import PART
from brochure.system.disk_cache import LOCK_FILE, DiskCache, disk_cache
from tests.batch.forks import Fork, forked
from tests.batch.leaves import digests, leaves, words

ROUNDS = 4


@pytest.fixture(scope="module")
def projects(tmp_path_factory: pytest.TempPathFactory) -> list[DiskProject]:
    """Three projects with different pictures."""
    folder = tmp_path_factory.mktemp("shared")
    return [leaves(folder / f"p{seed}", 3, pixels=120, seed=seed) for seed in range(3)]


def builds(projects: list[DiskProject], out: Path) -> list[tuple[str | Path, ...]]:
    """Each alone and with two processes, six builds at once: each picture is needed by two of them."""
    return [
        words(project, out / f"{at}-{jobs}", "--jobs", jobs)
        for at, project in enumerate(projects)
        for jobs in ("1", "2")
    ]


def _hold(most: int) -> None:
    disk_cache().max_bytes = most


@pytest.mark.soak
def test_builds_at_once_share_a_cache(projects: list[DiskProject], tmp_path: Path) -> None:
    one = forked(words(projects[0], tmp_path / "one"), tmp_path, kept=tmp_path / "c", before=None)
    assert one.end() == 0
    _, size = DiskCache(tmp_path / "c").count_and_size()
    right = []
    for build in builds(projects, tmp_path / "right"):
        assert forked(build, tmp_path, kept=Path("off"), before=None).end() == 0
        right.append(digests(tmp_path / "right" / Path(build[4]).name))
    assert [len(files) for files in right] == [3] * 6
    assert len({name for files in right for name in files.items()}) == 9  # jobs make no difference
    kept = tmp_path / "kept"
    most = size * 3 // 2  # there is space for one picture, not for two
    for number in range(ROUNDS):
        DiskCache(kept).clear()
        _at_once(builds(projects, tmp_path / f"out{number}"), kept, most)
        found = [
            digests(tmp_path / f"out{number}" / f"{at}-{jobs}") for at in range(3) for jobs in "12"
        ]
        assert found == right
        _sound(kept, most)


def _at_once(builds: list[tuple[str | Path, ...]], kept: Path, most: int) -> None:
    work = []
    for build in builds:
        Path(build[4]).mkdir(parents=True)
        result = kept.parent / Path(build[4]).name
        result.mkdir(exist_ok=True)
        work.append(forked(build, result, kept=kept, before=partial(_hold, most)))
    assert [one.end() for one in work] == [0] * len(builds)


def _sound(kept: Path, most: int) -> None:
    """The cache is within its limit, and every entry is complete and has the content of its key."""
    cache = DiskCache(kept)
    assert not [path for path in kept.iterdir() if path.suffix == PART]
    assert all(cache.get(path.name) for path in kept.iterdir() if path.name != LOCK_FILE)
    assert 0 <= cache.count_and_size()[1] <= most


# Waiting


def _slow(count: Path, seconds: float) -> None:
    """Count conversions, and slow them down so that two could run at the same time."""
    converted = images.convert

    def made(data: bytes, target: ImageTarget, share: Share | None = None) -> Stored:
        with count.open("ab") as file:
            file.write(b"x")
        time.sleep(seconds)
        return converted(data, target, share)

    resources.convert = made  # type: ignore[attr-defined]


def started(project: DiskProject, folder: Path, number: int, seconds: float = 0.3) -> Fork:
    result = folder / f"said{number}"
    result.mkdir()
    build = ("build", project.root, "--office", "o000", "-o", folder / f"out{number}")
    return forked(
        build, result, kept=folder / "kept", before=partial(_slow, folder / "count", seconds)
    )


def test_a_picture_is_converted_by_one_process_alone(
    projects: list[DiskProject], tmp_path: Path
) -> None:
    work = [started(projects[0], tmp_path, number) for number in range(4)]
    assert [one.end() for one in work] == [0] * 4
    assert (tmp_path / "count").read_bytes() == b"x"
    assert len({*digests(tmp_path / "out0").values(), *digests(tmp_path / "out3").values()}) == 1


def test_a_waiting_process_converts_the_picture_if_the_other_one_dies(
    projects: list[DiskProject], tmp_path: Path
) -> None:
    first = started(projects[0], tmp_path, 0, seconds=600.0)  # killed much earlier
    while not (tmp_path / "count").exists():
        time.sleep(0.005)
    second = started(projects[0], tmp_path, 1)
    time.sleep(0.1)
    os.kill(first.pid, signal.SIGKILL)
    assert (first.end(), second.end()) == (-signal.SIGKILL, 0)
    assert (tmp_path / "count").read_bytes() == b"xx"


# A read-only cache


@pytest.fixture(params=["a read-only disk", "files of another user"])
def read_only(
    projects: list[DiskProject], tmp_path: Path, request: pytest.FixtureRequest
) -> Iterator[tuple[Path, Callable[[], None]]]:
    """A folder with everything that a build caches, and a function that makes it read-only in a process. If nothing can be
    mounted, both variants are the second."""
    kept = tmp_path / "kept"
    build = words(projects[0], tmp_path / "first", "--jobs", "1")
    assert forked(build, tmp_path, kept=kept, before=None).end() == 0
    mounted = request.param == "a read-only disk" and _mount_read_only(kept)
    yield (
        kept,
        partial(_count, tmp_path / "count") if mounted else partial(_deny, tmp_path / "count"),
    )
    if mounted:
        subprocess.run(["umount", str(kept)], check=True, timeout=10)


def _mount_read_only(folder: Path) -> bool:
    again = ["mount", "-o", "remount,bind,ro", str(folder)]
    for mount in (["mount", "--bind", str(folder), str(folder)], again):
        try:
            done = subprocess.run(mount, capture_output=True, check=False, timeout=10)
        except FileNotFoundError:
            return False
        if done.returncode:
            return False
    return True


def _count(count: Path) -> None:
    """Count the converted pictures."""
    converted = images.convert

    def made(data: bytes, target: ImageTarget, share: Share | None = None) -> Stored:
        with count.open("ab") as file:
            file.write(b"x")
        return converted(data, target, share)

    resources.convert = made  # type: ignore[attr-defined]


def _deny(count: Path) -> None:
    """Raise the error for a file that can be read and not written; for root, who runs some tests, the system would not."""

    def denied(*_: object) -> None:
        raise PermissionError(errno.EPERM, "Operation not permitted")

    os.utime = denied  # type: ignore[assignment]
    setattr(cache, "replace_file", denied)  # noqa: B010  # `results` has its own name for it
    _count(count)


def test_a_cache_that_cannot_be_written_to_is_read(
    projects: list[DiskProject], tmp_path: Path, read_only: tuple[Path, Callable[[], None]]
) -> None:
    kept, before = read_only
    entries = sorted(path.name for path in kept.iterdir())
    work = forked(words(projects[0], tmp_path / "out"), tmp_path, kept=kept, before=before)
    assert (work.end(), work.err.read_text()) == (0, "")
    assert digests(tmp_path / "out") == digests(tmp_path / "first")
    assert not (tmp_path / "count").exists()
    assert sorted(path.name for path in kept.iterdir()) == entries


def test_pictures_missing_in_a_read_only_cache_are_converted(
    projects: list[DiskProject], tmp_path: Path, read_only: tuple[Path, Callable[[], None]]
) -> None:
    kept, before = read_only
    other = words(projects[1], tmp_path / "out", "--jobs", "1")
    work = forked(other, tmp_path, kept=kept, before=before)
    assert (work.end(), work.err.read_text()) == (0, "")
    assert (tmp_path / "count").read_bytes() == b"x"
