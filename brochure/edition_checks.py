"""Preflight of laid-out editions, as `brochure check` and the proof run it."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import replace

from brochure.api import lay_out, prepare_for_press
from brochure.build_values import LaidOut
from brochure.choices import Target
from brochure.findings import Finding
from brochure.l10n.edition_conditions import check_page_counts
from brochure.l10n.edition_layout import find_conditions, load_layout
from brochure.pdf.metadata import press_date
from brochure.preflight.profile import PreflightProfile
from brochure.preflight.session import PressPages, check_pages
from brochure.project import Project


def check_laid_out(
    made: LaidOut, profile: PreflightProfile, project: Project, date: str = ""
) -> tuple[Finding, ...]:
    """Check a laid-out edition; the findings of its layout are included. `date` is that of the command line, if any."""
    made = prepare_for_press(made, project)
    date = press_date(made.edition.layout, date)
    subject = PressPages(made.edition, made.pages, made.work, project, date)
    return check_pages(subject, profile, made.findings)


def check_other_targets(
    made: LaidOut, project: Project, profile: PreflightProfile, known: Iterable[Finding]
) -> tuple[Finding, ...]:
    """Check what conditions change: the edition for other targets than the press, and the page counts of other editions.

    Args:
        made: The edition for the press.
        project: The project.
        profile: The preflight profile.
        known: Findings that were reported; they are not repeated.
    """
    edition, written = made.edition, made.edition.layout.written
    if not find_conditions(written):
        return ()
    translations, office = edition.translations, edition.office.office if edition.office else None
    press = load_layout(project, written, translations)
    reported = {_identity(one) for one in known}
    found: list[Finding] = []
    for target in (Target.SCREEN, Target.BOOKLET):
        if load_layout(project, written, translations, target) is press:
            continue
        other = lay_out(project, translations.requested, office, target)
        for one in check_laid_out(other, profile, project):
            if _identity(one) not in reported:
                reported.add(_identity(one))
                found.append(replace(one, message=f"{target.value}: {one.message}"))
    return (*found, *check_page_counts(project, written))


def _identity(finding: Finding) -> tuple[object, ...]:
    return finding.code, finding.message, finding.span
