"""The result of a comparison: pages with their counterparts, and changes of a few kinds."""

from __future__ import annotations

from collections.abc import Sequence
from enum import Enum

from brochure.compare.contents import Contents
from brochure.compare.page_alignment import PagePair
from brochure.fast_dataclass import dataclass
from brochure.geometry import Rect


class ChangeKind(Enum):
    """Kinds of changes, in the order of reports; the values are the words in JSON."""

    PAGES = "pages"
    WORDS = "words"
    LINES = "lines"
    MOVED = "moved"
    PICTURES = "pictures"
    INKS = "inks"
    STYLES = "styles"
    SHAPES = "shapes"
    LINKS = "links"
    OTHER = "other"


@dataclass(frozen=True, slots=True)
class Mark:
    """A place on a page of one side that a change concerns."""

    is_after: bool
    page: int
    rect: Rect


@dataclass(frozen=True, slots=True)
class Change:
    """One change.

    `subject` says what changed: a message's key, a style, a picture. `message` says how. `before` and `after` are texts, values
    or file names; empty if there is none on that side.
    """

    kind: ChangeKind
    subject: str
    message: str
    before: str = ""
    after: str = ""
    marks: tuple[Mark, ...] = ()
    language: str = ""
    left_to_right: bool = True
    key: str = ""

    @property
    def pages_before(self) -> tuple[int, ...]:
        """The numbers of its pages before the change."""
        return _numbers(self.marks, is_after=False)

    @property
    def pages_after(self) -> tuple[int, ...]:
        """The numbers of its pages after the change."""
        return _numbers(self.marks, is_after=True)


def _numbers(marks: Sequence[Mark], *, is_after: bool) -> tuple[int, ...]:
    return tuple(sorted({mark.page for mark in marks if mark.is_after is is_after}))


@dataclass(frozen=True, slots=True)
class Comparison:
    """Two brochures with the pairs of their pages and all changes, sorted by kind."""

    before: Contents
    after: Contents
    pairs: tuple[PagePair, ...]
    changes: tuple[Change, ...]

    @property
    def is_identical(self) -> bool:
        """True if nothing differs."""
        return not self.changes and all(pair.is_identical for pair in self.pairs)

    def select(self, kind: ChangeKind) -> tuple[Change, ...]:
        """Return the changes of one kind."""
        return tuple(change for change in self.changes if change.kind is kind)

    def of_pair(self, pair: PagePair) -> tuple[Change, ...]:
        """Return the changes with a mark on one of the two pages."""
        return tuple(
            change
            for change in self.changes
            if pair.before in change.pages_before or pair.after in change.pages_after
        )
