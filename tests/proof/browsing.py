"""Drive the web interface of the proof: a running `brochure proof`, and Debian's Chromium with Playwright.

Every window is monitored: requests that leave the machine, exceptions of scripts, and violations of the Content-Security-Policy
fail the test that opened it.
"""

from __future__ import annotations

import os
import re
import shutil
import signal
import subprocess
import sys
import time
from collections.abc import Callable, Iterator
from contextlib import ExitStack, contextmanager
from pathlib import Path
from typing import TYPE_CHECKING, Any

from brochure.l10n.formats import po
from tests.house.modules import ROOT
from tests.programs import lacking

if TYPE_CHECKING:
    from playwright.sync_api import Browser, ConsoleMessage, Page, Request

WAIT = 30.0
CHROMIUM = ("chromium", "chromium-browser", "google-chrome")
OPTIONS = (
    "--no-sandbox",
    "--disable-gpu",
    "--disable-background-networking",
    "--disable-component-update",
    "--disable-sync",
    "--no-first-run",
)
AXE = ROOT / ".venv/browser/node_modules/axe-core/axe.min.js"
"""Where `make browser` installs axe-core."""


@contextmanager
def open_browser() -> Iterator[Browser]:
    """A headless Chromium."""
    try:
        from playwright.sync_api import sync_playwright
    except ImportError:
        lacking("playwright is not installed")
    program = next(filter(None, map(shutil.which, CHROMIUM)), None)
    if program is None:
        lacking("chromium is not installed")
    with sync_playwright() as playwright:
        browser = playwright.chromium.launch(executable_path=program, args=list(OPTIONS))
        yield browser
        browser.close()


@contextmanager
def running_proof(root: Path, *options: str) -> Iterator[str]:
    """The address of a running proof of the project."""
    command = [sys.executable, "-m", "brochure", "proof", str(root), "--no-open", *options]
    with subprocess.Popen(command, stdout=subprocess.PIPE, text=True) as process:
        assert process.stdout
        url = process.stdout.readline().strip()
        assert url.startswith("http://127.0.0.1:")
        try:
            yield url
        finally:
            process.send_signal(signal.SIGINT)
            process.wait(WAIT)


@contextmanager
def open_window(
    browser: Browser, url: str, *, script: str = "", ready: str = "html[data-ready]", **options: Any
) -> Iterator[Page]:
    """A window of 1280 × 800 pixels that shows the proof at `url`, ready to be used; `script` runs before those of the page,
    and `ready` appears when the page can be used.

    Windows without a script or options are one after the other the same, emptied in between: a new one takes three times as long.
    """
    wrong: list[str] = []
    with (
        _shared_page(browser)
        if not script and not options
        else _new_page(browser, script, options) as page
    ):
        watch = _watch(page, url.partition("#")[0].removesuffix("index.html"), wrong)
        page.goto(url)
        page.wait_for_selector(ready)
        yield page
        watch.close()
    assert not wrong, wrong


@contextmanager
def _new_page(browser: Browser, script: str, options: dict[str, Any]) -> Iterator[Page]:
    context = browser.new_context(viewport={"width": 1280, "height": 800}, **options)
    context.set_default_timeout(WAIT * 1000)
    if script:
        context.add_init_script(script)
    yield context.new_page()
    context.close()


@contextmanager
def _shared_page(browser: Browser) -> Iterator[Page]:
    """The page of the browser's first context; afterwards, nothing that the window has stored is left."""
    if not browser.contexts:
        context = browser.new_context(viewport={"width": 1280, "height": 800})
        context.set_default_timeout(WAIT * 1000)
        context.new_page()
    page = browser.contexts[0].pages[0]
    yield page
    page.evaluate("localStorage.clear(); sessionStorage.clear()")
    page.unroute_all()
    page.mouse.move(0, 0)
    page.goto("about:blank")


def _watch(page: Page, home: str, wrong: list[str]) -> ExitStack:
    """Collect what must not happen on a page, until the result is closed."""

    def listen(message: ConsoleMessage) -> None:
        if "Content Security Policy" in message.text or "Content-Security-Policy" in message.text:
            wrong.append(message.text)

    def ask(request: Request) -> None:
        if not request.url.startswith((home, "data:", "blob:")):
            wrong.append(request.url)

    heard: dict[str, Callable[[Any], None]] = {
        "pageerror": lambda error: wrong.append(f"exception: {error}"),
        "dialog": lambda dialog: wrong.append(f"a script has shown: {dialog.message}"),
        "console": listen,
        "request": ask,
    }
    window: Any = page  # its type has a method for each event
    stack = ExitStack()
    for event, hear in heard.items():
        window.on(event, hear)
        stack.callback(window.remove_listener, event, hear)
    return stack


def edition_address(url: str, edition: str) -> str:
    """The address at which a proof shows this edition first."""
    return f"{url}#{edition}"


def choose(page: Page, key: str) -> None:
    """Click a text on the page, and wait until the panel shows it."""
    page.locator(f'.pane >> nth=0 >> .area[data-key="{key}"] .area-box').first.click()
    page.locator(".inspector-head h2", has_text=re.compile(rf"^{re.escape(key)}$")).wait_for()


def drawing(page: Page, number: int) -> str:
    """The SVG of a page in the window."""
    selector = f".page[data-page='{number}'] .sheet"
    page.locator(f"{selector} svg").first.wait_for(state="attached")
    text: str = page.evaluate("name => document.querySelector(name).shadowRoot.innerHTML", selector)
    return text


COUNT = "Number(document.documentElement.dataset.previews || 0)"


def type_and_wait(page: Page, text: str) -> float:
    """Type into the field; return the milliseconds from the last key to the page that was set again."""
    before = page.evaluate(COUNT)
    page.keyboard.type(text)
    deadline = time.monotonic() + WAIT
    # Not wait_for_function: it uses eval, which the page's policy forbids.
    while page.evaluate(COUNT) <= before:
        assert time.monotonic() < deadline, "the page was not set again"
        page.wait_for_timeout(5)
    return float(page.evaluate("document.documentElement.dataset.previewMs"))


def read_entry(root: Path, language: str, key: str) -> tuple[str, bool]:
    """The text and the fuzzy flag of a message in its catalogue on disk."""
    file = root / f"content/{language}.po"
    catalogue, _ = po.read(file.read_bytes(), file.name, language)
    found = catalogue.entries[key]
    return found.text, found.fuzzy


def need_axe() -> str:
    """The script of axe-core; skip the test if it is not installed."""
    file = Path(os.environ.get("BROCHURE_AXE", AXE))
    if not file.is_file():
        lacking(f"axe-core is not installed (`make browser` puts it into {AXE})")
    return file.read_text("utf-8")


def find_violations(page: Page, axe: str, part: str = "html") -> list[str]:
    """Return the violations that axe-core finds on a part of the current page, by the rules of WCAG 2.2 A and AA."""
    # Evaluated by the debugger, which the page's policy does not apply to.
    if not page.evaluate("'axe' in window"):
        page.evaluate(axe)
    tags = ["wcag2a", "wcag2aa", "wcag21a", "wcag21aa", "wcag22aa", "best-practice"]
    run = "([part, tags]) => axe.run(part, {runOnly: tags, preload: false, resultTypes: ['violations']})"
    found = page.evaluate(run, [part, tags])
    return [
        f"{one['id']}: {one['help']}: {targets[:3]}"
        for one in found["violations"]
        if (targets := [node["target"] for node in one["nodes"] if not _is_exempt(one["id"], node)])
    ]


def _is_exempt(rule: str, node: dict[str, Any]) -> bool:
    """Small texts on a page are small targets; each is also in the list of all texts (WCAG 2.5.8, equivalent control)."""
    return rule == "target-size" and 'class="area' in node["html"]
