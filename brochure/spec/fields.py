"""Fields: the readers of values and models, chosen by the type that a model annotates its field with.

Takes a node of the tree and a type; gives the value, or `FAILED` with a finding that says where, what was wrong and what
would be right. Models are plain dataclasses: their fields' names (with dashes) are the keys, their defaults say what may
be left out. Block kinds come in through `Kinds`, so that nothing here knows one of them.
"""

from __future__ import annotations

import re
from collections.abc import Iterator, Mapping
from dataclasses import MISSING, fields, is_dataclass
from functools import lru_cache
from types import NoneType, UnionType
from typing import Annotated, Any, Union, get_args, get_origin, get_type_hints

from brochure.color.swatch import Paint
from brochure.fast_dataclass import dataclass
from brochure.findings import Span, nearest
from brochure.spec import yaml_tree
from brochure.spec.constraints import Constraint, Names
from brochure.spec.lengths import InvalidValue
from brochure.spec.read_context import FAILED, ReadContext
from brochure.spec.scalars import SCALARS, read_scalar, what
from brochure.spec.values import Placement, SwatchName


@dataclass(frozen=True, slots=True)
class FieldModel:
    """A field of a model: its Python name, its key in YAML, its type, whether it may be left out, its sentence.

    `limited` is the type with the limits that its values must keep to; `annotation` is the same without them.
    """

    name: str
    key: str
    annotation: Any
    limited: Any
    required: bool
    doc: str


@lru_cache(maxsize=256)
def model_fields(model: type) -> tuple[FieldModel, ...]:
    """The fields that are written; `span` and those without a sentence are filled in by the reader."""
    hints, plain = get_type_hints(model, include_extras=True), get_type_hints(model)
    return tuple(
        FieldModel(
            one.name,
            one.name.replace("_", "-"),
            plain[one.name],
            _limited(hints[one.name]),
            one.default is MISSING and one.default_factory is MISSING,
            next(said for said in hints[one.name].__metadata__ if isinstance(said, str)),
        )
        for one in fields(model)
        if get_origin(hints[one.name]) is Annotated
    )


def _limited(hint: Any) -> Any:
    """The type with its limits, without its sentence."""
    plain, *said = get_args(hint)
    limits = tuple(one for one in said if not isinstance(one, str))
    return Annotated[(plain, *limits)] if limits else plain


def bare(annotation: Any) -> tuple[Any, tuple[Constraint, ...]]:
    """A type without its limits, and these."""
    if get_origin(annotation) is Annotated:
        plain, *limits = get_args(annotation)
        return plain, tuple(limits)
    return annotation, ()


@lru_cache(maxsize=256)
def _has_span(model: type) -> bool:
    return any(one.name == "span" for one in fields(model))


# Values


def read_value(node: yaml_tree.Node, annotation: Any, reading: ReadContext) -> Any:
    """The value that a node stands for, of the annotated type; FAILED where it stands for none."""
    plain, limits = bare(annotation)
    value = _read(node, plain, reading)
    if not isinstance(node, yaml_tree.Scalar) or value is FAILED:
        return value
    for limit in limits:
        if isinstance(limit, Names):
            reading.names.append(limit.kind(node.value, node.span))
        breach = limit.breach(value)
        if breach:
            hint = breach.right or nearest(node.value, getattr(limit, "words", ()))
            return reading.wrong("value", f"'{node.value}' {breach.what}", node.span, hint)
    return value


def _read(node: yaml_tree.Node, annotation: Any, reading: ReadContext) -> Any:
    origin = get_origin(annotation)
    if origin in (Union, UnionType):
        return _one_of(node, annotation, reading)
    if origin is tuple:
        wanted = get_args(annotation)[0]
        return _blocks(node, reading) if wanted is object else _listed(node, wanted, reading)
    if origin is not None and issubclass(origin, Mapping):
        named, wanted = get_args(annotation)
        return _mapped(node, named, wanted, reading)
    if is_model(annotation):
        return read_model(node, annotation, reading)
    if not isinstance(node, yaml_tree.Scalar):
        message = f"{what(annotation)} is wanted here, not {_form(node)}"
        return reading.wrong("value-form", message, node.span)
    return _scalar(node, annotation, reading)


def _scalar(node: yaml_tree.Scalar, annotation: Any, reading: ReadContext) -> Any:
    if node.empty and annotation is not str:
        hint = HASH if annotation in (SwatchName, Paint) else ""
        return reading.wrong(
            "value-missing", f"{what(annotation)} is missing here", node.span, hint
        )
    try:
        return read_scalar(node, annotation, reading)
    except InvalidValue as wrong:
        return reading.wrong("value", str(wrong), node.span, wrong.hint)


HASH = "a colour with '#' must stand in quotation marks"


def _form(node: yaml_tree.Node) -> str:
    if isinstance(node, yaml_tree.Scalar):
        return f"'{node.value}'" if len(node.value) < 30 else "a text"
    return "a list" if isinstance(node, yaml_tree.Sequence) else "keys with values"


# Unions


def _one_of(node: yaml_tree.Node, union: Any, reading: ReadContext) -> Any:
    """The first type of a union that the node can be; `none` and nothing stand for None where None is allowed."""
    if NoneType in get_args(union) and _is_nothing(node):
        return None
    wanted = [one for one in get_args(union) if one is not NoneType]
    fitting = [one for one in wanted if _takes(bare(one)[0], node)]
    if not fitting and len(wanted) == 1:
        return read_value(node, wanted[0], reading)
    if not fitting:
        message = f"this should be {_either(wanted, 'or')}, not {_form(node)}"
        return reading.wrong("value-form", message, node.span)
    trials = []
    for one in fitting:
        trial = reading.trial()
        value = read_value(node, one, trial)
        if value is not FAILED and not trial.findings:
            reading.take(trial)
            return value
        trials.append(trial)
    if len(fitting) == 1:
        reading.take(trials[0])
        return value
    hints = dict.fromkeys(found.hint for trial in trials for found in trial.findings if found.hint)
    message = f"{_form(node)} is neither {_either(fitting, 'nor')}"
    return reading.wrong("value", message, node.span, "; or ".join(hints))


def _is_nothing(node: yaml_tree.Node) -> bool:
    return isinstance(node, yaml_tree.Scalar) and (
        node.empty or (node.value == "none" and not node.quoted)
    )


def _takes(annotation: Any, node: yaml_tree.Node) -> bool:
    """Whether a type can be written in the node's form at all."""
    origin = get_origin(annotation)
    if origin in (Union, UnionType):
        return any(_takes(bare(one)[0], node) for one in get_args(annotation))
    if isinstance(node, yaml_tree.Sequence):
        return origin is tuple
    inner = get_args(annotation)[0] if origin is tuple else annotation
    maps = is_model(inner) or inner is object or (origin is not None and origin is not tuple)
    return maps is isinstance(node, yaml_tree.Mapping)


def _either(kinds: list[Any], word: str) -> str:
    *others, last = [describe(bare(kind)[0]) for kind in kinds]
    return f"{', '.join(others)} {word} {last}" if others else last


def is_model(annotation: Any) -> bool:
    """Whether a type is a dataclass of fields, not a value that is written as one word."""
    return isinstance(annotation, type) and is_dataclass(annotation) and annotation not in SCALARS


# Lists and names


def _listed(node: yaml_tree.Node, wanted: Any, reading: ReadContext) -> Any:
    """A list; a single value stands for a list of one."""
    nodes = node.items if isinstance(node, yaml_tree.Sequence) else (node,)
    values = [read_value(item, wanted, reading) for item in nodes]
    return FAILED if FAILED in values else tuple(values)


def _mapped(node: yaml_tree.Node, named: Any, wanted: Any, reading: ReadContext) -> Any:
    if not isinstance(node, yaml_tree.Mapping):
        message = f"names with values are wanted here, not {_form(node)}"
        return reading.wrong("value-form", message, node.span, "name: value")
    values = {}
    for key, value in node.entries:
        read = read_value(value, wanted, reading)
        if read_value(key, named, reading) is FAILED or read is FAILED:
            reading.broken.add(key.value)
        else:
            values[key.value] = read
    return values


# Models

Entries = tuple[tuple[yaml_tree.Scalar, yaml_tree.Node], ...]
Known = Mapping[str, FieldModel]
"""The fields that a mapping may have, by the keys that they are written under."""


def read_model(node: yaml_tree.Node, model: type, reading: ReadContext, name: str = "") -> Any:
    """A dataclass from a mapping: every key read, unknown and missing ones said."""
    name = name or _name(model)
    if not isinstance(node, yaml_tree.Mapping):
        keys = ", ".join(one.key for one in model_fields(model)[:4])
        message = f"keys of {name} are wanted here, not {_form(node)}"
        return reading.wrong("value-form", message, node.span, f"such as {keys}")
    return build(node.entries, model, reading, name, node.span)


def build(entries: Entries, model: type, reading: ReadContext, name: str, span: Span) -> Any:
    """The dataclass from its entries."""
    return _built(
        entries, {one.key: one for one in model_fields(model)}, model, reading, name, span
    )


def _built(
    entries: Entries, known: Known, model: type, reading: ReadContext, name: str, span: Span
) -> Any:
    values: dict[str, Any] = {"span": span} if _has_span(model) else {}
    values |= read_entries(entries, known, reading, name)
    given = {key.value for key, _ in entries}
    required = {key: one for key, one in known.items() if one.required}
    for key, one in required.items():
        if key not in given:
            reading.wrong("key-missing", f"{name} needs '{key}'", span, one.doc)
        if one.name not in values and one.annotation is Placement:
            # A stand-in, so that whoever fills the frame is not told that there is none.
            values[one.name] = Placement(span)
    return model(**values) if all(one.name in values for one in required.values()) else FAILED


FORMER_KEYS = {
    "rise": "baseline-shift",
    "optical": "optical-size",
    "hang": "hanging-punctuation",
    "strike": "strikethrough",
    "last-line": "min-last-line",
    "hyphenate": "hyphenation",
    "grow": "auto-size",
    "reading": "reading-order",
    "wrap": "text-wrap",
    "focus": "focal-point",
    "drop": "drop-cap",
    "ladder": "max-consecutive",
    "shortest": "min-word",
    "black-point": "black-point-compensation",
    "ink-limit": "total-ink-limit",
    "source": "source-language",
    "start": "first-page",
    "facts": "variables",
    "records": "merge-fields",
    "styles": "paragraph-styles",
    "characters": "character-styles",
    "before": "min-before",
    "after": "min-after",
    "bars": "color-bars",
    "information": "page-information",
    "fit": "copyfit",
}
"""Keys that have been renamed, with their names now."""


def read_entries(entries: Entries, known: Known, reading: ReadContext, name: str) -> dict[str, Any]:
    """The values that are written under known keys and can be read, by their fields' Python names."""
    values: dict[str, Any] = {}
    for key, value in entries:
        wanted = known.get(key.value)
        if wanted is None:
            message = f"unknown key '{key.value}' in {name}"
            reading.wrong("key-unknown", message, key.span, _right_key(key.value, known))
        elif not (isinstance(value, yaml_tree.Scalar) and value.empty and not wanted.required):
            read = read_value(value, wanted.limited, reading)
            if read is not FAILED:
                values[wanted.name] = read
    return values


def _right_key(written: str, known: Known) -> str:
    """The new name of a key that has been renamed; else the nearest of those that are known."""
    now = FORMER_KEYS.get(written, "")
    return f"'{written}' is now '{now}'" if now in known else nearest(written, known)


# Blocks


def _blocks(node: yaml_tree.Node, reading: ReadContext) -> Any:
    """Blocks: one mapping, or a list of them."""
    if isinstance(node, yaml_tree.Scalar) and node.empty:
        return ()
    nodes = node.items if isinstance(node, yaml_tree.Sequence) else (node,)
    read = [_block(item, reading) for item in nodes]
    return tuple(block for block in read if block is not FAILED)


def _block(node: yaml_tree.Node, reading: ReadContext) -> Any:
    """A block: its first key is its kind, whose value is the kind's first field."""
    if not isinstance(node, yaml_tree.Mapping) or not node.entries:
        return reading.wrong(
            "block-form", "a block is wanted here", node.span, "for instance 'title: cover.title'"
        )
    kind, value = node.entries[0]
    kinds = reading.kinds.names()
    if kind.value not in kinds:
        hint = nearest(kind.value, kinds)
        return reading.wrong("block-unknown", f"there is no block '{kind.value}'", kind.span, hint)
    model = reading.kinds.model(kind.value)
    empty = isinstance(value, yaml_tree.Scalar) and value.empty
    known = block_fields(kind.value, model, named=empty)
    return _built(node.entries, known, model, reading, kind.value, kind.span)


def block_fields(kind: str, model: type, *, named: bool = True) -> dict[str, FieldModel]:
    """The fields of a block by their keys: the kind's name stands for the first of them.

    A first field that may be left out can be `named` by its own key, where nothing follows the kind: `folio:`.
    """
    first, *rest = model_fields(model)
    known = {kind: first} | {one.key: one for one in rest}
    return {**known, first.key: first} if named and not first.required else known


# In words


def _name(model: type) -> str:
    """What a model is called: `ParagraphStyle` is a paragraph style."""
    return re.sub("(?<!^)(?=[A-Z])", " ", model.__name__.removesuffix("Spec")).casefold()


def describe(annotation: Any) -> str:
    """The type in words, for the reference page."""
    origin, inner = get_origin(annotation), get_args(annotation)
    if origin in (Union, UnionType):
        words = [describe(one) for one in inner if one is not NoneType]
        return " or ".join(words) + (", or none" if NoneType in inner else "")
    if origin is tuple:
        return "blocks" if inner[0] is object else f"a list of: {describe(inner[0])}"
    if origin is not None and issubclass(origin, Mapping):
        return f"names, each with {describe(inner[1])}"
    if is_model(annotation):
        return f"keys of {_name(annotation)}"
    return what(annotation)


def nested_models(annotation: Any) -> Iterator[type]:
    """The models that a type is made of, not counting blocks."""
    if is_model(annotation):
        yield annotation
    for inner in get_args(annotation):
        yield from nested_models(inner)
