"""Draws the sample's pictures: all of them, or those named on the command line."""

import sys
import time
import zlib
from collections.abc import Callable
from pathlib import Path

import numpy as np

from . import city, courtroom, dusk, hands, portrait, textures
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


def main(names: list[str]) -> None:
    """Draws each picture in `names`, or all, into `assets/photos`."""
    for name in names or PICTURES:
        start = time.perf_counter()
        picture = PICTURES[name](np.random.default_rng(zlib.crc32(name.encode())))
        save(picture, PHOTOS / name)
        print(f"{name:20} {time.perf_counter() - start:5.1f} s")


if __name__ == "__main__":
    main(sys.argv[1:])
