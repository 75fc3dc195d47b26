"""Models of the layout keys for footnotes and endnotes."""

from __future__ import annotations

from enum import Enum
from typing import Annotated

from brochure.fast_dataclass import dataclass
from brochure.spec.constraints import Distance, Width
from brochure.spec.values import CharacterName, Length, StyleName, SwatchName


class NotePlace(Enum):
    """Where notes are set."""

    FOOT = "foot"
    FRAME = "frame"
    END = "end"


class NoteNumbering(Enum):
    """Where the numbers of notes begin again."""

    BROCHURE = "brochure"
    STORY = "story"
    PAGE = "page"


class NoteMark(Enum):
    """Marks of notes."""

    NUMBERS = "numbers"
    LETTERS = "letters"
    SYMBOLS = "symbols"


@dataclass(frozen=True, slots=True)
class NoteRule:
    """The line between text and notes."""

    colour: Annotated[SwatchName | None, "swatch of the line (default: that of the notes)"] = None
    width: Annotated[Width, "line width"] = Length(0.4)
    length: Annotated[Distance, "length of the line, at most the width of the column"] = Length(
        ems=6.0
    )


@dataclass(frozen=True, slots=True)
class NotesSpec:
    """Footnotes and endnotes."""

    place: Annotated[
        NotePlace,
        "at the foot of the column, at the foot of the frame below all its columns, or at the end, in a `notes` block",
    ] = NotePlace.FOOT
    marks: Annotated[
        NoteMark, "numbers in the digits of the language, letters, or symbols: * † ‡ § ‖ ¶"
    ] = NoteMark.NUMBERS
    numbering: Annotated[
        NoteNumbering | None,
        "where the marks begin again: never in the brochure, in each story or frame, or on each page"
        " (default: brochure; with symbols: page)",
    ] = None
    style: Annotated[StyleName | None, "paragraph style of the notes (default: `footnote`)"] = None
    mark_style: Annotated[
        CharacterName | None, "character style of the marks in the text (default: superscript)"
    ] = None
    space: Annotated[Distance, "space between the text and the line above the notes"] = Length(
        ems=1.2
    )
    gap: Annotated[Distance, "space between two notes"] = Length(ems=0.3)
    rule: Annotated[bool | NoteRule, "line above the notes: yes, no, or its details"] = True

    @property
    def restart(self) -> NoteNumbering:
        """Where the marks begin again."""
        if self.numbering is not None:
            return self.numbering
        return NoteNumbering.PAGE if self.marks is NoteMark.SYMBOLS else NoteNumbering.BROCHURE
