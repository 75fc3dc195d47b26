"""Damaged YAML, as by mistakes in an editor: layouts, copy, offices, checks.

`damaged` replaces values by absurd ones, moves keys, and adds aliases, tags and nesting that YAML allows.
"""

from __future__ import annotations

import re
from random import Random

from tests.fuzz.mutants import _bytes, _texts
from tests.fuzz.mutants._texts import NASTY, Accident, elsewhere, put

VALUE = re.compile(r"(?<=: )[^\s,{}\[\]]+")
WHOLE = re.compile(r"(?<=: )[^\n]+")
FIGURE = re.compile(r"\d+(?:\.\d+)?")
MEASURE = re.compile(r"\d+(?:\.\d+)? (?:mm|pt)\b")
WORD = re.compile(r"(?<=: )[a-z][a-z.-]*(?=[,}\n])")
ITEM_OF_MANY = re.compile(r"[\w-]+: [^,{}\[\]\n]+, |(?<=, )[\w.]+, ")
KEY = re.compile(r"[\w-]+(?=:)")
ITEM = re.compile(r"(?<=[\[,])[^,{}\[\]\n]+(?=[,\]])")

ABSURD = (
    *(
        "0",
        "-1",
        "1e9",
        "100000000",
        "99999999999999999999999",
        "nan",
        ".nan",
        ".inf",
        "-.inf",
        "-0.0001",
        "1/0",
        "-0",
    ),
    *(
        "5 m",
        "5000 mm",
        "-5000 mm",
        "1000 em",
        "1000 lines",
        "0.0001 pt",
        "1/999999999 col",
        "9 px",
        "1e308 mm",
        "nan pt",
    ),
    *(
        "200%",
        "0%",
        "-5%",
        "1e300%",
        "0..0",
        "9..1",
        "1..2..3",
        "..",
        "yes",
        "none",
        "~",
        "null",
        "[]",
        "{}",
        "[[]]",
    ),
    *(
        "columns 1-1",
        "columns 1-99",
        "columns 0",
        "rows 1-1",
        "bleed",
        "spread-bleed",
        "spread, columns 1-2",
        "margins",
    ),
    *(
        "x 0, y 0, width 1 pt, height 1 pt",
        "x 5 cm",
        "width 1 mm",
        "columns 1-2, height 900 mm",
        "left 90%, width 0",
    ),
    *(
        "cmyk 0 0 0 0",
        "cmyk 101 0 0 0",
        "rgb 1 2",
        "rgb 999 0 0",
        'spot "x" as cmyk 1 1 1 1',
        "#fff",
        "hsl 1 1 1",
    ),
    *(
        "2026-11-24",
        "2026-02-30",
        "12:30:45",
        "0o17",
        "0b1",
        "1_0",
        "1.",
        "+1",
        ".5",
        "=",
        "<<",
        "A0",
        "1 x 1 mm",
        "9999 x 9999 mm",
    ),
    *(
        "*a",
        "&a b",
        "&a [*a]",
        "!!int 3",
        "!!python/object:os.system x",
        "!!binary aGk=",
        "!!set {a}",
        "!!timestamp 2001",
        "!x y",
    ),
    *(
        "'",
        '"',
        "|",
        ">-",
        "|9",
        "? a",
        "- - - a",
        "{a: {a: {a: a}}}",
        "[" * 60,
        "{a: " * 60,
        "[" * 3000,
        "%YAML 1.1",
        "---",
        "...",
    ),
    *(
        '"\\x00"',
        '"\\e[2J"',
        '"\\ud800"',
        '"\\U0010FFFF"',
        '"\\x85"',
        '"\\u2028"',
        '"\\uFFFF"',
        '"a\\nb"',
        "a.b.c",
        "doc.title",
        "alt",
    ),
    *(
        '"{people, number, ::.0000000000}"',
        '"{people, plural, other {#}}"',
        '"{x, select, other {}}"',
        '"{"',
        "'{people, number, percent}'",
    ),
    *(
        '"**"',
        '"[a](b)"',
        '"[a](javascript:x)"',
        '"*a **b* c**"',
        '"[a]{.strong}"',
        '"a\\n\\n\\n\\nb"',
        '"# a"',
        '"~~a~~"',
        '"<i>a</i>"',
    ),
)
"""Replacements for values."""

NESTS = ("[{}]", "{{a: {}}}", "[{0}, {0}]", "&b {}")


def damaged(data: bytes, rng: Random) -> bytes:
    """Return the file after one to four changes, most of which leave it YAML; half of them are plausible input that must be laid
    out."""
    if rng.random() < 0.08:
        return _bytes.damaged(data, rng)
    if rng.random() < 0.5:
        text = data.decode()
        for _ in range(rng.choice((1, 1, 2, 3))):
            text = rng.choice(SLIPS)(text, rng)
        return text.encode()
    return _texts.damaged_text(data.decode(), rng, ACCIDENTS)


def _absurd(text: str, rng: Random) -> str:
    return put(text, rng, rng.choice((VALUE, VALUE, WHOLE, ITEM)), rng.choice(ABSURD))


def _nasty(text: str, rng: Random) -> str:
    sign = rng.choice(NASTY)
    return put(
        text,
        rng,
        rng.choice((VALUE, WHOLE)),
        '"' + sign.replace("\\", "\\\\").replace('"', '\\"') + '"',
    )


def _figure(text: str, rng: Random) -> str:
    figure = rng.choice(
        (str(rng.randint(-3, 40)), f"{rng.uniform(-10, 400):.2f}", f"{10 ** rng.uniform(-9, 9):g}")
    )
    return put(text, rng, re.compile(r"\d+(\.\d+)?"), figure)


def _scaled(text: str, rng: Random) -> str:
    """Make a number much smaller or larger."""
    figures = list(FIGURE.finditer(text))
    if not figures:
        return text
    one = rng.choice(figures)
    factor = rng.choice((0, 0.001, 0.1, 0.5, 0.9, 1.5, 2, 3, 10, 100, 1000))
    return f"{text[: one.start()]}{float(one.group()) * factor:g}{text[one.end() :]}"


def _measure_elsewhere(text: str, rng: Random) -> str:
    return elsewhere(text, rng, MEASURE)


def _word_elsewhere(text: str, rng: Random) -> str:
    return elsewhere(text, rng, WORD)


def _item_lost(text: str, rng: Random) -> str:
    return put(text, rng, ITEM_OF_MANY, "")


def _item_again(text: str, rng: Random) -> str:
    """Repeat an item of a list many times: more blocks, rows or pages than fit."""
    lines = text.split("\n")
    items = [at for at, line in enumerate(lines) if line.lstrip().startswith("- ")]
    if not items:
        return text
    at = rng.choice(items)
    return "\n".join([*lines[:at], *[lines[at]] * rng.choice((2, 3, 40)), *lines[at + 1 :]])


def _value_elsewhere(text: str, rng: Random) -> str:
    return elsewhere(text, rng, VALUE)


def _whole_elsewhere(text: str, rng: Random) -> str:
    return elsewhere(text, rng, WHOLE)


def _key_elsewhere(text: str, rng: Random) -> str:
    return elsewhere(text, rng, KEY)


def _key_nasty(text: str, rng: Random) -> str:
    return put(text, rng, KEY, rng.choice(ABSURD))


def _nested(text: str, rng: Random) -> str:
    whole = rng.choice(WHOLE.findall(text) or ["a"])
    return put(text, rng, WHOLE, rng.choice(NESTS).format(whole))


def _laughter(text: str, rng: Random) -> str:
    """Aliases of aliases: one line that would be millions when expanded."""
    levels = rng.randint(2, 30)
    lines = [
        "zero: &a0 [ha, ha]",
        *(f"l{at}: &a{at} [*a{at - 1}, *a{at - 1}]" for at in range(1, levels)),
    ]
    return text + "\n" + "\n".join(lines) + "\n"


ACCIDENTS: tuple[Accident, ...] = (
    *(_absurd, _absurd, _absurd, _absurd, _figure, _figure, _figure, _nasty, _nasty, _laughter),
    *(_value_elsewhere, _value_elsewhere, _whole_elsewhere, _key_elsewhere, _key_nasty, _nested),
)
SLIPS: tuple[Accident, ...] = (
    *(_scaled, _scaled, _scaled, _measure_elsewhere, _measure_elsewhere),
    *(_word_elsewhere, _word_elsewhere, _item_lost, _item_again),
)
