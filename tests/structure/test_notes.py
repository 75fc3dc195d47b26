"""Footnotes in tagged PDFs: references and notes, links in both directions, IDs and reading order."""

from __future__ import annotations

import io
from pathlib import Path
from typing import Any

import pypdf
import pytest

from brochure.api import build, lay_out
from brochure.prepress.output_conditions import SCREEN
from brochure.project import MemoryProject
from brochure.structure.reading_order import read_aloud_order
from brochure.structure.structure_tree import build_tree
from tests.structure.brochures import project
from tests.structure.conformance import assert_conforms
from tests.structure.tagged import outline_of

COPY = """
first: "A fact.[^one] Another.[^two]"
second: "A third.[^one]"
item: "An item[^three]"
notes:
  one: Its *source*.
  two: See [the site](https://example.org).
  three: |-
    First paragraph.

    Second paragraph.
"""
BLOCKS = (
    "- text: first\n- {list: [item], marker: bullet}\n- {table: [[second, words]]}\n- text: words"
)

ELEMENTS = [
    "P 'A fact.1 Another.2'",
    "  Reference",
    "    Link to # '1'",
    "  Reference",
    "    Link to # '2'",
    "Note",
    "  Lbl",
    "    Link to # '1'",
    "  P 'Its source.'",
    "Note",
    "  Lbl",
    "    Link to # '2'",
    "  P 'See the site.'",
    "    Link to https://example.org 'the site'",
    "L ListNumbering=/Disc",
    "  LI",
    "    Lbl '•'",
    "    LBody",
    "      P 'An item3'",
    "        Reference",
    "          Link to # '3'",
    "      Note",
    "        Lbl",
    "          Link to # '3'",
    "        P 'First paragraph.'",
    "        P 'Second paragraph.'",
    "Table",
    "  TR",
    "    TH Scope=/Column",
    "      P 'A third.1'",
    "        Reference",
    "          Link to # '1'",
    "    TH Scope=/Column",
    "      P 'Words that are read.'",
    "P 'Words that are read.'",
]


def make_project(language: str = "en") -> MemoryProject:
    made = project(BLOCKS, COPY, language=language)
    layout = made.read("brochure.yaml").replace(b"place: end", b"place: foot")
    return MemoryProject({**made.files, "brochure.yaml": layout})


@pytest.fixture(scope="module")
def pdf() -> bytes:
    built = build(make_project(), SCREEN)
    assert built.findings == ()
    return built.pdf


def test_notes_follow_the_paragraphs_of_their_marks(pdf: bytes) -> None:
    assert outline_of(pdf) == ELEMENTS


def test_notes_conform(pdf: bytes, tmp_path: Path) -> None:
    assert_conforms(pdf, tmp_path)


def test_every_note_has_an_id_in_the_id_tree(pdf: bytes) -> None:
    catalogue: Any = pypdf.PdfReader(io.BytesIO(pdf)).trailer["/Root"]
    root = catalogue["/StructTreeRoot"]
    names = root["/IDTree"]["/Names"]
    notes = [one.get_object() for one in names[1::2]]
    assert [note["/S"] for note in notes] == ["/Note"] * 3
    assert [note["/ID"] for note in notes] == list(names[0::2])


def test_marks_and_notes_are_linked_in_both_directions(pdf: bytes) -> None:
    page: Any = pypdf.PdfReader(io.BytesIO(pdf)).pages[0]
    links: list[Any] = [one.get_object() for one in page["/Annots"]]
    inside = [link for link in links if "/Dest" in link]
    tops: dict[str, list[tuple[float, float]]] = {str(link["/Contents"]): [] for link in inside}
    for link in inside:
        tops[str(link["/Contents"])].append((float(link["/Rect"][3]), float(link["/Dest"][3])))
    # Each number: a mark higher on the page, which leads to the note, and the note, which leads to the mark.
    for name, count in (("1", 3), ("2", 2), ("3", 2)):
        (mark, to_note), *_, (note, to_mark) = tops[name]
        assert len(tops[name]) == count
        assert mark > note
        assert to_note == pytest.approx(note, abs=0.02)
        assert to_mark == pytest.approx(mark, abs=0.02)


def test_notes_are_announced() -> None:
    made = lay_out(make_project())
    lines = [str(one) for one in read_aloud_order(build_tree(made.pages, "en"))]
    at = lines.index("note")
    assert lines[at - 3].strip() == "paragraph: A fact.1 Another.2"
    assert lines[at + 1].strip() == "label: 1"


def test_copied_text_is_in_order(pdf: bytes) -> None:
    text = pypdf.PdfReader(io.BytesIO(pdf)).pages[0].extract_text()
    words = [
        text.index(one)
        for one in ("A fact", "An item", "A third", "Its source", "the site", "Second")
    ]
    assert words == sorted(words)
