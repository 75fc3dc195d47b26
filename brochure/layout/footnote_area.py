"""Footnote areas at the foot of columns: a line stays in a column only if the notes marked in it fit there too."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Sequence
from dataclasses import replace

from brochure.fast_dataclass import dataclass
from brochure.geometry import Rect
from brochure.l10n.notes import is_note_link
from brochure.layout.line_slots import SLACK, FrameColumn
from brochure.model.display_list import Item, Link
from brochure.typeset.lines import Line

NoteHeight = Callable[[FrameColumn, tuple[str, ...]], float]
"""Returns the height that the notes with these links take at the foot of a column, with the space and the line above them."""


@dataclass(frozen=True, slots=True)
class FootnoteArea:
    """The columns without their notes, and the links of the notes that are set in each so far.

    `raised` are the columns above their notes, `known` the links of all notes.
    """

    height: NoteHeight
    columns: tuple[FrameColumn, ...]
    links: tuple[tuple[str, ...], ...]
    raised: tuple[FrameColumn, ...]
    known: frozenset[str] = frozenset()

    def add(self, found: Iterable[tuple[int, str]]) -> FootnoteArea:
        """Return the area with further notes, each in the column of its first mark."""
        new: dict[str, int] = {}
        for column, link in found:
            if link not in self.known:
                new.setdefault(link, column)
        if not new:
            return self
        links, raised = list(self.links), list(self.raised)
        for link, column in new.items():
            links[column] = (*links[column], link)
        for at in set(new.values()):
            raised[at] = raise_foot(self.columns[at], self.height(self.columns[at], links[at]))
        known = self.known.union(new)
        return replace(self, links=tuple(links), raised=tuple(raised), known=known)

    def extra_height(self, column: int, links: Sequence[str]) -> float:
        """Return the height that further notes take in a column, in points."""
        new = self._select_new(links)
        if not new:
            return 0.0
        own, here = self.links[column], self.columns[column]
        before = self.height(here, own) if own else 0.0
        return self.height(here, (*own, *new)) - before

    def find_excess(
        self, column: int, baselines: Sequence[Sequence[float]], lines: Sequence[Line]
    ) -> tuple[int, int] | None:
        """Return the first column in which the notes of lines do not fit, and how many of its lines fit; None if all do.

        Args:
            column: The column of the first line.
            baselines: The line positions of this column and of those that follow it.
            lines: The lines, in order.
        """
        area, at = self, 0
        for index, row in enumerate(baselines):
            here = lines[at : at + len(row)]
            at += len(row)
            links: list[str] = []
            for count, (line, baseline) in enumerate(zip(here, row, strict=False)):
                if found := note_links(line):
                    links += [one for one in area._select_new(found) if one not in links]
                foot = area.columns[column + index].rect.y
                own = (*area.links[column + index], *links)
                if (
                    links
                    and baseline < foot + area.height(area.columns[column + index], own) - SLACK
                ):
                    return index, count
            area = area.add((column + index, link) for link in links)
        return None

    def _select_new(self, links: Iterable[str]) -> list[str]:
        return [link for link in dict.fromkeys(links) if link not in self.known]


def note_links(line: Line) -> list[str]:
    """Return the links of the notes that are marked in a line."""
    links = (run.link for run in line.runs)
    return list(dict.fromkeys(link for link in links if link and is_note_link(link)))


def find_notes(items: Iterable[tuple[int, Item]]) -> tuple[tuple[int, str], ...]:
    """Return the column and the link of each note that is marked in items of columns."""
    found = (
        (column, item.target)
        for column, item in items
        if isinstance(item, Link) and is_note_link(item.target)
    )
    return tuple(dict.fromkeys(found))


def raise_foot(column: FrameColumn, by: float) -> FrameColumn:
    """Return a column with its foot higher by some points."""
    rect = column.rect
    return replace(column, rect=Rect(rect.x, rect.y + by, rect.width, rect.height - by))
