"""The proof in a browser: a person looks at pages, translates, meets somebody else's change, and uses the keyboard only."""

from __future__ import annotations

import re
import time
from collections.abc import Iterator
from pathlib import Path
from statistics import median
from typing import TYPE_CHECKING

import pytest

from brochure.l10n.formats import po
from tests.proof.browsing import WAIT, find_violations, need_axe, open_browser, open_window, running_proof
from tests.rebuild.editing import sample_in

if TYPE_CHECKING:
    from playwright.sync_api import Browser, Locator, Page

KHMER, ARABIC = "cambodia/km", "jordan/ar"


@pytest.fixture(scope="module")
def browser() -> Iterator[Browser]:
    with open_browser() as opened:
        yield opened


@pytest.fixture(scope="module")
def root(tmp_path_factory: pytest.TempPathFactory) -> Path:
    return sample_in(tmp_path_factory.mktemp("proof"))


@pytest.fixture(scope="module")
def url(root: Path) -> Iterator[str]:
    with running_proof(root) as address:
        yield address


def area(page: Page, key: str) -> Locator:
    return page.locator(f'.pane >> nth=0 >> .area[data-key="{key}"]').first


def choose(page: Page, key: str) -> None:
    """Clicks a text on the page, and waits until the panel shows it."""
    area(page, key).locator(".area-box").first.click()
    page.locator(".inspector-head h2", has_text=re.compile(rf"^{re.escape(key)}$")).wait_for()


def drawing(page: Page, number: int) -> str:
    """The SVG of a page in the window."""
    text: str = page.evaluate(
        "number => document.querySelector(`.page[data-page='${number}'] .sheet`).shadowRoot?.innerHTML || ''",
        number,
    )
    return text


def type_and_wait(page: Page, text: str) -> float:
    """Types into the field; the milliseconds from the last key to the page that was set again."""
    before = page.evaluate("Number(document.documentElement.dataset.previews || 0)")
    page.keyboard.type(text)
    deadline = time.monotonic() + WAIT
    # Not wait_for_function: it uses eval, which the page's policy forbids.
    while page.evaluate("Number(document.documentElement.dataset.previews || 0)") <= before:
        assert time.monotonic() < deadline
        page.wait_for_timeout(5)
    return float(page.evaluate("document.documentElement.dataset.previewMs"))


def entry(root: Path, language: str, key: str) -> tuple[str, bool]:
    """The text and the fuzzy flag of a message in its catalogue."""
    file = root / f"content/{language}.po"
    catalogue, _ = po.read(file.read_bytes(), file.name, language)
    found = catalogue.entries[key]
    return found.text, found.fuzzy


def test_a_khmer_message_is_set_again_while_it_is_typed(
    browser: Browser, url: str, root: Path, record_property: pytest.RecordProperty
) -> None:
    catalogue = (root / "content/km.po").read_text("utf-8")
    start = time.perf_counter()
    with open_window(browser, f"{url}#{KHMER}") as page:
        page.locator('.page[data-page="1"] .sheet svg').wait_for(state="attached")
        opened = 1000 * (time.perf_counter() - start)
        choose(page, "model.lead")
        page.keyboard.press("Enter")
        page.keyboard.press("Control+End")
        before = drawing(page, 3)
        times = [type_and_wait(page, letters) for letters in (" ", "ស", "្រ", "ី", "១")]
        record_property("milliseconds from key to page", sorted(times))
        assert drawing(page, 3) != before
        assert re.search(r"of \d+ characters", page.locator(".fit").inner_text())
        assert median(times) < opened / 2  # alone on the machine it is a tenth
        page.keyboard.press("Control+Enter")
        page.get_by_text("Saved in content/km.po").wait_for()
    text, fuzzy = entry(root, "km", "model.lead")
    assert text.endswith(" ស្រី១")
    assert not fuzzy
    saved = (root / "content/km.po").read_text("utf-8")
    assert saved == catalogue.replace(text.removesuffix(" ស្រី១") + '"', text + '"')


def test_an_arabic_edition_reads_from_the_right_and_keeps_fuzzy(
    browser: Browser, url: str, root: Path
) -> None:
    with open_window(browser, f"{url}#{ARABIC}") as page:
        boxes = [page.locator(f'.page[data-page="{number}"]').bounding_box() for number in (2, 3)]
        assert boxes[0] and boxes[1]
        assert boxes[1]["x"] < boxes[0]["x"]
        choose(page, "model.lead")
        page.locator(".area.current").dblclick()
        field = page.locator("#translation")
        assert field.get_attribute("dir") == "rtl"
        page.keyboard.press("Control+End")
        type_and_wait(page, " كلمة")
        page.get_by_role("button", name="Save as fuzzy").click()
        page.locator(".inspector-head .badge.fuzzy").wait_for()
        assert entry(root, "ar", "model.lead")[1]
        page.keyboard.press("Control+End")
        field.focus()
        type_and_wait(page, " أخرى")
        page.keyboard.press("Control+Enter")  # keeps the mark
        page.get_by_text("Saved in").wait_for()
        text, fuzzy = entry(root, "ar", "model.lead")
        assert text.endswith("كلمة أخرى")
        assert fuzzy
        page.get_by_role("button", name="Mark as reviewed").click()
        page.locator(".inspector-head .badge.ready").wait_for()
        assert not entry(root, "ar", "model.lead")[1]


def test_a_conflict_loses_neither_version(browser: Browser, url: str, root: Path) -> None:
    file = root / "content/km.po"
    text, _ = entry(root, "km", "model.head")
    with open_window(browser, f"{url}#{KHMER}") as page:
        choose(page, "model.head")
        page.keyboard.press("Enter")
        page.keyboard.press("Control+End")
        type_and_wait(page, "១១")
        file.write_text(file.read_text("utf-8").replace(f'"{text}"', f'"{text}២២"'), "utf-8")
        page.get_by_text("Another program changed this text").wait_for()
        page.keyboard.press("Control+Enter")
        dialog = page.locator("dialog")
        assert "២២" in dialog.inner_text()
        assert "១១" in dialog.inner_text()
        page.get_by_role("button", name="Continue editing").click()
        assert page.locator("#translation").input_value() == f"{text}១១"
        assert entry(root, "km", "model.head")[0] == f"{text}២២"
        page.locator("#translation").focus()
        page.keyboard.press("Control+Enter")
        page.get_by_role("button", name="Save mine").click()
        page.get_by_text("Saved in").wait_for()
    assert entry(root, "km", "model.head")[0] == f"{text}១១"


def test_typed_text_outlives_the_window(browser: Browser, url: str) -> None:
    with open_window(browser, f"{url}#{KHMER}") as page:
        choose(page, "theory.head")
        page.keyboard.press("Enter")
        page.keyboard.press("Control+End")
        type_and_wait(page, "៩៩")
        page.reload()
        page.wait_for_selector("html[data-ready]")
        choose(page, "theory.head")
        field = page.locator("#translation")
        assert field.input_value().endswith("៩៩")
        page.get_by_role("button", name="Revert").click()
        assert not field.input_value().endswith("៩៩")
        page.keyboard.press("Control+z")
        assert field.input_value().endswith("៩៩")
        page.get_by_role("button", name="Revert").click()


def test_variables_cannot_be_broken(browser: Browser, url: str, root: Path) -> None:
    key = next(
        one.key
        for one in po.read((root / "content/fr.po").read_bytes(), "fr.po", "fr")[0].entries.values()
        if "{communities}" in one.text
    )
    with open_window(browser, f"{url}#{ARABIC}") as page:
        choose(page, key)
        page.keyboard.press("Enter")
        field = page.locator("#translation")
        text = field.input_value()
        end = text.index("{communities}") + len("{communities}")
        place = "([at, to]) => { const field = document.querySelector('#translation'); field.setSelectionRange(at, to); }"
        page.evaluate(place, [end - 4, end - 4])
        page.keyboard.type("x")
        assert "{communities}" in field.input_value()
        page.keyboard.press("Backspace")
        assert field.input_value() == text
        page.evaluate(place, [end - 4, end + 1])  # a part of the variable and what follows
        page.keyboard.press("Delete")
        assert "{" not in field.input_value()
        assert page.locator(".chip.missing").inner_text().startswith("{communities}")
        page.locator(".chip.missing").click()
        assert page.locator(".chip.missing").count() == 0
        page.get_by_role("button", name="Revert").click()


def test_a_broken_layout_keeps_the_last_good_pages(browser: Browser, url: str, root: Path) -> None:
    layout = root / "brochure.yaml"
    good = layout.read_text("utf-8")
    with open_window(browser, f"{url}#{KHMER}") as page:
        before = drawing(page, 1)
        layout.write_text(good.replace("size: A5", "size: A55"), "utf-8")
        alert = page.get_by_role("alert")
        alert.wait_for()
        assert "A55" in alert.inner_text()
        assert "brochure.yaml:" in alert.inner_text()
        assert drawing(page, 1) == before
        layout.write_text(good, "utf-8")
        alert.wait_for(state="hidden")


def test_everything_can_be_done_with_the_keyboard(browser: Browser, url: str) -> None:
    with open_window(browser, f"{url}#{KHMER}") as page:
        page.keyboard.press("j")
        first = page.evaluate("document.activeElement.dataset.key")
        page.keyboard.press("Tab")  # areas follow each other in reading order
        page.keyboard.press("Enter")
        page.locator("#translation:focus").wait_for()
        page.keyboard.press("Escape")
        second = page.evaluate("document.activeElement.dataset.key")
        assert first and second and first != second
        page.keyboard.press("b")
        page.keyboard.press("g")
        assert page.locator('.page[data-page="1"] .guides .trim').count() == 1
        assert page.locator('.page[data-page="1"] .guides .column').count() == 6
        page.keyboard.press("/")
        page.keyboard.type("results")
        page.locator(".message-list .entry").first.wait_for()
        page.keyboard.press("Enter")
        page.locator(".inspector-head h2", has_text="results").wait_for()
        page.keyboard.press("Escape")
        spot = page.evaluate("document.querySelector('.pane').scrollTop")
        assert spot > 0
        page.keyboard.press("d")
        page.locator(".pane:not([hidden]) >> nth=1").wait_for()
        page.keyboard.press("?")
        assert page.locator("dialog kbd").count() > 25
        page.keyboard.press("Escape")


def test_total_ink_is_computed_from_the_plates(browser: Browser, url: str) -> None:
    with open_window(browser, f"{url}#{KHMER}") as page:
        page.get_by_role("tab", name="Inks").click()
        page.get_by_label("Total ink").check()
        page.locator('.page[data-page="1"] .sheet canvas').wait_for()
        limit = page.get_by_text(re.compile(r"Highest total ink.*: \d+ %"))
        limit.wait_for()
        most = int(re.findall(r"\d+", limit.inner_text())[-1])
        assert 150 < most <= 400
        box = page.locator('.page[data-page="1"]').bounding_box()
        assert box
        page.mouse.move(box["x"] + box["width"] / 2, box["y"] + box["height"] / 2)
        rows = page.locator(".reading tr").all_inner_texts()
        assert [row.split("\t")[0] for row in rows] == ["Cyan", "Magenta", "Yellow", "Black", "Total"]
        total = int(re.findall(r"\d+", rows[-1])[0])
        assert abs(total - sum(int(re.findall(r"\d+", row)[0]) for row in rows[:-1])) <= 2
        assert 0 < total <= most


@pytest.mark.parametrize("scheme", ["light", "dark"])
def test_it_is_accessible(browser: Browser, url: str, scheme: str) -> None:
    axe = need_axe()
    with open_window(browser, f"{url}#{KHMER}", color_scheme=scheme, reduced_motion="reduce") as page:
        choose(page, "model.lead")
        found = find_violations(page, axe)
        for name in ("All texts", "Findings", "Comments", "Inks", "Review"):
            page.get_by_role("tab", name=name).click()
            found += find_violations(page, axe)
        page.keyboard.press("Escape")
        page.keyboard.press("?")
        found += find_violations(page, axe)
        assert not found


def test_a_read_only_proof_offers_no_changes(browser: Browser, root: Path) -> None:
    with running_proof(root, "--read-only") as address, open_window(browser, f"{address}#{KHMER}", locale="fr-FR") as page:
        choose(page, "model.lead")
        assert page.locator("#translation").get_attribute("readonly") is not None
        assert page.locator(".buttons button").count() == 0
        assert page.get_by_text("Lecture seule").is_visible()  # the interface in French, from the browser's language
