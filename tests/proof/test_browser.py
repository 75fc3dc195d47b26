"""The proof in a browser: looking at pages, translating, conflicts with changes on disk, and using only the keyboard."""

from __future__ import annotations

import re
import time
from collections.abc import Callable, Iterator
from pathlib import Path
from statistics import median
from typing import TYPE_CHECKING

import pytest

from tests.proof.browsing import (
    choose,
    drawing,
    edition_address,
    find_violations,
    need_axe,
    open_browser,
    open_window,
    read_entry,
    running_proof,
    type_and_wait,
)
from tests.proof.projects import write_leaflet, write_sample

if TYPE_CHECKING:
    from playwright.sync_api import Browser, Route

KHMER, ARABIC = "cambodia/km", "jordan/ar"


@pytest.fixture(scope="module")
def browser() -> Iterator[Browser]:
    with open_browser() as opened:
        yield opened


@pytest.fixture(scope="module")
def sample(tmp_path_factory: pytest.TempPathFactory) -> Path:
    return write_sample(tmp_path_factory.mktemp("proof"))


@pytest.fixture(scope="module")
def sample_url(sample: Path) -> Iterator[str]:
    with running_proof(sample) as address:
        yield address


@pytest.fixture(scope="module")
def leaflet(tmp_path_factory: pytest.TempPathFactory) -> Path:
    return write_leaflet(tmp_path_factory.mktemp("proof"))


@pytest.fixture(scope="module")
def leaflet_url(leaflet: Path) -> Iterator[str]:
    with running_proof(leaflet) as address:
        yield address


# The sample: twelve pages in Khmer and Arabic


def test_a_khmer_message_is_set_again_while_it_is_typed(
    browser: Browser, sample_url: str, sample: Path, record_property: Callable[[str, object], None]
) -> None:
    catalogue = (sample / "content/km.po").read_text("utf-8")
    start = time.perf_counter()
    with open_window(browser, edition_address(sample_url, KHMER)) as page:
        page.locator('.page[data-page="1"] .sheet svg').wait_for(state="attached")
        opened = 1000 * (time.perf_counter() - start)
        choose(page, "model.lead")
        page.keyboard.press("Enter")
        page.keyboard.press("Control+End")
        before = drawing(page, 3)
        times = [type_and_wait(page, letters) for letters in (" ", "ស", "្រ", "ី", "១")]
        record_property("milliseconds from key to page", sorted(times))
        assert drawing(page, 3) != before
        assert median(times) < opened / 2  # it is a tenth if no other program is running
        page.get_by_text(re.compile(r"of \d+ characters")).wait_for()
        page.keyboard.press("Control+Enter")
        page.locator(
            '[data-save="ready"]:disabled'
        ).wait_for()  # a later message may replace that it was saved
    text, is_fuzzy = read_entry(sample, "km", "model.lead")
    assert text.endswith(" ស្រី១")
    assert not is_fuzzy
    saved = (sample / "content/km.po").read_text("utf-8")
    assert saved == catalogue.replace(text.removesuffix(" ស្រី១") + '"', text + '"')


def test_an_arabic_edition_reads_from_the_right_and_keeps_fuzzy(
    browser: Browser, sample_url: str, sample: Path
) -> None:
    with open_window(browser, edition_address(sample_url, ARABIC)) as page:
        boxes = [page.locator(f'.page[data-page="{number}"]').bounding_box() for number in (2, 3)]
        assert boxes[0]
        assert boxes[1]
        assert boxes[1]["x"] < boxes[0]["x"]
        choose(page, "model.lead")
        page.locator(".area.current .area-box").dblclick()
        field = page.locator("#translation")
        assert field.get_attribute("dir") == "rtl"
        page.keyboard.press("Control+End")
        type_and_wait(page, " كلمة")
        page.get_by_role("button", name="Save as fuzzy").click()
        page.locator(".inspector-head .badge.fuzzy").wait_for()
        field.focus()
        page.keyboard.press("Control+End")
        type_and_wait(page, " أخرى")
        page.keyboard.press("Control+Enter")  # it stays fuzzy
        page.locator("[data-save=fuzzy]:disabled").wait_for()
        text, is_fuzzy = read_entry(sample, "ar", "model.lead")
        assert text.endswith("كلمة أخرى")
        assert is_fuzzy
        page.get_by_role("button", name="Mark as reviewed").click()
        page.locator(".inspector-head .badge.ready").wait_for()
        assert not read_entry(sample, "ar", "model.lead")[1]


def test_the_meter_agrees_with_the_page_that_a_text_fits(browser: Browser, sample_url: str) -> None:
    with open_window(browser, edition_address(sample_url, ARABIC)) as page:
        # Its limit, measured with other words, is lower than its length.
        choose(page, "solution.lead")
        meter = page.locator(".fit", has_text="characters")
        meter.wait_for()
        assert "over" not in str(meter.get_attribute("class"))
        assert not page.locator(".next-group .long").count()


def test_the_toolbar_has_one_line_at_1280_pixels_in_french(
    browser: Browser, tmp_path: Path
) -> None:
    root = write_sample(tmp_path)
    for name, old, new in (
        ("fr.po", 'msgstr "Rétablir"', 'msgstr ""'),
        ("en.yaml", "  train: Train\n", "  train: Teach\n"),
    ):
        file = root / "content" / name
        text = file.read_text("utf-8")
        assert old in text
        file.write_text(text.replace(old, new), "utf-8")
    with (
        running_proof(root) as url,
        open_window(browser, edition_address(url, "canada/fr-CA"), locale="fr-FR") as page,
    ):
        choose(page, "model.lead")
        page.keyboard.press("Enter")
        page.keyboard.press("Control+End")
        page.keyboard.insert_text(" mot" * 180)  # a pasted text is set once
        page.locator(".next-group .long").wait_for()
        assert page.locator(".next-group .count").count() == 3
        page.keyboard.press("Escape")
        bar = page.locator(".toolbar")
        for panes in (1, 2):
            box = bar.bounding_box()
            assert box
            assert box["height"] < 50
            for tool in bar.locator("> *, .group > *").all():
                part = tool.bounding_box()
                assert not part or part["x"] + part["width"] <= 1280
            if panes == 1:
                page.keyboard.press("d")
                page.locator(".pane:not([hidden]) >> nth=1").wait_for()


SPOT = """index => {
    const view = document.querySelectorAll('.pane')[index].getBoundingClientRect();
    const [x, y] = [view.left + view.width / 2, view.top + view.height / 2];
    const page = document.elementFromPoint(x, y).closest('.page');
    const box = page.getBoundingClientRect();
    return [Number(page.dataset.page), (x - box.left) / box.width, (y - box.top) / box.height];
}"""
"""The page in the middle of a pane, and the place on it."""


def test_editions_are_shown_at_the_same_spot(browser: Browser, sample_url: str) -> None:
    with open_window(browser, edition_address(sample_url, KHMER)) as page:
        page.keyboard.press("1")
        page.get_by_role("button", name="Page 7", exact=True).click()
        page.mouse.move(500, 400)
        page.mouse.wheel(0, 150)
        page.wait_for_timeout(200)
        before = page.evaluate(SPOT, 0)
        assert before[0] == 7
        page.get_by_label("Edition", exact=True).select_option(ARABIC)
        page.locator(f'.pane[aria-label*="{ARABIC.partition("/")[0]}"]').wait_for()
        after = page.evaluate(SPOT, 0)
        assert [after[0], after[2]] == pytest.approx([before[0], before[2]], abs=0.01)
        page.keyboard.press("Escape")
        page.keyboard.press("d")
        page.locator(".pane:not([hidden]) >> nth=1").wait_for()
        page.mouse.move(300, 400)
        page.mouse.wheel(0, 100)
        page.wait_for_timeout(200)
        assert page.evaluate(SPOT, 1) == pytest.approx(page.evaluate(SPOT, 0), abs=0.01)


# The leaflet: two pages in French


def test_a_conflict_loses_neither_version(
    browser: Browser, leaflet_url: str, leaflet: Path
) -> None:
    file = leaflet / "content/fr.po"
    text, _ = read_entry(leaflet, "fr", "inside.band")
    with open_window(browser, edition_address(leaflet_url, "fr")) as page:
        choose(page, "inside.band")
        page.keyboard.press("Enter")
        page.keyboard.press("Control+End")
        type_and_wait(page, " ici")
        file.write_text(file.read_text("utf-8").replace(f'"{text}"', f'"{text} hier"'), "utf-8")
        page.get_by_text("Another program changed this text").wait_for()
        page.keyboard.press("Control+Enter")
        dialog = page.locator("dialog").inner_text()
        assert f"{text} hier" in dialog
        assert f"{text} ici" in dialog
        page.get_by_role("button", name="Continue editing").click()
        field = page.locator("#translation")
        assert field.input_value() == f"{text} ici"
        assert read_entry(leaflet, "fr", "inside.band")[0] == f"{text} hier"
        page.get_by_role("button", name="Show both versions").click()
        page.get_by_role("button", name="Save mine").click()
        page.get_by_text("Saved in").wait_for()
    assert read_entry(leaflet, "fr", "inside.band")[0] == f"{text} ici"


def test_typed_text_is_kept_after_the_window_is_closed(browser: Browser, leaflet_url: str) -> None:
    with open_window(browser, edition_address(leaflet_url, "fr")) as page:
        choose(page, "cover.title")
        page.keyboard.press("Enter")
        page.keyboard.press("Control+End")
        type_and_wait(page, " haute")
        page.reload()
        page.wait_for_selector("html[data-ready]")
        choose(page, "cover.title")
        field = page.locator("#translation")
        assert field.input_value().endswith(" haute")
        page.get_by_role("button", name="Revert").click()
        assert not field.input_value().endswith(" haute")
        page.keyboard.press("Control+z")
        assert field.input_value().endswith(" haute")
        page.get_by_role("button", name="Revert").click()


def test_variables_cannot_be_broken(browser: Browser, leaflet_url: str) -> None:
    with open_window(browser, edition_address(leaflet_url, "fr")) as page:
        choose(page, "cover.lead")
        page.keyboard.press("Enter")
        field = page.locator("#translation")
        text = field.input_value()
        assert text.startswith("{wells} ")

        def place(start: int, end: int) -> None:
            page.evaluate(
                "([start, end]) => document.querySelector('#translation').setSelectionRange(start, end)",
                [start, end],
            )

        place(3, 3)
        page.keyboard.type("x")
        assert "{wells}" in field.input_value()
        page.keyboard.press("Backspace")
        assert field.input_value() == text
        place(3, 10)  # a part of the variable, and of the word after it
        page.keyboard.press("Delete")
        assert field.input_value() == text[10:]
        missing = page.locator(".chip.missing")
        assert missing.inner_text().startswith("{wells}")
        missing.click()
        assert "{wells}" in field.input_value()
        assert missing.count() == 0
        place(7, 7)
        page.keyboard.press("Control+Backspace")  # a word, which would leave a brace
        assert field.input_value().count("{") == field.input_value().count("}")
        page.get_by_role("button", name="Revert").click()


def test_broken_files_keep_the_last_good_pages(
    browser: Browser, leaflet_url: str, leaflet: Path
) -> None:
    layout, catalogue = leaflet / "brochure.yaml", leaflet / "content/fr.po"
    with open_window(browser, edition_address(leaflet_url, "fr")) as page:
        alert = page.get_by_role("alert")
        for file, broken in ((layout, "size: [a6"), (catalogue, 'msgid "')):
            before, good = drawing(page, 1), file.read_text("utf-8")
            file.write_text(good.replace("size: a6", broken) if file == layout else broken, "utf-8")
            alert.wait_for()
            assert f"{file.relative_to(leaflet)}:" in alert.inner_text()
            assert drawing(page, 1) == before
            file.write_text(good, "utf-8")
            alert.wait_for(state="hidden")


def test_a_catalogue_that_is_broken_from_the_start_is_named_until_it_is_corrected(
    browser: Browser, tmp_path: Path
) -> None:
    root = write_leaflet(tmp_path)
    catalogue = root / "content/fr.po"
    good = catalogue.read_text("utf-8")
    catalogue.write_text('msgid "', "utf-8")
    with (
        running_proof(root) as url,
        open_window(browser, edition_address(url, "fr")) as page,
    ):
        alert = page.get_by_role("alert")
        assert "content/fr.po:" in alert.inner_text()
        assert page.locator(".build-status").get_attribute("data-state") == "broken"
        assert page.get_by_label("Edition", exact=True).input_value() == "fr"
        for key in "jd]bas+x":  # there is nothing to do yet
            page.keyboard.press(key)
        catalogue.write_text(good, "utf-8")
        page.locator('.page[data-page="1"] .sheet svg').wait_for(state="attached")
        assert not alert.is_visible()


def test_a_frame_can_be_chosen_and_leads_to_what_is_in_it(
    browser: Browser, leaflet_url: str
) -> None:
    with open_window(browser, edition_address(leaflet_url, "en")) as page:
        page.locator('[aria-label="Frame: gloss"] .area-box').click()
        heading = page.locator(".inspector-head h2")
        heading.get_by_text("Frame: gloss").wait_for()
        facts = page.locator(".inspector .facts")
        assert "gloss: Varnish 100%" in facts.inner_text()
        assert re.search(r"brochure\.yaml:\d+", facts.inner_text())
        choose(page, "inside.band")
        page.get_by_role("button", name="band", exact=True).click()
        heading.get_by_text("Frame: band").wait_for()
        page.get_by_role("button", name="inside.band", exact=True).click()
        heading.get_by_text("inside.band").wait_for()


def test_everything_can_be_done_with_the_keyboard(browser: Browser, leaflet_url: str) -> None:
    with open_window(browser, edition_address(leaflet_url, "fr")) as page:
        page.keyboard.press("j")
        first = page.evaluate("document.activeElement.dataset.key")
        page.keyboard.press("Tab")  # areas follow each other in reading order
        page.keyboard.press("Enter")
        page.locator("#translation:focus").wait_for()
        page.keyboard.press("Escape")
        assert [first, page.evaluate("document.activeElement.dataset.key")] == [
            "cover.alt",
            "cover.title",
        ]
        for key in "bgf":
            page.keyboard.press(key)
        guides = page.locator('.page[data-page="2"] .guides')
        assert [guides.locator(name).count() for name in (".trim", ".column", ".frame-name")] == [
            1,
            6,
            3,
        ]
        page.keyboard.press("u")
        page.locator("#translation:focus").wait_for()
        assert page.locator(".inspector-head h2").inner_text() == "inside.after"
        page.keyboard.press("Escape")
        page.keyboard.press("/")
        page.keyboard.type("report see")
        page.locator(".message-list .entry", has_text="cover.note").wait_for()
        page.keyboard.press("Enter")
        page.locator(".inspector-head h2", has_text="cover.note").wait_for()
        page.keyboard.press("Escape")
        page.keyboard.press("d")
        page.locator(".pane:not([hidden]) >> nth=1").wait_for()
        page.keyboard.press("?")
        assert page.locator("dialog kbd").count() > 25


def test_a_page_shows_that_it_is_drawn_until_its_pictures_are_there(
    browser: Browser, leaflet_url: str
) -> None:
    held: list[Route] = []

    def hold(route: Route) -> None:
        held.append(route)

    with open_window(browser, edition_address(leaflet_url, "en")) as page:
        page.route("**/pictures/*", hold)
        page.reload()
        drawn = page.locator('.pane:not([hidden]) .page[data-page="1"]')
        drawn.locator(".sheet svg").wait_for(state="attached")
        page.wait_for_selector('.page[data-page="1"].drawing')
        opacity = (
            "getComputedStyle(document.querySelector('.page[data-page=\"1\"]'), '::after').opacity"
        )
        deadline = time.monotonic() + 30
        while page.evaluate(opacity) != "1":
            assert time.monotonic() < deadline
            page.wait_for_timeout(50)
        while held:
            held.pop().continue_()
        page.unroute("**/pictures/*", hold)
        page.wait_for_selector('.page[data-page="1"]:not(.drawing)')
        page.wait_for_selector('.page[data-page="2"]:not(.drawing)')


def test_total_ink_is_computed_from_the_plates(browser: Browser, leaflet_url: str) -> None:
    with open_window(browser, edition_address(leaflet_url, "en")) as page:
        page.get_by_role("tab", name="Inks").click()
        page.get_by_label("Total ink").check()
        page.locator('.page[data-page="2"]').scroll_into_view_if_needed()
        page.locator('.page[data-page="2"] .sheet canvas').wait_for()
        band = page.locator('.area[data-key="inside.band"]').first.bounding_box()
        assert band
        page.mouse.move(band["x"] + band["width"] + 8, band["y"] + band["height"] / 2)
        rows = [row.split("\t") for row in page.locator(".reading tr").all_inner_texts()]
        inks = {name: int(value.removesuffix(" %")) for name, value in rows}
        sea = {"Cyan": 90, "Magenta": 40, "Yellow": 10, "Black": 0, "Total": 140}
        assert inks == {**dict.fromkeys(inks, 0), **sea}
        assert "Varnish" in inks


def test_it_is_accessible(browser: Browser, leaflet_url: str) -> None:
    axe = need_axe()
    with open_window(browser, edition_address(leaflet_url, "fr"), reduced_motion="reduce") as page:
        choose(page, "cover.lead")
        found = find_violations(page, axe)
        page.emulate_media(color_scheme="dark")
        found += find_violations(page, axe)
        for name in ("List", "Findings", "Comments", "Inks", "Review"):
            page.get_by_role("tab", name=name).click()
            found += find_violations(page, axe, ".panel")
        page.keyboard.press("Escape")
        page.keyboard.press("?")
        found += find_violations(page, axe, "dialog")
    assert not found


def test_a_read_only_proof_offers_no_changes(browser: Browser, leaflet: Path) -> None:
    with running_proof(leaflet, "--read-only") as url:
        french = {"locale": "fr-FR"}  # of the browser, so of the interface too
        with open_window(browser, edition_address(url, "fr"), **french) as page:
            choose(page, "cover.title")
            assert page.locator("#translation").get_attribute("readonly") is not None
            assert page.locator(".buttons button, .page-bar button").count() == 0
            assert page.get_by_text("Lecture seule", exact=True).is_visible()
