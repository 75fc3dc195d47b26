"""The bidirectional algorithm, tested with Unicode's own files, and its application to paragraphs."""

from __future__ import annotations

import unicodedata
from collections.abc import Iterator

import pytest

from brochure.typeset.bidi import levels, visual_order
from tests.typeset.conformance import data_lines

OF_CLASS = {
    "L": "a", "R": "\u05d0", "AL": "\u0627", "EN": "0", "ES": "+", "ET": "#", "AN": "\u0660", "CS": ",",
    "NSM": "\u0300", "BN": "\u00ad", "B": "\u2029", "S": "\t", "WS": " ", "ON": "!",
    "LRE": "\u202a", "RLE": "\u202b", "PDF": "\u202c", "LRO": "\u202d", "RLO": "\u202e",
    "LRI": "\u2066", "RLI": "\u2067", "FSI": "\u2068", "PDI": "\u2069",
}  # fmt: skip
"""A character of each class; their classes are the same in every version of Unicode that Python 3.11 to 3.14 has."""

SKIPPED = "x"
"""In the files, characters that rule X9 removes: their levels are undefined."""


def class_cases(every: int) -> Iterator[tuple[str, int, list[str], list[int]]]:
    """Yield each `every`-th case of BidiTest: text, base, levels, visual order."""
    wanted: list[str] = []
    order: list[int] = []
    count = 0
    for line in data_lines("BidiTest"):
        if line.startswith("@"):
            key, _, value = line.partition(":")
            if key == "@Levels":
                wanted = value.split()
            elif key == "@Reorder":
                order = [int(at) for at in value.split()]
            continue
        count += 1
        if count % every:
            continue
        classes, bits = line.split(";")
        text = "".join(OF_CLASS[name] for name in classes.split())
        # 2 left to right, 4 right to left; 1, automatic direction, is one of these two.
        for bit, base in ((2, 0), (4, 1)):
            if int(bits) & bit:
                yield text, base, wanted, order


def character_cases(every: int) -> Iterator[tuple[str, int, list[str], list[int]]]:
    """Yield each `every`-th case of BidiCharacterTest: text, base, levels, visual order."""
    for count, line in enumerate(data_lines("BidiCharacterTest")):
        if count % every:
            continue
        points, _, base, found, order = line.split(";")
        text = "".join(chr(int(point, 16)) for point in points.split())
        yield text, int(base), found.split(), [int(at) for at in order.split()]


def failures(cases: Iterator[tuple[str, int, list[str], list[int]]]) -> tuple[int, list[str]]:
    """Return the number of cases, and those with a different result."""
    count, wrong = 0, []
    for text, base, wanted, order in cases:
        count += 1
        found = list(levels(text, base))
        shown = [at for at, level in enumerate(wanted) if level != SKIPPED]
        kept = [found[at] for at in shown]
        right = kept == [int(wanted[at]) for at in shown]
        if not right or [shown[at] for at in visual_order(kept)] != order:
            wrong.append(f"{text!a} at {base}: {found}, not {wanted}")
    return count, wrong


def test_classes_sampled() -> None:
    # A fiftieth of the lines of BidiTest 15.0.0, which has 513,494 cases in all.
    count, wrong = failures(class_cases(50))
    assert wrong == []
    assert count == 10_268


def test_characters_sampled() -> None:
    # BidiCharacterTest 15.0.0 has 91,707 cases, this is every thirtieth: brackets, isolates, overrides.
    count, wrong = failures(character_cases(30))
    assert wrong == []
    assert count == 3_057


@pytest.mark.soak
def test_all_classes() -> None:
    count, wrong = failures(class_cases(1))
    assert wrong == []
    assert count == 513_494


@pytest.mark.soak
def test_all_characters() -> None:
    count, wrong = failures(character_cases(1))
    assert wrong == []
    assert count == 91_707


@pytest.mark.parametrize("name", sorted(OF_CLASS))
def test_the_characters_are_of_their_classes(name: str) -> None:
    assert unicodedata.bidirectional(OF_CLASS[name]) == name


def test_a_forced_line_end_starts_a_new_paragraph() -> None:
    # The full stop after the first word is at the end of its own line (P1), not between two Hebrew words.
    assert list(levels("שלום.\nשלום", 0)) == [1, 1, 1, 1, 0, 0, 1, 1, 1, 1]


def test_a_tab_in_hebrew_has_the_level_of_the_paragraph() -> None:
    # L1: the tab and the space before it, in a paragraph from left to right; Hebrew on both sides is 1.
    assert list(levels("א \tב", 0)) == [1, 0, 0, 1]


def test_latin_text_skips_the_algorithm() -> None:
    assert list(levels("plain words", 0)) == [0] * 11


def test_order_of_a_nested_line() -> None:
    # "abc DEF 123 ghi" with Hebrew capitals: the number is to the left of the word before it, read as a number (L2).
    assert visual_order([0, 1, 2, 0]) == [0, 2, 1, 3]
