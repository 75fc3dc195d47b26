"""The report in Chromium: views, slider, marks and keys; no request leaves the machine, and the content security policy blocks
nothing."""

from __future__ import annotations

from collections.abc import Iterator
from pathlib import Path
from typing import TYPE_CHECKING

import pytest

from brochure.compare.html_report import format_report
from brochure.compare.page_pictures import render_pages
from tests.approval.brochures import NONE, Change
from tests.compare.brochures import compared, pdf
from tests.proof.browsing import find_violations, need_axe, open_browser, open_window

if TYPE_CHECKING:
    from playwright.sync_api import Browser, Page

CHANGED = Change(layout=(("wells: 41", "wells: 42"), ("size: 20 pt", "size: 18 pt")))


@pytest.fixture(scope="module")
def browser() -> Iterator[Browser]:
    with open_browser() as opened:
        yield opened


@pytest.fixture(scope="module")
def report(tmp_path_factory: pytest.TempPathFactory) -> str:
    """The address of a report in which pages 1 and 4 differ."""
    before, after = (
        render_pages(pdf(change, press=False), "wells.pdf", (1, 4)) for change in (NONE, CHANGED)
    )
    path: Path = tmp_path_factory.mktemp("report") / "changes.html"
    path.write_text(format_report(compared(CHANGED), (before, after)), encoding="utf-8")
    return path.as_uri()


def is_shown(page: Page, name: str) -> bool:
    return page.locator(f"section.pair >> nth=0 >> figure.{name}").is_visible()


def test_views(browser: Browser, report: str) -> None:
    with open_window(browser, report) as page:
        assert is_shown(page, "before")
        assert is_shown(page, "after")
        page.get_by_text("Before", exact=True).click()
        assert is_shown(page, "before")
        assert not is_shown(page, "after")
        page.keyboard.press("3")
        assert not is_shown(page, "before")
        assert is_shown(page, "after")


def test_overlay_and_slider_put_one_page_on_the_other(browser: Browser, report: str) -> None:
    with open_window(browser, report) as page:
        for key in ("4", "5"):
            page.keyboard.press(key)
            boxes = [
                page.locator(f"section.pair >> nth=0 >> figure.{name} .sheet").bounding_box()
                for name in ("before", "after")
            ]
            assert boxes[0] == boxes[1]
        slider = page.locator(".split").first
        stage = page.locator(".stage").first
        split = "node => parseFloat(node.style.getPropertyValue('--split'))"
        middle = stage.evaluate(split)
        slider.focus()
        page.keyboard.press("ArrowRight")
        assert stage.evaluate(split) > middle


def test_a_change_shows_its_place(browser: Browser, report: str) -> None:
    with open_window(browser, report) as page:
        button = page.locator("section.pair >> nth=1 >> li.words button")
        button.focus()
        page.keyboard.press("Enter")
        assert page.locator("rect.words.on").count() == 2
        page.keyboard.press("Enter")
        assert page.locator("rect.on").count() == 0
        page.keyboard.press("m")
        assert not page.locator("rect.words").first.is_visible()


def test_keys_lead_from_page_to_page(browser: Browser, report: str) -> None:
    with open_window(browser, report) as page:
        page.keyboard.press("j")
        page.wait_for_function("document.activeElement.textContent.startsWith('Page 4')")
        page.keyboard.press("k")
        page.wait_for_function("document.activeElement.textContent.startsWith('Page 1')")


@pytest.mark.parametrize("scheme", ["light", "dark"])
def test_accessibility(browser: Browser, report: str, scheme: str) -> None:
    axe = need_axe()
    with open_window(browser, report, color_scheme=scheme) as page:
        assert find_violations(page, axe) == []
