"""Symbol maps: places, areas, labels without collisions, the key, data files and elements of drawings."""

from __future__ import annotations

import io
import math
from collections.abc import Mapping
from itertools import pairwise
from pathlib import Path as FilePath

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st
from PIL import Image
from reportlab.pdfgen.canvas import Canvas

from brochure.api import build, lay_out
from brochure.blocks.charts.symbol_plot import key_values
from brochure.blocks.svg.element_places import find_element_places
from brochure.blocks.svg.errors import SvgError
from brochure.color.swatch import WHITE
from brochure.edition_checks import check_laid_out
from brochure.geometry import Rect
from brochure.model.display_list import Item, Path, Picture, bounds
from brochure.preflight import PROFILES
from brochure.prepress.output_conditions import PRESS, SCREEN
from brochure.project import MemoryProject
from tests.blocks.charts import LABEL, assert_set_apart, scene
from tests.blocks.series_charts import cells_of
from tests.blocks.setting import LEFT, TOP, Scene, SetPage, _written, placed
from tests.pictures.map_gallery import maps
from tests.programs import run
from tests.quick import examples

MAP = """\
<svg xmlns="http://www.w3.org/2000/svg" viewBox="100 50 200 100">
  <rect id="sea" x="100" y="50" width="200" height="100" fill="#eef"/>
  <g id="north" transform="translate(150 60)"><g transform="scale(2)"><circle id="dot" cx="5" cy="10" r="4"/></g></g>
  <path id="far" d="M400 60h10v10z"/><g id="empty"/><path id="bent" d="M110 140q10 -20 20 0z" transform="rotate(0)"/>
</svg>
"""
Point = tuple[str, float, float, float]
NO_FILES: Mapping[str, bytes] = {}
POINTS: list[Point] = [("One", 25, 25, 100), ("Two", 75, 25, 25), ("Three", 50, 75, 50)]


def map_scene(
    width: float = 200.0, language: str = "en", files: Mapping[str, bytes] = NO_FILES
) -> Scene:
    base = scene(width, language)
    given = {f"assets/{name}": data for name, data in files.items()}
    return Scene(
        width=base.width,
        height=base.height,
        styles=base.styles,
        language=language,
        files={"assets/map.svg": MAP.encode(), **given},
    )


def map_block(points: list[Point], *keys: str) -> str:
    rows = [
        f"    - {{label: l{at}, x: {x}%, y: {y}%, value: {value}}}"
        for at, (_, x, y, value) in enumerate(points)
    ]
    return "\n".join(
        ["- symbol-map:", *rows, *(f"  {key}" for key in ("map: map.svg", "alt: alt", *keys))]
    )


def words(points: list[Point]) -> str:
    labels = [f'l{at}: "{label}"' for at, (label, *_) in enumerate(points)]
    return "\n".join([*labels, "alt: What is shown.", "unit: Cases", ""])


def place_map(points: list[Point], *keys: str, language: str = "en") -> SetPage:
    return placed(map_block(points, *keys), words(points), map_scene(language=language))


def symbols(items: tuple[Item, ...] | list[Path]) -> list[Rect]:
    """Return the symbols: each is drawn on a larger paper-coloured disc."""
    paths = [one for one in items if isinstance(one, Path)]
    return [
        bounds(disc.outlines).translate(-LEFT, -TOP)
        for ground, disc in pairwise(paths)
        if ground.fill == WHITE and len(ground.outlines[0].segments[-1]) == 6
    ]


def where(symbol: Rect) -> list[float]:
    """Return the centre of a symbol, rounded."""
    return [round(symbol.centre.x, 6), round(symbol.centre.y, 6)]


def test_symbols_are_at_their_places_with_areas_to_scale() -> None:
    large, three, two = symbols(place_map(POINTS, "size: 20 pt").items)
    assert [round(large.width, 6), round(two.width, 6)] == [20, 10]
    assert three.width == pytest.approx(20 * math.sqrt(0.5))
    # The map is 200 points wide and 100 high.
    assert where(large) == [50, -25]
    assert where(three) == [100, -75]


def test_places_in_the_units_of_the_map_and_by_id() -> None:
    block = (
        "- symbol-map: [{label: a, x: 150, y: 75, value: 1}, {label: b, id: dot, value: 1}, {label: c, id: north, value: 1}]\n"
        "  map: map.svg\n  alt: none\n"
    )
    one, dot, north = symbols(placed(block, "a: A\nb: B\nc: C\n", map_scene()).items)
    assert where(one) == [50, -25]
    # The circle is at (150 + 2 × 5, 60 + 2 × 10).
    assert where(dot) == [60, -30]
    assert north == dot


def test_maps_of_pixels_and_pdfs_have_their_own_units() -> None:
    picture = io.BytesIO()
    Image.new("RGB", (400, 300), "#dddddd").save(picture, "PNG")
    pdf = io.BytesIO()
    canvas = Canvas(pdf, pagesize=(80, 60))
    canvas.rect(10, 10, 20, 20, fill=1)
    canvas.save()
    files = {"map.png": picture.getvalue(), "map.pdf": pdf.getvalue()}
    for name, x, y in (("map.png", 100, 75), ("map.pdf", 20, 15)):
        block = f"- symbol-map: [{{label: none, x: {x}, y: {y}, value: 1}}]\n  map: {name}\n  alt: none\n"
        page = placed(block, "a: A\n", map_scene(files=files))
        (symbol,) = symbols(page.items)
        assert where(symbol) == [50, -37.5]
        (drawn,) = (item for item in page.items if isinstance(item, Picture))
        assert drawn.rect == Rect(LEFT, TOP - 150, 200, 150)


def test_the_map_is_not_mirrored_in_right_to_left_editions() -> None:
    there = symbols(place_map(POINTS).items)
    assert symbols(place_map(POINTS, language="ar").items) == there


def test_larger_symbols_are_behind_smaller_ones() -> None:
    points: list[Point] = [("One", 50, 50, 4), ("Two", 52, 50, 100)]
    assert [round(one.width) for one in symbols(place_map(points).items)] == [25, 5]


def test_a_label_that_fits_is_in_its_symbol_and_readable() -> None:
    page = place_map([("Port", 50, 50, 9)], "size: 60 pt")
    (symbol,) = symbols(page.items)
    name = page.run("Port")
    assert symbol.expand(-4).contains(
        Rect(name.x - LEFT, name.y - TOP, name.glyphs.width, name.glyphs.size / 2)
    )
    assert name.glyphs.paint == WHITE  # the symbol has the colour of the labels, which is black


def test_a_label_without_space_beside_its_symbol_has_a_leader() -> None:
    ring: list[Point] = [
        (
            f"Quite long name {at}",
            round(50 + 7 * math.cos(at * math.pi / 4), 1),
            round(50 + 14 * math.sin(at * math.pi / 4), 1),
            5,
        )
        for at in range(8)
    ]
    ring.append(("Middle", 50, 50, 5))
    page = placed(map_block(ring, "size: 9 pt", "figures: no"), words(ring), map_scene(334))
    assert page.run("Middle")
    leaders = [path for path in page.paths if path.stroke and not path.fill]
    assert leaders


def test_labels_without_space_are_reported() -> None:
    crowd: list[Point] = [(f"Extraordinarily {at}", 48 + at / 10, 50, 4) for at in range(30)]
    page = placed(map_block(crowd), words(crowd), map_scene(), expect=("chart-names",))
    assert "labels of the map have no space" in page.findings[0].message
    assert page.findings[0].span


def test_the_key_has_symbols_of_round_values() -> None:
    page = place_map(POINTS, "size: 20 pt", "unit: unit")
    rings = [path for path in page.paths if path.even_odd]
    widths = [bounds(ring.outlines).width for ring in rings]
    assert [round(width**2 / 4) for width in widths] == [100, 20, 6]
    texts = [run.glyphs.text for run in page.runs]
    assert texts[-4:] == ["100", "20", "6", "Cases"]
    assert not [path for path in place_map(POINTS, "key: no").paths if path.even_odd]


@pytest.mark.parametrize(
    ("greatest", "values"),
    [
        (4210, (4000, 1000, 200)),
        (66.5, (60, 15, 3)),
        (0.004, (0.004, 0.001, 0.0002)),
        (1, (1, 0.2, 0.06)),
    ],
)
def test_values_of_the_key(greatest: float, values: tuple[float, ...]) -> None:
    assert key_values(greatest) == values


@given(st.floats(1e-9, 1e12))
def test_values_of_the_key_are_below_the_greatest(greatest: float) -> None:
    values = key_values(greatest)
    assert greatest * (1 + 1e-9) >= values[0] > greatest * 0.6
    assert list(values) == sorted(set(values), reverse=True)


def test_the_data_is_a_table_for_screen_readers() -> None:
    page = place_map(POINTS, "unit: unit")
    assert cells_of(page.items) == ["", "Cases", "One", "100", "Two", "25", "Three", "50"]


def test_unknown_values_have_labels_but_no_symbols() -> None:
    block = "- symbol-map: [{label: l0, x: 20%, y: 20%, value: none}, {label: l1, x: 60%, y: 60%, value: 3}]\n"
    page = placed(block + "  map: map.svg\n  alt: alt\n", words(POINTS), map_scene())
    assert len(symbols(page.items)) == 1
    assert page.run("One")
    assert cells_of(page.items)[2:4] == ["One", "–"]


CSV = b"Place,Cases,X,Y,District\nPort,40.0,25%,25%,dot\nHill,10.5,75%,75%,bent\n"


def test_points_are_read_from_a_file() -> None:
    block = "- symbol-map: {from: d.csv, x: X, y: Y, colours: {Port: ember}}\n  map: map.svg\n  alt: alt\n"
    page = placed(block, "alt: A map.\n", map_scene(files={"d.csv": CSV}))
    assert [round(one.centre.x) for one in symbols(page.items)] == [50, 150]
    assert cells_of(page.items)[2:] == ["Port", "40.0", "Hill", "10.5"]
    by_id = block.replace("x: X, y: Y", "id: District, value: Cases, label: Place")
    page = placed(by_id, "alt: A map.\n", map_scene(files={"d.csv": CSV}))
    assert [round(one.centre.x) for one in symbols(page.items)] == [60, 20]


# Errors

WRONG = {
    "outside, in per cent": ("[{label: none, x: 104%, y: 3%, value: 3}]", "map-place", "104%"),
    "outside, in units": ("[{label: none, x: 150, y: 3, value: 3}]", "map-place", "from 50 to 150"),
    "no place": ("[{label: none, value: 3}]", "map-place", "needs one place"),
    "half a place": ("[{label: none, x: 3%, value: 3}]", "map-place", "needs one place"),
    "two places": ("[{label: none, x: 3%, y: 3%, id: dot, value: 3}]", "map-place", "needs one"),
    "no such element": ("[{label: none, id: dort, value: 3}]", "map-place", "does not exist"),
    "an empty element": ("[{label: none, id: empty, value: 3}]", "map-place", "has no extent"),
    "an element outside": ("[{label: none, id: far, value: 3}]", "map-place", "outside the map"),
    "below 0": ("[{label: none, x: 3%, y: 3%, value: -3}]", "chart-data", "negative"),
    "no value": ("[{label: none, x: 3%, y: 3%, value: 0}]", "chart-data", "above 0"),
    "no columns": ("{from: d.csv}", "map-place", "need the columns"),
    "an unknown column": ("{from: d.csv, x: X, y: Z}", "data-column", "'Z'"),
}


@pytest.mark.parametrize("name", WRONG)
def test_wrong_points_are_errors_with_their_places(name: str) -> None:
    data, code, words_ = WRONG[name]
    block = f"- symbol-map: {data}\n  map: map.svg\n  alt: none\n"
    page = placed(block, "a: A\n", map_scene(files={"d.csv": CSV}), expect=(code,))
    assert words_ in page.findings[0].message
    assert page.findings[0].span


def test_a_map_is_necessary_and_ids_are_those_of_drawings() -> None:
    placed("- symbol-map: [{label: none, value: 3}]\n  alt: none\n", expect=("map-missing",))
    picture = io.BytesIO()
    Image.new("L", (40, 30)).save(picture, "PNG")
    block = "- symbol-map: [{label: none, id: dot, value: 3}]\n  map: map.png\n  alt: none\n"
    page = placed(
        block, "a: A\n", map_scene(files={"map.png": picture.getvalue()}), expect=("map-place",)
    )
    assert "only on an SVG map" in page.findings[0].message


def test_elements_of_damaged_drawings_are_errors() -> None:
    with pytest.raises(SvgError, match="not well-formed"):
        find_element_places(b"<svg xmlns='http://www.w3.org/2000/svg'>", ["a"])
    bad = b"<svg xmlns='http://www.w3.org/2000/svg'><path id='a' d='M1 nonsense'/></svg>"
    with pytest.raises(SvgError, match=r"'a' \(line 1\) has an invalid form"):
        find_element_places(bad, ["a"])


# Whole pages


@settings(max_examples=examples(30), deadline=None)
@given(
    st.lists(
        st.tuples(LABEL, st.integers(8, 92), st.integers(14, 86), st.integers(1, 9_000)),
        min_size=1,
        max_size=14,
    ),
    st.sampled_from([200.0, 334.0]),
)
def test_labels_never_touch(points: list[Point], width: float) -> None:
    files = {
        **_written(map_block(points), words(points), scene(width)),
        "assets/map.svg": MAP.encode(),
    }
    made = lay_out(MemoryProject(files))
    assert {one.code for one in made.findings} <= {"chart-names"}
    assert len(symbols(made.pages[0].items)) == len(points)
    assert_set_apart(made.pages[0].items, width)


def test_a_changed_map_moves_the_symbols_named_by_its_elements() -> None:
    before = find_element_places(MAP.encode(), ["dot"])[0]["dot"]
    after = find_element_places(MAP.replace("scale(2)", "scale(3)").encode(), ["dot"])[0]["dot"]
    assert (before, after) == ((160, 80), (165, 90))


@pytest.mark.parametrize("standard", ["x-4", "x-1a"])
def test_maps_are_ready_for_the_press(standard: str) -> None:
    project = maps()
    layout = project.read("brochure.yaml").decode()
    press = f"press: {{condition: coated-fogra39, standard: {standard}}}\ndate: 2026-11-29\n"
    files = {**project.files, "brochure.yaml": (layout + press).encode()}
    made = lay_out(MemoryProject(files))
    found = check_laid_out(made, PROFILES["sheetfed"], MemoryProject(files))
    assert {one.code for one in found} <= {"bleed"}
    assert build(MemoryProject(files), PRESS).parts


def test_the_screen_has_a_figure_and_a_table(tmp_path: FilePath) -> None:
    path = tmp_path / "maps.pdf"
    path.write_bytes(build(maps(), SCREEN).pdf)
    shown = run("pdfinfo", "-struct", path)
    assert shown.count("Figure") == 2
    assert shown.count("Table") == 2
