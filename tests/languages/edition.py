"""One brochure in every language, one page each, which the tests of languages share.

The text is the first article of the Universal Declaration of Human Rights in each language and a line of names and figures.
`made` builds each language's page; `pdf` is one PDF of all of them. The fonts are those of the packages and Debian's Noto.
"""

from __future__ import annotations

import json
import tempfile
from collections.abc import Mapping
from dataclasses import dataclass, replace
from functools import lru_cache
from pathlib import Path

from brochure.api import read_layout
from brochure.findings import Finding
from brochure.fonts.catalog import FontCatalog
from brochure.imposition.sheets import sheets
from brochure.l10n.assets import Assets
from brochure.l10n.edition import Edition, resolve
from brochure.l10n.translations import Translations
from brochure.layout.pages import compose_pages
from brochure.model.display_list import Page
from brochure.pdf.document import render
from brochure.pdf.metadata import DocumentInfo
from brochure.prepress.output_conditions import PRESS
from brochure.project import DiskProject
from tests.programs import lacking

HERE = Path(__file__).parent

FALLBACK = {
    "Arab": "Noto Naskh Arabic",
    "Aran": "Noto Nastaliq Urdu",
    "Armn": "Noto Sans Armenian",
    "Beng": "Noto Sans Bengali",
    "Deva": "Noto Sans Devanagari",
    "Ethi": "Noto Sans Ethiopic",
    "Geor": "Noto Sans Georgian",
    "Hebr": "Noto Sans Hebrew",
    "Hans": "Noto Sans CJK SC",
    "Hant": "Noto Sans CJK TC",
    "Jpan": "Noto Sans CJK JP",
    "Kore": "Noto Sans CJK KR",
    "Khmr": "Noto Sans Khmer",
    "Knda": "Noto Sans Kannada",
    "Laoo": "Noto Sans Lao",
    "Mlym": "Noto Sans Malayalam",
    "Mymr": "Noto Sans Myanmar",
    "Sinh": "Noto Sans Sinhala",
    "Taml": "Noto Sans Tamil",
    "Telu": "Noto Sans Telugu",
    "Thai": "Noto Sans Thai",
}

LAYOUT = f"""
brochure: languages
title: title
size: 110 x 55 mm
bleed: 0 mm
binding: none
source-language: en
variables: {{rescued: 1775, reduction: 73}}
fonts: {{system: yes, fallback: {json.dumps(FALLBACK)}}}
paragraph-styles:
  body: {{font: Noto Sans, size: 9 pt, leading: 13 pt, align: justify, hyphenation: yes, hanging-punctuation: yes, grid: no}}
masters:
  words:
    frames:
      words: {{at: "x 10 mm, y 6 mm, width 90 mm, height 46 mm"}}
pages:
  - {{master: words, words: [{{text: body}}]}}
"""

FEATURES = '"IJM Canada": {rescued}, {reduction}%; +1 519-679-5030, IJM.org/research.'
"""After every article: quotation marks, a name in Latin letters, figures, a telephone number, an address."""


@dataclass(frozen=True)
class Made:
    """The page of a language, its edition, and its findings."""

    edition: Edition
    page: Page
    findings: tuple[Finding, ...]

    @property
    def text(self) -> str:
        """The text that readers must extract."""
        return self.edition.stories["body"].text


@lru_cache(maxsize=1)
def articles() -> Mapping[str, str]:
    """Return the articles by language tag."""
    lines = (HERE / "articles.txt").read_text(encoding="utf-8").splitlines()
    pairs = (line.split("\t") for line in lines if not line.startswith("#"))
    return {tag: text for tag, text in pairs}


@lru_cache(maxsize=1)
def project() -> DiskProject:
    """Return the project, on disk because the system's fonts are read from there."""
    need_fonts()
    root = folder()
    (root / "content").mkdir()
    (root / "brochure.yaml").write_text(LAYOUT, encoding="utf-8")
    for tag, article in articles().items():
        copy = {"title": tag, "body": f"{article} {FEATURES}"}
        (root / f"content/{tag}.yaml").write_text(
            json.dumps(copy, ensure_ascii=False), encoding="utf-8"
        )
    return DiskProject(root)


def folder() -> Path:
    """Return a folder that is removed after the tests."""
    return Path(_temporary().name)


@lru_cache(maxsize=1)
def _temporary() -> tempfile.TemporaryDirectory[str]:
    return tempfile.TemporaryDirectory(prefix="languages-")


def need_fonts() -> None:
    """Skip the tests if Debian's Noto fonts are not installed."""
    if not Path("/usr/share/fonts/truetype/noto/NotoNastaliqUrdu-Regular.ttf").is_file():
        lacking("fonts-noto-core, -extra and -cjk are not installed")


@lru_cache(maxsize=1)
def made() -> Mapping[str, Made]:
    """Return every language's page, with one font catalog for all of them."""
    layout, _ = read_layout(project())
    font_catalog = FontCatalog(project(), system=True)
    found = {}
    for number, tag in enumerate(articles(), 1):
        edition, result = resolve(layout, Translations.load(project(), layout, tag), Assets())
        (page,), more = compose_pages(edition, font_catalog)
        found[tag] = Made(edition, replace(page, number=number), (*result, *more))
    return found


@lru_cache(maxsize=1)
def pdf() -> bytes:
    """Return all pages in one PDF."""
    pages = tuple(each.page for each in made().values())
    return render(sheets(pages, PRESS), DocumentInfo("Languages", "en"), PRESS, project())
