"""The screen PDF around its tags: conformance claims, metadata, output intent, size and file structure."""

from __future__ import annotations

import io
import re
from typing import Any

import pypdf
import pytest
from lxml import etree

from brochure.api import build
from brochure.color.icc_profile import srgb
from brochure.pdf.xmp import PREFIXES
from brochure.prepress.output_conditions import PRESS, SCREEN
from tests.blocks.setting import jpeg
from tests.structure.brochures import project, screen, tagged
from tests.structure.tagged import faults

BLOCKS = "- {heading: head, level: 1}\n- text: words"


def root(pdf: bytes) -> Any:
    return pypdf.PdfReader(io.BytesIO(pdf)).trailer["/Root"]


def test_catalogue_has_mark_info_and_language() -> None:
    catalogue = root(tagged(BLOCKS))
    assert bool(catalogue["/MarkInfo"]["/Marked"]) is True
    assert catalogue["/Lang"] == "en"
    assert bool(catalogue["/ViewerPreferences"]["/DisplayDocTitle"]) is True


def test_tab_order_follows_the_structure_on_every_page() -> None:
    pages: list[Any] = list(pypdf.PdfReader(io.BytesIO(screen("proven-model", "en"))).pages)
    assert [page["/Tabs"] for page in pages] == ["/S"] * 12
    assert [page["/StructParents"] for page in pages] == list(range(12))


def test_metadata_and_properties_agree() -> None:
    pdf = screen("proven-model", "en")
    info: Any = pypdf.PdfReader(io.BytesIO(pdf)).metadata
    stream = root(pdf)["/Metadata"]
    assert "/Filter" not in stream
    xmp = etree.fromstring(stream.get_data())

    def value(space: str, name: str) -> str:
        (found,) = xmp.iter(f"{{{PREFIXES[space]}}}{name}")
        return "".join(map(str, found.itertext())).strip()

    core = [value("dc", name) for name in ("title", "creator", "description")]
    assert core == [info.title, info.author, info.subject]
    assert value("xmp", "CreatorTool") == info.creator
    assert value("pdf", "Producer") == info.producer


def test_metadata_claim_both_standards() -> None:
    text = root(tagged(BLOCKS))["/Metadata"].get_data().decode()
    assert "<pdfuaid:part>1</pdfuaid:part>" in text
    assert "<pdfaid:part>2</pdfaid:part>" in text
    assert "<pdfaid:conformance>A</pdfaid:conformance>" in text
    # PDF/A does not define the metadata of PDF/UA, so the file describes their schema.
    assert "<pdfaSchema:prefix>pdfuaid</pdfaSchema:prefix>" in text


def test_output_intent_is_srgb() -> None:
    (intent,) = root(tagged(BLOCKS))["/OutputIntents"]
    intent = intent.get_object()
    assert intent["/S"] == "/GTS_PDFA1"
    profile = intent["/DestOutputProfile"].get_object()
    assert profile["/N"] == 3
    # ICC.1:2010, 7.2: the class at 12, the space at 16, the signature at 36.
    data = profile.get_data()
    assert (data[12:16], data[16:20], data[36:40]) == (b"mntr", b"RGB ", b"acsp")
    assert data == srgb()
    assert data[24:30] == bytes((7, 208, 0, 1, 0, 1))  # 2000-01-01: independent of the clock


def test_no_cmyk_colours() -> None:
    pdf = screen("proven-model", "en")
    for page in pypdf.PdfReader(io.BytesIO(pdf)).pages:
        content: Any = page["/Contents"]
        operators = content.get_object().get_data().decode("ascii")
        assert not re.search(r"(?m)\s[kK]$|\sscn$", operators)


def test_a_press_file_has_no_tags() -> None:
    built = build(project(BLOCKS), PRESS)
    catalogue = root(built.pdf)
    assert {"/StructTreeRoot", "/MarkInfo"} & catalogue.keys() == set()
    content: Any = pypdf.PdfReader(io.BytesIO(built.pdf)).pages[0]["/Contents"]
    assert b"BDC" not in content.get_object().get_data()


# The file


def test_dictionaries_are_in_object_streams() -> None:
    pdf = tagged(BLOCKS)
    assert pdf.startswith(b"%PDF-1.7")
    assert b"/ObjStm" in pdf
    assert b"/XRef" in pdf
    # Only streams are outside object streams, including those two kinds.
    assert pdf.count(b" 0 obj") == pdf.count(b"endstream\n")
    assert b"\nxref\n" not in pdf


def test_the_sample_is_small() -> None:
    # Twelve pages, six of them with pictures over the whole page at 150 ppi.
    assert len(screen("proven-model", "en")) < 1_500_000


@pytest.mark.parametrize(("ppi", "most"), [(100, 121), (60, 73)])
def test_picture_resolution_follows_the_layout(ppi: int, most: int) -> None:
    made = project(
        "- {image: b.jpg, alt: alt, height: 100 pt}", files={"assets/b.jpg": jpeg(1600, 800)}
    )
    layout = made.files["brochure.yaml"] + f"screen: {{ppi: {ppi}}}\n".encode()
    built = build(project("", files={**made.files, "brochure.yaml": layout}), SCREEN)
    (image,) = pypdf.PdfReader(io.BytesIO(built.pdf)).pages[0].images
    assert image.image is not None
    # 200 pt wide and twice as wide as tall: 200 / 72 inches.
    assert image.image.width == pytest.approx(200 / 72 * ppi, abs=1)
    assert image.image.width * 72 / 200 < most


def test_output_is_reproducible() -> None:
    assert tagged(BLOCKS) == tagged(BLOCKS)


def test_transparency_is_blended_in_srgb() -> None:
    pdf = tagged(
        "- {box: {text: words}, background: ember 40%}\n- {image: a.jpg, alt: alt, height: 60 pt, opacity: 50%}"
    )
    page: Any = pypdf.PdfReader(io.BytesIO(pdf)).pages[0]
    assert page["/Group"]["/CS"] == "/DeviceRGB"
    assert faults(pdf) == []
