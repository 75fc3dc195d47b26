"""Small brochures as tagged PDFs, one for each block kind, and the shipped layouts in all their languages.

Unexpected findings fail the test.
"""

from __future__ import annotations

import textwrap
from collections.abc import Mapping
from functools import lru_cache
from pathlib import Path

from brochure.api import build, lay_out_examples, make_sheets, open_job, write_pdf
from brochure.build_values import Job, LaidOut
from brochure.choices import Target
from brochure.prepress.output_conditions import SCREEN
from brochure.project import DiskProject, MemoryProject
from tests.blocks.setting import jpeg

ROOT = Path(__file__).resolve().parents[2] / "layouts"

LAYOUT = """
brochure: tagged
title: title
size: 300 x 500 pt
bleed: 9 pt
binding: none
source-language: {language}
swatches: {{ink: cmyk 0 0 0 100, ember: cmyk 0 72 92 6, sand: cmyk 3 6 13 0}}
fonts: {{fallback: {{Khmr: Noto Sans Khmer, any: Noto Sans}}}}
paragraph-styles:
  body: {{font: Source Serif 4, size: 10 pt, leading: 12 pt}}
variables: {{rescued: 1775, ratio: 12.5}}
notes: {{place: end}}
pages:
  - frames:
      matter:
        at: "x 50 pt, y 50 pt, width 200 pt, height 400 pt"
        content:
{blocks}
"""

COPY = """
title: Tagged
head: What was found
words: Words that are read.
two: |-
  The first of two paragraphs.

  The second of them.
alt: What is seen.
caption: What it shows
credit: Who made it
"""

PICTURE = {"assets/a.jpg": jpeg(40, 30)}
SIGN = {
    "assets/sign.svg": b'<svg xmlns="http://www.w3.org/2000/svg" viewBox="0 0 10 10"><path d="M0 0H10V10H0Z"/></svg>'
}


def project(
    blocks: str, copy: str = "", files: Mapping[str, bytes] | None = None, language: str = "en"
) -> MemoryProject:
    """Return a one-page project with these blocks."""
    layout = LAYOUT.format(
        language=language, blocks=textwrap.indent(textwrap.dedent(blocks).strip("\n"), " " * 10)
    )
    words = textwrap.dedent(COPY).strip() + "\n" + textwrap.dedent(copy)
    written = {"brochure.yaml": layout.encode(), f"content/{language}.yaml": words.encode()}
    return MemoryProject({**written, **PICTURE, **SIGN, **(files or {})})


def tagged(
    blocks: str, copy: str = "", files: Mapping[str, bytes] | None = None, language: str = "en"
) -> bytes:
    """Return the page as a tagged PDF."""
    built = build(project(blocks, copy, files, language), SCREEN)
    assert built.findings == (), "\n".join(map(str, built.findings))
    return built.pdf


Shipped = tuple[str, str]
"""A shipped layout and a language."""

PSEUDO = (("proven-model", "ar-XB"), ("proven-model", "km-XT"))
"""Editions with placeholder text, built as drafts."""

ALIKE = {
    ("proven-model", "es"),
    ("proven-model", "fil"),
    ("proven-model", "km-XT"),
    ("programme", "fr"),
}
"""Editions whose script and layout another one has; they are tested in `make soak` only."""


def shipped() -> tuple[Shipped, ...]:
    """Return every layout in its source language and in each language with a catalogue."""
    editions = [
        (file.parents[1].name, file.stem)
        for file in sorted(ROOT.glob("*/content/*"))
        if file.suffix in (".yaml", ".po")
    ]
    return tuple(editions)


@lru_cache(maxsize=2)
def lay_out_shipped(layout: str, language: str) -> tuple[Job, LaidOut]:
    """Return a shipped brochure in one language, laid out for the screen, and its open project."""
    job = open_job(DiskProject(ROOT / layout))
    return job, lay_out_examples(job, language, None, Target.SCREEN)


@lru_cache(maxsize=32)
def screen(layout: str, language: str) -> bytes:
    """Return a shipped brochure in one language as a screen PDF."""
    draft = (layout, language) in PSEUDO
    job, made = lay_out_shipped(layout, language)
    built = write_pdf(job, make_sheets(job, made, SCREEN, draft=draft))
    errors = [str(one) for one in built.findings if one.severity.value == "error"]
    assert draft or not errors, "\n".join(errors)
    assert built.pdf
    return built.pdf
