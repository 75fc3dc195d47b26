"""Reviews in a browser: comments and approvals in the live proof, and an exported proof that an office opens from a folder."""

from __future__ import annotations

import json
from collections.abc import Iterator
from pathlib import Path
from typing import TYPE_CHECKING

import pytest

from tests.cli.calling import call
from tests.proof.browsing import (
    choose,
    edition_address,
    find_violations,
    need_axe,
    open_browser,
    open_window,
    read_entry,
    running_proof,
)
from tests.proof.projects import write_leaflet

if TYPE_CHECKING:
    from playwright.sync_api import Browser, Page

SCRIPT = "<img src=x onerror=alert(1)><script>alert(2)</script>"
"""A dialog opened by a script fails the test: see `open_window`."""


@pytest.fixture(scope="module")
def browser() -> Iterator[Browser]:
    with open_browser() as opened:
        yield opened


@pytest.fixture
def leaflet(tmp_path: Path) -> Path:
    return write_leaflet(tmp_path)


def write_comment(page: Page, text: str, author: str) -> None:
    """Fill in the form of the comment that was started."""
    form = page.locator(".composer")
    form.get_by_role("textbox", name="Comment").fill(text)
    form.get_by_role("textbox", name="Your name").fill(author)
    form.get_by_role("button", name="Add comment").click()
    form.wait_for(state="hidden")


def pin(page: Page, number: int, x: float, y: float) -> None:
    """Choose a place on a page for a comment, in pixels from its upper left corner."""
    page.get_by_role("button", name="Comment", exact=True).click()
    page.locator(f'.page[data-page="{number}"]').click(position={"x": x, "y": y})


def test_comments_are_written_shown_and_resolved(browser: Browser, leaflet: Path) -> None:
    with running_proof(leaflet) as url, open_window(browser, edition_address(url, "fr")) as page:
        choose(page, "cover.title")
        page.keyboard.press("c")
        write_comment(page, f"Trop long {SCRIPT}", "Anne")
        pin(page, 1, 30, 40)
        write_comment(page, "Plus de blanc ici", "Anne")
        page.locator(".pin >> nth=1").wait_for()
        assert len(list((leaflet / "comments").iterdir())) == 2
        thread = page.locator('.thread[data-thread="cover.title"]')
        assert SCRIPT in thread.inner_text()
        thread.get_by_role("button", name="Resolve").click()
        thread.wait_for(state="hidden")
        assert page.locator(".pin").count() == 1
        page.get_by_label("Show resolved comments").check()
        assert SCRIPT in thread.inner_text()


def test_an_approved_page_must_be_looked_at_again_after_a_change(
    browser: Browser, leaflet: Path
) -> None:
    copy = leaflet / "content/en.yaml"
    with running_proof(leaflet) as url, open_window(browser, edition_address(url, "en")) as page:
        page.get_by_role("tab", name="Review").click()
        page.get_by_role("textbox", name="Your name").fill("Anne")
        page.get_by_role("textbox", name="Your name").blur()
        page.get_by_role("button", name="Approve page 1").click()
        page.locator(".page-bar .badge.approved").wait_for()
        text = copy.read_text("utf-8").replace("Water for the valley", "Water at last")
        copy.write_text(text, "utf-8")
        page.locator(".page-bar .badge.changed").wait_for()
        assert "cover.title" in page.locator(".panel .entry", has_text="Page 1").inner_text()


def test_an_office_reviews_without_a_server(
    browser: Browser, leaflet: Path, tmp_path: Path
) -> None:
    done = call("proof", leaflet, "--export", tmp_path / "out", "--edition", "fr")
    assert done.status == 0, done.err
    url = (tmp_path / "out/index.html").as_uri()
    axe = need_axe()
    with open_window(browser, url, accept_downloads=True) as page:
        choose(page, "cover.title")
        page.keyboard.press("Enter")
        page.locator("#translation:focus").wait_for()
        page.keyboard.press("Control+End")
        page.keyboard.type(" haute")
        page.keyboard.press("Escape")
        page.keyboard.press("c")
        write_comment(page, SCRIPT, "Sokha")
        pin(page, 2, 50, 60)
        write_comment(page, "What is this?", "Sokha")
        page.get_by_role("button", name="Approve page 1").click()
        page.get_by_role("button", name="Reject page 2").click()
        page.reload()  # the browser keeps the review
        page.wait_for_selector("html[data-ready]")
        page.get_by_role("tab", name="Review").click()
        assert not find_violations(page, axe)
        with page.expect_download() as download:
            page.get_by_role("button", name="Save my review").click()
        file = tmp_path / download.value.suggested_filename
        download.value.save_as(file)
    review = json.loads(file.read_text("utf-8"))
    assert file.name == "leaflet_fr_Sokha.brochure-review.json"
    assert [page["verdict"] for page in review["pages"]] == ["approved", "rejected"]
    assert [comment["key"] for comment in review["comments"]] == ["cover.title", None]
    done = call("review", "import", file, leaflet)
    assert done.status == 0, done.err
    assert read_entry(leaflet, "fr", "cover.title") == ("De l’eau pour la vallée haute", True)
    status = call("review", "status", leaflet)
    assert SCRIPT in status.out.replace("\n", "")
    with running_proof(leaflet) as live, open_window(browser, edition_address(live, "fr")) as page:
        choose(page, "cover.title")
        assert SCRIPT in page.locator(".inspector .thread").inner_text()
        assert page.locator(".inspector-head .badge.fuzzy").count() == 1


def test_a_comparison_is_one_page_that_opens_from_a_folder(
    browser: Browser, leaflet: Path, tmp_path: Path
) -> None:
    changed = write_leaflet(tmp_path / "changed")
    copy = changed / "content/en.yaml"
    text = copy.read_text("utf-8").replace("Water for the valley", f"Water {SCRIPT}")
    copy.write_text(text, "utf-8")
    report = tmp_path / "report.html"
    done = call("diff", leaflet, changed, "--report", report)
    assert done.status == 1, done.err
    with open_window(browser, report.as_uri(), ready="body") as page:
        assert SCRIPT in page.locator("body").inner_text()
        assert (
            page.evaluate(
                "[...document.images].filter(one => !one.complete || !one.naturalWidth).length"
            )
            == 0
        )
        assert not find_violations(page, need_axe())


def test_without_storage_a_review_lasts_until_the_page_is_closed(
    browser: Browser, leaflet: Path, tmp_path: Path
) -> None:
    done = call("proof", leaflet, "--export", tmp_path / "out", "--edition", "fr")
    assert done.status == 0, done.err
    url = (tmp_path / "out/index.html").as_uri()
    refuse = (
        "Object.defineProperty(window, 'localStorage', {get() { throw new Error('refused'); }})"
    )
    with open_window(browser, url, script=refuse) as page:
        page.get_by_role("button", name="Approve page 1").click()
        page.get_by_role("tab", name="Review").click()
        assert page.get_by_text("This browser does not keep your review").is_visible()
        page.get_by_role("button", name="Save my review").wait_for()
