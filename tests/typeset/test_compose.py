"""Total-fit line breaking compared with all other ways to break a paragraph, and its rules for hyphens, short last lines and
balance."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import replace
from itertools import pairwise

import pytest
from hypothesis import assume, given, settings
from hypothesis import strategies as st

from brochure.typeset.compose import (
    OVERFULL_COST,
    SHORT_LAST_LINE_COST,
    START,
    Cut,
    Node,
    first_fit,
    line_cost,
    step_cost,
    total_cost,
    total_fit,
)
from brochure.typeset.line_edges import BreakingProblem
from brochure.typeset.lines import LineSlot, LineSlots
from brochure.typeset.style import Align, Hyphenation, LetterSpace, ParagraphStyle, Tab
from tests.quick import examples
from tests.typeset.setting import COPY, JUSTIFIED, RAGGED, even, lines, prepared, words

WORDS = (
    "a", "of", "the", "law", "and", "once", "ends",
    "where", "court", "cases", "people", "justice", "violence", "communities",
    "considerable", "investigators", "long-term", "responsibility", "office’s", "(figures)", "show;",
)  # fmt: skip

texts = st.lists(st.sampled_from(WORDS), min_size=2, max_size=7).map(" ".join)
measures = st.floats(45, 160)
slots = st.builds(
    lambda first, rest: LineSlots(
        tuple(LineSlot(0.0, width) for width in first), LineSlot(0.0, rest)
    ),
    st.lists(measures, max_size=3),
    measures,
)
styles = st.builds(
    lambda style, hyphens, ladder, hang, indent, tracking: replace(
        style,
        hyphenation=Hyphenation(on=hyphens, max_consecutive=ladder),
        hanging_punctuation=hang,
        indent_first=indent,
        type=replace(style.type, tracking=tracking),
    ),
    st.sampled_from([JUSTIFIED, RAGGED, replace(RAGGED, align=Align.CENTRE)]),
    st.booleans(),
    st.sampled_from([1, 2]),
    st.booleans(),
    st.sampled_from([0.0, 12.0]),
    st.sampled_from([0.0, 25.0]),
)


def ways(task: BreakingProblem, slots: LineSlots, node: Node = START) -> Iterator[Node]:
    """Return every way to break the paragraph in which no line is too wide, by exhaustive search."""
    if node.begin == len(task.breaks):
        yield node
        return
    for end in range(node.begin, task.stops[node.begin] + 1):
        cost, fitness = line_cost(task, slots, node.line, (node.begin, end))
        if cost < OVERFULL_COST:
            extra, hyphens = step_cost(task, node, fitness, hyphen=task.breaks[end].hyphen)
            total = node.total + cost + extra
            yield from ways(
                task, slots, Node(total, end + 1, node.line + 1, fitness, hyphens, node)
            )


def task_of(text: str, style: ParagraphStyle) -> BreakingProblem:
    return prepared(text, style).problem


@settings(max_examples=examples(40), deadline=None)
@given(texts, styles, slots)
def test_no_other_way_has_a_lower_cost(text: str, style: ParagraphStyle, slots: LineSlots) -> None:
    task = task_of(text, style)
    cuts = total_fit(task, slots)
    others = [node.total for node in ways(task, slots)]
    found = total_cost(task, slots, cuts)
    if others:
        assert found == pytest.approx(min(others), rel=1e-9)
    else:
        assert found >= OVERFULL_COST


@settings(max_examples=examples(40), deadline=None)
@given(st.integers(0, len(COPY) - 200), styles, slots)
def test_the_cost_is_never_above_that_of_first_fit(
    start: int, style: ParagraphStyle, slots: LineSlots
) -> None:
    task = task_of(COPY[start : start + 200].strip(), style)
    best, first = total_fit(task, slots), first_fit(task, slots)
    assert total_cost(task, slots, best) <= total_cost(task, slots, first) * (1 + 1e-9)


@settings(max_examples=examples(40), deadline=None)
@given(texts, styles, slots)
def test_lines_have_the_whole_text(text: str, style: ParagraphStyle, slots: LineSlots) -> None:
    cuts = total_fit(task_of(text, style), slots)
    assert cuts[0].start == 0
    assert cuts[-1].following == len(text)
    for before, after in pairwise(cuts):
        assert after.start == before.following
        assert text[before.end : before.following].strip() == ""


@settings(max_examples=examples(40), deadline=None)
@given(st.integers(0, len(COPY) - 300), styles, measures)
def test_lines_wider_than_their_measure_are_marked_as_overfull(
    start: int, style: ParagraphStyle, width: float
) -> None:
    text = COPY[start : start + 300].strip()
    task = task_of(text, style)
    for at, (line, cut) in enumerate(
        zip(lines(text, width, style), total_fit(task, even(width)), strict=True)
    ):
        ends = [brk.start for brk in task.breaks]
        begin = ends.index(cut.start) + 1 if cut.start else 0
        cost, _ = line_cost(task, even(width), at, (begin, ends.index(cut.following)))
        if line.overfull > 0.01:
            assert cost >= OVERFULL_COST
        # The composer computes each line's width exactly: hyphens, divided ligatures, kerning, hanging punctuation, tracking.
        if style.align is not Align.JUSTIFY:
            wide = task.width(begin, ends.index(cut.following), width)
            assert line.right - line.left == pytest.approx(wide, abs=1e-6)
            assert (line.overfull > 0.01) == (cost >= OVERFULL_COST)


def test_a_word_that_is_too_long_is_alone_and_marked() -> None:
    found = lines("an unbreakableextraordinarilylongword here", 60.0)
    assert words("an unbreakableextraordinarilylongword here", found) == [
        "an", "unbreakableextraordinarilylongword", "here",
    ]  # fmt: skip
    assert [line.overfull > 0 for line in found] == [False, True, False]


# Short last lines


MANY = 14
"""Above this number of breaks an exhaustive search is too slow: there may be two to that power of ways."""


def within_the_style(task: BreakingProblem, slots: LineSlots) -> Iterator[Node]:
    """The ways with no line looser than its style allows, no consecutive hyphens, the last word whole, and no short last line."""
    limit = (10.0 + 100.0 + 50.0) ** 2  # a line stretched to the limit that ends in a hyphen
    for node in ways(task, slots):
        here, dearest = node, 0.0
        while here.before is not None:
            dearest = max(dearest, here.total - here.before.total)
            here = here.before
        if dearest <= limit + 9_000.0:
            yield node


@settings(max_examples=examples(80), deadline=None)
@given(texts, styles, measures)
def test_no_short_last_line_if_it_can_be_avoided(
    text: str, style: ParagraphStyle, width: float
) -> None:
    slots = even(width)
    style = replace(style, min_last_line=4.0)
    task = task_of(text, style)
    assume(len(task.breaks) <= MANY)
    helped = next(within_the_style(task, slots), None)
    cuts = total_fit(task, slots)
    if helped is not None:
        assert not is_stub(task, cuts)


def is_stub(task: BreakingProblem, cuts: tuple[Cut, ...]) -> bool:
    last = cuts[-1]
    begin = next((at + 1 for at, brk in enumerate(task.breaks) if brk.start == last.start), 0)
    wide = task.width(begin, len(task.breaks) - 1, 1e4)
    return begin > 0 and wide < task.style.min_last_line * task.style.type.size


def test_a_short_last_line_is_avoided() -> None:
    # At this measure first fit leaves "it." alone on the last line; total fit does not.
    text = "The violence ends where laws are enforced, and communities come to know it."
    width = 210.0
    style = replace(RAGGED, min_last_line=2.5)
    task = task_of(text, style)
    alone = first_fit(task, even(width))
    assert text[alone[-1].start :] == "it."
    assert text[total_fit(task, even(width))[-1].start :] == "know it."
    assert total_cost(task, even(width), alone) > SHORT_LAST_LINE_COST


def test_a_forced_line_is_not_a_short_last_line() -> None:
    # Lines with a forced end (addresses) may be short; they have the cost of a perfect line, 10 squared.
    task = task_of("IJM\nOn", replace(RAGGED, min_last_line=9.0))
    assert total_cost(task, even(200), total_fit(task, even(200))) == 200.0


# Hyphens


def test_consecutive_hyphens_are_limited() -> None:
    for width in range(150, 320, 10):
        for ladder in (1, 2):
            style = replace(JUSTIFIED, hyphenation=Hyphenation(on=True, max_consecutive=ladder))
            ends = [line.hyphenated for line in lines(COPY, float(width), style)]
            rows = "".join("-" if hyphen else " " for hyphen in ends).split()
            assert max(map(len, rows), default=0) <= ladder, width


def test_hyphens_are_used_only_if_they_reduce_the_cost() -> None:
    wide = lines(COPY, 300.0, JUSTIFIED)
    narrow = lines(COPY, 130.0, JUSTIFIED)
    share = [sum(line.hyphenated for line in found) / len(found) for found in (wide, narrow)]
    assert share[0] < share[1]


def test_a_wide_measure_needs_no_hyphen() -> None:
    # 37 ems, about 80 characters a line: there is always a suitable space.
    assert not any(line.hyphenated for line in lines(COPY, 370.0, JUSTIFIED))


# Balance


@settings(max_examples=examples(40), deadline=None)
@given(texts, st.floats(70, 160), st.booleans())
def test_no_other_lines_are_more_equal(text: str, width: float, hang: bool) -> None:
    style = replace(RAGGED, balance=True, min_last_line=0.0, hanging_punctuation=hang)
    task, plain = task_of(text, style), task_of(text, replace(style, balance=False))
    slots = even(width)
    cuts, unbalanced = total_fit(task, slots), total_fit(plain, slots)
    assert len(cuts) == len(unbalanced)
    if total_cost(plain, slots, unbalanced) >= OVERFULL_COST or len(cuts) < 2:
        return
    # Equal lengths are those without hanging punctuation.
    upright = task_of(text, replace(style, hanging_punctuation=False))
    places = {brk.start: at for at, brk in enumerate(task.breaks)}
    mean = sum(lengths(upright, [places[cut.following] for cut in unbalanced])) / len(cuts)
    others = [ends(node) for node in ways(task, slots) if node.line == len(cuts)]
    found = inequality(upright, [places[cut.following] for cut in cuts], mean)
    assert found <= min(inequality(upright, other, mean) for other in others) + 1e-9


def ends(node: Node) -> list[int]:
    found: list[int] = []
    while node.before is not None:
        found.insert(0, node.begin - 1)
        node = node.before
    return found


def lengths(task: BreakingProblem, at: list[int]) -> list[float]:
    begins = [0, *(end + 1 for end in at[:-1])]
    return [task.width(begin, end, 1e4) for begin, end in zip(begins, at, strict=True)]


def inequality(task: BreakingProblem, at: list[int], mean: float) -> float:
    breaks = [task.breaks[end] for end in at]
    return sum((length / mean - 1) ** 2 for length in lengths(task, at)) + sum(
        (brk.penalty / 100) ** 2 + brk.weak for brk in breaks
    )


@pytest.mark.parametrize(
    "text",
    [
        "The ferry leaves twice a day. So does the bus.",
        "Early, every morning, “in all weathers”, the nurses set out.",
    ],
)
@pytest.mark.parametrize("width", [150.0, 250.0, 400.0])
def test_hanging_punctuation_does_not_change_a_balanced_title(text: str, width: float) -> None:
    large = replace(RAGGED, type=replace(RAGGED.type, size=40.0), balance=True)
    hanging = replace(large, hanging_punctuation=True)
    assert words(text, lines(text, width, large)) == words(text, lines(text, width, hanging))


def test_a_balanced_heading() -> None:
    text = "A proven solution to a global problem that has changed lives"
    assert words(text, lines(text, 220.0, RAGGED)) == [
        "A proven solution to a global problem that", "has changed lives",
    ]  # fmt: skip
    assert words(text, lines(text, 220.0, RAGGED, balance=True)) == [
        "A proven solution to a global", "problem that has changed lives",
    ]  # fmt: skip


# Tabs and forced ends


def test_tabs_count_when_lines_are_chosen() -> None:
    # The tab goes to 100 pt, so that 50 of the 150 pt remain for the text after it: one word a line, not three.
    text = "Rescue\twhere people were held"
    style = replace(RAGGED, tabs=(Tab(100.0),))
    found = lines(text, 150.0, style)
    assert words(text, found)[0] == "Rescue\twhere"
    assert all(line.overfull == 0 for line in found)


def test_forced_ends_are_kept() -> None:
    text = "one two\nthree\n\nfour"
    assert words(text, lines(text, 500.0)) == ["one two", "three", "", "four"]


def test_letter_space_lets_lines_fit() -> None:
    # If letter spaces may shrink by 30 thousandths, more text fits into the same measure.
    loose = replace(JUSTIFIED, letter_space=LetterSpace())
    tight = replace(JUSTIFIED, letter_space=LetterSpace(-30.0, 0.0))
    counts = [len(first_fit(task_of(COPY, style), even(150.0))) for style in (tight, loose)]
    assert counts == [19, 20]
