"""Glyphs in the PDF look as HarfBuzz draws them: each page is rendered once with text and once with outlines, and compared."""

from __future__ import annotations

from collections.abc import Iterable, Iterator

import numpy as np
import pytest
from fontTools.pens.recordingPen import RecordingPen

from brochure.api import lay_out
from brochure.geometry import Matrix
from brochure.model.display_list import GlyphRun, Item, Outline, Path, Segment
from brochure.model.galley import move_item
from brochure.project import MemoryProject
from tests.pdf.pixels import painted, seen
from tests.readback.projects import Words, files_of

SIZE = (160.0, 110.0)

CASES = {
    "variable, several weights": Words("Officials **weigh** *every* word **and *each* figure**."),
    "static CFF": Words("The official office said that efficient flags affect coffee."),
    "Khmer": Words("ធ្វើការជាមួយសហគមន៍ ដើម្បីការពារប្រជាជនក្រីក្រ", "km", "Noto Sans Khmer"),
    "Thai": Words("ผู้คนที่ยากจน น้ำ ความรุนแรงก็สิ้นสุดลง", "th", "Noto Sans Thai"),
    "Hindi": Words("न्याय प्रणाली को सुदृढ़ करते हैं शक्ति और स्त्री", "hi", "Noto Sans Devanagari"),
    "Arabic": Words("يُطبَّق القانون لا يمكن للجميع الآن لأن الله", "ar", "Noto Naskh Arabic"),
    "Chinese": Words("法律得到执行时", "zh", "Noto Serif CJK SC"),
    "tracked": Words("Office", style="tracking: 150"),
    "a drop initial": Words(
        "Theory of change is what drives the work in every place and every year of it.",
        style="drop-cap: {lines: 2}",
    ),
}


@pytest.mark.parametrize("words", CASES.values(), ids=CASES.keys())
def test_text_looks_like_its_outlines(words: Words) -> None:
    page = lay_out(MemoryProject(files_of(words))).pages[0]
    # The frame is 50 mm (142 pt) wide and begins 15 mm (42.5 pt) below the top: its upper part fills the small page.
    left = min(item.x for item in page.items if isinstance(item, GlyphRun))
    runs = [move_item(item, 8 - left, SIZE[1] - page.height + 40) for item in page.items]
    as_text = seen(painted(runs, SIZE), scale=8).astype(int)
    as_outlines = seen(painted(list(outlined(runs)), SIZE), scale=8).astype(int)
    inked = as_outlines.min(axis=2) < 128
    assert inked.sum() > 2000
    # At 76 pixels per em, a hundredth of an em is three quarters of a pixel: only edges may differ, and few of them much.
    off = np.abs(as_text - as_outlines).max(axis=2)
    assert off[inked].mean() < 4
    assert (off > 128).sum() < 0.01 * inked.sum()


def outlined(items: Iterable[Item]) -> Iterator[Path]:
    """Glyphs as filled outlines, at the positions of the layout."""
    for run in items:
        if isinstance(run, GlyphRun):
            yield from _run_outlines(run)


def _run_outlines(run: GlyphRun) -> Iterator[Path]:
    glyphs = run.glyphs
    scale = glyphs.size / glyphs.face.upem
    x = run.x
    offsets = glyphs.offsets or ((0.0, 0.0),) * len(glyphs.ids)
    for glyph, advance, (dx, dy) in zip(glyphs.ids, glyphs.advances, offsets, strict=True):
        pen = RecordingPen()
        glyphs.face.font.draw_glyph_with_pen(glyph, pen)
        contours = tuple(_contours(pen, Matrix(scale, 0, 0, scale, x + dx, run.y + dy)))
        if contours:
            yield Path(contours, fill=glyphs.paint)
        x += advance


def _contours(pen: RecordingPen, to: Matrix) -> Iterator[Outline]:
    start: tuple[float, float] = (0.0, 0.0)
    here: tuple[float, float] = start
    segments: list[Segment] = []
    for operator, points in pen.value:
        placed = [to.apply(*point) for point in points]
        match operator:
            case "moveTo":
                start, segments = placed[0], []
            case "lineTo":
                segments.append(placed[0])
            case "curveTo":
                segments.append(tuple(number for point in placed for number in point))
            case "qCurveTo":
                segments.append(_raised(here, *placed))
            case _:
                yield Outline(start, tuple(segments))
        here = placed[-1] if placed else start


def _raised(
    start: tuple[float, float], control: tuple[float, float], end: tuple[float, float]
) -> Segment:
    """Convert a quadratic curve to a cubic one: its control points are two thirds of the way to the one control point."""
    first = [a + (b - a) * 2 / 3 for a, b in zip(start, control, strict=True)]
    second = [a + (b - a) * 2 / 3 for a, b in zip(end, control, strict=True)]
    return (*first, *second, *end)
