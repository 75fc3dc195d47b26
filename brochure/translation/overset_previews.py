"""Render previews of overset frames.

For each frame with overset text, make a PNG at 150 dpi: the printed frame, and below its bottom edge a strip with the overset
content in the proof colour.
"""

from __future__ import annotations

import io
from collections.abc import Iterable, Iterator
from dataclasses import replace

from brochure.blocks import set_blocks
from brochure.color.swatch import Cmyk, Paint
from brochure.fast_dataclass import dataclass
from brochure.geometry import Rect
from brochure.imposition.sheets import sheets
from brochure.l10n.translations import Translations
from brochure.layout.line_slots import DESCENT, FrameColumn
from brochure.layout.pages import compose_pages, vertical_shift
from brochure.layout.threads import LayoutContext, SetThread, flow_extended, thread_context
from brochure.model.block_context import PROOF
from brochure.model.display_list import GlyphRun, Item, Page, Path, Picture, bounds, outline_rect
from brochure.model.galley import Fill, Galley, as_artifact, move_item, transform_item
from brochure.pdf.document import render
from brochure.pdf.metadata import DocumentInfo
from brochure.prepress.output_conditions import SCREEN
from brochure.translation.workspace import SetEdition, Workspace, set_edition

DPI = 150
CONTEXT = 8.0
"""Margin of the page shown around a frame, in points."""

MARGIN = 2.0
"""Margin of the strip around its content, in points."""

ASCENT = 0.75
"""Height of a line above its baseline, in ems."""

UNLIMITED_HEIGHT = 10_000.0
STRIP = Paint(Cmyk(0.0, 0.0, 0.0, 0.0), 0.9)
"""Background of the overset content, so that it is legible over the page."""


@dataclass(frozen=True, slots=True)
class FramePreview:
    """The preview of one overset frame."""

    page: int
    frame: str
    png: bytes

    @property
    def name(self) -> str:
        """File name without suffix."""
        return f"page-{self.page}_{self.frame}"


def render_frames(workspace: Workspace, translations: Translations) -> tuple[FramePreview, ...]:
    """Render a preview of each overset frame of the edition."""
    done = set_edition(workspace, translations)
    overset = [each for each in done.threads if each.flowed.overflows]
    if not overset:
        return ()
    edition, _ = workspace.resolve_edition(translations)
    pages, _ = compose_pages(edition, workspace.font_catalog)
    return tuple(_render_preview(each, done, workspace, pages) for each in overset)


def _render_preview(
    each: SetThread, done: SetEdition, workspace: Workspace, pages: tuple[Page, ...]
) -> FramePreview:
    frame, number = each.thread.frames[-1], each.thread.pages[-1].number
    overset = tuple(_overset_items(each, done, workspace))
    strip = _strip_rect(overset, frame.columns[-1].rect)
    matrix = frame.rotation
    placed = [
        transform_item(item, matrix)
        for item in (Path((outline_rect(strip),), fill=STRIP), *overset)
    ]
    visible = frame.extent.union(matrix.box(strip)).expand(CONTEXT)
    page = _crop((*pages[number - 1].items, *placed), visible)
    return FramePreview(number, frame.name, _render_png(page, workspace))


# Overset content


def _overset_items(each: SetThread, done: SetEdition, workspace: Workspace) -> Iterator[Item]:
    """Yield the items that fit only in a column of unlimited height, in the proof colour."""
    thread = each.thread
    context = LayoutContext(done.edition, workspace.font_catalog)
    galley = _shrink_fills(set_blocks(thread.content, thread_context(context, thread)))
    unlimited, last = flow_extended(context, galley, thread, _extend)
    printed = {_item_identity(item) for item in each.flowed.items[last]}
    frame = thread.frames[-1]
    down = vertical_shift(frame, each.flowed, len(thread.columns) - len(frame.columns))
    for item in unlimited.items[last]:
        plain = as_artifact(item)
        if plain is not None and _item_identity(item) not in printed:
            yield move_item(_in_proof_colour(plain), 0.0, -down)


def _shrink_fills(galley: Galley) -> Galley:
    """Return the galley with frame-filling pieces at their minimum size, since the column is unlimited."""
    return tuple(piece.make(piece.least) if isinstance(piece, Fill) else piece for piece in galley)


def _extend(column: FrameColumn) -> FrameColumn:
    rect = column.rect
    tall = Rect(rect.x, rect.y - UNLIMITED_HEIGHT, rect.width, rect.height + UNLIMITED_HEIGHT)
    return replace(column, rect=tall)


def _item_identity(item: Item) -> tuple[object, ...]:
    """Return a value that is equal for the same content at the same place, regardless of structure element."""
    match item:
        case GlyphRun():
            return round(item.x, 1), round(item.y, 1), item.glyphs.ids
        case Path() | Picture():
            return type(item), bounds(item.outlines if isinstance(item, Path) else item.clip)
        case _:
            return (type(item),)


def _in_proof_colour(item: Item) -> Item:
    match item:
        case GlyphRun():
            return replace(item, glyphs=replace(item.glyphs, paint=PROOF, link=None))
        case Path() if item.fill:
            return replace(item, fill=PROOF)
        case _:
            return item


def _strip_rect(items: Iterable[Item], column: Rect) -> Rect:
    """Return the rectangle of the strip: as wide as the column, and not covering the line above the items."""
    edges = [
        _vertical_extent(item) for item in items if isinstance(item, (GlyphRun, Path, Picture))
    ]
    low = min((edge[0] for edge in edges), default=column.y - CONTEXT)
    high = min(column.top, max((edge[1] for edge in edges), default=column.y))
    return Rect(column.x - MARGIN, low - MARGIN, column.width + 2 * MARGIN, high - low + MARGIN)


def _vertical_extent(item: GlyphRun | Path | Picture) -> tuple[float, float]:
    """Return the lower and upper edge of an item."""
    if isinstance(item, GlyphRun):
        return item.y - DESCENT * item.glyphs.size, item.y + ASCENT * item.glyphs.size
    rect = bounds(item.outlines if isinstance(item, Path) else item.clip)
    return rect.y, rect.top


# Rendering


def _crop(items: Iterable[Item], visible: Rect) -> Page:
    """Return a page that shows only this part of a page."""
    plain = (one for item in items if (one := as_artifact(item)) is not None)
    shown = tuple(move_item(item, -visible.x, -visible.y) for item in plain)
    return Page(1, "", visible.width, visible.height, 0.0, shown)


def _render_png(page: Page, workspace: Workspace) -> bytes:
    # Imported here so that only previews load the renderer.
    import pypdfium2

    info = DocumentInfo(title="", language=workspace.layout.source_language)
    data = render(sheets((page,), SCREEN), info, SCREEN, workspace.project)
    with pypdfium2.PdfDocument(data) as document:
        image = document[0].render(scale=DPI / 72).to_pil()
    out = io.BytesIO()
    image.save(out, "PNG")
    return out.getvalue()
