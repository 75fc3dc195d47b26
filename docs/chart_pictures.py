"""Write the pictures of charts, maps and badges in the documentation: `python -m docs.chart_pictures`."""

from __future__ import annotations

from pathlib import Path

import pypdfium2

from brochure.api import build, build_record, open_job
from brochure.prepress.output_conditions import CONDITIONS
from tests.pictures.chart_gallery import gallery
from tests.pictures.label_gallery import badges, sheets
from tests.pictures.map_gallery import maps

FOLDER = Path(__file__).resolve().parent / "pictures"
DPI = 150
QUALITY = 90


def main() -> None:
    """Write the pictures."""
    screen = CONDITIONS["screen"]
    _write("charts", build(gallery(), screen, "en").pdf)
    _write("maps", build(maps(), screen, "en").pdf)
    _write("badges", build_record(open_job(badges()), screen, sheets()[0]).pdf)


def _write(name: str, pdf: bytes) -> None:
    """Write the first page of a PDF as a picture."""
    page = pypdfium2.PdfDocument(pdf)[0]
    picture = page.render(scale=DPI / 72).to_pil().convert("RGB")
    picture.save(FOLDER / f"{name}.webp", "WEBP", quality=QUALITY, method=6)


if __name__ == "__main__":
    main()
