"""Shrink styles within their copyfitting ranges.

A share from 0 (as designed) to 1 (the smallest allowed) reduces first tracking and word space, then
leading, then type size; at 1, hyphenation is turned on. Each step begins when the one before is
nearly exhausted. No style goes below the smallest legible size of its script.
"""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import replace

from brochure.styles.style_sheet import StyleSheet
from brochure.typeset.script_rules import rules_for_language
from brochure.typeset.style import ParagraphStyle, WordSpace

TIGHTEN_RANGE, LEADING_RANGE, SIZE_RANGE = (0.0, 0.4), (0.25, 0.75), (0.4, 0.95)
"""Shares between which each step runs."""


def fit_style_sheet(sheet: StyleSheet, shares: Mapping[str, float]) -> StyleSheet:
    """Return the style sheet with each named style shrunk by its share."""
    fitted = {name: shrink_style(sheet.paragraphs[name], share) for name, share in shares.items()}
    return replace(sheet, paragraphs={**sheet.paragraphs, **fitted})


def shrink_style(style: ParagraphStyle, share: float) -> ParagraphStyle:
    """Return the style shrunk by `share` (0 to 1) of its range."""
    fit = style.copyfit
    tight, closer, smaller = (
        _progress(share, stage) for stage in (TIGHTEN_RANGE, LEADING_RANGE, SIZE_RANGE)
    )
    scale = max(1 - (1 - fit.size) * smaller, min(1.0, _min_size(style) / style.type.size))
    type_style = replace(
        style.type,
        size=style.type.size * scale,
        tracking=style.type.tracking + fit.tracking * tight,
    )
    hyphenation = style.hyphenation
    if fit.hyphenation and share >= 1:
        hyphenation = replace(hyphenation, on=True)
    return replace(
        style,
        type=type_style,
        leading=style.leading * (1 - (1 - fit.leading) * closer),
        word_space=_shrink_word_space(style.word_space, 1 - (1 - fit.word_space) * tight),
        hyphenation=hyphenation,
        # Reduced leading does not fit the baseline grid, so copyfitting the leading leaves the grid.
        to_grid=style.to_grid and (fit.leading == 1 or not closer),
    )


def _progress(share: float, stage: tuple[float, float]) -> float:
    """Return how much of a step is done."""
    begin, end = stage
    return min(1.0, max(0.0, (share - begin) / (end - begin)))


def _shrink_word_space(space: WordSpace, factor: float) -> WordSpace:
    return WordSpace(min(space.least, space.ideal * factor), space.ideal * factor, space.most)


def _min_size(style: ParagraphStyle) -> float:
    """Return the smallest legible size of the style's script."""
    return rules_for_language(style.type.language).min_size
