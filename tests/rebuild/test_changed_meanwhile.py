"""A file that changes between two reads is an error, and nothing of it is cached under the earlier digest."""

from __future__ import annotations

import shutil
from collections.abc import Iterator
from pathlib import Path

import pytest

from brochure.api import build
from brochure.errors import InputError
from brochure.prepress.output_conditions import CONDITIONS
from brochure.project import DiskProject
from brochure.system.disk_cache import disk_cache
from brochure.system.files import digest
from tests.rebuild.test_stale import SVG, forget, root, write_picture

__all__ = ["root"]  # the fixture


@pytest.fixture(autouse=True)
def cache(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Iterator[None]:
    """An empty cache on disk, and none in memory."""
    monkeypatch.setenv("BROCHURE_CACHE", str(tmp_path / "kept"))
    disk_cache.cache_clear()
    forget()
    yield
    disk_cache.cache_clear()
    forget()


def save(root: Path, name: str, number: int) -> None:
    """Save a version of the picture or of the drawing."""
    if name == "assets/p.jpg":
        write_picture(root, ((200, 90, 30), (30, 90, 200))[number])
    else:
        (root / name).write_text(SVG.format((9, 5)[number]))


@pytest.mark.parametrize(
    ("name", "at"),
    [("assets/p.jpg", 2), ("assets/p.jpg", 4), ("assets/d.svg", 3)],
    ids=["size of the picture", "conversion of the picture", "drawing"],
)
def test_nothing_is_cached_of_a_file_that_changes_after_its_digest(
    root: Path, name: str, at: int, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    """It changes before it is read for the nth time."""
    save(root, name, 0)
    project, press = DiskProject(root), CONDITIONS["press"]
    reading, seen = DiskProject.read, [0]

    def read(self: DiskProject, asked: str) -> bytes:
        if asked == name:
            seen[0] += 1
            if seen[0] == at:
                save(root, name, 1)
        return reading(self, asked)

    with monkeypatch.context() as patch:
        patch.setattr(DiskProject, "read", read)
        patch.setattr(DiskProject, "digest", _digest)
        with pytest.raises(InputError) as failure:
            build(project, press)
    assert [finding.code for finding in failure.value.findings] == ["file-changed"]
    save(root, name, 0)
    forget()
    with_cache = build(project, press).pdf
    shutil.rmtree(tmp_path / "kept")
    forget()
    assert with_cache == build(project, press).pdf


def _digest(project: DiskProject, name: str) -> bytes:
    """Return the digest of a file that is read each time, as if it had just been saved."""
    return digest(project.read(name))
