"""PDF/X declarations of press files.

The output intent with the press profile, the metadata, and the identification of PDF/X-4 (ISO 15930-7) or PDF/X-1a:2003 (ISO
15930-4). Requirements on the pages are met elsewhere: colours by conversion, opacity by `prepress.transparency_flattening`,
links by `document`.
"""

from __future__ import annotations

import hashlib
import re
from functools import lru_cache

from brochure.color.icc_profile import IccProfile
from brochure.color.printing_condition import PressCondition
from brochure.fast_dataclass import dataclass
from brochure.pdf import xmp
from brochure.pdf.icc_streams import compress_profile
from brochure.pdf.metadata import DocumentInfo
from brochure.pdf.objects import Array, Dictionary, Stream, text
from brochure.pdf.output import Document, Version
from brochure.prepress.output_conditions import DEFAULT_DATE, OutputCondition
from brochure.spec.printing_condition import Standard


@dataclass(frozen=True, slots=True)
class Variant:
    """A variant of PDF/X: its name, its PDF version, and whether the metadata must contain the name."""

    name: str
    version: Version
    in_info: bool


VARIANTS = {
    Standard.X4: Variant("PDF/X-4", (1, 6), in_info=False),
    Standard.X1A: Variant("PDF/X-1a:2003", (1, 4), in_info=True),
}


def declare(document: Document, info: DocumentInfo, condition: OutputCondition) -> None:
    """Declare the condition's variant of PDF/X, if the file is for press."""
    if condition.standard is None or condition.press is None:
        return
    variant = VARIANTS[condition.standard]
    date = info.date or DEFAULT_DATE
    properties = document.information
    properties.date = _pdf_date(date)
    properties.version = variant.name if variant.in_info else ""
    properties.is_print = True
    document.catalog.set(
        OutputIntents=Array([_intent(document, condition.press)]),
        Metadata=xmp.stream(_packet(info, variant, date)),
    )


@lru_cache(maxsize=16)
def _pdf_date(date: str) -> str:
    """Return a date in PDF syntax (7.9.4)."""
    return "D:" + re.sub(r"[-:T]", "", date).replace("Z", "+00'00'")


def _intent(document: Document, press: PressCondition) -> Dictionary:
    """Return the output intent (14.11.5) with the press profile."""
    intent = Dictionary(
        Type="/OutputIntent",
        S="/GTS_PDFX",
        OutputConditionIdentifier=text(press.identifier),
        OutputCondition=text(press.about),
        Info=text(press.profile.description or press.about),
        DestOutputProfile=document.register(_profile(press.profile), "PressProfile"),
    )
    if press.registry:
        intent["RegistryName"] = text(press.registry)
    return intent


def _profile(profile: IccProfile) -> Stream:
    """Return the profile's stream (8.6.5.5)."""
    entries = Dictionary(N=4, Alternate="/DeviceCMYK", Filter="/FlateDecode")
    return Stream(entries, compress_profile(profile), profile.digest.encode("ascii"))


@lru_cache(maxsize=16)
def _packet(info: DocumentInfo, variant: Variant, date: str) -> bytes:
    identity = repr((info, variant, date)).encode("utf-8")
    document = hashlib.blake2b(identity, digest_size=16).hexdigest()
    return xmp.packet(
        {
            **xmp.properties(info),
            "xmp:CreateDate": date,
            "xmp:ModifyDate": date,
            "xmp:MetadataDate": date,
            "pdf:Trapped": "False",
            "xmpMM:DocumentID": f"uuid:{_uuid(document)}",
            "xmpMM:VersionID": "1",
            "xmpMM:RenditionClass": "default",
            "pdfxid:GTS_PDFXVersion": variant.name,
        }
    )


def _uuid(digits: str) -> str:
    """Format 32 digits as a UUID."""
    return "-".join((digits[:8], digits[8:12], digits[12:16], digits[16:20], digits[20:]))
