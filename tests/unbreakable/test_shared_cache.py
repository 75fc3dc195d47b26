"""Several builds at once with one picture cache, which is too small for all of them: each is right."""

from __future__ import annotations

from pathlib import Path

from brochure.cache import PART, PictureCache, picture_cache
from brochure.project import DiskProject
from tests.matrix.forks import forked
from tests.matrix.leaves import digests, leaves, words

ROUNDS = 3
MOST = 100_000
"""Bytes; the picture takes 64,080 for one kind of output: two do not fit."""


def _small() -> None:
    picture_cache().most = MOST


def builds(project: DiskProject, out: Path) -> dict[str, tuple[str | Path, ...]]:
    """One for each kind of output, which all convert the picture, each in its own way; two of the press's, in processes."""
    return {
        "press": words(project, out / "press", "--jobs", "1"),
        "press-too": words(project, out / "press-too", "--jobs", "2"),
        "screen": words(project, out / "screen", "--for", "screen", "--jobs", "1"),
        "desk": words(project, out / "desk", "--for", "desk", "--jobs", "2"),
    }


def test_builds_at_once_share_a_cache(tmp_path: Path) -> None:
    project = leaves(tmp_path / "leaves", 3, pixels=126)
    right = {}
    for name, build in builds(project, tmp_path / "right").items():
        assert forked(build, tmp_path, kept=Path("off"), before=None).end() == 0
        right[name] = digests(tmp_path / "right" / name)
        assert len(right[name]) == 3
    kept = tmp_path / "kept"
    for number in range(ROUNDS):
        out = tmp_path / f"out{number}"
        PictureCache(kept).clear()
        work = []
        for name, build in builds(project, out).items():
            (tmp_path / name).mkdir(exist_ok=True)
            work.append(forked(build, tmp_path / name, kept=kept, before=_small))
        assert [one.end() for one in work] == [0] * 4
        assert {name: digests(out / name) for name in right} == right
        cache = PictureCache(kept)
        assert not [path for path in kept.iterdir() if path.suffix == PART]
        assert all(cache.get(path.name) for path in kept.iterdir())
        assert 0 < cache.held()[1] <= MOST
