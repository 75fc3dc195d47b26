"""A newer manuscript keeps the keys of paragraphs that were moved, edited or divided, or that others were inserted between."""

from __future__ import annotations

from hypothesis import given, settings
from hypothesis import strategies as st

from brochure.manuscript.alignment import Unit, align, comparable, find_moved
from brochure.manuscript.text_merge import merge_texts

LETTERS = st.sampled_from("abcdefghijklmnopqrstuvwxyzאבגדהוזחטיקលសនតក")
WORD = st.text(LETTERS, min_size=2, max_size=8)
PARAGRAPH = st.lists(WORD, min_size=6, max_size=16).map(" ".join)
MANUSCRIPT = st.lists(PARAGRAPH, min_size=1, max_size=12, unique=True)


def units(texts: list[str]) -> list[Unit]:
    return [Unit("text", comparable(text)) for text in texts]


def matched(old: list[str], new: list[str]) -> dict[str, str | None]:
    """Return the older paragraph of each newer one."""
    found = align(units(old), units(new))
    assert len(set(found.values())) == len(found), "a key was given twice"
    return {text: old[found[at]] if at in found else None for at, text in enumerate(new)}


@given(MANUSCRIPT, st.data())
@settings(deadline=None)
def test_untouched_paragraphs_keep_their_keys(old: list[str], data: st.DataObject) -> None:
    """Paragraphs are inserted, removed and moved at random."""
    kept = [text for text in old if data.draw(st.booleans())]
    inserted = data.draw(
        st.lists(PARAGRAPH.map(lambda text: f"zz {text} zz"), max_size=4, unique=True)
    )
    new = data.draw(st.permutations([*kept, *(one for one in inserted if one not in old)]))
    found = matched(old, list(new))
    assert all(found[text] == text for text in kept)


@given(MANUSCRIPT, st.data())
@settings(deadline=None)
def test_an_edited_paragraph_keeps_its_key(old: list[str], data: st.DataObject) -> None:
    at = data.draw(st.integers(0, len(old) - 1))
    words = old[at].split()
    place = data.draw(st.integers(0, len(words) - 1))
    words[place : place + 1] = data.draw(st.lists(WORD, max_size=2))
    edited = " ".join(words)
    new = [edited if text == old[at] else text for text in old]
    if edited in old:
        return
    found = matched(old, new)
    assert found[edited] == old[at]
    assert all(found[text] == text for text in old if text != old[at])


@given(st.lists(st.sampled_from(["Yes", "No", "12"]), max_size=12), st.data())
@settings(deadline=None)
def test_repeated_texts_keep_their_order(old: list[str], data: st.DataObject) -> None:
    """The same manuscript again, and one with a paragraph more, give every paragraph the key that it had."""
    assert align(units(old), units(old)) == {at: at for at in range(len(old))}
    at = data.draw(st.integers(0, len(old)))
    new = [*old[:at], "a wholly different one", *old[at:]]
    found = align(units(old), units(new))
    assert {place: other for place, other in found.items() if place < at} == {
        one: one for one in range(at)
    }
    assert all(found[one + 1] == one for one in range(at, len(old)))


def test_different_text_in_the_same_place_gets_a_new_key() -> None:
    old = ["The ferry stopped in November.", "Nobody had planned it.", "We bought a boat."]
    new = ["The ferry stopped in November.", "Vaccines need a refrigerator.", "We bought a boat."]
    assert matched(old, new)["Vaccines need a refrigerator."] is None


def test_a_divided_paragraph_keeps_its_key_in_the_longer_part() -> None:
    first, second = (
        "Hedda is nine metres long.",
        "She carries two nurses, a skipper and vaccines for forty children.",
    )
    found = matched([f"{first} {second}", "After it."], [first, second, "After it."])
    assert found[second] == f"{first} {second}"
    assert found[first] is None


def test_a_heading_that_became_text_keeps_its_key() -> None:
    found = align(
        [Unit("head", "how to help us this winter")], [Unit("text", "how to help us this winter")]
    )
    assert found == {0: 0}


def test_time_grows_with_the_number_of_paragraphs() -> None:
    """Thousands of similar paragraphs, and thousands of the same, are matched within seconds."""
    import time

    start = time.monotonic()
    old = units(
        [f"village {number} has one nurse and {number % 7} boats" for number in range(3_000)]
    )
    new = units(
        [f"village {number} had one nurse and {number % 7} boats" for number in range(3_000)]
    )
    assert len(align(old, new)) > 2_000
    same = units(["the same"] * 5_000)
    assert len(align(same, same[1:])) == 4_999
    assert time.monotonic() - start < 20


@given(st.lists(st.integers(0, 30), unique=True))
def test_as_few_as_possible_are_moved(order: list[int]) -> None:
    moved = find_moved(order)
    kept = [number for at, number in enumerate(order) if at not in moved]
    assert kept == sorted(kept)
    assert bool(moved) == (order != sorted(order))


@given(st.lists(WORD, min_size=3, max_size=10), st.data())
def test_an_edit_of_the_copy_and_one_of_the_manuscript_are_merged(
    words: list[str], data: st.DataObject
) -> None:
    base = [f"{word}{at}" for at, word in enumerate(words)]
    first = data.draw(st.integers(0, len(base) - 3))
    last = data.draw(st.integers(first + 2, len(base) - 1))
    copy = [*base[:first], "{rescued, number}", *base[first + 1 :]]
    manuscript = [*base[:last], "CHANGED", *base[last + 1 :]]
    both = [*copy[:last], "CHANGED", *copy[last + 1 :]]
    assert merge_texts(" ".join(base), " ".join(copy), " ".join(manuscript)) == " ".join(both)
    assert merge_texts(" ".join(base), " ".join(copy), " ".join(base)) == " ".join(copy)


def test_edits_of_the_same_words_are_not_merged() -> None:
    assert merge_texts("two boats sail", "three boats sail", "four boats sail") is None
