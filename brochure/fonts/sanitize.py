"""Check that a font file is consistent with its own tables (OpenType 1.9).

HarfBuzz accepts any file and ignores what it cannot use, so that a damaged table would show as
missing letters. The tables that everything else depends on are checked against each other and
against the file.
"""

from __future__ import annotations

import struct
from array import array
from collections.abc import Callable, Iterator, Mapping
from itertools import pairwise

COLLECTION = b"ttcf"
SIGNATURES = (b"\x00\x01\x00\x00", b"OTTO", b"true", COLLECTION)
REQUIRED_TABLES = ("cmap", "head", "hhea", "hmtx", "maxp", "name")
BITMAP_TABLES = ("CBDT", "EBDT", "sbix", "SVG ")
"""Tables of bitmap and SVG fonts, which may have no outlines."""
MAX_FACES = 256
MAGIC = 0x5F0F3CF5
LONG_OFFSETS = 1
"""Value of `indexToLocFormat` in `head` for 32-bit offsets in `loca`."""

Tables = Mapping[str, memoryview]


def find_damage(data: bytes) -> str:
    """Return the first fault of a font file in words; empty if there is none."""
    if not data:
        return "the file is empty"
    if data[:4] not in SIGNATURES:
        return "it is not a TrueType or OpenType font"
    found = (fault for start in faces(data) for fault in _find_faults(data, start))
    return next(
        found, "" if faces(data) else "the font collection is empty or its header is damaged"
    )


def faces(data: bytes) -> tuple[int, ...]:
    """Return the offset of the table directory of each font; empty if the header of a collection is damaged."""
    if data[:4] != COLLECTION:
        return (0,)
    if len(data) < 12:
        return ()
    (count,) = struct.unpack_from(">I", data, 8)
    if not 0 < count <= MAX_FACES or 12 + 4 * count > len(data):
        return ()
    return struct.unpack_from(f">{count}I", data, 12)


def _find_faults(data: bytes, start: int) -> Iterator[str]:
    """Yield the faults of the font whose table directory is at `start`."""
    places = _read_directory(data, start)
    if places is None:
        yield "the table directory extends beyond the end of the file"
        return
    yield from _check_directory(data, places)
    whole = memoryview(data)
    tables = {tag: whole[at : at + length] for tag, (at, length) in places.items()}
    for names, check in CHECKS.items():
        try:
            yield from check(tables)
        except struct.error:
            yield f"table {names} is truncated"


def _read_directory(data: bytes, start: int) -> dict[str, tuple[int, int]] | None:
    """Return offset and length of each table, or None if the directory does not fit in the file."""
    if len(data) < start + 12:
        return None
    (count,) = struct.unpack_from(">H", data, start + 4)
    if len(data) < start + 12 + 16 * count:
        return None
    records = (struct.unpack_from(">4s4xII", data, start + 12 + 16 * at) for at in range(count))
    return {tag.decode("latin-1"): (begin, length) for tag, begin, length in records}


def _check_directory(data: bytes, places: Mapping[str, tuple[int, int]]) -> Iterator[str]:
    """Yield tables that are missing, truncated, or overlap each other or the directory."""
    missing = [tag for tag in REQUIRED_TABLES if tag not in places]
    if missing:
        yield f"table '{missing[0]}' is missing"
    beyond = [tag for tag, (start, length) in places.items() if start + length > len(data)]
    if beyond:
        yield f"table '{beyond[0]}' is truncated"
    filled = sorted(
        (start, start + length, tag) for tag, (start, length) in places.items() if length
    )
    for (_, end, tag), (start, _, other) in pairwise(filled):
        if start < end:
            yield f"tables '{tag}' and '{other}' overlap"
    if filled and filled[0][0] < 12:
        yield f"table '{filled[0][2]}' overlaps the table directory"


def _check_head(tables: Tables) -> Iterator[str]:
    magic, upem = struct.unpack_from(">I2xH", tables["head"], 12)
    offset_format, _ = struct.unpack_from(">hh", tables["head"], 50)
    if magic != MAGIC:
        yield "table 'head' is damaged"
    if not 16 <= upem <= 16384:
        yield f"the em has {upem} units; expected 16 to 16384"
    if offset_format not in (0, LONG_OFFSETS):
        yield f"table 'head' has an unknown format of 'loca': {offset_format}"


def _check_metrics(tables: Tables) -> Iterator[str]:
    glyphs, widths = _glyph_count(tables), _metric_count(tables)
    if not glyphs:
        yield "it has no glyphs"
    if not 0 < widths <= glyphs:
        yield f"table 'hhea' declares {widths:,} widths for {glyphs:,} glyphs"
    if len(tables["hmtx"]) < 4 * widths + 2 * (glyphs - widths):
        yield f"table 'hmtx' is too short for {glyphs:,} glyphs"


def _glyph_count(tables: Tables) -> int:
    (count,) = struct.unpack_from(">H", tables["maxp"], 4)
    return int(count)


def _metric_count(tables: Tables) -> int:
    (count,) = struct.unpack_from(">H", tables["hhea"], 34)
    return int(count)


def _check_outlines(tables: Tables) -> Iterator[str]:
    if "glyf" in tables and "loca" in tables:
        yield from _check_loca(tables)
    elif "CFF " in tables:
        if len(tables["CFF "]) < 8 or tables["CFF "][0] != 1:
            yield "table 'CFF ' is damaged"
    elif "CFF2" not in tables and not any(tag in tables for tag in BITMAP_TABLES):
        yield "it has no outlines; expected tables 'glyf' and 'loca', or 'CFF '"


def _check_loca(tables: Tables) -> Iterator[str]:
    """Yield faults of `loca`: too few offsets, or offsets out of order or beyond `glyf`."""
    (offset_format,) = struct.unpack_from(">h", tables["head"], 50)
    offsets = locations(tables["loca"], offset_format == LONG_OFFSETS)
    glyphs = _glyph_count(tables)
    if len(offsets) < glyphs + 1:
        yield f"table 'loca' is too short for {glyphs:,} glyphs"
        return
    if len(offsets) > glyphs + 4:  # a few may pad the table to four bytes
        yield f"table 'maxp' declares {glyphs:,} glyphs, 'loca' {len(offsets) - 1:,}"
    used = offsets[: glyphs + 1]
    if any(after < before for before, after in pairwise(used)) or used[-1] > len(tables["glyf"]):
        yield "table 'loca' has offsets out of order or beyond 'glyf'"


def locations(loca: bytes | memoryview, long: bool) -> list[int]:  # noqa: FBT001  # a flag of the table `head`
    """Return the offset of each glyph's outline in `glyf`, and the end of the last one."""
    size = 4 if long else 2
    offsets = array("I" if long else "H", bytes(loca[: len(loca) // size * size]))
    if struct.pack("=H", 1) != struct.pack(">H", 1):
        offsets.byteswap()
    return offsets.tolist() if long else [2 * at for at in offsets]


def _check_cmap(tables: Tables) -> Iterator[str]:
    """Yield subtables that extend beyond the table or declare more than they contain."""
    cmap = tables["cmap"]
    (count,) = struct.unpack_from(">2xH", cmap)
    if 4 + 8 * count > len(cmap):
        yield f"table 'cmap' declares {count:,} subtables, more than it contains"
        return
    for at in range(count):
        (start,) = struct.unpack_from(">4xI", cmap, 4 + 8 * at)
        if start + _min_subtable_size(cmap, start) > len(cmap):
            yield "table 'cmap' has a subtable beyond its end"
            return


def _min_subtable_size(cmap: memoryview, start: int) -> int:
    """Return the least size of a subtable in bytes, from its counts."""
    (subtable_format,) = struct.unpack_from(">H", cmap, start) if start + 2 <= len(cmap) else (-1,)
    if subtable_format == 4:
        return 16 + 4 * int(struct.unpack_from(">6xH", cmap, start)[0])
    if subtable_format in (8, 12, 13):
        at = start + (8204 if subtable_format == 8 else 12)
        return at - start + 4 + 12 * int(struct.unpack_from(">I", cmap, at)[0])
    return {0: 262, 6: 10, 10: 20, 14: 10}.get(subtable_format, 2)


def _check_names(tables: Tables) -> Iterator[str]:
    name = tables["name"]
    count, storage = struct.unpack_from(">2xHH", name)
    if 6 + 12 * count > len(name) or storage > len(name):
        yield f"table 'name' declares {count:,} names, more than it contains"


def _check_axes(tables: Tables) -> Iterator[str]:
    """Yield faults of `fvar`: more axes than it contains, or limits out of order."""
    if "fvar" not in tables:
        return
    fvar = tables["fvar"]
    start, _, count, size = struct.unpack_from(">4xHHHH", fvar)
    if size < 20 or start + count * size > len(fvar):
        yield f"table 'fvar' declares {count:,} axes, more than it contains"
        return
    for at in range(count):
        minimum, default, maximum = struct.unpack_from(">4xiii", fvar, start + at * size)
        if not minimum <= default <= maximum:
            yield "table 'fvar' has an axis whose minimum, default and maximum are out of order"


CHECKS: dict[str, Callable[[Tables], Iterator[str]]] = {
    "'head'": _check_head,
    "'maxp' or 'hhea'": _check_metrics,
    "'head' or 'maxp'": _check_outlines,
    "'cmap'": _check_cmap,
    "'name'": _check_names,
    "'fvar'": _check_axes,
}
"""The checks, by the tables that they read."""
