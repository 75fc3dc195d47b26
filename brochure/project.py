"""The door to the project, the clock and the environment.

Takes a folder (or, in tests, a mapping of names to bytes); gives the bytes of sources, pictures and fonts by name, and the
places where fonts may be; `results` writes. Names are POSIX paths relative to
the project's folder, or absolute for fonts that packages brought. Nothing outside the project, its `assets` folders and
the font packages is read.
"""

from __future__ import annotations

import importlib.util
import os
import stat
import time
from collections.abc import Iterator, Mapping
from dataclasses import field
from functools import lru_cache
from pathlib import Path, PurePosixPath
from typing import NoReturn, Protocol

from brochure.errors import InputError, UsageError
from brochure.fast_dataclass import dataclass
from brochure.findings import Finding, Span
from brochure.system.cache import image_cache
from brochure.system.files import (
    State,
    cached_digest,
    digest,
    files_below,
    pause,
    resolve_path,
    state,
)

ASSET_FOLDERS = ("assets", "../assets", "../../assets")
"""Where assets are looked for, nearest first: the project's own, then those it shares with its neighbours."""

MAX_BYTES = 250_000_000
"""More than any picture or font of a brochure has; memory that takes a larger file is not at hand everywhere."""

SYSTEM_FONT_FOLDERS = (
    "/usr/share/fonts",
    "/usr/local/share/fonts",
    "/Library/Fonts",
    "C:/Windows/Fonts",
)


class Project(Protocol):
    """What every stage sees of the outside world."""

    def read(self, name: str) -> bytes:
        """The bytes of a file; FileNotFoundError where there is none."""

    def digest(self, name: str) -> bytes:
        """The BLAKE2b digest of a file's bytes; errors as `read`."""

    def label(self, name: str) -> str:
        """How messages name the file: as the user would find it from where the command was called."""

    def asset(self, name: str) -> str | None:
        """The name under which an asset can be read, or None where no `assets` folder has it."""

    def listing(self, folder: str) -> tuple[str, ...]:
        """The files directly or deeper in a folder of the project, sorted; empty where there is no such folder."""

    def font_files(self, *, system: bool = False) -> tuple[str, ...]:
        """Names of the font files of the project's places, in order: `assets/fonts`, packages, then the system's."""

    def kept(self, key: str) -> bytes | memoryview | None:
        """What was kept under a key, which says all that it was made from; None where there is nothing, or not all of it."""

    def keep(self, key: str, data: bytes) -> None:
        """Keeps what took long to make, for other editions and later builds."""


@dataclass(frozen=True)
class DiskProject:
    """A project in a folder on disk."""

    root: Path

    def read(self, name: str) -> bytes:
        """The bytes of a file; FileNotFoundError where there is none, InputError where it may not or cannot be read."""
        if not self._may_read(name):
            self._refuse(name, "leads out of the project", "copy the file into the project")
        try:
            self._look_small(name)
            return (self.root / name).read_bytes()
        except (FileNotFoundError, NotADirectoryError):
            raise FileNotFoundError(name) from None
        except OSError as failure:
            return self._refuse(name, f"cannot be read: {failure.strerror or failure}")

    def _look_small(self, name: str) -> None:
        """InputError where a name stands for something that would never end, or not fit into memory."""
        found = (self.root / name).stat()
        if not (stat.S_ISREG(found.st_mode) or stat.S_ISDIR(found.st_mode)):
            self._refuse(name, "is no file but a pipe or a device", "put a file there")
        if found.st_size > MAX_BYTES:
            message = f"has {found.st_size:,} bytes, more than the {MAX_BYTES:,} that are read"
            self._refuse(name, message, "make it smaller")

    def digest(self, name: str) -> bytes:
        """The digest of a file's bytes; one that nobody has touched since it was last asked for is not read again."""
        path = self.root / name
        if not self._may_read(name):
            self.read(name)  # which says why not
        return cached_digest(path, lambda: self.read(name))

    def _may_read(self, name: str) -> bool:
        """Whether a name stays, links followed, in the project or in its assets; fonts may lie where they are installed."""
        if Path(name).is_absolute():
            return name in _package_fonts() or _is_system_font(name)
        path = resolve_path(self.root / name)
        return path is not None and path.startswith(_places(self.root, Path.cwd()))

    def _refuse(self, name: str, reason: str, hint: str = "") -> NoReturn:
        label = self.label(name)
        raise InputError([Finding("file-unreadable", reason, Span(label), hint)])

    def label(self, name: str) -> str:
        """The path from the current folder where that is shorter, else as it is."""
        path = Path(os.path.normpath(self.root / name))
        shown = os.path.relpath(path)
        return (
            PurePosixPath(Path(shown)).as_posix()
            if not shown.startswith("../..")
            else path.as_posix()
        )

    def asset(self, name: str) -> str | None:
        """The nearest `assets` folder's file of that name; never by a name that leads out of these folders."""
        if not name or PurePosixPath(name).is_absolute() or ".." in PurePosixPath(name).parts:
            return None
        names = (f"{folder}/{name}" for folder in ASSET_FOLDERS)
        return next((name for name in names if _is_file(self.root / name)), None)

    def listing(self, folder: str) -> tuple[str, ...]:
        """The files in a folder of the project, deeper ones too, sorted."""
        return tuple(sorted(files_below(self.root / folder, folder)))

    def font_files(self, *, system: bool = False) -> tuple[str, ...]:
        """The project's own fonts, then the installed `fontpkg-*` packages', then the system's if asked for."""
        own = [name for folder in ASSET_FOLDERS for name in self.listing(f"{folder}/fonts")]
        return (*own, *_package_fonts(), *(_system_fonts() if system else ()))

    def kept(self, key: str) -> memoryview | None:
        """What was kept under a key, by this process or an earlier one."""
        return image_cache().view(key)

    def keep(self, key: str, data: bytes) -> None:
        """Keeps a result in the picture cache."""
        image_cache().put(key, data)


def project_at(folder: Path) -> DiskProject:
    """The project in a folder; UsageError where there is no such folder."""
    if folder.is_dir():
        return DiskProject(folder)
    if folder.exists():
        raise UsageError(f"{folder}: is a file; name the folder that holds it: {folder.parent}")
    raise UsageError(
        f"{folder}: there is no such folder (start a project with 'brochure new {folder}')"
    )


def state_of(project: DiskProject, out: Path) -> State:
    """All files of a project and its assets as they are now; what is built into `out` does not count."""
    return state([project.root, *(project.root / folder for folder in ASSET_FOLDERS)], out)


def wait_for_change(project: DiskProject, out: Path, before: State, seconds: float = 0.2) -> State:
    """Comes back when files have changed and the disk is quiet again: whoever saves several of them is let finish."""
    now = before
    while now == before:
        pause(seconds)
        now = state_of(project, out)
    while now != before:
        before = now
        pause(seconds)
        now = state_of(project, out)
    return now


@lru_cache(maxsize=64)
def _places(root: Path, here: Path) -> tuple[str, ...]:
    """The folders that may be read from, each with a slash at its end; `here` is what `root` is told from.

    The project itself may be reached by links. A folder of assets that is a link to somewhere else is not read.
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
    """A project in memory, for tests: names to bytes; assets lie under `assets/`. Fonts come from the packages."""

    files: Mapping[str, bytes] = field(default_factory=dict)
    made: dict[str, bytes] = field(default_factory=dict, repr=False, compare=False)

    def read(self, name: str) -> bytes:
        """The bytes of a file, from memory or, for a font of a package, from disk."""
        if name in self.files:
            return self.files[name]
        if name in _package_fonts():
            return Path(name).read_bytes()
        raise FileNotFoundError(name)

    def digest(self, name: str) -> bytes:
        """The digest of a file's bytes."""
        return digest(self.read(name))

    def label(self, name: str) -> str:
        """The name itself."""
        return name

    def asset(self, name: str) -> str | None:
        """The asset's name under `assets/`."""
        return f"assets/{name}" if f"assets/{name}" in self.files else None

    def listing(self, folder: str) -> tuple[str, ...]:
        """The names that begin with the folder's, sorted."""
        return tuple(sorted(name for name in self.files if name.startswith(f"{folder}/")))

    def font_files(self, *, system: bool = False) -> tuple[str, ...]:
        """Fonts under `assets/fonts`, then the packages', then the system's if asked for."""
        return (
            *self.listing("assets/fonts"),
            *_package_fonts(),
            *(_system_fonts() if system else ()),
        )

    def kept(self, key: str) -> bytes | None:
        """What was kept under a key."""
        return self.made.get(key)

    def keep(self, key: str, data: bytes) -> None:
        """Keeps a result in memory."""
        self.made[key] = data


FONT_SUFFIXES = (".ttf", ".otf", ".ttc", ".otc")


@lru_cache(maxsize=1)
def _package_fonts() -> tuple[str, ...]:
    """Font files of the installed `fontpkg-*` packages, found by folder so that no metadata need be parsed."""
    spec = importlib.util.find_spec("fontpkg")
    if spec is None or spec.origin is None:
        return ()
    found = Path(spec.origin).parent.parent.glob("fontpkg_*/files/*")
    return tuple(sorted(path.as_posix() for path in found if path.suffix.lower() in FONT_SUFFIXES))


def _is_system_font(name: str) -> bool:
    """Whether an absolute path names a font file in one of the system's folders, and does not leave it by `..`.

    Links are followed: that is how many systems install their fonts.
    """
    path = Path(name)
    is_below = any(path.is_relative_to(folder) for folder in SYSTEM_FONT_FOLDERS)
    return is_below and ".." not in path.parts and path.suffix.lower() in FONT_SUFFIXES


def _system_fonts() -> tuple[str, ...]:
    folders = [Path(folder) for folder in SYSTEM_FONT_FOLDERS if Path(folder).is_dir()]
    found = (path for folder in folders for path in folder.rglob("*"))
    return tuple(sorted(path.as_posix() for path in found if path.suffix.lower() in FONT_SUFFIXES))


def shipped_files(pattern: str) -> tuple[Path, ...]:
    """Files of the layouts that come with the program: inside an installed package, else beside it in a checkout."""
    here = Path(__file__).resolve().parent
    places = (here / "_shipped" / "layouts", here.parent / "layouts")
    found = (tuple(sorted(place.glob(pattern))) for place in places)
    return next((files for files in found if files), ())


def own_file(name: str) -> bytes:
    """A file that comes with the program, by its path inside the package."""
    return (Path(__file__).resolve().parent / name).read_bytes()


def own_code() -> str:
    """What the program itself is known by: two that have the same do the same."""
    own = sorted(Path(__file__).resolve().parent.rglob("*.py"))
    return digest(b"\0".join(path.read_bytes() for path in own)).hex()[:12]


EPOCH = "SOURCE_DATE_EPOCH"
ISO_8601 = "%Y-%m-%dT%H:%M:%SZ"


def stated_epoch() -> str:
    """What SOURCE_DATE_EPOCH says; empty where nobody has set it."""
    return os.environ.get(EPOCH, "")


def state_epoch(epoch: str) -> None:
    """Takes what another machine's SOURCE_DATE_EPOCH says for our own."""
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
    """A clock that only tells how long something took."""
    return time.perf_counter()


def usable_cores() -> int:
    """How many of the machine's cores this process may use."""
    if hasattr(os, "sched_getaffinity"):
        return len(os.sched_getaffinity(0))
    return os.cpu_count() or 1


def read_whole(path: Path) -> bytes:
    """A file that the command line names, wherever it lies; UsageError where it cannot be read."""
    try:
        return path.read_bytes()
    except OSError as failure:
        raise UsageError(f"{path}: cannot be read: {failure.strerror or failure}") from failure


def lines_of(path: Path, most: int) -> Iterator[bytes]:
    """The lines of such a file, one after the other; one of `most` bytes or more comes cut off."""
    try:
        with path.open("rb") as file:
            while line := file.readline(most):
                yield line
    except OSError as failure:
        raise UsageError(f"{path}: cannot be read: {failure.strerror or failure}") from failure
