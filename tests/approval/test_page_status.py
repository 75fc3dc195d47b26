"""Which pages must be looked at again after a change, and why."""

from __future__ import annotations

from collections.abc import Mapping

import pytest

from brochure.api import lay_out
from brochure.approval.approval_file import Approval
from brochure.approval.approving import approve_pages
from brochure.approval.page_sources import record_pages
from brochure.approval.page_status import (
    MAX_REASONS,
    PageState,
    compare_with_approval,
    explain_change,
)
from brochure.l10n.project_editions import EditionName
from brochure.project import MemoryProject
from tests.approval.brochures import NONE, Change, files, records
from tests.preflight.brochures import photograph

FRENCH = EditionName("", "fr")
WHO = ("Ana Silva", "2026-11-29T10:15:00Z")


def approved(language: str = "en", change: Change = NONE) -> Approval:
    return approve_pages(
        None, records(change, language), None, WHO, ("wells", EditionName("", language))
    )


def reasons(change: Change, language: str = "en") -> dict[int, tuple[str, ...]]:
    """The pages that must be looked at after a change, with the reasons."""
    statuses = compare_with_approval(approved(language), records(change, language))
    return {one.number: one.reasons for one in statuses if one.must_be_seen}


def test_without_a_change_all_pages_are_approved() -> None:
    assert reasons(NONE) == {}


def test_without_an_approval_no_page_is_approved() -> None:
    states = {one.state for one in compare_with_approval(None, records())}
    assert states == {PageState.NEW}


def test_a_changed_data_file_changes_the_pages_that_print_it() -> None:
    layout = (("{text: count, style: loud}", "{table: {from: wells.csv}}"),)
    one, other = (
        Change(layout, files={"assets/wells.csv": f"Place,Wells\nNorth,{wells}\n".encode()})
        for wells in (4, 5)
    )
    statuses = compare_with_approval(approved(change=one), records(other))
    found = {status.number: status.reasons for status in statuses if status.must_be_seen}
    assert found == {4: ("data wells.csv changed",)}


CHANGES: Mapping[str, tuple[Change, dict[int, str]]] = {
    "message": (Change(copy={"title": "Clean water"}), {1: "message title changed"}),
    "variable": (Change(layout=(("wells: 41", "wells: 42"),)), {4: "variable wells changed"}),
    "picture": (
        Change(files={"assets/photos/field.jpg": photograph(1400, 1400)}),
        {1: "picture photos/field.jpg changed"},
    ),
    "style": (
        Change(layout=(("size: 9 pt, leading: 12 pt", "size: 8.9 pt, leading: 12 pt"),)),
        {2: "style body changed", 3: "style body changed"},
    ),
    "derived style": (
        Change(layout=(("size: 20 pt", "size: 19 pt"),)),
        {1: "style loud changed", 4: "style loud changed"},
    ),
    "swatch": (
        Change(layout=(("river: cmyk 80 30 0 0", "river: cmyk 80 40 0 0"),)),
        {1: "swatch river changed", 4: "swatch river changed"},
    ),
    "background": (
        Change(layout=(("sand: cmyk 0 10 30 0", "sand: cmyk 0 20 30 0"),)),
        {1: "swatch sand changed"},
    ),
    "frame": (
        Change(layout=(("figure: {at: \"x 20 pt, y 20 pt", "figure: {at: \"x 20 pt, y 21 pt"),)),
        {4: "frame figure changed"},
    ),
    "content": (
        Change(layout=(("{text: count, style: loud}", "[{text: count, style: loud}, {rule: 50%}]"),)),
        {4: "content of frame figure changed"},
    ),
}  # fmt: skip


@pytest.mark.parametrize("kind", sorted(CHANGES))
def test_the_reason_is_named_on_the_pages_that_it_changes(kind: str) -> None:
    change, expected = CHANGES[kind]
    assert reasons(change) == {number: (reason,) for number, reason in expected.items()}


def test_a_page_whose_words_moved_names_the_message_that_moved_them() -> None:
    found = reasons(
        Change(copy={"first": "Every well is dug by the people who drink from it. " * 4})
    )
    assert found[2] == ("message first changed",)
    assert found[3] == ("message first changed on another page",) or found[3][0].startswith(
        "message first"
    )
    assert 1 not in found
    assert 4 not in found


def test_another_edition_keeps_its_approval() -> None:
    assert reasons(Change(french={"title": "De l'eau claire"})) == {}
    assert reasons(Change(french={"title": "De l'eau claire"}), "fr") == {
        1: ("message title changed",)
    }


def test_a_translation_that_is_outdated_now_is_named() -> None:
    """The source has changed, so the translation is fuzzy, and a draft shows the source."""
    before = approved("fr")
    made = files(Change(copy={"title": "Clean water"}))
    project = MemoryProject({**made, "content/fr.po": files()["content/fr.po"]})
    laid_out = lay_out(project, "fr")
    found = compare_with_approval(before, record_pages(laid_out.pages, laid_out.edition, project))
    assert found[0].reasons == (
        "message title changed",
        "translation of title is missing or outdated",
    )


def test_a_page_that_moved_unchanged_is_still_approved() -> None:
    before, after = approved(), records()
    swapped = [after[0], after[1], after[2]]
    statuses = compare_with_approval(before, swapped)
    assert [one.state for one in statuses] == [PageState.APPROVED] * 3 + [PageState.REMOVED]
    renumbered = Approval(before.brochure, before.edition, {9: before.pages[4]})
    (status,) = compare_with_approval(renumbered, after[3:])
    assert (status.state, status.former) == (PageState.APPROVED, 9)


def test_another_version_of_the_program_is_the_reason_if_nothing_else_is() -> None:
    before = {"program": "1.0", "message a": "1"}
    after = {"program": "1.1", "message a": "1"}
    assert list(explain_change(before, after)) == ["brochure 1.1 places it differently than 1.0"]
    assert list(explain_change(before, {**after, "message a": "2"})) == ["message a changed"]


def test_many_reasons_are_counted() -> None:
    before = {f"message m{at:02}": "1" for at in range(20)}
    found = [*explain_change(before, {name: "2" for name in before})]
    assert len(found) == MAX_REASONS + 1
    assert found[-1] == "and 14 more"
