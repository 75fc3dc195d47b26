"""A page of pictures in one and two inks, shadows, blending, proportions, and icons in text; in English and Arabic."""

from __future__ import annotations

import io

import numpy as np
from PIL import Image

from brochure.project import MemoryProject

LAYOUT = """\
brochure: pictures
size: 150 x 100 mm
binding: none
bleed: 0 mm
source-language: en
swatches:
  blue: spot "PANTONE 286 C" as cmyk 100 66 0 2
  sun: cmyk 0 25 90 0
fonts: {fallback: {Arab: Noto Sans Arabic}}
paragraph-styles:
  body: {font: Source Serif 4, size: 10 pt, leading: 14 pt, colour: blue}
pages:
  - frames:
      back: {at: "x 0 mm, y 64 mm, width 150 mm, height 36 mm", background: sun, content: []}
      a: {at: "x 8 mm, y 8 mm, width 30 mm, height 30 mm", content: {image: p.png, alt: none, ink: black}}
      b: {at: "x 42 mm, y 8 mm, width 30 mm, height 30 mm", content: {image: p.png, alt: none, ink: blue, aspect: 3:2}}
      c: {at: "x 76 mm, y 8 mm, width 30 mm, height 30 mm", content: {image: p.png, alt: none, ink: [black, blue]}}
      d: {at: "x 110 mm, y 8 mm, width 30 mm, height 12 mm", content: {image: p.png, alt: none, fit: contain, align: end}}
      e: {at: "x 8 mm, y 50 mm, width 24 mm, height 32 mm", content: {image: p.png, alt: none, blend: multiply}}
      f: {at: "x 42 mm, y 50 mm, width 30 mm, height 30 mm", content: {image: disc.png, alt: none, fit: contain, shadow: {}}}
      g:
        at: "x 76 mm, y 50 mm, width 30 mm, height 30 mm"
        content: {image: p.png, alt: none, shape: ellipse, shadow: {blur: 4 mm, offset: [2 mm, 1 mm], colour: blue, opacity: 80%}}
      h: {at: "x 110 mm, y 26 mm, width 32 mm, height 60 mm", content: {text: way}}
"""
EN = 'way: "Take ![bus](bus.svg) to ![stop](pin.svg){size=1.3em} and ![follow](walk.svg){mirror=yes}, always."\n'
AR = """\
msgid ""
msgstr ""
"Language: ar\\n"
"Content-Type: text/plain; charset=UTF-8\\n"

msgctxt "way"
msgid "Take ![bus](bus.svg) to ![stop](pin.svg){size=1.3em} and ![follow](walk.svg){mirror=yes}, always."
msgstr "خذ ![الحافلة](bus.svg) إلى ![الموقف](pin.svg){size=1.3em} و ![اتبع](walk.svg){mirror=yes}، دائما."
"""
ICON = '<svg xmlns="http://www.w3.org/2000/svg" viewBox="0 0 24 24"><path fill="currentColor" d="{}"/></svg>'
ICONS = {
    "bus": "M4 4H20V20H4z",
    "pin": "M12 1L20 9L12 23L4 9z",
    "walk": "M0 10H15V6L24 12L15 18V14H0z",
}


def gallery() -> MemoryProject:
    """Return the project."""
    drawings = {f"assets/{name}.svg": ICON.format(d).encode() for name, d in ICONS.items()}
    return MemoryProject(
        {
            "brochure.yaml": LAYOUT.encode(),
            "content/en.yaml": EN.encode(),
            "content/ar.po": AR.encode(),
            "assets/p.png": _photo(),
            "assets/disc.png": _disc(),
            **drawings,
        }
    )


def _photo() -> bytes:
    y, x = np.mgrid[0:1:400j, 0:1:400j]
    bands = [x, y, 0.5 + 0.4 * np.sin(9 * x) * np.cos(7 * y)]
    return _png(np.dstack([np.round(255 * band) for band in bands]).astype(np.uint8))


def _disc() -> bytes:
    y, x = np.mgrid[-1:1:400j, -1:1:400j]
    alpha = np.where(x * x + y * y < 1, 255, 0)
    bands = [np.full(x.shape, level) for level in (200, 60, 40)]
    return _png(np.dstack([*bands, alpha]).astype(np.uint8))


def _png(pixels: np.ndarray[tuple[int, ...], np.dtype[np.uint8]]) -> bytes:
    out = io.BytesIO()
    Image.fromarray(pixels).save(out, "PNG")
    return out.getvalue()
