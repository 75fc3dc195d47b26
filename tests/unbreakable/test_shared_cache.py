"""Several builds at once with one picture cache, which is too small for all of them: each is right."""

from __future__ import annotations

from functools import partial
from pathlib import Path

import pytest

from brochure.cache import PART, PictureCache, picture_cache
from brochure.project import DiskProject
from tests.matrix.forks import forked
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
    count, size = PictureCache(tmp_path / "c").held()
    assert count == 1
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
    assert all(cache.get(path.name) for path in kept.iterdir())
    assert 0 <= cache.held()[1] <= most
