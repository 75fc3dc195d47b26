"""A small clean brochure, and ways to put defects into it.

`found` runs the preflight on the project with a change of its layout, copy or files. The brochure has four A6 pages,
saddle-stitched: a picture and a field that bleed, text in black, white and a spot ink, and a rule.
"""

from __future__ import annotations

import io
import json
from collections.abc import Mapping
from dataclasses import dataclass, field
from functools import lru_cache

from brochure.api import build, lay_out
from brochure.edition_checks import check_laid_out
from brochure.findings import Finding
from brochure.preflight import DEFAULT, PROFILES, PreflightProfile
from brochure.preflight.session import check_pdf
from brochure.prepress.output_conditions import CONDITIONS
from brochure.project import MemoryProject

LAYOUT = """\
brochure: clean
title: title
size: A6
bleed: 3 mm
binding: saddle-stitch
source-language: en
press: coated-fogra39
date: 2026-11-24
grid: {margins: {top: 12 mm, bottom: 12 mm, inner: 12 mm, outer: 12 mm}, baseline: 12 pt}
swatches:
  ink: cmyk 0 0 0 100
  night: cmyk 80 60 30 40
  seal: spot "PANTONE 7421 C" as cmyk 18 100 45 67
paragraph-styles:
  body: {font: Source Serif 4, size: 9 pt, leading: 12 pt, colour: ink}
  light: {based-on: body, colour: paper}
  mark: {based-on: body, colour: seal}
pages:
  - frames:
      picture: {at: bleed, content: {image: photos/field.jpg, alt: alt}}
      words: {at: margins, content: {text: cover, style: light}}
  - frames:
      words: {at: margins, content: [{text: story}, {rule: 100%, thickness: 0.5 pt}]}
  - frames:
      words: {at: margins, content: {text: mark, style: mark}}
  - background: night
    frames:
      words: {at: margins, content: {text: back, style: light}}
"""
COPY = {
    "title": "A clean brochure",
    "alt": "A field at dusk",
    "cover": "Nothing is wrong here",
    "story": "Every line of it can be printed.",
    "mark": "A second ink",
    "back": "The end",
}


@dataclass(frozen=True)
class Change:
    """A change of the brochure: replaced pieces of the layout, other copy, other files, another language."""

    layout: tuple[tuple[str, str], ...] = ()
    copy: Mapping[str, str] = field(default_factory=dict)
    files: Mapping[str, bytes] = field(default_factory=dict)
    language: str | None = None


CLEAN = Change()


def project(change: Change = CLEAN) -> MemoryProject:
    """Return the brochure's files after a change."""
    layout = LAYOUT
    for old, new in change.layout:
        assert old in layout, f"the layout has no {old!r}"
        layout = layout.replace(old, new)
    copy = json.dumps({**COPY, **change.copy}, ensure_ascii=False)
    return MemoryProject(
        {
            "brochure.yaml": layout.encode(),
            "content/en.yaml": copy.encode(),
            "assets/photos/field.jpg": photograph(1320, 1820),
            **change.files,
        }
    )


def found(
    change: Change = CLEAN, profile: PreflightProfile = PROFILES[DEFAULT]
) -> tuple[Finding, ...]:
    """Return the findings of the preflight in the project."""
    files = project(change)
    return check_laid_out(lay_out(files, change.language), profile, files)


def found_in(pdf: bytes, profile: PreflightProfile = PROFILES[DEFAULT]) -> tuple[Finding, ...]:
    """Return the findings of the preflight in a finished file."""
    return check_pdf(pdf, "clean.pdf", profile)


@lru_cache(maxsize=4)
def finished(output: str = "press", standard: str = "") -> bytes:
    """Return the clean brochure as a PDF."""
    press = f"press: {{condition: coated-fogra39, standard: {standard}}}"
    change = Change((("press: coated-fogra39", press),)) if standard else CLEAN
    built = build(project(change), CONDITIONS[output])
    assert built.findings == ()
    return built.pdf


@lru_cache(maxsize=8)
def photograph(width: int, height: int) -> bytes:
    """A JPEG with a gradient between two colours; neither is very dark."""
    from PIL import Image

    image = Image.linear_gradient("L").resize((width, height))
    picture = Image.merge("RGB", (image.point([60] * 256), image, image.point([120] * 256)))
    out = io.BytesIO()
    picture.save(out, "JPEG", quality=80)
    return out.getvalue()
