"""Giving way: a style at some share of the way from as designed to as small as its designer allows.

Takes resolved styles with their `CopyfitRange`; gives them fitted. First the letters and words move closer, then the lines, then
the type grows smaller, and last words are divided: each help begins where the one before it has nearly given all it has. No
style goes below the size at which its script can be read.
"""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import replace

from brochure.styles.style_sheet import StyleSheet
from brochure.typeset.script_rules import rules_for_language
from brochure.typeset.style import CopyfitRange, ParagraphStyle, WordSpace

TIGHTEN, LEAD, SHRINK = (0.0, 0.4), (0.25, 0.75), (0.4, 0.95)
"""Where on the way each help begins and where it has given all."""


def is_copyfittable(style: ParagraphStyle) -> bool:
    """Whether the style can be fitted at all."""
    return style.copyfit != CopyfitRange()


def fit_style_sheet(sheet: StyleSheet, shares: Mapping[str, float]) -> StyleSheet:
    """The style sheet with each named style at its share of the way."""
    fitted = {name: shrink_style(sheet.paragraphs[name], share) for name, share in shares.items()}
    return replace(sheet, paragraphs={**sheet.paragraphs, **fitted})


def shrink_style(style: ParagraphStyle, share: float) -> ParagraphStyle:
    """The style at `share` (0 to 1) of the way."""
    fit = style.copyfit
    tight, closer, smaller = (_part(share, stage) for stage in (TIGHTEN, LEAD, SHRINK))
    scale = max(1 - (1 - fit.size) * smaller, min(1.0, _floor(style) / style.type.size))
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
        word_space=_narrowed(style.word_space, 1 - (1 - fit.word_space) * tight),
        hyphenation=hyphenation,
        # Closer lines cannot stand on the page's grid: whoever allows the leading to give way gives up the grid with it.
        to_grid=style.to_grid and (fit.leading == 1 or not closer),
    )


def _part(share: float, stage: tuple[float, float]) -> float:
    """How much of a stage is behind us."""
    begin, end = stage
    return min(1.0, max(0.0, (share - begin) / (end - begin)))


def _narrowed(space: WordSpace, factor: float) -> WordSpace:
    return WordSpace(min(space.least, space.ideal * factor), space.ideal * factor, space.most)


def _floor(style: ParagraphStyle) -> float:
    """The least size at which the style's script is still read."""
    return rules_for_language(style.type.language).min_size
