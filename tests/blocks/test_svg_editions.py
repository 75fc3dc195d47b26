"""SVG drawings in finished editions: on press, on screen, in other languages, and after a change."""

from __future__ import annotations

import io
from pathlib import Path
from typing import Any

import numpy as np
import pypdf
import pytest
import resvg_py
from PIL import Image

from brochure.api import build, lay_out, lay_out_edition, open_job, resolve_edition
from brochure.model.display_list import GlyphRun
from brochure.prepress.output_conditions import CONDITIONS
from brochure.project import DiskProject, MemoryProject
from brochure.proof.svg import View, draw_svg
from tests.artwork.placing import place, render_with_ghostscript, render_with_poppler
from tests.pictures.drawing_gallery import gallery
from tests.programs import run
from tests.structure.conformance import assert_conforms

X1A, X4 = "press: {standard: x-1a}", "press: {standard: x-4}"

SEA = (
    '<linearGradient id="sea" x2="0" y2="1"><stop stop-color="#cfe3ea"/><stop offset="1" stop-color="#0b4f6c"/></linearGradient>'
    '<pattern id="dots" width="4" height="4" patternUnits="userSpaceOnUse"><circle cx="2" cy="2" r="1" fill="#7a6f55"/></pattern>'
    '<marker id="tip" viewBox="0 0 4 4" refX="2" refY="2" markerWidth="3" markerHeight="3" orient="auto">'
    '<path d="M0 0L4 2L0 4z"/></marker>'
)
MAP = f"""<svg xmlns="http://www.w3.org/2000/svg" viewBox="0 0 200 100"><defs>{SEA}</defs>
<style>.land{{fill:#e9e2cf;stroke:#7a6f55}} text{{font:10px "Source Sans 3"}}</style>
<rect width="200" height="100" fill="url(#sea)"/>
<path class="land" d="M0 60C60 40 90 20 200 10V0H0z"/><rect x="10" y="5" width="40" height="20" fill="url(#dots)"/>
<path d="M20 80L120 70" stroke="#b3402a" stroke-width="2" marker-end="url(#tip)"/>
<text id="town" x="60" y="30">Tidewater</text>
<text id="sound" x="190" y="90" text-anchor="end" fill="#fff">Anselm Sound</text></svg>"""


def placed(svg: str, keys: str = "", *, target: str = "press", more: str = "") -> bytes:
    built = place(svg.encode(), keys, target=target, more=more, name="map.svg")
    assert built.findings == ()
    return built.pdf


def gradients(pdf: bytes) -> list[Any]:
    """The shadings on the first page."""
    page: Any = pypdf.PdfReader(io.BytesIO(pdf)).pages[0]
    forms = [form.get_object() for form in page["/Resources"]["/XObject"].values()]
    return [form["/Resources"]["/Shading"]["/S"].get_object() for form in forms]


def text_of(pdf: bytes, folder: Path) -> str:
    source = folder / "text.pdf"
    source.write_bytes(pdf)
    return run("pdftotext", "-layout", source, "-")


# Press


@pytest.mark.parametrize("standard", [X1A, X4])
def test_a_map_on_press_has_inks_shadings_and_text(standard: str, tmp_path: Path) -> None:
    pdf = placed(MAP, more=standard)
    assert [shading["/ColorSpace"] for shading in gradients(pdf)] == ["/DeviceCMYK"]
    page: Any = pypdf.PdfReader(io.BytesIO(pdf)).pages[0]
    operators = page.get_contents().get_data().split()
    assert {b"rg", b"RG"}.isdisjoint(operators)
    assert b"k" in operators
    text = text_of(pdf, tmp_path)
    assert "Tidewater" in text
    assert "Anselm Sound" in text


VEIL = """<svg xmlns="http://www.w3.org/2000/svg" viewBox="0 0 200 100">
<linearGradient id="a"><stop stop-color="#d00"/><stop offset="1" stop-color="#d00" stop-opacity="0"/></linearGradient>
<rect width="200" height="100" fill="#ffe060"/><rect x="20" y="20" width="160" height="60" fill="url(#a)"/>{}</svg>"""


def test_transparent_gradient_is_mixed_with_a_flat_colour(tmp_path: Path) -> None:
    """Without transparency, the page looks nearly as with it."""
    flat = placed(VEIL.format(""), more=X1A)
    assert b"/SMask" not in pypdf_text(flat)
    plain = render_with_ghostscript(placed(VEIL.format(""), more=X4), tmp_path).astype(int)
    off = np.abs(render_with_ghostscript(flat, tmp_path).astype(int) - plain).max(axis=2)
    assert off.mean() < 3


def pypdf_text(pdf: bytes) -> bytes:
    """All objects of a PDF as text."""
    reader = pypdf.PdfReader(io.BytesIO(pdf))
    return b"".join(repr(reader.get_object(number)).encode() for number in reader.xref[0])


def test_transparency_on_a_gradient_is_refused_by_name() -> None:
    svg = VEIL.format('<circle cx="50" cy="50" r="20" opacity=".5"/>')
    built = place(svg.encode(), name="map.svg", more=X1A)
    assert [one.code for one in built.findings] == ["transparency"]
    assert "does not lie on a single flat colour" in built.findings[0].message
    assert place(svg.encode(), name="map.svg", more=X4).findings == ()


def test_gradient_in_tints_of_one_spot_ink() -> None:
    pdf = placed(MAP, ", colour: signal", more=X4)
    (shading,) = gradients(pdf)
    assert shading["/ColorSpace"][:2] == ["/Separation", "/Signal"]


# Screen


def test_a_map_on_screen_is_a_tagged_figure_with_searchable_text(tmp_path: Path) -> None:
    pdf = placed(MAP, target="screen")
    assert_conforms(pdf, tmp_path)
    reader: Any = pypdf.PdfReader(io.BytesIO(pdf))
    kids = reader.trailer["/Root"]["/StructTreeRoot"]["/K"]
    figures = [one for one in walk(kids) if one.get("/S") == "/Figure"]
    assert [figure["/Alt"] for figure in figures] == ["A logo"]
    text = text_of(pdf, tmp_path)
    assert text.split() == ["Tidewater", "Anselm", "Sound"]
    fonts = run("pdffonts", tmp_path / "text.pdf")
    assert "SourceSans3" in fonts


def walk(element: Any) -> list[Any]:
    """All structure elements."""
    resolved: Any = element.get_object() if hasattr(element, "get_object") else element
    if isinstance(resolved, list):
        return [one for part in resolved for one in walk(part)]
    if not isinstance(resolved, pypdf.generic.DictionaryObject):
        return []
    return [resolved, *walk(resolved.get("/K"))]


def test_pages_look_alike_in_two_readers(tmp_path: Path) -> None:
    pdf = placed(MAP, target="screen")
    one, other = (
        render(pdf, tmp_path).astype(int)
        for render in (render_with_poppler, render_with_ghostscript)
    )
    assert np.abs(one - other).mean() < 6


# Languages

LAYOUT = """
brochure: map
size: 200 x 100 pt
bleed: 0 mm
binding: none
source-language: en
fonts: {fallback: {Arab: Noto Sans Arabic}}
paragraph-styles: {body: {font: Source Serif 4}}
pages:
  - frames:
      map:
        at: "x 0 pt, y 0 pt, width 200 pt, height 100 pt"
        content: [{image: map.svg, alt: a.alt, labels: {town: a.town}}]
"""
LABELLED = MAP.replace('text-anchor="end"', "").replace('x="190"', 'x="120"')


def project(**copies: str) -> MemoryProject:
    files = {f"content/{name}.yaml": text.encode() for name, text in copies.items()}
    return MemoryProject(
        {"brochure.yaml": LAYOUT.encode(), "assets/map.svg": LABELLED.encode(), **files}
    )


ENGLISH = "a.alt: A map\na.town: Tidewater\n"


def test_message_in_another_language_and_texts_without_one() -> None:
    made = lay_out(project(en=ENGLISH, fr="a.alt: Une carte\na.town: Bourg\n"), "fr")
    runs = {
        run.glyphs.text: run
        for page in made.pages
        for run in page.items
        if isinstance(run, GlyphRun)
    }
    assert {text: run.glyphs.language for text, run in runs.items()} == {
        "Bourg": "fr",
        "Anselm Sound": "en",
    }
    assert [(one.code, one.message) for one in made.findings] == [
        (
            "drawing-untranslated",
            "fr: texts of assets/map.svg are printed as in the file: 'Anselm Sound'",
        )
    ]


def test_right_to_left_message_begins_where_the_text_did(tmp_path: Path) -> None:
    """The map is not mirrored, so that a name stays at the side of its dot."""
    own = project(en=ENGLISH, ar="a.alt: خريطة\na.town: بلدة الميناء\n")
    made = lay_out(own, "ar")
    runs = [one for page in made.pages for one in page.items if isinstance(one, GlyphRun)]
    (town,) = [one for one in runs if not one.glyphs.left_to_right]
    assert town.x == pytest.approx(60)
    assert town.glyphs.face.family == "Noto Sans Arabic"
    pdf = build(own, CONDITIONS["screen"], "ar").pdf
    assert_conforms(pdf, tmp_path)
    assert "بلدة الميناء" in text_of(pdf, tmp_path)


def test_messages_of_labels_are_extracted() -> None:
    from brochure.l10n.references import find_references
    from brochure.spec.values import Message

    layout = open_job(project(en=ENGLISH)).layout
    keys = [one.key for one in find_references(layout) if isinstance(one, Message)]
    assert keys == ["a.alt", "a.town"]


@pytest.mark.parametrize("language", ["en", "ar"])
@pytest.mark.parametrize("target", ["press", "screen"])
def test_the_map_of_the_documentation(language: str, target: str) -> None:
    built = build(gallery(), CONDITIONS[target], language)
    assert built.findings == ()
    assert built.pdf.startswith(b"%PDF")


def test_the_proof_shows_what_the_pdf_shows(tmp_path: Path) -> None:
    made = lay_out(gallery(), "en")
    drawing = draw_svg(made.pages[0], View(made.work.condition), lambda _picture, _view: "")
    data = resvg_py.svg_to_bytes(svg_string=drawing, width=680, background="white", dpi=96)
    shown = np.asarray(Image.open(io.BytesIO(bytes(data))).convert("RGB")).astype(int)
    pdf = build(gallery(), CONDITIONS["screen"], "en").pdf
    page = render_with_poppler(pdf, tmp_path, ppi=144).astype(int)
    off = np.abs(shown[: len(page), : page.shape[1]] - page[: len(shown), : shown.shape[1]])
    assert off.mean() < 3


# Changes


def test_a_changed_drawing_changes_its_page_only(tmp_path: Path) -> None:
    second = LAYOUT + LAYOUT[LAYOUT.index("  - frames") :].replace("map.svg", "other.svg")
    files = {
        "brochure.yaml": second,
        "content/en.yaml": ENGLISH,
        "assets/map.svg": LABELLED,
        "assets/other.svg": LABELLED,
    }
    for name, text in files.items():
        (tmp_path / name).parent.mkdir(exist_ok=True)
        (tmp_path / name).write_text(text)
    job = open_job(DiskProject(tmp_path))
    before = lay_out_edition(job, resolve_edition(job, None, None))
    (tmp_path / "assets/other.svg").write_text(LABELLED.replace("#e9e2cf", "#fff"))
    job = open_job(DiskProject(tmp_path), job)
    after = lay_out_edition(job, resolve_edition(job, None, None))
    assert after.pages[0] == before.pages[0]
    assert after.pages[1] != before.pages[1]
