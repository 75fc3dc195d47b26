"""Page numbers in the copy, links inside the brochure, tables of contents and running heads."""

from __future__ import annotations

import io
from typing import Any

import pypdf
import pytest

from brochure.api import build, build_edition, lay_out, open_job
from brochure.build_values import LaidOut
from brochure.errors import InputError
from brochure.model.display_list import GlyphRun, Link
from brochure.prepress.output_conditions import SCREEN
from brochure.project import MemoryProject

LAYOUT = """\
brochure: test
size: A6
binding: none
source-language: en
title: doc
paragraph-styles:
  body: {font: Source Serif 4, size: 9.4 pt, leading: 13 pt}
masters:
  text:
    frames:
      foot: {at: "x 0 mm, y 140 mm, width 105 mm, height 6 mm", content: [{folio: count, running-head: 2}]}
      t: {at: margins}
stories:
  s:
    content:
    - {heading: second, level: 2}
    - {text: long}
    - {heading: third, level: 2}
    - {text: see}
pages:
- {master: text, t: [{contents: [1, 2]}, {text: toc}]}
- {master: text, t: [{heading: first, level: 1}]}
- {master: text, t: {story: s}}
- {master: text, t: {story: s}}
- {master: text, frames: {map: {at: margins, content: [{text: end}]}}}
"""

COPY = {
    "doc": "Test",
    "count": "{page} of {pages}",
    "toc": "Read [the bus](#first) on page {page:first}, [map](#map) on {page:map}, {page:third}.",
    "first": "The bus",
    "second": "Second",
    "third": "Third",
    "see": "See {page:third}.",
    "end": "The end",
}


def make_project(layout: str = LAYOUT, lines: int = 60, **copy: str) -> MemoryProject:
    messages = {**COPY, "long": "The bus comes at low water. " * lines, **copy}
    written = "".join(f'{key}: "{text}"\n' for key, text in messages.items())
    return MemoryProject({"brochure.yaml": layout.encode(), "content/en.yaml": written.encode()})


def read_texts(made: LaidOut, page: int) -> str:
    items = made.pages[page - 1].items
    return " ".join(item.glyphs.text for item in items if isinstance(item, GlyphRun))


def test_page_numbers_are_those_of_the_pages() -> None:
    made = lay_out(make_project())
    assert "Third" in read_texts(made, 4)
    assert "on page 2" in read_texts(made, 1).replace("  ", " ")
    assert "on 5, 4." in read_texts(made, 1).replace("  ", " ")
    assert "See 4." in read_texts(made, 4)


def test_folio_has_the_number_of_pages_and_the_running_head() -> None:
    made = lay_out(make_project())
    assert "3 of 5" in read_texts(made, 3)
    assert "Second" in read_texts(made, 3)
    assert read_texts(made, 5).count("Third") == 1


def test_links_lead_to_the_pages() -> None:
    built = build(make_project(), SCREEN)
    reader = pypdf.PdfReader(io.BytesIO(built.pdf))
    annotations: Any = reader.pages[0]["/Annots"]
    links = [one.get_object() for one in annotations]
    led = {
        str(link["/Contents"]): (reader.get_page_number(link["/Dest"][0].get_object()) or 0) + 1
        for link in links
    }
    assert led == {"The bus 2": 2, "Second 3": 3, "Third 4": 4, "the bus": 2, "map": 5}


def test_contents_have_tags() -> None:
    made = lay_out(make_project())
    paths = {
        tuple(role for role, _ in item.tag.path)
        for item in made.pages[0].items
        if isinstance(item, Link)
    }
    assert ("TOC", "TOCI", "Reference") in paths


@pytest.mark.parametrize(
    ("toc", "code", "hint"),
    [
        ("On page {page:frist}.", "message-form", "did you mean 'first'?"),
        ("On [page](#frist).", "link-unknown", "did you mean 'first'?"),
        ("On page {page}.", "message-form", ""),
    ],
)
def test_a_dangling_reference_is_an_error(toc: str, code: str, hint: str) -> None:
    with pytest.raises(InputError) as caught:
        lay_out(make_project(toc=toc))
    found = {one.code: one for one in caught.value.findings}
    assert hint in found[code].hint
    assert str(found[code].span) == "content/en.yaml:3:6"


def test_contents_without_headings_are_an_error() -> None:
    made = lay_out(make_project(LAYOUT.replace("contents: [1, 2]", "contents: [5]")))
    found = {one.code: one for one in made.findings}
    assert found["contents-empty"].hint == "the headings have level 1, 2"
    assert found["contents-empty"].span


@pytest.mark.parametrize("language", ["ar", "km"])
def test_page_numbers_are_in_the_digits_of_the_language(language: str) -> None:
    first = {"ar": "الحافلة", "km": "រថយន្តក្រុង"}[language]
    layout = LAYOUT.replace("source-language: en", f"source-language: {language}-u-nu-native")
    copy = {**COPY, "first": first, "toc": "{page:first}", "long": "."}
    written = "".join(f'{key}: "{text}"\n' for key, text in copy.items())
    project = MemoryProject(
        {"brochure.yaml": layout.encode(), f"content/{language}-u-nu-native.yaml": written.encode()}
    )
    made = lay_out(project)
    assert {"ar": "٢", "km": "២"}[language] in read_texts(made, 1)


def test_a_rebuild_equals_a_fresh_build() -> None:
    projects = [
        make_project(),
        make_project(lines=5),
        make_project(LAYOUT.replace("text: end", "heading: end")),
        make_project(third="Third again"),
    ]
    job = open_job(projects[0])
    build_edition(job, SCREEN)
    for project in projects[1:]:
        job = open_job(project, job)
        assert build_edition(job, SCREEN).pdf == build(project, SCREEN).pdf


def test_contents_that_do_not_fit_are_named() -> None:
    narrow = LAYOUT.replace(
        "t: {at: margins}", 't: {at: "x 0 mm, y 0 mm, width 9 mm, height 20 mm"}'
    )
    made = lay_out(make_project(narrow, toc="."))
    found = [one for one in made.findings if one.code in ("line-too-wide", "overflow")]
    assert any("table of contents" in one.message for one in found)
    assert not any("''" in one.message for one in found)
