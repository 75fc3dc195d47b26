"""Marks: what stands around the trim for those who print, cut and fold.

Takes a forme, the kinds that are wanted and the inks; gives placed items in registration colour, hairlines outside the
bleed, and how much room they need. Ticks stand in a ring about the block; colour bars and the slug's line stand beyond it,
at the head and the foot, so that nothing lies on anything.

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
from brochure.imposition.sheet_sides import SheetLayout
from brochure.imposition.slug import SlugText, slug_line
from brochure.model.display_list import Item, Outline, Path, Stroke, box
from brochure.spec.finishing import PrinterMark, PrinterMarks

HAIRLINE = 0.25
TICK = 5 * MM
"""How long crop, fold and centre marks are."""
AIR = 1 * MM
STRIP = 4 * MM
"""How high a colour patch and the slug's line are."""
OFFSET = 3 * MM
"""How far from the trim marks begin, where the bleed is no wider than that less `AIR`."""
TARGET = 2 * MM
"""The radius of a registration mark's arms; its circle is two thirds of it."""

LINE = Stroke(REGISTRATION, HAIRLINE)
DASHED = Stroke(REGISTRATION, HAIRLINE, (3.0, 2.0))


@dataclass(frozen=True, slots=True)
class MarkSet:
    """The marks that are wanted, and how far from the trim (None: as usual)."""

    kinds: frozenset[PrinterMark] = frozenset()
    offset: float | None = None

    def begin(self, bleed: float) -> float:
        """How far from the trim marks begin: never inside the bleed."""
        if self.offset is not None:
            return max(self.offset, bleed)
        return max(OFFSET, bleed + AIR)

    def room(self, bleed: float) -> tuple[float, float]:
        """How far the marks reach from the trim: at the sides, and at head and foot."""
        if not self.kinds:
            return bleed, bleed
        side = self.begin(bleed) + TICK + AIR
        beyond = self.kinds & {PrinterMark.COLOR_BARS, PrinterMark.PAGE_INFORMATION}
        return side, side + (STRIP + AIR if beyond else 0.0)


ALL = MarkSet(frozenset(PrinterMark))


def mark_set(said: bool | Sequence[PrinterMark] | PrinterMarks) -> MarkSet:  # noqa: FBT001  # the layout's own `marks: yes`
    """What a layout's `marks` ask for."""
    if isinstance(said, PrinterMarks):
        return MarkSet(said.kinds, said.offset.points if said.offset else None)
    if isinstance(said, bool):
        return ALL if said else MarkSet()
    return MarkSet(frozenset(said))


def marks(
    forme: SheetLayout, wanted: MarkSet, inks: dict[str, Colour], words: str, note: SlugText
) -> tuple[Item, ...]:
    """The marks of a forme, in its points."""
    ring = _Ring(forme, wanted.begin(forme.bleed))
    made: list[Item] = []
    if PrinterMark.CROP in wanted.kinds:
        made += ring.ticks(ring.cuts_x, ring.cuts_y, LINE)
    if PrinterMark.FOLD in wanted.kinds:
        made += ring.ticks(forme.folds, (), DASHED)
    if PrinterMark.CENTRE in wanted.kinds:
        made += ring.ticks(ring.middle_x(wanted), ring.middle_y, LINE)
    if PrinterMark.REGISTRATION in wanted.kinds:
        made += ring.targets(wanted)
    if PrinterMark.COLOR_BARS in wanted.kinds:
        made += _bars(ring, inks)
    if PrinterMark.PAGE_INFORMATION in wanted.kinds:
        said = "  ".join(part for part in (words, forme.name, " ".join(inks)) if part)
        foot = ring.block.y - ring.begin - TICK - AIR - STRIP * 0.7
        made += slug_line(said, ring.block.x, foot, ring.block.width, note)
    return tuple(made)


@dataclass(frozen=True, slots=True)
class _Ring:
    """The ring that ticks and targets stand in: `begin` from the block's edges, as deep as a tick is long."""

    forme: SheetLayout
    begin: float

    @property
    def block(self) -> Rect:
        return self.forme.block

    @property
    def cuts_x(self) -> tuple[float, ...]:
        """Where the knife goes down, each once."""
        return _once(edge for trim in self.forme.trims for edge in (trim.x, trim.right))

    @property
    def cuts_y(self) -> tuple[float, ...]:
        return _once(edge for trim in self.forme.trims for edge in (trim.y, trim.top))

    def middle_x(self, wanted: MarkSet) -> tuple[float, ...]:
        """The middle, unless another mark stands there already."""
        middle = self.block.centre.x
        taken = self._taken_x(wanted, centre=False)
        return () if any(abs(middle - x) < 0.01 for x in taken) else (middle,)

    @property
    def middle_y(self) -> tuple[float, ...]:
        return (self.block.centre.y,)

    def ticks(self, xs: Iterable[float], ys: Iterable[float], stroke: Stroke) -> Iterator[Item]:
        """Upright ticks above and below the block, level ones at its left and right."""
        block, near, far = self.block, self.begin, self.begin + TICK
        for x in xs:
            yield _line((x, block.top + near), (x, block.top + far), stroke)
            yield _line((x, block.y - near), (x, block.y - far), stroke)
        for y in ys:
            yield _line((block.x - near, y), (block.x - far, y), stroke)
            yield _line((block.right + near, y), (block.right + far, y), stroke)

    def targets(self, wanted: MarkSet) -> Iterator[Item]:
        """One on each edge, as near to its middle as there is room beside the ticks."""
        block, off = self.block, self.begin + TICK / 2
        x = _free(block.x, block.right, self._taken_x(wanted))
        y = _free(block.y, block.top, self._taken_y(wanted))
        for at in ((x, block.top + off), (x, block.y - off)):
            yield _target(*at)
        for at in ((block.x - off, y), (block.right + off, y)):
            yield _target(*at)

    def _taken_x(self, wanted: MarkSet, *, centre: bool = True) -> list[float]:
        taken = list(self.cuts_x) if PrinterMark.CROP in wanted.kinds else []
        taken += self.forme.folds if PrinterMark.FOLD in wanted.kinds else ()
        if centre and PrinterMark.CENTRE in wanted.kinds:
            taken.append(self.block.centre.x)
        return taken

    def _taken_y(self, wanted: MarkSet) -> list[float]:
        taken = list(self.cuts_y) if PrinterMark.CROP in wanted.kinds else []
        return [*taken, *(self.middle_y if PrinterMark.CENTRE in wanted.kinds else ())]


def _once(values: Iterable[float]) -> tuple[float, ...]:
    return tuple(sorted({round(value, 4) for value in values}))


def _free(low: float, high: float, taken: Iterable[float]) -> float:
    """The place nearest to the middle that is clear of all ticks; the middle of the widest gap where none is."""
    clear, middle = TARGET + AIR, (low + high) / 2
    ends = sorted({low, high, *taken})
    gaps = [(a + clear, b - clear) for a, b in pairwise(ends)]
    roomy = [(a, b) for a, b in gaps if a <= b]
    if not roomy:
        a, b = max(gaps, key=lambda gap: gap[1] - gap[0])
        return (a + b) / 2
    places = [min(max(middle, a), b) for a, b in roomy]
    if not any(abs(middle - x) < clear for x in taken):
        return middle
    return min(places, key=lambda place: (abs(place - middle), -place))


def _line(start: tuple[float, float], end: tuple[float, float], stroke: Stroke) -> Path:
    return Path((Outline(start, (end,), closed=False),), stroke=stroke)


BEND = 0.5523
"""A quarter of a circle as a Bézier curve: how far the handles stand out, of the radius."""


def _target(x: float, y: float) -> Path:
    """A circle with a cross through it."""
    r, k = TARGET * 2 / 3, TARGET * 2 / 3 * BEND
    circle = Outline(
        (x + r, y),
        (
            (x + r, y + k, x + k, y + r, x, y + r),
            (x - k, y + r, x - r, y + k, x - r, y),
            (x - r, y - k, x - k, y - r, x, y - r),
            (x + k, y - r, x + r, y - k, x + r, y),
        ),
    )
    across = Outline((x - TARGET, y), ((x + TARGET, y),), closed=False)
    upright = Outline((x, y - TARGET), ((x, y + TARGET),), closed=False)
    return Path((circle, across, upright), stroke=LINE)


OVERPRINTS = (Cmyk(0, 1, 1, 0), Cmyk(1, 0, 1, 0), Cmyk(1, 1, 0, 0))
"""Two inks in one another: red, green, blue."""


def _bars(ring: _Ring, inks: dict[str, Colour]) -> Iterator[Item]:
    """Patches of each ink full, of two in one another, and of each in half tint, as many as the block is wide."""
    process = sum(isinstance(ink, Cmyk) for ink in inks.values())
    patches = [*inks.values(), *(OVERPRINTS if process == len("cmyk") else ())]
    patches += [tint(ink, 0.5) for ink in inks.values()]
    y = ring.block.top + ring.begin + TICK + AIR
    most = int(ring.block.width // STRIP)
    for at, colour in enumerate(patches[:most]):
        patch = Rect(ring.block.x + at * STRIP, y, STRIP, STRIP)
        yield Path((box(patch),), fill=Paint(colour))
