"""Draw the growth curves of docs/performance.md with the program itself: `python -m bench.growth_picture`."""

from __future__ import annotations

import re
from collections.abc import Mapping, Sequence
from pathlib import Path

import pypdfium2
import yaml

from brochure.api import build
from brochure.prepress.output_conditions import SCREEN
from brochure.project import MemoryProject

ROOT = Path(__file__).resolve().parent.parent
PAGE = ROOT / "docs" / "performance.md"
PICTURE = ROOT / "docs" / "pictures" / "growth.webp"
SECTION = "Growth with the input"
ROW = re.compile(r"^\| ([^|]*) \| ([\d,]+) \| ([\d.]+) s \|", re.MULTILINE)
DPI = 150
ACROSS = 4

Points = Sequence[tuple[int, float]]
"""Numbers of items, and the processor time of a build with them in seconds."""

LAYOUT = """\
brochure: growth
size: 220 x 100 mm
binding: none
source-language: en
swatches: {line: rgb 34 68 120, quiet: rgb 90 90 90}
grid: {margins: {top: 8 mm, bottom: 8 mm, inner: 8 mm, outer: 8 mm}, columns: 4, gutter: 8 mm, rows: 2, row-gutter: 10 mm}
paragraph-styles:
  body: {font: Source Sans 3, size: 8 pt, leading: 10 pt, space-after: 0 pt}
  label: {based-on: body, weight: semibold, size: 9 pt, leading: 12 pt}
  axis: {based-on: body, colour: quiet, size: 7.5 pt, leading: 10 pt}
"""


def read_curves(page: str) -> dict[str, list[tuple[int, float]]]:
    """Return the points of each input from the table of the section on growth."""
    _, _, section = page.partition(f"\n## {SECTION}\n")
    curves: dict[str, list[tuple[int, float]]] = {}
    name = ""
    for label, items, seconds in ROW.findall(section.partition("\n## ")[0]):
        name = label.strip() or name
        curves.setdefault(name, []).append((int(items.replace(",", "")), float(seconds)))
    return curves


def draw_curves(curves: Mapping[str, Points]) -> bytes:
    """Return a PDF of one page with a line chart for each input: seconds over items."""
    copy: dict[str, str] = {"alt": "A line chart of the table's row."}
    frames = {}
    for at, (name, points) in enumerate(curves.items()):
        column, row = at % ACROSS + 1, at // ACROSS + 1
        copy[f"title{at}"] = f"{name[0].upper()}{name[1:]}, seconds"
        entries = []
        for number, (items, seconds) in enumerate(points):
            copy[f"x{at}-{number}"] = str(items)
            entries.append({"label": f"x{at}-{number}", "value": seconds})
        chart = {"line-chart": entries, "title": f"title{at}", "alt": "alt", "colour": "line"}
        frames[f"chart{at}"] = {
            "at": f"columns {column}-{column}, rows {row}-{row}",
            "content": {**chart, "height": "30 mm"},
        }
    layout = LAYOUT + yaml.safe_dump({"pages": [{"frames": frames}]}, sort_keys=False)
    files = {"brochure.yaml": layout, "content/en.yaml": yaml.safe_dump(copy)}
    project = MemoryProject({name: text.encode() for name, text in files.items()})
    built = build(project, SCREEN)
    if not built.pdf:
        raise RuntimeError("\n".join(map(str, built.findings)))
    return built.pdf


def write_picture() -> None:
    """Write the picture of the curves in docs/performance.md."""
    page = pypdfium2.PdfDocument(draw_curves(read_curves(PAGE.read_text(encoding="utf-8"))))[0]
    picture = page.render(scale=DPI / 72).to_pil().convert("RGB")
    picture.save(PICTURE, "WEBP", quality=88, method=6)


if __name__ == "__main__":
    write_picture()
