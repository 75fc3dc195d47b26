"""Scalars: one reader for each kind of value that is written as a single word, figure or text.

Takes a scalar of the tree; gives the value, or raises `InvalidValue` with what would be right. `SCALARS` is the table that
`fields.py` reads by; the JSON Schema and the reference page know the same kinds.
"""

from __future__ import annotations

import math
import re
from collections.abc import Callable
from enum import Enum
from typing import Any

from brochure.color.printing_condition import SHIPPED
from brochure.color.swatch import Paint
from brochure.findings import nearest
from brochure.spec import yaml_tree
from brochure.spec.lengths import InvalidValue, focus, length, share, size, span_of
from brochure.spec.placement import place
from brochure.spec.read_context import ReadContext
from brochure.spec.values import (
    Asset,
    CharacterName,
    ConditionName,
    Example,
    FactName,
    Focus,
    Length,
    MasterName,
    Message,
    Placement,
    Range,
    Share,
    Size,
    StoryName,
    StyleName,
    SwatchName,
)

MAX_CHARACTERS = 300
"""What no length, colour or name is longer than; texts may be."""


def read_scalar(node: yaml_tree.Scalar, annotation: Any, reading: ReadContext) -> Any:
    """The value of the annotated type that a scalar stands for; Wrong where it stands for none."""
    if annotation is not str and len(node.value) > MAX_CHARACTERS:
        raise InvalidValue(f"{what(annotation)} is wanted here, not a long text")
    if isinstance(annotation, type) and issubclass(annotation, Enum):
        return _enum(node, annotation)
    return SCALARS[annotation](node, reading)


def _enum(node: yaml_tree.Scalar, annotation: type[Enum]) -> Enum:
    values = {str(member.value): member for member in annotation}
    if node.value not in values:
        raise InvalidValue(f"'{node.value}' is not possible here", nearest(node.value, values))
    return values[node.value]


def _text(node: yaml_tree.Scalar, reading: ReadContext) -> str:
    return node.value


def _whole(node: yaml_tree.Scalar, reading: ReadContext) -> int:
    if not re.fullmatch(r"[+-]?[0-9]{1,12}", node.value):
        raise InvalidValue(f"'{node.value}' is no whole number", "write it in digits")
    return int(node.value)


def _figure(node: yaml_tree.Scalar, reading: ReadContext) -> float:
    try:
        value = float(node.value)
    except ValueError:
        value = math.nan
    if not math.isfinite(value) or abs(value) > 1e12:
        raise InvalidValue(f"'{node.value}' is no number", "write it in digits, with a point: 9.5")
    return value


YES, NO = ("yes", "true", "on"), ("no", "false", "off")


def _truth(node: yaml_tree.Scalar, reading: ReadContext) -> bool:
    word = node.value.casefold()
    if word not in YES + NO:
        raise InvalidValue(f"'{node.value}' is neither yes nor no", "write yes or no")
    return word in YES


KEY = re.compile(r"[A-Za-z_][\w-]*(?:\.[\w-]+)*")


def _message(node: yaml_tree.Scalar, reading: ReadContext) -> Message:
    if not KEY.fullmatch(node.value):
        shown = node.value if len(node.value) < 30 else node.value[:27] + "…"
        raise InvalidValue(
            f"'{shown}' is no key of a message",
            "words live in content/: name a message there, such as problem.lead",
        )
    return Message(node.value, node.span)


ADDRESS = re.compile(r"//|\\\\|[A-Za-z][A-Za-z0-9+.-]+:|.*://")
"""What begins like an address: a scheme of more than one letter, or the name of a host."""


def _asset(node: yaml_tree.Scalar, reading: ReadContext) -> Asset:
    name = node.value
    if ADDRESS.match(name):
        hint = "nothing is fetched: copy the file into assets/ and name it there"
        raise InvalidValue(f"'{name}' is an address on a network", hint)
    parts = name.split("/")
    if name.startswith(("/", "~")) or ".." in parts or "\\" in name or ":" in parts[0]:
        raise InvalidValue(
            f"'{name}' leads out of assets", "name a file below assets/, with slashes"
        )
    return Asset(name, node.span)


PROFILES = (".icc", ".icm")


def _condition(node: yaml_tree.Scalar, reading: ReadContext) -> ConditionName:
    """A condition that comes with the program, or a profile of somebody's own."""
    if node.value.lower().endswith(PROFILES):
        return ConditionName(_asset(node, reading).path, node.span)
    if node.value not in SHIPPED:
        choices = [*SHIPPED, "a profile in assets, such as profiles/printer.icc"]
        raise InvalidValue(f"unknown press condition '{node.value}'", nearest(node.value, choices))
    return ConditionName(node.value, node.span)


SWATCH = re.compile(r"([A-Za-z_][\w-]*)(?:\s+(\d{1,3}(?:\.\d{1,9})?)\s*%)?")


def _swatch(node: yaml_tree.Scalar, reading: ReadContext) -> SwatchName:
    match = SWATCH.fullmatch(node.value)
    if not match:
        raise InvalidValue(
            f"'{node.value}' is no swatch",
            "name one that is declared under swatches, such as 'ember' or 'ember 20%'",
        )
    reading.swatches.paint(match.group(1))
    strength = float(match.group(2) or 100) / 100
    if strength > 1:
        raise InvalidValue(f"'{node.value}' is more than the whole", "a tint goes from 0% to 100%")
    return SwatchName(match.group(1), node.span, strength)


PLAIN_FIGURE = re.compile(r"[+-]?(0|[1-9][0-9]{0,14})(\.[0-9]{1,9})?")
"""A figure in a table: what begins with a nought is a code, and a comma may mean two things."""


def figure(text: str) -> int | float | None:
    """The figure that is written in a cell; None where it is no plain figure."""
    match = PLAIN_FIGURE.fullmatch(text)
    if not match:
        return None
    return float(text) if match[2] else int(text)


def _example(node: yaml_tree.Scalar, reading: ReadContext) -> Example:
    """A figure, or a text; what stands in quotation marks is a text, whatever it looks like."""
    if len(node.value) > MAX_CHARACTERS:
        raise InvalidValue(
            "this is too long for an example", f"at most {MAX_CHARACTERS} characters"
        )
    value = None if node.quoted else figure(node.value)
    return Example(node.value if value is None else value, node.span)


Reader = Callable[[yaml_tree.Scalar, ReadContext], Any]


def _naming(kind: type) -> Reader:
    """A reader of names of one kind; whether there is such a thing is asked when all has been read."""

    def read(node: yaml_tree.Scalar, reading: ReadContext) -> Any:
        name = kind(node.value, node.span)
        reading.names.append(name)
        return name

    return read


SCALARS: dict[Any, Reader] = {
    str: _text,
    int: _whole,
    float: _figure,
    bool: _truth,
    Length: lambda node, reading: length(node.value),
    Share: lambda node, reading: share(node.value),
    Focus: lambda node, reading: focus(node.value),
    Range: lambda node, reading: span_of(node.value),
    Size: lambda node, reading: size(node.value),
    Placement: lambda node, reading: place(node.value, node.span),
    Message: _message,
    Asset: _asset,
    ConditionName: _condition,
    SwatchName: _swatch,
    StyleName: _naming(StyleName),
    CharacterName: _naming(CharacterName),
    StoryName: _naming(StoryName),
    MasterName: _naming(MasterName),
    FactName: _naming(FactName),
    Example: _example,
    Paint: lambda node, reading: reading.swatches.paint(node.value),
}
"""Which reader reads what, by the type that a field is annotated with."""

WORDS: dict[Any, str] = {
    str: "a text",
    int: "a whole number",
    float: "a number",
    bool: "yes or no",
    Length: "a length",
    Share: "a share (62%)",
    Focus: "a focal point (62% 40%)",
    Range: "a range (80..140)",
    Size: "a size (A5)",
    Placement: "a place",
    Message: "the key of a message",
    Asset: "a file in assets/",
    ConditionName: "a press condition",
    SwatchName: "a swatch",
    StyleName: "a paragraph style",
    CharacterName: "a character style",
    StoryName: "a story",
    MasterName: "a master",
    FactName: "the name of a fact",
    Example: "an example, a text or a figure",
}
"""What the kinds of value are called in messages and on the reference page."""


def what(annotation: Any) -> str:
    """What a kind of value is called in a message."""
    if isinstance(annotation, type) and issubclass(annotation, Enum):
        return "one of " + ", ".join(str(member.value) for member in annotation)
    return WORDS.get(annotation, "a value")
