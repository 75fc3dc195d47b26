"""Splitting texts of YAML copy: each part can be read again, and everything else stays unchanged."""

from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as st

from brochure.l10n.message_file import read_copy
from brochure.spec.yaml_split import split_text

LONG = (
    "A text of many words that goes on and on, so that no line of a file could hold all of it without being broken "
    * 2
)


def divided(copy: str, *parts: str, key: str = "a.b") -> str:
    names = (key, *(f"{key}-{number}" for number in range(2, len(parts) + 1)))
    return split_text(copy.encode(), dict(zip(names, parts, strict=True))).decode()


@pytest.mark.parametrize(
    ("written", "expected"),
    [
        ("b: x", "b: One\n  b-2: 'yes'\n"),
        ("b: 'x'  # short", "# short\n  b: One\n  b-2: 'yes'\n"),
        ("b: >-  # folded\n    x # y", "# folded\n  b: One\n  b-2: 'yes'\n"),
        ('b: "x # y"', "b: One\n  b-2: 'yes'\n"),
        ("b: >-\n    x\n\n    y", "b: One\n  b-2: 'yes'\n"),
        ('"b": "x\\n\\ny"', "\"b\": One\n  b-2: 'yes'\n"),
    ],
)
def test_the_parts_follow_each_other(written: str, expected: str) -> None:
    copy = f"# start\na:\n  # of b\n  {written}\n  c: z  # last\nd: e\n"
    after = divided(copy, "One", "yes")
    expected = expected.replace("'yes'", '"yes"')
    assert after == f"# start\na:\n  # of b\n  {expected}  c: z  # last\nd: e\n"


def test_line_ends_and_a_byte_order_mark_are_kept() -> None:
    copy = "\ufeffa:\r\n  b: |\r\n    x\r\n\r\n    y\r\n  c: z\r\n"
    assert (
        divided(copy, "x\nx", "y")
        == "\ufeffa:\r\n  b: |-\r\n    x\r\n    x\r\n  b-2: y\r\n  c: z\r\n"
    )


def test_a_key_in_braces_or_with_dots_is_divided_there() -> None:
    assert divided("a: {b: x, c: y}\n", "One: 1", "two") == 'a: {b: "One: 1", b-2: "two", c: y}\n'
    assert divided("a.b: x\nc: y\n", "One", "two") == "a.b: One\na.b-2: two\nc: y\n"


def test_a_part_may_be_moved_to_another_group() -> None:
    after = split_text(b"a:\n  b: x\nd:\n  e: f\n", {"a.b": "One", "d.g": "two"})
    assert after == b'a:\n  b: One\nd:\n  e: f\n  g: "two"\n'


def test_long_texts_are_folded_as_before() -> None:
    after = divided(f"a:\n  b: >-\n    {LONG}\n", LONG.strip(), "Two")
    assert max(map(len, after.splitlines())) < 130
    assert after.endswith("\n  b-2: Two\n")


TEXTS = st.text(st.sampled_from("aé '\"{}[]#:*&!|>%@`,.-?\\\n 本"), min_size=1, max_size=30)


@given(st.lists(TEXTS, min_size=2, max_size=4), st.sampled_from(["x", "|\n    x\n", ">\n    x\n"]))
def test_any_text_is_read_back_unchanged(parts: list[str], written: str) -> None:
    after = divided(f"a:\n  b: {written}\n  c: z\n", *parts)
    read, findings = read_copy(after.encode(), "en.yaml", "en")
    assert not findings
    assert [one.text for one in read.entries.values()] == [*parts, "z"]
