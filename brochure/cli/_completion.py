"""Shell completion of options whose choices are known only to a stage, which is imported when the Tab key is pressed."""

from __future__ import annotations


def complete_layout(incomplete: str) -> list[str]:
    """Return the shipped layouts that begin so."""
    from brochure.templates import list_templates

    return [name for name in list_templates() if name.startswith(incomplete)]


def complete_profile(incomplete: str) -> list[str]:
    """Return the built-in preflight profiles that begin so."""
    from brochure.preflight import PROFILES

    return [name for name in PROFILES if name.startswith(incomplete)]


def complete_marks(incomplete: str) -> list[str]:
    """Return the lists that the last word of a list of marks may be completed to."""
    from brochure.spec.finishing import PrinterMark

    before, comma, word = incomplete.rpartition(",")
    names = [mark.value for mark in PrinterMark] + ([] if comma else ["yes", "no"])
    return [before + comma + name for name in names if name.startswith(word)]
