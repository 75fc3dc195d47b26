"""Pictures in lines of text: drawn in ems by a block kind, and placed in the line by their size."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import replace

from brochure.fast_dataclass import dataclass
from brochure.geometry import Matrix
from brochure.model.display_list import (
    ARTIFACT,
    GlyphRun,
    InlineFigure,
    Item,
    Outline,
    Path,
    Picture,
    Tag,
)
from brochure.typeset.lines import Glyphs


@dataclass(frozen=True, slots=True)
class InlineArtwork:
    """What is drawn for a picture in text: items in ems, from its lower left corner, which is on the baseline."""

    items: tuple[Item, ...]
    alt: str
    mirrors: bool = False


def place_inline(
    glyphs: Glyphs, x: float, y: float, tag: Tag, key: tuple[int, int]
) -> Iterator[Item]:
    """Yield the items of a picture in a line.

    Args:
        glyphs: The run of the picture.
        x: The left edge of its column.
        y: The baseline of the line.
        tag: The structure element of the text.
        key: What distinguishes it from other pictures in this element.
    """
    inline = glyphs.inline
    if inline is None or not isinstance(inline.content, InlineArtwork):
        return
    artwork, size = inline.content, glyphs.size
    own = ARTIFACT
    if tag.path and artwork.alt.strip():
        own = replace(tag, figure=InlineFigure(key, artwork.alt, glyphs.link))
    left = x + glyphs.x
    place = Matrix(size, 0.0, 0.0, size, left, y + glyphs.y)
    is_mirrored = artwork.mirrors and not glyphs.left_to_right
    reflection = Matrix(-1.0, 0.0, 0.0, 1.0, 2 * left + inline.width * size, 0.0)
    for item in artwork.items:
        placed = _place(item, place)
        if is_mirrored:
            placed = replace(placed, matrix=placed.matrix.then(reflection))
        yield replace(placed, tag=own)


def _place(item: Item, place: Matrix) -> GlyphRun | Path | Picture:
    """Return an item at its place, in points. Its own lengths change, not only its matrix: they are checked and drawn."""
    match item:
        case Picture():
            return replace(item, rect=place.box(item.rect), clip=_outlines(item.clip, place))
        case Path():
            stroke = item.stroke and replace(item.stroke, width=item.stroke.width * place.a)
            outlines, clip = _outlines(item.outlines, place), _outlines(item.clip, place)
            return replace(item, outlines=outlines, clip=clip, stroke=stroke)
        case GlyphRun():
            return replace(item, matrix=item.matrix.then(place))
        case _:
            raise TypeError(f"{type(item).__name__} in a picture")


def _outlines(outlines: Sequence[Outline], place: Matrix) -> tuple[Outline, ...]:
    return tuple(
        Outline(
            place.apply(*outline.start),
            tuple(_segment(segment, place) for segment in outline.segments),
            outline.closed,
        )
        for outline in outlines
    )


def _segment(segment: tuple[float, ...], place: Matrix) -> tuple[float, ...]:
    points = (place.apply(x, y) for x, y in zip(segment[::2], segment[1::2], strict=True))
    return tuple(number for point in points for number in point)
