"""Damaged CSV files: quotation marks, NULs, ragged rows, other delimiters and encodings, formulas.

Damages a good CSV.
"""

from __future__ import annotations

import re
from random import Random

from tests.fuzz.mutants import _bytes, _texts
from tests.fuzz.mutants._texts import NASTY, Accident, elsewhere, put

CELL = re.compile(r"(?<=,)[^,\r\n]*(?=[,\r\n])")
HEAD = re.compile(r"\A[^\r\n]*")
CELLS = (
    '"',
    '""',
    '"a',
    'a"b',
    '"a""b"',
    '"a\nb"',
    "=1+1",
    "@SUM(A1)",
    "'=x",
    "\x00",
    "x" * 140_000,
    ",,,,",
    ";",
    "\t",
    "fuzzy",
    "{people, number}",
    "{",
)


def damaged(data: bytes, rng: Random) -> bytes:
    """Return the table after one to four changes."""
    if rng.random() < 0.15:
        return _bytes.damaged(data, rng)
    return _texts.damaged_text(data.decode("utf-8-sig"), rng, ACCIDENTS)


def _cell(text: str, rng: Random) -> str:
    return put(text, rng, CELL, rng.choice(CELLS))


def _nasty(text: str, rng: Random) -> str:
    return put(text, rng, CELL, rng.choice(NASTY))


def _cell_elsewhere(text: str, rng: Random) -> str:
    return elsewhere(text, rng, CELL)


def _ragged(text: str, rng: Random) -> str:
    lines = text.split("\n")
    at = rng.randrange(len(lines))
    lines[at] = lines[at].replace(
        ",", rng.choice(("", ",,", ",\x00,", ";")), rng.choice((1, 2, 99))
    )
    return "\n".join(lines)


def _headed(text: str, rng: Random) -> str:
    """Name columns twice, strangely or not at all."""
    names = [
        "key",
        "source",
        "translation",
        "state",
        "notes",
        "",
        "KEY ",
        "translation",
        "previous source",
    ]
    return put(text, rng, HEAD, ",".join(rng.sample(names, rng.randint(1, len(names)))))


def _delimited(text: str, rng: Random) -> str:
    return text.replace(",", rng.choice((";", "\t", "|", ":")))


def _ended(text: str, rng: Random) -> str:
    return text.replace("\r\n", rng.choice(("\r", "\n", "\r\r\n", "\n\r", "\u2028")))


ACCIDENTS: tuple[Accident, ...] = (
    _cell,
    _cell,
    _nasty,
    _cell_elsewhere,
    _ragged,
    _headed,
    _delimited,
    _ended,
)
