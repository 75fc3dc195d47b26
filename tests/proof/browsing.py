"""Drive the web interface of the proof: a running `brochure proof`, and Debian's Chromium by Playwright.

Every window is watched: requests that leave the machine, exceptions of scripts, and anything that the Content-Security-Policy
refuses fail the test that opened it.
"""

from __future__ import annotations

import os
import shutil
import signal
import subprocess
import sys
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path
from typing import TYPE_CHECKING, Any

from tests.house.modules import ROOT
from tests.programs import lacking

if TYPE_CHECKING:
    from playwright.sync_api import Browser, Page

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
def open_window(browser: Browser, url: str, **options: Any) -> Iterator[Page]:
    """A window of 1280 × 800 pixels that shows the proof at `url`, ready to be used."""
    home = url.partition("#")[0].removesuffix("index.html")
    wrong: list[str] = []
    context = browser.new_context(viewport={"width": 1280, "height": 800}, **options)
    context.set_default_timeout(WAIT * 1000)
    page = context.new_page()
    page.on("pageerror", lambda error: wrong.append(f"exception: {error}"))
    page.on("dialog", lambda dialog: wrong.append(f"a script has shown: {dialog.message}"))

    def listen(text: str) -> None:
        if "Content Security Policy" in text or "Content-Security-Policy" in text:
            wrong.append(text)

    page.on("console", lambda message: listen(message.text))
    allowed = (home, "data:", "blob:")
    context.on(
        "request",
        lambda request: None if request.url.startswith(allowed) else wrong.append(request.url),
    )
    page.goto(url)
    page.wait_for_selector("html[data-ready]")
    yield page
    context.close()
    assert not wrong


def need_axe() -> str:
    """The script of axe-core; skips the test where it is not installed."""
    file = Path(os.environ.get("BROCHURE_AXE", AXE))
    if not file.is_file():
        lacking(f"axe-core is not installed (`make browser` puts it into {AXE})")
    return file.read_text("utf-8")


def find_violations(page: Page, axe: str) -> list[str]:
    """What axe-core finds on the page as it is, by the rules of WCAG 2.2 A and AA."""
    # Evaluated by the debugger, which the page's policy does not apply to.
    page.evaluate(axe)
    tags = ["wcag2a", "wcag2aa", "wcag21a", "wcag21aa", "wcag22aa", "best-practice"]
    found = page.evaluate("tags => axe.run(document, {runOnly: tags})", tags)
    return [
        f"{one['id']}: {one['help']}: {[node['target'] for node in one['nodes'][:3]]}"
        for one in found["violations"]
    ]
