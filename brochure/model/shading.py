"""Rules above and below paragraphs, and the shading behind them.

A rule and the insets of a shading take space above the capitals of the first line and below the last baseline. Consecutive
paragraphs with the same shading have it in common: the space between them is filled, and the insets are around all of them. A
shading that continues in another column has its insets there too.
"""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import replace
from itertools import pairwise

from brochure.fast_dataclass import dataclass
from brochure.geometry import Rect
from brochure.model.display_list import Outline, Path, Stroke, outline_rect
from brochure.typeset.lines import Line, LineSlot
from brochure.typeset.style import ParagraphRule, ParagraphStyle, RuleWidth, Shading


@dataclass(frozen=True, slots=True)
class Edges:
    """What a paragraph has around its lines.

    `rule_above` and `rule_below` are the space that its rules take; `top`, `bottom`, `left`, `right` the insets of its shading.
    `joins_above` and `joins_below` are set if it has its shading in common with the paragraph above, or below.
    """

    rule_above: float = 0.0
    rule_below: float = 0.0
    top: float = 0.0
    bottom: float = 0.0
    left: float = 0.0
    right: float = 0.0
    joins_above: bool = False
    joins_below: bool = False

    def inset_above(self, *, is_start: bool, at_head: bool = False) -> float:
        """Return the inset above the first line of a column; a shading that continues in a column begins again there."""
        return 0.0 if self.joins_above and is_start and not at_head else self.top

    def inset_below(self, *, is_end: bool) -> float:
        """Return the inset below the last line of a column."""
        return 0.0 if self.joins_below and is_end else self.bottom

    @property
    def foot(self) -> float:
        """The space that a column needs below a line at its foot."""
        return self.rule_below + self.bottom


NO_EDGES = Edges()


def find_edges(
    style: ParagraphStyle,
    *,
    left_to_right: bool = True,
    joins_above: bool = False,
    joins_below: bool = False,
) -> Edges:
    """Return what is around the lines of a paragraph."""
    shading, upper, lower = style.shading, style.rule_above, style.rule_below
    if not (shading or upper or lower):
        return NO_EDGES
    above = upper.gap + upper.thickness if upper else 0.0
    below = lower.gap + lower.thickness if lower else 0.0
    if shading is None:
        return Edges(above, below)
    left, right = shading.start, shading.end
    if not left_to_right:
        left, right = right, left
    return Edges(above, below, shading.top, shading.bottom, left, right, joins_above, joins_below)


@dataclass(frozen=True, slots=True)
class SetLine:
    """A line of a paragraph in its column: its baseline, the ends of its slot with the indents, and the ends of its text."""

    baseline: float
    left: float
    right: float
    text_left: float
    text_right: float


def measure_line(
    line: Line,
    slot: LineSlot,
    x: float,
    baseline: float,
    indents: tuple[float, float],
    *,
    has_label: bool,
) -> SetLine:
    """Return a line as it is placed.

    Args:
        line: The line.
        slot: Its slot.
        x: The left edge of its column.
        baseline: Its baseline.
        indents: By how much the slot is narrower than the paragraph at the left and at the right.
        has_label: Whether a label is in the indent, which belongs to the text.
    """
    left, right = x + slot.x - indents[0], x + slot.x + slot.width + indents[1]
    text_left, text_right = x + line.left, x + line.right
    if has_label:
        text_left, text_right = min(text_left, left), max(text_right, right)
    return SetLine(baseline, left, right, text_left, text_right)


def draw_rules(
    style: ParagraphStyle, lines: Sequence[SetLine], ends: tuple[float | None, float | None]
) -> Iterator[Path]:
    """Yield the rules of a paragraph.

    Args:
        style: The paragraph's style.
        lines: Its lines in one column.
        ends: The y above which the rule above is, and the y below which the rule below is; None for a rule in another column.
    """
    rule = style.rule_above
    if rule and ends[0] is not None:
        yield _draw_rule(rule, lines[0], ends[0] + rule.gap + rule.thickness / 2)
    rule = style.rule_below
    if rule and ends[1] is not None:
        yield _draw_rule(rule, lines[-1], ends[1] - rule.gap - rule.thickness / 2)


def _draw_rule(rule: ParagraphRule, line: SetLine, y: float) -> Path:
    is_text = rule.width is RuleWidth.TEXT
    ends = (line.text_left, line.text_right) if is_text else (line.left, line.right)
    stroke = Stroke(rule.paint, rule.thickness, rule.dash)
    return replace(draw_line(ends, y, stroke, is_dotted=rule.is_dotted), span=rule.span)


@dataclass(frozen=True, slots=True)
class Surrounded:
    """What is around the lines of a paragraph in one column: its rules, its shading, and the lower edge of all."""

    rules: tuple[Path, ...]
    shading: ShadingPart | None
    bottom: float


@dataclass(frozen=True, slots=True)
class Extent:
    """Which lines of a paragraph are in a column: whether its first and its last ones, and whether they begin the column."""

    is_start: bool = True
    is_end: bool = True
    at_head: bool = False


WHOLE = Extent()


def surround_lines(
    style: ParagraphStyle,
    lines: Sequence[SetLine],
    cap_height: float,
    edges: Edges,
    extent: Extent = WHOLE,
) -> Surrounded:
    """Return what is around the lines of a paragraph in one column.

    Args:
        style: The paragraph's style.
        lines: The lines.
        cap_height: The height of its capitals.
        edges: The paragraph's edges.
        extent: Which lines they are.
    """
    is_start, is_end = extent.is_start, extent.is_end
    inset = edges.inset_above(is_start=is_start, at_head=extent.at_head)
    top = lines[0].baseline + cap_height + inset
    bottom = lines[-1].baseline - edges.inset_below(is_end=is_end)
    ends = top if is_start else None, bottom if is_end else None
    part = None
    if style.shading:
        part = shade_lines(
            style.shading,
            lines,
            cap_height,
            (top, bottom),
            edges,
            is_open=is_end and edges.joins_below,
        )
    lowest = bottom - (edges.rule_below if is_end else 0.0)
    return Surrounded(tuple(draw_rules(style, lines, ends)), part, lowest)


# Shading


@dataclass(frozen=True, slots=True)
class ShadingPart:
    """The shading of a paragraph's lines in one column, as bands from top to bottom, each as wide as its lines allow.

    `joins_above` is set if it continues the shading of the paragraph above, `is_open` if it ends without an inset, since the
    paragraph below continues it.
    """

    shading: Shading
    bands: tuple[Rect, ...]
    joins_above: bool = False
    is_open: bool = False

    def move(self, dy: float) -> ShadingPart:
        """Return the part moved up by `dy` points."""
        return replace(self, bands=tuple(band.translate(0.0, dy) for band in self.bands))


def shade_lines(
    shading: Shading,
    lines: Sequence[SetLine],
    cap_height: float,
    ends: tuple[float, float],
    edges: Edges,
    *,
    is_open: bool = False,
) -> ShadingPart:
    """Return the shading of the lines of a paragraph in one column.

    Args:
        shading: The shading.
        lines: The lines.
        cap_height: The height of its capitals.
        ends: Its upper and its lower edge.
        edges: The insets, and whether it continues the shading of the paragraph above.
        is_open: Whether the paragraph below continues it.
    """
    tops = [ends[0], *(line.baseline + cap_height for line in lines[1:])]
    bottoms = [*tops[1:], ends[1]]
    if shading.width is RuleWidth.TEXT:
        left = min(line.text_left for line in lines) - edges.left
        right = max(line.text_right for line in lines) + edges.right
        bands = [_rect(left, right, *ends)]
    else:
        bands = [
            _rect(line.left, line.right, top, bottom)
            for line, top, bottom in zip(lines, tops, bottoms, strict=True)
        ]
    return ShadingPart(shading, tuple(_merge_bands(bands)), edges.joins_above, is_open)


def _rect(left: float, right: float, top: float, bottom: float) -> Rect:
    return Rect(left, bottom, right - left, top - bottom)


SAME_EDGE = 0.01
"""Tolerance for edges of bands that are the same, in points."""


def _merge_bands(bands: Sequence[Rect]) -> Iterator[Rect]:
    """Yield bands, those of the same edges as one."""
    current = bands[0]
    for band in bands[1:]:
        same = abs(band.x - current.x) < SAME_EDGE and abs(band.right - current.right) < SAME_EDGE
        if same:
            current = _rect(current.x, current.right, current.top, band.y)
        else:
            yield current
            current = band
    yield current


def join_parts(parts: Sequence[ShadingPart]) -> ShadingPart:
    """Return the parts of several paragraphs, from top to bottom, as one; the space between them is filled.

    If the last paragraph has its shading in common with one in the next column, the inset below is added.
    """
    bands: list[Rect] = []
    for part in parts:
        if bands:
            below = part.bands[0]
            bands.append(_rect(below.x, below.right, bands[-1].y, below.y))
            bands.extend(part.bands[1:])
        else:
            bands.extend(part.bands)
    shading = parts[0].shading
    if parts[-1].is_open:
        last = bands[-1]
        bands[-1] = _rect(last.x, last.right, last.top, last.y - shading.bottom)
    if shading.width is RuleWidth.TEXT:
        left, right = min(band.x for band in bands), max(band.right for band in bands)
        bands = [_rect(left, right, bands[0].top, bands[-1].y)]
    return replace(parts[0], bands=tuple(_merge_bands(bands)))


def draw_shading(part: ShadingPart) -> Path:
    """Return the tint, with its border inside its edges."""
    shading = part.shading
    stroke = Stroke(shading.border, shading.border_width) if shading.border else None
    inside = shading.border_width / 2 if stroke else 0.0
    is_rect = len(part.bands) == 1
    rect = part.bands[0].expand(-inside)
    outline = outline_rect(rect) if is_rect else _outline_bands(part.bands, inside)
    return Path((outline,), fill=shading.fill, stroke=stroke, span=shading.span)


def _outline_bands(bands: Sequence[Rect], inside: float) -> Outline:
    """Return the outline of bands that are one below the other, moved inwards: down the right side and up the left."""
    right: list[tuple[float, float]] = [(bands[0].right - inside, bands[0].top - inside)]
    left: list[tuple[float, float]] = [(bands[0].x + inside, bands[0].top - inside)]
    for upper, lower in pairwise(bands):
        y = lower.top + (inside if lower.right < upper.right else -inside)
        right += [(upper.right - inside, y), (lower.right - inside, y)]
        y = lower.top + (inside if lower.x > upper.x else -inside)
        left += [(upper.x + inside, y), (lower.x + inside, y)]
    right.append((bands[-1].right - inside, bands[-1].y + inside))
    left.append((bands[-1].x + inside, bands[-1].y + inside))
    points = [*right, *reversed(left)]
    return Outline(points[0], tuple(points[1:]), closed=True)


def draw_line(
    ends: tuple[float, float], y: float, stroke: Stroke, *, is_dotted: bool = False
) -> Path:
    """Return a horizontal line; a dotted one begins and ends with a whole round dot."""
    if is_dotted:
        ends, stroke = _space_dots(ends, stroke)
    return Path((Outline((ends[0], y), ((ends[1], y),), closed=False),), stroke=stroke)


DOT_STEP = 2.0
"""Distance of the centres of two dots, in dots."""


def _space_dots(ends: tuple[float, float], stroke: Stroke) -> tuple[tuple[float, float], Stroke]:
    """Return the ends and the stroke of a dotted line, which begins and ends with a whole dot."""
    dot = stroke.width
    between = max(0.0, ends[1] - ends[0] - dot)
    gaps = max(1, round(between / (DOT_STEP * dot))) if dot else 1
    first = ends[0] + dot / 2
    # A dash of length 0 with round caps is a dot (ISO 32000-1, 8.4.3.6).
    dash = (0.0, between / gaps) if between else ()
    return (first, first + between), replace(stroke, dash=dash, round_cap=True)
