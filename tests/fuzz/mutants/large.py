"""Copy with one very long text: units of a kind repeated thousands of times, as a hostile or a damaged file has them."""

from __future__ import annotations

import json
from random import Random

MIN_SIZE, MAX_SIZE = 2_000, 150_000
"""Characters of the long text."""

REPEATED = (
    *(
        "international",
        "the quick brown foxes jumped ",
        "1234567890",
        "a\n\n",
        "a\t",
        "漢字仮名",
        "ការអភិវឌ្ឍន៍",
        "ข้อความ",
    ),
    *(
        "ab\u00ad",
        "\u00ad\u200d",
        "a\u200b",
        "\u0301",
        "\u200d",
        "\ufe0f",
        "-",
        "\u2014",
        "\u2010a",
        ".",
        "...",
        "…",
    ),
    *(
        '"',
        "'",
        "“a” ",
        "« ",
        "'a' ",
        '"a" ',
        "''",
        "'{'",
        "^",
        "^1^",
        "~2~",
        "~",
        "\\",
        "\\*",
        "&",
        "&amp;",
        "/",
        "<b>",
    ),
    *(
        "*",
        "*a ",
        "*a* ",
        "**a**",
        "***",
        "[",
        "]",
        "[a](",
        "[a](https://a.org) ",
        "[a]{.b}",
        "![",
        "{",
        "}",
        "{}",
        "(a ",
        "(a) ",
    ),
    *(
        "a\u0627",
        "a \u0627 ",
        "\"a\" '\u0627' ",
        "(\u0627) ",
        "\u05d0-1 ",
        "+1 23",
        "1-",
        "a.b/",
        "https://a.org/",
        "www.",
    ),
    *(
        "\u202b",
        "\u202ba\u202c",
        "\u2067",
        "\u2067a\u2066b",
        "\u2069",
        "\u2068",
        "\u200f",
        "\U0001f468\u200d\U0001f469",
    ),
    *(
        "{n, number} ",
        "{n, plural, one {a} other {#}} ",
        "{n, number, ::scale/1E9} ",
        "{n, number, ::.00} ",
    ),
)
NESTED = (
    *(
        ("\u202b", "\u202c"),
        ("\u2067", "\u2069"),
        ("[", "]"),
        ("(", ")"),
        ("{", "}"),
        ("*", "*"),
        ("“", "”"),
        ('"', '"'),
    ),
    *(("{n, plural, other {", "}}"), ("{n, select, other {", "}}"), ("[a", "](b)")),
)
SINGLE = (
    *(
        "{n, number, ::scale/1E99999999}",
        "{n, number, ::integer-width/+00000000000000000000000000000000}",
    ),
    *(
        "{n, number, ::.00000000000000000000000000000000000000}",
        "{n, number, ::currency/…}",
        "{n, number, '}",
        "{n, date}",
    ),
    *(
        "{n, spellout}",
        "{n, number, ::rounding-mode/x}",
        "{n, number, ::@@@@@@@@@@@@@@@@@@@@@@@@@@@@@@@@@@@@@@@@@}",
    ),
)


def damaged(data: bytes, rng: Random) -> bytes:
    """Return the copy with a hostile text in place of its words."""
    text = rng.choice((_repeat, _repeat, _mix, _nest, _single))(rng)
    lines = [line for line in data.decode().splitlines() if not line.startswith("words:")]
    return "\n".join((*lines, f"words: {json.dumps(text)}", "")).encode()


def _size(rng: Random) -> int:
    return int(MIN_SIZE * (MAX_SIZE / MIN_SIZE) ** rng.random())


def _repeat(rng: Random) -> str:
    unit = rng.choice(REPEATED)
    return rng.choice(("", "a", "a ")) + unit * (_size(rng) // len(unit))


def _mix(rng: Random) -> str:
    units = rng.sample(REPEATED, rng.randint(2, 4))
    unit = "".join(units)
    return unit * (_size(rng) // len(unit))


def _nest(rng: Random) -> str:
    first, last = rng.choice(NESTED)
    count = _size(rng) // (len(first) + len(last))
    return first * count + "a" + last * rng.choice((count, count, count // 2, 0))


def _single(rng: Random) -> str:
    return f"Made {rng.choice(SINGLE)} times"
