"""Art from placed pages: what the layout puts on paper, each mark with the line that put it there.

Takes an edition's pages and its press; gives `PageObjects`. Nothing is painted for it: colours are brought to the press as the
plate would bring them.
"""

from __future__ import annotations

from collections.abc import Callable, Iterable, Iterator
from dataclasses import replace
from functools import partial

from brochure.color.swatch import Paint
from brochure.color.swatch import Spot as SpotInk
from brochure.geometry import Rect
from brochure.model.display_list import GlyphRun, Item, Outline, Page, Path, Picture, bounds
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
from brochure.preflight.rectangles import common, turned
from brochure.preflight.tints import colour_from_paint
from brochure.prepress.edition_condition import EditionCondition
from brochure.spec.model import Layout

Tinting = Callable[[Paint], ColourValue]

BLACK = (("black", 1.0),)
LETTERS = (0.22, 0.72)
"""How far letters reach below and above their baseline, in ems."""


def collect_page_objects(
    pages: Iterable[Page], layout: Layout, work: EditionCondition
) -> PageObjects:
    """The pages as art."""
    tint = partial(colour_from_paint, press=work.condition)
    done = tuple(
        PageContent(
            page.number,
            page.width,
            page.height,
            page.bleed,
            tuple(_marks(page, tint)),
            _folds(page, layout),
        )
        for page in pages
    )
    # What the standard of the press forbids has been mended or refused before: see `press.flatten`.
    return PageObjects(done, tuple(_spots(layout)), work.condition.ink_limit)


def _folds(page: Page, layout: Layout) -> frozenset[PageEdge]:
    """A verso lies left of the fold; a panel or a spine has folds on both sides, or the trim, where nobody minds."""
    if layout.binding.folded or page.number > len(layout.pages):
        return frozenset((PageEdge.LEFT, PageEdge.RIGHT))
    if layout.binding.bound:
        return frozenset((PageEdge.RIGHT if page.verso else PageEdge.LEFT,))
    return frozenset()


def _spots(layout: Layout) -> Iterator[DeclaredInk]:
    for swatch in layout.swatches.values():
        if isinstance(swatch.paint.colour, SpotInk):
            yield DeclaredInk(swatch.paint.colour.name, None, swatch.span)


def _marks(page: Page, tint: Tinting) -> Iterator[PageObject]:
    for item in page.items:
        mark = _mark(item, page.number, tint)
        if mark and mark.bounds.overlaps(page.trim.grown(page.bleed)):
            yield mark


def _mark(item: Item, page: int, tint: Tinting) -> PageObject | None:
    match item:
        case GlyphRun():
            return _lettering(item, page, tint)
        case Picture():
            seen = turned(item.matrix, _within(item.rect, item.clip))
            place = ObjectLocation(page, (seen.x, seen.y), item.span)
            name = item.asset.rpartition("/")[2]
            mute = item.tag.role == "Figure" and not item.alt.strip()
            return ImageObject(place, seen, name, item.resolution, ColourSpace.CMYK, nameless=mute)
        case Path() if item.fill or item.stroke:
            return _shape(item, page, tint)
        case _:
            return None


def _lettering(item: GlyphRun, page: int, tint: Tinting) -> TextObject:
    glyphs, (below, above) = item.glyphs, LETTERS
    height = (below + above) * glyphs.size
    around = Rect(item.x, item.y - below * glyphs.size, glyphs.width, height)
    seen = turned(item.matrix, around)
    return TextObject(
        ObjectLocation(page, item.matrix.apply(item.x, item.y), glyphs.span),
        seen,
        glyphs.text,
        glyphs.size,
        glyphs.face.name,
        _over(tint(glyphs.paint)),
    )


def _over(tint: ColourValue) -> ColourValue:
    """Black type overprints: the plate sees to it."""
    return replace(tint, overprint=True) if tint.inks == BLACK else tint


def _shape(item: Path, page: int, tint: Tinting) -> PathObject | None:
    around = bounds(item.outlines)
    if not around.width and not around.height:
        return None
    width = item.stroke.width if item.stroke else 0.0
    seen = turned(item.matrix, _within(around.grown(width / 2), item.clip))
    return PathObject(
        ObjectLocation(page, (seen.x, seen.y), item.span),
        seen,
        tint(item.fill) if item.fill else None,
        tint(item.stroke.paint) if item.stroke else None,
        width,
        item.tag.role == "Figure",
    )


def _within(rect: Rect, clip: tuple[Outline, ...]) -> Rect:
    return common(rect, bounds(clip)) if clip else rect
