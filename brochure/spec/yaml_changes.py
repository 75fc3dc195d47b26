"""Change, add and remove texts in a YAML file of copy and leave everything else as it is: comments, order and formatting."""

from __future__ import annotations

import json
from collections.abc import Collection, Iterator, Mapping, Sequence
from dataclasses import field
from typing import Any

from brochure.fast_dataclass import dataclass
from brochure.spec.yaml_edit import (
    BYTE_ORDER_MARK,
    INDENT,
    find_end_line,
    first_comment_line,
    parse_nodes,
)
from brochure.spec.yaml_library import yaml
from brochure.spec.yaml_text import write_message

NOTE = "# Note (manuscript): "
"""How comments for translators begin that come from a manuscript."""


@dataclass(frozen=True, slots=True)
class AddedText:
    """A new text: its key, notes for translators above it, and the existing key that it follows, if there is one."""

    key: str
    text: str
    notes: tuple[str, ...] = ()
    after: str = ""


@dataclass(frozen=True)
class TextChanges:
    """Changes of a file: new texts of existing keys, new entries in order, keys that are removed, and notes of existing keys."""

    texts: Mapping[str, str] = field(default_factory=dict)
    added: Sequence[AddedText] = ()
    removed: Collection[str] = ()
    notes: Mapping[str, tuple[str, ...]] = field(default_factory=dict)


@dataclass(frozen=True, slots=True)
class _Entry:
    """An entry of a mapping: its nodes, its full key, and the mapping that has it."""

    key: Any
    value: Any
    path: str
    parent: Any


@dataclass(frozen=True, slots=True)
class _Edit:
    """A part of the text between two indexes that is replaced; `column` is the indentation of new entries there."""

    start: int
    end: int
    text: str
    column: int = 0


def change_texts(source: bytes, changes: TextChanges) -> bytes:
    """Return the file with changed, added and removed texts."""
    mark = BYTE_ORDER_MARK if source.startswith(BYTE_ORDER_MARK.encode()) else ""
    text = source.decode("utf-8-sig")
    end = "\r\n" if "\r\n" in text else "\n"
    if text and not text.endswith("\n"):
        text += end
    file = _File(text, text.splitlines(keepends=True), end, parse_nodes(text))
    edits = sorted(file.edits(changes), key=lambda one: (one.start, one.end, -one.column))
    parts, at = [], 0
    for edit in edits:
        parts += [text[at : edit.start], edit.text]
        at = max(at, edit.end)
    return (mark + "".join((*parts, text[at:]))).encode()


@dataclass(frozen=True)
class _File:
    text: str
    lines: list[str]
    end: str
    root: Any

    def edits(self, changes: TextChanges) -> Iterator[_Edit]:
        """Yield the edits of all changes; they do not overlap."""
        entries = {one.path: one for one in _walk(self.root, "")}
        starts = [0]
        for line in self.lines:
            starts.append(starts[-1] + len(line))
        for key, text in changes.texts.items():
            yield self._replace(entries[key], text, starts)
        for key, notes in changes.notes.items():
            yield from self._write_notes(entries[key], notes, starts)
        staying = [one.key for one in changes.added]
        for entry in _outermost(entries, set(changes.removed), staying):
            yield self._remove(entry, starts)
        yield from self._insert(entries, changes.added, starts)

    def _replace(self, entry: _Entry, text: str, starts: list[int]) -> _Edit:
        value, after_key = entry.value, entry.key.end_mark.index
        if entry.parent.flow_style:
            quoted = json.dumps(text, ensure_ascii=False)
            return _Edit(value.start_mark.index, value.end_mark.index, quoted)
        first, *others = write_message("x", text)
        indent = " " * entry.key.start_mark.column
        rest = "".join(f"{self.end}{indent if line else ''}{line}" for line in others)
        if value.style in ("|", ">"):
            last = find_end_line(
                self.lines, value, entry.key.start_mark.line, entry.key.start_mark.column
            )
            return _Edit(
                after_key,
                starts[last] - len(self.lines[last - 1]) + len(self.lines[last - 1].rstrip("\r\n")),
                first[1:] + rest,
            )
        tail = self.lines[value.end_mark.line][value.end_mark.column :].rstrip("\r\n")
        end = value.end_mark.index + (len(tail) if rest else 0)
        comment = tail if rest and tail.strip() else ""
        return _Edit(after_key, end, first[1:] + comment + rest)

    def _write_notes(
        self, entry: _Entry, notes: Sequence[str], starts: list[int]
    ) -> Iterator[_Edit]:
        """Replace the notes from a manuscript above an entry."""
        line, column = entry.key.start_mark.line, entry.key.start_mark.column
        if entry.parent.flow_style or self.lines[line][:column].strip():
            return
        above = range(first_comment_line(self.lines, line, column), line)
        own = [at for at in above if self.lines[at].lstrip().startswith(NOTE.rstrip())]
        written = [f"{' ' * column}{NOTE}{note}{self.end}" for note in notes]
        if written == [self.lines[at] for at in own]:
            return
        for at in own:
            yield _Edit(starts[at], starts[at + 1], "")
        if written:
            yield _Edit(starts[line], starts[line], "".join(written))

    def _remove(self, entry: _Entry, starts: list[int]) -> _Edit:
        line, column = entry.key.start_mark.line, entry.key.start_mark.column
        if not entry.parent.flow_style and not self.lines[line][:column].strip():
            first = (
                first_comment_line(self.lines, line, column) or line
            )  # the file's own comment stays
            last = find_end_line(self.lines, entry.value, line, column)
            return _Edit(starts[first], starts[last], "")
        siblings = entry.parent.value
        at = next(place for place, (key, _) in enumerate(siblings) if key is entry.key)
        start, end = entry.key.start_mark.index, entry.value.end_mark.index
        if at + 1 < len(siblings):
            end = siblings[at + 1][0].start_mark.index
        elif at:
            start = siblings[at - 1][1].end_mark.index
        return _Edit(start, end, "")

    def _insert(
        self, entries: Mapping[str, _Entry], added: Sequence[AddedText], starts: list[int]
    ) -> Iterator[_Edit]:
        """Yield an edit for each place that gets new entries."""
        groups: dict[tuple[str, str], dict[str, Any]] = {}
        anchors: dict[tuple[str, str], str] = {}
        for one in added:
            target, rest = self._find_target(entries, one.key)
            anchor = _child_of(entries, target, one.after)
            if len(rest) > 1:  # a new group: all of its entries are where the first is
                anchor = anchors.setdefault((target, rest[0]), anchor)
            inner = groups.setdefault((target, anchor), {})
            for name in rest[:-1]:
                inner = inner.setdefault(name, {})
            inner[rest[-1]] = one
        for (target, anchor), tree in groups.items():
            mapping = entries[target].value if target else self.root
            yield self._insert_into(mapping, entries.get(anchor), tree, starts)

    def _find_target(self, entries: Mapping[str, _Entry], key: str) -> tuple[str, list[str]]:
        """Return the deepest group of a key that can get entries, and the names below it."""
        parts = key.split(".")
        for depth in range(len(parts) - 1, 0, -1):
            path = ".".join(parts[:depth])
            found = entries.get(path)
            if found and _is_block(found.value):
                return path, parts[depth:]
            if found:  # in braces, or a text: a key with dots beside it
                target, rest = self._find_target(entries, path)
                return target, [".".join((*rest, *parts[depth:]))]
        return "", parts

    def _insert_into(
        self, mapping: Any, anchor: _Entry | None, tree: Mapping[str, Any], starts: list[int]
    ) -> _Edit:
        if not isinstance(mapping, yaml.MappingNode) or not mapping.value:
            written = "".join(self._write(tree, ""))
            return _Edit(len(self.text), len(self.text), written)
        column = mapping.value[0][0].start_mark.column
        key, value = (anchor.key, anchor.value) if anchor else mapping.value[-1]
        last = find_end_line(self.lines, value, key.start_mark.line, column)
        indent = " " * column
        written = "".join(self._write(tree, indent))
        is_spaced = not column and any(isinstance(one, dict) for one in tree.values())
        spaced = (self.end if is_spaced else "") + written
        return _Edit(starts[last], starts[last], spaced, column)

    def _write(self, tree: Mapping[str, Any], indent: str) -> Iterator[str]:
        for name, value in tree.items():
            if isinstance(value, AddedText):
                notes = (f"{NOTE}{note}" for note in value.notes)
                lines = [*notes, *write_message(name, value.text)]
                yield from (f"{indent if line else ''}{line}{self.end}" for line in lines)
            else:
                yield f"{indent}{name}:{self.end}"
                yield from self._write(value, indent + INDENT)


def _walk(node: Any, prefix: str) -> Iterator[_Entry]:
    if isinstance(node, yaml.MappingNode):
        for key, value in node.value:
            path = f"{prefix}{key.value}"
            yield _Entry(key, value, path, node)
            yield from _walk(value, f"{path}.")


def _is_block(node: Any) -> bool:
    return isinstance(node, yaml.MappingNode) and not node.flow_style and bool(node.value)


def _child_of(entries: Mapping[str, _Entry], target: str, key: str) -> str:
    """Return the path of the entry of a group that is, or contains, a key; an empty text if there is none."""
    start = f"{target}." if target else ""
    if not key.startswith(start):
        return ""
    parts = key.removeprefix(start).split(".")
    paths = (start + ".".join(parts[:depth]) for depth in range(1, len(parts) + 1))
    return next((path for path in paths if path in entries), "")


def _outermost(
    entries: Mapping[str, _Entry], removed: set[str], added: Sequence[str]
) -> Iterator[_Entry]:
    """Yield the entries to remove: groups of which nothing stays, and to which nothing is added, as a whole."""
    texts = [path for path, one in entries.items() if not isinstance(one.value, yaml.MappingNode)]
    staying = {group for path in texts if path not in removed for group in _groups(path)}
    staying.update(group for path in added for group in _groups(path))
    left = {group for path in removed for group in _groups(path)} - staying
    gone = {path for path in entries if path in removed or path in left}
    for path in entries:
        if path in gone and not any(group in gone for group in _groups(path)):
            yield entries[path]


def _groups(path: str) -> Iterator[str]:
    """Yield the groups above a key; a key may have dots itself."""
    parts = path.split(".")
    yield from (".".join(parts[:depth]) for depth in range(1, len(parts)))
