"""Image: a picture in its frame, cropped about its focal point, with caption and credit where they are given.

With `fit: fill` (the default) the picture covers its place, which is what the frame has left, or `height`; what must stay
in sight is named by `focus`. With `fit: whole` nothing is cropped. Inside a box, which has no height to fill, a picture takes
that of its own proportions. `alt` says what the picture shows to those who do not see it; write `alt: none` for mere
decoration. A credit can run up the edge of the picture.

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

from brochure.blocks._shapes import ClipShape, outline
from brochure.fast_dataclass import dataclass
from brochure.findings import Span
from brochure.geometry import Rect, turn
from brochure.model.block_context import BlockContext, stacked
from brochure.model.display_list import ARTIFACT, Item, Picture
from brochure.model.galley import Fill, Galley, Slab, moved, turned
from brochure.spec.constraints import Distance, Extent
from brochure.spec.values import Asset, Focus, Length, Message, Share, StyleName


class ImageFit(Enum):
    """How a picture takes its place."""

    COVER = "cover"
    CONTAIN = "contain"


class CreditSide(Enum):
    """Where the credit stands: beneath the picture, or running up its edge."""

    BELOW = "below"
    EDGE = "edge"


@dataclass(frozen=True, slots=True)
class Image:
    """A picture."""

    span: Span
    image: Annotated[Asset, "the file, in an assets folder: JPEG, PNG, TIFF or WebP"]
    alt: Annotated[Message | None, "what it shows, in words; `none` for decoration"]
    fit: Annotated[ImageFit, "fill covers the place and crops; whole shows everything"] = (
        ImageFit.COVER
    )
    focal_point: Annotated[Focus, "the point that must stay in sight, from the upper left"] = (
        Focus()
    )
    height: Annotated[Extent | None, "how tall it is; what the frame has left unless told"] = None
    shape: Annotated[ClipShape, "rectangle, rounded or ellipse"] = ClipShape.RECTANGLE
    corner: Annotated[Distance, "the radius of rounded corners"] = Length(8.504)
    opacity: Annotated[Share, "100% covers, less lets the ground through"] = Share(1.0)
    space_before: Annotated[Distance, "above it"] = Length(lines=1)
    space_after: Annotated[Distance, "below it and its words"] = Length(lines=1)
    caption: Annotated[Message | None, "words beneath it"] = None
    credit: Annotated[Message | None, "whose picture it is"] = None
    credit_side: Annotated[CreditSide, "below, or edge: running up the picture's edge"] = (
        CreditSide.BELOW
    )
    style: Annotated[StyleName | None, "the caption's style; `caption` unless told"] = None
    credit_style: Annotated[StyleName | None, "the credit's style; `credit` unless told"] = None


GAP = 0.45
"""Between picture and words, in ems of the words."""

LEAST = 2.0
"""The height in points below which there is no picture to speak of: a frame that leaves less overflows."""


def galley(block: Image, context: BlockContext) -> Galley:
    """The picture with its words as one piece; of its frame's height where none is given."""
    if block.image.path not in context.edition.pictures:
        return ()
    if block.height is not None:
        return (_figure(block, context, context.points(block.height)),)
    whole = _whole_height(block, context)
    if block.fit is ImageFit.CONTAIN:
        return (_figure(block, context, whole),)
    words = _words(block, context).height
    return (
        Fill(
            lambda height: _figure(block, context, height - words),
            words + LEAST,
            words + whole,
            context.points(block.space_before),
            context.points(block.space_after),
            block.span,
        ),
    )


def _whole_height(block: Image, context: BlockContext) -> float:
    """How tall the whole picture is at the width that a credit at its edge leaves it."""
    facts = context.edition.pictures[block.image.path].facts
    tall = context.measure * facts.height / facts.width
    edge = _edge_credit(block, context, tall)
    return tall * (1 - edge.width / context.measure) if edge else tall


def _figure(block: Image, context: BlockContext, height: float) -> Slab:
    """The picture `height` points tall, its words below."""
    edge = _edge_credit(block, context, height)
    width = context.measure - (edge.width if edge else 0.0)
    if block.caption or block.credit:
        context = context.within("Div")
    tag = context.tag("Figure") if block.alt else ARTIFACT
    picture = _picture(block, context, Rect(0.0, -height, width, height))
    words = _words(block, context)
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
    cover = block.fit is ImageFit.COVER
    rect = covering(place, pixels, block.focal_point) if cover else inside(place, pixels)
    clip = outline(block.shape, place if cover else rect, context.points(block.corner))
    alt = context.edition.words(block.alt)
    return Picture(
        rect, file.name, pixels, (clip,), alt, span=block.span, opacity=block.opacity.fraction
    )


def covering(place: Rect, pixels: tuple[int, int], focus: Focus) -> Rect:
    """Where the whole picture lies so that it covers `place` and its focal point is as near the middle as can be."""
    scale = max(place.width / pixels[0], place.height / pixels[1])
    width, height = pixels[0] * scale, pixels[1] * scale
    x = place.x + place.width / 2 - focus.x * width
    y = place.y + place.height / 2 - (1 - focus.y) * height
    x = min(place.x, max(place.right - width, x))
    y = min(place.y, max(place.top - height, y))
    return Rect(x, y, width, height)


def inside(place: Rect, pixels: tuple[int, int]) -> Rect:
    """Where the whole picture lies so that all of it is seen, in the middle of `place`."""
    scale = min(place.width / pixels[0], place.height / pixels[1])
    width, height = pixels[0] * scale, pixels[1] * scale
    centre = place.centre
    return Rect(centre.x - width / 2, centre.y - height / 2, width, height)


def _words(block: Image, context: BlockContext) -> Slab:
    """Caption and credit below the picture, with the gap above them; of no height where there are none."""
    parts = [
        (context.style(style_name, otherwise), message)
        for message, style_name, otherwise in _below(block)
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
    """The credit turned by a quarter, reading upwards from the picture's foot."""
    if not block.credit or block.credit_side is CreditSide.BELOW:
        return None
    style = context.style(block.credit_style, "credit")
    slab = context.narrowed(height).slab(block.credit, style, "Caption")
    gap = GAP * style.type.size
    upright = turn(90)
    # Turned about its upper left corner the slab lies to the right of it, so it moves out by its gap alone.
    items = tuple(moved(turned(item, upright), gap, 0.0) for item in slab.items)
    return Slab(slab.height + gap, height, items)
