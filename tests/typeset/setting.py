"""Set text in a style: functions for the tests of typesetting.

`prepared` returns a prepared paragraph, `lines` its lines, `said` and `words` their text. Fonts are those of the installed
packages (Source Serif 4, Source Sans 3, Noto Sans) and, for other scripts, the system's Noto fonts.
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
"""At 10 pt, every glyph of this font is 5 pt wide, capitals are 7 pt high, and the centre of the underline is 1 pt below the
baseline."""
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
def wide_catalog() -> FontCatalog:
    """A font catalog that includes the system's fonts."""
    return FontCatalog(DiskProject(Path(__file__).parent / "unicode"), system=True)


@lru_cache(maxsize=1)
def box_catalog() -> FontCatalog:
    """A font catalog with a font in which every glyph is half an em wide, and which has no features."""
    return FontCatalog(MemoryProject({"assets/fonts/Boxes.ttf": built(Recipe())}))


def scripts_catalog(*families: str) -> FontCatalog:
    """The font catalog with the system's fonts; the test is skipped if one of these families is missing."""
    for family in families:
        try:
            wide_catalog().face(replace(SERIF, family=family))
        except InputError:
            pytest.skip(f"needs the font family {family}")
    return wide_catalog()


def typed(script: str, family: str, language: str, size: float = 10.0) -> TypeStyle:
    """Source Serif 4 with a family for a script."""
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
    """The same line slot for every line."""
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
    """The text of the line's glyphs, in reading order."""
    return "".join(run.text for run in line.runs)


def words(text: str | Sequence[TextRun], found: Sequence[Line]) -> list[str]:
    """The text of each line, without white space at its end, with its hyphen."""
    whole = text if isinstance(text, str) else "".join(run.text for run in text)
    return [
        whole[line.start : line.end].rstrip(" \n\u00ad") + ("-" if line.hyphenated else "")
        for line in found
    ]


def in_a_row(line: Line) -> list[Glyphs]:
    """The line's runs from left to right."""
    return sorted(line.runs, key=lambda run: run.x)
