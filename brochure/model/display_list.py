"""Placed pages: the joint that everything hangs on.

Takes set matter from make-up; gives `Page`, a flat list of placed items in points from the trim box's lower left
corner, in the order in which they are painted, and `dump`, the page as text. A placed page is device-independent and
complete: copyfitting, preflight, imposition, tagging and the tests all read it, and painting decides nothing. Items are equal
that look and mean the same; where the layout and the copy ask for them (`span`) makes no difference.
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from dataclasses import field

from brochure.color.swatch import Cmyk, Grey, Paint, Rgb, Spot
from brochure.fast_dataclass import dataclass
from brochure.findings import Span
from brochure.geometry import IDENTITY, Matrix, Rect
from brochure.typeset.lines import Glyphs

Traits = tuple[tuple[str, str], ...]
"""What is said of an element: a list's ListNumbering; a cell's Scope, ColSpan and RowSpan (ISO 32000-1, 14.8.5)."""


@dataclass(frozen=True, slots=True)
class Tag:
    """Where an item stands in the document's structure (ISO 32000-1, 14.8).

    `path` goes from the outermost element to the item's own, each as (role, number); two items with the same path
    belong to one element. Numbers grow in the order of reading, whatever order items are painted in. An empty path means
    an artifact: something that is not read aloud; `artifact` says which kind (14.8.2.2.2). `alt` is what is read in
    place of the element (14.9.3), for a figure that is made of many items; all of them carry it. `traits` are what is
    said of elements on the path, by their numbers.
    """

    path: tuple[tuple[str, int], ...] = ()
    alt: str = ""
    traits: tuple[tuple[int, Traits], ...] = ()
    artifact: str = ""

    @property
    def role(self) -> str:
        """The innermost role, or `Artifact`."""
        return self.path[-1][0] if self.path else "Artifact"


ARTIFACT = Tag()
FOLIO = Tag(artifact="Pagination")


@dataclass(frozen=True, slots=True)
class GlyphRun:
    """Glyphs, the pen at (x, y) on their baseline; `matrix` turns the whole about the page's origin.

    `spaced` says that a space follows which is not set, since the line ends with it: it is still to be heard.
    """

    x: float
    y: float
    glyphs: Glyphs
    tag: Tag = ARTIFACT
    matrix: Matrix = IDENTITY
    spaced: bool = False


Segment = tuple[float, ...]
"""A piece of an outline: (x, y) moves or draws a line, by position; (x1, y1, x2, y2, x3, y3) is a Bézier curve."""


@dataclass(frozen=True, slots=True)
class Outline:
    """A closed or open contour: the start, then lines (2 numbers) and curves (6 numbers)."""

    start: tuple[float, float]
    segments: tuple[Segment, ...]
    closed: bool = True


@dataclass(frozen=True, slots=True)
class Stroke:
    """A line along an outline; `dash` as in PDF (on, off, …), empty for a solid one; `round_cap` for round ends."""

    paint: Paint
    width: float
    dash: tuple[float, ...] = ()
    round_cap: bool = False


@dataclass(frozen=True, slots=True)
class Path:
    """Filled and stroked outlines; overlaps are filled by the non-zero rule, or by even-odd."""

    outlines: tuple[Outline, ...]
    fill: Paint | None = None
    stroke: Stroke | None = None
    even_odd: bool = False
    tag: Tag = ARTIFACT
    matrix: Matrix = IDENTITY
    span: Span | None = field(default=None, compare=False)
    clip: tuple[Outline, ...] = ()


@dataclass(frozen=True, slots=True)
class Picture:
    """A picture whose whole image fills `rect`, shown only inside `clip` (its frame, or a shape).

    `asset` is the name that the project knows the file by, `pixels` its width and height as it is to be seen (after
    the orientation that the camera noted). `ground` is the flat colour beneath it, said where an output may not be
    see-through.
    """

    rect: Rect
    asset: str
    pixels: tuple[int, int]
    clip: tuple[Outline, ...]
    alt: str = ""
    tag: Tag = ARTIFACT
    matrix: Matrix = IDENTITY
    span: Span | None = field(default=None, compare=False)
    opacity: float = 1.0
    ground: Cmyk | None = None

    @property
    def resolution(self) -> tuple[float, float]:
        """Effective pixels per inch, across and down, at the placed size."""
        return self.pixels[0] * 72 / self.rect.width, self.pixels[1] * 72 / self.rect.height


@dataclass(frozen=True, slots=True)
class Link:
    """A place to click: `target` is a URI (http, https, mailto, tel)."""

    rect: Rect
    target: str
    tag: Tag = ARTIFACT


@dataclass(frozen=True, slots=True)
class Bookmark:
    """An entry of the outline: the heading's words, its level from 1, the y to show, and the heading's element."""

    title: str
    level: int
    y: float
    tag: Tag = ARTIFACT


Item = GlyphRun | Path | Picture | Link | Bookmark


@dataclass(frozen=True, slots=True)
class Page:
    """One trimmed page: `label` is its printed folio; a verso lies left of the fold; `bleed` is the same on all edges."""

    number: int
    label: str
    width: float
    height: float
    bleed: float
    items: tuple[Item, ...]
    verso: bool = False

    @property
    def trim(self) -> Rect:
        """The page as the reader holds it."""
        return Rect(0, 0, self.width, self.height)


def vacant(tag: Tag) -> Path:
    """An item that paints nothing and keeps an element its place: an empty cell."""
    return Path((box(Rect(0, 0, 0, 0)),), tag=tag)


def box(rect: Rect) -> Outline:
    """The rectangle as an outline, counter-clockwise from its lower left corner."""
    return Outline(
        (rect.x, rect.y), ((rect.right, rect.y), (rect.right, rect.top), (rect.x, rect.top))
    )


def dump(page: Page) -> str:
    """The page as text: an item a line, hundredths of a point; for golden files and for reading."""
    side = "verso" if page.verso else "recto"
    head = (
        f"page {page.number} {page.width:.2f} x {page.height:.2f} {side} folio {page.label or '-'}"
    )
    return "\n".join([head, *("  " + line for line in _body(page.items))]) + "\n"


def _body(items: Iterable[Item]) -> Iterator[str]:
    """The items' lines; what is read in place of an element stands once, after its first item."""
    said: set[Tag] = set()
    for item in items:
        tag = ARTIFACT if isinstance(item, Bookmark) else item.tag
        extra = _alt(tag.alt) if tag not in said else ""
        said.add(tag)
        for line in _lines(item):
            yield line + extra


def _lines(item: Item) -> Iterator[str]:
    match item:
        case GlyphRun():
            yield _glyph_line(item)
        case Path():
            yield _path_line(item)
        case Picture():
            sight = f"{item.tag.role:<9}{_rect(item.rect)}  picture {item.asset}"
            yield sight + _within(item.clip) + _turned(item.matrix) + _alt(item.alt)
        case Link():
            yield f"{'Link':<9}{_rect(item.rect)}  {item.target}"
        case Bookmark():
            yield f"{'Bookmark':<9}{item.y:9.2f}  {'>' * item.level} {item.title}"


def _glyph_line(item: GlyphRun) -> str:
    glyphs = item.glyphs
    ids = " ".join(str(number) for number in glyphs.ids)
    colour = "" if glyphs.paint.colour == Cmyk(0, 0, 0, 1) else f" {_paint(glyphs.paint)}"
    place = f"{item.tag.role:<9}{item.x:9.2f} {item.y:9.2f}  {glyphs.face.name} {glyphs.size:g}"
    return f"{place}{colour} {glyphs.text!r} w={glyphs.width:.2f} [{ids}]{_turned(item.matrix)}"


def _path_line(item: Path) -> str:
    fill = f" fill {_paint(item.fill)}" if item.fill else ""
    stroke = f" stroke {item.stroke.width:g} {_paint(item.stroke.paint)}" if item.stroke else ""
    count = sum(len(outline.segments) for outline in item.outlines)
    where = _rect(bounds(item.outlines))
    return f"{item.tag.role:<9}{where}  path {count}{fill}{stroke}{_turned(item.matrix)}"


def bounds(outlines: tuple[Outline, ...]) -> Rect:
    """The rectangle around the outlines' points (control points counted)."""
    points = [point for outline in outlines for point in _points(outline)]
    if not points:
        return Rect(0, 0, 0, 0)
    xs, ys = [x for x, _ in points], [y for _, y in points]
    return Rect(min(xs), min(ys), max(xs) - min(xs), max(ys) - min(ys))


def _points(outline: Outline) -> Iterator[tuple[float, float]]:
    yield outline.start
    for segment in outline.segments:
        yield from zip(segment[::2], segment[1::2], strict=True)


def _rect(rect: Rect) -> str:
    return f"{rect.x:9.2f} {rect.y:9.2f}  {rect.width:.2f} x {rect.height:.2f}"


def _within(clip: tuple[Outline, ...]) -> str:
    return f" within {_rect(bounds(clip)).strip()}" if clip else ""


def _alt(alt: str) -> str:
    return f" alt {alt!r}" if alt else ""


def _turned(matrix: Matrix) -> str:
    if matrix == IDENTITY:
        return ""
    numbers = (matrix.a, matrix.b, matrix.c, matrix.d, matrix.e, matrix.f)
    return " matrix " + " ".join(f"{number + 0:.4g}" for number in numbers)


def _paint(paint: Paint) -> str:
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
