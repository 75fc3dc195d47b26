"""Checks that look at each page by itself: their findings on a page are kept for the next edition and the next build."""

from __future__ import annotations

from dataclasses import replace

import pytest

from brochure.api import lay_out
from brochure.findings import Finding
from brochure.geometry import Rect
from brochure.preflight import CHECKS, DEFAULT, PROFILES, page_objects
from brochure.preflight.model import (
    ColourSpace,
    ColourValue,
    ImageObject,
    ObjectLocation,
    PageContent,
    PageObjects,
    PathObject,
    TextObject,
)
from brochure.preflight.page_objects import CollectedPage
from brochure.preflight.session import PressPages, check_pages
from brochure.project import MemoryProject
from brochure.system.cache import VariantCache
from tests.preflight.brochures import photograph

BOX = Rect(0, 10, 50, 50)
RGB = ColourValue(ColourSpace.RGB)
WHITE = ColourValue(ColourSpace.CMYK, luminance=1.0, overprint=True)
CALIBRATED = ColourValue(ColourSpace.CMYK, (("cyan", 1.0),), calibrated=True, opacity=0.5)
REGISTRATION = ColourValue(ColourSpace.SPOT, (("All", 4.0),))


def faulty(number: int) -> PageContent:
    """A page with a fault for each of the checks."""
    place = ObjectLocation(number, (0, 10), None, BOX)
    images = [
        ImageObject(place, BOX, "a.jpg", (72.0, 72.0), ColourSpace.CMYK, is_bilevel=one)
        for one in (False, True)
    ]
    return PageContent(
        number,
        100,
        100,
        9,
        (
            TextObject(place, BOX, "TODO", 9, "Serif", RGB, has_missing_glyph=True),
            TextObject(place, BOX, "words", 9, "Serif", WHITE),
            *(replace(image, needs_alt_text=True) for image in images),
            PathObject(place, BOX, CALIBRATED),
            PathObject(place, BOX, REGISTRATION),
        ),
    )


BY_PAGE = [check for check in CHECKS.values() if check.by_page]


@pytest.mark.parametrize("check", BY_PAGE, ids=lambda check: check.name)
def test_findings_on_a_page_depend_on_that_page_only(check: object) -> None:
    assert callable(check)
    pages = PageObjects((faulty(1), faulty(2)), standard="x-1a")
    alone = [list(check(replace(pages, pages=(page,)))) for page in pages.pages]
    assert all(alone)
    assert list(check(pages)) == [one for each in alone for one in each]


LAYOUT = """
brochure: seen
title: words
size: A6
bleed: 3 mm
binding: none
paragraph-styles: {body: {font: Source Serif 4}}
pages:
  - frames:
      picture: {at: "x 20 mm, y 20 mm, width 20 mm, height 20 mm", content: {image: a.jpg, alt: none}}
  - frames: {words: {at: margins, content: {text: words}}}
  - frames: {others: {at: margins, content: {text: others}}}
"""


def found(layout: str, copy: str) -> tuple[Finding, ...]:
    """The findings of the preflight."""
    files = {"brochure.yaml": layout, "content/en.yaml": copy}
    assets = {"assets/a.jpg": photograph(60, 60)}
    project = MemoryProject({name: text.encode() for name, text in files.items()} | assets)
    made = lay_out(project)
    subject = PressPages(made.edition, made.pages, made.work, project, "2026-01-01T00:00:00Z")
    return check_pages(subject, PROFILES[DEFAULT])


COPY = "words: Some words\nothers: TODO\n"


def test_findings_that_are_kept_are_those_of_a_new_check(monkeypatch: pytest.MonkeyPatch) -> None:
    """A fault that is added, removed or moved to another line of its file is found as it is now."""
    versions = [
        (LAYOUT, COPY),
        (LAYOUT, COPY.replace("Some", "TODO")),
        (LAYOUT, "# a line\n" + COPY),
        ("# a line\n" + LAYOUT, COPY),
        (LAYOUT, COPY.replace("TODO", "Done")),
    ]
    before = page_objects.COLLECTED.hits
    kept = [found(*version) for version in versions]
    assert page_objects.COLLECTED.hits > before
    for version, findings in zip(versions, kept, strict=True):
        empty: VariantCache[CollectedPage] = VariantCache(1000, 1, lambda _: 1)
        monkeypatch.setattr(page_objects, "COLLECTED", empty)
        assert found(*version) == findings
    assert len({tuple(map(str, one)) for one in kept}) == len(versions)
