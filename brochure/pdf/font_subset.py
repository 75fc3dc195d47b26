"""Font programs as a PDF takes them.

Takes a face and the glyphs that were met; gives a TrueType program with no more than the tables that ISO 32000-1, 9.9, asks
for, or a bare CFF. A cluster of several glyphs (a syllable with its vowels and marks) becomes one glyph of its own, made
of references to the others (OpenType 1.9, 'glyf', composite glyphs): so one code stands for it and says all of its text.
"""

from __future__ import annotations

import io
import struct
from collections.abc import Iterable, Iterator, Mapping, Sequence
from contextlib import contextmanager

import uharfbuzz as hb

from brochure.errors import InputError
from brochure.fast_dataclass import dataclass
from brochure.findings import Finding, Span
from brochure.fonts.face import Face
from brochure.fonts.subset import subset
from brochure.pdf.cff import cff_widened, cid_keyed

Part = tuple[int, int, int]
"""A glyph in a cluster, and where its origin stands from the cluster's, in the font's units."""

KEPT = ("cvt ", "fpgm", "glyf", "head", "hhea", "hmtx", "loca", "maxp", "prep")
ARGS_ARE_WORDS, ARGS_ARE_XY, ROUND_TO_GRID, MORE_COMPONENTS = 0x1, 0x2, 0x4, 0x20
ON_CURVE, X_IS_SAME, Y_IS_SAME = 0x1, 0x10, 0x20
CHECKSUM_OF_ALL = 0xB1B0AFBA

MANY = 5000
"""From how many glyphs a CFF is worth renumbering: empty ones cost three bytes each, and do not compress."""


@dataclass(frozen=True, slots=True)
class Cluster:
    """Glyphs that are shown as one, and how far the pen moves over them, in the font's units.

    Without any glyphs, it is a line on the baseline as long as the pen moves and of no thickness: nothing is seen of it,
    but it has a place. (What has none, pdfium leaves out of the text.)
    """

    parts: tuple[Part, ...]
    advance: int


def cff_program(
    face: Face, glyphs: Iterable[int], wider: Mapping[int, tuple[int, int]] | None = None
) -> bytes:
    """The bare CFF of the face with these glyphs; a glyph's number is its CID.

    `wider` are further CIDs, each for a glyph again that takes another room, in the font's units; only where it `has_cids`.
    """
    wanted = {0, *glyphs, *(glyph for glyph, _ in (wider or {}).values())}
    with _sound(face):
        if face.program.hb.glyph_count > MANY:
            together = _cff(subset(face, wanted, renumbered=True))
            if _cids(together) == sorted(wanted):
                return cff_widened(together, wider) if wider else together
        return cid_keyed(_cff(subset(face, wanted)))


def has_cids(face: Face) -> bool:
    """Whether the face is a CFF of many glyphs that are named by their numbers: as fonts for Chinese and Japanese are."""
    count = face.program.hb.glyph_count
    if count <= MANY:
        return False
    last = {count - 2, count - 1}
    with _sound(face):
        return _cids(_cff(subset(face, last, renumbered=True))) == [0, *sorted(last)]


@contextmanager
def _sound(face: Face) -> Iterator[None]:
    """Says which font it is whose tables break off or contradict each other, whatever is stumbled over."""
    try:
        yield
    except FAILURES as failure:
        message = f"{face.file} cannot be used: its glyphs cannot be taken out ({failure or type(failure).__name__})"
        hint = "replace it, or take it out of assets/fonts"
        raise InputError([Finding("font-unreadable", message, Span(face.file), hint)]) from failure


FAILURES = (
    *(ArithmeticError, AssertionError, AttributeError, LookupError, RuntimeError, TypeError),
    *(ValueError, struct.error),
)
"""What HarfBuzz's subsetter, the reader of CFF and we ourselves come to in a damaged font."""


def _cff(font: bytes) -> bytes:
    data: bytes = hb.Face(font).reference_table("CFF ").data
    return data


def _cids(cff: bytes) -> list[int]:
    """The character ids of a CFF's glyphs; empty where it has none."""
    # Imported here: only fonts of many thousand glyphs need it.
    from fontTools.cffLib import CFFFontSet

    fonts = CFFFontSet()
    fonts.decompile(io.BytesIO(cff), None)
    if not hasattr(fonts[0], "ROS"):
        return []
    return [0, *(int(name.removeprefix("cid")) for name in fonts[0].charset[1:])]


def truetype_program(
    face: Face, glyphs: Iterable[int], clusters: Sequence[Cluster]
) -> tuple[bytes, int]:
    """The TrueType program of the face with these glyphs and clusters, and the number of the first cluster's glyph."""
    needed = {part[0] for cluster in clusters for part in cluster.parts}
    with _sound(face):
        whole = hb.Face(subset(face, needed.union(glyphs)))
        tables = {tag: whole.reference_table(tag).data for tag in KEPT if tag in whole.table_tags}
        first = _count(tables)
        if clusters:
            tables = _joined(tables, clusters)
        return _file(tables), first


def _count(tables: Mapping[str, bytes]) -> int:
    (count,) = struct.unpack_from(">H", tables["maxp"], 4)
    return int(count)


def _joined(tables: Mapping[str, bytes], clusters: Sequence[Cluster]) -> dict[str, bytes]:
    """The tables with a composite glyph for each cluster behind the glyphs that are there."""
    count = _count(tables)
    places = _places(tables, count)
    outlines = [tables["glyf"]]
    metrics = [_long_metrics(tables, count)]
    for cluster in clusters:
        outline = _composite(cluster, tables["glyf"], places)
        left = struct.unpack_from(">h", outline, 2)[0] if outline else 0
        outlines.append(outline)
        metrics.append(struct.pack(">Hh", cluster.advance, left))
        places.append(places[-1] + len(outline))
    total = count + len(clusters)
    return {
        **tables,
        "glyf": b"".join(outlines),
        "loca": struct.pack(f">{total + 1}I", *places),
        "hmtx": b"".join(metrics),
        "hhea": tables["hhea"][:34] + struct.pack(">H", total),
        "head": tables["head"][:50] + struct.pack(">hh", 1, 0),
        "maxp": _limits(tables["maxp"], total, max(len(cluster.parts) for cluster in clusters)),
    }


def _places(tables: Mapping[str, bytes], count: int) -> list[int]:
    """Where each glyph's outline begins, and where the last one ends ('loca')."""
    if struct.unpack_from(">h", tables["head"], 50)[0]:
        return list(struct.unpack_from(f">{count + 1}I", tables["loca"]))
    return [half * 2 for half in struct.unpack_from(f">{count + 1}H", tables["loca"])]


def _long_metrics(tables: Mapping[str, bytes], count: int) -> bytes:
    """Every glyph's advance and left side bearing, none left out ('hmtx')."""
    (long,) = struct.unpack_from(">H", tables["hhea"], 34)
    data = tables["hmtx"]
    if long >= count:
        return data[: 4 * count]
    last = data[4 * long - 4 : 4 * long - 2]
    bearings = data[4 * long : 4 * long + 2 * (count - long)]
    return data[: 4 * long] + b"".join(
        last + bearings[at : at + 2] for at in range(0, len(bearings), 2)
    )


def _composite(cluster: Cluster, glyf: bytes, places: Sequence[int]) -> bytes:
    """The outline that refers to the cluster's glyphs; empty where none of them shows anything."""
    if not cluster.parts:
        return _line(cluster.advance)
    seen = [part for part in cluster.parts if places[part[0] + 1] > places[part[0]]]
    if not seen:
        return b""
    boxes = [
        _moved_box(struct.unpack_from(">4h", glyf, places[glyph] + 2), dx, dy)
        for glyph, dx, dy in seen
    ]
    left, low, right, high = zip(*boxes, strict=True)
    parts = [struct.pack(">5h", -1, min(left), min(low), max(right), max(high))]
    for at, (glyph, dx, dy) in enumerate(seen):
        more = MORE_COMPONENTS if at + 1 < len(seen) else 0
        flags = ARGS_ARE_WORDS | ARGS_ARE_XY | ROUND_TO_GRID | more
        parts.append(struct.pack(">HHhh", flags, glyph, dx, dy))
    outline = b"".join(parts)
    return outline + b"\0" * (-len(outline) % 4)


def _line(length: int) -> bytes:
    """A contour from the origin along the baseline and back; it encloses nothing."""
    box = struct.pack(">5h", 1, 0, 0, length, 0)
    ends = struct.pack(">HH", 1, 0)
    flags = bytes((ON_CURVE | X_IS_SAME | Y_IS_SAME, ON_CURVE | Y_IS_SAME))
    outline = box + ends + flags + struct.pack(">h", length)
    return outline + b"\0" * (-len(outline) % 4)


def _moved_box(box: Sequence[int], dx: int, dy: int) -> tuple[int, int, int, int]:
    left, low, right, high = box
    return left + dx, low + dy, right + dx, high + dy


def _limits(maxp: bytes, glyphs: int, parts: int) -> bytes:
    """'maxp' with room for composites of so many parts; the counts of points are upper bounds."""
    fields = list(struct.unpack(">I14H", maxp[:32]))
    fields[1] = glyphs
    fields[4] = min(0xFFFF, parts * max(fields[2], fields[4]))
    fields[5] = min(0xFFFF, parts * max(fields[3], fields[5]))
    fields[13] = max(fields[13], parts)
    fields[14] += 1
    return struct.pack(">I14H", *fields)


def _file(tables: Mapping[str, bytes]) -> bytes:
    """The tables as a font file, with its directory and checksums (OpenType 1.9, 'Organization of an OpenType Font')."""
    head = tables["head"]
    data = _assembled({**tables, "head": head[:8] + bytes(4) + head[12:]})
    adjustment = (CHECKSUM_OF_ALL - _sum(data)) & 0xFFFFFFFF
    at = _assembled_place(tables, "head") + 8
    return data[:at] + struct.pack(">I", adjustment) + data[at + 4 :]


def _assembled(tables: Mapping[str, bytes]) -> bytes:
    count = len(tables)
    power = count.bit_length() - 1
    head = struct.pack(">IHHHH", 0x00010000, count, 16 << power, power, (count - (1 << power)) * 16)
    records, bodies = [], []
    for tag in sorted(tables):
        body = tables[tag]
        place = _assembled_place(tables, tag)
        padded = body + bytes(-len(body) % 4)
        records.append(struct.pack(">4sIII", tag.encode(), _sum(padded), place, len(body)))
        bodies.append(padded)
    return head + b"".join(records) + b"".join(bodies)


def _assembled_place(tables: Mapping[str, bytes], wanted: str) -> int:
    before = (len(tables[tag]) for tag in sorted(tables) if tag < wanted)
    return 12 + 16 * len(tables) + sum(size + -size % 4 for size in before)


def _sum(data: bytes) -> int:
    words = struct.unpack(f">{len(data) // 4}I", data)
    return int(sum(words)) & 0xFFFFFFFF
