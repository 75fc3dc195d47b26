"""Edit text and keep track of where its characters come from.

Smart punctuation replaces, inserts and removes characters. Inline marks (strong, links) are ranges of the text as it was
written, so each character keeps the offset of the character that it replaces or belongs to.
"""

from __future__ import annotations

import re
from bisect import bisect_left
from collections.abc import Iterable, Sequence
from typing import NamedTuple

from brochure.fast_dataclass import dataclass


class Edit(NamedTuple):
    """Replace the text from `start` to `end` with `new`; equal offsets insert before the character at `start`."""

    start: int
    end: int
    new: str


@dataclass(frozen=True, slots=True)
class EditedText:
    """A text, and for each character the offset of the written character that it belongs to.

    Offsets never decrease. They are None as long as nothing was edited.
    """

    text: str
    origins: Sequence[int] | None = None

    def apply(self, edits: Iterable[Edit]) -> EditedText:
        """Return the text with edits applied; they are in order and do not overlap."""
        before = range(len(self.text)) if self.origins is None else self.origins
        parts: list[str] = []
        origins: list[int] = []
        at = 0
        for start, end, new in edits:
            parts += [self.text[at:start], new]
            origins.extend(before[at:start])
            # An insertion belongs to the character after it, and at the end of the text to the last one.
            last = max(end - 1, min(start, len(before) - 1))
            origins.extend(before[min(start + offset, last)] for offset in range(len(new)))
            at = end
        if not parts:
            return self
        origins.extend(before[at:])
        return EditedText("".join((*parts, self.text[at:])), origins)

    def substitute(self, pattern: re.Pattern[str], new: str) -> EditedText:
        """Replace every match of a pattern."""
        return self.apply(Edit(*match.span(), new) for match in pattern.finditer(self.text))

    def find_cut(self, offset: int) -> int:
        """Return where a cut between two written characters is in the edited text."""
        return offset if self.origins is None else bisect_left(self.origins, offset)
