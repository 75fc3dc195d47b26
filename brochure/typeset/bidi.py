"""The bidirectional algorithm: which characters run against the direction of their paragraph.

Takes text and the paragraph's level (0 left to right, 1 right to left); gives the embedding level of each character, and
the visual order of stretches. Unicode Standard Annex #9: rules P1 and X1 to L1 in `levels`, L2 in `visual_order`; the rules
are named where they stand. Character classes are `unicodedata`'s. L1 speaks of the white space at each line's end: the
composer leaves that out of its lines, so that here only the paragraph's own end need be seen to.
"""

from __future__ import annotations

import re
import unicodedata
from collections.abc import Iterator, Sequence
from functools import lru_cache

from brochure.fast_dataclass import dataclass
from brochure.typeset.bidi_brackets import NUMBERS, resolve_brackets
from brochure.typeset.script_rules import letters_for_language

NEEDS_BIDI = re.compile(
    "[\u0590-\u08ff\u200e\u200f\u202a-\u202e\u2066-\u2069\ufb1d-\ufdff\ufe70-\ufeff"
    "\U00010800-\U00010fff\U0001e800-\U0001efff]"
)
PARAGRAPH = re.compile(
    "[^\n\r\x1c-\x1e\x85\u2029]+(?:\r\n|[\n\r\x1c-\x1e\x85\u2029])?|\r\n|[\n\r\x1c-\x1e\x85\u2029]"
)
MAX_DEPTH = 125
EMBEDDINGS = {"RLE": 1, "LRE": 0, "RLO": 1, "LRO": 0}
ISOLATES = ("LRI", "RLI", "FSI")
REMOVED = ("RLE", "LRE", "RLO", "LRO", "PDF", "BN")
NEUTRAL = ("B", "S", "WS", "ON", "LRI", "RLI", "FSI", "PDI")


@lru_cache(maxsize=128)
def is_left_to_right(language: str) -> bool:
    """Whether a language is written from left to right, by the script that it is written in."""
    script = letters_for_language(language)
    if script == "Latn":
        return True
    # Imported here: it costs 7 ms, which a text in Latin letters alone need not pay.
    from fontTools.unicodedata import script_horizontal_direction

    return bool(script_horizontal_direction(script, "LTR") == "LTR")


def levels(text: str, base: int) -> Sequence[int]:
    """The embedding level of each character; after a forced line end it is as if a new paragraph began (P1)."""
    if base == 0 and not NEEDS_BIDI.search(text):
        return [0] * len(text)
    return [level for part in PARAGRAPH.findall(text) for level in _levels(part, base)]


def _levels(text: str, base: int) -> list[int]:
    """The levels of one paragraph."""
    classes = [unicodedata.bidirectional(char) or "L" for char in text]
    explicit, overridden, partners = _explicit(classes, base)
    result = list(explicit)
    for sequence in _sequences(classes, explicit, partners):
        for at, level in _resolved(text, overridden, explicit, base, sequence).items():
            result[at] = level
    return _at_ends(classes, _filled(classes, result, base), base)


def visual_order(stretches: Sequence[int]) -> list[int]:
    """The visual order of stretches with these levels: their places, from left to right (rule L2)."""
    order = list(range(len(stretches)))
    lowest_odd = min((level for level in stretches if level % 2), default=None)
    if lowest_odd is None:
        return order
    for level in range(max(stretches), lowest_odd - 1, -1):
        at = 0
        while at < len(order):
            end = at
            while end < len(order) and stretches[order[end]] >= level:
                end += 1
            order[at:end] = reversed(order[at:end])
            at = max(end, at + 1)
    return order


# Explicit levels, X1 to X8


@dataclass(frozen=True, slots=True)
class _Entry:
    """An entry of the directional status stack."""

    level: int
    override: str
    isolate: bool


def _explicit(  # noqa: C901, PLR0912  # one branch a rule, in the order of the annex
    classes: list[str], base: int
) -> tuple[list[int], list[str], dict[int, int]]:
    """Levels and classes after the explicit rules, and which isolate initiator each PDI closes (both ways)."""
    partners = _isolate_partners(classes)
    stack = [_Entry(base, "", isolate=False)]
    found, kinds = [base] * len(classes), list(classes)
    overflow_isolates = overflow_embeddings = valid_isolates = 0
    for at, kind in enumerate(classes):
        top = stack[-1]
        if kind in EMBEDDINGS:  # X2 to X5
            found[at] = top.level
            level = _next_level(top.level, EMBEDDINGS[kind])
            if level <= MAX_DEPTH and not overflow_isolates and not overflow_embeddings:
                override = kind[0] if kind.endswith("O") else ""
                stack.append(_Entry(level, override, isolate=False))
            elif not overflow_isolates:
                overflow_embeddings += 1
        elif kind in ISOLATES:  # X5a to X5c
            found[at], kinds[at] = top.level, top.override or kind
            level = _next_level(top.level, _isolate_direction(classes, at, partners))
            if level <= MAX_DEPTH and not overflow_isolates and not overflow_embeddings:
                valid_isolates += 1
                stack.append(_Entry(level, "", isolate=True))
            else:
                overflow_isolates += 1
        elif kind == "PDI":  # X6a
            if overflow_isolates:
                overflow_isolates -= 1
            elif valid_isolates:
                overflow_embeddings = 0
                while not stack[-1].isolate:
                    stack.pop()
                stack.pop()
                valid_isolates -= 1
            found[at], kinds[at] = stack[-1].level, stack[-1].override or kind
        elif kind == "PDF":  # X7
            if not overflow_isolates and overflow_embeddings:
                overflow_embeddings -= 1
            elif not overflow_isolates and not top.isolate and len(stack) > 1:
                stack.pop()
            found[at] = stack[-1].level
        elif kind == "B":  # X8
            found[at] = base
        else:  # X6
            found[at] = top.level
            if kind != "BN" and top.override:
                kinds[at] = top.override
    return found, kinds, partners


def _next_level(level: int, odd: int) -> int:
    """The least level above `level` that is odd (right to left) or even."""
    return level + 1 if (level + 1) % 2 == odd else level + 2


def _isolate_partners(classes: list[str]) -> dict[int, int]:
    """Matching isolate initiators and PDIs, each to the other (BD9)."""
    partners: dict[int, int] = {}
    open_at: list[int] = []
    for at, kind in enumerate(classes):
        if kind in ISOLATES:
            open_at.append(at)
        elif kind == "PDI" and open_at:
            start = open_at.pop()
            partners[start], partners[at] = at, start
        elif kind == "B":
            open_at.clear()
    return partners


def _isolate_direction(classes: list[str], at: int, partners: dict[int, int]) -> int:
    """1 where the isolate that opens here runs right to left; an FSI asks its first strong character (P2, P3)."""
    if classes[at] != "FSI":
        return 1 if classes[at] == "RLI" else 0
    end, here = partners.get(at, len(classes)), at + 1
    while here < end:
        kind = classes[here]
        if kind in ISOLATES:
            here = partners.get(here, end)
        elif kind in ("L", "R", "AL"):
            return 0 if kind == "L" else 1
        here += 1
    return 0


# Isolating run sequences, X9 and X10


def _sequences(
    classes: list[str], found: list[int], partners: dict[int, int]
) -> Iterator[list[int]]:
    """The isolating run sequences: places of one level that are resolved together (BD13)."""
    runs: list[list[int]] = []
    for at, kind in enumerate(classes):
        if kind in REMOVED:
            continue
        if runs and found[runs[-1][-1]] == found[at]:
            runs[-1].append(at)
        else:
            runs.append([at])
    begins = {run[0]: run for run in runs}
    for run in runs:
        if classes[run[0]] == "PDI" and run[0] in partners:
            continue  # goes on from its initiator's run
        sequence = list(run)
        while classes[sequence[-1]] in ISOLATES and sequence[-1] in partners:
            sequence.extend(begins[partners[sequence[-1]]])
        yield sequence


def _resolved(
    text: str, kinds: list[str], found: list[int], base: int, sequence: list[int]
) -> dict[int, int]:
    """The levels of one sequence after the weak, neutral and implicit rules."""
    level = found[sequence[0]]
    sos, eos = _edges(kinds, found, base, sequence)
    types = [kinds[at] for at in sequence]
    _weak(types, sos)
    embedding = "R" if level % 2 else "L"
    resolve_brackets(
        [text[at] for at in sequence], types, sos, embedding, [kinds[a] for a in sequence]
    )
    _neutral(types, sos, eos, embedding)
    return {at: level + _implicit(level, kind) for at, kind in zip(sequence, types, strict=True)}


def _edges(kinds: list[str], found: list[int], base: int, sequence: list[int]) -> tuple[str, str]:
    """The directions at the sequence's two ends (X10): those of the higher of the levels that meet there."""
    level = found[sequence[0]]
    before = next(
        (found[a] for a in range(sequence[0] - 1, -1, -1) if kinds[a] not in REMOVED), base
    )
    last = sequence[-1]
    open_ended = kinds[last] in ISOLATES
    after = (
        base
        if open_ended
        else next((found[a] for a in range(last + 1, len(kinds)) if kinds[a] not in REMOVED), base)
    )
    return ("R" if max(level, before) % 2 else "L"), ("R" if max(level, after) % 2 else "L")


def _weak(types: list[str], sos: str) -> None:  # noqa: C901  # one loop a rule
    """W1 to W7."""
    before, strong = sos, sos
    for at, kind in enumerate(types):
        if kind == "NSM":  # W1
            types[at] = "ON" if before in (*ISOLATES, "PDI") else before
        elif kind == "EN" and strong == "AL":  # W2
            types[at] = "AN"
        before = types[at]
        if before in ("L", "R", "AL"):
            strong = before
    types[:] = ["R" if kind == "AL" else kind for kind in types]  # W3
    for at in range(1, len(types) - 1):  # W4
        left, right = types[at - 1], types[at + 1]
        if left == right == "EN" and types[at] in ("ES", "CS"):
            types[at] = "EN"
        elif left == right == "AN" and types[at] == "CS":
            types[at] = "AN"
    _terminators(types)
    strong = sos
    for at, kind in enumerate(types):  # W6, W7
        if kind in ("ES", "ET", "CS"):
            types[at] = "ON"
        elif kind in ("L", "R"):
            strong = kind
        elif kind == "EN" and strong == "L":
            types[at] = "L"


def _terminators(types: list[str]) -> None:
    """W5: terminators beside European numbers belong to them."""
    at = 0
    while at < len(types):
        end = at
        while end < len(types) and types[end] == "ET":
            end += 1
        near = (types[at - 1] if at else "", types[end] if end < len(types) else "")
        if end > at and "EN" in near:
            types[at:end] = ["EN"] * (end - at)
        at = max(end, at + 1)


def _neutral(types: list[str], sos: str, eos: str, embedding: str) -> None:
    """N1 and N2: neutrals take the direction of both neighbours where these agree, else that of the sequence."""
    at = 0
    while at < len(types):
        end = at
        while end < len(types) and types[end] in NEUTRAL:
            end += 1
        if end > at:
            before = NUMBERS.get(types[at - 1], sos) if at else sos
            after = NUMBERS.get(types[end], eos) if end < len(types) else eos
            types[at:end] = [before if before == after else embedding] * (end - at)
        at = max(end, at + 1)


def _implicit(level: int, kind: str) -> int:
    """I1 and I2: how far above the sequence's level a character of this class lies."""
    if level % 2:
        return 1 if kind in ("L", "EN", "AN") else 0
    return {"R": 1, "EN": 2, "AN": 2}.get(kind, 0)


def _filled(classes: list[str], found: list[int], base: int) -> list[int]:
    """Characters that X9 takes out get the level before them, so that they part no stretch."""
    for at, kind in enumerate(classes):
        if kind in REMOVED:
            found[at] = found[at - 1] if at else base
    return found


def _at_ends(classes: list[str], found: list[int], base: int) -> list[int]:
    """L1: separators, and white space before them and at the end, go back to the level of the paragraph."""
    reset = True
    for at in range(len(found) - 1, -1, -1):
        kind = classes[at]
        if kind in ("B", "S"):
            found[at], reset = base, True
        elif reset and kind in ("WS", *ISOLATES, "PDI", *REMOVED):
            found[at] = base
        else:
            reset = False
    return found
