"""Reads the fonts of a PDF: character codes, widths and the text of each code (ISO 32000-1, 9)."""

from __future__ import annotations

import re
from collections.abc import Iterator, Mapping
from dataclasses import field
from typing import Any

from brochure.fast_dataclass import dataclass
from brochure.pdf_input.streams import read_stream
from brochure.pdf_input.values import (
    get,
    get_array,
    get_integer,
    get_number,
    get_numbers,
    get_text,
    is_number,
    resolve,
)

HEX_STRING = re.compile(rb"<([0-9A-Fa-f\s]*)>")
CMAP_SECTION = re.compile(rb"begin(bfchar|bfrange)(.*?)endbf", re.S)


@dataclass(frozen=True, slots=True)
class PdfFont:
    """A font: bytes per code, widths in ems by code, the default width, and the text of each code.

    `glyphs` is the dictionary of a Type 3 font, whose glyphs are content streams; None for others.
    """

    name: str
    code_length: int
    widths: Mapping[int, float]
    default_width: float
    texts: Mapping[int, str] = field(repr=False, default_factory=dict)
    glyphs: Any = field(repr=False, default=None)

    def codes(self, data: bytes) -> list[int]:
        """Split a shown string into character codes."""
        length = self.code_length
        starts = range(0, len(data), length)
        return [int.from_bytes(data[start : start + length], "big") for start in starts]

    def text(self, codes: list[int]) -> str:
        """Return the text of codes, as far as it is known."""
        if self.texts:
            return "".join(self.texts.get(code, "") for code in codes)
        return bytes(codes).decode("cp1252", "replace") if self.code_length == 1 else ""

    def has_missing_glyph(self, codes: list[int]) -> bool:
        """True if a code shows glyph 0 (.notdef) of a composite font."""
        return self.code_length == 2 and 0 in codes


def read_font(font: Any) -> PdfFont:
    """Read a font dictionary."""
    name = name_of_font(font)
    texts = dict(_read_to_unicode(get(font, "/ToUnicode")))
    if get_text(font, "/Subtype") != "/Type0":
        glyphs = font if get_text(font, "/Subtype") == "/Type3" else None
        return PdfFont(name, 1, dict(_read_simple_widths(font)), 0.5, texts, glyphs)
    descendant = find_descendant(font)
    return PdfFont(
        name,
        2,
        dict(_read_cid_widths(get_array(descendant, "/W"))),
        get_number(descendant, "/DW", 1000) / 1000,
        texts,
    )


def name_of_font(font: Any) -> str:
    """Return the name of a font dictionary without slash and subset tag; `?` if it has none."""
    return strip_subset_tag(get_text(font, "/BaseFont") or "/?")


def read_glyph_names(font: Any) -> Mapping[int, str]:
    """Return the names of a Type 3 font's glyphs by code, from the differences of its encoding (9.6.6.2)."""
    names: dict[int, str] = {}
    code = 0
    for item in get_array(get(font, "/Encoding"), "/Differences"):
        if is_number(item):
            code = int(item)
        else:
            names[code] = str(item)
            code += 1
    return names


def find_descendant(font: Any) -> Any:
    """Return the CIDFont of a composite font; None if it has none."""
    return next(iter(get_array(font, "/DescendantFonts")), None)


def strip_subset_tag(name: str) -> str:
    """Return a font's name without slash and subset tag (ISO 32000-1, 9.6.4)."""
    return re.sub(r"^/?([A-Z]{6}\+)?", "", name)


def _read_simple_widths(font: Any) -> Iterator[tuple[int, float]]:
    first = get_integer(font, "/FirstChar", 0)
    unit = (get_numbers(font, "/FontMatrix", 1) or (0.001,))[0]
    for index, width in enumerate(get_array(font, "/Widths")):
        if is_number(width):
            yield first + index, float(width) * unit


def _read_cid_widths(values: list[Any]) -> Iterator[tuple[int, float]]:
    """Read /W: `c [w1 w2 …]` and `first last w` (9.7.4.3), up to the first entry of the wrong type."""
    start = 0
    while start + 1 < len(values) and is_number(values[start]):
        if isinstance(values[start + 1], list):
            for offset, width in enumerate(map(resolve, values[start + 1])):
                if is_number(width):
                    yield int(values[start]) + offset, float(width) / 1000
            start += 2
        elif start + 2 < len(values) and all(map(is_number, values[start : start + 3])):
            for code in range(int(values[start]), min(int(values[start + 1]), 0xFFFF) + 1):
                yield code, float(values[start + 2]) / 1000
            start += 3
        else:
            return


def _read_to_unicode(stream: Any) -> Iterator[tuple[int, str]]:
    """Read the text of each code from a ToUnicode CMap (9.10.3)."""
    for kind, body in CMAP_SECTION.findall(read_stream(stream)):
        words = [_read_hex(word) for word in HEX_STRING.findall(body)]
        size = 2 if kind == b"bfchar" else 3
        for start in range(0, len(words) - size + 1, size):
            first = int.from_bytes(words[start], "big")
            last = first if size == 2 else int.from_bytes(words[start + 1], "big")
            target = words[start + size - 1]
            for code in range(first, min(last, first + 0xFFFF) + 1):
                yield code, _shift_last(target, code - first)


def _read_hex(digits: bytes) -> bytes:
    """Read a hexadecimal string; a missing last digit is 0 (7.3.4.3)."""
    packed = b"".join(digits.split())
    return bytes.fromhex((packed + b"0" * (len(packed) % 2)).decode())


def _shift_last(target: bytes, by: int) -> str:
    text = target.decode("utf-16-be", "replace")
    return text[:-1] + chr(min(ord(text[-1]) + by, 0x10FFFF)) if by and text else text
