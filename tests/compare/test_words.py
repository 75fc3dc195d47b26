"""Differences between two texts."""

from __future__ import annotations

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from brochure.compare.contents import Contents, PageContents, TextFlow, TextLine
from brochure.compare.page_alignment import align_pages
from brochure.compare.words import compare_words, excerpt_difference, split_words
from brochure.geometry import Rect

STEADY = settings(deadline=None, suppress_health_check=[HealthCheck.too_slow])
"""The time that an example takes depends on what else the machine does."""

TEXTS = st.text(
    st.sampled_from("ab \u1780\u17d2\u179a\u17b6\u0e01\u0e33\u4e2d\u6587é\u0301"), max_size=40
)


@STEADY
@given(TEXTS, TEXTS)
def test_the_pieces_are_both_texts(before: str, after: str) -> None:
    pieces = compare_words(before, after)
    assert "".join(one.text for one in pieces if one.side != "added") == before
    assert "".join(one.text for one in pieces if one.side != "removed") == after
    if before == after:
        assert all(one.side == "same" for one in pieces)


@STEADY
@given(TEXTS)
def test_the_words_are_the_text(text: str) -> None:
    assert "".join(split_words(text)) == text


def sides(before: str, after: str) -> list[tuple[str, str]]:
    return [(one.side, one.text) for one in compare_words(before, after)]


def test_one_word() -> None:
    assert sides("more than 30 people", "more than 40 people") == [
        ("same", "more than "),
        ("removed", "30"),
        ("added", "40"),
        ("same", " people"),
    ]


def test_scripts_without_spaces_are_compared_by_letters() -> None:
    removed = [one for one in sides("ប្រទេសកម្ពុជាថ្មី", "ប្រទេសកម្ពុជាចាស់") if one[0] != "same"]
    assert removed == [("removed", "ថ្មី"), ("added", "ចាស់")]
    assert sides("中文字", "中国字") == [
        ("same", "中"),
        ("removed", "文"),
        ("added", "国"),
        ("same", "字"),
    ]


def test_texts_with_nothing_in_common_are_not_mixed() -> None:
    before, after = "one two three four five", "six seven eight nine ten"
    assert sides(before, after) == [("removed", before), ("added", after)]


def test_excerpts_show_what_differs_with_a_little_beside_it() -> None:
    text = "word " * 30
    old, new = excerpt_difference(f"{text}30 {text}", f"{text}40 {text}")
    assert old == "…word word word word 30 word word word word…"
    assert new == old.replace("30", "40")


def pages(*digests: str) -> Contents:
    made, flows = [], []
    for at, digest in enumerate(digests, 1):
        made.append(PageContents(at, str(at), 100, 100, digest, Rect(0, 0, 100, 100)))
        line = TextLine(at, f"words of {digest[:1]}", Rect(0, 0, 10, 10), 0.0, frozenset())
        flows.append(TextFlow("", line.text, (line,)))
    return Contents("", tuple(made), tuple(flows))


DIGESTS = st.lists(st.sampled_from(["a1", "a2", "b1", "b2", "c1"]), max_size=7)


@STEADY
@given(DIGESTS, DIGESTS)
def test_every_page_is_in_one_pair_in_order(before: list[str], after: list[str]) -> None:
    pairs = align_pages(pages(*before), pages(*after))
    assert [one.before for one in pairs if one.before] == [*range(1, len(before) + 1)]
    assert [one.after for one in pairs if one.after] == [*range(1, len(after) + 1)]
    for pair in pairs:
        if pair.is_identical:
            assert pair.before
            assert pair.after
            assert before[pair.before - 1] == after[pair.after - 1]


@pytest.mark.parametrize(
    ("before", "after", "expected"),
    [
        ("a1 b1 c1", "a1 x1 b1 c1", [(1, 1), (None, 2), (2, 3), (3, 4)]),
        ("a1 b1 c1", "a1 c1", [(1, 1), (2, None), (3, 2)]),
        ("a1 b1", "x1 a2 b2", [(None, 1), (1, 2), (2, 3)]),
        ("a1", "x1", [(1, 1)]),
        ("", "a1", [(None, 1)]),
    ],
)
def test_inserted_and_removed_pages(
    before: str, after: str, expected: list[tuple[int | None, int | None]]
) -> None:
    pairs = align_pages(pages(*before.split()), pages(*after.split()))
    assert [(one.before, one.after) for one in pairs] == expected


def test_many_pages_take_little_time() -> None:
    before = pages(*(f"{at}" for at in range(1500)))
    after = pages(*(f"{at}x" for at in range(1500)))
    assert len(align_pages(before, after)) == 1500
