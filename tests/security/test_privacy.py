"""Personal data in pictures, drawings and other PDFs, and data about this machine, are not in finished files."""

from __future__ import annotations

import io
from pathlib import Path
from typing import Any

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
    StreamObject,
    TextStringObject,
)

from brochure.choices import Scheme
from brochure.images.personal_data import find_personal_data
from brochure.impose import impose_pdf
from brochure.imposition.schemes import ImpositionOptions
from tests.cli.calling import call
from tests.security.attacks import built, lay
from tests.security.planted import PICTURES, SAID, SIDE, WORD, found, jpeg, picture

USER = "qwertyperson"


def layout(*pictures: str) -> str:
    """A page for each picture: in its size, and small, so that it is reduced."""
    pages = "\n".join(
        f"  - frames: {{a: {{at: margins, content: [{_block(name, '60 mm')}, {_block(name, '9 mm')}]}}}}"
        for name in pictures
    )
    return f"brochure: trial\nsize: A6\nbinding: none\nbleed: 3 mm\nsource-language: en\npreflight: off\npages:\n{pages}\n"


def _block(name: str, height: str) -> str:
    return f"{{image: {name}, alt: none, height: {height}, space-after: 1 mm}}"


OUTPUTS = [
    ("--target", "screen", "--previews"),
    ("--target", "press"),
    ("--target", "booklet"),
]


@pytest.fixture(scope="module")
def project(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """A project with all the pictures, in a folder whose name must not be in the output either."""
    folder = tmp_path_factory.mktemp("hidden-folder")
    files = {f"assets/{name}": data for name, data in PICTURES.items()}
    return lay(folder, files, layout(*PICTURES))


def test_the_word_is_in_every_picture() -> None:
    assert [name for name, data in PICTURES.items() if data.count(SAID) < 3] == []


@pytest.mark.parametrize("output", OUTPUTS, ids=lambda words: words[1])
def test_no_output_contains_metadata_of_pictures(
    output: tuple[str, ...], project: Path, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    for variable in ("USER", "LOGNAME", "USERNAME", "HOSTNAME"):
        monkeypatch.setenv(variable, USER)
    result = built(project, *output, "-o", str(tmp_path / "out"))
    assert result.status == 0, result.err
    files = [path for path in (tmp_path / "out").rglob("*") if path.is_file()]
    assert any(path.suffix == ".pdf" for path in files)
    assert len(files) > 1 or "--previews" not in output
    private = (WORD, USER, str(project), project.name, str(tmp_path))
    for path in files:
        assert found(path.read_bytes(), tmp_path, *private) == [], path.name


def test_flattened_pictures_have_no_metadata(tmp_path: Path) -> None:
    """PDF/X-1a, where alpha is flattened on the paper."""
    flat = ("plain.jpg", "inks.jpg", "clear.png", "clear.webp", "inks.tif")
    text = layout(*flat) + "press: {condition: coated-fogra39, standard: x-1a}\n"
    folder = lay(tmp_path / "flat", {f"assets/{name}": PICTURES[name] for name in flat}, text)
    result = built(folder, "--target", "press", "-o", str(tmp_path / "out"))
    assert result.status == 0, result.err
    (path,) = (tmp_path / "out").glob("*.pdf")
    assert found(path.read_bytes(), tmp_path, WORD, str(tmp_path)) == []


def test_the_pixels_of_a_stripped_jpeg_are_unchanged(project: Path, tmp_path: Path) -> None:
    """It is not encoded again: the stream is the file without the hidden words."""
    result = built(project, "--target", "screen", "-o", str(tmp_path))
    assert result.status == 0, result.err
    (path,) = tmp_path.glob("*.pdf")
    out = io.BytesIO()
    picture().convert("RGB").save(out, "JPEG", quality=90)
    page: Any = PdfReader(path).pages[list(PICTURES).index("plain.jpg")]
    streams = [one.get_object()._data for one in page["/Resources"]["/XObject"].values()]
    assert out.getvalue() in streams


# Other PDFs


def stream(data: bytes, **entries: object) -> StreamObject:
    made = DecodedStreamObject()
    made.set_data(data)
    for key, value in entries.items():
        made[NameObject(f"/{key}")] = value
    return made


def names(**entries: object) -> DictionaryObject:
    return DictionaryObject({NameObject(f"/{key}"): value for key, value in entries.items()})


TITLE = "Yearly report"
DOCUMENT_XMP = f"""<?xpacket begin="\ufeff" id="W5M0MpCehiHzreSzNTczkc9d"?>
<x:xmpmeta xmlns:x="adobe:ns:meta/" x:xmptk="{WORD}"><!-- {WORD} -->
<rdf:RDF xmlns:rdf="http://www.w3.org/1999/02/22-rdf-syntax-ns#">
<rdf:Description rdf:about="{WORD}" xmlns:xmp="http://ns.adobe.com/xap/1.0/" xmlns:own="{WORD}" own:data="{WORD}"
 xmlns:pdfx="http://ns.adobe.com/pdfx/1.3/" pdfx:Company="{WORD}" pdfx:GTS_PDFXVersion="/home/{WORD}"
 xmp:CreateDate="2026-01-02T03:04:05Z" xmp:ModifyDate="{WORD} 2026" xmp:CreatorTool="C:\\{WORD}\\tool.exe"/>
<rdf:Description rdf:about="" xmlns:dc="http://purl.org/dc/elements/1.1/" xmlns:xmpMM="http://ns.adobe.com/xap/1.0/mm/"
 xmlns:stEvt="http://ns.adobe.com/xap/1.0/sType/ResourceEvent#" xmlns:stRef="http://ns.adobe.com/xap/1.0/sType/ResourceRef#"
 xmlns:pdfxid="http://www.npes.org/pdfx/ns/id/" xmlns:pdf="http://ns.adobe.com/pdf/1.3/">
<dc:title><rdf:Alt><rdf:li xml:lang="x-default">{TITLE}</rdf:li></rdf:Alt></dc:title>
<dc:creator><rdf:Seq><rdf:li>{WORD}</rdf:li></rdf:Seq></dc:creator><pdf:Producer>{WORD}</pdf:Producer>
<pdfxid:GTS_PDFXVersion>PDF/X-4</pdfxid:GTS_PDFXVersion><pdf:Trapped>False</pdf:Trapped>
<xmpMM:DocumentID>xmp.did:0a1b</xmpMM:DocumentID><xmpMM:VersionID>/home/{WORD}</xmpMM:VersionID>
<xmpMM:History><rdf:Seq><rdf:li stEvt:action="saved" stEvt:softwareAgent="{WORD}" stEvt:parameters="/home/{WORD}"/></rdf:Seq>
</xmpMM:History><xmpMM:DerivedFrom stRef:filePath="/home/{WORD}"/>
</rdf:Description></rdf:RDF></x:xmpmeta><?xpacket end="w"?>""".encode()


def planted_pdf(flate: bool = False, packet: bytes = DOCUMENT_XMP) -> bytes:
    """A page with the word in all its invisible parts."""
    writer = PdfWriter()
    page = writer.add_blank_page(200, 200)
    word = TextStringObject(WORD)
    private = {
        "Metadata": writer._add_object(stream(SAID, Type=NameObject("/Metadata"))),
        "PieceInfo": names(Illustrator=names(Private=word, LastModified=word)),
        "LastModified": word,
    }
    photo = stream(jpeg(), Width=NumberObject(SIDE), Height=NumberObject(SIDE))
    for key, value in (("Subtype", "/Image"), ("ColorSpace", "/DeviceRGB")):
        photo[NameObject(f"/{key}")] = NameObject(value)
    photo[NameObject("/BitsPerComponent")] = NumberObject(8)
    if flate:
        photo = photo.flate_encode()
        photo[NameObject("/Filter")] = ArrayObject(
            [NameObject("/FlateDecode"), NameObject("/DCTDecode")]
        )
    else:
        photo[NameObject("/Filter")] = NameObject("/DCTDecode")
    photo.update(names(**private, OPI=names(F=word), AF=ArrayObject([names(F=word)])))
    form = stream(b"100 0 0 100 0 0 cm /P Do", Subtype=NameObject("/Form"), **private)
    form[NameObject("/BBox")] = ArrayObject(map(FloatObject, (0, 0, 200, 200)))
    form[NameObject("/Ref")] = names(F=word, Page=NumberObject(0))
    form[NameObject("/Resources")] = names(XObject=names(P=writer._add_object(photo)))
    page[NameObject("/Contents")] = writer._add_object(stream(b"/F Do"))
    page[NameObject("/Resources")] = names(XObject=names(F=writer._add_object(form)))
    page[NameObject("/Group")] = names(S=NameObject("/Transparency"), **private)
    page.update(names(**private, Thumb=writer._add_object(stream(SAID))))
    layer = names(
        Type=NameObject("/OCG"),
        Name=TextStringObject("Layer 1"),
        Usage=names(CreatorInfo=names(Creator=word, Subtype=NameObject("/Artwork"))),
    )
    groups = ArrayObject([writer._add_object(layer)])
    writer.root_object[NameObject("/OCProperties")] = names(OCGs=groups, D=names(Order=groups))
    writer.root_object.update(names(**private))
    writer.root_object[NameObject("/Metadata")] = writer._add_object(stream(packet))
    entries = ("/Author", "/Subject", "/Keywords", "/Creator", "/Producer", "/Company")
    writer.add_metadata({**dict.fromkeys(entries, WORD), "/Title": TITLE, "/Trapped": "/False"})
    writer.add_attachment("notes.txt", SAID)
    out = io.BytesIO()
    writer.write(out)
    return out.getvalue()


@pytest.mark.parametrize("flate", [False, True], ids=["plain", "packed"])
def test_sheets_of_other_pdfs_contain_no_metadata(flate: bool, tmp_path: Path) -> None:
    data = planted_pdf(flate)
    assert found(data, tmp_path, WORD) == [WORD]
    imposed = impose_pdf(data, "other.pdf", ImpositionOptions(Scheme.READER)).pdf
    assert found(imposed, tmp_path, WORD) == []
    _assert_production_data(imposed)
    # The photograph is still in the lower left quarter of the page.
    import pypdfium2

    shown = pypdfium2.PdfDocument(imposed)[0].render().to_pil().convert("RGB")
    whole = picture().convert("RGB").resize((100, 100))
    for x, y in ((20, 20), (80, 30), (50, 90)):
        one, other = (np.array(shown.getpixel((x, y + 100))), np.array(whole.getpixel((x, y))))
        assert np.abs(one - other).max() < 12


def _assert_production_data(data: bytes) -> None:
    """Data that printers need is kept."""
    reader: Any = PdfReader(io.BytesIO(data))
    assert (reader.metadata["/Title"], reader.metadata["/Trapped"]) == (TITLE, "/False")
    packet = reader.root_object["/Metadata"].get_data().decode()
    kept = {
        *(TITLE, "<xmp:CreateDate>2026-01-02T03:04:05Z<", "<pdfxid:GTS_PDFXVersion>PDF/X-4<"),
        *("<pdf:Trapped>False<", "<xmpMM:DocumentID>xmp.did:0a1b<"),
    }
    assert {one for one in kept if one not in packet} == set()
    assert "pdfx:GTS_PDFXVersion" not in packet  # its value was not that of a standard


@pytest.mark.parametrize("encoding", ["utf-16-be", "utf-16-le"])
def test_metadata_in_utf_16_is_filtered_too(encoding: str, tmp_path: Path) -> None:
    packet = DOCUMENT_XMP.decode().encode(encoding)
    imposed = impose_pdf(planted_pdf(packet=packet), "other.pdf", ImpositionOptions(Scheme.READER))
    assert found(imposed.pdf, tmp_path, WORD) == []
    _assert_production_data(imposed.pdf)


@pytest.mark.parametrize(
    "packet",
    [
        SAID,
        DOCUMENT_XMP[:-200],
        b'<!DOCTYPE x [<!ENTITY a "' + SAID + b'">]><x>&a;</x>',
        b"\xff\xfe\0" + SAID,
        b"",
    ],
    ids=["text", "cut", "entity", "bytes", "empty"],
)
def test_metadata_that_is_not_plain_xml_is_left_out(packet: bytes, tmp_path: Path) -> None:
    data = planted_pdf(packet=packet)
    imposed = impose_pdf(data, "other.pdf", ImpositionOptions(Scheme.READER)).pdf
    assert found(imposed, tmp_path, WORD) == []
    assert "/Metadata" not in PdfReader(io.BytesIO(imposed)).root_object


def test_jpeg_2000_pictures_of_other_pdfs_lose_their_boxes_and_comments() -> None:
    from brochure.images.jpeg2000 import strip_jpeg2000

    out = io.BytesIO()
    picture().convert("RGB").save(out, "JPEG2000", comment=SAID)
    data = out.getvalue()
    box = (len(SAID) + 24).to_bytes(4, "big") + b"uuid" + bytes(16) + SAID
    data += box + (len(SAID) + 8).to_bytes(4, "big") + b"xml " + SAID
    assert data.count(SAID) == 3
    stripped = strip_jpeg2000(data)
    assert SAID not in stripped
    before, after = (Image.open(io.BytesIO(one)).tobytes() for one in (data, stripped))
    assert before == after
    codestream = data[data.index(b"\xff\x4f\xff\x51") :]
    assert SAID not in strip_jpeg2000(codestream)[: codestream.index(b"\xff\x90")]


# Findings of `check`


FIELDS = {
    "plain.jpg": {
        *("EXIF GPS position", "EXIF Artist", "EXIF BodySerialNumber", "EXIF CameraOwnerName"),
        *("EXIF MakerNote", "XMP exif:GPSLatitude", "XMP dc:creator", "IPTC By-line", "IPTC City"),
    },
    "plain.png": {
        *("EXIF GPS position", "EXIF Artist", "PNG text Author", "PNG text Owner"),
        *("XMP exif:GPSLatitude", "XMP dc:creator"),
    },
    "plain.tif": {
        *("TIFF Artist", "TIFF HostComputer", "TIFF Copyright"),
        *("XMP exif:GPSLatitude", "XMP dc:creator", "IPTC By-line", "IPTC City"),
    },
    "plain.webp": {"EXIF GPS position", "EXIF Artist", "XMP exif:GPSLatitude", "XMP dc:creator"},
    "drawing.svg": {"XMP inkscape:export-filename"},
}


@pytest.mark.parametrize("name", FIELDS)
def test_fields_about_people_are_named(name: str) -> None:
    assert FIELDS[name] - set(find_personal_data(PICTURES[name])) == set()


@pytest.mark.parametrize("form", ["JPEG", "PNG", "TIFF", "WEBP"])
def test_a_picture_without_metadata_has_no_such_fields(form: str) -> None:
    out = io.BytesIO()
    picture().convert("RGB").save(out, form)
    assert find_personal_data(out.getvalue()) == ()


def test_check_reports_the_fields_but_not_their_values(project: Path) -> None:
    result = call("check", project, "--json")
    notes = [one for one in result.data["findings"] if one["code"] == "picture-personal-data"]
    assert len(notes) == len(PICTURES)
    assert {one["severity"] for one in notes} == {"note"}
    assert all("removed from all outputs" in one["message"] for one in notes)
    assert WORD not in result.out


def test_a_report_to_send_has_no_paths_of_this_machine(
    project: Path, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    elsewhere = tmp_path / "a" / "b" / "c"
    elsewhere.mkdir(parents=True)
    monkeypatch.chdir(elsewhere)
    report = tmp_path / "report.html"
    result = call("check", project, "--report", report)
    assert str(project) in result.err
    text = report.read_text()
    assert str(project.parent) not in text
    assert f">{project.name}</h1>" in text
    assert "assets/plain.jpg has metadata about people or places" in text
    assert ">brochure.yaml:" in text
