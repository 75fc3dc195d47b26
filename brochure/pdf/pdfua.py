"""PDF/UA-1 and PDF/A-2a: what makes a screen file one that everybody can read, and that archives keep.

Takes the file in the making, what the document says of itself and its structure; gives it the mark that it is tagged, an
output intent for sRGB, and metadata that declare both standards (ISO 14289-1, 5; ISO 19005-2, 6.2.3, 6.6.4 and 6.7). What
is asked of pages and fonts is kept to elsewhere: by the structure, the colours, and the fonts' text.
"""

from __future__ import annotations

from functools import lru_cache
from typing import Any

from brochure.pdf.object_streams import Version
from brochure.pdf.xmp import packet
from brochure.pdf.metadata import DocumentInfo
from brochure.pdf.operators import deflated, dictionary, stream, text_string
from brochure.pdf.tags import Structure
from brochure.pdf.writer import Writer

VERSION: Version = (1, 7)

SRGB = "sRGB IEC61966-2.1"

SCHEMA = """ <rdf:Description rdf:about=""
   xmlns:pdfaExtension="http://www.aiim.org/pdfa/ns/extension/"
   xmlns:pdfaSchema="http://www.aiim.org/pdfa/ns/schema#"
   xmlns:pdfaProperty="http://www.aiim.org/pdfa/ns/property#">
  <pdfaExtension:schemas><rdf:Bag><rdf:li rdf:parseType="Resource">
   <pdfaSchema:schema>PDF/UA identification schema</pdfaSchema:schema>
   <pdfaSchema:namespaceURI>http://www.aiim.org/pdfua/ns/id/</pdfaSchema:namespaceURI>
   <pdfaSchema:prefix>pdfuaid</pdfaSchema:prefix>
   <pdfaSchema:property><rdf:Seq><rdf:li rdf:parseType="Resource">
    <pdfaProperty:name>part</pdfaProperty:name>
    <pdfaProperty:valueType>Integer</pdfaProperty:valueType>
    <pdfaProperty:category>internal</pdfaProperty:category>
    <pdfaProperty:description>The part of ISO 14289 that the file conforms to</pdfaProperty:description>
   </rdf:li></rdf:Seq></pdfaSchema:property>
  </rdf:li></rdf:Bag></pdfaExtension:schemas>
 </rdf:Description>
"""
"""The description of PDF/UA's own schema, which PDF/A wants of every schema that it does not know (6.6.2.3.3)."""


def apply(writer: Writer, info: DocumentInfo, structure: Structure) -> None:
    """Makes the file one of both standards."""
    writer.catalog(
        StructTreeRoot=structure.finish(),
        MarkInfo="<</Marked true>>",
        OutputIntents=f"[{_intent(writer)}]",
        Metadata=_metadata(writer, info),
    )


def _intent(writer: Writer) -> str:
    """What the file's colours are meant for: screens as sRGB defines them."""
    intent = dictionary(
        Type="/OutputIntent",
        S="/GTS_PDFA1",
        OutputConditionIdentifier=text_string(SRGB),
        RegistryName=text_string("http://www.color.org"),
        Info=text_string(SRGB),
        DestOutputProfile=writer.refer(deflated("/N 3", srgb()), "ScreenProfile"),
    )
    return writer.refer(intent, "OutputIntent")


DATE = b"\x07\xd0\x00\x01\x00\x01" + bytes(6)
"""The first day of 2000, where LittleCMS would write the moment it was asked (ICC.1:2010, 7.2.8)."""


@lru_cache(maxsize=1)
def srgb() -> bytes:
    """The profile of sRGB, the same bytes every time."""
    # Imported here: only screen files need it.
    from PIL import ImageCms

    made: Any = ImageCms.ImageCmsProfile(ImageCms.createProfile("sRGB"))
    data: bytes = made.tobytes()
    return data[:24] + DATE + data[36:]


def _metadata(writer: Writer, info: DocumentInfo) -> str:
    said = info.said()
    properties = {
        "dc:format": "application/pdf",
        "dc:title": said["Title"],
        "dc:creator": said["Author"],
        "dc:description": said["Subject"],
        "xmp:CreatorTool": said["Creator"],
        "pdf:Producer": said["Producer"],
        "pdfaid:part": "2",
        "pdfaid:conformance": "A",
        "pdfuaid:part": "1",
    }
    text = packet(properties, SCHEMA)
    return writer.refer(stream("/Type /Metadata /Subtype /XML", text), "Metadata")
