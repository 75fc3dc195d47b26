"""The public interface: build, lay out and check a brochure from Python.

Everything that `brochure` exports is defined or re-exported here; the rest of the package may change without notice.
"""

from __future__ import annotations

from pathlib import Path
from typing import Literal

from brochure import api
from brochure.build_values import Built, LaidOut
from brochure.choices import Target
from brochure.edition_checks import check_laid_out
from brochure.errors import BrochureError, ExitCode, InputError, OutputError, UsageError
from brochure.findings import Finding, Severity
from brochure.l10n.edition import Edition
from brochure.preflight import PROFILES, PreflightProfile
from brochure.preflight.session import check_pdf_limited
from brochure.prepress.output_conditions import CONDITIONS
from brochure.project import DiskProject, MemoryProject, Project, project_at, read_whole

__all__ = [
    "BrochureError",
    "Built",
    "DiskProject",
    "Edition",
    "ExitCode",
    "Finding",
    "InputError",
    "LaidOut",
    "MemoryProject",
    "OutputError",
    "Project",
    "Severity",
    "Target",
    "UsageError",
    "build",
    "check",
    "lay_out",
]


def build(
    project: Project | Path | str,
    target: Target = Target.PRESS,
    *,
    language: str | None = None,
    office: str | None = None,
    draft: bool = False,
    preflight: Literal["", "error", "warning", "off"] = "",
) -> Built:
    """Build the PDF of one edition, in memory.

    Example:
        built = brochure.build("layouts/proven-model", brochure.Target.SCREEN, language="fr-CA", office="canada")
        if built.pdf:
            Path(f"{built.name}.pdf").write_bytes(built.pdf)

    Args:
        project: a project, or the folder that holds brochure.yaml.
        target: what the PDF is for.
        language: BCP 47 tag; default: the source language, or the office's first.
        office: name of a file in offices/, without its ending; default: none.
        draft: build in spite of overset text and missing translations, which are marked on the page.
        preflight: findings of the preflight that stop a press build: error, warning or off; default: what the layout says.

    Returns:
        The PDF and all findings. If the brochure has errors, such as overset text, the PDF is empty and the findings name them.

    Raises:
        InputError: the layout, the copy or an asset is wrong; carries the findings.
        UsageError: the project has no such folder, language or office.
    """
    condition = CONDITIONS[target.value].checked(preflight)
    return api.build(_opened(project), condition, language, office, draft=draft)


def lay_out(
    project: Project | Path | str, *, language: str | None = None, office: str | None = None
) -> LaidOut:
    """Lay out the pages of one edition, without building a PDF.

    Example:
        laid_out = brochure.lay_out("layouts/proven-model")
        first = laid_out.pages[0]

    Args:
        project: a project, or the folder that holds brochure.yaml.
        language: BCP 47 tag; default: the source language, or the office's first.
        office: name of a file in offices/, without its ending; default: none.

    Returns:
        The edition, its pages as display lists (points, from the lower left corner of the trim box), and all findings.

    Raises:
        InputError: the layout, the copy or an asset is wrong; carries the findings.
        UsageError: the project has no such folder, language or office.
    """
    return api.lay_out(_opened(project), language, office)


def check(
    subject: Project | Path | str,
    *,
    language: str | None = None,
    office: str | None = None,
    profile: str | PreflightProfile = "sheetfed",
) -> tuple[Finding, ...]:
    """Check an edition of a project, or a finished PDF of any program.

    Example:
        findings = brochure.check("advert.pdf", profile="newsprint")
        errors = [finding for finding in findings if finding.severity is brochure.Severity.ERROR]

    Args:
        subject: a project, the folder that holds brochure.yaml, or a file whose name ends in .pdf.
        language: BCP 47 tag of the edition; default: the source language, or the office's first.
        office: name of a file in offices/, without its ending; default: none.
        profile: sheetfed, newsprint, digital, screen, gwg, x-1a, x-3 or x-4; or a profile that was read.

    Raises:
        InputError: the layout, the copy, an asset or the PDF cannot be read; carries the findings.
        UsageError: the folder, the language, the office or the profile does not exist.
    """
    rules = _profile(profile) if isinstance(profile, str) else profile
    if isinstance(subject, (str, Path)) and Path(subject).suffix.lower() == ".pdf":
        path = Path(subject)
        return check_pdf_limited(read_whole(path), path.name, rules)
    project = _opened(subject)
    return check_laid_out(api.lay_out(project, language, office), rules, project)


def _opened(project: Project | Path | str) -> Project:
    return project_at(Path(project)) if isinstance(project, (str, Path)) else project


def _profile(name: str) -> PreflightProfile:
    if name not in PROFILES:
        known = ", ".join(sorted(PROFILES))
        raise UsageError(f"'{name}' is not a profile; choose one of {known}")
    return PROFILES[name]
