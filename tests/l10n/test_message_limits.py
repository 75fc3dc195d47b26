"""Limits of messages: the maximum is allowed, one more is an error that names the limit."""

from __future__ import annotations

import time

import pytest

from brochure.api import lay_out
from brochure.errors import InputError
from brochure.findings import MAX_REPEATED
from brochure.l10n.message_format import format_message
from brochure.l10n.message_limits import (
    MAX_CHOICE_DEPTH,
    MAX_MARKS,
    MAX_MESSAGE_LENGTH,
    MAX_PARAGRAPH_LENGTH,
    MAX_PARAGRAPHS,
    MAX_PLACEHOLDERS,
    find_excess,
)
from brochure.l10n.number_format import MessageProblem, format_number
from brochure.project import MemoryProject

PARAGRAPH = "a" * MAX_PARAGRAPH_LENGTH


def test_the_longest_message_is_allowed_and_a_longer_one_is_not() -> None:
    paragraphs = "\n\n".join(["a" * 998] * (MAX_MESSAGE_LENGTH // 1000))
    assert find_excess(paragraphs + "aa") is None
    found = find_excess(paragraphs + "aaa")
    assert found
    assert "100,001 characters" in found[0]


def test_the_longest_paragraph_is_allowed_and_a_longer_one_is_not() -> None:
    assert find_excess(f"{PARAGRAPH}\n\n{PARAGRAPH}") is None
    assert find_excess(f"{PARAGRAPH}\n{PARAGRAPH}") is not None


def test_the_maximum_of_paragraphs_is_allowed_and_more_are_not() -> None:
    assert find_excess("\n\n".join("a" * MAX_PARAGRAPHS)) is None
    found = find_excess("\n\n".join("a" * (MAX_PARAGRAPHS + 1)))
    assert found
    assert "10,001 paragraphs" in found[0]


@pytest.mark.parametrize("mark", ["\u0301", "\u0e31", "\u200d", "\ufe0f", "\U0001e8d0"])
def test_marks_on_one_letter_are_limited(mark: str) -> None:
    assert find_excess("a" + mark * MAX_MARKS + "b" + mark * MAX_MARKS) is None
    assert find_excess("a" + mark * (MAX_MARKS + 1)) is not None


@pytest.mark.parametrize(
    "text", ["—" * 500, "…" * 500, "=" * 500, "“”" * 50, "漢" * 500, "🙂" * 500]
)
def test_symbols_are_not_marks(text: str) -> None:
    assert find_excess(text) is None


def test_placeholders_are_limited() -> None:
    assert format_message("{n}" * MAX_PLACEHOLDERS, {"n": 1}, "en") == "1" * MAX_PLACEHOLDERS
    with pytest.raises(MessageProblem, match="501 placeholders"):
        format_message("{n}" * (MAX_PLACEHOLDERS + 1), {"n": 1}, "en")


def _nested(depth: int) -> str:
    pattern = "{n, number}"
    for _ in range(depth):
        pattern = f"{{n, plural, one {{x}} other {{{pattern}}}}}"
    return pattern


def test_nesting_of_plural_forms_is_limited() -> None:
    assert format_message(_nested(MAX_CHOICE_DEPTH), {"n": 5}, "en") == "5"
    with pytest.raises(MessageProblem, match="nested 6 deep"):
        format_message(_nested(MAX_CHOICE_DEPTH + 1), {"n": 5}, "en")


@pytest.mark.parametrize(
    "style",
    [
        "::scale/1E99999999",
        "::scale/1E999",
        "::scale/" + "1" * 40,
        "::integer-width/+" + "0" * 1000,
        "::." + "0" * 31,
        "::" + "@" * 31,
        "0" * 31,
        "::percent " * 11,
    ],
)
def test_number_styles_are_limited(style: str) -> None:
    with pytest.raises(MessageProblem, match="number style"):
        format_message(f"{{n, number, {style}}}", {"n": 5}, "en")
    with pytest.raises(MessageProblem, match="number style"):
        format_number(5, "en", style)


@pytest.mark.parametrize("style", ["::currency/…", "'", "::rounding-mode/x", "::foo bar", "{", "}"])
def test_a_number_style_that_icu_rejects_is_a_problem(style: str) -> None:
    with pytest.raises(MessageProblem):
        format_number(5, "en", style)


@pytest.mark.parametrize(
    ("style", "expected"),
    [
        ("percent", "5%"),
        ("::.00", "5.00"),
        ("::scale/1E2", "500"),
        ("::currency/USD", "$5.00"),
        ("0000000000", "0000000005"),
    ],
)
def test_ordinary_number_styles_are_formatted(style: str, expected: str) -> None:
    assert format_number(5, "en", style) == expected


def test_thousands_of_unknown_messages_are_one_finding_with_their_count() -> None:
    """3,000 unknown names, each compared with 500 known ones."""
    blocks = ", ".join(f"{{text: unknown{at}}}" for at in range(3_000))
    layout = f"brochure: x\nsize: A5\nbinding: none\npages:\n  - frames:\n      f: {{at: margins, content: [{blocks}]}}\n"
    copy = "".join(f"message{at}: A text\n" for at in range(500))
    began = time.process_time()
    with pytest.raises(InputError) as caught:
        lay_out(MemoryProject({"brochure.yaml": layout.encode(), "content/en.yaml": copy.encode()}))
    assert time.process_time() - began < 8
    missing = [one for one in caught.value.findings if one.code == "message-missing"]
    assert len(missing) == MAX_REPEATED + 1
    assert missing[-1].message.startswith(f"{3_000 - MAX_REPEATED:,} more findings of this kind")
    assert missing[-1].count == 3_000 - MAX_REPEATED
