"""Consecutive full-width punctuation is set half an em closer, and the widths of lines account for it."""

from __future__ import annotations

from dataclasses import replace

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from brochure.blocks import KINDS
from brochure.l10n.assets import Assets
from brochure.l10n.edition import resolve
from brochure.l10n.translations import Translations
from brochure.layout.pages import compose_pages
from brochure.model.display_list import GlyphRun
from brochure.project import MemoryProject
from brochure.spec.read import read
from brochure.typeset.lines import Line
from brochure.typeset.paragraph import compose, prepare
from brochure.typeset.style import TextRun
from tests.quick import examples
from tests.typeset.setting import (
    JUSTIFIED,
    RAGGED,
    even,
    in_a_row,
    prepared,
    scripts_catalog,
    typed,
)

FAMILIES = {
    "ja": ("Jpan", "Noto Sans CJK JP"),
    "ko": ("Kore", "Noto Sans CJK KR"),
    "zh-Hans": ("Hans", "Noto Sans CJK SC"),
    "zh-Hant": ("Hant", "Noto Sans CJK TC"),
}


def line_in(language: str, text: str) -> Line:
    """The text on one line, 10 pt."""
    script, family = FAMILIES[language]
    style = replace(RAGGED, type=typed(script, family, language))
    (line,) = compose(prepared(text, style, scripts_catalog(family)), even(1000.0))
    return line


def widths(line: Line) -> list[float]:
    """The advances of the line's glyphs in ems."""
    return [round(advance / 10, 3) for run in in_a_row(line) for advance in run.advances]


@pytest.mark.parametrize(
    ("language", "text", "expected"),
    [
        ("ja", "め）。", [1, 0.5, 1]),
        ("ja", "は」、「い", [1, 0.5, 0.5, 1, 1]),
        ("ja", "「『本』」", [1, 0.5, 1, 0.5, 1]),
        ("ja", "本』・「雑", [1, 0.5, 1, 0.5, 1]),
        ("ja", "だ！」と", [1, 1, 1, 1]),  # the exclamation mark is in the middle of its glyph
        ("ja", "た。\u3000「い", [1, 0.5, 1, 0.5, 1]),
        ("ja", "初（め）は。", [1, 1, 1, 1, 1, 1]),  # alone, each has its em
        ("ko", "글」、『글", [1, 0.5, 0.5, 1, 1]),
        ("zh-Hans", "是！”“他", [1, 0.5, 0.5, 1, 1]),
        ("zh-Hans", "书》、《书", [1, 0.5, 0.5, 1, 1]),
        ("zh-Hant", "書》，《書", [1, 0.5, 1, 0.5, 1]),  # the comma is in the middle of its glyph
        ("zh-Hant", "說。」他", [1, 1, 1, 1]),
    ],
)
def test_blank_halves_do_not_add_up(language: str, text: str, expected: list[float]) -> None:
    letter = {"ko": 0.92}.get(language, 1)
    measured = widths(line_in(language, text))
    assert measured == [letter if char.isalpha() else width for char, width in zip(text, expected, strict=True)]  # fmt: skip


def test_the_ink_of_a_trimmed_opening_bracket_moves() -> None:
    # Half an em is blank at the left of 『: it starts where 「 ends, and its ink stays within its advance.
    (run,) = line_in("ja", "「『本").runs
    assert [round(x, 2) for x, _ in run.offsets] == [0.0, -5.0, 0.0]


def test_punctuation_of_different_styles_is_one_text() -> None:
    script, family = FAMILIES["ja"]
    style = replace(RAGGED, type=typed(script, family, "ja"))
    bold = replace(style.type, weight=700)
    runs = [TextRun("「読む", style.type), TextRun("（本）", bold), TextRun("」。", style.type)]
    (line,) = compose(prepare(tuple(runs), style, scripts_catalog(family)), even(1000.0))
    assert widths(line) == [1, 1, 1, 1, 1, 0.5, 0.5, 1]


def test_proportional_punctuation_is_not_trimmed() -> None:
    # Japanese fonts have quotation marks of half an em and less, and `halt` narrows all punctuation by itself.
    line = line_in("ja", "本）”。")
    assert widths(line)[:2] == [1, 1]
    script, family = FAMILIES["ja"]
    narrow = replace(typed(script, family, "ja"), features=(("halt", 1),))
    (halved,) = compose(
        prepared("め）。", replace(RAGGED, type=narrow), scripts_catalog(family)), even(1000.0)
    )
    assert widths(halved) == [1, 0.5, 0.5]


@settings(max_examples=examples(60), deadline=None)
@given(
    st.sampled_from(sorted(FAMILIES)),
    st.lists(st.sampled_from(["本", "）", "」", "。", "、", "「", "（", "・", "a b", "\u3000", "”"]), min_size=8, max_size=40),
    st.floats(60, 200),
)  # fmt: skip
def test_lines_have_the_measured_width(language: str, parts: list[str], width: float) -> None:
    script, family = FAMILIES[language]
    style = replace(JUSTIFIED, type=typed(script, family, language))
    text = "".join(parts)
    for line in compose(prepared(text, style, scripts_catalog(family)), even(width)):
        if line.overfull or line.loose or line.end >= len(text):
            continue
        assert line.right <= width + 0.01


LAYOUT = """
brochure: t
size: A6
binding: none
source-language: ja
fonts: {system: yes, fallback: {Jpan: Noto Sans CJK JP}}
paragraph-styles: {body: {font: Noto Sans, size: 10 pt, leading: 14 pt}}
pages: [{frames: {words: {at: "columns 1-6, rows 1-4", content: [{text: a}]}}}]
"""


def test_the_page_shows_it() -> None:
    project = MemoryProject({"content/ja.yaml": "a: 2017年（初め）。\n".encode()})
    layout, _ = read(LAYOUT.encode(), "brochure.yaml", KINDS)
    assert layout
    edition, _ = resolve(layout, Translations.load(project, layout, "ja"), Assets())
    (page,), _ = compose_pages(edition, scripts_catalog("Noto Sans CJK JP"))
    glyphs = [item.glyphs for item in page.items if isinstance(item, GlyphRun)]
    bracket = next(run for run in glyphs if "）" in run.text)
    at = bracket.text.index("）")
    assert bracket.advances[at : at + 2] == pytest.approx((5.0, 10.0))
