"""Canvas: draws display list items with ReportLab (ISO 32000-1, annex A).

Paths, clips, colours, spot colours, opacity, overprint and forms use the canvas's own methods. Text by glyph id and marked
content, which ReportLab lacks, are written as operators.
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import replace

from brochure.color.swatch import Cmyk, Gradient, Grey, Paint, Rgb, Spot
from brochure.geometry import IDENTITY, Matrix
from brochure.model.display_list import (
    Blend,
    Bookmark,
    GlyphRun,
    HiddenText,
    Item,
    Link,
    Outline,
    Page,
    Path,
    Picture,
    PlacedArtwork,
    Stroke,
    bounds,
)
from brochure.pdf.engine import Canvas, CMYKColor, CMYKColorSep, Color, PDFPathObject
from brochure.pdf.image_xobject import UPRIGHT_MATRICES
from brochure.pdf.page_cache import (
    CachedPage,
    DrawnItems,
    PageCache,
    RecordingResources,
    is_current,
    mark_content,
    page_key,
)
from brochure.pdf.resources import PageResources, Resources
from brochure.pdf.tags import PageTags
from brochure.pdf.text import space_operators, text_operators

NON_ZERO, EVEN_ODD = 1, 0
"""ReportLab's fill modes."""

ROUND_CAP = ROUND_JOIN = 1


class ItemCanvas(Canvas):
    """A canvas that draws items of the display list."""

    def __init__(self, resources: RecordingResources, tags: PageTags | None = None) -> None:
        super().__init__(resources.shared.document)
        self._resources = resources
        self._tags = tags
        self._links: list[Link] = []
        self._bookmarks: list[Bookmark] = []
        self._xobjects: set[str] = set()
        self._color_spaces: set[str] = set()
        self._is_transparent = False
        self._fill: Cmyk | Grey | Rgb | Spot | None = None
        self._overprints = False

    def drawn_items(self) -> DrawnItems:
        """Return what has been drawn so far."""
        used = PageResources(
            self._resources.font_names,
            frozenset(self._xobjects),
            frozenset(self._color_spaces),
            dict(self.graphics_states),
        )
        return DrawnItems(
            self.getCurrentPageContent(),
            used,
            tuple(self._links),
            tuple(self._bookmarks),
            self._is_transparent,
        )

    def draw(self, item: Item) -> None:
        """Draw one item."""
        match item:
            case GlyphRun():
                self._draw_glyphs(item)
            case HiddenText():
                self._draw_hidden_text(item)
            case Path():
                self._draw_path(item)
            case PlacedArtwork():
                self._draw_artwork(item)
            case Picture():
                self._draw_picture(item)
            case Link():
                self._links.append(item)
            case Bookmark():
                self._bookmarks.append(item)

    def _draw_glyphs(self, run: GlyphRun) -> None:
        if not run.glyphs.ids:
            return
        font = self._resources.font(run)
        text = text_operators(run, font)
        if run.trailing_space and self._tags:
            text = f"{text} {space_operators(run, font)}"
        paint = self._convert_paint(run.glyphs.paint)
        self._switch_overprint(on=_is_black(paint) or _overprints(paint))
        if run.matrix == IDENTITY and paint.opacity == 1 and not run.clip:
            if paint.colour != self._fill:
                self._set_fill(paint)
                self._fill = paint.colour
            self.addLiteral(text)
            return
        self.saveState()
        self._apply(run.matrix, run.clip)
        self._set_fill(paint)
        self.addLiteral(text)
        self.restoreState()

    def _draw_hidden_text(self, item: HiddenText) -> None:
        """Show text in a tagged file in the mode for text that is not seen (9.3.6)."""
        if not (self._tags and item.runs):
            return
        x, y = item.outlines[0].start
        self.addLiteral("3 Tr")
        for run in item.runs:
            self._draw_glyphs(replace(run, x=run.x + x, y=run.y + y, matrix=item.matrix))
        self.addLiteral("0 Tr")

    def _draw_path(self, path: Path) -> None:
        """Draw a path; fill and stroke one after the other if they cover what is beneath in different ways."""
        if isinstance(path.fill, Gradient):
            self._draw_gradient(path, path.fill)
            path = replace(path, fill=None)
        fill = path.fill and self._convert_paint(path.fill)
        stroke = path.stroke and replace(path.stroke, paint=self._convert_paint(path.stroke.paint))
        if fill and stroke and _coverage(fill) != _coverage(stroke.paint):
            self._draw_path(replace(path, stroke=None))
            self._draw_path(replace(path, fill=None))
            return
        main = fill or (stroke.paint if stroke else None)
        if main is None:
            return
        self._switch_overprint(on=_overprints(main))
        self.saveState()
        self._apply(path.matrix, path.clip)
        if fill:
            self._set_fill(fill)
        if stroke:
            self._set_stroke(stroke)
        mode = EVEN_ODD if path.even_odd else NON_ZERO
        outline = self._outline(path.outlines)
        self.drawPath(outline, stroke=int(bool(stroke)), fill=int(bool(fill)), fillMode=mode)
        self.restoreState()

    def _draw_gradient(self, path: Path, gradient: Gradient) -> None:
        """Draw the gradient of a path within its outlines."""
        box = bounds(path.outlines)
        if not box.width or not box.height:
            return
        name = self._resources.gradient(gradient, box.width, box.height)
        self._switch_overprint(on=False)
        self._is_transparent |= gradient.opacity < 1
        self._xobjects.add(name)
        self.saveState()
        self._apply(path.matrix, path.clip)
        mode = EVEN_ODD if path.even_odd else NON_ZERO
        self.clipPath(self._outline(path.outlines), stroke=0, fill=0, fillMode=mode)
        self.translate(box.x, box.y)
        self.doForm(name)
        self.restoreState()

    def _draw_picture(self, picture: Picture) -> None:
        name, is_transparent, orientation = self._resources.image(picture)
        opacity = 1.0 if picture.ground else picture.opacity
        self._switch_overprint(on=False)
        self._is_transparent |= is_transparent or opacity < 1 or picture.blend is not Blend.NORMAL
        self._xobjects.add(name)
        self.saveState()
        self._apply(picture.matrix, picture.clip)
        if opacity < 1:
            self.setFillAlpha(opacity)
        self._set_blend(picture.blend)
        rect = picture.rect
        square = Matrix(rect.width, 0, 0, rect.height, rect.x, rect.y)
        at = UPRIGHT_MATRICES[orientation].then(square)
        self.transform(at.a, at.b, at.c, at.d, at.e, at.f)
        self.doForm(name)
        self.restoreState()

    def _draw_artwork(self, artwork: PlacedArtwork) -> None:
        name = self._resources.artwork(artwork)
        paint = artwork.paint and replace(self._convert_paint(artwork.paint), opacity=1.0)
        self._switch_overprint(on=bool(paint and _overprints(paint)))
        self._is_transparent |= artwork.is_transparent
        self._xobjects.add(name)
        self.saveState()
        self._apply(artwork.matrix, artwork.clip)
        if paint:
            self._set_fill(paint)
            self._set_stroke(Stroke(paint, 1.0))
        if artwork.full_opacity < 1:
            self.setFillAlpha(artwork.full_opacity)
        self._set_blend(artwork.blend)
        rect = artwork.rect
        self.transform(rect.width, 0, 0, rect.height, rect.x, rect.y)
        self.doForm(name)
        self.restoreState()

    # The graphics state

    def _apply(self, matrix: Matrix, clip: Sequence[Outline]) -> None:
        """Change the coordinate system and the clipping path."""
        if matrix != IDENTITY:
            self.transform(matrix.a, matrix.b, matrix.c, matrix.d, matrix.e, matrix.f)
        if clip:
            self.clipPath(self._outline(clip), stroke=0, fill=0, fillMode=NON_ZERO)

    def _convert_paint(self, paint: Paint) -> Paint:
        """Return the paint in the colours of this output."""
        colour = self._resources.colour(paint.colour)
        return paint if colour is paint.colour else replace(paint, colour=colour)

    def _switch_overprint(self, *, on: bool) -> None:
        """Switch overprint on or off for what follows (8.6.7); no effect on screen output."""
        on &= self._resources.condition.inks
        if on != self._overprints:
            self.setStrokeOverprint(on)
            self.setFillOverprint(on)
            self.setOverprintMask(True)
            self._overprints = on

    def _set_blend(self, blend: Blend) -> None:
        """Set the blend mode, in a saved graphics state."""
        if blend is not Blend.NORMAL:
            self.setBlendMode(f"/{blend.name.title()}")

    def _set_fill(self, paint: Paint) -> None:
        match paint.colour:
            case Grey(light):
                self.setFillGray(light, alpha=paint.opacity)
            case colour:
                self.setFillColor(self._color(colour), alpha=paint.opacity)
        self._is_transparent |= paint.opacity < 1

    def _set_stroke(self, stroke: Stroke) -> None:
        match stroke.paint.colour:
            case Grey(light):
                self.setStrokeGray(light)  # with alpha=, ReportLab 5 would set that of fills
                self.setStrokeAlpha(stroke.paint.opacity)
            case colour:
                self.setStrokeColor(self._color(colour), alpha=stroke.paint.opacity)
        self._is_transparent |= stroke.paint.opacity < 1
        self.setLineWidth(stroke.width)
        if stroke.round_cap:
            self.setLineCap(ROUND_CAP)
            self.setLineJoin(ROUND_JOIN)
        if stroke.dash:
            self.setDash(list(stroke.dash))

    def _color(self, colour: Cmyk | Rgb | Spot) -> Color:
        """Return ReportLab's object for a colour."""
        match colour:
            case Cmyk(c, m, y, k):
                return CMYKColor(c, m, y, k)
            case Rgb(red, green, blue):
                return Color(red, green, blue)
            case Spot():
                key = self._resources.spot(colour)
                self._color_spaces.add(key)
                return CMYKColorSep(spotName=key, density=colour.tint)

    def _outline(self, outlines: Sequence[Outline]) -> PDFPathObject:
        """Return the outlines as ReportLab's path."""
        path = self.beginPath()
        for outline in outlines:
            path.moveTo(*outline.start)
            for segment in outline.segments:
                if len(segment) == 2:
                    path.lineTo(*segment)
                else:
                    path.curveTo(*segment)
            if outline.closed:
                path.close()
        return path


def draw_page(
    page: Page, shared: Resources, cache: PageCache, tags: PageTags | None = None
) -> DrawnItems:
    """Return the operators of a page, from the cache if drawing would yield the same; with marked content if `tags` are given."""
    key = page_key(page, shared)
    cached = cache.get(key, lambda one: is_current(one, page.items, shared, tags))
    if cached is None:
        resources = RecordingResources(shared)
        tagged = mark_content(tags, page.items) if tags else ()
        drawn_items = _draw(page.items, resources, tags, tagged)
        cached = CachedPage(page.items, tuple(resources.requests), tagged, drawn_items)
        cache.put(key, cached)
    return cached.drawn


def draw_items(items: Sequence[Item], shared: Resources) -> DrawnItems:
    """Return the operators of items that are not on a page, such as printer's marks."""
    return _draw(items, RecordingResources(shared), None, ())


def _draw(
    items: Sequence[Item],
    resources: RecordingResources,
    tags: PageTags | None,
    tagged: Sequence[Sequence[str]],
) -> DrawnItems:
    canvas = ItemCanvas(resources, tags)
    for at, item in enumerate(items):
        for operator in tagged[at] if tagged else ():
            canvas.addLiteral(operator)
        canvas.draw(item)
    return canvas.drawn_items()


FULL_BLACK, NO_INK = Cmyk(0, 0, 0, 1), Cmyk(0, 0, 0, 0)


def _is_black(paint: Paint) -> bool:
    """Return True for 100 % black only: such text always overprints, so it needs no trapping."""
    return paint.colour == FULL_BLACK


def _overprints(paint: Paint) -> bool:
    """Return True if a paint is set to overprint and has ink: overprinting white would vanish."""
    colour = paint.colour
    inkless = colour == NO_INK or (isinstance(colour, Spot) and not colour.tint)
    return paint.overprint and not inkless


def _coverage(paint: Paint) -> tuple[float, bool]:
    """Return what determines how a paint covers what is beneath it: opacity and overprint."""
    return paint.opacity, _overprints(paint)
