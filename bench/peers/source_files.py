"""The source files of the brochure, the same for every program: a font, three images, and the messages of each edition.

The editions of the kind `offices` differ in the name, address and telephone number of an office. In the kind `texts`, all
paragraphs differ too: then a program gains less from what it keeps between editions.

`python -m bench.peers.source_files FOLDER PHOTOS FONT` writes the files in a separate process, because the memory peak of a
process starts at that of its parent: the benchmark itself must stay small.
"""

from __future__ import annotations

import io
import json
import random
import shutil
import sys
from collections.abc import Mapping
from dataclasses import dataclass
from pathlib import Path

from bench.peers.messages import CHARTS, MESSAGES, PLACES, STREETS

EDITIONS = 40
KINDS = ("offices", "texts")
EDITED = "edited"
IMAGE_SIZE = (1830, 2550)
"""Width and height in pixels."""
IMAGE_BYTES = 1_600_000
JPEG_QUALITY = 92
IMAGES = ("cover.jpg", "quote.jpg", "close.jpg")
FAMILY = "Bench Serif"
FONT = "BenchSerif-Regular.ttf"

PARAGRAPHS = tuple(key for key in MESSAGES if key.rpartition(".")[2] in {"a", "b", "c", "lead"})
"""Keys of the paragraphs, which differ in each edition of the kind `texts`."""


@dataclass(frozen=True, slots=True)
class SourceFiles:
    """Paths of the source files."""

    folder: Path

    @property
    def font(self) -> Path:
        """The font of the brochure."""
        return self.folder / "fonts" / FONT

    def get_image_path(self, index: int) -> Path:
        """Return the path of one of the three images."""
        return self.folder / "images" / IMAGES[index]

    def get_edition_path(self, kind: str, number: int) -> Path:
        """Return the path of the messages and chart values of an edition."""
        return self.folder / kind / f"{number:02}.json"


def write_source_files(folder: Path, photos: Path, font: Path) -> None:
    """Write all files.

    Args:
        folder: The folder to write to.
        photos: The folder of the sample's photographs.
        font: The variable font of the sample's text.
    """
    sources = SourceFiles(folder)
    write_font_and_messages(sources, font)
    for index, name in enumerate(("dusk.jpg", "city.jpg", "portrait.jpg")):
        sources.get_image_path(index).write_bytes(_make_image(photos / name))


def write_font_and_messages(sources: SourceFiles, font: Path) -> None:
    """Write all files except the images."""
    for name in ("fonts", "images", *KINDS, EDITED):
        (sources.folder / name).mkdir(parents=True)
    shutil.copy(Path(__file__).with_name("brochure.typ"), sources.folder)
    _instantiate_font(font, sources.font)
    for kind in KINDS:
        for number in range(1, EDITIONS + 1):
            write_edition(sources.get_edition_path(kind, number), make_messages(kind, number))


def write_edition(path: Path, messages: Mapping[str, str]) -> None:
    """Write the messages of an edition and the values of the charts."""
    path.write_text(json.dumps({**messages, "charts": CHARTS}), encoding="utf-8")


def make_messages(kind: str, number: int) -> dict[str, str]:
    """Return the messages of an edition by their keys."""
    generator = random.Random(number)
    place = f"{PLACES[number % len(PLACES)]} {number}"
    changed = {
        "office.name": f"Water Office {place}",
        "office.street": f"{generator.randrange(1, 400)} {generator.choice(STREETS)}",
        "office.city": f"{place}, {generator.randrange(10_000, 99_999)}",
        "office.phone": f"+44 {generator.randrange(1000, 9999)} {generator.randrange(100_000, 999_999)}",
    }
    if kind == "texts":
        changed |= {key: _shuffle_words(MESSAGES[key], generator) for key in PARAGRAPHS}
    return {**MESSAGES, **changed}


def _shuffle_words(text: str, generator: random.Random) -> str:
    words = text.split()
    return " ".join(generator.sample(words, len(words)))


def edit_message(messages: Mapping[str, str], number: int) -> dict[str, str]:
    """Return the messages with a different paragraph on the third page; each number gives another text."""
    return {**messages, "second.b": f"Corrected {number} times. {MESSAGES['second.b']}"}


# Font and images


def _instantiate_font(variable_font: Path, out: Path) -> None:
    """Write the regular weight as a static font, because not every program supports variable fonts."""
    import uharfbuzz as hb
    from fontTools.ttLib import TTFont

    face, subset = hb.Face(hb.Blob(variable_font.read_bytes())), hb.SubsetInput()
    subset.keep_everything()
    for axis, position in (("wght", 400), ("opsz", 12)):
        subset.pin_axis_location(face, axis, position)
    font = TTFont(io.BytesIO(hb.subset(face, subset).blob.data))
    del font["STAT"], font["DSIG"]
    for name_id in (1, 2, 4, 6, 16, 17, 25):
        font["name"].removeNames(nameID=name_id)
    for name_id, name in ((1, FAMILY), (2, "Regular"), (4, FAMILY), (6, "BenchSerif-Regular")):
        font["name"].setName(name, name_id, 3, 1, 0x409)
    font.save(out)


def _make_image(photo: Path) -> bytes:
    """Return the photograph as a JPEG of `IMAGE_SIZE`, with enough noise for about `IMAGE_BYTES`."""
    from PIL import Image, ImageChops, ImageOps

    image = ImageOps.fit(Image.open(photo).convert("RGB"), IMAGE_SIZE)
    data = b""
    for sigma in range(4, 12):
        noise = Image.effect_noise(IMAGE_SIZE, sigma).convert("RGB")
        out = io.BytesIO()
        noisy = ImageChops.add(image, noise, scale=1, offset=-128)
        noisy.save(out, "JPEG", quality=JPEG_QUALITY)
        data = out.getvalue()
        if len(data) > 0.95 * IMAGE_BYTES:
            break
    return data


if __name__ == "__main__":
    write_source_files(*map(Path, sys.argv[1:]))
