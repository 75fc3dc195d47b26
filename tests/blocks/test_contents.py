"""The block `contents`; see also `tests/layout/test_page_references.py`."""

from __future__ import annotations

from brochure.api import lay_out
from brochure.model.display_list import GlyphRun
from brochure.project import MemoryProject

LAYOUT = b"""\
brochure: test
size: A6
binding: none
pages:
- frames: {t: {at: margins, content: [{contents: [1, 2], leader: ""}]}}
- frames: {t: {at: margins, content: [{heading: a, level: 1}, {heading: b}, {heading: c, level: 3}]}}
"""


def test_entries_end_with_the_page_number_at_the_edge() -> None:
    copy = b"a: First\nb: Second\nc: Third\n"
    made = lay_out(MemoryProject({"brochure.yaml": LAYOUT, "content/en.yaml": copy}))
    runs = [item for item in made.pages[0].items if isinstance(item, GlyphRun)]
    texts = "".join(run.glyphs.text for run in runs)
    assert "First" in texts
    assert "Second" in texts
    assert "Third" not in texts
    ends = {round(run.x + run.glyphs.width, 1) for run in runs if run.glyphs.text == "2"}
    assert ends == {round(made.pages[0].width - 42.52, 1)}


TITLES = b"""\
brochure: test
size: A6
binding: none
pages:
- frames: {t: {at: margins, content: [{title: cover}]}}
- frames: {t: {at: margins, content: [{heading: own, level: 1}, {contents: [1, 2], leader: ""}]}}
- frames: {t: {at: margins, content: [{title: part}, {heading: b}]}}
"""


def read_contents(layout: bytes) -> str:
    copy = b"cover: Cover\\nown: Contents\\npart: Part\\nb: Second\\n".replace(b"\\n", b"\n")
    made = lay_out(MemoryProject({"brochure.yaml": layout, "content/en.yaml": copy}))
    texts = [run.glyphs.text for run in made.pages[1].items if isinstance(run, GlyphRun)]
    return "".join(texts).replace("\t", "")


def test_the_title_of_the_brochure_and_the_tables_own_heading_are_not_listed() -> None:
    assert read_contents(TITLES) == "ContentsPart3Second3"


def test_the_title_is_the_block_with_the_title_of_the_layout() -> None:
    named = TITLES.replace(b"size: A6", b"size: A6\ntitle: part")
    assert read_contents(named) == "ContentsCover1Second3"


def test_a_first_title_after_the_table_is_that_of_a_part() -> None:
    parts = TITLES.replace(b"[{title: cover}]", b"[{text: cover}]")
    assert read_contents(parts) == "ContentsPart3Second3"
