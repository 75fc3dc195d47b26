"""Generate the JSON Schema of an office's file, for completion and validation in editors."""

from __future__ import annotations

from brochure.l10n.office import ANY, COPY_KEYS, Office
from brochure.spec.constraints import LANGUAGE
from brochure.spec.schema import Schema, model_schema


def office_schema() -> Schema:
    """Return the JSON Schema of an office's file."""
    document = model_schema(Office, "offices/ID.yaml")
    texts = {"type": ["string", "number", "boolean", "null"]}
    nested = {
        "anyOf": [texts, {"type": "object", "additionalProperties": {"$ref": "#/$defs/copy"}}]
    }
    tags = {"propertyNames": {"anyOf": [{"const": ANY}, {"pattern": f"^({LANGUAGE.pattern})$"}]}}
    by_language = {"type": ["object", "null"], **tags}
    forms: dict[str, Schema] = {
        "contact": {"type": ["object", "null"], "additionalProperties": {"$ref": "#/$defs/copy"}},
        "legal": {"anyOf": [texts, by_language | {"additionalProperties": texts}]},
        "copy": by_language | {"additionalProperties": {"$ref": "#/$defs/copy"}},
    }
    for key, about in COPY_KEYS.items():
        document["properties"][key] = {"description": about, **forms[key]}
    document["$defs"]["copy"] = nested
    return document
