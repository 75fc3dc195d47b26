"""Stories that are threaded through several frames, and findings about overset text."""

import re

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from brochure.findings import Finding, Severity
from tests.blocks.setting import jpeg
from tests.layout.pages import baselines, made, pages, rows
from tests.layout.words import paragraphs
from tests.quick import examples

LINES = {"t": "\n\n".join(f"Line {at}" for at in range(1, 9))}
STORY = "{s: {content: {text: t}}}"


def frame(height: float, more: str = "") -> str:
    return f'{{at: "margins, height {height} pt", story: s {more}}}'


def test_a_story_continues_from_frame_to_frame_and_page_to_page() -> None:
    three = frame(30.7)  # 6.7 + 2 × 12: three lines
    two = '{at: "margins, top 100 pt, height 18.7 pt", story: s}'
    first, second = pages(
        LINES,
        stories=STORY,
        pages=f"[{{frames: {{a: {three}, b: {two}}}}}, {{frames: {{a: {three}}}}}]",
    )
    assert [row.text for row in rows(first)] == ["Line 1", "Line 2", "Line 3", "Line 4", "Line 5"]
    assert baselines(first) == [26.7, 38.7, 50.7, 106.7, 118.7]
    assert [row.text for row in rows(second)] == ["Line 6", "Line 7", "Line 8"]


def test_a_page_may_put_a_story_into_a_frame_of_its_master() -> None:
    masters = "{m: {frames: {f: {at: 'margins, height 42.7 pt'}}}}"
    made_pages = pages(
        LINES,
        stories=STORY,
        masters=masters,
        pages="[{master: m, f: {story: s}}, {master: m, f: {story: s}}]",
    )
    assert [len(rows(page)) for page in made_pages] == [4, 4]


def test_a_paragraph_is_broken_for_the_measure_of_each_frame() -> None:
    words = {"t": " ".join(["words"] * 50)}
    first, second = pages(
        words,
        stories=STORY,
        pages='[{frames: {a: {at: "margins, height 42.7 pt", story: s}}}, {frames: {a: {at: "columns 1-2", story: s}}}]',
    )
    assert len(rows(first)) == 4
    assert all(row.right <= 180.01 for row in rows(first))  # 140 wide, from 40
    assert all(row.right <= 106.01 for row in rows(second))  # 2 × 29 + 8 = 66 wide
    assert min(row.right for row in rows(first)) > 106 < max(row.right for row in rows(first))
    result = " ".join(row.text.strip() for page in (first, second) for row in rows(page))
    assert result == words["t"]


def test_columns_of_frames_are_filled_in_their_order() -> None:
    first, _ = pages(
        LINES,
        stories=STORY,
        pages=f"[{{frames: {{a: {frame(30.7, ', columns: 2')}}}}}, {{frames: {{a: {frame(30.7)}}}}}]",
    )
    assert [row.left for row in rows(first)] == [40] * 3 + [114] * 3


def test_text_after_a_break_is_in_the_next_frame() -> None:
    words = {"a": "One", "b": "Two"}
    first, second = pages(
        words,
        stories="{s: {content: [{text: a}, {column-break: }, {text: b}]}}",
        pages=f"[{{frames: {{a: {frame(100)}}}}}, {{frames: {{a: {frame(100)}}}}}]",
    )
    assert ([row.text for row in rows(first)], [row.text for row in rows(second)]) == (
        ["One"],
        ["Two"],
    )


def test_a_story_without_a_frame_is_reported() -> None:
    result = made(LINES, stories=STORY, pages="[{frames: {f: {at: margins, content: {text: t}}}}]")
    (finding,) = result.findings
    assert finding.code == "story-unplaced"
    assert finding.message == "story 's' is not placed: no frame of any page refers to it"


# Overset text

FITS = re.compile(r"(\d+) of its (\d+) characters fit")


def overflow(copy: str, height: float, more: str = "", style: str = "body") -> Finding:
    frames = (
        f'{{f: {{at: "margins, height {height} pt", {more} content: {{text: t, style: {style}}}}}}}'
    )
    (finding,) = made({"t": copy}, pages=f"[{{frames: {frames}}}]").findings
    return finding


def test_overflow_names_frame_page_message_and_lines() -> None:
    finding = overflow(LINES["t"], 66.7)  # six lines
    assert finding.code == "overflow"
    assert (
        finding.message == "frame 'f' on page 1 overflows: message 't' is 2 lines (34 %) too long"
    )
    # Eight lines of 6 characters and the seven line ends between them are 55; the first six lines have 36 + 5. The 14 overset
    # ones are 34 % of the 41.
    assert finding.hint == "41 of its 55 characters fit"
    assert finding.page == 1


def test_one_line_too_many() -> None:
    # 48 of 55 characters fit, and 7 / 48 is 15 %.
    assert overflow(LINES["t"], 78.7).message.endswith("message 't' is 1 line (15 %) too long")


def test_overflow_of_a_story_names_its_last_frame() -> None:
    result = made(
        LINES,
        stories=STORY,
        pages=f"[{{frames: {{a: {frame(30.7)}}}}}, {{frames: {{b: {frame(30.7)}}}}}]",
    )
    (finding,) = result.findings
    assert (
        finding.message == "frame 'b' on page 2 overflows: message 't' is 2 lines (34 %) too long"
    )


def test_a_figure_that_does_not_fit() -> None:
    frames = '{f: {at: "margins, height 20 pt", content: {box: [{text: t}], inset: 10 pt}}}'
    (finding,) = made({"t": "word"}, pages=f"[{{frames: {frames}}}]").findings  # 2 × 10 + 6.7 high
    assert (
        finding.message == "frame 'f' on page 1 is too small: a picture, chart or row does not fit"
    )
    assert finding.hint == "6.7 pt of height are missing"  # 26.7 - 20


def test_figures_that_do_not_fit_are_one_finding_of_a_thread() -> None:
    boxes = ", ".join(f"{{box: [{{text: t}}], inset: {inset} pt}}" for inset in (10, 30, 20))
    frames = f'{{f: {{at: "margins, height 20 pt", content: [{boxes}]}}}}'
    (finding,) = made({"t": "word"}, pages=f"[{{frames: {frames}}}]").findings
    missing = "3 pictures, charts or rows do not fit"
    assert finding.message == f"frame 'f' on page 1 is too small: {missing}"
    assert finding.hint == "46.7 pt of height are missing for the tallest"  # 2 × 30 + 6.7 - 20
    assert finding.count == 3


@pytest.mark.parametrize(("hyphenation", "may_be_allowed"), [("no", True), ("yes", False)])
def test_lines_that_are_too_wide_are_one_finding_of_a_message(
    hyphenation: str, may_be_allowed: bool
) -> None:
    """Two paragraphs of one message; a word of digits cannot be hyphenated."""
    word = "0123456789" * 8
    result = made(
        {"t": f"{word}\n\n{word}0"},
        paragraph_styles=f"{{body: {{font: Source Serif 4, size: 10 pt, leading: 12 pt, hyphenation: {hyphenation}}}}}",
        pages="[{frames: {f: {at: margins, content: {text: t}}}}]",
    )
    (finding,) = (one for one in result.findings if one.code == "line-too-wide")
    assert finding.count == 2
    assert finding.message.startswith("message 't': 2 paragraphs have lines up to ")
    assert ("hyphenation" in finding.hint) is may_be_allowed


def test_a_figure_is_reported_for_the_column_where_it_fits_best() -> None:
    frames = '{f: {at: "margins, height 20 pt", columns: 2, content: [{text: t}, {box: [{text: t}], inset: 10 pt}]}}'
    (finding,) = made({"t": "word"}, pages=f"[{{frames: {frames}}}]").findings
    assert (
        finding.hint == "6.7 pt of height are missing"
    )  # in the second column, where the box is at the top


def test_a_line_that_is_too_wide() -> None:
    frames = '{f: {at: "column 1", content: {text: t}}}'
    (finding,) = made({"t": "unhyphenable"}, pages=f"[{{frames: {frames}}}]").findings
    assert finding.code == "line-too-wide"
    assert re.search(r"a line is \d+\.\d pt wider than frame 'f'", finding.message)


@pytest.mark.parametrize(
    ("frame", "left"),
    [
        # From 100 to 200 - 150 = 50.
        ('at: "x 100 pt, right 150 pt"', "-50.0 x 250.0"),
        # 29 wide less 2 × 40: an inset leaves 0, never a negative width.
        ('at: "column 1", inset: 40 pt', "0.0 x 250.0"),
        # 20 columns of the 140 points, less 19 gutters of 8: (140 - 152) / 20 = -0.6.
        ("at: margins, columns: 20", "-0.6 x 250.0"),
    ],
)
def test_a_frame_without_space_is_reported(frame: str, left: str) -> None:
    (finding,) = made(
        {"t": "word"}, pages=f"[{{frames: {{f: {{{frame}, content: {{text: t}}}}}}}}]"
    ).findings
    assert finding.code == "frame-empty"
    assert finding.message == f"frame 'f' on page 1 has no space for content: {left} pt are left"


@settings(max_examples=examples(40), deadline=None)
@given(copy=paragraphs(most=4), lines=st.integers(1, 6), columns=st.integers(1, 2))
def test_the_reported_number_of_characters_fits(copy: list[str], lines: int, columns: int) -> None:
    def findings(text: str) -> tuple[Finding, ...]:
        at = f"margins, height {6.7 + 12 * (lines - 1):g} pt"
        frames = f'{{f: {{at: "{at}", columns: {columns}, content: {{text: t, style: body}}}}}}'
        found = made({"t": text}, pages=f"[{{frames: {frames}}}]").findings
        return tuple(finding for finding in found if finding.severity is Severity.ERROR)

    result = findings("\n\n".join(copy))
    if not result or any(finding.code == "line-too-wide" for finding in result):
        return
    (only,) = result
    match = FITS.fullmatch(only.hint)
    assert match
    fits, total = int(match.group(1)), int(match.group(2))
    whole = "\n".join(copy)
    assert total == len(whole) > fits
    trimmed = whole[:fits].rstrip().replace("\n", "\n\n")
    assert trimmed == "" or not findings(trimmed)


def test_many_rows_that_do_not_fit_are_one_finding() -> None:
    rows = ", ".join(["[t, t]"] * 30)
    frames = f'{{f: {{at: "margins, height 60 pt", content: {{table: [{rows}]}}}}}}'
    (finding,) = made({"t": "word"}, pages=f"[{{frames: {frames}}}]").findings
    assert finding.count > 20
    assert finding.message.startswith(f"frame 'f' on page 1 is too small: {finding.count} pictures")
    assert "are missing for the tallest" in finding.hint


@pytest.mark.parametrize(
    ("second", "span", "points"),
    [
        ("columns 1-2", "", 74.0),  # 140 wide in the first frame, 66 wide here
        ("columns 1-4", "", 0.0),
        ("columns 1-2", "columns: 1", 74.0),
    ],
)
def test_blocks_in_a_narrower_frame_are_reported(second: str, span: str, points: float) -> None:
    """A block has the width of its story's first column; it would cover what is beside a narrower column."""
    table = "{table: [[t], [t], [t]], head: 0}"
    frames = (
        f'{{a: {{at: "margins, height 30.7 pt", story: s{", " if span else ""}{span}}},'
        f' b: {{at: "{second}, top 100 pt, height 60 pt", story: s}}}}'
    )
    found = made(
        {"t": "Words", "w": "Line 1\n\nLine 2\n\nLine 3"},
        stories=f"{{s: {{content: [{{text: w}}, {table}]}}}}",
        pages=f"[{{frames: {frames}}}]",
    ).findings
    if not points:
        assert not found
        return
    (finding,) = found
    assert (finding.code, finding.count, finding.page) == ("block-too-wide", 3, 1)
    assert f"{points:.1f} pt wider than frame 'b'" in finding.message


def test_a_picture_that_spans_is_reported_in_a_narrower_frame() -> None:
    found = made(
        {"w": "Line 1\n\nLine 2\n\nLine 3\n\nLine 4", "p": "A picture"},
        {"assets/p.jpg": jpeg(60, 30)},
        stories="{s: {content: [{text: w}, {image: p.jpg, alt: p, span: all}]}}",
        pages=(
            '[{frames: {a: {at: "margins, height 30.7 pt", columns: 2, story: s},'
            ' b: {at: "columns 1-2, top 100 pt, height 90 pt", columns: 2, story: s}}}]'
        ),
    ).findings
    assert [(one.code, one.page) for one in found] == [("block-too-wide", 1)]
