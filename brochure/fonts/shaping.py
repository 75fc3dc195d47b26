"""Call HarfBuzz: shape text, and query the OpenType features of fonts.

Fonts whose tables make glyphs without end are reported. What is asked of features is cached.
"""

from __future__ import annotations

from collections.abc import Mapping
from functools import lru_cache

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


def has_feature(face: Face, tag: str) -> bool:
    """Return True if the font has a substitution feature, by its OpenType tag."""
    return tag in _feature_tags(face)


def shape_plain(face: Face, text: str, features: Mapping[str, bool]) -> tuple[int, ...]:
    """Return the glyphs of a text by itself, with these features."""
    return _shape(face, text, tuple(sorted(features.items())))


@lru_cache(maxsize=256)
def _feature_tags(face: Face) -> frozenset[str]:
    font = face.program.hb
    tags: set[str] = set()
    for at, _ in enumerate(font.get_table_script_tags("GSUB")):
        tags.update(font.get_language_feature_tags("GSUB", at))
        for language, _ in enumerate(font.get_script_language_tags("GSUB", at)):
            tags.update(font.get_language_feature_tags("GSUB", at, language))
    return frozenset(tags)


@lru_cache(maxsize=4096)
def _shape(face: Face, text: str, features: tuple[tuple[str, bool], ...]) -> tuple[int, ...]:
    buffer = hb.Buffer()
    buffer.add_str(text)
    buffer.guess_segment_properties()
    shape_buffer(face, buffer, dict(features))
    return tuple(info.codepoint for info in buffer.glyph_infos)
