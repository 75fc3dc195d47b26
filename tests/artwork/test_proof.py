"""Placed PDFs in the live proof: pictures of the page, entire, in one swatch and on the plates of inks."""

from __future__ import annotations

import io

import numpy as np
from PIL import Image

from brochure.api import lay_out
from brochure.artwork.model import ArtworkTarget
from brochure.inputs import RecordedProject
from brochure.model.display_list import PlacedArtwork
from brochure.proof.pictures import encode_pixels, media_type, name_pixels, pixels_of
from tests.artwork import pdf_files
from tests.artwork.placing import Pixels, project_with


def shown(pdf: bytes, keys: str = "", ink: str = "") -> Pixels:
    """Return the pixels of artwork in the proof: rows of red, green, blue and alpha."""
    project = project_with(pdf, keys)
    made = lay_out(project)
    (item,) = [one for one in made.pages[0].items if isinstance(one, PlacedArtwork)]
    pixels = pixels_of(item, made.work.condition, ink, "art.pdf")
    assert pixels
    data = encode_pixels(project, pixels)
    assert media_type(data) == "image/png"
    return np.asarray(Image.open(io.BytesIO(data)), dtype=np.uint8)


def test_the_proof_shows_artwork_on_a_transparent_background() -> None:
    pixels = shown(pdf_files.PLAIN)
    height, width = pixels.shape[:2]
    assert abs(width / height - 2) < 0.02
    assert tuple(pixels[height // 2, width // 4]) == (255, 0, 0, 255)
    assert pixels[2, 2, 3] == 0


def test_the_plates_of_artwork_have_its_inks() -> None:
    height, width = shown(pdf_files.INKS).shape[:2]
    spot = shown(pdf_files.INKS, ink="Signal")
    assert abs(int(spot[height // 20, width // 10, 0]) - 51) < 6  # 80 % of the ink
    cyan = shown(pdf_files.INKS, ink="cyan")
    assert abs(int(cyan[height // 4, width * 5 // 8, 0]) - 230) < 6  # 10 %


def test_one_swatch_is_shown_on_its_plate_only() -> None:
    spot = shown(pdf_files.PLAIN, ", colour: signal", "Signal")
    other = shown(pdf_files.PLAIN, ", colour: signal", "cyan")
    height, width = spot.shape[:2]
    assert tuple(spot[height // 2, width // 4, :3]) == (0, 0, 0)
    assert tuple(other[height // 2, width // 4, :3]) == (255, 255, 255)


def test_another_file_has_another_address() -> None:
    names = []
    for pdf in (pdf_files.PLAIN, pdf_files.INKS):
        project = project_with(pdf)
        made = lay_out(project)
        (item,) = [one for one in made.pages[0].items if isinstance(one, PlacedArtwork)]
        pixels = pixels_of(item, made.work.condition, "", "art.pdf")
        assert pixels
        names.append(name_pixels(pixels, project.digest(item.asset)))
    assert names[0] != names[1]


def test_the_file_is_recorded_as_an_input() -> None:
    recorded = RecordedProject(project_with(pdf_files.PLAIN))
    lay_out(recorded)
    assert any("art.pdf" in f"{one}" for one in recorded.answers)


def test_each_conversion_has_its_own_key() -> None:
    (item,) = [
        one
        for one in lay_out(project_with(pdf_files.PLAIN)).pages[0].items
        if isinstance(one, PlacedArtwork)
    ]
    targets = [
        ArtworkTarget(page, item.box, plate=plate, is_coloured=is_coloured)
        for page in (1, 2)
        for plate in ("", "cyan")
        for is_coloured in (True, False)
    ]
    assert len({one.key(b"file") for one in targets}) == len(targets)
