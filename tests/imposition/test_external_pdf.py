"""PDFs of other programs on printer's sheets: unusual boxes, rotated pages; the results are read by other programs."""

from __future__ import annotations

import io
import random
import re
from pathlib import Path

import numpy as np
import pytest
from PIL import Image
from pypdf import PdfReader, PdfWriter
from pypdf.generic import (
    ArrayObject,
    DecodedStreamObject,
    DictionaryObject,
    FloatObject,
    NameObject,
    NumberObject,
)

from brochure.choices import Flip, Scheme
from brochure.errors import BrochureError
from brochure.geometry import MM
from brochure.impose import impose_pdf
from brochure.imposition.external_pdf import open_external
from brochure.imposition.marks import ALL_MARKS
from brochure.imposition.page_order import Nest
from brochure.imposition.schemes import ImpositionOptions
from tests.pdf.pixels import drawn, letters, seen
from tests.programs import run

NAMES = {".": (255, 255, 255), "a": (255, 0, 0), "b": (0, 0, 255), "g": (0, 255, 0), "k": (0, 0, 0)}
Box = tuple[float, float, float, float]


def pdf(*pages: tuple[str, Box, dict[str, object]]) -> bytes:
    """Write a PDF of these pages: operators, media box, and further entries (boxes as tuples)."""
    writer = PdfWriter()
    for ops, media, entries in pages:
        page = writer.add_blank_page(10, 10)
        page[NameObject("/MediaBox")] = box(media)
        for key, value in entries.items():
            page[NameObject(f"/{key}")] = (
                box(value) if isinstance(value, tuple) else NumberObject(value)
            )
        stream = DecodedStreamObject()
        stream.set_data(ops.encode())
        page[NameObject("/Contents")] = writer._add_object(stream)
    out = io.BytesIO()
    writer.write(out)
    return out.getvalue()


def box(edges: Box) -> ArrayObject:
    return ArrayObject(FloatObject(edge) for edge in edges)


def field(colour: str, rect: str) -> str:
    return f"{colour} rg {rect} re f"


RED, GREEN, BLUE = "1 0 0", "0 1 0", "0 0 1"


def first(data: bytes, asked: ImpositionOptions) -> str:
    return letters(seen(impose_pdf(data, "odd.pdf", asked).pdf), NAMES)


READER = ImpositionOptions(Scheme.READER)


def test_a_trim_away_from_the_corner_is_moved_to_the_corner() -> None:
    # The media box begins at (100, 50); the trim is 4 x 3 in the middle of it, red with a blue pixel at its upper left.
    ops = f"{field(GREEN, '100 50 10 10')} {field(RED, '103 53 4 3')} {field(BLUE, '103 55 1 1')}"
    data = pdf((ops, (100, 50, 110, 60), {"TrimBox": (103, 53, 107, 56)}))
    assert first(data, READER) == drawn("""
        baaa
        aaaa
        aaaa
    """)


def test_the_bleed_box_is_kept_around_the_trim() -> None:
    ops = f"{field(GREEN, '0 0 10 10')} {field(RED, '3 3 4 3')} {field(BLUE, '3 5 1 1')}"
    data = pdf((ops, (0, 0, 10, 10), {"TrimBox": (3, 3, 7, 6), "BleedBox": (2, 2, 8, 7)}))
    assert first(data, READER) == drawn("""
        gggggg
        gbaaag
        gaaaag
        gaaaag
        gggggg
    """)


def test_without_a_trim_box_the_crop_box_is_used() -> None:
    ops = f"{field(GREEN, '0 0 10 10')} {field(RED, '2 4 5 2')}"
    assert first(pdf((ops, (0, 0, 10, 10), {"CropBox": (2, 4, 7, 6)})), READER) == drawn("""
        aaaaa
        aaaaa
    """)


def test_boxes_may_have_any_two_corners_and_exceed_the_media_box() -> None:
    ops = field(RED, "0 0 4 3")
    data = pdf((ops, (4, 3, 0, 0), {"TrimBox": (-5, -5, 50, 50)}))
    assert first(data, READER) == drawn("""
        aaaa
        aaaa
        aaaa
    """)


TURNED = {
    0: """
        baaa
        aaaa
        aaak
    """,
    90: """
        aab
        aaa
        aaa
        kaa
    """,
    180: """
        kaaa
        aaaa
        aaab
    """,
    270: """
        aak
        aaa
        aaa
        baa
    """,
}


@pytest.mark.parametrize("turned", [0, 90, 180, 270, -90, 450])
def test_rotated_pages_are_placed_as_a_viewer_shows_them(turned: int) -> None:
    """Rotated clockwise (ISO 32000-1, table 30), around any corner that the boxes have."""
    ops = (
        f"{field(GREEN, '0 0 20 20')} {field(RED, '5 6 4 3')} {field(BLUE, '5 8 1 1')}"
        f" {field('0 0 0', '8 6 1 1')}"
    )
    data = pdf((ops, (0, 0, 20, 20), {"TrimBox": (5, 6, 9, 9), "Rotate": turned}))
    assert first(data, READER) == drawn(TURNED[turned % 360])


def test_user_units_are_applied() -> None:
    data = pdf((field(RED, "0 0 2 1"), (0, 0, 2, 1), {"UserUnit": 2}))
    assert first(data, READER) == drawn("""
        aaaa
        aaaa
    """)


def test_pages_of_several_sizes_are_centred_on_the_largest() -> None:
    data = pdf(
        (field(RED, "0 0 4 4"), (0, 0, 4, 4), {}),
        (field(BLUE, "0 0 2 2"), (0, 0, 2, 2), {}),
    )
    sheets = impose_pdf(data, "odd.pdf", ImpositionOptions(Scheme.N_UP, grid=(2, 1)))
    assert [finding.code for finding in sheets.findings] == ["page-sizes"]
    assert letters(seen(sheets.pdf), NAMES) == drawn("""
        aaaa....
        aaaa.bb.
        aaaa.bb.
        aaaa....
    """)


def test_an_unrestored_graphics_state_does_not_affect_other_pages() -> None:
    data = pdf(
        (f"q q 0.5 0 0 0.5 0 0 cm {field(RED, '0 0 8 8')}", (0, 0, 4, 2), {}),
        (field(BLUE, "0 0 4 2"), (0, 0, 4, 2), {}),
    )
    assert first(data, ImpositionOptions(Scheme.N_UP, grid=(2, 1))) == drawn("""
        aaaabbbb
        aaaabbbb
    """)


# Booklets


def folios(
    count: int, size: tuple[float, float] = (200, 300), entries: dict[str, object] | None = None
) -> bytes:
    """Pages that show their number, in a standard font of the viewer."""
    writer = PdfWriter(
        clone_from=io.BytesIO(
            pdf(
                *[
                    (f"BT /F 40 Tf 80 130 Td (p{number}) Tj ET", (0, 0, *size), entries or {})
                    for number in range(1, count + 1)
                ]
            )
        )
    )
    font = DictionaryObject(
        {
            NameObject("/Type"): NameObject("/Font"),
            NameObject("/Subtype"): NameObject("/Type1"),
            NameObject("/BaseFont"): NameObject("/Helvetica"),
        }
    )
    for page in writer.pages:
        fonts = DictionaryObject({NameObject("/F"): font})
        page[NameObject("/Resources")] = DictionaryObject({NameObject("/Font"): fonts})
    out = io.BytesIO()
    writer.write(out)
    return out.getvalue()


def read_back(data: bytes, folder: Path) -> list[list[str]]:
    """Read the folios of each sheet with poppler, from left to right."""
    (folder / "sheets.pdf").write_bytes(data)
    text = run("pdftotext", "-layout", folder / "sheets.pdf", "-")
    return [re.findall(r"p\d+", page) for page in text.split("\f")[:-1]]


def test_the_pages_of_a_booklet_are_in_order(tmp_path: Path) -> None:
    sheets = impose_pdf(folios(8), "eight.pdf", ImpositionOptions())
    assert read_back(sheets.pdf, tmp_path) == [
        ["p8", "p1"],
        ["p2", "p7"],
        ["p6", "p3"],
        ["p4", "p5"],
    ]
    assert (sheets.name, sheets.pages, sheets.sides) == ("eight_booklet", 8, 4)
    assert sheets.findings == ()


def test_blank_pages_are_added_and_reported(tmp_path: Path) -> None:
    sheets = impose_pdf(folios(5), "five.pdf", ImpositionOptions())
    assert read_back(sheets.pdf, tmp_path) == [["p1"], ["p2"], ["p3"], ["p4", "p5"]]
    (finding,) = sheets.findings
    assert str(finding) == "note: 3 blank pages were added after page 5"


def test_the_direction_is_that_of_the_viewer_preferences_or_the_option(tmp_path: Path) -> None:
    writer = PdfWriter(clone_from=io.BytesIO(folios(4)))
    writer.root_object[NameObject("/ViewerPreferences")] = DictionaryObject(
        {NameObject("/Direction"): NameObject("/R2L")}
    )
    out = io.BytesIO()
    writer.write(out)
    sheets = impose_pdf(out.getvalue(), "four.pdf", ImpositionOptions())
    assert read_back(sheets.pdf, tmp_path) == [["p1", "p4"], ["p3", "p2"]]
    told = impose_pdf(out.getvalue(), "four.pdf", ImpositionOptions(), left_to_right=True)
    assert read_back(told.pdf, tmp_path)[0] == ["p4", "p1"]


def test_vectors_and_text_are_kept(tmp_path: Path) -> None:
    sheets = impose_pdf(
        folios(4), "four.pdf", ImpositionOptions(marks=ALL_MARKS, paper=(1190, 842))
    )
    (tmp_path / "sheets.pdf").write_bytes(sheets.pdf)
    assert len(run("pdfimages", "-list", tmp_path / "sheets.pdf").splitlines()) == 2  # its top
    assert "Helvetica" in run("pdffonts", tmp_path / "sheets.pdf")
    run("qpdf", "--check", tmp_path / "sheets.pdf")
    run("mutool", "draw", "-q", "-F", "text", "-o", tmp_path / "text", tmp_path / "sheets.pdf")


def test_boxes_of_the_sheet(tmp_path: Path) -> None:
    sheets = impose_pdf(folios(4), "four.pdf", ImpositionOptions(paper=(842, 595)))
    (tmp_path / "sheets.pdf").write_bytes(sheets.pdf)
    result = run("pdfinfo", "-box", tmp_path / "sheets.pdf")
    boxes = {
        key: [float(n) for n in edges.split()]
        for key, edges in re.findall(r"(\w+Box): +(.*)", result)
    }
    assert boxes["MediaBox"] == [0, 0, 842, 595]
    # 400 x 300 in the middle of the sheet: (842 - 400) / 2 = 221, (595 - 300) / 2 = 147.5.
    assert boxes["TrimBox"] == [221, 147.5, 621, 447.5]


def test_a_layer_that_is_off_stays_off() -> None:
    ops = f"{field(BLUE, '0 0 4 2')} /OC /L BDC {field(RED, '0 0 4 2')} EMC"
    writer = PdfWriter(clone_from=io.BytesIO(pdf((ops, (0, 0, 4, 2), {}))))
    kind, name = NameObject("/OCG"), NameObject("/layer")
    layer = writer._add_object(
        DictionaryObject({NameObject("/Type"): kind, NameObject("/Name"): name})
    )
    off = DictionaryObject({NameObject("/OFF"): ArrayObject([layer])})
    writer.root_object[NameObject("/OCProperties")] = DictionaryObject(
        {NameObject("/OCGs"): ArrayObject([layer]), NameObject("/D"): off}
    )
    named = DictionaryObject({NameObject("/L"): layer})
    writer.pages[0][NameObject("/Resources")] = DictionaryObject({NameObject("/Properties"): named})
    out = io.BytesIO()
    writer.write(out)
    assert first(out.getvalue(), READER) == drawn("""
        bbbb
        bbbb
    """)


def test_output_intents_are_kept() -> None:
    writer = PdfWriter(clone_from=io.BytesIO(folios(1)))
    intent = DictionaryObject({NameObject("/S"): NameObject("/GTS_PDFX")})
    writer.root_object[NameObject("/OutputIntents")] = ArrayObject([writer._add_object(intent)])
    out = io.BytesIO()
    writer.write(out)
    sheets = PdfReader(io.BytesIO(impose_pdf(out.getvalue(), "intent.pdf", READER).pdf))
    assert [one.get_object() for one in sheets.root_object["/OutputIntents"]] == [intent]  # type: ignore[attr-defined]


def test_a_file_of_ghostscript(tmp_path: Path) -> None:
    script = " ".join(
        f"/Helvetica 30 selectfont 30 50 moveto (p{n}) show showpage" for n in range(1, 5)
    )
    source = tmp_path / "gs.pdf"
    run(
        "gs",
        "-q",
        "-dBATCH",
        "-dNOPAUSE",
        "-sDEVICE=pdfwrite",
        "-g1500x1000",
        "-r72",
        f"-o{source}",
        "-c",
        script,
    )
    sheets = impose_pdf(source.read_bytes(), "gs.pdf", ImpositionOptions(nest=Nest(0.3)))
    assert read_back(sheets.pdf, tmp_path) == [["p4", "p1"], ["p2", "p3"]]


def test_the_back_is_turned_for_a_printer_that_flips_on_the_long_edge() -> None:
    corner: list[tuple[str, Box, dict[str, object]]] = [
        (f"{field(c, '0 0 3 4')} {field('0 0 0', '0 3 1 1')}", (0.0, 0.0, 3.0, 4.0), {})
        for c in (RED, GREEN, BLUE, "1 1 1")
    ]
    for flip, back in ((Flip.SHORT, "kggkbb"), (Flip.LONG, "bbbggg")):
        sheets = impose_pdf(pdf(*corner), "f.pdf", ImpositionOptions(flip=flip))
        writer = PdfWriter()
        writer.append(io.BytesIO(sheets.pdf), pages=(1, 2))
        out = io.BytesIO()
        writer.write(out)
        assert letters(seen(out.getvalue()), NAMES).splitlines()[0] == back


# What cannot be done


@pytest.mark.parametrize("data", [b"", b"no PDF", b"%PDF-1.4\n%%EOF", b"%PDF-1.7\n1 0 obj\n<<>>"])
def test_a_file_that_is_not_a_pdf_is_refused_by_name(data: bytes) -> None:
    with pytest.raises(BrochureError, match=r"^bad\.pdf: "):
        open_external(data, "bad.pdf")


def test_a_damaged_file_is_refused_or_imposed_and_never_a_traceback() -> None:
    whole = folios(3)
    dice = random.Random(4)
    refused: list[str] = []
    for _ in range(150):
        broken = bytearray(whole)
        for _ in range(dice.randint(1, 12)):
            broken[dice.randrange(len(broken))] = dice.randrange(256)
        try:
            impose_pdf(
                bytes(broken[: dice.choice((len(broken), len(broken) // 2))]), "x.pdf", READER
            )
        except BrochureError as failure:
            refused.append(str(failure))
    assert 0 < len(refused) < 150
    assert all(message.startswith("x.pdf: ") for message in refused)


@pytest.mark.parametrize("media", [(0, 0, 0, 0), (0, 0, 10, 0), (0, 0, 1e6, 10)])
def test_a_page_without_a_printable_size_is_refused(media: Box) -> None:
    with pytest.raises(BrochureError, match="the size of page 1 is not printable"):
        open_external(pdf(("", media, {})), "odd.pdf")


def test_omitted_content_is_reported() -> None:
    writer = PdfWriter(clone_from=io.BytesIO(folios(3)))
    for at, kind in ((0, "/Link"), (2, "/Widget")):
        note = DictionaryObject(
            {NameObject("/Subtype"): NameObject(kind), NameObject("/Rect"): box((0, 0, 9, 9))}
        )
        writer.pages[at][NameObject("/Annots")] = ArrayObject([writer._add_object(note)])
    out = io.BytesIO()
    writer.write(out)
    (finding,) = impose_pdf(out.getvalue(), "form.pdf", READER).findings
    assert finding.message == "form.pdf: form fields, notes or stamps on page 3 are not copied"


def test_an_encrypted_file_is_refused() -> None:
    writer = PdfWriter(clone_from=io.BytesIO(folios(1)))
    writer.encrypt("secret", algorithm="RC4-128")
    out = io.BytesIO()
    writer.write(out)
    with pytest.raises(BrochureError, match="is protected by a password"):
        open_external(out.getvalue(), "locked.pdf")


def test_paper_that_is_too_small_is_refused() -> None:
    with pytest.raises(
        BrochureError, match=r"^the sheet is 141.1 x 105.8 mm when trimmed and does not fit"
    ):
        impose_pdf(folios(4), "four.pdf", ImpositionOptions(paper=(300, 300)))


def test_paper_too_small_for_bleed_or_marks_is_reported() -> None:
    entries: dict[str, object] = {"TrimBox": (10, 10, 190, 290), "BleedBox": (4, 4, 196, 296)}
    data = folios(4, entries=entries)
    tight = impose_pdf(data, "four.pdf", ImpositionOptions(paper=(364, 290)))
    assert [finding.code for finding in tight.findings] == ["bleed-cut"]
    # 360 x 280 trimmed, with 6 pt of bleed: there is space for 372 x 292, but not for marks.
    marked = impose_pdf(data, "four.pdf", ImpositionOptions(paper=(380, 300), marks=ALL_MARKS))
    assert [finding.code for finding in marked.findings] == ["marks-cut"]


def test_boxes_never_leave_the_paper(tmp_path: Path) -> None:
    entries: dict[str, object] = {"TrimBox": (10, 10, 190, 290), "BleedBox": (4, 4, 196, 296)}
    sheets = impose_pdf(folios(4, entries=entries), "four.pdf", ImpositionOptions(paper=(364, 290)))
    page = PdfReader(io.BytesIO(sheets.pdf)).pages[0]
    # 360 x 280 in the middle of 364 x 290: 2 and 5 pt remain of a bleed of 6.
    assert [float(edge) for edge in page.bleedbox] == [0, 0, 364, 290]
    assert [float(edge) for edge in page.trimbox] == [2, 5, 362, 285]


def test_marks_on_sheets_of_an_external_pdf_are_on_every_plate(tmp_path: Path) -> None:
    sheets = impose_pdf(folios(1), "one.pdf", ImpositionOptions(Scheme.READER, marks=ALL_MARKS))
    source = tmp_path / "marks.pdf"
    source.write_bytes(sheets.pdf)
    run(
        "gs",
        "-q",
        "-dBATCH",
        "-dNOPAUSE",
        "-sDEVICE=tiffsep",
        "-r144",
        f"-o{tmp_path}/p.tif",
        source,
    )
    # The upright crop mark at the upper left. Without bleed there are 3 + 5 + 1 mm at the side, and 14 mm at the head, where
    # the tick is 6 to 11 mm from the edge; two pixels a point.
    x = round(9 * MM * 2)
    for ink in ("Cyan", "Magenta", "Yellow", "Black"):
        plate = np.asarray(Image.open(tmp_path / f"p({ink}).tif").convert("L"))
        tick = plate[round(8 * MM * 2) : round(10 * MM * 2), x - 3 : x + 4]
        assert tick.min() < 128, ink
