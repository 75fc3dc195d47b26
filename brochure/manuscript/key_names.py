"""Keys of new messages: from headings, kinds and, in tables, the labels of rows and columns."""

from __future__ import annotations

import re
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import field
from functools import lru_cache

from brochure.fast_dataclass import dataclass
from brochure.l10n.message_file import NOTES
from brochure.manuscript.copy_units import CELL, NOTE, CopyUnit
from brochure.manuscript.model import Kind
from brochure.spec.names import slug

MAX_WORDS = 3
"""Words of a heading that a key has."""

SMALL_WORDS = """
    a an the of to and or in on at for by with from is are was our your their its that this it der die das des dem
    den ein eine und oder von zu im auf für mit le la les l un une de du d et ou à au aux en pour el los las y o
    del al por para con il lo gli i e di da che het een van op
"""
"""Articles and prepositions, which keys leave out."""

MAX_TEXT = 400
"""Characters of a text that are looked at for a name."""

NOTE_WORDS = 2
LABEL_WORDS = 3
LEAVES = frozenset({"title", "subtitle", "head", "text", "quote", "item", "table", "alt", NOTES})
"""Last parts of keys, which no group has as its name."""


@dataclass(frozen=True)
class KeyPool:
    """Keys that are in use or were used before, and the groups above them."""

    keys: set[str]
    groups: set[str] = field(default_factory=set)

    @classmethod
    def of(cls, keys: Iterable[str]) -> KeyPool:
        """Return a pool of keys in use."""
        pool = cls(set())
        for key in keys:
            pool._add(key)
        return pool

    def _add(self, key: str) -> None:
        self.keys.add(key)
        parts = key.split(".")
        self.groups.update(".".join(parts[:depth]) for depth in range(1, len(parts)))

    def claim_key(self, name: str) -> str:
        """Return a key that was never used."""
        found = self._find(name)
        self._add(found)
        return found

    def claim_group(self, name: str) -> str:
        """Return the name of a new group."""
        found = self._find(name)
        self.groups.add(found)
        return found

    def _find(self, name: str) -> str:
        found, number = name, 2
        while found in self.keys or found in self.groups:
            found, number = f"{name}-{number}", number + 1
        return found


@lru_cache(maxsize=1)
def _small_words() -> frozenset[str]:
    return frozenset(SMALL_WORDS.split())


def name_from_words(text: str, default: str, words: int = MAX_WORDS) -> str:
    """Return a name from the first words of a text, without articles and prepositions if others are left."""
    every = re.findall(r"\w+", text[:MAX_TEXT].replace("’", "'").replace("'s", "s"))
    telling = [word for word in every if word.casefold() not in _small_words()]
    return slug(" ".join((telling or every)[:words]), default)


def choose_keys(
    units: Sequence[CopyUnit], matched: Mapping[int, str], group: str, pool: KeyPool
) -> list[str]:
    """Return the keys of all messages: those that are matched keep theirs.

    Args:
        units: The messages.
        matched: The keys of messages that the last import had, by their index.
        group: The group of all keys.
        pool: The keys that cannot be used for new messages.
    """
    titles = _find_titles(units)
    section = group
    tables: dict[int, str] = {}
    labels = _find_labels(units)
    for at, key in matched.items():
        if units[at].kind == CELL:
            tables.setdefault(units[at].table, key.rpartition(".")[0])
    keys = []
    for at, unit in enumerate(units):
        key = matched.get(at, "")
        if unit.kind == "head" or (unit.role and unit.role.kind is Kind.TITLE):
            section = _section(unit, key, group, pool, is_title=at in titles)
        if unit.kind == NOTE:
            key = key or pool.claim_key(
                f"{group}.{NOTES}.{name_from_words(unit.plain, 'note', NOTE_WORDS)}"
            )
        elif unit.kind == CELL and not key:
            if unit.table not in tables:
                tables[unit.table] = pool.claim_group(f"{section}.table")
            key = pool.claim_key(f"{tables[unit.table]}.{_name_cell(unit, labels)}")
        keys.append(key or pool.claim_key(f"{section}.{slug(unit.kind, 'text')}"))
    return keys


def _find_titles(units: Sequence[CopyUnit]) -> frozenset[int]:
    """Return the headings that name the whole manuscript: its titles, and a first heading that is the only one of its level."""
    levels = [unit.role.level for unit in units if unit.kind == "head" and unit.role]
    titles = {at for at, unit in enumerate(units) if unit.role and unit.role.kind is Kind.TITLE}
    first = next((at for at, unit in enumerate(units) if unit.kind == "head"), None)
    if first is not None and levels[0] == min(levels) and levels.count(levels[0]) == 1:
        titles.add(first)
    return frozenset(titles)


def _section(unit: CopyUnit, key: str, group: str, pool: KeyPool, *, is_title: bool) -> str:
    """Return the group of the messages below a heading."""
    if key:
        return key.rpartition(".")[0] or group
    if is_title:
        return group
    name = name_from_words(unit.plain, "section")
    return pool.claim_group(f"{group}.{name}-section" if name in LEAVES else f"{group}.{name}")


Labels = Mapping[tuple[int, str, int], str]


def _find_labels(units: Sequence[CopyUnit]) -> Labels:
    """Return the names of rows and columns: of their first cells."""
    found: dict[tuple[int, str, int], str] = {}
    for unit in units:
        if unit.kind == CELL:
            name = name_from_words(unit.plain, "", LABEL_WORDS)
            is_number = name.startswith("-")  # a key begins with a letter
            if unit.column == 0:
                found.setdefault((unit.table, "row", unit.row), f"row{name}" if is_number else name)
            if unit.row == 0:
                name = f"column{name}" if is_number else name
                found.setdefault((unit.table, "column", unit.column), name)
    return found


def _name_cell(unit: CopyUnit, labels: Labels) -> str:
    row = labels.get((unit.table, "row", unit.row), "")
    column = labels.get((unit.table, "column", unit.column), "")
    if unit.row == 0:
        return f"head-{column}" if column else "head"
    if unit.column == 0:
        return row or "row"
    return "-".join(filter(None, (row, column))) or "cell"
