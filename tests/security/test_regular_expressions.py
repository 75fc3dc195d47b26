"""No regular expression of the package needs much longer for a hostile text than for any other of its length.

Every pattern is tried on texts made from itself: many repetitions of its repeats, with an end that does not match. A pattern that
backtracks over all ways to divide a text needs a tenth of a second for 20 characters and seconds for 24, one that is quadratic a
tenth of a second for 4,000; the others need less than a millisecond.
"""

from __future__ import annotations

import re
import time
from functools import lru_cache

import pytest

from tests.security.regular_expressions import Use, find_patterns, hostile_texts

LENGTHS = (20, 24, 300, 4_000)
MAX_SECONDS = 0.03

MADE_BY_FUNCTIONS = {
    "brochure.blocks.charts.chart:f'(?<![\\\\d.,]){figure}(?!\\\\d|[.,]\\\\d)'": r"(?<![\d.,])12(?!\d|[.,]\d)",
    "brochure.idml.nested_styles:style.pattern": r"[.?!…]+[\"'»”’“‘)\]]*",
    "brochure.l10n.foreign_markup:f'(?<!\\\\\\\\)(?:{pattern})'": "",
    "brochure.l10n.number_reading:f'{start}{number}{percent}(?(open)[{SPACES}]*\\\\)){after}'": "",
    "brochure.lazy_pattern:self._source": "",
    "brochure.lazy_pattern:pattern": "",
    "brochure.l10n.record_values:opposite": "[\u0590-\u08ff]",
    "brochure.spec.constraints:self.pattern": r"[\w.-]+",
    "brochure.spec.yaml_errors:pattern": r"'[^']*'\s*\S",
    "brochure.typeset.quotation_marks:f\"(?:{'|'.join(words)})(?![\\\\w'])\"": r"(?:'tis|'twas)(?![\w'])",
    'brochure.typeset.smart_punctuation:f"(?<![\\\\w’\'.-])[{letters}{letters.upper()}] (?=\\\\S)"': "",
    "brochure.typeset.smart_punctuation:f'(?<!\\\\w)(?:(?:{listed})\\\\.|n°|n\\\\.º) (?=(\\\\w))'": "",
    "brochure.typeset.smart_punctuation:f'(?<=\\\\S) {sign}'": "",
    "brochure.typeset.smart_punctuation:f'(?<=[^\\\\s{NBSP}{NARROW}:;!?/]) ?{sign}{follows}'": "",
}
"""Patterns that functions make, with an example where importing the module makes none."""


@lru_cache(maxsize=1)
def found() -> tuple[tuple[Use, ...], frozenset[str]]:
    used, unknown = find_patterns()
    examples = {
        Use(place.partition(":")[0], re.compile(text), "finditer")
        for place, text in MADE_BY_FUNCTIONS.items()
        if text
    }
    ordered = sorted(used | examples, key=lambda one: (one.module, ascii(one.pattern.pattern)))
    # A pattern that other modules import is tried once.
    different = {(one.pattern, one.function): one for one in reversed(ordered)}
    return tuple(different.values()), frozenset(unknown)


def seconds(use: Use, text: str) -> float:
    """Return the processor time of one call."""
    data = text if isinstance(use.pattern.pattern, str) else text.encode("latin-1", "replace")
    call = getattr(use.pattern, use.function)
    nothing = data[:0]
    arguments = (lambda _: nothing, data) if use.function in ("sub", "subn") else (data,)
    began = time.process_time()
    result = call(*arguments)
    if use.function == "finditer":
        list(result)
    return time.process_time() - began


def find_slow_text(use: Use) -> str:
    """Return the first text on which the pattern is slow, twice; empty if there is none."""
    for start, body, end in hostile_texts(use.pattern):
        for length in LENGTHS:
            text = start + body * (length // len(body)) + end
            if seconds(use, text) > MAX_SECONDS and seconds(use, text) > MAX_SECONDS:
                return f"{start!r} + {body!r} * {length // len(body)} + {end!r}"
    return ""


def test_all_patterns_are_found() -> None:
    uses, unknown = found()
    assert unknown == set(MADE_BY_FUNCTIONS)
    assert len(uses) > 200
    assert any(one.module == "brochure.typeset.script_runs" for one in uses)


PARTS = 8


@pytest.mark.parametrize("part", range(PARTS))
def test_no_pattern_backtracks_without_bound(part: int) -> None:
    uses, _ = found()
    slow = {
        f"{use.module}: {use.pattern.pattern!r}.{use.function}": text
        for use in uses[part::PARTS]
        if (text := find_slow_text(use))
    }
    assert slow == {}


@pytest.mark.parametrize(
    ("pattern", "function"),
    [
        (r"[0-9]+(?:[.,]?[0-9]+)*[%]?", "fullmatch"),
        (r"\s*(#.*)?\s*", "fullmatch"),
        (r"(?:[ \t]|\r\n)+#", "search"),
        (r"<(?:.|\n)*?/>", "findall"),
        (r"(?:a|a)*b", "match"),
    ],
)
def test_slow_patterns_are_noticed(pattern: str, function: str) -> None:
    assert find_slow_text(Use("x", re.compile(pattern), function))
