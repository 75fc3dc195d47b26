"""Transparency flattening: colours over flat areas are blended, other transparency is refused by name."""

from __future__ import annotations

import json
from dataclasses import replace
from pathlib import Path
from typing import Any

import numpy as np
import pytest
from PIL import Image

from brochure.api import build
from brochure.color.convert import in_ink
from brochure.color.gradient import make_gradient
from brochure.color.printing_condition import shipped_condition
from brochure.color.swatch import BLACK, Cmyk, Gradient, GradientStop, Paint, Rgb, Spot
from brochure.findings import Origin, Span
from brochure.geometry import Rect, turn
from brochure.imposition.sheets import sheets
from brochure.model.display_list import GlyphRun, Item, Page, Picture, Stroke, outline_rect
from brochure.model.display_list import Path as Shape
from brochure.pdf.document import render
from brochure.pdf.metadata import DocumentInfo
from brochure.prepress.edition_condition import EditionCondition
from brochure.prepress.output_conditions import PRESS
from brochure.prepress.transparency_flattening import flatten_page
from brochure.project import MemoryProject
from brochure.spec.printing_condition import Standard
from tests.pdf.test_pdfx import COPY, LAYOUT, X1A
from tests.pdf.test_pictures import encoded
from tests.pdf.test_text import glyph, natural, run_of
from tests.programs import run

FOGRA = shipped_condition("coated-fogra39")
RED, SAND = Cmyk(0, 1, 1, 0), Cmyk(0, 0, 0.4, 0)
HERE = Span("brochure.yaml", 7, 3)


def field(x: float, width: float, paint: Paint, **more: Any) -> Shape:
    return Shape((outline_rect(Rect(x, 0, width, 10)),), fill=paint, span=HERE, **more)


def flat(*items: Item, files: dict[str, bytes] | None = None) -> tuple[list[Item], list[str]]:
    """Return the flattened items and the findings."""
    page = Page(3, "iii", 100, 10, 0, items)
    (done,), found = flatten_page([page], FOGRA, MemoryProject(files or {}))
    assert all(one.page == 3 for one in found)
    return list(done.items), [f"{one.span} {one.message}" for one in found]


def fill(item: Item) -> Paint | None:
    assert isinstance(item, Shape)
    return item.fill


def test_over_paper_a_colour_becomes_its_tint() -> None:
    (item,), result = flat(field(0, 10, Paint(RED, 0.3)))
    assert (fill(item), result) == (Paint(Cmyk(0, 0.3, 0.3, 0)), [])


def test_over_a_field_colours_are_mixed() -> None:
    _, item = flat(field(0, 50, Paint(SAND)), field(5, 10, Paint(RED, 0.5)))[0]
    # Half of 0 100 100 0 and half of 0 0 40 0.
    assert fill(item) == Paint(Cmyk(0, 0.5, 0.7, 0))


def test_flattened_colours_are_the_background_of_items_above() -> None:
    half = Paint(RED, 0.5)
    _, middle, top = flat(field(0, 50, Paint(SAND)), field(0, 30, half), field(5, 10, half))[0]
    assert fill(middle) == Paint(Cmyk(0, 0.5, 0.7, 0))
    assert fill(top) == Paint(Cmyk(0, 0.75, 0.85, 0))


def test_rgb_is_blended_as_ink() -> None:
    (item,), _ = flat(field(0, 10, Paint(Rgb(0.8, 0.1, 0.15), 0.5)))
    whole, painted = in_ink(Rgb(0.8, 0.1, 0.15), FOGRA), fill(item)
    assert isinstance(whole, Cmyk)
    assert painted == Paint(Cmyk(whole.c / 2, whole.m / 2, whole.y / 2, whole.k / 2))


def test_a_transparent_spot_colour_over_paper_is_a_tint_of_its_ink() -> None:
    (item,), result = flat(field(0, 10, Paint(Spot("Seal", RED, 0.8), 0.5)))
    assert (fill(item), result) == (Paint(Spot("Seal", RED, 0.4)), [])


def test_overlapping_fill_and_stroke_are_separated() -> None:
    stroke = Stroke(Paint(RED, 0.5), 2)
    items, result = flat(field(5, 10, Paint(SAND), stroke=stroke))
    # The stroke is half on the fill, half on paper: it has two different colours.
    assert len(items) == 2
    assert result == [
        f"{HERE} page iii: a field of colour or a line is transparent and does not lie on "
        "a single flat colour; x-1a does not allow transparency"
    ]


def word(opacity: float, y: float = 1.0) -> GlyphRun:
    made = run_of("In", (glyph("I"), glyph("n")), (0, 1), natural("I", "n"))
    glyphs = replace(made.glyphs, size=4, paint=Paint(RED, opacity), origin=Origin(HERE))
    return replace(made, x=5, y=y, glyphs=glyphs)


def test_words_over_a_field_and_the_line_above_them() -> None:
    _, item, _ = flat(field(0, 50, Paint(SAND)), word(0.5, 5), word(0.5))[0]
    assert isinstance(item, GlyphRun)
    assert item.glyphs.paint == Paint(Cmyk(0, 0.5, 0.7, 0))
    assert flat(field(0, 50, Paint(SAND)), word(0.5, 5), word(0.5))[1] == []


REFUSED: dict[str, tuple[list[Item], str]] = {
    "over an edge": (
        [field(0, 8, Paint(SAND)), field(5, 10, Paint(RED, 0.5))],
        "a field of colour or a line is transparent and does not lie on a single flat colour",
    ),
    "over words": (
        [word(1.0), field(0, 50, Paint(RED, 0.5))],
        "a field of colour or a line is transparent and does not lie on a single flat colour",
    ),
    "over a turned field": (
        [field(0, 50, Paint(SAND), matrix=turn(3)), field(5, 10, Paint(RED, 0.5))],
        "a field of colour or a line is transparent and does not lie on a single flat colour",
    ),
    "words over an edge": (
        [field(0, 8, Paint(SAND)), word(0.5)],
        "the text 'In' is transparent and does not lie on a single flat colour",
    ),
    "a spot over ink": (
        [field(0, 50, Paint(SAND)), field(5, 10, Paint(Spot("Seal", RED), 0.5))],
        "a field of colour or a line is transparent and mixes a spot ink with other inks",
    ),
}


@pytest.mark.parametrize(("items", "reason"), REFUSED.values(), ids=REFUSED.keys())
def test_transparency_that_cannot_be_flattened_is_refused_by_name(
    items: list[Item], reason: str
) -> None:
    (result,) = flat(*items)[1]
    assert result.startswith(f"{HERE} page iii: {reason}")


# Pictures


def clear() -> bytes:
    """Full green, half of it transparent: the left half is opaque, the right half is half transparent."""
    picture = Image.new("RGBA", (20, 10), (0, 160, 80, 255))
    picture.paste((0, 160, 80, 128), (10, 0, 20, 10))
    return encoded(picture, "PNG")


def shown(picture: Picture, ground: Paint | None, folder: Path) -> Any:
    """Return the pixels in inks of a page with a picture on a background, flattened: 20 x 10 points, one pixel per point."""
    files = {"assets/a.png": clear()}
    under = [Shape((outline_rect(Rect(0, 0, 20, 10)),), fill=ground)] if ground else []
    project = MemoryProject(files)
    pages, found = flatten_page([Page(1, "1", 20, 10, 0, (*under, picture))], FOGRA, project)
    assert found == ()
    condition = PRESS.on(EditionCondition(FOGRA, Standard.X1A))
    path = folder / "flat.pdf"
    path.write_bytes(render(sheets(pages, condition), DocumentInfo("P", "en"), condition, project))
    assert b"/SMask" not in path.read_bytes()
    assert b"/ca " not in path.read_bytes()
    run("pdfimages", "-tiff", path, folder / "flat")
    image = Image.open(folder / "flat-000.tif")
    assert image.mode == "CMYK"
    return np.asarray(image).astype(int)


WHOLE = Rect(0, 0, 20, 10)
CLEAR = Picture(WHOLE, "assets/a.png", (20, 10), (outline_rect(WHOLE),), span=HERE)


@pytest.mark.parametrize("ground", [None, Paint(SAND), Paint(Rgb(0.9, 0.8, 0.7))])
@pytest.mark.parametrize("opacity", [1.0, 0.5])
def test_a_transparent_picture_is_blended_with_its_background(
    ground: Paint | None, opacity: float, tmp_path: Path
) -> None:
    pixels = shown(replace(CLEAR, opacity=opacity), ground, tmp_path)
    green = in_ink(Rgb(0, 160 / 255, 80 / 255), FOGRA)
    beneath = in_ink(ground.colour, FOGRA) if ground else Cmyk(0, 0, 0, 0)
    assert isinstance(green, Cmyk)
    assert isinstance(beneath, Cmyk)
    for x, alpha in ((4, opacity), (15, opacity * 128 / 255)):
        for at, ink in enumerate("cmyk"):
            wanted = 255 * (getattr(green, ink) * alpha + getattr(beneath, ink) * (1 - alpha))
            assert pixels[5, x, at] == pytest.approx(wanted, abs=7), (x, ink)


# Whole brochures


def test_a_brochure_for_x1a_is_flat_or_refused() -> None:
    project = {
        "brochure.yaml": LAYOUT.format(more=X1A)
        .replace("ground: cmyk 10 5 20 0", "ground: seal at 50%")
        .encode(),
        "content/en.yaml": json.dumps(COPY).encode(),
        "assets/a.jpg": encoded(Image.new("RGB", (300, 300)), "JPEG"),
    }
    built = build(MemoryProject(project), PRESS)
    assert built.findings == ()
    assert b"/ca " not in built.pdf
    # The same field below a band of another colour: across its edge there are two different colours.
    band = (
        b'below: {at: "x 0 mm, y 35 mm, width 60 mm, height 10 mm", background: ember},\n    field:'
    )
    edged = project | {"brochure.yaml": project["brochure.yaml"].replace(b"field:", band)}
    (finding,) = (one for one in build(MemoryProject(edged), PRESS).findings)
    assert finding.code == "transparency"
    # The place is that of the swatch of the frame's background.
    assert str(finding.span) == f"brochure.yaml:{line_of(edged, b'background: ground')}"
    assert "page 1: a field of colour" in finding.message


def line_of(files: dict[str, bytes], text: bytes) -> str:
    """Return line and column of the value of a key, counted by hand."""
    before = files["brochure.yaml"].partition(text)[0] + b"background: "
    lines = before.decode().split("\n")
    return f"{len(lines)}:{len(lines[-1]) + 1}"


def test_black_stays_black() -> None:
    (item,), _ = flat(field(0, 10, BLACK))
    assert fill(item) == BLACK


def veil(*opacities: float) -> Paint:
    stops = enumerate(opacities)
    return make_gradient(tuple(GradientStop(float(at), RED, opacity) for at, opacity in stops))


def test_a_transparent_gradient_over_a_flat_colour_becomes_opaque() -> None:
    (_, item), result = flat(field(0, 20, Paint(SAND)), field(0, 10, veil(0.5, 0)))
    mixed = fill(item)
    assert isinstance(mixed, Gradient)
    assert [stop.colour for stop in mixed.stops] == [Cmyk(0, 0.5, 0.7, 0), SAND]
    assert (mixed.opacity, result) == (1, [])


def test_a_transparent_gradient_over_a_gradient_is_refused_by_name() -> None:
    _, result = flat(field(0, 20, veil(1, 1)), field(0, 10, veil(0.5, 0)))
    (message,) = result
    assert "page iii: a gradient is transparent and does not lie on a single flat colour" in message
