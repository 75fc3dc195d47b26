"""Text with marks is written so that it is read with the same marks."""

from __future__ import annotations

from hypothesis import given, settings
from hypothesis import strategies as st

from brochure.l10n.inline_markup import parse_markup
from brochure.l10n.message_format import format_message
from brochure.l10n.message_text import EMPHASIS, STRONG, MarkedText, write_marked
from tests.quick import examples

TEXT = st.text(st.sampled_from("ab Ä「」.,*_[]{}'^~\\!#()<& -ក"), min_size=1, max_size=8)
PIECE = st.builds(
    MarkedText,
    TEXT,
    st.sampled_from(
        [(), (), (STRONG,), (EMPHASIS,), (STRONG, EMPHASIS), ("term",), (STRONG, "term")]
    ),
    st.sampled_from(["", "", "", "https://example.org/a_(b)"]),
)


def marks_of(
    text: str, strong: bool, emphasis: bool, name: str, link: bool
) -> list[tuple[object, ...]]:
    return [(char, strong, emphasis, name, link) for char in text if not char.isspace()]


@given(st.lists(PIECE, min_size=1, max_size=5))
@settings(deadline=None, max_examples=examples(200))
def test_marks_are_read_as_they_were_written(pieces: list[MarkedText]) -> None:
    expected = [
        one
        for piece in pieces
        for one in marks_of(
            piece.text,
            STRONG in piece.marks,
            EMPHASIS in piece.marks,
            "term" if "term" in piece.marks else "",
            bool(piece.link),
        )
    ]
    written = write_marked(pieces)
    paragraphs, problems = parse_markup(format_message(written, {}, "en"))
    found = [
        one
        for paragraph in paragraphs
        for words in paragraph
        for one in marks_of(
            words.text,
            words.marks.strong,
            words.marks.emphasis,
            words.marks.character or "",
            bool(words.marks.link),
        )
    ]
    assert found == expected
    assert not problems
