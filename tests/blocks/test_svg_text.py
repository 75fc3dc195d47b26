"""Text in SVG drawings: finished pages look as resvg renders them, with the tolerance of `test_svg_rendering`."""

from __future__ import annotations

import io
import tempfile
from collections.abc import Mapping
from functools import lru_cache
from importlib.util import find_spec
from pathlib import Path

import numpy as np
import pytest
import resvg_py
from PIL import Image

from brochure.api import build
from brochure.blocks.svg import isolated
from brochure.blocks.svg.conversion import convert_svg
from brochure.prepress.output_conditions import CONDITIONS
from brochure.project import MemoryProject
from tests.blocks.svg_corpus_text import TEXTS
from tests.blocks.test_svg_rendering import assert_alike, file
from tests.pdf.pixels import Pixels
from tests.programs import run

HALOS = 1.2
"""How many times as much text may differ, since the joins of strokes around letters do."""
SIZE = 200

LAYOUT = """brochure: texts
size: 100 x 100 pt
bleed: 0 mm
binding: none
paragraph-styles: {body: {font: Noto Sans}}
pages:
"""
PAGE = """  - frames:
      t:
        at: "x 0 pt, y 0 pt, width 100 pt, height 100 pt"
        content: {image: "%s.svg", alt: none}
"""
SPEC = find_spec("fontpkg_noto_sans")
assert SPEC is not None
assert SPEC.origin is not None
FONTS = sorted(map(str, Path(SPEC.origin).parent.rglob("NotoSans*.ttf")))


def text_file(name: str) -> str:
    return file(TEXTS[name], 'viewBox="0 0 100 100" font-family="Noto Sans"')


@lru_cache
def pages() -> Mapping[str, Pixels]:
    """All drawings, as pages of one brochure."""
    files = {f"assets/{name}.svg": text_file(name).encode() for name in TEXTS}
    layout = LAYOUT + "".join(PAGE % name for name in TEXTS)
    project = MemoryProject({"brochure.yaml": layout.encode(), "content/en.yaml": b"a: A", **files})
    # Converted in this process: one process for each drawing takes most of the time, and is tested elsewhere.
    with pytest.MonkeyPatch.context() as patch:
        patch.setattr(isolated, "convert_isolated", convert_svg)
        built = build(project, CONDITIONS["screen"], "en")
    with tempfile.TemporaryDirectory() as folder:
        source, target = Path(folder) / "page.pdf", Path(folder) / "page"
        source.write_bytes(built.pdf)
        run("pdftoppm", "-r", "576", source, target)
        found = [Image.open(one).convert("RGB") for one in sorted(Path(folder).glob("*.ppm"))]
        images = [one.resize((SIZE, SIZE), Image.Resampling.BOX) for one in found]
    return {name: np.asarray(image) for name, image in zip(TEXTS, images, strict=True)}


@pytest.mark.parametrize("name", TEXTS)
def test_text_looks_as_resvg_renders_it(name: str) -> None:
    data = resvg_py.svg_to_bytes(
        svg_string=text_file(name),
        width=SIZE,
        background="white",
        dpi=96,
        font_files=FONTS,
        skip_system_fonts=True,
    )
    expected = np.asarray(Image.open(io.BytesIO(bytes(data))).convert("RGB"))
    assert_alike(pages()[name], expected, HALOS)
