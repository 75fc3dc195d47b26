"""Checking: preflight over an edition that was made up, or over a finished file.

Takes made pages or the bytes of a PDF, and a profile; gives all findings. Stands above the pipeline and beside the matrix, so
that a build loads none of the checks.
"""

from __future__ import annotations

from brochure.api import Made, for_press, press_date
from brochure.findings import Finding
from brochure.preflight import (
    FileDate,
    Profile,
    Said,
    Sight,
    art_of_pages,
    art_of_pdf,
    date_of_pdf,
    open_pdf,
    readable,
    run,
)
from brochure.project import Project


def check_made(made: Made, profile: Profile, project: Project) -> tuple[Finding, ...]:
    """What preflight finds in an edition that was made up, with what was found on the way."""
    made = for_press(made, project)
    layout = made.edition.layout
    art = art_of_pages(made.pages, layout, made.work)
    sight = Sight(made.pages, made.work, project)
    date = FileDate(press_date(layout), layout.span)
    return run((layout, made.edition, art, sight, date, Said(made.findings)), profile)


def check_pdf(data: bytes, label: str, profile: Profile) -> tuple[Finding, ...]:
    """What preflight finds in a finished file, whoever made it."""
    pdf = open_pdf(data, label)
    art, date = art_of_pdf(pdf), date_of_pdf(pdf)
    with readable(label):
        return run((pdf, art, date), profile)
