"""Galleys: set matter, not yet divided over frames.

Takes prepared paragraphs and placed items from the block kinds; gives `Galley`, what a block yields and make-up cuts. A
block kind knows no frame and make-up knows no block kind: these values are all that they say to each other. Items in a
slab have their origin at the slab's upper left corner, y upwards, so that everything in it lies at negative y.
"""

from __future__ import annotations

from collections.abc import Callable, Iterator, Sequence
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
    box,
)
from brochure.typeset.lines import Line, LineSlot
from brochure.typeset.paragraph import PreparedParagraph


@dataclass(frozen=True, slots=True)
class Slab:
    """Anything that cannot be divided: a figure, a table row, a rule.

    Spaces collapse with those of the neighbours, the larger counts. A slab that ends in text says by `baseline` how far
    below its top the last line stands; one that begins with text says by `air` how much of the first line's leading
    lies above its capitals: text that follows text keeps its leading. `head` is set above it again where the slab
    begins a column: the head row of a table that goes on there.
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
    head: Slab | None = None


@dataclass(frozen=True, slots=True)
class Matter:
    """A paragraph, shaped but not yet broken: make-up asks for its lines at the measures that it finds.

    `indent` moves the paragraph in from the start edge (lists, quotes). `label` (a bullet, a number) stands beside the
    first line, its origin on that line's baseline at the start edge of the indent. `bookmark` enters the first line in
    the outline. `tag` marks what the lines are; `key` names the message for reports.
    """

    text: PreparedParagraph
    tag: Tag
    indent: float = 0.0
    label: tuple[Item, ...] = ()
    bookmark: Bookmark | None = None
    key: str = ""
    span: Span | None = None


@dataclass(frozen=True, slots=True)
class Fill:
    """A slab that takes the height its frame has left: make-up calls `make` with that height in points.

    It takes `least` where less is left, and then may not fit; it takes `natural` where there is no frame to fill, in a
    box for instance. The spaces are those of the slab to come.
    """

    make: Callable[[float], Slab]
    least: float = 0.0
    natural: float = 0.0
    space_before: float = 0.0
    space_after: float = 0.0
    span: Span | None = None


@dataclass(frozen=True, slots=True)
class ForcedBreak:
    """What follows begins at the head of the next column, wherever the galley stands."""

    span: Span | None = None


Piece = Matter | Slab | Fill | ForcedBreak
Galley = tuple[Piece, ...]


def items_of(line: Line, x: float, y: float, tag: Tag, text: str = "") -> Iterator[Item]:
    """The items of a line whose column begins at x and whose baseline is y; bars lie beneath the glyphs.

    `text` is that of the whole paragraph, which says whether the line ended with a space.
    """
    for bar in line.bars:
        rect = Rect(x + bar.x, y + bar.y, bar.width, bar.thickness)
        yield Path((box(rect),), fill=bar.paint)
    last = len(line.runs) - 1 if text[line.end - 1 : line.end].isspace() else -1
    for at, glyphs in enumerate(line.runs):
        # Glyphs that stand for no character (leaders, a hyphen's own glyph) are still part of their element.
        yield GlyphRun(x + glyphs.x, y + glyphs.y, glyphs, tag, spaced=at == last)
    for glyphs in line.runs:
        if glyphs.link:
            height = line.ascent + line.descent
            yield Link(Rect(x + glyphs.x, y - line.descent, glyphs.width, height), glyphs.link, tag)


def headed(slab: Slab) -> Slab:
    """The slab with its head above it, for the head of a column."""
    if slab.head is None:
        return slab
    down = slab.head.height
    items = (*slab.head.items, *(moved(item, 0.0, -down) for item in slab.items))
    baseline = None if slab.baseline is None else slab.baseline + down
    return replace(
        slab,
        height=slab.height + down,
        items=items,
        baseline=baseline,
        air=slab.head.air,
        head=None,
    )


def label_x(matter: Matter, slot: LineSlot) -> float:
    """Where the label's origin stands in the column whose first line has this slot: outside it, where lines begin."""
    if matter.text.left_to_right:
        return slot.x - matter.indent
    wide = sum(item.glyphs.width for item in matter.label if isinstance(item, GlyphRun))
    return slot.x + slot.width + matter.indent - wide


def moved(item: Item, dx: float, dy: float) -> Item:
    """The same item elsewhere, by (dx, dy) points."""
    match item:
        case Bookmark():
            return replace(item, y=item.y + dy)
        case Link():
            return replace(item, rect=item.rect.moved(dx, dy))
        case GlyphRun() if item.matrix == IDENTITY:
            return replace(item, x=item.x + dx, y=item.y + dy)
        case _:
            return turned(item, shift(dx, dy))


@overload
def turned(item: Link, matrix: Matrix) -> Link: ...


@overload
def turned(item: Bookmark, matrix: Matrix) -> Bookmark: ...


@overload
def turned(item: Item, matrix: Matrix) -> Item: ...


def turned(item: Item, matrix: Matrix) -> Item:
    """The same item under a further map; links keep upright rectangles around where they went."""
    match item:
        case Bookmark():
            return replace(item, y=matrix.apply(0, item.y)[1])
        case Link():
            return replace(item, rect=_around(item.rect, matrix))
        case Path() | Picture() if item.matrix == IDENTITY and _only_moves(matrix):
            return _shifted(item, matrix.e, matrix.f)
        case _:
            return replace(item, matrix=item.matrix.then(matrix))


def as_artifact(item: Item) -> Item | None:
    """The item as decoration that nobody reads twice; links and bookmarks vanish."""
    match item:
        case Bookmark() | Link():
            return None
        case _:
            return replace(item, tag=ARTIFACT)


def _only_moves(matrix: Matrix) -> bool:
    return (matrix.a, matrix.b, matrix.c, matrix.d) == (1.0, 0.0, 0.0, 1.0)


def _shifted(item: Path | Picture, dx: float, dy: float) -> Item:
    clip = _outlines(item.clip, dx, dy)
    if isinstance(item, Picture):
        return replace(item, rect=item.rect.moved(dx, dy), clip=clip)
    return replace(item, outlines=_outlines(item.outlines, dx, dy), clip=clip)


def _outlines(outlines: Sequence[Outline], dx: float, dy: float) -> tuple[Outline, ...]:
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


def _around(rect: Rect, matrix: Matrix) -> Rect:
    corners = [(rect.x, rect.y), (rect.right, rect.y), (rect.x, rect.top), (rect.right, rect.top)]
    points = [matrix.apply(x, y) for x, y in corners]
    xs, ys = [x for x, _ in points], [y for _, y in points]
    return Rect(min(xs), min(ys), max(xs) - min(xs), max(ys) - min(ys))
