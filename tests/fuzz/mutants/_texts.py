"""Damage that a text may suffer: lost, repeated, exchanged or indented lines, unusual characters, very long words.

`damaged_text` changes a text with a random generator. Formats that are texts add changes of their own.
"""

from __future__ import annotations

import re
from collections.abc import Callable
from random import Random

NASTY = (
    *(
        "",
        " ",
        "\t",
        "\x00",
        "\x07",
        "\x1b[31m",
        "\x7f",
        "\x85",
        "\u2028",
        "\u2029",
        "\ufeff",
        "\ufffe",
        "\uffff",
    ),
    *(
        "\u202e",
        "\u200d",
        "\u200b",
        "\u0301" * 40,
        "é",
        "ก็",
        "ស្ត្រី",
        "العربية",
        "😀👩‍👩‍👧",
        "𝔘",
        "\U0010ffff",
        "\U000e0041",
    ),
    *(
        "'",
        '"',
        "\\",
        "\\\\",
        "{",
        "}",
        "{}",
        "{{",
        "%s",
        "%(x)s",
        "{0.__class__}",
        "<b>",
        "&amp;",
        "<!--",
        "]]>",
    ),
    *(
        "../../etc/passwd",
        "/etc/passwd",
        "http://example.org/x",
        "file:///etc/passwd",
        "CON",
        "a" * 300,
        "a/" * 100,
    ),
    *(
        "0",
        "-1",
        "1e9",
        "1e400",
        "-1e-400",
        "nan",
        "-inf",
        "0x10",
        "1_000",
        "٣",
        "½",
        "99999999999999999999999",
    ),
)
ENCODINGS = (
    "utf-16",
    "utf-16-le",
    "utf-32",
    "latin-1",
    "cp1252",
    "utf-8-sig",
    "shift_jis",
    "utf-7",
)

Accident = Callable[[str, Random], str]


def damaged_text(text: str, rng: Random, special: tuple[Accident, ...]) -> bytes:
    """Return the text after one to four changes, some of them for its format only; sometimes in another encoding."""
    for _ in range(rng.choice((1, 1, 1, 2, 2, 4))):
        text = rng.choice(special if rng.random() < 0.7 else ACCIDENTS)(text, rng) or "a"
    if rng.random() < 0.03:
        return text.encode(rng.choice(ENCODINGS), "replace")
    return text.encode("utf-8", "surrogatepass")


def line_lost(text: str, rng: Random) -> str:
    """Remove one line or a few."""
    lines = text.split("\n")
    at = rng.randrange(len(lines))
    del lines[at : at + rng.choice((1, 1, 1, 3))]
    return "\n".join(lines)


def line_doubled(text: str, rng: Random) -> str:
    """Repeat lines once or many times."""
    lines = text.split("\n")
    at, many = rng.randrange(len(lines)), rng.choice((1, 1, 4))
    return "\n".join(
        lines[: at + many] + lines[at : at + many] * rng.choice((1, 1, 1, 200)) + lines[at + many :]
    )


def lines_exchanged(text: str, rng: Random) -> str:
    """Exchange two lines."""
    lines = text.split("\n")
    one, other = rng.randrange(len(lines)), rng.randrange(len(lines))
    lines[one], lines[other] = lines[other], lines[one]
    return "\n".join(lines)


def shifted(text: str, rng: Random) -> str:
    """Change the indentation of a line."""
    lines = text.split("\n")
    at = rng.randrange(len(lines))
    lines[at] = rng.choice(("", " ", "    ", "\t")) + lines[at].lstrip(" ")
    return "\n".join(lines)


def put_in(text: str, rng: Random) -> str:
    """Insert a hostile string."""
    at = rng.randrange(len(text) + 1)
    return text[:at] + rng.choice(NASTY) + text[at:]


def long_text(text: str, rng: Random) -> str:
    """Insert a very long word."""
    at = rng.randrange(len(text) + 1)
    return (
        text[:at]
        + rng.choice(("word ", "x", "{a}", "*", "[", "é")) * rng.choice((300, 5000))
        + text[at:]
    )


def broken_off(text: str, rng: Random) -> str:
    """Cut off the rest."""
    return text[: rng.randrange(len(text))]


def surrogate(text: str, rng: Random) -> str:
    """Insert half of a surrogate pair."""
    at = rng.randrange(len(text) + 1)
    return text[:at] + rng.choice(("\ud800", "\udfff")) + text[at:]


def put(text: str, rng: Random, pattern: re.Pattern[str], what: str) -> str:
    """Replace a text that matches by another."""
    places = [match.span() for match in pattern.finditer(text)]
    if not places:
        return text
    start, end = rng.choice(places)
    return text[:start] + what + text[end:]


def elsewhere(text: str, rng: Random, pattern: re.Pattern[str]) -> str:
    """Replace a text that matches by one from elsewhere that matches."""
    return put(
        text, rng, pattern, rng.choice([match.group() for match in pattern.finditer(text)] or ["a"])
    )


ACCIDENTS: tuple[Accident, ...] = (
    *(line_lost, line_doubled, lines_exchanged, shifted, put_in, put_in),
    *(long_text, broken_off, surrogate),
)
