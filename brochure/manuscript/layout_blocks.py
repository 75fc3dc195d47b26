"""Blocks of a layout that show the messages of a manuscript, as YAML to paste, or put into a story or a frame of the layout."""

from __future__ import annotations

from collections import Counter
from collections.abc import Collection, Iterator, Mapping, Sequence
from typing import Any

from brochure.errors import InputError, UsageError
from brochure.fast_dataclass import dataclass
from brochure.findings import Finding, Span, nearest
from brochure.manuscript.copy_units import place_cells
from brochure.manuscript.copy_update import PlacedUnit
from brochure.manuscript.model import (
    LISTS,
    Kind,
    Manuscript,
    ManuscriptParagraph,
    ManuscriptTable,
    Role,
)
from brochure.spec.yaml_edit import BYTE_ORDER_MARK, find_end_line, parse_nodes
from brochure.spec.yaml_library import yaml
from brochure.spec.yaml_text import write_items

INDENT_EMS = 1.2
"""Indent of a list for each level, in ems."""

DEFAULT_LEVEL = 2
HEADING = Kind.HEADING.value


@dataclass(frozen=True, slots=True)
class LayoutBlock:
    """A block: its value, the keys that it shows, and the key of the message before it."""

    value: dict[str, object]
    keys: tuple[str, ...]
    after: str


def make_blocks(
    manuscript: Manuscript, placed: Sequence[PlacedUnit], added: Collection[str]
) -> tuple[LayoutBlock, ...]:
    """Return the blocks that show at least one new message, in the order of the manuscript."""
    new = frozenset(added)
    found = []
    last = ""
    for block in _all_blocks(manuscript, placed):
        if new.intersection(block.keys):
            found.append(LayoutBlock(block.value, block.keys, last))
        last = block.keys[-1]
    return tuple(found)


def _all_blocks(manuscript: Manuscript, placed: Sequence[PlacedUnit]) -> Iterator[LayoutBlock]:
    keys = {(one.unit.block, one.unit.row, one.unit.column): one.key for one in placed}
    items: list[tuple[ManuscriptParagraph, str]] = []
    for at, block in enumerate(manuscript.blocks):
        is_item = isinstance(block, ManuscriptParagraph) and block.role.kind in LISTS
        if items and not (is_item and _continues(items[-1][0], block)):
            yield _list(items)
            items = []
        if isinstance(block, ManuscriptTable):
            yield _table(block, at, keys)
        elif is_item:
            items.append((block, keys[at, 0, 0]))
        else:
            key = keys[at, 0, 0]
            yield LayoutBlock(_paragraph(block.role, key), (key,), "")
    if items:
        yield _list(items)


def _continues(last: ManuscriptParagraph, block: object) -> bool:
    """Return True for the next item of a list."""
    return (
        isinstance(block, ManuscriptParagraph)
        and (last.role, last.level) == (block.role, block.level)
        and not block.starts
    )


def _paragraph(role: Role, key: str) -> dict[str, object]:
    found: dict[str, object] = {role.kind.value: key}
    if role.kind is Kind.HEADING and role.level != DEFAULT_LEVEL:
        found["level"] = role.level
    return found | ({"style": role.style} if role.style else {})


def _list(items: Sequence[tuple[ManuscriptParagraph, str]]) -> LayoutBlock:
    first = items[0][0]
    keys = tuple(key for _, key in items)
    found: dict[str, object] = {"list": list(keys), "marker": first.role.kind.value}
    if first.role.kind is Kind.NUMBER and first.number != 1:
        found["start"] = first.number
    if first.level:
        found["indent"] = f"{INDENT_EMS * (first.level + 1):g} em"
    return LayoutBlock(found | ({"style": first.role.style} if first.role.style else {}), keys, "")


def _table(
    table: ManuscriptTable, at: int, keys: Mapping[tuple[int, int, int], str]
) -> LayoutBlock:
    rows: list[list[object]] = [[] for _ in table.rows]
    used = []
    for row, column, cell in place_cells(table.rows):
        key = keys.get((at, row, column))
        used += [key] if key else []
        spans = {
            name: count
            for name, count in (("columns", cell.columns), ("rows", cell.rows))
            if count > 1
        }
        rows[row].append({"text": key or "none", **spans} if spans else key or "none")
    return LayoutBlock({"table": rows, "head": table.head}, tuple(used), "")


def write_blocks(blocks: Sequence[LayoutBlock]) -> str:
    """Return blocks as YAML, as they are in the content of a frame."""
    return "".join(f"{line}\n" for one in blocks for line in _write_block(one.value))


def _write_block(value: dict[str, object]) -> list[str]:
    """Return the lines of a block; a block with nothing but its key has no braces."""
    if len(value) == 1:
        return [f"- {name}: {key}" for name, key in value.items()]
    return write_items([value])


# In the layout


@dataclass(frozen=True, slots=True)
class InsertedBlocks:
    """A layout with new blocks, the blocks that were left out, and the texts of blocks that were replaced."""

    layout: bytes
    left_out: tuple[LayoutBlock, ...]
    replaced: frozenset[str] = frozenset()


def insert_blocks(
    layout: bytes,
    label: str,
    name: str,
    blocks: Sequence[LayoutBlock],
    known: Collection[str],
    keep: Collection[str] | None = None,
) -> InsertedBlocks:
    """Return the layout with blocks in a story or a frame.

    A block follows the one that shows the message before it, or is the last, and has the paragraph style of most blocks of its
    kind there. A list or a table that is in the layout already is left out: its new items have to be added by hand.

    Args:
        layout: The layout file.
        label: Its name, for messages.
        name: The name of a story or a frame.
        blocks: The blocks.
        known: The keys that the copy had before.
        keep: Keys of blocks that stay; the others are replaced. By default, all stay.

    Raises:
        UsageError: The layout has no such story or frame.
        InputError: Its content is not a list of blocks on lines of their own.
    """
    mark = BYTE_ORDER_MARK if layout.startswith(BYTE_ORDER_MARK.encode()) else ""
    text = layout.decode("utf-8-sig")
    end = "\r\n" if "\r\n" in text else "\n"
    text += "" if text.endswith("\n") else end
    text = _divide_content(text, name, end)
    lines = text.splitlines(keepends=True)
    content = _find_content(text, name)
    _check_content(content, name, label)
    places = [_scalars(item) for item in content.value]
    styles = _common_styles(content.value)
    column = content.start_mark.column
    ends = [find_end_line(lines, item, item.start_mark.line, column) for item in content.value]
    left_out = []
    written: dict[int, list[str]] = {}
    place = len(ends) - 1
    for block in blocks:
        shown = [at for at, keys in enumerate(places) if keys.intersection(block.keys)]
        if shown or any(key in known for key in block.keys):
            left_out.append(block)
            place = shown[-1] if shown else place
            continue
        before = [at for at, keys in enumerate(places) if block.after in keys]
        place = before[-1] if before else place
        written.setdefault(ends[place], []).extend(_write_block(_with_style(block.value, styles)))
    gone = [
        at
        for at, keys in enumerate(places)
        if keep is not None and written and not keys.intersection(keep)
    ]
    for at in range(len(ends) - 1, -1, -1):
        lines[ends[at] : ends[at]] = [
            f"{' ' * column}{line}{end}" for line in written.get(ends[at], ())
        ]
        if at in gone:
            del lines[content.value[at].start_mark.line : ends[at]]
    replaced = frozenset().union(*(places[at] for at in gone))
    return InsertedBlocks((mark + "".join(lines)).encode(), tuple(left_out), replaced)


def _common_styles(blocks: Sequence[Any]) -> dict[str, str]:
    """Return the paragraph style that most blocks of each kind have, by the name of the kind; headings by their level."""
    counts: dict[str, Counter[str]] = {}
    for block in blocks:
        values = {
            key: str(value.value)
            for key, value in _pairs(block)
            if isinstance(value, yaml.ScalarNode)
        }
        kinds = [key for key, _ in _pairs(block)][:1]
        for kind in kinds:
            name = f"{kind} {values.get('level', DEFAULT_LEVEL)}" if kind == HEADING else kind
            counts.setdefault(name, Counter())[values.get("style", "")] += 1
    return {name: styles.most_common(1)[0][0] for name, styles in counts.items()}


def _with_style(value: dict[str, object], styles: Mapping[str, str]) -> dict[str, object]:
    """Return a block with the style of its kind in the layout; items of a list have that of text if the layout has no list."""
    kind = next(iter(value))
    name = f"{kind} {value.get('level', DEFAULT_LEVEL)}" if kind == HEADING else kind
    style = styles.get(name, styles.get("text", "") if kind == "list" else "")
    return value if "style" in value or style in ("", "body") else value | {"style": style}


def _divide_content(text: str, name: str, end: str) -> str:
    """Return the layout with blocks in braces or brackets on lines of their own: one block, or a list of them."""
    content = _find_content(text, name)
    nodes = content.value if isinstance(content, yaml.SequenceNode) else [content]
    line_start = text.rfind("\n", 0, content.start_mark.index) + 1
    before = text[line_start : content.start_mark.index]
    if not content.flow_style or not nodes or before.count("{") or before.count("["):
        return text  # a list already, or inside of braces itself
    indent = len(before) - len(before.lstrip(" ")) + 2
    blocks = [text[node.start_mark.index : node.end_mark.index] for node in nodes]
    written = "".join(f"{end}{' ' * indent}- {block}" for block in blocks)
    return text[:line_start] + before.rstrip() + written + text[content.end_mark.index :]


def _find_content(text: str, name: str) -> Any:
    contents = dict(_find_contents(parse_nodes(text)))
    if name not in contents:
        raise UsageError(
            f"--story {name}: no story or frame of the layout has this name ({nearest(name, contents)})"
        )
    return contents[name]


def _find_contents(root: Any) -> Iterator[tuple[str, Any]]:
    """Yield the contents of frames and stories by name; of several with one name, the first is the last that is yielded."""
    found: list[tuple[str, Any]] = []
    for page in _items(_value(root, "pages")):
        for key, value in _pairs(_value(page, "frames")):
            content = _value(value, "content")
            if content is not None:
                found.append((key, content))
        found += [
            (key, value) for key, value in _pairs(page) if isinstance(value, yaml.SequenceNode)
        ]
    yield from reversed(found)
    for name, story in _pairs(_value(root, "stories")):
        content = _value(story, "content")
        if content is not None:
            yield name, content


def _pairs(node: Any) -> Iterator[tuple[str, Any]]:
    if isinstance(node, yaml.MappingNode):
        yield from ((str(key.value), value) for key, value in node.value)


def _items(node: Any) -> Iterator[Any]:
    if isinstance(node, yaml.SequenceNode):
        yield from node.value


def _value(node: Any, name: str) -> Any | None:
    return next((value for key, value in _pairs(node) if key == name), None)


def _check_content(content: Any, name: str, label: str) -> None:
    if isinstance(content, yaml.SequenceNode) and not content.flow_style and content.value:
        return
    where = Span(label, content.start_mark.line + 1, content.start_mark.column + 1)
    message = f"the content of '{name}' is not a list of blocks on lines of their own"
    hint = "write one block in a line, each after a dash; nothing was written"
    raise InputError([Finding("manuscript-layout", message, where, hint)])


def find_texts(layout: bytes) -> frozenset[str]:
    """Return all texts in a layout."""
    return _scalars(parse_nodes(layout.decode("utf-8-sig")))


def _scalars(node: Any) -> frozenset[str]:
    """Return all texts in a block of the layout."""
    if isinstance(node, yaml.ScalarNode):
        return frozenset({str(node.value)})
    parts = (
        [part for pair in node.value for part in pair]
        if isinstance(node, yaml.MappingNode)
        else node.value
    )
    return frozenset().union(*map(_scalars, parts))
