"""Digests of files: kept until a file changes, in memory and, for large files, in the cache."""

from __future__ import annotations

import hashlib
import os
import time
from pathlib import Path

import pytest

from brochure.project import DiskProject
from brochure.system import files
from brochure.system.cache import MemoryStore

LARGE = files.STORED_BYTES + 17


class Reader:
    """Counts how often a file is hashed."""

    def __init__(self, path: Path) -> None:
        self.path = path
        self.count = 0

    def __call__(self) -> bytes:
        self.count += 1
        return files.hash_file(self.path)


@pytest.fixture
def seconds_later(monkeypatch: pytest.MonkeyPatch) -> None:
    """Let the clock be ahead, so that all files were written some time ago."""
    real = time.time_ns
    monkeypatch.setattr(time, "time_ns", lambda: real() + files.STORED_AGE)


def digest_anew(path: Path, store: MemoryStore, read: Reader) -> bytes:
    """Return the digest as another process would find it."""
    files._DIGESTS.clear()
    return files.cached_digest(path, store, read)


def expected(data: bytes) -> bytes:
    return hashlib.sha256(data).digest()


@pytest.mark.parametrize("size", [0, 1, files.PART_BYTES, files.PART_BYTES + 1, LARGE])
def test_a_file_is_hashed_in_parts(size: int, tmp_path: Path) -> None:
    data = os.urandom(size)
    (tmp_path / "file").write_bytes(data)
    assert files.hash_file(tmp_path / "file") == expected(data)


@pytest.mark.skipif(os.name != "posix", reason="there is no time of the last change on Windows")
@pytest.mark.usefixtures("seconds_later")
def test_a_large_file_is_hashed_once_for_all_processes(tmp_path: Path) -> None:
    path, store = tmp_path / "picture.tif", MemoryStore()
    path.write_bytes(bytes(LARGE))
    read = Reader(path)
    found = {digest_anew(path, store, read) for _ in range(3)}
    assert (found, read.count) == ({expected(bytes(LARGE))}, 1)


@pytest.mark.usefixtures("seconds_later")
def test_a_change_is_noticed_even_if_size_and_time_are_restored(tmp_path: Path) -> None:
    path, store = tmp_path / "picture.tif", MemoryStore()
    path.write_bytes(bytes(LARGE))
    before, read = path.stat(), Reader(path)
    digest_anew(path, store, read)
    path.write_bytes(b"\1" * LARGE)
    os.utime(path, ns=(before.st_atime_ns, before.st_mtime_ns))
    assert path.stat().st_mtime_ns == before.st_mtime_ns
    assert digest_anew(path, store, read) == expected(b"\1" * LARGE)


@pytest.mark.usefixtures("seconds_later")
def test_a_file_that_replaces_another_is_hashed(tmp_path: Path) -> None:
    path, store = tmp_path / "picture.tif", MemoryStore()
    path.write_bytes(bytes(LARGE))
    read = Reader(path)
    digest_anew(path, store, read)
    other = tmp_path / "other.tif"
    other.write_bytes(b"\1" * LARGE)
    os.utime(other, ns=(0, path.stat().st_mtime_ns))
    other.replace(path)
    assert digest_anew(path, store, read) == expected(b"\1" * LARGE)


def test_the_digest_of_a_file_that_was_just_written_is_not_stored(tmp_path: Path) -> None:
    path, store = tmp_path / "picture.tif", MemoryStore()
    path.write_bytes(bytes(LARGE))
    digest_anew(path, store, Reader(path))
    assert not store.entries


@pytest.mark.usefixtures("seconds_later")
def test_small_files_are_not_stored(tmp_path: Path) -> None:
    path, store = tmp_path / "logo.svg", MemoryStore()
    path.write_bytes(bytes(files.STORED_BYTES - 1))
    digest_anew(path, store, Reader(path))
    assert not store.entries


@pytest.mark.usefixtures("seconds_later")
def test_a_file_that_changes_while_it_is_hashed_is_not_stored(tmp_path: Path) -> None:
    path, store = tmp_path / "picture.tif", MemoryStore()
    path.write_bytes(bytes(LARGE))

    def change_and_hash() -> bytes:
        path.write_bytes(b"\1" * LARGE)
        return files.hash_file(path)

    files._DIGESTS.clear()
    files.cached_digest(path, store, change_and_hash)
    assert not store.entries


@pytest.mark.usefixtures("seconds_later")
def test_a_damaged_entry_is_not_used(tmp_path: Path) -> None:
    path, store = tmp_path / "picture.tif", MemoryStore()
    path.write_bytes(bytes(LARGE))
    digest_anew(path, store, Reader(path))
    store.entries = dict.fromkeys(store.entries, b"short")
    assert digest_anew(path, store, Reader(path)) == expected(bytes(LARGE))


def test_the_digest_of_a_file_of_a_project_is_that_of_its_contents(tmp_path: Path) -> None:
    path = tmp_path / "assets" / "picture.tif"
    path.parent.mkdir()
    path.write_bytes(b"first")
    project = DiskProject(tmp_path)
    assert project.digest("assets/picture.tif") == expected(b"first")
    path.write_bytes(b"other")
    assert project.digest("assets/picture.tif") == expected(b"other")
    with pytest.raises(FileNotFoundError):
        project.digest("assets/missing.tif")
