"""What the brochure is made from, the same for every program: fonts, three pictures, and the words of each edition.

Takes a folder; fills it. `offices` are 40 editions that differ in the name, address and telephone of an office, `texts` 40 of
which every paragraph differs as well, since what a program keeps between editions is worth much in the one and little in
the other. `python -m bench.peers.matter FOLDER PHOTOS FONT` makes it, in a process of its own: a process begins with the peak
memory of the one that started it, so the bench itself must stay small.
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

from bench.peers.words import CHARTS, PLACES, STREETS, WORDS

EDITIONS = 40
KINDS = ("offices", "texts")
EDITED = "edited"
PICTURE = (1830, 2550)
PICTURE_BYTES = 1_600_000
QUALITY = 92
PICTURES = ("cover.jpg", "quote.jpg", "close.jpg")
FAMILY = "Bench Serif"
FONT = "BenchSerif-Regular.ttf"

SHUFFLED = tuple(key for key in WORDS if key.rpartition(".")[2] in {"a", "b", "c", "lead"})
"""The paragraphs: what differs in every one of the `texts`."""


@dataclass(frozen=True, slots=True)
class Matter:
    """Where the common matter of all editions lies, for a program that opens it."""

    folder: Path

    @property
    def font(self) -> Path:
        """The one font of the brochure."""
        return self.folder / "fonts" / FONT

    def picture(self, at: int) -> Path:
        """One of the three pictures."""
        return self.folder / "pictures" / PICTURES[at]

    def edition(self, kind: str, at: int) -> Path:
        """The file of an edition's words and figures."""
        return self.folder / kind / f"{at:02}.json"


def make(folder: Path, photos: Path, font: Path) -> None:
    """Everything, from the sample's photographs and the variable font that ours sets by default."""
    matter = Matter(folder)
    make_words(matter, font)
    for at, name in enumerate(("dusk.jpg", "city.jpg", "portrait.jpg")):
        matter.picture(at).write_bytes(_picture(photos / name))


def make_words(matter: Matter, font: Path) -> None:
    """All but the pictures."""
    for name in ("fonts", "pictures", *KINDS, EDITED):
        (matter.folder / name).mkdir(parents=True)
    shutil.copy(Path(__file__).with_name("brochure.typ"), matter.folder)
    _cut(font, matter.font)
    for kind in KINDS:
        for at in range(1, EDITIONS + 1):
            write_edition(matter.edition(kind, at), words_of(kind, at))


def write_edition(path: Path, words: Mapping[str, str]) -> None:
    """An edition's words, with the figures of the charts beside them."""
    path.write_text(json.dumps({**words, "charts": CHARTS}), encoding="utf-8")


def words_of(kind: str, at: int) -> dict[str, str]:
    """The words of an edition: those of an office, and in `texts` paragraphs of its own."""
    draw = random.Random(at)
    place = f"{PLACES[at % len(PLACES)]} {at}"
    own = {
        "office.name": f"Water Office {place}",
        "office.street": f"{draw.randrange(1, 400)} {draw.choice(STREETS)}",
        "office.city": f"{place}, {draw.randrange(10_000, 99_999)}",
        "office.phone": f"+44 {draw.randrange(1000, 9999)} {draw.randrange(100_000, 999_999)}",
    }
    if kind == "texts":
        own |= {key: shuffled(WORDS[key], draw) for key in SHUFFLED}
    return {**WORDS, **own}


def shuffled(text: str, draw: random.Random) -> str:
    """The words of a paragraph in another order."""
    words = text.split()
    return " ".join(draw.sample(words, len(words)))


def edited(words: Mapping[str, str], at: int) -> dict[str, str]:
    """The same edition after somebody has changed one message: a paragraph of the third page."""
    return {**words, "second.b": f"Corrected {at} times. {WORDS['second.b']}"}


# Fonts and pictures


def _cut(variable: Path, out: Path) -> None:
    """The regular weight as a font of its own: not every program can set a variable one."""
    import uharfbuzz as hb
    from fontTools.ttLib import TTFont

    face, wanted = hb.Face(hb.Blob(variable.read_bytes())), hb.SubsetInput()
    wanted.keep_everything()
    for axis, position in (("wght", 400), ("opsz", 12)):
        wanted.pin_axis_location(face, axis, position)
    font = TTFont(io.BytesIO(hb.subset(face, wanted).blob.data))
    del font["STAT"], font["DSIG"]
    for name_id in (1, 2, 4, 6, 16, 17, 25):
        font["name"].removeNames(nameID=name_id)
    for name_id, name in ((1, FAMILY), (2, "Regular"), (4, FAMILY), (6, "BenchSerif-Regular")):
        font["name"].setName(name, name_id, 3, 1, 0x409)
    font.save(out)


def _picture(photo: Path) -> bytes:
    """A photograph of the size in pixels and about that in bytes: grain makes it as heavy as a camera's."""
    from PIL import Image, ImageChops, ImageOps

    wanted = ImageOps.fit(Image.open(photo).convert("RGB"), PICTURE)
    data = b""
    for grain in range(4, 12):
        noise = Image.effect_noise(PICTURE, grain).convert("RGB")
        out = io.BytesIO()
        ImageChops.add(wanted, noise, scale=1, offset=-128).save(out, "JPEG", quality=QUALITY)
        data = out.getvalue()
        if len(data) > 0.95 * PICTURE_BYTES:
            break
    return data


if __name__ == "__main__":
    make(*map(Path, sys.argv[1:]))
