"""The disk cache: damaged entries, least recently used entries, folders that cannot be used, several processes."""

from __future__ import annotations

import fcntl
import os
import subprocess
import sys
import time
from collections.abc import Callable
from pathlib import Path

import pytest

from brochure.system import disk_cache
from brochure.system.atomic_files import replace_file
from brochure.system.disk_cache import LOCK_FILE, DiskCache


def key(at: int) -> str:
    return f"{at:040x}"


def test_the_cache_returns_stored_values(tmp_path: Path) -> None:
    DiskCache(tmp_path / "c").put(key(1), b"one")
    later = DiskCache(tmp_path / "c")
    assert bytes(later.get(key(1)) or b"") == b"one"
    assert later.get(key(2)) is None
    assert later.count_and_size() == (1, 12 + 3)  # the checksum and the data


def test_storing_does_not_wait_for_the_disk(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    synced: list[int] = []
    monkeypatch.setattr("os.fsync", synced.append)
    DiskCache(tmp_path / "c").put(key(1), b"one")
    assert not synced
    replace_file(tmp_path / "output", b"one")
    assert len(synced) == 1


DAMAGE: dict[str, Callable[[bytes], bytes]] = {
    "a bit turned": lambda data: data[:15] + bytes([data[15] ^ 1]) + data[16:],
    "cut off": lambda data: data[:-1],
    "empty": lambda data: b"",
    "longer": lambda data: data + b"x",
}


@pytest.mark.parametrize("damage", DAMAGE.values(), ids=DAMAGE.keys())
def test_a_damaged_entry_is_made_again(damage: Callable[[bytes], bytes], tmp_path: Path) -> None:
    DiskCache(tmp_path).put(key(1), b"whole data")
    path = tmp_path / key(1)
    path.write_bytes(damage(path.read_bytes()))
    assert DiskCache(tmp_path).get(key(1)) is None
    assert not path.exists()


def test_an_entry_of_another_key_is_not_read(tmp_path: Path) -> None:
    DiskCache(tmp_path).put(key(1), b"one")
    (tmp_path / key(1)).rename(tmp_path / key(2))
    assert DiskCache(tmp_path).get(key(2)) is None


def test_the_least_recently_used_entry_is_removed_first(tmp_path: Path) -> None:
    cache = DiskCache(tmp_path, max_bytes=400)
    for at in range(3):
        cache.put(key(at), bytes(100))  # 112 with the checksum
        os.utime(tmp_path / key(at), (at, at))
    assert bytes(DiskCache(tmp_path, max_bytes=400).get(key(0)) or b"") == bytes(100)  # used again
    cache.put(key(3), bytes(100))  # 448 of 400
    assert sorted(one.name for one in tmp_path.iterdir()) == [key(0), key(2), key(3)]


def test_a_folder_that_cannot_be_created_is_not_an_error(tmp_path: Path) -> None:
    (tmp_path / "file").write_bytes(b"")
    cache = DiskCache(tmp_path / "file" / "folder")
    cache.put(key(1), b"one")
    assert cache.get(key(1)) is None
    assert cache.count_and_size() == (0, 0)


def test_clearing_removes_everything(tmp_path: Path) -> None:
    cache = DiskCache(tmp_path)
    cache.put(key(1), b"one")
    cache.clear()
    assert (cache.get(key(1)), list(tmp_path.iterdir())) == (None, [])


def test_several_processes_may_share_the_folder(tmp_path: Path) -> None:
    code = (
        "import sys; from pathlib import Path; from brochure.system.disk_cache import DiskCache\n"
        "cache = DiskCache(Path(sys.argv[1]), max_bytes=40_000)\n"
        "for at in range(120):\n"
        "    key, data = f'{at % 17:040x}', bytes([at % 17]) * 5000\n"
        "    found = cache.get(key)\n"
        "    assert found in (None, data), key\n"
        "    cache.put(key, data)\n"
    )
    command = [sys.executable, "-c", code, str(tmp_path)]
    running = [subprocess.Popen(command, stderr=subprocess.PIPE) for _ in range(3)]
    for one in running:
        assert one.communicate()[1] == b""
        assert one.returncode == 0
    assert DiskCache(tmp_path).count_and_size()[1] <= 40_000 + 3 * 5020
    assert not list(tmp_path.glob("*.part"))


# Files of other users


def fifo(path: Path) -> None:
    os.mkfifo(path)


def endless(path: Path) -> None:
    path.symlink_to("/dev/zero")


def link_to_an_entry(path: Path) -> None:
    whole = path.with_name("elsewhere")
    DiskCache(path.parent / "other").put(path.name, b"theirs")
    (path.parent / "other" / path.name).rename(whole)
    path.symlink_to(whole)


def large(path: Path) -> None:
    """A sparse file: it needs no disk space, but its size would not fit into memory."""
    with path.open("wb") as file:
        file.truncate(1 << 40)


def writable_by_all(path: Path) -> None:
    DiskCache(path.parent).put(path.name, b"theirs")
    path.chmod(0o646)


def writable_by_the_group(path: Path) -> None:
    DiskCache(path.parent).put(path.name, b"theirs")
    path.chmod(0o664)


PLANTED = [fifo, endless, link_to_an_entry, large, writable_by_all, writable_by_the_group]


@pytest.mark.parametrize("plant", PLANTED)
def test_a_planted_entry_is_not_read_and_is_replaced(
    plant: Callable[[Path], None], tmp_path: Path
) -> None:
    cache, path = DiskCache(tmp_path), tmp_path / key(1)
    plant(path)
    start = time.monotonic()
    assert cache.get(key(1)) is None
    cache.put(key(1), b"own")
    assert bytes(cache.get(key(1)) or b"") == b"own"
    assert time.monotonic() - start < 5
    assert path.stat().st_mode & 0o133 == 0
    assert not path.is_symlink()


def test_a_folder_as_an_entry_is_left_alone(tmp_path: Path) -> None:
    cache = DiskCache(tmp_path)
    (tmp_path / key(1)).mkdir()
    cache.put(key(1), b"own")
    cache.clear()
    assert cache.get(key(1)) is None
    assert (tmp_path / key(1)).is_dir()


@pytest.mark.parametrize("plant", [fifo, endless, os.mkdir])
def test_a_planted_lock_file_has_no_effect(plant: Callable[[Path], None], tmp_path: Path) -> None:
    plant(tmp_path / LOCK_FILE)
    with DiskCache(tmp_path).locked(key(1)):
        DiskCache(tmp_path).put(key(1), b"one")
    assert bytes(DiskCache(tmp_path).get(key(1)) or b"") == b"one"


def test_a_process_that_keeps_a_lock_is_not_waited_for_without_end(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(disk_cache, "MAX_LOCK_SECONDS", 0.1)
    code = (
        "import sys; from pathlib import Path; from brochure.system.disk_cache import DiskCache\n"
        "with DiskCache(Path(sys.argv[1])).locked(sys.argv[2]):\n"
        "    print(flush=True)\n"
        "    sys.stdin.read()\n"
    )
    command = [sys.executable, "-c", code, str(tmp_path), key(1)]
    pipes = {"stdin": subprocess.PIPE, "stdout": subprocess.PIPE}
    with subprocess.Popen(command, **pipes) as holder:  # type: ignore[call-overload]
        holder.stdout.readline()
        lock_file = (tmp_path / LOCK_FILE).open("r+b")
        with lock_file, pytest.raises(BlockingIOError):
            fcntl.lockf(lock_file, fcntl.LOCK_EX | fcntl.LOCK_NB)
        start = time.monotonic()
        with DiskCache(tmp_path).locked(key(1)):
            assert 0.1 <= time.monotonic() - start < 5
        holder.communicate()


def test_an_entry_of_more_than_the_limit_is_not_kept(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    DiskCache(tmp_path).put(key(1), bytes(101))
    monkeypatch.setattr(disk_cache, "MAX_ENTRY_BYTES", 100)
    DiskCache(tmp_path).put(key(2), bytes(101))
    DiskCache(tmp_path).put(key(3), bytes(100))
    found = [DiskCache(tmp_path).get(key(at)) is not None for at in (1, 2, 3)]
    assert found == [False, False, True]


def test_files_of_other_programs_are_neither_counted_nor_removed(tmp_path: Path) -> None:
    other = [tmp_path / name for name in ("letter.txt", ".film.01234567.part", "image-of-me")]
    for path in other:
        path.write_bytes(bytes(500))
        os.utime(path, (0, 0))
    cache = DiskCache(tmp_path, max_bytes=400)
    cache.put(key(1), b"one")
    assert cache.count_and_size()[0] == 1
    cache.clear()
    assert all(path.exists() for path in other)


def give_away(path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    """Make another user the owner of a file or folder: root can, others become another user instead."""
    if os.geteuid() == 0:
        os.chown(path, 54321, 54321)
    else:
        monkeypatch.setattr(os, "geteuid", lambda: 54321)


@pytest.mark.parametrize("owner", [os.geteuid(), 0, 54321])
def test_an_entry_of_another_user_is_not_read(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch, owner: int
) -> None:
    DiskCache(tmp_path).put(key(1), b"one")
    status = (tmp_path / key(1)).stat()
    monkeypatch.setattr(os, "fstat", lambda _: os.stat_result((*status[:4], owner, *status[5:10])))
    found = DiskCache(tmp_path).get(key(1))
    monkeypatch.undo()
    assert (found is None) == (owner == 54321)
    assert (tmp_path / key(1)).exists() == (owner != 54321)


def test_a_folder_of_another_user_is_refused_with_one_warning(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch, caplog: pytest.LogCaptureFixture
) -> None:
    folder = tmp_path / "theirs"
    DiskCache(folder).put(key(1), b"theirs")
    give_away(folder, monkeypatch)
    refused(folder, caplog, "it belongs to another user")


@pytest.mark.parametrize("mode", [0o777, 0o1777, 0o703])
def test_a_folder_that_everybody_can_write_is_refused_with_one_warning(
    tmp_path: Path, mode: int, caplog: pytest.LogCaptureFixture
) -> None:
    folder = tmp_path / "shared"
    DiskCache(folder).put(key(1), b"theirs")
    folder.chmod(mode)
    refused(folder, caplog, "every user can write it")


def refused(folder: Path, caplog: pytest.LogCaptureFixture, reason: str) -> None:
    cache = DiskCache(folder)
    cache.put(key(2), b"own")
    assert cache.get(key(1)) is cache.get(key(2)) is None
    with cache.locked(key(1)):
        pass
    cache.clear()
    assert cache.count_and_size() == (0, 0)
    assert [path.name for path in folder.iterdir()] == [key(1)]
    (warning,) = caplog.messages
    assert f"{str(folder)!r} is not used: {reason}" in warning


def test_a_folder_that_the_group_can_write_is_used(tmp_path: Path) -> None:
    """With the umask 002 folders have these permissions; entries written by others are not read."""
    tmp_path.chmod(0o775)
    DiskCache(tmp_path).put(key(1), b"one")
    assert bytes(DiskCache(tmp_path).get(key(1)) or b"") == b"one"


def test_many_entries_do_not_list_the_folder_each_time(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    """The number of examined files is proportional to the number of entries; the limit still holds."""
    looked_at = 0
    lstat = Path.lstat

    def count(path: Path) -> os.stat_result:
        nonlocal looked_at
        looked_at += 1
        return lstat(path)

    monkeypatch.setattr(Path, "lstat", count)
    cache = DiskCache(tmp_path, max_bytes=40_000)
    for at in range(400):
        cache.put(key(at), bytes(50))
    assert looked_at < 8 * 400
    for at in range(400, 800):
        cache.put(key(at), bytes(200))
    entries, size = cache.count_and_size()
    assert entries > 100
    assert size <= 40_000
    assert cache.get(key(799))
