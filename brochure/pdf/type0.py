"""Fonts in the PDF: one Type 0 font a face, by glyph, with the text that each glyph stands for.

Takes a font's codes when all pages are painted; gives the font's objects: Identity-H, a subset made by HarfBuzz, widths, and
a ToUnicode map (ISO 32000-1, 9.7, 9.10). Programs are kept in memory by their glyphs, for the next edition.
"""

from __future__ import annotations

import hashlib
from collections.abc import Iterable

from brochure.fonts.face import Face
from brochure.frozen import dataclass
from brochure.pdf.font_encoding import Layer, PlateFont
from brochure.pdf.operators import Refer, deflated, dictionary, num
from brochure.pdf.font_subset import Cluster, cff_program, truetype_program
from brochure.recent import Recent

SYMBOLIC, ITALIC = 4, 64
"""Font flags (9.8.2): a font by glyphs is symbolic, whatever its letters."""


def embedded(font: PlateFont, refer: Refer) -> dict[str, str]:
    """Puts the font's objects into the document; gives each layer's resource name with the reference to it."""
    clusters = sorted(font.clusters, key=lambda cluster: (cluster.parts, cluster.advance))
    program = _program(font, clusters)
    numbers = {cluster: program.first + at for at, cluster in enumerate(clusters)}
    base = f"/{program.tag}+{_ps_name(font.face)}"
    file = refer(program.stream, font.resource + "f")
    descriptor = refer(_descriptor(font.face, base, program.key, file), font.resource + "s")
    return {
        layer.resource: _type0(font, refer, layer, (base, descriptor), numbers)
        for layer in font.layers
    }


@dataclass(frozen=True, slots=True)
class EmbeddedProgram:
    """A font program as it stands in the file: its tag, its stream, what the descriptor calls it, its first cluster's glyph."""

    tag: str
    stream: bytes
    key: str
    first: int = 0


PROGRAMS: Recent[object, EmbeddedProgram] = Recent(256)


def _program(font: PlateFont, clusters: list[Cluster]) -> EmbeddedProgram:
    shown = {entry.shows for layer in font.layers for entry in layer.entries.values()}
    single = sorted(glyph for glyph in shown if isinstance(glyph, int))
    wider = {number: wanted for wanted, number in font.wider.items()}
    key = font.face, tuple(single), tuple(clusters), tuple(wider.items())
    made = PROGRAMS.get(key) or _made(font, single, clusters, wider)
    PROGRAMS.put(key, made)
    return made


def _made(
    font: PlateFont, single: list[int], clusters: list[Cluster], wider: dict[int, tuple[int, int]]
) -> EmbeddedProgram:
    if font.joins:
        program, first = truetype_program(font.face, single, clusters)
        stream = deflated(f"/Length1 {len(program)}", program)
        return EmbeddedProgram(_tag(program), stream, "FontFile2", first)
    program = cff_program(font.face, single, wider)
    stream = deflated("/Subtype /CIDFontType0C", program)
    return EmbeddedProgram(_tag(program), stream, "FontFile3")


def _type0(
    font: PlateFont, refer: Refer, layer: Layer, said: tuple[str, str], numbers: dict[Cluster, int]
) -> str:
    """One Type 0 font around the program: `said` are its name and its descriptor."""
    base, descriptor = said
    mapping = ""
    if font.joins:
        mapping = (
            f"/CIDToGIDMap {refer(deflated('', _glyphs(layer, numbers)), layer.resource + 'm')}"
        )
    info = "<</Registry (Adobe) /Ordering (Identity) /Supplement 0>>"
    subtype = "/CIDFontType2" if font.joins else "/CIDFontType0"
    descendant = (
        f"<</Type /Font /Subtype {subtype} /BaseFont {base} /CIDSystemInfo {info} "
        f"/FontDescriptor {descriptor} /DW 0 /W [{_widths(layer)}] {mapping}>>"
    )
    texts = refer(deflated("", _to_unicode(layer)), layer.resource + "u")
    return refer(
        dictionary(
            Type="/Font",
            Subtype="/Type0",
            BaseFont=base,
            Encoding="/Identity-H",
            DescendantFonts=f"[{refer(descendant, layer.resource + 'd')}]",
            ToUnicode=texts,
        ),
        layer.resource,
    )


def _glyphs(layer: Layer, numbers: dict[Cluster, int]) -> bytes:
    """The glyph of every code up to the last, two bytes each (9.7.4.3)."""
    glyphs = bytearray(2 * (max(layer.entries, default=0) + 1))
    for code, entry in layer.entries.items():
        glyph = entry.shows if isinstance(entry.shows, int) else numbers[entry.shows]
        glyphs[2 * code : 2 * code + 2] = glyph.to_bytes(2, "big")
    return bytes(glyphs)


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
