"""Rename keys in the text of a YAML file of copy and leave everything else as it is.

Comments, order, indentation and the style of values stay. A key whose group stays the same is replaced in place; an entry that
goes into another group is moved there with the comments above it. Nothing is read from disk or written.
"""

from __future__ import annotations

import json
import re
from collections.abc import Mapping
from typing import Any

from brochure.errors import InputError
from brochure.fast_dataclass import dataclass
from brochure.findings import Finding, Span
from brochure.spec.yaml_library import yaml

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
    while (entry := find_entry(parse_nodes(text), old)) is not None:
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
class YamlEntry:
    """A key with its value; `chain` has the mappings above it with the index of the entry in each, the outermost first."""

    key: Any
    value: Any
    prefix: str
    chain: tuple[tuple[Any, int], ...]

    @property
    def parent(self) -> Any:
        """The mapping that has the key."""
        return self.chain[-1][0]


def parse_nodes(text: str) -> Any:
    """Return the root node of a YAML file, with marks."""
    # The loader in Python: the marks of the one in C have other indexes.
    return yaml.compose(text, Loader=yaml.SafeLoader)


def find_entry(
    node: Any, path: str, prefix: str = "", chain: tuple[tuple[Any, int], ...] = ()
) -> YamlEntry | None:
    """Return the entry of a path; a key may have dots itself."""
    if not isinstance(node, yaml.MappingNode):
        return None
    for at, (key, value) in enumerate(node.value):
        full, own = f"{prefix}{key.value}", (*chain, (node, at))
        if full == path:
            return YamlEntry(key, value, prefix, own)
        inner = find_entry(value, path, f"{full}.", own) if path.startswith(f"{full}.") else None
        if inner:
            return inner
    return None


def _replace_key(text: str, entry: YamlEntry, name: str) -> str:
    start, end = entry.key.start_mark.index, entry.key.end_mark.index
    quote = entry.key.style or ""
    return text[:start] + quote + name + quote + text[end:]


# Moving


def _move(text: str, entry: YamlEntry, new: str, label: str) -> str:
    if entry.parent.flow_style or not _is_alone_on_its_lines(text, entry):
        left, block = _cut_flow(text, entry, label)
    else:
        left, block = _cut_block(text, entry)
    return insert_entry(left, new, block)


def _is_alone_on_its_lines(text: str, entry: YamlEntry) -> bool:
    start = entry.key.start_mark
    return not text[start.index - start.column : start.index].strip()


def _cut_block(text: str, entry: YamlEntry) -> tuple[str, list[str]]:
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
    """Return the line after an entry with this value, without the empty lines and comments that follow it."""
    mark = _find_end(node)
    end = min(len(lines), int(mark.line) + (1 if mark.column else 0))
    while end > start + 1:
        line = lines[end - 1]
        indent = len(line) - len(line.lstrip(" "))
        if line.strip() and not (line.lstrip().startswith("#") and indent <= column):
            break
        end -= 1
    return end


def _find_end(node: Any) -> Any:
    """Return the mark at the end of a node; that of a mapping or list in lines is at the node after it."""
    while isinstance(node, yaml.CollectionNode) and not node.flow_style and node.value:
        last = node.value[-1]
        node = last[1] if isinstance(node, yaml.MappingNode) else last
    return node.end_mark


def _cut_flow(text: str, entry: YamlEntry, label: str) -> tuple[str, list[str]]:
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


def insert_entry(text: str, new: str, block: list[str]) -> str:
    """Return the text with an entry under a path: in the deepest group of it that exists, else at the end."""
    end = "\r\n" if "\r\n" in text else "\n"
    group, _, name = new.rpartition(".")
    missing = [name]
    root = parse_nodes(text)
    while group:
        found = find_entry(root, group)
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
