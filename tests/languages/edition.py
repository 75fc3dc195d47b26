"""One brochure in every language, a page each: what the tests of languages share.

Takes the first article of the Universal Declaration in each language and a line of names and figures; gives each language's
page, made through the whole house, and one PDF of all of them. Fonts are the packages' and Debian's Noto.
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
"""Behind every article: quotation marks, a name in Latin letters, figures, a telephone number, an address."""


@dataclass(frozen=True)
class Made:
    """One language's page, the edition that it was made of, and what was said of it."""

    edition: Edition
    page: Page
    findings: tuple[Finding, ...]

    @property
    def text(self) -> str:
        """The words that must come back."""
        return self.edition.stories["body"].text


@lru_cache(maxsize=1)
def articles() -> Mapping[str, str]:
    """The articles by their languages' tags."""
    lines = (HERE / "articles.txt").read_text(encoding="utf-8").splitlines()
    pairs = (line.split("\t") for line in lines if not line.startswith("#"))
    return {tag: text for tag, text in pairs}


@lru_cache(maxsize=1)
def project() -> DiskProject:
    """The project on disk, since the system's fonts are read from there."""
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
    """A folder that goes away with the tests."""
    return Path(_temporary().name)


@lru_cache(maxsize=1)
def _temporary() -> tempfile.TemporaryDirectory[str]:
    return tempfile.TemporaryDirectory(prefix="languages-")


def need_fonts() -> None:
    """Skips the tests where Debian's Noto fonts are not there."""
    if not Path("/usr/share/fonts/truetype/noto/NotoNastaliqUrdu-Regular.ttf").is_file():
        lacking("fonts-noto-core, -extra and -cjk are not installed")


@lru_cache(maxsize=1)
def made() -> Mapping[str, Made]:
    """Every language's page, with one shelf for all of them."""
    layout, _ = read_layout(project())
    font_catalog = FontCatalog(project(), system=True)
    found = {}
    for number, tag in enumerate(articles(), 1):
        edition, said = resolve(layout, Translations.load(project(), layout, tag), Assets())
        (page,), more = compose_pages(edition, font_catalog)
        found[tag] = Made(edition, replace(page, number=number), (*said, *more))
    return found


@lru_cache(maxsize=1)
def pdf() -> bytes:
    """All pages in one PDF."""
    pages = tuple(each.page for each in made().values())
    return render(sheets(pages, PRESS), DocumentInfo("Languages", "en"), PRESS, project())
