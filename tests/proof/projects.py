"""Projects on disk for tests of the proof: a leaflet with a chart, a picture and spot inks, and the sample with small photos."""

from __future__ import annotations

import io
import shutil
from pathlib import Path

from PIL import Image

from tests.house.modules import ROOT

LAYOUT = """\
brochure: leaflet
size: a6
bleed: 3mm
source-language: en
variables:
  wells: 12
swatches:
  gold: spot "Gold" as cmyk 0 20 80 10
  sea: cmyk 90 40 10 0
  white: cmyk 0 0 0 0
  gloss: spot "Varnish" as cmyk 0 0 0 20 overprint
paragraph-styles:
  accent: { based-on: body, colour: gold }
  on-sea: { based-on: body, colour: white }
binding: none
pages:
  - frames:
      picture:
        at: columns 1-6, rows 1-2
        content:
          - image: field.png
            alt: cover.alt
      main:
        at: columns 1-6, rows 3-6
        content:
          - heading: cover.title
          - text: cover.lead
          - text: cover.note
            style: accent
  - frames:
      band:
        at: columns 1-6, rows 1-1
        background: sea
        content:
          - text: inside.band
            style: on-sea
      gloss:
        at: columns 4-6, rows 1-3
        background: gloss
      main:
        at: columns 1-6, rows 3-6
        content:
          - bar-chart:
              - label: inside.before
                value: 40
              - label: inside.after
                value: 100
            alt: inside.chart
"""

COPY = """\
cover:
  alt: A field in the morning.
  title: Water for the valley
  lead: "{wells} wells were dug in **one** year."
  note: See [the report](https://example.org/report).
inside:
  band: What changed
  chart: Two bars.
  before: Before
  after: After
"""

CATALOGUE = """\
# French translation of the leaflet.
msgid ""
msgstr ""
"Language: fr\\n"
"Content-Type: text/plain; charset=UTF-8\\n"

#. cover
msgctxt "cover.alt"
msgid "A field in the morning."
msgstr "Un champ, le matin."

# The reviewer prefers this word.
msgctxt "cover.title"
msgid "Water for the valley"
msgstr "De l’eau pour la vallée"

msgctxt "cover.lead"
msgid "{wells} wells were dug in **one** year."
msgstr "{wells} puits ont été creusés en **un** an."

#, fuzzy
msgctxt "cover.note"
msgid "See [the report](https://example.org/report)."
msgstr "Voir [le rapport](https://example.org/report)."

msgctxt "inside.band"
msgid "What changed"
msgstr "Ce qui a changé"

msgctxt "inside.chart"
msgid "Two bars."
msgstr "Deux barres."

msgctxt "inside.before"
msgid "Before"
msgstr "Avant"

msgctxt "inside.after"
msgid "After"
msgstr ""
"""


def field_picture() -> bytes:
    """Return a picture with transparent corners and a gradient."""
    image = Image.linear_gradient("L").resize((240, 120))
    mask = Image.radial_gradient("L").resize((240, 120)).point(lambda level: 255 - level)
    coloured = Image.merge("RGBA", [image, image.rotate(180), image.point(lambda _: 90), mask])
    out = io.BytesIO()
    coloured.save(out, "PNG")
    return out.getvalue()


def write_leaflet(folder: Path) -> Path:
    """Write the project into a new folder below this one, and return it."""
    root = folder / "leaflet"
    for name, data in {
        "brochure.yaml": LAYOUT.encode(),
        "content/en.yaml": COPY.encode(),
        "content/fr.po": CATALOGUE.encode(),
        "assets/field.png": field_picture(),
    }.items():
        path = root / name
        path.parent.mkdir(parents=True, exist_ok=True)
        path.write_bytes(data)
    return root


def write_sample(folder: Path) -> Path:
    """Copy the sample into a new folder below this one, with a sixteenth of the pixels of its photos, and return it."""
    root = folder / "layouts/trial"
    shutil.copytree(ROOT / "layouts/proven-model", root)
    shutil.copytree(ROOT / "assets", folder / "assets", ignore=shutil.ignore_patterns("photos"))
    for file in (root / "assets/photos").glob("*.jpg"):
        with Image.open(file) as photo:
            photo.draft("RGB", (photo.width // 4, photo.height // 4))
            photo.save(file, "JPEG", icc_profile=photo.info.get("icc_profile"))
    return root
