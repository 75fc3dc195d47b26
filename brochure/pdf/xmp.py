"""XMP metadata (ISO 16684-1), in agreement with the document information dictionary."""

from __future__ import annotations

from collections.abc import Mapping

from brochure.pdf.metadata import DocumentInfo
from brochure.pdf.objects import Dictionary, Stream

PREFIXES = {
    "dc": "http://purl.org/dc/elements/1.1/",
    "xmp": "http://ns.adobe.com/xap/1.0/",
    "xmpMM": "http://ns.adobe.com/xap/1.0/mm/",
    "pdf": "http://ns.adobe.com/pdf/1.3/",
    "pdfxid": "http://www.npes.org/pdfx/ns/id/",
    "pdfaid": "http://www.aiim.org/pdfa/ns/id/",
    "pdfuaid": "http://www.aiim.org/pdfua/ns/id/",
}
ALT = frozenset({"dc:title", "dc:description"})
SEQ = frozenset({"dc:creator"})

HEAD = '<?xpacket begin="\ufeff" id="W5M0MpCehiHzreSzNTczkc9d"?>'
FOOT = '<?xpacket end="r"?>'
RDF = "http://www.w3.org/1999/02/22-rdf-syntax-ns#"


def properties(info: DocumentInfo) -> dict[str, str]:
    """Return the properties that every file has."""
    return {
        "dc:format": "application/pdf",
        "dc:title": info.title,
        "dc:creator": info.author,
        "dc:description": info.subject,
        "xmp:CreatorTool": info.creator,
        "pdf:Producer": info.creator,
    }


def stream(metadata: bytes) -> Stream:
    """Return the metadata stream (14.3.2), uncompressed so that other programs can find it."""
    return Stream(Dictionary(Type="/Metadata", Subtype="/XML"), metadata)


def packet(properties: Mapping[str, str], more: str = "") -> bytes:
    """Return the packet of these properties, by prefixed name; those without a value are omitted.

    `more` is further RDF: the description of a schema.
    """
    present = {key: text for key, text in properties.items() if text}
    used = dict.fromkeys(key.partition(":")[0] for key in present)
    spaces = " ".join(f'xmlns:{prefix}="{PREFIXES[prefix]}"' for prefix in used)
    lines = "\n".join(f"  <{key}>{_value(key, text)}</{key}>" for key, text in present.items())
    return (
        f'{HEAD}\n<x:xmpmeta xmlns:x="adobe:ns:meta/">\n<rdf:RDF xmlns:rdf="{RDF}">\n'
        f' <rdf:Description rdf:about="" {spaces}>\n{lines}\n </rdf:Description>\n{more}'
        f"</rdf:RDF>\n</x:xmpmeta>\n{FOOT}"
    ).encode()


def _value(key: str, text: str) -> str:
    """Return a property's value: alternatives by language, an ordered list, or plain text."""
    if key in ALT:
        return f'<rdf:Alt><rdf:li xml:lang="x-default">{_escaped(text)}</rdf:li></rdf:Alt>'
    if key in SEQ:
        return f"<rdf:Seq><rdf:li>{_escaped(text)}</rdf:li></rdf:Seq>"
    return _escaped(text)


def _escaped(text: str) -> str:
    return text.replace("&", "&amp;").replace("<", "&lt;").replace(">", "&gt;")
