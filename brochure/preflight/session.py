"""Preflight of a laid-out edition or of a finished PDF."""

from __future__ import annotations

from brochure.api import LaidOut, prepare_for_press, press_date
from brochure.findings import Finding
from brochure.pdf_input.limits import read_limited
from brochure.preflight import (
    FileDate,
    LayoutFindings,
    PreflightProfile,
    RenderContext,
    collect_page_objects,
    date_of_pdf,
    guard_reading,
    open_pdf,
    read_page_objects,
    run_checks,
)
from brochure.project import Project


def check_laid_out(
    made: LaidOut, profile: PreflightProfile, project: Project
) -> tuple[Finding, ...]:
    """Check a laid-out edition; the findings of its layout are included."""
    made = prepare_for_press(made, project)
    layout = made.edition.layout
    objects = collect_page_objects(made.pages, layout, made.work)
    context = RenderContext(made.pages, made.work, project)
    date = FileDate(press_date(layout), layout.span)
    earlier = LayoutFindings(made.findings)
    return run_checks((layout, made.edition, objects, context, date, earlier), profile)


def check_pdf_limited(data: bytes, label: str, profile: PreflightProfile) -> tuple[Finding, ...]:
    """Check a finished PDF that may be hostile, with limits on time and memory; see `check_pdf`."""
    return read_limited(data, label, check_pdf, data, label, profile)


def check_pdf(data: bytes, label: str, profile: PreflightProfile) -> tuple[Finding, ...]:
    """Check a finished PDF from any program; `label` names it in error messages."""
    pdf = open_pdf(data, label)
    objects, date = read_page_objects(pdf), date_of_pdf(pdf)
    with guard_reading(label):
        return run_checks((pdf, objects, date), profile)
