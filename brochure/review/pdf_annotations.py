"""Reads the comments in a PDF: annotations of any program, as plain values (ISO 32000-1, 12.5.6).

Call `read_annotated` through `pdf_input.limits.read_limited`: the file may be hostile. Coordinates stay in the user space of
their pages; a rotation of the page is only a way of showing it, and changes nothing.
"""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence
from typing import Any

from brochure.errors import BrochureError
from brochure.fast_dataclass import dataclass
from brochure.geometry import Rect, bounding_box
from brochure.pdf.page_stamp import PageStamp, read_stamp
from brochure.pdf_input.opening import guard_reading, open_reader
from brochure.pdf_input.page_geometry import read_geometry
from brochure.pdf_input.values import (
    get,
    get_array,
    get_dictionary,
    get_text,
    read_numbers,
    resolve,
)
from brochure.review.pdf_strings import clean_line, read_date, read_rich_text, read_string

PRELOADED = ("pypdf",)
"""Modules that the functions for limited calls import late."""

Point = tuple[float, float]
Polygon = tuple[Point, ...]

MARKUP = frozenset({"Highlight", "Underline", "Squiggly", "StrikeOut", "Redact"})
"""Annotations that mark words with quadrilaterals."""
SHAPES = frozenset({"Square", "Circle", "Polygon", "PolyLine", "Ink"})
NOTES = frozenset({"Text", "FreeText", "Caret", "Stamp", "Line", "FileAttachment", "Sound"})
KINDS = MARKUP | SHAPES | NOTES
"""Annotations that reviewers make (12.5.6.2); others, such as links and form fields, belong to the document."""

MAX_PAGES = 3000
MAX_ANNOTATIONS = 5000
MAX_QUADS = 200
"""Quadrilaterals of one annotation that are read: lines of marked text on one page."""
MAX_ALL_QUADS = 20_000
"""Quadrilaterals of a file."""


@dataclass(frozen=True, slots=True)
class Annotation:
    """An annotation of a reviewer.

    `quads` are the marked areas, `rect` is the bounding box, `point` what it points at, if it says so. `reply_to` is the
    number of the annotation that it answers or, if `is_grouped`, belongs to. `date` is in ISO 8601. `state` is the state that it
    sets the other to, in a `state_model`; `intent` is its /IT, `name` the /Name of a stamp or an icon.
    """

    kind: str
    page: int
    rect: Rect
    quads: tuple[Polygon, ...] = ()
    point: Point | None = None
    text: str = ""
    author: str = ""
    date: str = ""
    reply_to: int | None = None
    is_grouped: bool = False
    state: str = ""
    state_model: str = ""
    intent: str = ""
    name: str = ""


@dataclass(frozen=True, slots=True)
class AnnotatedPage:
    """A page of the PDF: its trim box in user space, the size as seen, and the stamp of the edition it was built from."""

    trim: Rect
    stamp: PageStamp | None = None


@dataclass(frozen=True, slots=True)
class AnnotatedPdf:
    """A PDF with comments; an annotation's `page` and `reply_to` are indices of these lists."""

    pages: tuple[AnnotatedPage, ...]
    annotations: tuple[Annotation, ...]


def read_annotated(data: bytes, label: str) -> AnnotatedPdf:
    """Read the pages and the comments of a PDF.

    Raises:
        BrochureError: The file cannot be read, or has too many pages or comments.
    """
    reader = open_reader(data, label)
    with guard_reading(label):
        count = len(reader.pages)
        if count > MAX_PAGES:
            raise BrochureError(f"{label}: has {count:,} pages, limit {MAX_PAGES:,}; {SPLIT}")
        pages = [_read_page(page) for page in reader.pages]
        found = list(_find_annotations(reader, label))
        annotations = _read_all(found)
    if sum(len(one.quads) for one in annotations) > MAX_ALL_QUADS:
        raise BrochureError(f"{label}: marks more than {MAX_ALL_QUADS:,} lines; {SPLIT}")
    return AnnotatedPdf(tuple(pages), annotations)


SPLIT = "split the file, and import the parts"


def _read_page(page: Any) -> AnnotatedPage:
    stamp, trim = read_stamp(page)
    return AnnotatedPage(trim or read_geometry(page).trim, stamp)


@dataclass(frozen=True, slots=True)
class _Found:
    """An annotation's dictionary, its page, and the number of its object (0: none)."""

    entries: Any
    page: int
    number: int


def _find_annotations(reader: Any, label: str) -> Iterator[_Found]:
    """Yield the annotations of reviewers, each object once."""
    seen: set[int] = set()
    count = 0
    for at, page in enumerate(reader.pages):
        holder = get(page, "/Annots")
        for one in holder if isinstance(holder, list) else ():
            number = getattr(one, "idnum", 0)
            entries = resolve(one)
            if number in seen or get_text(entries, "/Subtype")[1:] not in KINDS:
                continue
            if number:
                seen.add(number)
            count += 1
            if count > MAX_ANNOTATIONS:
                message = f"{label}: has more than {MAX_ANNOTATIONS:,} comments"
                raise BrochureError(f"{message}; {SPLIT}")
            yield _Found(entries, at, number)


def _read_all(found: Sequence[_Found]) -> tuple[Annotation, ...]:
    by_number = {one.number: at for at, one in enumerate(found) if one.number}
    by_name = {
        name: at for at, one in enumerate(found) if (name := read_string(one.entries, "/NM"))
    }
    return tuple(
        _read(one, _find_parent(one.entries, by_number, by_name, own=at))
        for at, one in enumerate(found)
    )


def _find_parent(
    entries: Any, by_number: dict[int, int], by_name: dict[str, int], *, own: int
) -> int | None:
    """Return the number of the annotation that /IRT names, by reference or, as in form data files, by its name."""
    raw = dict.get(entries, "/IRT") if isinstance(entries, dict) else None
    parent = by_number.get(getattr(raw, "idnum", 0))
    if parent is None and raw is not None:
        name = read_string(entries, "/IRT") or read_string(get(entries, "/IRT"), "/NM")
        parent = by_name.get(name)
    return None if parent == own else parent


def _read(found: _Found, parent: int | None) -> Annotation:
    entries = found.entries
    kind = get_text(entries, "/Subtype")[1:]
    quads = _read_quads(entries) if kind in MARKUP else ()
    return Annotation(
        kind,
        found.page,
        _read_rect(entries, quads),
        quads,
        _read_point(entries, kind),
        _read_text(entries),
        clean_line(read_string(entries, "/T")),
        read_date(get_text(entries, "/CreationDate")) or read_date(get_text(entries, "/M")),
        parent,
        get_text(entries, "/RT") == "/Group",
        clean_line(read_string(entries, "/State")),
        clean_line(read_string(entries, "/StateModel")),
        get_text(entries, "/IT")[1:],
        _read_name(get_text(entries, "/Name")),
    )


def _read_text(entries: Any) -> str:
    """Return the comment: its plain text or else its rich text, its own or that of its pop-up window."""
    popup = get_dictionary(entries, "/Popup")
    return (
        read_string(entries, "/Contents")
        or read_rich_text(entries, "/RC")
        or read_string(popup, "/Contents")
    )


def _read_quads(entries: Any) -> tuple[Polygon, ...]:
    """Return the marked quadrilaterals, whatever the order of their corners.

    The standard has them counter-clockwise; Acrobat and most others write the upper corners, then the lower ones; some the
    other way round.
    """
    values = get_array(entries, "/QuadPoints")[: 8 * MAX_QUADS]
    quads: list[Polygon] = []
    for at in range(0, len(values) - 7, 8):
        numbers = read_numbers(values[at : at + 8], 8)
        if numbers:
            quads.append(_order(tuple(zip(numbers[::2], numbers[1::2], strict=True))))
    return tuple(quads)


def _order(points: Polygon) -> Polygon:
    """Return the corners of a convex polygon counter-clockwise."""
    # Imported here: needed for marked words only.
    from math import atan2

    x = sum(point[0] for point in points) / len(points)
    y = sum(point[1] for point in points) / len(points)
    return tuple(sorted(points, key=lambda point: atan2(point[1] - y, point[0] - x)))


def _read_rect(entries: Any, quads: Sequence[Polygon]) -> Rect:
    """Return the bounding box: of the marked areas, else of the annotation."""
    if quads:
        return bounding_box(point for quad in quads for point in quad)
    numbers = read_numbers(get_array(entries, "/Rect"), 4) or (0.0, 0.0, 0.0, 0.0)
    return bounding_box(((numbers[0], numbers[1]), (numbers[2], numbers[3])))


def _read_point(entries: Any, kind: str) -> Point | None:
    """Return what a callout or an arrow points at."""
    if kind == "FreeText":
        tip = read_numbers(get_array(entries, "/CL"), 2)
        return (tip[0], tip[1]) if tip else None
    if kind == "Line":
        ends = read_numbers(get_array(entries, "/L"), 4)
        heads = [str(one) for one in get_array(entries, "/LE")]
        if ends:
            begins = heads[:1] not in ([], ["/None"]) and heads[1:] in ([], ["/None"])
            return (ends[0], ends[1]) if begins else (ends[2], ends[3])
    return None


CAMEL_CASE = re.compile(r"(?<=[a-z])(?=[A-Z])")


def _read_name(name: str) -> str:
    """Return the name of a stamp in words: `/SBNotApproved` is "Not Approved"."""
    name = name.lstrip("/#")
    name = name[2:] if name[:2] in ("SB", "SH") else name
    return clean_line(CAMEL_CASE.sub(" ", name))
