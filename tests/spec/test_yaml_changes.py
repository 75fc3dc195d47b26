"""Texts are changed, added and removed in a content file; everything else stays unchanged."""

from __future__ import annotations

from hypothesis import given, settings
from hypothesis import strategies as st

from brochure.l10n.message_file import read_copy
from brochure.spec.yaml_changes import AddedText, TextChanges, change_texts
from tests.quick import examples

SOURCE = b"""\
# The copy.
doc:
  title: Hello   # said by all

# Written by hand: {braces}
problem: {lead: "x y", alt: z}
story:
  # one
  text: |-
    Long text
    here.

    Second.

  # two
  item: >-
    folded
    text
  inner:
    "q": 'quoted'   # why
  after: yes
last: thing
"""

WORD = st.text(st.characters(exclude_categories=("C", "Z")), min_size=1, max_size=40)
TEXT = st.lists(WORD, min_size=1, max_size=6).map(" ".join)
MESSAGE = st.lists(
    st.lists(TEXT, min_size=1, max_size=2).map("\\\n".join), min_size=1, max_size=3
).map("\n\n".join)
OLD = sorted(read_copy(SOURCE, "en.yaml", "en")[0].entries)
NEW = (
    "doc.more",
    "story.text-2",
    "story.inner.r",
    "story.fresh.head",
    "story.fresh.text",
    "problem.b",
    "new.a.b",
    "new.a.c",
)
COMMENTS = ("# The copy.", "# Written by hand", "# why", "# said by all")


def texts_of(data: bytes) -> dict[str, str]:
    copy, findings = read_copy(data, "en.yaml", "en")
    assert not [one for one in findings if one.code != "copy-comment"]
    return {key: one.text for key, one in copy.entries.items()}


@given(st.data())
@settings(deadline=None, max_examples=examples(60))
def test_nothing_else_is_changed(data: st.DataObject) -> None:
    removed = set(data.draw(st.lists(st.sampled_from(OLD), unique=True, max_size=len(OLD) - 1)))
    left = [key for key in OLD if key not in removed]
    changed = data.draw(st.dictionaries(st.sampled_from(left), MESSAGE, max_size=4))
    added = [
        AddedText(
            key,
            data.draw(MESSAGE),
            tuple(data.draw(st.lists(TEXT, max_size=1))),
            data.draw(st.sampled_from(["", *left])),
        )
        for key in data.draw(st.lists(st.sampled_from(NEW), unique=True))
    ]
    result = change_texts(SOURCE, TextChanges(changed, added, removed))
    before = texts_of(SOURCE)
    expected = {key: text for key, text in before.items() if key not in removed} | changed
    expected |= {one.key: one.text for one in added}
    # A flow mapping from which everything was removed is empty, and has no texts.
    found = texts_of(result)
    wrong = {
        key: (found.get(key), text) for key, text in expected.items() if found.get(key) != text
    }
    assert (wrong, found.keys()) == ({}, expected.keys())
    assert result.startswith(b"# The copy.\n")
    if not removed:
        assert all(comment.encode() in result for comment in COMMENTS)


def test_comments_stay_with_their_texts() -> None:
    changes = TextChanges(
        {"doc.title": "word " * 30 + "end", "story.inner.q": "it's"},
        notes={"story.inner.q": ("look",)},
    )
    result = change_texts(SOURCE, changes).decode()
    assert "  title: >-   # said by all\n    word word" in result
    assert '    # Note (manuscript): look\n    "q": "it\'s"   # why\n' in result
    again = change_texts(result.encode(), TextChanges(notes={"story.inner.q": ()})).decode()
    assert "# Note" not in again


def test_a_file_without_texts_and_one_with_windows_line_ends() -> None:
    added = [AddedText("a.b", "One"), AddedText("a.c.d", "Two")]
    assert (
        change_texts(b"# Empty\n", TextChanges(added=added))
        == b"# Empty\na:\n  b: One\n  c:\n    d: Two\n"
    )
    assert (
        change_texts(b"a:\r\n  x: y\r\n", TextChanges(added=added))
        == b"a:\r\n  x: y\r\n  b: One\r\n  c:\r\n    d: Two\r\n"
    )
