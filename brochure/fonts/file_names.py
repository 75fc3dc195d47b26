"""Names of font files: which of them are likely to hold a family.

Takes the names of files and a family's; gives the files in groups, the likely ones first, so that of the thousands of fonts on
a system few need be opened. Only what is in a file counts in the end. Stands below the shelf.
"""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence
from functools import lru_cache
from pathlib import PurePosixPath

STYLE_WORDS = re.compile(
    "(?:thin|hairline|light|book|regular|normal|roman|upright|text|medium|bold|black|heavy|italic|ital|it|oblique|slanted"
    "|extra|semi|demi|ultra|condensed|compressed|narrow|expanded|wide|variable|variablefont|vf|static|wght|wdth|opsz|slnt"
    "|[0-9]+(?:pt)?)*"
)
"""What a font file's name says behind the family's."""

SHORTEST = 4
"""The fewest letters of a file's name that are taken for the beginning of a family's."""


def groups(files: Sequence[str], family: str) -> Iterator[list[str]]:
    """The files in groups, those first that are likely to hold the family.

    Files named like the family and a style; named like the family and more; named like its beginning, as collections are
    (NotoSansCJK), the longest first; all others.
    """
    stems = {file: key_of(PurePosixPath(file).stem.split("[")[0]) for file in files}
    found: dict[tuple[int, int], list[str]] = {}
    for file, stem in stems.items():
        found.setdefault(_likeness(stem, family), []).append(file)
    yield from (found[likeness] for likeness in sorted(found))


def _likeness(stem: str, family: str) -> tuple[int, int]:
    """How far a file's name is from the family's: in kind, and by how many letters."""
    if stem.startswith(family):
        return (0 if STYLE_WORDS.fullmatch(stem, len(family)) else 1), 0
    base = _without_style(stem)
    return (2, -len(base)) if len(base) >= SHORTEST and family.startswith(base) else (3, 0)


@lru_cache(maxsize=4096)
def _without_style(stem: str) -> str:
    """A file's name without the style words at its end."""
    starts = (at for at in range(len(stem)) if STYLE_WORDS.fullmatch(stem, at))
    return stem[: next(starts, len(stem))]


def key_of(name: str) -> str:
    """A name by its letters and figures alone."""
    return "".join(char for char in name.casefold() if char.isalnum())
