"""Damage that any file may suffer: flipped bits, lost, repeated or moved pieces, a truncated end, extreme numbers.

`damaged` changes bytes with a random generator. The numbers are the limits of 8, 16 and 32 bits.
"""

from __future__ import annotations

import struct
from collections.abc import Callable
from random import Random

EXTREMES = (0, 1, 2, 0x7F, 0x80, 0xFF, 0x100, 0x7FFF, 0x8000, 0xFFFF, 0x10000)
EXTREMES_32 = (*EXTREMES, 0x7FFFFFFF, 0x80000000, 0xFFFFFFFE, 0xFFFFFFFF, 0x00FFFFFF, 0x40000000)
MAX_PIECE = 400


def damaged(data: bytes, rng: Random) -> bytes:
    """Return the file after one to four changes; the first changes are the most likely to leave most of it readable."""
    for _ in range(rng.choice((1, 1, 1, 2, 4))):
        data = rng.choice(ACCIDENTS)(data, rng) if data else b"\0"
    return data


def flipped(data: bytes, rng: Random) -> bytes:
    """Flip a few bits."""
    changed = bytearray(data)
    for _ in range(rng.randint(1, 6)):
        changed[rng.randrange(len(changed))] ^= 1 << rng.randrange(8)
    return bytes(changed)


def overwritten(data: bytes, rng: Random) -> bytes:
    """Overwrite a run of bytes with equal or random ones."""
    at, length = _piece(data, rng)
    noise = rng.randbytes(length) if rng.random() < 0.5 else bytes([rng.randrange(256)]) * length
    return data[:at] + noise + data[at + length :]


def cut(data: bytes, rng: Random) -> bytes:
    """Cut off the end or the beginning."""
    at = rng.randrange(len(data))
    return data[at:] if rng.random() < 0.2 else data[:at]


def lost(data: bytes, rng: Random) -> bytes:
    """Remove a piece."""
    at, length = _piece(data, rng)
    return data[:at] + data[at + length :]


def doubled(data: bytes, rng: Random) -> bytes:
    """Repeat a piece once or many times."""
    at, length = _piece(data, rng)
    times = rng.choice((2, 2, 3, 50))
    return data[:at] + data[at : at + length] * times + data[at + length :]


def moved(data: bytes, rng: Random) -> bytes:
    """Move a piece."""
    at, length = _piece(data, rng)
    piece, rest = data[at : at + length], data[:at] + data[at + length :]
    to = rng.randrange(len(rest) + 1)
    return rest[:to] + piece + rest[to:]


def extreme(data: bytes, rng: Random) -> bytes:
    """Replace a number of one, two or four bytes by its minimum or maximum, or change it by one."""
    width, little = rng.choice((1, 2, 2, 4, 4)), rng.random() < 0.4
    return with_figure(data, rng.randrange(max(1, len(data) - width)), width, rng, little=little)


def with_figure(data: bytes, at: int, width: int, rng: Random, *, little: bool = False) -> bytes:
    """Return the file with another number at this position."""
    form = ("<" if little else ">") + {1: "B", 2: "H", 4: "I"}[width]
    if at < 0 or at + width > len(data):
        return data
    (now,) = struct.unpack_from(form, data, at)
    wanted = rng.choice(
        (now + 1, now - 1, now * 2, now // 2, rng.choice(EXTREMES_32), rng.choice(EXTREMES))
    )
    return data[:at] + struct.pack(form, wanted & (256**width - 1)) + data[at + width :]


def _piece(data: bytes, rng: Random) -> tuple[int, int]:
    at = rng.randrange(len(data))
    return at, min(len(data) - at, rng.choice((1, 2, 4, 8, rng.randint(1, MAX_PIECE))))


Accident = Callable[[bytes, Random], bytes]
ACCIDENTS: tuple[Accident, ...] = (
    *(flipped, flipped, flipped, extreme, extreme, extreme),
    *(overwritten, cut, lost, doubled, moved),
)
