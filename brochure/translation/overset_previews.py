"""Pictures of frames that overflow: what does not fit, seen below the frame's foot.

Takes an edition in which matter ran out of frames; gives a PNG for each such frame, at 150 dots an inch: the frame as it is
printed, and on a strip of paper below its foot the words and figures that found no place in it, in the colour of proofs.
"""

from __future__ import annotations

import io
from collections.abc import Iterable, Iterator
from dataclasses import replace

from brochure.blocks import set_blocks
from brochure.color.swatch import Cmyk, Paint
from brochure.fast_dataclass import dataclass
from brochure.geometry import IDENTITY, Matrix, Rect
from brochure.imposition.sheets import sheets
from brochure.l10n.edition import EditionRequest, resolve
from brochure.layout.flow import flow
from brochure.layout.line_slots import DESCENT, FrameColumn
from brochure.layout.pages import compose_pages, rotation, settling
from brochure.layout.threads import LayoutContext, SetThread
from brochure.model.block_context import PROOF
from brochure.model.display_list import GlyphRun, Item, Page, Path, Picture, bounds, box
from brochure.model.galley import Fill, Galley, as_artifact, moved, turned
from brochure.pdf.document import render
from brochure.pdf.metadata import DocumentInfo
from brochure.prepress.output_conditions import SCREEN
from brochure.translation.workspace import SetEdition, Workspace, set_edition

DOTS = 150
AROUND = 8.0
"""How much of the page is shown around a frame, in points."""

MARGIN = 2.0
"""How far the strip reaches beyond what stands on it."""

ASCENT = 0.75
"""How high a line stands above its baseline, in ems."""

ENDLESS = 10_000.0
STRIP = Paint(Cmyk(0.0, 0.0, 0.0, 0.0), 0.9)
"""What lies beneath the words that do not fit, so that they are read on whatever the page shows there."""


@dataclass(frozen=True, slots=True)
class FramePreview:
    """The picture of one frame that overflows."""

    page: int
    frame: str
    png: bytes

    @property
    def name(self) -> str:
        """A name for its file, without the ending."""
        return f"page-{self.page}_{self.frame}"


def render_frames(workspace: Workspace, wanted: EditionRequest) -> tuple[FramePreview, ...]:
    """A picture of each frame of the edition in which matter runs out; none where all of it fits."""
    done = set_edition(workspace, wanted)
    overflowing = [each for each in done.threads if each.flowed.overflows]
    if not overflowing:
        return ()
    edition, _ = resolve(workspace.layout, workspace.project, wanted)
    pages, _ = compose_pages(edition, workspace.font_catalog)
    return tuple(_picture(each, done, workspace, pages) for each in overflowing)


def _picture(
    each: SetThread, done: SetEdition, workspace: Workspace, pages: tuple[Page, ...]
) -> FramePreview:
    frame, number = each.thread.frames[-1], each.thread.pages[-1].number
    over = tuple(_over(each, done, workspace))
    strip = _around(over, frame.columns[-1].rect)
    matrix = rotation(frame) or IDENTITY
    laid = [turned(item, matrix) for item in (Path((box(strip),), fill=STRIP), *over)]
    seen = frame.rect.joined(_mapped(strip, matrix)).grown(AROUND)
    page = _cropped((*pages[number - 1].items, *laid), seen)
    return FramePreview(number, frame.name, _rendered(page, workspace))


# What found no place


def _over(each: SetThread, done: SetEdition, workspace: Workspace) -> Iterator[Item]:
    """The items that stand in an endless column and did not come to stand in the frame, in the colour of proofs."""
    thread = each.thread
    work = LayoutContext(done.edition, workspace.font_catalog)
    galley = set_blocks(thread.content, work.context(thread.pages[0], thread.columns[0].rect.width))
    *before, last = thread.columns
    endless = flow(_without_fills(galley), (*before, _endless(last)), work.cap_height)
    there = {_place(item) for item in each.flowed.items[-1]}
    frame = thread.frames[-1]
    down = settling(frame, each.flowed, len(thread.columns) - len(frame.columns))
    for item in endless.items[-1]:
        plain = as_artifact(item)
        if plain is not None and _place(item) not in there:
            yield moved(_in_proof_colour(plain), 0.0, -down)


def _without_fills(galley: Galley) -> Galley:
    """The galley with what would fill a frame as small as it may be: an endless column is not to be filled."""
    return tuple(piece.make(piece.least) if isinstance(piece, Fill) else piece for piece in galley)


def _endless(column: FrameColumn) -> FrameColumn:
    rect = column.rect
    tall = Rect(rect.x, rect.y - ENDLESS, rect.width, rect.height + ENDLESS)
    return replace(column, rect=tall)


def _place(item: Item) -> tuple[object, ...]:
    """What tells whether two items are the same thing in the same place, whichever element they belong to."""
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


def _around(items: Iterable[Item], column: Rect) -> Rect:
    """The strip that the items stand on, as wide as their column; it leaves the line above them uncovered."""
    edges = [_edges(item) for item in items if isinstance(item, (GlyphRun, Path, Picture))]
    low = min((edge[0] for edge in edges), default=column.y - AROUND)
    high = min(column.top, max((edge[1] for edge in edges), default=column.y))
    return Rect(column.x - MARGIN, low - MARGIN, column.width + 2 * MARGIN, high - low + MARGIN)


def _edges(item: GlyphRun | Path | Picture) -> tuple[float, float]:
    """The lower and the upper edge of an item."""
    if isinstance(item, GlyphRun):
        return item.y - DESCENT * item.glyphs.size, item.y + ASCENT * item.glyphs.size
    rect = bounds(item.outlines if isinstance(item, Path) else item.clip)
    return rect.y, rect.top


# The picture


def _mapped(rect: Rect, matrix: Matrix) -> Rect:
    corners = [matrix.apply(x, y) for x in (rect.x, rect.right) for y in (rect.y, rect.top)]
    xs, ys = [x for x, _ in corners], [y for _, y in corners]
    return Rect(min(xs), min(ys), max(xs) - min(xs), max(ys) - min(ys))


def _cropped(items: Iterable[Item], seen: Rect) -> Page:
    """A page of its own that shows this part of a page."""
    plain = (one for item in items if (one := as_artifact(item)) is not None)
    shown = tuple(moved(item, -seen.x, -seen.y) for item in plain)
    return Page(1, "", seen.width, seen.height, 0.0, shown)


def _rendered(page: Page, workspace: Workspace) -> bytes:
    # Imported here: only who asks for pictures needs a renderer.
    import pypdfium2

    info = DocumentInfo(title="", language=workspace.layout.source_language)
    data = render(sheets((page,), SCREEN), info, SCREEN, workspace.project)
    with pypdfium2.PdfDocument(data) as document:
        image = document[0].render(scale=DOTS / 72).to_pil()
    held = io.BytesIO()
    image.save(held, "PNG")
    return held.getvalue()
