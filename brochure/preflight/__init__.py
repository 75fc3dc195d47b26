"""Preflight: checks a laid-out project or a finished PDF for faults that would show in print.

The checks are decorated functions in `preflight.checks`, one module a subject. The type of a check's first parameter says what
it reads: the layout, an edition, page objects, a finished file.
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping
from dataclasses import replace

from brochure.findings import Finding, Severity, in_order
from brochure.pdf_input.values import damage_errors
from brochure.preflight.check import Check
from brochure.preflight.checks import CHECKS
from brochure.preflight.merging import drop_consequences, merge_findings
from brochure.preflight.model import (
    FileDate,
    LayoutFindings,
    PageObjects,
    Pdf,
    PdfObjects,
    ProjectFiles,
    RenderContext,
    make_finding,
)
from brochure.preflight.page_objects import collect_page_objects
from brochure.preflight.profile import DEFAULT, PROFILES, PreflightProfile, read_profile
from brochure.preflight.relays import RELAYS, Relay

__all__ = [
    "CHECKS",
    "DEFAULT",
    "LIMITS",
    "PROFILES",
    "RELAYS",
    "Check",
    "FileDate",
    "LayoutFindings",
    "PageObjects",
    "PreflightProfile",
    "ProjectFiles",
    "Relay",
    "RenderContext",
    "collect_page_objects",
    "read_profile",
    "run_checks",
]

LIMITS: Mapping[str, tuple[str, ...]] = {
    **{name: one.limit_names for name, one in CHECKS.items()},
    **dict.fromkeys(RELAYS, ()),
}
"""The keys of a profile: checks and relays, each with the names of its limits."""

_ORDER = tuple(Severity)


def run_checks(
    subjects: Iterable[object],
    profile: PreflightProfile,
    least: Severity = Severity.NOTE,
) -> tuple[Finding, ...]:
    """Run every check on the subjects that it reads.

    Findings of earlier stages that no relay covers are passed on unchanged. Checks that cannot have findings of the `least`
    severity are not run.
    """
    given = tuple(subjects)
    earlier = (
        one for subject in given if isinstance(subject, LayoutFindings) for one in subject.findings
    )
    found = [
        *(one for check in CHECKS.values() for one in _run(check, given, profile, least)),
        *(one for finding in earlier for one in _relay(finding, profile)),
    ]
    return in_order(merge_findings(drop_consequences(found)))


def _run(
    check: Check, subjects: Iterable[object], profile: PreflightProfile, least: Severity
) -> Iterator[Finding]:
    rule = profile.rule(check.name)
    highest = rule.severity or check.severity
    if rule.off or _ORDER.index(highest) > _ORDER.index(least):
        return
    for subject in subjects:
        if isinstance(subject, check.reads):
            for finding in _guarded(check, subject, rule.limits):
                yield _limit_severity(replace(finding, code=check.name), highest)


def _guarded(check: Check, subject: object, limits: Mapping[str, float]) -> Iterator[Finding]:
    """Run a check; objects of a finished PDF that it cannot read are one finding."""
    if not isinstance(subject, (Pdf, PdfObjects)):
        yield from check(subject, **limits)
        return
    try:
        yield from check(subject, **limits)
    except damage_errors():
        hint = "the file has damaged objects; export it again"
        yield make_finding("this could not be checked", None, hint)


def _relay(finding: Finding, profile: PreflightProfile) -> Iterator[Finding]:
    relay = next((one for one in RELAYS.values() if finding.code in one.codes), None)
    if relay is None:
        yield finding
        return
    rule = profile.rule(relay.name)
    if not rule.off:
        yield _limit_severity(finding, rule.severity or relay.severity)


def _limit_severity(finding: Finding, highest: Severity) -> Finding:
    """Lower a finding's severity to the highest one allowed."""
    return replace(finding, severity=max(finding.severity, highest, key=_ORDER.index))
