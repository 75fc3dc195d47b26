"""Checking: preflight over an edition that was made up, or over a finished file.

Takes made pages or the bytes of a PDF, and a profile; gives all findings. Stands above the pipeline and beside the matrix, so
that a build loads none of the checks.
"""

from __future__ import annotations

from brochure.api import LaidOut, prepare_for_press, press_date
from brochure.findings import Finding
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
    run,
)
from brochure.project import Project


def check_made(made: LaidOut, profile: PreflightProfile, project: Project) -> tuple[Finding, ...]:
    """What preflight finds in an edition that was made up, with what was found on the way."""
    made = prepare_for_press(made, project)
    layout = made.edition.layout
    art = collect_page_objects(made.pages, layout, made.work)
    sight = RenderContext(made.pages, made.work, project)
    date = FileDate(press_date(layout), layout.span)
    return run((layout, made.edition, art, sight, date, LayoutFindings(made.findings)), profile)


def check_pdf(data: bytes, label: str, profile: PreflightProfile) -> tuple[Finding, ...]:
    """What preflight finds in a finished file, whoever made it."""
    pdf = open_pdf(data, label)
    art, date = read_page_objects(pdf), date_of_pdf(pdf)
    with guard_reading(label):
        return run((pdf, art, date), profile)
