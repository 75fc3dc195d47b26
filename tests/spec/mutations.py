"""Layouts gone wrong at random: bytes flipped, lines lost, keys and values exchanged, figures made absurd.

Takes the text of a good layout; gives a hypothesis strategy of its mutants. Whatever becomes of a layout in an editor's hands
may become of it here.
"""

from __future__ import annotations

import re

from hypothesis import strategies as st

VALUE = re.compile(r"(?<=: )[^\s,{}\[\]]+")
KEY = re.compile(r"[\w-]+(?=:)")

ABSURD = (
    *("0", "-1", "1e9", "100000000", "99999999999999999999999", "nan", "inf", "-0.0001", "1/0"),
    *(
        "5 m",
        "5000 mm",
        "-5000 mm",
        "1000 em",
        "1000 lines",
        "0.0001 pt",
        "1/999999999 col",
        "9 px",
    ),
    *(
        "200%",
        "0%",
        "-5%",
        "0..0",
        "9..1",
        "1..2..3",
        "yes",
        "none",
        "~",
        "null",
        "[]",
        "{}",
        "[[]]",
    ),
    *("columns 1-1", "columns 1-99", "rows 1-1", "bleed", "spread-bleed", "spread, columns 1-2"),
    *("x 0, y 0, width 1 pt, height 1 pt", "x 5 cm", "width 1 mm", "columns 1-2, height 900 mm"),
    *("*a", "&a b", "!!int 3", "'", '"', "|", ">-", "<<", "\t", "\x00", "é", "\u202e", "😀", "ก็"),
)
"""What a value is exchanged for."""


@st.composite
def slips(draw: st.DrawFn, text: str) -> bytes:
    """A layout with one value that is another: many of them can still be read, and must then be made up."""
    slip = draw(st.sampled_from((_absurd, _absurd, _value_elsewhere)))
    return slip(draw, text).encode("utf-8", "surrogatepass")


@st.composite
def mutants(draw: st.DrawFn, text: str) -> bytes:
    """A layout after one to four accidents."""
    for _ in range(draw(st.integers(1, 4))):
        text = draw(st.sampled_from(ACCIDENTS))(draw, text)
    data = text.encode("utf-8", "surrogatepass")
    return _flipped(draw, data) if draw(st.integers(0, 3)) == 0 else data


def _flipped(draw: st.DrawFn, data: bytes) -> bytes:
    changed = bytearray(data)
    for _ in range(draw(st.integers(1, 3))):
        if changed:
            changed[draw(st.integers(0, len(changed) - 1))] ^= draw(st.integers(1, 255))
    return bytes(changed)


def _line_lost(draw: st.DrawFn, text: str) -> str:
    lines = text.split("\n")
    del lines[draw(st.integers(0, len(lines) - 1))]
    return "\n".join(lines) or "a: b"


def _line_twice(draw: st.DrawFn, text: str) -> str:
    lines = text.split("\n")
    at = draw(st.integers(0, len(lines) - 1))
    return "\n".join([*lines[: at + 1], *lines[at:]])


def _lines_exchanged(draw: st.DrawFn, text: str) -> str:
    lines = text.split("\n")
    a, b = draw(st.integers(0, len(lines) - 1)), draw(st.integers(0, len(lines) - 1))
    lines[a], lines[b] = lines[b], lines[a]
    return "\n".join(lines)


def _shifted(draw: st.DrawFn, text: str) -> str:
    lines = text.split("\n")
    at = draw(st.integers(0, len(lines) - 1))
    lines[at] = draw(st.sampled_from(("", " ", "    "))) + lines[at].lstrip(" ")
    return "\n".join(lines)


def _absurd(draw: st.DrawFn, text: str) -> str:
    return _put(draw, text, VALUE, draw(st.sampled_from(ABSURD)))


def _value_elsewhere(draw: st.DrawFn, text: str) -> str:
    return _put(draw, text, VALUE, draw(st.sampled_from(VALUE.findall(text) or ["a"])))


def _key_elsewhere(draw: st.DrawFn, text: str) -> str:
    return _put(draw, text, KEY, draw(st.sampled_from(KEY.findall(text) or ["a"])))


def _put(draw: st.DrawFn, text: str, pattern: re.Pattern[str], what: str) -> str:
    places = [match.span() for match in pattern.finditer(text)]
    if not places:
        return text
    start, end = draw(st.sampled_from(places))
    return text[:start] + what + text[end:]


ACCIDENTS = (
    *(_line_lost, _line_twice, _lines_exchanged, _shifted),
    *(_absurd, _absurd, _absurd, _value_elsewhere, _key_elsewhere),
)
