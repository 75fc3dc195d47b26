"""Write the pictures of the tutorial: `python -m docs.tutorial_pictures`.

The steps of the page are executed in order: its files are written and changed, and where it shows a picture of a step, the
project is built in its current state. Names that end in `-fr` show a draft of the translation.
"""

from __future__ import annotations

import contextlib
import json
import re
import shutil
import sys
import tempfile
from collections.abc import Iterator, Mapping
from pathlib import Path

from PIL import Image

from brochure.api import build, lay_out
from brochure.model.page_dump import dump
from brochure.prepress.output_conditions import SCREEN
from brochure.project import DiskProject
from brochure.templates import start_project
from docs.example_pictures import DIGESTS, digest_text, encode
from docs.pages import GAP, SURROUND, render_pages
from tests.docs.prose import FENCE, ROOT, Block, blocks, commands, put, said

PAGE = ROOT / "docs" / "tutorial.md"
PICTURES = ROOT / "docs" / "pictures" / "tutorial"
PICTURE = re.compile(r"^!\[[^\]]*\]\(pictures/tutorial/([\w-]+)\.webp\)$", re.M)
HEIGHT = 520
SHOWN: Mapping[str, slice] = {
    "step-8": slice(1, 3),
    "step-8-back": slice(3, 4),
    "step-11-fr": slice(0, 1),
}
"""The pages that a picture shows, if not all."""
ALL = slice(None)
EXTRACT = "brochure text extract"
PHOTOS = ("ridge.jpg", "portrait.jpg")


def main() -> None:
    """Write the pictures."""
    kept = json.loads(DIGESTS.read_text(encoding="utf-8"))
    PICTURES.mkdir(parents=True, exist_ok=True)
    with tempfile.TemporaryDirectory() as folder:
        for name, project, language in follow(Path(folder)):
            picture = draw(name, project, language)
            (PICTURES / f"{name}.webp").write_bytes(encode(picture))
            kept[f"tutorial/{name}"] = digest(name, project, language)
            sys.stdout.write(f"{name}: {picture.width} x {picture.height}\n")
    DIGESTS.write_text(json.dumps(kept, indent=1, sort_keys=True) + "\n", encoding="utf-8")


def follow(folder: Path) -> Iterator[tuple[str, DiskProject, str]]:
    """Execute the steps of the tutorial; yield the name of each picture, the project in its current state, and its language."""
    start_project(ROOT / "layouts" / "blank", folder / "my-brochure")
    photos = folder / "my-brochure" / "assets" / "photos"
    photos.mkdir(parents=True)
    for name in PHOTOS:
        shutil.copy(ROOT / "layouts" / "proven-model" / "assets" / "photos" / name, photos / name)
    for step in _steps():
        if isinstance(step, Block):
            _do(step, folder)
        else:
            yield step, DiskProject(folder / "my-brochure"), "fr" if step.endswith("-fr") else "en"


def _steps() -> Iterator[Block | str]:
    """Yield the code blocks of the tutorial and the names of its pictures in their order."""
    text = PAGE.read_text(encoding="utf-8")
    found: list[tuple[int, Block | str]] = [(one.start(), one[1]) for one in PICTURE.finditer(text)]
    starts = [match.start() for match in FENCE.finditer(text)]
    found += zip(starts, blocks(PAGE), strict=True)
    yield from (step for _, step in sorted(found, key=lambda one: one[0]))


def _do(block: Block, folder: Path) -> None:
    """Write a file, or run the command that makes a catalogue."""
    if block.words:
        put(block, folder)
    elif block.language == "console":
        for command, _ in commands(block):
            if command.startswith(EXTRACT):
                with contextlib.chdir(folder):
                    said(command)


def digest(name: str, project: DiskProject, language: str) -> str:
    """Return the digest of the pages that a picture shows."""
    made = lay_out(project, language)
    return digest_text("".join(map(dump, made.pages[SHOWN.get(name, ALL)])))


def draw(name: str, project: DiskProject, language: str) -> Image.Image:
    """Return the pages that a picture shows, on a ground."""
    built = build(project, SCREEN, language, draft=language != "en")
    if not built.pdf:
        raise SystemExit(f"{name}:\n" + "\n".join(map(str, built.findings)))
    pages = list(render_pages(built.pdf, HEIGHT))
    shown = pages[SHOWN.get(name, ALL)]
    return _spreads(shown) if len(shown) == len(pages) else _side_by_side([shown])


def _spreads(pages: list[Image.Image]) -> Image.Image:
    """Return the back page and the cover as they are printed, then the spread; a single page alone."""
    return _side_by_side([[pages[-1], pages[0]], pages[1:-1]] if len(pages) > 1 else [pages])


def _side_by_side(groups: list[list[Image.Image]]) -> Image.Image:
    """Join the pages of each group, with gaps between the groups."""
    width = sum(page.width for group in groups for page in group) + (len(groups) + 1) * GAP
    table = Image.new("RGB", (width, groups[0][0].height + 2 * GAP), SURROUND)
    x = GAP
    for group in groups:
        for page in group:
            table.paste(page, (x, GAP))
            x += page.width
        x += GAP
    return table


if __name__ == "__main__":
    main()
