"""Write `docs/gallery.md`, the page of all layouts that come with the program, and its pictures: `python -m docs.gallery`.

The layouts are found in `layouts/`. Their descriptions are the first sentences of their comments. A picture has the cover and
one spread, rendered from the PDF for screens; `python -m docs.gallery NAME` writes that of one layout. The readme has a picture
of all covers.
"""

from __future__ import annotations

import sys
from collections.abc import Iterable
from pathlib import Path

import pypdfium2
from PIL import Image

from brochure.api import build, lay_out
from brochure.l10n.edition import Edition
from brochure.layout.page_plan import plan
from brochure.prepress.output_conditions import SCREEN
from brochure.project import DiskProject
from brochure.templates import describe_template, list_templates

PAGE = Path(__file__).resolve().parent / "gallery.md"
PICTURES = PAGE.parent / "pictures" / "layouts"
COVERS = PAGE.parent / "pictures" / "covers.webp"
SURROUND = (236, 235, 232)
GAP = 28
HEIGHT = 620
WIDTH = 1500
QUALITY = 86
FIRST, LAST = "proven-model", "blank"
SPREADS = {"annual-report": 6, "programme": 6}
"""A page of the spread that is shown, where it is not page 4, or page 2 of a short brochure."""

HEAD = """\
<!-- Written by `make docs` from the layouts; changes made by hand are lost. -->

# Gallery

These layouts come with the program. Start from the one that is nearest to your brochure: its words are in `content/`, its
pictures in `assets/`, and everything else is in one file, `brochure.yaml`. `brochure new --list` prints this list. The pictures
were drawn for the layouts. The organisations are invented, except in `proven-model`.
"""
SECTION = """
## {name}

![The cover and a spread of the layout {name}](pictures/layouts/{name}.webp)

{text}.

```console
$ brochure new my-{name} --layout {name}
my-{name}: a copy of {name}. Next:
    brochure build my-{name} -o out
```
"""


def main(names: list[str]) -> None:
    """Write the page, and the pictures of these layouts or of all."""
    PAGE.write_text(write_page(), encoding="utf-8")
    PICTURES.mkdir(parents=True, exist_ok=True)
    for name in names or list_templates():
        picture = draw_layout(name)
        picture.save(PICTURES / f"{name}.webp", "WEBP", quality=QUALITY, method=6)
    draw_covers().save(COVERS, "WEBP", quality=QUALITY, method=6)


def write_page() -> str:
    """Return the page: a section for each layout."""
    layouts = list_templates()
    order = sorted(layouts, key=lambda name: (name == LAST, name != FIRST, name))
    sections = (
        SECTION.format(name=name, text=describe_template(layouts[name], sentences=2))
        for name in order
    )
    return HEAD + "".join(sections)


def draw_layout(name: str) -> Image.Image:
    """Return the cover of a layout and one of its spreads, side by side."""
    project = DiskProject(list_templates()[name])
    built = build(project, SCREEN)
    if not built.pdf:
        raise SystemExit("\n".join(map(str, built.findings)))
    document = pypdfium2.PdfDocument(built.pdf)
    edition = lay_out(project).edition
    groups = [[1], _choose_spread(edition, SPREADS.get(name, 4))]
    if not edition.left_to_right:
        groups.reverse()
    parts = [_join(_render(document, number) for number in group) for group in groups if group]
    width = sum(part.width for part in parts) + GAP * (len(parts) + 1)
    sheet = Image.new("RGB", (width, HEIGHT + 2 * GAP), SURROUND)
    x = GAP
    for part in parts:
        sheet.paste(part, (x, GAP))
        x += part.width + GAP
    sheet.thumbnail((WIDTH, HEIGHT + 2 * GAP), Image.Resampling.LANCZOS)
    return sheet


def draw_covers() -> Image.Image:
    """Return the covers of all layouts but the sample and the blank one, in two rows of one width."""
    names = [name for name in list_templates() if name not in (FIRST, LAST)]
    covers = sorted(map(_draw_cover, names), key=lambda cover: cover.width)
    # Wide and narrow covers take turns, so that the rows are about equally high.
    rows = [_fill_row(covers[start::2]) for start in (0, 1)]
    sheet = Image.new("RGB", (WIDTH, sum(row.height for row in rows) + 3 * GAP), SURROUND)
    y = GAP
    for row in rows:
        sheet.paste(row, (0, y))
        y += row.height + GAP
    return sheet


def _draw_cover(name: str) -> Image.Image:
    document = pypdfium2.PdfDocument(build(DiskProject(list_templates()[name]), SCREEN).pdf)
    return _render(document, 1)


def _fill_row(covers: list[Image.Image]) -> Image.Image:
    """Return covers side by side with one height, as wide as the picture."""
    height = (WIDTH - GAP * (len(covers) + 1)) * HEIGHT // sum(cover.width for cover in covers)
    row = Image.new("RGB", (WIDTH, height), SURROUND)
    x = GAP
    for cover in covers:
        width = round(cover.width * height / HEIGHT)
        row.paste(cover.resize((width, height), Image.Resampling.LANCZOS), (x, 0))
        x += width + GAP
    return row


def _choose_spread(edition: Edition, wanted: int) -> list[int]:
    """Return the pages of the spread with this page, or with page 2, from left to right; none if there is one page only."""
    pages = plan(edition.layout, left_to_right=edition.left_to_right)
    if len(pages) < 2:
        return []
    number = wanted if wanted < len(pages) else 2
    return [
        one for _, one in sorted([(0.0, number), *((x, n) for n, x in pages[number - 1].beside)])
    ]


def _join(pages: Iterable[Image.Image]) -> Image.Image:
    """Return pages side by side without a gap."""
    shown = list(pages)
    joined = Image.new("RGB", (sum(page.width for page in shown), HEIGHT))
    x = 0
    for page in shown:
        joined.paste(page, (x, 0))
        x += page.width
    return joined


def _render(document: pypdfium2.PdfDocument, number: int) -> Image.Image:
    """Return a page, rendered large and reduced, so that small type stays grey and does not break up."""
    page = document[number - 1]
    image: Image.Image = page.render(scale=2 * HEIGHT / page.get_height()).to_pil().convert("RGB")
    width = round(image.width * HEIGHT / image.height)
    return image.resize((width, HEIGHT), Image.Resampling.LANCZOS)


if __name__ == "__main__":
    main(sys.argv[1:])
