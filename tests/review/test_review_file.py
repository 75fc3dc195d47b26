"""Review files: read within limits, with all errors at once, and text only."""

from __future__ import annotations

import contextlib
import json
from typing import Any

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from brochure.errors import InputError
from brochure.findings import Severity
from brochure.l10n.project_editions import EditionName
from brochure.review.comments import Comment
from brochure.review.review_file import MAX_BYTES, Proposal, Review, read_review
from brochure.review.verdicts import Verdict
from tests.quick import examples

DATE = "2026-11-29T10:15:00Z"
REVIEW: dict[str, Any] = {
    "format": "brochure-review",
    "version": 1,
    "brochure": "trial",
    "edition": {"language": "km", "office": "cambodia"},
    "reviewer": "Sokha  Chan\n",
    "date": DATE,
    "pages": [
        {"number": 1, "digest": "aa", "verdict": "approved"},
        {"number": 2, "digest": "bb", "verdict": None},
        {"number": 3, "digest": "cc", "verdict": "rejected"},
    ],
    "comments": [
        {
            "page": 3,
            "key": "words",
            "at": [212.5, 310],
            "words": "w",
            "text": "a\r\nb",
            "date": DATE,
        },
        {"page": 4, "text": "here"},
    ],
    "proposals": [
        {
            "key": "head",
            "source": "People",
            "translation": "",
            "proposal": "មនុស្ស",
            "date": "2026-11-28T01:02:03.456Z",
        }
    ],
}


def data(**changed: Any) -> bytes:
    return json.dumps({**REVIEW, **changed}).encode()


def messages(content: bytes) -> list[str]:
    with pytest.raises(InputError) as caught:
        read_review(content, "far/r.json")
    assert all(one.code == "review-file" for one in caught.value.findings)
    return [one.message for one in caught.value.findings if one.severity is Severity.ERROR]


def test_a_whole_review() -> None:
    review, findings = read_review(data(), "far/r.json")
    assert findings == ()
    assert (review.brochure, review.reviewer, review.file) == ("trial", "Sokha Chan", "r.json")
    assert review.edition == EditionName("cambodia", "km")
    edition = "cambodia/km"
    assert review.comments == (
        Comment(
            "a\nb", "words", 3, "Sokha Chan", DATE, edition, (212.5, 310), "w", source="r.json"
        ),
        Comment("here", "", 4, "Sokha Chan", DATE, edition, source="r.json"),
    )
    assert review.proposals == (Proposal("head", "People", "", "មនុស្ស", "2026-11-28T01:02:03Z"),)
    assert review.verdicts == (
        Verdict(1, "approved", "Sokha Chan", DATE, edition, "aa", "r.json"),
        Verdict(3, "rejected", "Sokha Chan", DATE, edition, "cc", "r.json"),
    )
    assert review.digests == {1: "aa", 2: "bb", 3: "cc"}


def test_only_what_identifies_the_review_is_required() -> None:
    short = {name: REVIEW[name] for name in ("format", "version", "brochure")}
    review, findings = read_review(
        b"\xef\xbb\xbf"
        + json.dumps({**short, "edition": {"language": "km", "office": None}}).encode(),
        "r",
    )
    assert findings == ()
    assert review.edition == EditionName("", "km")
    assert (review.comments, review.proposals, review.verdicts) == ((), (), ())


def test_unknown_keys_are_a_warning() -> None:
    review, findings = read_review(data(mood="good", pages=[{"number": 1, "x": 1}]), "r.json")
    assert [one.message for one in findings] == [
        "mood: unknown key, ignored",
        "pages[0].x: unknown key, ignored",
    ]
    assert len(review.comments) == 2


def test_empty_comments_and_proposals_are_left_out_with_a_warning() -> None:
    empty = {"page": 1, "text": " ", "words": None}
    nothing = {"key": "head", "source": "People", "translation": "Les gens", "proposal": ""}
    review, findings = read_review(data(comments=[empty], proposals=[nothing]), "r.json")
    assert (review.comments, review.proposals) == ((), ())
    assert [one.message for one in findings] == [
        "comments[0]: the comment is empty and was left out",
        "proposals[0]: the proposal is empty and was left out",
    ]


@pytest.mark.parametrize(
    ("content", "words"),
    [
        (b"", "not valid JSON"),
        (b"\xff\xfe", "not valid JSON"),
        (b"[" * 200_000, "not valid JSON"),
        (b"1" * 10_000, "not valid JSON"),
        (b'{"format": NaN}', "not valid JSON"),
        (b"[]", "not a review file"),
        (b"{}", "not a review file"),
        (b"%PDF-1.7", "not valid JSON"),
        (b" " * (MAX_BYTES + 1), "the maximum is"),
        (data(format="xliff"), "not a review file"),
        (data(version=2), "version '2'"),
        (data(version="x" * 999), "version 'xxxxx"),
    ],
)
def test_other_files(content: bytes, words: str) -> None:
    (message,) = messages(content)
    assert words in message
    assert len(message) < 200


def test_all_errors_at_once_each_with_its_place() -> None:
    found = messages(
        data(
            edition="km",
            date="today",
            pages=[{"number": 0}, {"number": True}, {"number": 1, "verdict": "maybe"}, 7],
            comments=[
                {"text": "a"},
                {"page": 1, "text": "a", "key": "k" * 1_001},
                {"page": 1, "text": 5},
                {"page": 1, "text": "a", "at": [1, 1e9]},
                {"page": 1, "text": "a", "at": [1]},
                {"page": 1, "text": "a" * 100_001},
            ],
            proposals={"key": "head"},
        )
    )
    assert found == [
        "edition: expected an object with 'language' and 'office'",
        "date: expected a date such as 2026-11-29T10:15:00Z",
        "pages[0].number: expected the number of a page",
        "pages[1].number: expected the number of a page",
        "pages[2].verdict: expected 'approved' or 'rejected'",
        "pages[3]: expected an object",
        "comments[0].page: expected the number of a page",
        "comments[1].key: 1,001 characters; the maximum is 1,000",
        "comments[2].text: expected a text",
        "comments[3].at: expected two numbers: points from the lower left corner",
        "comments[4].at: expected two numbers: points from the lower left corner",
        "comments[5].text: 100,001 characters; the maximum is 100,000",
        "proposals: expected a list",
    ]


def test_too_many_comments() -> None:
    many = [{"page": 1, "text": "a"}] * 5_001
    assert messages(data(comments=many)) == ["comments: 5,001 entries; the maximum is 5,000"]


def test_control_characters_are_removed_with_a_warning_and_markup_is_text() -> None:
    text = "<script>alert(1)</script>\x1b[31m\x00\u202e\ud800"
    review, findings = read_review(data(comments=[{"page": 1, "text": text}]), "r.json")
    assert review.comments[0].text == "<script>alert(1)</script>[31m"
    assert [(one.message, one.severity) for one in findings] == [
        ("comments[0].text: 4 control characters were removed", Severity.WARNING)
    ]


json_values = st.recursive(
    st.none() | st.booleans() | st.integers() | st.floats(allow_nan=False) | st.text(max_size=10),
    lambda inner: (
        st.lists(inner, max_size=3) | st.dictionaries(st.text(max_size=5), inner, max_size=3)
    ),
    max_leaves=8,
)


@settings(max_examples=examples(100))
@given(
    st.dictionaries(st.sampled_from([*REVIEW, "x"]), json_values),
    st.dictionaries(
        st.sampled_from(["page", "number", "key", "at", "text", "date", "verdict"]), json_values
    ),
)
def test_any_values_are_read_or_refused(changed: dict[str, Any], item: dict[str, Any]) -> None:
    items = {name: [item] for name in ("pages", "comments", "proposals")}
    for content in (data(**changed), data(**items)):
        found: object = None
        with contextlib.suppress(InputError):
            found = read_review(content, "r.json")[0]
        assert found is None or isinstance(found, Review)
