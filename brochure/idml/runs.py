"""Runs of a paragraph: which of them has its formatting, how high its lines are, and what white space it has at its ends."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import replace

from brochure.idml.stories import Run, remove_markers
from brochure.idml.type_settings import Settings, number_of, text_of
from brochure.idml.xml_nodes import to_number
from brochure.l10n.message_text import MarkedText, merge_marked

SHORT_TEXT = 60
"""Characters up to which the largest run decides the style of a paragraph, otherwise the longest."""


def local_settings(run: Run) -> Settings:
    """Return what was set by hand in a run."""
    return {name: value for name, value in run.settings.items() if name != "AppliedCharacterStyle"}


def main_run(runs: Sequence[Run], around: Settings) -> Run:
    """Return the run whose formatting by hand is that of the paragraph: the largest in short text, else the longest."""
    with_text = [run for run in runs if remove_markers(run.text).strip()] or list(runs)
    total = sum(len(run.text) for run in with_text)
    lengths: dict[tuple[tuple[str, str], ...], int] = {}
    for run in with_text:
        lengths[_signature(run)] = lengths.get(_signature(run), 0) + len(run.text)

    def rank(run: Run) -> tuple[float, int]:
        size = number_of({**around, **run.settings}, "PointSize", 12.0)
        return (size if total <= SHORT_TEXT else 0.0), lengths[_signature(run)]

    return max(with_text, key=rank)


def _signature(run: Run) -> tuple[tuple[str, str], ...]:
    texts = ((name, value) for name, value in run.settings.items() if isinstance(value, str))
    return tuple(sorted(texts))


def line_height(settings: Settings) -> float:
    """Return the height of a line in points."""
    leading = to_number(text_of(settings, "Leading", "Auto"), -1.0)
    if leading > 0:
        return leading
    size = number_of(settings, "PointSize", 12.0)
    return size * number_of(settings, "AutoLeading", 120.0) / 100


def without_edges(pieces: Sequence[MarkedText]) -> list[MarkedText]:
    """Return the text of a paragraph without white space at its ends, which a message cannot have."""
    found = merge_marked(pieces)
    if found:
        found[0] = replace(found[0], text=found[0].text.lstrip(" \n"))
        found[-1] = replace(found[-1], text=found[-1].text.rstrip())
    return found


def strip_message(text: str) -> str:
    """Return a message without line breaks at its ends."""
    return text.strip("\n")
