"""PDF/X: what makes a press file one that a printer can take blindly.

Takes the file in the making, what the document says of itself and the output condition; gives it the output intent with the
press's profile, the metadata, and the marks of the variant: PDF/X-4 (ISO 15930-7) or PDF/X-1a:2003 (ISO 15930-4). What
the pages may hold is kept to elsewhere: colours by the press, opacity by `press.flatten`, links by the plate.
"""

from __future__ import annotations

import hashlib
import re
import zlib
from functools import lru_cache

from brochure.cache import picture_cache
from brochure.colour.condition import PressCondition
from brochure.colour.profile import Profile
from brochure.frozen import dataclass
from brochure.paint.assembly import Version
from brochure.paint.conformance.xmp import packet
from brochure.paint.document import DocumentInfo
from brochure.paint.objects import Objects
from brochure.paint.operators import deflated, dictionary, stream, text_string
from brochure.press.conditions import DEFAULT_DATE, OutputCondition
from brochure.spec.press import Standard


@dataclass(frozen=True, slots=True)
class Variant:
    """A variant of PDF/X: its name in the file, its version of PDF, and whether the metadata must bear the name."""

    name: str
    version: Version
    in_info: bool


VARIANTS = {
    Standard.X4: Variant("PDF/X-4", (1, 6), in_info=False),
    Standard.X1A: Variant("PDF/X-1a:2003", (1, 4), in_info=True),
}


def apply(writer: Objects, info: DocumentInfo, condition: OutputCondition) -> None:
    """Makes the file one of the condition's variant; does nothing where it is not for the press."""
    if condition.standard is None or condition.press is None:
        return
    variant = VARIANTS[condition.standard]
    date = info.date or DEFAULT_DATE
    said = info.said()
    dates = {"CreationDate": _pdf_date(date), "ModDate": _pdf_date(date)}
    named = {"GTS_PDFXVersion": variant.name} if variant.in_info else {}
    entries = {key: text_string(text) for key, text in (said | dates | named).items() if text}
    writer.info(**entries, Trapped="/False")
    writer.catalog(
        OutputIntents=f"[{_intent(writer, condition.press)}]",
        Metadata=_metadata(writer, info, variant, date),
    )


def _pdf_date(date: str) -> str:
    """A moment as PDF writes it (7.9.4)."""
    return "D:" + re.sub(r"[-:T]", "", date).replace("Z", "+00'00'")


def _intent(writer: Objects, press: PressCondition) -> str:
    """The output intent (14.11.5), with the profile of what is printed on."""
    profile = writer.refer(_profile(press.profile), "PressProfile")
    named = {"RegistryName": text_string(press.registry)} if press.registry else {}
    intent = dictionary(
        Type="/OutputIntent",
        S="/GTS_PDFX",
        OutputConditionIdentifier=text_string(press.identifier),
        OutputCondition=text_string(press.about),
        Info=text_string(press.profile.description or press.about),
        **named,
        DestOutputProfile=profile,
    )
    return writer.refer(intent, "OutputIntent")


@lru_cache(maxsize=2)
def _profile(profile: Profile) -> bytes:
    """The profile's stream (8.6.5.5), deflated once for all editions and builds: it takes as long as all the text."""
    key = f"profile-{zlib.ZLIB_VERSION}-{profile.digest}"
    kept = picture_cache().get(key)
    if kept is None:
        kept = deflated("/N 4 /Alternate /DeviceCMYK", profile.data)
        picture_cache().put(key, kept)
    return kept


def _metadata(writer: Objects, info: DocumentInfo, variant: Variant, date: str) -> str:
    said = info.said()
    document = hashlib.blake2b(
        repr((said, info.language, variant, date)).encode("utf-8"), digest_size=16
    )
    text = packet(
        {
            "dc:format": "application/pdf",
            "dc:title": said["Title"],
            "dc:creator": said["Author"],
            "dc:description": said["Subject"],
            "xmp:CreateDate": date,
            "xmp:ModifyDate": date,
            "xmp:MetadataDate": date,
            "xmp:CreatorTool": said["Creator"],
            "pdf:Producer": said["Producer"],
            "pdf:Trapped": "False",
            "xmpMM:DocumentID": f"uuid:{_uuid(document.hexdigest())}",
            "xmpMM:VersionID": "1",
            "xmpMM:RenditionClass": "default",
            "pdfxid:GTS_PDFXVersion": variant.name,
        }
    )
    return writer.refer(stream("/Type /Metadata /Subtype /XML", text), "Metadata")


def _uuid(digits: str) -> str:
    """32 digits in the groups of a UUID."""
    return "-".join((digits[:8], digits[8:12], digits[12:16], digits[16:20], digits[20:]))
