"""Font programs for embedding.

TrueType subsets have only the tables that ISO 32000-1, 9.9 requires; OpenType CFF fonts are embedded as bare CFF. A cluster
of several glyphs (a syllable with its vowels and marks) becomes one composite glyph (OpenType 1.9, 'glyf'), so that one
code represents all of its text.
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
from brochure.fonts.outlines import OutlineError
from brochure.fonts.subset import subset
from brochure.pdf.cff import add_wider_glyphs, to_cid_keyed

Part = tuple[int, int, int]
"""A glyph of a cluster, with the offset of its origin from the cluster's, in font units."""

KEPT_TABLES = ("cvt ", "fpgm", "glyf", "head", "hhea", "hmtx", "loca", "maxp", "prep")
ARGS_ARE_WORDS, ARGS_ARE_XY, ROUND_TO_GRID, MORE_COMPONENTS = 0x1, 0x2, 0x4, 0x20
ON_CURVE, X_IS_SAME, Y_IS_SAME = 0x1, 0x10, 0x20
CHECKSUM_MAGIC = 0xB1B0AFBA

MIN_GLYPHS_TO_RENUMBER = 5000
"""Number of glyphs from which on a CFF is renumbered: empty glyphs take three bytes each and do not compress."""


@dataclass(frozen=True, slots=True)
class Cluster:
    """Glyphs that are shown as one, and their total advance in font units.

    A cluster without glyphs is an invisible line on the baseline, as long as the advance: pdfium omits text whose glyphs have no
    extent.
    """

    parts: tuple[Part, ...]
    advance: int


def cff_program(
    face: Face, glyphs: Iterable[int], wider: Mapping[int, tuple[int, int]] | None = None
) -> bytes:
    """Return the bare CFF of the face with these glyphs; glyph ids are CIDs.

    `wider` maps further CIDs to a glyph and its advance in font units; requires `has_cids`.
    """
    needed = {0, *glyphs, *(glyph for glyph, _ in (wider or {}).values())}
    with _report_damage(face):
        if face.program.hb.glyph_count > MIN_GLYPHS_TO_RENUMBER:
            program = _cff(subset(face, needed, renumbered=True))
            if _cids(program) == sorted(needed):
                return add_wider_glyphs(program, wider) if wider else program
        return to_cid_keyed(_cff(subset(face, needed)))


def has_cids(face: Face) -> bool:
    """Return True if the face is a large CID-keyed CFF font, as for Chinese and Japanese."""
    count = face.program.hb.glyph_count
    if count <= MIN_GLYPHS_TO_RENUMBER:
        return False
    last = {count - 2, count - 1}
    with _report_damage(face):
        return _cids(_cff(subset(face, last, renumbered=True))) == [0, *sorted(last)]


@contextmanager
def _report_damage(face: Face) -> Iterator[None]:
    """Raise `InputError` with the font's file if its tables are damaged, whatever fails."""
    try:
        yield
    except FAILURES as failure:
        is_explained = isinstance(failure, OutlineError)
        reason = failure if is_explained else "its tables are damaged"
        message = f"{face.file} cannot be used: subsetting failed: {reason}"
        hint = "replace the font, or remove it from assets/fonts"
        raise InputError([Finding("font-unreadable", message, Span(face.file), hint)]) from failure


FAILURES = (
    *(ArithmeticError, AssertionError, AttributeError, LookupError, RuntimeError, TypeError),
    *(ValueError, struct.error),
)
"""Exceptions of HarfBuzz, fontTools and our own code on damaged fonts."""


def _cff(font: bytes) -> bytes:
    data: bytes = hb.Face(font).reference_table("CFF ").data
    return data


def _cids(cff: bytes) -> list[int]:
    """Return the CIDs of a CFF's glyphs; empty if it is not CID-keyed."""
    # Imported here: only fonts with many thousand glyphs need it.
    from fontTools.cffLib import CFFFontSet

    fonts = CFFFontSet()
    fonts.decompile(io.BytesIO(cff), None)
    if not hasattr(fonts[0], "ROS"):
        return []
    return [0, *(int(name.removeprefix("cid")) for name in fonts[0].charset[1:])]


def truetype_program(
    face: Face, glyphs: Iterable[int], clusters: Sequence[Cluster]
) -> tuple[bytes, int]:
    """Return the TrueType program with these glyphs and clusters, and the glyph id of the first cluster."""
    needed = {part[0] for cluster in clusters for part in cluster.parts}
    with _report_damage(face):
        whole = hb.Face(subset(face, needed.union(glyphs)))
        tables = {
            tag: whole.reference_table(tag).data for tag in KEPT_TABLES if tag in whole.table_tags
        }
        first = _count(tables)
        if clusters:
            tables = _add_composites(tables, clusters)
        return _font_file(tables), first


def _count(tables: Mapping[str, bytes]) -> int:
    (count,) = struct.unpack_from(">H", tables["maxp"], 4)
    return int(count)


def _add_composites(tables: Mapping[str, bytes], clusters: Sequence[Cluster]) -> dict[str, bytes]:
    """Return the tables with a composite glyph for each cluster after the existing glyphs."""
    count = _count(tables)
    offsets = _outline_offsets(tables, count)
    outlines = [tables["glyf"]]
    metrics = [_long_metrics(tables, count)]
    for cluster in clusters:
        outline = _composite(cluster, tables["glyf"], offsets)
        left = struct.unpack_from(">h", outline, 2)[0] if outline else 0
        outlines.append(outline)
        metrics.append(struct.pack(">Hh", cluster.advance, left))
        offsets.append(offsets[-1] + len(outline))
    total = count + len(clusters)
    return {
        **tables,
        "glyf": b"".join(outlines),
        "loca": struct.pack(f">{total + 1}I", *offsets),
        "hmtx": b"".join(metrics),
        "hhea": tables["hhea"][:34] + struct.pack(">H", total),
        "head": tables["head"][:50] + struct.pack(">hh", 1, 0),
        "maxp": _limits(tables["maxp"], total, max(len(cluster.parts) for cluster in clusters)),
    }


def _outline_offsets(tables: Mapping[str, bytes], count: int) -> list[int]:
    """Return the offset of each glyph's outline, and the end of the last ('loca')."""
    if struct.unpack_from(">h", tables["head"], 50)[0]:
        return list(struct.unpack_from(f">{count + 1}I", tables["loca"]))
    return [half * 2 for half in struct.unpack_from(f">{count + 1}H", tables["loca"])]


def _long_metrics(tables: Mapping[str, bytes], count: int) -> bytes:
    """Return every glyph's advance and left side bearing ('hmtx')."""
    (long,) = struct.unpack_from(">H", tables["hhea"], 34)
    data = tables["hmtx"]
    if long >= count:
        return data[: 4 * count]
    last = data[4 * long - 4 : 4 * long - 2]
    bearings = data[4 * long : 4 * long + 2 * (count - long)]
    return data[: 4 * long] + b"".join(
        last + bearings[at : at + 2] for at in range(0, len(bearings), 2)
    )


def _composite(cluster: Cluster, glyf: bytes, offsets: Sequence[int]) -> bytes:
    """Return the composite outline of a cluster; empty if none of its glyphs has an outline."""
    if not cluster.parts:
        return _line(cluster.advance)
    seen = [part for part in cluster.parts if offsets[part[0] + 1] > offsets[part[0]]]
    if not seen:
        return b""
    boxes = [
        _moved_box(struct.unpack_from(">4h", glyf, offsets[glyph] + 2), dx, dy)
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
    """Return a contour from the origin along the baseline and back; it has no area."""
    box = struct.pack(">5h", 1, 0, 0, length, 0)
    ends = struct.pack(">HH", 1, 0)
    flags = bytes((ON_CURVE | X_IS_SAME | Y_IS_SAME, ON_CURVE | Y_IS_SAME))
    outline = box + ends + flags + struct.pack(">h", length)
    return outline + b"\0" * (-len(outline) % 4)


def _moved_box(box: Sequence[int], dx: int, dy: int) -> tuple[int, int, int, int]:
    left, low, right, high = box
    return left + dx, low + dy, right + dx, high + dy


def _limits(maxp: bytes, glyphs: int, parts: int) -> bytes:
    """Return 'maxp' with limits for composites of this many components; point counts are upper bounds."""
    fields = list(struct.unpack(">I14H", maxp[:32]))
    fields[1] = glyphs
    fields[4] = min(0xFFFF, parts * max(fields[2], fields[4]))
    fields[5] = min(0xFFFF, parts * max(fields[3], fields[5]))
    fields[13] = max(fields[13], parts)
    fields[14] += 1
    return struct.pack(">I14H", *fields)


def _font_file(tables: Mapping[str, bytes]) -> bytes:
    """Return the tables as a font file, with directory and checksums (OpenType 1.9, 'Organization of an OpenType Font')."""
    head = tables["head"]
    data = _assemble({**tables, "head": head[:8] + bytes(4) + head[12:]})
    adjustment = (CHECKSUM_MAGIC - _sum(data)) & 0xFFFFFFFF
    at = _table_offset(tables, "head") + 8
    return data[:at] + struct.pack(">I", adjustment) + data[at + 4 :]


def _assemble(tables: Mapping[str, bytes]) -> bytes:
    count = len(tables)
    power = count.bit_length() - 1
    head = struct.pack(">IHHHH", 0x00010000, count, 16 << power, power, (count - (1 << power)) * 16)
    records, bodies = [], []
    for tag in sorted(tables):
        body = tables[tag]
        place = _table_offset(tables, tag)
        padded = body + bytes(-len(body) % 4)
        records.append(struct.pack(">4sIII", tag.encode(), _sum(padded), place, len(body)))
        bodies.append(padded)
    return head + b"".join(records) + b"".join(bodies)


def _table_offset(tables: Mapping[str, bytes], needed: str) -> int:
    before = (len(tables[tag]) for tag in sorted(tables) if tag < needed)
    return 12 + 16 * len(tables) + sum(size + -size % 4 for size in before)


def _sum(data: bytes) -> int:
    words = struct.unpack(f">{len(data) // 4}I", data)
    return int(sum(words)) & 0xFFFFFFFF
