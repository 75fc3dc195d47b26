"""Artwork of an image block: a picture of pixels, the outlines of an SVG drawing, or a page of a PDF.

Both are drawn into a rectangle and clipped to an outline.
"""

from __future__ import annotations

from collections.abc import Callable, Mapping
from dataclasses import field, replace

from brochure.artwork.model import ArtworkBox, is_artwork
from brochure.blocks._shadow import Shadow, make_shadow
from brochure.color.swatch import Colour, Spot
from brochure.errors import BrochureError, InputError
from brochure.fast_dataclass import dataclass
from brochure.findings import Span
from brochure.geometry import Rect
from brochure.l10n.assets import ImageFile, VectorFile
from brochure.model.block_context import BlockContext
from brochure.model.display_list import Blend, Item, Outline, Picture, PlacedArtwork, Tag
from brochure.project import Project
from brochure.spec.values import Asset, Message, SwatchName


@dataclass(frozen=True, slots=True)
class Artwork:
    """Artwork with its proportions. `is_drawing` is true for outlines."""

    width: float
    height: float
    draw: Draw
    is_drawing: bool = False


@dataclass(frozen=True, slots=True)
class PdfPage:
    """The page of a PDF that is placed, and its box; without meaning for other files."""

    number: int = 1
    box: ArtworkBox = ArtworkBox.TRIM


@dataclass(frozen=True, slots=True)
class Look:
    """How artwork is painted.

    `colour` is the swatch for all outlines of a drawing, `inks` those that a picture of pixels is printed in tints of, instead of
    their own colours; `opacity` is from 0 to 1. `labels` are messages for the texts of a drawing.
    """

    colour: SwatchName | None = None
    inks: tuple[SwatchName, ...] = ()
    opacity: float = 1.0
    blend: Blend = Blend.NORMAL
    shadow: Shadow | None = None
    labels: Labels = field(default_factory=dict)


FIRST_PAGE = PdfPage()


def find_artwork(
    asset: Asset, look: Look, context: BlockContext, page: PdfPage = FIRST_PAGE
) -> Artwork | None:
    """Return the artwork in a file; None if it is missing or cannot be used, which is reported.

    Args:
        asset: The file.
        look: How it is painted.
        context: The context of the block.
        page: The page, if the file is a PDF.
    """
    picture = context.edition.pictures.get(asset.path)
    vector = context.edition.vectors.get(asset.path)
    if vector and look.shadow:
        message = "'shadow' is for pictures of pixels; this file is a drawing or a PDF"
        context.note("shadow-of-drawing", message, look.shadow.span, "remove 'shadow'")
    if vector and look.inks:
        message = "'ink' is for pictures of pixels; this file is a drawing or a PDF"
        context.note("ink-of-drawing", message, look.inks[0].span, "write 'colour' instead")
    if look.labels and (picture or (vector and is_artwork(vector.name))):
        what = "'labels' is for SVG drawings; texts of other files cannot be replaced"
        context.note("labels-of-picture", what, asset.span, "remove 'labels', or use an SVG file")
    if vector and is_artwork(vector.name):
        return _pdf_page(asset, vector, look, context, page)
    if picture is None:
        return _drawing(asset, look, context)
    if look.colour is not None:
        message = "'colour' is for drawings; this file is a picture of pixels"
        hint = "write 'ink' instead, or use an SVG file"
        context.note("colour-of-picture", message, look.colour.span, hint)
    return _picture(picture, look, _duotone(look.inks, context), context)


def _duotone(inks: tuple[SwatchName, ...], context: BlockContext) -> tuple[Colour, ...]:
    """Return the colours that a picture is printed in tints of; empty, with a finding, if they cannot be."""
    colours: list[Colour] = []
    for name in inks:
        paint = context.paint(name)
        if paint is None:
            return ()
        if paint.opacity < 1 or paint.overprint or paint.press_only:
            message = f"a picture cannot be printed in the swatch '{name.name}', which is transparent, overprint or press-only"
            context.note("ink-of-picture", message, name.span, "use an opaque swatch")
            return ()
        if _ink_name(paint.colour) in map(_ink_name, colours):
            message = f"'{name.name}' is the same ink as '{inks[0].name}'"
            context.note("ink-of-picture", message, name.span, "a duotone has two different inks")
            return ()
        colours.append(paint.colour)
    return tuple(colours)


def _ink_name(colour: Colour) -> Colour | str:
    return colour.name if isinstance(colour, Spot) else colour


def _picture(
    file: ImageFile, look: Look, duotone: tuple[Colour, ...], context: BlockContext
) -> Artwork:
    pixels = (file.facts.width, file.facts.height)
    is_grey = file.facts.mode in GREY_MODES and not duotone

    def draw(rect: Rect, clip: tuple[Outline, ...], tag: Tag) -> tuple[Item, ...]:
        # A renderer may paint outside the rectangle while it scales, so that pictures always have a clip.
        own = replace(tag, alt="")
        picture = Picture(rect, file.name, pixels, clip, tag.alt, own, opacity=look.opacity)
        picture = replace(picture, is_grey=is_grey, duotone=duotone, blend=look.blend)
        if look.shadow is None:
            return (picture,)
        shadow = make_shadow(look.shadow, picture, context, is_cut_out=file.facts.alpha)
        return shadow, picture

    return Artwork(*pixels, draw)


def _pdf_page(
    asset: Asset,
    file: VectorFile,
    look: Look,
    context: BlockContext,
    page: PdfPage,
) -> Artwork | None:
    # Imported here: only layouts with placed PDFs need it.
    from brochure.artwork.load import load_artwork_info

    try:
        info = load_artwork_info(file.name, file.project, page.number, page.box)
    except InputError:
        raise
    except BrochureError as failure:
        context.note("artwork-unusable", f"{failure}", asset.span)
        return None
    paint = context.paint(look.colour)
    if info.fonts:
        message = (
            f"{file.project.label(file.name)}: fonts are not embedded: {', '.join(info.fonts)}"
        )
        hint = "embed all fonts, or convert the text to outlines, and export it again"
        context.note("artwork-fonts", message, asset.span, hint)
    if paint and (info.has_colour_pictures or info.has_grey_pictures):
        message = f"{file.project.label(file.name)} contains pictures of pixels, which cannot be printed in one swatch"
        context.note("colour-of-picture", message, asset.span, "remove 'colour'")
        return None
    pixels = max(1, round(info.width)), max(1, round(info.height))

    def draw(rect: Rect, clip: tuple[Outline, ...], tag: Tag) -> tuple[Item, ...]:
        own = replace(tag, alt="")
        placed = PlacedArtwork(rect, file.name, pixels, clip, tag.alt, own, opacity=look.opacity)
        placed = replace(placed, page=page.number, box=page.box, paint=paint, info=info)
        return (replace(placed, blend=look.blend),)

    return Artwork(info.width, info.height, draw, is_drawing=True)


GREY_MODES = ("1", "L", "LA")
"""Modes of images without colour, as Pillow names them."""


def _drawing(asset: Asset, look: Look, context: BlockContext) -> Artwork | None:
    file = context.edition.vectors.get(asset.path)
    if file is None:
        return None
    # Imported here: only layouts with drawings need it.
    from brochure.blocks._drawing import find_drawing

    source = DrawingSource(file.name, file.project, asset.span, look.labels)
    found = find_drawing(source, context.paint(look.colour), look.opacity, context)
    if found and look.blend is not Blend.NORMAL:
        message = "'blend' is for pictures of pixels and PDFs; this file is a drawing"
        context.note("blend-of-drawing", message, asset.span, "remove 'blend'")
    return Artwork(*found.size, found.draw, is_drawing=True) if found else None


Draw = Callable[[Rect, tuple[Outline, ...], Tag], tuple[Item, ...]]
"""Draw the whole artwork into a rectangle, clipped to outlines; none if all of it is visible."""

Labels = Mapping[str, Message]
"""Messages by the id of a text element, or by its text."""


@dataclass(frozen=True, slots=True)
class DrawingSource:
    """An SVG file of a project, its place in the layout, and the messages for its texts."""

    file: str
    project: Project
    span: Span
    labels: Labels

    @property
    def name(self) -> str:
        """The name of the file in findings."""
        return self.project.label(self.file)


@dataclass(frozen=True, slots=True)
class FoundDrawing:
    """A drawing with its width and height, of which only the proportion counts."""

    size: tuple[float, float]
    draw: Draw
