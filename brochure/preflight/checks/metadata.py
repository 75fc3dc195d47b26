"""The metadata is there, and says one thing.

What: an XMP packet; title, dates and Trapped that agree with the information dictionary; Trapped known.
Why: one reader looks here, the other there; who is told two things believes the wrong one.
Fix: write both from one source.
Source: ISO 15930-7 (PDF/X-4); ISO 16684-1 (XMP).
"""

from __future__ import annotations

import re
from collections.abc import Iterator
from html import unescape

from brochure.findings import Finding, Severity
from brochure.preflight.model import NoLimits, Pdf, found
from brochure.preflight.pdf_reader.document import xmp

SEVERITY = Severity.ERROR
TITLE = re.compile(r"<dc:title>.*?<rdf:li[^>]*>(.*?)</rdf:li>", re.S)
MADE = re.compile(r"xmp:CreateDate(?:>|=\")([^<\"]*)")
TRAPPED = ("/True", "/False")


def check(subject: Pdf, limits: NoLimits) -> Iterator[Finding]:
    """Metadata that is missing or in two minds."""
    del limits
    info, packet = subject.reader.metadata or {}, xmp(subject)
    if not packet:
        yield found("there is no XMP metadata", None, "write it with the file")
    if str(info.get("/Trapped", "")) not in TRAPPED:
        yield found("nothing says whether the file is trapped", None, "Trapped: False, mostly")
    title, said = str(info.get("/Title", "")), TITLE.search(packet)
    if not title.strip():
        yield found("the file has no title", None, "give it one")
    elif said and unescape(said[1]).strip() != title.strip():
        message = f"the title is '{title}' here and '{unescape(said[1])}' in the metadata"
        yield found(message, None, "give both one title")
    made = MADE.search(packet)
    day = re.sub(r"\D", "", str(info.get("/CreationDate", "")))[:8]
    if made and day and re.sub(r"\D", "", made[1])[:8] != day:
        yield found("the date of making differs between both metadata", None, "write one date")
