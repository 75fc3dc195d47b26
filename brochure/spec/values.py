"""Value types of a layout: lengths, percentages, placements and references to named objects.

Models annotate their fields with these types. `scalars.py` has one parser for each, and `schema.py` one JSON Schema form.
"""

from __future__ import annotations

from enum import Enum
from typing import Any

from brochure.fast_dataclass import dataclass
from brochure.findings import Span


@dataclass(frozen=True, slots=True)
class Length:
    """A length in points, plus relative units: baseline-grid `lines`, grid `columns` and `rows`, and ems.

    Written `3 mm`, `9.5 pt`, `1 in`, `2 lines`, `1/2 col`, `1 row` or `1.5 em`. Pixels are not accepted.
    """

    points: float = 0.0
    lines: float = 0.0
    columns: float = 0.0
    rows: float = 0.0
    ems: float = 0.0


@dataclass(frozen=True, slots=True)
class Share:
    """A percentage as a fraction: `62%` is 0.62."""

    fraction: float


@dataclass(frozen=True, slots=True)
class Focus:
    """Focal point of an image, which cropping keeps in view, as fractions from the top left: `62% 40%`."""

    x: float = 0.5
    y: float = 0.5


@dataclass(frozen=True, slots=True)
class Range:
    """Minimum and maximum, written `8.6..9.5`; a single number sets both."""

    least: float
    most: float


@dataclass(frozen=True, slots=True)
class WrittenFigure:
    """A number with the decimal places that it is written with: `642.0` has one."""

    number: float
    decimals: int | None = None


@dataclass(frozen=True, slots=True)
class Message:
    """Key of a message in the copy, such as `problem.lead`; a layout contains no text of its own."""

    key: str
    span: Span
    row: tuple[tuple[str, Any], ...] = ()
    """Values of the row of a table that it is repeated for."""


@dataclass(frozen=True, slots=True)
class LiteralMessage(Message):
    """Key of a message that is read by programs: its text is used as it is, without markup and smart punctuation."""


@dataclass(frozen=True, slots=True)
class FolioMessage(Message):
    """Key of a message that is set beside or around the page number: it can show the number, as `{page}`."""


@dataclass(frozen=True, slots=True)
class Asset:
    """Path of a file relative to an `assets` folder, such as `photos/dusk.jpg`."""

    path: str
    span: Span


@dataclass(frozen=True, slots=True)
class DataAsset(Asset):
    """Path of a CSV, TSV or XLSX file relative to an `assets` folder, such as `finance.csv`."""


@dataclass(frozen=True, slots=True)
class ColumnName:
    """Name of a column of a data file, as in its first row."""

    name: str
    span: Span


@dataclass(frozen=True, slots=True)
class CellCondition:
    """Condition on the cells of a column: a text or number that they equal, or a comparison: `>= 100`, `!= closed`."""

    text: str
    span: Span


@dataclass(frozen=True, slots=True)
class ConditionName:
    """Name of a printing condition, or path of an ICC profile relative to an `assets` folder."""

    name: str
    span: Span


@dataclass(frozen=True, slots=True)
class StyleName:
    """Name of a paragraph style."""

    name: str
    span: Span


@dataclass(frozen=True, slots=True)
class CharacterName:
    """Name of a character style."""

    name: str
    span: Span


@dataclass(frozen=True, slots=True)
class SwatchName:
    """Name of a swatch with an optional tint: `ember`, `ember 20%`; `paper` and `black` are built in."""

    name: str
    span: Span
    tint: float = 1.0


@dataclass(frozen=True, slots=True)
class BackgroundName(SwatchName):
    """Name of a swatch of a background, which may be a gradient."""


@dataclass(frozen=True, slots=True)
class StoryName:
    """Name of a story of the layout."""

    name: str
    span: Span


@dataclass(frozen=True, slots=True)
class MasterName:
    """Name of a master."""

    name: str
    span: Span


@dataclass(frozen=True, slots=True)
class FactName:
    """Name of a variable: a value defined once and used in the copy and in charts."""

    name: str
    span: Span


@dataclass(frozen=True, slots=True)
class OfficeName:
    """Name of an office: that of its file in `offices/`."""

    name: str
    span: Span


@dataclass(frozen=True, slots=True)
class LanguageName:
    """Tag of a language of editions."""

    tag: str
    span: Span


@dataclass(frozen=True, slots=True)
class Example:
    """Sample value of a merge field, used if no record is merged; a number makes the column numeric."""

    value: int | float | str
    span: Span


RECORD = "record_"
"""Prefix of merge fields in the copy: the field `name` is written `{record_name}`."""

LANGUAGE_COLUMN, OFFICE_COLUMN, FILE_COLUMN = "language", "office", "file"
RESERVED = {
    LANGUAGE_COLUMN: "the record's language",
    OFFICE_COLUMN: "the record's office",
    FILE_COLUMN: "the name of its file",
}
"""Columns of a merge table that are not merge fields, and what they contain."""


@dataclass(frozen=True, slots=True)
class Size:
    """Width and height in points, with the name of a standard size (`A5`), if it was given by name."""

    width: float
    height: float
    name: str = ""


class Area(Enum):
    """Reference area of a placement, which columns, rows and lengths then narrow."""

    MARGINS = "margins"
    PAGE = "page"
    BLEED = "bleed"
    SPREAD = "spread"
    SPREAD_BLEED = "spread-bleed"


class Edge(Enum):
    """Edge of a page; the inner edge is at the spine."""

    TOP = "top"
    BOTTOM = "bottom"
    LEFT = "left"
    RIGHT = "right"
    INNER = "inner"
    OUTER = "outer"


class FrameSide(Enum):
    """Side of another frame on which a frame is placed."""

    BELOW = "below"
    ABOVE = "above"
    LEFT_OF = "left-of"
    RIGHT_OF = "right-of"

    @property
    def is_vertical(self) -> bool:
        """Return True if the frames are one below the other."""
        return self in (FrameSide.BELOW, FrameSide.ABOVE)


class RelativeAlign(Enum):
    """Edge, or centre line, that a frame has in common with the frame that it is placed beside."""

    LEFT = "left"
    CENTRE = "centre"
    RIGHT = "right"
    TOP = "top"
    MIDDLE = "middle"
    BOTTOM = "bottom"

    @property
    def is_vertical(self) -> bool:
        """Return True if it aligns heights: top, middle and bottom."""
        return self in (RelativeAlign.TOP, RelativeAlign.MIDDLE, RelativeAlign.BOTTOM)

    @property
    def share(self) -> float:
        """Share of the free space that is above or to the left of the frame."""
        return {"left": 0.0, "top": 0.0, "right": 1.0, "bottom": 1.0}.get(self.value, 0.5)


@dataclass(frozen=True, slots=True)
class Placement:
    """Position of a frame: `columns 1-4, rows 7-9`, `spread-bleed`, `x 12 mm, y 20 mm, width 5 cm, height 3 cm`.

    Columns and rows are numbered from 1 at the top left, and ranges are inclusive. `x` and `y` are measured from the top
    left corner of the trim box. `edges` holds `left`, `right`, `top` and `bottom`: distances inwards from the edges of the
    trim box (negative: outwards). `bleeds` names the edges that extend to the bleed. `beside` names the frames that it is
    placed beside, at most one in each direction, `gap` away from them.
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
    beside: tuple[tuple[FrameSide, str], ...] = ()
    gap: Length = Length()
    align: RelativeAlign | None = None
    has_area: bool = False
