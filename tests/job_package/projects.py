"""A small project with a spot ink, a picture, an office, French copy and a font of its own, written to a folder."""

from __future__ import annotations

import io
import json
from pathlib import Path
from typing import Any

from PIL import Image

from tests.fonts.built import Recipe, built

LAYOUT = """\
brochure: wells
title: title
size: 100 x 140 mm
bleed: 3 mm
binding: saddle-stitch
source-language: en
date: 2026-11-24
press: {{condition: lwc-fogra45, total-ink-limit: 280}}
paper: {{caliper: 0.08 mm}}
job:
  paper: 80 g/m² LWC
  contact: Ann Lee, ann@example.org
  quantity: 12000
{more}
swatches:
  seal: spot "PANTONE 286 C" as cmyk 100 66 0 2
paragraph-styles:
  body: {{font: House Hand, size: 9 pt, leading: 12 pt, grid: no}}
masters:
  all: {{frames: {{
    field: {{at: "x 10 mm, y 100 mm, width 80 mm, height 20 mm", background: seal}},
    photo: {{at: "x 10 mm, y 60 mm, width 40 mm, height 30 mm"}},
    words: {{at: "x 10 mm, y 10 mm, width 80 mm, height {height} mm"}}}}}}
pages:
  - {{master: all, photo: {{image: well.jpg, alt: alt}}, words: [{{text: body}}]}}
  - {{master: all, words: [{{text: body}}]}}
  - {{master: all, words: [{{text: body}}]}}
  - {{master: all, words: [{{text: body}}]}}
"""
OFFICE = """\
office: kenya
languages: [en, fr]
job: {contact: "Juma, juma@example.org"}
"""
COPY = {"title": "Wells", "body": "water for all " * 8, "alt": "A well"}
FRENCH = {"title": "Puits", "body": "de l'eau pour tous " * 8, "alt": "Un puits"}


def write_project(
    folder: Path, *, more: str = "", height: int = 45, licence_bits: int = 0, **files: bytes
) -> Path:
    """Write the project into a folder and return it.

    Args:
        folder: The folder.
        more: More keys of the layout.
        height: Height of the frame with text, in mm; with 4 the text does not fit.
        licence_bits: fsType of the font.
        files: More files, by their names with `__` for `/`.
    """
    picture = io.BytesIO()
    Image.linear_gradient("L").resize((400, 300)).convert("RGB").save(picture, "JPEG", quality=90)
    letters = "".join(sorted(set(COPY["body"] + FRENCH["body"] + "-’'‐")))
    font = built(Recipe("House Hand", letters=letters, licence_bits=licence_bits))
    contents = {
        "brochure.yaml": LAYOUT.format(more=more, height=height).encode(),
        "content/en.yaml": json.dumps(COPY).encode(),
        "content/fr.yaml": json.dumps(FRENCH).encode(),
        "offices/kenya.yaml": OFFICE.encode(),
        "assets/well.jpg": picture.getvalue(),
        "assets/fonts/house.ttf": font,
        "notes/private.txt": b"not part of any edition",
        **{name.replace("__", "/"): data for name, data in files.items()},
    }
    for name, data in contents.items():
        path = folder / name
        path.parent.mkdir(parents=True, exist_ok=True)
        path.write_bytes(data)
    return folder


def read_json(data: bytes) -> Any:
    """The document in a JSON file."""
    return json.loads(data)
