"""Layouts of any number of text pages, to see how the cost grows: each page has a heading and words of its own.

Takes a folder and a number of pages; makes a project there. `threaded` sets the same words as one story through the
frames of all pages. The words are the sample's, in an order that is new on every page, so that nothing is set twice.
"""

from __future__ import annotations

import random
import re
from pathlib import Path

WORDS_A_PAGE = 230
PARAGRAPHS_A_PAGE = 4

LAYOUT = """\
brochure: growth
size: A5
binding: perfect
styles:
  body:
    font: Source Serif 4
    size: 9.5 pt
    leading: 13 pt
    align: justify
    hyphenate: yes
    hang: yes
    grid: yes
    word-space: 65..170
    letter-space: -10..15
  folio: {grid: no}
masters:
  text:
    frames:
      words: {at: "columns 1-6, rows 1-8"}
      foot: {at: "columns 1-6, bottom 8 mm, height 5 mm", content: {folio: }}
"""


def make(folder: Path, pages: int, sample: Path) -> Path:
    """A project whose every page has a text of its own."""
    copy = _copy(pages, sample)
    listed = "".join(
        f"  - {{master: text, words: [{{heading: p{at}.head}}, {{text: p{at}.text}}]}}\n"
        for at in range(pages)
    )
    return _put(folder, LAYOUT + "pages:\n" + listed, copy)


def make_threaded(folder: Path, pages: int, sample: Path) -> Path:
    """A project of one long story that runs through the frames of all pages, with a frame or two to spare."""
    copy = _copy(pages, sample)
    content = "".join(
        f"      - {{heading: p{at}.head}}\n      - {{text: p{at}.text}}\n" for at in range(pages)
    )
    story = "stories:\n  all:\n    content:\n" + content
    listed = "  - {master: text, words: {story: all}}\n" * (pages + pages // 10 + 1)
    return _put(folder, LAYOUT + story + "pages:\n" + listed, copy)


def _put(folder: Path, layout: str, copy: str) -> Path:
    (folder / "content").mkdir(parents=True)
    (folder / "brochure.yaml").write_text(layout, encoding="utf-8")
    (folder / "content" / "en.yaml").write_text(copy, encoding="utf-8")
    return folder


def _copy(pages: int, sample: Path) -> str:
    words = re.findall(r"[a-z]{2,}", (sample / "content" / "en.yaml").read_text(encoding="utf-8"))
    draw = random.Random(12)
    return "".join(_page(at, words, draw) for at in range(pages))


def _page(at: int, words: list[str], draw: random.Random) -> str:
    long = WORDS_A_PAGE // PARAGRAPHS_A_PAGE
    paragraphs = [_sentence(draw.choices(words, k=long)) for _ in range(PARAGRAPHS_A_PAGE)]
    text = "".join(f"    {paragraph}\n\n" for paragraph in paragraphs)
    return f"p{at}:\n  head: {_sentence(draw.choices(words, k=4))}\n  text: |\n{text}\n"


def _sentence(words: list[str]) -> str:
    return " ".join(words).capitalize() + "."
