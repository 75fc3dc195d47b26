"""A brochure of four small pages to be approved, and changes to it.

A cover with a picture, a story that flows over pages 2 and 3, and a page with a number in a swatch; in English and French.
"""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, field

from brochure.api import lay_out
from brochure.approval.page_sources import PageRecord, record_pages
from brochure.build_values import LaidOut
from brochure.project import MemoryProject
from tests.preflight.brochures import photograph

LAYOUT = """\
brochure: wells
title: title
size: 200 x 200 pt
bleed: 3 mm
binding: none
source-language: en
press: coated-fogra39
variables: {wells: 41}
swatches: {river: cmyk 80 30 0 0, sand: cmyk 0 10 30 0}
paragraph-styles:
  body: {font: Source Serif 4, size: 9 pt, leading: 12 pt, align: start, hyphenation: no, grid: no}
  loud: {based-on: body, size: 20 pt, leading: 24 pt, colour: river}
masters:
  story:
    frames:
      words: {at: "x 20 pt, y 20 pt, width 160 pt, height 72 pt", story: report}
pages:
  - background: sand
    frames:
      picture: {at: bleed, content: {image: photos/field.jpg, alt: alt}}
      head: {at: "x 20 pt, y 20 pt, width 160 pt, height 80 pt", content: {heading: title, level: 1, style: loud}}
  - master: story
  - master: story
  - frames:
      figure: {at: "x 20 pt, y 20 pt, width 160 pt, height 60 pt", content: {text: count, style: loud}}
stories:
  report: {content: [{text: first}, {text: second}]}
"""
COPY = {
    "title": "Clear water",
    "alt": "A field at dusk",
    "first": "Every well is dug by the people who drink from it. " * 3,
    "second": "They meet once in a month and count what was spent. " * 3,
    "count": "{wells, number} wells",
}
FRENCH = {
    "title": "Une eau claire",
    "alt": "Un champ au crépuscule",
    "first": "Chaque puits est creusé par ceux qui y boivent. " * 3,
    "second": "Ils se réunissent une fois par mois et comptent. " * 3,
    "count": "{wells, number} puits",
}


@dataclass(frozen=True)
class Change:
    """Replaced pieces of the layout, other copy in English and French, other files."""

    layout: tuple[tuple[str, str], ...] = ()
    copy: Mapping[str, str] = field(default_factory=dict)
    french: Mapping[str, str] = field(default_factory=dict)
    files: Mapping[str, bytes] = field(default_factory=dict)


NONE = Change()


def files(change: Change = NONE) -> dict[str, bytes]:
    """The brochure's files with a change in them."""
    layout = LAYOUT
    for old, new in change.layout:
        assert old in layout, f"the layout has no {old!r}"
        layout = layout.replace(old, new)
    copy = {key: text.strip() for key, text in {**COPY, **change.copy}.items()}
    french = {**FRENCH, **change.french}
    return {
        "brochure.yaml": layout.encode(),
        "content/en.yaml": "".join(f"{key}: {text!r}\n" for key, text in copy.items()).encode(),
        "content/fr.po": _catalogue(copy, french).encode(),
        "assets/photos/field.jpg": photograph(1320, 1320),
        **change.files,
    }


def _catalogue(copy: Mapping[str, str], french: Mapping[str, str]) -> str:
    head = 'msgid ""\nmsgstr "Content-Type: text/plain; charset=UTF-8\\nLanguage: fr\\n"\n'
    entries = (
        f'\nmsgctxt "{key}"\nmsgid "{copy[key]}"\nmsgstr "{text.strip()}"\n'
        for key, text in french.items()
    )
    return head + "".join(entries)


def project(change: Change = NONE) -> MemoryProject:
    """The brochure in memory."""
    return MemoryProject(files(change))


def laid_out(change: Change = NONE, language: str = "en") -> tuple[LaidOut, MemoryProject]:
    """The brochure with its pages."""
    made = project(change)
    return lay_out(made, language), made


def records(change: Change = NONE, language: str = "en") -> tuple[PageRecord, ...]:
    """What an approval records of each page."""
    made, files_ = laid_out(change, language)
    return record_pages(made.pages, made.edition, files_)


def digests(change: Change = NONE, language: str = "en") -> tuple[str, ...]:
    """The digest of each page."""
    return tuple(record.digest for record in records(change, language))
