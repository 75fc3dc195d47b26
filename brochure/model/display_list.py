"""Display lists: the pages of a brochure as flat lists of positioned items.

Positions are in points from the lower left corner of the trim box; items are in painting order. A
page is complete and device-independent: copyfitting, preflight, imposition, tagging and tests read
it, and the PDF writer makes no layout decisions. Items with the same appearance and meaning are
equal; their source locations do not count: `span` is the place of a file name or colour, `block` that
of the block in the layout. `dump` formats a page as text.
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from dataclasses import field
from enum import Enum

from brochure.artwork.model import ArtworkBox, ArtworkInfo, ArtworkTarget
from brochure.color.printing_condition import PressCondition
from brochure.color.swatch import Cmyk, Colour, Gradient, Grey, Paint, Rgb, Spot
from brochure.fast_dataclass import dataclass
from brochure.findings import Span
from brochure.geometry import IDENTITY, Matrix, Rect
from brochure.typeset.lines import Glyphs

Traits = tuple[tuple[str, str], ...]
"""Attributes of a structure element: ListNumbering of a list; Role and checked of a form field; Scope, ColSpan and RowSpan of a
cell (ISO 32000-1, 14.8.5)."""


@dataclass(frozen=True, slots=True)
class InlineFigure:
    """A picture in a line of text: its alternative text, and the link that it is part of.

    `key` distinguishes it from others in the same element.
    """

    key: tuple[int, int]
    alt: str
    link: str | None = None


@dataclass(frozen=True, slots=True)
class Tag:
    """Position of an item in the logical structure (ISO 32000-1, 14.8).

    `path` goes from the outermost element to the item's own, each as (role, number); items with the
    same path belong to one element. Numbers increase in reading order, regardless of painting
    order. An empty path is an artifact, of the kind `artifact` (14.8.2.2.2). `alt` is the alternate
    text of the element (14.9.3); all items of a figure carry it. `traits` are the attributes of
    elements on the path, by their numbers. `figure` is a figure in the text of the element.
    """

    path: tuple[tuple[str, int], ...] = ()
    alt: str = ""
    traits: tuple[tuple[int, Traits], ...] = ()
    artifact: str = ""
    figure: InlineFigure | None = None

    @property
    def role(self) -> str:
        """The innermost role, or `Artifact`."""
        return self.path[-1][0] if self.path else "Artifact"


ARTIFACT = Tag()
FOLIO = Tag(artifact="Pagination")


@dataclass(frozen=True, slots=True)
class GlyphRun:
    """Glyphs whose baseline starts at (x, y); `matrix` transforms the run about the page's origin.

    `trailing_space`: a space was dropped at the line end; text extraction and screen readers must
    still see it.
    """

    x: float
    y: float
    glyphs: Glyphs
    tag: Tag = ARTIFACT
    matrix: Matrix = IDENTITY
    trailing_space: bool = False


Segment = tuple[float, ...]
"""Part of an outline: (x, y) is a line, (x1, y1, x2, y2, x3, y3) a Bézier curve."""


@dataclass(frozen=True, slots=True)
class Outline:
    """A subpath: the start point, then lines (2 numbers) and curves (6 numbers)."""

    start: tuple[float, float]
    segments: tuple[Segment, ...]
    closed: bool = True


@dataclass(frozen=True, slots=True)
class Stroke:
    """Stroke of a path. `dash` is as in PDF (on, off, …), empty for a solid line; `round_cap` selects round caps and joins."""

    paint: Paint
    width: float
    dash: tuple[float, ...] = ()
    round_cap: bool = False


@dataclass(frozen=True, slots=True)
class Path:
    """Filled and stroked outlines, with the non-zero winding rule or the even-odd rule."""

    outlines: tuple[Outline, ...]
    fill: Paint | None = None
    stroke: Stroke | None = None
    even_odd: bool = False
    tag: Tag = ARTIFACT
    matrix: Matrix = IDENTITY
    span: Span | None = field(default=None, compare=False)
    block: Span | None = field(default=None, compare=False)
    clip: tuple[Outline, ...] = ()


class Blend(Enum):
    """Blend modes (ISO 32000-1, 11.3.5): `multiply` darkens what is beneath, as ink that prints over it does."""

    NORMAL = "normal"
    MULTIPLY = "multiply"


@dataclass(frozen=True, slots=True)
class HiddenText(Path):
    """Text that is not seen: the `alt` of its tag, for programs that extract text from tagged files.

    `runs` have its characters. They are placed from the start of the first outline.
    """

    runs: tuple[GlyphRun, ...] = field(default=(), compare=False)


@dataclass(frozen=True, slots=True)
class Picture:
    """An image placed in `rect` and clipped to `clip` (its frame, or a shape).

    `asset` is the file's name in the project, `pixels` its width and height after EXIF orientation.
    `ground` is the flat colour beneath it, set if the output may not have transparency. `is_grey`: it is printed in black only.
    `duotone` has the one or two colours that it is printed in tints of; empty for its own colours. `blend` is how it is mixed
    with what is beneath.
    """

    rect: Rect
    asset: str
    pixels: tuple[int, int]
    clip: tuple[Outline, ...]
    alt: str = ""
    tag: Tag = ARTIFACT
    matrix: Matrix = IDENTITY
    span: Span | None = field(default=None, compare=False)
    block: Span | None = field(default=None, compare=False)
    opacity: float = 1.0
    ground: Cmyk | None = None
    is_grey: bool = False
    duotone: tuple[Colour, ...] = ()
    blend: Blend = Blend.NORMAL

    @property
    def resolution(self) -> tuple[float, float]:
        """Effective resolution in pixels per inch, horizontal and vertical."""
        return self.pixels[0] * 72 / self.rect.width, self.pixels[1] * 72 / self.rect.height


@dataclass(frozen=True, slots=True)
class PlacedArtwork(Picture):
    """A page of a PDF, placed like a picture; `pixels` is its size in points.

    With `paint`, all of it is painted in one colour. `info` says what it is painted with.
    """

    page: int = 1
    box: ArtworkBox = ArtworkBox.TRIM
    paint: Paint | None = None
    info: ArtworkInfo = ArtworkInfo(1.0, 1.0)

    def target(
        self, press: PressCondition | None, *, inks: bool = False, plate: str = ""
    ) -> ArtworkTarget:
        """Return how the page is converted for a press, or for the screen without one."""
        is_coloured = self.paint is None
        return ArtworkTarget(
            self.page, self.box, press, inks, plate, is_coloured, self.is_transparent
        )

    @property
    def is_transparent(self) -> bool:
        """True if it must be a transparency group."""
        is_seen_through = self.opacity < 1 or self._paint_opacity < 1
        return bool(self.info.transparency) or is_seen_through or self.blend is not Blend.NORMAL

    @property
    def _paint_opacity(self) -> float:
        return self.paint.opacity if self.paint else 1.0

    @property
    def full_opacity(self) -> float:
        """The opacity of the whole page."""
        return self.opacity * self._paint_opacity


@dataclass(frozen=True, slots=True)
class DropShadow(Picture):
    """The shadow of a picture, painted in one colour as an image with a soft mask of `pixels`.

    `caster` is what the picture is clipped to, from the lower left corner of `rect`; `cut_out` is where the whole picture is, if
    its alpha channel casts the shadow. `blur` is the width of its edge in points.
    """

    colour: Colour = Cmyk(0, 0, 0, 1)
    blur: float = 0.0
    caster: tuple[Outline, ...] = ()
    cut_out: Rect | None = None


@dataclass(frozen=True, slots=True)
class FlattenedArea(Picture):
    """A part of a page without transparency: `layers` from back to front, printed as one image of `pixels`.

    The layers are filled paths and pictures; all others are opaque. `asset` is the file of one of the pictures.
    """

    layers: tuple[Item, ...] = ()


@dataclass(frozen=True, slots=True)
class Destination:
    """The place that a link inside the brochure leads to: the page's number, and the y to show, in its points."""

    page: int
    y: float


@dataclass(frozen=True, slots=True)
class Link:
    """A link annotation: `target` is a URI (http, https, mailto, tel), or `#` and an anchor, which has a `destination`."""

    rect: Rect
    target: str
    tag: Tag = ARTIFACT
    destination: Destination | None = None


@dataclass(frozen=True, slots=True)
class Bookmark:
    """An outline entry: the heading's text, its level from 1, the y to show, and the heading's element."""

    title: str
    level: int
    y: float
    tag: Tag = ARTIFACT


Item = GlyphRun | Path | Picture | Link | Bookmark


@dataclass(frozen=True, slots=True)
class Page:
    """One page: `label` is its printed page number, `verso` is true for left-hand pages, `bleed` applies to all edges."""

    number: int
    label: str
    width: float
    height: float
    bleed: float
    items: tuple[Item, ...]
    verso: bool = False

    @property
    def trim(self) -> Rect:
        """The trim box."""
        return Rect(0, 0, self.width, self.height)


def vacant(tag: Tag) -> Path:
    """Return an item that paints nothing, to keep the element of an empty cell."""
    return Path((outline_rect(Rect(0, 0, 0, 0)),), tag=tag)


def outline_rect(rect: Rect) -> Outline:
    """Return the rectangle as an outline, counter-clockwise from its lower left corner."""
    return Outline(
        (rect.x, rect.y), ((rect.right, rect.y), (rect.right, rect.top), (rect.x, rect.top))
    )


def dump(page: Page) -> str:
    """Format the page as text, one item per line, in hundredths of a point; used for golden files."""
    side = "verso" if page.verso else "recto"
    head = (
        f"page {page.number} {page.width:.2f} x {page.height:.2f} {side} folio {page.label or '-'}"
    )
    return "\n".join([head, *("  " + line for line in _dump_items(page.items))]) + "\n"


def _dump_items(items: Iterable[Item]) -> Iterator[str]:
    """Yield the lines of all items; the alternate text of an element follows its first item."""
    seen: set[Tag] = set()
    for item in items:
        tag = ARTIFACT if isinstance(item, Bookmark) else item.tag
        alt = tag.figure.alt if tag.figure else tag.alt
        extra = _format_alt(alt) if tag not in seen else ""
        seen.add(tag)
        for text in _dump_item(item):
            yield text + extra


def _dump_item(item: Item) -> Iterator[str]:
    match item:
        case GlyphRun():
            yield _dump_glyphs(item)
        case Path():
            yield _dump_path(item)
        case Picture():
            yield _dump_picture(item)
        case Link():
            yield f"{'Link':<9}{_format_rect(item.rect)}  {item.target}"
        case Bookmark():
            yield f"{'Bookmark':<9}{item.y:9.2f}  {'>' * item.level} {item.title}"


def _dump_glyphs(item: GlyphRun) -> str:
    glyphs = item.glyphs
    ids = " ".join(str(number) for number in glyphs.ids)
    colour = "" if glyphs.paint.colour == Cmyk(0, 0, 0, 1) else f" {_format_paint(glyphs.paint)}"
    place = f"{item.tag.role:<9}{item.x:9.2f} {item.y:9.2f}  {glyphs.face.name} {glyphs.size:g}"
    return (
        f"{place}{colour} {glyphs.text!r} w={glyphs.width:.2f} [{ids}]{_format_matrix(item.matrix)}"
    )


def _dump_picture(item: Picture) -> str:
    if isinstance(item, FlattenedArea):
        return f"{item.tag.role:<9}{_format_rect(item.rect)}  flattened area of {len(item.layers)} layers"
    if isinstance(item, DropShadow):
        paint = _format_paint(Paint(item.colour, item.opacity))
        return f"{item.tag.role:<9}{_format_rect(item.rect)}  shadow {item.blur:.2f} {paint}{_format_matrix(item.matrix)}"
    line = f"{item.tag.role:<9}{_format_rect(item.rect)}  picture {item.asset}"
    if item.duotone:
        line += f" in {' and '.join(_format_paint(Paint(one)) for one in item.duotone)}"
    if item.blend is not Blend.NORMAL:
        line += f" {item.blend.value}"
    return line + _format_clip(item.clip) + _format_matrix(item.matrix) + _format_alt(item.alt)


def _dump_path(item: Path) -> str:
    fill = f" fill {_format_paint(item.fill)}" if item.fill else ""
    stroke = (
        f" stroke {item.stroke.width:g} {_format_paint(item.stroke.paint)}" if item.stroke else ""
    )
    count = sum(len(outline.segments) for outline in item.outlines)
    where = _format_rect(bounds(item.outlines))
    return f"{item.tag.role:<9}{where}  path {count}{fill}{stroke}{_format_matrix(item.matrix)}"


def bounds(outlines: tuple[Outline, ...]) -> Rect:
    """Return the bounding box of the outlines, control points included."""
    points = [point for outline in outlines for point in _iter_points(outline)]
    if not points:
        return Rect(0, 0, 0, 0)
    xs, ys = [x for x, _ in points], [y for _, y in points]
    return Rect(min(xs), min(ys), max(xs) - min(xs), max(ys) - min(ys))


def _iter_points(outline: Outline) -> Iterator[tuple[float, float]]:
    yield outline.start
    for segment in outline.segments:
        yield from zip(segment[::2], segment[1::2], strict=True)


def _format_rect(rect: Rect) -> str:
    return f"{rect.x:9.2f} {rect.y:9.2f}  {rect.width:.2f} x {rect.height:.2f}"


def _format_clip(clip: tuple[Outline, ...]) -> str:
    return f" within {_format_rect(bounds(clip)).strip()}" if clip else ""


def _format_alt(alt: str) -> str:
    return f" alt {alt!r}" if alt else ""


def _format_matrix(matrix: Matrix) -> str:
    if matrix == IDENTITY:
        return ""
    numbers = (matrix.a, matrix.b, matrix.c, matrix.d, matrix.e, matrix.f)
    return " matrix " + " ".join(f"{number + 0:.4g}" for number in numbers)


def _format_paint(paint: Paint) -> str:
    if isinstance(paint, Gradient):
        place = (
            f"{paint.angle:g}" if paint.centre is None else "radial {:g} {:g}".format(*paint.centre)
        )
        stops = ", ".join(
            f"{stop.offset:g} {_format_paint(Paint(stop.colour, stop.opacity))}"
            for stop in paint.stops
        )
        return f"gradient {place} ({stops})"
    opacity = "" if paint.opacity == 1 else f"@{paint.opacity:g}"
    opacity += " overprint" if paint.overprint else ""
    match paint.colour:
        case Cmyk(c, m, y, k):
            return f"cmyk {c:g} {m:g} {y:g} {k:g}{opacity}"
        case Rgb(r, g, b):
            return f"rgb {r:g} {g:g} {b:g}{opacity}"
        case Grey(light):
            return f"grey {light:g}{opacity}"
        case Spot(name, _, strength):
            return f"spot {name!r} {strength:g}{opacity}"
