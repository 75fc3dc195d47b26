"""The boxes of a PDF page and its size as it is seen: turned by /Rotate and scaled by /UserUnit (ISO 32000-1, 14.11.2)."""

from __future__ import annotations

from typing import Any

from brochure.fast_dataclass import dataclass
from brochure.geometry import Matrix, Rect, shift, turn
from brochure.pdf_input.values import get, get_number, read_numbers, resolve

QUARTERS = 4
MAX_PARENTS = 64
"""How many ancestors of a page are asked for inherited entries; more are a loop."""
INHERITED = ("/MediaBox", "/CropBox", "/Rotate", "/Resources")
LETTER = Rect(0, 0, 612, 792)
"""The size of a page without a MediaBox, as other readers take it."""


@dataclass(frozen=True, slots=True)
class PageGeometry:
    """The boxes of a page, and the matrix from its user space to the lower left corner of its upright trim box, in points.

    `media`, `trim` and `bleed` are in user space; `width`, `height` and `bleed_width` are as seen.
    """

    media: Rect
    trim: Rect
    bleed: Rect
    matrix: Matrix
    width: float
    height: float
    bleed_width: float


def read_geometry(page: Any) -> PageGeometry:
    """Read the geometry of a page; boxes are clipped to the MediaBox (14.11.2.1)."""
    media = page_box(page)
    crop = _intersect(page_box(page, "/CropBox"), media)
    trim = _intersect(read_box(page, "/TrimBox") or crop, media)
    bleed = _intersect(read_box(page, "/BleedBox") or trim, media)
    unit, turns = read_user_unit(page), read_rotation(page) // 90
    at = shift(-trim.x, -trim.y).then(turn(-90 * turns)).then(to_origin(trim, turns))
    width, height = (trim.height, trim.width) if turns % 2 else (trim.width, trim.height)
    bleed_width = min(
        trim.x - bleed.x, trim.y - bleed.y, bleed.right - trim.right, bleed.top - trim.top
    )
    return PageGeometry(
        media,
        trim,
        bleed,
        at.then(Matrix(unit, 0, 0, unit)),
        width * unit,
        height * unit,
        max(0.0, bleed_width) * unit,
    )


def read_seen_area(page: Any) -> Rect:
    """Return the area that viewers show of a page, the CropBox, measured as the page is seen from the corner of its trim."""
    crop = _intersect(page_box(page, "/CropBox"), page_box(page))
    return read_geometry(page).matrix.box(crop)


def read_user_unit(page: Any) -> float:
    """Return how many points a unit of the page is; 1 if the entry is not a positive number."""
    unit = get_number(page, "/UserUnit", 1.0)
    return unit if unit > 0 else 1.0


def read_rotation(page: Any) -> int:
    """Return the clockwise rotation in degrees: 0, 90, 180 or 270."""
    angle = get_inherited(page, "/Rotate")
    quarters = int(angle) // 90 if isinstance(angle, (int, float)) else 0
    return quarters % QUARTERS * 90


def page_box(page: Any, *names: str) -> Rect:
    """Return the first of these boxes that the page has, own or inherited; the media box if it has none."""
    boxes = (read_box(page, name) for name in (*names, "/MediaBox"))
    return next((box for box in boxes if box is not None), LETTER)


def read_box(page: Any, name: str) -> Rect | None:
    """Return a box, own or inherited, with its corners in order; None if it is missing or not four numbers.

    An empty box is taken as missing, except a MediaBox: a page without any size cannot be printed.
    """
    corners = read_numbers(get_inherited(page, name), 4)
    if corners is None:
        return None
    left, right = sorted((corners[0], corners[2]))
    low, high = sorted((corners[1], corners[3]))
    is_empty = left == right or low == high
    return None if is_empty and name != "/MediaBox" else Rect(left, low, right - left, high - low)


def get_inherited(page: Any, name: str) -> Any:
    """Return an entry of a page or, if it can be inherited, of its nearest ancestor that has it."""
    node = resolve(page)
    for _ in range(MAX_PARENTS):
        value = get(node, name)
        if value is not None or name not in INHERITED or node is None:
            return value
        node = get(node, "/Parent")
    return None


def to_origin(trim: Rect, turns: int) -> Matrix:
    """Return the shift that brings a rectangle rotated about its corner back to the origin."""
    return (
        shift(0, 0),
        shift(0, trim.width),
        shift(trim.width, trim.height),
        shift(trim.height, 0),
    )[turns]


def _intersect(inner: Rect, outer: Rect) -> Rect:
    """Return the part of a box inside another; the other box if there is none."""
    both = inner.intersect(outer)
    return both if both.width and both.height else outer
