"""Draws the pictures of the shipped layouts: all of them, or those named on the command line."""

import sys
import time
import zlib
from collections.abc import Callable
from functools import partial
from pathlib import Path

import numpy as np

from . import (
    city,
    courtroom,
    doors,
    dusk,
    faces,
    hands,
    meanders,
    osier,
    portrait,
    stars,
    textures,
    tides,
    vessels,
)
from .finish import save
from .light import Field

PICTURES: dict[str, Callable[[np.random.Generator], Field]] = {
    "dusk.jpg": dusk.draw,
    "city.jpg": city.draw,
    "portrait.jpg": portrait.draw,
    "hands.jpg": hands.draw,
    "courtroom.jpg": courtroom.draw,
    "texture-night.jpg": textures.night,
    "texture-ember.jpg": textures.ember,
    "texture-paper.png": textures.wash,
}
PHOTOS = Path(__file__).parents[1] / "photos"
LAYOUTS = Path(__file__).parents[2] / "layouts"
PROGRAMME = LAYOUTS / "programme" / "assets"
REPORT = LAYOUTS / "annual-report" / "assets"
CATALOGUE = LAYOUTS / "catalogue" / "assets"
POTS = {
    CATALOGUE: vessels.SHELVES,
    CATALOGUE / "sections": vessels.SECTIONS,
    CATALOGUE / "pots": vessels.VESSELS,
}
DRAWINGS: dict[str, Callable[[], None]] = {
    **{name: partial(meanders.draw, name, REPORT) for name in (*meanders.PICTURES, meanders.MAP)},
    **{name: partial(faces.draw, name, REPORT / "people") for name in faces.FACES},
    "lamp.pdf": partial(stars.draw, LAYOUTS / "poster" / "assets"),
    **{
        name: partial(vessels.draw, name, folder)
        for folder, names in POTS.items()
        for name in names
    },
    **{
        name: partial(osier.draw, name, LAYOUTS / "field-report" / "assets")
        for name in osier.PICTURES
    },
    **{name: partial(doors.draw, name, LAYOUTS / "leaflet" / "assets") for name in doors.PICTURES},
    **{name: partial(tides.draw, name, PROGRAMME) for name in (*tides.TIDES, tides.MAP)},
}


def main(names: list[str]) -> None:
    """Draws each picture in `names`, or all: paintings into `assets/photos`, drawings into the layouts."""
    for name in names or (*PICTURES, *DRAWINGS):
        start = time.perf_counter()
        if name in DRAWINGS:
            DRAWINGS[name]()
        else:
            save(PICTURES[name](np.random.default_rng(zlib.crc32(name.encode()))), PHOTOS / name)
        print(f"{name:20} {time.perf_counter() - start:5.1f} s")


if __name__ == "__main__":
    main(sys.argv[1:])
