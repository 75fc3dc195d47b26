"""The image cache is in the folder that BROCHURE_CACHE names, else in the cache folder of the platform."""

from __future__ import annotations

from collections.abc import Iterator
from pathlib import Path

import platformdirs
import pytest
from platformdirs import windows
from platformdirs.macos import MacOS
from platformdirs.unix import Unix
from platformdirs.windows import Windows

from brochure.system.disk_cache import disk_cache


@pytest.fixture(autouse=True)
def home(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Iterator[Path]:
    """A home folder, without the variables that name a cache."""
    monkeypatch.setenv("HOME", str(tmp_path))
    monkeypatch.setenv("LOCALAPPDATA", str(tmp_path / "AppData" / "Local"))
    monkeypatch.setattr(windows, "get_win_folder", windows.get_win_folder_from_env_vars)
    monkeypatch.delenv("XDG_CACHE_HOME", raising=False)
    monkeypatch.delenv("BROCHURE_CACHE", raising=False)
    disk_cache.cache_clear()
    yield tmp_path
    disk_cache.cache_clear()


FOLDERS = [
    (Unix, ".cache/brochure"),
    (MacOS, "Library/Caches/brochure"),
    (Windows, "AppData/Local/brochure/Cache"),
]


@pytest.mark.parametrize(("platform", "folder"), FOLDERS)
def test_each_platform_has_its_folder(
    home: Path, monkeypatch: pytest.MonkeyPatch, platform: type, folder: str
) -> None:
    monkeypatch.setattr(platformdirs, "PlatformDirs", platform)
    assert disk_cache().folder == home / folder


@pytest.mark.parametrize(("setting", "folder"), [("/x", "/x"), ("x", "~/.cache"), ("", "~/.cache")])
def test_xdg_cache_home_must_be_absolute(
    home: Path, monkeypatch: pytest.MonkeyPatch, setting: str, folder: str
) -> None:
    monkeypatch.setattr(platformdirs, "PlatformDirs", Unix)
    monkeypatch.setenv("XDG_CACHE_HOME", setting)
    assert disk_cache().folder == Path(folder.replace("~", str(home))) / "brochure"


@pytest.mark.parametrize("platform", [platform for platform, _ in FOLDERS])
def test_brochure_cache_takes_precedence(
    home: Path, monkeypatch: pytest.MonkeyPatch, platform: type
) -> None:
    monkeypatch.setattr(platformdirs, "PlatformDirs", platform)
    monkeypatch.setenv("XDG_CACHE_HOME", str(home / "xdg"))
    monkeypatch.setenv("BROCHURE_CACHE", str(home / "own"))
    assert disk_cache().folder == home / "own"
    disk_cache.cache_clear()
    monkeypatch.setenv("BROCHURE_CACHE", "off")
    assert disk_cache().folder is None


def test_without_a_home_folder_nothing_is_cached(monkeypatch: pytest.MonkeyPatch) -> None:
    def fail(*_: object, **__: object) -> Path:
        raise RuntimeError

    monkeypatch.setattr(platformdirs, "user_cache_path", fail)
    assert disk_cache().folder is None
