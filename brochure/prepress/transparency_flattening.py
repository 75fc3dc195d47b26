"""Flatten transparency for PDF/X-1a (ISO 15930-4, 6.15).

Transparent items are mixed with the flat colour beneath them: paper or a filled rectangle. Where they lie on pictures, or on
edges beside pictures, both become one image. A finding reports those on anything else, such as text.
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Sequence
from dataclasses import replace

from brochure.color.convert import in_ink
from brochure.color.gradient import flatten_gradient
from brochure.color.printing_condition import PressCondition
from brochure.color.swatch import WHITE, Gradient, Paint, Spot, mix, tint
from brochure.findings import Finding, Span
from brochure.geometry import IDENTITY, Rect
from brochure.images.probe import examine
from brochure.model.display_list import (
    Blend,
    Bookmark,
    DropShadow,
    FlattenedArea,
    GlyphRun,
    Item,
    Link,
    Outline,
    Page,
    Path,
    Picture,
    PlacedArtwork,
    bounds,
)
from brochure.prepress.flattened_areas import flatten_area
from brochure.project import Project

Drawable = GlyphRun | Path | Picture


def flatten_page(
    pages: Iterable[Page], press: PressCondition, project: Project
) -> tuple[tuple[Page, ...], tuple[Finding, ...]]:
    """Return the pages with all items opaque, and findings on those that could not be made so."""
    flat_pages, findings = [], []
    for page in pages:
        flat = _Flat(page, press, project)
        flat_pages.append(replace(page, items=tuple(flat.items())))
        findings.extend(flat.findings)
    return tuple(flat_pages), tuple(findings)


class _Flat:
    """One page, from its background upwards; the items in `below` are opaque already."""

    def __init__(self, page: Page, press: PressCondition, project: Project) -> None:
        self.page = page
        self.press = press
        self.project = project
        self.below: list[Drawable] = []
        self.findings: list[Finding] = []

    def items(self) -> Iterator[Item]:
        """Yield the flattened items in painting order."""
        for item in self.page.items:
            if isinstance(item, (Link, Bookmark)):
                yield item
                continue
            for part in _split(item):
                flat = self._opaque(part) if self._has_transparency(part) else part
                self.below.append(flat)
                yield flat

    def _has_transparency(self, item: Drawable) -> bool:
        if isinstance(item, PlacedArtwork):
            return item.is_transparent
        if isinstance(item, FlattenedArea):
            return False
        if isinstance(item, Picture):
            is_seen_through = item.opacity < 1 or item.blend is not Blend.NORMAL
            return is_seen_through or examine(self.project.read(item.asset)).alpha
        return any(paint.opacity < 1 for paint in _paints(item))

    def _opaque(self, item: Drawable) -> Drawable:
        """Return the item mixed with its background; unchanged, with a finding, if that is not possible."""
        if isinstance(item, PlacedArtwork):
            return self._report(item, f"has {item.info.transparency or 'an opacity'}")
        background = self._background(_extent(item))
        if background is None or (isinstance(item, Picture) and item.blend is not Blend.NORMAL):
            return self._merge(item, background)
        if isinstance(item, Picture):
            return self._flatten_picture(item, background)
        paints = {paint: self._flatten_paint(paint, background) for paint in _paints(item)}
        if None in paints.values():
            return self._report(item, "mixes a spot ink with other inks")
        return _repaint(item, {old: new for old, new in paints.items() if new})

    def _merge(self, item: Drawable, background: Paint | None) -> Drawable:
        """Return the item and what is beneath it as one image."""
        is_on_paper = background == WHITE and not isinstance(item, DropShadow)
        if is_on_paper and isinstance(item, Picture):
            plain = replace(item, blend=Blend.NORMAL)
            return self._opaque(plain) if self._has_transparency(plain) else plain
        visible = self.page.trim.expand(self.page.bleed)
        extent = _extent(item).intersect(visible)
        if not extent.width or not extent.height:
            return self._report(item, NOT_FLAT)
        beneath = [one for one in self.below if extent.expand(-SLACK).overlaps(_extent(one))]
        hidden = (at for at, one in enumerate(beneath) if self._hides(one, extent))
        merged = flatten_area(item, beneath[max(hidden, default=0) :], extent, self.press)
        return self._report(item, merged or NOT_FLAT) if isinstance(merged, str) else merged

    def _hides(self, item: Drawable, extent: Rect) -> bool:
        """Return True if an opaque item covers an area."""
        if isinstance(item, Path):
            return bool(item.fill) and _covers(item, extent)
        if isinstance(item, GlyphRun | PlacedArtwork) or item.matrix != IDENTITY:
            return False
        is_box = all(map(_is_box, item.clip)) and len(item.clip) <= 1
        return is_box and _extent(item).contains(extent, SLACK)

    def _flatten_picture(self, item: Picture, background: Paint) -> Drawable:
        inks = in_ink(background.colour, self.press)
        if isinstance(inks, Spot):
            return self._report(item, f"lies on the spot ink '{inks.name}'")
        has_spots = any(isinstance(in_ink(one, self.press), Spot) for one in item.duotone)
        if has_spots and inks != WHITE.colour:
            return self._report(item, "is in a spot ink and lies on another colour")
        return replace(item, ground=inks)

    def _flatten_paint(self, paint: Paint, background: Paint) -> Paint | None:
        """Return the opaque paint of the same appearance; None if there is none."""
        if paint.opacity >= 1:
            return paint
        if isinstance(paint, Gradient):
            return flatten_gradient(paint, in_ink(background.colour, self.press), self.press)
        above, beneath = in_ink(paint.colour, self.press), in_ink(background.colour, self.press)
        if beneath == WHITE.colour:
            return replace(paint, colour=tint(above, paint.opacity), opacity=1.0)
        if isinstance(above, Spot) or isinstance(beneath, Spot):
            return None
        colour = mix(above, paint.opacity, beneath)
        return replace(paint, colour=colour, opacity=1.0) if colour else None

    def _background(self, extent: Rect) -> Paint | None:
        """Return the flat paint beneath an area; None if it is not uniform, or a picture."""
        for item in reversed(self.below):
            if not extent.expand(-SLACK).overlaps(_extent(item)):
                continue
            if isinstance(item, Path) and item.fill and _covers(item, extent):
                return None if isinstance(item.fill, Gradient) else item.fill
            return None
        return WHITE

    def _report(self, item: Drawable, why: str) -> Drawable:
        what, span = _describe(item)
        fix = "make it opaque, place it on a flat colour"
        if isinstance(item, PlacedArtwork):
            fix = "flatten its transparency where it was made"
        message = f"page {self.page.label or self.page.number}: {what} is transparent and {why}; x-1a does not allow transparency"
        hint = f"{fix}, or set press: {{standard: x-4}}"
        self.findings.append(Finding("transparency", message, span, hint, page=self.page.number))
        return item


def _split(item: Drawable) -> Sequence[Drawable]:
    """Split a path with transparent fill or stroke in two: half of the stroke lies on the fill."""
    if isinstance(item, Path) and item.fill and item.stroke and _min_opacity(item) < 1:
        return replace(item, stroke=None), replace(item, fill=None)
    return (item,)


def _min_opacity(item: Path) -> float:
    return min(paint.opacity for paint in _paints(item))


def _paints(item: GlyphRun | Path) -> tuple[Paint, ...]:
    if isinstance(item, GlyphRun):
        return (item.glyphs.paint,)
    return tuple(paint for paint in (item.fill, item.stroke and item.stroke.paint) if paint)


def _repaint(item: GlyphRun | Path, paints: dict[Paint, Paint]) -> GlyphRun | Path:
    """Return the item in other paints."""
    if isinstance(item, GlyphRun):
        return replace(item, glyphs=replace(item.glyphs, paint=paints[item.glyphs.paint]))
    stroke = item.stroke and replace(item.stroke, paint=paints[item.stroke.paint])
    return replace(item, fill=item.fill and paints[item.fill], stroke=stroke)


# Geometry


LETTERS = (0.25, 0.75)
"""How far letters extend below and above their baseline, in ems; enough to tell one line from the next."""


def _extent(item: Drawable) -> Rect:
    """Return the area that an item can mark, within its clip."""
    if isinstance(item, GlyphRun):
        glyphs, (below, above) = item.glyphs, LETTERS
        low, height = item.y - below * glyphs.size, (below + above) * glyphs.size
        return item.matrix.box(Rect(item.x, low, glyphs.width, height))
    if isinstance(item, Picture):
        return item.matrix.box(_clip(item.rect, item.clip))
    around = bounds(item.outlines)
    if item.stroke:
        around = around.expand(item.stroke.width / 2)
    return item.matrix.box(_clip(around, item.clip))


def _clip(rect: Rect, clip: tuple[Outline, ...]) -> Rect:
    return rect.intersect(bounds(clip)) if clip else rect


NOT_FLAT = "does not lie on a single flat colour"

SLACK = 0.05
"""Tolerance for edges that count as equal, in points."""


def _covers(path: Path, extent: Rect) -> bool:
    """Return True if a path is an upright rectangle, clipped at most to one, that covers the area."""
    if path.matrix != IDENTITY or not all(_is_box(one) for one in (*path.outlines, *path.clip)):
        return False
    if len(path.outlines) != 1 or len(path.clip) > 1:
        return False
    return _clip(bounds(path.outlines), path.clip).contains(extent, SLACK)


def _is_box(outline: Outline) -> bool:
    points = [outline.start, *(tuple(one) for one in outline.segments)]
    if not all(len(point) == 2 for point in points) or len(set(points)) != 4:
        return False
    return len({point[0] for point in points}) == 2 == len({point[1] for point in points})


def _describe(item: Drawable) -> tuple[str, Span | None]:
    """Return what a finding calls the item, and its source position."""
    if isinstance(item, GlyphRun):
        words = item.glyphs.text.strip()
        return f"the text '{words[:30]}{'…' if len(words) > 30 else ''}'", item.glyphs.span
    if isinstance(item, PlacedArtwork):
        name = item.asset.rpartition("/")[2]
        return f"the artwork {name} (page {item.page})", item.span
    if isinstance(item, DropShadow):
        return f"the shadow of {item.asset.rpartition('/')[2]}", item.span
    if isinstance(item, Picture):
        return f"the picture {item.asset.rpartition('/')[2]}", item.span
    if isinstance(item.fill, Gradient):
        return "a gradient", item.span
    return "a field of colour or a line", item.span
