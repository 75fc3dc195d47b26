"""Tables: column widths, spans, decimal alignment, rules, backgrounds and column breaks."""

from __future__ import annotations

from time import process_time
from typing import Any

import pytest

from brochure.api import lay_out
from brochure.blocks.tables.cell_text import decimal_separator
from brochure.blocks.tables.column_widths import WidthRequest, distribute_width
from brochure.color.swatch import Gradient
from brochure.model.display_list import GlyphRun, Path, bounds
from brochure.project import MemoryProject
from tests.blocks.setting import LEFT, TOP, Scene, SetPage, _written, placed

COPY = """
a:
  country: Country
  people: People
  share: Share
  both: What was done
  one: First
  two: Second
  total: Total
  long: Words enough for two lines
  caption: What it shows
  source: Where it comes from
"""
# Cells of 10 pt on 12 pt, 4 pt above and below, 5 pt at the sides.
STYLES = """
cell: {size: 10 pt, leading: 12 pt}
head-cell: {size: 10 pt, leading: 12 pt}
"""
SCENE = Scene(styles=STYLES)
INSET = "inset: {top: 4 pt, bottom: 4 pt, start: 5 pt, end: 5 pt}"
ROWS = "- table:\n    - [a.country, a.people]\n    - [a.one, a.two]\n    - [a.total, a.share]\n"
HALVES = "  columns: [50%, 50%]\n"


def table(
    keys: str, rows: str = ROWS, scene: Scene = SCENE, expect: tuple[str, ...] = ()
) -> SetPage:
    """Place a table with these keys and the insets above."""
    more = "".join(f"  {key}\n" for key in (INSET, *keys.split("; ")) if key)
    return placed(rows + more, COPY, scene, expect)


def row_height(page: SetPage) -> float:
    """Return the height of a one-line row: cap height and two insets of 4 pt."""
    return page.cap_height("cell") + 8


def rules(page: SetPage) -> list[tuple[Any, Any, Any, Any]]:
    """Return left, right, y and thickness of each rule, from the top."""
    matches = [
        (
            bounds(path.outlines).x,
            bounds(path.outlines).right,
            bounds(path.outlines).y,
            path.stroke.width,
        )
        for path in page.paths
        if path.stroke
    ]
    return sorted(matches, key=lambda rule: (-rule[2], rule[0]))


def tints(page: SetPage) -> list[Path]:
    """Return the backgrounds, from the top."""
    matches = [path for path in page.paths if path.fill]
    return sorted(matches, key=lambda path: -bounds(path.outlines).top)


# Rows and columns


def test_rows_are_below_each_other() -> None:
    page = table("columns: [50%, 50%]")
    step = row_height(page)
    first = TOP - 4 - page.cap_height("cell")
    # The second column begins at half of 200 pt, in by 5 pt.
    assert page.lines == [
        ("Country", LEFT, pytest.approx(first)),
        ("People", pytest.approx(155), pytest.approx(first)),
        ("First", LEFT, pytest.approx(first - step)),
        ("Second", pytest.approx(155), pytest.approx(first - step)),
        ("Total", LEFT, pytest.approx(first - 2 * step)),
        ("Share", pytest.approx(155), pytest.approx(first - 2 * step)),
    ]


def test_the_structure_is_that_of_a_table() -> None:
    page = table("row-heads: 1")
    roles = [tuple(role for role, _ in run.tag.path) for run in page.runs]
    head, body = ("Table", "TR", "TH", "P"), ("Table", "TR", "TD", "P")
    assert roles == [head, head, head, body, head, body]
    rows = {run.tag.path[:2] for run in page.runs}
    assert len(rows) == 3
    assert page.run("First").glyphs.face.weight == page.run("Country").glyphs.face.weight == 600


def test_lengths_percentages_and_auto_fill_the_width() -> None:
    page = table("columns: [30 pt, 40%, auto]; rules: [rows]", """- table:
    - [none, a.one, a.two]
    - [none, a.one, a.two]
""")  # fmt: skip
    # 30 pt, then 40% of 200 pt; the insets of 5 pt follow.
    assert page.line("First")[0] == pytest.approx(LEFT + 30 + 5)
    assert page.line("Second")[0] == pytest.approx(LEFT + 30 + 80 + 5)


def test_auto_columns_share_the_measure_by_content() -> None:
    page = table("head: 0", "- table:\n    - [a.one, a.long]\n")
    one, long = page.run("First"), page.run("Words enough for two lines")
    # Natural widths with their inner insets (and 0.01 pt for rounding), widened alike to fill 200 pt.
    requests = [one.glyphs.width + 5.01, long.glyphs.width + 5.01]
    assert long.x - 5 == pytest.approx(LEFT + requests[0] * 200 / sum(requests), abs=0.001)


def test_auto_width_table_is_as_wide_as_its_content() -> None:
    page = table(
        "width: auto; rules: [top]; align: end; head: 0", "- table:\n    - [a.one, a.two]\n"
    )
    wide = page.run("First").glyphs.width + page.run("Second").glyphs.width + 10.02
    assert rules(page) == [(pytest.approx(250 - wide), pytest.approx(250), TOP, 0.6)]


def test_width_is_distributed_between_minimum_and_natural() -> None:
    requests = [WidthRequest(10, 20), WidthRequest(10, 40)]
    # 60 are wanted: half as much again to each. 40 lie half way between 20 and 60.
    assert distribute_width(requests, 90) == pytest.approx([30, 60])
    assert distribute_width(requests, 40) == pytest.approx([15, 25])
    assert distribute_width(requests, 5) == pytest.approx([10, 10])


def test_a_row_is_as_tall_as_its_tallest_cell() -> None:
    rows = "- table:\n    - [a.one, a.long]\n    - [a.two, a.two]\n"
    page = table("head: 0; columns: [50%, 50%]", rows)
    lines = [y for text, x, y in page.lines if x > 150]
    # Two lines 12 pt apart, then a row's height less the line that was already counted.
    assert lines[0] - lines[1] == pytest.approx(12)
    assert lines[1] - lines[2] == pytest.approx(row_height(page))
    assert page.line("First")[1] == pytest.approx(lines[0])


@pytest.mark.parametrize(("valign", "share"), [("top", 0), ("middle", 0.5), ("bottom", 1)])
def test_vertical_alignment_in_a_taller_row(valign: str, share: float) -> None:
    rows = "- table:\n    - [a.one, a.long]\n"
    page = table(f"head: 0; columns: [50%, 50%]; valign: {valign}", rows)
    first = TOP - 4 - page.cap_height("cell")
    # The row has one line, 12 pt, more than the word needs.
    assert page.line("First")[1] == pytest.approx(first - 12 * share)


def test_header_cells_align_at_the_bottom() -> None:
    page = table("columns: [50%, 50%]", "- table:\n    - [a.one, a.long]\n    - [a.two, a.two]\n")
    assert page.line("First")[1] == pytest.approx(TOP - 4 - page.cap_height("cell") - 12)


@pytest.mark.parametrize(("align", "x"), [("start", 155.0), ("end", 250.0), ("centre", 202.5)])
def test_column_alignment(align: str, x: float) -> None:
    page = table(f"columns: [50%, {{width: 50%, align: {align}}}]")
    run = page.run("Second")
    share = {"start": 0.0, "centre": 0.5, "end": 1.0}[align]
    # The last column runs from 155 to 250: its end is flush with that of the table.
    assert run.x + run.glyphs.width * share == pytest.approx(x)


def test_a_cell_has_its_own_align_style_and_ground() -> None:
    rows = "- table:\n    - [a.one, {text: a.two, align: end, style: lead, ground: sand}]\n"
    page = table("head: 0; columns: [50%, {width: 50%, style: caption}]; flush: no", rows)
    run = page.run("Second")
    assert run.glyphs.size == pytest.approx(13.5)
    assert run.x + run.glyphs.width == pytest.approx(245)
    [ground] = tints(page)
    height = page.cap_height("lead") + 8
    assert page.box(page.paths.index(ground)) == pytest.approx((150, TOP - height, 100, height))
    # Cells of different sizes have a common first baseline.
    assert page.line("First")[1] == pytest.approx(run.y)


def test_columns_are_mirrored_in_right_to_left_text() -> None:
    page = table("columns: [30%, 70%]", scene=Scene(styles=STYLES, language="ar"))
    one, two = page.run("First"), page.run("Second")
    assert one.x + one.glyphs.width == pytest.approx(250)
    # The second column ends where the first begins: 250 - 60, in by 5 pt.
    assert two.x + two.glyphs.width == pytest.approx(185)


# Figures


def point(run: GlyphRun) -> float:
    """Return the x coordinate of the decimal point, or of the end of the figure."""
    glyphs = run.glyphs
    units = glyphs.text.split(".")[0].rstrip("%")
    pairs = zip(glyphs.clusters, glyphs.advances, strict=True)
    return run.x + sum(advance for cluster, advance in pairs if cluster < len(units))


FIGURES = """- table:
    - [a.country, a.people]
    - [a.one, {value: rescued}]
    - [a.two, {value: tiny}]
    - [a.total, {value: -12.5}]
    - [a.total, {value: share, format: percent}]
"""


def test_figures_align_on_the_decimal_point() -> None:
    page = table("columns: [50%, {width: 50%, align: point}]", FIGURES)
    figures = [page.run(text) for text in ("1,775", "3.25", "−12.5", "73%")]
    points = [point(run) for run in figures]
    assert points == pytest.approx([points[0]] * 4)
    # The longest decimal part, that of 3.25, ends at the column's end; so does the header over figures.
    assert figures[1].x + figures[1].glyphs.width == pytest.approx(250)
    assert page.run("People").x + page.run("People").glyphs.width == pytest.approx(250)


def test_columns_set_the_decimals_and_the_format_of_their_figures() -> None:
    rows = """- table:
    - [a.country, a.people, a.share]
    - [a.one, {value: rescued}, {value: tiny}]
    - [a.two, {value: tiny}, {value: ratio, decimals: 2}]
    - [a.two, {value: -1102}, {value: tiny, format: "::.0"}]
    - [a.two, {value: code}, {value: code}]
"""
    page = table("columns: [40%, {align: point, decimals: 1}, {format: percent}]", rows)
    for text in ("1,775.0", "3.2", "−1,102.0", "007", "3.25%", "12.50%"):
        assert page.run(text)


def test_a_text_has_no_number_format() -> None:
    rows = "- table:\n    - [a.country, {value: code, format: percent}]\n"
    assert table("", rows, expect=("table-format",)).run("007")
    unknown = "- table:\n    - [a.country, {value: rescued, format: sums}]\n"
    table("", unknown, expect=("table-format",))


def test_figures_are_on_the_left_in_right_to_left_text() -> None:
    keys = "columns: [50%, {width: 50%, align: point}]"
    page = table(keys, FIGURES, Scene(styles=STYLES, language="he"))
    figures = [page.run(text) for text in ("1,775", "3.25")]
    assert point(figures[0]) == pytest.approx(point(figures[1]))
    # The longest integer part, that of 1,775, begins at the left edge.
    assert figures[0].x == pytest.approx(LEFT)


def test_the_decimal_separator_is_that_of_the_language() -> None:
    assert [decimal_separator(tag) for tag in ("en", "fr", "de", "ar-u-nu-arab")] == [
        ".",
        ",",
        ",",
        "٫",
    ]


def test_number_formats() -> None:
    rows = '- table:\n    - [{value: ratio}, {value: ratio, format: "::.00"}]\n'
    page = table("head: 0", rows)
    assert [run.glyphs.text for run in page.runs] == ["12.5", "12.50"]


# Spans


SPANS = """- table:
    - [{text: a.country, rows: 2}, {text: a.both, columns: 2}]
    - [a.people, a.share]
    - [{text: a.one, rows: 2}, a.one, a.two]
    - [a.two, a.two]
    - [{text: a.total, columns: 3, align: end}]
"""


def test_cells_span_columns_and_rows() -> None:
    page = table("head: 2; columns: [80 pt, 60 pt, 60 pt]", SPANS)
    step, first = row_height(page), TOP - 4 - page.cap_height("cell")
    # Over both columns, from 50 + 80 + 5; the header cell over two rows is aligned with their bottom.
    assert page.line("What was done") == pytest.approx((135, first))
    assert page.line("Country") == pytest.approx((50, first - step))
    assert page.line("People") == pytest.approx((135, first - step))
    # The spanning cell of the body is in the first of its two rows.
    assert page.line("First") == pytest.approx((50, first - 2 * step))
    total = page.run("Total")
    assert (total.x + total.glyphs.width, total.y) == pytest.approx((250, first - 4 * step))


def test_tall_spanning_cell_enlarges_its_rows_equally() -> None:
    rows = "- table:\n    - [{text: a.long, rows: 2}, a.one]\n    - [a.two]\n"
    page = table("head: 0; columns: [50 pt, 150 pt]", rows)
    lines = [y for _, x, y in page.lines if x == LEFT]
    tall = page.cap_height("cell") + 12 * (len(lines) - 1) + 8
    assert len(lines) > 3
    assert page.line("First")[1] - page.line("Second")[1] == pytest.approx(tall / 2)


def test_a_spanning_cell_widens_its_auto_columns() -> None:
    rows = "- table:\n    - [{text: a.long, columns: 2}]\n    - [a.one, a.two]\n"
    page = table("width: auto; rules: [top]; head: 0", rows)
    [(left, right, _, _)] = rules(page)
    # Flush at both sides: the width of its text, and a hundredth for rounding.
    assert right - left == pytest.approx(page.run("Words enough for two lines").glyphs.width + 0.01)


# Rules and tints


def test_default_rules_are_top_head_and_foot() -> None:
    page = table("columns: [50%, 50%]")
    step = row_height(page)
    ys = [TOP, TOP - step, TOP - 3 * step]
    assert rules(page) == [(50, 250, pytest.approx(y), 0.6) for y in ys]


def test_hairlines_between_rows() -> None:
    page = table("rules: [rows, foot]; thickness: 1 pt; hairline: 0.3 pt; colour: ember")
    step = row_height(page)
    assert rules(page) == [
        (50, pytest.approx(250), pytest.approx(TOP - 2 * step), 0.3),
        (50, pytest.approx(250), pytest.approx(TOP - 3 * step), 1.0),
    ]
    assert {path.stroke.paint.colour for path in page.paths if path.stroke} == {
        page.edition.layout.swatches["ember"].paint.colour
    }


def test_no_hairline_crosses_a_spanning_cell() -> None:
    page = table("head: 2; columns: [80 pt, 60 pt, 60 pt]; rules: [head, rows]", SPANS)
    step = row_height(page)
    assert rules(page) == [
        # Below the spanning head, as long as what it heads: from its inset to the flush end.
        (135, 250, pytest.approx(TOP - step), 0.25),
        (50, 250, pytest.approx(TOP - 2 * step), 0.6),
        # Between the rows that the first cell spans: the other columns only.
        (130, 250, pytest.approx(TOP - 3 * step), 0.25),
        (50, 250, pytest.approx(TOP - 4 * step), 0.25),
    ]


def test_no_rules() -> None:
    assert table("rules: none").paths == []


def test_text_in_tinted_rows_is_inset() -> None:
    page = table("zebra: sand; head-ground: ember 20%; rules: none; columns: [50%, 50%]")
    step = row_height(page)
    head, row = tints(page)
    # The head, and the second row of the body.
    assert page.box(page.paths.index(head)) == pytest.approx((50, TOP - step, 200, step))
    assert page.box(page.paths.index(row)) == pytest.approx((50, TOP - 3 * step, 200, step))
    assert page.line("Country")[0] == pytest.approx(55)
    assert table("zebra: sand; flush: yes").line("Country")[0] == pytest.approx(50)


# Column breaks


FOUR = "- table:\n    - [a.country]\n" + "".join(
    f"    - [a.{key}]\n" for key in ("one", "two", "total", "one")
)
COLUMNS = Scene(width=210, height=50, frame="columns: 2\ngutter: 10 pt", styles=STYLES)


def test_header_repeats_in_the_next_column() -> None:
    page = table("zebra: sand", FOUR, COLUMNS)
    first, step = TOP - 4 - page.cap_height("cell"), row_height(page)
    # Rows of 14.7 pt: three of them in 50 pt. The second column begins at 50 + 100 + 10; a tinted table has its inset.
    assert 3 * step < 50 < 4 * step
    assert sorted(page.lines, key=lambda line: (line[1], -line[2])) == [
        ("Country", 55, pytest.approx(first)),
        ("First", 55, pytest.approx(first - step)),
        ("Second", 55, pytest.approx(first - 2 * step)),
        ("Country", 165, pytest.approx(first)),
        ("Total", 165, pytest.approx(first - step)),
        ("First", 165, pytest.approx(first - 2 * step)),
    ]


def test_repeated_header_is_read_once() -> None:
    page = table("", FOUR, COLUMNS)
    heads = [run.tag.role for run in page.runs if run.glyphs.text == "Country"]
    assert heads == ["P", "Artifact"]
    # The top and head rules are repeated above the second part; the foot rule is only below the last row.
    assert [round(x) for x, *_ in rules(page)] == [50, 160, 50, 160, 160]


def test_rows_that_a_cell_spans_stay_together() -> None:
    rows = "- table:\n    - [a.country, a.share]\n    - [a.one, a.one]\n    - [{text: a.two, rows: 2}, a.one]\n    - [a.total]\n"
    page = table("", rows, COLUMNS)
    lefts = {text: x for text, x, _ in page.lines if x in (50, 160)}
    assert lefts["First"] == 50
    assert lefts["Second"] == 160


def test_header_stays_with_the_first_row() -> None:
    rows = "- text: a.long\n- text: a.long\n" + ROWS
    page = table("space-before: 6 pt", rows, COLUMNS)
    heads = [x for text, x, _ in page.lines if text == "Country"]
    assert heads == [160]


# Caption and source


def test_caption_and_source_stay_with_the_table() -> None:
    page = table("caption: a.caption; source: a.source; columns: [50%, 50%]; space-before: 0 pt")
    caption, source = page.line("What it shows"), page.line("Where it comes from")
    assert caption == pytest.approx((LEFT, TOP - page.cap_height("caption")))
    # 0.8 em of 8 pt below the caption's baseline the table begins; it has three rows.
    foot = caption[1] - 0.8 * 8 - 3 * row_height(page)
    assert source[1] == pytest.approx(foot - 0.8 * 7 - page.cap_height("source"))
    # A table has one caption in the structure; the source is a paragraph after it.
    assert [role for role, _ in page.runs[0].tag.path] == ["Table", "Caption"]
    assert [role for role, _ in page.runs[-1].tag.path] == ["P"]


def test_styles() -> None:
    keys = "style: body; head-style: lead; caption: a.caption; caption-style: label; source: a.source; source-style: legal"
    page = table(keys, "- table:\n    - [a.country]\n    - [a.one]\n")
    # label 0.9, lead 1.35, legal 0.7 em of 10 pt.
    assert [run.glyphs.size for run in page.runs] == pytest.approx([9, 13.5, 10, 7])


def test_space_before_and_after() -> None:
    rows = "- text: a.one\n- table:\n    - [a.two]\n"
    page = placed(
        rows
        + "  head: 0\n  space-before: 7 pt\n  space-after: 9 pt\n  rules: [top, foot]\n- text: a.total",
        COPY,
    )
    (_, _, top, _), (_, _, foot, _) = rules(page)
    assert page.line("First")[1] - top == pytest.approx(7)
    assert foot - page.line("Total")[1] == pytest.approx(9 + page.cap_height("body"))


# Invalid tables


@pytest.mark.parametrize(
    ("rows", "code"),
    [
        ("    - [a.one, a.two]\n    - [a.one]\n", "table-row"),
        ("    - [a.one, {text: a.two, rows: 3}]\n    - [a.one]\n", "table-span"),
        ("    - [{text: a.one, rows: 2}, a.two]\n    - [a.two, a.one]\n", "table-row"),
    ],
)
def test_rows_must_form_a_grid(rows: str, code: str) -> None:
    assert table("head: 0", "- table:\n" + rows, expect=(code,)).items == ()


def test_header_cell_must_not_span_into_the_body() -> None:
    rows = "- table:\n    - [{text: a.one, rows: 2}, a.two]\n    - [a.two]\n"
    table("head: 1", rows, expect=("table-span",))


def test_table_that_is_too_wide_is_reported() -> None:
    [finding] = table("columns: [150 pt, 80 pt]", expect=("table-too-wide",)).findings
    assert finding.message == "the table is 30.0 pt wider than its column"


def test_word_wider_than_its_cell_is_reported() -> None:
    [finding] = table(
        "columns: [20 pt, 180 pt]", "- table:\n    - [a.two, a.one]\n", expect=("line-too-wide",)
    ).findings
    assert "message 'a.two'" in finding.message


def test_a_table_of_thousands_of_rows_is_placed_in_proportion_to_its_size() -> None:
    """Ten thousand rows of empty cells take a second; comparing each row with all the others would take minutes."""
    started = process_time()
    rows = "- table:\n" + "    - [none, none]\n" * 9_000
    table("", rows, expect=("overflow",))
    assert process_time() - started < 20


def test_a_table_has_a_largest_number_of_cells() -> None:
    rows = "- table:\n" + f"    - [{', '.join(['none'] * 201)}]\n" * 100
    page = table("", rows, expect=("table-size",))
    (finding,) = page.findings
    assert finding.message == "the table has 20,100 cells; the maximum is 20,000"
    assert finding.hint == "divide it into several tables"


def test_figures_keep_the_decimals_that_they_are_written_with() -> None:
    rows = "- table:\n    - [{value: 642.0}, {value: 1388.50}, {value: 3}, {value: 27.0, format: percent}]\n"
    page = table("head: 0", rows)
    assert [run.glyphs.text for run in page.runs] == ["642.0", "1,388.50", "3", "27.0%"]
    page = table("head: 0\n  columns: [{decimals: 0}, auto, auto, auto]", rows)
    assert page.runs[0].glyphs.text == "642"


def test_rows_and_cells_have_gradients_behind_them() -> None:
    rows = "- table:\n    - [a.country, a.people]\n    - [a.one, {text: a.two, ground: dusk}]\n    - [a.one, a.two]\n"
    files = _written(rows + "  head-ground: dusk\n  zebra: dusk\n", COPY, Scene(styles=STYLES))
    layout = files["brochure.yaml"].replace(
        b"sand: cmyk 3 6 13 0}",
        b"sand: cmyk 3 6 13 0, dusk: {gradient: right, from: ink, to: sand}}",
    )
    made = lay_out(MemoryProject({**files, "brochure.yaml": layout}))
    assert not made.findings
    filled = [
        bounds(item.outlines)
        for item in made.pages[0].items
        if isinstance(item, Path) and isinstance(item.fill, Gradient)
    ]
    # The header and the second body row from edge to edge, and the cell in the other row.
    widths = [round(rect.width) for rect in filled]
    assert sorted(widths)[1:] == [200, 200]
    assert min(widths) < 200
