"""Whether a font file is what its tables say.

Takes the bytes of a TrueType or OpenType file or collection; gives what is wrong with it in words, or nothing. HarfBuzz reads
whatever it is given and leaves out what it cannot trust, so that a lying table would show as missing letters; here the
tables that everything rests on are held against each other and against the file (OpenType 1.9).
"""

from __future__ import annotations

import struct
from array import array
from collections.abc import Iterator, Mapping
from itertools import pairwise

COLLECTION = b"ttcf"
SIGNATURES = (b"\x00\x01\x00\x00", b"OTTO", b"true", COLLECTION)
NEEDED = ("cmap", "head", "hhea", "hmtx", "maxp", "name")
PICTURED = ("CBDT", "EBDT", "sbix", "SVG ")
"""Tables of fonts that are pictures; they may do without outlines."""
MAX_FACES = 256
MAGIC = 0x5F0F3CF5
LONG = 1
"""What `head` says where `loca` has offsets of four bytes."""

Tables = Mapping[str, memoryview]


def find_damage(data: bytes) -> str:
    """What is wrong with a font file; empty where nothing is."""
    if not data:
        return "the file is empty"
    if data[:4] not in SIGNATURES:
        return "it is neither TrueType nor OpenType"
    found = (wrong for start in faces(data) for wrong in _wrong(data, start))
    return next(found, "" if faces(data) else "it is a collection without fonts")


def faces(data: bytes) -> tuple[int, ...]:
    """Where the table directory of each font in the file begins; none where a collection's own does not fit."""
    if data[:4] != COLLECTION:
        return (0,)
    if len(data) < 12:
        return ()
    (count,) = struct.unpack_from(">I", data, 8)
    if not 0 < count <= MAX_FACES or 12 + 4 * count > len(data):
        return ()
    return struct.unpack_from(f">{count}I", data, 12)


def _wrong(data: bytes, start: int) -> Iterator[str]:
    """What is wrong with the font whose directory begins there, first things first."""
    places = _places(data, start)
    if places is None:
        yield "its directory of tables leads out of the file"
        return
    yield from _misplaced(data, places)
    whole = memoryview(data)
    tables = {tag: whole[at : at + length] for tag, (at, length) in places.items()}
    for check in (_head, _metrics, _outlines, _cmap, _names, _axes):
        try:
            yield from check(tables)
        except struct.error:
            yield f"its table '{check.__name__.strip('_')}' is cut off"


def _places(data: bytes, start: int) -> dict[str, tuple[int, int]] | None:
    """Where each table begins and how long it is; None where the directory does not fit into the file."""
    if len(data) < start + 12:
        return None
    (count,) = struct.unpack_from(">H", data, start + 4)
    if len(data) < start + 12 + 16 * count:
        return None
    records = (struct.unpack_from(">4s4xII", data, start + 12 + 16 * at) for at in range(count))
    return {tag.decode("latin-1"): (begin, length) for tag, begin, length in records}


def _misplaced(data: bytes, places: Mapping[str, tuple[int, int]]) -> Iterator[str]:
    """Tables that are missing, lead out of the file, or lie over each other or the directory."""
    missing = [tag for tag in NEEDED if tag not in places]
    if missing:
        yield f"its table '{missing[0]}' is missing"
    beyond = [tag for tag, (start, length) in places.items() if start + length > len(data)]
    if beyond:
        yield f"its table '{beyond[0]}' is cut off"
    filled = sorted(
        (start, start + length, tag) for tag, (start, length) in places.items() if length
    )
    for (_, end, tag), (start, _, other) in pairwise(filled):
        if start < end:
            yield f"its tables '{tag}' and '{other}' lie over each other"
    if filled and filled[0][0] < 12:
        yield f"its table '{filled[0][2]}' lies over its directory"


def _head(tables: Tables) -> Iterator[str]:
    magic, upem = struct.unpack_from(">I2xH", tables["head"], 12)
    form, _ = struct.unpack_from(">hh", tables["head"], 50)
    if magic != MAGIC:
        yield "its table 'head' is damaged"
    if not 16 <= upem <= 16384:
        yield f"its em has {upem} units; it must have from 16 to 16384"
    if form not in (0, LONG):
        yield f"its table 'head' names a form of 'loca' that is not there: {form}"


def _metrics(tables: Tables) -> Iterator[str]:
    glyphs, wide = _glyphs(tables), _wide(tables)
    if not glyphs:
        yield "it has no glyphs"
    if not 0 < wide <= glyphs:
        yield f"its table 'hhea' counts {wide:,} widths for {glyphs:,} glyphs"
    if len(tables["hmtx"]) < 4 * wide + 2 * (glyphs - wide):
        yield f"its table 'hmtx' is too short for {glyphs:,} glyphs"


def _glyphs(tables: Tables) -> int:
    (count,) = struct.unpack_from(">H", tables["maxp"], 4)
    return int(count)


def _wide(tables: Tables) -> int:
    (count,) = struct.unpack_from(">H", tables["hhea"], 34)
    return int(count)


def _outlines(tables: Tables) -> Iterator[str]:
    if "glyf" in tables and "loca" in tables:
        yield from _loca(tables)
    elif "CFF " in tables:
        if len(tables["CFF "]) < 8 or tables["CFF "][0] != 1:
            yield "its table 'CFF ' is damaged"
    elif "CFF2" not in tables and not any(tag in tables for tag in PICTURED):
        yield "it has no outlines: 'glyf' with 'loca', or 'CFF ', is missing"


def _loca(tables: Tables) -> Iterator[str]:
    """Offsets that are too few, go backwards, or lead out of the outlines."""
    (form,) = struct.unpack_from(">h", tables["head"], 50)
    offsets = locations(tables["loca"], form == LONG)
    glyphs = _glyphs(tables)
    if len(offsets) < glyphs + 1:
        yield f"its table 'loca' is too short for {glyphs:,} glyphs"
        return
    if len(offsets) > glyphs + 4:  # a few may be there to fill up four bytes
        yield f"its table 'maxp' counts {glyphs:,} glyphs, 'loca' {len(offsets) - 1:,}"
    used = offsets[: glyphs + 1]
    if any(after < before for before, after in pairwise(used)) or used[-1] > len(tables["glyf"]):
        yield "its table 'loca' leads out of its outlines"


def locations(loca: bytes | memoryview, long: bool) -> list[int]:  # noqa: FBT001  # as `head` says it
    """Where each glyph's outline begins in `glyf`, and where the last one ends."""
    size = 4 if long else 2
    offsets = array("I" if long else "H", bytes(loca[: len(loca) // size * size]))
    if struct.pack("=H", 1) != struct.pack(">H", 1):
        offsets.byteswap()
    return offsets.tolist() if long else [2 * at for at in offsets]


def _cmap(tables: Tables) -> Iterator[str]:
    """Subtables that lead out of the table, or count more than they hold."""
    cmap = tables["cmap"]
    (count,) = struct.unpack_from(">2xH", cmap)
    if 4 + 8 * count > len(cmap):
        yield f"its table 'cmap' counts {count:,} subtables, more than it holds"
        return
    for at in range(count):
        (start,) = struct.unpack_from(">4xI", cmap, 4 + 8 * at)
        if start + _needed(cmap, start) > len(cmap):
            yield "its table 'cmap' leads out of itself"
            return


def _needed(cmap: memoryview, start: int) -> int:
    """How many bytes a subtable takes at least, by what it counts."""
    (form,) = struct.unpack_from(">H", cmap, start) if start + 2 <= len(cmap) else (-1,)
    if form == 4:
        return 16 + 4 * int(struct.unpack_from(">6xH", cmap, start)[0])
    if form in (8, 12, 13):
        at = start + (8204 if form == 8 else 12)
        return at - start + 4 + 12 * int(struct.unpack_from(">I", cmap, at)[0])
    return {0: 262, 6: 10, 10: 20, 14: 10}.get(form, 2)


def _names(tables: Tables) -> Iterator[str]:
    name = tables["name"]
    count, storage = struct.unpack_from(">2xHH", name)
    if 6 + 12 * count > len(name) or storage > len(name):
        yield f"its table 'name' counts {count:,} names, more than it holds"


def _axes(tables: Tables) -> Iterator[str]:
    """Axes of a variable font that are more than it holds, or whose ends are the wrong way round."""
    if "fvar" not in tables:
        return
    fvar = tables["fvar"]
    start, _, count, size = struct.unpack_from(">4xHHHH", fvar)
    if size < 20 or start + count * size > len(fvar):
        yield f"its table 'fvar' counts {count:,} axes, more than it holds"
        return
    for at in range(count):
        least, default, most = struct.unpack_from(">4xiii", fvar, start + at * size)
        if not least <= default <= most:
            yield "its table 'fvar' has an axis whose ends are the wrong way round"
