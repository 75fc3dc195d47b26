"""Structure elements of each block kind, as read by pypdf, with their attributes."""

from __future__ import annotations

from pathlib import Path

import pytest

from brochure.blocks import KINDS
from tests.structure.brochures import tagged
from tests.structure.conformance import assert_conforms
from tests.structure.tagged import outline_of

CASES: dict[str, tuple[str, str, list[str]]] = {
    "title": ("- title: head", "", ["H1 'What was found'"]),
    "subtitle": ("- subtitle: words", "", ["P 'Words that are read.'"]),
    # Levels 3, 3, 5, 2 without a heading above: no level is skipped, and equal levels stay equal.
    "heading": (
        "- {heading: head, level: 3}\n- {heading: head, level: 3}\n- {heading: head, level: 5}\n- {heading: head, level: 2}",
        "",
        [
            "H1 'What was found'",
            "H1 'What was found'",
            "H2 'What was found'",
            "H1 'What was found'",
        ],
    ),
    "text": ("- text: two", "", ["P 'The first of two paragraphs.'", "P 'The second of them.'"]),
    "list": (
        "- {list: [words, two], marker: number}",
        "",
        [
            "L ListNumbering=/Decimal",
            "  LI",
            "    Lbl '1.'",
            "    LBody",
            "      P 'Words that are read.'",
            "  LI",
            "    Lbl '2.'",
            "    LBody",
            "      P 'The first of two paragraphs.'",
            "      P 'The second of them.'",
        ],
    ),
    "quote": (
        "- {quote: words, by: caption, footnote: credit}",
        "",
        [
            "BlockQuote",
            "  P 'Words that are read.'",
            "  Caption",
            "    P 'What it shows'",
            "Note 'Who made it'",
        ],
    ),
    "image": (
        "- {image: a.jpg, alt: alt, height: 60 pt, caption: caption, credit: credit}\n"
        "- {image: sign.svg, alt: alt, height: 20 pt}\n- {image: sign.svg, alt: none, height: 20 pt}",
        "",
        [
            "Div",
            "  Figure alt 'What is seen.'",
            "  Caption 'What it shows'",
            "  Caption 'Who made it'",
            "Figure alt 'What is seen.'",
        ],
    ),
    "form": (
        "- form: [{line: credit}, {boxes: [caption]}]",
        "",
        [
            "P",
            "  Span 'Who made it'",
            "  Form Role=/tv alt 'Who made it'",
            "P",
            "  Form Role=/cb checked=/off alt 'What it shows'",
            "  Span 'What it shows'",
        ],
    ),
    "box": (
        "- {box: [{heading: head, level: 1}, {text: words}], background: sand}",
        "",
        ["H1 'What was found'", "P 'Words that are read.'"],
    ),
    "stat": (
        "- {stat: figure, label: words}",
        "figure: '{rescued, number}'",
        ["P '1,775'", "P 'Words that are read.'"],
    ),
    "rule": ("- text: words\n- {rule: 100%}", "", ["P 'Words that are read.'"]),
    "notes": (
        "- text: marked\n- notes:",
        "marked: 'A fact.[^one]'\nnotes: {one: Its *source*.}",
        [
            "P 'A fact.1'",
            "  Reference",
            "    Link to # '1'",
            "Note",
            "  Lbl",
            "    Link to # '1'",
            "  P 'Its source.'",
        ],
    ),
    "contents": (
        "- {contents: [2], leader: ''}\n- heading: head",
        "",
        [
            "TOC",
            "  TOCI",
            "    Reference",
            "      Link to # 'What was found\\t1'",
            "H1 'What was found'",
        ],
    ),
    "folio": ("- text: words\n- folio:", "", ["P 'Words that are read.'"]),
    "column-break": ("- text: words\n- column-break:", "", ["P 'Words that are read.'"]),
    "contact": (
        "- contact: head\n  numbers: [{label: t, text: phone}]\n  addresses: [web]",
        "t: T\nphone: 519.679.5030\nweb: IJM.org",
        [
            "P 'What was found'",
            "P",
            "  Span 'T'",
            "  Span",
            "    Link to tel:5196795030 '519.679.5030'",
            "P",
            "  Span",
            "    Link to https://ijm.org 'IJM.org'",
        ],
    ),
    "qr": (
        "- {qr: web, alt: alt, caption: caption}",
        "web: https://example.org/a",
        [
            "Div",
            "  Link to https://example.org/a",
            "    Figure alt 'What is seen.'",
            "  Caption 'What it shows'",
        ],
    ),
    "table": (
        """
        - table:
            - [{text: a, rows: 2}, {text: b, columns: 2}]
            - [c, d]
            - [e, {value: 12.5}, none]
          head: 2
          row-heads: 1
          caption: caption
          source: credit
        """,
        "a: Place\nb: Wells\nc: in use\nd: idle\ne: Upper reach",
        [
            "Table",
            "  Caption 'What it shows'",
            "  TR",
            "    TH RowSpan=2 Scope=/Column",
            "      P 'Place'",
            "    TH ColSpan=2 Scope=/Column",
            "      P 'Wells'",
            "  TR",
            "    TH Scope=/Column",
            "      P 'in use'",
            "    TH Scope=/Column",
            "      P 'idle'",
            "  TR",
            "    TH Scope=/Row",
            "      P 'Upper reach'",
            "    TD",
            "      P '12.5'",
            "    TD",
            "P 'Who made it'",
        ],
    ),
}

DATA = "[{label: a, value: 100}, {label: b, value: 27, note: c}]"
CHART_COPY = "a: Start\nb: Now\nc: or less"
CHARTS = ("bar-chart", "column-chart", "before-after", "donut")

for kind in CHARTS:
    # The alternative text mentions no figures, so they are added to it.
    CASES[kind] = (
        f"- {kind}: {DATA}\n  alt: alt\n  title: caption\n  source: credit",
        CHART_COPY,
        [
            "Div",
            "  Caption 'What it shows'",
            "  Figure alt 'What is seen. Start: 100; Now: 27 or less.'",
            "  P 'Who made it'",
        ],
    )


def table_rows(*rows: list[str]) -> list[str]:
    """Return the elements of the data of a chart, whose texts are hidden."""
    lines = ["  Table"]
    for at, row in enumerate(rows):
        lines.append("    TR")
        for column, text in enumerate(row):
            scope = "Column" if not at else "Row"
            lines.append("      TD" if at and column else f"      TH Scope=/{scope}")
            lines.append(f"        Span '{text}'" if text else "        Span")
    return lines


LINES = "[{label: a, value: [100, 90]}, {label: b, value: [27, 30]}]"
for kind in ("line-chart", "area-chart"):
    CASES[kind] = (
        f"- {kind}: {LINES}\n  series: [c, caption]\n  alt: alt\n  title: caption\n  source: credit",
        CHART_COPY,
        [
            "Div",
            "  Caption 'What it shows'",
            "  Figure alt 'What is seen.'",
            *table_rows(
                ["", "or less", "What it shows"], ["Start", "100", "90"], ["Now", "27", "30"]
            ),
            "  P 'Who made it'",
        ],
    )
POINTS = "[{label: a, x: 100, value: 90}, {label: b, x: 27, value: 30}]"
CASES["scatter-chart"] = (
    f"- scatter-chart: {POINTS}\n  alt: alt\n  x-unit: c\n  unit: caption",
    CHART_COPY,
    [
        "Div",
        "  Figure alt 'What is seen.'",
        *table_rows(["", "or less", "What it shows"], ["Start", "100", "90"], ["Now", "27", "30"]),
    ],
)
PLACES = "[{label: a, x: 20%, y: 20%, value: 90}, {label: b, x: 70%, y: 60%, value: none}]"
CASES["symbol-map"] = (
    f"- symbol-map: {PLACES}\n  map: sign.svg\n  alt: alt\n  height: 40 pt\n  title: caption\n  unit: c",
    CHART_COPY,
    [
        "Div",
        "  Caption 'What it shows'",
        "  Figure alt 'What is seen.'",
        *table_rows(["", "or less"], ["Start", "90"], ["Now", "–"]),
    ],
)
SHARES = "[{label: a, value: 100}, {label: b, value: 27}]"
CASES["waffle-chart"] = (
    f"- waffle-chart: {SHARES}\n  alt: alt\n  title: caption\n  source: credit",
    CHART_COPY,
    [
        "Div",
        "  Caption 'What it shows'",
        "  Figure alt 'What is seen. Start: 100; Now: 27.'",
        "  P 'Who made it'",
    ],
)


@pytest.mark.parametrize("kind", KINDS.names())
def test_a_block_has_its_elements(kind: str) -> None:
    blocks, copy, wanted = CASES[kind]
    got = outline_of(tagged(blocks, copy))
    assert got == wanted


@pytest.mark.parametrize("kind", KINDS.names())
def test_a_block_conforms(kind: str, tmp_path: Path) -> None:
    blocks, copy, _ = CASES[kind]
    assert_conforms(tagged(blocks, copy), tmp_path)
