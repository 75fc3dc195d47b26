"""The text of QR codes, decoded by another program (zxing-cpp) from the modules and from pages of finished PDFs."""

from __future__ import annotations

import io

import pypdfium2
import pytest
import zxingcpp
from hypothesis import given, settings
from hypothesis import strategies as st
from PIL import Image

from brochure.api import build, build_record, open_job
from brochure.blocks._qr_code import QUIET_ZONE, Correction, Matrix, encode_qr
from brochure.build_values import Job
from brochure.findings import Span
from brochure.l10n.number_format import Fact
from brochure.l10n.personalization import Record
from brochure.prepress.output_conditions import SCREEN
from brochure.project import MemoryProject
from tests.quick import examples

MODULE = 4
"""Pixels of a module."""


def decode(image: Image.Image) -> str:
    """Return the text of the only QR code of an image."""
    [found] = zxingcpp.read_barcodes(image)
    return str(found.text)


def draw(code: Matrix) -> Image.Image:
    """Return an image of the modules with their quiet zone."""
    side = len(code) + 2 * QUIET_ZONE
    image = Image.new("L", (side, side), 255)
    for row, modules in enumerate(code):
        for column, is_dark in enumerate(modules):
            if is_dark:
                image.putpixel((column + QUIET_ZONE, row + QUIET_ZONE), 0)
    return image.resize((side * MODULE, side * MODULE), Image.Resampling.NEAREST)


TEXTS = st.text(
    st.characters(codec="utf-8", exclude_categories=("Cc", "Cs", "Co", "Cn")) | st.just("\n"),
    min_size=1,
    max_size=60,
)


@given(TEXTS, st.sampled_from(Correction))
@settings(max_examples=examples(60))
def test_every_text_is_read_back(text: str, correction: Correction) -> None:
    code = encode_qr(text, correction)
    assert code is not None
    assert decode(draw(code)) == text


@pytest.mark.parametrize(
    "text", ["ÄÖÜ", "«Oui»", "日本語", "សួស្តី", "ការពារ", "Привет", "שלום", "点茗"]
)
def test_scripts(text: str) -> None:
    code = encode_qr(text, Correction.MEDIUM)
    assert code is not None
    assert decode(draw(code)) == text


def test_text_that_is_not_ascii_has_an_eci() -> None:
    # A symbol of version 1 holds 14 bytes; the ECI designator takes 12 bits of them.
    assert len(encode_qr("n" * 14, Correction.MEDIUM) or ()) == 21
    assert len(encode_qr("é" * 7, Correction.MEDIUM) or ()) == 25


LAYOUT = """\
brochure: codes
size: A6
binding: none
variables: {name: "Anna's *Lamp*", zip: "01234", rate: 0.00004, count: 1775}
merge-fields: {who: "Zoë_~1~", home: "https://example.org/"}
pages: [{frames: {w: {at: margins, content: {qr: BLOCK, alt: none, size: 60 mm}}}}]
"""


def job(copy: str, block: str = "a") -> Job:
    files = {
        "brochure.yaml": LAYOUT.replace("BLOCK", block).encode(),
        "content/en.yaml": copy.encode(),
    }
    return open_job(MemoryProject(files))


def read_page(pdf: bytes) -> str:
    page = pypdfium2.PdfDocument(io.BytesIO(pdf))[0]
    return decode(page.render(scale=3).to_pil())


def content(copy: str, block: str = "a") -> str:
    """Return the text of the code on the page of a finished PDF."""
    built = build(job(copy, block).project, SCREEN)
    assert built.parts, built.findings
    return read_page(built.pdf)


@pytest.mark.parametrize(
    ("copy", "expected"),
    [
        ('a: "WIFI:T:WPA;S:Anna\'s Lamp;P:wait...;;"', "WIFI:T:WPA;S:Anna's Lamp;P:wait...;;"),
        ("a: 'WIFI:T:WPA;S:a\\;b;P:x\\:y**z;;'", "WIFI:T:WPA;S:a\\;b;P:x\\:y**z;;"),
        (
            "a: \"https://example.org/~anna/?q='a'&r=2*3*4&v=~1~\"",
            "https://example.org/~anna/?q='a'&r=2*3*4&v=~1~",
        ),
        ("a: \"«Oui» -- 'non'\"", "«Oui» -- 'non'"),
        (
            "a: |\n  BEGIN:VCARD\n  VERSION:3.0\n  FN:Zoë O'Neil\n  END:VCARD\n",
            "BEGIN:VCARD\nVERSION:3.0\nFN:Zoë O'Neil\nEND:VCARD",
        ),
        ("a: '[words](https://example.org) **b**'", "[words](https://example.org) **b**"),
        ("a: '{name}, {zip}, {count, number}'", "Anna's *Lamp*, 01234, 1,775"),
        ("a: 'S:{record_who};'", "S:Zoë_~1~;"),
        ("a: 'https://example.org/?to={record_who}'", "https://example.org/?to=Zo%C3%AB_~1~"),
    ],
)
def test_the_messages_own_characters(copy: str, expected: str) -> None:
    assert content(copy) == expected


@pytest.mark.parametrize(
    ("name", "expected"),
    [
        ("zip", "01234"),
        ("rate", "0.00004"),
        ("count", "1775"),
        ("name", "Anna's *Lamp*"),
        ("record_home", "https://example.org/"),
    ],
)
def test_a_variable_is_used_as_it_is(name: str, expected: str) -> None:
    assert content("a: unused", f", value: {name}") == expected


def test_a_message_that_is_printed_too() -> None:
    opened = job('a: "it\'s **strong**"')
    source = opened.project.read("brochure.yaml").decode()
    both = source.replace("content: {", "content: [{text: a}, {").replace("mm}}}}]", "mm}]}}}]")
    files = {"brochure.yaml": both.encode(), "content/en.yaml": b'a: "it\'s **strong**"'}
    built = build(MemoryProject(files), SCREEN)
    assert read_page(built.pdf) == "it's **strong**"


def test_each_record_has_its_own_code() -> None:
    opened = job("a: 'https://example.org/?to={record_who}'")
    for number, who in enumerate(("Ann & Bo", "שלום"), 1):
        fields: dict[str, Fact] = {"who": who, "home": ""}
        built = build_record(opened, SCREEN, Record(number, Span("people.csv", number + 1), fields))
        assert built.parts, built.findings
        quoted = {"Ann & Bo": "Ann%20%26%20Bo", "שלום": "%D7%A9%D7%9C%D7%95%D7%9D"}[who]
        assert read_page(built.pdf) == f"https://example.org/?to={quoted}"
