"""Comparisons of PDFs: our own builds, and files of other programs."""

from __future__ import annotations

import io

import pypdf
import pytest
from reportlab.pdfgen.canvas import Canvas

from brochure.compare.changes import ChangeKind
from brochure.compare.comparison import compare
from brochure.compare.pdf_contents import read_pdf, read_pdf_limited
from brochure.errors import BrochureError
from tests.approval.brochures import Change
from tests.compare.brochures import compared_pdfs, contents, described, kinds, pdf
from tests.preflight.brochures import photograph


@pytest.mark.parametrize("press", [True, False])
def test_two_builds_are_identical(press: bool) -> None:
    assert compared_pdfs(Change(), press=press).is_identical


@pytest.mark.parametrize("press", [True, False])
def test_words_and_other_pages_are_identical(press: bool) -> None:
    found = compared_pdfs(Change(layout=(("wells: 41", "wells: 42"),)), press=press)
    (change,) = found.changes
    assert (change.kind, change.before, change.after) == (ChangeKind.WORDS, "41 wells", "42 wells")
    assert [pair.is_identical for pair in found.pairs] == [True, True, True, False]


def test_lines_broken_again() -> None:
    change = Change(layout=(("width 160 pt, height 72 pt", "width 150 pt, height 72 pt"),))
    found = compared_pdfs(change)
    assert ChangeKind.LINES in kinds(found)
    assert "re-broken" in found.select(ChangeKind.LINES)[0].message


def test_words_divided_at_line_ends_are_read_as_lines() -> None:
    style = ("align: start, hyphenation: no", "align: justify, hyphenation: yes")
    frame = ("width 160 pt, height 72", "width 90 pt, height 172")
    words = "Institutional responsibility notwithstanding, representatives understand. " * 2
    hyphenated = Change(layout=(style, frame), copy={"first": words})
    edition, file = contents(hyphenated), read_pdf(pdf(hyphenated), "a.pdf")
    expected = [line.text for flow in edition.flows for line in flow.lines]
    assert any(line.hyphenated for flow in edition.flows for line in flow.lines)
    assert [line.text for flow in file.flows for line in flow.lines] == expected


def test_a_moved_block() -> None:
    layout = (('figure: {at: "x 20 pt, y 20 pt', 'figure: {at: "x 20 pt, y 48.346 pt'),)
    found = compared_pdfs(Change(layout=layout))
    assert described(found) == ["'41 wells': moved 10 mm down"]


def test_pictures_inks_and_styles() -> None:
    found = compared_pdfs(Change(files={"assets/photos/field.jpg": photograph(1400, 1400)}))
    (change,) = found.changes
    assert change.kind is ChangeKind.PICTURES
    found = compared_pdfs(Change(layout=(("river: cmyk 80 30 0 0", "river: cmyk 80 40 0 0"),)))
    (change,) = found.changes
    assert change.message.startswith("C 80 M 30 Y 0 K 0 → C 80 M 40 Y 0 K 0")
    found = compared_pdfs(Change(layout=(("size: 20 pt", "size: 19 pt"),)))
    assert any(one.message.startswith("20 pt → 19 pt") for one in found.select(ChangeKind.STYLES))


def test_colours_of_screen_pdfs_are_named() -> None:
    change = Change(layout=(("river: cmyk 80 30 0 0", "river: cmyk 0 80 80 0"),))
    (found,) = compared_pdfs(change, press=False).select(ChangeKind.INKS)
    assert found.message.startswith("RGB #")


# Other programs


def drawn(*lines: str, size: tuple[float, float] = (300, 200)) -> bytes:
    """A PDF with lines of text, drawn by ReportLab."""
    out = io.BytesIO()
    canvas = Canvas(out, pagesize=size, invariant=True)
    for at, line in enumerate(lines):
        canvas.drawString(20, 150 - 14 * at, line)
    canvas.linkURL("https://example.org/" + str(len(lines)), (0, 0, 10, 10))
    canvas.save()
    return out.getvalue()


def test_any_pdfs() -> None:
    before = read_pdf(drawn("One line of text", "and another line"), "a.pdf")
    after = read_pdf(drawn("One line of words", "and another line"), "b.pdf")
    found = compare(before, after)
    (change,) = found.changes
    assert (change.before, change.after) == (
        "One line of text and another line",
        "One line of words and another line",
    )
    (mark,) = [one for one in change.marks if not one.is_after]
    assert mark.rect.x == pytest.approx(20, abs=2)
    assert 130 < mark.rect.y < 137


def test_links_of_any_pdf() -> None:
    before, after = (read_pdf(drawn(*lines), "x.pdf") for lines in (("One",), ("One", "Two")))
    found = compare(before, after)
    assert described(found, ChangeKind.LINKS) == ["https://example.org/2: changed"]


def test_a_rotated_page_is_read_as_it_is_seen() -> None:
    writer = pypdf.PdfWriter(clone_from=io.BytesIO(drawn("Text")))
    writer.pages[0].rotate(90)
    out = io.BytesIO()
    writer.write(out)
    upright, turned = read_pdf(drawn("Text"), "a.pdf"), read_pdf(out.getvalue(), "b.pdf")
    assert (turned.pages[0].width, turned.pages[0].height) == (200, 300)
    found = compare(upright, turned)
    assert ChangeKind.PAGES in kinds(found)
    assert ChangeKind.WORDS not in kinds(found)


def test_files_that_cannot_be_read() -> None:
    for data, message in (
        (b"hello", "x.pdf: is not a PDF"),
        (drawn("x")[:300], "x.pdf: "),
        (_encrypted(), "x.pdf: is protected by a password"),
    ):
        with pytest.raises(BrochureError, match=message):
            read_pdf_limited(data, "x.pdf")


def _encrypted() -> bytes:
    writer = pypdf.PdfWriter(clone_from=io.BytesIO(drawn("x")))
    writer.encrypt("secret", algorithm="RC4-128")
    out = io.BytesIO()
    writer.write(out)
    return out.getvalue()


def test_a_change_that_can_hardly_be_seen_is_reported() -> None:
    after = Change(layout=(("sand: cmyk 0 10 30 0", "sand: cmyk 0 10 31 0"),))
    (change,) = compared_pdfs(after, press=False).changes
    assert change.kind is ChangeKind.OTHER
    assert change.pages_after == (1,)
