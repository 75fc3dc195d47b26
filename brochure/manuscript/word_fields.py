"""Fields of a Word document: their instructions, and what their results become."""

from __future__ import annotations

import re
from dataclasses import field

from brochure.fast_dataclass import dataclass
from brochure.l10n.message_text import LAST_PAGE, PAGE_NUMBER

TOKEN = re.compile(r'"([^"]{0,2000})"|(\S+)')
PAGE_FIELDS = {"PAGE": PAGE_NUMBER, "NUMPAGES": LAST_PAGE, "SECTIONPAGES": LAST_PAGE}
"""Fields that become page numbers."""

WITHOUT_WORDS = frozenset(
    {"HYPERLINK", "XE", "TC", "TA", "RD", "BOOKMARKSTART", "PRIVATE", *PAGE_FIELDS}
)
"""Fields that are taken, or have no words in the text; the others become fixed text."""

CONTENTS_FIELDS = ("TOC", "INDEX", "TOA")

SCHEMES = ("http://", "https://", "mailto:", "tel:")
MAX_ADDRESS = 2_000


@dataclass(frozen=True)
class OpenField:
    """A field that has begun: the parts of its instruction, and `results`, which is not empty once its result has begun."""

    instruction: list[str] = field(default_factory=list)
    results: list[bool] = field(default_factory=list)

    @property
    def kind(self) -> str:
        """The first word of the instruction."""
        words = "".join(self.instruction).split(maxsplit=1)
        return words[0].upper() if words else ""


def read_link_field(instruction: str) -> str:
    """Return the address in a HYPERLINK field, with the place that its switch `l` names after `#`."""
    tokens = [quoted or plain for quoted, plain in TOKEN.findall(instruction)][1:]
    address = place = ""
    at = 0
    while at < len(tokens):
        if tokens[at] == "\\l" and at + 1 < len(tokens):
            place = tokens[at + 1]
            at += 1
        elif tokens[at] in ("\\o", "\\t") and at + 1 < len(tokens):
            at += 1
        elif not tokens[at].startswith("\\") and not address:
            address = tokens[at]
        at += 1
    if not address:
        return f"#{place}"
    return f"{address}#{place}" if place and "#" not in address else address


def check_link(address: str) -> str:
    """Return an address that a message can link to; an empty text for another one."""
    found = address.strip()
    scheme = next((one for one in SCHEMES if found.casefold().startswith(one)), None)
    if scheme is None or len(found) > MAX_ADDRESS or len(found) == len(scheme):
        return ""
    return scheme + found[len(scheme) :]
