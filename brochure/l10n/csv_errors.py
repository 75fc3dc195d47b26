"""Describe errors of the csv module in plain words, with a hint."""

from __future__ import annotations

import csv

SAVE_AS_CSV = "save it as 'CSV UTF-8'"

MESSAGES = {
    ("unexpected end of data", "field limit", "field larger"): (
        "unclosed quotation mark in this row",
        'double a quotation mark inside a cell: "Ada ""Lady"" Lovelace"',
    ),
    ("expected after",): (
        "quotation mark in the middle of a cell",
        'put the cell in quotation marks and double those inside it: "Ada ""Lady"""',
    ),
    ("new-line",): ("a line ends with a carriage return alone", SAVE_AS_CSV),
    ("NUL",): ("a cell contains a NUL character", SAVE_AS_CSV),
}
"""Message and hint by parts of the module's messages (Modules/_csv.c)."""


def explain_csv_error(error: csv.Error) -> tuple[str, str]:
    """Return what is wrong with a row that cannot be parsed, and how to fix it."""
    original = str(error)
    matches = (
        words for parts, words in MESSAGES.items() if any(part in original for part in parts)
    )
    return next(matches, ("this row is not valid CSV", SAVE_AS_CSV))
