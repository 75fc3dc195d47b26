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
