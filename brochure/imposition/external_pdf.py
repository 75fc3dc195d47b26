"""Place pages of any PDF on imposed sheets, as form XObjects (ISO 32000-1, 8.10).

TrimBox, CropBox and /Rotate are respected; bleed is kept where BleedBox is larger than the trim. Layers, output intents and
document properties that production needs are copied; links, form fields and other metadata are not. PDFs are read with pypdf.
"""

from __future__ import annotations

import io
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import field
from typing import Any

from brochure.errors import BrochureError
from brochure.fast_dataclass import dataclass
from brochure.geometry import Matrix, Rect, shift
from brochure.imposition.document_properties import copy_properties, find_group
from brochure.imposition.external_metadata import remove_metadata
from brochure.imposition.sheet_sides import FoldEdge, PageSize, PageSlot, SheetLayout
from brochure.pdf_input.opening import guard_reading, open_reader
from brochure.pdf_input.page_geometry import get_inherited, read_geometry
from brochure.pdf_input.values import get, get_array, get_dictionary, get_text


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
    """An opened PDF, or several: the pages, whether they are read from left to right, and the objects of the pages.

    `reader` is that of the first PDF, from which the properties of the document are copied.
    """

    pages: tuple[ExternalPage, ...]
    left_to_right: bool
    reader: Any
    objects: tuple[Any, ...] = field(default=(), repr=False)

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
    reader = open_reader(data, name)
    with guard_reading(name):
        pages = tuple(_page(page) for page in reader.pages)
        preferences = get(reader.root_object, "/ViewerPreferences")
        left_to_right = get_text(preferences, "/Direction") != "/R2L"
    for number, page in enumerate(pages, start=1):
        if not (MIN_SIZE < page.size.width < MAX_SIZE and MIN_SIZE < page.size.height < MAX_SIZE):
            raise BrochureError(
                f"{name}: the size of page {number} is not printable; it must be under 7 m"
            )
        objects = tuple(reader.pages)
    return ExternalPdf(pages, left_to_right, reader, objects)


def join_external(sources: Sequence[ExternalPdf]) -> ExternalPdf:
    """Return the pages of several PDFs, one after the other.

    Raises:
        BrochureError: They are for different printing conditions.
    """
    conditions = dict.fromkeys(name for source in sources for name in _list_conditions(source))
    if len(conditions) > 1:
        raise BrochureError(
            f"the PDFs are for different printing conditions ({', '.join(conditions)}); make all of them for one"
        )
    first = sources[0]
    pages = tuple(page for source in sources for page in source.pages)
    objects = tuple(one for source in sources for one in source.objects)
    return ExternalPdf(pages, first.left_to_right, first.reader, objects)


def _list_conditions(source: ExternalPdf) -> Iterator[str]:
    """Yield the identifiers of the output intents."""
    intents = get_array(source.reader.root_object, "/OutputIntents")
    return (get_text(intent, "/OutputConditionIdentifier") for intent in intents)


MIN_SIZE, MAX_SIZE = 0.5, 20_000.0
"""Limits of a page's width and height, in points (7 m)."""


def _page(page: Any) -> ExternalPage:
    """Read a page's boxes, rotated by /Rotate and scaled by /UserUnit."""
    geometry = read_geometry(page)
    size = PageSize(geometry.width, geometry.height, geometry.bleed_width)
    return ExternalPage(size, geometry.matrix, geometry.media, _visible_annotations(page))


def _visible_annotations(page: Any) -> int:
    """Count the annotations that are visible in print: all but links and popups."""
    annotations = (one for one in get_array(page, "/Annots") if isinstance(one, Mapping))
    return sum(get_text(one, "/Subtype") not in ("/Link", "/Popup") for one in annotations)


# Placing on sheets


def fill_sheets(
    sheets: bytes, media: Sequence[Rect], sheet_layouts: Sequence[SheetLayout], source: ExternalPdf
) -> bytes:
    """Return the sheets with the source's pages under their marks; `media` are the paper rectangles in the layouts' points."""
    # Imported here: pypdf is large, and only imposing external PDFs needs it.
    from pypdf import PdfWriter

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
    copy_properties(source.reader, writer)
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

        page = self.source.objects[number - 1]
        known = self.source.pages[number - 1]
        contents = page.get_contents() if get(page, "/Contents") is not None else None
        form = DecodedStreamObject()
        form.set_data(contents.get_data() if contents is not None else b"")
        form[NameObject("/Type")] = NameObject("/XObject")
        form[NameObject("/Subtype")] = NameObject("/Form")
        form[NameObject("/BBox")] = ArrayObject(FloatObject(n) for n in _edges(known.media))
        at = known.at
        form[NameObject("/Matrix")] = ArrayObject(
            FloatObject(n) for n in (at.a, at.b, at.c, at.d, at.e, at.f)
        )
        resources = get_inherited(page, "/Resources")
        if not isinstance(resources, DictionaryObject):
            resources = DictionaryObject()
        remove_metadata(resources)
        form[NameObject("/Resources")] = resources.clone(self.writer)
        group = find_group(page)
        if group is not None:
            remove_metadata(group)
            form[NameObject("/Group")] = group.clone(self.writer)
        return self.writer._add_object(form.flate_encode())


def _page_operators(slot: PageSlot, source: ExternalPdf, forms: _Forms, paper: Rect) -> str:
    """Return the operators that show a page through its window; one smaller than its slot is aligned to the fold, or centred."""
    inset = _inset(slot, source.pages[slot.number - 1].size)
    at = slot.at.then(shift(-paper.x, -paper.y))
    seen = slot.seen
    forms.get(slot.number)
    window = f"{_numbers(seen.x, seen.y, seen.width, seen.height)} re W n"
    return f"q {_cm(at)} {window} {_cm(inset)} /F{slot.number} Do Q"


def _inset(slot: PageSlot, size: PageSize) -> Matrix:
    """Return the shift of a page in its slot: to the fold if there is one, else to the middle; in the middle of the height."""
    spare = slot.size.width - size.width
    across = {FoldEdge.LEFT: 0.0, FoldEdge.RIGHT: spare, FoldEdge.NONE: spare / 2}[slot.fold]
    return shift(across, (slot.size.height - size.height) / 2)


def _insert_below(page: Any, ops: str, named: dict[str, Any], writer: Any) -> None:
    """Insert operators before a page's content, with their XObjects."""
    from pypdf.generic import (
        ArrayObject,
        DecodedStreamObject,
        DictionaryObject,
        NameObject,
    )

    resources = DictionaryObject(page["/Resources"].get_object())
    objects = DictionaryObject(get_dictionary(resources, "/XObject"))
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
