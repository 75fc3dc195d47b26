"""Inline markup: the supported marks, and that nothing else is markup."""

from __future__ import annotations

import time

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from brochure.l10n.inline_markup import parse_markup
from brochure.l10n.story import PLAIN, InlineImage, InlineMarks, Words
from brochure.typeset.style import OBJECT, Position


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
        "a &amp; b",
        "https://example.org",
        "2 * 3",
        "snake_case_name",
    ],
)
def test_text_that_is_not_a_mark(text: str) -> None:
    """HTML, blocks, code, entities and bare addresses are printed as they are written."""
    assert "".join(piece for piece, _ in words(text)) == text
    assert {marks for _, marks in words(text)} == {PLAIN}


def test_line_ends_and_paragraphs() -> None:
    paragraphs, problems = parse_markup("one\ntwo\\\nthree\n\n\n*four*\n")
    assert problems == ()
    assert ["".join(piece.text for piece in paragraph) for paragraph in paragraphs] == [
        "one two\nthree",
        "four",
    ]


def test_an_escaped_character_is_printed() -> None:
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
def test_marks_that_are_errors(text: str, message: str, hint: str) -> None:
    _, (problem, *_) = parse_markup(text)
    assert (problem.message, problem.hint) == (message, hint)


def test_empty_text_is_an_empty_paragraph() -> None:
    assert parse_markup("") == (((Words("", PLAIN),),), ())


@pytest.mark.parametrize(
    "piece", ["*", "[", "[a](", "^", "\\", "**a", "[x]{.a ", "_", "[a]{.b}", "\n\n"]
)
def test_a_long_row_of_characters_takes_linear_time(piece: str) -> None:
    began = time.process_time()
    parse_markup(piece * 5000)
    assert time.process_time() - began < 2


SIGNS = st.text(st.sampled_from("ab *_^~[](){}.\\\n&<>'\"`!#-กé\u202e"), max_size=60)


@given(SIGNS)
@settings(max_examples=300, deadline=None, derandomize=True, database=None)
def test_letters_are_never_lost(text: str) -> None:
    """Marks are removed, including addresses and attributes; text outside of brackets is printed."""
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


# Pictures in text


def image(text: str) -> InlineImage:
    (paragraph,), problems = parse_markup(text)
    assert problems == ()
    (found,) = [piece.marks.image for piece in paragraph if piece.marks.image]
    return found


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        ("![the bus](icons/bus.svg)", InlineImage("icons/bus.svg", "the bus")),
        ("![](bus.svg)", InlineImage("bus.svg")),
        ("![a](b.svg){size=1.25em}", InlineImage("b.svg", "a", 1.25)),
        ("![a](b.svg){size=0.2em}", InlineImage("b.svg", "a", 0.2)),
        ('![a](b.svg){size="2em"}', InlineImage("b.svg", "a", 2.0)),
        ("![a](b.svg){mirror=yes size=3em}", InlineImage("b.svg", "a", 3.0, mirrors=True)),
        ("![a](b.svg){color=text}", InlineImage("b.svg", "a", in_text_colour=True)),
        ("![a](<my icons/b c.svg>)", InlineImage("my icons/b c.svg", "a")),
        ("![a](icônes/été.svg)", InlineImage("icônes/été.svg", "a")),
        ("![the *fast* \\[bus\\]](b.svg)", InlineImage("b.svg", "the fast [bus]")),
    ],
)
def test_a_picture_in_text(text: str, expected: InlineImage) -> None:
    assert image(text) == expected


def test_a_picture_is_one_character_with_the_marks_around_it() -> None:
    found = words("Go **by ![bus](b.svg)** now")
    assert [text for text, _ in found] == ["Go ", "by ", OBJECT, " now"]
    assert [marks.strong for _, marks in found] == [False, True, True, False]
    linked = words("[![home](b.svg)](https://example.org)")
    assert [(text, marks.link) for text, marks in linked] == [(OBJECT, "https://example.org")]


def test_equal_pictures_beside_each_other_are_two() -> None:
    assert [text for text, _ in words("![a](b.svg)![a](b.svg)")] == [OBJECT, OBJECT]


@pytest.mark.parametrize("text", ["Lisez![ici](https://example.org)", "Go![here](#map)"])
def test_an_exclamation_mark_before_a_link_is_not_a_picture(text: str) -> None:
    found = words(text)
    assert found[0][0].endswith("!")
    assert found[1][1].link


@pytest.mark.parametrize(
    ("text", "message"),
    [
        ("![a](https://example.org/b.svg)", "'https://example.org/b.svg' is a network address"),
        ("![a](../b.svg)", "'../b.svg' is not inside assets/"),
        ("![a](/b.svg)", "'/b.svg' is not inside assets/"),
        ("![a]()", "'' is not inside assets/"),
        ("![a](b.svg){size=big}", "'big' is not the size of a picture in text"),
        ("![a](b.svg){size=9mm}", "'9mm' is not the size of a picture in text"),
        ("![a](b.svg){size=0em}", "'0em' is not the size of a picture in text"),
        ("![a](b.svg){size=99em}", "'99em' is not the size of a picture in text"),
        ("![a](b.svg){mirror=maybe}", "'maybe' is not a value of 'mirror'"),
        ("![a](b.svg){width=2em}", "unknown attribute 'width' of a picture"),
        ('![a](b.svg "A bus")', "unknown attribute 'title' of a picture"),
    ],
)
def test_errors_in_pictures(text: str, message: str) -> None:
    _, (problem,) = parse_markup(text)
    assert problem.message == message
    assert problem.hint


def test_blank_lines_with_white_space_only_separate_paragraphs() -> None:
    for blank in ("\n\n", "\n\t\n", "\n\n\t\n", "\n \n\t\n\n"):
        paragraphs, _ = parse_markup(f"one{blank}two")
        assert ["".join(piece.text for piece in one) for one in paragraphs] == ["one", "two"]


def test_tabs_at_the_ends_of_lines_are_kept() -> None:
    """Tabs have leaders: lines to write on."""
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
