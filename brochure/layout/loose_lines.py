"""Rag: justified styles that a language cannot fill its lines in, set ragged.

Takes an edition and its threads; gives the threads set so that no justified line has more room between its words or letters
than the custom of its script allows: a style in which one would is set ragged everywhere in the edition, with the styles that
it shares its edges with by being based on each other, and a note says so. Stands between copyfitting, which it asks again
since lines have changed, and the pages.
"""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from dataclasses import replace

from brochure.findings import Finding, Severity
from brochure.fonts.catalog import FontCatalog
from brochure.l10n.edition import Edition
from brochure.layout.copyfit import fit_thread
from brochure.layout.threads import LayoutContext, SetThread, Standing, Thread
from brochure.styles.style_sheet import align_ragged
from brochure.typeset.style import Align

ROOT = "body"
"""The style that all others are based on that do not say otherwise."""


def settle_threads(
    edition: Edition,
    font_catalog: FontCatalog,
    running: Sequence[Thread],
    standing: Standing | None = None,
) -> tuple[LayoutContext, tuple[SetThread, ...]]:
    """The threads fitted, in styles that their languages can justify."""
    notes: list[Finding] = []
    while True:
        work, done = fit_thread(edition, font_catalog, running, standing)
        roots = sorted({_root(edition, name) for name in _loose(edition, done)})
        if not roots:
            work.findings.extend(notes)
            return work, done
        notes.extend(_note(edition, root) for root in roots)
        names = [name for name in _justified(edition) if _root(edition, name) in roots]
        edition = replace(edition, styles=align_ragged(edition.styles, names))


def _loose(edition: Edition, done: Iterable[SetThread]) -> set[str]:
    """The justified styles of lines that are too loose."""
    named = {name for each in done for name in each.loose}
    return named.intersection(_justified(edition))


def _justified(edition: Edition) -> list[str]:
    styles = edition.styles.paragraphs
    return [name for name, style in styles.items() if style.align is Align.JUSTIFY]


def _root(edition: Edition, name: str) -> str:
    """The first style in the row of those that a style is based on that is justified as it is."""
    styles = edition.styles.paragraphs
    while True:
        spec = edition.layout.paragraph_styles.get(name)
        above = (spec.based_on if spec else None) or ROOT
        if above == name or styles[above].align is not Align.JUSTIFY:
            return name
        name = above


def _note(edition: Edition, root: str) -> Finding:
    spec = edition.layout.paragraph_styles.get(root)
    message = (
        f"style '{root}' and what is based on it is set ragged in {edition.language}: justified,"
        " its words or letters would stand too far apart"
    )
    hint = "wider columns or smaller type would let it be justified"
    return Finding("justify-loose", message, spec.span if spec else None, hint, Severity.NOTE)
