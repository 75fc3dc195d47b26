"""The JSON Schema of layouts (draft 2020-12), for editors that complete and check while one types.

Takes the block kinds; gives the schema, made from the same models that the reader reads by: a field's type says which
values are possible, its sentence becomes the tooltip. Whatever it passes the reader may still refuse (a style that is not
there), but it refuses nothing that the reader takes.
"""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import is_dataclass
from enum import Enum
from types import NoneType, UnionType
from typing import Any, Union, get_args, get_origin

from brochure.spec import fields, lengths, places
from brochure.spec.fields import SCALARS, WORDS, Kinds, model_fields
from brochure.spec.model import Layout, PageSpec
from brochure.spec.values import (
    Asset,
    FactName,
    Focus,
    Length,
    Message,
    Place,
    Range,
    Share,
    Size,
    SwatchName,
)

Schema = dict[str, Any]

DRAFT = "https://json-schema.org/draft/2020-12/schema"
NOTHING: Schema = {"enum": [None, "none"]}
BLOCKS: Schema = {"$ref": "#/$defs/blocks"}

FORMS: dict[Any, Schema] = {
    int: {"type": "integer"},
    float: {"type": "number"},
    bool: {"enum": [True, False, *fields.YES, *fields.NO]},
    str: {"type": ["string", "number", "boolean"]},
    Length: {"type": ["string", "number"], "examples": ["3 mm", "9.5 pt", "1/2 col", "2 lines"]},
    Share: {"type": "string", "pattern": r"%\s*$", "examples": ["62%"]},
    Focus: {"type": "string", "examples": ["50% 50%", "62% 40%"]},
    Range: {"type": ["string", "number"], "examples": ["80..140"]},
    Size: {"type": "string", "examples": [*lengths.SIZES, "148 x 210 mm"]},
    Place: {
        "type": "string",
        "examples": ["columns 1-4, rows 7-9", "bleed", "spread-bleed", *places.AREAS],
    },
    Message: {"type": "string", "pattern": f"^{fields.KEY.pattern}$"},
    Asset: {"type": "string", "examples": ["photos/dusk.jpg"]},
    SwatchName: {"type": "string", "examples": ["ember", "ember 20%"]},
    FactName: {"type": "string"},
}
"""How each kind of value looks in JSON; those that are not here are plain strings."""


def schema(kinds: Kinds) -> Schema:
    """The schema of a whole layout, with every block kind."""
    definitions: dict[str, Schema] = {"blocks": _blocks(kinds)}
    for name in kinds.names():
        definitions[f"block-{name}"] = _block(name, kinds.model(name), definitions)
    root = _model(Layout, definitions)
    root["properties"]["swatches"] = {
        "type": "object",
        "description": "colours, by name",
        "additionalProperties": {"type": "string"},
    }
    root["properties"]["pages"] = {"type": "array", "items": _page(definitions)}
    return {"$schema": DRAFT, "title": "brochure.yaml", **root, "$defs": definitions}


def _blocks(kinds: Kinds) -> Schema:
    """One block, or a list of them: its kind is the key that no other kind has."""
    one = {"anyOf": [{"$ref": f"#/$defs/block-{name}"} for name in kinds.names()]}
    return {"anyOf": [one, {"type": "array", "items": one}, {"type": "null"}]}


def _block(name: str, model: type, definitions: dict[str, Schema]) -> Schema:
    """A block: the kind's name stands for its first field."""
    whole = _model(model, definitions)
    first, *others = model_fields(model)
    own = whole["properties"].pop(first.key)
    if not first.required:
        own = {"anyOf": [own, {"type": "null"}]}
    properties = {name: own, **whole["properties"]}
    required = [name, *(one.key for one in others if one.required)]
    return {**whole, "properties": properties, "required": required}


def _page(definitions: dict[str, Schema]) -> Schema:
    """A page: its own keys, and any frame's name with what stands in it."""
    filling = {"anyOf": [BLOCKS, _only({"story": {"type": "string"}}, ["story"])]}
    return {**_model(PageSpec, definitions), "additionalProperties": filling}


def _model(model: type, definitions: dict[str, Schema]) -> Schema:
    known = model_fields(model)
    properties = {
        one.key: {**_of(one.annotation, definitions), "description": one.doc} for one in known
    }
    described: Schema = {"description": (model.__doc__ or "").strip().split("\n")[0]}
    return described | _only(properties, [one.key for one in known if one.required])


def _only(properties: Mapping[str, Schema], required: list[str]) -> Schema:
    form: Schema = {"type": "object", "properties": dict(properties), "additionalProperties": False}
    return form | ({"required": required} if required else {})


def _of(annotation: Any, definitions: dict[str, Schema]) -> Schema:  # noqa: PLR0911  # one a form
    """The schema of one type."""
    origin, inner = get_origin(annotation), get_args(annotation)
    if origin in (Union, UnionType):
        forms = [_of(one, definitions) for one in inner if one is not NoneType]
        return {"anyOf": [*forms, *([NOTHING] if NoneType in inner else [])]}
    if origin is tuple:
        if inner[0] is object:
            return dict(BLOCKS)
        one = _of(inner[0], definitions)
        return {"anyOf": [one, {"type": "array", "items": one}]}
    if origin is not None:
        return {"type": "object", "additionalProperties": _of(inner[1], definitions)}
    if isinstance(annotation, type) and issubclass(annotation, Enum):
        return {"enum": [member.value for member in annotation]}
    if is_dataclass(annotation) and annotation not in SCALARS:
        return _reference(annotation, definitions)  # type: ignore[arg-type]  # a dataclass is a type
    return FORMS.get(annotation) or {"type": "string", "description": WORDS.get(annotation, "")}


def _reference(model: type, definitions: dict[str, Schema]) -> Schema:
    """A reference to a model's own definition, made when it is first met."""
    name = model.__name__
    if name not in definitions:
        definitions[name] = {}
        definitions[name] = _model(model, definitions)
    return {"$ref": f"#/$defs/{name}"}
