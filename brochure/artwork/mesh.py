"""Converts mesh shadings (ISO 32000-1, 8.7.4.5.5 to 8.7.4.5.8), whose colours are in a stream of bits, one at each vertex."""

from __future__ import annotations

from collections.abc import Sequence
from typing import Any, Protocol

from brochure.artwork.functions import Function
from brochure.artwork.model import ArtworkError
from brochure.artwork.syntax import Ref
from brochure.artwork.work import Work
from brochure.pdf_input.streams import read_stream
from brochure.pdf_input.values import get_array, get_integer, is_number

FREE_FORM, LATTICE, COONS, TENSOR = 4, 5, 6, 7
POINTS = {COONS: (12, 8), TENSOR: (16, 12)}
"""Control points of a patch of its own, and of one that continues another."""
COLOUR_BITS = 16
SAMPLES = 1025
MAX_BYTES = 4_000_000
DAMAGED = "a gradient in it is damaged; export it again"


class Colours(Protocol):
    """What a mesh needs of `ShadingColours`."""

    count: int
    name: Any
    space: Any
    work: Work

    def convert(self, components: Sequence[float]) -> tuple[float, ...]:
        """Return a colour in components of the output."""

    def note(self, components: Sequence[float]) -> None:
        """Note a colour of the page."""

    def sample(self, evaluate: Function, inputs: Sequence[Sequence[float]]) -> list[float]:
        """Return the samples of a function that has a colour for each input."""


def convert_mesh(
    work: Work, shading: Any, entries: dict[str, Any], evaluate: Function | None, colours: Colours
) -> Ref:
    """Return a mesh shading with the colours of the output; one with a function gets another function."""
    bits = {
        key: get_integer(shading, f"/{key}", 0)
        for key in ("BitsPerCoordinate", "BitsPerComponent", "BitsPerFlag", "VerticesPerRow")
    }
    decode = [float(one) for one in get_array(shading, "/Decode") if is_number(one)]
    data = read_stream(shading)
    made = {**entries, "ColorSpace": colours.name, "BitsPerCoordinate": bits["BitsPerCoordinate"]}
    made |= {key: bits[key] for key in ("BitsPerFlag", "VerticesPerRow") if bits[key]}
    if len(data) > MAX_BYTES or len(decode) < 6:
        raise ArtworkError(DAMAGED)
    if evaluate:
        low, high = decode[4:6]
        inputs = [(low + (high - low) * at / (SAMPLES - 1),) for at in range(SAMPLES)]
        samples = colours.sample(evaluate, inputs)
        made["Function"] = work.output.sampled_function(
            samples, [SAMPLES], colours.count, (low, high)
        )
        made |= {"BitsPerComponent": bits["BitsPerComponent"], "Decode": decode[:6]}
        return work.objects.add_stream(made, data)
    made |= {"BitsPerComponent": COLOUR_BITS, "Decode": [*decode[:4], *((0, 1) * colours.count)]}
    mesh = _Mesh(data, entries["ShadingType"], bits, decode, colours)
    return work.objects.add_stream(made, mesh.convert())


class _Mesh:
    """Reads the bits of a mesh and writes them with other colours."""

    def __init__(
        self, data: bytes, kind: int, bits: dict[str, int], decode: list[float], colours: Colours
    ) -> None:
        self.kind, self.sizes, self.colours = kind, bits, colours
        self.ranges = list(zip(decode[4::2], decode[5::2], strict=False))
        if len(self.ranges) < colours.space.count or not 1 <= bits["BitsPerComponent"] <= 16:
            raise ArtworkError(DAMAGED)
        self.data = data
        self.at = 0

    def convert(self) -> bytes:
        """Return the bits with the colours of the output; each vertex or patch begins with a byte of its own."""
        out = bytearray()
        while self.at < len(self.data) * 8:
            start = self.at
            record = self._record()
            if record is None or self.at == start:
                break
            value, width = record
            padding = -width % 8
            out += (value << padding).to_bytes((width + padding) // 8)
            self.at += -self.at % 8
        return bytes(out)

    def _read(self, width: int) -> int:
        end = self.at + width
        chunk = self.data[self.at // 8 : (end + 7) // 8]
        value = int.from_bytes(chunk) >> (-end % 8) & ((1 << width) - 1)
        self.at = end
        return value

    def _record(self) -> tuple[int, int] | None:
        """Read a vertex or a patch; returns its new bits and their number; None at the end."""
        flag_bits = self.sizes["BitsPerFlag"] if self.kind != LATTICE else 0
        if self.at + flag_bits + self.sizes["BitsPerCoordinate"] * 2 > len(self.data) * 8:
            return None
        flag = self._read(flag_bits) if flag_bits else 0
        points, colours = 1, 1
        if self.kind in POINTS:
            is_new = flag & 3 == 0
            points, colours = POINTS[self.kind][not is_new], 4 if is_new else 2
        needed = points * 2 * self.sizes["BitsPerCoordinate"]
        needed += colours * self.colours.space.count * self.sizes["BitsPerComponent"]
        if self.at + needed > len(self.data) * 8:
            return None
        width = points * 2 * self.sizes["BitsPerCoordinate"]
        value = flag << width | self._read(width)
        for _ in range(colours):
            for part in self._colour():
                value = value << COLOUR_BITS | round(min(max(part, 0.0), 1.0) * 65535)
        return value, flag_bits + width + colours * self.colours.count * COLOUR_BITS

    def _colour(self) -> tuple[float, ...]:
        size = self.sizes["BitsPerComponent"]
        full = (1 << size) - 1
        read = [self._read(size) / full for _ in range(self.colours.space.count)]
        parts = [
            low + one * (high - low) for one, (low, high) in zip(read, self.ranges, strict=False)
        ]
        self.colours.note(parts)
        return self.colours.convert(parts)
