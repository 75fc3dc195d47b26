"""The verbs in a row: read, resolve, set and make up, finish, paint.

Takes a project, a language and an output condition; gives the PDF's bytes with all findings. Nothing is decided here and
nothing is written: the command line does that with what it is given.
"""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass

from brochure.blocks import KINDS
from brochure.content.edition import Edition, Wanted, resolve
from brochure.errors import InputError
from brochure.findings import Finding, Span, has_errors, in_order
from brochure.fonts.shelf import Shelf
from brochure.makeup.pages import make_up
from brochure.paint.document import DocumentInfo
from brochure.paint.plate import paint
from brochure.placed import Page
from brochure.press.conditions import OutputCondition
from brochure.press.sheets import sheets
from brochure.project import Project
from brochure.spec.model import Layout
from brochure.spec.read import read

LAYOUT_FILE = "brochure.yaml"


@dataclass(frozen=True)
class Made:
    """An edition, made up: its pages and what there is to say about them."""

    edition: Edition
    pages: tuple[Page, ...]
    findings: tuple[Finding, ...]


@dataclass(frozen=True)
class Built:
    """A brochure, painted. `pdf` is empty where errors in the brochure forbid it."""

    name: str
    pages: int
    pdf: bytes
    findings: tuple[Finding, ...]


def build(project: Project, condition: OutputCondition, language: str | None = None) -> Built:
    """The PDF of one edition; InputError where layout, copy or an asset is wrong.

    A brochure with errors in it (text that does not fit, a glyph that no font has) is not painted: its findings say why.
    """
    made = make_pages(project, language)
    edition = made.edition
    name = f"{edition.layout.brochure}_{edition.language}_{condition.name}"
    if has_errors(made.findings):
        return Built(name, len(made.pages), b"", made.findings)
    pdf = paint(sheets(made.pages, condition), _document(edition), condition, project)
    return Built(name, len(made.pages), pdf, made.findings)


def make_pages(project: Project, language: str | None = None) -> Made:
    """The placed pages of one edition; InputError where layout, copy or an asset is wrong."""
    layout, said = read_layout(project)
    edition, missing = resolve(layout, project, Wanted(language or layout.source))
    findings = [*said, *missing]
    _stop_on_errors(findings)
    shelf = Shelf(project, system=layout.fonts.system)
    pages, found = make_up(edition, shelf)
    return Made(edition, pages, in_order([*findings, *edition.unready, *found]))


def read_layout(project: Project) -> tuple[Layout, tuple[Finding, ...]]:
    """The project's layout; InputError with everything that is wrong in it."""
    label = project.label(LAYOUT_FILE)
    try:
        source = project.read(LAYOUT_FILE)
    except FileNotFoundError:
        wanted = f"there is no {LAYOUT_FILE} here"
        hint = "start a project with 'brochure new DIR', or name its folder"
        raise InputError([Finding("layout-missing", wanted, Span(label), hint)]) from None
    layout, findings = read(source, label, KINDS)
    if layout is None:
        raise InputError(findings)
    return layout, findings


def _stop_on_errors(findings: Iterable[Finding]) -> None:
    if has_errors(findings):
        raise InputError(findings)


def _document(edition: Edition) -> DocumentInfo:
    layout = edition.layout
    return DocumentInfo(
        title=edition.words(layout.title) or layout.brochure,
        language=edition.language,
        author=edition.words(layout.organisation),
        subject=edition.words(layout.subject),
        rightward=edition.rightward,
    )
