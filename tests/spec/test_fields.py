"""Fields of models: their annotations are evaluated as `typing` does."""

from __future__ import annotations

from dataclasses import fields
from typing import get_type_hints

import pytest

from brochure.blocks import KINDS
from brochure.l10n.office import Office
from brochure.spec.fields import model_fields, nested_models
from brochure.spec.model import Layout, PageSpec


def _find_models() -> list[type]:
    """Return every model that a layout or an office consists of."""
    found: dict[type, None] = {}
    waiting = [Layout, PageSpec, Office, *(KINDS.model(name) for name in KINDS.names())]
    while waiting:
        model = waiting.pop()
        if model not in found:
            found[model] = None
            waiting += [one for each in model_fields(model) for one in nested_models(each.limited)]
    return list(found)


@pytest.mark.parametrize("model", _find_models(), ids=lambda model: model.__qualname__)
def test_a_field_has_the_type_of_its_annotation(model: type) -> None:
    hints = get_type_hints(model, include_extras=True)
    described = {one.name: one for one in fields(model) if hasattr(hints[one.name], "__metadata__")}
    read = {one.name: one for one in model_fields(model)}
    assert read.keys() == described.keys()
    for name, field in read.items():
        hint = hints[name]
        constraints = tuple(part for part in hint.__metadata__ if not isinstance(part, str))
        assert field.annotation == hint.__origin__
        assert getattr(field.limited, "__metadata__", ()) == constraints
        assert field.doc in hint.__metadata__
