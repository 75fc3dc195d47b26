"""Font catalogue: the fonts that a project may use.

Fonts come from the project's own `assets/fonts`, then from installed font packages, then from the
system if the layout allows it. Files are opened only when a family is requested, starting with
those whose names suggest that they contain it. Matching follows CSS Fonts 4, 5.2; bold and italic
are never synthesized. Optical sizes are rounded down to a step of a short scale, so that 9.5 and
9.6 pt share one instance.
"""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator, Mapping
from copy import copy
from functools import cached_property, lru_cache
from typing import Protocol

from brochure.errors import InputError
from brochure.findings import Finding, Span, nearest
from brochure.fonts.face import WEIGHT_NAMES, Face, Program
from brochure.fonts.file_names import group_by_likelihood, normalize_name
from brochure.fonts.sanitize import faces, find_damage
from brochure.project import Project

OPTICAL_SIZES = (6, 7, 8, 9, 10, 11, 12, 14, 16, 18, 20, 24, 28, 32, 40, 48, 60, 72, 96, 144)
"""The optical sizes at which instances are made, in points."""


class FontRequest(Protocol):
    """The properties that select a face; a type style has them."""

    @property
    def family(self) -> str:
        """Family name."""

    @property
    def weight(self) -> float:
        """Weight as in CSS, 100 to 900."""

    @property
    def width(self) -> float:
        """Width in percent of normal."""

    @property
    def italic(self) -> bool:
        """True for italic."""

    @property
    def optical_size(self) -> float | None:
        """Optical size in points; None to use `size`."""

    @property
    def size(self) -> float:
        """Type size in points."""


class FontCatalog:
    """The fonts of one project. Compared by identity; faces are cached.

    Args:
        project: The project whose fonts are used.
        system: Whether system fonts may be used.
        named: Where the layout names each family, for error messages.
    """

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
        self._substitutions: dict[tuple[object, ...], tuple[str, str] | None] = {}
        self._families_by_char: dict[str, str | None] = {}
        self._found = _list_fonts(project, system=system)

    def still_holds(self, project: Project, *, system: bool) -> bool:
        """Return True if the catalogue is up to date for the project's fonts."""
        if (project, system) != (self.project, self.system):
            return False
        return _list_fonts(project, system=system) == self._found

    def naming(self, named: Mapping[str, Span]) -> FontCatalog:
        """Return the catalogue for a layout that names its families in other places."""
        if named == self._named:
            return self
        other = copy(self)
        other._named = named
        return other

    def face(self, request: FontRequest, family: str | None = None) -> Face:
        """Return the face for a style, or for the same style in another family.

        Raises:
            InputError: The family is not available.
        """
        name = family or request.family
        optical = request.size if request.optical_size is None else request.optical_size
        key = (name, request.weight, request.width, request.italic, optical)
        found = self._faces.get(key)
        if found is None:
            program = nearest_program(self._require_family(name), request)
            found = self._faces[key] = program.face(_axis_positions(program, request, optical))
        return found

    def substitution(self, request: FontRequest) -> tuple[str, str] | None:
        """Return the style that a request asks for and the one that is used, if they differ visibly."""
        key = (request.family, request.weight, request.width, request.italic)
        if key not in self._substitutions:
            program = nearest_program(self._require_family(request.family), request)
            self._substitutions[key] = find_substitution(program, request)
        return self._substitutions[key]

    def span(self, family: str) -> Span | None:
        """Return where the layout names a family."""
        return self._named.get(family)

    def has_family(self, family: str) -> bool:
        """Return True if the family is available."""
        return bool(self._find_family(family))

    def families(self) -> tuple[str, ...]:
        """Return the names of all families in alphabetical order. Opens every file."""
        names = {program.family for file in self._files for program in self._read(file)}
        return tuple(sorted(names - {""}))

    def programs(self, family: str) -> tuple[Program, ...]:
        """Return the font programs of a family; empty if it is not available."""
        return self._find_family(family)

    @property
    def requested(self) -> tuple[Program, ...]:
        """The font programs of all faces that were requested so far, each once, by their files."""
        programs = {id(face.program): face.program for face in self._faces.values()}
        return tuple(sorted(programs.values(), key=lambda one: (one.file, one.index)))

    def find_family_covering(self, char: str) -> str | None:
        """Return the first family with a glyph for the character, or None. Opens files until one is found."""
        if char not in self._families_by_char:
            programs = (program for file in self._files for program in self._read(file))
            families = (program.family for program in programs if program.has(char))
            self._families_by_char[char] = next(families, None)
        return self._families_by_char[char]

    # Lookup

    @cached_property
    def _files(self) -> tuple[str, ...]:
        return self.project.font_files(system=self.system)

    @cached_property
    def _files_by_source(self) -> tuple[list[str], ...]:
        """The files of each source: the project's own, font packages, the system."""
        project_files = set(self.project.font_files())
        own = [file for file in self._files if not _is_installed(file)]
        packages = [file for file in self._files if file in project_files and _is_installed(file)]
        return own, packages, [file for file in self._files if file not in project_files]

    def _require_family(self, family: str) -> tuple[Program, ...]:
        members = self._find_family(family)
        if not members:
            message = f"font family '{family}' not found"
            hint = (
                nearest(family, self.families())
                if self._files
                else "add fonts to assets/fonts, or install a fontpkg-* package"
            )
            raise InputError([Finding("font-unknown", message, self._named.get(family), hint)])
        return members

    def _find_family(self, family: str) -> tuple[Program, ...]:
        """Return the family's programs, all from the first source that has it."""
        if family not in self._families:
            found = (self._find_in_files(place, family) for place in self._files_by_source)
            self._families[family] = next(filter(None, found), ())
        return self._families[family]

    def _find_in_files(self, files: list[str], family: str) -> tuple[Program, ...]:
        """Return the family's programs from the first group of files that has any."""
        found = (
            tuple(self._read_family(family, group))
            for group in group_by_likelihood(files, normalize_name(family))
        )
        return next(filter(None, found), ())

    def _read_family(self, family: str, files: Iterable[str]) -> Iterator[Program]:
        key = normalize_name(family)
        for file in files:
            if key in self._names.get(file, (key,)):
                programs = self._read(file)
                own = [program for program in programs if key in _normalized_names(program)]
                if own:
                    self._programs[file] = programs
                yield from own

    def _read(self, file: str) -> tuple[Program, ...]:
        """Return the programs of a file; of unused files, only the family names are cached."""
        if file in self._programs:
            return self._programs[file]
        programs = _load_programs(file, self.project.read(file), self.project.label(file))
        self._names[file] = tuple(
            name for program in programs for name in _normalized_names(program)
        )
        return programs


def _is_installed(file: str) -> bool:
    """Return whether a font file is one of a package or of the system, named by its absolute path."""
    return file.startswith("/")


def _normalized_names(program: Program) -> set[str]:
    """Return the family names of a program in all languages, normalized."""
    return set(map(normalize_name, program.family_names.values()))


def _list_fonts(project: Project, *, system: bool) -> tuple[tuple[str, bytes], ...]:
    """List every font file with a digest of the project's own; installed files are assumed not to change."""
    files = project.font_files(system=system)
    return tuple((file, b"" if _is_installed(file) else project.digest(file)) for file in files)


def nearest_program(programs: tuple[Program, ...], request: FontRequest) -> Program:
    """Return the closest program: width first, then slant, then weight (CSS Fonts 4, 5.2)."""
    return min(
        programs,
        key=lambda program: (
            _width_distance(program, request.width),
            request.italic not in _slants(program),
            _weight_distance(program, request.weight),
        ),
    )


def _slants(program: Program) -> tuple[bool, ...]:
    """Return the slants that the program supports: upright, italic, or both through an axis."""
    if "ital" in program.ranges or "slnt" in program.ranges:
        return (False, True)
    return (program.style[2],)


def _axis_positions(program: Program, request: FontRequest, optical: float) -> dict[str, float]:
    """Return the position of each axis."""
    positions = {
        "wght": request.weight,
        "wdth": request.width,
        "opsz": _round_optical_size(optical),
    }
    if request.italic and "ital" in program.ranges:
        positions["ital"] = 1.0
    elif request.italic and "slnt" in program.ranges:
        positions["slnt"] = program.ranges["slnt"][0]  # negative slant leans right
    return positions


def _width_distance(program: Program, width: float) -> tuple[int, float]:
    """Rank the difference in width; the direction that CSS searches last ranks lower."""
    at = program.style[1]
    least, _, most = program.ranges.get("wdth", (at, at, at))
    if least <= width <= most:
        return 0, 0.0
    wider = least > width
    return (1 if wider is (width > 100) else 2), (least - width if wider else width - most)


def _weight_distance(program: Program, weight: float) -> tuple[int, float]:
    """Rank the difference in weight; the direction that CSS searches last ranks lower."""
    at = program.style[0]
    least, _, most = program.ranges.get("wght", (at, at, at))
    if least <= weight <= most:
        return 0, 0.0
    reached = least if weight < least else most
    heavier = reached > weight
    if 400 <= weight <= 500 and heavier and reached <= 500:
        return 1, reached - weight
    prefers_heavier = weight > 500
    return (2 if heavier is prefers_heavier else 3), abs(reached - weight)


MIN_WEIGHT_DIFFERENCE, MIN_WIDTH_DIFFERENCE = 200, 10
"""Least differences in weight and width that count as another style."""


def find_substitution(program: Program, request: FontRequest) -> tuple[str, str] | None:
    """Return names of the requested style and of the program's, if they differ visibly."""
    weight, width, _ = program.style
    least, _, most = program.ranges.get("wght", (weight, weight, weight))
    weight = min(max(request.weight, least), most)
    least, _, most = program.ranges.get("wdth", (width, width, width))
    width = min(max(request.width, least), most)
    slants = _slants(program)
    italic = request.italic if request.italic in slants else slants[0]
    if (
        italic == request.italic
        and abs(weight - request.weight) < MIN_WEIGHT_DIFFERENCE
        and abs(width - request.width) < MIN_WIDTH_DIFFERENCE
    ):
        return None
    asked = name_style(request.weight, request.width, italic=request.italic)
    return asked, name_style(weight, width, italic=italic)


def name_style(weight: float, width: float, *, italic: bool) -> str:
    """Return a style's name in words: regular, bold italic, light at 75 % width."""
    step = min(WEIGHT_NAMES, key=lambda one: abs(one - weight))
    name = re.sub("(?<=[a-z])(?=[A-Z])", " ", WEIGHT_NAMES[step]).lower()
    name = " ".join([name] * (not italic or step != REGULAR) + ["italic"] * italic)
    return name if width == 100 else f"{name} at {width:g} % width"


REGULAR = 400


def _round_optical_size(size: float) -> float:
    """Return the step at or below the size: slightly too sturdy is better than too fine."""
    return float(max((step for step in OPTICAL_SIZES if step <= size), default=OPTICAL_SIZES[0]))


@lru_cache(maxsize=32)
def _load_programs(file: str, data: bytes, label: str) -> tuple[Program, ...]:
    """Load the programs of a font file or collection; raise InputError for a damaged file.

    Projects with the same files share them, and with them all that is cached for a font, such as its shaped words.
    """
    reason = find_damage(data)
    if reason:
        message = f"{label} cannot be used as a font: {reason}"
        hint = "replace it, or remove it from assets/fonts"
        raise InputError([Finding("font-unreadable", message, Span(label), hint)])
    return tuple(Program(file, data, index, label) for index in range(len(faces(data))))
