"""What can be read from a PDF with certainty: pages, blocks of text, flat areas and pictures.

The file may be hostile: `read_sketch_limited` reads it in another process, with limits on time and memory.
"""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from typing import Any

from brochure.compare.contents import TextFlow
from brochure.compare.pdf_contents import describe_colour, read_flows
from brochure.errors import BrochureError
from brochure.fast_dataclass import dataclass
from brochure.geometry import Matrix, Rect, bounding_box
from brochure.pdf_import.pictures import SketchPicture, read_pictures
from brochure.pdf_input.limits import read_limited
from brochure.pdf_input.page_geometry import read_geometry
from brochure.pdf_input.values import get, get_text
from brochure.preflight.model import ColourSpace, ImageObject, PageContent, PathObject
from brochure.preflight.pdf_reader.document import open_pdf, read_page_objects
from brochure.preflight.pdf_reader.metadata import read_info

PRELOADED = ("pypdfium2", "pypdf")
"""Modules that the functions for limited calls import late."""

MAX_LINE = 6.0
"""Thickness in points up to which a line is an area."""

HAIRLINE = 0.25
"""Thickness in points of lines that have none: the thinnest that printers accept."""

NEAR = 0.05
"""Distance in points up to which corners are those of a rectangle."""


@dataclass(frozen=True, slots=True)
class SketchArea:
    """A rectangle or a line in one colour, in words: `C 0 M 85 Y 100 K 5`, `RGB #d24a1e`, `PANTONE 3025 C 50 %`."""

    rect: Rect
    colour: str


@dataclass(frozen=True, slots=True)
class SketchPage:
    """A page; `areas` are in painting order, and `drawings` is the number of other paths."""

    number: int
    width: float
    height: float
    bleed: float
    flows: tuple[TextFlow, ...]
    areas: tuple[SketchArea, ...]
    pictures: tuple[SketchPicture, ...]
    drawings: int


@dataclass(frozen=True, slots=True)
class Sketch:
    """What was read from a PDF: title and language as it names them, its pages, and the files of its pictures.

    `lost_pictures` are the pages of pictures that could not be taken.
    """

    title: str
    language: str
    pages: tuple[SketchPage, ...]
    files: Mapping[str, bytes]
    lost_pictures: tuple[int, ...]


def read_sketch_limited(data: bytes, label: str) -> Sketch:
    """Return the sketch of a PDF; `label` names it in messages.

    Raises:
        BrochureError: It cannot be read within the limits.
    """
    return read_limited(data, label, read_sketch, data, label)


def read_sketch(data: bytes, label: str) -> Sketch:
    """Return the sketch of a PDF; BrochureError if it cannot be read."""
    # Imported here: only imports and comparisons of PDFs need a renderer.
    import pypdfium2

    pdf = open_pdf(data, label)
    objects = read_page_objects(pdf)
    files: dict[str, bytes] = {}
    pages: list[SketchPage] = []
    lost: list[int] = []
    try:
        with pypdfium2.PdfDocument(data) as document:
            for at, content in enumerate(objects.pages[: len(document)]):
                source = pdf.reader.pages[at]
                matrix = read_geometry(source).matrix
                images = [one for one in content.objects if isinstance(one, ImageObject)]
                pictures, missing = read_pictures(source, images, files)
                lost += [content.number] * missing
                areas, drawings = _read_paths(content, _screen_fills(document[at], matrix))
                flows = tuple(
                    flow
                    for flow in read_flows(document[at], content, matrix)
                    if any(line.rect.overlaps(content.trim) for line in flow.lines)
                )
                pages.append(
                    SketchPage(
                        content.number,
                        content.width,
                        content.height,
                        content.bleed,
                        flows,
                        areas,
                        pictures,
                        drawings,
                    )
                )
    except pypdfium2.PdfiumError as failure:
        message = f"{label}: the PDF is damaged and cannot be read; export the file again"
        raise BrochureError(message) from failure
    language = get_text(get(pdf.reader.trailer, "/Root"), "/Lang")
    return Sketch(get_text(read_info(pdf), "/Title"), language, tuple(pages), files, tuple(lost))


# Areas


def _read_paths(
    content: PageContent, fills: Mapping[tuple[int, ...], str]
) -> tuple[tuple[SketchArea, ...], int]:
    """Return the areas of a page, and the number of other paths."""
    areas: list[SketchArea] = []
    drawings = 0
    for path in content.objects:
        if isinstance(path, PathObject):
            area = _read_area(path, fills)
            if area is None:
                drawings += 1
            elif area.colour:
                areas.append(area)
    return tuple(areas), drawings


def _read_area(path: PathObject, fills: Mapping[tuple[int, ...], str]) -> SketchArea | None:
    """Return a rectangle or a straight line; None for other paths. What is white has no colour."""
    colour = path.fill or path.stroke
    if colour is None or path.stops or colour.opacity < 1:
        return None
    if colour.is_paper_white:
        return SketchArea(path.bounds, "")
    is_line = path.fill is None and min(path.bounds.width, path.bounds.height) <= min(
        MAX_LINE, path.stroke_width + NEAR
    )
    if not is_line and not (path.fill and path.stroke is None and _is_rectangle(path)):
        return None
    words = describe_colour(colour)
    if colour.space is ColourSpace.RGB and not colour.inks:
        words = fills.get(_rounded(path.bounds), "")
        if not words:
            return None
    return SketchArea(_thicken(path.bounds), words)


def _thicken(rect: Rect) -> Rect:
    """Return an area that is at least a hairline in both directions, around its centre."""
    width, height = max(rect.width, HAIRLINE), max(rect.height, HAIRLINE)
    centre = rect.centre
    return Rect(centre.x - width / 2, centre.y - height / 2, width, height)


def _is_rectangle(path: PathObject) -> bool:
    shape = path.shape
    if shape is None or len(shape.outlines) != 1:
        return False
    (outline,) = shape.outlines
    if any(len(segment) != 2 for segment in outline.segments):
        return False
    points = [outline.start, *((segment[0], segment[1]) for segment in outline.segments)]
    corners = {
        (round(x / NEAR), round(y / NEAR)) for x, y in (shape.matrix.apply(*one) for one in points)
    }
    return len(corners) == 4 and len({x for x, _ in corners}) == 2 == len({y for _, y in corners})


def _rounded(rect: Rect) -> tuple[int, ...]:
    """Return a rectangle in whole points, by which areas are found again."""
    return tuple(round(edge) for edge in (rect.x, rect.y, rect.right, rect.top))


def _screen_fills(page: Any, matrix: Matrix) -> dict[tuple[int, ...], str]:
    """Return the RGB fill colours of the paths of a page, by their place; none where paths differ."""
    found: dict[tuple[int, ...], str] = {}
    for item in _paths(page):
        left, bottom, right, top = item.get_bounds()
        rect = bounding_box([matrix.apply(left, bottom), matrix.apply(right, top)])
        place, colour = _rounded(rect), _fill_colour(item)
        found[place] = "" if found.get(place, colour) != colour else colour
    return found


def _paths(page: Any) -> Sequence[Any]:
    from pypdfium2 import raw

    return [*page.get_objects(filter=[raw.FPDF_PAGEOBJ_PATH], max_depth=4)]


def _fill_colour(item: Any) -> str:
    # Imported here: only imports and comparisons of PDFs need a renderer.
    from ctypes import byref, c_uint

    from pypdfium2 import raw

    parts = [c_uint() for _ in range(4)]
    if not raw.FPDFPageObj_GetFillColor(item, *(byref(part) for part in parts)):
        return ""
    return "RGB #" + "".join(f"{part.value:02x}" for part in parts[:3])
