"""Printer's marks around the trim: crop, fold, centre and registration marks, colour bars, page information.

Marks are hairlines in registration colour outside the bleed. Colour bars and page information lie beyond the ring of other
marks, at the top and the bottom.

    bars     ■ ■ ■ ■ ■ ■
    ticks  |      ⊕      |
             ┌─────────┐
           ⊕ │  block  │ ⊕
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Sequence
from itertools import pairwise

from brochure.color.swatch import REGISTRATION, Cmyk, Colour, Paint, tint
from brochure.fast_dataclass import dataclass
from brochure.geometry import MM, Rect
from brochure.imposition.sheet_sides import SheetLayout, Spine
from brochure.imposition.slug import SlugText, slug_line
from brochure.model.display_list import Item, Outline, Path, Stroke, outline_rect
from brochure.spec.finishing import PrinterMark, PrinterMarks

HAIRLINE = 0.25
TICK = 5 * MM
"""Length of crop, fold and centre marks, in points."""
GAP = 1 * MM
STRIP_HEIGHT = 4 * MM
"""Height of a colour patch and of the slug line, in points."""
OFFSET = 3 * MM
"""Default distance of marks from the trim, in points; more if the bleed plus `GAP` is wider."""
TARGET_RADIUS = 2 * MM
"""Arm length of a registration mark, in points; its circle has two thirds of it as radius."""

LINE = Stroke(REGISTRATION, HAIRLINE)
DASHED = Stroke(REGISTRATION, HAIRLINE, (3.0, 2.0))


@dataclass(frozen=True, slots=True)
class MarkSet:
    """The kinds of marks, and their distance from the trim in points (None: default)."""

    kinds: frozenset[PrinterMark] = frozenset()
    offset: float | None = None

    def begin(self, bleed: float) -> float:
        """Return the distance of the marks from the trim, in points: never inside the bleed."""
        if self.offset is not None:
            return max(self.offset, bleed)
        return max(OFFSET, bleed + GAP)

    def extent(self, bleed: float) -> tuple[float, float]:
        """Return how far the marks extend from the trim, in points: at the sides, and at top and bottom."""
        if not self.kinds:
            return bleed, bleed
        side = self.begin(bleed) + TICK + GAP
        beyond = self.kinds & {PrinterMark.COLOR_BARS, PrinterMark.PAGE_INFORMATION}
        return side, side + (STRIP_HEIGHT + GAP if beyond else 0.0)


ALL_MARKS = MarkSet(frozenset(PrinterMark))


def resolve_mark_set(spec: bool | Sequence[PrinterMark] | PrinterMarks) -> MarkSet:  # noqa: FBT001  # `marks: yes`
    """Return the marks that a layout's `marks` asks for."""
    if isinstance(spec, PrinterMarks):
        return MarkSet(spec.kinds, spec.offset.points if spec.offset else None)
    if isinstance(spec, bool):
        return ALL_MARKS if spec else MarkSet()
    return MarkSet(frozenset(spec))


def draw_marks(
    sheet_layout: SheetLayout,
    mark_kinds: MarkSet,
    inks: dict[str, Colour],
    words: str,
    note: SlugText,
) -> tuple[Item, ...]:
    """Return the marks of a sheet side, in its points."""
    ring = _Ring(sheet_layout, mark_kinds.begin(sheet_layout.bleed))
    items: list[Item] = []
    if PrinterMark.CROP in mark_kinds.kinds:
        items += ring.draw_ticks(ring.cuts_x, ring.cuts_y, LINE)
    if PrinterMark.FOLD in mark_kinds.kinds:
        items += ring.draw_ticks(sheet_layout.folds, sheet_layout.horizontal_folds, DASHED)
    if PrinterMark.COLLATING in mark_kinds.kinds:
        items += map(_draw_step, sheet_layout.spines)
    if PrinterMark.CENTRE in mark_kinds.kinds:
        items += ring.draw_ticks(ring.middle_x(mark_kinds), ring.middle_y, LINE)
    if PrinterMark.REGISTRATION in mark_kinds.kinds:
        items += ring.draw_targets(mark_kinds)
    if PrinterMark.COLOR_BARS in mark_kinds.kinds:
        items += _draw_bars(ring, inks)
    if PrinterMark.PAGE_INFORMATION in mark_kinds.kinds:
        line = "  ".join(part for part in (words, sheet_layout.name, " ".join(inks)) if part)
        baseline = ring.block.y - ring.begin - TICK - GAP - STRIP_HEIGHT * 0.7
        items += slug_line(line, ring.block.x, baseline, ring.block.width, note)
    return tuple(items)


@dataclass(frozen=True, slots=True)
class _Ring:
    """The ring of ticks and registration marks: `begin` from the block's edges, as wide as a tick is long."""

    sheet_layout: SheetLayout
    begin: float

    @property
    def block(self) -> Rect:
        return self.sheet_layout.block

    @property
    def cuts_x(self) -> tuple[float, ...]:
        """The x of every cut, each once."""
        return _unique(edge for trim in self.sheet_layout.trims for edge in (trim.x, trim.right))

    @property
    def cuts_y(self) -> tuple[float, ...]:
        return _unique(edge for trim in self.sheet_layout.trims for edge in (trim.y, trim.top))

    def middle_x(self, mark_kinds: MarkSet) -> tuple[float, ...]:
        """Return the centre, unless another mark is there."""
        middle = self.block.centre.x
        occupied = self._occupied_x(mark_kinds, centre=False)
        return () if any(abs(middle - x) < 0.01 for x in occupied) else (middle,)

    @property
    def middle_y(self) -> tuple[float, ...]:
        return (self.block.centre.y,)

    def draw_ticks(
        self, xs: Iterable[float], ys: Iterable[float], stroke: Stroke
    ) -> Iterator[Item]:
        """Yield vertical ticks above and below the block, horizontal ones at its left and right."""
        block, near, far = self.block, self.begin, self.begin + TICK
        for x in xs:
            yield _draw_line((x, block.top + near), (x, block.top + far), stroke)
            yield _draw_line((x, block.y - near), (x, block.y - far), stroke)
        for y in ys:
            yield _draw_line((block.x - near, y), (block.x - far, y), stroke)
            yield _draw_line((block.right + near, y), (block.right + far, y), stroke)

    def draw_targets(self, mark_kinds: MarkSet) -> Iterator[Item]:
        """Yield a registration mark on each edge, as near to its middle as the ticks allow."""
        block, off = self.block, self.begin + TICK / 2
        x = _find_gap(block.x, block.right, self._occupied_x(mark_kinds))
        y = _find_gap(block.y, block.top, self._occupied_y(mark_kinds))
        for at in ((x, block.top + off), (x, block.y - off)):
            yield _draw_target(*at)
        for at in ((block.x - off, y), (block.right + off, y)):
            yield _draw_target(*at)

    def _occupied_x(self, mark_kinds: MarkSet, *, centre: bool = True) -> list[float]:
        occupied = list(self.cuts_x) if PrinterMark.CROP in mark_kinds.kinds else []
        occupied += self.sheet_layout.folds if PrinterMark.FOLD in mark_kinds.kinds else ()
        if centre and PrinterMark.CENTRE in mark_kinds.kinds:
            occupied.append(self.block.centre.x)
        return occupied

    def _occupied_y(self, mark_kinds: MarkSet) -> list[float]:
        occupied = list(self.cuts_y) if PrinterMark.CROP in mark_kinds.kinds else []
        occupied += (
            self.sheet_layout.horizontal_folds if PrinterMark.FOLD in mark_kinds.kinds else ()
        )
        return [*occupied, *(self.middle_y if PrinterMark.CENTRE in mark_kinds.kinds else ())]


def _unique(values: Iterable[float]) -> tuple[float, ...]:
    return tuple(sorted({round(value, 4) for value in values}))


def _find_gap(low: float, high: float, occupied: Iterable[float]) -> float:
    """Return the position nearest to the middle that is clear of ticks; else the middle of the widest gap."""
    clear, middle = TARGET_RADIUS + GAP, (low + high) / 2
    ends = sorted({low, high, *occupied})
    gaps = [(a + clear, b - clear) for a, b in pairwise(ends)]
    wide_enough = [(a, b) for a, b in gaps if a <= b]
    if not wide_enough:
        a, b = max(gaps, key=lambda gap: gap[1] - gap[0])
        return (a + b) / 2
    places = [min(max(middle, a), b) for a, b in wide_enough]
    if not any(abs(middle - x) < clear for x in occupied):
        return middle
    return min(places, key=lambda place: (abs(place - middle), -place))


def _draw_line(start: tuple[float, float], end: tuple[float, float], stroke: Stroke) -> Path:
    return Path((Outline(start, (end,), closed=False),), stroke=stroke)


BEND = 0.5523
"""Handle length of a Bézier curve that approximates a quarter circle, relative to the radius."""


def _draw_target(x: float, y: float) -> Path:
    """Draw a circle with a cross."""
    r, k = TARGET_RADIUS * 2 / 3, TARGET_RADIUS * 2 / 3 * BEND
    circle = Outline(
        (x + r, y),
        (
            (x + r, y + k, x + k, y + r, x, y + r),
            (x - k, y + r, x - r, y + k, x - r, y),
            (x - r, y - k, x - k, y - r, x, y - r),
            (x + k, y - r, x + r, y - k, x + r, y),
        ),
    )
    across = Outline((x - TARGET_RADIUS, y), ((x + TARGET_RADIUS, y),), closed=False)
    upright = Outline((x, y - TARGET_RADIUS), ((x, y + TARGET_RADIUS),), closed=False)
    return Path((circle, across, upright), stroke=LINE)


STEP_HEIGHT, STEP_WIDTH, FIRST_STEP = 4 * MM, 1.5 * MM, 15 * MM
"""Collating marks: height, least width, and distance of the first one from the head, in points."""
BLACK = Paint(Cmyk(0, 0, 0, 1))


def _draw_step(spine: Spine) -> Path:
    """Draw a collating mark: the marks of gathered signatures form steps, so that a missing or exchanged one is seen."""
    length = abs(spine.head - spine.foot)
    steps = max(1, int((length - 2 * FIRST_STEP) // STEP_HEIGHT))
    down = min(FIRST_STEP, length / 4) + (spine.signature - 1) % steps * STEP_HEIGHT
    towards_foot = -1 if spine.head > spine.foot else 1
    y = spine.head + towards_foot * down
    width = max(STEP_WIDTH, 2 * spine.milling)
    low = min(y, y + towards_foot * STEP_HEIGHT)
    return Path((outline_rect(Rect(spine.x - width / 2, low, width, STEP_HEIGHT)),), fill=BLACK)


OVERPRINTS = (Cmyk(0, 1, 1, 0), Cmyk(1, 0, 1, 0), Cmyk(1, 1, 0, 0))
"""Secondary colours: red, green, blue."""


def _draw_bars(ring: _Ring, inks: dict[str, Colour]) -> Iterator[Item]:
    """Yield patches of each ink at 100 %, of secondary colours, and of each ink at 50 %, as many as fit."""
    process = sum(isinstance(ink, Cmyk) for ink in inks.values())
    patches = [*inks.values(), *(OVERPRINTS if process == len("cmyk") else ())]
    patches += [tint(ink, 0.5) for ink in inks.values()]
    y = ring.block.top + ring.begin + TICK + GAP
    max_patches = int(ring.block.width // STRIP_HEIGHT)
    for at, colour in enumerate(patches[:max_patches]):
        patch = Rect(ring.block.x + at * STRIP_HEIGHT, y, STRIP_HEIGHT, STRIP_HEIGHT)
        yield Path((outline_rect(patch),), fill=Paint(colour))
