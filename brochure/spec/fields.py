"""Fields of models: their YAML keys, types and descriptions, as the parser, the schema and the reference pages need them."""

from __future__ import annotations

import re
from collections.abc import Iterator, Mapping
from dataclasses import MISSING, fields, is_dataclass, replace
from functools import lru_cache
from types import NoneType, UnionType
from typing import Annotated, Any, Union, get_args, get_origin

from brochure.fast_dataclass import dataclass, evaluate_annotations
from brochure.spec.block_keys import ConditionalBlocks, SpanningBlocks
from brochure.spec.constraints import Constraint
from brochure.spec.scalars import SCALARS, what


@dataclass(frozen=True, slots=True)
class FieldModel:
    """A field of a model.

    Attributes:
        name: Python name.
        key: YAML key.
        annotation: Type without the field's own constraints.
        limited: Type with constraints.
        required: True if the field has no default.
        doc: Description for the reference pages, tooltips and hints.
    """

    name: str
    key: str
    annotation: Any
    limited: Any
    required: bool
    doc: str


@lru_cache(maxsize=256)
def model_fields(model: type) -> tuple[FieldModel, ...]:
    """Return the fields that have a YAML key: those annotated with a description."""
    hints = evaluate_annotations(model)
    return tuple(
        FieldModel(
            one.name,
            one.name.rstrip("_").replace("_", "-"),  # `from_` is the key `from`
            hints[one.name].__origin__,
            _limited(hints[one.name]),
            one.default is MISSING and one.default_factory is MISSING,
            next(part for part in hints[one.name].__metadata__ if isinstance(part, str)),
        )
        for one in fields(model)
        if get_origin(hints[one.name]) is Annotated
    )


def _limited(hint: Any) -> Any:
    """Return the type with its constraints, without its description."""
    plain, *metadata = get_args(hint)
    limits = tuple(one for one in metadata if not isinstance(one, str))
    return Annotated[(plain, *limits)] if limits else plain


def bare(annotation: Any) -> tuple[Any, tuple[Constraint, ...]]:
    """Split an annotation into the type and its constraints."""
    if get_origin(annotation) is Annotated:
        plain, *limits = get_args(annotation)
        return plain, tuple(limits)
    return annotation, ()


def is_model(annotation: Any) -> bool:
    """Return whether a type is a dataclass that is written as a mapping of keys."""
    return isinstance(annotation, type) and is_dataclass(annotation) and annotation not in SCALARS


CONDITION_KEYS = {one.key: replace(one, required=False) for one in model_fields(ConditionalBlocks)}
SPAN_KEYS = {one.key: replace(one, required=False) for one in model_fields(SpanningBlocks)}
COMMON_KEYS = CONDITION_KEYS | SPAN_KEYS
"""Keys that a block of any kind may have: conditions, and whether it spans columns."""


def block_fields(kind: str, model: type, *, named: bool = True) -> dict[str, FieldModel]:
    """Return the fields of a block by YAML key; the first field has the kind's name as its key.

    If `named` is set, an optional first field also has its own key, for blocks without a value after the kind (`folio:`).
    """
    first, *rest = model_fields(model)
    known = {kind: first} | {one.key: one for one in rest}
    return {**known, first.key: first} if named and not first.required else known


# Descriptions


def model_name(model: type) -> str:
    """Return the name of a model for messages: "paragraph style" for `ParagraphStyleSpec`."""
    return re.sub("(?<!^)(?=[A-Z])", " ", model.__name__.removesuffix("Spec")).casefold()


def describe(annotation: Any) -> str:
    """Describe a type in words, for messages and the reference pages."""
    origin, inner = get_origin(annotation), get_args(annotation)
    if origin in (Union, UnionType):
        words = [describe(one) for one in inner if one is not NoneType]
        return " or ".join(words) + (", or none" if NoneType in inner else "")
    if origin is tuple:
        return "blocks" if inner[0] is object else f"a list of: {describe(inner[0])}"
    if origin is not None and issubclass(origin, Mapping):
        return f"names with values: {describe(inner[1])}"
    if is_model(annotation):
        return f"keys of {model_name(annotation)}"
    return what(annotation)


def nested_models(annotation: Any) -> Iterator[type]:
    """Yield the models that a type contains, except blocks."""
    if is_model(annotation):
        yield annotation
    for inner in get_args(annotation):
        yield from nested_models(inner)
