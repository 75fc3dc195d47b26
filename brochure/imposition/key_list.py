"""The key list of a numbered proof: for each number the message's key, its pages, its source text and its state."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import replace

from brochure.color.swatch import Grey, Paint
from brochure.fast_dataclass import dataclass
from brochure.findings import Origin
from brochure.geometry import IDENTITY, MM, Rect
from brochure.imposition.number_labels import HEIGHT, LabelStyle, draw_label, set_label
from brochure.imposition.slug import FAMILY
from brochure.model.display_list import (
    ARTIFACT,
    Bookmark,
    GlyphRun,
    Item,
    Outline,
    Page,
    Path,
    Stroke,
    Tag,
)
from brochure.model.galley import line_items
from brochure.typeset.lines import Line, LineSlot, LineSlots
from brochure.typeset.paragraph import compose, prepare
from brochure.typeset.style import Align, ParagraphStyle, TextRun, TypeStyle

SIZE, LEADING = 7.4, 9.4
TITLE_SIZE = 13.0
MARGIN = 12 * MM
HEAD_HEIGHT = 46.0
"""Height of the title and the line below it on the first page, in points."""
COLUMN_GAP, ROW_GAP = 9.0, 5.6
MAX_LINES = 2
"""Lines of source text in a row; more is cut."""
MIN_WIDTH, MIN_HEIGHT = 148 * MM, 210 * MM
"""The list is readable on A5, and not on less."""
HEADS = ("No.", "Message key", "Page", "Source text", "State")
BREAKABLE = ".-_/"
INK, QUIET, LINE = Paint(Grey(0.08)), Paint(Grey(0.35)), Paint(Grey(0.78))


@dataclass(frozen=True, slots=True)
class Row:
    """A row of the list; `pages` are the numbers of pages, `source` is the source text."""

    number: int
    key: str
    pages: str
    source: str
    state: str


@dataclass(frozen=True, slots=True)
class KeyList:
    """What the list says, and how it is set.

    `language` is that of the source text. From right to left, the columns are in the opposite order. Elements of the structure
    are numbered from `first_element`.
    """

    title: str
    about: str
    rows: tuple[Row, ...]
    language: str
    left_to_right: bool
    style: LabelStyle
    first_element: int


@dataclass(frozen=True, slots=True)
class _Cell:
    """The lines of a cell."""

    lines: tuple[Line, ...]
    text: str


def set_key_list(content: KeyList, first: int, width: float, height: float) -> tuple[Page, ...]:
    """Return the pages of the list.

    Args:
        content: What it says.
        first: The number of its first page.
        width: The width of the brochure's pages, in points.
        height: Their height.
    """
    width, height = max(width, MIN_WIDTH), max(height, MIN_HEIGHT)
    setter = _Setter(content, width, height)
    groups = list(setter.divide())
    return tuple(
        Page(
            first + at,
            f"K{at + 1}",
            width,
            height,
            0.0,
            tuple(setter.page(group, at, len(groups))),
            verso=bool((first + at) % 2 == 0) is content.left_to_right,
        )
        for at, group in enumerate(groups)
    )


class _Setter:
    """Sets the pages of a list; y counts from the lower edge."""

    def __init__(self, content: KeyList, width: float, height: float) -> None:
        self.content, self.width, self.height = content, width, height
        self._element = content.first_element
        inner = width - 2 * MARGIN - 4 * COLUMN_GAP
        fixed = (20.0, 0.3 * inner, 26.0, 36.0)
        number, key, pages, state = fixed
        self.columns = (number, key, pages, inner - sum(fixed), state)

    def divide(self) -> Iterator[list[tuple[Row, tuple[_Cell, ...]]]]:
        """Yield the rows of each page, set."""
        space = self._usable_height(0)
        group: list[tuple[Row, tuple[_Cell, ...]]] = []
        pages = 0
        for row in self.content.rows:
            cells = self._cells(row)
            needed = _row_height(cells)
            if group and needed > space:
                yield group
                group, pages = [], pages + 1
                space = self._usable_height(pages)
            group.append((row, cells))
            space -= needed
        yield group

    def _usable_height(self, page: int) -> float:
        head = HEAD_HEIGHT if page == 0 else 0.0
        return self.height - 2 * MARGIN - head - 2 * LEADING - ROW_GAP

    def _cells(self, row: Row) -> tuple[_Cell, ...]:
        texts = (row.key, row.pages, row.source, row.state)
        languages = ("en", "en", self.content.language, "en")
        limits = (3, 3, MAX_LINES, 1)
        parts = zip(texts, self.columns[1:], languages, limits, strict=True)
        cells = (self._fit(*part, key=row.key) for part in parts)
        return (_Cell((), ""), *cells)

    def _fit(self, text: str, width: float, language: str, limit: int, *, key: str) -> _Cell:
        """Set a text on a few lines, cut with an ellipsis if it is too long."""
        text = " ".join(text.split())[:MAX_TEXT]
        shown = text
        while True:
            cell = self._set(shown, width, language, key)
            if any(line.overfull for line in cell.lines):  # else it can be searched as it is
                cell = self._set(_breakable(shown), width, language, key)
            if len(cell.lines) <= limit or len(text) < 2:
                return cell
            end = min(cell.lines[limit - 1].end, len(text) - 1)
            text = text[: end - 1].rstrip()
            shown = f"{text}…"

    def _set(self, text: str, width: float, language: str = "en", key: str = "") -> _Cell:
        style = self._type(SIZE, INK)
        return self._set_styled(text, width, replace(style, language=language), key)

    def _set_styled(self, text: str, width: float, style: TypeStyle, key: str = "") -> _Cell:
        mirrored = not self.content.left_to_right and style.language == "en"
        align = Align.RIGHT if mirrored else Align.START
        paragraph = ParagraphStyle(style, LEADING, align, min_last_line=0.0)
        runs = (TextRun(text, style, origin=Origin(key=key) if key else None),)
        prepared = prepare(runs, paragraph, self.content.style.fonts.font_catalog)
        return _Cell(compose(prepared, LineSlots((), LineSlot(0.0, width))), text)

    def _type(self, size: float, paint: Paint, weight: float = 400) -> TypeStyle:
        fallbacks = self.content.style.fonts.fallbacks
        return TypeStyle(FAMILY, size, weight=weight, fallbacks=fallbacks, paint=paint)

    # Pages

    def page(
        self, group: Sequence[tuple[Row, tuple[_Cell, ...]]], at: int, count: int
    ) -> Iterator[Item]:
        """Yield the items of a page."""
        y = self.height - MARGIN
        if at == 0:
            yield from self._title(y)
            y -= HEAD_HEIGHT
        table = self._next_element()
        y -= LEADING
        yield from self._head(table, y)
        y -= ROW_GAP
        yield self._rule(y, 0.6, INK)
        for row, cells in group:
            yield from self._row(table, row, cells, y)
            y -= _row_height(cells)
            yield self._rule(y, 0.25, LINE)
        yield from self._folio(at, count)

    def _title(self, y: float) -> Iterator[Item]:
        inner = self.width - 2 * MARGIN
        tag = Tag((("P", self._next_element()),))
        cell = self._set_styled(self.content.title, inner, self._type(TITLE_SIZE, INK, 600))
        yield Bookmark(self.content.title, 1, y, tag)
        yield from _place(_first(cell), MARGIN, y - TITLE_SIZE * 0.75, tag)
        tag = Tag((("P", self._next_element()),))
        about = self._set_styled(self.content.about, inner, self._type(SIZE, QUIET))
        yield from _place(_first(about), MARGIN, y - TITLE_SIZE * 0.75 - 13.0, tag)

    def _head(self, table: int, y: float) -> Iterator[Item]:
        row = self._next_element()
        for at, word in enumerate(HEADS):
            number = self._next_element()
            traits = ((number, (("Scope", "Column"),)),)
            tag = Tag((("Table", table), ("TR", row), ("TH", number)), traits=traits)
            cell = self._set_styled(word, self.columns[at], self._type(SIZE, QUIET, 600))
            yield from _place(cell, self._x(at), y + ROW_GAP * 0.2, tag)

    def _row(self, table: int, row: Row, cells: Sequence[_Cell], y: float) -> Iterator[Item]:
        element = self._next_element()
        baseline = y - ROW_GAP / 2 - SIZE * 0.78
        for at, cell in enumerate(cells):
            tag = Tag((("Table", table), ("TR", element), ("TD", self._next_element())))
            if at == 0:
                yield from self._number(row, baseline, tag)
            yield from _place(cell, self._x(at), baseline, tag)

    def _number(self, row: Row, baseline: float, tag: Tag) -> Iterator[Item]:
        """Yield the label of a row, as on the pages."""
        label = set_label(str(row.number), self.content.style)
        start = self._x(0)
        x = start if self.content.left_to_right else start + self.columns[0] - label.width
        rect = Rect(x, baseline + 0.33 * SIZE - HEIGHT / 2, label.width, HEIGHT)
        for item in draw_label(label, rect, IDENTITY, self.content.style):
            yield replace(item, tag=tag) if isinstance(item, GlyphRun) else item

    def _folio(self, at: int, count: int) -> Iterator[Item]:
        cell = self._set_styled(
            f"{self.content.title}, {at + 1} / {count}",
            self.width - 2 * MARGIN,
            self._type(6.4, QUIET),
        )
        yield from _place(_first(cell), MARGIN, MARGIN * 0.55, Tag(artifact="Pagination"))

    def _rule(self, y: float, width: float, paint: Paint) -> Path:
        line = Outline((MARGIN, y), ((self.width - MARGIN, y),), closed=False)
        return Path((line,), stroke=Stroke(paint, width), tag=ARTIFACT)

    def _x(self, column: int) -> float:
        """Return the left edge of a column."""
        before = sum(self.columns[:column]) + column * COLUMN_GAP
        if self.content.left_to_right:
            return MARGIN + before
        return self.width - MARGIN - before - self.columns[column]

    def _next_element(self) -> int:
        self._element += 1
        return self._element


MAX_TEXT = 400
"""Characters of source text that are set; two lines have fewer."""


def _row_height(cells: Sequence[_Cell]) -> float:
    return max(1, *(len(cell.lines) for cell in cells)) * LEADING + ROW_GAP - (LEADING - SIZE) * 0.6


def _breakable(text: str) -> str:
    """Return a text that may be broken after the signs between the parts of a key."""
    return "".join(f"{one}\u200b" if one in BREAKABLE else one for one in text)


def _first(cell: _Cell) -> _Cell:
    """Return a cell with its first line only."""
    return _Cell(cell.lines[:1], cell.text)


def _place(cell: _Cell, x: float, baseline: float, tag: Tag) -> Iterator[Item]:
    for at, line in enumerate(cell.lines):
        yield from line_items(line, x, baseline - at * LEADING, tag, cell.text)
