"""The brochure by fpdf2: page by page with a cursor, greedy lines, no hyphens, pictures kept from edition to edition.

Its font is opened anew for every document, since it has no way to share one.
"""

from __future__ import annotations

import json
from collections.abc import Callable
from dataclasses import dataclass
from pathlib import Path
from typing import Any

from bench.peers.chart import bars
from bench.peers.matter import FAMILY, Matter

NIGHT, EMBER, DUNE, BLACK, WHITE = (
    (27, 42, 60),
    (214, 69, 27),
    (222, 206, 176),
    (0, 0, 0),
    (255, 255, 255),
)
LEFT, TOP, WIDE, HIGH, MEASURE = 19.0, 22.0, 154.0, 216.0, 116.0
POINT = 25.4 / 72


def opened(folder: Path) -> Callable[[Path, Path], None]:
    """Builds an edition from the file of its words."""
    from fpdf import FPDF
    from fpdf.image_datastructures import ImageCache

    matter, pictures = Matter(folder), ImageCache()

    def build(words: Path, out: Path) -> None:
        pdf = FPDF(unit="mm", format=(WIDE, HIGH))
        pdf.image_cache = pictures
        pictures.reset_usages()
        pdf.set_auto_page_break(False)
        pdf.set_margin(0)
        pdf.c_margin = 0
        pdf.add_font(FAMILY, fname=matter.font)
        _Pages(pdf, matter, json.loads(words.read_text(encoding="utf-8"))).all()
        pdf.output(str(out))

    return build


@dataclass(frozen=True, slots=True)
class _Pages:
    pdf: Any
    matter: Matter
    words: dict[str, Any]

    def all(self) -> None:
        """The eight pages."""
        self.photograph(
            0, ("cover.title", 30, 36), ("cover.subtitle", 15, 21), ("office.name", 9, 13)
        )
        self.story("first")
        self.story("second")
        self.photograph(1, ("quote.words", 20, 27), ("quote.by", 9, 13))
        self.figures()
        self.story("third")
        self.photograph(2, ("close.words", 20, 27), ("close.by", 9, 13))
        self.back()

    def photograph(self, at: int, *lines: tuple[str, float, float]) -> None:
        self.pdf.add_page()
        self.pdf.image(self.matter.picture(at), 0, 0, WIDE, HIGH)
        self.ground(HIGH - 72, 72)
        self.pdf.set_y(HIGH - TOP - 42)
        for key, size, leading in lines:
            self.space(8 if size == 9 else 0)
            self.set(key, size, leading, colour=WHITE)

    def story(self, name: str) -> None:
        self.begin(f"{name}.head")
        for part in "abc":
            self.set(f"{name}.{part}", 12.5, 19, align="J")
            self.space(9.5)

    def figures(self) -> None:
        self.begin("figures.head")
        self.set("figures.lead", 12.5, 19, align="J")
        self.space(20)
        top = self.pdf.get_y()
        for x, name in ((LEFT, "working"), (LEFT + 62, "days")):
            self.chart(name, x, top)
        self.pdf.set_y(top + 18 * POINT + 6 * POINT + 84 + 14 * POINT)
        self.set("figures.source", 9, 13)

    def chart(self, name: str, x: float, top: float) -> None:
        self.pdf.set_font(FAMILY, size=12)
        self.pdf.text(x, top + 13 * POINT, self.words[f"{name}.title"])
        self.pdf.set_font(FAMILY, size=9)
        foot = top + 24 * POINT + 80
        for bar in bars(self.words["charts"][name], 54):
            self.pdf.set_fill_color(*(EMBER if bar.last else DUNE))
            self.pdf.rect(x + bar.x, foot - bar.height, bar.width, bar.height, style="F")
            for text, y in ((bar.label, foot + 4), (str(bar.value), foot - bar.height - 1)):
                middle = x + bar.x + (bar.width - self.pdf.get_string_width(text)) / 2
                self.pdf.text(middle, y, text)

    def back(self) -> None:
        self.pdf.add_page()
        self.ground(0, HIGH)
        self.pdf.set_y(TOP)
        self.set("back.head", 26, 30, colour=WHITE)
        self.space(14)
        self.set("back.a", 12.5, 19, align="J", colour=WHITE)
        self.space(40)
        for key in ("name", "street", "city", "phone"):
            self.set(f"office.{key}", 15, 21, colour=WHITE)

    def begin(self, head: str) -> None:
        self.pdf.add_page()
        self.pdf.set_y(TOP)
        self.set(head, 26, 30)
        self.space(14)

    def set(
        self, key: str, size: float, leading: float, *, align: str = "L", colour: Any = BLACK
    ) -> None:
        self.pdf.set_font(FAMILY, size=size)
        self.pdf.set_text_color(*colour)
        self.pdf.set_x(LEFT)
        self.pdf.multi_cell(
            MEASURE, leading * POINT, self.words[key], align=align, new_x="LMARGIN", new_y="NEXT"
        )

    def space(self, points: float) -> None:
        self.pdf.set_y(self.pdf.get_y() + points * POINT)

    def ground(self, y: float, high: float) -> None:
        self.pdf.set_fill_color(*NIGHT)
        self.pdf.rect(0, y, WIDE, high, style="F")
