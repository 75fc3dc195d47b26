"""Selects the fields of XMP metadata (ISO 16684-1) that imposed sheets keep: version, title, dates, /Trapped and identifiers.

The fields are listed and all others are left out: names of people and programs, histories with paths, thumbnails, and claims that
do not hold for sheets, such as PDF/UA.
"""

from __future__ import annotations

import re
from collections.abc import Iterator
from typing import Any

from brochure.system.xml_safety import XmlProblem, check_xml

PREFIXES = {
    "dc": "http://purl.org/dc/elements/1.1/",
    "xmp": "http://ns.adobe.com/xap/1.0/",
    "xmpMM": "http://ns.adobe.com/xap/1.0/mm/",
    "pdf": "http://ns.adobe.com/pdf/1.3/",
    "pdfx": "http://ns.adobe.com/pdfx/1.3/",
    "pdfxid": "http://www.npes.org/pdfx/ns/id/",
}
RDF = "http://www.w3.org/1999/02/22-rdf-syntax-ns#"
LANGUAGE = "{http://www.w3.org/XML/1998/namespace}lang"
HEAD = b'<?xpacket begin="\xef\xbb\xbf" id="W5M0MpCehiHzreSzNTczkc9d"?>\n'
FOOT = b'\n<?xpacket end="r"?>'

DATE = re.compile(r"[\d:.TZ+-]{4,40}")
IDENTIFIER = re.compile(r"[\w:.+-]{1,200}")
STANDARD = re.compile(r"PDF/X-[\w:+-]{1,20}")
TITLE = "dc:title"
FIELDS = {
    **dict.fromkeys(("xmp:CreateDate", "xmp:ModifyDate", "xmp:MetadataDate"), DATE),
    **dict.fromkeys(
        ("xmpMM:DocumentID", "xmpMM:InstanceID", "xmpMM:OriginalDocumentID"), IDENTIFIER
    ),
    **dict.fromkeys(("xmpMM:VersionID", "xmpMM:RenditionClass"), IDENTIFIER),
    "pdf:Trapped": re.compile("True|False|Unknown"),
    "pdf:PDFVersion": re.compile(r"\d\.\d"),
    **dict.fromkeys(("pdfx:GTS_PDFXVersion", "pdfx:GTS_PDFXConformance"), STANDARD),
    "pdfxid:GTS_PDFXVersion": STANDARD,
}
"""The fields that are kept besides the title, with the form that their values must have."""


def select_fields(packet: bytes) -> bytes:
    """Return a packet with the fields of another one that are kept; empty if there are none, or if it is not XML."""
    root = _parse(packet)
    if root is None:
        return b""
    # A packet may have several descriptions, each with some of the fields.
    fields = dict(pair for one in root.iter(f"{{{RDF}}}Description") for pair in _read(one))
    titles = {pair[0]: pair[1] for one in root.iter(_qualify(TITLE)) for pair in _read_titles(one)}
    return _write(fields, titles) if fields or titles else b""


def _parse(packet: bytes) -> Any:
    """Return the root element; None if the packet is not plain XML."""
    # Imported here: only imposing external PDFs needs it.
    from lxml import etree

    data = _decode(packet).strip("\ufeff\0 \t\r\n").encode()
    parser = etree.XMLParser(resolve_entities=False, no_network=True, remove_comments=True)
    try:
        check_xml(data)
        return etree.fromstring(data, parser)
    except (XmlProblem, etree.XMLSyntaxError, ValueError):
        return None


def _decode(packet: bytes) -> str:
    """Return the text of a packet, which is in UTF-8 or UTF-16, with or without a byte order mark."""
    encodings = (name for start, name in UTF16_STARTS.items() if packet.startswith(start))
    return packet.decode(next(encodings, "utf-8"), "replace")


UTF16_STARTS = {
    b"\xfe\xff": "utf-16-be",
    b"\xff\xfe": "utf-16-le",
    b"\0<": "utf-16-be",
    b"<\0": "utf-16-le",
}


def _read(description: Any) -> Iterator[tuple[str, str]]:
    """Yield the fields of a description; simple values are attributes or elements."""
    if description.getparent() is None or description.getparent().tag != f"{{{RDF}}}RDF":
        return
    for name, form in FIELDS.items():
        tag = _qualify(name)
        text = (description.get(tag) or description.findtext(tag) or "").strip()
        if form.fullmatch(text):
            yield name, text


def _read_titles(element: Any) -> Iterator[tuple[str, str]]:
    """Yield the languages and texts of a title."""
    for item in element.iterfind(f"{{{RDF}}}Alt/{{{RDF}}}li"):
        if item.text:
            yield item.get(LANGUAGE, "x-default"), item.text


def _qualify(name: str) -> str:
    prefix, _, local = name.partition(":")
    return f"{{{PREFIXES[prefix]}}}{local}"


def _write(fields: dict[str, str], titles: dict[str, str]) -> bytes:
    from lxml import etree

    meta = "adobe:ns:meta/"
    root = etree.Element(f"{{{meta}}}xmpmeta", nsmap={"x": meta})
    rdf = etree.SubElement(root, f"{{{RDF}}}RDF", nsmap={"rdf": RDF})
    description = etree.SubElement(rdf, f"{{{RDF}}}Description", nsmap=PREFIXES)
    description.set(f"{{{RDF}}}about", "")
    etree.SubElement(description, _qualify("dc:format")).text = "application/pdf"
    for name, text in fields.items():
        etree.SubElement(description, _qualify(name)).text = text
    if titles:
        choices = etree.SubElement(etree.SubElement(description, _qualify(TITLE)), f"{{{RDF}}}Alt")
        for language, text in titles.items():
            item = etree.SubElement(choices, f"{{{RDF}}}li")
            item.set(LANGUAGE, language)
            item.text = text
    return HEAD + etree.tostring(root, encoding="utf-8", pretty_print=True).strip() + FOOT
