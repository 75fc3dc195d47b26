"""Scripts of characters by ISO 15924 code and by name (Unicode's Scripts.txt)."""

from __future__ import annotations

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
