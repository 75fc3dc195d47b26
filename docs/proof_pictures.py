"""Write the pictures of the live proof in the documentation: `python -m docs.proof_pictures`. Needs Chromium.

They are screenshots of the sample, of which only a copy is changed.
"""

from __future__ import annotations

import io
import tempfile
from pathlib import Path
from typing import TYPE_CHECKING

from PIL import Image

from tests.proof.browsing import (
    choose,
    edition_address,
    open_browser,
    open_window,
    running_proof,
    type_and_wait,
)
from tests.rebuild.editing import sample_in

if TYPE_CHECKING:
    from playwright.sync_api import Page

FOLDER = Path(__file__).resolve().parent / "pictures"
QUALITY = 90
"""Of WebP: a quarter of the bytes of PNG. A palette would change the colours of inks and states."""

LONGER = " ជនជួញដូរឈប់ នៅពេលមានផលវិបាកពិតប្រាកដ" * 6


def main() -> None:
    """Write all pictures."""
    with tempfile.TemporaryDirectory() as folder, open_browser() as browser:
        root = sample_in(Path(folder))
        with running_proof(root) as url:
            with open_window(browser, edition_address(url, "jordan/ar")) as page:
                _show_arabic(page)
            with open_window(browser, edition_address(url, "cambodia/km")) as page:
                _show_khmer(page)
            with open_window(browser, edition_address(url, "cambodia/en")) as page:
                _show_inks(page)


def _show_arabic(page: Page) -> None:
    choose(page, "solution.lead")
    page.wait_for_timeout(2000)
    _write(page, "proof.webp")


def _show_khmer(page: Page) -> None:
    choose(page, "solution.lead")
    page.keyboard.press("Enter")
    page.keyboard.press("Control+End")
    type_and_wait(page, LONGER)
    page.wait_for_timeout(3000)
    _write(page, "proof-editor.webp")


def _show_inks(page: Page) -> None:
    page.get_by_role("tab", name="Inks").click()
    page.wait_for_timeout(1000)
    page.get_by_text("Total ink", exact=False).first.click()
    page.wait_for_timeout(6000)
    _write(page, "proof-inks.webp")


def _write(page: Page, name: str) -> None:
    image = Image.open(io.BytesIO(page.screenshot())).convert("RGB")
    FOLDER.mkdir(exist_ok=True)
    image.save(FOLDER / name, quality=QUALITY, method=6)


if __name__ == "__main__":
    main()
