"""Fields: one reader for each kind of value, chosen by the type that a model annotates its field with.

Takes a node of the tree and a type; gives the value, or `FAILED` with a finding that says where, what was wrong and what
would be right. Models are plain dataclasses: their fields' names (with dashes) are the keys, their defaults say what may
be left out. Block kinds come in through `Kinds`, so that nothing here knows one of them.
"""

from __future__ import annotations

import math
import re
from collections.abc import Callable, Iterator, Mapping
from collections.abc import Mapping as MappingType
from dataclasses import MISSING, dataclass, field, fields, is_dataclass
from enum import Enum
from functools import lru_cache
from types import NoneType, UnionType
from typing import Annotated, Any, Protocol, Union, get_args, get_origin, get_type_hints

from brochure.colour.swatch import Paint
from brochure.findings import Finding, Span, nearest
from brochure.spec import tree
from brochure.spec.colours import Swatches
from brochure.spec.lengths import Wrong, focus, length, share, size, span_of
from brochure.spec.places import place
from brochure.spec.values import (
    Asset,
    CharacterName,
    FactName,
    Focus,
    Length,
    MasterName,
    Message,
    Place,
    Range,
    Share,
    Size,
    StoryName,
    StyleName,
    SwatchName,
)


class Kinds(Protocol):
    """The block kinds, handed down by whoever knows them."""

    def names(self) -> list[str]:
        """Every kind, as a designer writes it."""

    def model(self, name: str) -> type:
        """The dataclass whose fields a block of the kind has; its first field is what follows the kind's name."""

    def styles(self) -> frozenset[str]:
        """The paragraph styles that are there without being written."""


class _Failed(Enum):
    FAILED = "failed"


FAILED = _Failed.FAILED
"""What a reader gives where it could not read; the finding is already among the others."""


@dataclass
class Reading:
    """One reading of a layout: its block kinds, its swatches, and what has been found wrong so far."""

    kinds: Kinds
    swatches: Swatches = field(default_factory=lambda: Swatches({}))
    findings: list[Finding] = field(default_factory=list)

    def wrong(self, code: str, message: str, span: Span, hint: str = "") -> _Failed:
        """Notes a finding; gives FAILED, so that a reader can return it."""
        self.findings.append(Finding(code, message, span, hint))
        return FAILED


@dataclass(frozen=True, slots=True)
class FieldModel:
    """A field of a model: its Python name, its key in YAML, its type, whether it may be left out, its sentence."""

    name: str
    key: str
    annotation: Any
    required: bool
    doc: str


@lru_cache(maxsize=256)
def model_fields(model: type) -> tuple[FieldModel, ...]:
    """The fields that are written; `span` and those without a sentence are filled in by the reader."""
    hints = get_type_hints(model, include_extras=True)
    return tuple(
        FieldModel(
            one.name,
            one.name.replace("_", "-"),
            get_args(hints[one.name])[0],
            one.default is MISSING and one.default_factory is MISSING,
            get_args(hints[one.name])[1],
        )
        for one in fields(model)
        if get_origin(hints[one.name]) is Annotated
    )


@lru_cache(maxsize=256)
def _has_span(model: type) -> bool:
    return any(one.name == "span" for one in fields(model))


# Values


def read_value(node: tree.Node, annotation: Any, reading: Reading) -> Any:
    """The value that a node stands for, of the annotated type; FAILED where it stands for none."""
    origin = get_origin(annotation)
    if origin in (Union, UnionType):
        return _one_of(node, get_args(annotation), reading)
    if origin is tuple:
        wanted = get_args(annotation)[0]
        return _blocks(node, reading) if wanted is object else _listed(node, wanted, reading)
    if origin in (dict, Mapping, MappingType):
        return _mapped(node, get_args(annotation)[1], reading)
    if is_dataclass(annotation) and annotation not in SCALARS:
        return read_model(node, annotation, reading)  # type: ignore[arg-type]
    if not isinstance(node, tree.Scalar):
        return reading.wrong("value-form", f"{_what(annotation)} is wanted here", node.span)
    return _scalar(node, annotation, reading)


def _scalar(node: tree.Scalar, annotation: Any, reading: Reading) -> Any:
    if node.empty and annotation is not str:
        return reading.wrong(
            "value-missing", f"{_what(annotation)} is missing here", node.span, _hash(node)
        )
    try:
        if isinstance(annotation, type) and issubclass(annotation, Enum):
            return _enum(node, annotation)
        return SCALARS[annotation](node, reading)
    except Wrong as wrong:
        return reading.wrong("value", str(wrong), node.span, wrong.hint)


def _hash(node: tree.Scalar) -> str:
    return "a colour with '#' must stand in quotation marks" if node.value == "" else ""


def _enum(node: tree.Scalar, annotation: type[Enum]) -> Enum:
    values = {str(member.value): member for member in annotation}
    if node.value not in values:
        raise Wrong(f"'{node.value}' is not possible here", nearest(node.value, values))
    return values[node.value]


def _one_of(node: tree.Node, annotations: tuple[Any, ...], reading: Reading) -> Any:
    """The first type of a union that the node can be; `none` and nothing stand for None where None is allowed."""
    empty = isinstance(node, tree.Scalar) and (
        node.empty or (node.value == "none" and not node.quoted)
    )
    if NoneType in annotations and empty:
        return None
    wanted = [one for one in annotations if one is not NoneType]
    if isinstance(node, tree.Scalar):
        fitting = [one for one in wanted if not _is_model(one)]
    else:
        fitting = [one for one in wanted if _is_model(one) or get_origin(one) is not None]
    for one in fitting or wanted:
        trial = Reading(reading.kinds, reading.swatches)
        value = read_value(node, one, trial)
        if value is not FAILED and not trial.findings:
            return value
    reading.findings.extend(trial.findings)
    return value


def _is_model(annotation: Any) -> bool:
    return is_dataclass(annotation) and annotation not in SCALARS


def _listed(node: tree.Node, wanted: Any, reading: Reading) -> Any:
    """A list; a single value stands for a list of one."""
    nodes = node.items if isinstance(node, tree.Sequence) else (node,)
    values = [read_value(item, wanted, reading) for item in nodes]
    return FAILED if FAILED in values else tuple(values)


def _mapped(node: tree.Node, wanted: Any, reading: Reading) -> Any:
    if not isinstance(node, tree.Mapping):
        return reading.wrong(
            "value-form", "names with values are wanted here", node.span, "name: value"
        )
    values = {key.value: read_value(value, wanted, reading) for key, value in node.entries}
    return {name: value for name, value in values.items() if value is not FAILED}


# Models


def read_model(node: tree.Node, model: type, reading: Reading, name: str = "") -> Any:
    """A dataclass from a mapping: every key read, unknown and missing ones said."""
    name = name or model.__name__.removesuffix("Spec").casefold()
    if not isinstance(node, tree.Mapping):
        keys = ", ".join(one.key for one in model_fields(model)[:4])
        return reading.wrong(
            "value-form", f"{_article(name)} is wanted here, with keys such as {keys}", node.span
        )
    return build(node.entries, model, reading, name, node.span)


def build(
    entries: tuple[tuple[tree.Scalar, tree.Node], ...],
    model: type,
    reading: Reading,
    name: str,
    span: Span,
) -> Any:
    """The dataclass from its entries."""
    known = {one.key: one for one in model_fields(model)}
    values: dict[str, Any] = {"span": span} if _has_span(model) else {}
    failed = False
    for key, value in entries:
        wanted = known.get(key.value)
        if wanted is None:
            message = f"unknown key '{key.value}' in {name}"
            reading.wrong("key-unknown", message, key.span, nearest(key.value, known))
            continue
        if isinstance(value, tree.Scalar) and value.empty and not wanted.required:
            continue
        read = read_value(value, wanted.annotation, reading)
        failed = failed or (read is FAILED and wanted.required)
        if read is not FAILED:
            values[wanted.name] = read
    given = {key.value for key, _ in entries}
    for one in known.values():
        if one.required and one.key not in given:
            reading.wrong("key-missing", f"{name} needs '{one.key}'", span, one.doc)
            failed = True
    return FAILED if failed else model(**values)


# Blocks


def _blocks(node: tree.Node, reading: Reading) -> Any:
    """Blocks: one mapping, or a list of them."""
    if isinstance(node, tree.Scalar) and node.empty:
        return ()
    nodes = node.items if isinstance(node, tree.Sequence) else (node,)
    read = [_block(item, reading) for item in nodes]
    return tuple(block for block in read if block is not FAILED)


def _block(node: tree.Node, reading: Reading) -> Any:
    """A block: its first key is its kind, whose value is the kind's first field."""
    if not isinstance(node, tree.Mapping) or not node.entries:
        return reading.wrong(
            "block-form", "a block is wanted here", node.span, "for instance 'title: cover.title'"
        )
    (kind, value), *others = node.entries
    known = reading.kinds.names()
    if kind.value not in known:
        hint = nearest(kind.value, known)
        return reading.wrong("block-unknown", f"there is no block '{kind.value}'", kind.span, hint)
    model = reading.kinds.model(kind.value)
    primary = model_fields(model)[0]
    key = tree.Scalar(primary.key, kind.span)
    first = () if isinstance(value, tree.Scalar) and value.empty else ((key, value),)
    return build((*first, *others), model, reading, kind.value, kind.span)


# Scalars


def _text(node: tree.Scalar, reading: Reading) -> str:
    return node.value


def _whole(node: tree.Scalar, reading: Reading) -> int:
    if not re.fullmatch(r"[+-]?\d{1,12}", node.value):
        raise Wrong(f"'{node.value}' is no whole number", "write it in digits")
    return int(node.value)


def _figure(node: tree.Scalar, reading: Reading) -> float:
    try:
        value = float(node.value)
    except ValueError:
        value = math.nan
    if not math.isfinite(value) or abs(value) > 1e12:
        raise Wrong(f"'{node.value}' is no number", "write it in digits, with a point: 9.5")
    return value


YES, NO = ("yes", "true", "on"), ("no", "false", "off")


def _truth(node: tree.Scalar, reading: Reading) -> bool:
    word = node.value.casefold()
    if word not in YES + NO:
        raise Wrong(f"'{node.value}' is neither yes nor no", "write yes or no")
    return word in YES


KEY = re.compile(r"[A-Za-z_][\w-]*(?:\.[\w-]+)*")


def _message(node: tree.Scalar, reading: Reading) -> Message:
    if not KEY.fullmatch(node.value):
        shown = node.value if len(node.value) < 30 else node.value[:27] + "…"
        raise Wrong(
            f"'{shown}' is no key of a message",
            "words live in content/: name a message there, such as problem.lead",
        )
    return Message(node.value, node.span)


def _asset(node: tree.Scalar, reading: Reading) -> Asset:
    if "://" in node.value or node.value.startswith(("//", "data:")):
        raise Wrong(
            f"'{node.value}' is an address", "nothing is fetched: put the file into assets/"
        )
    if node.value.startswith(("/", "\\")) or ".." in node.value.split("/") or "\\" in node.value:
        raise Wrong(
            f"'{node.value}' leads out of assets", "name a file below assets/, with slashes"
        )
    return Asset(node.value, node.span)


SWATCH = re.compile(r"([A-Za-z_][\w-]*)(?:\s+([\d.]+)\s*%)?")


def _swatch(node: tree.Scalar, reading: Reading) -> SwatchName:
    match = SWATCH.fullmatch(node.value)
    if not match:
        raise Wrong(
            f"'{node.value}' is no swatch",
            "name one that is declared under swatches, such as 'ember' or 'ember 20%'",
        )
    reading.swatches.paint(match.group(1))
    strength = float(match.group(2) or 100) / 100
    if strength > 1:
        raise Wrong(f"'{node.value}' is more than the whole", "a tint goes from 0% to 100%")
    return SwatchName(match.group(1), node.span, strength)


Reader = Callable[[tree.Scalar, Reading], Any]

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
    Place: lambda node, reading: place(node.value, node.span),
    Message: _message,
    Asset: _asset,
    SwatchName: _swatch,
    StyleName: lambda node, reading: StyleName(node.value, node.span),
    CharacterName: lambda node, reading: CharacterName(node.value, node.span),
    StoryName: lambda node, reading: StoryName(node.value, node.span),
    MasterName: lambda node, reading: MasterName(node.value, node.span),
    FactName: lambda node, reading: FactName(node.value, node.span),
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
    Place: "a place",
    Message: "the key of a message",
    Asset: "a file in assets/",
    SwatchName: "a swatch",
    StyleName: "a paragraph style",
    CharacterName: "a character style",
    StoryName: "a story",
    MasterName: "a master",
    FactName: "the name of a fact",
}
"""What the kinds of value are called in messages and on the reference page."""


def _what(annotation: Any) -> str:
    if isinstance(annotation, type) and issubclass(annotation, Enum):
        return "one of " + ", ".join(str(member.value) for member in annotation)
    return WORDS.get(annotation, "a value")


def _article(name: str) -> str:
    return f"{'an' if name[:1] in 'aeiou' else 'a'} {name}"


def describe(annotation: Any) -> str:
    """The type in words, for the reference page."""
    origin, inner = get_origin(annotation), get_args(annotation)
    if origin in (Union, UnionType):
        words = [describe(one) for one in inner if one is not NoneType]
        return " or ".join(words) + (", or none" if NoneType in inner else "")
    if origin is tuple:
        return "blocks" if inner[0] is object else f"a list of: {describe(inner[0])}"
    if origin in (dict, Mapping, MappingType):
        return f"names, each with {describe(inner[1])}"
    if _is_model(annotation):
        return f"keys of {annotation.__name__.removesuffix('Spec')}"
    return _what(annotation)


def nested_models(annotation: Any) -> Iterator[type]:
    """The models that a type is made of, not counting blocks."""
    if _is_model(annotation):
        yield annotation
    for inner in get_args(annotation):
        yield from nested_models(inner)
