"""Hostile XML in drawings, in XLIFF of both versions and in the parts of workbooks; workbooks that are decompression bombs."""

from __future__ import annotations

import io
import struct
import zipfile
from collections.abc import Callable, Mapping
from pathlib import Path
from types import MappingProxyType

import pytest

from brochure.findings import Finding, Span
from brochure.l10n.catalogue import Catalogue, Translation
from brochure.l10n.formats import load_format, xlsx
from brochure.system.call_limits import CallLimits
from tests.security.attacks import DRAWING_LAYOUT, built, lay, refusals

LAUGHS = "<!DOCTYPE x [<!ENTITY a 'ha'>{}]>".format(
    "".join(f"<!ENTITY {b} '{f'&{a};' * 10}'>" for a, b in zip("abcdefgh", "bcdefghi", strict=True))
)
DECLARED = "it has a document type declaration or entities, which are not allowed"
HEADS = {
    "laughs": LAUGHS,
    "file": "<!DOCTYPE x [<!ENTITY i SYSTEM 'file:///etc/hostname'>]>",
    "network": "<!DOCTYPE x [<!ENTITY i SYSTEM 'http://127.0.0.1:9/x'>]>",
    "parameter": "<!DOCTYPE x [<!ENTITY % p SYSTEM 'file:///etc/hostname'>%p;]>",
    "type": "<!DOCTYPE x SYSTEM 'http://127.0.0.1:9/x.dtd'>",
    "late": f"<!--{'x' * 9000}--><!DOCTYPE x>",
}
NAMED = {
    "type": f"{DECLARED} (line 2)",
    "late": "it is not well-formed XML: undefined entity; write the character itself (line 2)",
}
"""Document types that a drawing may name, because they declare nothing here; the entity is still unknown."""
ENCODINGS = ("utf-8", "utf-16", "utf-16-le", "utf-16-be")

SVG = (
    '<svg xmlns="http://www.w3.org/2000/svg" xmlns:xlink="http://www.w3.org/1999/xlink" viewBox="0 0 9 9">\n'
    '{}<path d="M0 0H5V5Z"/></svg>'
)
XLIFF = {
    "xliff": (
        '<xliff xmlns="urn:oasis:names:tc:xliff:document:2.0" version="2.0" srcLang="en" trgLang="fr">\n<file id="f">'
        '<unit id="a"><segment><source>A</source><target>{}B</target></segment></unit></file></xliff>'
    ),
    "xliff_1_2": (
        '<xliff xmlns="urn:oasis:names:tc:xliff:document:1.2" version="1.2">\n<file original="c" datatype="plaintext"'
        ' source-language="en" target-language="fr"><body><trans-unit id="a"><source>A</source><target>{}B</target>'
        "</trans-unit></body></file></xliff>"
    ),
}
SHEET = "xl/worksheets/sheet1.xml"


def encoded(head: str, body: str, encoding: str) -> bytes:
    name = encoding if encoding == "utf-8" else "utf-16"
    mark = "\ufeff" if encoding in ("utf-16-le", "utf-16-be") else ""
    return f'{mark}<?xml version="1.0" encoding="{name}"?>{head}{body}'.encode(encoding)


def told(data: bytes, name: str) -> Finding:
    """Return the only finding about a file of an exchange format, of which nothing else was imported."""
    found, findings = load_format(name).read(data, "fr.x", "fr")
    assert found.entries == {}
    (finding,) = findings
    assert finding.span is not None
    assert finding.span.file == "fr.x"
    return finding


@pytest.mark.parametrize("encoding", ENCODINGS)
@pytest.mark.parametrize("head", HEADS)
def test_entities_are_refused_in_every_encoding(head: str, encoding: str, tmp_path: Path) -> None:
    folder = lay(
        tmp_path,
        {"assets/mark.svg": encoded(HEADS[head], SVG.format("&i;"), encoding)},
        DRAWING_LAYOUT,
    )
    result = built(folder)
    assert result.status == 1
    reason = NAMED.get(head, f"{DECLARED} (line 1)")
    assert result.lines[0] == f"brochure.yaml:9:45: assets/mark.svg cannot be used: {reason}"
    for name, body in XLIFF.items():
        finding = told(encoded(HEADS[head], body.format("&i;"), encoding), name)
        assert (finding.code, finding.message) == ("xliff-entity", DECLARED)

    def hostile(part: str, data: bytes) -> bytes:
        body = data.decode().partition("?>")[2] if data.startswith(b"<?xml") else data.decode()
        return encoded(HEADS[head], body, encoding) if part == SHEET else data

    assert told(workbook(hostile), "xlsx").message == f"part {SHEET}: {DECLARED} (line 1)"


BODIES = {
    "xinclude": (
        '<i:include xmlns:i="http://www.w3.org/2001/XInclude" href="/etc/hostname" parse="text"/>',
        "it includes other files (XInclude), which is not allowed",
    ),
    "deep": ("<g>" * 10_000 + "</g>" * 10_000, "it has more than 100 levels of elements"),
    "huge": (f'<g id="{"x" * 2_500_000}"/>', "an attribute has more than 2,000,000 characters"),
    "many": ("<g/>" * 3001, "it has more than 3,000 elements"),
    "open": (
        "<g>",
        "it is not well-formed XML: mismatched tag; an end tag must have the name of the last open element",
    ),
    "unknown": (
        "&nbsp;",
        "it is not well-formed XML: undefined entity; write the character itself",
    ),
}


@pytest.mark.parametrize("name", BODIES)
def test_other_xml_attacks_are_refused(
    name: str, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    """A hundredth of the allowed number of elements, so that the test is fast."""
    monkeypatch.setattr("brochure.system.xml_safety.MAX_ELEMENTS", 3000)
    body, reason = BODIES[name]
    for form, whole in XLIFF.items():
        finding = told(whole.format(body).encode(), form)
        assert (finding.message, finding.span) == (reason, Span("fr.x", 2))
    folder = lay(tmp_path, {"assets/mark.svg": SVG.format(body).encode()}, DRAWING_LAYOUT)
    assert f"assets/mark.svg cannot be used: {reason} (line 2)" in built(folder).lines[0]
    sheet = told(
        workbook(lambda part, data: data.replace(b"<sheetData>", body.encode() + b"<sheetData>")),
        "xlsx",
    )
    assert sheet.message.startswith(f"part {SHEET}: {reason}")


def test_an_external_style_sheet_is_not_loaded() -> None:
    head = "<?xml-stylesheet href='http://127.0.0.1:9/x.css'?>"
    for name, body in XLIFF.items():
        assert (
            told((head + body.format("")).encode(), name).message
            == "it refers to an external style sheet, which is not allowed"
        )


# Drawings that are larger than they look

CORNER = "M0 0H5V5Z"
BOMBS = {
    "coincident": (
        f'<clipPath id="c"><path d="{CORNER * 400}"/></clipPath>'
        f'<path clip-path="url(#c)" d="{CORNER * 400}"/>'
    ),
    "dashes": '<path stroke="#000" stroke-width="1" stroke-dasharray=".001" d="M0 0H9"/>',
}


@pytest.mark.parametrize("name", ["coincident", pytest.param("dashes", marks=pytest.mark.soak)])
def test_the_conversion_of_an_endless_drawing_is_stopped(
    name: str, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    """Each is smaller than 8 kB and would take minutes, in a library that cannot be interrupted. The limit here is one second."""
    monkeypatch.setattr("brochure.blocks.svg.isolated.LIMITS", CallLimits(1, 450_000_000))
    folder = lay(tmp_path, {"assets/mark.svg": SVG.format(BOMBS[name]).encode()}, DRAWING_LAYOUT)
    result = built(folder)
    assert result.status == 1
    said_of_it = result.lines[0]
    assert said_of_it.startswith(
        "brochure.yaml:9:45: assets/mark.svg cannot be used: converting it takes more than "
    )
    assert said_of_it.endswith(" s or too much memory; simplify its paths")


def test_a_drawing_converted_in_another_process_is_the_same(tmp_path: Path) -> None:
    from brochure.blocks.svg.conversion import convert_svg
    from brochure.blocks.svg.isolated import convert_isolated

    data = SVG.format(
        '<path stroke="#e4572e" fill-opacity="0.5" d="M0 0C1 2 3 4 5 6L7 8Z"/>'
    ).encode()
    assert convert_isolated(data) == convert_svg(data)


# Workbooks


def workbook(
    change: Callable[[str, bytes], bytes] = lambda _, data: data,
    others: Mapping[str, bytes] = MappingProxyType({}),
) -> bytes:
    """A good workbook with some parts changed and others added."""
    catalogue = Catalogue("fr", "fr.po", {"a": Translation("a", "A", "B", Span("fr.po"))})
    out = io.BytesIO()
    with (
        zipfile.ZipFile(io.BytesIO(xlsx.write(catalogue))) as good,
        zipfile.ZipFile(out, "w", 8) as bad,
    ):
        for part in good.namelist():
            bad.writestr(part, change(part, good.read(part)))
        for name, data in others.items():
            bad.writestr(name, data)
    return out.getvalue()


def test_the_unchanged_workbook_is_imported() -> None:
    found, findings = xlsx.read(workbook(), "fr.xlsx", "fr")
    assert findings == ()
    assert found.entries["a"].text == "B"


@pytest.mark.parametrize(
    ("part", "reason"),
    [
        ("../../evil.xml", "the path of part '../../evil.xml' points outside the workbook"),
        ("xl/../../evil.xml", "the path of part 'xl/../../evil.xml' points outside the workbook"),
        ("/etc/evil.xml", "the path of part '/etc/evil.xml' points outside the workbook"),
        ("C:/evil.xml", "the path of part 'C:/evil.xml' points outside the workbook"),
        ("xl/workbook.xml", "duplicate part xl/workbook.xml"),
        ("xl/vbaProject.bin", "the workbook contains macros"),
        ("xl/externalLinks/externalLink1.xml", "the workbook contains links to other workbooks"),
        ("xl/connections.xml", "the workbook contains connections to other data"),
        ("xl/embeddings/oleObject1.bin", "the workbook contains embedded objects"),
        ("xl/activeX/activeX1.xml", "the workbook contains controls"),
    ],
)
@pytest.mark.filterwarnings("ignore:Duplicate name")
def test_parts_that_a_workbook_of_text_does_not_have(part: str, reason: str) -> None:
    assert told(workbook(others={part: b"<x/>"}), "xlsx").message == reason


@pytest.mark.parametrize(
    "target", ["http://127.0.0.1:9/s.xml", "file:///etc/hostname", "../../../etc/hostname"]
)
def test_an_external_part_is_not_loaded(target: str) -> None:
    mode = b"" if target.startswith("..") else b'" TargetMode="External'

    def lead_away(part: str, data: bytes) -> bytes:
        return data.replace(b"/xl/worksheets/sheet1.xml", target.encode() + mode)

    result = told(workbook(lead_away), "xlsx").message
    where = f"it refers to '{target}' outside the workbook (line 1)"
    assert result == f"part xl/_rels/workbook.xml.rels: {where}"


def test_a_workbook_with_a_false_size_is_not_unpacked() -> None:
    """60 MB of zeros in a part that declares 10 bytes; only these are read, and the checksum does not match."""
    data = bytearray(workbook(others={"zz.xml": bytes(60_000_000)}))
    struct.pack_into("<I", data, data.rindex(b"PK\x01\x02") + 24, 10)
    result = told(bytes(data), "xlsx").message
    assert result.startswith(("not a valid workbook: ", "part zz.xml is not as long as declared"))


def test_a_thousand_parts_and_more() -> None:
    parts = {f"x{at}.xml": b"" for at in range(1001)}
    assert told(workbook(others=parts), "xlsx").message == "the workbook has more than 1,000 parts"


def test_an_import_is_refused_with_file_and_line(tmp_path: Path) -> None:
    """On the command line, with the file and the line."""
    from tests.cli.calling import call

    folder = lay(tmp_path, {"fr.xlf": (LAUGHS + XLIFF["xliff"].format("&i;")).encode()})
    with pytest.MonkeyPatch.context() as patch:
        patch.chdir(folder)
        result = call("text", "import", "fr.xlf", ".", "--lang", "fr")
    assert result.status == 2
    assert f"fr.xlf:1:1: {DECLARED}" in result.err
    assert refusals(folder, "--lang", "fr")  # and no file was written that a build would find
