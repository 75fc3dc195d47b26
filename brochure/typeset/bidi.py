"""Unicode bidirectional algorithm (UAX #9): embedding levels and visual order.

`levels` implements rules P1 and X1 to L1, `visual_order` rule L2; comments name the rules. A
paragraph's level is 0 (left to right) or 1 (right to left). Bidi classes are those of
`unicodedata`. L1 resets white space at the end of each line; the line breaker drops that white
space, so that only the end of the paragraph is handled here.
"""

from __future__ import annotations

import unicodedata
from collections.abc import Iterator, Sequence
from functools import lru_cache

from brochure.fast_dataclass import dataclass
from brochure.lazy_pattern import compile_lazily
from brochure.typeset.bidi_brackets import NUMBERS, resolve_brackets
from brochure.typeset.script_rules import letters_for_language

NEEDS_BIDI = compile_lazily(
    "[\u0590-\u08ff\u200e\u200f\u202a-\u202e\u2066-\u2069\ufb1d-\ufdff\ufe70-\ufeff"
    "\U00010800-\U00010fff\U0001e800-\U0001efff]"
)
PARAGRAPH_PATTERN = compile_lazily(
    "[^\n\r\x1c-\x1e\x85\u2029]+(?:\r\n|[\n\r\x1c-\x1e\x85\u2029])?|\r\n|[\n\r\x1c-\x1e\x85\u2029]"
)
MAX_DEPTH = 125
EMBEDDINGS = {"RLE": 1, "LRE": 0, "RLO": 1, "LRO": 0}
ISOLATES = ("LRI", "RLI", "FSI")
REMOVED_BY_X9 = ("RLE", "LRE", "RLO", "LRO", "PDF", "BN")
NEUTRAL = ("B", "S", "WS", "ON", "LRI", "RLI", "FSI", "PDI")


@lru_cache(maxsize=128)
def is_left_to_right(language: str) -> bool:
    """Return True if a language is written left to right, judged by its script."""
    script = letters_for_language(language)
    if script == "Latn":
        return True
    # Imported on demand: the import takes 7 ms and text in Latin script does not need it.
    from fontTools.unicodedata import script_horizontal_direction

    return bool(script_horizontal_direction(script, "LTR") == "LTR")


def levels(text: str, base: int) -> Sequence[int]:
    """Return the embedding level of each character; a forced line break starts a new bidi paragraph (P1)."""
    if base == 0 and is_unidirectional(text):
        return [0] * len(text)
    return [
        level
        for part in PARAGRAPH_PATTERN.findall(text)
        for level in _resolve_paragraph(part, base)
    ]


def is_unidirectional(text: str) -> bool:
    """Return True if no character is written right to left or changes the direction."""
    return text.isascii() or not NEEDS_BIDI.search(text)


def _resolve_paragraph(text: str, base: int) -> list[int]:
    """Return the levels of one paragraph."""
    classes = [unicodedata.bidirectional(char) or "L" for char in text]
    explicit, overridden, partners = _resolve_explicit(classes, base)
    result = list(explicit)
    for sequence in _sequences(classes, explicit, partners):
        for at, level in _resolve_sequence(text, overridden, explicit, base, sequence).items():
            result[at] = level
    return _reset_whitespace(classes, _fill_removed(classes, result, base), base)


def visual_order(runs: Sequence[int]) -> list[int]:
    """Return the indices of runs with these levels in visual order, left to right (rule L2)."""
    order = list(range(len(runs)))
    lowest_odd = min((level for level in runs if level % 2), default=None)
    if lowest_odd is None:
        return order
    for level in range(max(runs), lowest_odd - 1, -1):
        at = 0
        while at < len(order):
            end = at
            while end < len(order) and runs[order[end]] >= level:
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


def _resolve_explicit(  # noqa: C901, PLR0912  # one branch a rule, in the order of the annex
    classes: list[str], base: int
) -> tuple[list[int], list[str], dict[int, int]]:
    """Apply X1 to X8; return levels, classes and the matching isolate initiators and PDIs (both ways)."""
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
    """Return the least odd (right to left) or even level above `level`."""
    return level + 1 if (level + 1) % 2 == odd else level + 2


def _isolate_partners(classes: list[str]) -> dict[int, int]:
    """Match isolate initiators and PDIs, each to the other (BD9)."""
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
    """Return 1 if the isolate is right to left; an FSI takes the direction of its first strong character (P2, P3)."""
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
    """Yield the isolating run sequences, as character indices (BD13)."""
    runs: list[list[int]] = []
    for at, kind in enumerate(classes):
        if kind in REMOVED_BY_X9:
            continue
        if runs and found[runs[-1][-1]] == found[at]:
            runs[-1].append(at)
        else:
            runs.append([at])
    begins = {run[0]: run for run in runs}
    for run in runs:
        if classes[run[0]] == "PDI" and run[0] in partners:
            continue  # continues the sequence of its isolate initiator
        sequence = list(run)
        while classes[sequence[-1]] in ISOLATES and sequence[-1] in partners:
            sequence.extend(begins[partners[sequence[-1]]])
        yield sequence


def _resolve_sequence(
    text: str, kinds: list[str], found: list[int], base: int, sequence: list[int]
) -> dict[int, int]:
    """Return the levels of one sequence after the weak, neutral and implicit rules."""
    level = found[sequence[0]]
    sos, eos = _sequence_directions(kinds, found, base, sequence)
    types = [kinds[at] for at in sequence]
    _resolve_weak(types, sos)
    embedding = "R" if level % 2 else "L"
    resolve_brackets(
        [text[at] for at in sequence], types, sos, embedding, [kinds[a] for a in sequence]
    )
    _resolve_neutral(types, sos, eos, embedding)
    return {
        at: level + _implicit_offset(level, kind) for at, kind in zip(sequence, types, strict=True)
    }


def _sequence_directions(
    kinds: list[str], found: list[int], base: int, sequence: list[int]
) -> tuple[str, str]:
    """Return sos and eos, from the higher of the adjacent levels (X10)."""
    level = found[sequence[0]]
    before = next(
        (found[a] for a in range(sequence[0] - 1, -1, -1) if kinds[a] not in REMOVED_BY_X9), base
    )
    last = sequence[-1]
    open_ended = kinds[last] in ISOLATES
    after = (
        base
        if open_ended
        else next(
            (found[a] for a in range(last + 1, len(kinds)) if kinds[a] not in REMOVED_BY_X9), base
        )
    )
    return ("R" if max(level, before) % 2 else "L"), ("R" if max(level, after) % 2 else "L")


def _resolve_weak(types: list[str], sos: str) -> None:  # noqa: C901  # one loop a rule
    """Apply W1 to W7."""
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
    _resolve_terminators(types)
    strong = sos
    for at, kind in enumerate(types):  # W6, W7
        if kind in ("ES", "ET", "CS"):
            types[at] = "ON"
        elif kind in ("L", "R"):
            strong = kind
        elif kind == "EN" and strong == "L":
            types[at] = "L"


def _resolve_terminators(types: list[str]) -> None:
    """Apply W5: European terminators next to European numbers become numbers."""
    at = 0
    while at < len(types):
        end = at
        while end < len(types) and types[end] == "ET":
            end += 1
        near = (types[at - 1] if at else "", types[end] if end < len(types) else "")
        if end > at and "EN" in near:
            types[at:end] = ["EN"] * (end - at)
        at = max(end, at + 1)


def _resolve_neutral(types: list[str], sos: str, eos: str, embedding: str) -> None:
    """Apply N1 and N2: neutrals take the direction of both neighbours if these agree, else the embedding direction."""
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


def _implicit_offset(level: int, kind: str) -> int:
    """Return how far the level of a character of this class lies above that of its sequence (I1 and I2)."""
    if level % 2:
        return 1 if kind in ("L", "EN", "AN") else 0
    return {"R": 1, "EN": 2, "AN": 2}.get(kind, 0)


def _fill_removed(classes: list[str], found: list[int], base: int) -> list[int]:
    """Give characters removed by X9 the level of the character before them, so that they split no run."""
    for at, kind in enumerate(classes):
        if kind in REMOVED_BY_X9:
            found[at] = found[at - 1] if at else base
    return found


def _reset_whitespace(classes: list[str], found: list[int], base: int) -> list[int]:
    """Apply L1: reset separators, and white space before them and at the end, to the paragraph level."""
    reset = True
    for at in range(len(found) - 1, -1, -1):
        kind = classes[at]
        if kind in ("B", "S"):
            found[at], reset = base, True
        elif reset and kind in ("WS", *ISOLATES, "PDI", *REMOVED_BY_X9):
            found[at] = base
        else:
            reset = False
    return found
