"""What a PDF is for, by the names that the command line and the public interface use."""

from __future__ import annotations

from enum import StrEnum


class Target(StrEnum):
    """What a PDF is for."""

    PRESS = "press"
    """A printer: bleed, inks of the press, PDF/X."""
    SCREEN = "screen"
    """Readers on screens: trimmed, sRGB, tagged (PDF/UA-1 and PDF/A-2a), with links."""
    BOOKLET = "booklet"
    """An office's own printer: pages two up, to be folded."""
