"""Renaming keys in YAML copy; everything else stays unchanged."""

from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as st

from brochure.errors import InputError
from brochure.l10n.message_file import read_copy
from brochure.spec.yaml_edit import rename_path, replace_scalars

COPY = """\
# Copy of the harbour leaflet
ferry:
  # on the cover
  title: Ferries  # short
  notes: >-
    Two lines
    of it

    # not a comment

# The back page
back:
  # by law
  legal: |
    First

    Second
flat: {a: one, b: 'two, three', c: four}
map.alt: A map
"""


def renamed(old: str, new: str, copy: str = COPY) -> str:
    return rename_path(copy.encode(), old, new, "content/en.yaml").decode()


def texts(copy: str) -> dict[str, str]:
    read, findings = read_copy(copy.encode(), "content/en.yaml", "en")
    assert {one.code for one in findings} <= {"copy-comment"}
    return {key: one.text for key, one in read.entries.items()}


@pytest.mark.parametrize(
    ("old", "new", "line", "to"),
    [
        ("ferry.title", "ferry.head", "  title: Ferries  # short", "  head: Ferries  # short"),
        ("ferry", "boat", "ferry:", "boat:"),
        ("flat.b", "flat.z", "b: 'two", "z: 'two"),
        ("map.alt", "map.text", "map.alt: A map", "map.text: A map"),
        ("map.alt", "picture", "map.alt: A map", "picture: A map"),
    ],
)
def test_a_key_that_stays_in_its_group_is_replaced(old: str, new: str, line: str, to: str) -> None:
    assert renamed(old, new) == COPY.replace(line, to)


def test_a_moved_entry_keeps_its_comments_and_line_breaks() -> None:
    assert renamed("back.legal", "ferry.law") == COPY.replace(
        "\n# The back page\nback:\n  # by law\n  legal: |\n    First\n\n    Second\n", "\n"
    ).replace(
        "    # not a comment\n",
        "    # not a comment\n  # The back page\n  # by law\n  law: |\n    First\n\n    Second\n",
    )


def test_groups_that_do_not_exist_are_added_at_the_end() -> None:
    found = renamed("ferry.notes", "cover.notes.long")
    assert found.endswith(
        "cover:\n  notes:\n    long: >-\n      Two lines\n      of it\n\n      # not a comment\n"
    )


def test_a_group_inside_another_is_moved_without_what_follows_it() -> None:
    copy = "a:\n  b:\n    x: 1\n    y: 2\n  # of c\n  c: 3\n"
    assert renamed("a.b", "z.b", copy) == "a:\n  # of c\n  c: 3\nz:\n  b:\n    x: 1\n    y: 2\n"


def test_line_ends_and_a_byte_order_mark_are_kept() -> None:
    data = b"\xef\xbb\xbf" + COPY.replace("\n", "\r\n").encode()
    found = rename_path(data, "ferry.title", "cover.title", "en.yaml")
    assert found.startswith(b"\xef\xbb\xbf#")
    assert found.count(b"\n") == found.count(b"\r\n")


def test_a_group_in_braces_is_not_moved() -> None:
    with pytest.raises(InputError, match="flat"):
        rename_path(b"x: {flat: {a: one}}\n", "x.flat", "y.flat", "en.yaml")


def test_a_key_that_the_file_does_not_have_changes_nothing() -> None:
    assert renamed("ferry.tide", "ferry.head") == COPY


KEYS = ("ferry.title", "ferry.notes", "back.legal", "flat.b", "map.alt", "ferry")
NEW = ("ferry.x", "back.x", "x", "x.y", "x.y.z", "flat.x", "map.x", "back.legal-2")


@given(st.sampled_from(KEYS), st.sampled_from(NEW), st.sampled_from(["\n", "\r\n"]))
def test_only_the_key_changes_whatever_is_renamed(old: str, new: str, end: str) -> None:
    if new.startswith(f"{old}."):
        return
    before = texts(COPY)
    expected = {
        new + key.removeprefix(old) if key == old or key.startswith(f"{old}.") else key: text
        for key, text in before.items()
    }
    assert texts(renamed(old, new, COPY.replace("\n", end))) == expected


def test_scalars_are_replaced_at_their_places_only() -> None:
    layout = b"- text: a.b\n- {text: 'a.b', alt: a.b}\n"
    found = replace_scalars(layout, {(1, 9): "c", (2, 10): "c"}, "a.b")
    assert found == b"- text: c\n- {text: 'c', alt: a.b}\n"


def test_a_group_before_another_entry_is_moved_alone() -> None:
    source = b"a:\n  b:\n    c: one\n  d: two\nx:\n  y: z\n"
    expected = b"a:\n  d: two\nx:\n  y: z\n  b:\n    c: one\n"
    assert rename_path(source, "a.b", "x.b", "en.yaml") == expected
