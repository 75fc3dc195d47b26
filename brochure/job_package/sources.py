"""The sources of a package: the files that an edition was made from, and a lock of the versions that made it.

`brochure build` on them, with the programs of the lock, gives the same PDFs.
"""

from __future__ import annotations

import json
from collections.abc import Iterable, Mapping
from pathlib import PurePosixPath
from typing import Any

from brochure.api import LOCK_FILE
from brochure.fast_dataclass import dataclass
from brochure.fonts.face import Program
from brochure.fonts.licence import FontLicence, read_licence
from brochure.project import EPOCH, FONT_SUFFIXES, Project
from brochure.system.cache import Store
from brochure.system.version_lock import installed_versions

REQUIREMENTS_FILE = "requirements.txt"
FONT_FOLDER = "assets/fonts"


class PackagedProject:
    """A project whose files are recorded as they are read, and named in messages as in the project.

    So no finding and no file of a package has a path of this machine.
    """

    def __init__(self, project: Project) -> None:
        self._project = project
        self.files: set[str] = set()
        """The files of the project that were read."""

    def read(self, name: str) -> bytes:
        """Return the contents of a file."""
        data = self._project.read(name)
        self.files.add(name)
        return data

    def digest(self, name: str) -> bytes:
        """Return the digest of a file's contents."""
        digest = self._project.digest(name)
        self.files.add(name)
        return digest

    def label(self, name: str) -> str:
        """Return the file's name in the project; of an installed font, only the name of the file."""
        path = PurePosixPath(name)
        return path.name if path.is_absolute() else name

    def asset(self, name: str) -> str | None:
        """Return the file name of an asset."""
        return self._project.asset(name)

    def listing(self, folder: str) -> tuple[str, ...]:
        """Return all files below a folder of the project."""
        return self._project.listing(folder)

    def font_files(self, *, system: bool = False) -> tuple[str, ...]:
        """Return the font files in order of precedence."""
        return self._project.font_files(system=system)

    @property
    def cache(self) -> Store:
        """The project's cache, which never changes a result."""
        return self._project.cache


@dataclass(frozen=True, slots=True)
class FontFile:
    """A font file that an edition uses: its programs, and where it is in the sources (empty if it may not be passed on)."""

    name: str
    programs: tuple[Program, ...]
    licence: FontLicence
    path: str

    @property
    def data(self) -> bytes:
        """The contents of the file."""
        return self.programs[0].data

    @property
    def families(self) -> str:
        """The names of its families."""
        return ", ".join(dict.fromkeys(program.family for program in self.programs))


def list_font_files(programs: Iterable[Program]) -> tuple[FontFile, ...]:
    """Return the font files of programs; those that may be passed on have different names in the sources."""
    by_file: dict[str, list[Program]] = {}
    for program in programs:
        by_file.setdefault(program.file, []).append(program)
    taken: set[str] = set()
    found = []
    for file, members in by_file.items():
        name = PurePosixPath(file).name
        licences = [read_licence(program) for program in members]
        strictest = next((one for one in licences if not one.may_be_passed_on), licences[0])
        path = f"{FONT_FOLDER}/{_free_name(name, taken)}" if strictest.may_be_passed_on else ""
        found.append(FontFile(name, tuple(members), strictest, path))
    return tuple(found)


def _free_name(name: str, taken: set[str]) -> str:
    """Return a file name that differs from those taken, also where upper and lower case are alike."""
    path, at = PurePosixPath(name), 1
    while name.casefold() in taken:
        at += 1
        name = f"{path.stem}-{at}{path.suffix}"
    taken.add(name.casefold())
    return name


def collect_sources(project: PackagedProject, fonts: Iterable[FontFile]) -> dict[str, bytes]:
    """Return the files that were read, by their names in a project of its own, and the fonts that may be passed on.

    Files of shared `assets` folders move into the project's own: a file there has precedence over them already.
    """
    files = {
        name.replace("../", ""): project.read(name)
        for name in sorted(project.files)
        if not PurePosixPath(name).is_absolute() and not _is_font(name)
    }
    return files | {font.path: font.data for font in fonts if font.path}


def _is_font(name: str) -> bool:
    return name.lower().endswith(FONT_SUFFIXES)


@dataclass(frozen=True, slots=True)
class BuildCommand:
    """The options that build the PDFs again.

    `date` is that of the command line, and `epoch` the SOURCE_DATE_EPOCH of the environment; the other dates are in the layout.
    """

    language: str
    office: str = ""
    date: str = ""
    epoch: str = ""
    preflight: str = ""
    is_draft: bool = False

    def words(self, target: str) -> list[str]:
        """Return the command line that builds a PDF from the sources."""
        words = ["brochure", "build", ".", "--target", target, "--lang", self.language]
        words += ["--office", self.office] if self.office else []
        words += ["--draft"] if self.is_draft else []
        if target == "press":
            words += ["--preflight", self.preflight] if self.preflight else []
            words += ["--date", self.date.removesuffix(MIDNIGHT)] if self.date else []
        return [*words, "-o", "out"]

    @property
    def environment(self) -> dict[str, str]:
        """Environment variables that affect the date of the press PDF."""
        return {EPOCH: self.epoch} if self.epoch and not self.date else {}


MIDNIGHT = "T00:00:00Z"


def write_lock(
    command: BuildCommand, pdfs: Mapping[str, str], fonts: Iterable[FontFile]
) -> dict[str, bytes]:
    """Return the lock, and the packages in it as pip reads them.

    Args:
        command: The options that build the PDFs.
        pdfs: The digests of the PDFs by name.
        fonts: The font files, with those that are left out.
    """
    versions = installed_versions()
    lock: dict[str, Any] = {
        "format": 1,
        **versions,
        "build": {"press": command.words("press"), "screen": command.words("screen")},
        "environment": command.environment,
        "pdfs": dict(pdfs),
        "fonts_left_out": [font.name for font in fonts if not font.path],
    }
    pins = "".join(f"{name}=={version}\n" for name, version in versions["packages"].items())
    text = json.dumps(lock, ensure_ascii=False, indent=2) + "\n"
    return {LOCK_FILE: text.encode(), REQUIREMENTS_FILE: pins.encode()}
