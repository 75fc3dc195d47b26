"""Several builds at once with one picture cache, which is too small for all of them: each is right."""

from __future__ import annotations

import os
import signal
import time
from functools import partial
from pathlib import Path

import pytest

from brochure.cache import PART, TURNS, PictureCache, picture_cache
from brochure.pdf import images, resources
from brochure.pdf.image_xobject import Stored
from brochure.pdf.images import Wanted
from brochure.project import DiskProject
from tests.matrix.forks import Fork, forked
from tests.matrix.leaves import digests, leaves, words

ROUNDS = 4


@pytest.fixture(scope="module")
def projects(tmp_path_factory: pytest.TempPathFactory) -> list[DiskProject]:
    """Three, whose pictures are not the same."""
    folder = tmp_path_factory.mktemp("shared")
    return [leaves(folder / f"p{seed}", 3, pixels=120, seed=seed) for seed in range(3)]


def builds(projects: list[DiskProject], out: Path) -> list[tuple[str | Path, ...]]:
    """Each by itself and in two processes, all six at once: two and two want the same picture."""
    return [
        words(project, out / f"{at}-{jobs}", "--jobs", jobs)
        for at, project in enumerate(projects)
        for jobs in ("1", "2")
    ]


def _hold(most: int) -> None:
    picture_cache().most = most


def test_builds_at_once_share_a_cache(projects: list[DiskProject], tmp_path: Path) -> None:
    one = forked(words(projects[0], tmp_path / "one"), tmp_path, kept=tmp_path / "c", before=None)
    assert one.end() == 0
    _, size = PictureCache(tmp_path / "c").held()
    right = []
    for build in builds(projects, tmp_path / "right"):
        assert forked(build, tmp_path, kept=Path("off"), before=None).end() == 0
        right.append(digests(tmp_path / "right" / Path(build[4]).name))
    assert [len(files) for files in right] == [3] * 6
    assert len({name for files in right for name in files.items()}) == 9  # jobs make no difference
    kept = tmp_path / "kept"
    most = size * 3 // 2  # there is room for one picture, not for two
    for number in range(ROUNDS):
        PictureCache(kept).clear()
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
        said = kept.parent / Path(build[4]).name
        said.mkdir(exist_ok=True)
        work.append(forked(build, said, kept=kept, before=partial(_hold, most)))
    assert [one.end() for one in work] == [0] * len(builds)


def _sound(kept: Path, most: int) -> None:
    """The cache holds no more than it may, nothing half done, and nothing that is not what its name says."""
    cache = PictureCache(kept)
    assert not [path for path in kept.iterdir() if path.suffix == PART]
    assert all(cache.get(path.name) for path in kept.iterdir() if path.name != TURNS)
    assert 0 <= cache.held()[1] <= most


# Turns


def _slow(count: Path) -> None:
    """Conversions are counted, and take so long that two would be at it at once."""
    converted = images.made

    def made(data: bytes, wanted: Wanted) -> Stored:
        with count.open("ab") as file:
            file.write(b"x")
        time.sleep(0.3)
        return converted(data, wanted)

    resources.made = made  # type: ignore[attr-defined]


def started(project: DiskProject, folder: Path, number: int) -> Fork:
    said = folder / f"said{number}"
    said.mkdir()
    build = ("build", project.root, "--office", "o000", "-o", folder / f"out{number}")
    return forked(build, said, kept=folder / "kept", before=partial(_slow, folder / "count"))


def test_a_picture_is_converted_by_one_process_alone(
    projects: list[DiskProject], tmp_path: Path
) -> None:
    work = [started(projects[0], tmp_path, number) for number in range(4)]
    assert [one.end() for one in work] == [0] * 4
    assert (tmp_path / "count").read_bytes() == b"x"
    assert len({*digests(tmp_path / "out0").values(), *digests(tmp_path / "out3").values()}) == 1


def test_whoever_waits_for_one_that_dies_does_it_himself(
    projects: list[DiskProject], tmp_path: Path
) -> None:
    first = started(projects[0], tmp_path, 0)
    while not (tmp_path / "count").exists():
        time.sleep(0.005)
    second = started(projects[0], tmp_path, 1)
    time.sleep(0.1)
    os.kill(first.pid, signal.SIGKILL)
    assert (first.end(), second.end()) == (-signal.SIGKILL, 0)
    assert (tmp_path / "count").read_bytes() == b"xx"
