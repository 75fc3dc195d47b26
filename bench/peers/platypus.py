"""The brochure by Platypus, ReportLab's layout engine: greedy line breaks without hyphenation or shaping, the font opened once.

Streams are not encoded in ASCII85 (`rl_config.useA85 = 0`). ReportLab does so by default, which makes images many times slower.
"""

from __future__ import annotations

import json
from collections.abc import Callable
from pathlib import Path
from typing import Any

from bench.peers.chart import lay_out_bars
from bench.peers.source_files import FAMILY, SourceFiles

NIGHT, EMBER, DUNE = (
    (27 / 255, 42 / 255, 60 / 255),
    (214 / 255, 69 / 255, 27 / 255),
    (222 / 255, 206 / 255, 176 / 255),
)
MM = 72 / 25.4
WIDTH, HEIGHT = 154 * MM, 216 * MM
PHOTOGRAPH_PAGES = (1, 4, 7)


def make_builder(folder: Path, purpose: str = "") -> Callable[[Path, Path], None]:
    """Return a function that builds an edition from its file; it writes RGB for every purpose."""
    from reportlab import rl_config
    from reportlab.pdfbase import pdfmetrics
    from reportlab.pdfbase.ttfonts import TTFont

    rl_config.useA85 = 0
    sources = SourceFiles(folder)
    pdfmetrics.registerFont(TTFont(FAMILY, str(sources.font)))

    def build(edition: Path, out: Path) -> None:
        from reportlab.platypus import BaseDocTemplate, Frame, PageTemplate

        document = BaseDocTemplate(str(out), pagesize=(WIDTH, HEIGHT), pageCompression=1)
        full, bottom = (19 * MM, 22 * MM, 116 * MM, 172 * MM), (19 * MM, 22 * MM, 116 * MM, 42 * MM)
        no_padding: dict[str, Any] = {
            "leftPadding": 0,
            "rightPadding": 0,
            "topPadding": 0,
            "bottomPadding": 0,
        }
        document.addPageTemplates(
            [
                PageTemplate(
                    "photograph",
                    [Frame(*bottom, **no_padding)],
                    onPage=_make_photograph_drawer(sources),
                ),
                PageTemplate("text", [Frame(*full, **no_padding)]),
                PageTemplate("back", [Frame(*full, **no_padding)], onPage=_fill_page),
            ]
        )
        document.build(_make_story(json.loads(edition.read_text(encoding="utf-8"))))

    return build


def _make_photograph_drawer(sources: SourceFiles) -> Callable[[Any, Any], None]:
    def draw_photograph(canvas: Any, document: Any) -> None:
        canvas.drawImage(
            str(sources.get_image_path(PHOTOGRAPH_PAGES.index(document.page))), 0, 0, WIDTH, HEIGHT
        )
        canvas.setFillColorRGB(*NIGHT)
        canvas.rect(0, 0, WIDTH, 72 * MM, stroke=0, fill=1)

    return draw_photograph


def _fill_page(canvas: Any, _: Any) -> None:
    canvas.setFillColorRGB(*NIGHT)
    canvas.rect(0, 0, WIDTH, HEIGHT, stroke=0, fill=1)


def _make_story(messages: dict[str, Any]) -> list[Any]:
    """Return the flowables of all pages, with page breaks."""
    pages = [
        (
            "photograph",
            [
                _make_paragraph(messages, "cover.title", 30, 36),
                _make_paragraph(messages, "cover.subtitle", 15, 21),
                *_make_note(messages, "office.name"),
            ],
        ),
        ("text", _make_text_page(messages, "first")),
        ("text", _make_text_page(messages, "second")),
        (
            "photograph",
            [_make_paragraph(messages, "quote.words", 20, 27), *_make_note(messages, "quote.by")],
        ),
        ("text", _make_figures_page(messages)),
        ("text", _make_text_page(messages, "third")),
        (
            "photograph",
            [_make_paragraph(messages, "close.words", 20, 27), *_make_note(messages, "close.by")],
        ),
        ("back", _make_back_page(messages)),
    ]
    return _add_page_breaks(pages)


def _add_page_breaks(pages: list[tuple[str, list[Any]]]) -> list[Any]:
    from reportlab.platypus import NextPageTemplate, PageBreak

    story: list[Any] = []
    for n, (_, flowables) in enumerate(pages):
        following = pages[n + 1][0] if n + 1 < len(pages) else ""
        story += [*flowables, *([NextPageTemplate(following), PageBreak()] if following else [])]
    return story


def _make_text_page(messages: dict[str, Any], name: str) -> list[Any]:
    return [
        _make_heading(messages, f"{name}.head"),
        *(_make_body(messages, f"{name}.{part}") for part in "abc"),
    ]


def _make_note(messages: dict[str, Any], key: str) -> list[Any]:
    from reportlab.platypus import Spacer

    return [Spacer(0, 8), _make_paragraph(messages, key, 9, 13)]


def _make_figures_page(messages: dict[str, Any]) -> list[Any]:
    from reportlab.platypus import Spacer

    source = _make_paragraph(messages, "figures.source", 9, 13, fill="black")
    top = [
        _make_heading(messages, "figures.head"),
        _make_body(messages, "figures.lead"),
        Spacer(0, 10.5),
    ]
    return [*top, _make_charts(messages), Spacer(0, 14), source]


def _make_back_page(messages: dict[str, Any]) -> list[Any]:
    from reportlab.platypus import Spacer

    lines = [
        _make_paragraph(messages, f"office.{key}", 15, 21)
        for key in ("name", "street", "city", "phone")
    ]
    return [
        _make_heading(messages, "back.head", "white"),
        _make_body(messages, "back.a", "white"),
        Spacer(0, 30.5),
        *lines,
    ]


def _make_heading(messages: dict[str, Any], key: str, fill: str = "black") -> Any:
    return _make_paragraph(messages, key, 26, 30, fill=fill, spaceAfter=14)


def _make_body(messages: dict[str, Any], key: str, fill: str = "black") -> Any:
    return _make_paragraph(messages, key, 12.5, 19, fill=fill, alignment=4, spaceAfter=9.5)


def _make_paragraph(
    messages: dict[str, Any],
    key: str,
    size: float,
    leading: float,
    *,
    fill: str = "white",
    **more: Any,
) -> Any:
    from reportlab.lib.colors import toColor
    from reportlab.lib.styles import ParagraphStyle
    from reportlab.platypus import Paragraph

    style = ParagraphStyle(
        key, fontName=FAMILY, fontSize=size, leading=leading, textColor=toColor(fill), **more
    )
    return Paragraph(messages[key], style)


def _make_charts(messages: dict[str, Any]) -> Any:
    """Return both charts as one flowable."""
    from reportlab.platypus import Flowable

    class Charts(Flowable):
        """Two column charts side by side."""

        def wrap(self, *_: float) -> tuple[float, float]:
            """Return the width of the text and the height of the charts."""
            return 116 * MM, 84 * MM + 24

        def draw(self) -> None:
            """Draw titles, bars, labels and values."""
            for x, name in ((0.0, "working"), (62.0, "days")):
                self.canv.setFillGray(0)
                self.canv.setFont(FAMILY, 12)
                self.canv.drawString(x * MM, 84 * MM + 11, messages[f"{name}.title"])
                self.canv.setFont(FAMILY, 9)
                for bar in lay_out_bars(messages["charts"][name], 54):
                    left, middle = (x + bar.x) * MM, (x + bar.x + bar.width / 2) * MM
                    self.canv.setFillColorRGB(*(EMBER if bar.is_last else DUNE))
                    self.canv.rect(left, 4 * MM, bar.width * MM, bar.height * MM, stroke=0, fill=1)
                    self.canv.setFillGray(0)
                    self.canv.drawCentredString(middle, 0.5 * MM, bar.label)
                    self.canv.drawCentredString(middle, (bar.height + 5) * MM, str(bar.value))

    return Charts()
