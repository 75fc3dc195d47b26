"""Image: a picture or a drawing, cropped around its focal point, with an optional caption and credit.

The file is a JPEG, PNG, TIFF or WebP picture, or an SVG drawing or PDF, such as a logo, a map or an icon. Drawings go into the
PDF as outlines, sharp at any size; their texts are set in the fonts of the project, and `labels` puts messages in their place.

A PDF, or an AI file saved with PDF content, is placed with its fonts, gradients and pictures; `page` is the page to place and
`box` the part of it. Its colours are converted like those of swatches and pictures.

With `fit: cover` (the default for pictures) the image fills the remaining height of the frame, or `height`, and is cropped around
`focal-point`; `zoom: 150%` shows a smaller part of it. With `fit: contain` (the default for drawings) it is not cropped, and it
becomes smaller if the frame has less height than it needs. `aspect: 1:1` crops to these proportions. Inside a box, which has no
height of its own, an image keeps its proportions.

`colour` fills all outlines of a drawing with one swatch, for example for a logo on a coloured background. `ink: black` prints a
picture in grey, `ink: blue` in tints of one swatch, and `ink: [black, blue]` as a duotone. `blend: multiply` lets what is beneath
show through the light parts of a picture. `shadow` is a drop shadow.

`alt` is the alternative text for readers who cannot see the image; write `alt: none` if it is decorative. The credit can run
up the edge of the image (`credit-side: edge`).

Example:
    - image: photos/city.jpg
      focal-point: 62% 40%
      alt: opener.alt
      credit: credits.city
      credit-side: edge
    - image: logo.svg
      alt: none
      colour: ember
      height: 12 mm
"""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from dataclasses import field, replace
from enum import Enum
from typing import Annotated

from brochure.artwork.model import ArtworkBox
from brochure.blocks._artwork import Artwork, Look, PdfPage, find_artwork
from brochure.blocks._shadow import Shadow
from brochure.blocks._shapes import ClipShape, shape_outline
from brochure.fast_dataclass import dataclass
from brochure.findings import Span
from brochure.geometry import Rect, turn
from brochure.model.block_context import BlockContext
from brochure.model.display_list import ARTIFACT, Blend, Item, Outline, Path, Picture
from brochure.model.galley import Fill, Galley, GalleyBox, move_item, transform_item
from brochure.model.paragraph_box import stack
from brochure.spec.constraints import (
    AspectRatio,
    Bounds,
    Distance,
    Extent,
    MaxItems,
    PageNumber,
    Part,
)
from brochure.spec.model import Valign
from brochure.spec.values import Asset, Focus, Length, Message, Share, StyleName, SwatchName
from brochure.typeset.style import Align


class ImageFit(Enum):
    """How an image fits its frame."""

    COVER = "cover"
    CONTAIN = "contain"


class CreditSide(Enum):
    """Position of the credit: below the image, or running up its edge."""

    BELOW = "below"
    EDGE = "edge"


MAX_INKS = 2
"""Colours of a picture that is printed in tints."""


@dataclass(frozen=True, slots=True)
class Image:
    """A picture or a drawing."""

    span: Span
    image: Annotated[Asset, "file in an assets folder: JPEG, PNG, TIFF, WebP, SVG or PDF"]
    alt: Annotated[Message | None, "alternative text; `none` if the image is decorative"]
    fit: Annotated[
        ImageFit | None,
        "`cover` fills the area and crops; `contain` shows the whole image "
        "(default: `cover` for pictures, `contain` for drawings and PDFs)",
    ] = None
    page: Annotated[PageNumber, "page of a PDF"] = 1
    box: Annotated[
        ArtworkBox, "box of the page of a PDF that is placed: trim, crop, bleed, art or media"
    ] = ArtworkBox.TRIM
    focal_point: Annotated[
        Focus, "point of the image to keep visible, from the upper left, such as 62% 40%"
    ] = Focus()
    zoom: Annotated[
        Annotated[Share, Bounds(100, 10_000)],
        "enlargement of a cropped image beyond what covers the area; the focal point is centred",
    ] = Share(1.0)
    width: Annotated[
        Extent | Part | None,
        "width: a length or a percentage of the column (default: the column width; "
        "with `fit: contain` and a height, from the height)",
    ] = None
    height: Annotated[
        Extent | None,
        "height (default: the remaining height of the frame; with `fit: contain` or `aspect`, from the width, "
        "less if the frame has less)",
    ] = None
    aspect: Annotated[
        AspectRatio | None, "width to height, such as 1:1 or 3:2; a picture is cropped to it"
    ] = None
    align: Annotated[
        Align | None,
        "position of an image narrower than the column (default: start), and of a contained image in "
        "a wider area (default: centre)",
    ] = None
    valign: Annotated[
        Valign | None,
        "position of a contained image in a higher area: top, middle or bottom (default: middle); "
        "without `height`, the area has the remaining height of the frame",
    ] = None
    colour: Annotated[
        SwatchName | None,
        "swatch for all outlines of a drawing or a PDF (default: its own colours)",
    ] = None
    labels: Annotated[
        Mapping[str, Message],
        "texts of an SVG drawing; messages by the id of a text, or by the text itself",
    ] = field(default_factory=dict)
    ink: Annotated[
        tuple[SwatchName, ...],
        MaxItems(MAX_INKS),
        "one or two swatches that a picture is printed in tints of, such as black or [black, blue] "
        "(default: its own colours)",
    ] = ()
    blend: Annotated[
        Blend, "`multiply` darkens what is beneath, as ink that prints over it does"
    ] = Blend.NORMAL
    shape: Annotated[ClipShape, "clipping shape: rectangle, rounded or ellipse"] = (
        ClipShape.RECTANGLE
    )
    corner: Annotated[Distance, "corner radius of `shape: rounded`"] = Length(8.504)
    opacity: Annotated[Share, "opacity; below 100% the background shows through"] = Share(1.0)
    shadow: Annotated[Shadow | None, "drop shadow of a picture (default: none)"] = None
    space_before: Annotated[Distance, "space above"] = Length(lines=1)
    space_after: Annotated[Distance, "space below, after the caption"] = Length(lines=1)
    caption: Annotated[Message | None, "caption below the image"] = None
    credit: Annotated[Message | None, "credit"] = None
    credit_side: Annotated[
        CreditSide, "position of the credit: `below`, or `edge`, running up the image's edge"
    ] = CreditSide.BELOW
    style: Annotated[StyleName | None, "paragraph style of the caption (default: `caption`)"] = None
    credit_style: Annotated[
        StyleName | None, "paragraph style of the credit (default: `credit`)"
    ] = None


GAP = 0.45
"""Gap between image and caption or credit, in ems of the caption or credit."""

MIN_HEIGHT = 2.0
"""Minimum height of an image in points; a frame with less height left is overset."""


def galley(block: Image, context: BlockContext) -> Galley:
    """Typeset image, caption and credit as one piece; without a height it fills the frame."""
    look = Look(
        block.colour, block.ink, block.opacity.fraction, block.blend, block.shadow, block.labels
    )
    artwork = find_artwork(block.image, look, context, PdfPage(block.page, block.box))
    if artwork is None:
        return ()
    if block.aspect and block.width and block.height:
        message = "'aspect' is given as well as 'width' and 'height'"
        context.note("image-size", message, block.span, "remove one of them")
        return ()
    figure = _Figure(block, context, artwork)
    height = figure.stated_height()
    if height is not None:
        return (figure.box(height),)
    words = _caption_and_credit(block, context).height
    return (
        Fill(
            lambda height: figure.box(height - words),
            words + MIN_HEIGHT,
            words + figure.full_height(),
            context.points(block.space_before),
            context.points(block.space_after),
            block.span,
            shrinks=figure.has_proportions and block.valign is None,
        ),
    )


@dataclass(frozen=True, slots=True)
class _Figure:
    """An image block with its artwork."""

    block: Image
    context: BlockContext
    artwork: Artwork

    @property
    def is_contained(self) -> bool:
        """True if the whole image is shown."""
        fit = self.block.fit or (ImageFit.CONTAIN if self.artwork.is_drawing else ImageFit.COVER)
        return fit is ImageFit.CONTAIN

    @property
    def has_proportions(self) -> bool:
        """True if the height of its area follows from the width."""
        return self.is_contained or self.block.aspect is not None

    @property
    def _ratio(self) -> float:
        """Width to height of its area."""
        if self.block.aspect is None:
            return self.artwork.width / self.artwork.height
        across, down = self.block.aspect.split(":")
        return float(across) / float(down)

    def stated_height(self) -> float | None:
        """Return the height that the layout states; None if it follows from the frame."""
        height = self.block.height
        return None if height is None else self.context.points(height)

    def full_height(self) -> float:
        """Return the height of the area at its full width, which a credit at its edge reduces."""
        measure = self.context.measure
        width = self._stated_width()
        height = (measure if width is None else width) / self._ratio
        edge = _edge_credit(self.block, self.context, height)
        return height * (1 - edge.width / measure) if edge and width is None else height

    def box(self, height: float) -> GalleyBox:
        """Typeset the image at a height in points, with caption and credit."""
        block, context = self.block, self.context
        edge = _edge_credit(block, context, height)
        place = self._place(height, context.measure - (edge.width if edge else 0.0))
        if block.caption or block.credit:
            context = context.within("Div")
        tag = context.tag("Figure", context.edition.words(block.alt)) if block.alt else ARTIFACT
        words = _caption_and_credit(block, context)
        drawn = self.artwork.draw(*self._fitted(place), tag)
        items: tuple[Item, ...] = tuple(_locate(one, block.span) for one in drawn)
        items += tuple(move_item(item, 0.0, -height) for item in words.items)
        if edge:
            items += tuple(move_item(item, place.right, -height) for item in edge.items)
        return GalleyBox(
            context.measure,
            height + words.height,
            items,
            context.points(block.space_before),
            context.points(block.space_after),
            span=block.span,
            baseline=None if words.baseline is None else height + words.baseline,
        )

    def _stated_width(self) -> float | None:
        width, context = self.block.width, self.context
        if isinstance(width, Share):
            return context.measure * width.fraction
        return None if width is None else context.points(width)

    def _place(self, height: float, column: float) -> Rect:
        """Return the rectangle of the image's area in a column of this width."""
        stated = self._stated_width()
        width = column if stated is None else stated
        if self.has_proportions and not (stated and self.block.height):
            width = min(width, height * self._ratio)
        if self.block.aspect:
            height, top = width / self._ratio, self._drop(height - width / self._ratio)
        else:
            top = 0.0
        x = self.context.left(self.block.align or Align.START, max(0.0, column - width))
        return Rect(x, -top - height, width, height)

    def _drop(self, spare: float) -> float:
        """Return how far below the top of a higher area something is."""
        return max(0.0, spare) * VALIGN_SHARES[self.block.valign or Valign.MIDDLE]

    def _contained(self, place: Rect) -> Rect:
        """Return the rectangle of the image fitted into its area."""
        size = (self.artwork.width, self.artwork.height)
        scale = min(place.width / size[0], place.height / size[1])
        width, height = size[0] * scale, size[1] * scale
        x = self.context.left(self.block.align or Align.CENTRE, place.width - width)
        return Rect(
            place.x + x, place.top - height - self._drop(place.height - height), width, height
        )

    def _fitted(self, place: Rect) -> tuple[Rect, tuple[Outline, ...]]:
        """Return the rectangle of the whole image, and what it is clipped to."""
        block, artwork = self.block, self.artwork
        contained = self.is_contained
        size = (artwork.width, artwork.height)
        own = self.context.edition.pictures.get(block.image.path)
        focus = (own.focal_point if own else None) or block.focal_point
        rect = (
            self._contained(place)
            if contained
            else cover_rect(place, size, focus, block.zoom.fraction)
        )
        if contained and artwork.is_drawing and block.shape is ClipShape.RECTANGLE:
            return rect, ()
        corner = self.context.points(block.corner)
        return rect, (shape_outline(block.shape, rect if contained else place, corner),)


VALIGN_SHARES = {Valign.TOP: 0.0, Valign.MIDDLE: 0.5, Valign.BOTTOM: 1.0}
"""The share of the spare height that is above."""


def _locate(item: Item, span: Span) -> Item:
    """Return a part of the artwork with the place of its block; texts have a place of their own."""
    return replace(item, span=span) if isinstance(item, (Path, Picture)) else item


def cover_rect(place: Rect, size: tuple[float, float], focus: Focus, zoom: float = 1.0) -> Rect:
    """Return the rectangle of the uncropped image that covers `place`, its focal point close to the centre."""
    scale = max(place.width / size[0], place.height / size[1]) * zoom
    width, height = size[0] * scale, size[1] * scale
    x = place.x + place.width / 2 - focus.x * width
    y = place.y + place.height / 2 - (1 - focus.y) * height
    x = min(place.x, max(place.right - width, x))
    y = min(place.y, max(place.top - height, y))
    return Rect(x, y, width, height)


def _caption_and_credit(block: Image, context: BlockContext) -> GalleyBox:
    """Typeset caption and credit below the picture, with the gap above them; empty if there are none."""
    parts = [
        (context.style(style_name, default), message)
        for message, style_name, default in _below(block)
    ]
    if not parts:
        return GalleyBox(context.measure, 0.0, ())
    words = stack(
        [context.set_message(message, style, "Caption") for style, message in parts],
        context.measure,
    )
    gap = GAP * parts[0][0].type.size
    items = tuple(move_item(item, 0.0, -gap) for item in words.items)
    height = words.height + gap
    return GalleyBox(context.measure, height, items, baseline=height)


def _below(block: Image) -> Iterator[tuple[Message, StyleName | None, str]]:
    if block.caption:
        yield block.caption, block.style, "caption"
    if block.credit and block.credit_side is CreditSide.BELOW:
        yield block.credit, block.credit_style, "credit"


def _edge_credit(block: Image, context: BlockContext, height: float) -> GalleyBox | None:
    """Typeset the credit rotated by 90°, reading upwards from the bottom of the image."""
    if not block.credit or block.credit_side is CreditSide.BELOW:
        return None
    style = context.style(block.credit_style, "credit")
    box = context.narrowed(height).set_message(block.credit, style, "Caption")
    gap = GAP * style.type.size
    rotation = turn(90)
    # Rotated about its upper left corner, the box lies to the right of it and only needs to move by the gap.
    items = tuple(move_item(transform_item(item, rotation), gap, 0.0) for item in box.items)
    return GalleyBox(box.height + gap, height, items)
