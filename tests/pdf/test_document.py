"""Documents read with pypdf: pages, resources, outline, labels and ID."""

from __future__ import annotations

import io
from collections.abc import Sequence
from typing import Any

import pypdf
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st
from pypdf.generic import DictionaryObject, IndirectObject

from brochure.color.swatch import BLACK, Cmyk, Paint, Spot
from brochure.geometry import Rect
from brochure.imposition.sheets import sheets
from brochure.model.display_list import Bookmark, Item, Page, Path, outline_rect
from brochure.pdf.document import render
from brochure.pdf.metadata import DocumentInfo
from brochure.pdf.page_labels import label_ranges
from brochure.prepress.output_conditions import PRESS
from brochure.project import MemoryProject
from tests.quick import examples

FIELD = Path((outline_rect(Rect(0, 0, 10, 10)),), fill=BLACK)


def file_of(*pages: Sequence[Item], title: str = "Title", labels: Sequence[str] = ()) -> bytes:
    names = [*labels, *[""] * (len(pages) - len(labels))]
    made = [
        Page(at, name, 100, 200, 5, tuple(items))
        for at, (items, name) in enumerate(zip(pages, names, strict=True), 1)
    ]
    return render(sheets(made, PRESS), DocumentInfo(title, "en"), PRESS, MemoryProject())


def read(data: bytes) -> pypdf.PdfReader:
    return pypdf.PdfReader(io.BytesIO(data), strict=True)


def test_a_page_has_the_operators_that_were_drawn() -> None:
    reader = read(file_of([FIELD], []))
    first = reader.pages[0]
    assert first.mediabox == [0, 0, 110, 210]
    assert first.trimbox == [5, 5, 105, 205]
    content = first.get_contents()
    assert content is not None
    assert b"0 0 m 10 0 l 10 10 l 0 10 l h\nf" in content.get_data()
    assert "/Trans" not in first
    assert "/Rotate" not in first
    assert reader.metadata is not None
    assert reader.metadata.title == "Title"


def test_the_id_depends_on_the_whole_content_only() -> None:
    files = [
        file_of([FIELD]),
        file_of([FIELD]),
        file_of([]),
        file_of([FIELD], title="Title!"),
        file_of([FIELD, Bookmark("a", 1, 0)]),
    ]
    assert files[0] == files[1]
    trailers: list[Any] = [read(file).trailer for file in files]
    assert len({trailer["/ID"][0].original_bytes for trailer in trailers}) == 4


def test_every_object_is_used() -> None:
    reader = read(file_of([FIELD, Bookmark("a", 1, 0)], [FIELD]))
    used: set[int] = set()

    def follow(value: Any) -> None:
        if isinstance(value, IndirectObject):
            if value.idnum in used:
                return
            used.add(value.idnum)
            value = value.get_object()
        if isinstance(value, DictionaryObject):
            for key in value:
                follow(value.raw_get(key))
        elif isinstance(value, list):
            for one in value:
                follow(one)

    follow(reader.trailer)
    assert used == set(reader.xref[0])


@pytest.mark.parametrize("name", ["Page1", "R1", "Contents", "Ōsaka Blau", "灯", "a b/c(d)#1"])
def test_a_spot_colour_may_have_any_name(name: str) -> None:
    field = Path((outline_rect(Rect(0, 0, 10, 10)),), fill=Paint(Spot(name, Cmyk(0, 1, 0, 0), 0.5)))
    page: Any = read(file_of([field])).pages[0]
    (space,) = page["/Resources"]["/ColorSpace"].values()
    assert str(space.get_object()[1]).removeprefix("/") == name


def test_resources_of_a_page_are_those_it_uses() -> None:
    seal = Path((outline_rect(Rect(0, 0, 5, 5)),), fill=Paint(Spot("Seal", Cmyk(0, 1, 0, 0))))
    reader = read(file_of([FIELD], [seal], [FIELD]))
    kinds = [set(page["/Resources"]) for page in reader.pages]  # type: ignore[call-overload]
    assert kinds == [set(), {"/ColorSpace"}, set()]


# The outline


@settings(max_examples=examples(100))
@given(st.lists(st.tuples(st.integers(1, 4), st.integers(0, 1)), min_size=1, max_size=12))
def test_the_outline_has_the_headings_in_their_order_and_depths(
    headings: list[tuple[int, int]],
) -> None:
    pages: list[list[Item]] = [[], []]
    at_page = 0
    for at, (level, further) in enumerate(headings):
        at_page = max(at_page, further)
        pages[at_page].append(Bookmark(f"{at}", level, 10.0 + at))
    reader = read(file_of(*pages))
    found = list(flat(reader.outline))
    assert [int(str(entry.title)) for entry, _ in found] == list(range(len(headings)))
    assert [entry.top for entry, _ in found] == [15.0 + at for at in range(len(headings))]
    open_levels: list[int] = []
    for (level, _), (_, depth) in zip(headings, found, strict=True):
        while open_levels and open_levels[-1] >= level:
            open_levels.pop()
        assert depth == len(open_levels)
        open_levels.append(level)
    root: Any = reader.trailer["/Root"]
    assert root["/Outlines"]["/Count"] == len(headings)


def flat(outline: Any, depth: int = 0) -> list[tuple[pypdf.generic.Destination, int]]:
    """Return pypdf's outline, in which a list after an entry has its children, as entries with their depth."""
    found: list[tuple[pypdf.generic.Destination, int]] = []
    for entry in outline:
        if isinstance(entry, list):
            found += flat(entry, depth + 1)
        else:
            assert isinstance(entry, pypdf.generic.Destination)
            found.append((entry, depth))
    return found


# Page labels

LABELS = st.one_of(
    st.integers(1, 30).map(str), st.sampled_from(["", "ii", "1 front", "007", "A-1"])
)


@settings(max_examples=examples(100))
@given(st.lists(LABELS, min_size=1, max_size=12))
def test_labels(labels: list[str]) -> None:
    """A page without a label has its index as its label."""
    expected = [label or str(at) for at, label in enumerate(labels, 1)]
    assert read(file_of(*[[] for _ in labels], labels=labels)).page_labels == expected


def test_numbers_in_order_are_one_range() -> None:
    ranges = list(label_ranges(["", "", "3", "4", "i", "1", "2"]))
    assert [(one.page, one.start, one.prefix) for one in ranges] == [
        (0, 1, None),
        (4, None, "i"),
        (5, 1, None),
    ]
