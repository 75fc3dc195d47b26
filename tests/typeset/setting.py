"""Text and style in, lines out: what the tests of setting share.

Takes words and what is special about their style; gives the prepared paragraph, its lines and what they say. Fonts are those
of the installed packages (Source Serif 4, Source Sans 3, Noto Sans); for other scripts, the system's Noto fonts, where it
has them.
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import replace
from functools import lru_cache
from pathlib import Path
from typing import Any

import pytest

from brochure.errors import InputError
from brochure.fonts.catalog import FontCatalog
from brochure.project import DiskProject, MemoryProject
from brochure.typeset.lines import Glyphs, Line, LineSlot, LineSlots
from brochure.typeset.paragraph import PreparedParagraph, compose, prepare
from brochure.typeset.style import (
    Align,
    Fallback,
    Hyphenation,
    LetterSpace,
    ParagraphStyle,
    TextRun,
    TypeStyle,
    WordSpace,
)
from tests.fonts.built import Recipe, built

SERIF = TypeStyle("Source Serif 4", 10.0)
BOXES = TypeStyle("Boxes", 10.0)
"""At 10 pt, every glyph of this font is 5 pt wide, capitals are 7 pt tall, and the underline's middle lies 1 pt deep."""
RAGGED = ParagraphStyle(SERIF, 13.0)
JUSTIFIED = ParagraphStyle(
    SERIF,
    13.0,
    align=Align.JUSTIFY,
    hyphenation=Hyphenation(on=True),
    word_space=WordSpace(0.78, 1.0, 1.35),
    letter_space=LetterSpace(-6, 12),
)

COPY = (
    "Once laws are enforced, the violence ends. When the justice system protects people in poverty and criminals can no "
    "longer act with impunity, millions are never harmed; prosecutors’ casework, child-focused protocols for the courts "
    "and a network of aftercare from emergency to long-term recovery make the difference. In communities where difficult "
    "investigations were carried through, figures show considerable reductions: survivors return to safety and strength, "
    "officials mend the gaps that each case has shown, and the trade in the open disappears from the streets."
)


@lru_cache(maxsize=1)
def font_catalog() -> FontCatalog:
    return FontCatalog(MemoryProject())


@lru_cache(maxsize=1)
def wide_shelf() -> FontCatalog:
    """A shelf with the system's fonts on it."""
    return FontCatalog(DiskProject(Path(__file__).parent / "unicode"), system=True)


@lru_cache(maxsize=1)
def box_shelf() -> FontCatalog:
    """A shelf with a font in which every glyph is half an em wide, and which has no features at all."""
    return FontCatalog(MemoryProject({"assets/fonts/Boxes.ttf": built(Recipe())}))


def scripts_shelf(*families: str) -> FontCatalog:
    """The shelf with the system's fonts; the test is skipped where one of these families is not there."""
    for family in families:
        try:
            wide_shelf().face(replace(SERIF, family=family))
        except InputError:
            pytest.skip(f"needs the font family {family}")
    return wide_shelf()


def typed(script: str, family: str, language: str, size: float = 10.0) -> TypeStyle:
    """Source Serif 4 with a family that sets a script."""
    return replace(SERIF, size=size, language=language, fallbacks=(Fallback(script, family),))


def prepared(
    text: str | Sequence[TextRun],
    style: ParagraphStyle = RAGGED,
    on: FontCatalog | None = None,
    **changes: Any,
) -> PreparedParagraph:
    style = replace(style, **changes)
    runs = [TextRun(text, style.type)] if isinstance(text, str) else text
    return prepare(tuple(runs), style, on or font_catalog())


def even(width: float) -> LineSlots:
    """The same room for every line."""
    return LineSlots((), LineSlot(0.0, width))


def lines(
    text: str | Sequence[TextRun],
    width: float,
    style: ParagraphStyle = RAGGED,
    on: FontCatalog | None = None,
    **changes: Any,
) -> tuple[Line, ...]:
    return compose(prepared(text, style, on, **changes), even(width))


def said(line: Line) -> str:
    """The characters that the line's glyphs stand for, in reading order."""
    return "".join(run.text for run in line.runs)


def words(text: str | Sequence[TextRun], found: Sequence[Line]) -> list[str]:
    """What each line holds of the paragraph's text, the white space at its end left out, its hyphen put in."""
    whole = text if isinstance(text, str) else "".join(run.text for run in text)
    return [
        whole[line.start : line.end].rstrip(" \n\u00ad") + ("-" if line.hyphenated else "")
        for line in found
    ]


def in_a_row(line: Line) -> list[Glyphs]:
    """The line's runs from left to right."""
    return sorted(line.runs, key=lambda run: run.x)
