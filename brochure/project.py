"""Read access to a project's files, the clock and the environment.

A project is a folder on disk, or a mapping in memory for tests. Files are named by POSIX paths relative to the project folder;
fonts of packages and of the system by absolute paths. Files outside the project, its `assets` folders and the font folders
are not read.
"""

from __future__ import annotations

import importlib.util
import os
import stat
import time
from collections.abc import Callable, Iterator, Mapping
from dataclasses import field
from functools import lru_cache
from pathlib import Path, PurePosixPath
from typing import NoReturn, Protocol

from brochure.errors import InputError, UsageError
from brochure.fast_dataclass import dataclass
from brochure.findings import Finding, Span, file_changed
from brochure.system.cache import MemoryStore, Store
from brochure.system.disk_cache import disk_cache
from brochure.system.exhaustion import raise_if_exhausted
from brochure.system.files import (
    State,
    Watcher,
    cached_digest,
    digest,
    files_below,
    hash_file,
    pause,
    resolve_path,
    state,
)

ASSET_FOLDERS = ("assets", "../assets", "../../assets")
"""Folders that are searched for assets, in order: the project's own, then those shared with other projects."""

MAX_BYTES = 250_000_000
"""Maximum size of an input file, which limits memory use."""

SYSTEM_FONT_FOLDERS = (
    "/usr/share/fonts",
    "/usr/local/share/fonts",
    "/Library/Fonts",
    "C:/Windows/Fonts",
)


class Project(Protocol):
    """Interface to a project's files and cache."""

    def read(self, name: str) -> bytes:
        """Return the contents of a file; raise FileNotFoundError if it does not exist."""

    def digest(self, name: str) -> bytes:
        """Return the SHA-256 digest of a file's contents; raises as `read` does."""

    def label(self, name: str) -> str:
        """Return the file's name for messages: a path from the current folder."""

    def asset(self, name: str) -> str | None:
        """Return the file name of an asset; None if no `assets` folder contains it."""

    def listing(self, folder: str) -> tuple[str, ...]:
        """Return all files below a folder of the project, sorted; empty if the folder does not exist."""

    def font_files(self, *, system: bool = False) -> tuple[str, ...]:
        """Return the font files in order of precedence: `assets/fonts`, font packages, then the system's if requested."""

    @property
    def cache(self) -> Store:
        """The store of results for other editions and later builds."""


@dataclass(frozen=True)
class DiskProject:
    """A project in a folder on disk."""

    root: Path

    def read(self, name: str) -> bytes:
        """Return the contents of a file.

        Raises:
            FileNotFoundError: The file does not exist.
            InputError: The file is outside the project, not a regular file, too large or unreadable.
        """
        return self._read(name, Path.read_bytes)

    def _read(self, name: str, read: Callable[[Path], bytes]) -> bytes:
        if not self._may_read(name):
            self._refuse(name, "is outside the project", "copy the file into the project")
        try:
            self._check_file(name)
            return read(self.root / name)
        except (FileNotFoundError, NotADirectoryError):
            raise FileNotFoundError(name) from None
        except OSError as failure:
            raise_if_exhausted(failure, f"reading {self.label(name)}")
            return self._refuse(name, f"cannot be read: {failure.strerror or failure}")

    def _check_file(self, name: str) -> None:
        """Raise InputError if reading the file might not end, or might exhaust the memory."""
        info = (self.root / name).stat()
        if not (stat.S_ISREG(info.st_mode) or stat.S_ISDIR(info.st_mode)):
            self._refuse(name, "is a pipe or a device, not a file", "replace it by a file")
        if info.st_size > MAX_BYTES:
            message = f"has {info.st_size:,} bytes; the maximum is {MAX_BYTES:,}"
            self._refuse(name, message, "make it smaller")

    def digest(self, name: str) -> bytes:
        """Return the digest of a file's contents, cached until the file changes."""
        if not self._may_read(name):
            self.read(name)  # raises InputError with the reason
        path = self.root / name
        return cached_digest(path, self.cache, lambda: self._read(name, hash_file))

    def _may_read(self, name: str) -> bool:
        """Return whether a file is in the project or its assets, links resolved, or an installed font."""
        if Path(name).is_absolute():
            return name in _package_fonts() or _is_system_font(name)
        path = resolve_path(self.root / name)
        return path is not None and path.startswith(_readable_folders(self.root, Path.cwd()))

    def _refuse(self, name: str, reason: str, hint: str = "") -> NoReturn:
        label = self.label(name)
        raise InputError([Finding("file-unreadable", reason, Span(label), hint)])

    def label(self, name: str) -> str:
        """Return the path from the current folder, or the project's path if that is two or more levels up."""
        path = Path(os.path.normpath(self.root / name))
        shown = os.path.relpath(path)
        return (
            PurePosixPath(Path(shown)).as_posix()
            if not shown.startswith("../..")
            else path.as_posix()
        )

    def asset(self, name: str) -> str | None:
        """Return the first match in the `assets` folders; None for names that point outside of them."""
        if not name or PurePosixPath(name).is_absolute() or ".." in PurePosixPath(name).parts:
            return None
        names = (f"{folder}/{name}" for folder in ASSET_FOLDERS)
        return next((name for name in names if _is_file(self.root / name)), None)

    def listing(self, folder: str) -> tuple[str, ...]:
        """Return all files below a folder of the project, sorted."""
        return tuple(sorted(files_below(self.root / folder, folder)))

    def font_files(self, *, system: bool = False) -> tuple[str, ...]:
        """Return the project's fonts, then those of installed `fontpkg-*` packages, then the system's if requested."""
        own = [name for folder in ASSET_FOLDERS for name in self.listing(f"{folder}/fonts")]
        return (*own, *_package_fonts(), *(_system_fonts() if system else ()))

    @property
    def cache(self) -> Store:
        """The cache on disk."""
        return disk_cache()


def project_at(folder: Path) -> DiskProject:
    """Return the project in a folder; raise UsageError if it is not a folder."""
    if folder.is_dir():
        return DiskProject(folder)
    if folder.exists():
        raise UsageError(f"{folder}: expected a project folder, not a file; try {folder.parent}")
    raise UsageError(f"{folder}: folder not found (start a project with 'brochure new {folder}')")


def path_inside(root: Path, name: str) -> Path:
    """Return the path of a file in a project's folder, to write it.

    Raises:
        InputError: The file is outside the folder, for instance because a folder is a symbolic link.
    """
    path = root / name
    own = f"{os.path.realpath(root)}{os.sep}"
    if not f"{resolve_path(path.parent)}{os.sep}".startswith(own):
        hint = "replace the symbolic link by a folder"
        label = DiskProject(root).label(name)
        raise InputError([Finding("file-unreadable", "is outside the project", Span(label), hint)])
    return path


def read_unchanged(project: Project, name: str, expected: bytes) -> bytes:
    """Return the contents of a file whose digest is already known, to make something that is cached under that digest.

    Raises:
        InputError: The file was changed meanwhile: another file's result must not be stored under the digest.
    """
    data = project.read(name)
    if digest(data) != expected:
        raise InputError([file_changed(project.label(name))])
    return data


def state_of(project: DiskProject, out: Path) -> State:
    """Return the state of all files of a project and its assets, without those in `out`."""
    return state([project.root, *(project.root / folder for folder in ASSET_FOLDERS)], out)


SETTLE_SECONDS = 0.2
"""Time without changes after which a save is complete; many programs write a file in several steps."""

POLL_SECONDS = 2.0
"""Interval of checks without a file event: network file systems and targets of links report none."""


def watch_files(project: DiskProject) -> Watcher:
    """Return a watcher of a project and its assets, which is started at once."""
    return Watcher([project.root, *(project.root / folder for folder in ASSET_FOLDERS)])


def wait_for_change(watcher: Watcher, project: DiskProject, out: Path, before: State) -> None:
    """Wait until the files differ from an earlier state, and then stay unchanged for a moment.

    Nothing is missed if the watcher was started before `before` was read.
    """
    now = state_of(project, out)
    while now == before:
        watcher.wait(POLL_SECONDS)
        now = state_of(project, out)
    while now != before:
        before = now
        pause(SETTLE_SECONDS)
        now = state_of(project, out)


@lru_cache(maxsize=64)
def _readable_folders(root: Path, here: Path) -> tuple[str, ...]:
    """Return the folders that may be read, each with a trailing slash; `root` is relative to `here`.

    The project folder may be a symbolic link. An assets folder that links to another place is not read.
    """
    real = os.path.realpath(here / root)
    folders = [real, *(os.path.normpath(f"{real}/{folder}") for folder in ASSET_FOLDERS)]
    return tuple(os.path.join(folder, "") for folder in folders)  # noqa: PTH118  # pathlib drops the slash


def _is_file(path: Path) -> bool:
    try:
        return path.is_file()
    except (OSError, ValueError):
        return False


@dataclass(frozen=True)
class MemoryProject:
    """A project in memory, for tests and for revisions of a repository.

    `files` are the contents by name; names of shared assets begin with `../assets/` or `../../assets/`. Fonts also come from
    packages. `origin` precedes file names in messages.
    """

    files: Mapping[str, bytes] = field(default_factory=dict)
    cache: Store = field(default_factory=MemoryStore, repr=False, compare=False)
    origin: str = ""

    def read(self, name: str) -> bytes:
        """Return the contents of a file from memory, or of an installed font from disk."""
        if name in self.files:
            return self.files[name]
        if name in _package_fonts() or _is_system_font(name):
            return Path(name).read_bytes()
        raise FileNotFoundError(name)

    def digest(self, name: str) -> bytes:
        """Return the digest of a file's contents."""
        return digest(self.read(name))

    def label(self, name: str) -> str:
        """Return the name, after the name of the revision if there is one."""
        return f"{self.origin}{name}"

    def asset(self, name: str) -> str | None:
        """Return the first match in the `assets` folders; None if there is none."""
        names = (f"{folder}/{name}" for folder in ASSET_FOLDERS)
        return next((name for name in names if name in self.files), None)

    def listing(self, folder: str) -> tuple[str, ...]:
        """Return the names below a folder, sorted."""
        return tuple(sorted(name for name in self.files if name.startswith(f"{folder}/")))

    def font_files(self, *, system: bool = False) -> tuple[str, ...]:
        """Return fonts below the `assets` folders, then those of packages, then the system's if requested."""
        own = [name for folder in ASSET_FOLDERS for name in self.listing(f"{folder}/fonts")]
        return (*own, *_package_fonts(), *(_system_fonts() if system else ()))


FONT_SUFFIXES = (".ttf", ".otf", ".ttc", ".otc")


@lru_cache(maxsize=1)
def _package_fonts() -> tuple[str, ...]:
    """Return the font files of installed `fontpkg-*` packages, found by folder name because parsing metadata is slow."""
    spec = importlib.util.find_spec("fontpkg")
    if spec is None or spec.origin is None:
        return ()
    paths = Path(spec.origin).parent.parent.glob("fontpkg_*/files/*")
    return tuple(sorted(path.as_posix() for path in paths if path.suffix.lower() in FONT_SUFFIXES))


def _is_system_font(name: str) -> bool:
    """Return whether an absolute path without `..` is a font file in one of the system's font folders.

    Symbolic links are allowed, since many systems install fonts that way.
    """
    path = Path(name)
    is_below = any(path.is_relative_to(folder) for folder in SYSTEM_FONT_FOLDERS)
    return is_below and ".." not in path.parts and path.suffix.lower() in FONT_SUFFIXES


def _system_fonts() -> tuple[str, ...]:
    folders = [Path(folder) for folder in SYSTEM_FONT_FOLDERS if Path(folder).is_dir()]
    paths = (path for folder in folders for path in folder.rglob("*"))
    return tuple(sorted(path.as_posix() for path in paths if path.suffix.lower() in FONT_SUFFIXES))


EPOCH = "SOURCE_DATE_EPOCH"
ISO_8601 = "%Y-%m-%dT%H:%M:%SZ"


def stated_epoch() -> str:
    """Return the value of SOURCE_DATE_EPOCH, or an empty string if it is not set."""
    return os.environ.get(EPOCH, "")


def state_epoch(epoch: str) -> None:
    """Set SOURCE_DATE_EPOCH to another machine's value; unset it if that is empty."""
    if epoch:
        os.environ[EPOCH] = epoch
    else:
        os.environ.pop(EPOCH, None)


def source_date() -> str:
    """Return the moment in SOURCE_DATE_EPOCH as ISO 8601 in UTC, or an empty string if the variable is not set."""
    stated = stated_epoch().strip()
    if not stated:
        return ""
    if not (stated.isascii() and stated.isdigit() and len(stated) <= 11):
        raise UsageError(
            f"SOURCE_DATE_EPOCH: '{stated}' is not a date; expected whole seconds since 1970-01-01, such as 1764000000"
        )
    return time.strftime(ISO_8601, time.gmtime(int(stated)))


def current_date() -> str:
    """Return the current moment as ISO 8601 in UTC, to the second."""
    return time.strftime(ISO_8601, time.gmtime())


def seconds() -> float:
    """Return the time of a monotonic clock, for measuring durations."""
    return time.perf_counter()


CHUNK = 1 << 20
"""Bytes that are read at once from a file of unknown size."""


def read_whole(path: Path) -> bytes:
    """Return the contents of a file or pipe named on the command line; raise UsageError if it is too large or unreadable."""
    parts: list[bytes] = []
    size = 0
    try:
        with path.open("rb") as file:
            while part := file.read(CHUNK):
                parts.append(part)
                size += len(part)
                if size > MAX_BYTES:
                    raise UsageError(f"{path}: more than {MAX_BYTES:,} bytes; make it smaller")
    except OSError as failure:
        raise_if_exhausted(failure, f"reading {path}")
        raise UsageError(f"{path}: cannot be read: {failure.strerror or failure}") from failure
    return b"".join(parts)


def lines_of(path: Path, most: int) -> Iterator[bytes]:
    """Yield the lines of a file named on the command line, each split after `most` bytes.

    Raises:
        UsageError: The file cannot be read.
    """
    try:
        with path.open("rb") as file:
            while line := file.readline(most):
                yield line
    except OSError as failure:
        raise_if_exhausted(failure, f"reading {path}")
        raise UsageError(f"{path}: cannot be read: {failure.strerror or failure}") from failure
