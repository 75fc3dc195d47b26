"""Widows, orphans and keep options: where a paragraph may be divided between columns."""

from collections import Counter
from itertools import groupby

from hypothesis import given, settings
from hypothesis import strategies as st

from brochure.findings import Severity
from brochure.model.display_list import Page
from tests.layout.pages import Row, baselines, made, page, rows
from tests.layout.words import paragraphs
from tests.quick import examples

FIVE = "one\\\ntwo\\\nthree\\\nfour\\\nfive"


def styles(widows: int, orphans: int, more: str = ", space-after: 0 pt") -> str:
    return (
        "{body: {font: Source Serif 4, size: 10 pt, leading: 12 pt, hyphenation: no,"
        f" widows: {widows}, orphans: {orphans}{more}}}, held: {{keep-together: yes}}, head: {{keep-with-next: yes}}}}"
    )


def counts(placed: Page) -> list[int]:
    """Return the number of lines in each column, from the left."""
    found = Counter(row.left for row in rows(placed))
    return [found[left] for left in sorted(found)]


def divided(
    lines: int, widows: int = 2, orphans: int = 2, lead: str = "", style: str = "body"
) -> list[int]:
    """Return how a paragraph of five lines is divided if the first column has `lines` lines."""
    at = f"margins, height {6.7 + 12 * (lines - 1):g} pt"
    content = (
        f"[{{text: a}}, {{text: t, style: {style}}}]" if lead else f"{{text: t, style: {style}}}"
    )
    frames = f'{{f: {{at: "{at}", columns: 3, content: {content}}}}}'
    return counts(
        page(frames, {"t": FIVE, "a": lead or "-"}, paragraph_styles=styles(widows, orphans))
    )


def test_a_paragraph_fills_the_column_if_allowed() -> None:
    assert divided(3) == [3, 2]


def test_a_widow_moves_with_another_line() -> None:
    assert divided(4) == [3, 2]  # not 4 and 1


def test_three_widows() -> None:
    assert divided(4, widows=3) == [2, 3]


def test_widows_of_one_line_are_allowed_by_the_style() -> None:
    assert divided(4, widows=1) == [4, 1]


def test_an_orphan_is_moved_to_the_next_column() -> None:
    # A line before it leaves space for one line of five.
    assert divided(2, lead="first", orphans=1, widows=1) == [2, 2, 2]
    at_foot = page(
        '{f: {at: "margins, height 66.7 pt", columns: 2, content: [{text: a}, {text: t}]}}',
        {"t": FIVE, "a": "1\\\n2\\\n3\\\n4\\\n5"},
        paragraph_styles=styles(2, 2),
    )
    assert counts(at_foot) == [
        5,
        5,
    ]  # six lines fit into the first column, but the sixth would be alone


def test_a_paragraph_that_is_kept_together_is_moved_to_the_next_column() -> None:
    assert divided(5, lead="first", style="held") == [1, 5]


def test_a_paragraph_longer_than_a_column_is_divided_and_reported() -> None:
    at = "margins, height 30.7 pt"  # three lines
    frames = f'{{f: {{at: "{at}", columns: 2, content: {{text: t, style: held}}}}}}'
    result = made({"t": FIVE}, paragraph_styles=styles(2, 2), pages=f"[{{frames: {frames}}}]")
    assert counts(result.pages[0]) == [3, 2]
    (finding,) = result.findings
    assert (finding.code, finding.severity) == ("keep-broken", Severity.WARNING)


def test_full_frames_break_a_keep_to_avoid_overset_text() -> None:
    # Four lines per column: after three there is space for one of five lines, which is an orphan. Without it, four lines would
    # remain for the four of the last column, and one would be overset.
    frames = '{f: {at: "margins, height 42.7 pt", columns: 2, content: [{text: a}, {text: t}]}}'
    result = made(
        {"a": "1\\\n2\\\n3", "t": FIVE},
        paragraph_styles=styles(2, 2),
        pages=f"[{{frames: {frames}}}]",
    )
    assert counts(result.pages[0]) == [4, 4]
    assert [finding.code for finding in result.findings] == ["keep-broken"]


def test_the_lines_beside_a_drop_cap_stay_together() -> None:
    given_styles = "{body: {font: Source Serif 4, size: 10 pt, leading: 12 pt}, d: {drop-cap: {lines: 3}, orphans: 1}}"
    content = "[{text: a}, {text: t, style: d}]"
    placed = page(
        f'{{f: {{at: "margins, height 54.7 pt", columns: 2, content: {content}}}}}',
        {"a": "1\\\n2\\\n3", "t": "In\\\ntwo\\\nsix\\\nten"},
        paragraph_styles=given_styles,
    )
    # Five lines per column: after three there is space for two, but the drop cap has three lines.
    assert {row.text for row in rows(placed) if row.left < 110} == {"1", "2", "3"}


def test_a_heading_stays_with_its_paragraph() -> None:
    content = "[{text: a}, {text: h, style: head}, {text: t}]"
    placed = page(
        f'{{f: {{at: "margins, height 42.7 pt", columns: 3, content: {content}}}}}',
        {"a": "1\\\n2\\\n3", "h": "Head", "t": FIVE},
        paragraph_styles=styles(2, 2),
    )
    # Four lines per column: after three, the heading would be the last line.
    assert counts(placed) == [3, 4, 2]


def test_headings_in_a_row_stay_together() -> None:
    content = "[{text: a}, {text: h, style: head}, {text: h, style: head}, {text: t}]"
    placed = page(
        f'{{f: {{at: "margins, height 54.7 pt", columns: 3, content: {content}}}}}',
        {"a": "1\\\n2", "h": "Head", "t": FIVE},
        paragraph_styles=styles(2, 2),
    )
    # Five lines per column: 2 + 2 headings leave one line, which may not be alone.
    assert counts(placed) == [2, 5, 2]


def test_space_is_dropped_at_the_top_and_bottom_of_a_column() -> None:
    placed = page(
        '{f: {at: "margins, height 30.7 pt", columns: 2, content: [{text: a}, {text: b}]}}',
        {"a": "1\\\n2", "b": "3\\\n4"},
        paragraph_styles=styles(2, 2, ", space-before: 9 pt, space-after: 5 pt"),
    )
    assert baselines(placed) == [26.7, 38.7, 26.7, 38.7]


def test_the_larger_of_two_spaces_is_used() -> None:
    placed = page(
        "{f: {at: margins, content: [{text: a}, {text: b}]}}",
        {"a": "1", "b": "2"},
        paragraph_styles=styles(2, 2, ", space-before: 9 pt, space-after: 5 pt"),
    )
    assert baselines(placed) == [26.7, 47.7]  # 26.7 + 12 + 9


# Properties

COLUMNS = st.tuples(st.integers(1, 3), st.integers(1, 3), st.integers(0, 4))
"""Orphans, widows, and the number of lines that a column has beyond their sum."""


def parts(placed: tuple[Page, ...]) -> dict[object, list[list[Row]]]:
    """Return the lines of each paragraph, by column."""
    found: dict[object, list[list[Row]]] = {}
    for one in placed:
        for (element, _), lines in groupby(rows(one), key=_place):
            found.setdefault(element, []).append(list(lines))
    return found


def _place(row: Row) -> tuple[object, int]:
    """Return the paragraph and the column: columns begin at 40 and 114."""
    return row.element, round(row.left / 74)


def set_in_columns(
    copy: list[str], columns: int, lines: int, styles_: str, style: str
) -> tuple[tuple[Page, ...], bool] | None:
    """Set the paragraphs in three pages of columns; return them and whether a broken keep was reported, or None if text is
    overset."""
    at = f"margins, height {6.7 + 12 * (lines - 1):g} pt"
    frames = f'{{frames: {{f: {{at: "{at}", columns: {columns}, story: s}}}}}}'
    result = made(
        {"t": "\n\n".join(copy)},
        paragraph_styles=styles_,
        stories=f"{{s: {{content: {{text: t, style: {style}}}}}}}",
        pages=f"[{frames}, {frames}, {frames}]",
    )
    codes = {finding.code for finding in result.findings}
    assert codes <= {"overflow", "line-too-wide", "keep-broken"}
    return None if "overflow" in codes else (result.pages, "keep-broken" in codes)


@settings(max_examples=examples(60), deadline=None)
@given(copy=paragraphs(), limits=COLUMNS, columns=st.integers(1, 2))
def test_widows_and_orphans_are_avoided(
    copy: list[str], limits: tuple[int, int, int], columns: int
) -> None:
    orphans, widows, more = limits
    placed = set_in_columns(copy, columns, orphans + widows + more, styles(widows, orphans), "body")
    if placed is None:
        return
    made_pages, result = placed
    found = list(parts(made_pages).values())
    held = all(_held(pieces, orphans, widows) for pieces in found)
    assert held is not result  # in full columns a keep may be broken, but only with a finding


def _held(pieces: list[list[Row]], orphans: int, widows: int) -> bool:
    total = sum(map(len, pieces))
    return len(pieces[0]) >= min(orphans, total) and len(pieces[-1]) >= min(widows, total)


@settings(max_examples=examples(40), deadline=None)
@given(copy=paragraphs(longest=20), columns=st.integers(1, 2))
def test_paragraphs_kept_together_are_in_one_column(copy: list[str], columns: int) -> None:
    # Twenty words need at most twenty lines, and a column has twenty.
    placed = set_in_columns(copy, columns, 20, styles(2, 2), "held")
    if placed is None:
        return
    made_pages, result = placed
    assert all(len(pieces) == 1 for pieces in parts(made_pages).values()) is not result


@settings(max_examples=examples(40), deadline=None)
@given(copy=paragraphs(longest=40), lines=st.integers(5, 9), columns=st.integers(1, 2))
def test_all_words_are_set_once_and_in_order(copy: list[str], lines: int, columns: int) -> None:
    placed = set_in_columns(copy, columns, lines, styles(2, 2), "body")
    if placed is None:
        return
    result = " ".join(row.text.strip() for one in placed[0] for row in rows(one))
    assert result == " ".join(copy)


@settings(max_examples=examples(40), deadline=None)
@given(copy=paragraphs(least=2, longest=40), lines=st.integers(6, 12), extra=st.integers(0, 30))
def test_a_heading_is_never_last_in_its_column(copy: list[str], lines: int, extra: int) -> None:
    words = {f"t{at}": text for at, text in enumerate(copy)}
    content = ", ".join(f"{{text: h, style: head}}, {{text: t{at}}}" for at in range(len(copy)))
    at = f"margins, height {6.7 + 12 * (lines - 1) + extra / 3:g} pt"
    frames = f'{{frames: {{f: {{at: "{at}", columns: 2, story: s}}}}}}'
    result = made(
        {**words, "h": "Heading"},
        paragraph_styles=styles(2, 2),
        stories=f"{{s: {{content: [{content}]}}}}",
        pages=f"[{frames}, {frames}]",
    )
    if result.findings:
        return
    for one in result.pages:
        for _, column in groupby(rows(one), key=lambda row: round(row.left / 74)):
            assert list(column)[-1].text != "Heading"


@settings(max_examples=examples(40), deadline=None)
@given(
    copy=paragraphs(),
    top=st.integers(20, 60),
    columns=st.integers(1, 3),
    valign=st.sampled_from(["top", "middle", "bottom"]),
    balance=st.sampled_from(["yes", "no"]),
    before=st.integers(0, 20),
)
def test_baselines_are_on_the_grid(
    copy: list[str], top: int, columns: int, valign: str, balance: str, before: int
) -> None:
    given_styles = styles(2, 2, f", grid: yes, space-before: {before} pt")
    frames = (
        f'{{f: {{at: "margins, top {top} pt", columns: {columns}, valign: {valign}, balance: {balance},'
        " content: [{rule: 50%}, {text: t}]}}"
    )
    placed = made(
        {"t": "\n\n".join(copy)}, paragraph_styles=given_styles, pages=f"[{{frames: {frames}}}]"
    ).pages[0]
    for y in baselines(placed):
        steps = (y - 26.7) / 12
        assert abs(steps - round(steps)) < 1e-4
