"""Damaged PDFs: cross references, lengths, objects that contain themselves, cyclic page trees, streams truncated or with false
filters.

Damages a good PDF.
"""

from __future__ import annotations

import re
from random import Random

from tests.fuzz.mutants import _bytes

NUMBER = re.compile(rb"-?\b\d+(?:\.\d+)?\b")
REFERENCE = re.compile(rb"\b\d+ 0 R\b")
NAME = re.compile(rb"/[A-Za-z][A-Za-z0-9]*")
VALUE = re.compile(rb"(?<= )\[[^\[\]]{0,200}\]|(?<=[\w ])\([^()]{0,200}\)")
VALUES = (
    *(
        b"null",
        b"[]",
        b"<<>>",
        b"(x)",
        b"/X",
        b"true",
        b"-1",
        b"0",
        b"1e9",
        b"99999999999999999999",
        b"[0 0 0 0]",
        b"[1 0 R 1 0 R]",
        b"[nan 1 2 3]",
    ),
    *(
        b"[" * 400,
        b"<<" * 200,
        b"(" * 50,
        b"[0 0 1e9 1e9]",
        b"[100 100 0 0]",
        b"[-5 -5 5 5 5]",
        b"0 0 R",
        b"9999 0 R",
        b"1 65535 R",
        b"<zz>",
        b"stream",
        b"endobj",
    ),
)
NAMES = (
    *(
        b"/FlateDecode",
        b"/LZWDecode",
        b"/ASCII85Decode",
        b"/RunLengthDecode",
        b"/DCTDecode",
        b"/JPXDecode",
        b"/JBIG2Decode",
        b"/CCITTFaxDecode",
        b"/Crypt",
    ),
    *(
        b"/Kids",
        b"/Parent",
        b"/Page",
        b"/Pages",
        b"/Contents",
        b"/Resources",
        b"/MediaBox",
        b"/Rotate",
        b"/Encrypt",
        b"/Prev",
        b"/XObject",
        b"/Font",
        b"/Type0",
    ),
    *(
        b"/Indexed",
        b"/ICCBased",
        b"/Separation",
        b"/DeviceN",
        b"/Pattern",
        b"/SMask",
        b"/Length",
        b"/Filter",
        b"/W",
        b"/Size",
        b"/Root",
        b"/ObjStm",
        b"/XRef",
    ),
)


def damaged(data: bytes, rng: Random) -> bytes:
    """Return the PDF after one to four changes."""
    if rng.random() < 0.15:
        return _bytes.damaged(data, rng)
    for _ in range(rng.choice((1, 1, 2, 4))):
        pattern, others = rng.choice(
            (
                (NUMBER, VALUES),
                (NUMBER, None),
                (REFERENCE, None),
                (REFERENCE, VALUES),
                (NAME, NAMES),
                (NAME, None),
                (VALUE, VALUES),
            )
        )
        data = _put(data, rng, pattern, others)
    return data


def _put(
    data: bytes, rng: Random, pattern: re.Pattern[bytes], others: tuple[bytes, ...] | None
) -> bytes:
    """Replace a value by another, or by one from elsewhere in the file; offsets usually stay the same."""
    places = [match.span() for match in pattern.finditer(data)]
    if not places:
        return data
    start, end = rng.choice(places)
    other = rng.choice(places)
    value = rng.choice(others) if others else data[other[0] : other[1]]
    if len(value) < end - start and rng.random() < 0.8:
        value = value.ljust(end - start)
    return data[:start] + value + data[end:]
