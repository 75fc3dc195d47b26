"""Titles are not broken after an article or a preposition, nor within a phrase."""

from __future__ import annotations

from dataclasses import replace

import pytest

from brochure.typeset.line_breaks import find_breaks
from brochure.typeset.style import Hyphenation, ParagraphStyle
from brochure.typeset.weak_breaks import PHRASE_PENALTY, WORDS_FILE, mark_weak_breaks
from tests.typeset.setting import RAGGED, SERIF, lines, scripts_catalog, typed, words

BALANCED = replace(RAGGED, type=replace(SERIF, size=20.0), balance=True)
UNBALANCED = replace(BALANCED, balance=False)


def strong_parts(text: str, language: str) -> list[str]:
    """Return the text divided at every break that is not weak."""
    breaks = mark_weak_breaks(find_breaks(text, language, Hyphenation()), text, language)
    found, start = [], 0
    for brk in breaks:
        if not brk.weak and brk.penalty < PHRASE_PENALTY:
            found.append(text[start : brk.end])
            start = brk.start
    return found


@pytest.mark.parametrize(
    ("language", "text", "parts"),
    [
        ("en", "A letter from the coast", ["A letter", "from the coast"]),
        ("en-GB", "Notes of, and for, a year", ["Notes", "of,", "and", "for,", "a year"]),
        ("de", "Ein Jahr in den Bergen", ["Ein Jahr", "in den Bergen"]),
        ("fr", "Une lettre de la côte", ["Une lettre", "de la côte"]),
        ("es-GT", "Una carta desde la costa", ["Una carta", "desde la costa"]),
        ("pt-BR", "Uma carta da costa", ["Uma carta", "da costa"]),
        ("it", "Una lettera dalla costa", ["Una lettera", "dalla costa"]),
        ("pl", "List z wybrzeża", ["List", "z wybrzeża"]),
        ("ru", "Письмо с берега", ["Письмо", "с берега"]),
        ("el", "Ένα γράμμα από την ακτή", ["Ένα", "γράμμα", "από την ακτή"]),
        ("ar", "رسالة من الساحل", ["رسالة", "من الساحل"]),
        ("fi", "Kirje rannikolta", ["Kirje", "rannikolta"]),  # not a list
        ("xx", "A letter from the coast", ["A", "letter", "from", "the", "coast"]),
    ],
)
def test_short_words_stay_with_the_next(language: str, text: str, parts: list[str]) -> None:
    assert strong_parts(text, language) == parts


@pytest.mark.parametrize(
    ("language", "text", "parts"),
    [
        ("ja", "新しい図書館が町に開く", ["新しい", "図書館が", "町に", "開く"]),
        ("ja-JP", "レポートを読む", ["レポートを", "読む"]),
        ("ko", "새로운 도서관을 열다", ["새로운", "도서관을", "열다"]),
        ("zh-Hans", "世界各地的儿童", ["世界", "各地", "的", "儿童"]),
    ],
)
def test_phrases_stay_together(language: str, text: str, parts: list[str]) -> None:
    assert strong_parts(text, language) == parts


def test_every_language_of_the_list_has_short_words_in_lower_case() -> None:
    listed = [line for line in WORDS_FILE.read_text("utf-8").splitlines() if line[0] != "#"]
    assert len(listed) > 25
    for line in listed:
        tag, _, found = line.partition(": ")
        assert tag
        assert found == found.lower()
        assert all(word.isalpha() and len(word) <= 8 for word in found.split()), line
        assert len(set(found.split())) == len(found.split()), line


@pytest.mark.parametrize("style", [BALANCED, UNBALANCED])
def test_no_line_of_a_title_ends_in_a_short_word(style: ParagraphStyle) -> None:
    text = "A letter from the coast to the mountains and a year of work on the islands"
    plain = replace(style, type=replace(style.type, language="xx"))
    assert count_weak_ends(text, plain) > 20
    assert count_weak_ends(text, style) < count_weak_ends(text, plain) / 4


def count_weak_ends(text: str, style: ParagraphStyle) -> int:
    found = [words(text, lines(text, float(width), style)) for width in range(170, 400, 5)]
    short = {"a", "from", "the", "to", "of", "on"}
    return sum(line.split()[-1].lower() in short for one in found for line in one)


def test_a_title_gets_no_more_lines() -> None:
    text = "A letter from the coast to the mountains and a year of work on the islands"
    plain = replace(UNBALANCED, type=replace(SERIF, size=20.0, language="xx"))
    for width in range(100, 400, 7):
        counts = {len(lines(text, float(width), one)) for one in (plain, UNBALANCED, BALANCED)}
        assert len(counts) == 1, width


def test_text_sizes_are_not_affected() -> None:
    text = "It was a letter of the coast. " * 8
    for width in (120.0, 200.0):
        one, other = (
            lines(text, width, replace(RAGGED, type=replace(SERIF, language=tag)))
            for tag in ("en", "xx")
        )
        assert words(text, one) == words(text, other)


def test_no_word_of_a_japanese_title_is_cut() -> None:
    on = scripts_catalog("Noto Sans CJK JP")
    text = "世界の子どもを暴力から守るために、新しい図書館が町に開かれます"
    style = replace(BALANCED, type=typed("Jpan", "Noto Sans CJK JP", "ja", 20.0))
    phrases = set(strong_parts(text, "ja"))
    widest = max(map(len, phrases)) * 20.0
    for width in range(int(widest) + 1, 420, 9):
        found = words(text, lines(text, float(width), style, on))
        for line in found:
            rest = line
            while rest:
                phrase = next((one for one in phrases if rest.startswith(one)), None)
                assert phrase, (width, found)
                rest = rest.removeprefix(phrase)
