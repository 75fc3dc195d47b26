"""Write the picture of a signature in the documentation: `python -m docs.sheet_pictures`."""

from __future__ import annotations

from pathlib import Path

import pypdfium2

from brochure.choices import Assembly, Scheme
from brochure.geometry import MM
from brochure.impose import impose_project
from brochure.imposition.marks import ALL_MARKS
from brochure.imposition.schemes import ImpositionOptions
from brochure.imposition.signatures import SignatureOptions
from brochure.project import MemoryProject
from docs.pages import join_in_a_row

PICTURE = Path(__file__).resolve().parent / "pictures" / "signature.webp"
DPI, QUALITY = 32, 88
PAGES = 16
LAYOUT = """\
brochure: signature
size: A5
bleed: 3 mm
binding: perfect
source-language: en
swatches: {{night: cmyk 95 60 45 30, sand: cmyk 4 8 18 0, ember: cmyk 0 70 85 0}}
paragraph-styles:
  body: {{font: Source Sans 3, weight: 600, size: 150 pt, leading: 150 pt, grid: no, align: center, colour: night}}
masters:
  all:
    background: sand
    frames:
      head: {{at: "x 0 mm, y 0 mm, width 148 mm, height 9 mm", background: ember}}
      number: {{at: "x 14 mm, y 60 mm, width 120 mm, height 70 mm"}}
pages:
{pages}
"""


def numbered_pages() -> MemoryProject:
    """Return a brochure whose pages show their numbers, and a band at the head."""
    pages = "\n".join(
        f"  - {{master: all, number: [{{text: p{number}}}]}}" for number in range(1, PAGES + 1)
    )
    copy = "".join(f'p{number}: "{number}"\n' for number in range(1, PAGES + 1))
    layout = LAYOUT.format(pages=pages)
    return MemoryProject({"brochure.yaml": layout.encode(), "content/en.yaml": copy.encode()})


def main() -> None:
    """Write the picture: the outside and the inside of a signature of 16 pages."""
    options = ImpositionOptions(
        Scheme.SHEETWISE,
        signature=SignatureOptions(PAGES // 2, Assembly.GATHER),
        marks=ALL_MARKS,
        milling=3 * MM,
    )
    document = pypdfium2.PdfDocument(impose_project(numbered_pages(), options).pdf)
    sides = [page.render(scale=DPI / 72).to_pil().convert("RGB") for page in document]
    join_in_a_row(sides).save(PICTURE, "WEBP", quality=QUALITY, method=6)


if __name__ == "__main__":
    main()
