"""Justified text in scripts without spaces: lines end at the measure, space is added only where it may be, and rivers are
avoided."""

from __future__ import annotations

from dataclasses import replace

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st
from icu4py.breakers import LineBreaker

from brochure.typeset.lines import Line
from brochure.typeset.paragraph import PreparedParagraph, compose
from brochure.typeset.script_rules import rules_for_language
from brochure.typeset.style import LetterSpace, ParagraphStyle
from tests.languages.edition import articles
from tests.quick import examples
from tests.typeset.setting import JUSTIFIED, even, in_a_row, prepared, scripts_catalog, typed

SCRIPTS = {
    "km": ("Khmr", "Noto Sans Khmer"),
    "th": ("Thai", "Noto Sans Thai"),
    "lo": ("Laoo", "Noto Sans Lao"),
    "my": ("Mymr", "Noto Sans Myanmar"),
    "ja": ("Jpan", "Noto Sans CJK JP"),
    "zh-Hans": ("Hans", "Noto Sans CJK SC"),
    "zh-Hant": ("Hant", "Noto Sans CJK TC"),
}
LATIN = " IJM Canada 2014, IJM.org "
NO_LETTER_SPACE = replace(JUSTIFIED, letter_space=LetterSpace())


def style_in(language: str) -> ParagraphStyle:
    script, family = SCRIPTS[language]
    return replace(NO_LETTER_SPACE, type=typed(script, family, language))


def set_in(language: str, text: str) -> PreparedParagraph:
    return prepared(text, style_in(language), scripts_catalog(SCRIPTS[language][1]))


def filled(line: Line, text: str) -> bool:
    """Whether space had to be added to the line."""
    return not (line.loose or line.overfull or line.end == len(text))


def ink_right(line: Line, task: PreparedParagraph, text: str) -> float:
    """Return the position after the last letter, without the space that justification added after it."""
    last = in_a_row(line)[-1]
    begun = max(last.clusters)
    wide = sum(a for c, a in zip(last.clusters, last.advances, strict=True) if c == begun)
    natural = task.metrics.own[text.index(last.text, line.start) + begun]
    if last.clusters.count(begun) == 1:  # the letter alone, without kerning
        natural = last.face.font.get_glyph_h_advance(last.ids[-1]) * last.size / last.face.upem
    return last.x + last.width - wide + natural


@settings(max_examples=examples(60), deadline=None)
@given(st.sampled_from(sorted(SCRIPTS)), st.integers(0, 40), st.booleans(), st.floats(90, 300))
def test_lines_end_at_the_measure(language: str, cut: int, mixed: bool, width: float) -> None:
    article = articles()[language]
    text = article[cut:] + (LATIN if mixed else "") + article[:cut]
    task = set_in(language, text)
    for line in compose(task, even(width)):
        if filled(line, text):
            assert line.stretch <= 1 + 1e-6
            assert line.right == pytest.approx(width, abs=0.01)
            assert ink_right(line, task, text) == pytest.approx(width, abs=0.01)
        elif not line.overfull:
            assert line.right <= width + 0.01


@pytest.mark.parametrize("language", sorted(SCRIPTS))
def test_space_is_added_between_words(language: str) -> None:
    # After the last letter of an ICU word there may be `word` and `cluster` ems of space, after any other only `cluster`.
    text, slack = articles()[language], rules_for_language(language).elasticity
    task = set_in(language, text)
    natural = task.metrics.own
    places = LineBreaker(text, "ja-u-lb-strict" if language == "ja" else language).segments()
    ends = {place for _, place in places if not text[place - 1].isspace()}
    stretched = 0
    for line in compose(task, even(176.0)):
        for run in line.runs:
            start = text.index(run.text, line.start)
            width: dict[int, float] = {}
            for cluster, advance in zip(run.clusters, run.advances, strict=True):
                width[start + cluster] = width.get(start + cluster, 0.0) + advance
            clusters = sorted(width)
            for at, after in zip(clusters, [*clusters[1:], start + len(run.text)], strict=True):
                if text[at].isspace():
                    continue
                space = width[at] - natural[at]
                most = slack.cluster + (slack.word if after in ends else 0.0)
                assert -1e-6 <= space <= most * 10 + 1e-6, text[at:after]
                stretched += after in ends and space > 0.1
    assert stretched > 5


def test_a_line_that_would_need_more_stays_ragged() -> None:
    # The measure is 1.9 of these words in a Khmer paragraph: one is on each line, and no space could fill the rest.
    text = " ".join(["responsibility"] * 6)
    (word,) = compose(set_in("km", "responsibility"), even(900.0))
    first, *_ = compose(set_in("km", text), even(word.right * 1.9))
    assert first.loose
    assert first.right == pytest.approx(word.right, abs=0.01)


def test_a_zero_width_space_is_a_word_end() -> None:
    # Two words that ICU does not divide, divided by the writer: there may be at most 0.15 ems of 10 pt between them.
    text = "กก\u200bกก " * 3
    widths = set_in("th", text).metrics
    letter = 0.04 * 10
    assert widths.stretch[1] == pytest.approx(letter + 1.5)
    assert widths.stretch[0] == pytest.approx(letter)
    assert widths.stretch[2] == 0.0


@pytest.mark.parametrize(
    ("language", "family", "script"),
    [("ar", "Noto Naskh Arabic", "Arab"), ("hi", "Noto Sans Devanagari", "Deva")],
)
def test_spaces_of_other_scripts_are_limited_to_three_times_their_width(
    language: str, family: str, script: str
) -> None:
    text = articles()[language]
    style = replace(JUSTIFIED, type=typed(script, family, language))
    task = prepared(text, style, scripts_catalog(family))
    natural = task.metrics.own
    seen = set()
    for width in range(60, 200, 10):
        for line in compose(task, even(float(width))):
            seen.add(line.loose)
            spaces = [
                advance
                for run in line.runs
                for cluster, advance in zip(run.clusters, run.advances, strict=True)
                if run.text[cluster : cluster + 1] == " "
            ]
            assert all(space <= 3 * natural[text.index(" ")] + 1e-6 for space in spaces)
            if not line.overfull and filled(line, text) and spaces:
                assert line.right - line.left == pytest.approx(width, abs=0.01)
    assert seen == {False, True}
