"""Labels with the numbers of messages, beside the first line of each message on a page.

A label is before the line if there is space between the texts, else behind or above it, else outside the page. It never covers
text.
"""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence
from itertools import pairwise

from brochure.color.swatch import Grey, Paint, Rgb
from brochure.fast_dataclass import dataclass
from brochure.geometry import IDENTITY, Matrix, Rect, bounding_box
from brochure.imposition.slug import FAMILY, ONE_LINE, SlugText
from brochure.model.display_list import (
    ARTIFACT,
    GlyphRun,
    Item,
    Outline,
    Page,
    Path,
    Stroke,
    outline_rect,
)
from brochure.model.galley import line_items
from brochure.typeset.paragraph import compose, prepare
from brochure.typeset.style import ParagraphStyle, TextRun, TypeStyle

SIZE = 5.8
"""Type size of the numbers, in points."""
HEIGHT, PADDING, GAP = 7.6, 1.5, 1.8
"""Height of a label, its padding at the sides, and its distance from the text, in points."""
MARGIN, HEAD = 30.0, 12.0
"""Width of the strips at both sides of a numbered page, and height of those above and below it, in points."""
INK_LOW, INK_HIGH = -0.22, 0.74
"""Vertical extent of text that a label must not cover, in ems from the baseline."""

Quad = tuple[tuple[float, float], ...]


@dataclass(frozen=True, slots=True)
class FirstLine:
    """The first line of a message on a page: its box before `matrix` is applied, its baseline, and the size of its type."""

    key: str
    box: Rect
    baseline: float
    size: float
    matrix: Matrix
    left_to_right: bool


@dataclass(frozen=True, slots=True)
class LabelStyle:
    """The fonts and the colour of labels."""

    fonts: SlugText
    paint: Paint


def find_first_lines(page: Page) -> tuple[FirstLine, ...]:
    """Return the first line of each message on a page, in reading order; repeated texts, such as running heads, come last."""
    lines: dict[str, list[GlyphRun]] = {}
    for item in page.items:
        if not isinstance(item, GlyphRun) or not item.glyphs.text.strip():
            continue
        key = item.glyphs.origin.key if item.glyphs.origin else ""
        line = lines.setdefault(key, [])
        if not line or _line_of(line[0]) == _line_of(item):
            line.append(item)
    lines.pop("", None)
    ordered = sorted(lines.items(), key=lambda one: _rank(one[1][0]))
    return tuple(_make_line(key, runs) for key, runs in ordered)


def _line_of(run: GlyphRun) -> tuple[Matrix, float]:
    return run.matrix, round(run.y - run.glyphs.y, 2)


def _rank(run: GlyphRun) -> tuple[bool, tuple[int, ...]]:
    return not run.tag.path, tuple(number for _, number in run.tag.path)


def _make_line(key: str, runs: Sequence[GlyphRun]) -> FirstLine:
    size = max(run.glyphs.size for run in runs)
    baseline = runs[0].y - runs[0].glyphs.y
    left = min(run.x for run in runs)
    right = max(run.x + run.glyphs.width for run in runs)
    box = Rect(left, baseline + INK_LOW * size, right - left, (INK_HIGH - INK_LOW) * size)
    forward = sum(
        len(run.glyphs.text) if run.glyphs.left_to_right else -len(run.glyphs.text) for run in runs
    )
    return FirstLine(key, box, baseline, size, runs[0].matrix, left_to_right=forward >= 0)


def draw_labels(page: Page, numbers: Mapping[str, int], style: LabelStyle) -> tuple[Item, ...]:
    """Return the labels of a page as artifacts; those without space beside their text are in the strips beside the page."""
    taken = list(_find_text(page))
    items: list[Item] = []
    for line in find_first_lines(page):
        label = set_label(str(numbers[line.key]), style)
        rect, matrix = _find_space(line, label.width, taken, page)
        taken.append(matrix.corners(rect))
        if _is_outside(rect, matrix, page):
            items += _draw_leader(rect, line, style, taken)
        items += draw_label(label, rect, matrix, style)
    return tuple(items)


def _find_text(page: Page) -> Iterator[Quad]:
    """Yield the areas of text that labels must not cover."""
    for item in page.items:
        if isinstance(item, GlyphRun) and item.glyphs.ids:
            size = item.glyphs.size
            rect = Rect(
                item.x, item.y + INK_LOW * size, item.glyphs.width, (INK_HIGH - INK_LOW) * size
            )
            yield item.matrix.corners(rect)


@dataclass(frozen=True, slots=True)
class Label:
    """The set digits of a number, and the width of the label."""

    items: tuple[Item, ...]
    width: float
    text_width: float


def set_label(number: str, style: LabelStyle) -> Label:
    """Set a number in white."""
    white = Paint(Rgb(1, 1, 1))
    type_style = TypeStyle(FAMILY, SIZE, weight=600, fallbacks=style.fonts.fallbacks, paint=white)
    paragraph = ParagraphStyle(type_style, SIZE)
    (line,) = compose(
        prepare((TextRun(number, type_style),), paragraph, style.fonts.font_catalog), ONE_LINE
    )
    width = line.right - line.left
    items = tuple(line_items(line, 0.0, 0.0, ARTIFACT))
    return Label(items, max(width + 2 * PADDING, HEIGHT), width)


def _find_space(
    line: FirstLine, width: float, taken: Sequence[Quad], page: Page
) -> tuple[Rect, Matrix]:
    """Return the place of a label, and the matrix that applies to it."""
    for rect in _candidates(line, width):
        quad = line.matrix.corners(rect)
        box = bounding_box(quad)
        is_near = with_strips(page).contains(box)
        if is_near and not any(_overlap(quad, other) for other in taken):
            return rect, line.matrix
    return _find_space_outside(line, width, taken, page), IDENTITY


def with_strips(page: Page) -> Rect:
    """Return the page with the strips around it."""
    return Rect(-MARGIN, -HEAD, page.width + 2 * MARGIN, page.height + 2 * HEAD)


def _candidates(line: FirstLine, width: float) -> Iterator[Rect]:
    """Yield the places beside a line in the order of preference: before, above and behind it."""
    box, middle = line.box, line.baseline + 0.34 * min(line.size, 12.0) - HEIGHT / 2
    before, behind = box.x - GAP - width, box.right + GAP
    if not line.left_to_right:
        before, behind = behind, before
    start = box.x if line.left_to_right else box.right - width
    yield Rect(before, middle, width, HEIGHT)
    yield Rect(start, box.top + 0.6, width, HEIGHT)
    yield Rect(behind, middle, width, HEIGHT)


def _find_space_outside(line: FirstLine, width: float, taken: Sequence[Quad], page: Page) -> Rect:
    """Return a place in the strip that is nearer to the line's start, at its height or as near as possible."""
    start = _start(line)
    x = -GAP * 2 - width if start[0] < page.width / 2 else page.width + GAP * 2
    top = min(max(start[1] - HEIGHT / 2, 0.0), page.height - HEIGHT)
    steps = sorted(range(-MAX_STEPS, MAX_STEPS + 1), key=abs)
    for step in steps:
        rect = Rect(x, top + step * (HEIGHT + 1), width, HEIGHT)
        if rect.y >= 0 and rect.top <= page.height:
            quad = IDENTITY.corners(rect)
            if not any(_overlap(quad, other) for other in taken):
                return rect
    return Rect(x, top, width, HEIGHT)


MAX_STEPS = 200


def _is_outside(rect: Rect, matrix: Matrix, page: Page) -> bool:
    return matrix == IDENTITY and (rect.right < 0 or rect.x > page.width)


def _draw_leader(
    rect: Rect, line: FirstLine, style: LabelStyle, taken: Sequence[Quad]
) -> Iterator[Item]:
    """Yield a hairline from a label outside the page to its line, if it crosses no other text."""
    y = rect.centre.y
    start = rect.right if rect.right < 0 else rect.x
    x, text_y = _start(line)
    reach = x - GAP / 2 if x > start else x + GAP / 2
    low, high = sorted((start, reach))
    strip = IDENTITY.corners(Rect(low, min(y, text_y), high - low, abs(y - text_y) + 0.1))
    others = (quad for quad in taken if quad != IDENTITY.corners(rect))
    if not any(_overlap(strip, quad) for quad in others):
        outline = Outline((start, y), ((reach, text_y),), closed=False)
        yield Path((outline,), stroke=Stroke(style.paint, 0.4))


def _start(line: FirstLine) -> tuple[float, float]:
    """Return the point on the page at which a line begins, at half the height of its letters."""
    x = line.box.x if line.left_to_right else line.box.right
    return line.matrix.apply(x, line.baseline + 0.34 * line.size)


def draw_label(label: Label, rect: Rect, matrix: Matrix, style: LabelStyle) -> Iterator[Item]:
    """Yield a label: a rounded rectangle with the digits in its middle."""
    yield Path((_round_rect(rect, HEIGHT * 0.32),), fill=style.paint, matrix=matrix)
    x = rect.x + (rect.width - label.text_width) / 2
    y = rect.y + (rect.height - 0.65 * SIZE) / 2
    for item in label.items:
        if isinstance(item, GlyphRun):
            yield GlyphRun(item.x + x, item.y + y, item.glyphs, ARTIFACT, matrix)


def _round_rect(rect: Rect, radius: float) -> Outline:
    """Return a rectangle with round corners."""
    r, k = radius, radius * 0.4477
    x, y, right, top = rect.x, rect.y, rect.right, rect.top
    return Outline(
        (x + r, y),
        (
            (right - r, y),
            (right - k, y, right, y + k, right, y + r),
            (right, top - r),
            (right, top - k, right - k, top, right - r, top),
            (x + r, top),
            (x + k, top, x, top - k, x, top - r),
            (x, y + r),
            (x, y + k, x + k, y, x + r, y),
        ),
    )


def _overlap(one: Quad, other: Quad) -> bool:
    """Return whether two convex polygons overlap (separating axes)."""
    return not any(_separates(axis, one, other) for quad in (one, other) for axis in _normals(quad))


def _normals(quad: Quad) -> Iterator[tuple[float, float]]:
    for start, end in pairwise((*quad, quad[0])):
        yield start[1] - end[1], end[0] - start[0]


def _separates(axis: tuple[float, float], one: Quad, other: Quad) -> bool:
    first = [axis[0] * x + axis[1] * y for x, y in one]
    second = [axis[0] * x + axis[1] * y for x, y in other]
    return max(first) <= min(second) or max(second) <= min(first)


def frame_page(page: Page) -> tuple[Item, ...]:
    """Return what is drawn around a page that has strips at its sides: white over the bleed, and a hairline as its edge."""
    white, grey = Paint(Grey(1.0)), Paint(Grey(0.75))
    media, edge = with_strips(page).expand(1.0), outline_rect(page.trim)
    around = (outline_rect(media), edge)
    return (
        Path(around, fill=white, even_odd=True),
        Path((edge,), stroke=Stroke(grey, 0.35)),
    )
