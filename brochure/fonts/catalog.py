"""The shelf: the fonts that a project may use, found in their declared places.

Takes a project; gives the `Face` for a type style: from the project's own `assets/fonts` first, then from installed font
packages, then from the system where the layout allows it. Files are opened only when a family is asked for, those first
whose names say that it is in them. Matching follows CSS Fonts 4, 5.2; bold and italic are never faked. Optical sizes go
down to a step of a short scale, so that 9.5 and 9.6 pt share one instance.
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping
from copy import copy
from functools import cached_property
from pathlib import PurePosixPath
from typing import Protocol

from brochure.errors import InputError
from brochure.findings import Finding, Span, nearest
from brochure.fonts.face import Face, Program
from brochure.fonts.file_names import groups, key_of
from brochure.fonts.sanitize import faces, find_damage
from brochure.project import Project

OPTICAL_SIZES = (6, 7, 8, 9, 10, 11, 12, 14, 16, 18, 20, 24, 28, 32, 40, 48, 60, 72, 96, 144)
"""The optical sizes that instances are made at, in points."""


class FontRequest(Protocol):
    """What a face is chosen by; a type style is one. Weight as in CSS, width in per cent, size in points."""

    @property
    def family(self) -> str:
        """The family's name."""

    @property
    def weight(self) -> float:
        """100 to 900."""

    @property
    def width(self) -> float:
        """In per cent of the normal width."""

    @property
    def italic(self) -> bool:
        """Whether the italic is wanted."""

    @property
    def optical_size(self) -> float | None:
        """The optical size; None for the size itself."""

    @property
    def size(self) -> float:
        """The size of the type."""


class FontCatalog:
    """The fonts of one project. Compared by identity; faces are found once. `named` says where the layout names a family."""

    def __init__(
        self, project: Project, *, system: bool = False, named: Mapping[str, Span] | None = None
    ) -> None:
        self.project = project
        self.system = system
        self._named = named or {}
        self._programs: dict[str, tuple[Program, ...]] = {}
        self._names: dict[str, tuple[str, ...]] = {}
        self._families: dict[str, tuple[Program, ...]] = {}
        self._faces: dict[tuple[object, ...], Face] = {}
        self._covering: dict[str, str | None] = {}
        self._found = _own_fonts(project, system=system)

    def still_holds(self, project: Project, *, system: bool) -> bool:
        """Whether a project's fonts are those of this shelf."""
        if (project, system) != (self.project, self.system):
            return False
        return _own_fonts(project, system=system) == self._found

    def naming(self, named: Mapping[str, Span]) -> FontCatalog:
        """The shelf for a layout that names its families elsewhere."""
        if named == self._named:
            return self
        other = copy(self)
        other._named = named
        return other

    def face(self, wanted: FontRequest, family: str | None = None) -> Face:
        """The face for a style, or for the same style in another family; InputError where there is no such family."""
        name = family or wanted.family
        optical = wanted.size if wanted.optical_size is None else wanted.optical_size
        key = (name, wanted.weight, wanted.width, wanted.italic, optical)
        found = self._faces.get(key)
        if found is None:
            program = nearest_program(self._members(name), wanted)
            found = self._faces[key] = program.face(_positions(program, wanted, optical))
        return found

    def known(self, family: str) -> bool:
        """Whether the shelf has the family."""
        return bool(self._find(family))

    def families(self) -> tuple[str, ...]:
        """Every family on the shelf, in alphabetical order. Opens every file."""
        names = {program.family for file in self._files for program in self._read(file)}
        return tuple(sorted(names - {""}))

    def programs(self, family: str) -> tuple[Program, ...]:
        """The font programs of a family; empty where there is none."""
        return self._find(family)

    def covering(self, char: str) -> str | None:
        """A family that has the character, in the order of the places; None where none has. Opens files until then."""
        if char not in self._covering:
            programs = (program for file in self._files for program in self._read(file))
            having = (program.family for program in programs if program.has(char))
            self._covering[char] = next(having, None)
        return self._covering[char]

    # What is where

    @cached_property
    def _files(self) -> tuple[str, ...]:
        return self.project.font_files(system=self.system)

    @cached_property
    def _places(self) -> tuple[list[str], ...]:
        """The files of each place: the project's own, the packages', the system's."""
        brought = set(self.project.font_files())
        own = [file for file in self._files if not PurePosixPath(file).is_absolute()]
        packages = [
            file for file in self._files if file in brought and PurePosixPath(file).is_absolute()
        ]
        return own, packages, [file for file in self._files if file not in brought]

    def _members(self, family: str) -> tuple[Program, ...]:
        members = self._find(family)
        if not members:
            message = f"there is no font family '{family}'"
            hint = (
                nearest(family, self.families()) if self._files else "install a fontpkg-* package"
            )
            raise InputError([Finding("font-unknown", message, self._named.get(family), hint)])
        return members

    def _find(self, family: str) -> tuple[Program, ...]:
        """The family's programs, all from the first place that has it."""
        if family not in self._families:
            found = (self._within(place, family) for place in self._places)
            self._families[family] = next(filter(None, found), ())
        return self._families[family]

    def _within(self, files: list[str], family: str) -> tuple[Program, ...]:
        """The family's programs in the first group of files that has any."""
        found = (tuple(self._of(family, group)) for group in groups(files, key_of(family)))
        return next(filter(None, found), ())

    def _of(self, family: str, files: Iterable[str]) -> Iterator[Program]:
        key = key_of(family)
        for file in files:
            if key in self._names.get(file, (key,)):
                programs = self._read(file)
                own = [program for program in programs if key_of(program.family) == key]
                if own:
                    self._programs[file] = programs
                yield from own

    def _read(self, file: str) -> tuple[Program, ...]:
        """The programs of a file; of one that nobody wants, only the names of its families are kept."""
        if file in self._programs:
            return self._programs[file]
        programs = _programs(file, self.project.read(file), self.project)
        self._names[file] = tuple(key_of(program.family) for program in programs)
        return programs


def _own_fonts(project: Project, *, system: bool) -> tuple[tuple[str, bytes], ...]:
    """Every font file, those that a project brings along with their digests: what is installed does not change."""
    files = project.font_files(system=system)
    return tuple(
        (file, b"" if PurePosixPath(file).is_absolute() else project.digest(file)) for file in files
    )


def nearest_program(programs: tuple[Program, ...], wanted: FontRequest) -> Program:
    """The program nearest to what is wanted: width first, then slant, then weight (CSS Fonts 4, 5.2)."""
    return min(
        programs,
        key=lambda program: (
            _width_distance(program, wanted.width),
            wanted.italic not in _slants(program),
            _weight_distance(program, wanted.weight),
        ),
    )


def _slants(program: Program) -> tuple[bool, ...]:
    """Whether the program can be upright, italic, or, by an axis for it, both."""
    if "ital" in program.ranges or "slnt" in program.ranges:
        return (False, True)
    return (program.style[2],)


def _positions(program: Program, wanted: FontRequest, optical: float) -> dict[str, float]:
    """Where the axes must stand."""
    positions = {"wght": wanted.weight, "wdth": wanted.width, "opsz": _optical(optical)}
    if wanted.italic and "ital" in program.ranges:
        positions["ital"] = 1.0
    elif wanted.italic and "slnt" in program.ranges:
        positions["slnt"] = program.ranges["slnt"][0]  # leaning to the right is below 0
    return positions


def _width_distance(program: Program, wanted: float) -> tuple[int, float]:
    """How far the width is off, and whether in the direction that CSS looks in last: narrow types may be narrower."""
    at = program.style[1]
    least, _, most = program.ranges.get("wdth", (at, at, at))
    if least <= wanted <= most:
        return 0, 0.0
    wider = least > wanted
    return (1 if wider is (wanted > 100) else 2), (least - wanted if wider else wanted - most)


def _weight_distance(program: Program, wanted: float) -> tuple[int, float]:
    """How far the weight is off, and whether in the direction that CSS looks in last."""
    at = program.style[0]
    least, _, most = program.ranges.get("wght", (at, at, at))
    if least <= wanted <= most:
        return 0, 0.0
    reached = least if wanted < least else most
    heavier = reached > wanted
    if 400 <= wanted <= 500 and heavier and reached <= 500:
        return 1, reached - wanted
    prefers_heavier = wanted > 500
    return (2 if heavier is prefers_heavier else 3), abs(reached - wanted)


def _optical(size: float) -> float:
    """The step at or below the size: rather a little sturdier than too fine."""
    return float(max((step for step in OPTICAL_SIZES if step <= size), default=OPTICAL_SIZES[0]))


def _programs(file: str, data: bytes, project: Project) -> tuple[Program, ...]:
    """The programs in a file: one, or a collection's. A file that is no font is an InputError that names it."""
    reason = find_damage(data)
    if reason:
        label = project.label(file)
        message = f"{label} is no font that can be used: {reason}"
        hint = "replace it, or take it out of assets/fonts"
        raise InputError([Finding("font-unreadable", message, Span(label), hint)])
    return tuple(Program(file, data, index) for index in range(len(faces(data))))
