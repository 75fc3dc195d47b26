"""Draws the pictures of the shipped layouts: all of them, or those named on the command line."""

import sys
import time
import zlib
from collections.abc import Callable, Collection
from functools import partial
from pathlib import Path

import numpy as np

from . import (
    channels,
    city,
    courtroom,
    doors,
    doorway,
    dusk,
    faces,
    halves,
    hearing,
    meanders,
    night_lines,
    night_sea,
    osier,
    portrait,
    ridge,
    stars,
    tides,
    vessels,
)
from .finish import save
from .light import Field

LAYOUTS = Path(__file__).parents[2] / "layouts"
SAMPLE = LAYOUTS / "proven-model" / "assets"
REPORT = LAYOUTS / "annual-report" / "assets"
FIELD = LAYOUTS / "field-report" / "assets"
LEAFLET = LAYOUTS / "leaflet" / "assets"
PROGRAMME = LAYOUTS / "programme" / "assets"
CATALOGUE = LAYOUTS / "catalogue" / "assets"
POTS: dict[Path, Collection[str]] = {
    CATALOGUE: vessels.SHELVES,
    CATALOGUE / "sections": vessels.SECTIONS,
    CATALOGUE / "pots": vessels.VESSELS,
}
SHARED = Path(__file__).parents[1] / "photos"
PAINTINGS: dict[str, tuple[Callable[[np.random.Generator], Field], Path]] = {
    "ridge.jpg": (ridge.front, SAMPLE / "photos"),
    "ridge-back.jpg": (ridge.back, SAMPLE / "photos"),
    "city.jpg": (city.draw, SAMPLE / "photos"),
    "portrait.jpg": (portrait.draw, SAMPLE / "photos"),
    "doorway.jpg": (doorway.draw, SAMPLE / "photos"),
    "dusk.jpg": (dusk.draw, SHARED),
    "courtroom.jpg": (courtroom.draw, SHARED),
}
DRAWINGS: dict[str, Callable[[], None]] = {
    "doors.svg": partial(doors.draw, "doors.svg", SAMPLE),
    **{name: partial(meanders.draw, name, REPORT) for name in (*meanders.PICTURES, meanders.MAP)},
    **{name: partial(faces.draw, name, REPORT / "people") for name in faces.FACES},
    **{
        name: partial(halves.draw, name, LAYOUTS / "two-languages" / "assets")
        for name in halves.PICTURES
    },
    **{
        name: partial(channels.draw, name, LAYOUTS / "right-to-left" / "assets")
        for name in channels.PICTURES
    },
    night_sea.NAME: partial(night_sea.draw, LAYOUTS / "donor-appeal" / "assets"),
    night_lines.NAME: partial(night_lines.draw, LAYOUTS / "factsheet" / "assets"),
    **{name: partial(osier.draw, name, FIELD) for name in osier.PICTURES},
    **{name: partial(hearing.draw, name, LEAFLET) for name in hearing.PICTURES},
    "lamp.pdf": partial(stars.draw, LAYOUTS / "poster" / "assets"),
    **{name: partial(tides.draw, name, PROGRAMME) for name in (*tides.TIDES, tides.MAP)},
    **{
        name: partial(vessels.draw, name, folder)
        for folder, names in POTS.items()
        for name in names
    },
}


def main(names: list[str]) -> None:
    """Draw each picture in `names`, or all, into the assets of its layout."""
    for name in names or (*PAINTINGS, *DRAWINGS):
        start = time.perf_counter()
        if name in DRAWINGS:
            DRAWINGS[name]()
        else:
            draw, folder = PAINTINGS[name]
            save(draw(np.random.default_rng(zlib.crc32(name.encode()))), folder / name)
        print(f"{name:20} {time.perf_counter() - start:5.1f} s")


if __name__ == "__main__":
    main(sys.argv[1:])
