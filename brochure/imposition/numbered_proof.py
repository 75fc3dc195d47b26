"""Numbered proofs: each message has a number beside it, and a list at the end says which message it is."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import replace

from brochure.imposition.key_list import KeyList, Row, set_key_list
from brochure.imposition.label_colours import choose_colour
from brochure.imposition.number_labels import (
    LabelStyle,
    draw_labels,
    find_first_lines,
    frame_page,
    with_strips,
)
from brochure.imposition.sheets import PlacedPage, Sheet
from brochure.imposition.slug import SlugText
from brochure.l10n.edition import Edition
from brochure.model.display_list import Page

SOURCE_STATE = "source"
ABOUT = "The numbers beside the texts of the proof, the keys of their messages, and the state of each translation."


def numbered_sheets(edition: Edition, pages: Sequence[Page], fonts: SlugText) -> tuple[Sheet, ...]:
    """Return the pages with numbers in strips at their sides, and the key list."""
    places = _find_places(pages)
    numbers = {key: at for at, key in enumerate(places, 1)}
    style = LabelStyle(fonts, choose_colour(pages))
    sheets = [_make_sheet(page, numbers, style) for page in pages]
    content = KeyList(
        f"Key list: {edition.words(edition.layout.title) or edition.layout.brochure}",
        ABOUT,
        tuple(_make_row(edition, key, number, places[key]) for key, number in numbers.items()),
        edition.layout.source_language,
        edition.left_to_right,
        style,
        _last_element(pages),
    )
    first = len(edition.layout.pages) + 1
    size = max(page.width for page in pages), max(page.height for page in pages)
    listed = set_key_list(content, first, *size)
    return (
        *sheets,
        *(
            Sheet(page.label, page.trim, page.trim, page.trim, (PlacedPage(page),))
            for page in listed
        ),
    )


def _find_places(pages: Sequence[Page]) -> dict[str, list[str]]:
    """Return the labels of the pages that each message is on, in the order of its first place."""
    places: dict[str, list[str]] = {}
    for page in pages:
        for line in find_first_lines(page):
            places.setdefault(line.key, []).append(page.label or str(page.number))
    return places


def _make_sheet(page: Page, numbers: Mapping[str, int], style: LabelStyle) -> Sheet:
    items = (*page.items, *frame_page(page), *draw_labels(page, numbers, style))
    return Sheet(
        page.label,
        with_strips(page),
        page.trim,
        page.trim,
        (PlacedPage(replace(page, items=items)),),
    )


def _make_row(edition: Edition, key: str, number: int, pages: Sequence[str]) -> Row:
    source = edition.translations.source.entries.get(key)
    text = source.text if source else edition.stories[key].text
    shown = ", ".join(dict.fromkeys(pages[:MAX_PAGES])) + (" …" if len(pages) > MAX_PAGES else "")
    return Row(number, key, shown, text, _state(edition, key))


MAX_PAGES = 4
"""Pages that a row names."""


def _state(edition: Edition, key: str) -> str:
    """Return the translation state of a message."""
    if edition.language == edition.layout.source_language:
        return SOURCE_STATE
    return edition.translations.readiness(key).value


def _last_element(pages: Sequence[Page]) -> int:
    """Return the highest number of the pages' structure elements."""
    numbers = (number for page in pages for item in page.items for _, number in item.tag.path)
    return max(numbers, default=0)
