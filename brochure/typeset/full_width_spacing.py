"""Spacing of consecutive full-width punctuation in Chinese, Japanese and Korean text.

The glyph of a full-width bracket, comma or full stop is one em wide, and half of it is blank. Between two such characters, the
blanks would add up to one em and more; half an em is removed (JIS X 4051; W3C, *Requirements for Japanese Text Layout*,
3.1.4; CSS Text 4, `text-spacing-trim`). Which half of a glyph is blank is measured: commas and full stops are in the lower left
corner in Japan and mainland China, and in the middle in Taiwan and Hong Kong.
"""

from __future__ import annotations

from collections.abc import Mapping, Sequence

from brochure.fast_dataclass import dataclass
from brochure.fonts.face import Face
from brochure.lazy_pattern import compile_lazily

OPENING = frozenset("（［｛｟〈《「『【〔〖〘〚〝“‘")
CLOSING = frozenset("）］｝｠〉》」』】〕〗〙〛〞〟”’、。，．：；！？")
MIDDLE = frozenset("・：；")
"""Characters in the middle of their glyph, with a quarter of an em on each side."""

SPACE = "\u3000"
QUOTATION_MARKS = frozenset("“”‘’")
"""Full-width in the fonts of some languages, proportional in all others."""

PUNCTUATION = OPENING | CLOSING | MIDDLE
PAIR = compile_lazily(rf"[{''.join(sorted(PUNCTUATION | {SPACE}))}]{{2}}")
EM, HALF = 1.0, 0.5
TOLERANCE = 0.005
"""In ems: how much a glyph may differ from full width, or its ink exceed its half."""


@dataclass(frozen=True, slots=True)
class WideGlyph:
    """A full-width glyph of punctuation: its index among the glyphs, and which of its halves are blank."""

    index: int
    is_left_blank: bool
    is_right_blank: bool


def find_trimmed(
    text: str, face: Face, ids: Sequence[int], clusters: Sequence[int], widths: Sequence[int]
) -> tuple[frozenset[int], frozenset[int]]:
    """Return the indexes of the glyphs whose right half is removed, and of those whose left half is.

    Args:
        text: The paragraph's text.
        face: The face of the glyphs.
        ids: The glyphs from left to right.
        clusters: The offset of each in the text.
        widths: The advance of each in font units.
    """
    nothing: frozenset[int] = frozenset()
    if not clusters or not PAIR.search(text, max(0, clusters[0] - 1), clusters[-1] + 2):
        return nothing, nothing
    glyphs = _find_wide_glyphs(text, face, ids, clusters, widths)
    right = (one.index for at, one in glyphs.items() if _is_right_trimmed(text, at, glyphs))
    left = (one.index for at, one in glyphs.items() if _is_left_trimmed(text, at, glyphs))
    return frozenset(right), frozenset(left)


def has_wide_edge(text: str, start: int, end: int) -> bool:
    """Return True if the spacing of the range's first or last character may depend on the text around it."""
    return text[start] in PUNCTUATION or text[end - 1] in PUNCTUATION


def _find_wide_glyphs(
    text: str, face: Face, ids: Sequence[int], clusters: Sequence[int], widths: Sequence[int]
) -> Mapping[int, WideGlyph]:
    """Return the full-width punctuation by its offset in the text."""
    found = {}
    for index, (glyph, cluster, width) in enumerate(zip(ids, clusters, widths, strict=True)):
        if text[cluster] not in PUNCTUATION or abs(width / face.upem - EM) > TOLERANCE:
            continue
        extents = face.font.get_glyph_extents(glyph)
        if extents is not None:
            left = extents.x_bearing / face.upem
            right = left + extents.width / face.upem
            is_left, is_right = left >= HALF - TOLERANCE, right <= HALF + TOLERANCE
            found[cluster] = WideGlyph(index, is_left, is_right)
    return found


def _is_right_trimmed(text: str, at: int, glyphs: Mapping[int, WideGlyph]) -> bool:
    """Return True for a closing character before other full-width punctuation or a full-width space."""
    following = text[at + 1 : at + 2]
    if text[at] not in CLOSING or not glyphs[at].is_right_blank or not following:
        return False
    return following == SPACE or _is_wide(following, at + 1, glyphs)


def _is_left_trimmed(text: str, at: int, glyphs: Mapping[int, WideGlyph]) -> bool:
    """Return True for an opening character after another one, a full-width space or a character in the middle of its glyph."""
    before = text[at - 1 : at] if at else ""
    if text[at] not in OPENING or not glyphs[at].is_left_blank or not before:
        return False
    if before in CLOSING and at - 1 in glyphs:
        return not glyphs[at - 1].is_right_blank
    return before == SPACE or (before in OPENING | MIDDLE and _is_wide(before, at - 1, glyphs))


def _is_wide(char: str, at: int, glyphs: Mapping[int, WideGlyph]) -> bool:
    """Return True for full-width punctuation; quotation marks may be proportional."""
    return char in PUNCTUATION and (char not in QUOTATION_MARKS or at in glyphs)
