"""The brochure by WeasyPrint: HTML and CSS, hyphenated, greedy lines, pictures and fonts kept from edition to edition."""

from __future__ import annotations

import json
from collections.abc import Callable, Iterator
from html import escape
from pathlib import Path
from typing import Any

from bench.peers.chart import TALLEST, bars
from bench.peers.matter import FAMILY, FONT, PICTURES

STYLE = f"""
@font-face {{ font-family: "{FAMILY}"; src: url(fonts/{FONT}) }}
@page {{ size: 154mm 216mm; margin: 22mm 19mm }}
@page dark {{ background: rgb(27, 42, 60) }}
@page photograph {{ margin: 0 }}
* {{ margin: 0; padding: 0 }}
body {{ font: 12.5pt/19pt "{FAMILY}"; hyphens: auto }}
section {{ break-after: page }}
.photograph {{ page: photograph; position: relative; width: 154mm; height: 216mm; color: white }}
.photograph > img {{ position: absolute; width: 154mm; height: 216mm }}
.photograph > div {{ position: absolute; bottom: 0; left: 0; width: 116mm; height: 42mm; padding: 8mm 19mm 22mm;
  background: rgb(27, 42, 60) }}
.dark {{ page: dark; color: white; break-after: auto }}
h1, h2, h3, .plain {{ font-weight: normal; text-align: left; hyphens: none; margin: 0 }}
h1 {{ font-size: 30pt; line-height: 36pt }}
h2 {{ font-size: 26pt; line-height: 30pt; margin-bottom: 14pt }}
h3 {{ font-size: 12pt; line-height: 18pt; margin-bottom: 6pt }}
p {{ text-align: justify; margin-bottom: 9.5pt }}
.lead {{ font-size: 15pt; line-height: 21pt }}
.words {{ font-size: 20pt; line-height: 27pt }}
.note {{ font-size: 9pt; line-height: 13pt }}
.photograph .note {{ margin-top: 8pt }}
.charts {{ display: flex; gap: 8mm; margin: 10.5pt 0 14pt }}
.charts div {{ width: 54mm }}
svg {{ display: block; width: 54mm; height: 84mm; font: 9pt "{FAMILY}" }}
.office {{ margin-top: 30.5pt }}
"""


OPTIONS: dict[str, dict[str, Any]] = {
    "": {},
    "press": {"pdf_variant": "pdf/x-4"},
    "tagged": {"pdf_variant": "pdf/ua-1"},
}

INKS = {
    "rgb(27, 42, 60)": "device-cmyk(92% 75% 48% 52%)",
    "rgb(214, 69, 27)": "device-cmyk(0% 86% 100% 9%)",
    "rgb(222, 206, 176)": "device-cmyk(10% 16% 28% 2%)",
}
"""The colours of the brochure for the press, as in our layout."""

FOR_PRESS = """
@color-profile device-cmyk { src: url(press.icc) }
@page { size: 148mm 210mm; bleed: 3mm; margin: 19mm 16mm }
body { color: device-cmyk(0% 0% 0% 100%) }
.photograph > img, .photograph > div { margin: -3mm 0 0 -3mm }
.photograph, .dark { color: device-cmyk(0% 0% 0% 0%) }
"""


def opened(folder: Path, purpose: str = "") -> Callable[[Path, Path], None]:
    """Return what builds an edition from the file of its words."""
    from weasyprint import CSS, HTML
    from weasyprint.text.fonts import FontConfiguration

    fonts = FontConfiguration()
    style = CSS(
        string=_for_purpose(STYLE, purpose) + (FOR_PRESS if purpose == "press" else ""),
        base_url=str(folder / "brochure.css"),
        font_config=fonts,
    )
    cache: dict[Any, Any] = {}

    def build(words: Path, out: Path) -> None:
        said = json.loads(words.read_text(encoding="utf-8"))
        html = _for_purpose(_html(said), purpose)
        document = HTML(string=html, base_url=str(folder / "brochure.html"))
        document.write_pdf(
            out, stylesheets=[style], font_config=fonts, cache=cache, **OPTIONS[purpose]
        )

    return build


def _for_purpose(text: str, purpose: str) -> str:
    """Return the CSS or HTML with its colours in CMYK if it is for the press."""
    for rgb, inks in INKS.items() if purpose == "press" else ():
        text = text.replace(rgb, inks)
    return text


def _html(words: dict[str, Any]) -> str:
    def line(element: str, key: str) -> str:
        tag, _, named = element.partition(".")
        kind = f' class="plain {named}"' if named else ""
        return f"<{tag}{kind}>{escape(words[key])}</{tag}>"

    def photograph(at: int, *lines: tuple[str, str]) -> str:
        inside = "".join(line(*one) for one in lines)
        picture = f'<img src="pictures/{PICTURES[at]}" alt="">'
        return f'<section class="photograph">{picture}<div>{inside}</div></section>'

    def story(name: str) -> str:
        parts = "".join(line("p", f"{name}.{part}") for part in "abc")
        return f"<section>{line('h2', f'{name}.head')}{parts}</section>"

    charts = "".join(
        f"<div>{line('h3', f'{name}.title')}{_chart(words['charts'][name])}</div>"
        for name in ("working", "days")
    )
    office = "".join(line("p.lead", f"office.{key}") for key in ("name", "street", "city", "phone"))
    pages = [
        photograph(
            0, ("h1", "cover.title"), ("p.lead", "cover.subtitle"), ("p.note", "office.name")
        ),
        story("first"),
        story("second"),
        photograph(1, ("p.words", "quote.words"), ("p.note", "quote.by")),
        f"<section>{line('h2', 'figures.head')}{line('p', 'figures.lead')}"
        f'<div class="charts">{charts}</div>{line("p.note", "figures.source")}</section>',
        story("third"),
        photograph(2, ("p.words", "close.words"), ("p.note", "close.by")),
        f'<section class="dark">{line("h2", "back.head")}{line("p", "back.a")}<div class="office">{office}</div></section>',
    ]
    title = escape(words["cover.title"])
    return (
        f'<html lang="en"><head><title>{title}</title></head><body>{"".join(pages)}</body></html>'
    )


def _chart(chart: list[tuple[str, int]]) -> str:
    return f'<svg alt="chart" viewBox="0 0 54 84">{"".join(_drawn(chart))}</svg>'


def _drawn(chart: list[tuple[str, int]]) -> Iterator[str]:
    foot = TALLEST + 8
    for bar in bars(chart, 54):
        fill = "rgb(214, 69, 27)" if bar.last else "rgb(222, 206, 176)"
        middle = bar.x + bar.width / 2
        yield f'<rect x="{bar.x}" y="{foot - bar.height}" width="{bar.width}" height="{bar.height}" fill="{fill}"/>'
        for text, y in ((bar.label, foot + 3.5), (str(bar.value), foot - bar.height - 1)):
            yield f'<text x="{middle}" y="{y}" font-size="3.175" text-anchor="middle">{text}</text>'
