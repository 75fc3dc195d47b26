"""State of one parse of a layout: findings, references to check later, and the objects that could not be parsed."""

from __future__ import annotations

from dataclasses import field
from enum import Enum
from typing import Protocol

from brochure.fast_dataclass import dataclass
from brochure.findings import MAX_SUGGESTIONS, Finding, Span
from brochure.spec.colours import Swatches
from brochure.spec.lengths import Hint, find_hint
from brochure.spec.values import CharacterName, FactName, MasterName, StoryName, StyleName

Name = StyleName | CharacterName | StoryName | MasterName | FactName


class Kinds(Protocol):
    """Registry of block kinds, passed in so that the parser depends on none of them."""

    def names(self) -> list[str]:
        """Return the names of all kinds as written in a layout."""

    def model(self, name: str) -> type:
        """Return the dataclass of a kind; the value after the kind's name goes to its first field."""

    def styles(self) -> frozenset[str]:
        """Return the names of the built-in paragraph styles."""


class Failed(Enum):
    """Type of `FAILED`."""

    FAILED = "failed"


FAILED = Failed.FAILED
"""Result of a parser that could not parse its node and has added a finding."""


@dataclass
class ReadContext:
    """State of one parse of a layout.

    Attributes:
        names: References to styles, stories and so on, to be checked when the whole layout has been parsed.
        broken: Names of styles, frames and so on that are defined but could not be parsed, so that references to them
            are not reported as unknown.
        refused: Locations that already have a finding from the YAML parser.
        earlier: Findings of the parse that this one is a trial of.
    """

    kinds: Kinds
    swatches: Swatches = field(default_factory=lambda: Swatches({}))
    findings: list[Finding] = field(default_factory=list)
    names: list[Name] = field(default_factory=list)
    broken: set[str] = field(default_factory=set)
    refused: frozenset[Span] = frozenset()
    earlier: int = 0

    def wrong(self, code: str, message: str, span: Span, hint: Hint = "") -> Failed:
        """Add a finding, and return FAILED so that a parser can return it in turn."""
        if span not in self.refused:
            self.findings.append(Finding(code, message, span, self._find_hint(hint)))
        return FAILED

    def _find_hint(self, hint: Hint) -> str:
        is_counted_only = self.earlier + len(self.findings) >= MAX_SUGGESTIONS
        return "" if is_counted_only and not isinstance(hint, str) else find_hint(hint)

    def trial(self) -> ReadContext:
        """Return a context with separate findings and names, which `take` can merge into this one."""
        earlier = self.earlier + len(self.findings)
        return ReadContext(self.kinds, self.swatches, refused=self.refused, earlier=earlier)

    def take(self, trial: ReadContext) -> None:
        """Merge the findings and names of a trial into this context."""
        self.findings.extend(trial.findings)
        self.names.extend(trial.names)
        self.broken |= trial.broken
