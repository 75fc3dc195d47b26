"""Small brochures to read back: one page and one frame with the text of a test."""

from __future__ import annotations

import json
from dataclasses import dataclass
from functools import lru_cache
from pathlib import Path

from brochure.api import build
from brochure.prepress.output_conditions import PRESS
from brochure.project import MemoryProject
from tests.programs import need_file

DEBIAN = Path("/usr/share/fonts")
FONT_FILES = {
    "Noto Sans Khmer": "truetype/noto/NotoSansKhmer-Regular.ttf",
    "Noto Sans Thai": "truetype/noto/NotoSansThai-Regular.ttf",
    "Noto Sans Devanagari": "truetype/noto/NotoSansDevanagari-Regular.ttf",
    "Noto Sans Tamil": "truetype/noto/NotoSansTamil-Regular.ttf",
    "Noto Naskh Arabic": "truetype/noto/NotoNaskhArabic-Regular.ttf",
    "Noto Sans Hebrew": "truetype/noto/NotoSansHebrew-Regular.ttf",
    "Noto Serif CJK SC": "opentype/noto/NotoSerifCJK-Regular.ttc",
    "Nimbus Mono PS": "opentype/urw-base35/NimbusMonoPS-Regular.otf",
    "Nimbus Roman": "opentype/urw-base35/NimbusRoman-Regular.otf",
}

LAYOUT = """
brochure: words
title: title
size: 148 x 210 mm
bleed: 0 mm
binding: none
source-language: {language}
fonts: {{fallback: {{any: Noto Sans}}}}
paragraph-styles:
  body: {{font: {font}, size: 9.5 pt, leading: 16 pt, align: justify, hyphenation: yes, grid: no{style}}}
masters:
  words: {{frames: {{words: {{at: "x 15 mm, y 15 mm, width {width}, height 180 mm"}}}}}}
pages:
  - {{master: words, words: [{{text: body}}]}}
"""


@dataclass(frozen=True)
class Words:
    """Copy, and how it is set; `style` adds keys to the body style in YAML."""

    text: str
    language: str = "en"
    font: str = "Source Serif 4"
    width: str = "50 mm"
    style: str = ""

    def layout(self) -> str:
        """Return the layout that sets the text."""
        style = f", {self.style}" if self.style else ""
        return LAYOUT.format(language=self.language, font=self.font, width=self.width, style=style)


@lru_cache(maxsize=64)
def pdf_of(words: Words) -> bytes:
    """Return the text as a PDF; any finding fails the test.

    One note is allowed: these measures are narrow, and the words of some languages are too long for justified text.
    """
    built = build(MemoryProject(files_of(words)), PRESS)
    assert [one for one in built.findings if one.code != "justify-loose"] == []
    return built.pdf


def files_of(words: Words) -> dict[str, bytes]:
    """Return the files of a project with the text."""
    copy = {"title": "Words", "body": words.text}
    files = {
        "brochure.yaml": words.layout().encode(),
        f"content/{words.language}.yaml": json.dumps(copy, ensure_ascii=False).encode(),
    }
    if words.font in FONT_FILES:
        path = DEBIAN / FONT_FILES[words.font]
        files[f"assets/fonts/{path.name}"] = need_file(path)
    return files
