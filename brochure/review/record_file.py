"""YAML files that are a list of records, one after the other: read with places of errors, extended and edited in place.

A record that is added goes to the end of the file, and a value that changes is replaced where it stands. Everything else stays
byte for byte: comments, order, and keys that this program does not know. Texts are written so that they read back unchanged and
no text can end its value.
"""

from __future__ import annotations

import json
import re
from collections.abc import Iterable, Iterator, Mapping

from brochure.errors import InputError
from brochure.findings import Finding, Span
from brochure.spec import yaml_tree

Value = str | int | bool | tuple[float, float]

NOT_STORED = re.compile(f"{yaml_tree.UNPRINTABLE.pattern}|[\ud800-\udfff]")
"""Characters that a YAML file cannot contain or that make a line look different from what it says."""

REPLACEMENT = "\ufffd"
PLAIN = re.compile(
    r"[^\W\d_](?:[\w .,;()’/+-]*[\w.)])?|\d{4}-\d\d-\d\dT[\d:]+Z|(?=.*[a-df])[\da-f]{8}"
)
"""Texts that are written without quotation marks."""

RESERVED = frozenset(("true", "false", "yes", "no", "on", "off", "null", "y", "n"))
LINE_BREAKING = re.compile("[\x85\u2028\u2029\ufeff]")
UNSAFE_IN_BLOCK = re.compile(f"\\A\\s|\\s\\Z|[\r\t]|{LINE_BREAKING.pattern}")


def clean_text(text: str) -> str:
    """Return the text with U+FFFD for each character that cannot be stored, such as control characters."""
    return NOT_STORED.sub(REPLACEMENT, text)


def read_records(data: bytes, label: str) -> tuple[yaml_tree.Mapping, ...]:
    """Return the records of a file.

    Raises:
        InputError: The file is not valid YAML, or not a list of mappings.
    """
    root, findings = yaml_tree.compose(data, label)
    if findings:
        raise InputError(findings)
    if root is None:
        return ()
    if not isinstance(root, yaml_tree.Sequence):
        raise _wrong(root.span, "expected a list", "begin each entry with '- '")
    for one in root.items:
        if not isinstance(one, yaml_tree.Mapping):
            raise _wrong(one.span, "expected keys with values", "write '- author: …'")
    return tuple(one for one in root.items if isinstance(one, yaml_tree.Mapping))


def append_records(data: bytes, label: str, records: Iterable[Mapping[str, Value]]) -> bytes:
    """Return the file with records added at its end.

    Raises:
        InputError: The file is invalid, is not written as a list with one `-` per entry, or becomes too large.
    """
    read_records(data, label)
    root, _ = yaml_tree.compose(data, label)
    indent = " " * (root.span.column - 1) if root else ""
    text = data.decode()
    if text and not text.endswith("\n"):
        text += "\n"
    text += "".join(f"{indent}{line}\n" for one in records for line in _record_lines(one))
    made = text.encode()
    read_records(made, label)
    return made


def set_value(data: bytes, record: yaml_tree.Mapping, name: str, value: Value) -> bytes:
    """Return the file with another value for one key of a record, which is added if it is missing; other bytes stay."""
    text = data.decode()
    old = record.get(name)
    written = _inline(value)
    if old is not None:
        at = _offset(text, old.span)
        end = re.compile(r"[^\s,}\]#]*").match(text, at)
        return f"{text[:at]}{written}{text[end.end() if end else at :]}".encode()
    at = _offset(text, record.span)
    if text[at] == "{":
        return f"{text[: at + 1]}{name}: {written}, {text[at + 1 :]}".encode()
    indent = " " * (record.span.column - 1)
    return f"{text[:at]}{name}: {written}\n{indent}{text[at:]}".encode()


def _offset(text: str, span: Span) -> int:
    """Return the index of a place in the text; a byte order mark does not count as a column."""
    lines = re.compile("\r\n|[\n\r\x85\u2028\u2029]").finditer(text)
    starts = [0, *(match.end() for match in lines)]
    mark = 1 if span.line == 1 and text.startswith("\ufeff") else 0
    return starts[span.line - 1] + span.column - 1 + mark


# Values


def text_of(record: yaml_tree.Mapping, name: str) -> str:
    """Return a text; empty if the key is missing or has no value."""
    node = record.get(name)
    if node is None or (isinstance(node, yaml_tree.Scalar) and node.empty):
        return ""
    if not isinstance(node, yaml_tree.Scalar):
        raise _wrong(node.span, f"'{name}' is not a text", "write one text in quotation marks")
    return node.value


def integer_of(record: yaml_tree.Mapping, name: str) -> int | None:
    """Return a whole number from 1, or None if the key is missing."""
    text = text_of(record, name)
    if not text:
        return None
    if not (text.isascii() and text.isdigit() and len(text) < 9 and int(text) > 0):
        raise _wrong(_span(record, name), f"'{name}' is not a number from 1", "e.g. 3")
    return int(text)


def boolean_of(record: yaml_tree.Mapping, name: str) -> bool:
    """Return a truth value; False if the key is missing."""
    text = text_of(record, name) or "false"
    if text not in ("true", "false"):
        raise _wrong(
            _span(record, name), f"'{name}' is neither true nor false", "write true or false"
        )
    return text == "true"


def point_of(record: yaml_tree.Mapping, name: str) -> tuple[float, float] | None:
    """Return two numbers, or None if the key is missing."""
    node = record.get(name)
    if node is None or (isinstance(node, yaml_tree.Scalar) and node.empty):
        return None
    items = node.items if isinstance(node, yaml_tree.Sequence) else ()
    texts = [one.value for one in items if isinstance(one, yaml_tree.Scalar)]
    if len(texts) != 2 or not all(re.fullmatch(r"-?\d{1,7}(\.\d{1,9})?", one) for one in texts):
        raise _wrong(node.span, f"'{name}' is not a place", "write two numbers, e.g. [212.5, 310]")
    return float(texts[0]), float(texts[1])


def _span(record: yaml_tree.Mapping, name: str) -> Span:
    node = record.get(name)
    return node.span if node else record.span


def _wrong(span: Span, message: str, hint: str) -> InputError:
    return InputError([Finding("review-file", message, span, hint)])


# Writing


def _record_lines(record: Mapping[str, Value]) -> Iterator[str]:
    start = "- "
    for name, value in record.items():
        if isinstance(value, str) and _is_block(value):
            yield f"{start}{name}: |-"
            yield from (f"    {line}" if line else "" for line in value.split("\n"))
        else:
            yield f"{start}{name}: {_inline(value)}"
        start = "  "


def _is_block(text: str) -> bool:
    """Return whether a text of several lines reads back unchanged from a literal block."""
    return "\n" in text and not UNSAFE_IN_BLOCK.search(text)


def _inline(value: Value) -> str:
    if isinstance(value, bool):
        return "true" if value else "false"
    if isinstance(value, int):
        return str(value)
    if isinstance(value, tuple):
        return f"[{', '.join(f'{number:.2f}'.rstrip('0').rstrip('.') for number in value)}]"
    if PLAIN.fullmatch(value) and value.lower() not in RESERVED:
        return value
    quoted = json.dumps(value, ensure_ascii=False)
    return LINE_BREAKING.sub(lambda match: f"\\u{ord(match[0]):04x}", quoted)
