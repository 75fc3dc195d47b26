"""Text in a style of another language has the punctuation and the numbers of that language, in every kind of block."""

from __future__ import annotations

import pytest

from brochure.api import lay_out
from brochure.model.display_list import GlyphRun
from brochure.project import MemoryProject

LAYOUT = """
brochure: notice
size: A5
bleed: 0 mm
binding: none
source-language: en
variables: {{price: 1775.5}}
paragraph-styles:
  body: {{font: Source Sans 3, size: 10 pt, leading: 14 pt}}
  german: {{based-on: body, language: de}}
  british: {{based-on: body, language: en-GB}}
pages:
  - frames:
      words: {{at: margins, content: [{block}]}}
"""

COPY = """
words: 'The price: "{price, number}".'
item: '**Note** "{price, number}".'
"""

BLOCKS = {
    "text": "{text: words, style: STYLE}",
    "heading": "{heading: words, level: 1, style: STYLE}",
    "list": "{list: [words], style: STYLE}",
    "lead": "{list: [item], marker: lead, style: STYLE}",
    "table": "{table: [[words]], head: 0, style: STYLE}",
    "quote": "{quote: words, style: STYLE}",
    "stat": "{stat: words, label: words, style: STYLE, label-style: STYLE}",
    "contact": "{contact: words, lines: [words], style: STYLE, name-style: STYLE}",
    "form": "{form: [{boxes: [words]}], style: STYLE}",
    "chart": "{bar-chart: [{label: words, value: 1}], alt: none, label-style: STYLE}",
}


def printed(block: str, style: str) -> str:
    files = {
        "brochure.yaml": LAYOUT.format(block=block.replace("STYLE", style)).encode(),
        "content/en.yaml": COPY.encode(),
    }
    made = lay_out(MemoryProject(files))
    assert made.findings == ()
    runs = (item for item in made.pages[0].items if isinstance(item, GlyphRun))
    return " ".join(run.glyphs.text for run in runs)


@pytest.mark.parametrize("kind", BLOCKS)
def test_the_language_of_the_style_is_that_of_its_punctuation_and_numbers(kind: str) -> None:
    german = printed(BLOCKS[kind], "german")
    assert "„1.775,5“" in german
    assert "“1,775.5”" not in german


@pytest.mark.parametrize("style", ["body", "british"])
def test_a_style_in_the_language_of_the_edition_changes_nothing(style: str) -> None:
    assert "“1,775.5”" in printed(BLOCKS["text"], style)
