"""Flattening: pages without anything see-through, for PDF/X-1a (ISO 15930-4, 6.15).

Takes placed pages and the edition's press; gives the same pages with what was see-through mixed with the flat colour that it
lies on, paper or a field, and a finding for whatever lies on something that is not flat: a picture, text, an edge. Stands
before sheets; nothing moves.
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Sequence
from dataclasses import replace

from brochure.color.convert import in_ink
from brochure.color.printing_condition import PressCondition
from brochure.color.swatch import WHITE, Paint, Spot, mix, tint
from brochure.findings import Finding, Span
from brochure.geometry import IDENTITY, Matrix, Rect
from brochure.images.probe import examine
from brochure.model.display_list import (
    Bookmark,
    GlyphRun,
    Item,
    Link,
    Outline,
    Page,
    Path,
    Picture,
    bounds,
)
from brochure.project import Project

Seen = GlyphRun | Path | Picture


def flatten_page(
    pages: Iterable[Page], press: PressCondition, project: Project
) -> tuple[tuple[Page, ...], tuple[Finding, ...]]:
    """The pages with everything opaque, and what could not be made so."""
    done, found = [], []
    for page in pages:
        flat = _Flat(page, press, project)
        done.append(replace(page, items=tuple(flat.items())))
        found.extend(flat.found)
    return tuple(done), tuple(found)


class _Flat:
    """One page, from its ground upwards; items below the one in hand are opaque already."""

    def __init__(self, page: Page, press: PressCondition, project: Project) -> None:
        self.page = page
        self.press = press
        self.project = project
        self.below: list[Seen] = []
        self.found: list[Finding] = []

    def items(self) -> Iterator[Item]:
        """The items in their order."""
        for item in self.page.items:
            if isinstance(item, (Link, Bookmark)):
                yield item
                continue
            for part in _apart(item):
                flat = self._opaque(part) if self._has_transparency(part) else part
                self.below.append(flat)
                yield flat

    def _has_transparency(self, item: Seen) -> bool:
        if isinstance(item, Picture):
            return item.opacity < 1 or examine(self.project.read(item.asset)).alpha
        return any(paint.opacity < 1 for paint in _paints(item))

    def _opaque(self, item: Seen) -> Seen:
        """The item mixed with its ground; as it was, with a finding, where that is not flat."""
        ground = self._ground(_reach(item))
        if ground is None:
            return self._refused(item, "lies on something that is not one flat colour")
        if isinstance(item, Picture):
            inks = in_ink(ground.colour, self.press)
            if isinstance(inks, Spot):
                return self._refused(item, f"lies on the spot ink '{inks.name}'")
            return replace(item, ground=inks)
        paints = {paint: self._mixed(paint, ground) for paint in _paints(item)}
        if None in paints.values():
            return self._refused(item, "mixes a spot ink with other inks")
        return _painted(item, {old: new for old, new in paints.items() if new})

    def _mixed(self, paint: Paint, ground: Paint) -> Paint | None:
        """The opaque paint that looks the same; None where no paint does."""
        if paint.opacity >= 1:
            return paint
        above, beneath = in_ink(paint.colour, self.press), in_ink(ground.colour, self.press)
        if beneath == WHITE.colour:
            return replace(paint, colour=tint(above, paint.opacity), opacity=1.0)
        if isinstance(above, Spot) or isinstance(beneath, Spot):
            return None
        colour = mix(above, paint.opacity, beneath)
        return replace(paint, colour=colour, opacity=1.0) if colour else None

    def _ground(self, reach: Rect) -> Paint | None:
        """The flat paint beneath an area; None where there is more than one, or a picture."""
        for item in reversed(self.below):
            if not reach.grown(-SLACK).overlaps(_reach(item)):
                continue
            if isinstance(item, Path) and item.fill and _covers(item, reach):
                return item.fill
            return None
        return WHITE

    def _refused(self, item: Seen, why: str) -> Seen:
        what, span = _named(item)
        message = f"page {self.page.label or self.page.number}: {what} is see-through and {why}; x-1a has no transparency"
        hint = "make it opaque, put it on a flat field, or use press: {standard: x-4}"
        self.found.append(Finding("transparency", message, span, hint, page=self.page.number))
        return item


def _apart(item: Seen) -> Sequence[Seen]:
    """A path whose fill and stroke are not both opaque, as two: the stroke lies half on the fill."""
    if isinstance(item, Path) and item.fill and item.stroke and _least(item) < 1:
        return replace(item, stroke=None), replace(item, fill=None)
    return (item,)


def _least(item: Path) -> float:
    return min(paint.opacity for paint in _paints(item))


def _paints(item: GlyphRun | Path) -> tuple[Paint, ...]:
    if isinstance(item, GlyphRun):
        return (item.glyphs.paint,)
    return tuple(paint for paint in (item.fill, item.stroke and item.stroke.paint) if paint)


def _painted(item: GlyphRun | Path, paints: dict[Paint, Paint]) -> GlyphRun | Path:
    """The item in other paints."""
    if isinstance(item, GlyphRun):
        return replace(item, glyphs=replace(item.glyphs, paint=paints[item.glyphs.paint]))
    stroke = item.stroke and replace(item.stroke, paint=paints[item.stroke.paint])
    return replace(item, fill=item.fill and paints[item.fill], stroke=stroke)


# Where things are


LETTERS = (0.25, 0.75)
"""How far letters reach below and above their baseline, in ems, near enough to tell one line from the next."""


def _reach(item: Seen) -> Rect:
    """The area that an item can mark, out to the edges of its clip."""
    if isinstance(item, GlyphRun):
        glyphs, (below, above) = item.glyphs, LETTERS
        low, height = item.y - below * glyphs.size, (below + above) * glyphs.size
        return _turned(item.matrix, Rect(item.x, low, glyphs.width, height))
    if isinstance(item, Picture):
        return _turned(item.matrix, _within(item.rect, item.clip))
    around = bounds(item.outlines)
    if item.stroke:
        around = around.grown(item.stroke.width / 2)
    return _turned(item.matrix, _within(around, item.clip))


def _turned(matrix: Matrix, rect: Rect) -> Rect:
    """The upright rectangle around a turned one."""
    corners = ((rect.x, rect.y), (rect.right, rect.y), (rect.x, rect.top), (rect.right, rect.top))
    xs, ys = zip(*(matrix.apply(*corner) for corner in corners), strict=True)
    return Rect(min(xs), min(ys), max(xs) - min(xs), max(ys) - min(ys))


def _within(rect: Rect, clip: tuple[Outline, ...]) -> Rect:
    if not clip:
        return rect
    edge = bounds(clip)
    left, low = max(rect.x, edge.x), max(rect.y, edge.y)
    right, top = min(rect.right, edge.right), min(rect.top, edge.top)
    return Rect(left, low, max(0.0, right - left), max(0.0, top - low))


SLACK = 0.05
"""Points by which edges may miss each other and still be the same edge."""


def _covers(path: Path, reach: Rect) -> bool:
    """Whether a path is an upright rectangle, clipped at most to one, that lies under the whole area."""
    if path.matrix != IDENTITY or not all(_is_box(one) for one in (*path.outlines, *path.clip)):
        return False
    if len(path.outlines) != 1 or len(path.clip) > 1:
        return False
    return _within(bounds(path.outlines), path.clip).holds(reach, SLACK)


def _is_box(outline: Outline) -> bool:
    points = [outline.start, *(tuple(one) for one in outline.segments)]
    if not all(len(point) == 2 for point in points) or len(set(points)) != 4:
        return False
    return len({point[0] for point in points}) == 2 == len({point[1] for point in points})


def _named(item: Seen) -> tuple[str, Span | None]:
    """What a finding calls the item, and where it is written."""
    if isinstance(item, GlyphRun):
        words = item.glyphs.text.strip()
        return f"the text '{words[:30]}{'…' if len(words) > 30 else ''}'", item.glyphs.span
    if isinstance(item, Picture):
        return f"the picture {item.asset.rpartition('/')[2]}", item.span
    return "a field of colour or a line", item.span
