"""Image: a picture, cropped around its focal point, with an optional caption and credit.

With `fit: cover` (the default) the picture fills the remaining height of the frame, or `height`, and is cropped around
`focal-point`. With `fit: contain` it is not cropped. Inside a box, which has no height of its own, a picture keeps its
proportions. `alt` is the alternative text for readers who cannot see the picture; write `alt: none` if the picture is
decorative. The credit can run up the edge of the picture (`credit-side: edge`).

Example:
    - image: photos/city.jpg
      focal-point: 62% 40%
      alt: opener.alt
      credit: credits.city
      credit-side: edge
"""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import replace
from enum import Enum
from typing import Annotated

from brochure.blocks._shapes import ClipShape, shape_outline
from brochure.fast_dataclass import dataclass
from brochure.findings import Span
from brochure.geometry import Rect, turn
from brochure.model.block_context import BlockContext, stacked
from brochure.model.display_list import ARTIFACT, Item, Picture
from brochure.model.galley import Fill, Galley, Slab, moved, turned
from brochure.spec.constraints import Distance, Extent
from brochure.spec.values import Asset, Focus, Length, Message, Share, StyleName


class ImageFit(Enum):
    """How a picture fits its frame."""

    COVER = "cover"
    CONTAIN = "contain"


class CreditSide(Enum):
    """Position of the credit: below the picture, or running up its edge."""

    BELOW = "below"
    EDGE = "edge"


@dataclass(frozen=True, slots=True)
class Image:
    """A picture."""

    span: Span
    image: Annotated[Asset, "file in an assets folder: JPEG, PNG, TIFF or WebP"]
    alt: Annotated[Message | None, "alternative text; `none` if the picture is decorative"]
    fit: Annotated[
        ImageFit, "`cover` fills the area and crops; `contain` shows the whole picture"
    ] = ImageFit.COVER
    focal_point: Annotated[
        Focus, "point of the picture to keep visible, from the upper left, such as 62% 40%"
    ] = Focus()
    height: Annotated[Extent | None, "height (default: the remaining height of the frame)"] = None
    shape: Annotated[ClipShape, "clipping shape: rectangle, rounded or ellipse"] = (
        ClipShape.RECTANGLE
    )
    corner: Annotated[Distance, "corner radius of `shape: rounded`"] = Length(8.504)
    opacity: Annotated[Share, "opacity; below 100% the background shows through"] = Share(1.0)
    space_before: Annotated[Distance, "space above"] = Length(lines=1)
    space_after: Annotated[Distance, "space below, after the caption"] = Length(lines=1)
    caption: Annotated[Message | None, "caption below the picture"] = None
    credit: Annotated[Message | None, "picture credit"] = None
    credit_side: Annotated[
        CreditSide, "position of the credit: `below`, or `edge`, running up the picture's edge"
    ] = CreditSide.BELOW
    style: Annotated[StyleName | None, "paragraph style of the caption (default: `caption`)"] = None
    credit_style: Annotated[
        StyleName | None, "paragraph style of the credit (default: `credit`)"
    ] = None


GAP = 0.45
"""Gap between picture and caption or credit, in ems of the caption or credit."""

MIN_HEIGHT = 2.0
"""Minimum height of a picture in points; a frame with less height left is overset."""


def galley(block: Image, context: BlockContext) -> Galley:
    """Typeset picture, caption and credit as one piece; without a height it fills the frame."""
    if block.image.path not in context.edition.pictures:
        return ()
    if block.height is not None:
        return (_figure(block, context, context.points(block.height)),)
    full = _full_height(block, context)
    if block.fit is ImageFit.CONTAIN:
        return (_figure(block, context, full),)
    words = _caption_and_credit(block, context).height
    return (
        Fill(
            lambda height: _figure(block, context, height - words),
            words + MIN_HEIGHT,
            words + full,
            context.points(block.space_before),
            context.points(block.space_after),
            block.span,
        ),
    )


def _full_height(block: Image, context: BlockContext) -> float:
    """Return the height of the uncropped picture at the width left by a credit at its edge."""
    facts = context.edition.pictures[block.image.path].facts
    height = context.measure * facts.height / facts.width
    edge = _edge_credit(block, context, height)
    return height * (1 - edge.width / context.measure) if edge else height


def _figure(block: Image, context: BlockContext, height: float) -> Slab:
    """Typeset the picture at a height in points, with caption and credit."""
    edge = _edge_credit(block, context, height)
    width = context.measure - (edge.width if edge else 0.0)
    if block.caption or block.credit:
        context = context.within("Div")
    tag = context.tag("Figure") if block.alt else ARTIFACT
    picture = _picture(block, context, Rect(0.0, -height, width, height))
    words = _caption_and_credit(block, context)
    items: tuple[Item, ...] = (replace(picture, tag=tag),)
    items += tuple(moved(item, 0.0, -height) for item in words.items)
    if edge:
        items += tuple(moved(item, width, -height) for item in edge.items)
    return Slab(
        context.measure,
        height + words.height,
        items,
        context.points(block.space_before),
        context.points(block.space_after),
        span=block.span,
        baseline=None if words.baseline is None else height + words.baseline,
    )


def _picture(block: Image, context: BlockContext, place: Rect) -> Picture:
    file = context.edition.pictures[block.image.path]
    pixels = (file.facts.width, file.facts.height)
    is_cover = block.fit is ImageFit.COVER
    rect = cover_rect(place, pixels, block.focal_point) if is_cover else contain_rect(place, pixels)
    clip = shape_outline(block.shape, place if is_cover else rect, context.points(block.corner))
    alt = context.edition.words(block.alt)
    return Picture(
        rect,
        file.name,
        pixels,
        (clip,),
        alt,
        span=block.span,
        opacity=block.opacity.fraction,
        is_grey=file.facts.mode in GREY_MODES,
    )


GREY_MODES = ("1", "L", "LA")
"""Modes of images without colour, as Pillow names them."""


def cover_rect(place: Rect, pixels: tuple[int, int], focus: Focus) -> Rect:
    """Return the rectangle of the uncropped picture that covers `place`, its focal point close to the centre."""
    scale = max(place.width / pixels[0], place.height / pixels[1])
    width, height = pixels[0] * scale, pixels[1] * scale
    x = place.x + place.width / 2 - focus.x * width
    y = place.y + place.height / 2 - (1 - focus.y) * height
    x = min(place.x, max(place.right - width, x))
    y = min(place.y, max(place.top - height, y))
    return Rect(x, y, width, height)


def contain_rect(place: Rect, pixels: tuple[int, int]) -> Rect:
    """Return the rectangle of the picture fitted into `place` and centred."""
    scale = min(place.width / pixels[0], place.height / pixels[1])
    width, height = pixels[0] * scale, pixels[1] * scale
    centre = place.centre
    return Rect(centre.x - width / 2, centre.y - height / 2, width, height)


def _caption_and_credit(block: Image, context: BlockContext) -> Slab:
    """Typeset caption and credit below the picture, with the gap above them; empty if there are none."""
    parts = [
        (context.style(style_name, default), message)
        for message, style_name, default in _below(block)
    ]
    if not parts:
        return Slab(context.measure, 0.0, ())
    words = stacked(
        [context.slab(message, style, "Caption") for style, message in parts], context.measure
    )
    gap = GAP * parts[0][0].type.size
    items = tuple(moved(item, 0.0, -gap) for item in words.items)
    height = words.height + gap
    return Slab(context.measure, height, items, baseline=height)


def _below(block: Image) -> Iterator[tuple[Message, StyleName | None, str]]:
    if block.caption:
        yield block.caption, block.style, "caption"
    if block.credit and block.credit_side is CreditSide.BELOW:
        yield block.credit, block.credit_style, "credit"


def _edge_credit(block: Image, context: BlockContext, height: float) -> Slab | None:
    """Typeset the credit rotated by 90°, reading upwards from the bottom of the picture."""
    if not block.credit or block.credit_side is CreditSide.BELOW:
        return None
    style = context.style(block.credit_style, "credit")
    slab = context.narrowed(height).slab(block.credit, style, "Caption")
    gap = GAP * style.type.size
    rotation = turn(90)
    # Rotated about its upper left corner, the slab lies to the right of it and only needs to move by the gap.
    items = tuple(moved(turned(item, rotation), gap, 0.0) for item in slab.items)
    return Slab(slab.height + gap, height, items)
