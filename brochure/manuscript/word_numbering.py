"""Lists of a Word document: numbering definitions, and the numbers of items."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import field
from typing import Any

from brochure.fast_dataclass import dataclass
from brochure.manuscript.model import Kind
from brochure.manuscript.word_package import W
from brochure.manuscript.word_styles import child, value

MAX_LEVEL = 8
MAX_NUMBER = 30_000


@dataclass(frozen=True, slots=True)
class ListLevel:
    """A level of a list: bullets or numbers, the first number, and the format of the numbers."""

    kind: Kind
    start: int
    form: str


@dataclass(frozen=True, slots=True)
class ListItem:
    """An item of a list: its level from 0, its number, and whether a new list begins with it."""

    level: ListLevel
    depth: int
    number: int
    starts: bool


@dataclass(frozen=True)
class Numbering:
    """The list definitions of a document, and the current numbers of its lists."""

    levels: Mapping[tuple[str, int], ListLevel]
    """Levels by the identifier of their list, and their depth."""
    counts: dict[tuple[str, int], int] = field(default_factory=dict)

    def take(self, properties: Any | None) -> ListItem | None:
        """Return the next item of the list that a paragraph is in; None if it is in none."""
        number = value(child(properties, "numId"))
        if number in ("", "0"):
            return None
        depth = min(MAX_LEVEL, to_int(value(child(properties, "ilvl"))))
        level = self.levels.get((number, depth)) or ListLevel(Kind.BULLET, 1, "bullet")
        if level.form == "none":
            return None
        key = number, depth
        starts = key not in self.counts
        self.counts[key] = level.start if starts else self.counts[key] + 1
        for deeper in range(depth + 1, MAX_LEVEL + 1):
            self.counts.pop((number, deeper), None)
        return ListItem(level, depth, self.counts[key], starts)


def to_int(text: str, default: int = 0) -> int:
    """Return a whole number that is not negative; the default for another text."""
    return (
        min(int(text), MAX_NUMBER)
        if text.isascii() and text.isdigit() and len(text) < 9
        else default
    )


def read_numbering(root: Any | None) -> Numbering:
    """Return the lists in the part `numbering.xml`; a document may have none."""
    if root is None:
        return Numbering({})
    abstract = {value(one, "abstractNumId"): one for one in root.findall(f"{W}abstractNum")}
    by_style = {
        value(child(one, "styleLink")): one
        for one in abstract.values()
        if child(one, "styleLink") is not None
    }
    found: dict[tuple[str, int], ListLevel] = {}
    for node in root.findall(f"{W}num"):
        number = value(node, "numId")
        definition = abstract.get(value(child(node, "abstractNumId")))
        linked = value(child(definition, "numStyleLink"))
        definition = by_style.get(linked, definition) if linked else definition
        found |= _read_levels(number, definition)
        for override in node.findall(f"{W}lvlOverride"):
            found |= _read_override(number, override, found)
    return Numbering(found)


def _read_levels(number: str, definition: Any | None) -> dict[tuple[str, int], ListLevel]:
    nodes = () if definition is None else definition.findall(f"{W}lvl")
    return {(number, to_int(value(node, "ilvl"))): _read_level(node) for node in nodes}


def _read_level(node: Any) -> ListLevel:
    form = value(child(node, "numFmt")) or "decimal"
    start = to_int(value(child(node, "start")), 1)
    return ListLevel(Kind.BULLET if form == "bullet" else Kind.NUMBER, start, form)


def _read_override(
    number: str, override: Any, found: Mapping[tuple[str, int], ListLevel]
) -> dict[tuple[str, int], ListLevel]:
    key = number, to_int(value(override, "ilvl"))
    own = child(override, "lvl")
    level = _read_level(own) if own is not None else found.get(key)
    start = value(child(override, "startOverride"))
    if level is None:
        return {}
    return {key: ListLevel(level.kind, to_int(start, level.start), level.form)}
