"""Files that are not manuscripts, damaged, encrypted or too large: an error with advice, and no file is written."""

from __future__ import annotations

import io
import zipfile
from pathlib import Path

import pytest

from brochure.errors import ExitCode
from brochure.system import archives
from tests.cli.calling import call
from tests.manuscript.made_word import document, packed, paragraph, parts, relationships
from tests.manuscript.projects import write_project

GOOD = document(paragraph("Words"))
OLE = bytes.fromhex("d0cf11e0a1b11ae1")
BOMB = '<!DOCTYPE a [<!ENTITY b "bbbbbbbb"><!ENTITY c "&b;&b;&b;">]><a>&c;</a>'


def with_part(name: str, text: str | bytes) -> bytes:
    return packed(parts(paragraph("Words")) | {name: text})


def encrypted() -> bytes:
    data = bytearray(GOOD)
    for signature, offset in ((b"PK\x03\x04", 6), (b"PK\x01\x02", 8)):
        at = 0
        while (at := data.find(signature, at)) >= 0:
            data[at + offset] |= 1
            at += 4
    return bytes(data)


REFUSED = {
    "empty": (b"", "story.docx", "not a Word document"),
    "text": (b"hello", "story.docx", "a Markdown file has a name that ends in .md"),
    "doc": (OLE + b"rest", "story.doc", "a Word 97-2003 document (.doc)"),
    "password": (
        OLE + "EncryptedPackage".encode("utf-16-le"),
        "story.docx",
        "protected by a password",
    ),
    "rtf": (b"{\\rtf1\\ansi words}", "story.rtf", "a Rich Text file (.rtf)"),
    "pdf": (b"%PDF-1.7", "story.docx", "this is a PDF"),
    "html": (b"\n<html><body>", "story.doc", "an HTML file"),
    "odt": (packed({"mimetype": "application/vnd.oasis.opendocument.text"}), "story.odt", "(.odt)"),
    "workbook": (packed({"xl/workbook.xml": "<workbook/>"}), "story.docx", "it has no main text"),
    "truncated": (GOOD[: len(GOOD) // 2], "story.docx", "damaged or incomplete"),
    "encrypted": (encrypted(), "story.docx", "protected by a password"),
    "entities": (with_part("word/document.xml", BOMB), "story.docx", "document type declaration"),
    "not well-formed": (
        with_part("word/document.xml", "<a><b></a>"),
        "story.docx",
        "not well-formed",
    ),
    "no body": (
        with_part(
            "word/document.xml",
            "<w:document xmlns:w='http://schemas.openxmlformats.org/wordprocessingml/2006/main'/>",
        ),
        "story.docx",
        "the document has no text",
    ),
    "no words": (document(paragraph("")), "story.docx", "the manuscript has no text"),
    "too deep": (
        document("<w:sdt><w:sdtContent>" * 60 + "</w:sdtContent></w:sdt>" * 60),
        "story.docx",
        "100 levels",
    ),
    "latin-1": ("Café".encode("latin-1"), "story.md", "not UTF-8"),
    "large text": (b"word " * 300_000, "story.md", "the maximum is 1,000,000"),
    "long paragraph": (document(paragraph("word " * 5_000)), "story.docx", "the maximum is 20,000"),
    "many paragraphs": (b"a\n\n" * 5_001, "story.md", "more than 5,000 paragraphs"),
}


@pytest.mark.parametrize("name", REFUSED)
def test_it_is_refused_and_nothing_is_written(name: str, tmp_path: Path) -> None:
    data, file, message = REFUSED[name]
    write_project(tmp_path / "p")
    (tmp_path / file).write_bytes(data)
    before = {path: path.read_bytes() for path in (tmp_path / "p").rglob("*") if path.is_file()}
    result = call("text", "import-copy", tmp_path / file, tmp_path / "p")
    assert result.status == ExitCode.INVALID_INPUT
    assert message in result.err
    assert {
        path: path.read_bytes() for path in (tmp_path / "p").rglob("*") if path.is_file()
    } == before


def test_an_archive_that_unpacks_to_too_much(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(archives, "MAX_PART", 1_000)
    write_project(tmp_path / "p")
    (tmp_path / "story.docx").write_bytes(document(paragraph("word " * 2_000)))
    result = call("text", "import-copy", tmp_path / "story.docx", tmp_path / "p")
    assert (result.status, "the limit is 1,000 bytes" in result.err) == (
        ExitCode.INVALID_INPUT,
        True,
    )


def test_a_member_that_is_longer_than_declared(tmp_path: Path) -> None:
    out = io.BytesIO()
    with zipfile.ZipFile(out, "w") as archive:
        archive.writestr("word/document.xml", b"<a>" + b" " * 1000)
    data = bytearray(out.getvalue())
    at = data.index(b"PK\x01\x02")
    data[at + 24 : at + 28] = (10).to_bytes(4, "little")
    write_project(tmp_path / "p")
    (tmp_path / "story.docx").write_bytes(data)
    result = call("text", "import-copy", tmp_path / "story.docx", tmp_path / "p")
    assert result.status == ExitCode.INVALID_INPUT


OTHER_PRODUCERS = {
    "a relationship to a part that does not exist": with_part(
        "word/_rels/document.xml.rels",
        relationships([("r1", "styles", "NULL", False), ("r2", "image", "../NULL", False)]),
    ),
    "no relationships": packed(
        {"word/document.xml": parts(paragraph("Words"))["word/document.xml"]}
    ),
    "a main part of another name": packed(
        {
            "_rels/.rels": relationships([("r", "officeDocument", "/doc/main.xml", False)]),
            "doc/main.xml": parts(paragraph("Words"))["word/document.xml"],
        }
    ),
    "strict": packed(
        {
            name: str(text)
            .replace(
                "http://schemas.openxmlformats.org/wordprocessingml/2006/main",
                "http://purl.oclc.org/ooxml/wordprocessingml/main",
            )
            .replace(
                "http://schemas.openxmlformats.org/officeDocument/2006/relationships",
                "http://purl.oclc.org/ooxml/officeDocument/relationships",
            )
            for name, text in parts(paragraph("Words")).items()
        }
    ),
}


@pytest.mark.parametrize("name", OTHER_PRODUCERS)
def test_documents_of_other_producers_are_read(name: str, tmp_path: Path) -> None:
    write_project(tmp_path / "p")
    (tmp_path / "story.docx").write_bytes(OTHER_PRODUCERS[name])
    result = call("text", "import-copy", tmp_path / "story.docx", tmp_path / "p", "--json")
    assert result.status == 0
    assert '"story.text"' in result.out
