"""One reading of a layout: what every reader is handed, and where it says what it found wrong.

Takes the block kinds and the swatches; gathers the findings, the names of other things that were met, each with its place,
and the names of what could not be read. Stands below the readers of values, models and pages.
"""

from __future__ import annotations

from dataclasses import field
from enum import Enum
from typing import Protocol

from brochure.fast_dataclass import dataclass
from brochure.findings import Finding, Span
from brochure.spec.colours import Swatches
from brochure.spec.values import CharacterName, FactName, MasterName, StoryName, StyleName

Name = StyleName | CharacterName | StoryName | MasterName | FactName


class Kinds(Protocol):
    """The block kinds, handed down by whoever knows them."""

    def names(self) -> list[str]:
        """Every kind, as a designer writes it."""

    def model(self, name: str) -> type:
        """The dataclass whose fields a block of the kind has; its first field is what follows the kind's name."""

    def styles(self) -> frozenset[str]:
        """The paragraph styles that are there without being written."""


class Failed(Enum):
    """The type of `FAILED`."""

    FAILED = "failed"


FAILED = Failed.FAILED
"""What a reader gives where it could not read; the finding is already among the others."""


MAX_FINDINGS = 1000
"""More than anybody mends before asking again."""


@dataclass
class ReadContext:
    """One reading of a layout. `refused` are the places that have had their finding when the YAML was read.

    `broken` are the names of styles, frames and the like that are there but could not be read: whoever names them is
    not to be told that they are missing.
    """

    kinds: Kinds
    swatches: Swatches = field(default_factory=lambda: Swatches({}))
    findings: list[Finding] = field(default_factory=list)
    names: list[Name] = field(default_factory=list)
    broken: set[str] = field(default_factory=set)
    refused: frozenset[Span] = frozenset()

    def wrong(self, code: str, message: str, span: Span, hint: str = "") -> Failed:
        """Notes a finding; gives FAILED, so that a reader can return it."""
        if span not in self.refused and len(self.findings) < MAX_FINDINGS:
            self.findings.append(Finding(code, message, span, hint))
        return FAILED

    def trial(self) -> ReadContext:
        """A reading whose findings and names are its own until `take` makes them this one's."""
        return ReadContext(self.kinds, self.swatches, refused=self.refused)

    def take(self, trial: ReadContext) -> None:
        """What a trial found, made this reading's."""
        self.findings.extend(trial.findings[: MAX_FINDINGS - len(self.findings)])
        self.names.extend(trial.names)
        self.broken |= trial.broken
