"""Reads where and how a PDF declares a PDF/X version, and finds what is contradictory (ISO 15930-1, -3, -4, -6 to -9)."""

from __future__ import annotations

import re
from collections.abc import Iterator

from brochure.fast_dataclass import dataclass
from brochure.pdf_input.values import get_dictionary, get_text
from brochure.preflight.model import Pdf
from brochure.preflight.pdf_reader.metadata import read_xmp

IN_INFO = frozenset({"PDF/X-1:2001", "PDF/X-1a:2003", "PDF/X-3:2002", "PDF/X-3:2003"})
"""Versions that are declared in the information dictionary."""
IN_XMP = frozenset(
    {"PDF/X-4", "PDF/X-4p", "PDF/X-5g", "PDF/X-5n", "PDF/X-5pg"}
    | {"PDF/X-6", "PDF/X-6n", "PDF/X-6p"}
)
"""Versions that are declared in XMP."""
X1A_2001, CONFORMANCE = "PDF/X-1:2001", "PDF/X-1a:2001"
VERSION_IN_XMP = re.compile(
    r"(?:pdfx|pdfxid):GTS_PDFXVersion\s*+(?:>([^<]*+)<|=\s*+[\"']([^\"']*+)[\"'])"
)
MAX_PACKET = 1_000_000
"""Characters of an XMP packet that are searched."""


@dataclass(frozen=True, slots=True)
class Identification:
    """The PDF/X versions that a file declares.

    `version` and `conformance` are in the information dictionary; `in_xmp` are all that the XMP packet declares.
    """

    version: str
    conformance: str
    in_xmp: tuple[str, ...]

    def find_faults(self) -> Iterator[str]:
        """Iterate over what is missing or contradictory; nothing if no version is declared."""
        stated = tuple(dict.fromkeys(filter(None, (self.version, *self.in_xmp))))
        unknown = [one for one in stated if one not in IN_INFO | IN_XMP | {CONFORMANCE}]
        for one in unknown:
            yield f"'{one}' is not a version of PDF/X"
        families = {_family(one) for one in stated}
        if len(families) > 1:
            yield f"the file declares several PDF/X versions: {', '.join(stated)}"
        elif not unknown and stated:
            yield from self._find_missing(stated)

    def _find_missing(self, stated: tuple[str, ...]) -> Iterator[str]:
        if self.version == X1A_2001 and self.conformance != CONFORMANCE:
            given = f"is '{self.conformance}'" if self.conformance else "is missing"
            yield f"the conformance of PDF/X-1a:2001 (GTS_PDFXConformance) {given}"
        if not self.version and stated[0] not in IN_XMP:
            yield f"{stated[0]} is declared in XMP only, not in the information dictionary"
        if not self.in_xmp and stated[0] in IN_XMP:
            yield f"{stated[0]} is declared in the information dictionary only, not in XMP"


def _family(version: str) -> str:
    """Return what two declarations of one standard have in common; PDF/X-1a:2001 is written in two ways."""
    return X1A_2001 if version == CONFORMANCE else version


def read_identification(pdf: Pdf) -> Identification:
    """Read all declarations of a PDF/X version."""
    info = get_dictionary(pdf.reader.trailer, "/Info")
    matches = VERSION_IN_XMP.finditer(read_xmp(pdf)[:MAX_PACKET])
    in_xmp = tuple(dict.fromkeys((match[1] or match[2] or "").strip() for match in matches))
    keys = ("/GTS_PDFXVersion", "/GTS_PDFXConformance")
    version, conformance = (get_text(info, key).strip() for key in keys)
    return Identification(version, conformance, tuple(filter(None, in_xmp)))
