"""Tests of conditions on blocks, frames and pages, and of keys of styles for languages and scripts."""

from __future__ import annotations

from pathlib import Path

import pytest

from brochure.api import build_edition, lay_out, open_job
from brochure.choices import Target
from brochure.edition_checks import check_other_targets
from brochure.errors import InputError
from brochure.inputs import InputRecorder
from brochure.l10n.catalogue import Catalogue
from brochure.model.display_list import GlyphRun
from brochure.preflight import PROFILES
from brochure.prepress.output_conditions import CONDITIONS
from brochure.project import MemoryProject
from brochure.translation.template import make_template
from brochure.translation.workspace import open_workspace

HEAD = """\
brochure: harbour
size: A5
binding: none
paragraph-styles:
  body: {font: Source Sans 3, size: 9 pt, leading: 12 pt}
  title: {size: 30 pt, in: {fr: {size: 20 pt}, fr-CA: {leading: 26 pt}}}
"""
PAGES = """\
pages:
  - frames:
      main:
        at: margins
        content:
          - title: head
          - text: winter
            when: {office: [quebec, oslo], language: fr}
            otherwise: [{text: summer}, {text: autumn}]
          - box: [{text: link, when: {target: screen}}]
"""
COPY = {
    "head": "Ferry",
    "winter": "Winter times",
    "summer": "Summer times",
    "autumn": "Autumn times",
    "link": "Press the map",
}


def project(pages: str = PAGES, head: str = HEAD, **copy: str) -> MemoryProject:
    words = "".join(f"{key}: {text}\n" for key, text in (COPY | copy).items())
    return MemoryProject(
        {
            "brochure.yaml": (head + pages).encode(),
            "content/en.yaml": words.encode(),
            "content/fr.yaml": words.encode(),
            "offices/quebec.yaml": b"office: quebec\nlanguages: [fr-CA, en]\n",
            "offices/oslo.yaml": b"office: oslo\nlanguages: [en]\n",
        }
    )


def keys(
    files: MemoryProject,
    language: str = "en",
    office: str | None = None,
    target: Target = Target.PRESS,
) -> list[list[str]]:
    """Return the keys of the messages on each page."""
    made = lay_out(files, language, office, target)
    origins = [
        [
            item.glyphs.origin.key
            for item in page.items
            if isinstance(item, GlyphRun) and item.glyphs.origin
        ]
        for page in made.pages
    ]
    return [list(dict.fromkeys(page)) for page in origins]


def problems(pages: str, head: str = HEAD) -> list[tuple[str, int, int]]:
    with pytest.raises(InputError) as failure:
        open_job(project(pages, head))
    return [
        (one.code, one.span.line - head.count("\n"), one.span.column)
        for one in failure.value.findings
        if one.span
    ]


def test_blocks_are_chosen_by_office_language_and_target() -> None:
    assert keys(project(), "fr-CA", "quebec") == [["head", "winter"]]
    assert keys(project(), "en", "quebec") == [["head", "summer", "autumn"]]
    assert keys(project(), "fr") == [["head", "summer", "autumn"]]
    assert keys(project(), target=Target.SCREEN) == [["head", "summer", "autumn", "link"]]


def test_frames_and_pages_are_chosen() -> None:
    pages = """\
masters:
  plain:
    frames:
      main: {at: margins}
      side: {at: margins, when: {language: fr}, otherwise: {at: page, content: {text: link}}}
      foot: {at: margins, when: {target: screen}}
pages:
  - {master: plain, main: {text: head}, foot: {text: autumn}}
  - when: {office: quebec}
    master: plain
    main: {text: winter}
    otherwise:
      - {frames: {a: {at: margins, content: {text: summer}}}}
      - when: {language: en}
        frames: {a: {at: margins, content: {text: autumn}}}
"""
    assert keys(project(pages), "fr", "quebec") == [["head"], ["winter"]]
    assert keys(project(pages), "en", "oslo") == [["head", "link"], ["summer"], ["autumn"]]
    assert keys(project(pages), "fr") == [["head"], ["summer"]]
    assert keys(project(pages), "en", "quebec", Target.SCREEN)[0] == [
        "head",
        "autumn",
        "link",
    ] or keys(project(pages), "en", "quebec", Target.SCREEN)[0] == ["head", "link", "autumn"]
    assert len(lay_out(project(pages), "en", "oslo").pages) == 3


def test_unneeded_translations_are_not_missing() -> None:
    files = project(extra="")
    french = "".join(f"{key}: mots\n" for key in ("head", "summer", "autumn"))
    files = MemoryProject({**files.files, "content/fr.yaml": french.encode()})
    assert not [one for one in lay_out(files, "fr").findings if one.code == "translation-missing"]
    wanting = lay_out(files, "fr-CA", "quebec").findings
    assert ["winter" in one.message for one in wanting if one.code == "translation-missing"] == [
        True
    ]


def test_styles_differ_by_language_and_script() -> None:
    def title(language: str) -> tuple[float, float, str]:
        style = lay_out(project(), language).edition.styles.paragraphs["title"]
        return style.type.size, round(style.leading, 2), style.type.family

    assert title("en")[0] == 30
    assert title("fr")[0] == title("fr-CA")[0] == 20
    assert title("fr-CA")[1] == 26 != title("fr")[1]
    head = HEAD.replace("fr-CA: {", "Khmr: {font: Noto Sans Khmer}, fr-CA: {")
    files = MemoryProject({**project(head=head).files, "content/km.yaml": b"head: Ferry\n"})
    style = lay_out(files, "km").edition.styles.paragraphs["title"].type
    assert (style.size, style.family) == (30, "Noto Sans Khmer")


def test_names_are_compared_with_the_project() -> None:
    pages = """\
pages:
  - frames:
      main:
        at: margins
        content:
          - {text: head, when: {office: qebec, language: [fr, sv]}}
          - {text: head, when: {target: paper}}
          - {text: head, otherwise: {text: head}}
"""
    assert problems(pages) == [("value", 7, 41), ("key-missing", 8, 14)]
    wrong = "\n".join(pages.splitlines()[:6])
    assert problems(wrong) == [("condition-office", 6, 41), ("condition-language", 6, 63)]
    with pytest.raises(InputError, match="quebec"):
        open_job(project(wrong))


def test_empty_conditions_and_lone_alternatives_are_errors() -> None:
    pages = """\
pages:
  - when: {}
    frames: {a: {at: margins, otherwise: {at: page}}}
"""
    assert ("condition-form", 3, 17) in problems(pages)
    assert problems("pages:\n  - {when: {}, frames: {}}\n") == [("condition-form", 2, 12)]


def test_a_condition_that_no_edition_meets_is_a_finding() -> None:
    pages = PAGES.replace("[quebec, oslo]", "oslo")
    found = open_job(project(pages)).layout_findings
    assert [(one.code, one.severity.value, one.span.line) for one in found if one.span] == [
        ("condition-never", "warning", 14)
    ]
    km = HEAD.replace("fr-CA: {", "Khmr: {size: 9 pt}, fr-CA: {")
    assert [one.code for one in open_job(project(head=km)).layout_findings] == ["style-edition"]


def test_pages_are_counted_in_each_edition() -> None:
    pages = "pages:\n  - frames: {}\n" * 1 + "  - frames: {}\n" * 3
    pages += "  - {when: {office: oslo, target: press}, frames: {}}\n"
    files = project(pages, HEAD.replace("binding: none", "binding: saddle-stitch"))
    assert "page-count" not in {one.code for one in lay_out(files, "en").findings}
    assert "page-count" in {one.code for one in lay_out(files, "en", "oslo").findings}
    made = lay_out(files, "en")
    (found,) = (
        one
        for one in check_other_targets(made, files, PROFILES["sheetfed"], ())
        if one.code == "page-count"
    )
    assert found.message.startswith("oslo_en (press): a saddle-stitched brochure of 5 pages")


def test_other_targets_are_checked() -> None:
    long = project(link="word " * 3000)
    made = lay_out(long)
    assert "overflow" not in {one.code for one in made.findings}
    found = check_other_targets(made, long, PROFILES["sheetfed"], made.findings)
    assert [one.message[:8] for one in found if one.code == "overflow"] == ["screen: "]


def comments(catalogue: Catalogue, key: str) -> list[str]:
    return catalogue.entries[key].comments.splitlines()


def test_comments_in_catalogues_name_the_editions_of_a_message() -> None:
    catalogue = make_template(open_workspace(project()), "fr")
    assert not [one for one in comments(catalogue, "head") if "needed" in one]
    assert "needed only in quebec_fr-CA" in comments(catalogue, "winter")
    assert "needed only in fr" in comments(catalogue, "summer")
    assert "needed only in fr (screen), quebec_fr-CA (screen)" in comments(catalogue, "link")
    assert not [one for one in comments(catalogue, "link") if "unused" in one]


def test_other_offices_are_not_inputs_of_an_edition() -> None:
    recorder = InputRecorder(project())
    job = open_job(recorder.shared)
    build_edition(job, CONDITIONS["screen"], "en")
    assert "file offices/oslo.yaml" not in recorder.shared.answers


def test_a_layout_without_conditions_is_shared() -> None:
    from brochure.l10n.edition_layout import Scope, select_layout
    from brochure.project import DiskProject

    layout = open_job(DiskProject(Path("layouts/leaflet"))).layout
    assert select_layout(layout, Scope("", "fr")) is layout
