"""The fixed choices of options, by the names that the command line and the public interface use.

They are below all stages, so that the command line can offer them without importing a stage.
"""

from __future__ import annotations

from enum import StrEnum


class Target(StrEnum):
    """What a PDF is for."""

    PRESS = "press"
    """A printer: bleed, inks of the press, PDF/X."""
    SCREEN = "screen"
    """Readers on screens: trimmed, sRGB, tagged (PDF/UA-1 and PDF/A-2a), with links."""
    BOOKLET = "booklet"
    """An office's own printer: pages two up, to be folded."""


class PdfxStandard(StrEnum):
    """A PDF/X standard that a finished file can be checked against."""

    X1A = "x-1a"
    X3 = "x-3"
    X4 = "x-4"


class Scheme(StrEnum):
    """An imposition scheme."""

    READER = "reader"
    BOOKLET = "booklet"
    TURN = "work-and-turn"
    TUMBLE = "work-and-tumble"
    STEP_AND_REPEAT = "step-and-repeat"
    N_UP = "n-up"
    SHEETWISE = "sheetwise"
    GANG = "gang"


class Work(StrEnum):
    """How both sides of a sheet are printed."""

    SHEETWISE = "sheetwise"
    """The back has a forme of its own."""
    TURN = "work-and-turn"
    """One forme for both sides; the paper is turned over its side, and then cut in two."""
    TUMBLE = "work-and-tumble"
    """One forme for both sides; the paper is turned head to foot, and then cut in two."""


class Assembly(StrEnum):
    """How signatures become a block: one behind the other, or one inside the other."""

    GATHER = "gather"
    INSERT = "insert"


class Creep(StrEnum):
    """Which sheet of a nest keeps its place: the outermost (others move in), or the innermost (others move out)."""

    IN = "in"
    OUT = "out"


class Flip(StrEnum):
    """The edge on which a duplex printer turns the sheet."""

    SHORT = "short"
    LONG = "long"


class BindingEdge(StrEnum):
    """The edge at which the pages of a PDF are bound."""

    LEFT = "left"
    RIGHT = "right"


class PreviewFormat(StrEnum):
    """Image format of page previews."""

    PNG = "png"
    WEBP = "webp"


class ExchangeFormat(StrEnum):
    """File format of catalogues; `brochure/l10n/formats` has a module for each."""

    PO = "po"
    XLIFF = "xliff"
    XLIFF_1_2 = "xliff-1.2"
    CSV = "csv"
    XLSX = "xlsx"
    ODS = "ods"
    DOCX = "docx"


class Pseudolocale(StrEnum):
    """A language for tests of a layout, made from the source copy."""

    ACCENTED = "en-XA"
    MIRRORED = "ar-XB"
    TALL = "km-XT"
