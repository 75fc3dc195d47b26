"""The outline: headings as a reader's list of places to go to (ISO 32000-1, 12.3.3).

Takes headings in their order, each with its level and its page; gives the reference to a tree of entries, all unfolded.
"""

from __future__ import annotations

from collections.abc import Sequence
from typing import Protocol

from brochure.frozen import dataclass
from brochure.paint.operators import dictionary, num, text_string


@dataclass(frozen=True, slots=True)
class Mark:
    """An entry of the outline: its words, its level from 1, and the height on the page that it shows."""

    title: str
    level: int
    y: float


@dataclass(frozen=True, slots=True)
class Entry:
    """An entry with the reference to its page."""

    mark: Mark
    page: str


class Reserving(Protocol):
    """A file in the making in which objects can be named before they are there."""

    def reserve(self, key: str) -> str:
        """The reference to an object that is yet to be filled."""

    def fill(self, key: str, data: str) -> None:
        """Fills it."""


ROOT = "Outlines"


def outline(entries: Sequence[Entry], file: Reserving) -> str:
    """Writes the entries; gives the reference to their root."""
    above = _above(entries)
    kids: dict[int, list[int]] = {}
    for at, parent in enumerate(above):
        kids.setdefault(parent, []).append(at)
    names = [file.reserve(f"outline{at + 1}") for at in range(len(entries))]
    root = file.reserve(ROOT)
    for at, entry in enumerate(entries):
        beside = kids[above[at]]
        place = beside.index(at)
        said = {"Title": text_string(entry.mark.title)}
        said["Parent"] = names[above[at]] if above[at] >= 0 else root
        if place:
            said["Prev"] = names[beside[place - 1]]
        if place + 1 < len(beside):
            said["Next"] = names[beside[place + 1]]
        said["Dest"] = f"[{entry.page} /XYZ 0 {num(entry.mark.y)} 0]"
        file.fill(f"outline{at + 1}", dictionary(**said, **_ends(at, kids, names)))
    top = dictionary(Type="/Outlines", **_ends(-1, kids, names))
    file.fill(ROOT, top)
    return root


def _above(entries: Sequence[Entry]) -> list[int]:
    """The entry that each hangs on: the nearest before it of a higher level; -1 for the root."""
    found: list[int] = []
    open_ones: list[int] = []
    for at, entry in enumerate(entries):
        while open_ones and entries[open_ones[-1]].mark.level >= entry.mark.level:
            open_ones.pop()
        found.append(open_ones[-1] if open_ones else -1)
        open_ones.append(at)
    return found


def _ends(at: int, kids: dict[int, list[int]], names: Sequence[str]) -> dict[str, str]:
    """The first and the last of an entry's own, and how many can be seen below it when all is unfolded."""
    own = kids.get(at)
    if not own:
        return {}
    return {
        "First": names[own[0]],
        "Last": names[own[-1]],
        "Count": str(_below(at, kids)),
    }


def _below(at: int, kids: dict[int, list[int]]) -> int:
    return sum(1 + _below(kid, kids) for kid in kids.get(at, ()))
