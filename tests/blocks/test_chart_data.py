"""Charts from data files: entries, formats, highlights and errors."""

from __future__ import annotations

import pytest

from brochure.color.swatch import Cmyk
from brochure.model.display_list import bounds
from tests.blocks.setting import Scene, SetPage, placed

COPY = """
a:
  gifts: All gifts
  alt: Where the money comes from
"""
DATA = """\
Source,2024,2025,Share
Gifts,642.0,"1,388.0",70 %
Shops,88.3,97.1,5 %
Fees,100,495,25 %
"""
KINDS = ["bar-chart", "column-chart", "donut"]


def chart(
    source: str, kind: str = "bar-chart", expect: tuple[str, ...] = (), data: str = DATA
) -> SetPage:
    blocks = f"- {kind}: {{from: data.csv, {source}}}\n  alt: a.alt\n  colour: ink\n"
    return placed(blocks, COPY, Scene(width=240, files={"assets/data.csv": data.encode()}), expect)


def texts(page: SetPage) -> list[str]:
    return [text for text, _, _ in page.lines]


def by_hand(kind: str, entries: str) -> SetPage:
    copy = COPY + "  shops: Shops\n  fees: Fees\n"
    blocks = f"- {kind}:\n{entries}  alt: a.alt\n  colour: ink\n"
    if kind != "donut":
        blocks += "  decimals: 1\n"
    return placed(blocks, copy, Scene(width=240))


@pytest.mark.parametrize("kind", KINDS)
def test_a_chart_from_a_file_is_as_one_from_the_layout(kind: str) -> None:
    from_file = chart('value: "2025", labels: {Gifts: a.gifts}, colours: {Fees: ember}', kind)
    written = by_hand(
        kind,
        "    - {label: a.gifts, value: 1388}\n    - {label: a.shops, value: 97.1}\n"
        "    - {label: a.fees, value: 495, colour: ember}\n",
    )
    assert texts(from_file) == texts(written)
    assert from_file.paths == written.paths
    assert [run.x for run in from_file.runs] == [run.x for run in written.runs]
    assert Cmyk(0.0, 0.72, 0.92, 0.06) in [
        path.fill.colour for path in from_file.paths if path.fill
    ]


def test_the_alternative_text_has_the_entries() -> None:
    page = chart('value: "2025"')
    assert any("Shops: 97.1" in item.tag.alt for item in page.items if hasattr(item, "tag"))


def test_the_first_two_columns_are_the_default() -> None:
    assert {"Gifts", "642.0", "Shops", "88.3", "Fees", "100.0"} == set(texts(chart("limit: 3")))


def test_percentages_filters_and_order() -> None:
    page = chart("value: Share, where: {Share: '> 5'}, sort: Share")
    assert texts(page) == ["Fees", "25%", "Gifts", "70%"]


def test_longer_bars_have_larger_values() -> None:
    widths = [bounds(path.outlines).width for path in chart('value: "2025"').paths if path.fill]
    assert widths[0] > widths[2] > widths[1]


@pytest.mark.parametrize(
    ("source", "code", "message"),
    [
        ("label: Sorce", "data-column", "did you mean 'Source'?"),
        ("value: '2026'", "data-column", "did you mean '2025'?"),
        ("value: Source", "data-number", "assets/data.csv:2:1: 'Gifts' in the column 'Source'"),
        ("where: {Source: none}", "data-condition", "no row of assets/data.csv has 'none'"),
    ],
)
def test_errors_name_the_column_or_the_cell(source: str, code: str, message: str) -> None:
    codes = (code, "data-empty") if code == "data-condition" else (code,)
    page = chart(source, expect=codes)
    assert any(message in str(finding) for finding in page.findings)


def test_texts_with_a_message_are_unknown_values() -> None:
    data = DATA.replace("642.0", "n/a")
    assert "–" in texts(chart("labels: {n/a: a.gifts}", data=data))


def test_rows_without_a_label_and_files_with_one_column() -> None:
    chart("limit: 3", expect=("data-label",), data=DATA.replace("Shops", ""))
    chart("limit: 3", expect=("data-column",), data="A\n1\n")


def test_a_chart_with_too_many_entries() -> None:
    chart("limit: 2000", expect=("chart-data",), data="A,B\n" + "x,1\n" * 1001)


def test_a_wrong_key_is_reported_for_the_kind_of_entry_that_was_meant() -> None:
    from brochure.errors import InputError

    with pytest.raises(InputError, match="unknown key 'lable' in chart source"):
        chart("lable: Source")
    with pytest.raises(InputError, match="datum needs 'value'"):
        placed("- bar-chart:\n    - {label: a.gifts}\n  alt: none\n", COPY)
