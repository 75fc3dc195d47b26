"""Digests of pages with notes: a frame on another page changes none, other words do."""

from __future__ import annotations

from brochure.api import lay_out
from brochure.approval.page_digest import digest_page
from brochure.project import MemoryProject

LAYOUT = """
brochure: digests
size: 200 x 300 pt
binding: none
source-language: en
notes: {numbering: page}
pages:
  - frames: {a: {at: margins, content: {text: first}}}
  - frames: {b: {at: margins, content: {text: second}}}
"""
COPY = "first: No note.\nsecond: A fact.[^a]\nnotes: {a: Words., b: Others.}\n"


def digest_last(layout: str = LAYOUT, copy: str = COPY) -> str:
    project = MemoryProject({"brochure.yaml": layout.encode(), "content/en.yaml": copy.encode()})
    return digest_page(lay_out(project).pages[-1], project)


def test_a_frame_of_another_page_changes_nothing() -> None:
    more = LAYOUT.replace(
        "{a: {at",
        "{c: {at: 'x 0 mm, y 0 mm, width 50 mm, height 20 mm', content: {text: first}}, a: {at",
    )
    assert digest_last(more) == digest_last()


def test_other_words_of_a_note_change_the_page() -> None:
    assert digest_last(copy=COPY.replace("Words.", "Wards.")) != digest_last()
