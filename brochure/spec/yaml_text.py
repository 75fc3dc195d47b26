"""Write YAML as a person would: short mappings on one line, texts in lines of readable length, and comments."""

from __future__ import annotations

import re
from collections.abc import Iterator, Mapping

from brochure.fast_dataclass import dataclass

WIDTH = 110
"""Length in characters up to which a mapping is written on one line, and at which texts are wrapped."""

PLAIN = re.compile(r"[A-Za-z][\w./%+-]*(?:[ ][\w./%+()-]+)*|-?[0-9][0-9.]*(?: ?[a-z%]+)?", re.ASCII)
"""Texts that need no quotation marks."""

WORDS = frozenset({"yes", "no", "true", "false", "on", "off", "null", "y", "n"})
ALSO_PLAIN = re.compile(r"[A-Za-z0-9][\w ,.%/+-]*[\w%]", re.ASCII)
"""Texts that need none outside of brackets, such as placements."""


@dataclass(frozen=True, slots=True)
class Commented:
    """A value with a comment above its key."""

    value: object
    comment: str


def write_yaml(document: Mapping[str, object]) -> str:
    """Return a YAML document with a blank line before each section."""
    parts = []
    for key, value in document.items():
        lines = "\n".join(_entry(key, value, 0))
        is_section = isinstance(value, dict | list) and "\n" in lines
        parts.append(f"\n{lines}\n" if is_section else f"{lines}\n")
    return "".join(parts).lstrip("\n")


def write_message(key: str, text: str) -> list[str]:
    """Return the lines of a key with the text of a message, without indentation.

    Long texts are in folded blocks, from which exactly the same text is read. A blank line there is a new paragraph or a
    forced line break.
    """
    lines = text.replace("\n\n", "\n").split("\n")
    is_short = len(lines) == 1 and len(text) + len(key) < WIDTH
    is_safe = all(line == line.strip() and line for line in lines) and not CONTROL.search(text)
    is_safe = is_safe and not any(part.endswith("\\") for part in text.split("\n\n"))
    if is_short or not is_safe or "\t" in text or "  " in text:
        return [f"{_scalar(key, in_brackets=False)}: {_scalar(text, in_brackets=False)}"]
    found = [f"{_scalar(key, in_brackets=False)}: >-"]
    for at, line in enumerate(lines):
        found += [""] if at else []
        found += [f"  {one}" for one in _wrap(line, WIDTH - 2)]
    return found


def write_items(items: list[object]) -> list[str]:
    """Return the lines of the items of a list, without indentation."""
    return [*_block(items, 0)]


def _entry(key: str, value: object, depth: int) -> Iterator[str]:
    """Yield the lines of a key with its value."""
    pad = "  " * depth
    if isinstance(value, Commented):
        yield from (f"{pad}# {line}" for line in value.comment.splitlines())
        value = value.value
    name = _scalar(key, in_brackets=False)
    if isinstance(value, str) and (len(value) > WIDTH - len(pad) - len(name) or "\n" in value):
        yield from _long_text(f"{pad}{name}:", value, depth + 1)
        return
    if not isinstance(value, dict | list):
        written = _scalar(value, in_brackets=False)
        yield f"{pad}{name}: {written}".rstrip()
        return
    flow = _flow(value)
    if flow is not None and depth and len(pad) + len(name) + 2 + len(flow) <= WIDTH:
        yield f"{pad}{name}: {flow}"
        return
    if not value:
        yield f"{pad}{name}: {flow}"
        return
    yield f"{pad}{name}:"
    yield from _block(value, depth + 1)


def _block(value: dict[str, object] | list[object], depth: int) -> Iterator[str]:
    if isinstance(value, dict):
        for key, inner in value.items():
            yield from _entry(key, inner, depth)
        return
    pad = "  " * depth
    for item in value:
        if isinstance(item, Commented):
            yield from (f"{pad}# {line}" for line in item.comment.splitlines())
            item = item.value  # noqa: PLW2901  # the value below its comment
        flow = _flow(item)
        if not isinstance(item, dict) or (flow is not None and len(flow) + len(pad) + 2 <= WIDTH):
            yield f"{pad}- {flow}"
            continue
        lines = [*_block(item, depth + 1)]
        first = next(at for at, line in enumerate(lines) if not line.lstrip().startswith("#"))
        yield from (line.replace("  ", "", 1) for line in lines[:first])
        yield f"{pad}- {lines[first].lstrip()}"
        yield from lines[first + 1 :]


def _flow(value: object) -> str | None:
    """Return a value on one line; None if it has comments or long texts inside."""
    if isinstance(value, Commented):
        return None
    if isinstance(value, dict):
        parts = [(_scalar(key, in_brackets=True), _flow(inner)) for key, inner in value.items()]
        if any(inner is None for _, inner in parts):
            return None
        return "{" + ", ".join(f"{key}: {inner}" for key, inner in parts) + "}"
    if isinstance(value, list):
        items = [_flow(inner) for inner in value]
        return None if None in items else "[" + ", ".join(map(str, items)) + "]"
    return _scalar(value, in_brackets=True)


def _scalar(value: object, *, in_brackets: bool) -> str:
    match value:
        case None:
            return ""
        case bool():
            return "yes" if value else "no"
        case int() | float():
            return f"{value:g}"
    text = str(value)
    pattern = PLAIN if in_brackets else ALSO_PLAIN
    is_plain = pattern.fullmatch(text) or PLAIN.fullmatch(text)
    if is_plain and text.casefold() not in WORDS and not _is_number(text):
        return text
    return _quote(text)


def _is_number(text: str) -> bool:
    is_range = ".." in text
    return not is_range and bool(re.fullmatch(r"[-+]?[0-9][0-9_.,:/-]*(?:e[-+]?[0-9]+)?", text))


CONTROL = re.compile("[\x00-\x08\x0b-\x1f\x7f-\x9f\ufeff\u2028\u2029\ud800-\udfff]")


def _quote(text: str) -> str:
    """Return a text in double quotation marks."""
    escaped = (
        text.replace("\\", "\\\\").replace('"', '\\"').replace("\n", "\\n").replace("\t", "\\t")
    )
    return '"' + CONTROL.sub(lambda match: f"\\u{ord(match.group()):04x}", escaped) + '"'


def _long_text(head: str, text: str, depth: int) -> Iterator[str]:
    """Yield a long text: in a literal block of wrapped lines, or quoted if a block would change it."""
    pad = "  " * depth
    lines = [*_wrap(text, WIDTH - len(pad))]
    is_safe = all(line == line.strip() for line in lines) and not CONTROL.search(text)
    if not is_safe or "\t" in text or "  " in text or not lines[0]:
        yield f"{head} {_quote(text)}"
        return
    yield f"{head} |-"
    yield from (f"{pad}{line}" if line else "" for line in lines)


def _wrap(text: str, width: int) -> Iterator[str]:
    """Yield the lines of a text, wrapped at single spaces."""
    for line in text.split("\n"):
        words = line.split(" ")
        here = words[0]
        for word in words[1:]:
            if len(here) + 1 + len(word) > width:
                yield here
                here = word
            else:
                here += f" {word}"
        yield here
