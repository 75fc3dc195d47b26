"""Pictures that fill the remaining space of their frame."""

import io
from typing import Any

import pytest
from PIL import Image

from brochure.geometry import Rect
from brochure.layout import line_slots
from brochure.model.display_list import Page, Picture, bounds
from tests.layout.pages import baselines, made

WORDS = {"t": "One\\\nTwo", "long": "\n\n".join(["word"] * 21)}


def jpeg(width: int, height: int) -> bytes:
    out = io.BytesIO()
    Image.new("RGB", (width, height), (90, 120, 100)).save(out, "JPEG")
    return out.getvalue()


def filled(content: str, more: str = "") -> Page:
    result = made(
        WORDS,
        {"assets/wide.jpg": jpeg(80, 20), "assets/tall.jpg": jpeg(20, 80)},
        pages=f"[{{frames: {{f: {{at: margins, {more} content: [{content}]}}}}}}]",
    )
    assert result.findings == ()
    return result.pages[0]


def places(page: Page) -> list[Rect]:
    """Return the visible areas of the pictures."""
    return [bounds(item.clip) for item in page.items if isinstance(item, Picture)]


PICTURE = "{image: wide.jpg, alt: none}"


def test_a_single_picture_fills_the_whole_frame() -> None:
    (place,) = places(filled(PICTURE))
    assert (place.x, place.y, place.width, place.height) == (40, 30, 140, 250)


def test_a_picture_above_text_leaves_space_for_it() -> None:
    page = filled(f"{PICTURE}, {{text: t}}")
    (place,) = places(page)
    # Two lines are 6.7 + 12 high, at the bottom of the frame, 300 - 30 below the top of the page; between them and the picture is
    # the space of a line.
    assert place.height == pytest.approx(250 - 18.7 - 12)
    assert baselines(page) == [258, 270]


def test_words_above_a_picture() -> None:
    page = filled(f"{{text: t}}, {PICTURE}")
    (place,) = places(page)
    assert baselines(page) == [26.7, 38.7]
    assert (place.y, place.height) == pytest.approx((30, 250 - 18.7 - 12))


def test_two_pictures_share_the_remaining_space() -> None:
    upper, lower = places(filled(f"{PICTURE}, {{text: t}}, {PICTURE}"))
    assert upper.height == lower.height == pytest.approx((250 - 18.7 - 2 * 12) / 2)
    assert lower.y == pytest.approx(30)


@pytest.mark.parametrize(("name", "size"), [("wide", (1000, 250)), ("tall", (140, 560))])
def test_a_picture_covers_its_place(name: str, size: tuple[float, float]) -> None:
    page = filled(f"{{image: {name}.jpg, alt: none}}")
    (picture,) = [item for item in page.items if isinstance(item, Picture)]
    # 4 to 1 over 140 x 250: as tall as the area, 4 × 250 wide. 1 to 4: as wide as the area, 4 × 140 tall.
    assert (picture.rect.width, picture.rect.height) == pytest.approx(size)
    assert picture.rect.contains(bounds(picture.clip))


def test_a_picture_without_space_is_reported() -> None:
    result = made(
        WORDS,
        {"assets/wide.jpg": jpeg(80, 20)},
        pages=f"[{{frames: {{f: {{at: margins, content: [{{text: long}}, {PICTURE}]}}}}}}]",
    )
    (finding,) = result.findings
    # 21 lines take 246.7 of the 250 points: after a space of 12, a picture of the minimum height, 2, needs 10.7 more.
    assert finding.hint == "10.7 pt of height are missing"
    assert places(result.pages[0]) == []


WHOLE = "{image: tall.jpg, alt: none, fit: contain}"


def test_a_whole_picture_moves_to_the_next_column_at_its_full_size() -> None:
    page = filled(f"{{text: long}}, {WHOLE}", "columns: 2, gutter: 20 pt,")
    (place,) = places(page)
    # Columns of 60: 240 high. The text fills the first column, so the picture is in the second.
    assert (place.x, place.y, place.width, place.height) == pytest.approx((120, 40, 60, 240))


def test_a_whole_picture_is_never_higher_than_a_column() -> None:
    page = filled(WHOLE, "columns: 1,")
    (place,) = places(page)
    # 140 wide, it would be 560 high.
    assert (place.width, place.height) == pytest.approx((62.5, 250))


def test_columns_are_balanced_without_shrinking_pictures() -> None:
    half = WHOLE.replace("contain", "contain, width: 50%")
    page = filled(f"{{text: t}}, {half}, {{text: t}}", "columns: 2, gutter: 20 pt, balance: yes,")
    (place,) = places(page)
    assert (place.width, place.height) == pytest.approx((30, 120))


def test_the_search_for_lines_beside_a_picture_ends_with_the_text(
    monkeypatch: pytest.MonkeyPatch,
) -> None:
    """The height of text is measured in a column of infinite height, whose line slots are not listed."""
    searched = []
    find = line_slots._find_slot

    def count(*arguments: Any) -> Any:
        searched.append(arguments)
        return find(*arguments)

    monkeypatch.setattr(line_slots, "_find_slot", count)
    filled(f"{PICTURE}, {{text: t}}")
    assert 0 < len(searched) < 100
