"""Built-in styles: the spaces of a page whose layout sets no style."""

from __future__ import annotations

from itertools import pairwise

import pytest

from brochure.api import lay_out
from brochure.model.display_list import GlyphRun
from brochure.project import MemoryProject

COPY = """
head: A heading
two: |-
  One paragraph.

  Another paragraph.
item: An item
words: “Words that were said.”
by: A name
"""
BODY_LEADING, BODY_SIZE = 13.0, 9.5


def baselines(content: str, styles: str = "", language: str = "en") -> list[tuple[str, float]]:
    """Return the text and the baseline of each line of a page without other styles than these."""
    layout = f"brochure: bare\nsize: A5\nbinding: none\nsource-language: {language}\n{styles}\n"
    layout += f"pages: [{{frames: {{f: {{at: margins, content: {content}}}}}}}]\n"
    files = {"brochure.yaml": layout.encode(), f"content/{language}.yaml": COPY.encode()}
    made = lay_out(MemoryProject(files))
    assert not made.findings
    lines: dict[float, str] = {}
    for run in (item for item in made.pages[0].items if isinstance(item, GlyphRun)):
        y = round(run.y, 3)
        lines[y] = lines.get(y, "") + run.glyphs.text
    return [(lines[y], y) for y in sorted(lines, reverse=True)]


def steps(content: str, styles: str = "") -> list[float]:
    """Return the distances from each baseline to the next."""
    return [above - below for (_, above), (_, below) in pairwise(baselines(content, styles))]


def test_paragraphs_have_space_between_them() -> None:
    assert steps("{text: two}") == pytest.approx([BODY_LEADING + 0.65 * BODY_SIZE], abs=0.01)


def test_the_space_follows_the_size_of_the_text() -> None:
    larger = "paragraph-styles: {body: {size: 19 pt, leading: 26 pt}}"
    assert steps("{text: two}", larger) == pytest.approx([26 + 0.65 * 19], abs=0.01)


def test_an_indent_replaces_the_space() -> None:
    styles = "paragraph-styles: {body: {indent: 4 mm}}"
    assert steps("{text: two}", styles) == pytest.approx([BODY_LEADING], abs=0.01)


def test_an_indent_replaces_the_space_of_styles_based_on_body() -> None:
    styles = "paragraph-styles: {next: {indent: 4 mm}, apart: {indent: 4 mm, space-after: 5 pt}}"
    assert steps("{text: two, style: next}", styles) == pytest.approx([BODY_LEADING], abs=0.01)
    assert steps("{text: two, style: apart}", styles) == pytest.approx([BODY_LEADING + 5], abs=0.01)


def test_a_space_that_the_layout_gives_to_body_is_inherited_with_an_indent() -> None:
    styles = "paragraph-styles: {body: {space-after: 3 pt}, next: {indent: 4 mm}}"
    assert steps("{text: two, style: next}", styles) == pytest.approx([BODY_LEADING + 3], abs=0.01)


def test_only_running_text_has_the_indent_of_body() -> None:
    styles = "paragraph-styles: {body: {indent: 4 mm}}"
    layout = f"brochure: bare\nsize: A5\nbinding: none\n{styles}\n"
    content = "[{heading: head}, {text: two}, {quote: words, by: by}, {text: by, style: caption}]"
    layout += f"pages: [{{frames: {{f: {{at: margins, content: {content}}}}}}}]\n"
    files = {"brochure.yaml": layout.encode(), "content/en.yaml": COPY.encode()}
    page = lay_out(MemoryProject(files)).pages[0]
    left = {run.glyphs.text[:4]: run.x for run in page.items if isinstance(run, GlyphRun)}
    assert left["One "] == pytest.approx(42.52 + 4 * 72 / 25.4, abs=0.1)
    assert left["A he"] == pytest.approx(42.52, abs=1)
    assert left["A na"] == pytest.approx(42.52, abs=1)


@pytest.mark.parametrize("level", range(1, 7))
def test_a_heading_is_nearer_to_its_text_than_to_the_text_above(level: int) -> None:
    content = f"[{{text: two}}, {{heading: head, level: {level}}}, {{text: two}}]"
    between, above, below, _ = steps(content)
    assert below > BODY_LEADING  # the heading does not touch its text
    assert above > below
    assert above > between


def test_a_subtitle_is_apart_from_title_and_text() -> None:
    to_subtitle, to_text, _ = steps("[{title: head}, {subtitle: item}, {text: two}]")
    assert to_subtitle > 1.5 * BODY_SIZE * 1.3
    assert to_text > to_subtitle


def test_a_list_has_the_space_of_paragraphs_above_and_below() -> None:
    between, above, items, below, _ = steps("[{text: two}, {list: [item, item]}, {text: two}]")
    assert above == pytest.approx(between, abs=0.01)
    assert below == pytest.approx(between, abs=0.01)
    assert BODY_LEADING < items < between


def test_a_list_keeps_its_own_larger_space() -> None:
    styles = "paragraph-styles: {list: {space-after: 20 pt}}"
    items, below, _ = steps("[{list: [item, item]}, {text: two}]", styles)
    assert (items, below) == pytest.approx((BODY_LEADING + 20, BODY_LEADING + 20), abs=0.01)


def test_a_quotation_is_apart_from_the_text_around_it() -> None:
    between, above, to_name, below, _ = steps("[{text: two}, {quote: words, by: by}, {text: two}]")
    assert above > between
    assert below > between
    assert to_name < above
