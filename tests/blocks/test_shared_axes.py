"""Charts that share an axis: limits that include the values of all, in any kind, frame and page, also after a rebuild."""

from __future__ import annotations

from collections.abc import Mapping

import pytest

from brochure.api import lay_out, lay_out_edition, open_job, resolve_edition
from brochure.build_values import LaidOut
from brochure.geometry import Rect
from brochure.model.display_list import GlyphRun, Page, Path, bounds
from brochure.model.page_dump import dump
from brochure.project import MemoryProject

LAYOUT = """\
brochure: test
size: 300 x 400 pt
binding: none
swatches: {ember: cmyk 0 72 92 6}
variables: {most: 90}
grid: {margins: {top: 20 pt, bottom: 20 pt, inner: 20 pt, outer: 20 pt}}
paragraph-styles: {axis: {font: Source Sans 3, size: 8 pt, leading: 10 pt}}
pages:
  - frames: {one: {at: margins, content: [ONE]}}
  - frames: {two: {at: margins, content: [TWO]}}
"""
COPY = "a: A\nb: B\nc: C\ns: Series one\nt: Series two\n"
KEYS = "alt: none, height: 100 pt, colour: ember"


def chart(kind: str, data: str, *keys: str) -> str:
    return f"{{{kind}: {data}, {', '.join([KEYS, *keys])}}}"


def project(one: str, two: str, files: Mapping[str, str] | None = None) -> MemoryProject:
    written = {
        "brochure.yaml": LAYOUT.replace("ONE", one).replace("TWO", two),
        "content/en.yaml": COPY,
        **(files or {}),
    }
    return MemoryProject({name: text.encode() for name, text in written.items()})


def drawn(one: str, two: str, files: Mapping[str, str] | None = None) -> LaidOut:
    made = lay_out(project(one, two, files))
    assert not made.findings
    return made


def ticks(page: Page) -> list[float]:
    texts = [item.glyphs.text.replace(",", "") for item in page.items if isinstance(item, GlyphRun)]
    return sorted(float(text) for text in texts if text.replace("−", "").isdigit())


def columns(page: Page) -> list[Rect]:
    return [
        bounds(item.outlines)
        for item in page.items
        if isinstance(item, Path) and item.fill and len(item.outlines[0].segments) == 3
    ]


LOW = "[{label: a, value: 3}, {label: b, value: 9}]"
HIGH = "[{label: a, value: 60}, {label: b, value: 87}]"
SHARED = "share-axis: growth"


@pytest.mark.parametrize("kind", ["line-chart", "area-chart"])
def test_lines_have_the_axis_of_the_largest_values(kind: str) -> None:
    made = drawn(chart(kind, LOW, SHARED), chart(kind, HIGH, SHARED))
    assert ticks(made.pages[0]) == ticks(made.pages[1]) == [0, 20, 40, 60, 80, 100]
    apart = drawn(chart(kind, LOW), chart(kind, HIGH))
    assert ticks(apart.pages[0]) == [0, 2, 4, 6, 8, 10]


def test_columns_are_to_one_scale() -> None:
    made = drawn(chart("column-chart", LOW, SHARED), chart("column-chart", HIGH, SHARED))
    one, other = columns(made.pages[0]), columns(made.pages[1])
    assert one[1].height / other[1].height == pytest.approx(9 / 87)


def test_bars_of_one_and_of_several_series_share() -> None:
    several = "[{label: a, value: [3, 70]}, {label: b, value: [9, 3]}]"
    keys = ("stacked: yes", "series: [s, t]", SHARED)
    made = drawn(chart("column-chart", several, *keys), chart("column-chart", LOW, SHARED))
    heights = [max(rect.height for rect in columns(page)) for page in made.pages]
    # The stack is 73 high, its largest part 70; the other chart has 9.
    assert ticks(made.pages[0])[-1] == 80
    assert heights[1] < heights[0]


def test_an_axis_that_a_chart_states_is_that_of_all() -> None:
    made = drawn(
        chart("line-chart", LOW, SHARED, "axis: 0..120", "step: 40"),
        chart("line-chart", HIGH, SHARED, "step: 40"),
    )
    assert ticks(made.pages[0]) == ticks(made.pages[1]) == [0, 40, 80, 120]


def test_lines_far_from_0_share_an_axis_without_it_unless_bars_share_it() -> None:
    far = "[{label: a, value: 960}, {label: b, value: 981}]"
    near = "[{label: a, value: 942}, {label: b, value: 950}]"
    made = drawn(chart("line-chart", far, SHARED), chart("line-chart", near, SHARED))
    assert ticks(made.pages[0]) == ticks(made.pages[1])
    assert ticks(made.pages[0])[0] == 940
    made = drawn(chart("line-chart", far, SHARED), chart("column-chart", near, SHARED))
    assert ticks(made.pages[0])[0] == 0


def test_scatter_charts_share_both_axes() -> None:
    one = "[{label: none, x: 4, value: 30}, {label: none, x: 5, value: 20}]"
    other = "[{label: none, x: 40, value: 3}, {label: none, x: 90, value: 2}]"
    made = drawn(chart("scatter-chart", one, SHARED), chart("scatter-chart", other, SHARED))
    assert ticks(made.pages[0]) == ticks(made.pages[1])
    assert {30.0, 80.0} <= set(ticks(made.pages[0]))


def test_axes_are_shared_with_files_and_in_repeats() -> None:
    made = drawn(
        chart("line-chart", "{from: d.csv}", SHARED),
        "{repeat: {from: [{n: a}, {n: b}]}, content: [" + chart("line-chart", LOW, SHARED) + "]}",
        files={"assets/d.csv": "Year,Income\n2001,60\n2002,430\n"},
    )
    assert ticks(made.pages[0])[-2:] == [2001, 2002]
    assert set(ticks(made.pages[1])) == {0, 100, 200, 300, 400, 500}


def test_other_names_are_other_axes() -> None:
    made = lay_out(
        project(
            chart("line-chart", LOW, "share-axis: growth"),
            chart("line-chart", HIGH, "share-axis: grwth"),
        )
    )
    assert [one.code for one in made.findings] == ["chart-axis-alone"] * 2
    assert [one.span.line for one in made.findings if one.span] == [9, 10]


def pages_of(made: LaidOut) -> list[str]:
    return [dump(page) for page in made.pages]


@pytest.mark.parametrize(
    ("before", "after"), [("value: 87", "value: 870"), ("most: 90", "most: 990"), ("x", "x")]
)
def test_a_chart_is_drawn_again_when_another_one_changes(before: str, after: str) -> None:
    files = project(
        chart("line-chart", LOW, SHARED),
        chart("line-chart", HIGH.replace("60", "most"), SHARED),
    )
    texts = {name: data.decode() for name, data in files.files.items()}
    job = open_job(files)
    lay_out_edition(job, resolve_edition(job, None, None))
    texts["brochure.yaml"] = texts["brochure.yaml"].replace(before, after)
    changed = MemoryProject({name: text.encode() for name, text in texts.items()})
    again = open_job(changed, job)
    made = lay_out_edition(again, resolve_edition(again, None, None))
    assert pages_of(made) == pages_of(lay_out(changed))


def test_errors_of_a_chart_are_reported_once_for_that_chart() -> None:
    wrong = "[{label: a, value: [1, 2]}]"
    made = lay_out(project(chart("line-chart", wrong, SHARED), chart("line-chart", LOW, SHARED)))
    assert [one.code for one in made.findings] == ["chart-series"]
