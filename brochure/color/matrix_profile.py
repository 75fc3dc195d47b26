"""Build the ICC profile of an RGB or grey space from its gamma and the chromaticities of its primaries.

PNG files may have these instead of a profile (chunks `gAMA` and `cHRM`). With the profile, their colours are converted like those
of any other picture.
"""

from __future__ import annotations

import struct
from collections.abc import Sequence
from functools import lru_cache

Vector = tuple[float, float, float]
Matrix = tuple[Vector, Vector, Vector]

D50: Vector = (0.9642, 1.0, 0.8249)
SRGB_CHROMATICITIES = (0.3127, 0.3290, 0.64, 0.33, 0.30, 0.60, 0.15, 0.06)
"""White, red, green and blue of sRGB, each x and y (IEC 61966-2-1)."""
SRGB_GAMMA = 0.45455
"""The exponent that PNG writers give for sRGB (PNG 1.2, 4.2.2.3)."""
TOLERANCE = 0.05
"""Relative difference of exponents, and ten times the difference of chromaticities, that counts as none."""
BRADFORD: Matrix = (
    (0.8951, 0.2664, -0.1614),
    (-0.7502, 1.7135, 0.0367),
    (0.0389, -0.0685, 1.0296),
)
"""Chromatic adaptation (ICC.1:2010, annex E)."""


def is_like_srgb(gamma: float, chromaticities: Sequence[float]) -> bool:
    """Return True if a picture with these values is shown correctly as sRGB."""
    pairs = zip(chromaticities, SRGB_CHROMATICITIES, strict=True)
    same_primaries = all(abs(one - other) <= TOLERANCE / 10 for one, other in pairs)
    return same_primaries and abs(gamma / SRGB_GAMMA - 1) <= TOLERANCE


@lru_cache(maxsize=8)
def build_matrix_profile(gamma: float, chromaticities: tuple[float, ...], *, grey: bool) -> bytes:
    """Return the profile (ICC.1:2010, version 2) of an RGB or grey space.

    Args:
        gamma: The exponent from light to sample, as in `gAMA`; 1 is linear.
        chromaticities: White, red, green and blue, each x and y.
        grey: Return the profile of a grey space, which has no primaries.

    Raises:
        ValueError: No colours have these chromaticities, or this exponent.
    """
    if not MIN_GAMMA < gamma < MAX_GAMMA:
        raise ValueError(f"gamma {gamma:g} is not usable")
    curve = b"curv" + struct.pack(">IIH", 0, 1, round(256 / gamma))
    tags = {
        b"desc": _description(b"PNG gAMA and cHRM"),
        b"cprt": b"text" + bytes(4) + b"none\0",
        b"wtpt": _xyz(D50),
    }
    if grey:
        tags[b"kTRC"] = curve
    else:
        columns = _primaries(chromaticities)
        for name, column in zip(b"rgb", columns, strict=True):
            tags[bytes([name]) + b"XYZ"] = _xyz(column)
            tags[bytes([name]) + b"TRC"] = curve
    return _profile(b"GRAY" if grey else b"RGB ", tags)


MIN_GAMMA, MAX_GAMMA = 0.1, 10.0


def _primaries(chromaticities: Sequence[float]) -> tuple[Vector, ...]:
    """Return the XYZ values of full red, green and blue, relative to D50."""
    white, *primaries = (
        _to_xyz(x, y) for x, y in zip(chromaticities[::2], chromaticities[1::2], strict=True)
    )
    # Scaled so that together they are white: a system of three linear equations (Cramer's rule).
    whole = _determinant(*primaries)
    if abs(whole) < MIN_VOLUME:
        raise ValueError("the primaries are on one line")
    scales = [
        _determinant(*(white if at == index else one for at, one in enumerate(primaries))) / whole
        for index in range(3)
    ]
    sources, targets = _multiply(BRADFORD, white), _multiply(BRADFORD, D50)
    ratios = [target / source for target, source in zip(targets, sources, strict=True)]
    return tuple(
        _adapted((x * scale, y * scale, z * scale), ratios)
        for (x, y, z), scale in zip(primaries, scales, strict=True)
    )


MIN_VOLUME = 1e-6


def _to_xyz(x: float, y: float) -> Vector:
    if y <= 0:
        raise ValueError("a chromaticity is 0")
    return (x / y, 1.0, (1 - x - y) / y)


def _determinant(a: Vector, b: Vector, c: Vector) -> float:
    return (
        a[0] * (b[1] * c[2] - b[2] * c[1])
        - b[0] * (a[1] * c[2] - a[2] * c[1])
        + c[0] * (a[1] * b[2] - a[2] * b[1])
    )


def _multiply(matrix: Matrix, vector: Vector) -> Vector:
    x, y, z = (sum(a * b for a, b in zip(row, vector, strict=True)) for row in matrix)
    return (x, y, z)


def _adapted(colour: Vector, ratios: Sequence[float]) -> Vector:
    """Adapt a colour from one white to another: scale its cone responses, and find the colour that has them."""
    r, g, b = _multiply(BRADFORD, colour)
    wanted = (r * ratios[0], g * ratios[1], b * ratios[2])
    columns: tuple[Vector, ...] = tuple(zip(*BRADFORD, strict=True))
    whole = _determinant(*columns)
    x, y, z = (
        _determinant(*(wanted if at == index else one for at, one in enumerate(columns))) / whole
        for index in range(3)
    )
    return (x, y, z)


def _description(text: bytes) -> bytes:
    """Return a `textDescriptionType`, with empty Unicode and Macintosh texts."""
    return b"desc" + struct.pack(">II", 0, len(text) + 1) + text + b"\0" + bytes(4 + 4 + 2 + 1 + 67)


def _xyz(colour: Vector) -> bytes:
    return b"XYZ " + bytes(4) + _fixed(colour)


def _fixed(numbers: Sequence[float]) -> bytes:
    """Return numbers as s15Fixed16."""
    return struct.pack(f">{len(numbers)}i", *(round(number * 65536) for number in numbers))


HEADER_SIZE = 128


def _profile(space: bytes, tags: dict[bytes, bytes]) -> bytes:
    """Return a profile of the display class: header, tag table and tags."""
    start = HEADER_SIZE + 4 + 12 * len(tags)
    table, body = [struct.pack(">I", len(tags))], b""
    for name, tag in tags.items():
        table.append(struct.pack(">4sII", name, start + len(body), len(tag)))
        body += tag + bytes(-len(tag) % 4)
    head = struct.pack(">II", start + len(body), 0) + bytes.fromhex("02100000")
    head += b"mntr" + space + b"XYZ " + bytes(12) + b"acsp" + bytes(28) + _fixed(D50)
    return head.ljust(HEADER_SIZE, b"\0") + b"".join(table) + body
