"""A full disk: a clear error with status 2, the earlier PDF unchanged, and builds that continue without a cache."""

from __future__ import annotations

import contextlib
import functools
import resource
import subprocess
from collections.abc import Callable, Iterator, Sequence
from pathlib import Path

import pytest

from brochure.errors import ExitCode
from brochure.project import DiskProject
from brochure.system import disk_cache
from brochure.system.atomic_files import NEW_FILE, replace_file
from brochure.system.disk_cache import LOCK_FILE, DiskCache
from tests.batch.forks import Fork, forked
from tests.batch.leaves import COPY, digests, leaves, words

FULL = ("File too large", "No space left on device")
"""The error of a limit on the size of files, and that of a full disk: the kernel refuses to write in both cases."""


@pytest.fixture
def project(tmp_path: Path) -> DiskProject:
    return leaves(tmp_path / "leaves", 2, pixels=200)


@pytest.fixture(params=["a small disk", "a limit"])
def disk(tmp_path: Path, request: pytest.FixtureRequest) -> Iterator[tuple[Path, bool]]:
    """A folder on its own disk of one megabyte, if it can be mounted; and an ordinary folder, where a limit on the size of files
    must have the same effect. The second value says which."""
    folder = tmp_path / "disk"
    folder.mkdir()
    mounted = request.param == "a small disk" and _mount(folder)
    yield folder, mounted
    if mounted:
        subprocess.run(["umount", str(folder)], check=True, timeout=10)


def _mount(folder: Path) -> bool:
    words = ["mount", "-t", "tmpfs", "-o", "size=1m", "tmpfs", str(folder)]
    try:
        return not subprocess.run(words, capture_output=True, check=False, timeout=10).returncode
    except FileNotFoundError:
        return False


def limited(most: int) -> None:
    """Limit the size of files; the kernel's error is like that of a full disk."""
    resource.setrlimit(resource.RLIMIT_FSIZE, (most, most))


def build(
    project: DiskProject, out: Path, *more: str, before: Callable[[], None] | None = None
) -> Fork:
    """Build all editions without a cache."""
    folder = project.root.parent
    return forked(words(project, out, *more), folder, kept=Path("off"), before=before)


@pytest.mark.parametrize("jobs", ["1", "2"])
def test_a_limit_on_files_leaves_the_old_ones(
    project: DiskProject, tmp_path: Path, jobs: str
) -> None:
    out = tmp_path / "out"
    assert build(project, out).end() == 0
    before = digests(out)
    (project.root / "content" / "en.yaml").write_text(COPY.replace("One", "Another"))
    smaller = min(path.stat().st_size for path in out.iterdir()) // 2
    work = build(project, out, "--jobs", jobs, before=functools.partial(limited, smaller))
    assert work.end() == ExitCode.CANNOT_WRITE
    assert digests(out) == before
    told = [
        f"{out}/leaf_o00{at}_en_press.pdf: not built: {out}/leaf_o00{at}_en_press.pdf: cannot be written:"
        " File too large; an existing file is unchanged"
        for at in range(2)
    ]
    assert work.err.read_text().splitlines() == told
    assert work.out.read_text() == "0 of 2 editions built\n"


def test_a_full_disk_leaves_the_old_file(project: DiskProject, disk: tuple[Path, bool]) -> None:
    """The disk is almost full and has no space for the PDF; existing files stay."""
    small_disk, mounted = disk
    one = ("build", project.root, "--office", "o000", "-o", small_disk)
    folder = project.root.parent
    assert forked(one, folder, kept=Path("off"), before=None).end() == 0
    size = next(small_disk.iterdir()).stat().st_size
    before = digests(small_disk)
    (project.root / "content" / "en.yaml").write_text(COPY.replace("One", "Another"))
    _fill(small_disk / "filler")
    limit = None if mounted else functools.partial(limited, size - 1000)
    work = forked(one, folder, kept=Path("off"), before=limit)
    assert work.end() == ExitCode.CANNOT_WRITE
    path, why = small_disk / "leaf_o000_en_press.pdf", FULL[mounted]
    told = f"brochure: {path}: cannot be written: {why}; an existing file is unchanged\n"
    assert work.err.read_text() == told
    (small_disk / "filler").unlink()
    assert digests(small_disk) == before


def _fill(filler: Path) -> None:
    """Fill the disk except for little more than a megabyte; on a large disk there is enough space anyway."""
    with filler.open("wb", buffering=0) as file, contextlib.suppress(OSError):
        for _ in range(300):
            file.write(b"x" * 4096)


def test_a_full_cache_is_not_used(
    project: DiskProject, disk: tuple[Path, bool], tmp_path: Path
) -> None:
    """Neither a full disk nor a limit on files stops a build that caches a picture."""
    small_disk, mounted = disk
    _fill(small_disk / "filler")
    assert build(project, tmp_path / "right").end() == 0
    out = tmp_path / "out"
    limit = None if mounted else _limit_the_cache
    work = forked(words(project, out), tmp_path, kept=small_disk, before=limit)
    assert (work.end(), work.err.read_text()) == (0, "")
    assert digests(out) == digests(tmp_path / "right")
    assert DiskCache(small_disk).count_and_size() == (0, 0)
    assert {path.name for path in small_disk.iterdir()} <= {"filler", LOCK_FILE}


def _limit_the_cache() -> None:
    """Files of the cache may have 10 bytes; PDFs are written by `project`, which has its own name for the function."""

    def replaced(
        path: Path,
        data: bytes | Sequence[bytes | memoryview],
        mode: int = NEW_FILE,
        *,
        is_durable: bool = True,
    ) -> None:
        before = resource.getrlimit(resource.RLIMIT_FSIZE)
        resource.setrlimit(resource.RLIMIT_FSIZE, (10, before[1]))
        try:
            replace_file(path, data, mode, is_durable=is_durable)
        finally:
            resource.setrlimit(resource.RLIMIT_FSIZE, before)

    disk_cache.replace_file = replaced  # type: ignore[attr-defined]


def test_out_is_a_file(project: DiskProject, tmp_path: Path) -> None:
    out = tmp_path / "out"
    out.write_text("mine")
    work = build(project, out, "--jobs", "2")
    assert work.end() == ExitCode.CANNOT_WRITE
    assert f"{out} is not a folder; an existing file is unchanged" in work.err.read_text()
    assert out.read_text() == "mine"


def test_out_is_not_writable(project: DiskProject, tmp_path: Path) -> None:
    """As in a folder of another user: not even root can create a file in /proc."""
    work = build(project, Path("/proc/self"), "--jobs", "2")
    assert work.end() == ExitCode.CANNOT_WRITE
    assert "/proc/self/leaf_o000_en_press.pdf: cannot be written: " in work.err.read_text()
