"""Rename keys in the text of a YAML file of copy and leave everything else as it is.

Comments, order, indentation and the style of values stay. A key whose group stays the same is replaced in place; an entry that
goes into another group is moved there with the comments above it. Nothing is read from disk or written.
"""

from __future__ import annotations

import json
import re
from collections.abc import Mapping
from typing import Any

import yaml

from brochure.errors import InputError
from brochure.fast_dataclass import dataclass
from brochure.findings import Finding, Span

BYTE_ORDER_MARK = "\ufeff"
INDENT = "  "
"""Indentation of a new group."""


def rename_path(source: bytes, old: str, new: str, label: str) -> bytes:
    """Return the file with the entry `old` under the path `new`; paths are keys joined by dots.

    The entry can be a text or a group. The file is returned unchanged if it has no such entry.

    Raises:
        InputError: The entry is in a form that cannot be moved.
    """
    text = source.decode("utf-8-sig")
    mark = BYTE_ORDER_MARK if source.startswith(BYTE_ORDER_MARK.encode()) else ""
    while (entry := _find(parse_with_marks(text), old)) is not None:
        if new.startswith(entry.prefix):
            text = _replace_key(text, entry, new.removeprefix(entry.prefix))
        else:
            text = _move(text, entry, new, label)
    return (mark + text).encode()


def replace_scalars(source: bytes, places: Mapping[tuple[int, int], str], old: str) -> bytes:
    """Return the file with scalars `old` replaced that begin at these lines and columns, counted from 1."""
    text = source.decode("utf-8-sig")
    mark = BYTE_ORDER_MARK if source.startswith(BYTE_ORDER_MARK.encode()) else ""
    lines = re.split(r"(?<=\n)|(?<=\r)(?!\n)", text)
    for (line, column), new in sorted(places.items(), reverse=True):
        row = lines[line - 1]
        at = column - 1 + (row[column - 1 : column] in {"'", '"'})
        if row.startswith(old, at):
            lines[line - 1] = row[:at] + new + row[at + len(old) :]
    return (mark + "".join(lines)).encode()


@dataclass(frozen=True, slots=True)
class _Entry:
    """A key with its value; `chain` has the mappings above it with the index of the entry in each, the outermost first."""

    key: Any
    value: Any
    prefix: str
    chain: tuple[tuple[Any, int], ...]

    @property
    def parent(self) -> Any:
        """The mapping that has the key."""
        return self.chain[-1][0]


def parse_with_marks(text: str) -> Any:
    """Return the root node of a YAML file with the places of all nodes."""
    # The loader in Python: the marks of the one in C have other indexes.
    return yaml.compose(text, Loader=yaml.SafeLoader)


def _find(
    node: Any, path: str, prefix: str = "", chain: tuple[tuple[Any, int], ...] = ()
) -> _Entry | None:
    """Return the entry of a path; a key may have dots itself."""
    if not isinstance(node, yaml.MappingNode):
        return None
    for at, (key, value) in enumerate(node.value):
        full, own = f"{prefix}{key.value}", (*chain, (node, at))
        if full == path:
            return _Entry(key, value, prefix, own)
        inner = _find(value, path, f"{full}.", own) if path.startswith(f"{full}.") else None
        if inner:
            return inner
    return None


def _replace_key(text: str, entry: _Entry, name: str) -> str:
    start, end = entry.key.start_mark.index, entry.key.end_mark.index
    quote = entry.key.style or ""
    return text[:start] + quote + name + quote + text[end:]


# Moving


def _move(text: str, entry: _Entry, new: str, label: str) -> str:
    if entry.parent.flow_style or not _is_alone_on_its_lines(text, entry):
        left, block = _cut_flow(text, entry, label)
    else:
        left, block = _cut_block(text, entry)
    return _insert(left, new, block)


def _is_alone_on_its_lines(text: str, entry: _Entry) -> bool:
    start = entry.key.start_mark
    return not text[start.index - start.column : start.index].strip()


def _cut_block(text: str, entry: _Entry) -> tuple[str, list[str]]:
    """Return the text without the entry, and the entry's lines without their indentation; the key is left out.

    A group that has no other entry is removed with it; the comments above it are kept above the entry.
    """
    depth = len(entry.chain) - 1
    while depth and len(entry.chain[depth][0].value) == 1:
        depth -= 1
    lines = text.splitlines(keepends=True)
    mapping, at = entry.chain[depth]
    outer = mapping.value[at][0].start_mark
    first = first_comment_line(lines, outer.line, outer.column)
    start, column = entry.key.start_mark.line, entry.key.start_mark.column
    end = find_end_line(lines, entry.value, start, column)
    own_start = first_comment_line(lines, start, column)
    comments = [*lines[first : outer.line], *(lines[own_start:start] if start > outer.line else [])]
    body = [line[column:] if not line[:column].strip() else line for line in lines[start:end]]
    body[0] = body[0][entry.key.end_mark.column - column :]
    block = [line.lstrip() for line in comments] + body
    return "".join((*lines[:first], *lines[end:])), [
        line if line.endswith("\n") else line + "\n" for line in block
    ]


def first_comment_line(lines: list[str], start: int, column: int) -> int:
    """Return the first of the comment lines directly above a line, with its indentation."""
    while start and lines[start - 1].startswith(" " * column + "#"):
        start -= 1
    return start


def find_end_line(lines: list[str], node: Any, start: int, column: int) -> int:
    """Return the line after a value, without the empty lines and comments that follow it.

    Args:
        lines: The lines of the file.
        node: The value. A group or a list on lines of its own ends with its last value: its own mark is at what follows.
        start: The line of its key, or of itself in a list.
        column: The column of its key.
    """
    while isinstance(node, yaml.CollectionNode) and node.value and not node.flow_style:
        last = node.value[-1]
        node = last[1] if isinstance(last, tuple) else last
    mark = node.end_mark
    end = min(len(lines), int(mark.line) + (1 if mark.column else 0))
    while end > start + 1:
        line = lines[end - 1]
        indent = len(line) - len(line.lstrip(" "))
        if line.strip() and not (line.lstrip().startswith("#") and indent <= column):
            break
        end -= 1
    return end


def _cut_flow(text: str, entry: _Entry, label: str) -> tuple[str, list[str]]:
    """Return the text without an entry of a mapping in braces, and the entry as a line."""
    if not isinstance(entry.value, yaml.ScalarNode) or len(entry.parent.value) == 1:
        span = Span(label, entry.key.start_mark.line + 1, entry.key.start_mark.column + 1)
        message = f"'{entry.key.value}' cannot be moved into another group, because of the braces around it"
        raise InputError([Finding("text-rename", message, span, "move it by hand")])
    entries, at = entry.parent.value, entry.chain[-1][1]
    start, end = entry.key.start_mark.index, entry.value.end_mark.index
    if at + 1 < len(entries):
        end = entries[at + 1][0].start_mark.index
    else:
        start = entries[at - 1][1].end_mark.index
    return text[:start] + text[end:], [f": {json.dumps(entry.value.value, ensure_ascii=False)}\n"]


def _insert(text: str, new: str, block: list[str]) -> str:
    """Return the text with an entry under a path: in the deepest group of it that exists, else at the end."""
    end = "\r\n" if "\r\n" in text else "\n"
    group, _, name = new.rpartition(".")
    missing = [name]
    root = parse_with_marks(text)
    while group:
        found = _find(root, group)
        if found and isinstance(found.value, yaml.MappingNode) and not found.value.flow_style:
            break
        group, _, last = group.rpartition(".")
        if found:  # in braces, or a text: a key with dots beside it
            missing[0] = f"{last}.{missing[0]}"
        else:
            missing.insert(0, last)
    target = found.value if group and found else root
    is_empty = not isinstance(target, yaml.MappingNode) or not target.value
    column = 0 if is_empty else target.value[0][0].start_mark.column
    lines = text.splitlines(keepends=True)
    if lines and not lines[-1].endswith("\n"):
        lines[-1] += end
    at = len(lines)
    if not is_empty:
        key, value = target.value[-1]
        at = find_end_line(lines, value, key.start_mark.line, column)
    lines[at:at] = _indent(_nest(missing, block), " " * column, end)
    return "".join(lines)


def _nest(missing: list[str], block: list[str]) -> list[str]:
    """Return an entry below the groups that do not exist yet."""
    count = next(at for at, line in enumerate(block) if not line.startswith("#"))
    lines = [*block[:count], missing[-1] + block[count], *block[count + 1 :]]
    for group in reversed(missing[:-1]):
        lines = [f"{group}:\n", *(INDENT + line if line.strip() else line for line in lines)]
    return lines


def _indent(lines: list[str], indent: str, end: str) -> list[str]:
    return [(indent + line if line.strip() else line).rstrip("\r\n") + end for line in lines]
