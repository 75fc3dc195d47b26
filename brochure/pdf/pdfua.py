"""PDF/UA-1 and PDF/A-2a declarations of screen files.

The file is marked as tagged, with an sRGB output intent and metadata for both standards (ISO 14289-1, 5; ISO 19005-2, 6.2.3,
6.6.4 and 6.7). Requirements on pages and fonts are met elsewhere.
"""

from __future__ import annotations

from brochure.color.icc_profile import srgb
from brochure.pdf import xmp
from brochure.pdf.metadata import DocumentInfo
from brochure.pdf.objects import Array, Dictionary, deflate, text
from brochure.pdf.output import Document, Version
from brochure.pdf.tags import StructureTree

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
"""The description of PDF/UA's schema, which PDF/A requires for other schemas (6.6.2.3.3)."""


def declare(document: Document, info: DocumentInfo, structure: StructureTree) -> None:
    """Declare both standards."""
    properties = xmp.properties(info) | {
        "pdfaid:part": "2",
        "pdfaid:conformance": "A",
        "pdfuaid:part": "1",
    }
    document.catalog.set(
        StructTreeRoot=structure.finish(),
        MarkInfo=Dictionary(Marked=True),
        OutputIntents=Array([_intent(document)]),
        Metadata=xmp.stream(xmp.packet(properties, SCHEMA)),
    )


def _intent(document: Document) -> Dictionary:
    """Return the output intent for sRGB screens."""
    return Dictionary(
        Type="/OutputIntent",
        S="/GTS_PDFA1",
        OutputConditionIdentifier=text(SRGB),
        RegistryName=text("http://www.color.org"),
        Info=text(SRGB),
        DestOutputProfile=document.register(deflate(srgb(), N=3), "ScreenProfile"),
    )
