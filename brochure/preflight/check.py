"""The `@check` decorator, which turns a function into a preflight check."""

from __future__ import annotations

from collections.abc import Callable, Iterator, Mapping
from functools import cache
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
    unless a profile sets another; `source` is the standard or rule that it applies. The function's docstring is its page
    in the reference. `by_page` is set if its findings on a page depend on nothing else of `PageObjects.pages`.
    """

    name: str
    source: str
    severity: Severity
    function: CheckFunction
    by_page: bool = False

    @property
    def reads(self) -> type:
        """The type of the value that it looks at."""
        return _find_subject(self.function)

    @property
    def limit_names(self) -> tuple[str, ...]:
        """The names of its limits."""
        return tuple(self.function.__kwdefaults__ or ())

    @property
    def limits(self) -> Mapping[str, Limit]:
        """Its limits by name."""
        hints = get_type_hints(self.function, include_extras=True)
        defaults = self.function.__kwdefaults__ or {}
        return {
            name: Limit(default, *hints[name].__metadata__) for name, default in defaults.items()
        }

    def __call__(self, subject: object, **limits: float) -> Iterator[Finding]:
        """Run the check."""
        return self.function(subject, **limits)


@cache
def _find_subject(function: CheckFunction) -> type:
    # Looked up by name: evaluating the types of all parameters of all checks would take longer than running most of them.
    subject: str | type = next(iter(function.__annotations__.values()))
    found: type = function.__globals__[subject] if isinstance(subject, str) else subject
    return found


def check(
    name: str, *, severity: Severity, source: str = "", by_page: bool = False
) -> Callable[[CheckFunction], Check]:
    """Declare a function as a check; see `Check`.

    The type of its first parameter says what it reads. Its keyword-only parameters are its limits, each an
    `Annotated[float, "meaning, unit"]` with a default.
    """
    return lambda function: Check(name, source, severity, function, by_page)


def build_registry(*modules: ModuleType) -> Mapping[str, Check]:
    """Collect the checks of modules by name, in alphabetical order; ValueError if a name occurs twice."""
    checks = [one for module in modules for one in vars(module).values() if isinstance(one, Check)]
    registry = {one.name: one for one in sorted(checks, key=lambda one: one.name)}
    if len(registry) < len(checks):
        raise ValueError("two checks have the same name")
    return MappingProxyType(registry)
