"""A project on disk with a card of two pages whose front is personal, and tables for it."""

from __future__ import annotations

import io
from collections.abc import Sequence
from pathlib import Path

from PIL import Image

from brochure.model.display_list import Page, bounds
from brochure.model.display_list import Path as Shape
from tests.blocks.test_qr import read

LAYOUT = """\
brochure: thanks
preflight: off
size: A6
bleed: 3 mm
binding: none
merge-fields:
  name: Ada Lovelace
  gift: 250
  code: "0001"
fonts:
  fallback: {Arab: Noto Sans Arabic}
paragraph-styles:
  body: {font: Source Serif 4, size: 10 pt, leading: 13 pt}
pages:
  - frames:
      words: {at: "y 10 mm, x 10 mm, width 85 mm, height 40 mm", content: {text: front.words}}
      code: {at: "y 60 mm, x 10 mm, width 85 mm, height 60 mm", content: {qr: front.address, size: 40 mm}}
  - frames:
      picture: {at: bleed, content: {image: square.png, alt: back.alt}}
  - frames:
      words: {at: "y 10 mm, x 10 mm, width 85 mm, height 40 mm", content: {text: back.words}}
"""
COPY = """\
front:
  words: "Dear {record_name, select, empty {friend} other {{record_name}}}, thank you for {record_gift, number} dollars."
  address: "https://example.org/give?to={record_name}&code={record_code}"
back:
  alt: A light that fades.
  words: The same for everybody.
"""


def thanks(folder: Path, layout: str = LAYOUT, copy: str = COPY) -> Path:
    """The project in a folder."""
    (folder / "content").mkdir(parents=True)
    (folder / "assets").mkdir()
    (folder / "brochure.yaml").write_text(layout, encoding="utf-8")
    (folder / "content" / "en.yaml").write_text(copy, encoding="utf-8")
    picture = io.BytesIO()
    Image.radial_gradient("L").resize((140, 200)).convert("RGB").save(picture, "PNG")
    (folder / "assets" / "square.png").write_bytes(picture.getvalue())
    return folder


def table(path: Path, rows: Sequence[str], head: str = "name,gift,code") -> Path:
    """A table in a file."""
    path.write_text("\n".join([head, *rows, ""]), encoding="utf-8")
    return path


def people(count: int) -> list[str]:
    """Return this number of rows, all of them different."""
    return [f"Person {at} Núñez,{at},{at:04}" for at in range(1, count + 1)]


def painted(page: Page, modules: int) -> list[list[bool]]:
    """Return the modules of the only QR code on a page, which has this number of modules in a row."""
    (code,) = (item for item in page.items if isinstance(item, Shape) and len(item.outlines) > 20)
    dark = bounds(code.outlines)
    return read(code, dark.expand(4 * dark.width / modules), modules)
