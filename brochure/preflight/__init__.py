"""Preflight: checks a laid-out project or a finished PDF for faults that would show in print.

The checks are decorated functions in `preflight.checks`, one module a subject. The type of a check's first parameter says what
it reads: the layout, an edition, page objects, a finished file.
"""

from __future__ import annotations

from collections.abc import Hashable, Iterable, Iterator, Mapping, Sequence
from dataclasses import replace

from brochure.findings import Finding, Severity, in_order
from brochure.pdf_input.values import damage_errors
from brochure.preflight.check import Check
from brochure.preflight.checks import CHECKS
from brochure.preflight.merging import drop_consequences, merge_findings
from brochure.preflight.model import (
    FileDate,
    LayoutFindings,
    PageContent,
    PageObjects,
    Pdf,
    PdfObjects,
    ProjectFiles,
    RenderContext,
    SeparatedPdf,
    make_finding,
)
from brochure.preflight.page_objects import collect_page_objects
from brochure.preflight.profile import (
    DEFAULT,
    PROFILES,
    CheckRule,
    PreflightProfile,
    read_profile,
)
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
    "needs",
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
    by_page = _check_pages(given, profile, least)
    found = [
        *(one for check in CHECKS.values() for one in _run(check, given, profile, least, by_page)),
        *(one for finding in earlier for one in _relay(finding, profile)),
    ]
    return in_order(merge_findings(drop_consequences(found)))


def needs(profile: PreflightProfile, subject: type) -> bool:
    """Return whether a profile has a check that reads this type of subject."""
    return any(
        check.reads is subject and not profile.rule(name).off for name, check in CHECKS.items()
    )


PageFindings = Mapping[str, Sequence[Finding]]
"""The findings of checks that look at each page by itself, by check."""


def _run(
    check: Check,
    subjects: Iterable[object],
    profile: PreflightProfile,
    least: Severity,
    by_page: PageFindings,
) -> Iterator[Finding]:
    rule = profile.rule(check.name)
    if not _is_wanted(check, rule, least):
        return
    highest = rule.severity or check.severity
    for subject in subjects:
        if isinstance(subject, check.reads):
            known = by_page.get(check.name)
            for finding in _guarded(check, subject, rule.limits) if known is None else known:
                yield _limit_severity(replace(finding, code=check.name), highest)


def _is_wanted(check: Check, rule: CheckRule, least: Severity) -> bool:
    highest = rule.severity or check.severity
    return not rule.off and _ORDER.index(highest) <= _ORDER.index(least)


def _guarded(check: Check, subject: object, limits: Mapping[str, float]) -> Iterator[Finding]:
    """Run a check; objects of a finished PDF that it cannot read are one finding."""
    if not isinstance(subject, (Pdf, PdfObjects, SeparatedPdf)):
        yield from check(subject, **limits)
        return
    try:
        yield from check(subject, **limits)
    except damage_errors():
        hint = "the file has damaged objects; export it again"
        yield make_finding("this could not be checked", None, hint)


def _check_pages(
    subjects: Iterable[object], profile: PreflightProfile, least: Severity
) -> PageFindings:
    """Run the checks that look at each page by itself on the pages of a project; editions have most pages in common."""
    objects = next((one for one in subjects if isinstance(one, PageObjects)), None)
    if objects is None or any(page.findings is None for page in objects.pages):
        return {}
    limits = {
        check.name: profile.rule(check.name).limits
        for check in CHECKS.values()
        if check.by_page and _is_wanted(check, profile.rule(check.name), least)
    }
    rest = objects.spots, objects.ink_limit, objects.standard, objects.inks
    key = tuple((name, *one.items()) for name, one in limits.items()), rest
    pages = [_check_page(objects, page, limits, key) for page in objects.pages]
    return {name: [one for found in pages for one in found[name]] for name in limits}


def _check_page(
    objects: PageObjects,
    page: PageContent,
    limits: Mapping[str, Mapping[str, float]],
    key: Hashable,
) -> PageFindings:
    """Run checks on a page, unless their findings are known; `key` is all that they depend on besides the page."""
    known = page.findings.get(key) if page.findings else None
    if known is None:
        alone = replace(objects, pages=(page,))
        known = {name: tuple(CHECKS[name](alone, **one)) for name, one in limits.items()}
        if page.findings is not None:
            page.findings[key] = known
    return known


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
