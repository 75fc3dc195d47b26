"""The origin of each item on a page is recorded, and ignored in comparisons."""

from __future__ import annotations

from dataclasses import replace
from pathlib import Path

import pytest

from brochure.api import lay_out
from brochure.findings import Origin, Span
from brochure.model.display_list import GlyphRun, Picture
from brochure.model.display_list import Path as Shape
from brochure.project import DiskProject, MemoryProject

LAYOUTS = Path(__file__).parents[2] / "layouts"

BOXED = """\
brochure: boxed
size: a6
source-language: en
pages:
  - frames:
      main:
        at: columns 1-6, rows 1-6
        content:
          - box:
              - heading: inner.title
              - rule: 1pt
          - stat: inner.figure
            label: inner.label
"""
COPY = "inner:\n  title: Water\n  figure: 12 wells\n  label: dug by hand\n"


@pytest.mark.parametrize("name", ["proven-model"])
def test_text_of_a_sample_names_its_message_style_and_block(name: str) -> None:
    made = lay_out(DiskProject(LAYOUTS / name))
    runs = [item for page in made.pages for item in page.items if isinstance(item, GlyphRun)]
    with_key = [run for run in runs if run.glyphs.origin and run.glyphs.origin.key]
    assert len(with_key) > len(runs) / 2
    for run in with_key:
        origin = run.glyphs.origin
        assert origin
        story = made.edition.stories[origin.key]
        assert origin.span == story.span
        assert origin.style in made.edition.styles.paragraphs or not origin.style
        assert origin.block
        assert origin.block.file.endswith("brochure.yaml")


@pytest.mark.parametrize("name", ["proven-model"])
def test_pictures_and_drawings_of_blocks_name_their_block(name: str) -> None:
    made = lay_out(DiskProject(LAYOUTS / name))
    pictures = [item for page in made.pages for item in page.items if isinstance(item, Picture)]
    assert pictures
    assert all(picture.block for picture in pictures)


def test_blocks_in_a_box_have_their_own_origin() -> None:
    made = lay_out(
        MemoryProject({"brochure.yaml": BOXED.encode(), "content/en.yaml": COPY.encode()})
    )
    lines = {
        item.glyphs.origin.key: item.glyphs.origin.block.line
        for item in made.pages[0].items
        if isinstance(item, GlyphRun) and item.glyphs.origin and item.glyphs.origin.block
    }
    source = BOXED.splitlines()
    at = {key: next(n for n, line in enumerate(source, 1) if key in line) for key in lines}
    assert lines["inner.title"] == at["inner.title"]
    assert lines["inner.figure"] == at["inner.figure"]
    (rule,) = [item for item in made.pages[0].items if isinstance(item, Shape)]
    assert rule.block
    assert source[rule.block.line - 1].strip() == "- rule: 1pt"


def test_items_that_differ_in_their_origin_only_are_equal() -> None:
    made = lay_out(DiskProject(LAYOUTS / "proven-model"))
    run = next(item for item in made.pages[0].items if isinstance(item, GlyphRun))
    moved = replace(run, glyphs=replace(run.glyphs, origin=Origin(Span("other.yaml", 9))))
    assert moved == run
