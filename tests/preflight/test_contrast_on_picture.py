"""Text on pictures: the contrast is that of the pixels below it, including transparent objects between them."""

from __future__ import annotations

import io
import sys

import pytest
from PIL import Image

from brochure.api import lay_out
from brochure.preflight.model import RenderContext
from brochure.preflight.text_backgrounds import find_text_on_images
from brochure.project import MemoryProject

LAYOUT = """
brochure: seen
title: words
size: 200 x 100 pt
bleed: 0 mm
binding: none
source-language: en
swatches: {{night: cmyk 0 0 0 100, pale: rgb 255 255 255, half: rgb 255 255 255 at 50%}}
paragraph-styles: {{body: {{font: Source Serif 4, size: 10 pt, leading: 12 pt, colour: {colour}}}}}
pages:
  - frames:
      picture: {{at: bleed, content: {{image: a.png, alt: none}}}}
{between}
      words: {{at: "x {x} pt, y 40 pt, width 90 pt, height 20 pt", content: {{text: words}}}}
"""


def halves(left: int, right: int) -> bytes:
    """A picture of two greys, side by side."""
    image = Image.new("RGB", (200, 100), (left,) * 3)
    image.paste((right,) * 3, (100, 0, 200, 100))
    held = io.BytesIO()
    image.save(held, "PNG")
    return held.getvalue()


def measured(x: int, colour: str = "pale", between: str = "") -> list[float]:
    """Return the contrast of each run of text starting at `x`, on a picture that is black at the left and grey at the right."""
    layout = LAYOUT.format(x=x, colour=colour, between=between)
    project = MemoryProject(
        {
            "brochure.yaml": layout.encode(),
            "content/en.yaml": b"words: Words on it",
            "assets/a.png": halves(0, 0x76),
        }
    )
    made = lay_out(project)
    assert made.findings == ()
    return [one.ratio for one in find_text_on_images(RenderContext(made.pages, made.work, project))]


def test_white_on_black_and_on_grey() -> None:
    # White on black is 21 to 1, white on #767676 4.54.
    assert measured(5) == [pytest.approx(21, abs=0.05)]
    assert measured(105) == [pytest.approx(4.54, abs=0.02)]


def test_the_lower_contrast_counts() -> None:
    # The text is about 60 pt wide: most of it is on the black half, a tenth and more on the grey one.
    assert measured(60) == [pytest.approx(4.54, abs=0.02)]


def test_a_field_between_text_and_picture_counts() -> None:
    field = "      field: {at: bleed, background: night 100%}"
    (contrast,) = measured(105, between=field)
    assert contrast > 15


def test_transparent_objects_count_as_they_are_seen() -> None:
    veil = "      veil: {at: bleed, background: pale}"
    assert measured(105, between=veil) == [pytest.approx(1.0, abs=0.01)]


def test_transparent_text_is_blended_with_its_background() -> None:
    # Half white on black is #808080: 5.3 to 1.
    (contrast,) = measured(5, colour="half")
    assert contrast == pytest.approx(5.3, abs=0.1)


def test_text_beside_pictures_is_not_examined() -> None:
    project = MemoryProject(
        {
            "brochure.yaml": LAYOUT.format(x=5, colour="night", between="")
            .replace(
                "at: bleed, content: {image",
                'at: "x 150 pt, y 0 pt, width 50 pt, height 100 pt", content: {image',
            )
            .encode(),
            "content/en.yaml": b"words: Words",
            "assets/a.png": halves(0, 0x76),
        }
    )
    made = lay_out(project)
    assert list(find_text_on_images(RenderContext(made.pages, made.work, project))) == []


GRADIENT = "half: rgb 255 255 255 at 50%, run: {{gradient: right, from: '#000000', to: '#ffffff'}}"


def test_text_on_a_gradient_is_compared_with_what_is_behind_each_letter(
    monkeypatch: pytest.MonkeyPatch,
) -> None:
    layout = LAYOUT.replace("half: rgb 255 255 255 at 50%", GRADIENT)
    monkeypatch.setattr(sys.modules[__name__], "LAYOUT", layout)
    field = "      field: {at: bleed, background: run}"
    (dark,), (light,) = measured(5, between=field), measured(105, between=field)
    assert dark > 8
    assert light < 3
