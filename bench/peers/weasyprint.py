"""The brochure by WeasyPrint: HTML and CSS, greedy line breaks with hyphenation, images and fonts kept between editions."""

from __future__ import annotations

import json
from collections.abc import Callable, Iterator
from html import escape
from pathlib import Path
from typing import Any

from bench.peers.chart import MAX_BAR_HEIGHT, lay_out_bars
from bench.peers.source_files import FAMILY, FONT, IMAGES

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

CMYK_COLOURS = {
    "rgb(27, 42, 60)": "device-cmyk(92% 75% 48% 52%)",
    "rgb(214, 69, 27)": "device-cmyk(0% 86% 100% 9%)",
    "rgb(222, 206, 176)": "device-cmyk(10% 16% 28% 2%)",
}
"""The CMYK colours for the press, as in `bench.peers.ours`."""

PRESS_STYLE = """
@color-profile device-cmyk { src: url(press.icc) }
@page { size: 148mm 210mm; bleed: 3mm; margin: 19mm 16mm }
body { color: device-cmyk(0% 0% 0% 100%) }
.photograph > img, .photograph > div { margin: -3mm 0 0 -3mm }
.photograph, .dark { color: device-cmyk(0% 0% 0% 0%) }
"""


def make_builder(folder: Path, purpose: str = "") -> Callable[[Path, Path], None]:
    """Return a function that builds an edition from its file."""
    from weasyprint import CSS, HTML
    from weasyprint.text.fonts import FontConfiguration

    fonts = FontConfiguration()
    style = CSS(
        string=_convert_colours(STYLE, purpose) + (PRESS_STYLE if purpose == "press" else ""),
        base_url=str(folder / "brochure.css"),
        font_config=fonts,
    )
    cache: dict[Any, Any] = {}

    def build(edition: Path, out: Path) -> None:
        messages = json.loads(edition.read_text(encoding="utf-8"))
        html = _convert_colours(_make_html(messages), purpose)
        document = HTML(string=html, base_url=str(folder / "brochure.html"))
        document.write_pdf(
            out, stylesheets=[style], font_config=fonts, cache=cache, **OPTIONS[purpose]
        )

    return build


def _convert_colours(text: str, purpose: str) -> str:
    """Convert the colours of CSS or HTML to CMYK if the purpose is `press`."""
    for rgb, cmyk in CMYK_COLOURS.items() if purpose == "press" else ():
        text = text.replace(rgb, cmyk)
    return text


def _make_html(messages: dict[str, Any]) -> str:
    def make_line(element: str, key: str) -> str:
        tag, _, name = element.partition(".")
        attribute = f' class="plain {name}"' if name else ""
        return f"<{tag}{attribute}>{escape(messages[key])}</{tag}>"

    def make_photograph(index: int, *lines: tuple[str, str]) -> str:
        text = "".join(make_line(*one) for one in lines)
        image = f'<img src="images/{IMAGES[index]}" alt="">'
        return f'<section class="photograph">{image}<div>{text}</div></section>'

    def make_story(name: str) -> str:
        parts = "".join(make_line("p", f"{name}.{part}") for part in "abc")
        return f"<section>{make_line('h2', f'{name}.head')}{parts}</section>"

    charts = "".join(
        f"<div>{make_line('h3', f'{name}.title')}{_make_chart(messages['charts'][name])}</div>"
        for name in ("working", "days")
    )
    office = "".join(
        make_line("p.lead", f"office.{key}") for key in ("name", "street", "city", "phone")
    )
    pages = [
        make_photograph(
            0, ("h1", "cover.title"), ("p.lead", "cover.subtitle"), ("p.note", "office.name")
        ),
        make_story("first"),
        make_story("second"),
        make_photograph(1, ("p.words", "quote.words"), ("p.note", "quote.by")),
        f"<section>{make_line('h2', 'figures.head')}{make_line('p', 'figures.lead')}"
        f'<div class="charts">{charts}</div>{make_line("p.note", "figures.source")}</section>',
        make_story("third"),
        make_photograph(2, ("p.words", "close.words"), ("p.note", "close.by")),
        f'<section class="dark">{make_line("h2", "back.head")}{make_line("p", "back.a")}'
        f'<div class="office">{office}</div></section>',
    ]
    title = escape(messages["cover.title"])
    return (
        f'<html lang="en"><head><title>{title}</title></head><body>{"".join(pages)}</body></html>'
    )


def _make_chart(chart: list[tuple[str, int]]) -> str:
    return f'<svg alt="chart" viewBox="0 0 54 84">{"".join(_draw_bars(chart))}</svg>'


def _draw_bars(chart: list[tuple[str, int]]) -> Iterator[str]:
    baseline = MAX_BAR_HEIGHT + 8
    for bar in lay_out_bars(chart, 54):
        fill = "rgb(214, 69, 27)" if bar.is_last else "rgb(222, 206, 176)"
        middle = bar.x + bar.width / 2
        yield f'<rect x="{bar.x}" y="{baseline - bar.height}" width="{bar.width}" height="{bar.height}" fill="{fill}"/>'
        for text, y in ((bar.label, baseline + 3.5), (str(bar.value), baseline - bar.height - 1)):
            yield f'<text x="{middle}" y="{y}" font-size="3.175" text-anchor="middle">{text}</text>'
