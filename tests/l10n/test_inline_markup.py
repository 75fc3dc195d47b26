"""Inline markup: what a writer may mark, and that nothing else is markup."""

from __future__ import annotations

import time

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from brochure.l10n.inline_markup import parse_markup
from brochure.l10n.story import PLAIN, InlineMarks, Words
from brochure.typeset.style import Position


def words(text: str) -> list[tuple[str, InlineMarks]]:
    (paragraph,), problems = parse_markup(text)
    assert problems == ()
    return [(piece.text, piece.marks) for piece in paragraph]


@pytest.mark.parametrize(
    ("text", "marks"),
    [
        ("**a**", InlineMarks(strong=True)),
        ("*a*", InlineMarks(emphasis=True)),
        ("***a***", InlineMarks(strong=True, emphasis=True)),
        ("^a^", InlineMarks(position=Position.SUPERSCRIPT)),
        ("~a~", InlineMarks(position=Position.SUBSCRIPT)),
        ("[a](https://example.org/x?y=1)", InlineMarks(link="https://example.org/x?y=1")),
        ("[a](mailto:a@example.org)", InlineMarks(link="mailto:a@example.org")),
        ("[a]{.caps}", InlineMarks(character="caps")),
        ("[a]{.strong}", InlineMarks(strong=True)),
        ("[a]{.emphasis lang=fr}", InlineMarks(emphasis=True, language="fr")),
        ("[a]{lang=fr}", InlineMarks(language="fr")),
    ],
)
def test_a_mark(text: str, marks: InlineMarks) -> None:
    assert words(text) == [("a", marks)]


@pytest.mark.parametrize(
    "text",
    [
        "<b>a</b>",
        "# a",
        "- a",
        "1. a",
        "> a",
        "`a`",
        "![a](b.jpg)"[1:3],
        "a &amp; b",
        "https://example.org",
        "2 * 3",
        "snake_case_name",
    ],
)
def test_what_is_no_mark(text: str) -> None:
    """HTML, blocks, code, entities and bare addresses are the letters that they are written with."""
    assert "".join(piece for piece, _ in words(text)) == text
    assert {marks for _, marks in words(text)} == {PLAIN}


def test_line_ends_and_paragraphs() -> None:
    paragraphs, problems = parse_markup("one\ntwo\\\nthree\n\n\n*four*\n")
    assert problems == ()
    assert ["".join(piece.text for piece in paragraph) for paragraph in paragraphs] == [
        "one two\nthree",
        "four",
    ]


def test_an_escape_lets_a_sign_stand_for_itself() -> None:
    assert words(r"\*a\* \[b\] c\^2") == [("*a* [b] c^2", PLAIN)]


@pytest.mark.parametrize(
    ("text", "message", "hint"),
    [
        (
            "[a](javascript:alert)",
            "'javascript:alert' is not a link address",
            "start it with https://, http://, mailto: or tel:, or with # for a place in the brochure",
        ),
        (
            "[a](file:///etc/passwd)",
            "'file:///etc/passwd' is not a link address",
            "start it with https://, http://, mailto: or tel:, or with # for a place in the brochure",
        ),
        (
            "** a **",
            "unpaired '**'",
            "write **words** without spaces next to the asterisks, or [words]{.strong};"
            " \\** for asterisks",
        ),
    ],
)
def test_what_cannot_be_meant(text: str, message: str, hint: str) -> None:
    _, (problem, *_) = parse_markup(text)
    assert (problem.message, problem.hint) == (message, hint)


def test_empty_text_is_an_empty_paragraph() -> None:
    assert parse_markup("") == (((Words("", PLAIN),),), ())


@pytest.mark.parametrize(
    "piece", ["*", "[", "[a](", "^", "\\", "**a", "[x]{.a ", "_", "[a]{.b}", "\n\n"]
)
def test_a_long_row_of_signs_takes_no_time(piece: str) -> None:
    began = time.process_time()
    parse_markup(piece * 5000)
    assert time.process_time() - began < 2


SIGNS = st.text(st.sampled_from("ab *_^~[](){}.\\\n&<>'\"`!#-กé\u202e"), max_size=60)


@given(SIGNS)
@settings(max_examples=300, deadline=None, derandomize=True, database=None)
def test_letters_are_never_lost(text: str) -> None:
    """Marks go, addresses and attributes go with them; but what stands outside of brackets is printed."""
    paragraphs, _ = parse_markup(text)
    printed = "".join(piece.text for paragraph in paragraphs for piece in paragraph)
    if not set("[]{}()") & set(text):
        assert [char for char in printed if char.isalpha()] == [
            char for char in text if char.isalpha()
        ]


STRONG, EMPHASIS = InlineMarks(strong=True), InlineMarks(emphasis=True)


@pytest.mark.parametrize(
    ("text", "wanted"),
    [
        ("本は**「店」**という", [("本は", PLAIN), ("「店」", STRONG), ("という", PLAIN)]),
        ("**「店」**と*(家)*と", [("「店」", STRONG), ("と", PLAIN), ("(家)", EMPHASIS), ("と", PLAIN)]),
        ("*「店。」*", [("「店。」", EMPHASIS)]),
        ("**ផ្ទះ។**ណាស់", [("ផ្ទះ។", STRONG), ("ណាស់", PLAIN)]),
        ('คำ**"บ้าน"**นี้', [("คำ", PLAIN), ('"บ้าน"', STRONG), ("นี้", PLAIN)]),
        ("စကား*“အိမ်”*ဟု", [("စကား", PLAIN), ("“အိမ်”", EMPHASIS), ("ဟု", PLAIN)]),
        ('**"집"**이라고', [('"집"', STRONG), ("이라고", PLAIN)]),
        ('و**"بيت"**', [("و", PLAIN), ('"بيت"', STRONG)]),
        ('ב**"בית"**', [("ב", PLAIN), ('"בית"', STRONG)]),
        ("d*«ici»*", [("d", PLAIN), ("«ici»", EMPHASIS)]),
        ("**„Haus“**bau", [("„Haus“", STRONG), ("bau", PLAIN)]),
        ("**店**，**家**。", [("店", STRONG), ("，", PLAIN), ("家", STRONG), ("。", PLAIN)]),
        ("*a*, *(b)* **c**.", [("a", EMPHASIS), (", ", PLAIN), ("(b)", EMPHASIS), (" ", PLAIN), ("c", STRONG), (".", PLAIN)]),
        ("**a (*b*) c**", [("a (", STRONG), ("b", InlineMarks(strong=True, emphasis=True)), (") c", STRONG)]),
        ("5*(3+4)*2", [("5*(3+4)*2", PLAIN)]),
    ],
)  # fmt: skip
def test_asterisks_without_spaces(text: str, wanted: list[tuple[str, InlineMarks]]) -> None:
    assert words(text) == wanted


@pytest.mark.parametrize(
    ("written", "target"),
    [
        ("https://BÜCHER.example/straße?q=ä", "https://xn--bcher-kva.example/stra%C3%9Fe?q=%C3%A4"),
        ("mailto:a@bücher.example", "mailto:a@xn--bcher-kva.example"),
        ("https://example.org/~anna/?a=b%20c", "https://example.org/~anna/?a=b%20c"),
    ],
)
def test_link_targets_are_ascii(written: str, target: str) -> None:
    ((words,),), problems = parse_markup(f"[words]({written})")
    assert problems == ()
    assert words.marks.link == target


def test_a_host_name_that_is_not_valid() -> None:
    _, problems = parse_markup("[words](https://-ü-.example)")
    assert [one.message for one in problems] == [
        "the host name of 'https://-ü-.example' is not valid"
    ]


def test_blank_lines_with_white_space_only_separate_paragraphs() -> None:
    for blank in ("\n\n", "\n\t\n", "\n\n\t\n", "\n \n\t\n\n"):
        paragraphs, _ = parse_markup(f"one{blank}two")
        assert ["".join(piece.text for piece in one) for one in paragraphs] == ["one", "two"]


def test_tabs_at_the_ends_of_lines_are_kept() -> None:
    """They have leaders: blanks to write on."""
    cases = {
        "Name:\t": ["Name:\t"],
        "\t": ["\t"],
        " Name:\t ": ["Name:\t"],
        "Name:\t\\\nTown:\t\n": ["Name:\t\nTown:\t"],
        "**Name:**\t": ["Name:\t"],
    }
    for text, expected in cases.items():
        paragraphs, _ = parse_markup(text)
        assert ["".join(piece.text for piece in one) for one in paragraphs] == expected
