"""The shipped layouts have no findings, and no text outside of its frame."""

import functools

import pytest

from brochure.api import lay_out
from brochure.build_values import LaidOut
from brochure.geometry import Rect
from brochure.layout.page_plan import PlannedPage, plan
from brochure.model.display_list import GlyphRun, Page
from brochure.project import DiskProject
from brochure.templates import list_templates
from brochure.typeset.style import ParagraphStyle

NAMES = sorted(list_templates())

GRIDDED = {
    "annual-report": 40,
    "blank": 3,
    "catalogue": 9,
    "donor-appeal": 10,
    "field-report": 40,
    "leaflet": 20,
    "poster": 5,
    "programme": 7,
    "proven-model": 40,
    "right-to-left": 10,
}
"""Layouts whose running text is on the baseline grid, each with a number below that of its lines."""

HANG = 1.0
"""How far punctuation may hang into the margin, in ems: the width of the widest mark."""

BELOW = 0.3
"""How far descenders may reach below the last baseline of a frame, in ems."""


@functools.cache
def shipped(name: str) -> LaidOut:
    return lay_out(DiskProject(list_templates()[name]))


@pytest.mark.parametrize("name", NAMES)
def test_there_are_no_findings(name: str) -> None:
    assert shipped(name).findings == ()


@pytest.mark.parametrize("name", NAMES)
def test_no_text_is_outside_its_frame(name: str) -> None:
    made = shipped(name)
    for page, planned in zip(made.pages, plan(made.edition.layout), strict=True):
        frames = [*own_frames(planned), *facing_frames(planned, made)]
        for run in runs(page):
            seen = extent(run)
            slack_x, slack_y = HANG * run.glyphs.size, BELOW * run.glyphs.size
            assert any(_holds(frame, seen, slack_x, slack_y) for frame in frames), (
                page.number,
                run.glyphs.text,
            )


@pytest.mark.parametrize("name", NAMES)
def test_no_text_is_outside_the_page(name: str) -> None:
    for page in shipped(name).pages:
        for run in runs(page):
            assert page.trim.contains(extent(run)), (page.number, run.glyphs.text)


@pytest.mark.parametrize("name", GRIDDED)
def test_running_text_is_on_the_baseline_grid(name: str) -> None:
    made = shipped(name)
    gridded = made.edition.styles.paragraphs["body"]
    assert gridded.to_grid
    counted = 0
    for page, planned in zip(made.pages, plan(made.edition.layout), strict=True):
        for run in runs(page):
            if not _is_body(run, gridded) or run.tag.role != "P" or len(run.tag.path) > 1:
                continue
            steps = (planned.grid.grid_top - run.y) / planned.grid.baseline
            assert abs(steps - round(steps)) < 1e-4, (page.number, run.glyphs.text)
            counted += 1
    assert counted > GRIDDED[name]


def runs(page: Page) -> list[GlyphRun]:
    """Return the text runs of the page."""
    return [item for item in page.items if isinstance(item, GlyphRun) and item.glyphs.ids]


def extent(run: GlyphRun) -> Rect:
    """Return the interval that a run occupies along its baseline."""
    x, y = run.matrix.apply(run.x, run.y)
    right, top = run.matrix.apply(run.x + run.glyphs.width, run.y)
    return Rect(min(x, right), min(y, top), abs(right - x), abs(top - y))


def own_frames(planned: PlannedPage) -> list[Rect]:
    return [frame.rect for frame in planned.frames]


def facing_frames(planned: PlannedPage, made: LaidOut) -> list[Rect]:
    """Return the frames of the facing page in the coordinates of this one."""
    every = plan(made.edition.layout)
    return [
        frame.rect.translate(dx, 0.0)
        for number, dx in planned.beside
        for frame in every[number - 1].frames
    ]


def _holds(frame: Rect, seen: Rect, slack_x: float, slack_y: float) -> bool:
    across = frame.x - slack_x <= seen.x and seen.right <= frame.right + slack_x
    return across and frame.y - slack_y <= seen.y and seen.top <= frame.top


def _is_body(run: GlyphRun, style: ParagraphStyle) -> bool:
    """Whether the run is plain body text: without baseline shift and of the same size and font."""
    same = run.glyphs.size == style.type.size and run.glyphs.y == 0
    return same and run.glyphs.face.family == style.type.family
