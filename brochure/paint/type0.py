"""Fonts in the PDF: one Type 0 font a face, by glyph, with the text that each glyph stands for.

Takes the faces and glyphs that the plate meets; gives codes for the content stream and, at the end, the font's objects:
Identity-H, a subset made by HarfBuzz, widths, and a ToUnicode map (ISO 32000-1, 9.7, 9.10). A glyph that stands for
different texts in different places gets a code for each, through the CIDToGIDMap, so that every reader gets the text
back exactly. The only use of ReportLab's private names for fonts.
"""

from __future__ import annotations

import hashlib
from collections.abc import Iterable
from typing import Any

from reportlab.pdfbase import pdfdoc, pdfmetrics

from brochure.fonts.face import Face
from brochure.fonts.subset import advances, is_cff, subset
from brochure.paint.operators import deflated, dictionary, num

NO_FONT = "brochure-none"


class NoFont:
    """Stands where ReportLab wants a first font, so that no page begins with an unembedded Helvetica."""

    _dynamicFont = 1  # noqa: N815  # these four are the names that ReportLab asks for
    _multiByte = 0  # noqa: N815
    fontName = NO_FONT  # noqa: N815
    encName = ""  # noqa: N815
    face = None


def forgo_first_font() -> str:
    """The name to give the canvas as its first font: one that writes nothing."""
    if NO_FONT not in pdfmetrics._fonts:
        pdfmetrics._fonts[NO_FONT] = NoFont()
    return NO_FONT


class Raw(pdfdoc.PDFObject):  # type: ignore[misc]  # reportlab has no types
    """An object that is PDF already."""

    __RefOnly__ = 1

    def __init__(self, data: bytes | str) -> None:
        self.data = data.encode("ascii") if isinstance(data, str) else data

    def format(self, document: Any) -> bytes:
        """The object's bytes."""
        return self.data


class Inline(pdfdoc.PDFObject):  # type: ignore[misc]  # reportlab has no types
    """A value that is PDF already and stands where it is named: a reference, an array."""

    def __init__(self, data: str) -> None:
        self.data = data.encode("ascii")

    def format(self, document: Any) -> bytes:
        """The value's bytes."""
        return self.data


def reference(document: Any, data: bytes | str, key: str) -> str:
    """Puts an object into the document under a key; gives the reference to it."""
    return str(document.Reference(Raw(data), key).format(document).decode("ascii"))


class PlateFont:
    """The codes of one face: each pair of glyph and text has its own, in the order in which they are met."""

    def __init__(self, face: Face, number: int) -> None:
        self.face = face
        self.resource = f"F{number}"
        self.by_glyph = is_cff(face)
        self.codes: dict[tuple[int, str], int] = {}
        self.glyphs: list[int] = [0]
        self.texts: list[str] = [""]
        self.widths: list[float] = [0.0]

    def code(self, glyph: int, text: str) -> tuple[int, float, bool]:
        """The code of a glyph that stands for a text, its width in thousandths, and whether the code says the text.

        In a CFF font a code is its glyph, so that a second text must be said by the content stream instead.
        """
        key = (glyph, text)
        code = self.codes.get(key)
        if code is None:
            if self.by_glyph and any(known == glyph for known, _ in self.codes):
                return glyph, self._width(glyph), False
            code = glyph if self.by_glyph else len(self.glyphs)
            self.codes[key] = code
            self.glyphs.append(glyph)
            self.texts.append(text)
            self.widths.append(self._width(glyph))
        width = self._width(glyph) if self.by_glyph else self.widths[code]
        return code, width, True

    def _width(self, glyph: int) -> float:
        return round(advances(self.face, [glyph])[0], 2)

    def add_to(self, document: Any) -> str:
        """Puts the font's objects into the document; gives the reference to the font."""
        face = self.face
        program = subset(face, self.glyphs)
        digest = hashlib.sha256(program + repr(sorted(self.codes)).encode()).digest()
        tag = "".join(chr(65 + byte % 26) for byte in digest[:6])
        base = f"/{tag}+{_ps_name(face)}"
        descriptor = self._descriptor(document, base, program)
        mapping = ""
        if not self.by_glyph:
            gids = b"".join(glyph.to_bytes(2, "big") for glyph in self.glyphs)
            mapping = f"/CIDToGIDMap {reference(document, deflated('', gids), self.resource + 'm')}"
        info = "<</Registry (Adobe) /Ordering (Identity) /Supplement 0>>"
        subtype = "/CIDFontType0" if self.by_glyph else "/CIDFontType2"
        descendant = (
            f"<</Type /Font /Subtype {subtype} /BaseFont {base} /CIDSystemInfo {info} "
            f"/FontDescriptor {descriptor} /DW 0 /W [{self._width_array()}] {mapping}>>"
        )
        descendant_ref = reference(document, descendant, self.resource + "d")
        to_unicode = reference(document, deflated("", self._to_unicode()), self.resource + "u")
        font = dictionary(
            Type="/Font",
            Subtype="/Type0",
            BaseFont=base,
            Encoding="/Identity-H",
            DescendantFonts=f"[{descendant_ref}]",
            ToUnicode=to_unicode,
        )
        return reference(document, font, self.resource)

    def _descriptor(self, document: Any, base: str, program: bytes) -> str:
        face = self.face
        head = face.program.hb.reference_table("head").data
        box = [int.from_bytes(head[at : at + 2], "big", signed=True) for at in (36, 38, 40, 42)]
        scale = 1000 / face.upem
        if self.by_glyph:
            key, entries = "FontFile3", "/Subtype /OpenType"
        else:
            key, entries = "FontFile2", f"/Length1 {len(program)}"
        file = reference(document, deflated(entries, program), self.resource + "f")
        descriptor = dictionary(
            Type="/FontDescriptor",
            FontName=base,
            Flags="4",
            FontBBox="[" + " ".join(num(edge * scale) for edge in box) + "]",
            ItalicAngle=num(face.italic_angle),
            Ascent=num(face.ascent * 1000),
            Descent=num(-face.descent * 1000),
            CapHeight=num(face.cap_height * 1000),
            XHeight=num(face.x_height * 1000),
            StemV=num(50 + (face.weight / 65) ** 2),
            **{key: file},
        )
        return reference(document, descriptor, self.resource + "s")

    def _width_array(self) -> str:
        if not self.by_glyph:
            return "0 [" + " ".join(num(width) for width in self.widths) + "]"
        pairs = sorted({glyph: self._width(glyph) for glyph in self.glyphs}.items())
        return " ".join(f"{glyph} [{num(width)}]" for glyph, width in pairs)

    def _to_unicode(self) -> bytes:
        """The CMap from codes to text; codes that stand for no text of their own are mapped to nothing."""
        pairs = sorted((code, text) for (_, text), code in self.codes.items())
        lines = [f"<{code:04X}> <{_utf16(text)}>" for code, text in pairs]
        blocks = "".join(
            f"{len(block)} beginbfchar\n" + "\n".join(block) + "\nendbfchar\n"
            for block in _hundreds(lines)
        )
        return (CMAP_HEAD + blocks + CMAP_FOOT).encode("ascii")


CMAP_HEAD = """/CIDInit /ProcSet findresource begin
12 dict begin
begincmap
/CIDSystemInfo <</Registry (Adobe) /Ordering (UCS) /Supplement 0>> def
/CMapName /Adobe-Identity-UCS def
/CMapType 2 def
1 begincodespacerange
<0000> <FFFF>
endcodespacerange
"""
CMAP_FOOT = "endcmap\nCMapName currentdict /CMap defineresource pop\nend\nend\n"


def _utf16(text: str) -> str:
    return text.encode("utf-16-be").hex().upper()


def _hundreds(lines: list[str]) -> Iterable[list[str]]:
    """A CMap takes at most a hundred entries in one go (Adobe Technical Note 5014)."""
    return (lines[at : at + 100] for at in range(0, len(lines), 100))


def _ps_name(face: Face) -> str:
    return "".join(char for char in face.name if char.isalnum() or char in "-.")
