"""The `@check` decorator, which turns a function into a preflight check."""

from __future__ import annotations

import inspect
from collections.abc import Callable, Iterator, Mapping
from types import MappingProxyType, ModuleType
from typing import get_type_hints

from brochure.fast_dataclass import dataclass
from brochure.findings import Finding, Severity

CheckFunction = Callable[..., Iterator[Finding]]


@dataclass(frozen=True, slots=True)
class Limit:
    """A figure that a profile can change: its default, and its meaning with the unit."""

    default: float
    description: str


@dataclass(frozen=True, slots=True)
class Check:
    """A preflight check.

    `name` is the code of its findings and its key in a profile; `severity` is the highest severity of its findings
    unless a profile sets another; `reads` is the type of the value it looks at; `source` is the standard or rule that
    it applies. The function's docstring is its page in the reference.
    """

    name: str
    source: str
    severity: Severity
    function: CheckFunction
    reads: type
    limits: Mapping[str, Limit]

    def __call__(self, subject: object, **limits: float) -> Iterator[Finding]:
        """Run the check."""
        return self.function(subject, **limits)


def check(name: str, *, severity: Severity, source: str = "") -> Callable[[CheckFunction], Check]:
    """Declare a function as a check.

    The type of its first parameter says what it reads. Its keyword-only parameters are its limits, each an
    `Annotated[float, "meaning, unit"]` with a default.
    """

    def declare(function: CheckFunction) -> Check:
        hints = get_type_hints(function, include_extras=True)
        subject, *rest = inspect.signature(function).parameters.values()
        limits = {one.name: Limit(one.default, *hints[one.name].__metadata__) for one in rest}
        reads: type = hints[subject.name]
        return Check(name, source, severity, function, reads, MappingProxyType(limits))

    return declare


def build_registry(*modules: ModuleType) -> Mapping[str, Check]:
    """Collect the checks of modules by name, in alphabetical order; ValueError if a name occurs twice."""
    checks = [one for module in modules for one in vars(module).values() if isinstance(one, Check)]
    registry = {one.name: one for one in sorted(checks, key=lambda one: one.name)}
    if len(registry) < len(checks):
        raise ValueError("two checks have the same name")
    return MappingProxyType(registry)
