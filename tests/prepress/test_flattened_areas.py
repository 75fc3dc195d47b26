"""Transparency over pictures in PDF/X-1a: the separations are those of PDF/X-4, which Ghostscript blends itself."""

from __future__ import annotations

import io
import json
import re
from dataclasses import replace
from functools import lru_cache
from pathlib import Path
from typing import Any

import numpy as np
import pypdf
import pytest
from PIL import Image

from brochure.api import build, lay_out, prepare_for_press
from brochure.color.gradient import make_gradient
from brochure.color.printing_condition import shipped_condition
from brochure.color.swatch import Cmyk, GradientStop, Paint, Spot
from brochure.findings import Span
from brochure.geometry import Rect, turn
from brochure.model.display_list import (
    Blend,
    FlattenedArea,
    Item,
    Page,
    Picture,
    PlacedArtwork,
    Stroke,
    outline_rect,
)
from brochure.model.display_list import Path as Shape
from brochure.prepress.inks import find_inks
from brochure.prepress.output_conditions import PRESS
from brochure.prepress.transparency_flattening import flatten_page
from brochure.project import MemoryProject
from brochure.proof.pictures import encode_pixels, pixels_of
from tests.pdf.test_text import glyph, natural, run_of
from tests.programs import run

FOGRA = shipped_condition("coated-fogra39")
HERE = Span("brochure.yaml", 7, 3)
LAYOUT = """\
brochure: flat
size: 120 x 90 mm
bleed: 0 mm
binding: none
source-language: en
press: {{condition: coated-fogra39, standard: {standard}, total-ink-limit: 400}}
swatches:
  sun: cmyk 0 15 90 0
  night: cmyk 60 50 20 20
  veil: {{gradient: up, from: night at 90%, to: night at 0%}}
  side: {{gradient: 30, stops: {{0%: night at 80%, 40%: sun at 10%, 100%: sun at 60%}}}}
  round: {{gradient: radial, centre: 40% 40%, from: paper at 100%, to: night at 0%}}
paragraph-styles: {{body: {{font: Source Serif 4, size: 9 pt, leading: 12 pt}}}}
pages:
  - frames:
{frames}
"""
CASES = {
    "a veil over part of a picture": """\
      a: {at: "x 10 mm, y 10 mm, width 90 mm, height 60 mm", content: {image: p.jpg, alt: none}}
      b: {at: "x 20 mm, y 30 mm, width 70 mm, height 50 mm", background: veil}
""",
    "a gradient at an angle over a picture and a field": """\
      g: {at: "x 0 mm, y 40 mm, width 120 mm, height 50 mm", background: sun}
      a: {at: "x 10 mm, y 10 mm, width 60 mm, height 40 mm", content: {image: p.jpg, alt: none}}
      b: {at: "x 30 mm, y 20 mm, width 70 mm, height 50 mm", background: side}
""",
    "a radial gradient over an ellipse": """\
      a: {at: "x 10 mm, y 10 mm, width 90 mm, height 60 mm", content: {image: p.jpg, alt: none, shape: ellipse}}
      b: {at: "x 10 mm, y 10 mm, width 90 mm, height 60 mm", background: round}
""",
    "a shadow over a picture, paper and a field": """\
      g: {at: "x 0 mm, y 40 mm, width 120 mm, height 50 mm", background: sun}
      a: {at: "x 10 mm, y 10 mm, width 60 mm, height 40 mm", content: {image: p.jpg, alt: none}}
      b:
        at: "x 40 mm, y 25 mm, width 60 mm, height 40 mm"
        content: {image: p.jpg, alt: none, shadow: {blur: 3 mm, offset: [3 mm, 2 mm], colour: night, opacity: 90%}}
""",
    "a multiplied picture over a picture and a field": """\
      g: {at: "x 0 mm, y 40 mm, width 120 mm, height 50 mm", background: sun}
      a: {at: "x 10 mm, y 10 mm, width 60 mm, height 40 mm", content: {image: p.jpg, alt: none}}
      b: {at: "x 40 mm, y 25 mm, width 60 mm, height 40 mm", content: {image: p.jpg, alt: none, blend: multiply, ink: sun}}
""",
    "a cut-out with an opacity over a picture, and a veil over both": """\
      a: {at: "x 10 mm, y 10 mm, width 60 mm, height 40 mm", content: {image: p.jpg, alt: none}}
      b: {at: "x 40 mm, y 20 mm, width 60 mm, height 60 mm", content: {image: disc.png, alt: none, fit: contain, opacity: 60%}}
      c: {at: "x 20 mm, y 20 mm, width 70 mm, height 50 mm", background: veil}
""",
}


@lru_cache(maxsize=2)
def picture(alpha: bool) -> bytes:
    y, x = np.mgrid[0:1:300j, 0:1:450j]
    bands = [80 + 150 * x, 80 + 150 * y, 150 + 60 * np.sin(9 * x) * np.cos(7 * y)]
    if alpha:
        bands.append(np.where((x - 0.5) ** 2 + (y - 0.5) ** 2 < 0.2, 255, 0))
    image = Image.fromarray(np.dstack([np.round(band) for band in bands]).astype(np.uint8))
    out = io.BytesIO()
    image.save(out, *("PNG",) if alpha else ("JPEG",), quality=97)
    return out.getvalue()


def project(frames: str, standard: str) -> MemoryProject:
    return MemoryProject(
        {
            "brochure.yaml": LAYOUT.format(frames=frames, standard=standard).encode(),
            "content/en.yaml": json.dumps({"t": "Words over it"}).encode(),
            "assets/p.jpg": picture(False),
            "assets/disc.png": picture(True),
        }
    )


def separated(pdf: bytes, folder: Path) -> np.ndarray[Any, Any]:
    """The four plates at 100 ppi, as coverage from 0 to 255."""
    folder.mkdir()
    (folder / "in.pdf").write_bytes(pdf)
    device = ("-q", "-dBATCH", "-dNOPAUSE", "-dSAFER", "-sDEVICE=tiffsep", "-r100")
    run("gs", *device, f"-sOutputFile={folder / 'p%d.tif'}", folder / "in.pdf")
    names = ("Cyan", "Magenta", "Yellow", "Black")
    plates = [np.asarray(Image.open(folder / f"p1({name}).tif").convert("L")) for name in names]
    return 255 - np.stack(plates, -1).astype(int)


@pytest.mark.parametrize("frames", CASES.values(), ids=CASES.keys())
def test_the_plates_are_those_of_a_file_with_transparency(frames: str, tmp_path: Path) -> None:
    flat, clear = (build(project(frames, one), PRESS) for one in ("x-1a", "x-4"))
    assert (flat.findings, clear.findings) == ((), ())
    assert re.search(rb"/SMask|/BM|/ca |/Group", clear.pdf)
    assert not re.search(rb"/SMask|/BM|/ca |/Group", flat.pdf)
    difference = np.abs(separated(flat.pdf, tmp_path / "a") - separated(clear.pdf, tmp_path / "b"))
    # The edges of areas may be a pixel apart.
    assert np.mean(difference.max(axis=-1) > 6) < 0.012
    assert difference.mean() < 1.2


def test_text_above_stays_text(tmp_path: Path) -> None:
    frames = CASES["a veil over part of a picture"]
    frames += '      t: {at: "x 25 mm, y 40 mm, width 60 mm, height 20 mm", content: {text: t}}\n'
    built = build(project(frames, "x-1a"), PRESS)
    assert "Words over it" in pypdf.PdfReader(io.BytesIO(built.pdf)).pages[0].extract_text()
    (tmp_path / "a.pdf").write_bytes(built.pdf)
    rows = [row.split() for row in run("pdfimages", "-list", tmp_path / "a.pdf").splitlines()[2:]]
    # The resolution of the picture, which has 450 pixels over 90 mm.
    assert [row[12] for row in rows] == ["127", "150"]
    assert {row[5] for row in rows} == {"cmyk"}


# Areas that stay vector graphics, and areas that are refused


PHOTO = Picture(
    Rect(0, 0, 60, 10), "assets/p.jpg", (450, 75), (outline_rect(Rect(0, 0, 60, 10)),), span=HERE
)
VEIL = make_gradient(
    (GradientStop(0.0, Cmyk(1, 0, 0, 0), 0.8), GradientStop(1.0, Cmyk(1, 0, 0, 0), 0.0))
)


def field(paint: Paint, **more: Any) -> Shape:
    return Shape((outline_rect(Rect(5, 0, 40, 10)),), fill=paint, span=HERE, **more)


def word() -> Item:
    made = run_of("In", (glyph("I"), glyph("n")), (0, 1), natural("I", "n"))
    return replace(made, x=10, y=2)


def flattened(*items: Item) -> tuple[tuple[Item, ...], list[str]]:
    files = {"assets/p.jpg": picture(False)}
    page = Page(3, "iii", 100, 10, 0, items)
    (done,), found = flatten_page([page], FOGRA, MemoryProject(files))
    return done.items, [one.message for one in found]


def test_a_transparent_area_over_a_picture_is_one_image() -> None:
    (photo, area), found = flattened(PHOTO, field(VEIL))
    assert found == []
    assert photo == PHOTO
    assert isinstance(area, FlattenedArea)
    assert (area.rect, area.span) == (Rect(5, 0, 40, 10), HERE)
    assert area.resolution == pytest.approx((540, 540), rel=0.02)
    assert [type(layer) for layer in area.layers] == [Picture, Shape]


SEAL = Paint(Spot("Seal", Cmyk(0, 1, 1, 0)))
REFUSED: dict[str, tuple[tuple[Item, ...], str]] = {
    "words beneath": ((PHOTO, word(), field(VEIL)), "lies on the text 'In'"),
    "a line beneath": (
        (PHOTO, Shape((outline_rect(Rect(20, 2, 9, 5)),), stroke=Stroke(SEAL, 1)), field(VEIL)),
        "lies on a line",
    ),
    "a turned picture beneath": (
        (replace(PHOTO, matrix=turn(3)), field(VEIL)),
        "lies on something that is rotated",
    ),
    "a placed PDF beneath": (
        (PlacedArtwork(PHOTO.rect, "assets/a.pdf", (60, 10), ()), replace(PHOTO, opacity=0.5)),
        "lies on the artwork a.pdf",
    ),
    "a spot ink beneath": (
        (replace(PHOTO, duotone=(SEAL.colour,)), field(VEIL)),
        "mixes the spot ink 'Seal' with other inks",
    ),
    "a spot ink above": (
        (PHOTO, field(replace(SEAL, opacity=0.5))),
        "mixes the spot ink 'Seal' with other inks",
    ),
}


@pytest.mark.parametrize(("items", "reason"), REFUSED.values(), ids=REFUSED.keys())
def test_areas_that_cannot_be_flattened_well_are_reported(
    items: tuple[Item, ...], reason: str
) -> None:
    _, (message,) = flattened(*items)
    assert reason in message
    assert message.startswith("page iii: ")


def test_hidden_content_is_ignored() -> None:
    (*_, area), found = flattened(word(), PHOTO, field(VEIL))
    assert found == []
    assert isinstance(area, FlattenedArea)
    assert len(area.layers) == 2


def test_white_of_a_multiplied_picture_on_paper_needs_no_flattening() -> None:
    (item,), found = flattened(replace(PHOTO, blend=Blend.MULTIPLY))
    assert (item, found) == (PHOTO, [])


# Inks and proof


def test_inks_and_plates_of_an_area() -> None:
    grey = replace(PHOTO, is_grey=True)
    items, _ = flattened(grey, field(VEIL))
    page = Page(1, "1", 100, 10, 0, items)
    assert list(find_inks([page], FOGRA)) == ["cyan", "black"]
    made = prepare_for_press(
        lay_out(project(CASES["a veil over part of a picture"], "x-1a")), project("", "x-1a")
    )
    area = next(item for item in made.pages[0].items if isinstance(item, FlattenedArea))
    shown = pixels_of(area, FOGRA, "cyan", "p.jpg")
    assert shown is not None
    plate = Image.open(io.BytesIO(encode_pixels(project("", "x-1a"), shown))).convert("L")
    lower = plate.getpixel((plate.width // 2, plate.height - 2))
    # 90 % of 60 % cyan and a tenth of the paper or picture below.
    assert lower == pytest.approx(255 * (1 - 0.54), abs=12)
