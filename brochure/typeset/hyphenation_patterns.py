"""Hyphenation patterns: where a word of a language may be divided, after Liang.

Takes a language and a word; gives the places, from pyphen's dictionaries. The file is read into letters and their pattern as
written, and a pattern's figures are looked at only when a word has its letters: reading all of them first, as pyphen does,
costs five times as much as a brochure needs. What was read is kept in the cache. Stands behind the breaks.
F. M. Liang, *Word Hy-phen-a-tion by Com-put-er* (1983).
"""

from __future__ import annotations

import hashlib
import json
import re
from collections.abc import Mapping
from functools import lru_cache
from pathlib import Path

from brochure.fast_dataclass import dataclass
from brochure.locales import fallback_locales
from brochure.system.cache import image_cache

FIGURES = str.maketrans("", "", "0123456789")
NO_PATTERNS = ("%", "#", "LEFTHYPHENMIN", "RIGHTHYPHENMIN", "COMPOUND", "NEXTLEVEL")
"""How lines begin that hold a comment or a setting."""

CODE = re.compile(r"\^\^([0-9a-f]{2})")


@dataclass(frozen=True, slots=True, eq=False)
class Patterns:
    """A language's patterns: the letters of each to the pattern as written."""

    written: Mapping[str, str]
    longest: int


@lru_cache(maxsize=32)
def patterns(language: str) -> Patterns | None:
    """The patterns of a language by its tag, or of the nearest one that it falls back to; None where there are none."""
    # Imported here: a ragged brochure need not pay for it.
    import pyphen

    names = (tag.replace("-", "_") for tag in fallback_locales(language))
    found = next((pyphen.LANGUAGES[name] for name in names if name in pyphen.LANGUAGES), None)
    return _kept(Path(found).read_bytes()) if found else None


FORM = 1
"""Raised whenever `read` finds other patterns in the same file."""


def _kept(data: bytes) -> Patterns:
    """The patterns as an earlier build kept them, else read now."""
    key = f"patterns-{FORM}-{hashlib.sha256(data).hexdigest()}"
    kept = image_cache().get(key)
    if kept is not None:
        try:
            written, longest = json.loads(kept)
            return Patterns(dict(written), int(longest))
        except (ValueError, TypeError):
            pass  # an entry of another form: it is put right below
    found = read(data)
    image_cache().put(key, json.dumps((found.written, found.longest)).encode())
    return found


def read(data: bytes) -> Patterns:
    """The patterns in a dictionary as LibreOffice has them: the encoding on the first line, a pattern on each other."""
    head, _, body = data.partition(b"\n")
    encoding = head.decode("ascii").strip()
    text = body.decode("cp1251" if encoding.casefold() == "microsoft-cp1251" else encoding)
    if "^^" in text:
        text = CODE.sub(lambda match: chr(int(match.group(1), 16)), text)
    lines = (line.strip() for line in text.split("\n"))
    # A line without figures says nothing, and must not put one out that has the same letters.
    written = {
        letters: line
        for line in lines
        if line and not line.startswith(NO_PATTERNS)
        if (letters := line.partition("/")[0].translate(FIGURES)) not in (line, "")
    }
    return Patterns(written, max(map(len, written), default=0))


def divisions(word: str, known: Patterns) -> tuple[int, ...]:
    """Where the word may be divided: the highest figure between two letters decides, and an odd one allows it.

    Where dividing would change letters (Hungarian asz-szony) the word stays whole.
    """
    dotted = f".{word.lower()}."
    highest = [0] * (len(dotted) + 1)
    changing = [False] * (len(dotted) + 1)
    for start in range(len(dotted) - 1):
        for end in range(start + 1, min(start + known.longest, len(dotted)) + 1):
            line = known.written.get(dotted[start:end])
            if line is None:
                continue
            for at, figure in _figures(line):
                if figure >= highest[start + at]:
                    highest[start + at] = figure
                    changing[start + at] = "/" in line
    return tuple(at - 1 for at, figure in enumerate(highest) if figure % 2 and not changing[at])


@lru_cache(maxsize=16384)
def _figures(line: str) -> tuple[tuple[int, int], ...]:
    """The figures of a pattern above 0, each with the number of letters before it."""
    found, letters = [], 0
    for char in line.partition("/")[0]:
        if char.isdigit():
            found.append((letters, int(char)))
        else:
            letters += 1
    return tuple((at, figure) for at, figure in found if figure)
