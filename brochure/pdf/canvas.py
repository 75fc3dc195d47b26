"""Content streams: the placed items of one page as operators.

Takes items in the order in which they lie on the page and what the pages share; gives operators (ISO 32000-1, annex A),
with what does not stand in the stream: links and bookmarks. One function an item kind; nothing is decided here.
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import replace

from brochure.colour.swatch import Cmyk, Paint, Spot
from brochure.galley import turned
from brochure.geometry import IDENTITY, Matrix, Rect
from brochure.pdf.operators import colour_op, matrix_op, num, nums, outline_ops
from brochure.pdf.resources import Resources
from brochure.pdf.page_cache import Asking, Ink, Kept, Painted, StandingPages, tagging
from brochure.pdf.tags import PageTags
from brochure.pdf.text import space_op, text_ops
from brochure.placed import Bookmark, GlyphRun, Item, Link, Outline, Page, Path, Picture, Stroke
from brochure.press.sheets import PlacedPage


class Content:
    """The content stream of one page in the making."""

    def __init__(
        self,
        resources: Resources | Asking,
        standing: StandingPages,
        tags: PageTags | None = None,
        ink: Ink | None = None,
    ) -> None:
        self.resources = resources
        self.standing = standing
        self.tags = tags
        self.ops: list[str] = []
        self.links: list[Link] = []
        self.bookmarks: list[Bookmark] = []
        self.see_through = False
        self._fill = ink.fill if ink else ""
        self._overprints = ink.overprints if ink else False

    def place(self, placed: PlacedPage) -> None:
        """Paints a page: as it is, or as a form XObject (8.10) where it shows through a window or stands elsewhere."""
        if placed.seen is None and placed.at == IDENTITY:
            self._page(placed.page)
            return
        seen = placed.seen or placed.page.trim.grown(placed.page.bleed)
        self._switch(overprints=False)
        form = self._form(placed.page, seen)
        self.see_through |= form in self.resources.see_through
        self.ops += ["q", matrix_op(placed.at), f"/{form} Do", "Q"]
        for item in placed.page.items:
            if isinstance(item, (Link, Bookmark)):
                self.add(turned(item, placed.at))

    def _page(self, page: Page) -> None:
        """Paints a page's items, or takes over what they came to before."""
        shared = self.resources.shared if isinstance(self.resources, Asking) else self.resources
        before = Ink(self._fill, self._overprints)
        painted = self.standing.of(page, before, shared, self.tags)
        if painted is None:
            painted = self._painted(page, before, shared)
        self.ops += painted.ops
        self.links += painted.links
        self.bookmarks += painted.bookmarks
        self.see_through |= painted.see_through
        self._fill, self._overprints = painted.ink.fill, painted.ink.overprints
        if self.tags:
            self.ops += self.tags.end()

    def _painted(self, page: Page, before: Ink, shared: Resources) -> Painted:
        """A page's items, painted and kept; each in its marked content where the file is tagged."""
        asking = Asking(shared)
        content = Content(asking, self.standing, self.tags, before)
        tagged = tagging(self.tags, page.items) if self.tags else ()
        for at, item in enumerate(page.items):
            if tagged:
                content.ops += tagged[at]
            content.add(item)
        painted = Painted(
            tuple(content.ops),
            tuple(content.links),
            tuple(content.bookmarks),
            content.see_through,
            Ink(content._fill, content._overprints),
        )
        kept = Kept(page.items, before, tuple(asking.asked), tagged, painted)
        self.standing.keep(page, kept, shared)
        return painted

    def _form(self, page: Page, seen: Rect) -> str:
        """The name of the page's form; the same page through the same window is one object."""

        def drawn() -> Content:
            inner = Content(self.resources, self.standing)
            inner._page(page)
            return inner

        return self.resources.form((id(page), seen), drawn)

    def add(self, item: Item) -> None:
        """Paints one item."""
        match item:
            case GlyphRun():
                self._glyphs(item)
            case Path():
                self._path(item)
            case Picture():
                self._picture(item)
            case Link():
                self.links.append(item)
            case Bookmark():
                self.bookmarks.append(item)

    def _glyphs(self, run: GlyphRun) -> None:
        if not run.glyphs.ids:
            return
        font = self.resources.font(run)
        text = text_ops(run, font)
        if run.spaced and self.tags:
            text = f"{text} {space_op(run, font)}"
        paint = self._in_output(run.glyphs.paint)
        self._switch(overprints=_is_black(paint) or _overprints(paint))
        if run.matrix == IDENTITY and paint.opacity == 1:
            self._colour(paint)
            self.ops.append(text)
        else:
            self._apart(run.matrix, paint.opacity, [self._paint_op(paint, stroke=False), text])

    def _path(self, path: Path) -> None:
        """A path; where fill and stroke lie differently on what is beneath, the one after the other."""
        fill = path.fill and self._in_output(path.fill)
        stroke = path.stroke and replace(path.stroke, paint=self._in_output(path.stroke.paint))
        if fill and stroke and _lies(fill) != _lies(stroke.paint):
            self._path(replace(path, stroke=None))
            self._path(replace(path, fill=None))
            return
        ops = []
        if fill:
            ops.append(self._paint_op(fill, stroke=False))
        if stroke:
            ops.append(self._paint_op(stroke.paint, stroke=True))
            ops.append(_pen(stroke))
        ops.append(f"{outline_ops(path.outlines)} {_painting(path)}")
        seen = fill or (stroke.paint if stroke else None)
        if seen:
            self._switch(overprints=_overprints(seen))
            self._apart(path.matrix, seen.opacity, ops, _clip(path.clip))

    def _picture(self, picture: Picture) -> None:
        rect = picture.rect
        placing = matrix_op(Matrix(rect.width, 0, 0, rect.height, rect.x, rect.y))
        name = self.resources.image(picture)
        self.see_through |= name in self.resources.see_through
        opacity = 1.0 if picture.ground else picture.opacity
        self._switch(overprints=False)
        self._apart(picture.matrix, opacity, [f"{placing} /{name} Do"], _clip(picture.clip))

    def _in_output(self, paint: Paint) -> Paint:
        """The paint in the colours of this output."""
        return replace(paint, colour=self.resources.colour(paint.colour))

    def _switch(self, *, overprints: bool) -> None:
        """Has what follows print over other inks, or spare them; on a screen there is no difference."""
        overprints &= self.resources.condition.inks
        if overprints != self._overprints:
            self.ops.append(f"/{self.resources.state(1.0, overprints=overprints)} gs")
            self._overprints = overprints

    def _colour(self, paint: Paint) -> None:
        """Sets the fill colour, unless it is set already."""
        op = self._paint_op(paint, stroke=False)
        if op != self._fill:
            self.ops.append(op)
            self._fill = op

    def _paint_op(self, paint: Paint, *, stroke: bool) -> str:
        colour = paint.colour
        if not isinstance(colour, Spot):
            return colour_op(colour, stroke=stroke)
        space, tint = self.resources.spot(colour), num(colour.tint)
        return f"/{space} CS {tint} SCN" if stroke else f"/{space} cs {tint} scn"

    def _apart(self, matrix: Matrix, opacity: float, ops: list[str], clip: str = "") -> None:
        """Operators in a graphics state of their own."""
        self.ops.append("q")
        if opacity < 1:
            self.see_through = True
            state = self.resources.state(opacity, overprints=self._overprints)
            self.ops.append(f"/{state} gs")
        if matrix != IDENTITY:
            self.ops.append(matrix_op(matrix))
        if clip:
            self.ops.append(clip)
        self.ops.extend(ops)
        self.ops.append("Q")


FULL_BLACK, NO_INK = Cmyk(0, 0, 0, 1), Cmyk(0, 0, 0, 0)


def _is_black(paint: Paint) -> bool:
    """Whether a paint is full black ink alone: text in it prints over whatever lies beneath, and needs no trapping."""
    return paint.colour == FULL_BLACK


def _overprints(paint: Paint) -> bool:
    """Whether a paint is to print over other inks, and has ink to do it with: white that overprints is not there."""
    colour = paint.colour
    inkless = colour == NO_INK or (isinstance(colour, Spot) and not colour.tint)
    return paint.overprint and not inkless


def _lies(paint: Paint) -> tuple[float, bool]:
    """How a paint lies on what is beneath it."""
    return paint.opacity, _overprints(paint)


def _pen(stroke: Stroke) -> str:
    """The width of a stroke, with its caps and dashes where it has any."""
    cap = " 1 J" if stroke.round_cap else ""
    dash = f" [{nums(*stroke.dash)}] 0 d" if stroke.dash else ""
    return f"{num(stroke.width)} w{cap}{dash}"


def _clip(outlines: Sequence[Outline]) -> str:
    return f"{outline_ops(outlines)} W n" if outlines else ""


def _painting(path: Path) -> str:
    """The operator that fills, strokes, or both."""
    star = "*" if path.even_odd and path.fill else ""
    if path.fill and path.stroke:
        return "B" + star
    return "f" + star if path.fill else "S"
