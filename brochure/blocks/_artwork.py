"""Artwork of an image block: a picture of pixels, the outlines of an SVG drawing, or a page of a PDF.

Both are drawn into a rectangle and clipped to an outline.
"""

from __future__ import annotations

from dataclasses import replace
from types import MappingProxyType

from brochure.artwork.model import ArtworkBox, is_artwork
from brochure.blocks._drawing_source import Draw, DrawingSource, Labels
from brochure.color.swatch import Paint
from brochure.errors import BrochureError, InputError
from brochure.fast_dataclass import dataclass
from brochure.geometry import Rect
from brochure.l10n.assets import ImageFile, VectorFile
from brochure.model.block_context import BlockContext
from brochure.model.display_list import Item, Outline, Picture, PlacedArtwork, Tag
from brochure.spec.values import Asset, SwatchName


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


FIRST_PAGE = PdfPage()


def find_artwork(
    asset: Asset,
    colour: SwatchName | None,
    opacity: float,
    context: BlockContext,
    page: PdfPage = FIRST_PAGE,
    labels: Labels = MappingProxyType({}),
) -> Artwork | None:
    """Return the artwork in a file; None if it is missing or cannot be used, which is reported.

    Args:
        asset: The file.
        colour: The swatch for all outlines of a drawing, instead of its own colours.
        opacity: From 0 to 1.
        context: The context of the block.
        page: The page, if the file is a PDF.
        labels: Messages for the texts of a drawing.
    """
    picture = context.edition.pictures.get(asset.path)
    vector = context.edition.vectors.get(asset.path)
    if labels and (vector is None or is_artwork(vector.name)) and (vector or picture):
        what = "'labels' is for SVG drawings; texts of other files cannot be replaced"
        context.note("labels-of-picture", what, asset.span, "remove 'labels', or use an SVG file")
    if vector and is_artwork(vector.name):
        return _pdf_page(asset, vector, context.paint(colour), opacity, context, page)
    if picture is None:
        return _drawing(asset, colour, opacity, context, labels)
    if colour is not None:
        message = "'colour' is for drawings; this file is a picture of pixels"
        hint = "remove 'colour', or use an SVG file"
        context.note("colour-of-picture", message, colour.span, hint)
    return _picture(picture, opacity)


def _picture(file: ImageFile, opacity: float) -> Artwork:
    pixels = (file.facts.width, file.facts.height)

    def draw(rect: Rect, clip: tuple[Outline, ...], tag: Tag) -> tuple[Item, ...]:
        # A renderer may paint outside the rectangle while it scales, so that pictures always have a clip.
        own = replace(tag, alt="")
        picture = Picture(rect, file.name, pixels, clip, tag.alt, own)
        return (replace(picture, opacity=opacity, is_grey=file.facts.mode in GREY_MODES),)

    return Artwork(*pixels, draw)


def _pdf_page(
    asset: Asset,
    file: VectorFile,
    paint: Paint | None,
    opacity: float,
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
        placed = PlacedArtwork(rect, file.name, pixels, clip, tag.alt, own, opacity=opacity)
        return (replace(placed, page=page.number, box=page.box, paint=paint, info=info),)

    return Artwork(info.width, info.height, draw, is_drawing=True)


GREY_MODES = ("1", "L", "LA")
"""Modes of images without colour, as Pillow names them."""


def _drawing(
    asset: Asset, colour: SwatchName | None, opacity: float, context: BlockContext, labels: Labels
) -> Artwork | None:
    file = context.edition.vectors.get(asset.path)
    if file is None:
        return None
    # Imported here: only layouts with drawings need it.
    from brochure.blocks._drawing import find_drawing

    source = DrawingSource(file.name, file.project, asset.span, labels)
    found = find_drawing(source, context.paint(colour), opacity, context)
    return Artwork(*found.size, found.draw, is_drawing=True) if found else None
