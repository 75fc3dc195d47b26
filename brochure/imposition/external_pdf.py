"""Place pages of any PDF on imposed sheets, as form XObjects (ISO 32000-1, 8.10).

TrimBox, CropBox and /Rotate are respected; bleed is kept where BleedBox is larger than the trim. Layers and output intents
are copied, links, form fields and metadata are not. PDFs are read with pypdf.
"""

from __future__ import annotations

import io
import logging
import zlib
from collections.abc import Iterator, Sequence
from contextlib import contextmanager
from typing import Any

from brochure.errors import BrochureError
from brochure.fast_dataclass import dataclass
from brochure.geometry import Matrix, Rect, shift, turn
from brochure.imposition.external_metadata import remove_metadata
from brochure.imposition.sheet_sides import PageSize, PageSlot, SheetLayout


@dataclass(frozen=True, slots=True)
class ExternalPage:
    """A page of a PDF: its upright trim size and bleed in points, and the matrix from its user space to the trim's corner.

    `dropped` counts visible annotations that are not copied: notes, stamps, form fields.
    """

    size: PageSize
    at: Matrix
    media: Rect
    dropped: int = 0


@dataclass(frozen=True)
class ExternalPdf:
    """An opened PDF: its pages, and whether it is read from left to right."""

    pages: tuple[ExternalPage, ...]
    left_to_right: bool
    reader: Any

    @property
    def common_size(self) -> PageSize:
        """The size reserved for every page: the largest trim, with the smallest bleed."""
        sizes = [page.size for page in self.pages]
        return PageSize(
            max(size.width for size in sizes),
            max(size.height for size in sizes),
            min(size.bleed for size in sizes),
        )

    @property
    def has_equal_sizes(self) -> bool:
        """True if all pages have the same size, to a tenth of a point."""
        return (
            len({(round(one.size.width, 1), round(one.size.height, 1)) for one in self.pages}) < 2
        )


def open_external(data: bytes, name: str) -> ExternalPdf:
    """Open a PDF; raise `BrochureError` if it cannot be read."""
    # Imported here: pypdf is large, and only imposing external PDFs needs it.
    from pypdf import PdfReader

    with report_unreadable(name):
        reader = PdfReader(io.BytesIO(data))
        if reader.is_encrypted and not reader.decrypt(""):
            raise BrochureError(f"{name}: the PDF is encrypted; save it without a password")
        pages = tuple(_page(page) for page in reader.pages)
        opened = ExternalPdf(pages, _left_to_right(reader.root_object), reader)
    if not pages:
        raise BrochureError(f"{name}: the PDF has no pages")
    for number, page in enumerate(pages, start=1):
        if not (MIN_SIZE < page.size.width < MAX_SIZE and MIN_SIZE < page.size.height < MAX_SIZE):
            raise BrochureError(
                f"{name}: the size of page {number} is not printable; it must be under 7 m"
            )
    return opened


MIN_SIZE, MAX_SIZE = 0.5, 20_000.0
"""Limits of a page's width and height, in points (7 m)."""


@contextmanager
def report_unreadable(name: str) -> Iterator[None]:
    """Turn exceptions of the PDF library into a `BrochureError` that names the file."""
    # Imported here: as above.
    from pypdf.errors import PyPdfError

    logging.getLogger("pypdf").setLevel(logging.CRITICAL)  # it logs to standard error
    try:
        yield
    except (PyPdfError, *PYPDF_ERRORS) as failure:
        raise BrochureError(f"{name}: not a readable PDF ({failure})") from failure


PYPDF_ERRORS = (
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
"""Exceptions of pypdf on damaged files; it parses lazily and does not validate."""


def _left_to_right(root: Any) -> bool:
    preferences = _entry(root, "/ViewerPreferences", {})
    return bool(_entry(preferences, "/Direction", "") != "/R2L")


def _entry(holder: Any, key: str, default: Any) -> Any:
    """Return a dictionary's value with its reference resolved; `get` would return the reference."""
    return holder[key] if key in holder else default  # noqa: SIM401


QUARTERS = 4


def _page(page: Any) -> ExternalPage:
    """Read a page's boxes, clipped to the MediaBox (14.11.2.1), rotated by /Rotate and scaled by /UserUnit."""
    unit = float(_entry(page, "/UserUnit", 1))
    media = _rect(page.mediabox)
    seen = _intersect(_rect(page.cropbox), media)
    trim = _intersect(_rect(page.trimbox), media) if "/TrimBox" in page else seen
    bleed = _intersect(_rect(page.bleedbox), media) if "/BleedBox" in page else trim
    turns = (int(_entry(page, "/Rotate", 0)) // 90) % QUARTERS
    at = shift(-trim.x, -trim.y).then(turn(-90 * turns)).then(_to_origin(trim, turns))
    width, height = (trim.height, trim.width) if turns % 2 else (trim.width, trim.height)
    bleed_width = min(
        trim.x - bleed.x, trim.y - bleed.y, bleed.right - trim.right, bleed.top - trim.top
    )
    size = PageSize(width * unit, height * unit, max(0.0, bleed_width) * unit)
    return ExternalPage(size, at.then(Matrix(unit, 0, 0, unit)), media, _visible_annotations(page))


def _visible_annotations(page: Any) -> int:
    """Count the annotations that are visible in print: all but links and popups."""
    kinds = [_entry(one.get_object(), "/Subtype", "") for one in _entry(page, "/Annots", ())]
    return sum(kind not in ("/Link", "/Popup") for kind in kinds)


def _to_origin(trim: Rect, turns: int) -> Matrix:
    """Return the shift that brings a rectangle rotated about its corner back to the origin."""
    return (
        shift(0, 0),
        shift(0, trim.width),
        shift(trim.width, trim.height),
        shift(trim.height, 0),
    )[turns]


def _rect(box: Any) -> Rect:
    """Return a box with its corners in order; a PDF may give any two opposite ones."""
    left, right = sorted((float(box[0]), float(box[2])))
    low, high = sorted((float(box[1]), float(box[3])))
    return Rect(left, low, right - left, high - low)


def _intersect(inner: Rect, outer: Rect) -> Rect:
    """Return the part of a box inside another; the other box if there is none."""
    both = inner.common(outer)
    return both if both.width and both.height else outer


# Placing on sheets


def fill_sheets(
    sheets: bytes, media: Sequence[Rect], sheet_layouts: Sequence[SheetLayout], source: ExternalPdf
) -> bytes:
    """Return the sheets with the source's pages under their marks; `media` are the paper rectangles in the layouts' points."""
    # Imported here: as above.
    from pypdf import PdfWriter
    from pypdf.generic import NameObject

    writer = PdfWriter(clone_from=io.BytesIO(sheets))
    forms = _Forms(writer, source)
    for page, paper, sheet_layout in zip(writer.pages, media, sheet_layouts, strict=True):
        ops = [_page_operators(slot, source, forms, paper) for slot in sheet_layout.slots]
        _insert_below(
            page,
            "\n".join(ops),
            {f"F{slot.number}": forms.get(slot.number) for slot in sheet_layout.slots},
            writer,
        )
    for key in ("/OCProperties", "/OutputIntents"):
        if key in source.reader.root_object:
            value = source.reader.root_object[key]
            remove_metadata(value)
            writer.root_object[NameObject(key)] = value.clone(writer)
    out = io.BytesIO()
    writer.write(out)
    return out.getvalue()


class _Forms:
    """The form XObjects of pages, each made on first use."""

    def __init__(self, writer: Any, source: ExternalPdf) -> None:
        self.writer = writer
        self.source = source
        self._made: dict[int, Any] = {}

    def get(self, number: int) -> Any:
        """Return the reference to a page's form XObject."""
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
        remove_metadata(resources)
        form[NameObject("/Resources")] = resources.clone(self.writer)
        if "/Group" in page:
            form[NameObject("/Group")] = page["/Group"].clone(self.writer)
        return self.writer._add_object(form.flate_encode())


def _page_operators(slot: PageSlot, source: ExternalPdf, forms: _Forms, paper: Rect) -> str:
    """Return the operators that show a page through its window, centred if it is smaller than its slot."""
    common_size, size = source.common_size, source.pages[slot.number - 1].size
    inset = shift((common_size.width - size.width) / 2, (common_size.height - size.height) / 2)
    at = slot.at.then(shift(-paper.x, -paper.y))
    seen = slot.seen
    forms.get(slot.number)
    window = f"{_numbers(seen.x, seen.y, seen.width, seen.height)} re W n"
    return f"q {_cm(at)} {window} {_cm(inset)} /F{slot.number} Do Q"


def _insert_below(page: Any, ops: str, named: dict[str, Any], writer: Any) -> None:
    """Insert operators before a page's content, with their XObjects."""
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
