"""Write the images of pages in the documentation: `python -m docs.pages`.

`docs/pages.png` shows the sample, `docs/leaflet.png` the leaflet at the end of the tutorial. Each is a contact sheet of spreads,
rendered from the PDF by pdfium. `docs/numbered.png` shows pages of a numbered proof, `docs/pictures/gradients.webp` the gradients
and `docs/pictures/picture-inks.webp` the pictures in one or two inks of `docs/colour.md`, `docs/pictures/icons.webp` the icons in
text of `docs/drawings.md`, and `docs/pictures/notes.webp` footnotes and endnotes.
"""

from __future__ import annotations

import io
import shutil
import sys
import tempfile
from collections.abc import Iterator, Sequence
from pathlib import Path

import pypdfium2
from PIL import Image

from brochure.api import build
from brochure.prepress.output_conditions import SCREEN
from brochure.project import DiskProject
from brochure.templates import start_project
from tests.docs.prose import blocks, put
from tests.pictures.note_gallery import gallery

ROOT = Path(__file__).resolve().parent.parent
SAMPLE = ROOT / "layouts" / "proven-model"
BLANK = ROOT / "layouts" / "blank"
SURROUND = (236, 235, 232)
GAP = 24
PHOTO = "city.jpg"


def main() -> None:
    """Write all images."""
    _write("numbered.png", numbered_proof(SAMPLE, (3, 7, 13), height=620))
    _write("pages.png", contact_sheet(SAMPLE, across=4, height=420))
    notes().save(ROOT / "docs" / "pictures" / "notes.webp", quality=88)
    with tempfile.TemporaryDirectory() as folder:
        _make_leaflet(Path(folder))
        gradients(Path(folder)).save(ROOT / "docs" / "pictures" / "gradients.webp", quality=88)
        inks = picture_inks(Path(folder))
        inks.save(ROOT / "docs" / "pictures" / "picture-inks.webp", quality=88)
        icons(Path(folder)).save(ROOT / "docs" / "pictures" / "icons.webp", quality=88)
        _write("leaflet.png", contact_sheet(Path(folder) / "my-brochure", across=4, height=420))


def _make_leaflet(folder: Path) -> None:
    """Follow the tutorial in a folder: write its layout and its copy, without the translation."""
    start_project(BLANK, folder / "my-brochure")
    shutil.copytree(SAMPLE / "assets" / "photos", folder / "my-brochure" / "assets" / "photos")
    for block in blocks(ROOT / "docs" / "tutorial.md"):
        if block.words and block.words[0].endswith(".yaml"):
            put(block, folder)


def contact_sheet(project: Path, across: int, height: int) -> Image.Image:
    """The pages of a project's brochure, `across` to a row, facing pages joined, on a quiet ground."""
    built = build(DiskProject(project), SCREEN)
    if not built.pdf:
        raise SystemExit("\n".join(map(str, built.findings)))
    pages = list(_rendered(built.pdf, height))
    # The cover is alone, then come spreads, then the back: padded so that rows hold whole spreads.
    cells: list[Image.Image | None] = [pages[-1], pages[0], *pages[1:-1]]
    wide = pages[0].width
    rows = -(-len(cells) // across)
    spreads = across // 2
    sheet_width = across * wide + (spreads + 1) * GAP
    sheet = Image.new("RGB", (sheet_width, rows * (height + GAP) + GAP), SURROUND)
    for at, page in enumerate(cells):
        row, column = divmod(at, across)
        x = GAP + column * wide + column // 2 * GAP
        if page is not None:
            sheet.paste(page, (x, GAP + row * (height + GAP)))
    return sheet


def numbered_proof(project: Path, numbers: Sequence[int], height: int) -> Image.Image:
    """Pages of a project's numbered proof, side by side."""
    built = build(DiskProject(project), SCREEN.numbered(), "fr")
    pages = list(_rendered(built.pdf, height))
    shown = [pages[number - 1] for number in numbers]
    return join_in_a_row(shown)


def notes() -> Image.Image:
    """Pages with footnotes and endnotes, side by side."""
    return join_in_a_row(list(_rendered(build(gallery(), SCREEN, "en").pdf, height=760)))


def join_in_a_row(pages: Sequence[Image.Image]) -> Image.Image:
    """Return the pages side by side."""
    width = sum(page.width + GAP for page in pages) + GAP
    sheet = Image.new("RGB", (width, pages[0].height + 2 * GAP), SURROUND)
    x = GAP
    for page in pages:
        sheet.paste(page, (x, GAP))
        x += page.width + GAP
    return sheet


GRADIENTS = """\
brochure: gradients
size: 60 x 80 mm
binding: none
grid: {margins: {top: 6 mm, bottom: 6 mm, inner: 6 mm, outer: 6 mm}}
paragraph-styles: {title: {font: Source Sans 3, size: 16 pt, leading: 18 pt, colour: paper}}
pages:
  - background: dawn
  - background: glow
  - frames:
      photo: {at: bleed, content: {image: photo.jpg, alt: none}}
      dark: {at: bleed, background: veil}
      words: {at: margins, valign: bottom, content: {title: title}}
"""


def gradients(folder: Path) -> Image.Image:
    """Pages with the gradients of the swatches in `docs/colour.md`, side by side."""
    swatches = next(
        block.text
        for block in blocks(ROOT / "docs" / "colour.md")
        if "gradient: radial" in block.text
    )
    project = folder / "gradients"
    (project / "assets").mkdir(parents=True)
    (project / "content").mkdir()
    (project / "brochure.yaml").write_text(f"{GRADIENTS}{swatches}\n", encoding="utf-8")
    (project / "content" / "en.yaml").write_text("title: A veil over a photo\n", encoding="utf-8")
    shutil.copy(SAMPLE / "assets" / "photos" / PHOTO, project / "assets" / "photo.jpg")
    built = build(DiskProject(project), SCREEN)
    return join_in_a_row(list(_rendered(built.pdf, 420)))


PICTURE_INKS = """\
brochure: picture-inks
size: 210 x 62 mm
binding: none
grid: {margins: {top: 6 mm, bottom: 6 mm, inner: 6 mm, outer: 6 mm}}
swatches:
  blue: spot "PANTONE 286 C" as cmyk 100 66 0 2
  sun: cmyk 0 25 90 0
paragraph-styles: {caption: {font: Source Sans 3, size: 8 pt, leading: 10 pt}}
pages:
  - frames:
"""
PICTURE_KEYS = (
    "width: 100%",
    "ink: black",
    "ink: blue",
    "ink: [black, blue]",
    "aspect: 1:1, shadow: {}",
    "blend: multiply",
)
PICTURE_NAMES = (
    "its own colours",
    "ink: black",
    "ink: blue",
    "ink: [black, blue]",
    "aspect: 1:1, with a shadow",
    "blend: multiply",
)


def picture_inks(folder: Path) -> Image.Image:
    """A page with a photo in each of the ways of `docs/colour.md`."""
    project = folder / "inks"
    (project / "assets").mkdir(parents=True)
    (project / "content").mkdir()
    frames, words = "", ""
    for at, keys in enumerate(PICTURE_KEYS):
        place = f"x {6 + 33.5 * at} mm, y 6 mm, width 30.5 mm"
        if "multiply" in keys:
            back = f"{place}, height 50 mm"
            frames += f'      back: {{at: "{back}", background: sun, content: []}}\n'
        aspect = "" if "aspect" in keys else "aspect: 3:4, "
        image = f"{{image: photo.jpg, alt: none, caption: c{at}, {aspect}{keys}}}"
        frames += f'      f{at}: {{at: "{place}, height 50 mm", content: {image}}}\n'
        words += f"c{at}: '{PICTURE_NAMES[at]}'\n"
    (project / "brochure.yaml").write_text(PICTURE_INKS + frames, encoding="utf-8")
    (project / "content" / "en.yaml").write_text(words, encoding="utf-8")
    shutil.copy(SAMPLE / "assets" / "photos" / "portrait.jpg", project / "assets" / "photo.jpg")
    built = build(DiskProject(project), SCREEN)
    if not built.pdf:
        raise SystemExit("\n".join(map(str, built.findings)))
    return next(_rendered(built.pdf, 420))


ICONS = {
    "bus": '<path d="M4 5a3 3 0 0 1 3-3h10a3 3 0 0 1 3 3v12a2 2 0 0 1-1 1.7V22h-3v-3H8v3H5v-3.3A2 2 0 0 1 4 17zM6 6v6h12V6z"/>',
    "pin": '<path d="M12 1a8 8 0 0 0-8 8c0 5.5 8 14 8 14s8-8.5 8-14a8 8 0 0 0-8-8zM9 9a3 3 0 1 0 6 0a3 3 0 1 0-6 0z"/>',
    "walk": '<path d="M0 10h15l-4-4h5l7 6-7 6h-5l4-4H0z"/>',
}
ICON = '<svg xmlns="http://www.w3.org/2000/svg" viewBox="0 0 24 24" fill="currentColor" fill-rule="evenodd">{}</svg>'
ICON_LAYOUT = """\
brochure: icons
size: 120 x 26 mm
binding: none
source-language: {language}
swatches: {{ember: cmyk 0 72 92 6, night: cmyk 100 80 20 40}}
fonts: {{fallback: {{Arab: Noto Sans Arabic}}}}
grid: {{columns: 1, rows: 1, margins: {{top: 5 mm, bottom: 4 mm, inner: 8 mm, outer: 8 mm}}}}
paragraph-styles:
  body: {{font: Source Serif 4, size: 12 pt, leading: 18 pt, colour: night}}
character-styles: {{icon: {{size: 17 pt, baseline-shift: -2.5 pt, colour: ember}}}}
pages: [{{frames: {{f: {{at: margins, content: {{text: way}}}}}}}}]
"""
ICON_COPY = {
    "en": "Take the ![bus](icons/bus.svg) to [![stop](icons/pin.svg)]{.icon} Old Pier, then follow "
    "![the arrow](icons/walk.svg){size=0.8em mirror=yes} along the water. The ![bus](icons/bus.svg), every ten minutes, stops at "
    "![every stop](icons/pin.svg){size=0.9em}.",
    "ar": "خذ ![الحافلة](icons/bus.svg) إلى [![الموقف](icons/pin.svg)]{.icon} الرصيف القديم، ثم اتبع "
    "![السهم](icons/walk.svg){size=0.8em mirror=yes} على طول الماء. تقف ![الحافلة](icons/bus.svg)، كل عشر دقائق، في "
    "![كل موقف](icons/pin.svg){size=0.9em}.",
}


def icons(folder: Path) -> Image.Image:
    """Lines of text with icons, in English and in Arabic, one above the other."""
    shown: list[Image.Image] = []
    for language, words in ICON_COPY.items():
        project = folder / f"icons-{language}"
        (project / "assets" / "icons").mkdir(parents=True)
        (project / "content").mkdir()
        for name, shapes in ICONS.items():
            drawing = ICON.format(shapes)
            (project / "assets" / "icons" / f"{name}.svg").write_text(drawing, encoding="utf-8")
        layout = ICON_LAYOUT.format(language=language)
        (project / "brochure.yaml").write_text(layout, encoding="utf-8")
        copy = project / "content" / f"{language}.yaml"
        copy.write_text(f'way: "{words}"\n', encoding="utf-8")
        built = build(DiskProject(project), SCREEN)
        if not built.pdf:
            raise SystemExit("\n".join(map(str, built.findings)))
        shown.extend(_rendered(built.pdf, 180))
    sheet = Image.new("RGB", (shown[0].width, sum(one.height for one in shown)))
    for at, one in enumerate(shown):
        sheet.paste(one, (0, at * one.height))
    return sheet


def _rendered(pdf: bytes, height: int) -> Iterator[Image.Image]:
    document = pypdfium2.PdfDocument(pdf)
    for page in document:
        # Rendered large and brought down, so that small type stays grey and does not break up.
        image = page.render(scale=2 * height / page.get_height()).to_pil().convert("RGB")
        yield image.resize(
            (round(image.width * height / image.height), height), Image.Resampling.LANCZOS
        )


def _write(name: str, image: Image.Image) -> None:
    out = io.BytesIO()
    image.quantize(256, dither=Image.Dither.FLOYDSTEINBERG).save(out, "PNG", optimize=True)
    (ROOT / "docs" / name).write_bytes(out.getvalue())
    sys.stdout.write(
        f"docs/{name}: {image.width} x {image.height}, {len(out.getvalue()) // 1000} kB\n"
    )


if __name__ == "__main__":
    main()
