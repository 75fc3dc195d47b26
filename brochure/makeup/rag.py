"""Rag: justified styles that a language cannot fill its lines in, set ragged.

Takes an edition and its threads; gives the threads set so that no justified line has more room between its words or letters
than the custom of its script allows: a style in which one would is set ragged, everywhere in the edition, and a note says
so. Stands between copyfitting, which it asks again where lines have changed, and the pages.
"""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from dataclasses import replace

from brochure.content.edition import Edition
from brochure.content.styles import ragged
from brochure.findings import Finding, Severity
from brochure.fonts.shelf import Shelf
from brochure.makeup.copyfit import fitted
from brochure.makeup.threads import MakeUp, SetThread, Thread
from brochure.typeset.style import Align


def settled(
    edition: Edition, shelf: Shelf, running: Sequence[Thread]
) -> tuple[MakeUp, tuple[SetThread, ...]]:
    """The threads fitted, in styles that their languages can justify."""
    notes: list[Finding] = []
    while True:
        work, done = fitted(edition, shelf, running)
        names = _loose(edition, done)
        if not names:
            work.findings.extend(notes)
            return work, done
        notes.extend(_note(edition, name) for name in names)
        edition = replace(edition, styles=ragged(edition.styles, names))


def _loose(edition: Edition, done: Iterable[SetThread]) -> list[str]:
    """The justified styles of lines that are too loose, in alphabetical order."""
    styles = edition.styles.paragraphs
    named = {name for each in done for name in each.loose}
    return sorted(name for name in named if name in styles and styles[name].align is Align.JUSTIFY)


def _note(edition: Edition, name: str) -> Finding:
    spec = edition.layout.styles.get(name)
    message = (
        f"style '{name}' is set ragged in {edition.language}: justified, its words or letters"
        " would stand too far apart"
    )
    hint = "wider columns or smaller type would let it be justified"
    return Finding("justify-loose", message, spec.span if spec else None, hint, Severity.NOTE)
