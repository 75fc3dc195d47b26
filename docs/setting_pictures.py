"""Write the pictures of set pages in the documentation: `python -m docs.setting_pictures`."""

from __future__ import annotations

from collections.abc import Mapping
from pathlib import Path

import pypdfium2

from brochure.api import build
from brochure.prepress.output_conditions import CONDITIONS
from docs.pages import join_in_a_row
from tests.pictures.setting_gallery import gallery

FOLDER = Path(__file__).resolve().parent / "pictures"
DPI = 110
QUALITY = 88
PICTURES: Mapping[str, tuple[tuple[str, int], ...]] = {
    "built-in-styles": (("en", 1), ("ar", 1)),
    "frames": (("en", 2), ("ar", 2)),
    "rules-and-shading": (("en", 3), ("ar", 3)),
    "spanning": (("en", 4), ("ar", 4)),
    "form": (("en", 5), ("ar", 5)),
}
"""For each picture, the languages and the numbers of its pages."""


def main() -> None:
    """Write the pictures."""
    documents = {
        language: pypdfium2.PdfDocument(build(gallery(), CONDITIONS["screen"], language).pdf)
        for language in ("en", "ar")
    }
    for name, pages in PICTURES.items():
        shown = [
            documents[language][number - 1].render(scale=DPI / 72).to_pil().convert("RGB")
            for language, number in pages
        ]
        join_in_a_row(shown).save(FOLDER / f"{name}.webp", "WEBP", quality=QUALITY, method=6)


if __name__ == "__main__":
    main()
