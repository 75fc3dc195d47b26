"""Damaged ICC profiles: false offsets of tags, counts, curves and tables of other sizes, other colour spaces.

Damages a good ICC profile, mostly in the header, the tag table, and the first bytes of tags (ICC.1:2010, 7 and 10), which have
sizes; the colours after them cannot be invalid.
"""

from __future__ import annotations

import struct
from random import Random

from tests.fuzz.mutants import _bytes

HEADER = 128
SIGNATURES = (
    b"RGB ",
    b"CMYK",
    b"GRAY",
    b"Lab ",
    b"XYZ ",
    b"prtr",
    b"mntr",
    b"link",
    b"abst",
    b"nmcl",
    b"7CLR",
    b"acsp",
    b"mft1",
    b"mft2",
    b"mAB ",
    b"mBA ",
    b"curv",
    b"para",
    b"mluc",
    b"text",
    b"XXXX",
)
FIELDS = (0, 4, 8, 12, 16, 20, 36, 40, 64, 68)


def damaged(data: bytes, rng: Random) -> bytes:
    """Return the profile after one to three changes."""
    if rng.random() < 0.1:
        return _bytes.damaged(data, rng)
    for _ in range(rng.choice((1, 1, 2, 3))):
        data = rng.choice((_header, _tag, _tag, _table, _table, _table, _table))(data, rng)
    if rng.random() < 0.1:
        data = data[: rng.randrange(len(data))]
        return struct.pack(">I", len(data)) + data[4:] if rng.random() < 0.7 else data
    return data


def _header(data: bytes, rng: Random) -> bytes:
    at = rng.choice(FIELDS)
    if at in (0, 8, 64, 68):
        return _bytes.with_figure(data, at, 4, rng)
    return data[:at] + rng.choice(SIGNATURES) + data[at + 4 :]


def _tag(data: bytes, rng: Random) -> bytes:
    """Change the count of tags, or the signature, offset or size of one."""
    if rng.random() < 0.15:
        return _bytes.with_figure(data, HEADER, 4, rng)
    record, other = _record(data, rng), _record(data, rng)
    match rng.randrange(4):
        case 0:
            return data[:record] + data[other : other + 4] + data[record + 4 :]
        case 1:
            return _bytes.with_figure(data, record + 4, 4, rng)
        case 2:
            return _bytes.with_figure(data, record + 8, 4, rng)
        case _:
            return data[: record + 4] + data[other + 4 : other + 12] + data[record + 12 :]


def _table(data: bytes, rng: Random) -> bytes:
    """Change a type, a count of channels or points, or an offset at the beginning of a tag's data."""
    (start,) = struct.unpack_from(">I", data, _record(data, rng) + 4)
    if start + 64 > len(data):
        return _bytes.flipped(data, rng)
    match rng.randrange(5):
        case 0:
            return data[:start] + rng.choice(SIGNATURES) + data[start + 4 :]
        case 1 | 2:
            return _bytes.with_figure(data, start + rng.choice((8, 9, 10, 8, 9, 10, 11)), 1, rng)
        case 3:
            return _bytes.with_figure(data, start + 8 + 4 * rng.randrange(6), 4, rng)
        case _:
            return _bytes.with_figure(data, start + 12 + 2 * rng.randrange(22), 2, rng)


def _record(data: bytes, rng: Random) -> int:
    """Return the position of a tag's entry."""
    (count,) = struct.unpack_from(">I", data, HEADER)
    at = HEADER + 4 + 12 * rng.randrange(max(1, min(count, 40)))
    return at if at + 12 <= len(data) else HEADER + 4
