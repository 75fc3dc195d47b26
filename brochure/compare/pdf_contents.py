"""Read any PDF for a comparison: text with pdfium, everything else with the preflight's reader.

The file may be hostile: `read_pdf_limited` reads it in another process, with limits on time and memory.
"""

from __future__ import annotations

import hashlib
from collections.abc import Iterator, Sequence
from dataclasses import replace
from typing import Any

from brochure.approval.canonical import (
    LEFT_OUT,
    compared_fields,
    digest_text,
    digest_value,
    format_value,
)
from brochure.compare.contents import (
    Contents,
    PageContents,
    PlacedPicture,
    PlacedShape,
    TextFlow,
    TextLine,
    TypeLook,
)
from brochure.compare.text_flows import join_lines
from brochure.errors import BrochureError
from brochure.geometry import Matrix, Rect, bounding_box
from brochure.pdf_input.limits import read_limited
from brochure.pdf_input.page_geometry import PageGeometry, page_box, read_geometry
from brochure.pdf_input.values import get, get_array, get_text
from brochure.preflight.model import (
    ColourSpace,
    ColourValue,
    ImageObject,
    PageContent,
    PageObject,
    PathObject,
    TextObject,
    list_colours,
)
from brochure.preflight.pdf_reader.document import open_pdf, read_page_objects
from brochure.preflight.shapes import Shape

PRELOADED = ("pypdfium2", "pypdf")
"""Modules that the functions for limited calls import late."""

LINE_ENDS = "\r\n"
HYPHENS = ("\x02", "\ufffe")
"""The characters that pdfium reports for a hyphen at the end of a line."""
BUCKET = 4.0
"""Lines are found by their height on the page in steps of this many points."""


def read_pdf_limited(data: bytes, label: str) -> Contents:
    """Return the contents of a PDF; BrochureError if it cannot be read within the limits. `label` names it in messages."""
    return read_limited(data, label, read_pdf, data, label)


def read_pdf(data: bytes, label: str) -> Contents:
    """Return the contents of a PDF; BrochureError if it cannot be read."""
    # Imported here: only comparisons of PDFs need a renderer.
    import pypdfium2

    pdf = open_pdf(data, label)
    objects = read_page_objects(pdf)
    pages, flows = [], []
    try:
        with pypdfium2.PdfDocument(data) as document:
            for at, content in enumerate(objects.pages[: len(document)]):
                source = pdf.reader.pages[at]
                geometry = read_geometry(source)
                pages.append(_read_page(content, source, geometry, _render_digest(document[at])))
                flows += read_flows(document[at], content, geometry.matrix)
    except pypdfium2.PdfiumError as failure:
        message = f"{label}: the PDF is damaged and cannot be read; export the file again"
        raise BrochureError(message) from failure
    return Contents(label, tuple(pages), tuple(flows))


MAX_SIDE = 1200
"""Pixels of the longer side of a page when its appearance is compared."""


def _render_digest(page: Any) -> str:
    """Return the digest of how a page looks, at one pixel a point or less."""
    scale = min(1.0, MAX_SIDE / max(page.get_width(), page.get_height(), 1.0))
    bitmap = page.render(scale=scale)
    return hashlib.blake2b(bytes(bitmap.buffer), digest_size=16).hexdigest()


def _read_page(
    content: PageContent, source: Any, geometry: PageGeometry, look: str
) -> PageContents:
    objects = "\n".join(map(_format_object, content.objects))
    links = tuple(dict.fromkeys(_read_links(source)))
    crop = page_box(source, "/CropBox").intersect(geometry.media)
    view = geometry.matrix.box(crop if crop.width and crop.height else geometry.media)
    size = format_value((content.width, content.height, content.bleed, links))
    number = content.number
    return PageContents(
        number,
        content.label or str(number),
        content.width,
        content.height,
        digest_text(f"{size}\n{look}\n{objects}"),
        view,
        tuple(
            _read_picture(one, number) for one in content.objects if isinstance(one, ImageObject)
        ),
        tuple(_read_shape(one, number) for one in content.objects if isinstance(one, PathObject)),
        links,
        frozenset(
            name.capitalize() if name in PROCESS else name
            for one in content.objects
            for colour in list_colours(one)
            for name, amount in colour.inks
            if amount
        ),
        (("bleed", f"{content.bleed:.2f} pt"),),
    )


PROCESS = ("cyan", "magenta", "yellow", "black")


def _format_object(item: PageObject) -> str:
    kind: type = type(item)
    names = [name for name in compared_fields(kind) if name not in ("location", *LEFT_OUT)]
    return " ".join(format_value(getattr(item, name)) for name in names)


def _read_links(page: Any) -> Iterator[str]:
    for annotation in get_array(page, "/Annots"):
        target = get_text(get(annotation, "/A"), "/URI")
        if target:
            yield target


def _read_picture(image: ImageObject, page: int) -> PlacedPicture:
    return PlacedPicture(page, image.name, image.digest or image.name, image.bounds)


def _read_shape(path: PathObject, page: int) -> PlacedShape:
    colours = tuple(dict.fromkeys(describe_colour(one) for one in list_colours(path)))
    digest = digest_value((_local_outlines(path.shape, path.bounds), path.stroke_width))
    return PlacedShape(page, "area" if path.fill else "line", colours, digest, path.bounds)


def _local_outlines(shape: Shape | None, bounds: Rect) -> object:
    """Return the points of a shape relative to its corner, in tenths of a point; its size if the points are not known."""
    if shape is None:
        return round(bounds.width, 1), round(bounds.height, 1)
    return tuple(
        tuple(
            round(number - (bounds.y if at % 2 else bounds.x), 1)
            for points in (outline.start, *outline.segments)
            for at, number in enumerate(points)
        )
        for outline in shape.outlines
    )


def describe_colour(colour: ColourValue) -> str:
    """Return a colour in words: `C 0 M 85 Y 100 K 5`, `PANTONE 3025 C 50 %`, `RGB, brightness 30 %`."""
    if colour.inks:
        words = " ".join(_format_inks(dict(colour.inks)))
    elif colour.space in (ColourSpace.CMYK, ColourSpace.GREY):
        words = "paper white"
    else:
        words = f"{colour.space.value}, brightness {colour.luminance:.0%}"
    opacity = "" if colour.opacity == 1 else f", {colour.opacity:.0%} opaque"
    return words + opacity + (", overprints" if colour.overprint else "")


def _format_inks(amounts: dict[str, float]) -> Iterator[str]:
    if set(PROCESS) & amounts.keys():
        for name in PROCESS:
            yield f"{LETTERS[name]} {100 * amounts.pop(name, 0):.4g}"
    for name, amount in amounts.items():
        yield f"{name} {amount:.0%}"


LETTERS = dict(zip(PROCESS, "CMYK", strict=True))


# Text


def read_flows(page: Any, content: PageContent, matrix: Matrix) -> list[TextFlow]:
    """Return the blocks of text of a page of pdfium; `content` are its objects, and `matrix` leads to the trim's corner."""
    texts = [one for one in content.objects if isinstance(one, TextObject) and not one.is_blank]
    finder = _TextFinder(texts)
    text_page = page.get_textpage()
    lines = []
    for start, end, text in _find_lines(text_page):
        rect = _line_rect(text_page, start, end - start, matrix)
        shown = _clean(text)
        if rect is None or not shown:
            continue
        inside = finder.find(rect)
        looks = frozenset(
            TypeLook(one.font, round(one.size, 2), describe_colour(one.colour)) for one in inside
        )
        looks = _with_screen_colour(looks, text_page, range(start, end))
        baseline = min((one.location.at[1] for one in inside), default=rect.y)
        is_hyphenated = text.endswith(HYPHENS)
        lines.append(TextLine(content.number, shown, rect, baseline, looks, "", is_hyphenated))
    return list(join_lines(lines))


def _clean(text: str) -> str:
    """Return the text of a line without its last hyphen; others are written as such."""
    shown = text.rstrip("".join(HYPHENS)).strip()
    for mark in HYPHENS:
        shown = shown.replace(mark, "-")
    return shown


def _find_lines(text_page: Any) -> Iterator[tuple[int, int, str]]:
    """Yield the first and the last index of each line in pdfium's characters, and its text."""
    # Imported here: only comparisons of PDFs need a renderer.
    from pypdfium2 import raw

    start, letters = 0, ""
    count = text_page.count_chars()
    for at in range(count):
        char = chr(raw.FPDFText_GetUnicode(text_page, at))
        is_hyphen = char in HYPHENS  # pdfium reports no line end after it
        if is_hyphen or char in LINE_ENDS:
            if letters:
                yield start, at, letters + char * is_hyphen
            start, letters = at + 1, ""
        else:
            letters += char
    if letters:
        yield start, count, letters


def _line_rect(text_page: Any, start: int, count: int, matrix: Matrix) -> Rect | None:
    """Return the bounding box of a line on the page, in points from the trim's corner."""
    corners: list[tuple[float, float]] = []
    for at in range(text_page.count_rects(start, count)):
        left, bottom, right, top = text_page.get_rect(at)
        corners += [(left, bottom), (right, top)]
    return bounding_box([matrix.apply(x, y) for x, y in corners]) if corners else None


def _with_screen_colour(
    looks: frozenset[TypeLook], text_page: Any, chars: range
) -> frozenset[TypeLook]:
    """Return the looks with the RGB value of their text, if it is in RGB and in one colour."""
    if not all(look.colour.startswith(ColourSpace.RGB.value) for look in looks):
        return looks
    colours = {_read_colour(text_page, at) for at in chars}
    if len(colours) != 1:
        return looks
    (colour,) = colours
    return frozenset(replace(look, colour=colour) for look in looks)


def _read_colour(text_page: Any, at: int) -> str:
    """Return the fill colour of a character as pdfium reports it: `RGB #d24a1e`."""
    # Imported here: only comparisons of PDFs need a renderer.
    from ctypes import byref, c_uint

    from pypdfium2 import raw

    parts = [c_uint() for _ in range(4)]
    raw.FPDFText_GetFillColor(text_page, at, *(byref(part) for part in parts))
    return "RGB #" + "".join(f"{part.value:02x}" for part in parts[:3])


class _TextFinder:
    """Finds the text objects inside a line."""

    def __init__(self, texts: Sequence[TextObject]) -> None:
        self._texts: dict[int, list[TextObject]] = {}
        for text in texts:
            self._texts.setdefault(int(text.bounds.centre.y // BUCKET), []).append(text)

    def find(self, rect: Rect) -> list[TextObject]:
        """Return the text objects whose centres are in a rectangle."""
        rows = range(int(rect.y // BUCKET) - 1, int(rect.top // BUCKET) + 2)
        return [
            text
            for row in rows
            for text in self._texts.get(row, ())
            if rect.x - 1 <= text.bounds.centre.x <= rect.right + 1
            and rect.y - 2 <= text.bounds.centre.y <= rect.top + 2
        ]
