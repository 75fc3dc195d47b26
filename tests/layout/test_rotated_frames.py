"""Rotated frames: background, border, content and marks turn together. Pages are compared with pictures of the same geometry."""

from __future__ import annotations

import math
from collections.abc import Sequence

import numpy as np
import pytest
from PIL import Image, ImageDraw

from brochure.api import build
from brochure.prepress.output_conditions import CONDITIONS
from brochure.project import MemoryProject
from tests.layout.pages import baselines, made
from tests.pdf.pixels import Pixels, seen

SIZE = (200, 300)
SCALE, SAMPLES = 2, 4
"""Pixels per point of the compared pictures, and samples per pixel and direction of the drawn ones."""

MEAN, CLEARLY, SHARE = 1.0, 40, 0.01
"""Tolerance: mean difference in steps of 255, and the share of pixels that may differ by more than CLEARLY."""

RED, GREEN, BLUE = (237, 28, 36), (0, 166, 81), (46, 49, 146)

LAYOUT = """\
brochure: turned
size: 200 x 300 pt
bleed: 0 mm
binding: none
swatches: {{red: "#ed1c24", green: "#00a651", blue: "#2e3192"}}
paragraph-styles: {{body: {{font: Source Serif 4, size: 10 pt, leading: 12 pt}}}}
pages:
  - frames:
      f:
        at: "x 40 pt, y 100 pt, width 120 pt, height 60 pt"
        rotate: {angle}
        background: red
        border: {{colour: green, width: 6 pt}}
        inset: 20 pt
        content: {{box: , background: blue, inset: 10 pt}}
"""


def page_picture(angle: float) -> Pixels:
    files = {"brochure.yaml": LAYOUT.format(angle=angle), "content/en.yaml": "a: Unused\n"}
    project = MemoryProject({name: text.encode() for name, text in files.items()})
    return seen(build(project, CONDITIONS["screen"]).pdf, SCALE)


def drawn(angle: float) -> Pixels:
    """The same page drawn with polygons."""
    factor = SCALE * SAMPLES
    image = Image.new("RGB", (SIZE[0] * factor, SIZE[1] * factor), "white")
    draw = ImageDraw.Draw(image)
    sideways = angle % 180 == 90
    for inset, colour in ((0, GREEN), (6, RED), (20, BLUE)):
        width, height = 120 - 2 * inset, 60 - 2 * inset
        if colour == BLUE:
            # The content: 80 x 20 points at the upper edge; of a sideways frame, 20 points of its 80.
            width, height = (20, 20) if sideways else (80, 20)
        corners = rotated(width, height, 0 if sideways and colour != BLUE else angle)
        dx = dy = 0.0
        if sideways and colour == BLUE:
            dx = -30.0 if angle % 360 == 90 else 30.0
        draw.polygon(
            [((100 + x + dx) * factor, (130 - y + dy) * factor) for x, y in corners], fill=colour
        )
    return np.asarray(image.resize((SIZE[0] * SCALE, SIZE[1] * SCALE), Image.Resampling.BOX))


def rotated(width: float, height: float, angle: float) -> Sequence[tuple[float, float]]:
    """The corners of a rectangle about the origin, turned counter-clockwise."""
    cos, sin = math.cos(math.radians(angle)), math.sin(math.radians(angle))
    half = ((-width / 2, -height / 2), (width / 2, -height / 2))
    points = (*half, *((-x, -y) for x, y in half))
    return [(x * cos - y * sin, x * sin + y * cos) for x, y in points]


@pytest.mark.parametrize("angle", [0, 10, 30, 45, -75, 90, 135, 180, 270])
def test_background_border_and_content_turn_together(angle: float) -> None:
    off = np.abs(page_picture(angle).astype(int) - drawn(angle).astype(int)).max(axis=2)
    assert (off.mean() < MEAN, (off > CLEARLY).mean() < SHARE) == (True, True), off.mean()


def test_text_wraps_around_the_rotated_frame() -> None:
    """The frame is 100 x 20 upright; turned by 45° its bounding box is 84.9 points high and wide."""
    words = {"t": " ".join(["word"] * 120)}
    frames = (
        "{f: {at: margins, content: {text: t}}, g: {at: "
        '"x 40 pt, y 100 pt, width 140 pt, height 20 pt", text-wrap: 0 pt, rotate: %s, background: red}}'
    )
    upright = baselines(made(words, pages=f"[{{frames: {frames % 0}}}]").pages[0])
    turned = baselines(made(words, pages=f"[{{frames: {frames % 45}}}]").pages[0])
    half = 80 * math.sqrt(0.5)  # half of the bounding box: (140 + 20) / 2 / sqrt 2
    assert not [y for y in upright if 100 < y < 120]
    assert [y for y in upright if 60 < y < 90]
    assert not [y for y in turned if 110 - half < y < 110 + half]


def test_a_frame_that_reaches_the_next_page_only_since_it_is_rotated() -> None:
    """A flat frame ends 5 points before the fold; upright it would, turned by 45° its corner does not."""
    frames = (
        '{f: {at: "x %s pt, y 100 pt, width 80 pt, height 80 pt", rotate: %s, background: red}}'
    )
    for rotate, count in ((0, 0), (45, 1)):
        for left, x in ((True, 115), (False, 5)):
            pages = [f"{{frames: {frames % (x, rotate)}}}", "{}"]
            spread = made(
                pages=f"[{{}}, {', '.join(pages if left else reversed(pages))}, {{}}]",
                binding="perfect",
            ).pages
            other = spread[2] if left else spread[1]
            assert len(other.items) == count, (rotate, left)
