"""Reads a page of a PDF as artwork: what it is painted with, and its conversion to a form XObject.

Both functions are called in a process with limits on time and memory (`artwork/load.py`).
"""

from __future__ import annotations

from typing import Any

from brochure.artwork.content import rewrite_content
from brochure.artwork.model import (
    ArtworkBox,
    ArtworkError,
    ArtworkForm,
    ArtworkInfo,
    ArtworkTarget,
)
from brochure.artwork.work import Work
from brochure.artwork.xobjects import FORM, group_entries
from brochure.errors import BrochureError
from brochure.fast_dataclass import dataclass
from brochure.geometry import Matrix, Rect, shift, turn
from brochure.pdf_input.opening import guard_reading, open_reader
from brochure.pdf_input.page_geometry import (
    get_inherited,
    page_box,
    read_box,
    read_geometry,
    read_rotation,
    read_user_unit,
    to_origin,
)
from brochure.pdf_input.values import get, resolve

PRELOADED = ("pypdf", "fontTools.ttLib", "fontTools.pens.transformPen", "PIL.ImageCms")
"""Modules that both functions import late."""

MIN_SIZE, MAX_SIZE = 0.5, 20_000.0
"""Limits of the width and height of a page, in points (7 m)."""
START = b"1 w 0 J 0 j 10 M [] 0 d"
"""The initial graphics state of a page (8.4.1), where that of the page beneath may differ."""
BLACK = {"/DeviceGray": b"0 g 0 G", "/DeviceCMYK": b"0 g 0 G", "/DeviceRGB": b"0 0 0 rg 0 0 0 RG"}


def inspect_artwork(data: bytes, label: str, page: int, box: ArtworkBox) -> ArtworkInfo:
    """Return what is known of a page of a PDF.

    Raises:
        BrochureError: The file or the page cannot be placed.
    """
    work, frame = _convert(data, label, ArtworkTarget(page, box), is_inspected=True)
    found = work.found
    return ArtworkInfo(
        frame.width,
        frame.height,
        found.transparency,
        tuple(found.fonts),
        tuple(work.output.colours),
        found.has_colour_pictures,
        found.has_grey_pictures,
    )


def convert_artwork(data: bytes, label: str, target: ArtworkTarget) -> ArtworkForm:
    """Return a page of a PDF as a form XObject that paints the unit square.

    Raises:
        BrochureError: The file or the page cannot be placed.
    """
    work, _ = _convert(data, label, target, is_inspected=False)
    return ArtworkForm(tuple(work.objects.objects))


@dataclass(frozen=True, slots=True)
class PageFrame:
    """The box of a page that is placed: in its user space, upright in points, and the matrix to the unit square."""

    box: Rect
    width: float
    height: float
    matrix: Matrix


def _convert(
    data: bytes, label: str, target: ArtworkTarget, *, is_inspected: bool
) -> tuple[Work, PageFrame]:
    reader = open_reader(data, label)
    try:
        with guard_reading(label):
            count = len(reader.pages)
            if not 1 <= target.page <= count:
                pages = "1 page" if count == 1 else f"{count} pages"
                raise ArtworkError(f"it has {pages}; page {target.page} does not exist")
            page = reader.pages[target.page - 1]
            frame = read_frame(page, target.box)
            work = Work(reader, target, is_inspected=is_inspected, content=rewrite_content)
            _convert_page(work, page, frame)
    except ArtworkError as failure:
        raise BrochureError(f"{label}: {failure}") from None
    return work, frame


def read_frame(page: Any, kind: ArtworkBox) -> PageFrame:
    """Return a box of a page, as the page is seen: turned by /Rotate and scaled by /UserUnit."""
    geometry = read_geometry(page)
    crop = page_box(page, "/CropBox").intersect(geometry.media)
    crop = crop if crop.width and crop.height else geometry.media
    art = (read_box(page, "/ArtBox") or crop).intersect(geometry.media)
    box = {
        ArtworkBox.TRIM: geometry.trim,
        ArtworkBox.BLEED: geometry.bleed,
        ArtworkBox.MEDIA: geometry.media,
        ArtworkBox.CROP: crop,
        ArtworkBox.ART: art if art.width and art.height else crop,
    }[kind]
    unit, turns = read_user_unit(page), read_rotation(page) // 90
    width, height = (box.height, box.width) if turns % 2 else (box.width, box.height)
    if not all(MIN_SIZE < side * unit < MAX_SIZE for side in (width, height)):
        raise ArtworkError(f"its size of {width * unit:g} x {height * unit:g} pt cannot be placed")
    upright = shift(-box.x, -box.y).then(turn(-90 * turns)).then(to_origin(box, turns))
    matrix = upright.then(Matrix(1 / width, 0, 0, 1 / height))
    return PageFrame(box, width * unit, height * unit, matrix)


def _convert_page(work: Work, page: Any, frame: PageFrame) -> None:
    target = work.target
    contents = page.get_contents() if get(page, "/Contents") is not None else None
    resources = resolve(get_inherited(page, "/Resources")) or {}
    data, used = (
        rewrite_content(work, contents, resources, is_coloured=target.is_coloured)
        if contents is not None
        else (b"", {})
    )
    if not work.found.is_painted:
        raise ArtworkError(f"page {target.page} is empty; choose another with 'page'")
    box, at = frame.box, frame.matrix
    entries: dict[str, Any] = {
        **FORM,
        "BBox": [box.x, box.y, box.right, box.top],
        "Matrix": [at.a, at.b, at.c, at.d, at.e, at.f],
        "Resources": used,
    }
    if target.is_group:
        # The page of another program is a group of its own, which does not blend with what is beneath (11.4.7).
        entries["Group"] = {**group_entries(work, None), "I": True, "CS": work.output.device}
    black = [BLACK[work.output.device]] if target.is_coloured else []
    work.objects.add_stream(entries, b"\n".join([START, *black, data]))
