"""Damaged catalogues: contexts lost, plural forms, flags, escapes, headers of other encodings.

Damages a good PO file.
"""

from __future__ import annotations

import re
from random import Random

from tests.fuzz.mutants import _bytes, _texts
from tests.fuzz.mutants._texts import NASTY, Accident, elsewhere, put

QUOTED = re.compile(r'(?<=")[^"\n]+(?=")')
WORD = re.compile(r"\b(?:msgctxt|msgid|msgstr)\b")
FACT = re.compile(r"\{[^{}\n]*\}")
LINES = (
    *(
        'msgid_plural "x"',
        'msgstr[0] "x"',
        'msgstr[99999999999] "x"',
        'msgctxt "head"',
        'msgid ""',
        'msgstr ""',
        '"more"',
    ),
    *(
        "#, fuzzy",
        "#, fuzzy, c-format, python-format",
        '#| msgid "old"',
        '#~ msgid "gone"',
        '#~| msgid "x"',
        "#: a.py:1 b:x",
        "#.",
        "#",
    ),
    *(
        '"Content-Type: text/plain; charset=KOI8-R\\n"',
        '"Language: ../x\\n"',
        '"X: \\n"',
        '"no colon\\n"',
        "msgstr",
        'msgid "a" "b"',
    ),
)
TEXTS = (
    *(
        "\\x",
        "\\",
        "\\n\\t\\\\",
        '\\"',
        "\\101",
        "\\u00e9",
        "{people, plural, one {",
        "{people, spellout}",
        "{share, number, ::percent .00}",
    ),
    *(
        "{nobody}",
        "{people, date}",
        "{people, plural, =0 {a} few {b}}",
        "'{'",
        "**",
        "*a*",
        "[a](https://b.c)",
        "[a]()",
        "\\\\*",
        "“",
        "& < >",
    ),
    *(
        "{people, plural, offset:1 other {#}}",
        "{people, selectordinal, other {#th}}",
        "{people, number, ::" + "0" * 200 + "}",
        "{" * 500,
    ),
)


def damaged(data: bytes, rng: Random) -> bytes:
    """Return the catalogue after one to four changes."""
    if rng.random() < 0.1:
        return _bytes.damaged(data, rng)
    return _texts.damaged_text(data.decode(), rng, ACCIDENTS)


def _line(text: str, rng: Random) -> str:
    lines = text.split("\n")
    lines.insert(rng.randrange(len(lines) + 1), rng.choice(LINES))
    return "\n".join(lines)


def _keyword(text: str, rng: Random) -> str:
    return put(
        text,
        rng,
        WORD,
        rng.choice(
            ("msgctxt", "msgid", "msgstr", "msgid_plural", "msgstr[1]", "#~ msgstr", "Msgid")
        ),
    )


def _text(text: str, rng: Random) -> str:
    return put(text, rng, QUOTED, rng.choice(TEXTS))


def _nasty(text: str, rng: Random) -> str:
    return put(text, rng, QUOTED, rng.choice(NASTY))


def _fact(text: str, rng: Random) -> str:
    return put(text, rng, FACT, rng.choice(TEXTS))


def _text_elsewhere(text: str, rng: Random) -> str:
    return elsewhere(text, rng, QUOTED)


ACCIDENTS: tuple[Accident, ...] = (
    _line,
    _line,
    _keyword,
    _text,
    _text,
    _nasty,
    _fact,
    _fact,
    _text_elsewhere,
)
