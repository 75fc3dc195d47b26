"""Files that cannot be placed: each is an error with its place in the layout, within limits of time and memory."""

from __future__ import annotations

import io
import time

import pypdf
import pytest

from brochure.errors import InputError
from brochure.findings import Finding
from tests.artwork import pdf_files
from tests.artwork.pdf_files import make_pdf
from tests.artwork.placing import place
from tests.security.test_pictures import zeros


def refusal(pdf: bytes, keys: str = "", name: str = "art.pdf") -> Finding:
    """Return the only finding about a file that cannot be placed."""
    try:
        built = place(pdf, keys, name=name)
    except InputError as failure:
        (finding,) = failure.findings
        return finding
    assert not built.parts
    (finding,) = built.findings
    return finding


def encrypted() -> bytes:
    writer = pypdf.PdfWriter(clone_from=io.BytesIO(pdf_files.PLAIN))
    writer.encrypt("open", algorithm="AES-256")
    out = io.BytesIO()
    writer.write(out)
    return out.getvalue()


def many_objects(count: int) -> bytes:
    form = ("/Type /XObject /Subtype /Form /BBox [0 0 9 9] /Resources <<>>", b"0 0 9 9 re f")
    names = " ".join(f"/F{at} {10 + at} 0 R" for at in range(count))
    content = " ".join(f"/F{at} Do" for at in range(count))
    return make_pdf(content, f"/XObject <<{names}>>", [form] * count)


def looping() -> bytes:
    form = (
        "/Type /XObject /Subtype /Form /BBox [0 0 9 9] /Resources <</XObject <</Me 10 0 R>>>>",
        b"/Me Do",
    )
    return make_pdf("/Me Do", "/XObject <</Me 10 0 R>>", [form])


@pytest.mark.parametrize(
    ("pdf", "keys", "words"),
    [
        (pdf_files.PLAIN, ", page: 2", "it has 1 page; page 2 does not exist"),
        (make_pdf(""), "", "page 1 is empty"),
        (make_pdf("1 0 0 rg 0 0 10 10 re n"), "", "page 1 is empty"),
        (b"not a PDF", "", "is not a PDF"),
        (pdf_files.PLAIN[:200], "", "damaged"),
        (encrypted(), "", "protected by a password"),
        (many_objects(5_100), "", "more than 5,000 objects"),
        (looping(), "", "in a loop"),
        (make_pdf("n " * 200_100), "", "more than 200,000 operators"),
        (make_pdf("/Nothing sh"), "", "a gradient in it is damaged"),
        (make_pdf("/No cs 1 sc 0 0 9 9 re f"), "", "a colour space is damaged"),
        (make_pdf("0 0 9 9 re f", page="/MediaBox [0 0 0.1 0.1]"), "", "cannot be placed"),
    ],
)
def test_a_file_that_cannot_be_placed_is_refused(pdf: bytes, keys: str, words: str) -> None:
    finding = refusal(pdf, keys)
    assert finding.code == "artwork-unusable"
    assert words in finding.message
    assert "art.pdf" in finding.message
    assert finding.span
    assert (finding.span.file, finding.span.line) == ("brochure.yaml", 11)


@pytest.mark.parametrize("name", ["art.eps", "art.ai", "art.pdf"])
def test_postscript_is_refused_with_advice(name: str) -> None:
    finding = refusal(b"%!PS-Adobe-3.0 EPSF-3.0\nshowpage\n", name=name)
    assert "PostScript or EPS" in finding.message
    assert "save it as PDF" in finding.message


def test_an_ai_file_with_pdf_content_is_placed() -> None:
    assert place(pdf_files.PLAIN, name="logo.ai").parts


def test_a_bomb_is_refused_within_the_limits() -> None:
    pdf = make_pdf(
        "q 9 0 0 9 0 0 cm /Img Do Q",
        "/XObject <</Img 10 0 R>>",
        [
            (
                "/Type /XObject /Subtype /Image /Width 10000 /Height 10000 /ColorSpace /DeviceRGB"
                " /BitsPerComponent 8 /Filter /FlateDecode",
                zeros(400),
            )
        ],
    )
    start = time.process_time()
    finding = refusal(pdf)
    assert "art.pdf" in finding.message
    assert time.process_time() - start < 10


def test_damaged_operators_raise_no_exception() -> None:
    """Damaged operators in a page are skipped or refused, never a traceback."""
    for content in (
        "1 0 0 rg re f 0 0 9 9 re f",
        "Q Q 0 0 9 9 re f",
        "0 0 9 9 re f q q",
        "BT 0 0 9 9 re f",
    ):
        assert place(make_pdf(content)).parts
