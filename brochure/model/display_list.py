"""Display lists: the pages of a brochure as flat lists of positioned items.

Positions are in points from the lower left corner of the trim box; items are in painting order. A
page is complete and device-independent: copyfitting, preflight, imposition, tagging and tests read
it, and the PDF writer makes no layout decisions. Items with the same appearance and meaning are
equal; their source locations do not count: `span` is the place of a file name or colour, `block` that
of the block in the layout.
"""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import field
from enum import Enum

from brochure.artwork.model import ArtworkBox, ArtworkInfo, ArtworkTarget
from brochure.color.printing_condition import PressCondition
from brochure.color.swatch import Cmyk, Colour, Paint
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


Segment = tuple[float, ...]
"""Part of an outline: (x, y) is a line, (x1, y1, x2, y2, x3, y3) a Bézier curve."""


@dataclass(frozen=True, slots=True)
class Outline:
    """A subpath: the start point, then lines (2 numbers) and curves (6 numbers)."""

    start: tuple[float, float]
    segments: tuple[Segment, ...]
    closed: bool = True


@dataclass(frozen=True, slots=True)
class GlyphRun:
    """Glyphs whose baseline starts at (x, y); `matrix` transforms the run about the page's origin.

    `clip` are outlines that the run is clipped to, before it is transformed; empty if all of it is visible.
    `trailing_space`: a space was dropped at the line end; text extraction and screen readers must
    still see it.
    """

    x: float
    y: float
    glyphs: Glyphs
    tag: Tag = ARTIFACT
    matrix: Matrix = IDENTITY
    trailing_space: bool = False
    clip: tuple[Outline, ...] = ()


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


def visible_bounds(item: Item) -> Rect:
    """Return the upright bounding box of an item's visible part."""
    match item:
        case GlyphRun(glyphs=glyphs):
            low, high = -glyphs.face.descent * glyphs.size, glyphs.face.ascent * glyphs.size
            rect = Rect(item.x, item.y + low, glyphs.width, high - low)
            return item.matrix.box(rect.intersect(bounds(item.clip)) if item.clip else rect)
        case Path():
            return item.matrix.box(bounds(item.clip or item.outlines))
        case Picture():
            return item.matrix.box(bounds(item.clip) if item.clip else item.rect)
        case Link():
            return item.rect
        case Bookmark():
            return Rect(0, 0, 0, 0)
