"""Foreign PDFs: pages that we did not make, onto printer's sheets.

Takes the bytes of any PDF; gives its pages' boxes, and puts the pages as form XObjects (ISO 32000-1, 8.10) onto sheets that
hold nothing yet but their marks. Vectors stay vectors and text stays text; TrimBox, CropBox and /Rotate are respected, and
what lies between trim and BleedBox is kept towards trims. Layers and output intents come along, links and forms to fill in
do not. The only file of press that reads PDF; pypdf does.
"""

from __future__ import annotations

import io
import logging
import zlib
from collections.abc import Iterator, Sequence
from contextlib import contextmanager
from typing import Any

from brochure.errors import UsageError
from brochure.fast_dataclass import dataclass
from brochure.geometry import Matrix, Rect, shift, turn
from brochure.imposition.sheet_sides import PageSize, PageSlot, SheetLayout


@dataclass(frozen=True, slots=True)
class ExternalPage:
    """A page of a PDF: its trim upright, in points, its bleed, and the map from the page's own space to the trim's corner.

    `dropped` counts what would be seen but does not come along: notes, stamps, fields.
    """

    size: PageSize
    at: Matrix
    media: Rect
    dropped: int = 0


@dataclass(frozen=True)
class ExternalPdf:
    """A PDF that has been opened: its pages, and whether it is read from left to right."""

    pages: tuple[ExternalPage, ...]
    left_to_right: bool
    reader: Any

    @property
    def usual(self) -> PageSize:
        """The room that every page gets: that of the largest, with as much bleed as all of them have."""
        sizes = [page.size for page in self.pages]
        return PageSize(
            max(size.width for size in sizes),
            max(size.height for size in sizes),
            min(size.bleed for size in sizes),
        )

    @property
    def alike(self) -> bool:
        """Whether all pages are of one size, to a tenth of a point."""
        return (
            len({(round(one.size.width, 1), round(one.size.height, 1)) for one in self.pages}) < 2
        )


def open_external(data: bytes, name: str) -> ExternalPdf:
    """The PDF in these bytes; UsageError where it cannot be read."""
    # Imported here: pypdf is large, and only those who impose foreign files need it.
    from pypdf import PdfReader

    with readable(name):
        reader = PdfReader(io.BytesIO(data))
        if reader.is_encrypted and not reader.decrypt(""):
            raise UsageError(f"{name}: is encrypted; save it without a password first")
        pages = tuple(_page(page) for page in reader.pages)
        found = ExternalPdf(pages, _left_to_right(reader.root_object), reader)
    if not pages:
        raise UsageError(f"{name}: has no pages")
    for number, page in enumerate(pages, start=1):
        if not (LEAST < page.size.width < MOST and LEAST < page.size.height < MOST):
            raise UsageError(f"{name}: page {number} has no size that can be printed")
    return found


LEAST, MOST = 0.5, 20_000.0
"""What a page may measure, in points: up to seven metres."""


@contextmanager
def readable(name: str) -> Iterator[None]:
    """Turns whatever a broken file makes the reading library raise into a UsageError with its name."""
    # Imported here: as above.
    from pypdf.errors import PyPdfError

    logging.getLogger("pypdf").setLevel(logging.CRITICAL)  # it grumbles on standard error
    try:
        yield
    except (PyPdfError, *BROKEN) as failure:
        raise UsageError(f"{name}: is no PDF that can be read ({failure})") from failure


BROKEN = (
    ArithmeticError,
    AssertionError,
    AttributeError,
    LookupError,
    NotImplementedError,
    RecursionError,
    TypeError,
    ValueError,
    zlib.error,
)
"""What pypdf lets through where a file is damaged: it reads lazily, and trusts what it reads."""


def _left_to_right(root: Any) -> bool:
    preferences = _entry(root, "/ViewerPreferences", {})
    return bool(_entry(preferences, "/Direction", "") != "/R2L")


def _entry(holder: Any, key: str, otherwise: Any) -> Any:
    """An entry of a dictionary, its reference followed; `get` would give the reference."""
    return holder[key] if key in holder else otherwise  # noqa: SIM401


QUARTERS = 4


def _page(page: Any) -> ExternalPage:
    """The boxes of a page, which are clipped to its medium (14.11.2.1), turned as /Rotate says and scaled by /UserUnit."""
    unit = float(_entry(page, "/UserUnit", 1))
    media = _rect(page.mediabox)
    seen = _inside(_rect(page.cropbox), media)
    trim = _inside(_rect(page.trimbox), media) if "/TrimBox" in page else seen
    bleed = _inside(_rect(page.bleedbox), media) if "/BleedBox" in page else trim
    turns = (int(_entry(page, "/Rotate", 0)) // 90) % QUARTERS
    at = shift(-trim.x, -trim.y).then(turn(-90 * turns)).then(_home(trim, turns))
    width, height = (trim.height, trim.width) if turns % 2 else (trim.width, trim.height)
    around = min(trim.x - bleed.x, trim.y - bleed.y, bleed.right - trim.right, bleed.top - trim.top)
    size = PageSize(width * unit, height * unit, max(0.0, around) * unit)
    return ExternalPage(size, at.then(Matrix(unit, 0, 0, unit)), media, _seen_annotations(page))


def _seen_annotations(page: Any) -> int:
    """How many annotations are seen on paper: all that are no links and are not hidden."""
    kinds = [_entry(one.get_object(), "/Subtype", "") for one in _entry(page, "/Annots", ())]
    return sum(kind not in ("/Link", "/Popup") for kind in kinds)


def _home(trim: Rect, turns: int) -> Matrix:
    """Brings a rectangle that was turned about its corner back to where its lower left corner is 0, 0."""
    return (
        shift(0, 0),
        shift(0, trim.width),
        shift(trim.width, trim.height),
        shift(trim.height, 0),
    )[turns]


def _rect(box: Any) -> Rect:
    """A box with its corners in order: a PDF may name any two opposite ones."""
    left, right = sorted((float(box[0]), float(box[2])))
    low, high = sorted((float(box[1]), float(box[3])))
    return Rect(left, low, right - left, high - low)


def _inside(inner: Rect, outer: Rect) -> Rect:
    """What of a box lies inside another; the other where that is nothing."""
    both = inner.common(outer)
    return both if both.width and both.height else outer


# Onto sheets


def fill_sheets(
    sheets: bytes, media: Sequence[Rect], formes: Sequence[SheetLayout], source: ExternalPdf
) -> bytes:
    """The sheets with the pages of the source beneath their marks; `media` are the sheets' papers, in the formes' points."""
    # Imported here: as above.
    from pypdf import PdfWriter
    from pypdf.generic import NameObject

    writer = PdfWriter(clone_from=io.BytesIO(sheets))
    forms = _Forms(writer, source)
    for page, paper, forme in zip(writer.pages, media, formes, strict=True):
        ops = [_shown(slot, source, forms, paper) for slot in forme.slots]
        _beneath(
            page,
            "\n".join(ops),
            {f"F{slot.number}": forms.of(slot.number) for slot in forme.slots},
            writer,
        )
    for key in ("/OCProperties", "/OutputIntents"):
        if key in source.reader.root_object:
            writer.root_object[NameObject(key)] = source.reader.root_object[key].clone(writer)
    out = io.BytesIO()
    writer.write(out)
    return out.getvalue()


class _Forms:
    """The form XObject of each page, made when it is first asked for."""

    def __init__(self, writer: Any, source: ExternalPdf) -> None:
        self.writer = writer
        self.source = source
        self._made: dict[int, Any] = {}

    def of(self, number: int) -> Any:
        """The reference to a page's form."""
        if number not in self._made:
            self._made[number] = self._form(number)
        return self._made[number]

    def _form(self, number: int) -> Any:
        from pypdf.generic import (
            ArrayObject,
            DecodedStreamObject,
            DictionaryObject,
            FloatObject,
            NameObject,
        )

        page = self.source.reader.pages[number - 1]
        known = self.source.pages[number - 1]
        contents = page.get_contents()
        form = DecodedStreamObject()
        form.set_data(contents.get_data() if contents is not None else b"")
        form[NameObject("/Type")] = NameObject("/XObject")
        form[NameObject("/Subtype")] = NameObject("/Form")
        form[NameObject("/BBox")] = ArrayObject(FloatObject(n) for n in _edges(known.media))
        at = known.at
        form[NameObject("/Matrix")] = ArrayObject(
            FloatObject(n) for n in (at.a, at.b, at.c, at.d, at.e, at.f)
        )
        resources = _entry(page, "/Resources", DictionaryObject())
        form[NameObject("/Resources")] = resources.clone(self.writer)
        if "/Group" in page:
            form[NameObject("/Group")] = page["/Group"].clone(self.writer)
        return self.writer._add_object(form.flate_encode())


def _shown(slot: PageSlot, source: ExternalPdf, forms: _Forms, paper: Rect) -> str:
    """The operators that show a page through its window; one smaller than its room stands in the middle of it."""
    room, size = source.usual, source.pages[slot.number - 1].size
    inset = shift((room.width - size.width) / 2, (room.height - size.height) / 2)
    at = slot.at.then(shift(-paper.x, -paper.y))
    seen = slot.seen
    forms.of(slot.number)
    window = f"{_numbers(seen.x, seen.y, seen.width, seen.height)} re W n"
    return f"q {_cm(at)} {window} {_cm(inset)} /F{slot.number} Do Q"


def _beneath(page: Any, ops: str, named: dict[str, Any], writer: Any) -> None:
    """Puts operators before all that is on a page already."""
    from pypdf.generic import (
        ArrayObject,
        DecodedStreamObject,
        DictionaryObject,
        NameObject,
    )

    resources = DictionaryObject(page["/Resources"].get_object())
    objects = DictionaryObject(_entry(resources, "/XObject", DictionaryObject()))
    objects.update({NameObject(f"/{name}"): form for name, form in named.items()})
    resources[NameObject("/XObject")] = objects
    page[NameObject("/Resources")] = resources
    stream = DecodedStreamObject()
    stream.set_data(f"{ops}\n".encode("ascii"))
    below = writer._add_object(stream.flate_encode())
    page[NameObject("/Contents")] = ArrayObject([below, page.raw_get("/Contents")])


def _edges(rect: Rect) -> tuple[float, float, float, float]:
    return rect.x, rect.y, rect.right, rect.top


def _cm(at: Matrix) -> str:
    return f"{_numbers(at.a, at.b, at.c, at.d, at.e, at.f)} cm"


def _numbers(*values: float) -> str:
    return " ".join(f"{value + 0:.4f}".rstrip("0").rstrip(".") for value in values)
