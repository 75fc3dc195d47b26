"""Hanging punctuation: the share of a character's width that hangs outside the line.

The shares are those of optical margin alignment as described for pdfTeX (Hàn Thế Thành,
*Micro-typographic extensions to the TeX typesetting system*, 2000), slightly reduced. In display
sizes an opening quotation mark hangs fully: otherwise its white space would look like an indent.
"""

from __future__ import annotations

from collections.abc import Mapping

LEFT_SHARES = {
    "“": 0.5, "‘": 0.6, "„": 0.5, "‚": 0.6, "«": 0.4, "‹": 0.4, "”": 0.5, "’": 0.6,
    '"': 0.5, "'": 0.6, "(": 0.1, "–": 0.2, "—": 0.15, "-": 0.5, "*": 0.4,
    "A": 0.04, "T": 0.05, "V": 0.05, "W": 0.04, "Y": 0.06, "J": 0.03,
}  # fmt: skip
RIGHT_SHARES = {
    ".": 0.7, ",": 0.7, ";": 0.4, ":": 0.4, "!": 0.15, "?": 0.15, "-": 0.6, "\u2010": 0.6,
    "–": 0.25, "—": 0.2, "”": 0.5, "’": 0.6, "“": 0.5, "»": 0.4, "›": 0.4, '"': 0.5, "'": 0.6,
    ")": 0.1, "…": 0.15, "*": 0.5, "।": 0.3, "،": 0.5, "、": 0.0, "。": 0.0,
    "A": 0.03, "T": 0.04, "V": 0.04, "W": 0.03, "Y": 0.05, "r": 0.02,
}  # fmt: skip

HYPHEN_SHARE = 0.6
"""Share of a hyphen at a line end that hangs."""


DISPLAY_SIZE = 14.0
"""Size in points from which quotation marks at a line start hang fully."""

QUOTATION_MARKS = frozenset("“‘„‚«‹”’\"'")


DISPLAY_SHARES = LEFT_SHARES | dict.fromkeys(QUOTATION_MARKS, 1.0)


def left_shares(size: float) -> Mapping[str, float]:
    """Return the shares of the characters that hang if they begin a line of this size."""
    return DISPLAY_SHARES if size >= DISPLAY_SIZE else LEFT_SHARES


def left_share(char: str, size: float = 0.0) -> float:
    """Return the share that hangs if the character begins a line of this size."""
    return left_shares(size).get(char, 0.0)


def right_share(char: str) -> float:
    """Return the share that hangs if the character ends a line."""
    return RIGHT_SHARES.get(char, 0.0)
