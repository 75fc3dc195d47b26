"""Properties of an external PDF that imposed sheets keep: version, metadata, output intent and page group; read with pypdf."""

from __future__ import annotations

import io
import re
from typing import Any

import pytest
from lxml import etree
from pypdf import PdfReader, PdfWriter
from pypdf.generic import DictionaryObject, NameObject, TextStringObject

from brochure.choices import Scheme
from brochure.impose import impose_pdf
from brochure.imposition.marks import ALL_MARKS
from brochure.imposition.schemes import ImpositionOptions
from brochure.preflight import DEFAULT, PROFILES
from brochure.preflight.session import check_pdf
from tests.pdf_input.files import make_pdf, write
from tests.preflight.brochures import finished

BOOKLET = ImpositionOptions(Scheme.BOOKLET, marks=ALL_MARKS)


def opened(data: bytes) -> Any:
    """Open the file with pypdf; the types of its objects are not declared."""
    return PdfReader(io.BytesIO(data))


PRODUCTION = (
    *("/Title", "/CreationDate", "/ModDate", "/Trapped"),
    *("/GTS_PDFXVersion", "/GTS_PDFXConformance"),
)


def read_fields(packet: bytes) -> dict[str, str]:
    """The fields of an XMP packet by name without prefix, as text."""
    (description,) = etree.fromstring(packet)[0]
    return {
        etree.QName(one).localname: "".join(map(str, one.itertext())).strip() for one in description
    }


def imposed(data: bytes) -> Any:
    return opened(impose_pdf(data, "a.pdf", BOOKLET).pdf)


@pytest.mark.parametrize("standard", ["", "x-1a"])
def test_a_press_file_stays_one(standard: str) -> None:
    data = finished("press", standard)
    before, after = opened(data), imposed(data)
    assert after.pdf_header == before.pdf_header
    assert {key: after.metadata.get(key) for key in PRODUCTION} == {
        key: before.metadata.get(key) for key in PRODUCTION
    }
    assert str(after.metadata["/Trapped"]) == "/False"
    old, new = (read_fields(one.root_object["/Metadata"].get_data()) for one in (before, after))
    assert {"CreateDate", "DocumentID", "Trapped", "title"} <= set(new)
    assert new == {key: value for key, value in old.items() if key in new}
    assert ("GTS_PDFXVersion" in new) is ("GTS_PDFXVersion" in old)
    assert not {"creator", "CreatorTool", "Producer"} & set(new)
    (intent,), (kept,) = (one.root_object["/OutputIntents"] for one in (before, after))
    for key in ("/S", "/OutputConditionIdentifier", "/RegistryName"):
        assert kept.get_object().get(key) == intent.get_object().get(key)
    profile = intent.get_object()["/DestOutputProfile"].get_data()
    assert kept.get_object()["/DestOutputProfile"].get_data() == profile
    assert "/ID" in after.trailer
    sheets = impose_pdf(data, "a.pdf", BOOKLET).pdf
    codes = {one.code for one in check_pdf(sheets, "sheets.pdf", PROFILES[DEFAULT])}
    assert codes & {"pdfx", "output-intent", "metadata", "boxes", "page-size", "fonts"} == set()


def with_group(space: str) -> bytes:
    writer = PdfWriter(clone_from=io.BytesIO(make_pdf("1 0 0 rg 0 0 50 50 re f", {})))
    writer.pages[0][NameObject("/Group")] = DictionaryObject(
        {
            NameObject("/S"): NameObject("/Transparency"),
            NameObject("/CS"): NameObject(space),
        }
    )
    return write(writer)


@pytest.mark.parametrize("space", ["/DeviceCMYK", "/DeviceRGB"])
def test_sheets_blend_in_the_colour_space_of_the_pages(space: str) -> None:
    sheets = imposed(with_group(space))
    assert [page["/Group"]["/CS"] for page in sheets.pages] == [space] * len(sheets.pages)
    forms: Any = sheets.pages[0]["/Resources"]["/XObject"]
    groups = [one.get_object().get("/Group") for one in forms.values()]
    assert [group["/CS"] for group in groups if group] == [space]


@pytest.mark.parametrize("version", ["1.3", "1.4", "1.7", "2.0"])
def test_the_version_is_kept(version: str) -> None:
    data = re.sub(rb"%PDF-\d\.\d", b"%PDF-" + version.encode(), make_pdf("", {}), count=1)
    assert imposed(data).pdf_header == f"%PDF-{version}"


def test_a_plain_file_claims_no_standard() -> None:
    sheets = imposed(make_pdf("", {}))
    assert "/Metadata" not in sheets.root_object
    assert "/OutputIntents" not in sheets.root_object
    assert "/GTS_PDFXVersion" not in (sheets.metadata or {})
    assert "/Group" not in sheets.pages[0]


def test_a_claim_of_tags_is_not_kept_and_the_rest_is() -> None:
    data = finished("screen")
    packet = opened(data).root_object["/Metadata"].get_data()
    assert b"pdfuaid:part" in packet
    kept = imposed(data).root_object["/Metadata"].get_data()
    assert b"pdfuaid:part" not in kept
    assert b"A clean brochure" in kept


def test_entries_of_the_wrong_type_are_left_out() -> None:
    writer = PdfWriter(clone_from=io.BytesIO(make_pdf("", {})))
    writer.root_object[NameObject("/OutputIntents")] = TextStringObject("none")
    writer.root_object[NameObject("/Metadata")] = TextStringObject("none")
    writer.root_object[NameObject("/Version")] = TextStringObject("nine")
    sheets = imposed(write(writer))
    assert "/Metadata" not in sheets.root_object
    assert "/Version" not in sheets.root_object
    assert "/OutputIntents" not in sheets.root_object
