"""PDF operators and objects as text: numbers, colours, names, outlines, streams.

Takes values of the placed page; gives the operators of ISO 32000-1 (annex A). Nothing here knows ReportLab; what stands in
a content stream is ASCII.
"""

from __future__ import annotations

import zlib
from collections.abc import Callable, Iterable

from brochure.colour.swatch import Cmyk, Grey, Rgb
from brochure.geometry import Matrix
from brochure.placed import Outline

Refer = Callable[[bytes | str, str], str]
"""Puts an object into the document under a key and gives the reference to it."""


def num(value: float) -> str:
    """A number in at most three decimals, without exponent or trailing zeros."""
    text = f"{value:.3f}".rstrip("0").rstrip(".")
    return "0" if text in ("-0", "") else text


def nums(*values: float) -> str:
    """Numbers with spaces between."""
    return " ".join(num(value) for value in values)


def name(text: str) -> str:
    """A name object; everything but plain letters and digits is written in hexadecimal (7.3.5)."""
    safe = "".join(
        chr(byte) if 0x30 <= byte < 0x7F and chr(byte) not in "<>[]{}/%()#" else f"#{byte:02X}"
        for byte in text.encode()
    )
    return f"/{safe}"


def text_string(text: str) -> str:
    """A text string: literal where it is ASCII, else UTF-16 with its mark, in hexadecimal (7.9.2.2)."""
    if text.isascii() and text.isprintable():
        escaped = text.replace("\\", r"\\").replace("(", r"\(").replace(")", r"\)")
        return f"({escaped})"
    return f"<FEFF{text.encode('utf-16-be').hex().upper()}>"


def matrix_op(matrix: Matrix) -> str:
    """The operator that changes the coordinate system."""
    numbers = (matrix.a, matrix.b, matrix.c, matrix.d)
    linear = " ".join(f"{number + 0:.6f}".rstrip("0").rstrip(".") for number in numbers)
    return f"{linear} {nums(matrix.e, matrix.f)} cm"


def colour_op(colour: Cmyk | Rgb | Grey, *, stroke: bool) -> str:
    """The operator that sets a device colour for filling or stroking."""
    values: tuple[float, ...]
    match colour:
        case Cmyk(c, m, y, k):
            op, values = "k", (c, m, y, k)
        case Rgb(r, g, b):
            op, values = "rg", (r, g, b)
        case Grey(light):
            op, values = "g", (light,)
    return f"{nums(*values)} {op.upper() if stroke else op}"


def outline_ops(outlines: Iterable[Outline]) -> str:
    """The path construction operators of outlines."""
    parts: list[str] = []
    for outline in outlines:
        parts.append(f"{nums(*outline.start)} m")
        for segment in outline.segments:
            parts.append(f"{nums(*segment)} {'l' if len(segment) == 2 else 'c'}")
        if outline.closed:
            parts.append("h")
    return " ".join(parts)


def dictionary(**entries: str) -> str:
    """A dictionary of entries that are PDF already."""
    return "<<" + " ".join(f"/{key} {value}" for key, value in entries.items()) + ">>"


def stream(entries: str, data: bytes) -> bytes:
    """A stream object as it is, its dictionary's entries given; an end of line stands before `endstream`."""
    return b"".join(stream_parts(entries, data))


def stream_parts(entries: str, data: bytes | memoryview) -> tuple[bytes, bytes | memoryview, bytes]:
    """The same with the data as they are, for those that are too large to be copied for it."""
    head = f"<<{entries} /Length {len(data)}>>\nstream\n".encode("ascii")
    # After a carriage return of the data's own, a line feed alone would be taken for its other half (7.3.8.1).
    end = b"\r\nendstream" if data[-1:] == b"\r" else b"\nendstream"
    return head, data, end


def deflated(entries: str, data: bytes) -> bytes:
    """A stream object, compressed."""
    return stream(f"{entries} /Filter /FlateDecode", zlib.compress(data, 6))
