"""Fonts of a finished PDF, as far as checks need them: codes, widths, and what characters the codes stand for.

Takes a font's dictionary; gives `PdfFont`. Only what shows is reckoned: how far the pen moves and whether a glyph is there.
"""

from __future__ import annotations

import re
from collections.abc import Iterator, Mapping
from dataclasses import field
from typing import Any

from brochure.fast_dataclass import dataclass

HEX = re.compile(rb"<([0-9A-Fa-f\s]*)>")
BLOCK = re.compile(rb"begin(bfchar|bfrange)(.*?)endbf", re.S)


@dataclass(frozen=True, slots=True)
class PdfFont:
    """A font: its name, bytes to a code, widths in ems by code, and the text that codes stand for."""

    name: str
    step: int
    widths: Mapping[int, float]
    usual: float
    texts: Mapping[int, str] = field(repr=False, default_factory=dict)

    def codes(self, data: bytes) -> list[int]:
        """The codes in a string that is shown."""
        step = self.step
        return [int.from_bytes(data[at : at + step], "big") for at in range(0, len(data), step)]

    def text(self, codes: list[int]) -> str:
        """What they stand for, as far as the font says."""
        if self.texts:
            return "".join(self.texts.get(code, "") for code in codes)
        return bytes(codes).decode("cp1252", "replace") if self.step == 1 else ""

    def missing(self, codes: list[int]) -> bool:
        """Whether one of them shows the sign for a glyph that is not there: glyph 0 of a composite font."""
        return self.step == 2 and 0 in codes


def read_font(font: Any) -> PdfFont:
    """The font in a dictionary."""
    name = plain_name(str(font.get("/BaseFont", "/?")))
    texts = dict(_texts(font.get("/ToUnicode")))
    if font.get("/Subtype") != "/Type0":
        return PdfFont(name, 1, dict(_simple_widths(font)), 0.5, texts)
    below = font["/DescendantFonts"][0].get_object()
    return PdfFont(
        name, 2, dict(_cid_widths(below.get("/W", ()))), float(below.get("/DW", 1000)) / 1000, texts
    )


def plain_name(name: str) -> str:
    """A font's name without slash and subset tag (ISO 32000-1, 9.6.4)."""
    return re.sub(r"^/?([A-Z]{6}\+)?", "", name)


def _simple_widths(font: Any) -> Iterator[tuple[int, float]]:
    first = int(font.get("/FirstChar", 0))
    matrix = font.get("/FontMatrix")
    unit = float(matrix[0]) if matrix else 0.001
    for at, width in enumerate(font.get("/Widths", ())):
        yield first + at, float(width.get_object()) * unit


def _cid_widths(entries: Any) -> Iterator[tuple[int, float]]:
    """The widths in /W: `c [w1 w2 …]` and `first last w` (9.7.4.3)."""
    rest = [entry.get_object() for entry in entries.get_object()] if entries else []
    at = 0
    while at + 1 < len(rest):
        if isinstance(rest[at + 1], list):
            for step, width in enumerate(rest[at + 1]):
                yield int(rest[at]) + step, float(width) / 1000
            at += 2
        elif at + 2 < len(rest):
            for code in range(int(rest[at]), min(int(rest[at + 1]), 0xFFFF) + 1):
                yield code, float(rest[at + 2]) / 1000
            at += 3
        else:
            return


def _texts(stream: Any) -> Iterator[tuple[int, str]]:
    """The text of each code, from a ToUnicode map (9.10.3)."""
    if stream is None:
        return
    for kind, body in BLOCK.findall(stream.get_object().get_data()):
        words = [bytes.fromhex(word.decode()) for word in HEX.findall(body)]
        step = 2 if kind == b"bfchar" else 3
        for at in range(0, len(words) - step + 1, step):
            first = int.from_bytes(words[at], "big")
            last = first if step == 2 else int.from_bytes(words[at + 1], "big")
            target = words[at + step - 1]
            for code in range(first, min(last, first + 0xFFFF) + 1):
                yield code, _shifted(target, code - first)


def _shifted(target: bytes, by: int) -> str:
    text = target.decode("utf-16-be", "replace")
    return text[:-1] + chr(min(ord(text[-1]) + by, 0x10FFFF)) if by and text else text
