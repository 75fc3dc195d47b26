"""Hyphenation patterns (Liang) from pyphen's dictionaries.

F. M. Liang, *Word Hy-phen-a-tion by Com-put-er* (1983). A dictionary is loaded as a map from
letters to the pattern as written; the digits of a pattern are parsed only when a word contains its
letters. Parsing all patterns first, as pyphen does, takes five times as long for a typical
brochure. Loaded dictionaries are cached on disk.
"""

from __future__ import annotations

from collections.abc import Mapping
from functools import lru_cache
from importlib.util import find_spec
from pathlib import Path

from brochure.fast_dataclass import dataclass
from brochure.lazy_pattern import compile_lazily
from brochure.locales import fallback_locales
from brochure.system.cache import Kind, StoredCache
from brochure.system.disk_cache import disk_cache
from brochure.system.files import digest

DIGITS = str.maketrans("", "", "0123456789")
NON_PATTERN_PREFIXES = ("%", "#", "LEFTHYPHENMIN", "RIGHTHYPHENMIN", "COMPOUND", "NEXTLEVEL")
"""Prefixes of lines that hold a comment or a setting."""

DEFAULT_DICTIONARIES = {"en": "en_GB", "de": "de_DE", "pt": "pt_BR"}
"""The dictionary of a language that has several, for a tag without a region."""

HEX_ESCAPE = compile_lazily(r"\^\^([0-9a-f]{2})")


@dataclass(frozen=True, slots=True, eq=False)
class Patterns:
    """The patterns of a language, by their letters. `max_length` is the length of the longest."""

    by_letters: Mapping[str, str]
    max_length: int


def _serialize(patterns: Patterns) -> bytes:
    # Two texts with an entry on each line: splitting them takes less than half of the time of reading JSON.
    letters, lines = "\n".join(patterns.by_letters), "\n".join(patterns.by_letters.values())
    return f"{patterns.max_length}\0{letters}\0{lines}".encode()


def _deserialize(data: bytes | memoryview) -> Patterns:
    longest, letters, lines = str(data, "utf-8").split("\0")
    entries = zip(letters.split("\n"), lines.split("\n"), strict=True) if letters else ()
    return Patterns(dict(entries), int(longest))


PATTERNS = StoredCache(Kind("patterns", 3, _serialize, _deserialize), max_weight=32)


@lru_cache(maxsize=32)
def load_patterns(language: str) -> Patterns | None:
    """Return the patterns of a language or of its nearest fallback locale, or None."""
    dictionaries = find_dictionaries()
    tags = fallback_locales(language)
    names = (DEFAULT_DICTIONARIES.get(tag, tag.replace("-", "_")) for tag in tags)
    found = next((dictionaries[name] for name in names if name in dictionaries), None)
    if found is None:
        return None
    data = found.read_bytes()
    return PATTERNS.get(digest(data), disk_cache(), lambda: parse_patterns(data))


@lru_cache(maxsize=1)
def find_dictionaries() -> Mapping[str, Path]:
    """Return pyphen's dictionaries by language, as `pyphen.LANGUAGES`; importing pyphen imports `zipfile` and other modules."""
    spec = find_spec("pyphen")
    if spec is None or spec.origin is None:
        raise ModuleNotFoundError("pyphen is not installed")
    folder = Path(spec.origin).parent / "dictionaries"
    found: dict[str, Path] = {}
    for path in sorted(folder.glob("hyph_*.dic")):
        name = path.stem.removeprefix("hyph_")
        found[name] = path
        found.setdefault(name.partition("_")[0], path)
    return found


def parse_patterns(data: bytes) -> Patterns:
    """Parse a LibreOffice hyphenation dictionary: the encoding on the first line, then one pattern per line."""
    head, _, body = data.partition(b"\n")
    encoding = head.decode("ascii").strip()
    text = body.decode("cp1251" if encoding.casefold() == "microsoft-cp1251" else encoding)
    if "^^" in text:
        text = HEX_ESCAPE.sub(lambda match: chr(int(match.group(1), 16)), text)
    lines = (line.strip() for line in text.split("\n"))
    # A line without digits has no effect and must not replace one with the same letters.
    by_letters = {
        letters: line
        for line in lines
        if line and not line.startswith(NON_PATTERN_PREFIXES)
        if (letters := line.partition("/")[0].translate(DIGITS)) not in (line, "")
    }
    return Patterns(by_letters, max(map(len, by_letters), default=0))


def find_hyphenation_points(word: str, patterns: Patterns) -> tuple[int, ...]:
    """Return the offsets at which a word may be hyphenated.

    Between two letters the highest digit of all patterns decides; an odd one allows a hyphen. A
    word whose spelling would change when hyphenated (Hungarian asz-szony) is left whole.
    """
    dotted = f".{word.lower()}."
    highest = [0] * (len(dotted) + 1)
    changing = [False] * (len(dotted) + 1)
    for start in range(len(dotted) - 1):
        for end in range(start + 1, min(start + patterns.max_length, len(dotted)) + 1):
            line = patterns.by_letters.get(dotted[start:end])
            if line is None:
                continue
            for at, digit in _parse_digits(line):
                if digit >= highest[start + at]:
                    highest[start + at] = digit
                    changing[start + at] = "/" in line
    return tuple(at - 1 for at, digit in enumerate(highest) if digit % 2 and not changing[at])


@lru_cache(maxsize=16384)
def _parse_digits(line: str) -> tuple[tuple[int, int], ...]:
    """Return the non-zero digits of a pattern, each with the number of letters before it."""
    found, letters = [], 0
    for char in line.partition("/")[0]:
        if char.isdigit():
            found.append((letters, int(char)))
        else:
            letters += 1
    return tuple((at, digit) for at, digit in found if digit)
