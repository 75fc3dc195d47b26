"""`brochure approve --reviewed`: approvals from the verdicts of reviewers, if the pages are still what they saw."""

from __future__ import annotations

import json
from pathlib import Path
from typing import Any

import pytest

from brochure.l10n.project_editions import EditionName
from brochure.project import DiskProject
from brochure.review.reviewed_pages import digest_pages
from tests.approval.brochures import Change, files
from tests.cli.calling import CommandResult, call


def write(folder: Path, change: Change) -> None:
    for name, data in files(change).items():
        (folder / name).parent.mkdir(parents=True, exist_ok=True)
        (folder / name).write_bytes(data)


@pytest.fixture
def wells(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    """The brochure in a folder."""
    monkeypatch.chdir(tmp_path)
    write(Path("wells"), Change())
    return Path("wells")


def send(folder: Path, who: str, day: int, **verdicts: str) -> CommandResult:
    """Import a review with verdicts on pages as they are now: `page_1="approved"`."""
    digests = digest_pages(DiskProject(folder), EditionName("", "fr")) or {}
    review: dict[str, Any] = {"format": "brochure-review", "version": 1, "brochure": "wells"}
    review |= {"edition": {"language": "fr"}, "reviewer": who, "date": f"2026-11-{day}T10:00:00Z"}
    review["pages"] = [
        {"number": number, "digest": digests[number], "verdict": verdict}
        for name, verdict in verdicts.items()
        if (number := int(name.removeprefix("page_")))
    ]
    path = Path(f"{who}{day}.brochure-review.json")
    path.write_text(json.dumps(review), encoding="utf-8")
    return call("review", "import", path, folder)


def approvers(folder: Path) -> list[str | None]:
    """Who has approved each page as it is now."""
    (edition,) = call("status", folder, "--edition", "fr", "--json").data["editions"]
    return [one["by"] if one["state"] == "approved" else None for one in edition["pages"]]


CHANGED = Change(layout=(("wells: 41", "wells: 42"),))
"""It changes page 4."""


def test_pages_are_approved_in_the_names_of_their_reviewers(wells: Path) -> None:
    assert (
        send(wells, "Ana", 10, page_1="approved", page_2="approved", page_4="approved").status == 0
    )
    assert send(wells, "Ben", 11, page_2="approved", page_3="rejected").status == 0
    write(wells, CHANGED)
    result = call("approve", wells, "--edition", "fr", "--reviewed")
    assert (result.status, result.err) == (0, "")
    assert approvers(wells) == ["Ana", "Ana", None, None]
    again = call("approve", wells, "--edition", "fr", "--reviewed")
    assert "0 pages approved" in again.out
    assert approvers(wells) == ["Ana", "Ana", None, None]


def test_a_rejection_of_another_reviewer_counts_until_it_is_withdrawn(wells: Path) -> None:
    send(wells, "Ana", 10, page_1="approved")
    send(wells, "Ben", 11, page_1="rejected")
    result = call("approve", wells, "--edition", "fr", "--reviewed")
    assert result.status == 64
    assert "no reviewer has approved a page of the edition fr as it is now" in result.err
    assert not (wells / "approvals").exists()
    send(wells, "Ben", 12, page_1="approved")
    assert call("approve", wells, "--edition", "fr", "--reviewed", "--name", "Cleo").status == 0
    assert approvers(wells) == ["Cleo", None, None, None]


def test_verdicts_on_another_edition_do_not_count(wells: Path) -> None:
    send(wells, "Ana", 10, page_1="approved")
    assert call("approve", wells, "--edition", "en", "--reviewed").status == 64
    result = call("approve", wells, "--edition", "fr", "--reviewed", "--pages", "1")
    assert (result.status, "exclude each other" in result.err) == (64, True)


def test_import_names_the_pages_that_have_changed(wells: Path) -> None:
    review = Path("Ana10.brochure-review.json")
    send(wells, "Ana", 10, page_1="approved", page_4="approved")
    (wells / "comments/verdicts.yaml").unlink()
    write(wells, CHANGED)
    result = call("review", "import", review, wells)
    assert result.status == 1
    assert result.codes == ["review-stale"]
    assert "1 page has changed since the review: 4" in result.err
    assert call("review", "import", review, wells).status == 0
