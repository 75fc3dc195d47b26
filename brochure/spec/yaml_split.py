"""Split one message into several in the text of YAML files and leave everything else as it is.

In copy, the text is replaced by its parts, which follow each other. In a layout, the block or list item that shows the message is
repeated for each part. Nothing is read from disk or written.
"""

from __future__ import annotations

import json
import textwrap
from collections.abc import Collection, Iterator, Mapping, Sequence
from itertools import pairwise
from typing import Any

from brochure.fast_dataclass import dataclass
from brochure.spec.yaml_edit import (
    BYTE_ORDER_MARK,
    INDENT,
    YamlEntry,
    find_end_line,
    find_entry,
    insert_entry,
    parse_nodes,
)
from brochure.spec.yaml_library import yaml

Edit = tuple[int, int, str]
"""Start and end in the text, and what replaces the part between them."""


def split_text(source: bytes, parts: Mapping[str, str]) -> bytes:
    """Return a file of copy with a text replaced by its parts: the first of them under the key of the text.

    The file is returned unchanged if it has no such text.

    Args:
        source: The YAML file.
        parts: The parts by key; keys are joined by dots.
    """
    text = source.decode("utf-8-sig")
    mark = BYTE_ORDER_MARK if source.startswith(BYTE_ORDER_MARK.encode()) else ""
    entry = find_entry(parse_nodes(text), next(iter(parts)))
    if entry is None or not isinstance(entry.value, yaml.ScalarNode):
        return source
    beside = {key: one for key, one in parts.items() if key.startswith(entry.prefix)}
    names = {key.removeprefix(entry.prefix): one for key, one in beside.items()}
    split = _split_flow if entry.parent.flow_style else _split_block
    text = split(text, entry, names)
    for key, one in parts.items():
        if key not in beside:
            text = insert_entry(text, key, [f": {_quote(one)}\n"])
    return (mark + text).encode()


def _split_flow(text: str, entry: YamlEntry, parts: Mapping[str, str]) -> str:
    own, *others = parts.items()
    start, end = entry.value.start_mark.index, entry.value.end_mark.index
    more = "".join(f", {name}: {_quote(one)}" for name, one in others)
    return text[:start] + _quote(own[1]) + more + text[end:]


def _split_block(text: str, entry: YamlEntry, parts: Mapping[str, str]) -> str:
    lines = text.splitlines(keepends=True)
    start, column = entry.key.start_mark.line, entry.key.start_mark.column
    end = find_end_line(lines, entry.value, start, column)
    line_end = "\r\n" if "\r\n" in text else "\n"
    own_key = lines[start][: entry.key.end_mark.column]
    comment = _find_comment(lines, entry.value)
    new = [f"{' ' * column}{comment}{line_end}"] if comment else []
    for at, (name, one) in enumerate(parts.items()):
        key = own_key if at == 0 else " " * column + name
        folded = entry.value.style in BLOCK_STYLES
        new += [
            f"{line}{line_end}" for line in _format(key, one, " " * column + INDENT, folded=folded)
        ]
    return "".join((*lines[:start], *new, *lines[end:]))


def _find_comment(lines: Sequence[str], value: Any) -> str:
    """Return the comment beside a text; it gets a line of its own above the parts."""
    mark = value.start_mark if value.style in BLOCK_STYLES else value.end_mark
    rest = lines[mark.line][mark.column :] if mark.line < len(lines) else ""
    before, sign, comment = rest.partition("#")
    return f"#{comment}".rstrip() if sign and (not before or before[-1:].isspace()) else ""


BLOCK_STYLES = (">", "|")
WIDTH = 120
"""Characters of a line of a folded text, as far as its words allow."""


def _format(key: str, text: str, indent: str, *, folded: bool) -> Iterator[str]:
    """Yield the lines of an entry: a plain, quoted or folded text, or a literal block if it has several lines."""
    lines = text.split("\n")
    if len(lines) > 1 and text == text.strip() and all(line == line.strip() for line in lines):
        yield f"{key}: |-"
        yield from (indent + line if line else "" for line in lines)
        return
    wrapped = textwrap.wrap(text, WIDTH, break_long_words=False, break_on_hyphens=False)
    if folded and len(wrapped) > 1 and " ".join(wrapped) == text:
        yield f"{key}: >-"
        yield from (indent + line for line in wrapped)
    else:
        yield f"{key}: {text if _is_plain(text) else _quote(text)}"


def _is_plain(text: str) -> bool:
    """Return True if a text can be written without quotation marks."""
    try:
        return bool(yaml.safe_load(f"a: {text}\n") == {"a": text})
    except yaml.YAMLError:
        return False


def _quote(text: str) -> str:
    return json.dumps(text, ensure_ascii=False)


# Layout


@dataclass(frozen=True, slots=True)
class _Reference:
    """A scalar that names a message, and the nodes around it, the innermost last."""

    scalar: Any
    around: tuple[Any, ...]


class ReferenceProblem(Exception):
    """Raised if the place at which the layout shows a message cannot be repeated; holds line and column."""

    def __init__(self, line: int, column: int) -> None:
        super().__init__()
        self.line, self.column = line, column


def split_references(
    source: bytes,
    places: Collection[tuple[int, int]],
    others: Collection[tuple[int, int]],
    names: Sequence[str],
    kinds: Collection[str],
) -> bytes:
    """Return a layout in which the blocks or list items that show a message are repeated for the parts of it.

    Args:
        source: The layout.
        places: Lines and columns of the references, counted from 1.
        others: Those of the references to all other messages.
        names: The keys of the parts; the first is that of the message.
        kinds: The names of the block kinds that can be repeated.

    Raises:
        ReferenceProblem: A reference is not in a block or list of its own.
    """
    text = source.decode("utf-8-sig")
    mark = BYTE_ORDER_MARK if source.startswith(BYTE_ORDER_MARK.encode()) else ""
    edits: list[Edit] = []
    for one in _find_scalars(parse_nodes(text), set(places), ()):
        line, column = one.scalar.start_mark.line + 1, one.scalar.start_mark.column + 1
        unit = _find_unit(one, kinds)
        if unit is None or any(_is_inside(place, unit) for place in others):
            raise ReferenceProblem(line, column)
        edit = _repeat(text, unit, one, names)
        if edit is None:
            raise ReferenceProblem(line, column)
        edits.append(edit)
    for start, end, new in sorted(edits, reverse=True):
        text = text[:start] + new + text[end:]
    return (mark + text).encode()


def _find_scalars(
    node: Any, places: set[tuple[int, int]], around: tuple[Any, ...]
) -> Iterator[_Reference]:
    if isinstance(node, yaml.ScalarNode):
        if (node.start_mark.line + 1, node.start_mark.column + 1) in places:
            yield _Reference(node, around)
        return
    children = node.value if isinstance(node, yaml.SequenceNode) else (v for _, v in node.value)
    for child in children:
        yield from _find_scalars(child, places, (*around, node))


def _find_unit(one: _Reference, kinds: Collection[str]) -> Any:
    """Return the node that is repeated: an item of the block `list`, or a block that shows the message; else None."""
    parent = one.around[-1]
    if isinstance(parent, yaml.SequenceNode):
        outer = one.around[-2] if len(one.around) > 1 else None
        return one.scalar if _key_of(outer, parent) == "list" else None
    is_block = len(one.around) > 1 and parent.value[0][1] is one.scalar
    return parent if is_block and _key_of(parent, one.scalar) in kinds else None


def _key_of(mapping: Any, value: Any) -> str | None:
    if not isinstance(mapping, yaml.MappingNode):
        return None
    return next((str(key.value) for key, one in mapping.value if one is value), None)


def _is_inside(place: tuple[int, int], node: Any) -> bool:
    start, end = node.start_mark, node.end_mark
    here = (place[0] - 1, place[1] - 1)
    return (start.line, start.column) <= here < (end.line, end.column)


def _repeat(text: str, unit: Any, one: _Reference, names: Sequence[str]) -> Edit | None:
    """Return the edit that repeats a node; None if it is in a form that cannot be repeated."""
    outer = one.around[-1] if unit is one.scalar else one.around[-2]
    is_item = isinstance(outer, yaml.SequenceNode)
    is_inline = isinstance(unit, yaml.ScalarNode) or unit.flow_style
    if is_inline and (not is_item or outer.flow_style):
        return _repeat_flow(text, unit, one, names, is_item=is_item)
    return _repeat_lines(text, unit, one, names, is_item=is_item)


def _repeat_flow(
    text: str, unit: Any, one: _Reference, names: Sequence[str], *, is_item: bool
) -> Edit:
    start, end = unit.start_mark.index, unit.end_mark.index
    copies = ", ".join(_with_name(text, start, end, one, name) for name in names)
    return start, end, copies if is_item else f"[{copies}]"


def _repeat_lines(
    text: str, unit: Any, one: _Reference, names: Sequence[str], *, is_item: bool
) -> Edit | None:
    lines = text.splitlines(keepends=True)
    first, column = unit.start_mark.line, unit.start_mark.column
    before = lines[first][:column]
    if before.strip() != ("-" if is_item else ""):
        return None
    last = find_end_line(lines, unit, first, column)
    start = sum(map(len, lines[:first]))
    end = start + sum(map(len, lines[first:last]))
    copies = []
    for name in names:
        copy = _with_name(text, start, end, one, name)
        copy = copy if copy.endswith("\n") else copy + "\n"
        copies.append(copy if is_item else _as_item(copy, column))
    return start, end, "".join(copies)


def _as_item(block: str, column: int) -> str:
    """Return the lines of a block as an item of a list."""
    lines = block.splitlines(keepends=True)
    marks = ("- ", *(INDENT for _ in lines[1:]))
    return "".join(
        line[:column] + mark + line[column:] if line.strip() else line
        for mark, line in zip(marks, lines, strict=True)
    )


def _with_name(text: str, start: int, end: int, one: _Reference, name: str) -> str:
    """Return a part of the text with another key of the message; only the first part keeps the style of first paragraphs."""
    at, until = one.scalar.start_mark.index, one.scalar.end_mark.index
    edits: list[Edit] = [(at, until, text[at:until].replace(one.scalar.value, name))]
    if name != one.scalar.value and isinstance(one.around[-1], yaml.MappingNode):
        edits += [(*place, "") for place in _find_first_styles(one.around[-1])]
    for from_, to, new in sorted(edits, reverse=True):
        text, end = text[:from_] + new + text[to:], end + len(new) - (to - from_)
    return text[start:end]


def _find_first_styles(block: Any) -> Iterator[tuple[int, int]]:
    """Yield where a block sets a style for its first paragraph."""
    for (_, before), (key, value) in pairwise(block.value):
        if key.value == FIRST:
            yield before.end_mark.index, value.end_mark.index


FIRST = "first"
"""The key of the style of the first paragraph of a block."""
