"""Call HarfBuzz to shape a buffer, and report fonts whose tables make glyphs without end."""

from __future__ import annotations

from collections.abc import Mapping

import uharfbuzz as hb

from brochure.errors import InputError
from brochure.findings import Finding, Span
from brochure.fonts.face import Face


def shape_buffer(face: Face, buffer: hb.Buffer, features: Mapping[str, int]) -> None:
    """Shape a buffer with a face.

    HarfBuzz makes at most 64 glyphs for each character (16,384 for short texts) and gives up on fonts that need more, such as
    those with substitutions that multiply each other.

    Raises:
        InputError: The font makes too many glyphs of the text.
    """
    try:
        hb.shape(face.font, buffer, features)
    except MemoryError:
        label = face.program.label
        message = f"{label} cannot be used as a font: its substitutions need too many glyphs or too much memory"
        hint = "replace it, or remove it from assets/fonts"
        raise InputError([Finding("font-unreadable", message, Span(label), hint)]) from None
