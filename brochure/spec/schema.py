"""Generate the JSON Schema (draft 2020-12) of layouts, for completion and validation in editors.

The schema is generated from the models that the parser uses: types, constraints, and descriptions as tooltips. It accepts
every valid layout, and some invalid ones (a reference to an unknown style, for example).
"""

from __future__ import annotations

import json
from collections.abc import Iterable, Mapping
from enum import Enum
from functools import lru_cache
from types import NoneType, UnionType
from typing import Annotated, Any, Union, get_args, get_origin

from brochure.color.printing_condition import SHIPPED
from brochure.spec import gradients, lengths, placement, scalars
from brochure.spec.constraints import LANGUAGE, Bounds, Constraint, MaxItems, OneOf, Pattern
from brochure.spec.fields import (
    COMMON_KEYS,
    FieldModel,
    bare,
    block_fields,
    is_model,
    model_fields,
)
from brochure.spec.model import Layout, PageSpec
from brochure.spec.read_context import Kinds
from brochure.spec.repeat import REPEAT, RepeatedBlocks
from brochure.spec.spellings import other_spelling
from brochure.spec.values import (
    Asset,
    BackgroundName,
    CellCondition,
    ColumnName,
    ConditionName,
    DataAsset,
    Example,
    FactName,
    Focus,
    FolioMessage,
    LanguageName,
    Length,
    LiteralMessage,
    Message,
    Placement,
    Range,
    Share,
    Size,
    SwatchName,
    WrittenFigure,
)

Schema = dict[str, Any]

DRAFT = "https://json-schema.org/draft/2020-12/schema"
NULL: Schema = {"type": "null"}
NOTHING: Schema = {"enum": [None, "none"]}
BLOCKS: Schema = {"$ref": "#/$defs/blocks"}
UNIT = "|".join([*lengths.POINTS, *lengths.RELATIVE])

FORMS: dict[Any, Schema] = {
    int: {"type": ["integer", "string"], "pattern": r"^[+-]?[0-9]{1,12}$"},
    float: {"type": ["number", "string"], "pattern": r"^\s*[+-]?[0-9_.]+([eE][+-]?[0-9]+)?\s*$"},
    WrittenFigure: {
        "type": ["number", "string"],
        "pattern": r"^\s*[+-]?[0-9_.]+([eE][+-]?[0-9]+)?\s*$",
    },
    bool: {
        "anyOf": [
            {"enum": [True, False, *scalars.YES, *scalars.NO]},
            {
                "type": "string",
                "pattern": "^([Yy][Ee][Ss]|[Tt][Rr][Uu][Ee]|[Oo][NnFf]+|[Nn][Oo]|[Ff][Aa][Ll][Ss][Ee])$",
            },
        ]
    },
    str: {"type": ["string", "number", "boolean"]},
    Length: {
        "type": ["string", "number"],
        "pattern": rf"^\s*[+-]?[0-9./ ]+\s*({UNIT})?\s*$",
        "minimum": 0,
        "maximum": 0,
        "examples": ["3 mm", "9.5 pt", "1/2 col", "2 lines"],
    },
    Share: {"type": "string", "pattern": r"%\s*$", "examples": ["62%"]},
    Focus: {"type": "string", "pattern": r"%.*%\s*$", "examples": ["50% 50%", "62% 40%"]},
    Range: {"type": ["string", "number"], "pattern": "[0-9]", "examples": ["80..140"]},
    Size: {"type": "string", "examples": [*lengths.SIZES, "148 x 210 mm"]},
    Placement: {
        "type": "string",
        "examples": ["columns 1-4, rows 7-9", *placement.AREAS, "below photo, gap 3 mm"],
    },
    Message: {"type": "string", "pattern": f"^{scalars.KEY.pattern}$"},
    FolioMessage: {"type": "string", "pattern": f"^{scalars.KEY.pattern}$"},
    LiteralMessage: {"type": "string", "pattern": f"^{scalars.KEY.pattern}$"},
    Asset: {"type": "string", "examples": ["photos/dusk.jpg"]},
    DataAsset: {"type": "string", "examples": ["finance.csv"]},
    CellCondition: {"type": ["string", "number"], "examples": [">= 100"]},
    ColumnName: {"type": ["string", "number"], "examples": ["2025"]},
    ConditionName: {
        "type": "string",
        "pattern": rf"^({'|'.join(SHIPPED)})$|\.[Ii][Cc][CcMm]$",
        "examples": [*SHIPPED, "profiles/printer.icc"],
    },
    SwatchName: {"type": "string", "examples": ["ember", "ember 20%"]},
    BackgroundName: {"type": "string", "examples": ["ember", "ember 20%", "dusk"]},
    FactName: {"type": "string"},
    LanguageName: {"type": "string", "pattern": f"^({LANGUAGE.pattern})$"},
    Example: {"type": ["string", "number", "boolean"], "maxLength": scalars.MAX_CHARACTERS},
}
"""The schema of each value type; other types are plain strings."""


@lru_cache(maxsize=1)
def encode_schema(kinds: Kinds) -> bytes:
    """Return the schema of a layout as the file beside it."""
    return json.dumps(schema(kinds), ensure_ascii=False, indent=2).encode()


def schema(kinds: Kinds) -> Schema:
    """Return the schema of a layout with the given block kinds."""
    definitions: dict[str, Schema] = {"blocks": _blocks(kinds)}
    for name in kinds.names():
        definitions[f"block-{name}"] = _block(name, kinds.model(name), definitions)
    definitions[f"block-{REPEAT}"] = _block(REPEAT, RepeatedBlocks, definitions)
    root = _model(Layout, definitions)
    root["properties"]["swatches"] = {
        "description": "colours by name",
        "anyOf": [
            {
                "type": "object",
                "additionalProperties": {"anyOf": [{"type": "string"}, gradients.SCHEMA]},
            },
            NULL,
        ],
    }
    root["properties"]["pages"] = {
        "description": root["properties"]["pages"]["description"],
        "type": "array",
        "minItems": 1,
        "items": _reference(PageSpec, definitions),
    }
    description = {"description": root["properties"]["spine"]["description"]}
    root["properties"]["spine"] = description | {"anyOf": [_reference(PageSpec, definitions), NULL]}
    return {"$schema": DRAFT, "title": "brochure.yaml", **root, "$defs": definitions}


def model_schema(model: type, title: str) -> Schema:
    """Return the schema of a file whose keys are the fields of a model without blocks."""
    definitions: dict[str, Schema] = {}
    root = _model(model, definitions)
    return {"$schema": DRAFT, "title": title, **root, "$defs": definitions}


# Blocks and pages


def _blocks(kinds: Kinds) -> Schema:
    """Return the schema of one block or a list of blocks."""
    one = {"anyOf": [{"$ref": f"#/$defs/block-{name}"} for name in (*kinds.names(), REPEAT)]}
    return {"anyOf": [one, {"type": "array", "items": one}, NULL]}


def _block(name: str, model: type, definitions: dict[str, Schema]) -> Schema:
    """Return the schema of a block, whose first field has the kind's name as its key."""
    form = _keys(COMMON_KEYS | block_fields(name, model), definitions) | _description(model)
    return {**form, "required": list(dict.fromkeys([name, *form.get("required", [])]))}


def _page(definitions: dict[str, Schema]) -> Schema:
    """Return the schema of a page: its own keys, and any frame name with content."""
    story = {"type": "object", "properties": {"story": {"type": "string"}}, "required": ["story"]}
    fill = {"anyOf": [BLOCKS, story | {"additionalProperties": False}]}
    return {**_model(PageSpec, definitions), "additionalProperties": fill}


# Models


def _model(model: type, definitions: dict[str, Schema]) -> Schema:
    return _description(model) | _keys({one.key: one for one in model_fields(model)}, definitions)


def _description(model: type) -> Schema:
    return {"description": (model.__doc__ or "").strip().split("\n")[0]}


def _keys(known: Mapping[str, FieldModel], definitions: dict[str, Schema]) -> Schema:
    """Return the schema of an object with these keys only; an optional key may have an empty value."""
    properties: dict[str, Schema] = {}
    for key, one in known.items():
        form = _allow_empty(_type(one.limited, definitions), one)
        properties[key] = {"description": one.doc} | form
        other = other_spelling(key)
        if other:
            properties[other] = {"description": f"another spelling of '{key}'"} | form
    return {
        "type": "object",
        "properties": properties,
        "additionalProperties": False,
        **_require([key for key, one in known.items() if one.required]),
    }


def _require(keys: Iterable[str]) -> Schema:
    """Return the schema that requires keys, each in one of its spellings."""
    spelled = {key: other_spelling(key) for key in keys}
    single = [key for key, other in spelled.items() if not other]
    either = [
        {"anyOf": [{"required": [key]}, {"required": [other]}]}
        for key, other in spelled.items()
        if other
    ]
    return ({"required": single} if single else {}) | ({"allOf": either} if either else {})


def _allow_empty(form: Schema, field: FieldModel) -> Schema:
    if field.required or NOTHING in form.get("anyOf", ()):
        return form
    return (
        {"anyOf": [*form["anyOf"], NULL]} if form.keys() == {"anyOf"} else {"anyOf": [form, NULL]}
    )


def _type(annotation: Any, definitions: dict[str, Schema]) -> Schema:
    """Return the schema of one type."""
    plain, limits = bare(annotation)
    origin, inner = get_origin(plain), get_args(plain)
    if origin in (Union, UnionType):
        types = [_constrain(one, limits) for one in inner if one is not NoneType]
        forms = [_type(one, definitions) for one in types]
        return {"anyOf": [*forms, *([NOTHING] if NoneType in inner else [])]}
    if origin is tuple:
        if inner[0] is object:
            return dict(BLOCKS)
        one = _type(inner[0], definitions)
        several: Schema = {"type": "array", "items": one}
        for limit in limits:
            several |= {"maxItems": limit.most} if isinstance(limit, MaxItems) else {}
        return {"anyOf": [one, several]}
    if origin is not None:
        return {"type": "object", "additionalProperties": _type(inner[1], definitions)}
    if is_model(plain):
        return _reference(plain, definitions)
    return _scalar(plain, limits)


def _constrain(annotation: Any, limits: tuple[Constraint, ...]) -> Any:
    return Annotated[(annotation, *limits)] if limits else annotation


def _scalar(plain: Any, limits: tuple[Constraint, ...]) -> Schema:
    if isinstance(plain, type) and issubclass(plain, Enum):
        values = [str(member.value) for member in plain]
        return {"enum": [*values, *filter(None, map(other_spelling, values))]}
    form = dict(FORMS.get(plain) or {"type": "string", "description": scalars.what(plain)})
    for limit in limits:
        match limit:
            case Bounds(least, most) if plain in (int, float):
                form |= {"minimum": least, "maximum": most}
            case Pattern(pattern) if plain is str:
                form |= {"pattern": f"^({pattern})$"}
            case OneOf(words) if plain is str:
                form = {"enum": list(words)}
    return form


def _reference(model: type, definitions: dict[str, Schema]) -> Schema:
    """Return a reference to a model's definition, which is generated on first use."""
    name = model.__name__
    if name not in definitions:
        definitions[name] = {}
        definitions[name] = _page(definitions) if model is PageSpec else _model(model, definitions)
    return {"$ref": f"#/$defs/{name}"}
