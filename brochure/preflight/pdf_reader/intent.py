"""Reads the output intent of a PDF: the printing condition that it was made for (ISO 32000-1, 14.11.5)."""

from __future__ import annotations

from collections.abc import Callable
from contextlib import suppress
from typing import Any

from brochure.color.icc_profile import IccProfile, IccProfileError, read_press_profile
from brochure.color.printing_condition import SHIPPED, shipped_condition
from brochure.color.profile_ink import measure_profile_ink
from brochure.pdf_input.streams import read_stream
from brochure.pdf_input.values import get, get_array, get_text
from brochure.preflight.model import Pdf

FindPress = Callable[[], IccProfile | None]
"""Returns the press profile of a file, which is read if an image must be converted with it."""

PDFX = "/GTS_PDFX"


def list_intents(pdf: Pdf) -> list[Any]:
    """Return the PDF/X output intents."""
    every = get_array(pdf.reader.root_object, "/OutputIntents")
    return [one for one in every if get_text(one, "/S") == PDFX]


def find_press_profile(pdf: Pdf) -> IccProfile | None:
    """Return the press profile that the file embeds; None if there is none that can be used."""
    for intent in list_intents(pdf):
        with suppress(IccProfileError):
            return read_press_profile(read_stream(get(intent, "/DestOutputProfile")))
    return None


def find_ink_limit(pdf: Pdf) -> float | None:
    """Return the total ink limit of the file's printing condition, 1 for each full ink; None if it is not known.

    It is that of a shipped condition, or the most ink that the embedded profile gives any colour.
    """
    for intent in list_intents(pdf):
        data = read_stream(get(intent, "/DestOutputProfile"))
        identifier = get_text(intent, "/OutputConditionIdentifier")
        for name, shipped in SHIPPED.items():
            if shipped.identifier == identifier and data in (
                b"",
                shipped_condition(name).profile.data,
            ):
                return shipped.ink_limit
        if data:
            return measure_profile_ink(data)
    return None
