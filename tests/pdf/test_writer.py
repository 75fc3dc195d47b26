"""The file that the writer puts together, read back: its objects, its pages, its outline and its ID."""

from __future__ import annotations

import ast
import io
from pathlib import Path
from typing import Any

import pypdf
from hypothesis import given
from hypothesis import strategies as st

import brochure
from brochure.geometry import Rect
from brochure.pdf.outline import Mark
from brochure.pdf.writer import Writer, WrittenPage


def page(*marks: Mark, operators: str = "0 0 10 10 re f") -> WrittenPage:
    """A page of 100 by 200 pt."""
    whole = Rect(0, 0, 100, 200)
    return WrittenPage(100, 200, whole, Rect(5, 5, 90, 190), [operators], [], marks)


def file_of(*pages: WrittenPage, more: str = "") -> bytes:
    writer = Writer("en")
    for one in pages:
        writer.page(one)
    writer.resources()
    writer.info(Title=f"(Title{more})")
    return b"".join(writer.whole())


def test_a_page_is_read_back_as_it_was_written() -> None:
    read = pypdf.PdfReader(io.BytesIO(file_of(page(), page(operators="1 g"))), strict=True)
    first, second = read.pages
    assert first.mediabox == [0, 0, 100, 200]
    assert first.trimbox == [5, 5, 95, 195]
    assert first.get_contents().get_data() == b"0 0 10 10 re f"  # type: ignore[union-attr]
    assert second.get_contents().get_data() == b"1 g"  # type: ignore[union-attr]
    assert read.metadata
    assert read.metadata.title == "Title"


def test_the_id_hangs_on_everything_and_on_nothing_else() -> None:
    files = [
        file_of(page()),
        file_of(page()),
        file_of(page(operators="1 g")),
        file_of(page(), more="!"),
        file_of(page(Mark("a", 1, 0))),
    ]
    assert files[0] == files[1]
    trailers: list[Any] = [pypdf.PdfReader(io.BytesIO(file)).trailer for file in files]
    assert len({trailer["/ID"][0].original_bytes for trailer in trailers}) == 4


def test_what_is_named_before_it_is_there() -> None:
    writer = Writer("en")
    ahead = writer.page_reference(2)
    writer.refer(f"[{ahead} /Fit]", "place")
    writer.page(page())
    writer.page(page())
    writer.resources()
    writer.info(Title="(t)")
    writer.catalog(OpenAction=writer.refer(f"[{ahead} /Fit]", "open"))
    read = pypdf.PdfReader(io.BytesIO(b"".join(writer.whole())), strict=True)
    root: Any = read.trailer["/Root"]
    first, second = (one.indirect_reference for one in read.pages)
    assert root["/OpenAction"].get_object().__getitem__(0).indirect_reference == second != first


@given(st.lists(st.tuples(st.integers(1, 4), st.integers(0, 1)), min_size=1, max_size=12))
def test_the_outline_has_the_headings_in_their_order_and_depths(
    headings: list[tuple[int, int]],
) -> None:
    marks: list[list[Mark]] = [[], []]
    at_page = 0
    for at, (level, further) in enumerate(headings):
        at_page = max(at_page, further)
        marks[at_page].append(Mark(f"{at}", level, 10.0 + at))
    read = pypdf.PdfReader(io.BytesIO(file_of(page(*marks[0]), page(*marks[1]))), strict=True)
    found = list(flat(read.outline))
    assert [int(str(entry.title)) for entry, _ in found] == list(range(len(headings)))
    assert [entry.top for entry, _ in found] == [10.0 + at for at in range(len(headings))]
    depths = [depth for _, depth in found]
    open_levels: list[int] = []
    for (level, _), depth in zip(headings, depths, strict=True):
        while open_levels and open_levels[-1] >= level:
            open_levels.pop()
        assert depth == len(open_levels)
        open_levels.append(level)
    root: Any = read.trailer["/Root"]
    assert root["/Outlines"]["/Count"] == len(headings)


def flat(outline: Any, depth: int = 0) -> list[tuple[pypdf.generic.Destination, int]]:
    """pypdf's outline, which has an entry's own as a list behind it, each with its depth."""
    found: list[tuple[pypdf.generic.Destination, int]] = []
    for entry in outline:
        if isinstance(entry, list):
            found += flat(entry, depth + 1)
        else:
            assert isinstance(entry, pypdf.generic.Destination)
            found.append((entry, depth))
    return found


def test_nobody_needs_reportlab() -> None:
    house = Path(brochure.__file__).parent
    users = [path for path in house.rglob("*.py") if "reportlab" in imported(path)]
    assert users == []


def imported(path: Path) -> set[str]:
    """The outermost packages that a file imports."""
    found: set[str] = set()
    for node in ast.walk(ast.parse(path.read_text(encoding="utf-8"))):
        if isinstance(node, ast.Import):
            found.update(alias.name.split(".")[0] for alias in node.names)
        elif isinstance(node, ast.ImportFrom) and node.module:
            found.add(node.module.split(".")[0])
    return found
