"""Copy: nested keys made flat, each with its place; and what is said where a file holds no copy."""

from __future__ import annotations

import pytest

from brochure.findings import Span
from brochure.l10n.message_file import read_copy

COPY = """\
cover:
  title: A proven answer
  note: >-
    Two lines
    made one
organisation: "The fund"
"""


def test_keys_are_flat_and_know_their_places() -> None:
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
def test_what_is_wrong(source: str, said: str) -> None:
    _, findings = read_copy(source.encode(), "en.yaml", "en")
    assert [str(finding) for finding in findings] == [said]
