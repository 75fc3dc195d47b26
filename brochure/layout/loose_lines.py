"""Set justified styles ragged where their lines would be too loose.

If the spaces or letters of a justified line would exceed the limit of its script, its style is set ragged throughout the
edition, with the styles that share its alignment by inheritance, and a note reports it.
"""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from dataclasses import replace

from brochure.findings import Finding, Severity
from brochure.fonts.catalog import FontCatalog
from brochure.l10n.edition import Edition
from brochure.layout.copyfit import fit_thread
from brochure.layout.threads import LayoutCache, LayoutContext, SetThread, Thread
from brochure.styles.style_sheet import align_ragged
from brochure.typeset.style import Align

ROOT = "body"
"""The default base style of all other styles."""


def settle_threads(
    edition: Edition,
    font_catalog: FontCatalog,
    running: Sequence[Thread],
    thread_cache: LayoutCache | None = None,
) -> tuple[LayoutContext, tuple[SetThread, ...]]:
    """Fit the threads, setting styles ragged that the edition's language cannot justify."""
    notes: list[Finding] = []
    while True:
        context, set_threads = fit_thread(edition, font_catalog, running, thread_cache)
        roots = sorted(
            {_find_root(edition, name) for name in _find_loose_styles(edition, set_threads)}
        )
        if not roots:
            context.findings.extend(notes)
            return context, set_threads
        notes.extend(_create_finding(edition, root) for root in roots)
        names = [name for name in _justified_styles(edition) if _find_root(edition, name) in roots]
        edition = replace(edition, styles=align_ragged(edition.styles, names))


def _find_loose_styles(edition: Edition, set_threads: Iterable[SetThread]) -> set[str]:
    """Return the justified styles with lines that are too loose."""
    named = {name for each in set_threads for name in each.loose}
    return named.intersection(_justified_styles(edition))


def _justified_styles(edition: Edition) -> list[str]:
    styles = edition.styles.paragraphs
    return [name for name, style in styles.items() if style.align is Align.JUSTIFY]


def _find_root(edition: Edition, name: str) -> str:
    """Return the first justified style in the chain of those that a style is based on."""
    styles = edition.styles.paragraphs
    while True:
        spec = edition.layout.paragraph_styles.get(name)
        above = (spec.based_on if spec else None) or ROOT
        if above == name or styles[above].align is not Align.JUSTIFY:
            return name
        name = above


def _create_finding(edition: Edition, root: str) -> Finding:
    spec = edition.layout.paragraph_styles.get(root)
    message = (
        f"style '{root}' and styles based on it are set ragged in {edition.language}: justified,"
        " the spaces between words or letters would be too wide"
    )
    hint = "use wider columns or smaller type to justify it"
    return Finding("justify-loose", message, spec.span if spec else None, hint, Severity.NOTE)
