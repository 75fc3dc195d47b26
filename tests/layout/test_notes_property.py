"""Each note is in the column of its mark, in order, complete, and below all text; nothing overlaps or is lost."""

from __future__ import annotations

import re
from dataclasses import dataclass
from itertools import pairwise

import yaml
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from brochure.build_values import LaidOut
from brochure.model.display_list import GlyphRun, Page
from tests.layout.pages import made
from tests.quick import examples

LEADING, NOTE_LEADING = 12.0, 7.0
"""The leading of text and notes in the styles of the trial brochure."""

GUTTER = 8.0


@dataclass(frozen=True)
class Trial:
    """A text with notes in frames: for each paragraph the words before each mark, and the length of each note."""

    paragraphs: tuple[tuple[tuple[int, int], ...], ...]
    columns: int
    heights: tuple[int, ...]
    keys: tuple[str, ...]
    right_to_left: bool
    wraps: bool
    gridded: bool

    @property
    def copy(self) -> dict[str, str]:
        number, text, copy = 0, [], {}
        word = "كلمة" if self.right_to_left else "word"
        for paragraph in self.paragraphs:
            parts = []
            for words, note in paragraph:
                parts.append(" ".join([word] * words) + f"[^n{number}]")
                copy[f"notes.n{number}"] = " ".join(
                    [f"start{number}", *["note"] * note, f"end{number}"]
                )
                number += 1
            text.append(" ".join(parts) + " tail.")
        return {"text": "\n\n".join(text), **copy}


paragraphs = st.lists(st.tuples(st.integers(1, 40), st.integers(0, 12)), max_size=4).map(tuple)
KEYS = ("balance: yes", "align-feet: yes", "valign: bottom", "notes: frame")
trials = st.builds(
    Trial,
    st.lists(paragraphs, min_size=1, max_size=5).map(tuple),
    st.integers(1, 3),
    st.lists(st.integers(60, 250), min_size=1, max_size=3).map(tuple),
    st.sets(st.sampled_from(KEYS)).map(lambda found: tuple(sorted(found))),
    st.booleans(),
    st.booleans(),
    st.booleans(),
)


def lay_out_trial(trial: Trial) -> LaidOut:
    keys = "".join(f", {key}" for key in trial.keys)
    hole = (
        ", h: {at: 'x 60 pt, y 60 pt, width 40 pt, height 50 pt', background: red, text-wrap: 4 pt}"
    )
    frames = [
        f"{{frames: {{t: {{at: 'x 20 pt, y 20 pt, width 160 pt, height {height} pt', story: s,"
        f" columns: {trial.columns}, gutter: {GUTTER} pt{keys}}}{hole if trial.wraps else ''}}}}}"
        for height in trial.heights
    ]
    language = "ar" if trial.right_to_left else "en"
    words = yaml.dump(trial.copy, Dumper=yaml.CSafeDumper, allow_unicode=True, width=10_000)
    return made(
        None,
        {f"content/{language}.yaml": words.encode()},
        source_language=language,
        paragraph_styles="{body: {font: Source Serif 4, size: 10 pt, leading: 12 pt, hyphenation: no,"
        f" grid: {'yes' if trial.gridded else 'no'}}},"
        " footnote: {size: 5 pt, leading: 7 pt}}",
        stories="{s: {content: [{text: text}]}}",
        pages=f"[{', '.join(frames)}]",
        fonts="{fallback: {Arab: Noto Sans Arabic}}",
    )


@dataclass(frozen=True)
class Lines:
    """The runs of one column of a page: those of the text, and those of the notes."""

    text: list[GlyphRun]
    notes: list[GlyphRun]


def column_of(run: GlyphRun, trial: Trial) -> int:
    if "notes: frame" in trial.keys:
        return 0
    width = (160 - GUTTER * (trial.columns - 1)) / trial.columns
    return min(int((run.x + run.glyphs.width / 2 - 20) // (width + GUTTER)), trial.columns - 1)


def split_columns(page: Page, trial: Trial) -> list[Lines]:
    columns = [Lines([], []) for _ in range(trial.columns)]
    for run in page.items:
        if isinstance(run, GlyphRun) and run.glyphs.ids:
            is_note = any(role == "Note" for role, _ in run.tag.path)
            lines = columns[column_of(run, trial)]
            (lines.notes if is_note else lines.text).append(run)
    return columns


@settings(max_examples=examples(60), deadline=None, suppress_health_check=[HealthCheck.too_slow])
@given(trials)
def test_notes_are_in_the_columns_of_their_marks(trial: Trial) -> None:
    result = lay_out_trial(trial)
    for finding in result.findings:
        assert finding.code in ("overflow", "line-too-wide", "keep-broken"), finding
    is_overset = any(one.code == "overflow" for one in result.findings)
    seen: list[int] = []
    for page, height in zip(result.pages, trial.heights, strict=True):
        for lines in split_columns(page, trial):
            marks = [
                int(match[0])
                for run in lines.text
                if run.glyphs.link and (match := re.search(r"\d+$", run.glyphs.link))
            ]
            words = [
                word
                for run in lines.notes
                for word in re.findall(r"(?:start|end)\d+", run.glyphs.text)
            ]
            assert words == [f"{end}{n}" for n in marks for end in ("start", "end")]
            seen += marks
            check_distances(lines, height)
    count = sum(map(len, trial.paragraphs))
    assert sorted(seen) == list(range(count)) or is_overset
    assert len(set(seen)) == len(seen)
    if not is_overset:
        text = "".join(
            run.glyphs.text
            for page in result.pages
            for run in page.items
            if isinstance(run, GlyphRun)
        )
        assert text.count("tail.") == len(trial.paragraphs)


def check_distances(lines: Lines, height: float) -> None:
    """Check that all lines are in the frame, notes below text, and that lines do not overlap."""
    foot = 300 - 20 - height
    text = sorted({round(run.y, 2) for run in lines.text if not run.glyphs.link})
    notes = sorted({round(run.y, 2) for run in lines.notes})
    for y in (*text, *notes):
        assert foot - 0.02 <= y <= 280
    if text and notes:
        assert text[0] >= notes[-1] + 5
    if notes:
        assert all(upper - lower >= NOTE_LEADING - 0.02 for lower, upper in pairwise(notes))
