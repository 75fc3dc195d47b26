"""Record what a brochure reads from its project, and find out later whether it would read the same.

Each access to the project is a question, such as `file content/en.yaml`, and its answer is a digest. Builds by the same program
with the same options and the same answers give the same PDF.
"""

from __future__ import annotations

from collections.abc import Hashable, Iterable, Iterator, Mapping
from contextlib import suppress
from pathlib import PurePosixPath

from brochure.errors import InputError
from brochure.project import Project
from brochure.system.cache import Store
from brochure.system.files import digest as digest_of

Inputs = Mapping[str, str]
"""The answers to all questions of a brochure."""

FILE, FOLDER, ASSET, FONTS = "file", "folder", "asset", "fonts"
"""Kinds of questions: the contents of a file, the names below a folder, the file of an asset, the names of all fonts."""

MISSING = "missing"
"""Answer if a file does not exist."""

CHANGED = ""
"""Answer that never holds again: a file could not be read, or was changed between two questions."""

DIGEST_BYTES = 16


class RecordedProject:
    """A project that records the answers to all questions. Compared by identity."""

    def __init__(self, project: Project) -> None:
        self._project = project
        self.answers: dict[str, str] = {}

    def read(self, name: str) -> bytes:
        """Return the contents of a file."""
        try:
            data = self._project.read(name)
        except (FileNotFoundError, InputError) as failure:
            self._record_failure(name, failure)
            raise
        self._record(FILE, self._portable(name), _shorten(digest_of(data)))
        return data

    def digest(self, name: str) -> bytes:
        """Return the digest of a file's contents."""
        try:
            digest = self._project.digest(name)
        except (FileNotFoundError, InputError) as failure:
            self._record_failure(name, failure)
            raise
        self._record(FILE, self._portable(name), _shorten(digest))
        return digest

    def label(self, name: str) -> str:
        """Return the file's name for messages."""
        return self._project.label(name)

    def asset(self, name: str) -> str | None:
        """Return the file name of an asset."""
        file = self._project.asset(name)
        self._record(ASSET, name, MISSING if file is None else file)
        return file

    def listing(self, folder: str) -> tuple[str, ...]:
        """Return all files below a folder."""
        names = self._project.listing(folder)
        self._record(FOLDER, folder, _digest_names(names))
        return names

    def font_files(self, *, system: bool = False) -> tuple[str, ...]:
        """Return the font files in order of precedence."""
        files = self._project.font_files(system=system)
        packages = set(_package_fonts(self._project))
        names = (_portable_name(file) if file in packages else file for file in files)
        self._record(FONTS, "system" if system else "", _digest_names(names))
        return files

    @property
    def cache(self) -> Store:
        """The project's cache, which never changes a result."""
        return self._project.cache

    def _portable(self, name: str) -> str:
        """Return a font's name without the folder that packages are installed in, which differs between machines."""
        if name.startswith("/") and name in _package_fonts(self._project):
            return _portable_name(name)
        return name

    def _record_failure(self, name: str, failure: Exception) -> None:
        is_missing = isinstance(failure, FileNotFoundError)
        self._record(FILE, self._portable(name), MISSING if is_missing else CHANGED)

    def _record(self, kind: str, name: str, answer: str) -> None:
        question = f"{kind} {name}"
        if self.answers.setdefault(question, answer) != answer:
            self.answers[question] = CHANGED


def without_record(project: Project) -> Project:
    """Return the project whose answers are recorded, to ask what no brochure depends on."""
    return project._project if isinstance(project, RecordedProject) else project


def _shorten(digest: bytes) -> str:
    return digest[:DIGEST_BYTES].hex()


def _digest_names(names: Iterable[str]) -> str:
    return _shorten(digest_of("\0".join(names).encode(errors="surrogateescape")))


def _package_fonts(project: Project) -> Iterator[str]:
    """Yield the font files of installed packages."""
    return (file for file in project.font_files() if file.startswith("/"))


def _portable_name(font: str) -> str:
    return "/".join(PurePosixPath(font).parts[-3:])


class InputRecorder:
    """Records the inputs of all brochures that are built from one opened project.

    Args:
        project: The project.
    """

    def __init__(self, project: Project) -> None:
        self._project = project
        self.shared = RecordedProject(project)
        """Records what is read once for all brochures: the layout and the fonts."""
        self._editions: dict[Hashable, RecordedProject] = {}

    def start(self, edition: Hashable | None) -> RecordedProject:
        """Return the project that a brochure is to be built from.

        Args:
            edition: Identifies the edition if its inputs are read once and then used for several brochures; else None.
        """
        if edition is None:
            return RecordedProject(self._project)
        return self._editions.setdefault(edition, RecordedProject(self._project))

    def collect(self, own: RecordedProject) -> Inputs:
        """Return the inputs of a brochure that was built: all that was read for it, or for all of them until now."""
        inputs = {**self.shared.answers, **own.answers}
        for question in self.shared.answers.keys() & own.answers.keys():
            if self.shared.answers[question] != own.answers[question]:
                inputs[question] = CHANGED
        return inputs


class CurrentInputs:
    """The answers of a project as it is now. Each question is asked once."""

    def __init__(self, project: Project) -> None:
        self._project = project
        self._answers: dict[str, str] = {}
        self._fonts = {_portable_name(font): font for font in _package_fonts(project)}

    def are(self, inputs: Inputs) -> bool:
        """Return whether the inputs are unchanged."""
        return all(
            answer and self._answer(question) == answer for question, answer in inputs.items()
        )

    def _answer(self, question: str) -> str:
        answer = self._answers.get(question)
        if answer is None:
            answer = self._answers[question] = self._ask(question)
        return answer

    def _ask(self, question: str) -> str:
        """Ask one question, which may come from a file that was damaged."""
        recorded = RecordedProject(self._project)
        kind, _, name = question.partition(" ")
        with suppress(FileNotFoundError, InputError, ValueError):
            if kind == FILE:
                recorded.digest(self._fonts.get(name, name))
            elif kind == ASSET:
                recorded.asset(name)
            elif kind == FONTS:
                recorded.font_files(system=bool(name))
            elif kind == FOLDER and "/" not in name and name.strip("."):
                recorded.listing(name)
        return recorded.answers.get(question, CHANGED)
