"""Content files: nested keys become flat keys with their places; errors in files without messages."""

from __future__ import annotations

import pytest

from brochure.findings import Severity, Span
from brochure.l10n.message_file import read_copy

COPY = """\
cover:
  title: A proven answer
  note: >-
    Two lines
    made one
organisation: "The fund"
"""


def test_keys_are_flat_and_have_their_places() -> None:
    copy, findings = read_copy(COPY.encode(), "en.yaml", "en")
    assert findings == ()
    assert {key: (entry.text, entry.span) for key, entry in copy.entries.items()} == {
        "cover.title": ("A proven answer", Span("en.yaml", 2, 10)),
        "cover.note": ("Two lines made one", Span("en.yaml", 3, 9)),
        "organisation": ("The fund", Span("en.yaml", 6, 15)),
    }


NO_MESSAGES = (
    "en.yaml:1:1: the file contains no messages (write keys with texts, e.g. 'title: Welcome')"
)


@pytest.mark.parametrize(
    ("source", "said"),
    [
        (
            "",
            "en.yaml:1:1: the file contains no messages (write keys with texts, e.g. 'title: Welcome')",
        ),
        (
            "- a\n",
            "en.yaml:1:1: the file contains no messages (write keys with texts, e.g. 'title: Welcome')",
        ),
        (
            "a: [b, c]\n",
            "en.yaml:1:4: 'a' is a list; expected a text or nested keys (give each item a key of its own)",
        ),
        (
            "a: {b: c}\na.b: d\n",
            "en.yaml:2:6: duplicate message 'a.b' (first defined in line 1; rename or delete one)",
        ),
        ("a: b\na: c\n", "en.yaml:2:1: the key 'a' is already set in line 1 (remove one of them)"),
        (
            "a: *b\n",
            "en.yaml:1:4: the YAML alias '*b' is not allowed (repeat the value, or put text that begins with '*' in quotes)",
        ),
        (
            'a: "\\0"\n',
            "en.yaml:1:4: the control character U+0000 is not allowed (remove it)",
        ),
    ],
)
def test_errors(source: str, said: str) -> None:
    _, findings = read_copy(source.encode(), "en.yaml", "en")
    assert [str(finding) for finding in findings] == [said]


# Comments and empty lines


@pytest.mark.parametrize(
    ("source", "comment"),
    [
        ("a: We are the #1 clinic", "#1 clinic"),
        ("a: Second  # a note to myself", "# a note to myself"),
        ("a: #hashtag", "#hashtag"),
        ("a:\n  Third line\n  #hashtag and more", "#hashtag and more"),
        ("a: {b: We are #1\n  }", "#1"),
        ('a: "We are #1"', ""),
        ("a: 'We are #1' # with a note", ""),
        ("a: C#1 and a#b", ""),
        ("a: one\n# of b\nb: two", ""),
        ("a:\n  b: one\n  # of c\n  c: two", ""),
        ("# of a\na: one", ""),
        ("a: # of the group\n  b: one", ""),
        ("a: |\n  We are #1\n  #hashtag", ""),
    ],
)
def test_a_comment_that_ends_a_text_is_a_warning(source: str, comment: str) -> None:
    _, findings = read_copy(source.encode(), "en.yaml", "en")
    assert [(one.code, one.severity) for one in findings] == (
        [("copy-comment", Severity.WARNING)] if comment else []
    )
    assert all(f"'{comment}' is a comment" in one.message for one in findings)


@pytest.mark.parametrize(
    ("source", "text"),
    [
        ("a: >-\n  One\n  line.\n\n  Two.", "One line.\n\nTwo."),
        ("a: >-\n  One.\n\n\n  Two.", "One.\n\nTwo."),
        ("a: >\n  One.\n\n  Two.\n\n  Three.\n", "One.\n\nTwo.\n\nThree.\n"),
        ("a: One.\n\n  Two.", "One.\n\nTwo."),
        ("a: 'One.\n\n  Two.'", "One.\n\nTwo."),
        ('a: "One.\n\n  Two."', "One.\n\nTwo."),
        ('a: "One.\\nTwo."', "One.\nTwo."),
        ('a: "One.\\nTwo,\n  three."', "One.\nTwo, three."),
        ("a: |-\n  One.\n  Two.", "One.\nTwo."),
        ("a: |-\n  One.\n\n  Two.", "One.\n\nTwo."),
        ("a: >-\n  One\\\n\n  Two.", "One\\\nTwo."),
        ("a: >-\n  One.\n    Two.\n  Three.", "One.\n  Two.\nThree."),
    ],
)
def test_an_empty_line_begins_a_paragraph(source: str, text: str) -> None:
    copy, findings = read_copy(source.encode(), "en.yaml", "en")
    assert findings == ()
    assert copy.entries["a"].text == text
