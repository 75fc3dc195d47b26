"""Copies fonts of artwork (ISO 32000-1, 9): known entries only, without metadata. Glyphs of Type 3 fonts are converted."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any

from brochure.artwork.syntax import Ref
from brochure.artwork.work import Work
from brochure.pdf_input.streams import read_stream
from brochure.pdf_input.values import (
    get,
    get_array,
    get_dictionary,
    get_numbers,
    get_stream,
    get_text,
    is_number,
    resolve,
)

FONT_KEYS = (
    *(
        "Type",
        "Subtype",
        "BaseFont",
        "FirstChar",
        "LastChar",
        "Widths",
        "FontDescriptor",
        "Encoding",
    ),
    *("ToUnicode", "DescendantFonts", "CIDSystemInfo", "DW", "W", "DW2", "W2", "CIDToGIDMap"),
)
DESCRIPTOR_KEYS = (
    *(
        "Type",
        "FontName",
        "FontStretch",
        "FontWeight",
        "Flags",
        "FontBBox",
        "ItalicAngle",
        "Ascent",
    ),
    *("Descent", "Leading", "CapHeight", "XHeight", "StemV", "StemH", "AvgWidth", "MaxWidth"),
    *("MissingWidth", "FontFile", "FontFile2", "FontFile3"),
)
OTHER_KEYS = (
    *(
        "Registry",
        "Ordering",
        "Supplement",
        "BaseEncoding",
        "Differences",
        "CMapName",
        "WMode",
        "UseCMap",
    ),
    *("Length1", "Length2", "Length3"),
)
KEYS = frozenset((*FONT_KEYS, *DESCRIPTOR_KEYS, *OTHER_KEYS))
"""Entries that are copied; CIDSet and CharSet are not, since they are often wrong and need not be there."""
FONT_FILES = ("/FontFile", "/FontFile2", "/FontFile3")
MAX_DEPTH = 8


def convert_font(work: Work, font: Any) -> Ref | None:
    """Return a font of the form; None if `font` is not one. Fonts that are not embedded are noted."""
    if not isinstance(font, dict):
        return None
    key = ("font", id(font))
    if key not in work.made:
        work.made[key] = None  # a glyph that is set in its own font
        is_type3 = get_text(font, "/Subtype") == "/Type3"
        work.made[key] = _convert_type3(work, font) if is_type3 else _copy_font(work, font)
    return work.made[key]


def _copy_font(work: Work, font: Any) -> Ref:
    holder = next(iter(get_array(font, "/DescendantFonts")), font)
    descriptor = get(holder, "/FontDescriptor")
    if not any(get_stream(descriptor, key) for key in FONT_FILES):
        name = get_text(font, "/BaseFont").removeprefix("/")
        work.found.fonts[name or "without a name"] = None
    if work.is_inspected:
        return work.objects.add({})
    return work.objects.add(_copy(work, font, 0))


def _copy(work: Work, value: Any, depth: int) -> Any:
    value = resolve(value)
    if depth > MAX_DEPTH or value is None:
        return None
    if hasattr(value, "get_data"):
        return _copy_stream(work, value, depth)
    if isinstance(value, dict):
        return _copy_entries(work, value, depth)
    if isinstance(value, list):
        return [_copy(work, one, depth + 1) for one in value]
    return plain(value)


def _copy_entries(work: Work, value: Mapping[str, Any], depth: int) -> dict[str, Any]:
    names = (key[1:] for key in value if key[1:] in KEYS)
    return {name: _copy(work, value.get(f"/{name}"), depth + 1) for name in names}


def _copy_stream(work: Work, stream: Any, depth: int) -> Ref:
    key = ("stream", id(stream))
    made = work.made.get(key)
    if made is None:
        entries = _copy_entries(work, stream, depth)
        entries.pop("Length", None)
        if get_text(stream, "/Subtype") and "Subtype" not in entries:
            entries["Subtype"] = get_text(stream, "/Subtype")
        made = work.made[key] = work.objects.add_stream(entries, read_stream(stream))
    return made


def plain(value: Any) -> Any:
    """Return a name, string, number or Boolean of pypdf as Python's."""
    if isinstance(value, bool) or type(value).__name__ == "BooleanObject":
        return bool(getattr(value, "value", value))
    if type(value).__name__ == "NameObject":
        return str(value)
    original = getattr(value, "original_bytes", None)
    if original is not None:
        return bytes(original)
    if isinstance(value, bytes):
        return bytes(value)
    if isinstance(value, int):
        return int(value)
    return float(value) if is_number(value) else None


def _convert_type3(work: Work, font: Any) -> Ref:
    """Convert a font whose glyphs are content streams (9.6.5)."""
    resources = get(font, "/Resources") or {}
    procedures: dict[str, Any] = {}
    shared: dict[str, Any] = {}
    for name, stream in get_dictionary(font, "/CharProcs").items():
        glyph = resolve(stream)
        if not hasattr(glyph, "get_data"):
            continue
        work.enter()
        data, used = work.rewrite(work, glyph, resources, is_coloured=work.target.is_coloured)
        work.leave()
        procedures[name[1:]] = work.objects.add_stream({}, data)
        for kind, named in used.items():
            shared.setdefault(kind, {}).update(named)
    entries = {
        "Type": "/Font",
        "Subtype": "/Type3",
        "FontBBox": list(get_numbers(font, "/FontBBox", 4) or (0, 0, 0, 0)),
        "FontMatrix": list(get_numbers(font, "/FontMatrix", 6) or (0.001, 0, 0, 0.001, 0, 0)),
        "CharProcs": procedures,
        "Resources": shared,
    }
    for key in ("FirstChar", "LastChar", "Widths", "Encoding", "ToUnicode"):
        if f"/{key}" in font:
            entries[key] = _copy(work, font.get(f"/{key}"), 0)
    return work.objects.add(entries)
