"""A project on another machine, reconstructed from the digests of its files.

A manifest names every file that a build may read, with its digest. Reading a file whose bytes have not been sent yet raises
`MissingFiles`; the build is repeated once they are there.
"""

from __future__ import annotations

import posixpath
from collections.abc import Iterator, Mapping
from contextlib import suppress
from dataclasses import field
from functools import lru_cache
from importlib.metadata import PackageNotFoundError, version
from pathlib import PurePosixPath
from sys import version_info
from typing import NoReturn
from zlib import ZLIB_RUNTIME_VERSION

from brochure import __version__
from brochure.api import LAYOUT_FILE, read_layout
from brochure.approval.approval_file import FOLDER as APPROVALS
from brochure.errors import InputError
from brochure.fast_dataclass import dataclass
from brochure.findings import Finding
from brochure.l10n.copy_files import CONTENT
from brochure.l10n.office import OFFICES
from brochure.prepress.output_conditions import OutputCondition
from brochure.project import ASSET_FOLDERS, DiskProject, MemoryProject, stated_epoch
from brochure.spec.printing_condition import PreflightSpec
from brochure.system.cache import Store
from brochure.system.disk_cache import disk_cache
from brochure.system.files import own_code

FOLDERS = (CONTENT, OFFICES, APPROVALS, *ASSET_FOLDERS)
"""The folders with everything that a build reads, except the layout and what `_preflight_files` names."""

Entry = bytes | tuple[Finding, ...]
"""A file's digest, or why it cannot be read; reported only if a build reads the file."""


@dataclass(frozen=True, slots=True)
class Manifest:
    """All that a build depends on, except the files' bytes: equal manifests give equal PDFs."""

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
    """Return the manifest of a project on this disk; `system` allows the system's fonts."""
    every = project.font_files(system=system)
    fonts = every[len(project.font_files()) :]
    below = (name for folder in FOLDERS for name in project.listing(folder))
    names = [LAYOUT_FILE, *_preflight_files(project), *below, *fonts]
    files = {name: _entry(project, name) for name in names}
    labels = {name: project.label(name) for name in ("", *names)}
    return Manifest(files, labels, fonts, condition, draft, stated_epoch(), versions())


def _preflight_files(project: DiskProject) -> Iterator[str]:
    """Yield the files in the project's own folder that the preflight of a press build reads, if they exist."""
    # Imported here: only a cluster needs the names of these files.
    from brochure.preflight.approved_images import APPROVALS_FILE

    names = [APPROVALS_FILE]
    with suppress(InputError):  # reported by the build
        stated = read_layout(project)[0].preflight
        if isinstance(stated, PreflightSpec) and stated.profile.endswith((".yaml", ".yml")):
            names.append(stated.profile)
    for name in names:
        with suppress(InputError, FileNotFoundError):
            project.digest(name)
            yield name


def _entry(project: DiskProject, name: str) -> Entry:
    try:
        return project.digest(name)
    except InputError as failure:
        return failure.findings
    except FileNotFoundError:
        return ()  # removed meanwhile


DEPENDENCIES = (
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
        "google-re2",
        "openpyxl",
        "pypdf",
    ),
    *("markdown-it-py", "mdit-py-plugins", "picosvg", "skia-pathops", "lxml", "segno", "idna"),
    *("tinycss2", "cssselect2"),
)
"""Packages that affect the bytes of a PDF: those that parse, shape, break lines, draw and write."""


@lru_cache(maxsize=1)
def versions() -> Mapping[str, str]:
    """Return the versions that affect the bytes of a PDF: this program, its dependencies and the font packages."""
    versions_here = {
        "brochure": f"{__version__} ({own_code()})",
        "Python": f"{version_info[0]}.{version_info[1]}",
        "zlib": ZLIB_RUNTIME_VERSION,
    }
    fonts = {PurePosixPath(file).parts[-3] for file in MemoryProject().font_files()}
    packages = (*DEPENDENCIES, *(font.replace("_", "-") for font in fonts))
    return versions_here | {package: _version(package) for package in packages}


def _version(package: str) -> str:
    try:
        return version(package)
    except PackageNotFoundError:
        return "none"


def differences(ours: Mapping[str, str], theirs: Mapping[str, str]) -> str:
    """Return the packages whose version differs there, as text; empty if none does."""
    names = sorted(ours.keys() | theirs.keys(), key=str.casefold)
    pairs = ((name, theirs.get(name, "none"), ours.get(name, "none")) for name in names)
    return ", ".join(f"{name} {there} (here {own})" for name, there, own in pairs if there != own)


class MissingFiles(BaseException):
    """A file's bytes are not here yet. Not an `Exception`, so that it is not handled as damage to the file."""

    def __init__(self, digest: bytes) -> None:
        super().__init__(digest.hex())
        self.digest = digest


@dataclass(frozen=True)
class RemoteProject:
    """The project that a manifest describes, with the bytes received so far."""

    manifest: Manifest
    received: Mapping[bytes, bytes]
    packages: MemoryProject = field(default_factory=MemoryProject)

    def read(self, name: str) -> bytes:
        """Return the bytes of a file; fonts of packages are read from the same packages here."""
        entry = self._entry(name)
        if entry is None:
            return self.packages.read(name)
        if entry not in self.received:
            raise MissingFiles(entry)
        return self.received[entry]

    def digest(self, name: str) -> bytes:
        """Return the digest of a file, even if its bytes are not here."""
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
        """Return the file's label on the sender's disk; for an unknown file, its place in the project."""
        label = self.manifest.labels.get(posixpath.normpath(name))
        return label or posixpath.normpath(posixpath.join(self.manifest.labels[""], name))

    def asset(self, name: str) -> str | None:
        """Return the file of that name in the nearest `assets` folder; see `DiskProject.asset`."""
        if not name or posixpath.isabs(name) or ".." in name.split("/"):
            return None
        names = (f"{folder}/{name}" for folder in ASSET_FOLDERS)
        return next((one for one in names if posixpath.normpath(one) in self.manifest.files), None)

    def listing(self, folder: str) -> tuple[str, ...]:
        """Return all files below a folder of the project, sorted."""
        return tuple(sorted(name for name in self.manifest.files if name.startswith(f"{folder}/")))

    def font_files(self, *, system: bool = False) -> tuple[str, ...]:
        """Return the project's own fonts, then those of packages, then those of the sender's system."""
        own = [name for folder in ASSET_FOLDERS for name in self.listing(f"{folder}/fonts")]
        theirs = self.manifest.system_fonts if system else ()
        return (*own, *self.packages.font_files(), *theirs)

    @property
    def cache(self) -> Store:
        """The cache on this machine's disk."""
        return disk_cache()
