"""Characters without a glyph, merged into one finding for each script and font family."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Sequence

from brochure.findings import Finding
from brochure.fonts.catalog import FontCatalog
from brochure.typeset.itemize import MissingGlyph
from brochure.typeset.script_runs import script_code, script_name

MAX_NAMED_MESSAGES = 3
"""How many messages a finding names."""

ANY_SCRIPT = "any"
"""The key under `fonts: fallback` for characters that belong to no single script."""


def merge_missing_glyphs(
    missing: Iterable[MissingGlyph], font_catalog: FontCatalog
) -> Iterator[Finding]:
    """Yield one finding for each script and family; a paragraph that was set several times counts once."""
    groups: dict[tuple[str, str], list[MissingGlyph]] = {}
    for glyph in dict.fromkeys(missing):
        groups.setdefault((script_code(glyph.char), glyph.family), []).append(glyph)
    for (script, family), glyphs in groups.items():
        spans = sorted(glyph.span for glyph in glyphs if glyph.span)
        message = f"{script_name(script) if script else 'Symbols'}: {_counts(glyphs)} no glyph in {family}"
        hint = _hint(script or ANY_SCRIPT, glyphs, font_catalog)
        yield Finding("glyph-missing", message, spans[0] if spans else None, hint)


def _counts(glyphs: Sequence[MissingGlyph]) -> str:
    """Return the subject of the finding's sentence, with its verb."""
    chars = {glyph.char for glyph in glyphs}
    char = min(chars)
    if len(glyphs) == 1:
        subject = f"'{char}' (U+{ord(char):04X})"
    elif len(chars) == 1:
        subject = f"{len(glyphs)} times '{char}' (U+{ord(char):04X})"
    else:
        subject = f"{len(glyphs)} characters"
    verb = "has" if len(glyphs) == 1 else "have"
    return f"{subject}{_messages(glyphs)} {verb}"


def _messages(glyphs: Sequence[MissingGlyph]) -> str:
    keys = list(dict.fromkeys(glyph.key for glyph in glyphs if glyph.key))
    if not keys:
        return ""
    if len(keys) == 1:
        return f" in message '{keys[0]}'"
    named = ", ".join(f"'{key}'" for key in keys[:MAX_NAMED_MESSAGES])
    more = ", …" if len(keys) > MAX_NAMED_MESSAGES else ""
    return f" in {len(keys)} messages ({named}{more})"


def _hint(script: str, glyphs: Sequence[MissingGlyph], font_catalog: FontCatalog) -> str:
    """Name the installed family that has most of the characters, and the line of the layout that uses it."""
    chars = {glyph.char for glyph in glyphs}
    families = sorted({glyph.available_in for glyph in glyphs if glyph.available_in})
    if not families:
        return (
            f"{_pictures(glyphs, font_catalog)}no installed family has"
            f" {'it' if len(chars) == 1 else 'them'}; install one"
            f" and add `{script}: FAMILY` under fonts: fallback"
        )
    counts = {family: _covered(font_catalog, family, chars) for family in families}
    best = max(families, key=lambda family: counts[family])
    add = f"{_pictures(glyphs, font_catalog)}add `{script}: {best}` under fonts: fallback"
    if counts[best] == len(chars):
        return add
    return f"{add}; {best} has {counts[best]} of the {len(chars)} different characters"


def _pictures(glyphs: Sequence[MissingGlyph], font_catalog: FontCatalog) -> str:
    """Say if the family has the characters only as bitmaps or in colours."""
    programs = font_catalog.programs(glyphs[0].family)
    chars = {glyph.char for glyph in glyphs}
    if not any(program.has_only_picture(char) for program in programs for char in chars):
        return ""
    return "glyphs in colours and bitmap glyphs are not supported; "


def _covered(font_catalog: FontCatalog, family: str, chars: Iterable[str]) -> int:
    programs = font_catalog.programs(family)
    return sum(any(program.has(char) for program in programs) for char in chars)
