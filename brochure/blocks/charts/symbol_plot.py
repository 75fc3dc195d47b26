"""Symbols on a map: circles whose areas are proportional to values, their labels, and the key of sizes."""

from __future__ import annotations

import math
from collections.abc import Iterator, Sequence
from dataclasses import replace

from brochure.blocks._artwork import Artwork
from brochure.blocks._shapes import ClipShape, shape_outline
from brochure.blocks.charts.canvas import HAIRLINE, ChartCanvas
from brochure.blocks.charts.chart import (
    chart_height,
    chart_paint,
    format_value,
    label_paint,
    tint_paint,
)
from brochure.blocks.charts.colours import paint_on
from brochure.blocks.charts.data_cells import DataCells
from brochure.blocks.charts.labels import (
    DROP,
    Label,
    figure_label,
    label_style,
    message_label,
    semibold_style,
    source_label,
    value_style,
)
from brochure.blocks.charts.map_points import PlacedPoint, SymbolMapFields, list_texts, plain_units
from brochure.color.swatch import WHITE, Paint
from brochure.fast_dataclass import dataclass
from brochure.findings import Severity
from brochure.geometry import Rect
from brochure.model.display_list import ARTIFACT, Outline, Stroke
from brochure.model.galley import GalleyBox

DIAMETER = 1 / 8
"""Diameter of the largest symbol without a `size`, as a fraction of the width of the map."""
MIN_RADIUS = 0.9
"""Radius of the smallest symbol of a value above 0, in points."""
OUTLINE = 0.5
"""Width of the paper-coloured outline of symbols, in points."""
STRENGTH = 0.45
"""Tint of symbols that are not highlighted, if others are."""
NICE = (1.0, 1.5, 2.0, 3.0, 4.0, 5.0, 6.0, 8.0)
"""Multiples of powers of ten that the key shows."""
KEY_STEPS = (1.0, 0.25, 0.06)
"""Values of the key as fractions of the largest value, before they are rounded."""
# In ems of the labels.
GAP, CLEAR, FIGURE_GAP, KEY_GAP, KEY_BETWEEN, INSIDE = 0.35, 0.12, 0.35, 1.1, 1.6, 0.4
DISTANCES = (0.0, 1.2, 2.4, 3.8)
"""Distances of a label from its symbol that are tried one after another; the first needs no leader."""


class MapCanvas(ChartCanvas):
    """A canvas that is not mirrored in right-to-left editions: east stays on the right."""

    def _across(self, x: float, width: float) -> float:
        return x

    def _mirrored(self, outline: Outline) -> Outline:
        return outline


@dataclass(frozen=True, slots=True)
class NameBox:
    """The label of a symbol: its name and its figure beside each other."""

    at: int
    boxes: tuple[GalleyBox, ...]
    gap: float

    @property
    def width(self) -> float:
        """Width in points."""
        return sum(box.width for box in self.boxes) + self.gap * (len(self.boxes) - 1)

    @property
    def height(self) -> float:
        """Height in points, without descenders."""
        return max(box.height for box in self.boxes)


class SymbolPlot:
    """Lays out and draws one symbol map."""

    def __init__(
        self,
        block: SymbolMapFields,
        canvas: ChartCanvas,
        points: Sequence[PlacedPoint],
        artwork: Artwork,
    ) -> None:
        self.block, self.canvas, self.points, self.artwork = block, canvas, points, artwork
        context = self.context = canvas.context
        style = label_style(block, context)
        self.em, self.cap = style.type.size, context.cap_height(style.type)
        self.ink = label_paint(block, context)
        self.greatest = max(one.value or 0.0 for one in points)
        self.texts = tuple(list_texts(tuple(points), context))

    def draw(self) -> GalleyBox:
        """Draw the map, the symbols with their labels, and the key below."""
        measure, ratio = self.context.measure, self.artwork.height / self.artwork.width
        height = chart_height(self.block, self.context, 0.0, measure * ratio)
        width = min(measure, height / ratio)
        height = width * ratio
        x = 0.0 if self.context.edition.left_to_right else measure - width
        area = Rect(x, -height, width, height)
        size = self.block.size
        self.radius = (self.context.points(size) if size else DIAMETER * width) / 2
        self._draw_map(area)
        rects = [self._circle(one, area) for one in self.points]
        order = sorted(range(len(rects)), key=lambda at: (-rects[at].width, self._is_lit(at)))
        for at in order:
            self._draw_symbol(self._paint(at), rects[at])
        self._draw_labels(rects, area)
        foot = self._draw_key(area) if self.block.key else 0.0
        return self.canvas.to_slab(height + foot, self.block.span)

    def _draw_map(self, area: Rect) -> None:
        outline = shape_outline(ClipShape.RECTANGLE, area)
        clip = () if self.artwork.is_drawing else (outline,)
        span = self.block.map.span if self.block.map else self.block.span
        items = self.artwork.draw(area, clip, ARTIFACT)
        self.canvas.items.extend(replace(one, span=span) for one in items)

    # Symbols

    def _radius(self, value: float | None) -> float:
        """Return the radius of a value, whose square is proportional to it; 0 without a symbol."""
        if not value:
            return 0.0
        return max(MIN_RADIUS, self.radius * math.sqrt(value / self.greatest))

    def _circle(self, one: PlacedPoint, area: Rect) -> Rect:
        """Return the square around a symbol."""
        radius = self._radius(one.value)
        x, y = area.x + one.x * area.width, area.top - one.y * area.height
        return Rect(x - radius, y - radius, 2 * radius, 2 * radius)

    def _is_lit(self, at: int) -> bool:
        return self.points[at].paint is not None

    def _paint(self, at: int) -> Paint:
        base = chart_paint(self.block, self.context)
        strength = STRENGTH if any(one.paint for one in self.points) else 1.0
        return self.points[at].paint or tint_paint(base, strength)

    def _draw_symbol(self, paint: Paint, rect: Rect) -> None:
        if rect.width > 0:
            self.canvas.draw_shape([shape_outline(ClipShape.ELLIPSE, rect.expand(OUTLINE))], WHITE)
            self.canvas.draw_shape([shape_outline(ClipShape.ELLIPSE, rect)], paint)

    # Labels

    def _draw_labels(self, rects: Sequence[Rect], area: Rect) -> None:
        """Draw the labels where they touch no symbol and no label: the largest first; report those without space."""
        bounds = Rect(0.0, area.y, self.context.measure, area.height)
        taken = list(rects)
        order = [at for at, text in enumerate(self.texts) if text]
        order.sort(key=lambda at: (not self._is_lit(at), -rects[at].width))
        missing: list[str] = []
        for at in order:
            if not self._draw_label(at, rects[at], taken, bounds):
                missing.append(self.texts[at])
        if missing:
            listed = ", ".join(f"'{text}'" for text in missing[:3])
            more = ", …" if len(missing) > 3 else ""
            message = f"{len(missing)} labels of the map have no space: {listed}{more}"
            hint = "make the map larger or the symbols smaller, or label fewer points"
            self.context.note("chart-names", message, self.block.span, hint, Severity.WARNING)

    def _draw_label(self, at: int, rect: Rect, taken: list[Rect], bounds: Rect) -> bool:
        """Draw a label inside its symbol, beside it, or at some distance with a leader; return False without space."""
        inside = self._name_box(at, paint_on(self._paint(at), self.block, self.context))
        spot = Rect(0.0, 0.0, inside.width, inside.height)
        spot = replace(spot, x=rect.centre.x - spot.width / 2, y=rect.centre.y - spot.height / 2)
        others = [one for index, one in enumerate(taken) if index != at]
        reach = math.hypot(spot.width / 2 + INSIDE * self.em, spot.height / 2 + INSIDE * self.em)
        if reach <= rect.width / 2 and not any(spot.overlaps(one) for one in others):
            self._draw_name(inside, spot)
            taken.append(self._whole(spot))
            return True
        name = self._name_box(at, self.ink)
        for distance in DISTANCES:
            for spot in _spots(rect, name.width, name.height, self.em, distance):
                whole = self._whole(spot)
                clear = whole.expand(CLEAR * self.em)
                if bounds.expand(0.01).contains(whole) and not any(map(clear.overlaps, others)):
                    if distance:
                        self._draw_leader(rect, spot)
                    self._draw_name(name, spot)
                    taken.append(whole)
                    return True
        return False

    def _whole(self, spot: Rect) -> Rect:
        """Return the area of a label with its descenders."""
        return replace(spot, y=spot.y - DROP * self.em, height=spot.height + DROP * self.em)

    def _name_box(self, at: int, paint: Paint) -> NameBox:
        style = label_style(self.block, self.context)
        style = semibold_style(style) if self._is_lit(at) else style
        point = self.points[at].point
        labels: list[Label] = []
        own = replace(style, type=replace(style.type, paint=paint))
        if point.words or point.label is None:
            labels.append(source_label(point.words, own, self.context))
        else:
            labels.append(message_label(point.label, own, self.context))
        if self.block.figures and self.points[at].value is not None:
            figure = value_style(self.block, self.context)
            figure = replace(figure, type=replace(figure.type, paint=paint))
            text = format_value(self.points[at].value, plain_units(self.block), self.context)
            labels.append(figure_label(text, figure, self.context))
        if not self.context.edition.left_to_right:
            labels.reverse()
        boxes = tuple(self.canvas.typeset(one, one.natural_width) for one in labels)
        return NameBox(at, boxes, FIGURE_GAP * self.em)

    def _draw_name(self, name: NameBox, spot: Rect) -> None:
        x = spot.x
        for box in name.boxes:
            self.canvas.draw_text(box, x, spot.y + box.height)
            x += box.width + name.gap

    def _draw_leader(self, rect: Rect, spot: Rect) -> None:
        """Draw a line from the edge of a symbol to the nearest edge of its label."""
        x = min(max(rect.centre.x, spot.x), spot.right)
        y = min(max(rect.centre.y, spot.y), spot.top)
        dx, dy = x - rect.centre.x, y - rect.centre.y
        length = math.hypot(dx, dy) or 1.0
        start, end = rect.width / 2 / length, 1 - GAP * self.em / 2 / length
        points = [
            (rect.centre.x + share * dx, rect.centre.y + share * dy) for share in (start, end)
        ]
        self.canvas.draw_line(points, Stroke(self.ink, HAIRLINE))

    # Key

    def _draw_key(self, area: Rect) -> float:
        """Draw the key of sizes below the map, from the start edge; return its height."""
        values = key_values(self.greatest)
        style = label_style(self.block, self.context)
        labels = [
            figure_label(
                format_value(value, plain_units(self.block), self.context), style, self.context
            )
            for value in values
        ]
        if self.block.unit:
            labels.append(message_label(self.block.unit, style, self.context))
        boxes = [self.canvas.typeset(one, one.natural_width) for one in labels]
        radii = [self._radius(value) for value in values]
        height = max(2 * max(radii), self.cap)
        middle = area.y - KEY_GAP * self.em - height / 2
        at = 0.0
        for index, box in enumerate(boxes):
            if index < len(radii):
                radius = radii[index]
                self._draw_key_symbol(Rect(at, middle - radius, 2 * radius, 2 * radius))
                at += 2 * radius + GAP * 1.5 * self.em
            self.canvas.draw_text(box, self._logical(at, box.width), middle + box.height / 2)
            at += box.width + KEY_BETWEEN * self.em * (1.0 if index < len(radii) - 1 else 0.5)
        return KEY_GAP * self.em + height + DROP * self.em

    def _draw_key_symbol(self, rect: Rect) -> None:
        own = replace(rect, x=self._logical(rect.x, rect.width))
        ring = shape_outline(ClipShape.ELLIPSE, own)
        inner = shape_outline(ClipShape.ELLIPSE, own.expand(-HAIRLINE))
        self.canvas.draw_shape([ring, inner], self.ink, even_odd=True)

    def _logical(self, x: float, width: float) -> float:
        """Return the left edge of something at a distance from the start edge."""
        return x if self.context.edition.left_to_right else self.context.measure - x - width

    # Data

    def cells(self) -> DataCells:
        """Return the data for the structure tree."""
        edition, block = self.context.edition, self.block
        unit = edition.words(block.unit) if block.unit else ""
        plain = plain_units(block)
        rows = (
            (text, format_value(one.value, plain, self.context))
            for text, one in zip(self.texts, self.points, strict=True)
        )
        return DataCells(("", unit), tuple(rows))


def key_values(greatest: float) -> tuple[float, ...]:
    """Return up to three round values, in descending order, the first as near below the greatest as possible."""
    values = [round_down(greatest * share) for share in KEY_STEPS]
    return tuple(dict.fromkeys(values))


def round_down(value: float) -> float:
    """Return the largest round number that is not above a value."""
    power = 10.0 ** math.floor(math.log10(value) + 1e-9)
    step = max(one for one in NICE if one * power <= value * (1 + 1e-9))
    return float(f"{step * power:.12g}")


def _spots(rect: Rect, width: float, height: float, em: float, distance: float) -> Iterator[Rect]:
    """Yield places for a label around a symbol: beside it first, where it is read best."""
    gap = (GAP + distance) * em
    middle, centre = rect.centre.y - height / 2, rect.centre.x - width / 2
    after, before = rect.right + gap, rect.x - gap - width
    above, below = rect.top + gap + DROP * em, rect.y - gap - height
    # On the diagonals, a circle leaves more space than its square.
    inset = rect.width / 2 * (1 - math.sqrt(0.5))
    near_after, near_before = after - inset, before + inset
    upper, lower = above - inset, below + inset
    for x, y in (
        (after, middle),
        (before, middle),
        (centre, above),
        (centre, below),
        (near_after, upper),
        (near_before, upper),
        (near_after, lower),
        (near_before, lower),
    ):
        yield Rect(x, y, width, height)
