"""The kinds of value that a layout is written in: lengths, shares, places, and names of other things.

Takes nothing; gives the types that models annotate their fields with. `fields.py` has one reader for each of them, and
the JSON Schema falls out of the same table.
"""

from __future__ import annotations

from enum import Enum

from brochure.fast_dataclass import dataclass
from brochure.findings import Span


@dataclass(frozen=True, slots=True)
class Length:
    """A length: points, plus parts that only the page knows: baseline `lines`, grid `columns` and `rows`, and ems.

    Written `3 mm`, `9.5 pt`, `1 in`, `12 px` is refused; `2 lines`, `1/2 col`, `1 row`, `1.5 em`.
    """

    points: float = 0.0
    lines: float = 0.0
    columns: float = 0.0
    rows: float = 0.0
    ems: float = 0.0


@dataclass(frozen=True, slots=True)
class Share:
    """A part of a whole, written `62%`: 0.62."""

    fraction: float


@dataclass(frozen=True, slots=True)
class Focus:
    """The point of a picture that must stay in sight, from its left upper corner, written `62% 40%`."""

    x: float = 0.5
    y: float = 0.5


@dataclass(frozen=True, slots=True)
class Range:
    """Least and most, written `8.6..9.5` (a single number is both)."""

    least: float
    most: float


@dataclass(frozen=True, slots=True)
class Message:
    """The key of a message in the copy, written `problem.lead`. Words never live in the layout."""

    key: str
    span: Span


@dataclass(frozen=True, slots=True)
class Asset:
    """A file in an `assets` folder, written as its path there: `photos/dusk.jpg`."""

    path: str
    span: Span


@dataclass(frozen=True, slots=True)
class ConditionName:
    """The name of a press condition, or the path of an ICC profile in an `assets` folder."""

    name: str
    span: Span


@dataclass(frozen=True, slots=True)
class StyleName:
    """The name of a paragraph style."""

    name: str
    span: Span


@dataclass(frozen=True, slots=True)
class CharacterName:
    """The name of a character style."""

    name: str
    span: Span


@dataclass(frozen=True, slots=True)
class SwatchName:
    """The name of a swatch, alone or thinned: `ember`, `ember 20%`; `paper` and `none` are always there."""

    name: str
    span: Span
    tint: float = 1.0


@dataclass(frozen=True, slots=True)
class StoryName:
    """The name of a story of the layout."""

    name: str
    span: Span


@dataclass(frozen=True, slots=True)
class MasterName:
    """The name of a master."""

    name: str
    span: Span


@dataclass(frozen=True, slots=True)
class FactName:
    """The name of a fact: a figure that is written once and used in words and charts alike."""

    name: str
    span: Span


@dataclass(frozen=True, slots=True)
class Example:
    """What stands for a record's field while there are no records; a figure makes its column one of figures."""

    value: int | float | str
    span: Span


RECORD = "record_"
"""What the name of a record's field begins with in words: the field `name` is `{record_name}` there."""

LANGUAGE_COLUMN, OFFICE_COLUMN, FILE_COLUMN = "language", "office", "file"
RESERVED = {
    LANGUAGE_COLUMN: "the record's language",
    OFFICE_COLUMN: "the record's office",
    FILE_COLUMN: "the name of its file",
}
"""Columns of a table of records that are no fields, and what they hold."""


@dataclass(frozen=True, slots=True)
class Size:
    """Width and height in points, with the name it was called by (`A5`, or ``)."""

    width: float
    height: float
    name: str = ""


class Area(Enum):
    """What a frame's place is measured in, before columns, rows and lengths narrow it."""

    MARGINS = "margins"
    PAGE = "page"
    BLEED = "bleed"
    SPREAD = "spread"
    SPREAD_BLEED = "spread-bleed"


class Edge(Enum):
    """An edge of the page; inner is the one at the spine."""

    TOP = "top"
    BOTTOM = "bottom"
    LEFT = "left"
    RIGHT = "right"
    INNER = "inner"
    OUTER = "outer"


@dataclass(frozen=True, slots=True)
class Placement:
    """Where a frame stands, e.g. `columns 1-4, rows 7-9`, `spread-bleed`, `x 12 mm, y 20 mm, width 5 cm, height 3 cm`.

    Columns and rows count from 1 at the left and the top and include their last. `x` and `y` go from the trim's left
    upper corner; `left`, `right`, `top` and `bottom` are distances from the trim's edges inwards (negative: outwards),
    kept in `edges`. `bleeds` names the edges that run out to the bleed.
    """

    span: Span
    area: Area = Area.MARGINS
    columns: tuple[int, int] | None = None
    rows: tuple[int, int] | None = None
    x: Length | None = None
    y: Length | None = None
    width: Length | None = None
    height: Length | None = None
    edges: tuple[tuple[Edge, Length], ...] = ()
    bleeds: tuple[Edge, ...] = ()
