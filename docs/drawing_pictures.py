"""Write the picture of a map in the documentation: `python -m docs.drawing_pictures`."""

from __future__ import annotations

from pathlib import Path

import pypdfium2
from PIL import Image

from brochure.api import build
from brochure.prepress.output_conditions import CONDITIONS
from tests.pictures.drawing_gallery import gallery

FILE = Path(__file__).resolve().parent / "pictures" / "map.webp"
LANGUAGES = ("en", "ar")
DPI = 180
QUALITY = 90


def main() -> None:
    """Write the picture: one page beside the other."""
    pages = []
    for language in LANGUAGES:
        built = build(gallery(), CONDITIONS["screen"], language)
        page = pypdfium2.PdfDocument(built.pdf)[0]
        pages.append(page.render(scale=DPI / 72).to_pil().convert("RGB"))
    picture = Image.new("RGB", (sum(page.width for page in pages), pages[0].height))
    for at, page in enumerate(pages):
        picture.paste(page, (at * page.width, 0))
    picture.save(FILE, "WEBP", quality=QUALITY, method=6)


if __name__ == "__main__":
    main()
