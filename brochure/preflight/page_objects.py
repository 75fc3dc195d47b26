"""Collects the page objects of a laid-out project, each with the source line that placed it.

Colours are converted for the printing condition, as they are when the PDF is written.
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping
from dataclasses import replace

from brochure.color.gradient import list_paints
from brochure.color.printing_condition import PressCondition
from brochure.color.swatch import Gradient, Paint
from brochure.color.swatch import Spot as SpotInk
from brochure.fast_dataclass import dataclass
from brochure.findings import Span
from brochure.fonts.subset import advances
from brochure.geometry import Rect, bounding_box
from brochure.model.display_list import (
    DropShadow,
    FlattenedArea,
    GlyphRun,
    Item,
    Outline,
    Page,
    Path,
    Picture,
    PlacedArtwork,
    bounds,
)
from brochure.preflight.colour_values import colour_from_paint, convert_paints
from brochure.preflight.model import (
    ColourSpace,
    ColourValue,
    DeclaredInk,
    ImageObject,
    ObjectLocation,
    PageContent,
    PageEdge,
    PageObject,
    PageObjects,
    PathObject,
    TextObject,
)
from brochure.preflight.shapes import Shape
from brochure.prepress.edition_condition import EditionCondition
from brochure.prepress.inks import find_inks
from brochure.project import Project
from brochure.spec.model import Layout
from brochure.system.cache import VariantCache
from brochure.typeset.lines import Glyphs


@dataclass(frozen=True, slots=True)
class PrintedPaints:
    """The colours in which the paints of some pages are printed.

    `of_text` has those of text by the identity of the paint, of which most text has few: to hash a paint takes longer than all
    else that is done with it here.
    """

    colours: Mapping[Paint, ColourValue]
    of_text: Mapping[int, ColourValue]


SOLID_BLACK = (("black", 1.0),)
ENOUGH_PPI = (300.0, 300.0)
"""The resolution of artwork as a whole, which has none, and of shadows, which are smooth; that of pictures is checked."""
DESCENT, ASCENT = 0.22, 0.72
"""How far letters extend below and above the baseline, in ems."""


def collect_page_objects(
    pages: Iterable[Page], layout: Layout, work: EditionCondition, project: Project
) -> PageObjects:
    """Return the page objects of laid-out pages; `project` has the files that are placed on them."""
    pages = tuple(pages)
    paints = {
        id(paint): paint for page in pages for item in page.items for paint in _list_paints(item)
    }
    colours = convert_paints(paints.values(), work.condition, project.cache)
    of_text = {at: _overprint_black(colours[paint]) for at, paint in paints.items()}
    printed = PrintedPaints(colours, of_text)
    content = tuple(_collect_page(page, layout, printed, work, project) for page in pages)
    # No `standard`: transparency that it forbids was flattened or refused before (see `transparency_flattening`).
    spots = tuple(_list_spots(layout))
    return PageObjects(content, spots, work.condition.ink_limit, inks=work.inks)


@dataclass(frozen=True, slots=True)
class CollectedPage:
    """A page with its objects, and the printing condition that their colours were converted for."""

    page: Page
    condition: PressCondition
    content: PageContent


COLLECTED: VariantCache[CollectedPage] = VariantCache(
    20_000, 4, lambda one: len(one.content.objects)
)
"""Pages by what distinguishes them besides their items, weighed by their objects: most pages of the next edition are the same."""


def _collect_page(
    page: Page, layout: Layout, printed: PrintedPaints, work: EditionCondition, project: Project
) -> PageContent:
    """Return the content of a page, from the cache if it depends on no file and its items are the same."""
    depends_on = Picture if work.keeps_rgb else PlacedArtwork
    key = page.number, page.width, page.height, page.bleed, _find_folds(page, layout)
    is_cached = not any(isinstance(item, depends_on) for item in page.items)
    if is_cached:
        found = COLLECTED.get(key, lambda one: _is_current(one, page, work.condition))
        if found:
            return found.content
    objects = tuple(_collect_objects(page, printed, work, project))
    content = PageContent(*key[:4], objects, key[4], findings={} if is_cached else None)
    if is_cached:
        COLLECTED.put(key, CollectedPage(page, work.condition, content))
    return content


def _is_current(collected: CollectedPage, page: Page, condition: PressCondition) -> bool:
    """Return True if a page has the same items, from the same lines of the same files."""
    if len(page.items) != len(collected.page.items) or collected.condition != condition:
        return False
    pairs = zip(page.items, collected.page.items, strict=True)
    return all(
        one is other or (one == other and _find_span(one) == _find_span(other))
        for one, other in pairs
    )


def _find_span(item: Item) -> Span | None:
    if isinstance(item, GlyphRun):
        return item.glyphs.span
    return item.span if isinstance(item, Path | Picture) else None


def _list_paints(item: Item) -> Iterator[Paint]:
    """Yield the paints of an item."""
    match item:
        case GlyphRun():
            yield item.glyphs.paint
        case Path():
            if item.stroke:
                yield item.stroke.paint
            if item.fill:
                yield from dict.fromkeys((item.fill, *list_paints(item.fill)))
        case PlacedArtwork() if item.paint:
            yield item.paint


def _find_folds(page: Page, layout: Layout) -> frozenset[PageEdge]:
    """Return the folded edges: both sides of a panel or spine, the right edge of a verso, the left edge of a recto."""
    if layout.binding.folded or page.number > len(layout.pages):
        return frozenset((PageEdge.LEFT, PageEdge.RIGHT))
    if layout.binding.bound:
        return frozenset((PageEdge.RIGHT if page.verso else PageEdge.LEFT,))
    return frozenset()


def _list_spots(layout: Layout) -> Iterator[DeclaredInk]:
    for swatch in layout.swatches.values():
        if isinstance(swatch.paint.colour, SpotInk) and not isinstance(swatch.paint, Gradient):
            name, on_screen = swatch.paint.colour.name, not swatch.paint.press_only
            yield DeclaredInk(name, None, swatch.span, on_screen)


def _collect_objects(
    page: Page, printed: PrintedPaints, work: EditionCondition, project: Project
) -> Iterator[PageObject]:
    visible, press = page.trim.expand(page.bleed), work.condition
    for item in page.items:
        if isinstance(item, PlacedArtwork):
            if _needs_alt_text(item):
                yield replace(_convert_image(item, page.number, press), ppi=ENOUGH_PPI)
            # Imported here: only pages with placed PDFs need it.
            from brochure.preflight.artwork_objects import collect_artwork

            paint = printed.colours[item.paint] if item.paint else None
            placed = collect_artwork(item, page.number, paint, press, project)
            yield from (one for one in placed if one.bounds.overlaps(visible))
            continue
        converted = _convert_item(item, page.number, printed, press)
        if work.keeps_rgb and isinstance(converted, ImageObject) and isinstance(item, Picture):
            # Imported here: most pictures are converted to the inks of the press.
            from brochure.preflight.rgb_pictures import describe_rgb

            converted = describe_rgb(item, converted, work, project)
        if converted and converted.bounds.overlaps(visible):
            yield converted


def _convert_item(
    item: Item, page: int, printed: PrintedPaints, press: PressCondition
) -> PageObject | None:
    match item:
        case GlyphRun():
            return _convert_text(item, page, printed)
        case Picture():
            return _convert_image(item, page, press)
        case Path() if item.fill or item.stroke:
            return _convert_path(item, page, printed)
        case _:
            return None


def _needs_alt_text(item: Picture) -> bool:
    """Return True for a figure without a text; a picture in a chart has that of the chart."""
    return item.tag.role == "Figure" and not (item.alt.strip() or item.tag.alt.strip())


def _convert_image(item: Picture, page: int, press: PressCondition) -> ImageObject:
    visible = item.matrix.box(_clip(item.rect, item.clip))
    name = item.asset.rpartition("/")[2]
    space = ColourSpace.GREY if item.is_grey else ColourSpace.CMYK
    inks: tuple[str, ...] = ()
    if isinstance(item, FlattenedArea):
        page_of_area = Page(page, "", 0.0, 0.0, 0.0, (item,))
        inks = tuple(find_inks((page_of_area,), press))
    is_shadow = isinstance(item, DropShadow)
    colours = (item.colour,) if isinstance(item, DropShadow) else item.duotone
    if colours:
        paints = [colour_from_paint(Paint(colour), press) for colour in colours]
        inks = tuple(dict.fromkeys(ink for paint in paints for ink, _ in paint.inks))
        is_spot = any(paint.space is ColourSpace.SPOT for paint in paints)
        space = ColourSpace.SPOT if is_spot else ColourSpace.CMYK
    return ImageObject(
        ObjectLocation(page, (visible.x, visible.y), item.span, visible),
        visible,
        f"the shadow of {name}" if is_shadow else name,
        ENOUGH_PPI if is_shadow else item.resolution,
        space,
        needs_alt_text=_needs_alt_text(item),
        inks=inks,
    )


def _convert_text(item: GlyphRun, page: int, printed: PrintedPaints) -> TextObject:
    glyphs = item.glyphs
    height = (DESCENT + ASCENT) * glyphs.size
    box = Rect(item.x, item.y - DESCENT * glyphs.size, _measure_visible_width(glyphs), height)
    corners = item.matrix.corners(box)
    seen = bounding_box(corners)
    return TextObject(
        ObjectLocation(page, item.matrix.apply(item.x, item.y), glyphs.span, seen),
        seen,
        glyphs.text,
        glyphs.size,
        glyphs.face.name,
        printed.of_text[id(glyphs.paint)],
        corners=corners,
    )


def _measure_visible_width(glyphs: Glyphs) -> float:
    """Return the width of a run without the tracking after its last glyph, in points."""
    if not glyphs.ids:
        return glyphs.width
    (natural,) = advances(glyphs.face, glyphs.ids[-1:])
    return glyphs.width - max(0.0, glyphs.advances[-1] - natural / 1000 * glyphs.size)


def _overprint_black(colour: ColourValue) -> ColourValue:
    """Set black text to overprint, as it is when the PDF is written."""
    return replace(colour, overprint=True) if colour.inks == SOLID_BLACK else colour


def _convert_path(item: Path, page: int, printed: PrintedPaints) -> PathObject | None:
    box = bounds(item.outlines)
    if not box.width and not box.height:
        return None
    width = item.stroke.width if item.stroke else 0.0
    visible = item.matrix.box(_clip(box.expand(width / 2), item.clip))
    return PathObject(
        ObjectLocation(page, (visible.x, visible.y), item.span, visible),
        visible,
        printed.colours[item.fill] if item.fill else None,
        printed.colours[item.stroke.paint] if item.stroke else None,
        width,
        item.tag.role == "Figure",
        stops=_convert_stops(item.fill, printed),
        shape=Shape(item.outlines, item.even_odd, item.clip, item.matrix) if item.fill else None,
    )


def _convert_stops(fill: Paint | None, printed: PrintedPaints) -> tuple[ColourValue, ...]:
    if not isinstance(fill, Gradient):
        return ()
    return tuple(map(printed.colours.__getitem__, list_paints(fill)))


def _clip(rect: Rect, clip: tuple[Outline, ...]) -> Rect:
    return rect.intersect(bounds(clip)) if clip else rect
