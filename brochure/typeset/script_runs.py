"""Resolve the script of each character of a paragraph, from which its face follows.

Common and inherited characters join their neighbours (UAX #24), with two exceptions. A number that is not part of a word takes
the script of its line, so that all figures of a line are set in one face. Full-width characters take the script of
Chinese, Japanese or Korean, also next to a Latin word.
"""

from __future__ import annotations

import unicodedata
from collections.abc import Sequence

from brochure.lazy_pattern import compile_lazily
from brochure.typeset.script_rules import scripts_of_language

LATIN_TEXT = compile_lazily(
    r"[\x00-\u024f\u2000-\u206f\u20a0-\u20bf\u2100-\u214f\u2190-\u21ff\u2200-\u22ff]*"
)
COMMON = ("Zyyy", "Zinh", "Zzzz")
NUMBER = compile_lazily("[+\u2212-]?[0-9]++(?:[.,:/\u00a0\u202f'’–-][0-9]++)*+[%‰°]?")
LINE = compile_lazily(r"[^\n]*")

FULL_WIDTH = compile_lazily("[\u3000-\u303f\u30fb\u30fc\ufe30-\ufe4f\uff01-\uff60\uffe0-\uffe6]")
EAST_ASIAN = ("Hani", "Hira", "Kana", "Hang", "Bopo")


def resolve_scripts(text: str, language: str) -> Sequence[str]:
    """Return the script (ISO 15924) of each character of a paragraph in a language."""
    if is_latin(text):
        return ["Latn"] * len(text)
    own = scripts_of_language(language)
    found = _join_neighbours(text, own[0])
    # Without letters there is nothing to join.
    first = next((script for script in found if script), "Latn")
    scripts = [script or first for script in found]
    for line in LINE.finditer(text):
        if not set(own).isdisjoint(scripts[line.start() : line.end()]):
            _set_numbers(text, line.span(), scripts, own)
    return scripts


def is_latin(text: str) -> bool:
    """Return True if all characters are set as Latin script in every language."""
    return text.isascii() or LATIN_TEXT.fullmatch(text) is not None


def _join_neighbours(text: str, own: str) -> list[str]:
    """Return the script of each character; common ones take the script before them, and none at the start.

    Characters shared by a few scripts (a danda, a corner bracket) take that script only if it is
    one of these, else the paragraph's `own`.
    """
    # Imported on demand: the import takes 7 ms and text in Latin script does not need it.
    from fontTools.unicodedata import script as script_of
    from fontTools.unicodedata import script_extension

    scripts: list[str] = []
    current = ""
    for char in text:
        script = script_of(char)
        if script in ("Latn", *COMMON) and FULL_WIDTH.match(char):
            current = next((one for one in (current, own) if one in EAST_ASIAN), EAST_ASIAN[0])
        elif script not in COMMON:
            current = script
        elif char > "\u02ff" and not is_mark(char):
            shared = script_extension(char)
            is_shared = current in shared or not shared.isdisjoint(COMMON)
            current = current if is_shared else own if own in shared else min(shared)
        scripts.append(current)
    return scripts


def _set_numbers(text: str, line: tuple[int, int], scripts: list[str], own: Sequence[str]) -> None:
    """Set the numbers of a line that has letters of its own script in that script.

    A number that touches a letter takes that letter's script, and one between words of another script takes theirs.
    """
    numbers = list(NUMBER.finditer(text, *line))
    if not numbers:
        return
    before = _letters_before(text, range(*line), scripts)
    after = _letters_before(text, range(line[1] - 1, line[0] - 1, -1), scripts)[::-1]
    for match in numbers:
        start, end = match.span()
        if start > line[0] and _is_letter(text[start - 1]):
            continue
        left, right = before[start - line[0]], after[end - 1 - line[0]]
        if not right and own[0] == "Latn":
            continue  # at the end of a line, after words of another script
        if left != right and not (end < line[1] and _is_letter(text[end])):
            right = next((one for one in (left, right) if one in own), own[0])
        scripts[start:end] = [right or own[0]] * (end - start)


def _letters_before(text: str, places: range, scripts: Sequence[str]) -> list[str]:
    """Return, for each place, the script of the last letter up to it; empty before the first letter."""
    found: list[str] = []
    current = ""
    for at in places:
        current = scripts[at] if _is_letter(text[at]) else current
        found.append(current)
    return found


def _is_letter(char: str) -> bool:
    return char.isalpha() or is_mark(char)


def is_mark(char: str) -> bool:
    """Return True for combining marks."""
    return char > "\u02ff" and unicodedata.category(char).startswith("M")


NO_SCRIPT = frozenset({"Zinh", "Zyyy", "Zzzz"})
"""Codes of characters that belong to no single script: inherited, common, unknown."""


def script_code(char: str) -> str:
    """Return the ISO 15924 code of a character's script; empty if it belongs to no single script."""
    # Imported here: text in Latin letters alone does not need the tables.
    from fontTools.unicodedata import script

    code = script(char)
    return "" if code in NO_SCRIPT else code


def script_name(code: str) -> str:
    """Return the English name of a script."""
    from fontTools.unicodedata import script_name as name

    name_in_english: str = name(code)
    return name_in_english
