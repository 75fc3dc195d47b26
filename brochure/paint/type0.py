"""Fonts in the PDF: one Type 0 font a face, by glyph, with the text that each glyph stands for.

Takes the faces and glyphs that the plate meets; gives codes for the content stream and, at the end, the font's objects:
Identity-H, a subset made by HarfBuzz, widths, and a ToUnicode map (ISO 32000-1, 9.7, 9.10). A glyph that stands for
different texts in different places gets a code for each, and a cluster of glyphs gets one code, so that every reader
gets the text back exactly.
"""

from __future__ import annotations

import hashlib
from collections.abc import Iterable
from dataclasses import dataclass
from functools import cached_property

from brochure.fonts.face import Face
from brochure.fonts.subset import is_cff
from brochure.paint.operators import Refer, deflated, dictionary, num
from brochure.paint.program import Cluster, Part, cff_program, has_cids, truetype_program

SYMBOLIC, ITALIC = 4, 64
"""Font flags (9.8.2): a font by glyphs is symbolic, whatever its letters."""


@dataclass(frozen=True, slots=True)
class Code:
    """How a content stream shows a glyph: the font's resource name, the code in hexadecimal, thousandths of an em."""

    resource: str
    digits: str
    width: float


@dataclass(frozen=True, slots=True)
class Entry:
    """What a code stands for: a glyph or a cluster of them, its width in thousandths of an em, its text."""

    shows: int | Cluster
    width: float
    text: str


@dataclass(frozen=True, slots=True)
class Layer:
    """One Type 0 font in the making: its resource name, and its codes in the order in which they were met."""

    resource: str
    entries: dict[int, Entry]


class PlateFont:
    """The codes of one face: each pair of glyph (or cluster of glyphs) and text has its own, in the order they are met.

    In a TrueType font any code may show any glyph, by the CIDToGIDMap. In a CFF font a code is its glyph: a second text
    of the same glyph goes into a second layer, a Type 0 font of its own around the same program; with another room behind it,
    a glyph is there again under a number of its own.
    """

    def __init__(self, face: Face, number: int) -> None:
        self.face = face
        self.resource = f"F{number}"
        self.joins = not is_cff(face)
        self.codes: dict[tuple[int | Cluster, str], Code] = {}
        self.layers: list[Layer] = [Layer(self.resource, {})]
        self._clusters: dict[Cluster, None] = {}
        self._wider: dict[tuple[int, int], int] = {}
        self._taken: set[int] = set()

    def code(self, glyph: int, text: str) -> Code:
        """The code of a glyph that stands for a text."""
        found = self.codes.get((glyph, text))
        if found is None:
            width = self.face.font.get_glyph_h_advance(glyph)
            if glyph in self._wider.values():
                return self.widened(glyph, text, width)
            found = self.codes[glyph, text] = self._new(glyph, glyph, width, text)
        return found

    def joined(self, parts: tuple[Part, ...], text: str, advance: int | None = None) -> Code:
        """The code of several glyphs that stand for a text together; only where the font `joins`.

        The pen moves as far as over its glyphs, or by `advance` in the font's units.
        """
        if advance is None:
            advance = sum(self.face.font.get_glyph_h_advance(part[0]) for part in parts)
        cluster = Cluster(parts, advance)
        found = self.codes.get((cluster, text))
        if found is None:
            self._clusters[cluster] = None
            found = self.codes[cluster, text] = self._new(cluster, 0, advance, text)
        return found

    @cached_property
    def widens(self) -> bool:
        """Whether a glyph of a font that does not join may be there again with more room behind it."""
        return not self.joins and has_cids(self.face)

    def widened(self, glyph: int, text: str, advance: int) -> Code:
        """The code of a glyph with another room behind it, in the font's units; only where the font `widens`."""
        cluster = Cluster(((glyph, 0, 0),), advance)
        found = self.codes.get((cluster, text))
        if found is None:
            if (glyph, advance) not in self._wider:
                self._wider[glyph, advance] = self._free()
            number = self._wider[glyph, advance]
            layer = self._layer_without(number)
            layer.entries[number] = Entry(cluster, advance * 1000 / self.face.upem, text)
            width = layer.entries[number].width
            found = self.codes[cluster, text] = Code(layer.resource, f"{number:04X}", width)
        return found

    def _free(self) -> int:
        """A number that no glyph in use has; the last ones of such fonts are forms for vertical lines."""
        taken = self._taken.union(self._wider.values())
        return next(
            at for at in range(self.face.program.hb.glyph_count - 1, 0, -1) if at not in taken
        )

    def _new(self, shows: int | Cluster, glyph: int, width: int, text: str) -> Code:
        if self.joins:
            layer, number = self.layers[0], len(self.codes) + 1
        else:
            layer, number = self._layer_without(glyph), glyph
            self._taken.add(glyph)
        layer.entries[number] = Entry(shows, width * 1000 / self.face.upem, text)
        return Code(layer.resource, f"{number:04X}", layer.entries[number].width)

    def _layer_without(self, glyph: int) -> Layer:
        """The first layer in which the glyph's code is still free."""
        for layer in self.layers:
            if glyph not in layer.entries:
                return layer
        self.layers.append(Layer(f"{self.resource}x{len(self.layers)}", {}))
        return self.layers[-1]

    def add_to(self, refer: Refer) -> dict[str, str]:
        """Puts the font's objects into the document; gives each layer's resource name with the reference to it."""
        glyphs = {e.shows for layer in self.layers for e in layer.entries.values()}
        single = sorted(glyph for glyph in glyphs if isinstance(glyph, int))
        clusters = list(self._clusters)
        if self.joins:
            program, first = truetype_program(self.face, single, clusters)
            key, entries = "FontFile2", f"/Length1 {len(program)}"
        else:
            wider = {number: wanted for wanted, number in self._wider.items()}
            program, first = cff_program(self.face, single, wider), 0
            key, entries = "FontFile3", "/Subtype /CIDFontType0C"
        numbers = {cluster: first + at for at, cluster in enumerate(clusters)}
        base = f"/{_tag(program)}+{_ps_name(self.face)}"
        file = refer(deflated(entries, program), self.resource + "f")
        descriptor = refer(_descriptor(self.face, base, key, file), self.resource + "s")
        return {
            layer.resource: self._type0(refer, layer, base, descriptor, numbers)
            for layer in self.layers
        }

    def _type0(
        self,
        refer: Refer,
        layer: Layer,
        base: str,
        descriptor: str,
        numbers: dict[Cluster, int],
    ) -> str:
        """One Type 0 font around the program."""
        mapping = ""
        if self.joins:
            shown = [0, *(e.shows for e in layer.entries.values())]
            gids = b"".join(
                (one if isinstance(one, int) else numbers[one]).to_bytes(2, "big") for one in shown
            )
            mapping = f"/CIDToGIDMap {refer(deflated('', gids), layer.resource + 'm')}"
        info = "<</Registry (Adobe) /Ordering (Identity) /Supplement 0>>"
        subtype = "/CIDFontType2" if self.joins else "/CIDFontType0"
        descendant = (
            f"<</Type /Font /Subtype {subtype} /BaseFont {base} /CIDSystemInfo {info} "
            f"/FontDescriptor {descriptor} /DW 0 /W [{_widths(layer)}] {mapping}>>"
        )
        texts = refer(deflated("", _to_unicode(layer)), layer.resource + "u")
        font = dictionary(
            Type="/Font",
            Subtype="/Type0",
            BaseFont=base,
            Encoding="/Identity-H",
            DescendantFonts=f"[{refer(descendant, layer.resource + 'd')}]",
            ToUnicode=texts,
        )
        return refer(font, layer.resource)


def _tag(program: bytes) -> str:
    """Six letters that tell one subset from another (9.6.4)."""
    return "".join(chr(65 + byte % 26) for byte in hashlib.sha256(program).digest()[:6])


def _descriptor(face: Face, base: str, file_key: str, file: str) -> str:
    head = face.program.hb.reference_table("head").data
    box = [int.from_bytes(head[at : at + 2], "big", signed=True) for at in (36, 38, 40, 42)]
    scale = 1000 / face.upem
    return dictionary(
        Type="/FontDescriptor",
        FontName=base,
        Flags=str(SYMBOLIC | (ITALIC if face.italic_angle else 0)),
        FontBBox="[" + " ".join(num(edge * scale) for edge in box) + "]",
        ItalicAngle=num(face.italic_angle),
        Ascent=num(face.ascent * 1000),
        Descent=num(-face.descent * 1000),
        CapHeight=num(face.cap_height * 1000),
        XHeight=num(face.x_height * 1000),
        StemV=num(50 + (face.weight / 65) ** 2),
        **{file_key: file},
    )


def _widths(layer: Layer) -> str:
    """The /W array: runs of consecutive codes, each with its widths in thousandths of an em."""
    runs: list[list[int]] = []
    for code in sorted(layer.entries):
        if runs and runs[-1][-1] == code - 1:
            runs[-1].append(code)
        else:
            runs.append([code])
    return " ".join(
        f"{run[0]} [{' '.join(num(layer.entries[code].width) for code in run)}]" for run in runs
    )


def _to_unicode(layer: Layer) -> bytes:
    """The CMap from codes to text."""
    lines = [f"<{code:04X}> <{_utf16(layer.entries[code].text)}>" for code in sorted(layer.entries)]
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
