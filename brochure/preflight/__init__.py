"""Preflight, one check a file: `picture-resolution` in a report and in a profile is `picture_resolution.py`.

Takes what there is of a brochure (layout, edition, art, a finished file, what was said on the way) and a profile; gives the
findings of every check that reads one of these, with the weight that the profile gives them. The type of a check's first
parameter says what it reads.
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from dataclasses import replace
from types import ModuleType
from typing import Any, get_type_hints

from brochure.fast_dataclass import dataclass
from brochure.findings import Finding, Severity, in_order
from brochure.preflight import checks
from brochure.preflight.model import FileDate, LayoutFindings, PageObjects, RenderContext
from brochure.preflight.page_objects import collect_page_objects
from brochure.preflight.pdf_reader.document import (
    date_of_pdf,
    guard_reading,
    open_pdf,
    read_page_objects,
)
from brochure.preflight.profile import DEFAULT, PROFILES, CheckRule, PreflightProfile, read_profile
from brochure.system import plugins

__all__ = [
    "DEFAULT",
    "PROFILES",
    "Check",
    "FileDate",
    "LayoutFindings",
    "PageObjects",
    "PreflightProfile",
    "RenderContext",
    "check",
    "collect_page_objects",
    "date_of_pdf",
    "guard_reading",
    "names",
    "open_pdf",
    "read_page_objects",
    "read_profile",
    "run",
]

ORDER = tuple(Severity)


@dataclass(frozen=True, slots=True)
class Check:
    """A check by its name: what it reads, its limits with their usual figures, and the most that its findings weigh."""

    name: str
    module: ModuleType
    reads: type
    limits: Any
    severity: Severity


def names() -> list[str]:
    """Every check, as a profile writes it; files that only tell something are none."""
    return plugins.names(checks)


def check(name: str) -> Check:
    """The check of that name."""
    module = plugins.kind(checks, name)
    hints = get_type_hints(module.check)
    return Check(name, module, hints["subject"], hints["limits"], module.SEVERITY)


def run(subjects: Iterable[object], profile: PreflightProfile) -> tuple[Finding, ...]:
    """What all checks find; what stages said and no check takes up stays as it is."""
    there = tuple(subjects)
    taken: set[Finding] = set()
    done: list[Finding] = []
    for one in map(check, names()):
        rule = profile.rule(one.name)
        limits = one.limits(**rule.limits)
        worst = rule.severity or one.severity
        for subject in there:
            if isinstance(subject, one.reads):
                said = list(one.module.check(subject, limits)) if _wanted(rule, subject) else []
                taken.update(said)
                done.extend([] if rule.off else _weighed(one, said, worst))
    left = (one for said in there if isinstance(said, LayoutFindings) for one in said.findings)
    return in_order(_once([*done, *(one for one in left if one not in taken)]))


def _once(findings: Iterable[Finding]) -> Iterable[Finding]:
    """What one line of the project does on two pages, a picture across the fold, is said of the first."""
    first: dict[object, Finding] = {}
    for one in findings:
        first.setdefault((one.code, one.message, one.span) if one.span else one, one)
    return first.values()


def _wanted(rule: CheckRule, subject: object) -> bool:
    """Whether a check is asked at all: one that is off still takes up what stages said."""
    return not rule.off or isinstance(subject, LayoutFindings)


def _weighed(one: Check, findings: Iterable[Finding], worst: Severity) -> Iterator[Finding]:
    """The findings with the check's name where they have none, none of them heavier than the profile allows."""
    for finding in findings:
        weight = max(finding.severity, worst, key=ORDER.index)
        yield replace(finding, code=finding.code or one.name, severity=weight)
