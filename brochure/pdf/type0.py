"""Type 0 fonts: glyphs by number, with the text that each represents (ISO 32000-1, 9.7 and 9.10).

Each font has the encoding Identity-H, a subset made by HarfBuzz, its widths and a ToUnicode map. ReportLab's TrueType fonts
are not used: they have 8-bit subsets that map shaped glyphs to private-use characters, so that text cannot be searched.
Subsets are cached for the next edition.
"""

from __future__ import annotations

import hashlib
import unicodedata
from collections.abc import Iterable, Iterator
from functools import cached_property, lru_cache
from typing import Any

from brochure.fast_dataclass import dataclass
from brochure.fonts.face import Face
from brochure.pdf.engine import PDFDocument, PDFObject, PDFObjectReference
from brochure.pdf.font_encoding import FontEncoding, Layer
from brochure.pdf.font_subset import Cluster, cff_program, truetype_program
from brochure.pdf.objects import Array, Dictionary, deflate, name, num, written
from brochure.pdf.output import Document
from brochure.system.cache import MemoryCache

FIXED_PITCH, SERIF, SYMBOLIC, SCRIPT, ITALIC = 1, 2, 4, 8, 64
"""Font flags (table 123): a font with glyph ids as codes is symbolic."""


class EmbeddedFont:
    """A face in a document: its Type 0 fonts, which share a program and a descriptor.

    Its content is known when all pages are drawn, so it is written last.
    """

    def __init__(self, encoding: FontEncoding, document: Document) -> None:
        self.encoding = encoding
        self._document = document

    def reference(self, resource: str) -> PDFObjectReference:
        """Return the font that content streams select by a resource name of the encoding."""
        if self._document.has(resource):
            return PDFObjectReference(resource)
        layer = next(one for one in self.encoding.layers if one.resource == resource)
        return self._document.defer(_Type0Font(self, layer), resource)

    @cached_property
    def clusters(self) -> list[Cluster]:
        """Clusters of glyphs that became glyphs of the subset, in order."""
        clusters = self.encoding.clusters
        return sorted(clusters, key=lambda cluster: (cluster.parts, cluster.advance))

    @cached_property
    def program(self) -> FontProgram:
        """The subset."""
        return _subset(self.encoding, self.clusters)

    @cached_property
    def base_font(self) -> str:
        """The name of the subset (9.6.4)."""
        return f"{self.program.tag}+{postscript_name(self.encoding.face)}"

    @cached_property
    def descriptor(self) -> PDFObjectReference:
        """The font descriptor, with the program."""
        program = self.program
        file = deflate(program.data, **program.entries)
        entries = _descriptor(self.encoding.face, self.base_font)
        entries[program.key] = self._document.register(file, f"{self.encoding.resource}.program")
        key = f"{self.encoding.resource}.descriptor"
        return self._document.register(entries, key)


class _Type0Font(PDFObject):
    def __init__(self, font: EmbeddedFont, layer: Layer) -> None:
        self._font, self._layer = font, layer

    def format(self, document: Document) -> bytes:
        font, layer = self._font, self._layer
        base = name(font.base_font)
        texts = document.register(deflate(_to_unicode(layer)), f"{layer.resource}.unicode")
        descendant = document.register(self._descendant(document, base), f"{layer.resource}.cid")
        return Dictionary(
            Type="/Font",
            Subtype="/Type0",
            BaseFont=base,
            Encoding="/Identity-H",
            DescendantFonts=Array([descendant]),
            ToUnicode=texts,
        ).format(document)

    def _descendant(self, document: Document, base: str) -> Dictionary:
        font, layer = self._font, self._layer
        joins = font.encoding.joins
        entries = Dictionary(
            Type="/Font",
            Subtype="/CIDFontType2" if joins else "/CIDFontType0",
            BaseFont=base,
            CIDSystemInfo="<</Registry (Adobe) /Ordering (Identity) /Supplement 0>>",
            FontDescriptor=font.descriptor,
            DW=0,
            W=Array(_widths(layer)),
        )
        if joins:
            first = font.program.first
            numbers = {cluster: first + at for at, cluster in enumerate(font.clusters)}
            glyphs = deflate(_glyphs(layer, numbers))
            entries["CIDToGIDMap"] = document.register(glyphs, f"{layer.resource}.glyphs")
        return entries


# The program


@dataclass(frozen=True, slots=True)
class FontProgram:
    """A font program: its tag, its data, the descriptor's key for it, its stream's entries, its first cluster's glyph."""

    tag: str
    data: bytes
    key: str
    entries: dict[str, Any]
    first: int = 0


PROGRAMS: MemoryCache[object, FontProgram] = MemoryCache(256)


def _subset(encoding: FontEncoding, clusters: list[Cluster]) -> FontProgram:
    shown = {entry.shows for layer in encoding.layers for entry in layer.entries.values()}
    single = sorted(glyph for glyph in shown if isinstance(glyph, int))
    wider = {number: pair for pair, number in encoding.wider.items()}
    key = encoding.face, tuple(single), tuple(clusters), tuple(wider.items())
    made = PROGRAMS.get(key) or _make_subset(encoding, single, clusters, wider)
    PROGRAMS.put(key, made)
    return made


def _make_subset(
    encoding: FontEncoding,
    single: list[int],
    clusters: list[Cluster],
    wider: dict[int, tuple[int, int]],
) -> FontProgram:
    if encoding.joins:
        data, first = truetype_program(encoding.face, single, clusters)
        return FontProgram(_tag(data), data, "FontFile2", {"Length1": len(data)}, first)
    data = cff_program(encoding.face, single, wider)
    return FontProgram(_tag(data), data, "FontFile3", {"Subtype": "/CIDFontType0C"})


def _tag(program: bytes) -> str:
    """Six letters that distinguish one subset from another (9.6.4)."""
    return "".join(chr(65 + byte % 26) for byte in hashlib.sha256(program).digest()[:6])


@lru_cache(maxsize=256)
def postscript_name(face: Face) -> str:
    """Return the face's name in characters allowed in PostScript names: ASCII letters, digits, hyphen and full stop.

    Accents are removed. A name without ASCII letters, such as one in Chinese, is replaced by its digest.
    """
    if any(char.isalpha() for char in _ascii(face.family)):
        return _ascii(face.name)
    return f"Font-{hashlib.sha256(face.name.encode()).hexdigest()[:8]}"


def _ascii(words: str) -> str:
    plain = unicodedata.normalize("NFKD", words)
    return "".join(char for char in plain if char.isascii() and (char.isalnum() or char in "-."))


# The descriptor


def _descriptor(face: Face, base: str) -> Dictionary:
    """Return the font descriptor (9.8), without its program."""
    return Dictionary(Type="/FontDescriptor", FontName=name(base), **_measures(face))


@lru_cache(maxsize=256)
def _measures(face: Face) -> dict[str, bytes]:
    """Return the entries of the descriptor that are the same in every file."""
    head = face.program.table("head")
    box = [int.from_bytes(head[at : at + 2], "big", signed=True) for at in (36, 38, 40, 42)]
    scale = 1000 / face.upem
    measures: dict[str, Any] = {
        "Flags": font_flags(face),
        "FontBBox": Array(round(edge * scale, 3) for edge in box),
        "ItalicAngle": round(face.italic_angle, 3),
        "Ascent": round(face.ascent * 1000, 3),
        "Descent": round(-face.descent * 1000, 3),
        "CapHeight": round(face.cap_height * 1000, 3),
        "XHeight": round(face.x_height * 1000, 3),
        "StemV": round(50 + (face.weight / 65) ** 2, 3),
    }
    document: Any = PDFDocument  # numbers do not depend on the document
    return {key: written(value, document) for key, value in measures.items()}


def font_flags(face: Face) -> int:
    """Return the flags of a font descriptor (9.8.2), from the tables OS/2, post and head (OpenType 1.9)."""
    flags = SYMBOLIC
    if int.from_bytes(face.program.table("post")[12:16], "big"):
        flags |= FIXED_PITCH
    flags |= _classification(face.program.table("OS/2"))
    if face.italic_angle or face.program.style[2]:
        flags |= ITALIC
    return flags


FAMILY_CLASSES = {**dict.fromkeys((1, 2, 3, 4, 5, 7), SERIF), 10: SCRIPT}
"""Flags by sFamilyClass's class number; 8 is sans serif."""

PANOSE_LATIN, PANOSE_SCRIPT = 2, 3


def _classification(os2: bytes) -> int:
    """Return serif or script, by sFamilyClass, or by PANOSE if that is 0."""
    if len(os2) < 42:
        return 0
    if os2[30]:
        return FAMILY_CLASSES.get(os2[30], 0)
    family, serif = os2[32], os2[33]
    if family == PANOSE_SCRIPT:
        return SCRIPT
    return SERIF if family == PANOSE_LATIN and 2 <= serif <= 10 else 0


# The encoding


def _glyphs(layer: Layer, numbers: dict[Cluster, int]) -> bytes:
    """Return the glyph id of every code up to the last, two bytes each (9.7.4.3)."""
    glyphs = bytearray(2 * (max(layer.entries, default=0) + 1))
    for code, entry in layer.entries.items():
        glyph = entry.shows if isinstance(entry.shows, int) else numbers[entry.shows]
        glyphs[2 * code : 2 * code + 2] = glyph.to_bytes(2, "big")
    return bytes(glyphs)


def _widths(layer: Layer) -> Iterator[Any]:
    """Yield the array /W: the first of consecutive codes, then their widths in thousandths of an em (9.7.4.3)."""
    runs: list[list[int]] = []
    for code in sorted(layer.entries):
        if runs and runs[-1][-1] == code - 1:
            runs[-1].append(code)
        else:
            runs.append([code])
    for run in runs:
        yield run[0]
        widths = [_width(layer.entries[code].width) for code in run]
        yield f"[{' '.join(widths)}]"


def _to_unicode(layer: Layer) -> bytes:
    """Return the CMap from codes to text (9.10.3)."""
    lines = [_map_code(code, layer.entries[code].text) for code in sorted(layer.entries)]
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


# The letters of a font are nearly the same in each file of a batch.
_width = lru_cache(maxsize=4096)(num)


@lru_cache(maxsize=16384)
def _map_code(code: int, text: str) -> str:
    return f"<{code:04X}> <{text.encode('utf-16-be').hex().upper()}>"


def _hundreds(lines: list[str]) -> Iterable[list[str]]:
    """Split into blocks of 100, the limit of a CMap (Adobe Technical Note 5014)."""
    return (lines[at : at + 100] for at in range(0, len(lines), 100))
