"""Fonts in finished PDFs: embedded, subset, with correct widths, and with the outlines of the requested instance."""

from __future__ import annotations

import io
from collections.abc import Iterator
from pathlib import Path
from typing import Any

import pypdf
import pytest
from fontTools.cffLib import CFFFontSet
from fontTools.fontBuilder import FontBuilder
from fontTools.misc.psCharStrings import T2CharString, T2WidthExtractor
from fontTools.ttLib import TTFont

from brochure.api import build
from brochure.fonts.face import Face, Program
from brochure.pdf.engine import Canvas
from brochure.pdf.font_encoding import FontEncoding
from brochure.pdf.output import Document
from brochure.pdf.type0 import EmbeddedFont
from brochure.prepress.output_conditions import PRESS
from brochure.project import MemoryProject
from tests.programs import run
from tests.readback.projects import DEBIAN, Words, files_of, pdf_of

TEXT = "Officials weigh **bold** words, *italic* ones and others."
FONTS = {
    "variable TrueType": Words(TEXT),
    "static CFF": Words("Officials weigh words.", font="Nimbus Roman"),
    "CFF of a collection": Words("法律得到执行时", "zh", "Noto Serif CJK SC"),
    "clusters": Words("ធ្វើការជាមួយ ដើម្បី", "km", "Noto Sans Khmer"),
    "right to left": Words("للجميع الآن لأن الله", "ar", "Noto Naskh Arabic"),
    "tracked": Words("OFFICE", style="tracking: 120"),
}
each_font = pytest.mark.parametrize("words", FONTS.values(), ids=FONTS.keys())


@each_font
def test_every_font_is_embedded_and_a_subset(words: Words, tmp_path: Path) -> None:
    path = tmp_path / "fonts.pdf"
    path.write_bytes(pdf_of(words))
    rows = run("pdffonts", path).splitlines()[2:]
    assert rows
    for row in rows:
        # ... emb sub uni object ID: from the right, because names may have blanks
        assert row.split()[-5:-2] == ["yes", "yes", "yes"]
        assert "Identity-H" in row
    assert b"Helvetica" not in pdf_of(words)


@each_font
def test_widths_are_those_of_the_program(words: Words) -> None:
    checked = 0
    for font in fonts_in(pdf_of(words)):
        for code, width in widths_of(font).items():
            # Thousandths of an em compared with the program's units: equal to a thousandth of a thousandth.
            assert width == pytest.approx(program_width(font, code), abs=0.001)
            checked += 1
    assert checked > 4


def test_an_instance_has_the_outlines_of_its_weight() -> None:
    bold = next(
        font for font in fonts_in(pdf_of(FONTS["variable TrueType"])) if "Bold" in name(font)
    )
    program = truetype(font=bold)
    face = source_face(wght=700, opsz=9)
    regular = source_face(wght=400, opsz=9)
    glyph = face.font.get_nominal_glyph(ord("b"))
    assert glyph
    embedded = program["glyf"][program.getGlyphName(glyph)]
    extents = face.font.get_glyph_extents(glyph)
    # HarfBuzz has x_bearing, y_bearing (top), width and height (downwards, negative); rounding is half a unit each.
    assert embedded.xMin == pytest.approx(extents.x_bearing, abs=1)
    assert embedded.yMax == pytest.approx(extents.y_bearing, abs=1)
    assert embedded.xMax - embedded.xMin == pytest.approx(extents.width, abs=2)
    assert extents.width > regular.font.get_glyph_extents(glyph).width + 5


def test_a_cff2_font_is_embedded_as_cff() -> None:
    face = Program("variable.otf", variable_cff()).face({"wght": 700})
    font = FontEncoding(face, 1)
    glyph = face.font.get_nominal_glyph(ord("a"))
    assert glyph == 1
    code = font.code(glyph, "a")
    # Half way from 400 to 1000: 500 + (700 - 400) / (1000 - 400) * 100 = 550 units of 1000.
    assert code.width == 550
    document = Document((1, 6), "en")
    EmbeddedFont(font, document).reference("F1")
    written = b"".join(Canvas(document).finish())
    assert b"/Subtype /CIDFontType0C" in written
    assert b"/W [1 [550]]" in written


def test_the_subset_of_a_large_font_is_small() -> None:
    # Seven characters of 38,985: about two kilobytes of outlines, not a hundred of empty entries.
    (font,) = fonts_in(pdf_of(FONTS["CFF of a collection"]))
    assert len(descendant(font)["/FontDescriptor"]["/FontFile3"].get_data()) < 8_000


def test_a_glyph_with_two_texts_has_two_codes() -> None:
    truetype_font = FontEncoding(source_face(wght=400, opsz=9), 1)
    once, again = truetype_font.code(5, "ﬁ"), truetype_font.code(5, "fi")
    assert (once.resource, again.resource) == ("F1", "F1")
    assert once.digits != again.digits


def test_a_cff_glyph_with_two_texts_needs_two_fonts() -> None:
    font = FontEncoding(Program("variable.otf", variable_cff()).face({}), 3)
    codes = [font.code(1, text) for text in ("a", "A", "a")]
    assert [(code.resource, code.digits) for code in codes] == [
        ("F3", "0001"),
        ("F3x1", "0001"),
        ("F3", "0001"),
    ]


# Reading fonts


def fonts_in(pdf: bytes) -> Iterator[Any]:
    """Return the Type 0 fonts of a PDF's first page."""
    page = pypdf.PdfReader(io.BytesIO(pdf)).pages[0]
    resources: Any = page["/Resources"]
    for font in resources["/Font"].values():
        yield font.get_object()


def name(font: Any) -> str:
    return str(font["/BaseFont"])


def descendant(font: Any) -> Any:
    return font["/DescendantFonts"][0].get_object()


def widths_of(font: Any) -> dict[int, float]:
    """Return the /W array as a table (ISO 32000-1, 9.7.4.3)."""
    array = [entry.get_object() for entry in descendant(font)["/W"]]
    table: dict[int, float] = {}
    for first, widths in zip(array[::2], array[1::2], strict=True):
        table.update({int(first) + at: float(width) for at, width in enumerate(widths)})
    return table


def program_width(font: Any, code: int) -> float:
    """Return the width of a code's glyph in the program, in thousandths of an em."""
    if descendant(font)["/Subtype"] == "/CIDFontType2":
        program = truetype(font)
        map_data = descendant(font)["/CIDToGIDMap"].get_data()
        glyph = int.from_bytes(map_data[2 * code : 2 * code + 2], "big")
        advance, _ = program["hmtx"][program.getGlyphName(glyph)]
        return float(advance * 1000 / program["head"].unitsPerEm)
    return cff_width(font, code)


def truetype(font: Any) -> TTFont:
    return TTFont(io.BytesIO(descendant(font)["/FontDescriptor"]["/FontFile2"].get_data()))


def cff_width(font: Any, code: int) -> float:
    cff = CFFFontSet()
    cff.decompile(io.BytesIO(descendant(font)["/FontDescriptor"]["/FontFile3"].get_data()), None)
    top = cff[0]
    glyph = f"cid{code:05}" if hasattr(top, "ROS") else top.getGlyphOrder()[code]
    charstring, _ = top.CharStrings.getItemAndSelector(glyph)
    private = charstring.private
    reading = T2WidthExtractor([], [], private.nominalWidthX, private.defaultWidthX)
    reading.execute(charstring)
    return float(reading.width)


# Test fonts


def source_face(**axes: float) -> Face:
    from brochure.fonts.catalog import FontCatalog
    from brochure.project import MemoryProject

    font_catalog = FontCatalog(MemoryProject())
    files = [file for file in font_catalog.project.font_files() if "SourceSerif4[" in file]
    return Program(files[0], font_catalog.project.read(files[0])).face(axes)


def variable_cff() -> bytes:
    """A font of one square letter, from 500 units wide at weight 400 to 600 at 1000."""
    builder = FontBuilder(1000, isTTF=False)
    builder.setupGlyphOrder([".notdef", "a"])
    builder.setupCharacterMap({ord("a"): "a"})
    builder.setupNameTable({"familyName": "Square", "styleName": "Regular"})
    builder.setupFvar([("wght", 400, 400, 1000, "Weight")], [])
    square = [50, 0, 1, "blend", 0, "rmoveto", 400, 100, 1, "blend", "hlineto"]
    square += [400, "vlineto", -400, -100, 1, "blend", "hlineto"]
    shapes = {".notdef": T2CharString(program=[]), "a": T2CharString(program=square)}
    builder.setupCFF2(shapes, regions=[{"wght": (0, 1, 1)}])
    builder.setupHorizontalMetrics({".notdef": (500, 0), "a": (500, 50)})
    builder.setupHorizontalHeader(ascent=800, descent=-200)
    _vary_widths(builder)
    builder.setupOS2()
    builder.setupPost()
    out = io.BytesIO()
    builder.font.save(out)
    return out.getvalue()


def _vary_widths(builder: FontBuilder) -> None:
    from fontTools.ttLib import newTable
    from fontTools.ttLib.tables import otTables
    from fontTools.varLib.builder import buildVarData, buildVarRegionList, buildVarStore

    regions = buildVarRegionList([{"wght": (0, 1, 1)}], ["wght"])
    store = buildVarStore(regions, [buildVarData([0], [[0], [100]])])
    table = otTables.HVAR()
    table.Version, table.VarStore = 0x00010000, store
    table.AdvWidthMap = table.LsbMap = table.RsbMap = None
    builder.font["HVAR"] = newTable("HVAR")
    builder.font["HVAR"].table = table


@pytest.mark.parametrize(
    ("family", "expected"),
    [
        ("Schrift Größe", "SchriftGroe"),
        ("Ōsaka", "Osaka"),
        ("灯体", "Font-"),
        ("Ελληνικά 2", "Font-"),
        ("Source Serif 4", "SourceSerif4"),
    ],
)
def test_a_family_may_be_named_in_any_script(family: str, expected: str) -> None:
    """The font names in the file are ASCII, as PostScript names are, and text is extracted as usual."""
    words = Words("Words 12", font=family)
    files = {**files_of(words), "assets/fonts/own.ttf": named(family)}
    built = build(MemoryProject(files), PRESS)
    assert built.findings == ()
    (font,) = fonts_in(built.pdf)
    plain = name(font)
    assert plain.isascii()
    assert plain.partition("+")[2].startswith(expected)
    assert "Words 12" in pypdf.PdfReader(io.BytesIO(built.pdf)).pages[0].extract_text()


@pytest.mark.parametrize(
    ("font", "flags"),
    [
        ("Source Serif 4", {"serif"}),
        ("Source Sans 3", set()),
        ("Nimbus Mono PS", {"fixed pitch"}),
    ],
)
def test_font_flags(font: str, flags: set[str]) -> None:
    known = {"fixed pitch": 1, "serif": 2, "script": 8, "italic": 64}
    (found,) = fonts_in(pdf_of(Words("Words", font=font)))
    bits = int(descendant(found)["/FontDescriptor"]["/Flags"])
    assert {one for one, bit in known.items() if bits & bit} >= flags
    assert bits & 4  # symbolic: addressed by glyph numbers
    assert bool(bits & 2) == ("serif" in flags)


def test_flags_of_an_italic() -> None:
    (found,) = (font for font in fonts_in(pdf_of(Words("*all*"))) if "It" in name(font))
    assert int(descendant(found)["/FontDescriptor"]["/Flags"]) & 64


def named(family: str) -> bytes:
    """Noto Sans under another family name."""
    font = TTFont(DEBIAN / "truetype/noto/NotoSans-Regular.ttf")
    for record in (1, 4, 16):
        font["name"].setName(family, record, 3, 1, 0x409)
    out = io.BytesIO()
    font.save(out)
    return out.getvalue()
