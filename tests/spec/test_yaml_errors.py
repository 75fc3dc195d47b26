"""Errors of the YAML parser: a clear message, the line and column, and the corrected line if quotation marks are missing."""

from __future__ import annotations

import pytest

from brochure.spec.yaml_tree import compose

ERRORS = [
    (
        "lead: **Bold** words",
        "1:8: text that begins with '*' needs quotes (write lead: '**Bold** words')",
    ),
    (
        "lead: *word* text",
        "1:12: text that begins with '*' needs quotes (write lead: '*word* text')",
    ),
    ("a: b\nlead: One: two", "2:10: text that contains ': ' needs quotes (write lead: 'One: two')"),
    (
        "lead: 'Don't stop'",
        "1:12: text that contains ' needs other quotes (write lead: \"Don't stop\")",
    ),
    (
        'lead: "Yes" she said',
        '1:13: text that begins with " needs other quotes (write lead: \'"Yes" she said\')',
    ),
    (
        "lead: 'tis late\nb: c",
        "1:7: the quotation mark ' is not closed (add the closing ', or if it is an apostrophe, write lead: \"'tis late\")",
    ),
    ('lead: "Late\nb: c', '1:7: the quotation mark " is not closed (add the closing ")'),
    ("lead: @home", "1:7: text that begins with '@' needs quotes (write lead: '@home')"),
    ("lead: - five", "1:7: text that begins with '-' needs quotes (write lead: '- five')"),
    (
        "lead: {name} wins",
        "1:14: text that begins with '{' needs quotes (write lead: '{name} wins')",
    ),
    ("- a\n- **B**\n", "2:4: text that begins with '*' needs quotes (write - '**B**')"),
    (
        "lead: We are\n  # 1 in town\n  and beyond",
        "3:3: the line above is a comment, since it begins with '#' (put the text in quotes)",
    ),
    ("lead One\nb: c", "2:2: a ':' is missing in the line above: lead One (write 'key: value')"),
    ("a: [b, c\n", "2:1: a list in [ ] is not closed (add ']')"),
    ("a:\n\tb: c", "2:1: a tab cannot indent YAML (use spaces)"),
]


@pytest.mark.parametrize(("source", "message"), ERRORS, ids=[source for source, _ in ERRORS])
def test_message_and_corrected_line(source: str, message: str) -> None:
    root, findings = compose(source.encode(), "en.yaml")
    assert root is None
    assert [str(finding) for finding in findings] == [f"en.yaml:{message}"]


QUOTED = [source for source, message in ERRORS if "needs" in message and "(write " in message]


@pytest.mark.parametrize("source", QUOTED)
def test_the_corrected_line_is_valid(source: str) -> None:
    """Apply the hint to the line, as a user would."""
    _, (finding,) = compose(source.encode(), "en.yaml")
    assert finding.span is not None
    lines = source.split("\n")
    lines[finding.span.line - 1] = finding.hint.removeprefix("write ")
    assert compose("\n".join(lines).encode(), "en.yaml")[1] == ()


def test_long_text_is_shortened() -> None:
    _, (finding,) = compose(("lead: One: " + "word " * 40).encode(), "en.yaml")
    assert finding.hint.startswith("write lead: 'One: word word")
    assert len(finding.hint) < 80


@pytest.mark.parametrize(
    "source",
    [
        "%x\n---\na: b",
        "a: !<x y",
        "a: |0\n  b",
        'a: "\\q"',
        'a: "\\uzz"',
        "a: &",
        "]",
        "a: b\n...\nc: d",
    ],
)
def test_no_text_of_the_parser_is_shown(source: str) -> None:
    _, findings = compose(source.encode(), "en.yaml")
    assert findings
    original = ("did not find", "while scanning", "while parsing", "could not find", "token")
    assert not [one for one in findings if any(words in str(one) for words in original)]
