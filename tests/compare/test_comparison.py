"""What a comparison finds between two laid-out editions."""

from __future__ import annotations

import pytest

from brochure.compare.changes import ChangeKind
from brochure.compare.comparison import compare
from tests.approval.brochures import Change
from tests.compare.brochures import compared, contents, described, kinds, only
from tests.preflight.brochures import photograph


def changed_pages(change: Change) -> list[int | None]:
    return [pair.after for pair in compared(change).pairs if not pair.is_identical]


def test_a_brochure_is_identical_to_itself() -> None:
    found = compared(Change())
    assert found.is_identical
    assert [(pair.before, pair.after) for pair in found.pairs] == [(n, n) for n in (1, 2, 3, 4)]


def test_words() -> None:
    change = only(compared(Change(layout=(("wells: 41", "wells: 42"),))), ChangeKind.WORDS)
    assert (change.key, change.before, change.after) == ("count", "41 wells", "42 wells")
    assert change.pages_before == change.pages_after == (4,)
    assert changed_pages(Change(layout=(("wells: 41", "wells: 42"),))) == [4]


def test_lines_broken_again_without_changed_words() -> None:
    change = Change(layout=(("width 160 pt, height 72 pt", "width 150 pt, height 72 pt"),))
    found = compared(change)
    assert ChangeKind.WORDS not in kinds(found)
    lines = found.select(ChangeKind.LINES)
    assert {one.key for one in lines} == {"first", "second"}
    assert all("re-broken" in one.message for one in lines)
    assert all(one.before.split() != [] for one in lines)


def test_lines_that_went_to_another_page() -> None:
    change = Change(layout=(("width 160 pt, height 72 pt", "width 160 pt, height 100 pt"),))
    found = compared(change)
    assert ChangeKind.WORDS not in kinds(found)
    assert described(found, ChangeKind.LINES) == ["second: 3 lines on another page"]


def test_a_moved_block() -> None:
    layout = (('figure: {at: "x 20 pt, y 20 pt', 'figure: {at: "x 20 pt, y 48.346 pt'),)
    change = only(compared(Change(layout=layout)), ChangeKind.MOVED)
    assert (change.subject, change.message) == ("count", "moved 10 mm down")
    old, new = change.marks
    assert (old.is_after, new.is_after) == (False, True)
    assert old.rect.y - new.rect.y == pytest.approx(28.346, abs=0.01)
    layout = (('figure: {at: "x 20 pt', 'figure: {at: "x 48.346 pt'),)
    assert only(compared(Change(layout=layout)), ChangeKind.MOVED).message == "moved 10 mm right"


def test_blocks_that_move_together_are_one_change() -> None:
    frame = "width 160 pt, height 72 pt"
    change = Change(layout=((f"x 20 pt, y 20 pt, {frame}", f"x 20 pt, y 26 pt, {frame}"),))
    found = compared(change)
    moves = found.select(ChangeKind.MOVED)
    assert [one.message for one in moves] == ["moved 2.12 mm down"] * 2
    assert moves[-1].subject in ("second", "first, second")


def test_pictures() -> None:
    swapped = Change(files={"assets/photos/field.jpg": photograph(1400, 1400)})
    assert only(compared(swapped), ChangeKind.PICTURES).message == "its file was changed"
    other = Change(
        layout=(("photos/field.jpg", "photos/other.jpg"),),
        files={"assets/photos/other.jpg": photograph(1400, 1400)},
    )
    change = only(compared(other), ChangeKind.PICTURES)
    assert (change.subject, change.message) == ("photos/field.jpg", "replaced by photos/other.jpg")
    smaller = Change(layout=(("picture: {at: bleed,", "picture: {at: page,"),))
    change = only(compared(smaller), ChangeKind.PICTURES)
    assert "resized from" in change.message
    gone = Change(layout=(("content: {image: photos/field.jpg, alt: alt}", "content: []"),))
    assert described(compared(gone), ChangeKind.PICTURES) == ["photos/field.jpg: removed"]


def test_a_renamed_picture_is_the_same_page() -> None:
    renamed = Change(
        layout=(("photos/field.jpg", "photos/same.jpg"),),
        files={"assets/photos/same.jpg": photograph(1320, 1320)},
    )
    assert compared(renamed).is_identical


def test_inks() -> None:
    found = compared(Change(layout=(("river: cmyk 80 30 0 0", "river: cmyk 80 40 0 0"),)))
    change = only(found, ChangeKind.INKS)
    assert change.subject == "style loud"
    assert change.message == "C 80 M 30 Y 0 K 0 → C 80 M 40 Y 0 K 0 (title, count)"
    assert change.pages_after == (1, 4)
    spot = ("river: cmyk 80 30 0 0", 'river: spot "PANTONE 3025 C" as cmyk 100 30 20 40')
    found = compared(Change(layout=(spot,)))
    assert "ink PANTONE 3025 C: a new plate" in described(found, ChangeKind.INKS)
    background = Change(layout=(("sand: cmyk 0 10 30 0", "sand: cmyk 0 20 30 0"),))
    assert only(compared(background), ChangeKind.INKS).subject == "area"


def test_styles() -> None:
    found = compared(Change(layout=(("size: 20 pt", "size: 19 pt"),)))
    styles = found.select(ChangeKind.STYLES)
    assert [(one.subject, one.before, one.after) for one in styles] == [
        ("style loud", "20 pt", "19 pt")
    ]
    italic = Change(layout=(("leading: 24 pt,", "leading: 24 pt, italic: yes,"),))
    (change,) = compared(italic).select(ChangeKind.STYLES)
    assert "Italic" in change.after


def test_an_inserted_page_does_not_change_the_pages_after_it() -> None:
    page = '  - frames: {note: {at: "x 20 pt, y 20 pt, width 160 pt, height 60 pt", content: {text: note}}}\n'
    change = Change(
        layout=(("  - master: story\n  - master: story\n", page + "  - master: story\n  - master: story\n"),),
        copy={"note": "A new page about nothing else."},
    )  # fmt: skip
    found = compared(change)
    assert [(pair.before, pair.after) for pair in found.pairs if pair.before is None] == [(None, 2)]
    assert [pair.after for pair in found.pairs if not pair.is_identical][:1] == [2]
    assert "page 2: added" in described(found, ChangeKind.PAGES)
    assert described(found, ChangeKind.WORDS) == ["note: added"]
    back = compare(contents(change), contents())
    assert "page 2: removed" in described(back, ChangeKind.PAGES)


def test_running_heads_stay_with_their_pages_if_one_is_inserted() -> None:
    master = '      words: {at: "x 20 pt, y 20 pt, width 160 pt, height 72 pt", story: report}\n'
    head = (
        '      head: {at: "x 20 pt, y 150 pt, width 160 pt, height 20 pt", content: {text: alt}}\n'
    )
    with_heads = (master, master + head)
    before = Change(layout=(with_heads,))
    at = "x 20 pt, y 150 pt, width 160 pt, height 20 pt"
    new = f'  - frames: {{note: {{at: "{at}", content: {{text: alt}}}}}}\n'
    pages = "  - master: story\n  - master: story\n"
    after = Change(layout=(with_heads, (pages, new + pages)))
    found = compared(after, before)
    assert [one.pages_after for one in found.select(ChangeKind.WORDS)] == [(2,)]
    assert found.select(ChangeKind.LINES) == ()


def test_page_sizes() -> None:
    found = compared(Change(layout=(("size: 200 x 200 pt", "size: 210 x 200 pt"),)))
    sizes = described(found, ChangeKind.PAGES)
    assert sizes[0] == "page 1: size: 200.00 x 200.00 pt → 210.00 x 200.00 pt"
    assert len(sizes) == 4


def test_links() -> None:
    before = Change(copy={"count": "See [the map](https://example.org/a)"}, french={"count": "x"})
    after = Change(copy={"count": "See [the map](https://example.org/b)"}, french={"count": "x"})
    change = only(compared(after, before), ChangeKind.LINKS)
    assert (change.before, change.after) == ("https://example.org/a", "https://example.org/b")


def test_two_languages() -> None:
    found = compare(contents(), contents(language="fr"))
    words = {one.key: (one.before[:5], one.after[:5]) for one in found.select(ChangeKind.WORDS)}
    assert words["title"] == ("Clear", "Une e")
    assert len(found.pairs) == 4


def test_details_that_no_other_change_explains_are_named() -> None:
    found = compared(Change(copy={"alt": "Dusk"}))
    change = only(found, ChangeKind.OTHER)
    assert change.pages_after == (1,)
