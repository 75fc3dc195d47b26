"""Findings in patterns, Type 3 glyphs, soft masks, annotations and inherited resources, within limits."""

from __future__ import annotations

import io
import time
from typing import Any

import pytest
from pypdf import PdfWriter
from pypdf.generic import NumberObject, StreamObject

from brochure.findings import Finding
from brochure.preflight.model import PageObjects
from brochure.preflight.pdf_reader.document import open_pdf, read_objects
from tests.preflight import files as f
from tests.preflight.brochures import finished
from tests.preflight.pdfx_seeds import (
    AREA,
    PLACE,
    check,
    encoded,
    form,
    image,
    lzw,
    masked,
    numbers,
    spot,
    stream,
    with_form,
)

RED = "1 0 0 rg 0 0 5 5 re f"


def cell(operators: str, **entries: Any) -> StreamObject:
    """A tiling pattern with a cell of 5 points."""
    given = {
        "PatternType": NumberObject(1),
        "PaintType": NumberObject(1),
        "TilingType": NumberObject(1),
        "BBox": numbers(0, 0, 5, 5),
        "XStep": NumberObject(5),
        "YStep": NumberObject(5),
        "Resources": f.dictionary(),
    }
    return stream(operators.encode(), **{**given, **entries})


def filled(pattern: Any) -> f.Edit:
    """An area that is filled with a pattern."""
    return f.drawn(f"/Pattern cs /X scn {AREA}", Pattern={"/X": pattern})


def type3(operators: str) -> Any:
    """A font with one glyph, a, of 40 x 20 points at a size of 20."""
    return f.dictionary(
        Type=f.name("/Font"),
        Subtype=f.name("/Type3"),
        FontBBox=numbers(0, 0, 40, 20),
        FontMatrix=numbers(0.05, 0, 0, 0.05, 0, 0),
        FirstChar=NumberObject(97),
        LastChar=NumberObject(97),
        Widths=numbers(40),
        Encoding=f.dictionary(Differences=f.array(NumberObject(97), f.name("/a"))),
        CharProcs=f.dictionary(a=stream(operators.encode())),
        Resources=f.dictionary(),
    )


def shown(font: Any) -> f.Edit:
    return f.drawn("0 0 0 1 k BT /X 20 Tf 60 70 Td (a) Tj ET", Font={"/X": font})


def referred(edit: Any) -> f.Edit:
    """An edit with a function that adds an object to the file."""
    return lambda writer: edit(writer, writer._add_object)(writer)


def shading(space: Any) -> Any:
    function = f.dictionary(
        FunctionType=NumberObject(2),
        Domain=numbers(0, 1),
        C0=numbers(0),
        C1=numbers(1),
        N=NumberObject(1),
    )
    return f.dictionary(
        ShadingType=NumberObject(2),
        ColorSpace=space,
        Coords=numbers(0, 0, 99, 99),
        Function=function,
    )


def annotated(appearance: StreamObject) -> f.Edit:
    """A printer's mark, which PDF/X allows, with an appearance of 40 x 20 points."""

    def edit(writer: PdfWriter) -> None:
        page: Any = writer.pages[0]
        x, y = page.trimbox.left, page.trimbox.bottom
        mark = f.dictionary(
            Subtype=f.name("/PrinterMark"),
            Rect=numbers(x + 60, y + 70, x + 100, y + 90),
            AP=f.dictionary(N=writer._add_object(appearance)),
        )
        page[f.name("/Annots")] = f.array(mark)

    return edit


def found(edit: f.Edit) -> list[Finding]:
    return list(check(f.edited(finished(), edit)))


@pytest.mark.parametrize(
    "edit",
    [
        referred(lambda _, add: filled(add(cell(RED)))),
        referred(
            lambda _, add: filled(
                f.dictionary(PatternType=NumberObject(2), Shading=shading(f.name("/DeviceRGB")))
            )
        ),
        referred(lambda _, add: shown(type3(f"40 0 d0 {RED}"))),
        with_form(
            form("/Y Do", Resources=f.dictionary(XObject=f.dictionary(Y=form(f"1 0 0 rg {AREA}"))))
        ),
        annotated(form("1 0 0 rg 0 0 40 20 re f", BBox=numbers(0, 0, 40, 20))),
    ],
    ids=["a pattern", "a shading pattern", "a glyph", "a form in a form", "an annotation"],
)
def test_rgb_is_found_everywhere(edit: f.Edit) -> None:
    (finding,) = found(edit)
    assert (finding.code, finding.page) == ("colour-space", 1)
    assert finding.at == pytest.approx(PLACE, abs=5)


@pytest.mark.parametrize(
    "edit",
    [
        referred(lambda _, add: filled(add(cell("0 0 5 5 re f", PaintType=NumberObject(2))))),
        referred(lambda _, add: shown(type3(f"40 0 0 0 40 20 d1 {RED}"))),
    ],
    ids=["an uncoloured pattern", "an uncoloured glyph"],
)
def test_content_without_colour_has_the_colour_of_its_use(edit: f.Edit) -> None:
    assert found(edit) == []


def with_lzw(made: StreamObject, writer: PdfWriter) -> StreamObject:
    """A form, cell or mask with an image in LZW in its resources."""
    reference = writer._add_object(encoded(lzw(b"\x80" * 200), "/LZWDecode", image()))
    made[f.name("/Resources")] = f.dictionary(XObject=f.dictionary(X=reference))
    return made


def test_a_forbidden_object_is_found_in_a_soft_mask() -> None:
    group = f.dictionary(S=f.name("/Transparency"), CS=f.name("/DeviceGray"))
    operators = "40 0 0 20 60 70 cm /X Do"
    edit = lambda writer: masked(with_lzw(form(operators, Group=group), writer))(writer)  # noqa: E731
    assert [one.code for one in found(edit)] == ["compression"]


def test_a_forbidden_object_that_is_not_painted_is_found_on_its_page() -> None:
    def edit(writer: PdfWriter) -> None:
        with_form(with_lzw(form("", BBox=numbers(0, 0, 1, 1)), writer))(writer)

    (finding,) = found(edit)
    assert (finding.code, finding.page, finding.at) == ("compression", 1, None)


def test_inherited_resources_are_examined() -> None:
    def edit(writer: PdfWriter) -> None:
        page: Any = writer.pages[1]
        own = page["/Resources"].get_object()
        states = own.setdefault(f.name("/ExtGState"), f.dictionary()).get_object()
        states[f.name("/X")] = f.dictionary(TR=f.name("/Unknown"))
        page["/Parent"].get_object()[f.name("/Resources")] = own
        del page["/Resources"]

    (finding,) = found(edit)
    assert (finding.code, finding.page) == ("transfer-function", 2)


def test_spot_inks_inside_forms_are_declared_and_used() -> None:
    spaces = f.dictionary(ColorSpace=f.dictionary(S=spot("Gold")))
    (unused,) = found(with_form(form(AREA, Resources=spaces)))
    assert (unused.code, unused.page) == ("spot-unused", 1)
    assert "'Gold'" in unused.message
    assert found(with_form(form(f"/S cs 1 scn {AREA}", Resources=spaces))) == []


@pytest.mark.parametrize("kind", ["pattern", "glyph", "form", "annotation"])
def test_content_that_uses_itself_ends(kind: str) -> None:
    def edit(writer: PdfWriter) -> None:
        if kind == "pattern":
            own = cell(f"/Pattern cs /X scn {AREA}")
            reference = writer._add_object(own)
            own[f.name("/Resources")] = f.dictionary(Pattern=f.dictionary(X=reference))
            filled(reference)(writer)
        elif kind == "glyph":
            font = type3("40 0 d0 BT /X 1 Tf (a) Tj ET")
            reference = writer._add_object(font)
            font[f.name("/Resources")] = f.dictionary(Font=f.dictionary(X=reference))
            shown(reference)(writer)
        else:
            own = form("/X Do")
            reference = writer._add_object(own)
            own[f.name("/Resources")] = f.dictionary(XObject=f.dictionary(X=reference))
            edit_form = (
                annotated(own)
                if kind == "annotation"
                else f.drawn("/X Do", XObject={"/X": reference})
            )
            edit_form(writer)

    objects = read(f.edited(finished(), edit))
    assert len(objects.pages) == 4


def read(pdf: bytes) -> PageObjects:
    return read_objects(open_pdf(pdf, "a.pdf"))[0]


def blank(operators: str) -> bytes:
    """A page with operators, and a pattern cell, a glyph and a graphics state to paint with."""
    writer = PdfWriter()
    page: Any = writer.add_blank_page(500, 500)
    page[f.name("/Resources")] = f.dictionary(
        Pattern=f.dictionary(X=writer._add_object(cell(RED))),
        Font=f.dictionary(X=type3(f"40 0 d0 {RED}")),
        ExtGState=f.dictionary(X=f.dictionary(HT=f.name("/Default"))),
    )
    page[f.name("/Contents")] = writer._add_object(stream(operators.encode()))
    out = io.BytesIO()
    writer.write(out)
    return out.getvalue()


def seconds_for(count: int) -> float:
    """Processor time for a page that paints many areas and letters with patterns and glyphs."""
    one = "/X gs /Pattern cs /X scn 10 10 9 9 re f BT /X 1 Tf (a) Tj ET 0 0 0 1 k 10 10 9 9 re f "
    data = blank(one * count)
    start = time.process_time()
    page = read(data).pages[0]
    assert len(page.objects) == 3 * count
    return time.process_time() - start


def test_the_time_for_many_objects_is_proportional_to_their_number() -> None:
    seconds_for(100)  # imports
    few, many = seconds_for(500), seconds_for(3_000)
    assert many < 6 * few * 2


def test_errors_of_many_kinds_are_counted_together() -> None:
    operators = " ".join(f"x{number}" for number in range(5_000))
    page = read(blank(operators)).pages[0]
    assert len(page.syntax) == 21
    assert sum(count for _, count in page.syntax) == 5_000
