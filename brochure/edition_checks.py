"""Preflight of laid-out editions, as `brochure check` and the proof run it; the finished files of all editions."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import replace
from pathlib import Path

from brochure.api import lay_out, prepare_for_press
from brochure.build_values import Job, LaidOut
from brochure.choices import Target
from brochure.fast_dataclass import dataclass
from brochure.findings import Finding
from brochure.l10n.edition_conditions import check_page_counts
from brochure.l10n.edition_layout import find_conditions, load_layout
from brochure.l10n.office import load_office
from brochure.l10n.project_editions import EditionName, list_editions, name_file
from brochure.preflight.profile import PreflightProfile
from brochure.preflight.session import PressPages, check_pages
from brochure.prepress.output_conditions import press_date
from brochure.project import Project
from brochure.spec.printing_condition import PictureColours, merge_press
from brochure.system.files import is_file


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


@dataclass(frozen=True, slots=True)
class FinishedFile:
    """The PDF of an edition in the output folder; `is_built` is False if there is none."""

    edition: EditionName
    path: Path
    is_built: bool


def list_finished_files(job: Job, out: Path, target: Target) -> tuple[FinishedFile, ...]:
    """Return the PDFs of all editions for a target, in the order in which `build --all` reports them."""
    return tuple(
        _find_file(out, name_file(job.layout.brochure, edition, target.value), edition)
        for edition in list_editions(job.project, job.layout)
    )


def keeps_rgb(job: Job, edition: EditionName) -> bool:
    """Return whether RGB pictures stay RGB in an edition's press PDF (`pictures: rgb`)."""
    office = load_office(job.project, edition.office) if edition.office else None
    press = merge_press(job.layout.press, office.press if office else None)
    return press is not None and press.pictures is PictureColours.RGB


EXAMPLE = "_example"
"""The end of the names of personal brochures with example values."""


def _find_file(out: Path, name: str, edition: EditionName) -> FinishedFile:
    for path in (out / f"{name}.pdf", out / f"{name}{EXAMPLE}.pdf"):
        if is_file(path):
            return FinishedFile(edition, path, is_built=True)
    return FinishedFile(edition, out / f"{name}.pdf", is_built=False)


def _identity(finding: Finding) -> tuple[object, ...]:
    return finding.code, finding.message, finding.span
