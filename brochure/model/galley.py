"""Galleys: typeset content before it is divided into frames.

`spans` is set for pieces of blocks that span the columns of their frame.

Blocks produce a `Galley` and the layout fills frames with it; neither knows anything else of the
other. Items in a box are relative to its upper left corner, y upwards, so that their y is
negative.
"""

from __future__ import annotations

from collections.abc import Callable, Iterable, Iterator, Sequence
from dataclasses import replace
from typing import overload

from brochure.fast_dataclass import dataclass
from brochure.findings import Span
from brochure.geometry import IDENTITY, Matrix, Rect, shift
from brochure.model.display_list import (
    ARTIFACT,
    Bookmark,
    GlyphRun,
    Item,
    Link,
    Outline,
    Path,
    Picture,
    Tag,
    outline_rect,
)
from brochure.model.shading import Edges, ShadingPart, find_edges
from brochure.typeset.lines import Line, LineSlot
from brochure.typeset.paragraph import PreparedParagraph
from brochure.typeset.style import ColumnSpan


@dataclass(frozen=True, slots=True)
class GalleyBox:
    """Content that cannot be divided: a figure, a table row, a rule.

    Adjacent spaces collapse to the larger one. `baseline` is the distance from the top to the last
    baseline if the box ends in text, `air` is the part of the first line's leading above its
    capitals if it begins with text; together they keep the leading between texts. `head` is
    repeated above the box if it begins a column: the header row of a table that continues there.
    `shading` is the shading of a paragraph, drawn by the first item.
    """

    width: float
    height: float
    items: tuple[Item, ...]
    space_before: float = 0.0
    space_after: float = 0.0
    keep_with_next: bool = False
    span: Span | None = None
    baseline: float | None = None
    air: float = 0.0
    head: GalleyBox | None = None
    shading: ShadingPart | None = None
    spans: bool = False


@dataclass(frozen=True, slots=True)
class GalleyParagraph:
    """A paragraph, shaped but not yet broken into lines.

    `indent` moves the paragraph in from the start edge (lists, quotes). `label` (a bullet, a
    number) is placed next to the first line, its origin on the baseline at the start edge of the
    indent. `bookmark` adds the first line to the outline. `tag` is the structure element of the
    lines; `key` names the message in reports. `joins_above` and `joins_below` are set if its shading continues that of the
    paragraph above, or is continued below.
    """

    text: PreparedParagraph
    tag: Tag
    indent: float = 0.0
    label: tuple[Item, ...] = ()
    bookmark: Bookmark | None = None
    key: str = ""
    span: Span | None = None
    joins_above: bool = False
    joins_below: bool = False
    spans: bool = False

    @property
    def edges(self) -> Edges:
        """What is around its lines: rules and the insets of its shading."""
        return find_edges(
            self.text.style,
            left_to_right=self.text.left_to_right,
            joins_above=self.joins_above,
            joins_below=self.joins_below,
        )


@dataclass(frozen=True, slots=True)
class Fill:
    """A box that takes the remaining height of its frame, which the layout passes to `make` in points.

    It takes `least` if less is left, and then may not fit, and `natural` without a frame to
    fill, as in a `box` block. The spaces are those of the resulting box. One that `shrinks` takes
    its natural height, and less only if the frame has less.
    """

    make: Callable[[float], GalleyBox]
    least: float = 0.0
    natural: float = 0.0
    space_before: float = 0.0
    space_after: float = 0.0
    span: Span | None = None
    shrinks: bool = False
    spans: bool = False


@dataclass(frozen=True, slots=True)
class ForcedBreak:
    """A forced column break: what follows begins in the next column."""

    span: Span | None = None


Piece = GalleyParagraph | GalleyBox | Fill | ForcedBreak
Galley = tuple[Piece, ...]


def join_shadings(galley: Iterable[Piece]) -> Iterator[Piece]:
    """Yield the pieces; consecutive paragraphs with the same shading have it in common."""
    pieces = list(galley)
    for at, piece in enumerate(pieces):
        if isinstance(piece, GalleyParagraph) and piece.text.style.shading:
            above = at > 0 and _has_same_shading(piece, pieces[at - 1])
            below = at + 1 < len(pieces) and _has_same_shading(piece, pieces[at + 1])
            yield replace(piece, joins_above=above, joins_below=below)
        else:
            yield piece


def _has_same_shading(paragraph: GalleyParagraph, other: Piece) -> bool:
    shading = paragraph.text.style.shading
    return isinstance(other, GalleyParagraph) and other.text.style.shading == shading


def spans_columns(piece: Piece) -> bool:
    """Return True if a piece spans the columns of its frame."""
    match piece:
        case GalleyParagraph(spans=spans, text=text):
            return spans or text.style.span is ColumnSpan.ALL
        case ForcedBreak():
            return False
        case _:
            return piece.spans


def line_items(line: Line, x: float, y: float, tag: Tag, text: str = "") -> Iterator[Item]:
    """Yield the items of a line whose column begins at x and whose baseline is y; decorations are below the glyphs.

    `text` is the text of the whole paragraph, needed to see whether the line ended with a space.
    """
    for bar in line.bars:
        rect = Rect(x + bar.x, y + bar.y, bar.width, bar.thickness)
        yield Path((outline_rect(rect),), fill=bar.paint)
    last = len(line.runs) - 1 if text[line.end - 1 : line.end].isspace() else -1
    for at, glyphs in enumerate(line.runs):
        if glyphs.inline:
            # Imported here: most text has no pictures in its lines.
            from brochure.model.inline_images import place_inline

            yield from place_inline(glyphs, x, y, tag, (line.start, at))
            continue
        # Glyphs without text (leaders, hyphens) still belong to their element.
        yield GlyphRun(x + glyphs.x, y + glyphs.y, glyphs, tag, trailing_space=at == last)
    for glyphs in line.runs:
        if glyphs.link:
            height = line.ascent + line.descent
            yield Link(Rect(x + glyphs.x, y - line.descent, glyphs.width, height), glyphs.link, tag)


def locate_pieces(pieces: Iterable[Piece], block: Span) -> Iterator[Piece]:
    """Yield the pieces with the place of their block in all items that have none."""
    heads: dict[int, GalleyBox] = {}  # all rows of a table have the same head
    for piece in pieces:
        match piece:
            case GalleyBox(head=None):
                yield _locate_box(piece, block)
            case GalleyBox(head=GalleyBox() as head):
                if id(head) not in heads:
                    heads[id(head)] = _locate_box(head, block)
                yield replace(_locate_box(piece, block), head=heads[id(head)])
            case Fill():
                yield _locate_fill(piece, block)
            case _:
                yield piece


def _locate_fill(piece: Fill, block: Span) -> Fill:
    return replace(piece, make=lambda height: _locate_box(piece.make(height), block))


def _locate_box(box: GalleyBox, block: Span) -> GalleyBox:
    return replace(box, items=tuple(_locate_item(item, block) for item in box.items))


def _locate_item(item: Item, block: Span) -> Item:
    return (
        replace(item, block=block) if isinstance(item, Path | Picture) and not item.block else item
    )


def add_head(box: GalleyBox) -> GalleyBox:
    """Return the box with its `head` above it, for the top of a column."""
    if box.head is None:
        return box
    down = box.head.height
    items = (*box.head.items, *(move_item(item, 0.0, -down) for item in box.items))
    baseline = None if box.baseline is None else box.baseline + down
    return replace(
        box,
        height=box.height + down,
        items=items,
        baseline=baseline,
        air=box.head.air,
        head=None,
    )


def label_x(paragraph: GalleyParagraph, slot: LineSlot) -> float:
    """Return the x of the label's origin in the column whose first line has this slot."""
    if paragraph.text.left_to_right:
        return slot.x - paragraph.indent
    width = sum(item.glyphs.width for item in paragraph.label if isinstance(item, GlyphRun))
    return slot.x + slot.width + paragraph.indent - width


def move_item(item: Item, dx: float, dy: float) -> Item:
    """Return the item moved by (dx, dy) points."""
    match item:
        case Bookmark():
            return replace(item, y=item.y + dy)
        case Link():
            return replace(item, rect=item.rect.translate(dx, dy))
        case GlyphRun() if item.matrix == IDENTITY and not item.clip:
            return replace(item, x=item.x + dx, y=item.y + dy)
        case _:
            return transform_item(item, shift(dx, dy))


@overload
def transform_item(item: Link, matrix: Matrix) -> Link: ...


@overload
def transform_item(item: Bookmark, matrix: Matrix) -> Bookmark: ...


@overload
def transform_item(item: Item, matrix: Matrix) -> Item: ...


def transform_item(item: Item, matrix: Matrix) -> Item:
    """Return the item with a further transformation; link rectangles are replaced by their bounding box."""
    if matrix == IDENTITY:
        return item
    match item:
        case Bookmark():
            return replace(item, y=matrix.apply(0, item.y)[1])
        case Link():
            return replace(item, rect=matrix.box(item.rect))
        case Path() | Picture() if item.matrix == IDENTITY and _is_translation(matrix):
            return _translate(item, matrix.e, matrix.f)
        case _:
            return replace(item, matrix=item.matrix.then(matrix))


def as_artifact(item: Item) -> Item | None:
    """Return the item as an artifact, or None for links and bookmarks."""
    match item:
        case Bookmark() | Link():
            return None
        case _:
            return replace(item, tag=ARTIFACT)


def _is_translation(matrix: Matrix) -> bool:
    return (matrix.a, matrix.b, matrix.c, matrix.d) == (1.0, 0.0, 0.0, 1.0)


def _translate(item: Path | Picture, dx: float, dy: float) -> Item:
    clip = translate_outlines(item.clip, dx, dy)
    if isinstance(item, Picture):
        return replace(item, rect=item.rect.translate(dx, dy), clip=clip)
    return replace(item, outlines=translate_outlines(item.outlines, dx, dy), clip=clip)


def translate_outlines(outlines: Sequence[Outline], dx: float, dy: float) -> tuple[Outline, ...]:
    """Return the outlines moved by (dx, dy) points."""
    return tuple(
        Outline(
            (outline.start[0] + dx, outline.start[1] + dy),
            tuple(
                tuple(number + (dy if at % 2 else dx) for at, number in enumerate(segment))
                for segment in outline.segments
            ),
            outline.closed,
        )
        for outline in outlines
    )
