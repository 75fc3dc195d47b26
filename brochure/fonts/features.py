"""Query OpenType features: whether a font has one, and which glyphs a text gets with it. Results are cached."""

from __future__ import annotations

from collections.abc import Mapping
from functools import lru_cache

import uharfbuzz as hb

from brochure.fonts.face import Face
from brochure.fonts.shaping import shape_buffer


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
