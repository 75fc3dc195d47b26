"""Comments as plain files: every text reads back, nothing is overwritten, and adding twice adds once."""

from __future__ import annotations

import os
import subprocess
import sys
from pathlib import Path

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from brochure.errors import InputError, UsageError
from brochure.project import DiskProject
from brochure.review.comments import Comment, add_comments, read_threads, set_resolved
from brochure.review.record_file import NOT_STORED, clean_text
from brochure.review.thread_files import file_name, subject_of
from tests.cli.calling import ROOT
from tests.quick import examples

FIRST = Comment(
    text="Too long for us.\n\nPlease shorten.",
    key="solution.train",
    page=3,
    author="Sokha Chan",
    date="2026-11-29T10:15:00Z",
    edition="cambodia/km",
    at=(212.5, 310.0),
    words="marked: words",
    proposal="no",
    former="true",
    source="proof.pdf",
)
WRITTEN = """\
- id: {id}
  author: Sokha Chan
  date: 2026-11-29T10:15:00Z
  edition: cambodia/km
  page: 3
  at: [212.5, 310]
  words: "marked: words"
  text: |-
    Too long for us.

    Please shorten.
  proposal: "no"
  former: "true"
  source: proof.pdf
  resolved: false
"""


def threads(folder: Path) -> dict[str, tuple[Comment, ...]]:
    return {one.name: one.comments for one in read_threads(DiskProject(folder))}


def test_a_comment_is_written_to_the_file_of_its_message(tmp_path: Path) -> None:
    (added,) = add_comments(tmp_path, [FIRST])
    text = (tmp_path / "comments/solution.train.yaml").read_text(encoding="utf-8")
    assert text == WRITTEN.format(id=added.id)
    assert threads(tmp_path) == {"solution.train": (added,)}
    assert added.thread == "solution.train"


def test_adding_again_adds_nothing(tmp_path: Path) -> None:
    added = add_comments(tmp_path, [FIRST, FIRST])
    before = (tmp_path / "comments/solution.train.yaml").read_bytes()
    assert len(added) == 1
    assert add_comments(tmp_path, [FIRST]) == ()
    assert set_resolved(tmp_path, "solution.train", added[0].id, resolved=True)
    assert add_comments(tmp_path, [FIRST]) == ()
    after = (tmp_path / "comments/solution.train.yaml").read_bytes()
    assert after == before.replace(b"resolved: false", b"resolved: true")


def test_pages_have_their_own_threads_which_are_last(tmp_path: Path) -> None:
    add_comments(
        tmp_path, [Comment("a", page=12), Comment("b", page=2), Comment("c", key="z", page=1)]
    )
    add_comments(tmp_path, [Comment("d", key="page-2")])
    found = read_threads(DiskProject(tmp_path))
    assert [(one.name, one.key, one.page) for one in found] == [
        ("page-2", "page-2", None),
        ("z", "z", None),
        ("page-2", "", 2),
        ("page-12", "", 12),
    ]
    assert found[0].file == "comments/%70age-2.yaml"


BY_HAND = """\
# Notes of the meeting in May.
- text: 'No'   # short
  author: Ana

- {text: "Two", resolved: false, mood: bad}
-   date: 2026-05-01
    text: >
      Folded
      text
"""


def test_files_written_by_hand_keep_every_byte(tmp_path: Path) -> None:
    (tmp_path / "comments").mkdir()
    path = tmp_path / "comments/lead.yaml"
    path.write_text(BY_HAND, encoding="utf-8")
    assert [one.text for one in threads(tmp_path)["lead"]] == ["No", "Two", "Folded text\n"]
    (added,) = add_comments(tmp_path, [Comment("New", key="lead")])
    new = f"- id: {added.id}\n  text: New\n  resolved: false\n"
    assert path.read_text(encoding="utf-8") == BY_HAND + new
    assert set_resolved(tmp_path, "lead", "", resolved=True)
    assert not set_resolved(tmp_path, "lead", "", resolved=True)
    expected = (
        BY_HAND.replace("- text: 'No'", "- resolved: true\n  text: 'No'")
        .replace("resolved: false, mood", "resolved: true, mood")
        .replace("-   date", "-   resolved: true\n    date")
    )
    assert path.read_text(encoding="utf-8") == expected + new.replace("false", "true")
    assert all(one.resolved for one in threads(tmp_path)["lead"])
    assert [one.text for one in threads(tmp_path)["lead"]] == ["No", "Two", "New", "Folded text\n"]


@pytest.mark.parametrize(
    ("text", "line", "words"),
    [
        ("- text: 'open\n", 1, "not closed"),
        ("text: a\n", 1, "expected a list"),
        ("- text: a\n- b\n", 2, "expected keys"),
        ("- author: Ana\n", 1, "no text"),
        ("- text: a\n  date: yesterday\n", 2, "not a date"),
        ("- text: a\n  at: [1, two]\n", 2, "not a place"),
        ("- text: a\n\n- text: b\n  resolved: maybe\n", 4, "neither true nor false"),
        ("- text: [a]\n", 1, "not a text"),
        ("- text: &x a\n- text: *x\n", 1, "anchor"),
    ],
)
def test_a_broken_file_is_an_error_with_its_line_and_stays_as_it_is(
    tmp_path: Path, text: str, line: int, words: str
) -> None:
    add_comments(tmp_path, [Comment("fine", key="other")])
    path = tmp_path / "comments/lead.yaml"
    path.write_text(text, encoding="utf-8")
    with pytest.raises(InputError, match=words) as caught:
        read_threads(DiskProject(tmp_path))
    assert caught.value.findings[0].span
    assert caught.value.findings[0].span.line == line
    with pytest.raises(InputError):
        add_comments(tmp_path, [Comment("new", key="other"), Comment("new", key="lead")])
    assert path.read_text(encoding="utf-8") == text
    assert b"new" not in (tmp_path / "comments/other.yaml").read_bytes()


def test_a_list_in_brackets_cannot_be_extended(tmp_path: Path) -> None:
    (tmp_path / "comments").mkdir()
    (tmp_path / "comments/lead.yaml").write_text("[{text: a}]\n", encoding="utf-8")
    assert [one.text for one in threads(tmp_path)["lead"]] == ["a"]
    with pytest.raises(InputError):
        add_comments(tmp_path, [Comment("b", key="lead")])


def test_unknown_threads_and_comments(tmp_path: Path) -> None:
    add_comments(tmp_path, [Comment("a", key="cover.title")])
    with pytest.raises(UsageError, match=r"did you mean 'cover\.title'"):
        set_resolved(tmp_path, "cover.titel", "", resolved=True)
    with pytest.raises(UsageError, match="no comment has the id '123'"):
        set_resolved(tmp_path, "cover.title", "123", resolved=True)


def test_a_folder_that_links_elsewhere_is_not_written(tmp_path: Path) -> None:
    project, other = tmp_path / "project", tmp_path / "other"
    project.mkdir()
    other.mkdir()
    (project / "comments").symlink_to(other)
    with pytest.raises(InputError, match="outside the project"):
        add_comments(project, [Comment("a", key="b")])
    assert list(other.iterdir()) == []


def test_no_comments_without_the_folder(tmp_path: Path) -> None:
    assert read_threads(DiskProject(tmp_path)) == ()


def test_control_characters_are_replaced(tmp_path: Path) -> None:
    add_comments(tmp_path, [Comment("a\x1b[31m\x00\u202eb\ud800", key="k", author="\x07")])
    (comment,) = threads(tmp_path)["k"]
    assert (comment.text, comment.author) == ("a\ufffd[31m\ufffd\ufffdb\ufffd", "\ufffd")


ADD = """
import sys
from pathlib import Path
from brochure.review.comments import Comment, add_comments
for number in range(10):
    add_comments(Path(sys.argv[1]), [Comment(f"{sys.argv[2]}-{number}", key="lead")])
"""


def test_processes_that_write_at_the_same_time_lose_nothing(tmp_path: Path) -> None:
    commands = [[sys.executable, "-c", ADD, str(tmp_path), str(number)] for number in range(4)]
    running = [subprocess.Popen(command, cwd=ROOT) for command in commands]
    assert [one.wait(120) for one in running] == [0, 0, 0, 0]
    expected = {f"{one}-{number}" for one in range(4) for number in range(10)}
    assert {one.text for one in threads(tmp_path)["lead"]} == expected
    assert [path.name for path in (tmp_path / "comments").iterdir()] == ["lead.yaml"]


# Properties

texts = st.text(max_size=40) | st.text(
    st.sampled_from("a-:#'\"\\|>&*!%@`{}[],? \n\t\u2028\x85\ufeff<é"), max_size=20
)
comments = st.builds(
    Comment,
    text=texts.filter(bool),
    key=st.text(min_size=1, max_size=200)
    | st.sampled_from(["../../x", "/etc/x", ".", "..", "CON", "verdicts"]),
    page=st.none() | st.integers(1, 9999),
    author=texts,
    date=st.sampled_from(["", "2026-11-29T10:15:00Z", "2026-11-28"]),
    edition=texts,
    at=st.none() | st.tuples(st.floats(-9999, 9999), st.floats(-9999, 9999)),
    words=texts,
    proposal=texts,
    former=texts,
    resolved=st.booleans(),
)


@settings(
    max_examples=examples(100),
    suppress_health_check=[HealthCheck.function_scoped_fixture],
    deadline=None,
)
@given(st.lists(comments, max_size=4))
def test_every_comment_reads_back(tmp_path: Path, given: list[Comment]) -> None:
    folder = tmp_path / os.urandom(4).hex()
    folder.mkdir()
    added = add_comments(folder, given)
    found = {one.id: one for each in threads(folder).values() for one in each}
    assert found == {one.id: one for one in added}
    assert {one.key for one in added} == {clean_text(one.key) for one in given}
    assert all(one.text == clean_text(one.text) for one in added)
    assert not any(NOT_STORED.search(one.text) for one in added)
    assert add_comments(folder, given) == ()
    assert {path.parent.name for path in folder.rglob("*.yaml")} <= {"comments"}


@given(st.text(min_size=1))
def test_a_key_gives_a_plain_file_name(key: str) -> None:
    name = file_name(clean_text(key), None).removeprefix("comments/")
    assert name.isascii()
    assert len(name) < 130
    assert not set(name) & set('/\\:*?"<>| ')
    assert not name.startswith(".")
    assert "~" in name or subject_of(name) == (clean_text(key), None)
