"""Pictures and icons in lines of text: size, position, colour, direction, line breaks, and errors."""

from __future__ import annotations

import io
import json
from pathlib import Path as FilePath
from typing import Any

import pypdf
import pytest
from lxml import etree

from brochure.api import build, build_edition, lay_out, open_job
from brochure.color.swatch import Cmyk, Rgb
from brochure.errors import InputError
from brochure.findings import Span
from brochure.geometry import Rect
from brochure.l10n.catalogue import Catalogue, Translation
from brochure.l10n.formats import formats, load_format
from brochure.l10n.proofreading import find_broken
from brochure.model.display_list import Path, bounds
from brochure.prepress.output_conditions import PRESS, SCREEN
from brochure.project import DiskProject, MemoryProject
from brochure.structure.reading_order import read_aloud_order
from brochure.structure.structure_tree import build_tree
from tests.blocks.setting import LEFT, Scene, SetPage, jpeg, placed

SQUARE = (
    b'<svg xmlns="http://www.w3.org/2000/svg" viewBox="0 0 10 10"><path d="M0 0H10V10H0z"/></svg>'
)
CURRENT = SQUARE.replace(b"<path", b'<path fill="currentColor"')
MIXED = CURRENT.replace(b"</svg>", b'<path fill="#ff0000" d="M2 2H4V4H2z"/></svg>')
# Only its left half, so that mirroring is visible.
HALF = CURRENT.replace(b"H10V10", b"H5V10")
ARABIC = "fonts: {fallback: {Arab: Noto Sans Arabic}}"
FILES = {
    "assets/icons/square.svg": SQUARE,
    "assets/icons/current.svg": CURRENT,
    "assets/icons/mixed.svg": MIXED,
    "assets/icons/half.svg": HALF,
    "assets/icons/wide.jpg": jpeg(40, 20),
}


def line(text: str, style: str = "body", **more: Any) -> SetPage:
    scene = Scene(files=FILES, styles="  ember: {based-on: body, colour: ember}", **more)
    return placed(f"- {{text: t, style: {style}}}", json.dumps({"t": text}), scene)


def box(page: SetPage) -> Rect:
    """Return the bounds of the only drawing."""
    (path,) = page.paths
    return path.matrix.box(bounds(path.outlines))


def test_an_icon_is_one_em_high_on_the_baseline() -> None:
    page = line("In ![bus](icons/square.svg) out")
    before, after = page.run("In "), page.run(" out")
    assert box(page) == Rect(
        pytest.approx(before.x + before.glyphs.width),  # type: ignore[arg-type]
        pytest.approx(before.y),  # type: ignore[arg-type]
        pytest.approx(10),  # type: ignore[arg-type]
        pytest.approx(10),  # type: ignore[arg-type]
    )
    assert after.x == pytest.approx(box(page).right)


@pytest.mark.parametrize(
    ("text", "size", "rise"),
    [
        ("![a](icons/square.svg){size=1.5em}", 15, 0),
        ("[![a](icons/square.svg)]{.large}", 20, -2),
        ("[![a](icons/square.svg){size=0.5em}]{.large}", 10, -2),
    ],
)
def test_its_size_is_in_ems_of_the_text(text: str, size: float, rise: float) -> None:
    page = line(
        f"x {text}", extra="character-styles: {large: {size: 20 pt, baseline-shift: -2 pt}}"
    )
    assert box(page).height == pytest.approx(size)
    assert box(page).y == pytest.approx(page.runs[0].y + rise)


def test_pictures_of_pixels_and_their_resolution() -> None:
    page = line("![a](icons/wide.jpg)")
    (picture,) = page.pictures
    assert (picture.rect.width, picture.rect.height) == pytest.approx((20, 10))
    assert picture.resolution == pytest.approx((144, 144))


# Colour


@pytest.mark.parametrize(
    ("file", "colours"),
    [
        ("square.svg", [Rgb(0, 0, 0)]),
        ("square.svg){colour=text}", [Cmyk(0, 0.72, 0.92, 0.06)]),
        ("current.svg", [Cmyk(0, 0.72, 0.92, 0.06)]),
        ("mixed.svg", [Cmyk(0, 0.72, 0.92, 0.06), Rgb(1, 0, 0)]),
        ("mixed.svg){colour=text}", [Cmyk(0, 0.72, 0.92, 0.06)] * 2),
    ],
)
def test_current_colour_is_that_of_the_text(file: str, colours: list[object]) -> None:
    end = "" if file.endswith("}") else ")"
    page = line(f"![a](icons/{file}{end}", style="ember")
    assert [path.fill.colour for path in page.paths if path.fill] == colours


def test_a_picture_of_pixels_has_its_own_colours() -> None:
    scene = Scene(files=FILES)
    copy = json.dumps({"t": "![a](icons/wide.jpg){colour=text}"})
    page = placed("- text: t", copy, scene, expect=("colour-of-picture",))
    assert page.findings[0].span == Span("content/en.yaml", 1, 7)


# Direction


def test_right_to_left_text_sets_icons_in_its_order() -> None:
    page = line("نص ![a](icons/square.svg) نص", language="ar", extra=ARABIC)
    first, last = (run for run in page.runs if run.glyphs.text.strip())
    assert first.x > box(page).x > last.x


@pytest.mark.parametrize(
    ("language", "mirror", "at"), [("ar", "no", 0), ("ar", "yes", 5), ("en", "yes", 0)]
)
def test_an_icon_is_mirrored_only_if_asked(language: str, mirror: str, at: float) -> None:
    text = f"![a](icons/half.svg){{mirror={mirror}}}"
    page = line(text, language=language, extra=ARABIC)
    left = LEFT if language == "en" else LEFT + 200 - 10
    assert box(page).x == pytest.approx(left + at)
    assert box(page).width == pytest.approx(5)


# Line breaks


def test_a_line_does_not_begin_with_the_comma_after_an_icon() -> None:
    for width in range(30, 90):
        page = line("one two ![a](icons/square.svg), three", width=width)
        comma = next(run for run in page.runs if run.glyphs.text.startswith(","))
        assert comma.y == pytest.approx(box(page).y)


def test_a_line_may_begin_with_an_icon() -> None:
    page = line("several words ![a](icons/square.svg) here", width=70)
    assert box(page).x == pytest.approx(LEFT)


def test_justified_lines_end_at_the_margin() -> None:
    words = "one ![a](icons/square.svg) three of all these words " * 4
    page = (
        line(words, style="full", extra="", width=120)
        if False
        else placed(
            "- {text: t, style: full}",
            json.dumps({"t": words}),
            Scene(files=FILES, width=120, styles="  full: {based-on: body, align: justify}"),
        )
    )
    baselines = sorted({round(run.y, 2) for run in page.runs}, reverse=True)
    for y in baselines[:-1]:
        ends = [run.x + run.glyphs.width for run in page.runs if abs(run.y - y) < 0.01]
        ends += [
            bounds(path.outlines).right
            for path in page.paths
            if abs(bounds(path.outlines).y - y) < 0.01
        ]
        assert max(ends) == pytest.approx(LEFT + 120, abs=0.01)


def test_a_drop_cap_is_not_made_of_an_icon() -> None:
    scene = Scene(files=FILES, styles="  tall: {based-on: body, drop-cap: {lines: 2}}")
    text = "![a](icons/square.svg) begins this line of words that go on and on and on and on and on"
    page = placed("- {text: t, style: tall}", json.dumps({"t": text}), scene)
    assert box(page).height == pytest.approx(10)


# The finished file


LAYOUT = """\
brochure: icons
size: 300 x 300 pt
binding: none
source-language: en
paragraph-styles: {body: {font: Source Serif 4, size: 10 pt, leading: 12 pt}}
pages: [{frames: {f: {at: margins, content: {text: t}}}}]
"""


def screen(text: str, **files: bytes) -> MemoryProject:
    """A project with one message."""
    copy = json.dumps({"t": text}).encode()
    return MemoryProject(
        {"brochure.yaml": LAYOUT.encode(), "content/en.yaml": copy, **FILES, **files}
    )


def tagged(text: str) -> Any:
    """Return the paragraph in the structure tree of a screen PDF."""
    built = build(screen(text), SCREEN)
    assert built.findings == ()
    root: Any = pypdf.PdfReader(io.BytesIO(built.pdf)).root_object["/StructTreeRoot"]
    (paragraph,) = _find(root.get_object(), "/P")
    return paragraph


def _find(element: Any, role: str) -> list[Any]:
    if element.get("/S") == role:
        return [element]
    kids = element.get("/K", [])
    kids = [kid.get_object() for kid in (kids if isinstance(kids, list) else [kids])]
    return [found for kid in kids if isinstance(kid, dict) for found in _find(kid, role)]


def _kids(element: Any) -> list[Any]:
    return [kid.get_object() for kid in element["/K"]]


def test_an_icon_is_a_figure_within_its_paragraph() -> None:
    before, figure, after = _kids(tagged("In ![the bus](icons/square.svg) out"))
    assert (before["/Type"], after["/Type"]) == ("/MCR", "/MCR")
    assert (figure["/S"], figure["/Alt"]) == ("/Figure", "the bus")
    (attributes,) = (one.get_object() for one in figure["/A"])
    assert attributes["/Placement"] == "/Inline"
    x, y, right, top = map(float, attributes["/BBox"])
    assert (right - x, top - y) == pytest.approx((10, 10), abs=0.01)


def test_adjacent_icons_are_separate_figures() -> None:
    kids = _kids(tagged("![a](icons/mixed.svg)![a](icons/mixed.svg)"))
    assert [(kid["/S"], kid["/Alt"]) for kid in kids] == [("/Figure", "a")] * 2


def test_a_decorative_icon_is_an_artifact() -> None:
    kids = _kids(tagged("In ![](icons/square.svg) out"))
    assert [kid["/Type"] for kid in kids] == ["/MCR", "/MCR"]


def test_an_icon_in_a_link_is_read_as_its_words() -> None:
    (link,) = _kids(tagged("[![home](icons/square.svg)](https://example.org)"))
    figure, annotation = _kids(link)
    assert (link["/S"], figure["/S"], figure["/Alt"]) == ("/Link", "/Figure", "home")
    assert annotation["/Obj"]["/Contents"] == "home"


def test_it_is_read_aloud_with_its_words() -> None:
    made = lay_out(screen("In ![the bus](icons/square.svg), out"))
    lines = [str(one).strip() for one in read_aloud_order(build_tree(made.pages, "en"))]
    assert lines == ["paragraph: In the bus, out", "figure: the bus"]


def test_press_and_screen_draw_the_same_icons() -> None:
    for condition in (PRESS, SCREEN):
        built = build(screen("In ![bus](icons/current.svg) out"), condition)
        page: Any = pypdf.PdfReader(io.BytesIO(built.pdf)).pages[0]
        assert b"re" in page.get_contents().get_data() or b" l" in page.get_contents().get_data()


# Errors


def findings(text: str, **files: bytes) -> list[str]:
    try:
        return [str(one) for one in lay_out(screen(text, **files)).findings]
    except InputError as error:
        return [str(one) for one in error.findings]


@pytest.mark.parametrize(
    ("text", "message"),
    [
        ("See ![a](icons/bsu.svg)", "content/en.yaml:1:7: file 'assets/icons/bsu.svg' not found"),
        (
            "See ![a](../b.svg)",
            "content/en.yaml:1:7: message 't': '../b.svg' is not inside assets/",
        ),
        ("See ![a](t.txt)", "content/en.yaml:1:7: file 'assets/t.txt' not found"),
        ("See ![a](icons/bad.svg)", "content/en.yaml:1:7: assets/icons/bad.svg cannot be used"),
        ("See ![a](icons/bad.png)", "content/en.yaml:1:7: assets/icons/bad.png cannot be used"),
    ],
)
def test_each_error_has_its_place(text: str, message: str) -> None:
    bad = {"assets/icons/bad.svg": b"<svg", "assets/icons/bad.png": b"\x89PNG\r\n\x1a\n"}
    (found,) = findings(text, **bad)
    assert found.startswith(message)


# Catalogues


@pytest.mark.parametrize(
    ("translation", "codes"),
    [
        ("Prenez ![le bus](icons/square.svg){size=2em}.", []),
        ("Prenez le bus.", ["markup-differs"]),
        ("Prenez ![le bus](icons/bus.svg).", ["markup-differs", "markup-differs"]),
    ],
)
def test_a_translation_keeps_the_file(translation: str, codes: list[str]) -> None:
    source = "Take ![the bus](icons/square.svg){size=2em}."
    assert [one.code for one in find_broken(source, translation, "fr")] == codes


@pytest.mark.parametrize("name", [one for one in formats() if "xliff" in one])
def test_xliff_protects_all_but_the_alternative_text(name: str) -> None:
    source = "Take ![the bus](icons/square.svg){size=2em} now"
    entry = Translation("t", source, "", Span("fr.po"))
    written = load_format(name).write(Catalogue("fr", "fr.po", {"t": entry})).decode()
    root = etree.fromstring(written.encode())
    (element,) = [one for one in root.iter() if etree.QName(one).localname == "source"]
    assert _list_translatable_text(element) == "Take the bus now"


def _list_translatable_text(element: etree._Element) -> str:
    """Return the text outside native codes: the content of `ph`, `bpt` and `ept` is protected, that of `pc` is not."""
    own = "" if etree.QName(element).localname in ("ph", "bpt", "ept") else element.text or ""
    return own + "".join(_list_translatable_text(kid) + (kid.tail or "") for kid in element)


@pytest.mark.parametrize("name", [one for one in formats() if "xliff" in one])
def test_a_translated_alternative_text_is_imported_from_xliff(name: str) -> None:
    source = "Take ![the bus](icons/square.svg){size=2em} now"
    entry = Translation("t", source, source, Span("fr.po"))
    data = load_format(name).write(Catalogue("fr", "fr.po", {"t": entry}))
    head, target, rest = data.partition(b"<target")
    data = head + target + rest.replace(b"the bus", b"le *grand* bus").replace(b"Take", b"Prenez")
    catalogue, findings = load_format(name).read(data, "fr.xlf", "fr")
    assert findings == ()
    one = catalogue.entries["t"]
    assert one.source == source
    assert one.text == "Prenez ![le *grand* bus](icons/square.svg){size=2em} now"


# Builds


def test_a_changed_icon_sets_and_paints_its_page_only(tmp_path: FilePath) -> None:
    layout = (
        "brochure: icons\nsize: 300 x 300 pt\nbinding: none\nsource-language: en\n"
        "pages: [{frames: {f: {at: margins, content: {text: a}}}}, {frames: {f: {at: margins, content: {text: b}}}}]\n"
    )
    files = {
        "brochure.yaml": layout.encode(),
        "content/en.yaml": b"a: 'x ![a](icons/square.svg)'\nb: words\n",
        **FILES,
    }
    for name, data in files.items():
        (tmp_path / name).parent.mkdir(parents=True, exist_ok=True)
        (tmp_path / name).write_bytes(data)
    job = open_job(DiskProject(tmp_path))
    before = build_edition(job, PRESS)
    counts = job.thread_cache.misses, job.page_cache.misses
    (tmp_path / "assets/icons/square.svg").write_bytes(HALF)
    job = open_job(DiskProject(tmp_path), job)
    after = build_edition(job, PRESS)
    assert (job.thread_cache.misses - counts[0], job.page_cache.misses - counts[1]) == (1, 1)
    assert after.pdf == build(DiskProject(tmp_path), PRESS).pdf != before.pdf


def test_an_office_replaces_an_icon() -> None:
    office = b"office: ours\nlanguages: [en]\npictures: {icons/square.svg: icons/half.svg}\n"
    project = screen("In ![a](icons/square.svg) out", **{"offices/ours.yaml": office})
    made = lay_out(project, office="ours")
    assert made.findings == ()
    (path,) = (item for item in made.pages[0].items if isinstance(item, Path))
    assert bounds(path.outlines).width == pytest.approx(5)
