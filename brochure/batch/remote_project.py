"""A project on another machine: its files by the digests of their bytes.

Takes a `Manifest`, which names every file that a build may ask for and its digest, and whatever bytes have been shipped;
gives a `Project` that reads, lists and labels as the one on the disk does. A file that nobody has shipped yet stops the
build with `MissingFiles`; it is begun again once the file is there.
"""

from __future__ import annotations

import posixpath
from collections.abc import Mapping
from dataclasses import field
from functools import lru_cache
from importlib.metadata import PackageNotFoundError, version
from pathlib import PurePosixPath
from sys import version_info
from typing import NoReturn
from zlib import ZLIB_RUNTIME_VERSION

from brochure import __version__
from brochure.api import LAYOUT_FILE
from brochure.errors import InputError
from brochure.fast_dataclass import dataclass
from brochure.findings import Finding
from brochure.l10n.project_editions import CONTENT, OFFICES
from brochure.prepress.output_conditions import OutputCondition
from brochure.project import ASSET_FOLDERS, DiskProject, MemoryProject, own_code, stated_epoch
from brochure.system.cache import image_cache

FOLDERS = (CONTENT, OFFICES, *ASSET_FOLDERS)
"""Where all lies that a build reads, but for the layout itself."""

Entry = bytes | tuple[Finding, ...]
"""A file's digest, or why it cannot be read: that is said only if it is wanted."""


@dataclass(frozen=True, slots=True)
class Manifest:
    """All that a build depends on, the bytes of the files aside: two that are equal give the same PDFs."""

    files: Mapping[str, Entry]
    labels: Mapping[str, str]
    system_fonts: tuple[str, ...]
    condition: OutputCondition
    draft: bool
    epoch: str
    versions: Mapping[str, str]


def create_manifest(
    project: DiskProject, condition: OutputCondition, *, draft: bool, system: bool
) -> Manifest:
    """The manifest of a project on this disk; `system` says whether it may use the system's fonts."""
    every = project.font_files(system=system)
    fonts = every[len(project.font_files()) :]
    names = [LAYOUT_FILE, *(name for folder in FOLDERS for name in project.listing(folder)), *fonts]
    files = {name: _entry(project, name) for name in names}
    labels = {name: project.label(name) for name in ("", *names)}
    return Manifest(files, labels, fonts, condition, draft, stated_epoch(), versions())


def _entry(project: DiskProject, name: str) -> Entry:
    try:
        return project.digest(name)
    except InputError as failure:
        return failure.findings
    except FileNotFoundError:
        return ()  # taken away while we looked


STANDS_ON = (
    *(
        "reportlab",
        "pillow",
        "pyyaml",
        "uharfbuzz",
        "icu4py",
        "babel",
        "pyphen",
        "fonttools",
        "polib",
    ),
    *("markdown-it-py", "mdit-py-plugins", "picosvg", "skia-pathops", "lxml", "segno"),
)
"""The packages that the bytes of a PDF depend on: what reads, shapes, breaks, draws and writes. The command line's do not."""


@lru_cache(maxsize=1)
def versions() -> Mapping[str, str]:
    """What the bytes of a PDF depend on beside its inputs: this program, what it stands on, the fonts that packages bring."""
    found = {
        "brochure": f"{__version__} ({own_code()})",
        "Python": f"{version_info[0]}.{version_info[1]}",
        "zlib": ZLIB_RUNTIME_VERSION,
    }
    fonts = {PurePosixPath(file).parts[-3] for file in MemoryProject().font_files()}
    packages = (*STANDS_ON, *(font.replace("_", "-") for font in fonts))
    return found | {package: _version(package) for package in packages}


def _version(package: str) -> str:
    try:
        return version(package)
    except PackageNotFoundError:
        return "none"


def differences(ours: Mapping[str, str], theirs: Mapping[str, str]) -> str:
    """What is of another version there, by name; empty where nothing is."""
    names = sorted(ours.keys() | theirs.keys(), key=str.casefold)
    pairs = ((name, theirs.get(name, "none"), ours.get(name, "none")) for name in names)
    return ", ".join(f"{name} {there} (here {own})" for name, there, own in pairs if there != own)


class MissingFiles(BaseException):
    """A file's bytes are not here yet. No `Exception`, so that nobody on the way takes it for damage to the file."""

    def __init__(self, digest: bytes) -> None:
        super().__init__(digest.hex())
        self.digest = digest


@dataclass(frozen=True)
class RemoteProject:
    """The project that a manifest describes, as far as its bytes are held."""

    manifest: Manifest
    held: Mapping[bytes, bytes]
    packages: MemoryProject = field(default_factory=MemoryProject)

    def read(self, name: str) -> bytes:
        """The bytes of a file; fonts of packages come from the packages here, which are of the same version."""
        entry = self._entry(name)
        if entry is None:
            return self.packages.read(name)
        if entry not in self.held:
            raise MissingFiles(entry)
        return self.held[entry]

    def digest(self, name: str) -> bytes:
        """The digest of a file's bytes, which need not be here."""
        entry = self._entry(name)
        return self.packages.digest(name) if entry is None else entry

    def _entry(self, name: str) -> bytes | None:
        entry = self.manifest.files.get(posixpath.normpath(name))
        if isinstance(entry, tuple):
            self._refuse(name, entry)
        return entry

    def _refuse(self, name: str, findings: tuple[Finding, ...]) -> NoReturn:
        if findings:
            raise InputError(findings)
        raise FileNotFoundError(name)

    def label(self, name: str) -> str:
        """How the sender's disk labels the file; of one that it has not got, its place in the project."""
        known = self.manifest.labels.get(posixpath.normpath(name))
        return known or posixpath.normpath(posixpath.join(self.manifest.labels[""], name))

    def asset(self, name: str) -> str | None:
        """The nearest `assets` folder's file of that name; see `DiskProject.asset`."""
        if not name or posixpath.isabs(name) or ".." in name.split("/"):
            return None
        names = (f"{folder}/{name}" for folder in ASSET_FOLDERS)
        return next((one for one in names if posixpath.normpath(one) in self.manifest.files), None)

    def listing(self, folder: str) -> tuple[str, ...]:
        """The files in a folder of the project, deeper ones too, sorted."""
        return tuple(sorted(name for name in self.manifest.files if name.startswith(f"{folder}/")))

    def font_files(self, *, system: bool = False) -> tuple[str, ...]:
        """The project's own fonts, then the packages', then those of the system that sent the manifest."""
        own = [name for folder in ASSET_FOLDERS for name in self.listing(f"{folder}/fonts")]
        theirs = self.manifest.system_fonts if system else ()
        return (*own, *self.packages.font_files(), *theirs)

    def kept(self, key: str) -> bytes | None:
        """What the picture cache of this machine has kept."""
        return image_cache().get(key)

    def keep(self, key: str, data: bytes) -> None:
        """Keeps a result in the picture cache of this machine."""
        image_cache().put(key, data)
