"""Write the picture of the charts in the documentation: `python -m docs.chart_pictures`."""

from __future__ import annotations

from pathlib import Path

import pypdfium2

from brochure.api import build
from brochure.prepress.output_conditions import CONDITIONS
from tests.pictures.chart_gallery import gallery

FILE = Path(__file__).resolve().parent / "pictures" / "charts.webp"
DPI = 150
QUALITY = 90


def main() -> None:
    """Write the picture."""
    built = build(gallery(), CONDITIONS["screen"], "en")
    page = pypdfium2.PdfDocument(built.pdf)[0]
    picture = page.render(scale=DPI / 72).to_pil().convert("RGB")
    picture.save(FILE, "WEBP", quality=QUALITY, method=6)


if __name__ == "__main__":
    main()
