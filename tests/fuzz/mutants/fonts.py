"""Damaged fonts: a directory with offsets beyond the file, tables lost or exchanged, false numbers in tables.

Damages a good TrueType or OpenType font. The tables that are read for layout and drawing are damaged more often.
"""

from __future__ import annotations

import struct
from random import Random

from tests.fuzz.mutants import _bytes

OFTEN = (
    b"head",
    b"hhea",
    b"maxp",
    b"hmtx",
    b"loca",
    b"glyf",
    b"cmap",
    b"OS/2",
    b"post",
    b"name",
    b"CFF ",
)
VARYING = (b"fvar", b"avar", b"gvar", b"HVAR", b"MVAR", b"STAT", b"GSUB", b"GPOS", b"GDEF")
TAGS = (*OFTEN, *VARYING, b"CFF2", b"COLR", b"kern", b"morx", b"VORG", b"    ", b"\0\0\0\0")
RECORD = 16

Table = tuple[bytes, bytes]


def damaged(data: bytes, rng: Random) -> bytes:
    """Return the font after one to three changes."""
    if rng.random() < 0.1:
        return _bytes.damaged(data, rng)
    tables = tables_of(data)
    for _ in range(rng.choice((1, 1, 2, 3))):
        tables = _among(tables, rng)
    made = written(data[:4], tables)
    return _directory(made, rng) if rng.random() < 0.25 else made


def tables_of(data: bytes) -> list[Table]:
    """Return the tables of a good font, in the order of its directory."""
    (count,) = struct.unpack_from(">H", data, 4)
    records = (struct.unpack_from(">4sIII", data, 12 + RECORD * at) for at in range(count))
    return [(tag, data[start : start + length]) for tag, _, start, length in records]


def _among(tables: list[Table], rng: Random) -> list[Table]:
    """Damage the inside of a table, most often; otherwise remove, cut, empty or rename one."""
    if not tables:
        return tables
    wanted = rng.choice((*OFTEN, *OFTEN, *VARYING))
    at = next(
        (at for at, (tag, _) in enumerate(tables) if tag == wanted), rng.randrange(len(tables))
    )
    tag, body = tables[at]
    match rng.randrange(10):
        case 0:
            del tables[at]
        case 1:
            tables[at] = (tag, body[: rng.randrange(len(body) + 1)])
        case 2:
            tables[at] = (rng.choice(TAGS), body)
        case 3:
            tables[at] = (tag, rng.choice(tables)[1])
        case 4 | 5 | 6:
            tables[at] = (tag, _figures(body, rng))
        case _:
            tables[at] = (tag, _bytes.damaged(body, rng) if body else b"\0\1")
    return tables


def _figures(body: bytes, rng: Random) -> bytes:
    """Change numbers near the beginning, where counts and offsets are."""
    for _ in range(rng.choice((1, 1, 2, 4))):
        reach = min(len(body), rng.choice((12, 60, 400, 100_000)))
        body = _bytes.with_figure(
            body, rng.randrange(max(1, reach)) & ~1, rng.choice((2, 2, 4)), rng
        )
    return body


def written(signature: bytes, tables: list[Table]) -> bytes:
    """Return a font file of these tables; their checksums are not updated."""
    head = signature + struct.pack(">HHHH", len(tables), 128, 3, 64)
    start = len(head) + RECORD * len(tables)
    records, bodies = b"", b""
    for tag, body in tables:
        records += struct.pack(">4sIII", tag, 0, start + len(bodies), len(body))
        bodies += body + b"\0" * (-len(body) % 4)
    return head + records + bodies


def _directory(data: bytes, rng: Random) -> bytes:
    """Change the signature, the count, or a record of the directory."""
    (count,) = struct.unpack_from(">H", data, 4)
    record = 12 + RECORD * rng.randrange(max(1, count))
    match rng.randrange(5):
        case 0:
            return rng.choice((b"OTTO", b"true", b"ttcf", b"wOF2", b"\0\1\0\0", b"typ1")) + data[4:]
        case 1:
            return _bytes.with_figure(data, 4, 2, rng)
        case 2:
            return _bytes.with_figure(data, record + 8, 4, rng)
        case 3:
            return _bytes.with_figure(data, record + 12, 4, rng)
        case _:
            other = 12 + RECORD * rng.randrange(max(1, count))  # two tables have the same offset
            return data[: record + 8] + data[other + 8 : other + 16] + data[record + 16 :]
