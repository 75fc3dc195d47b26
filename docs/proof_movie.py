"""Write the moving picture of the live proof in the readme: `python -m docs.proof_movie`. Needs Chromium.

A person looks at the French edition of the sample, changes its title, sees the page change with every word, and approves it. The
pointer is painted into the screenshots, which do not have one. Only a copy of the sample is changed.
"""

from __future__ import annotations

import io
import sys
import tempfile
from collections.abc import Iterator
from dataclasses import dataclass
from pathlib import Path
from typing import TYPE_CHECKING

from PIL import Image, ImageDraw

from tests.proof.browsing import (
    choose,
    drawing,
    edition_address,
    open_browser,
    open_window,
    running_proof,
    type_and_wait,
)
from tests.rebuild.editing import sample_in

if TYPE_CHECKING:
    from playwright.sync_api import Locator, Page

FILE = Path(__file__).resolve().parent / "pictures" / "proof-movie.webp"
EDITION, KEY = "canada/fr-CA", "cover.title"
WORDS = ("Une", " réponse", " qui", " a", " fait", " ses", " preuves")
REVIEWER = "Amélie"
SIZE = {"width": 1200, "height": 750}
QUALITY = 80
MAX_BYTES = 2_000_000
LOOK, STEP, WORD, END = 1400, 420, 300, 2600
"""How long pictures are shown, in milliseconds."""
MOVES = 7
"""Pictures of one movement of the pointer."""
POINTER = ((0, 0), (0, 21), (5, 17), (9, 25), (13, 23), (9, 15), (16, 15))


@dataclass(frozen=True, slots=True)
class Shot:
    """One picture of the film and how long it is shown, in milliseconds."""

    image: Image.Image
    duration: int


@dataclass
class Pointer:
    """Where the painted pointer is."""

    x: float = 640
    y: float = 600


def main() -> None:
    """Write the film."""
    with tempfile.TemporaryDirectory() as folder, open_browser() as browser:
        root = sample_in(Path(folder))
        with (
            running_proof(root) as url,
            open_window(browser, edition_address(url, EDITION)) as page,
        ):
            page.set_viewport_size(SIZE)  # type: ignore[arg-type]
            drawing(page, 1)
            page.wait_for_timeout(8000)
            shots = list(film(page))
    first, *others = [shot.image for shot in shots]
    durations = [shot.duration for shot in shots]
    first.save(
        FILE, "WEBP", save_all=True, append_images=others, duration=durations, loop=0,
        quality=QUALITY, method=6, minimize_size=False, allow_mixed=True,
    )  # fmt: skip
    size = FILE.stat().st_size
    sys.stdout.write(f"{FILE.name}: {len(shots)} pictures, {size // 1000} kB\n")
    if size > MAX_BYTES:
        raise SystemExit(f"the film has {size} bytes, at most {MAX_BYTES} are allowed")


def film(page: Page) -> Iterator[Shot]:
    """Perform the actions, and yield the pictures of them."""
    pointer = Pointer()
    yield _take(page, pointer, LOOK)
    title = page.locator(f'.pane >> nth=0 >> .area[data-key="{KEY}"] .area-box').first
    yield from _move(page, pointer, title)
    choose(page, KEY)
    page.wait_for_timeout(300)
    yield _take(page, pointer, STEP * 2)
    page.keyboard.press("Enter")
    page.keyboard.press("Control+a")
    yield _take(page, pointer, STEP)
    for word in WORDS:
        type_and_wait(page, word)
        page.wait_for_timeout(120)
        yield _take(page, pointer, WORD)
    yield _take(page, pointer, LOOK)
    page.keyboard.press("Control+Enter")
    page.wait_for_timeout(1200)
    yield _take(page, pointer, STEP)
    approve = page.get_by_role("button", name="Approve page 1", exact=True)
    yield from _move(page, pointer, approve)
    approve.click()
    name = page.get_by_role("textbox", name="Your name")
    name.wait_for()
    page.keyboard.type(REVIEWER)
    yield _take(page, pointer, STEP * 2)
    yield from _move(
        page, pointer, page.get_by_role("dialog").get_by_role("button", name="Approve")
    )
    page.get_by_role("dialog").get_by_role("button", name="Approve").click()
    page.locator(".page-bar .badge.approved").first.wait_for()
    page.wait_for_timeout(400)
    yield _take(page, pointer, END)


def _move(page: Page, pointer: Pointer, target: Locator) -> Iterator[Shot]:
    """Move the pointer to the middle of an element, slower at both ends."""
    box = target.bounding_box()
    if box is None:
        raise SystemExit("what the film shows is not on the page")
    x, y = box["x"] + box["width"] / 2, box["y"] + box["height"] / 2
    start_x, start_y = pointer.x, pointer.y
    for step in range(1, MOVES + 1):
        way = step / MOVES
        eased = way * way * (3 - 2 * way)
        pointer.x, pointer.y = start_x + (x - start_x) * eased, start_y + (y - start_y) * eased
        page.mouse.move(pointer.x, pointer.y)
        yield _take(page, pointer, 70)


def _take(page: Page, pointer: Pointer, duration: int) -> Shot:
    image = Image.open(io.BytesIO(page.screenshot())).convert("RGB")
    shape = [(pointer.x + x, pointer.y + y) for x, y in POINTER]
    ImageDraw.Draw(image).polygon(shape, fill=(20, 20, 20), outline=(255, 255, 255), width=2)
    return Shot(image, duration)


if __name__ == "__main__":
    main()
