"""Small brochures to be translated, in memory, and the usual operations of a translation coordinator.

Functions return the trial brochure with changed files, its workspace, or catalogues with translations filled in. The page is 200
by 200 pt; the text is in a frame of 140 by 72 pt, 9.6 pt on 12 pt: six lines.
"""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import replace
from functools import lru_cache

from brochure.l10n.catalogue import Catalogue
from brochure.l10n.formats import po
from brochure.project import MemoryProject
from brochure.translation.template import make_template
from brochure.translation.workspace import Workspace, open_workspace

LAYOUT = """\
brochure: trial
size: 200 x 200 pt
bleed: 0 mm
binding: none
source-language: en
title: title
variables: {people: 1775, share: 73}
fonts: {fallback: {Khmr: Noto Sans Khmer, Arab: Noto Sans Arabic, any: Noto Sans}}
paragraph-styles:
  body: {font: Source Serif 4, size: 9.6 pt, leading: 12 pt, align: start, hyphenation: no, grid: no}
pages:
  - frames:
      head: {at: "x 30 pt, y 10 pt, width 140 pt, height 20 pt", content: {heading: head, level: 1, style: body}}
      words: {at: "x 30 pt, y 40 pt, width 140 pt, height 72 pt", content: {text: words}}
      items: {at: "x 30 pt, y 120 pt, width 140 pt, height 60 pt", content: {list: [first, second]}}
"""
COPY = """\
title: A trial
head: People
words: More than {people, number} people were **brought** to safety.
first: One thing
second: Another thing
"""
FRENCH = {
    "title": "Un essai",
    "head": "Les gens",
    "words": "Plus de {people, number} personnes ont été **mises** en sécurité.",
    "first": "Une chose",
    "second": "Une autre chose",
}


def project(files: Mapping[str, str] | None = None) -> MemoryProject:
    """The trial brochure, with these files replaced or added."""
    texts = {"brochure.yaml": LAYOUT, "content/en.yaml": COPY, **(files or {})}
    return MemoryProject({name: text.encode() for name, text in texts.items()})


def workspace(files: Mapping[str, str] | None = None) -> Workspace:
    """The workspace of the trial brochure."""
    return open_workspace(project(files))


def translated(words: Mapping[str, str], language: str = "fr") -> str:
    """A catalogue of the trial brochure with these translations, as a translator returns it."""
    return written(filled(_template(language), words))


@lru_cache(maxsize=16)
def _template(language: str) -> Catalogue:
    """The catalogue without translations; its limits of characters are measured once."""
    return make_template(workspace(), language)


def filled(catalogue: Catalogue, words: Mapping[str, str]) -> Catalogue:
    """Return the catalogue with these translations."""
    entries = {
        key: replace(one, text=words.get(key, one.text)) for key, one in catalogue.entries.items()
    }
    return replace(catalogue, entries=entries)


def written(catalogue: Catalogue) -> str:
    """Return the catalogue as a file."""
    return po.write(catalogue).decode()
