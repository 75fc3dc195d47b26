"""The brochure by ReportLab's own layout: greedy lines, no hyphens, no shaping, the font opened once.

Streams are written plain (`rl_config.useA85 = 0`); as it comes, ReportLab writes pictures in slow ASCII85.
"""

from __future__ import annotations

import json
from collections.abc import Callable
from pathlib import Path
from typing import Any

from bench.peers.chart import bars
from bench.peers.matter import FAMILY, Matter

NIGHT, EMBER, DUNE = (
    (27 / 255, 42 / 255, 60 / 255),
    (214 / 255, 69 / 255, 27 / 255),
    (222 / 255, 206 / 255, 176 / 255),
)
MM = 72 / 25.4
WIDE, HIGH = 154 * MM, 216 * MM
PHOTOGRAPHS = (1, 4, 7)
BACK = 8


def opened(folder: Path, purpose: str = "") -> Callable[[Path, Path], None]:
    """Return what builds an edition from the file of its words; it writes RGB for every purpose."""
    from reportlab import rl_config
    from reportlab.pdfbase import pdfmetrics
    from reportlab.pdfbase.ttfonts import TTFont

    rl_config.useA85 = 0
    matter = Matter(folder)
    pdfmetrics.registerFont(TTFont(FAMILY, str(matter.font)))

    def build(words: Path, out: Path) -> None:
        from reportlab.platypus import BaseDocTemplate, Frame, PageTemplate

        document = BaseDocTemplate(str(out), pagesize=(WIDE, HIGH), pageCompression=1)
        page, low = (19 * MM, 22 * MM, 116 * MM, 172 * MM), (19 * MM, 22 * MM, 116 * MM, 42 * MM)
        nothing: dict[str, Any] = {
            "leftPadding": 0,
            "rightPadding": 0,
            "topPadding": 0,
            "bottomPadding": 0,
        }
        document.addPageTemplates(
            [
                PageTemplate("photograph", [Frame(*low, **nothing)], onPage=_photograph(matter)),
                PageTemplate("text", [Frame(*page, **nothing)]),
                PageTemplate("back", [Frame(*page, **nothing)], onPage=_dark),
            ]
        )
        document.build(_story(json.loads(words.read_text(encoding="utf-8"))))

    return build


def _photograph(matter: Matter) -> Callable[[Any, Any], None]:
    def painted(canvas: Any, document: Any) -> None:
        canvas.drawImage(str(matter.picture(PHOTOGRAPHS.index(document.page))), 0, 0, WIDE, HIGH)
        canvas.setFillColorRGB(*NIGHT)
        canvas.rect(0, 0, WIDE, 72 * MM, stroke=0, fill=1)

    return painted


def _dark(canvas: Any, _: Any) -> None:
    canvas.setFillColorRGB(*NIGHT)
    canvas.rect(0, 0, WIDE, HIGH, stroke=0, fill=1)


def _story(words: dict[str, Any]) -> list[Any]:
    """The pages in a row, each with what turns to the next."""
    pages = [
        (
            "photograph",
            [
                _set(words, "cover.title", 30, 36),
                _set(words, "cover.subtitle", 15, 21),
                *_note(words, "office.name"),
            ],
        ),
        ("text", _text(words, "first")),
        ("text", _text(words, "second")),
        ("photograph", [_set(words, "quote.words", 20, 27), *_note(words, "quote.by")]),
        ("text", _figures(words)),
        ("text", _text(words, "third")),
        ("photograph", [_set(words, "close.words", 20, 27), *_note(words, "close.by")]),
        ("back", _back(words)),
    ]
    return _turned(pages)


def _turned(pages: list[tuple[str, list[Any]]]) -> list[Any]:
    from reportlab.platypus import NextPageTemplate, PageBreak

    story: list[Any] = []
    for at, (_, matter) in enumerate(pages):
        following = pages[at + 1][0] if at + 1 < len(pages) else ""
        story += [*matter, *([NextPageTemplate(following), PageBreak()] if following else [])]
    return story


def _text(words: dict[str, Any], name: str) -> list[Any]:
    return [_head(words, f"{name}.head"), *(_body(words, f"{name}.{part}") for part in "abc")]


def _note(words: dict[str, Any], key: str) -> list[Any]:
    from reportlab.platypus import Spacer

    return [Spacer(0, 8), _set(words, key, 9, 13)]


def _figures(words: dict[str, Any]) -> list[Any]:
    from reportlab.platypus import Spacer

    source = _set(words, "figures.source", 9, 13, fill="black")
    top = [_head(words, "figures.head"), _body(words, "figures.lead"), Spacer(0, 10.5)]
    return [*top, _charts(words), Spacer(0, 14), source]


def _back(words: dict[str, Any]) -> list[Any]:
    from reportlab.platypus import Spacer

    lines = [_set(words, f"office.{key}", 15, 21) for key in ("name", "street", "city", "phone")]
    return [
        _head(words, "back.head", "white"),
        _body(words, "back.a", "white"),
        Spacer(0, 30.5),
        *lines,
    ]


def _head(words: dict[str, Any], key: str, fill: str = "black") -> Any:
    return _set(words, key, 26, 30, fill=fill, spaceAfter=14)


def _body(words: dict[str, Any], key: str, fill: str = "black") -> Any:
    return _set(words, key, 12.5, 19, fill=fill, alignment=4, spaceAfter=9.5)


def _set(
    words: dict[str, Any],
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
    return Paragraph(words[key], style)


def _charts(words: dict[str, Any]) -> Any:
    """Both charts, as one flowable."""
    from reportlab.platypus import Flowable

    class Charts(Flowable):
        """Two column charts side by side."""

        def wrap(self, *_: float) -> tuple[float, float]:
            """As wide as the measure."""
            return 116 * MM, 84 * MM + 24

        def draw(self) -> None:
            """Bars, then what is written."""
            for x, name in ((0.0, "working"), (62.0, "days")):
                self.canv.setFillGray(0)
                self.canv.setFont(FAMILY, 12)
                self.canv.drawString(x * MM, 84 * MM + 11, words[f"{name}.title"])
                self.canv.setFont(FAMILY, 9)
                for bar in bars(words["charts"][name], 54):
                    left, middle = (x + bar.x) * MM, (x + bar.x + bar.width / 2) * MM
                    self.canv.setFillColorRGB(*(EMBER if bar.last else DUNE))
                    self.canv.rect(left, 4 * MM, bar.width * MM, bar.height * MM, stroke=0, fill=1)
                    self.canv.setFillGray(0)
                    self.canv.drawCentredString(middle, 0.5 * MM, bar.label)
                    self.canv.drawCentredString(middle, (bar.height + 5) * MM, str(bar.value))

    return Charts()
