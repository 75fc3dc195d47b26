"""Previews of frames with overset text: the overset lines are below the frame, in the proof colour."""

from __future__ import annotations

import io

import numpy as np
import pytest
from PIL import Image

from brochure.l10n.translations import Translations
from brochure.translation.overset_previews import CONTEXT, DPI, FramePreview, render_frames
from tests.translation.projects import COPY, LAYOUT, workspace

LONG = COPY.replace("to safety.", "to safety. " + "Words without end follow here. " * 12)


def pictures(copy: str = LONG, layout: str = LAYOUT) -> tuple[FramePreview, ...]:
    there = workspace({"content/en.yaml": copy, "brochure.yaml": layout})
    return render_frames(there, Translations.load(there.project, there.layout, "en"))


def pixels(picture: FramePreview) -> np.ndarray:
    return np.asarray(Image.open(io.BytesIO(picture.png)).convert("RGB")).astype(int)


def magenta_rows(image: np.ndarray) -> np.ndarray:
    """Return which rows of pixels have the proof colour inside the frame's dashed outline."""
    inner = image[:, 40:-60]
    proof = (inner[..., 0] > 150) & (inner[..., 1] < 120) & (inner[..., 2] > 80)
    return np.flatnonzero(proof.any(axis=1))


def test_text_that_fits_has_no_preview() -> None:
    assert pictures(COPY) == ()


def test_a_frame_with_overset_text_has_one_preview() -> None:
    (picture,) = pictures()
    assert (picture.page, picture.frame, picture.name) == (1, "words", "page-1_words")
    image = pixels(picture)
    # The frame is 140 pt wide, the overset text extends 2 pt beyond it, and 8 pt of the page are shown on both sides.
    assert abs(image.shape[1] - (140 + 2 * 2 + 2 * CONTEXT) * DPI / 72) <= 1
    # It is taller than the frame's 72 pt by the overset lines.
    assert image.shape[0] > (72 + 2 * CONTEXT + 24) * DPI / 72


def test_overset_text_is_below_the_frame() -> None:
    (picture,) = pictures()
    foot = (CONTEXT + 72) * DPI / 72
    rows = magenta_rows(pixels(picture))
    below = rows[rows > foot + 4]
    # Of 12 x 31 characters and more about half are overset: at least four lines of 12 pt, 25 pixels each.
    assert below.max() - below.min() >= 4 * 12 * DPI / 72 - 12
    # In the frame, only the outline at the top has the proof colour.
    above = rows[(rows > CONTEXT * DPI / 72 + 6) & (rows < foot - 14)]
    assert above.size == 0


@pytest.mark.parametrize("more", ["rotate: 90, ", "columns: 2, ", "valign: bottom, "])
def test_frames_of_all_sorts(more: str) -> None:
    layout = LAYOUT.replace("words: {at:", f"words: {{{more}at:")
    (picture,) = pictures(LONG, layout)
    assert magenta_rows(pixels(picture)).size > 0


def test_a_frame_with_a_heading_that_spans_its_columns() -> None:
    layout = LAYOUT.replace("words: {at:", "words: {columns: 2, gutter: 8 pt, at:")
    content = "[{heading: head, level: 1, style: body, span: all}, {text: words}]"
    layout = layout.replace("content: {text: words}", f"content: {content}")
    (picture,) = pictures(LONG, layout)
    foot = (CONTEXT + 72) * DPI / 72
    rows = magenta_rows(pixels(picture))
    assert rows[rows > foot + 4].size > 0
    assert rows[(rows > CONTEXT * DPI / 72 + 6) & (rows < foot - 14)].size == 0
