"""The pages of the proof look like the finished PDF, and its plates like those of Ghostscript.

resvg draws the SVG, pdfium and Ghostscript the PDF. Edges are drawn differently, so images are compared after blurring: no part
may differ by more than `TOLERANCE` of 255, and the mean by `MEAN`.
"""

from __future__ import annotations

import base64
import io
from functools import lru_cache
from pathlib import Path
from typing import Any

import numpy as np
import pypdfium2
import pytest
import resvg_py
from PIL import Image, ImageFilter

from brochure.api import build, lay_out
from brochure.build_values import LaidOut
from brochure.model.display_list import Page, Picture
from brochure.prepress.inks import find_inks
from brochure.prepress.output_conditions import BOOKLET, PRESS, SCREEN, OutputCondition
from brochure.project import DiskProject, Project
from brochure.proof.pictures import encode_pixels, media_type, pixels_of
from brochure.proof.svg import View, draw_svg
from tests.pictures.picture_gallery import gallery
from tests.programs import run
from tests.proof.projects import write_leaflet

SAMPLE = Path(__file__).parents[2] / "layouts" / "proven-model"
DPI = 72
TOLERANCE, MEAN = 40, 2.0


BLENDING = "><style>.overprint { mix-blend-mode: multiply; }</style>"
"""The style that the interface adds."""


def drawn(page: Page, made: LaidOut, project: Project, ink: str = "") -> Image.Image:
    """The page as resvg draws its SVG, with its pictures and bleed, one pixel per point."""

    def address(picture: Picture, view: View) -> str:
        pixels = pixels_of(picture, view.press, view.ink, picture.asset)
        if pixels is None:
            return ""
        data = encode_pixels(project, pixels)
        return f"data:{media_type(data)};base64,{base64.b64encode(data).decode()}"

    svg = draw_svg(page, View(made.work.condition, ink), address).replace(">", BLENDING, 1)
    width = round(page.width + 2 * page.bleed)
    data = bytes(resvg_py.svg_to_bytes(svg_string=svg, width=width, background="white"))
    return Image.open(io.BytesIO(data)).convert("RGB")


def rendered(pdf: bytes, number: int) -> Image.Image:
    """The page as pdfium renders the PDF, one pixel per point."""
    with pypdfium2.PdfDocument(pdf) as document:
        page: Any = document[number - 1].render(scale=DPI / 72)
        return Image.Image.convert(page.to_pil(), "RGB")


def trimmed(image: Image.Image, page: Page) -> Image.Image:
    """The image without the bleed, in whole points."""
    bleed = round(page.bleed)
    return image.crop((bleed, bleed, image.width - bleed, image.height - bleed))


def difference(first: Image.Image, second: Image.Image) -> tuple[float, float]:
    """The maximum and the mean difference after blurring."""
    size = min(first.width, second.width), min(first.height, second.height)
    blurred = [one.resize(size).filter(ImageFilter.GaussianBlur(4)) for one in (first, second)]
    left, right = (np.asarray(one, dtype=float) for one in blurred)
    apart = np.abs(left - right)
    return float(apart.max()), float(apart.mean())


@lru_cache(maxsize=4)
def sample(language: str) -> tuple[DiskProject, LaidOut, bytes]:
    project = DiskProject(SAMPLE)
    made = lay_out(project, language)
    return project, made, build(project, screen_condition(made), language).pdf


def screen_condition(made: LaidOut) -> OutputCondition:
    """The output condition for screens, with the resolution of pictures of the proof."""
    return SCREEN.on(made.work).showing(BOOKLET.wanted_ppi, BOOKLET.quality)


@pytest.mark.parametrize(("language", "number"), [("en", 1), ("en", 9), ("ar", 6), ("ar", 7)])
def test_page_looks_like_the_pdf(language: str, number: int) -> None:
    project, made, pdf = sample(language)
    page = made.pages[number - 1]
    greatest, mean = difference(trimmed(drawn(page, made, project), page), rendered(pdf, number))
    assert greatest < TOLERANCE
    assert mean < MEAN


def test_pictures_with_transparency_and_spots_look_like_the_pdf(tmp_path: Path) -> None:
    project = DiskProject(write_leaflet(tmp_path))
    made = lay_out(project)
    pdf = build(project, screen_condition(made)).pdf
    page = made.pages[0]
    greatest, mean = difference(trimmed(drawn(page, made, project), page), rendered(pdf, 1))
    assert greatest < TOLERANCE
    assert mean < MEAN


@pytest.mark.parametrize("language", ["en", "ar"])
def test_inks_shadows_and_icons_look_like_the_pdf(language: str) -> None:
    project = gallery()
    made = lay_out(project, language)
    pdf = build(project, screen_condition(made), language).pdf
    page = made.pages[0]
    greatest, mean = difference(trimmed(drawn(page, made, project), page), rendered(pdf, 1))
    assert greatest < TOLERANCE
    assert mean < MEAN


def test_plates_are_those_that_ghostscript_makes(tmp_path: Path) -> None:
    project = DiskProject(write_leaflet(tmp_path))
    made = lay_out(project)
    file = tmp_path / "press.pdf"
    file.write_bytes(build(project, PRESS).pdf)
    run(
        *("gs", "-q", "-dNOPAUSE", "-dBATCH", "-dSAFER", "-sDEVICE=tiffsep", f"-r{DPI}"),
        *("-dTextAlphaBits=4", "-dGraphicsAlphaBits=4", f"-sOutputFile={tmp_path}/page%d.tif"),
        file,
    )
    inks = list(find_inks(made.pages, made.work.condition))
    assert {"cyan", "black", "Gold", "Varnish"} <= set(inks)
    compared = 0
    for page in made.pages:
        for ink in inks:
            name = ink.title() if ink in ("cyan", "magenta", "yellow", "black") else ink
            plate = tmp_path / f"page{page.number}({name}).tif"
            found = drawn(page, made, project, ink)
            if not plate.exists():  # it is not used on this page
                assert np.asarray(found).min() == 255, f"page {page.number}, {ink}"
                continue
            expected = Image.open(plate).convert("RGB")
            # The press PDF has marks around the bleed: its centre is the page.
            left = (expected.width - found.width) // 2
            top = (expected.height - found.height) // 2
            box = (left, top, left + found.width, top + found.height)
            greatest, mean = difference(trimmed(found, page), trimmed(expected.crop(box), page))
            assert greatest < TOLERANCE, f"page {page.number}, {ink}"
            assert mean < MEAN, f"page {page.number}, {ink}"
            compared += 1
    assert compared > len(inks)


def test_varnish_is_visible_on_its_plate_only(tmp_path: Path) -> None:
    project = DiskProject(write_leaflet(tmp_path))
    made = lay_out(project)
    page = made.pages[1]
    assert np.asarray(drawn(page, made, project, "Varnish")).min() == 0
    without = np.asarray(drawn(page, made, project, "Gold"))
    assert without.min() == 255
