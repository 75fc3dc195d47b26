"""Page stamps: which page of which edition a page of a screen PDF is, in its page-piece dictionary (ISO 32000-1, 14.5).

They stay with the page when it is extracted from the file or merged into another, so that comments on it are found again, and
a proof that is out of date is noticed. PDF/A and PDF/UA allow page-piece dictionaries.
"""

from __future__ import annotations

from typing import Any

from brochure.fast_dataclass import dataclass
from brochure.geometry import Rect
from brochure.pdf.objects import Array, Dictionary, text
from brochure.pdf_input.values import get, get_integer, get_text, read_numbers

APPLICATION = "Brochure"
"""Our name in a page-piece dictionary."""
MAX_NAME = 200
KEY_LIST = "key-list"
"""Stands in for the digest of a page of the key list, which is not a page of the edition."""
MODIFIED = "D:20000101000000Z"
"""A page-piece dictionary must have a date; the current time would change the file in every build."""


@dataclass(frozen=True, slots=True)
class PageStamp:
    """A page of an edition: `edition` is its language, or office and language (`cambodia/km`); `digest` is of what is placed."""

    brochure: str
    edition: str
    page: int
    digest: str


def stamp_entries(stamp: PageStamp, trim: Rect) -> dict[str, Any]:
    """Return the entries of a page with a stamp; `trim` is its trim box."""
    box = Array((trim.x, trim.y, trim.right, trim.top))
    private = Dictionary(
        Brochure=text(stamp.brochure),
        Edition=text(stamp.edition),
        Page=stamp.page,
        Digest=text(stamp.digest),
        TrimBox=box,
    )
    modified = text(MODIFIED)
    ours = Dictionary(LastModified=modified, Private=private)
    return {"PieceInfo": Dictionary(Brochure=ours), "LastModified": modified}


def read_stamp(page: Any) -> tuple[PageStamp | None, Rect | None]:
    """Return the stamp of a page and its trim box when it was built; None if it has none."""
    private = get(get(get(page, "/PieceInfo"), f"/{APPLICATION}"), "/Private")
    brochure, edition = (get_text(private, key)[:MAX_NAME] for key in ("/Brochure", "/Edition"))
    digest, number = get_text(private, "/Digest")[:MAX_NAME], get_integer(private, "/Page", 0)
    box = read_numbers(get(private, "/TrimBox"), 4)
    if not (brochure and edition and digest and number > 0):
        return None, None
    trim = Rect(box[0], box[1], box[2] - box[0], box[3] - box[1]) if box else None
    return PageStamp(brochure, edition, number, digest), trim
