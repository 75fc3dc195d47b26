"""The text of a PDF's pages, and the words under its comments, as pdfium extracts them.

For pages that are not those of the current edition: an earlier proof, or one that another program has written anew. Call
`read_proof_text` through `pdf_input.limits.read_limited`: the file may be hostile.
"""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from typing import Any

from brochure.errors import BrochureError
from brochure.fast_dataclass import dataclass
from brochure.geometry import Rect

PRELOADED = ("pypdfium2",)
"""Modules that the functions for limited calls import late."""

MAX_PAGE_TEXT = 100_000
"""Characters of a page that are read."""
CONTEXT = 40
"""Characters before and after the place of a note that are read."""
MAX_WORDS = 5000
"""Characters under one comment that are read."""
REACH = 40.0
"""How far text may be from the place of a note, in points."""


@dataclass(frozen=True, slots=True)
class Place:
    """Where a comment is: `areas` in user space; only the words in them are wanted if `is_mark`, else those around the first."""

    areas: tuple[Rect, ...]
    is_mark: bool


@dataclass(frozen=True, slots=True)
class ProofWords:
    """The words that a comment marks, and the text before and after them; a note has no words, only text on both sides."""

    words: str = ""
    before: str = ""
    after: str = ""


@dataclass(frozen=True, slots=True)
class ProofPageText:
    """The text of a page, and the words at each of the places that were asked for."""

    text: str
    words: tuple[ProofWords, ...]


def read_proof_text(
    data: bytes, label: str, wanted: Mapping[int, Sequence[Place]]
) -> dict[int, ProofPageText]:
    """Return the text of pages, by their index, and the words at places on them.

    Raises:
        BrochureError: The file cannot be read.
    """
    # Imported here: only comments on pages of other files need it.
    import pypdfium2

    try:
        with pypdfium2.PdfDocument(data) as document:
            return {at: _read_page(document[at], places) for at, places in wanted.items()}
    except (pypdfium2.PdfiumError, IndexError):
        raise BrochureError(
            f"{label}: the text under its comments cannot be read; save the file again"
        ) from None


def _read_page(page: Any, places: Sequence[Place]) -> ProofPageText:
    text = page.get_textpage()
    count = min(text.count_chars(), MAX_PAGE_TEXT)
    whole = text.get_text_range(0, count) if count else ""
    return ProofPageText(whole, tuple(_read_place(text, place, count) for place in places))


def _read_place(text: Any, place: Place, count: int) -> ProofWords:
    first, last = place.areas[0], place.areas[-1]
    if not place.is_mark:
        at = _find_character(text, first.centre.x, first.centre.y, count)
        return (
            ProofWords("", *_read_around(text, at, at, count)) if at is not None else ProofWords()
        )
    parts = (text.get_text_bounded(area.x, area.y, area.right, area.top) for area in place.areas)
    words = " ".join(" ".join(parts).split())[:MAX_WORDS]
    start = _find_character(text, first.x, first.centre.y, count)
    end = _find_character(text, last.right, last.centre.y, count)
    if start is None or end is None:
        return ProofWords(words)
    return ProofWords(words, *_read_around(text, min(start, end), max(start, end), count))


def _find_character(text: Any, x: float, y: float, count: int) -> int | None:
    """Return the number of the character at or near a point."""
    at = text.get_index(x, y, REACH, REACH)
    return at if at is not None and 0 <= at < count else None


def _read_around(text: Any, start: int, end: int, count: int) -> tuple[str, str]:
    """Return the text before one character, and that from another one."""
    first, last = max(0, start - CONTEXT), min(end + CONTEXT, count)
    before = text.get_text_range(first, start - first) if start > first else ""
    after = text.get_text_range(end, last - end) if last > end else ""
    return before, after
