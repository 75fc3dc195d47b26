"""`brochure impose` on the command line: files written, JSON, and errors."""

from __future__ import annotations

import json
from pathlib import Path

import pytest
from pypdf import PdfReader

from brochure.errors import ExitCode
from tests.cli.calling import call
from tests.imposition.test_external_pdf import folios
from tests.programs import run

LAYOUT = """
brochure: trial
source-language: en
size: 200 x 300 pt
bleed: 9 pt
swatches: {red: cmyk 0 100 100 0}
grid: {margins: {top: 40 pt, bottom: 40 pt, inner: 40 pt, outer: 40 pt}}
paragraph-styles: {body: {font: Source Serif 4, size: 10 pt, leading: 12 pt}}
masters: {m: {frames: {f: {at: margins, content: {folio: }}}}}
pages: [{master: m}, {master: m}, {master: m}, {master: m}]
"""


@pytest.fixture
def project(tmp_path: Path) -> Path:
    folder = tmp_path / "trial"
    (folder / "content").mkdir(parents=True)
    (folder / "brochure.yaml").write_text(LAYOUT, encoding="utf-8")
    (folder / "content" / "en.yaml").write_text("a: b\n", encoding="utf-8")
    return folder


def folios_of(path: Path) -> list[list[str]]:
    return [page.split() for page in run("pdftotext", "-layout", path, "-").split("\f")[:-1]]


def test_a_projects_booklet(project: Path, tmp_path: Path) -> None:
    out = tmp_path / "sheets.pdf"
    result = call("impose", str(project), "-o", str(out))
    assert (result.status, result.err) == (0, "")
    assert result.out.startswith(f"{out}  4 pages on 2 sides  ")
    assert folios_of(out) == [["4", "1"], ["2", "3"]]


def test_reader_spreads_are_those_of_the_layout(project: Path, tmp_path: Path) -> None:
    out = tmp_path / "proof.pdf"
    call("impose", str(project), "--scheme", "reader", "-o", str(out))
    assert folios_of(out) == [["1"], ["2", "3"], ["4"]]


def test_one_json_document(project: Path, tmp_path: Path) -> None:
    out = tmp_path / "sheets.pdf"
    result = call(
        "impose", str(project), "--paper", "A4", "--marks", "crop,fold", "--json", "-o", str(out)
    )
    assert json.loads(result.out) == {
        "imposed": {"path": str(out), "pages": 4, "sides": 2, "bytes": out.stat().st_size},
        "findings": [],
    }


def test_an_external_pdf(tmp_path: Path) -> None:
    source, out = tmp_path / "card.PDF", tmp_path / "cards.pdf"
    source.write_bytes(folios(2, (100, 50)))
    result = call(
        "impose", str(source), "--scheme", "step-and-repeat", "--paper", "A4", "-o", str(out)
    )
    assert result.status == 0
    # A4 is 595 x 842: 5 x 16 pages upright, or 8 x 11 turned; 88 are more than 80.
    page = PdfReader(out).pages[0]
    assert (page.mediabox.width, page.mediabox.height) == pytest.approx((841.89, 595.28), abs=0.01)
    assert page.get_contents().get_data().count(b" Do") == 88  # type: ignore[union-attr]


@pytest.mark.parametrize(
    ("arguments", "said"),
    [
        (["--scheme", "bookle"], "Invalid value for '--scheme': 'bookle' is not one of 'reader', "),
        (["--creep", "up"], "Invalid value for '--creep': 'up' is not one of 'in', 'out'"),
        (["--binding-edge", "top"], "Invalid value for '--binding-edge': 'top' is not one of "),
        (["--paper", "A33"], "--paper A33: 'A33' is not a page size"),
        (["--caliper", "thick"], "--caliper thick: 'thick' is not a length"),
        (["--caliper", "1 m"], "--caliper 1 m: 'm' is not a unit of length"),
        (["--caliper", "20 mm"], "--caliper 20 mm: out of range; expected 0 to 5 mm"),
        (["--grid", "2"], "--grid 2: invalid grid; expected pages across and down, e.g. 2x4"),
        (["--marks", "crops"], "--marks crops: unknown mark (did you mean 'crop'?)"),
        (["--flip", "top"], "Invalid value for '--flip': 'top' is not one of 'short', 'long'"),
        (["--paper", "A6"], "does not fit on 105 x 148 mm paper"),
        (
            ["--signature-pages", "6"],
            "--signature-pages 6: invalid number; expected a multiple of 4, e.g. 16",
        ),
    ],
)
def test_input_that_is_refused(
    project: Path, tmp_path: Path, arguments: list[str], said: str
) -> None:
    out = tmp_path / "sheets.pdf"
    answer = call("impose", str(project), *arguments, "-o", str(out))
    assert answer.status == ExitCode.USAGE
    assert said in answer.err
    assert not out.exists()


def test_a_missing_pdf(tmp_path: Path) -> None:
    answer = call("impose", str(tmp_path / "none.pdf"))
    assert answer.status == ExitCode.USAGE
    assert "none.pdf: cannot be read" in answer.err
