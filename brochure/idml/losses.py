"""Findings of an import: what of the InDesign file was not taken, or was taken differently."""

from __future__ import annotations

from collections.abc import Iterable

from brochure.findings import Finding, Severity, Span

LOSSES = {
    "item": "Objects that were not taken",
    "hidden": "Hidden and non-printing objects",
    "pasteboard": "Objects on the pasteboard",
    "shape": "Shapes of frames",
    "transform": "Scaled, sheared and flipped objects",
    "stroke": "Strokes",
    "colour": "Colours",
    "effect": "Transparency and effects",
    "wrap": "Text wrap",
    "frame": "Text frame options",
    "picture": "Pictures",
    "picture-missing": "Missing pictures",
    "alt": "Alternative text",
    "font-missing": "Missing fonts",
    "type": "Type settings",
    "text": "Text",
    "table": "Tables",
    "footnote": "Footnotes",
    "anchored": "Anchored objects",
    "page": "Pages and masters",
    "overset": "Text that does not fit",
    "unused": "Unused styles and swatches",
    "version": "Version of the file",
}
"""Kinds of findings and their headings in the report; the code of a finding is `idml-` and the kind."""


def lost(
    kind: str,
    message: str,
    span: Span | None = None,
    hint: str = "",
    *,
    page: int | None = None,
    severity: Severity = Severity.WARNING,
) -> Finding:
    """Return the finding for something that was not taken as it is in InDesign."""
    return Finding(f"idml-{kind}", message, span, hint, severity, page)


def noted(kind: str, message: str, span: Span | None = None, hint: str = "") -> Finding:
    """Return a finding that needs no action."""
    return lost(kind, message, span, hint, severity=Severity.NOTE)


def count_losses(findings: Iterable[Finding]) -> dict[str, int]:
    """Return the number of findings of each kind, in the order of the report."""
    kinds = [finding.code.removeprefix("idml-") for finding in findings]
    return {kind: kinds.count(kind) for kind in LOSSES if kind in kinds}
