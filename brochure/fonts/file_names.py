"""Guess from file names which font files contain a family.

Of the thousands of fonts on a system, only likely files need be opened first. Whether a file has
the family is decided by its contents.
"""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from functools import lru_cache
from pathlib import PurePosixPath

from brochure.lazy_pattern import compile_lazily

STYLE_WORDS = compile_lazily(
    "(?:thin|hairline|light|book|regular|normal|roman|upright|text|medium|bold|black|heavy|italic|ital|it|oblique|slanted"
    "|extra|semi|demi|ultra|condensed|compressed|narrow|expanded|wide|variable|variablefont|vf|static|wght|wdth|opsz|slnt"
    "|[0-9]++(?:pt)?)*"
)
"""Style words that follow the family in a font's file name."""

MIN_PREFIX_LENGTH = 4
"""Least length of a file name that is taken as the beginning of a family name."""


def group_by_likelihood(files: Sequence[str], family: str) -> Iterator[list[str]]:
    """Yield the files in groups, most likely first.

    The order is: named like the family and a style; named like the family and more; named like its
    beginning, as collections are (NotoSansCJK), the longest first; all others.
    """
    stems = {file: normalize_name(PurePosixPath(file).stem.split("[")[0]) for file in files}
    by_rank: dict[tuple[int, int], list[str]] = {}
    for file, stem in stems.items():
        by_rank.setdefault(_rank(stem, family), []).append(file)
    yield from (by_rank[rank] for rank in sorted(by_rank))


def _rank(stem: str, family: str) -> tuple[int, int]:
    """Return how far a file name is from the family name: kind of match, then length."""
    if stem.startswith(family):
        return (0 if STYLE_WORDS.fullmatch(stem, len(family)) else 1), 0
    prefix = _strip_style_words(stem)
    return (
        (2, -len(prefix))
        if len(prefix) >= MIN_PREFIX_LENGTH and family.startswith(prefix)
        else (3, 0)
    )


@lru_cache(maxsize=4096)
def _strip_style_words(stem: str) -> str:
    """Return a file name without the style words at its end."""
    starts = (at for at in range(len(stem)) if STYLE_WORDS.fullmatch(stem, at))
    return stem[: next(starts, len(stem))]


def normalize_name(name: str) -> str:
    """Return the lowercase letters and digits of a name."""
    return "".join(char for char in name.casefold() if char.isalnum())
