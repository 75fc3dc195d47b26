"""Signatures, tested with paper: imposed sheets are read from the PDF, folded, cut, assembled and read."""

from __future__ import annotations

import io
import itertools
from pathlib import Path

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st
from pypdf import PdfReader

from brochure.choices import Assembly, Creep, Flip, Scheme, Work
from brochure.geometry import MM
from brochure.impose import impose_pdf
from brochure.imposition.marks import MarkSet
from brochure.imposition.page_order import Nest, PageCell, SheetSide
from brochure.imposition.schemes import ImpositionOptions
from brochure.imposition.signatures import SignatureOptions, signature_sheets
from brochure.spec.finishing import PrinterMark
from tests.imposition.paper import (
    Leaf,
    Printed,
    Sheet,
    Side,
    fold,
    lay_down,
    numbered_pdf,
    read_sides,
    read_through,
    rotate,
    rotate_sheet,
    turn_over,
)
from tests.programs import run
from tests.quick import examples, only

SIZE = (60.0, 80.0)
LEFT, RIGHT = "left over right", "right over left"
TOP, BOTTOM = "top over bottom", "bottom over top"
PROGRAMMES: dict[tuple[int, int], tuple[str, ...]] = {
    (1, 2): (LEFT,),
    (2, 2): (TOP, LEFT),
    (2, 4): (RIGHT, TOP, LEFT),
    (4, 4): (BOTTOM, RIGHT, TOP, LEFT),
    (4, 2): (BOTTOM, TOP, LEFT),
    (1, 4): (RIGHT, LEFT),
}
"""The folds of a signature by its number of rows and columns, as in docs/press.md, with page 1 below."""
MIRRORED = {LEFT: RIGHT, RIGHT: LEFT}


def fold_signature(sheet: Sheet, *, left_to_right: bool) -> list[Printed]:
    """Lay down a signature with its first page below and upright, make the folds for its grid, and read it."""
    first = first_page(sheet)
    if all(leaf.down.page != first for row in sheet for (leaf,) in row):
        sheet = turn_over(sheet)
    (below,) = (leaf.down for row in sheet for (leaf,) in row if leaf.down.page == first)
    if not below.upright:
        sheet = rotate_sheet(sheet)
    for how in PROGRAMMES[len(sheet), len(sheet[0])]:
        sheet = fold(sheet, how if left_to_right else MIRRORED.get(how, how))
    return read_through(sheet)


def first_page(sheet: Sheet) -> int:
    """The lowest number on a sheet, which is the first page of its signature."""
    pages = [one.page for row in sheet for (leaf,) in row for one in (leaf.up, leaf.down)]
    return min(page for page in pages if page)


def signatures_of(sides: list[Side], work: Work) -> list[Sheet]:
    """The sheets of paper that are folded: printed on both sides, and cut in two if both sides are alike."""
    if work is Work.SHEETWISE:
        return [lay_down(front, back) for front, back in zip(sides[::2], sides[1::2], strict=True)]
    found = []
    for forme in sides:
        sheet = lay_down(forme, forme if work is Work.TURN else rotate(forme))
        halves = cut_across(sheet) if work is Work.TURN else cut_down(sheet)
        one, other = ([[stack[0] for stack in row] for row in half] for half in halves)
        # Both copies are the same signature, one of them with its other side up.
        assert pages_of(one) == pages_of(other)
        found.append(halves[0])
    return found


def pages_of(leaves: list[list[Leaf]]) -> set[int]:
    return {one.page for row in leaves for leaf in row for one in (leaf.up, leaf.down)}


def cut_across(sheet: Sheet) -> tuple[Sheet, Sheet]:
    half = len(sheet[0]) // 2
    return [row[:half] for row in sheet], [row[half:] for row in sheet]


def cut_down(sheet: Sheet) -> tuple[Sheet, Sheet]:
    half = len(sheet) // 2
    return sheet[:half], sheet[half:]


def read_block(
    pdf: bytes, folder: Path, work: Work, assembly: Assembly, *, left_to_right: bool = True
) -> list[Printed]:
    """The pages of all signatures, folded and gathered or inserted."""
    read: list[Printed] = []
    inner = 0
    for sheet in signatures_of(read_sides(pdf, folder), work):
        pages = fold_signature(sheet, left_to_right=left_to_right)
        if assembly is Assembly.GATHER:
            read += pages
        else:
            read[inner:inner] = pages
            inner += len(pages) // 2
    return read


def imposed(
    count: int, scheme: Scheme, up: int, *, left_to_right: bool = True, **more: object
) -> bytes:
    assembly = more.pop("assembly", None)
    bottling = more.pop("bottling", 0.0)
    signature = SignatureOptions(up, assembly, bottling)  # type: ignore[arg-type]
    options = ImpositionOptions(scheme, signature=signature, **more)  # type: ignore[arg-type]
    pdf = numbered_pdf(count, SIZE)
    return impose_pdf(pdf, "numbers.pdf", options, left_to_right=left_to_right).pdf


def in_order(count: int) -> list[Printed]:
    blanks = -count % 4
    return [*(Printed(number) for number in range(1, count + 1)), *[Printed(0)] * blanks]


@pytest.mark.parametrize("left_to_right", [True, False], ids=["ltr", "rtl"])
@pytest.mark.parametrize("assembly", Assembly)
@pytest.mark.parametrize("up", [4, 8, 16])
@pytest.mark.parametrize("work", Work)
def test_folded_cut_and_read_the_pages_are_in_order(
    work: Work, up: int, assembly: Assembly, left_to_right: bool, tmp_path: Path
) -> None:
    count = 3 * up * (2 if work is Work.SHEETWISE else 1)
    pdf = imposed(count, Scheme(work.value), up, left_to_right=left_to_right, assembly=assembly)
    read = read_block(pdf, tmp_path, work, assembly, left_to_right=left_to_right)
    assert same(read, in_order(count))


@pytest.mark.parametrize("assembly", Assembly)
@pytest.mark.parametrize("work", Work)
@pytest.mark.parametrize("count", only((1, 6, 20, 45), [1, 4, 6, 12, 20, 28, 45, 62]))
def test_remaining_pages_are_in_smaller_signatures(
    count: int, work: Work, assembly: Assembly, tmp_path: Path
) -> None:
    pdf = imposed(count, Scheme(work.value), 8, assembly=assembly)
    assert same(read_block(pdf, tmp_path, work, assembly), in_order(count))


def same(read: list[Printed], wanted: list[Printed]) -> bool:
    """Whether pages are in order and upright; a blank page has no orientation."""
    assert [one.page for one in read] == [one.page for one in wanted]
    return all(one.upright for one in read if one.page)


def test_heads_meet_at_the_fold(tmp_path: Path) -> None:
    """Head to head: in each pair of rows, the upper one is upside down and the lower one is not."""
    for scheme, up in ((Scheme.SHEETWISE, 8), (Scheme.SHEETWISE, 16), (Scheme.TURN, 8)):
        for side in read_sides(imposed(32, scheme, up), tmp_path):
            for at, row in enumerate(side):
                assert {one.upright for one in row} == {at % 2 == 1}


def test_backs_for_a_printer_that_turns_head_to_foot(tmp_path: Path) -> None:
    plain = read_sides(imposed(16, Scheme.SHEETWISE, 8), tmp_path)
    flipped = read_sides(imposed(16, Scheme.SHEETWISE, 8, flip=Flip.LONG), tmp_path)
    assert flipped == [plain[0], rotate(plain[1])]


# Shingling and bottling


def cells_of(sheets: tuple[tuple[SheetSide, ...], ...]) -> dict[int, PageCell]:
    return {
        cell.number: cell
        for sheet in sheets
        for side in sheet
        for row in side.rows
        for piece in row
        for cell in piece.cells
    }


@settings(max_examples=examples(40), deadline=None)
@given(st.sampled_from(Assembly), st.integers(1, 4), st.sampled_from([4, 8, 16]))
def test_creep_depends_on_the_leaves_around_a_page(assembly: Assembly, many: int, up: int) -> None:
    size, caliper = 2 * up, 0.25
    count = many * size
    nest = Nest(caliper, Creep.IN)
    cells = cells_of(
        signature_sheets(
            count, Work.SHEETWISE, SignatureOptions(up, assembly), nest, left_to_right=True
        )
    )
    whole = count if assembly is Assembly.INSERT else size
    for number, cell in cells.items():
        within = (number - 1) % whole
        around = min(within, whole - 1 - within) // 2
        # Versos are at the left of a spine and move to the right, rectos to the left.
        towards_spine = 1 if number % 2 == 0 else -1
        assert cell.shift == pytest.approx(towards_spine * around * caliper)


def test_bottling_turns_the_innermost_pages_most(tmp_path: Path) -> None:
    """The head of page 8 of 16 moves towards the spine at its right, and its foot stays in place."""
    path = tmp_path / "sheets.pdf"
    path.write_bytes(imposed(16, Scheme.SHEETWISE, 8, bottling=2.0))
    reader = PdfReader(path)
    places = {}
    for page in reader.pages:
        content = page.get_contents()
        assert content is not None
        for line in content.get_data().decode("latin-1").splitlines():
            if " cm " in line and "/F" in line:
                matrix = [float(word) for word in line.split(" cm ")[0].removeprefix("q ").split()]
                places[int(line.split("/F")[1].split()[0])] = matrix
    a, b, c, d, e, f = places[8]  # upside down on the sheet
    at_foot = (a * SIZE[0] + e, b * SIZE[0] + f)
    at_head = (a * SIZE[0] + c * SIZE[1] + e, b * SIZE[0] + d * SIZE[1] + f)
    assert at_head[0] - at_foot[0] == pytest.approx(-2.0, abs=0.01)  # to the right on the page
    assert places[1][1:3] == [0, 0]  # the outermost pages do not turn


# Milling, gutter and collating marks


def trims_of(pdf: bytes, tmp_path: Path) -> list[tuple[float, float]]:
    """Return the positions of the numbers on the first sheet, from left to right on its lowest row."""
    path = tmp_path / "sheets.pdf"
    path.write_bytes(pdf)
    words = run("pdftotext", "-f", "1", "-l", "1", "-bbox", path, "-").splitlines()
    found = []
    for line in words:
        if "<word" in line:
            box = {
                key: float(line.split(f'{key}="')[1].split('"')[0])
                for key in ("xMin", "xMax", "yMax")
            }
            found.append(((box["xMin"] + box["xMax"]) / 2, box["yMax"]))
    lowest = max(y for _, y in found)
    return sorted(place for place in found if place[1] > lowest - 20)


def test_milling_is_inside_a_pair_of_pages_and_the_gutter_between_pairs(tmp_path: Path) -> None:
    pdf = imposed(16, Scheme.SHEETWISE, 8, milling=3.0, gutter=10.0)
    xs = [x for x, _ in trims_of(pdf, tmp_path)]
    steps = [round(b - a) for a, b in itertools.pairwise(xs)]
    assert steps == [60 + 2 * 3, 60 + 10, 60 + 2 * 3]


def test_collating_marks_are_steps_on_the_spines(tmp_path: Path) -> None:
    """One black mark on the outside of each signature, 4 mm lower on each next one; none on the inside."""
    marks = MarkSet(frozenset({PrinterMark.COLLATING}))
    size = (100 * MM, 140 * MM)
    options = ImpositionOptions(
        Scheme.SHEETWISE,
        signature=SignatureOptions(4, Assembly.GATHER),
        marks=marks,
        milling=3 * MM,
    )
    pdf = impose_pdf(numbered_pdf(24, size), "book.pdf", options).pdf
    (tmp_path / "sheets.pdf").write_bytes(pdf)
    run(
        "gs",
        "-q",
        "-sDEVICE=pgmraw",
        "-r72",
        "-o",
        tmp_path / "side%d.pgm",
        tmp_path / "sheets.pdf",
    )
    tops = [black_field(tmp_path / f"side{at}.pgm") for at in range(1, 7)]
    assert tops[1::2] == [None, None, None]
    heights = [top for top in tops[::2] if top is not None]
    assert len(heights) == 3
    steps = [low - high for high, low in itertools.pairwise(heights)]
    assert steps == pytest.approx([4 * MM, 4 * MM], abs=1.01)


def black_field(path: Path) -> int | None:
    """Return the row in which a black field of 6 x 4 mm begins, or None."""
    import numpy as np
    from PIL import Image

    dark = np.asarray(Image.open(path)) < 40
    wide, high = int(6 * MM) - 1, int(4 * MM) - 1
    for y in range(dark.shape[0] - high):
        rows = dark[y : y + high]
        if rows.all(axis=0).sum() >= wide:
            return y
    return None


def test_sheets_have_fold_marks_at_all_folds_and_none_at_cuts() -> None:
    from brochure.imposition.sheet_sides import PageSize, lay_out_side

    def folds(work: Work) -> tuple[tuple[float, ...], tuple[float, ...]]:
        options = SignatureOptions(8, Assembly.GATHER)
        count = 16 if work is Work.SHEETWISE else 8
        side = signature_sheets(count, work, options, Nest(), left_to_right=True)[0][0]
        layout = lay_out_side(side, lambda _: PageSize(60, 80), 0, 10)
        return layout.folds, layout.horizontal_folds

    assert folds(Work.SHEETWISE) == ((60, 125, 190), (85,))
    assert folds(Work.TURN) == ((60, 190), (85,))  # at 125 the two copies are cut apart
    assert folds(Work.TUMBLE) == ((60, 125, 190), ())  # a fold is at 85


def test_a_pdf_is_the_same_each_time() -> None:
    assert imposed(20, Scheme.SHEETWISE, 8) == imposed(20, Scheme.SHEETWISE, 8)
    reader = PdfReader(io.BytesIO(imposed(20, Scheme.SHEETWISE, 8)))
    assert len(reader.pages) == 4
