"""Parse YAML nodes into values and models by their type annotations.

Models are dataclasses: field names with dashes are the YAML keys, and a field with a default is optional. A node that is not
valid adds a finding and yields `FAILED`. Block kinds are passed in as `Kinds`, so that the parser depends on none of them.
"""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import fields, replace
from functools import lru_cache, partial
from types import NoneType, UnionType
from typing import Any, Union, get_args, get_origin

from brochure.color.swatch import Paint
from brochure.findings import Finding, Severity, Span, nearest
from brochure.lazy_pattern import compile_lazily
from brochure.spec import yaml_tree
from brochure.spec.block_keys import WHEN, ConditionalBlocks, SpanningBlocks
from brochure.spec.constraints import Constraint, MaxItems, Names
from brochure.spec.fields import (
    COMMON_KEYS,
    CONDITION_KEYS,
    SPAN_KEYS,
    FieldModel,
    bare,
    block_fields,
    describe,
    is_model,
    model_fields,
    model_name,
)
from brochure.spec.lengths import InvalidValue
from brochure.spec.read_context import FAILED, ReadContext
from brochure.spec.repeat import REPEAT, RepeatedBlocks
from brochure.spec.scalars import read_scalar, what
from brochure.spec.spellings import find_repeated_keys, match_spelling, suggest_key
from brochure.spec.values import Placement, SwatchName


@lru_cache(maxsize=256)
def _has_span(model: type) -> bool:
    return any(one.name == "span" for one in fields(model))


# Values


def read_value(node: yaml_tree.Node, annotation: Any, reading: ReadContext) -> Any:
    """Parse a node as the annotated type; return FAILED and add a finding if it is not valid."""
    plain, limits = bare(annotation)
    value = _read(node, plain, reading)
    if value is FAILED:
        return value
    if not isinstance(node, yaml_tree.Scalar):
        return _limit_items(value, limits, node.span, reading)
    for limit in limits:
        if isinstance(limit, Names):
            reading.names.append(limit.kind(node.value, node.span))
        breach = limit.breach(value)
        if breach:
            hint = breach.right or partial(nearest, node.value, getattr(limit, "words", ()))
            return reading.wrong("value", f"'{node.value}' {breach.what}", node.span, hint)
    return value


def _limit_items(
    value: Any, limits: tuple[Constraint, ...], span: Span, reading: ReadContext
) -> Any:
    """Return a list, or FAILED and a finding if it has too many items."""
    for limit in limits:
        breach = limit.breach(value) if isinstance(limit, MaxItems) else None
        if breach:
            return reading.wrong("value", f"the list {breach.what}", span, breach.right)
    return value


def _read(node: yaml_tree.Node, annotation: Any, reading: ReadContext) -> Any:
    origin = get_origin(annotation)
    if origin in (Union, UnionType):
        return _one_of(node, annotation, reading)
    if origin is tuple:
        item = get_args(annotation)[0]
        return _blocks(node, reading) if item is object else _list(node, item, reading)
    if origin is not None and issubclass(origin, Mapping):
        key, value = get_args(annotation)
        return _mapping(node, key, value, reading)
    if is_model(annotation):
        return read_model(node, annotation, reading)
    if not isinstance(node, yaml_tree.Scalar):
        message = f"expected {what(annotation)}, not {_form(node)}"
        return reading.wrong("value-form", message, node.span)
    return _scalar(node, annotation, reading)


def _scalar(node: yaml_tree.Scalar, annotation: Any, reading: ReadContext) -> Any:
    if node.empty and annotation is not str:
        hint = HASH if annotation in (SwatchName, Paint) else ""
        message = f"the value is missing; expected {what(annotation)}"
        return reading.wrong("value-missing", message, node.span, hint)
    try:
        return read_scalar(node, annotation, reading)
    except InvalidValue as error:
        return reading.wrong("value", str(error), node.span, error.hint)


HASH = "'#' begins a comment; put a colour with '#' in quotes, e.g. '#e4572e'"


def _form(node: yaml_tree.Node) -> str:
    if isinstance(node, yaml_tree.Scalar):
        return f"'{node.value}'" if len(node.value) < 30 else "a long text"
    return "a list" if isinstance(node, yaml_tree.Sequence) else "keys with values"


# Unions


def _one_of(node: yaml_tree.Node, union: Any, reading: ReadContext) -> Any:
    """Parse a node as the first type of a union that accepts it; `none` and an empty value are None if allowed."""
    if NoneType in get_args(union) and _is_none(node):
        return None
    types = [one for one in get_args(union) if one is not NoneType]
    if len(types) == 1:
        return read_value(node, types[0], reading)
    candidates = [one for one in types if _accepts_form(bare(one)[0], node)]
    if FIGURE_OR_TEXT.issubset(types) and _is_text(node):
        candidates = [str]
    if not candidates:
        message = f"expected {_join(types, 'or')}, not {_form(node)}"
        return reading.wrong("value-form", message, node.span)
    trials = []
    for one in candidates:
        trial = reading.trial()
        value = read_value(node, one, trial)
        if value is not FAILED and not trial.findings:
            reading.take(trial)
            if isinstance(value, str) and FIGURE_OR_TEXT.issubset(types):
                _warn_of_comment(node, reading)
            return value
        trials.append(trial)
    if len(candidates) == 1 or isinstance(node, yaml_tree.Mapping):
        reading.take(trials[_find_meant(node, candidates)])
        return FAILED
    findings = (finding for trial in trials for finding in trial.findings)
    hints = dict.fromkeys(finding.hint for finding in findings if finding.hint)
    message = f"{_form(node)} is neither {_join(candidates, 'nor')}"
    return reading.wrong("value", message, node.span, "; or ".join(hints))


def _find_meant(node: yaml_tree.Node, candidates: list[Any]) -> int:
    """Return the index of the model that knows most keys of a mapping; the first of equals."""
    keys = {key.value for key, _ in node.entries} if isinstance(node, yaml_tree.Mapping) else set()
    models = [one if is_model(one) else None for one, _ in map(bare, candidates)]
    known = [len(keys & {one.key for one in model_fields(each)}) if each else 0 for each in models]
    return known.index(max(known))


def _warn_of_comment(node: yaml_tree.Node, reading: ReadContext) -> None:
    """Warn of a comment that ends a text, which may be meant as part of it: `Suite #4`."""
    if isinstance(node, yaml_tree.Scalar) and node.comment:
        message = f"'{node.comment}' is a comment and is not printed"
        hint = "put the text in quotes, or the comment on a line of its own"
        reading.findings.append(Finding("copy-comment", message, node.span, hint, Severity.WARNING))


FIGURE_OR_TEXT = frozenset({int, float, str})
"""The types of a variable."""
NOT_A_FIGURE = compile_lazily(r"\+\d|[+-]?0\d")
"""The start of a telephone number or a code, which would lose its sign or its zeros as a number."""


def _is_text(node: yaml_tree.Node) -> bool:
    """Return True if a scalar is a text even if it consists of digits: it is quoted, or starts with `+` or a zero."""
    return isinstance(node, yaml_tree.Scalar) and (
        node.quoted or NOT_A_FIGURE.match(node.value) is not None
    )


def _is_none(node: yaml_tree.Node) -> bool:
    return isinstance(node, yaml_tree.Scalar) and (
        node.empty or (node.value == "none" and not node.quoted)
    )


def _accepts_form(annotation: Any, node: yaml_tree.Node) -> bool:
    """Return whether a type can be written as a scalar, a sequence or a mapping, whichever the node is."""
    origin = get_origin(annotation)
    if origin in (Union, UnionType):
        return any(_accepts_form(bare(one)[0], node) for one in get_args(annotation))
    if isinstance(node, yaml_tree.Sequence):
        return origin is tuple
    inner = get_args(annotation)[0] if origin is tuple else annotation
    maps = is_model(inner) or inner is object or (origin is not None and origin is not tuple)
    return maps is isinstance(node, yaml_tree.Mapping)


def _join(types: list[Any], word: str) -> str:
    *others, last = [describe(bare(one)[0]) for one in types]
    return f"{', '.join(others)} {word} {last}" if others else last


# Lists and mappings


def _list(node: yaml_tree.Node, item: Any, reading: ReadContext) -> Any:
    """Parse a list; a single value is a list of one."""
    nodes = node.items if isinstance(node, yaml_tree.Sequence) else (node,)
    values = [read_value(one, item, reading) for one in nodes]
    return FAILED if FAILED in values else tuple(values)


def _mapping(node: yaml_tree.Node, key_type: Any, value_type: Any, reading: ReadContext) -> Any:
    if not isinstance(node, yaml_tree.Mapping):
        message = f"expected names with values, not {_form(node)}"
        return reading.wrong("value-form", message, node.span, "write 'name: value'")
    values = {}
    for key, node_of_value in node.entries:
        value = read_value(node_of_value, value_type, reading)
        if read_value(key, key_type, reading) is FAILED or value is FAILED:
            reading.broken.add(key.value)
        else:
            values[key.value] = value
    return values


# Models

Entries = tuple[tuple[yaml_tree.Scalar, yaml_tree.Node], ...]
Known = Mapping[str, FieldModel]
"""Fields of a mapping by YAML key."""


def read_model(node: yaml_tree.Node, model: type, reading: ReadContext, name: str = "") -> Any:
    """Parse a mapping as a model; `name` is what messages call it."""
    name = name or model_name(model)
    if not isinstance(node, yaml_tree.Mapping):
        keys = ", ".join(one.key for one in model_fields(model)[:4])
        message = f"expected keys of {name}, not {_form(node)}"
        return reading.wrong("value-form", message, node.span, f"such as {keys}")
    return build(node.entries, model, reading, name, node.span)


def build(entries: Entries, model: type, reading: ReadContext, name: str, span: Span) -> Any:
    """Parse the entries of a mapping as a model."""
    known = {one.key: one for one in model_fields(model)}
    return _build(entries, known, model, reading, name, span)


def _build(
    entries: Entries, known: Known, model: type, reading: ReadContext, name: str, span: Span
) -> Any:
    values: dict[str, Any] = {"span": span} if _has_span(model) else {}
    values |= read_entries(entries, known, reading, name)
    given = {match_spelling(key.value, known) for key, _ in entries}
    required = {key: one for key, one in known.items() if one.required}
    for key, one in required.items():
        if key not in given:
            reading.wrong("key-missing", f"{name} needs '{key}'", span, one.doc)
        if one.name not in values and one.annotation is Placement:
            # A default placement, so that pages that fill this frame are not reported as well.
            values[one.name] = Placement(span)
    return model(**values) if all(one.name in values for one in required.values()) else FAILED


FORMER_BLOCKS = {
    "vector": "write 'image'",
    "grid": "for a grid of frames, write 'repeat' on a frame",
}
"""Current names of block kinds that were merged or renamed."""


def read_entries(entries: Entries, known: Known, reading: ReadContext, name: str) -> dict[str, Any]:
    """Parse the values of known keys; return those that are valid by Python field name."""
    values: dict[str, Any] = {}
    for key, message in find_repeated_keys((key for key, _ in entries), known):
        reading.wrong("key-repeated", message, key.span, "remove one of them")
    for key, node in entries:
        field = known.get(match_spelling(key.value, known))
        if field is None:
            message = f"unknown key '{key.value}' in {name}"
            reading.wrong("key-unknown", message, key.span, partial(suggest_key, key.value, known))
        elif not (isinstance(node, yaml_tree.Scalar) and node.empty and not field.required):
            value = read_value(node, field.limited, reading)
            if value is not FAILED:
                values[field.name] = value
    return values


# Blocks


def _blocks(node: yaml_tree.Node, reading: ReadContext) -> Any:
    """Parse one block, or a list of blocks."""
    if isinstance(node, yaml_tree.Scalar) and node.empty:
        return ()
    nodes = node.items if isinstance(node, yaml_tree.Sequence) else (node,)
    blocks = [_block(item, reading) for item in nodes]
    return tuple(block for block in blocks if block is not FAILED)


def _block(node: yaml_tree.Node, reading: ReadContext) -> Any:
    """Parse a block: the first key is its kind, and the value of that key is the first field."""
    if not isinstance(node, yaml_tree.Mapping) or not node.entries:
        message = f"expected a block, not {_form(node)}"
        return reading.wrong("block-form", message, node.span, "e.g. 'title: cover.title'")
    kind, value = node.entries[0]
    kinds = [*reading.kinds.names(), REPEAT]
    if kind.value not in kinds:
        former = FORMER_BLOCKS.get(kind.value)
        hint = former or partial(nearest, kind.value, kinds)
        return reading.wrong("block-unknown", f"unknown block '{kind.value}'", kind.span, hint)
    model = RepeatedBlocks if kind.value == REPEAT else reading.kinds.model(kind.value)
    empty = isinstance(value, yaml_tree.Scalar) and value.empty
    known = block_fields(kind.value, model, named=empty)
    own, spanning = split_keys(node.entries, SPAN_KEYS)
    conditions: Entries = ()
    if kind.value != REPEAT or node.get(WHEN) is not None:
        own, conditions = split_keys(own, CONDITION_KEYS)
    block = _build(own, COMMON_KEYS | known, model, reading, kind.value, kind.span)
    for keys, wrapper in ((spanning, SpanningBlocks), (conditions, ConditionalBlocks)):
        if keys:
            made = build(keys, wrapper, reading, kind.value, kind.span)
            block = FAILED if FAILED in (block, made) else replace(made, content=(block,))
    return block


def split_keys(entries: Entries, keys: Known) -> tuple[Entries, Entries]:
    """Return the entries of a block's own keys, and those of keys that blocks of any kind have."""
    common = tuple(entry for entry in entries if entry[0].value in keys)
    return tuple(entry for entry in entries if entry not in common), common
