"""The tables of the reference: the fields of a model, each with its key, its values, its default and its description.

The tables are Markdown, generated from the models of layouts and blocks. The type of a field determines its description, so that
the tables cannot contradict the reader. `reference.py` puts the pages together.
"""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import MISSING, fields, is_dataclass
from enum import Enum
from functools import lru_cache
from types import NoneType, UnionType
from typing import Annotated, Any, Union, get_args, get_origin

from brochure.geometry import MM
from brochure.l10n.office import OfficePicture
from brochure.spec import values
from brochure.spec.fields import FieldModel, describe, model_fields, nested_models
from brochure.spec.model import Layout, PageSpec, Swatch
from brochure.spec.scalars import WORDS


def table(known: tuple[FieldModel, ...], model: type, first: str = "") -> str:
    """Return the table of the fields of a model; `first` replaces the key of the first one."""
    rows = ["| key | value | default | description |", "|---|---|---|---|"]
    for one in known:
        key = f"`{first}`" if first and one is known[0] else f"`{one.key}`"
        cells = (key, _kind(one.annotation), _default(one, model), one.doc)
        rows.append("| " + " | ".join(cell.replace("|", "\\|") for cell in cells) + " |")
    return "\n".join(rows)


def _kind(annotation: Any) -> str:  # noqa: PLR0911  # one a form
    """Return a description of the values of a type, with a link to its section."""
    origin, inner = get_origin(annotation), get_args(annotation)
    if origin is Annotated:
        return _kind(inner[0])
    if origin in (Union, UnionType):
        words = [_kind(one) for one in inner if one is not NoneType]
        return " or ".join(words)
    if origin is tuple and inner[0] is not object:
        return f"a list: {_kind(inner[0])}"
    if origin is not None and origin is not tuple and issubclass(origin, Mapping):
        return f"names, each with {_kind(inner[1])}"
    if annotation is Swatch:
        return "[a colour](#colours)"
    if isinstance(annotation, type) and issubclass(annotation, Enum):
        return ", ".join(f"`{member.value}`" for member in annotation)
    if is_dataclass(annotation) and annotation not in WORDS:
        return (
            f"[{titled(annotation).casefold()}]({page_of(annotation)}#{anchor(titled(annotation))})"  # type: ignore[arg-type]
        )
    return describe(annotation)


def page_of(model: type) -> str:
    """Return the page that has the section on a model."""
    if model in in_order_of_use(Layout):
        return "layout.md"
    return "offices.md" if model is OfficePicture else "blocks.md"


def _default(one: FieldModel, model: type) -> str:
    if one.required:
        return "required"
    spec = next(field for field in fields(model) if field.name == one.name)
    value = spec.default_factory() if spec.default_factory is not MISSING else spec.default
    return written(value)


def written(value: object) -> str:  # noqa: PLR0911  # one a kind of value
    """Return a value as it is written in a layout."""
    match value:
        case None | () | "" | {}:
            return ""
        case bool():
            return "yes" if value else "no"
        case values.Length():
            return f"`{_length(value)}`"
        case values.Share():
            return f"`{value.fraction * 100:g}%`"
        case values.Focus():
            return f"`{value.x * 100:g}% {value.y * 100:g}%`"
        case Enum():
            return f"`{value.value}`"
        case float():
            return f"`{value:g}`"
        case int() | str():
            return f"`{value}`"
        case tuple():
            return f"`[{', '.join(written(one).strip('`') for one in value)}]`"
        case _:
            title = titled(type(value))
            return f"as under [{title.casefold()}]({page_of(type(value))}#{anchor(title)})"


RELATIVE_UNITS = (("lines", "line"), ("columns", "col"), ("rows", "row"), ("ems", "em"))


def _length(length: values.Length) -> str:
    for part, unit in RELATIVE_UNITS:
        if amount := getattr(length, part):
            return f"{amount:g} {unit}"
    if not length.points:
        return "0"
    half_millimetres = length.points / MM * 2
    if abs(half_millimetres - round(half_millimetres)) < 0.01:
        return f"{round(half_millimetres) / 2:g} mm"
    return f"{length.points:g} pt"


@lru_cache(maxsize=1)
def in_order_of_use(model: type) -> tuple[type, ...]:
    """Return the model and all models that its fields consist of, each once, the nearer ones first."""
    found, at = [model, PageSpec], 0
    while at < len(found):
        for one in model_fields(found[at]):
            found.extend(new for new in nested_models(one.annotation) if new not in found)
        at += 1
    return tuple(model for model in found if model is not Swatch)


def titled(model: type) -> str:
    """Return the heading of a model's section."""
    name = model.__name__.removesuffix("Spec")
    return (
        "".join(f" {char.lower()}" if char.isupper() else char for char in name)
        .strip()
        .capitalize()
    )


def anchor(title: str) -> str:
    """Return the anchor of a heading."""
    return title.casefold().replace(" ", "-")
