"""Hanging punctuation: how much of a mark stands outside the measure, so that the edge looks straight.

Gives the share of a character's width that hangs at the left and at the right edge. The shares are those of optical margin
alignment as practised since Gutenberg's Bible and described for pdfTeX (Hàn Thế Thành, *Micro-typographic extensions
to the TeX typesetting system*, 2000), a little reduced. In display sizes a quotation mark that opens a line hangs fully: there
its white would be an indent.
"""

from __future__ import annotations

LEFT = {
    "“": 0.5, "‘": 0.6, "„": 0.5, "‚": 0.6, "«": 0.4, "‹": 0.4, "”": 0.5, "’": 0.6,
    '"': 0.5, "'": 0.6, "(": 0.1, "–": 0.2, "—": 0.15, "-": 0.5, "*": 0.4,
    "A": 0.04, "T": 0.05, "V": 0.05, "W": 0.04, "Y": 0.06, "J": 0.03,
}  # fmt: skip
RIGHT = {
    ".": 0.7, ",": 0.7, ";": 0.4, ":": 0.4, "!": 0.15, "?": 0.15, "-": 0.6, "\u2010": 0.6,
    "–": 0.25, "—": 0.2, "”": 0.5, "’": 0.6, "“": 0.5, "»": 0.4, "›": 0.4, '"': 0.5, "'": 0.6,
    ")": 0.1, "…": 0.15, "*": 0.5, "।": 0.3, "،": 0.5, "、": 0.0, "。": 0.0,
    "A": 0.03, "T": 0.04, "V": 0.04, "W": 0.03, "Y": 0.05, "r": 0.02,
}  # fmt: skip

HYPHEN = 0.6
"""How much of a hyphen at a line's end hangs."""


DISPLAY = 14.0
"""From what size on, in points, quotation marks at a line's beginning hang fully."""

MARKS = frozenset("“‘„‚«‹”’\"'")


def left_share(char: str, size: float = 0.0) -> float:
    """The share of the character that hangs where it begins a line of type of this size."""
    if size >= DISPLAY and char in MARKS:
        return 1.0
    return LEFT.get(char, 0.0)


def right_share(char: str) -> float:
    """The share of the character that hangs where it ends a line."""
    return RIGHT.get(char, 0.0)
