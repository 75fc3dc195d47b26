"""Comparisons of the brochure of `tests.approval.brochures` with changes of it, as editions and as PDFs."""

from __future__ import annotations

from functools import lru_cache

from brochure.api import build, lay_out
from brochure.compare.changes import Change as Found
from brochure.compare.changes import ChangeKind, Comparison
from brochure.compare.comparison import compare
from brochure.compare.contents import Contents
from brochure.compare.edition_contents import read_edition
from brochure.compare.pdf_contents import read_pdf
from brochure.prepress.output_conditions import PRESS, SCREEN
from tests.approval.brochures import NONE, Change, project


def contents(change: Change = NONE, language: str = "en", name: str = "wells") -> Contents:
    """The brochure, laid out."""
    made = project(change)
    return read_edition(lay_out(made, language), made, name)


def compared(after: Change, before: Change = NONE, language: str = "en") -> Comparison:
    """The brochure before and after a change."""
    return compare(contents(before, language), contents(after, language))


def pdf(change: Change = NONE, *, press: bool = True, language: str = "en") -> bytes:
    """The brochure as a PDF."""
    condition = PRESS.checked("off") if press else SCREEN
    built = build(project(change), condition, language)
    assert built.pdf, built.findings
    return built.pdf


@lru_cache(maxsize=2)
def _first(*, press: bool) -> Contents:
    return read_pdf(pdf(press=press), "before.pdf")


def compared_pdfs(after: Change, *, press: bool = True) -> Comparison:
    """The brochure as a PDF, before and after a change."""
    return compare(_first(press=press), read_pdf(pdf(after, press=press), "after.pdf"))


def described(found: Comparison, kind: ChangeKind | None = None) -> list[str]:
    """The changes in words."""
    return [f"{one.subject}: {one.message}" for one in found.changes if kind in (None, one.kind)]


def kinds(found: Comparison) -> set[ChangeKind]:
    return {one.kind for one in found.changes}


def only(found: Comparison, kind: ChangeKind) -> Found:
    """The only change, which is of this kind."""
    (change,) = found.changes
    assert change.kind is kind
    return change
