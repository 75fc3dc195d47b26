"""Preflight of a laid-out edition, before a press build or by itself, or of a finished PDF."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from contextlib import contextmanager
from dataclasses import replace

from brochure.errors import InputError
from brochure.fast_dataclass import dataclass
from brochure.findings import Finding, Severity, has_errors, nearest
from brochure.l10n.edition import Edition
from brochure.model.display_list import Page
from brochure.preflight import (
    LIMITS,
    PROFILES,
    FileDate,
    LayoutFindings,
    PreflightProfile,
    ProjectFiles,
    RenderContext,
    collect_page_objects,
    needs,
    read_profile,
    run_checks,
)
from brochure.preflight.model import Pdf, SeparatedPdf
from brochure.prepress.edition_condition import EditionCondition
from brochure.project import Project
from brochure.spec.model import Layout
from brochure.spec.printing_condition import PreflightSpec, PreflightStop

PRELOADED = (
    "pypdf",
    "PIL.ImageCms",
    "PIL.PngImagePlugin",
    "PIL.TiffImagePlugin",
    "brochure.preflight.pdf_reader.document",
    "brochure.preflight.pdf_reader.file_structure",
    "brochure.preflight.separations",
)
"""Modules that the functions for limited calls import late."""


@dataclass(frozen=True)
class PressPages:
    """An edition's pages as they are printed, with their printing condition and the date of the file."""

    edition: Edition
    pages: Sequence[Page]
    work: EditionCondition
    project: Project
    date: str


def check_pages(
    subject: PressPages,
    profile: PreflightProfile,
    earlier: tuple[Finding, ...] = (),
    least: Severity = Severity.NOTE,
) -> tuple[Finding, ...]:
    """Check laid-out pages; the findings of earlier stages are included."""
    layout, pages = subject.edition.layout, tuple(subject.pages)
    objects = collect_page_objects(pages, layout, subject.work, subject.project)
    context = RenderContext(pages, subject.work, subject.project)
    date = FileDate(subject.date, layout.span)
    findings = LayoutFindings(earlier)
    files = ProjectFiles(subject.edition, subject.project)
    return run_checks((layout, files, objects, context, date, findings), profile, least)


def check_before_build(subject: PressPages, stop: str = "") -> tuple[Finding, ...]:
    """Return the preflight findings that stop a press build, as errors, and a note that says how to build nevertheless.

    Args:
        subject: The pages.
        stop: `error`, `warning` or `off`; empty for what the layout says.
    """
    layout = subject.edition.layout
    setting = PreflightStop(stop) if stop else _preflight(layout).stop
    if setting is PreflightStop.OFF:
        return ()
    least = Severity(setting.value)
    profile = load_profile(layout, subject.project)
    wanted = (Severity.ERROR, least)
    found = [
        replace(one, severity=Severity.ERROR)
        for one in check_pages(subject, profile, least=least)
        if one.severity in wanted
    ]
    return (*found, _say_how(profile)) if has_errors(found) else ()


def _say_how(profile: PreflightProfile) -> Finding:
    message = f"the preflight of the press build (profile {profile.name}) found errors"
    hint = "correct them, or build nevertheless with '--preflight off' or 'preflight: off' in the layout"
    return Finding("preflight-stop", message, None, hint, Severity.NOTE)


def _preflight(layout: Layout) -> PreflightSpec:
    stated = layout.preflight
    return stated if isinstance(stated, PreflightSpec) else PreflightSpec(layout.span, stated)


def load_profile(layout: Layout, project: Project) -> PreflightProfile:
    """Return the layout's profile, built in or read from a YAML file of the project; InputError if there is none."""
    spec = _preflight(layout)
    if spec.profile in PROFILES:
        return PROFILES[spec.profile]
    if not spec.profile.endswith((".yaml", ".yml")):
        message = f"unknown preflight profile '{spec.profile}'"
        hint = nearest(spec.profile, PROFILES)
        raise InputError([Finding("profile-form", message, spec.span, hint)])
    try:
        data = project.read(spec.profile)
    except FileNotFoundError:
        message = f"the preflight profile {project.label(spec.profile)} does not exist"
        raise InputError([Finding("profile-form", message, spec.span)]) from None
    profile, findings = read_profile(data, project.label(spec.profile), LIMITS)
    if profile is None:
        raise InputError(findings)
    return profile


def check_pdf_limited(data: bytes, label: str, profile: PreflightProfile) -> tuple[Finding, ...]:
    """Check a finished PDF that may be hostile, with limits on time and memory; see `check_pdf`."""
    # Imported here, since builds and checks of projects start no processes.
    from brochure.pdf_input.limits import read_limited

    return read_limited(data, label, check_pdf, data, label, profile)


def check_pdf(data: bytes, label: str, profile: PreflightProfile) -> tuple[Finding, ...]:
    """Check a finished PDF from any program; `label` names it in error messages."""
    # Imported here, since builds check pages and read no PDF.
    from brochure.pdf_input.opening import guard_reading
    from brochure.preflight.pdf_reader.document import open_pdf, read_objects
    from brochure.preflight.pdf_reader.metadata import date_of_pdf

    pdf = open_pdf(data, label)
    with _start_separating(pdf, profile) as separated:
        objects, used = read_objects(pdf, profile.standard)
        with guard_reading(label):
            return run_checks((pdf, objects, used, date_of_pdf(pdf), *separated), profile)


@contextmanager
def _start_separating(pdf: Pdf, profile: PreflightProfile) -> Iterator[tuple[SeparatedPdf, ...]]:
    """Let Ghostscript work during the block, if it is installed and a check needs it."""
    # Imported here: as above.
    from brochure.preflight.separations import can_separate, start_separation

    if not needs(profile, SeparatedPdf) or not can_separate():
        yield ()
        return
    with start_separation(pdf.data) as running:
        yield (SeparatedPdf(pdf, running),)
