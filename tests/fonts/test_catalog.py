"""The font catalog: the file and the instance that a style is set from, and findings about files that are not fonts."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import replace
from typing import Any, ClassVar

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from brochure.errors import InputError
from brochure.fonts.catalog import FontCatalog
from brochure.fonts.face import EmbeddingRestriction, Face
from brochure.project import DiskProject, MemoryProject
from brochure.typeset.style import TypeStyle
from tests.fonts.built import Recipe, built, collection

BOXES = TypeStyle("Boxes", 10.0)
FOLDER = "assets/fonts"


def catalog_of(*recipes: Recipe) -> FontCatalog:
    return FontCatalog(
        MemoryProject({f"{FOLDER}/f{at:02}.ttf": built(it) for at, it in enumerate(recipes)})
    )


def catalog_with(files: Mapping[str, bytes]) -> FontCatalog:
    return FontCatalog(MemoryProject({f"{FOLDER}/{name}": data for name, data in files.items()}))


def style_of(face: Face) -> tuple[float, float, bool]:
    return face.program.style


# Places


def test_the_projects_own_fonts_come_before_the_packages() -> None:
    own = catalog_of(Recipe("Source Sans 3"))
    sans = replace(BOXES, family="Source Sans 3")
    assert own.face(sans).file == f"{FOLDER}/f00.ttf"
    assert FontCatalog(MemoryProject()).face(sans).file.endswith(".ttf")
    assert "fontpkg_source_sans_3" in FontCatalog(MemoryProject()).face(sans).file


def test_a_family_comes_from_one_place() -> None:
    # The package's Source Sans 3 has weights up to 900; a project that brings its own file uses that for every weight.
    own = catalog_of(Recipe("Source Sans 3"))
    bold = replace(BOXES, family="Source Sans 3", weight=900)
    assert style_of(own.face(bold))[0] == 400


def test_system_fonts_are_used_only_if_the_layout_says_so(
    monkeypatch: pytest.MonkeyPatch, tmp_path_factory: pytest.TempPathFactory
) -> None:
    folder = tmp_path_factory.mktemp("fonts")
    (folder / "odd-name.ttf").write_bytes(built(Recipe("Town Hall")))
    monkeypatch.setattr("brochure.project.SYSTEM_FONT_FOLDERS", (str(folder),))
    project = DiskProject(tmp_path_factory.mktemp("project"))
    assert not FontCatalog(project).has_family("Town Hall")
    assert (
        FontCatalog(project, system=True).face(replace(BOXES, family="Town Hall")).family
        == "Town Hall"
    )


def test_a_family_is_searched_for_by_file_names_first(
    monkeypatch: pytest.MonkeyPatch, tmp_path_factory: pytest.TempPathFactory
) -> None:
    # Of the nine fonts on this system, those of "Town" and "Town Hall CJK" are in files with these names, followed by a style.
    folder = tmp_path_factory.mktemp("fonts")
    named = {"Town-Regular": "Town", "Town-BoldItalic": "Town", "TownHall-Regular": "Town Hall"}
    named |= {f"Other{at}-Regular": f"Other {at}" for at in range(5)}
    named |= {"TownHallCJK-Bold": "Town Hall CJK SC"}
    for stem, family in named.items():
        weight = 700 if "Bold" in stem else 400
        (folder / f"{stem}.ttf").write_bytes(built(Recipe(family, weight=weight)))
    monkeypatch.setattr("brochure.project.SYSTEM_FONT_FOLDERS", (str(folder),))
    project = Counting(tmp_path_factory.mktemp("project"))
    for family, files in (("Town", 2), ("Town Hall", 1), ("Town Hall CJK SC", 1)):
        project.opened.clear()
        assert len(FontCatalog(project, system=True).programs(family)) == files
        assert sum(name.startswith(str(folder)) for name in project.opened) == files
    # A family that no file is named after is searched for in all files, including those of the packages.
    project.opened.clear()
    assert not FontCatalog(project, system=True).has_family("Village")
    assert len(project.opened) == len(project.font_files(system=True))


class Counting(DiskProject):
    """A project that records which files were read."""

    opened: ClassVar[list[str]] = []

    def read(self, name: str) -> bytes:
        self.opened.append(name)
        return super().read(name)


def test_packages_come_before_the_system(
    monkeypatch: pytest.MonkeyPatch, tmp_path_factory: pytest.TempPathFactory
) -> None:
    folder = tmp_path_factory.mktemp("fonts")
    (folder / "SourceSans3-Black.ttf").write_bytes(built(Recipe("Source Sans 3", weight=900)))
    monkeypatch.setattr("brochure.project.SYSTEM_FONT_FOLDERS", (str(folder),))
    font_catalog = FontCatalog(DiskProject(tmp_path_factory.mktemp("project")), system=True)
    programs = font_catalog.programs("Source Sans 3")
    assert [str(folder) in program.file for program in programs] == [False, False]


def test_a_missing_family() -> None:
    with pytest.raises(InputError) as caught:
        FontCatalog(MemoryProject()).face(replace(BOXES, family="Source Serf 4"))
    (finding,) = caught.value.findings
    assert (finding.code, finding.message) == (
        "font-unknown",
        "font family 'Source Serf 4' not found",
    )
    assert "Source Serif 4" in finding.hint


def test_names_are_matched_without_case_and_blanks() -> None:
    assert FontCatalog(MemoryProject()).has_family("source serif4")


def test_every_family_is_listed() -> None:
    assert {"Boxes", "Noto Sans", "Source Sans 3", "Source Serif 4"} <= set(
        catalog_of(Recipe()).families()
    )


def test_which_family_has_a_character() -> None:
    own = catalog_of(Recipe("Runes", letters="ᚠ"))
    assert own.find_family_covering("ᚠ") == "Runes"
    assert own.find_family_covering("\U0001f9ff") is None


# Static families, by CSS Fonts 4, 5.2

WEIGHTS = (300, 400, 500, 700, 900)


@pytest.mark.parametrize(
    ("there", "wanted", "found"),
    [
        (WEIGHTS, 400, 400),
        ((300, 500, 700), 400, 500),  # 400 prefers 500,
        ((300, 600, 700), 400, 300),  # then lighter ones,
        ((600, 700), 400, 600),  # and only then heavier ones
        ((300, 400, 700), 500, 400),
        ((200, 400, 600), 300, 200),  # a light weight prefers lighter ones
        ((400, 600), 300, 400),
        ((300, 700, 900), 600, 700),  # a heavy weight prefers heavier ones
        ((300, 400), 700, 400),
    ],
)
def test_nearest_weight(there: tuple[int, ...], wanted: int, found: int) -> None:
    font_catalog = catalog_of(*(Recipe(weight=weight) for weight in there))
    assert style_of(font_catalog.face(replace(BOXES, weight=wanted)))[0] == found


@pytest.mark.parametrize(
    ("there", "wanted", "found"),
    [
        ((3, 5, 7), 75.0, 75.0),  # OS/2 width classes: 3 is 75 %, 5 is 100 %, 7 is 125 %
        ((3, 7), 100.0, 75.0),  # the normal width prefers narrower ones
        ((5, 9), 125.0, 200.0),  # a wide one prefers wider ones
        ((3, 5), 150.0, 100.0),
    ],
)
def test_nearest_width(there: tuple[int, ...], wanted: float, found: float) -> None:
    font_catalog = catalog_of(*(Recipe(width=width) for width in there))
    assert style_of(font_catalog.face(replace(BOXES, width=wanted)))[1] == found


def test_slant_counts_more_than_weight_and_less_than_width() -> None:
    font_catalog = catalog_of(Recipe(weight=700), Recipe(weight=400, italic=True), Recipe(width=3))
    assert style_of(font_catalog.face(replace(BOXES, weight=700, italic=True))) == (400, 100, True)
    assert style_of(font_catalog.face(replace(BOXES, width=75, italic=True))) == (400, 75, False)


def test_no_style_is_synthesized() -> None:
    font_catalog = catalog_of(Recipe())
    assert font_catalog.face(replace(BOXES, weight=700, italic=True)) is font_catalog.face(BOXES)


# Variable families


def test_axes_are_clamped_to_what_the_font_has() -> None:
    font_catalog = catalog_of(Recipe(axes=(("wdth", 75, 100, 100), ("wght", 200, 400, 800))))
    face = font_catalog.face(replace(BOXES, weight=900, width=60))
    assert dict(face.axes) == {"wght": 800, "wdth": 75}
    assert face.weight == 800


def test_the_optical_size_follows_the_size_in_steps() -> None:
    font_catalog = catalog_of(Recipe(axes=(("opsz", 8, 14, 60),)))
    # The step at or below the size: 9.5 and 9.6 pt share an instance, 37 pt uses that for 32, 5 pt the smallest.
    found = {
        size: dict(font_catalog.face(replace(BOXES, size=size)).axes)["opsz"]
        for size in (5, 9.5, 9.6, 37)
    }
    assert found == {5: 8, 9.5: 9, 9.6: 9, 37: 32}
    assert font_catalog.face(replace(BOXES, size=9.5)) is font_catalog.face(
        replace(BOXES, size=9.6)
    )
    assert dict(font_catalog.face(replace(BOXES, optical_size=60)).axes) == {"opsz": 60}


def test_italics_by_an_axis() -> None:
    upright, leaning = (
        catalog_of(Recipe(axes=(("slnt", -10, 0, 0),))).face(replace(BOXES, italic=italic))
        for italic in (False, True)
    )
    assert (dict(upright.axes), dict(leaning.axes)) == ({"slnt": 0}, {"slnt": -10})
    face = catalog_of(Recipe(axes=(("ital", 0, 0, 1),))).face(replace(BOXES, italic=True))
    assert dict(face.axes) == {"ital": 1}


def test_packaged_family_with_roman_and_italic_files() -> None:
    font_catalog = FontCatalog(MemoryProject())
    serif = TypeStyle("Source Serif 4", 10.0)
    roman, italic = (
        font_catalog.face(serif),
        font_catalog.face(replace(serif, italic=True, weight=600)),
    )
    assert (style_of(roman)[2], style_of(italic)[2]) == (False, True)
    assert dict(italic.axes)["wght"] == 600
    assert italic.name == "SourceSerif4-SemiBoldItalic-opsz10"


# Formats


def test_opentype_with_postscript_outlines() -> None:
    font_catalog = catalog_with({"Boxes.otf": built(Recipe(cff=True))})
    face = font_catalog.face(BOXES)
    assert (face.upem, face.cap_height, face.ascent, face.descent) == (1000, 0.7, 0.8, 0.2)


def test_every_font_of_a_collection() -> None:
    data = collection([Recipe("One"), Recipe("Two"), Recipe("Two", weight=700)])
    font_catalog = catalog_with({"both.ttc": data})
    assert font_catalog.face(replace(BOXES, family="One")).index == 0
    assert font_catalog.face(replace(BOXES, family="Two")).index == 1
    assert font_catalog.face(replace(BOXES, family="Two", weight=800)).index == 2


# Damage


@pytest.mark.parametrize(
    ("data", "reason"),
    [
        (b"", "the file is empty"),
        (b"%PDF-1.7 not a font at all", "it is not a TrueType or OpenType font"),
        (b"\x00\x01\x00\x00" + bytes(40), "table 'cmap' is missing"),
        (b"ttcf" + bytes(8), "the font collection is empty or its header is damaged"),
        (built(Recipe())[:1500], "table '"),
    ],
)
def test_files_that_are_not_fonts_are_reported(data: bytes, reason: str) -> None:
    font_catalog = catalog_with({"Boxes.ttf": data})
    with pytest.raises(InputError) as caught:
        font_catalog.face(BOXES)
    (finding,) = caught.value.findings
    assert finding.code == "font-unreadable"
    assert finding.message.startswith(f"{FOLDER}/Boxes.ttf cannot be used as a font: {reason}")


@settings(max_examples=80, deadline=None)
@given(st.integers(0, 6000), st.binary(min_size=1, max_size=40), st.integers(1, 7000))
def test_a_damaged_font_raises_no_other_exception(at: int, junk: bytes, end: int) -> None:
    whole = built(Recipe())
    data = (whole[:at] + junk + whole[at + len(junk) :])[:end]
    font_catalog, codes = catalog_with({"Boxes.ttf": data}), set()
    try:
        font_catalog.face(BOXES)
    except InputError as error:
        codes = {finding.code for finding in error.findings}
    assert codes <= {"font-unreadable", "font-unknown"}


# Names


def test_a_family_is_found_by_its_name_in_any_language() -> None:
    font_catalog = catalog_of(
        Recipe("Lamp Gothic", localized=(("ja", "灯ゴシック"), ("de", "Größe")))
    )
    for name in ("Lamp Gothic", "lamp-gothic", "灯ゴシック", "Größe"):
        assert font_catalog.face(replace(BOXES, family=name)).family == "Lamp Gothic"
    assert "Lamp Gothic" in font_catalog.families()
    assert "灯ゴシック" not in font_catalog.families()


def test_a_family_without_an_english_name() -> None:
    font_catalog = catalog_of(Recipe("", localized=(("zh", "灯体"),)))
    assert font_catalog.face(replace(BOXES, family="灯体")).family == "灯体"


# Glyphs without an outline


def test_a_glyph_without_an_outline_counts_as_missing() -> None:
    (program,) = catalog_of(Recipe(empty="Q\u00a0")).programs("Boxes")
    assert program.has("A")
    assert not program.has("Q")
    assert program.has("\u00a0")  # a space is blank


@pytest.mark.parametrize("empty", ["Q", ""])
def test_a_colour_glyph_is_used_only_where_it_has_an_outline(empty: str) -> None:
    (program,) = catalog_of(Recipe(empty=empty, pictures="Q")).programs("Boxes")
    assert program.has("Q") is not bool(empty)
    assert program.has_only_picture("Q") is bool(empty)
    assert not program.has_only_picture("A")
    assert not program.has_only_picture("ក")


def test_a_font_of_bitmaps_has_no_letters() -> None:
    (program,) = catalog_of(Recipe(bitmaps_only=True)).programs("Boxes")
    assert not program.has("A")
    assert program.has_only_picture("A")


# Styles that a family lacks


@pytest.mark.parametrize(
    ("recipes", "asked", "substitution"),
    [
        ([Recipe()], {}, None),
        ([Recipe(weight=700, italic=True)], {}, ("regular", "bold italic")),
        ([Recipe(weight=700)], {}, ("regular", "bold")),
        ([Recipe(italic=True)], {}, ("regular", "italic")),
        ([Recipe()], {"italic": True}, ("italic", "regular")),
        ([Recipe()], {"weight": 700.0}, ("bold", "regular")),
        ([Recipe(weight=600)], {"weight": 700.0}, None),
        ([Recipe(weight=500)], {}, None),
        ([Recipe(), Recipe(weight=700)], {"weight": 700.0}, None),
        ([Recipe(axes=(("wght", 300, 400, 700),))], {"weight": 700.0}, None),
        ([Recipe(axes=(("wght", 300, 400, 500),))], {"weight": 700.0}, ("bold", "medium")),
        ([Recipe(axes=(("slnt", -12, 0, 0),))], {"italic": True}, None),
        ([Recipe()], {"width": 75.0}, ("regular at 75 % width", "regular")),
    ],
)
def test_a_style_that_the_family_lacks(
    recipes: list[Recipe], asked: dict[str, Any], substitution: tuple[str, str] | None
) -> None:
    assert catalog_of(*recipes).substitution(replace(BOXES, **asked)) == substitution


# Licences


@pytest.mark.parametrize(
    ("bits", "restriction"),
    [
        (0x0000, None),
        (0x0002, EmbeddingRestriction.RESTRICTED),
        (0x0004, None),
        (0x0008, None),
        (0x000A, None),  # if there are several, the least restrictive one counts
        (0x0104, EmbeddingRestriction.NO_SUBSETTING),
        (0x0200, EmbeddingRestriction.BITMAPS_ONLY),
        (0x0300, EmbeddingRestriction.BITMAPS_ONLY),
        (0x0102, EmbeddingRestriction.RESTRICTED),
    ],
)
def test_licence_bits(bits: int, restriction: EmbeddingRestriction | None) -> None:
    (program,) = catalog_of(Recipe(licence_bits=bits)).programs("Boxes")
    assert program.embedding_restriction is restriction
