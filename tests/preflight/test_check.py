"""The decorator `@check` and the registry: the input of a check, its limits, and duplicate names."""

from __future__ import annotations

from collections.abc import Iterator
from types import ModuleType
from typing import Annotated

import pytest

from brochure.findings import Finding, Severity
from brochure.preflight.check import Check, Limit, build_registry, check
from brochure.preflight.model import PageObjects, make_finding


@check("page-limit", severity=Severity.NOTE, source="a house rule")
def page_limit(
    objects: PageObjects, *, most: Annotated[float, "maximum number of pages"] = 0
) -> Iterator[Finding]:
    """Return a finding if there are too many pages."""
    if len(objects.pages) >= most:
        yield make_finding("too many pages")


def module(**members: object) -> ModuleType:
    made = ModuleType("subject")
    vars(made).update(members)
    return made


def test_a_check_declares_its_input_and_its_limits() -> None:
    assert isinstance(page_limit, Check)
    assert (page_limit.name, page_limit.reads) == ("page-limit", PageObjects)
    assert dict(page_limit.limits) == {"most": Limit(0, "maximum number of pages")}


def test_a_limit_can_be_changed() -> None:
    assert len(list(page_limit(PageObjects(())))) == 1
    assert list(page_limit(PageObjects(()), most=1)) == []


def test_a_registry_has_the_checks_of_its_modules_by_name() -> None:
    registry = build_registry(module(limit=page_limit, other=3))
    assert dict(registry) == {"page-limit": page_limit}


def test_a_name_that_occurs_twice_is_refused() -> None:
    with pytest.raises(ValueError, match="same name"):
        build_registry(module(limit=page_limit), module(limit=page_limit))
