"""The brochure by fpdf2: pages drawn with a cursor, greedy line breaks without hyphenation, images cached between editions.

The font is opened for every document, because fpdf2 cannot share one.
"""

from __future__ import annotations

import json
from collections.abc import Callable
from dataclasses import dataclass
from pathlib import Path
from typing import Any

from bench.peers.chart import lay_out_bars
from bench.peers.source_files import FAMILY, SourceFiles

NIGHT, EMBER, DUNE, BLACK, WHITE = (
    (27, 42, 60),
    (214, 69, 27),
    (222, 206, 176),
    (0, 0, 0),
    (255, 255, 255),
)
LEFT, TOP, WIDTH, HEIGHT, MEASURE = 19.0, 22.0, 154.0, 216.0, 116.0
POINT = 25.4 / 72


def make_builder(folder: Path) -> Callable[[Path, Path], None]:
    """Return a function that builds an edition from its file."""
    from fpdf import FPDF
    from fpdf.image_datastructures import ImageCache

    sources, images = SourceFiles(folder), ImageCache()

    def build(edition: Path, out: Path) -> None:
        pdf = FPDF(unit="mm", format=(WIDTH, HEIGHT))
        pdf.image_cache = images
        images.reset_usages()
        pdf.set_auto_page_break(False)
        pdf.set_margin(0)
        pdf.c_margin = 0
        pdf.add_font(FAMILY, fname=sources.font)
        _Pages(pdf, sources, json.loads(edition.read_text(encoding="utf-8"))).draw()
        pdf.output(str(out))

    return build


@dataclass(frozen=True, slots=True)
class _Pages:
    pdf: Any
    sources: SourceFiles
    messages: dict[str, Any]

    def draw(self) -> None:
        """Draw the eight pages."""
        self.draw_photograph(
            0, ("cover.title", 30, 36), ("cover.subtitle", 15, 21), ("office.name", 9, 13)
        )
        self.draw_story("first")
        self.draw_story("second")
        self.draw_photograph(1, ("quote.words", 20, 27), ("quote.by", 9, 13))
        self.draw_figures()
        self.draw_story("third")
        self.draw_photograph(2, ("close.words", 20, 27), ("close.by", 9, 13))
        self.draw_back()

    def draw_photograph(self, index: int, *lines: tuple[str, float, float]) -> None:
        self.pdf.add_page()
        self.pdf.image(self.sources.get_image_path(index), 0, 0, WIDTH, HEIGHT)
        self.fill_background(HEIGHT - 72, 72)
        self.pdf.set_y(HEIGHT - TOP - 42)
        for key, size, leading in lines:
            self.add_space(8 if size == 9 else 0)
            self.set_text(key, size, leading, colour=WHITE)

    def draw_story(self, name: str) -> None:
        self.begin_page(f"{name}.head")
        for part in "abc":
            self.set_text(f"{name}.{part}", 12.5, 19, align="J")
            self.add_space(9.5)

    def draw_figures(self) -> None:
        self.begin_page("figures.head")
        self.set_text("figures.lead", 12.5, 19, align="J")
        self.add_space(20)
        top = self.pdf.get_y()
        for x, name in ((LEFT, "working"), (LEFT + 62, "days")):
            self.draw_chart(name, x, top)
        self.pdf.set_y(top + 18 * POINT + 6 * POINT + 84 + 14 * POINT)
        self.set_text("figures.source", 9, 13)

    def draw_chart(self, name: str, x: float, top: float) -> None:
        self.pdf.set_font(FAMILY, size=12)
        self.pdf.text(x, top + 13 * POINT, self.messages[f"{name}.title"])
        self.pdf.set_font(FAMILY, size=9)
        baseline = top + 24 * POINT + 80
        for bar in lay_out_bars(self.messages["charts"][name], 54):
            self.pdf.set_fill_color(*(EMBER if bar.is_last else DUNE))
            self.pdf.rect(x + bar.x, baseline - bar.height, bar.width, bar.height, style="F")
            for text, y in ((bar.label, baseline + 4), (str(bar.value), baseline - bar.height - 1)):
                middle = x + bar.x + (bar.width - self.pdf.get_string_width(text)) / 2
                self.pdf.text(middle, y, text)

    def draw_back(self) -> None:
        self.pdf.add_page()
        self.fill_background(0, HEIGHT)
        self.pdf.set_y(TOP)
        self.set_text("back.head", 26, 30, colour=WHITE)
        self.add_space(14)
        self.set_text("back.a", 12.5, 19, align="J", colour=WHITE)
        self.add_space(40)
        for key in ("name", "street", "city", "phone"):
            self.set_text(f"office.{key}", 15, 21, colour=WHITE)

    def begin_page(self, head: str) -> None:
        self.pdf.add_page()
        self.pdf.set_y(TOP)
        self.set_text(head, 26, 30)
        self.add_space(14)

    def set_text(
        self, key: str, size: float, leading: float, *, align: str = "L", colour: Any = BLACK
    ) -> None:
        self.pdf.set_font(FAMILY, size=size)
        self.pdf.set_text_color(*colour)
        self.pdf.set_x(LEFT)
        self.pdf.multi_cell(
            MEASURE, leading * POINT, self.messages[key], align=align, new_x="LMARGIN", new_y="NEXT"
        )

    def add_space(self, points: float) -> None:
        self.pdf.set_y(self.pdf.get_y() + points * POINT)

    def fill_background(self, y: float, height: float) -> None:
        self.pdf.set_fill_color(*NIGHT)
        self.pdf.rect(0, y, WIDTH, height, style="F")
