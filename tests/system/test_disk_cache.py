"""The disk cache: damaged entries, least recently used entries, folders that cannot be used, several processes."""

from __future__ import annotations

import os
import subprocess
import sys
from collections.abc import Callable
from pathlib import Path

import pytest

from brochure.system.disk_cache import DiskCache


def key(at: int) -> str:
    return f"{at:040x}"


def test_the_cache_gives_back_what_it_was_given(tmp_path: Path) -> None:
    DiskCache(tmp_path / "c").put(key(1), b"one")
    later = DiskCache(tmp_path / "c")
    assert bytes(later.get(key(1)) or b"") == b"one"
    assert later.get(key(2)) is None
    assert later.count_and_size() == (1, 12 + 3)  # the seal and the data


DAMAGE: dict[str, Callable[[bytes], bytes]] = {
    "a bit turned": lambda data: data[:15] + bytes([data[15] ^ 1]) + data[16:],
    "cut off": lambda data: data[:-1],
    "empty": lambda data: b"",
    "longer": lambda data: data + b"x",
}


@pytest.mark.parametrize("damage", DAMAGE.values(), ids=DAMAGE.keys())
def test_a_damaged_entry_is_made_anew(damage: Callable[[bytes], bytes], tmp_path: Path) -> None:
    DiskCache(tmp_path).put(key(1), b"whole data")
    path = tmp_path / key(1)
    path.write_bytes(damage(path.read_bytes()))
    assert DiskCache(tmp_path).get(key(1)) is None
    assert not path.exists()


def test_an_entry_under_another_key_is_not_believed(tmp_path: Path) -> None:
    DiskCache(tmp_path).put(key(1), b"one")
    (tmp_path / key(1)).rename(tmp_path / key(2))
    assert DiskCache(tmp_path).get(key(2)) is None


def test_what_was_not_asked_for_longest_goes_first(tmp_path: Path) -> None:
    cache = DiskCache(tmp_path, max_bytes=400)
    for at in range(3):
        cache.put(key(at), bytes(100))  # 112 with the seal
        os.utime(tmp_path / key(at), (at, at))
    assert bytes(DiskCache(tmp_path, max_bytes=400).get(key(0)) or b"") == bytes(
        100
    )  # asked for now
    cache.put(key(3), bytes(100))  # 448 of 400
    assert sorted(one.name for one in tmp_path.iterdir()) == [key(0), key(2), key(3)]


def test_a_folder_that_cannot_be_is_no_failure(tmp_path: Path) -> None:
    (tmp_path / "file").write_bytes(b"")
    cache = DiskCache(tmp_path / "file" / "folder")
    cache.put(key(1), b"one")
    assert cache.get(key(1)) is None
    assert cache.count_and_size() == (0, 0)


def test_clearing_takes_everything(tmp_path: Path) -> None:
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
