"""Endnotes in a block: which notes it lists, their order, and their marks."""

from __future__ import annotations

import pytest

from brochure.errors import InputError
from brochure.model.display_list import Link
from tests.layout.pages import made, rows

COPY = {
    "one": "First[^b] and second.[^a]",
    "two": "Third.[^c]",
    "plain": "No mark.",
    "notes.a": "Words of a.",
    "notes.b": "Words of b.",
    "notes.c": "Words of c.",
}
FRAMES = (
    "{t: {at: 'x 20 pt, y 20 pt, width 160 pt, height 60 pt', content: [{text: one}]},"
    " u: {at: 'x 20 pt, y 90 pt, width 160 pt, height 60 pt', notes: %s, content: [{text: two}]},"
    " n: {at: 'x 20 pt, y 160 pt, width 160 pt, height 100 pt', content: [%s]}}"
)


def texts(result: object) -> list[str]:
    return [row.text for row in rows(result.pages[0])]  # type: ignore[attr-defined]


def test_endnotes_are_in_the_order_of_their_marks() -> None:
    result = made(
        COPY, pages=f"[{{frames: {FRAMES % ('end', '{notes: }')}}}]", notes="{place: end}"
    )
    assert not result.findings
    assert texts(result) == [
        "First1 and second.2",
        "Third.3",
        "1",
        "Words of b.",
        "2",
        "Words of a.",
        "3",
        "Words of c.",
    ]


def test_a_frame_can_have_its_notes_elsewhere() -> None:
    result = made(
        COPY, pages=f"[{{frames: {FRAMES % ('foot', '{notes: }')}}}]", notes="{place: end}"
    )
    assert texts(result) == [
        "First1 and second.2",
        "Third.3",
        "3",
        "Words of c.",
        "1",
        "Words of b.",
        "2",
        "Words of a.",
    ]


def test_the_block_has_its_own_style() -> None:
    result = made(
        COPY,
        pages=f"[{{frames: {FRAMES % ('end', '{notes: , style: small}')}}}]",
        notes="{place: end}",
    )
    sizes = {
        run.glyphs.size
        for run in result.pages[0].items
        if getattr(getattr(run, "tag", None), "role", "") == "P" and hasattr(run, "glyphs")
    }
    assert sizes >= {5.0, 10.0}


def test_endnotes_of_several_texts_are_listed_once() -> None:
    copy = {**COPY, "two": "Third[^c] and again.[^b]"}
    result = made(
        copy, pages=f"[{{frames: {FRAMES % ('end', '{notes: }')}}}]", notes="{place: end}"
    )
    assert texts(result)[:2] == ["First1 and second.2", "Third3 and again.1"]
    assert texts(result)[2:4] == ["1", "Words of b."]
    links = [item for item in result.pages[0].items if isinstance(item, Link)]
    tops = {link.target: link.rect.top for link in links}
    led = [link.destination.y for link in links if link.destination]
    marks = [link.target for link in links]
    (note,) = [tops[target] for target in marks if target == "#note-mark:0.0"]
    # The marks of b in both texts lead to the same note.
    assert [led[marks.index(target)] for target in ("#note:0.0", "#note:1.1")] == [note, note]


def test_endnotes_without_a_block_are_an_error() -> None:
    result = made(
        COPY, pages=f"[{{frames: {FRAMES % ('end', '{text: plain}')}}}]", notes="{place: end}"
    )
    (finding,) = [one for one in result.findings if one.code == "notes-unplaced"]
    assert "3 notes are not printed" in finding.message
    assert str(finding.span).startswith("content/en.yaml:")


def test_a_block_without_endnotes_is_a_warning() -> None:
    result = made(COPY, pages=f"[{{frames: {FRAMES % ('foot', '{notes: }')}}}]")
    (finding,) = result.findings
    assert finding.code == "notes-empty"


def test_a_note_in_a_note_is_an_error() -> None:
    with pytest.raises(InputError) as caught:
        made(
            {**COPY, "notes.c": "Words.[^a]"},
            pages=f"[{{frames: {FRAMES % ('end', '{notes: }')}}}]",
        )
    assert [one.code for one in caught.value.findings] == ["note-nested"]
