"""Set notes at the foot of columns: the line above them, and their paragraphs from top to bottom.

The last line of the notes is on the foot of the column, where the last line of the text would be without notes.
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import field, replace

from brochure.color.swatch import Paint
from brochure.fast_dataclass import dataclass
from brochure.geometry import Rect
from brochure.layout.footnote_area import FootnoteArea
from brochure.layout.line_slots import SLACK, FrameColumn, pen_at_column
from brochure.layout.place_piece import CapHeight, PlacedPiece, place_piece
from brochure.model.block_context import BlockContext
from brochure.model.display_list import ARTIFACT, GlyphRun, Item, Path, Tag, outline_rect
from brochure.model.galley import GalleyParagraph
from brochure.model.notes import NoteText, note_paragraphs, tag_after
from brochure.spec.notes import NotePlace, NoteRule
from brochure.typeset.lines import LineSlot, LineSlots
from brochure.typeset.paragraph import compose
from brochure.typeset.style import ParagraphStyle

RULE_GAP = 0.7
"""Space between the line and the capitals of the first note, in ems of the notes."""

MAX_TRIES = 60
"""How often notes beside wrapped frames are set until they fit."""

UNLIMITED = 1e5
"""The height of notes that do not fit in a column, in points."""


@dataclass(frozen=True, slots=True)
class Rule:
    """The line above the notes, in points."""

    paint: Paint
    width: float
    length: float


@dataclass(frozen=True)
class Footnotes:
    """The notes of a thread by their links, and how they are set."""

    texts: Mapping[str, NoteText]
    style: ParagraphStyle
    space: float
    rule: Rule | None
    place: NotePlace
    cap_height: CapHeight
    heights: dict[tuple[object, ...], float] = field(default_factory=dict)
    line_counts: dict[tuple[object, ...], int] = field(default_factory=dict)

    @property
    def is_at_foot(self) -> bool:
        """True if there are notes at the foot of columns or frames."""
        return bool(self.texts) and self.place is not NotePlace.END

    def area(self, columns: tuple[FrameColumn, ...]) -> FootnoteArea:
        """Return the footnote areas of columns, still empty."""
        return FootnoteArea(self.height, columns, ((),) * len(columns), columns)

    def height(self, column: FrameColumn, links: tuple[str, ...]) -> float:
        """Return the height that notes take at the foot of a column; more than its own if they do not fit."""
        if not links:
            return 0.0
        rect = column.rect
        place = (column,) if column.holes else (rect.width, column.outer_left)
        key = *place, links
        if key not in self.heights:
            self.heights[key] = self._head_height + self._text_height(column, links)
        return self.heights[key]

    def lacks(self, link: str, columns: Sequence[FrameColumn]) -> float:
        """Return the height that is missing for a note and a line of its size in the tallest column; 0 if they fit."""
        if not self.is_at_foot:
            return 0.0
        line = self.cap_height(self.style)
        missing = (self.height(one, (link,)) + line - one.rect.height for one in columns)
        return max(0.0, min(missing))

    @property
    def _head_height(self) -> float:
        """The height above the notes: the space, the line and the gap below it."""
        gap = self.rule.width + RULE_GAP * self.style.type.size if self.rule else 0.0
        return self.space + gap

    def _text_height(self, column: FrameColumn, links: Sequence[str]) -> float:
        pieces = [one for link in links for one in note_paragraphs(self.texts[link], ARTIFACT)]
        height = self._natural_height(pieces, column)
        if not column.holes:
            return height
        for _ in range(MAX_TRIES):
            if height > column.rect.height or _fits(
                self._foot(column, height), pieces, self.cap_height
            ):
                break
            height += self.style.leading / 2
        else:
            return UNLIMITED
        return height

    def _natural_height(self, pieces: Sequence[GalleyParagraph], column: FrameColumn) -> float:
        """Return the height of paragraphs from the capitals of the first line to the last baseline, without text wrap."""
        height, before = 0.0, 0.0
        for at, piece in enumerate(pieces):
            style = piece.text.style
            space = max(before, style.space_before) + style.leading
            height += space if at else self.cap_height(style)
            height += (self._count_lines(piece, column) - 1) * style.leading
            before = style.space_after
        return height

    def _count_lines(self, piece: GalleyParagraph, column: FrameColumn) -> int:
        width = column.rect.width - piece.indent
        key = piece.text, width, column.outer_left
        if key not in self.line_counts:
            slot = LineSlot(0.0, width, column.outer_left)
            self.line_counts[key] = len(compose(piece.text, LineSlots((), slot)))
        return self.line_counts[key]

    def _foot(self, column: FrameColumn, height: float) -> FrameColumn:
        rect = column.rect
        return replace(column, rect=Rect(rect.x, rect.y, rect.width, height))

    def items(
        self, column: FrameColumn, links: tuple[str, ...], tags: Mapping[str, Tag]
    ) -> PlacedNotes:
        """Return the notes of a column with the line above them; `tags` has the structure element of each mark."""
        height = self.height(column, links) - self._head_height
        foot = self._foot(column, height)
        # The labels of a chart are not in the order of their marks.
        ordered = [link for link in self.texts if link in links]
        pieces = [one for link in ordered for one in self._paragraphs(link, tags)]
        placed = _place(pieces, foot, self.cap_height)
        items = [item for one in placed for _, item in one.items]
        too_wide = [
            (piece, one.too_wide)
            for piece, one in zip(pieces, placed, strict=True)
            if one.too_wide > SLACK
        ]
        is_loose = any(one.loose for one in placed)
        return PlacedNotes(
            (*self._rule_items(foot, pieces), *items),
            foot.rect.y + self.height(column, links),
            foot.rect.y,
            tuple(too_wide),
            is_loose,
        )

    def _paragraphs(self, link: str, tags: Mapping[str, Tag]) -> tuple[GalleyParagraph, ...]:
        return note_paragraphs(self.texts[link], tags.get(link, ARTIFACT))

    def _rule_items(self, foot: FrameColumn, pieces: Sequence[GalleyParagraph]) -> Iterator[Path]:
        if self.rule is None:
            return
        rect, length = foot.rect, min(self.rule.length, foot.rect.width)
        y = rect.top + RULE_GAP * self.style.type.size
        x = rect.x if pieces[0].text.left_to_right else rect.right - length
        line = outline_rect(Rect(x, y, length, self.rule.width))
        yield Path((line,), fill=self.rule.paint)


@dataclass(frozen=True, slots=True)
class PlacedNotes:
    """The notes of a column: their items, the y above which the text must end, and the y of their last line.

    `too_wide` are the paragraphs with lines that are too wide; `is_loose` is set if a line is too loose.
    """

    items: tuple[Item, ...]
    top: float
    bottom: float
    too_wide: tuple[tuple[GalleyParagraph, float], ...] = ()
    is_loose: bool = False


def make_footnotes(context: BlockContext, place: NotePlace, cap_height: CapHeight) -> Footnotes:
    """Return the notes that are marked in what was set in a context."""
    spec = context.edition.layout.notes
    style = context.edition.styles.paragraphs[spec.style.name if spec.style else "footnote"]
    size = style.type.size
    texts = {note.link: note for note in context.notes.values()}
    return Footnotes(
        texts,
        style,
        context.points(spec.space, size),
        _make_rule(context, style),
        place,
        cap_height,
    )


def _make_rule(context: BlockContext, style: ParagraphStyle) -> Rule | None:
    rule = context.edition.layout.notes.rule
    if rule is False:
        return None
    spec = NoteRule() if rule is True else rule
    paint = context.paint(spec.colour) or style.type.paint
    size = style.type.size
    return Rule(paint, context.points(spec.width, size), context.points(spec.length, size))


def find_mark_tags(items: Iterable[tuple[int, Item]], links: Iterable[str]) -> dict[str, Tag]:
    """Return the structure element of each note, which follows that of its mark."""
    wanted = set(links)
    marks: dict[str, Tag] = {}
    for _, item in items:
        link = item.glyphs.link if isinstance(item, GlyphRun) else None
        if isinstance(item, GlyphRun) and link in wanted:
            marks.setdefault(link, item.tag)
    taken: dict[Tag, int] = {}
    tags = {}
    for link, tag in marks.items():
        before = taken.get(tag, 0)
        tags[link] = tag_after(tag, before)
        taken[tag] = before + NUMBERS_OF_NOTE
    return tags


NUMBERS_OF_NOTE = 256
"""How many numbers of structure elements each note has: its own, its mark and its paragraphs."""


def _place(
    pieces: Sequence[GalleyParagraph], column: FrameColumn, cap_height: CapHeight
) -> list[PlacedPiece]:
    pen = pen_at_column((column,), 0)
    placed: list[PlacedPiece] = []
    for piece in pieces:
        placed.append(place_piece(piece, pen, (column,), cap_height))
        pen = placed[-1].pen
    return placed


def _fits(column: FrameColumn, pieces: Sequence[GalleyParagraph], cap_height: CapHeight) -> bool:
    return not any(one.overflow for one in _place(pieces, column, cap_height))
