"""Scripts of characters: figures have the script of their line, full-width characters that of East Asian text."""

from __future__ import annotations

from itertools import groupby

import pytest

from brochure.typeset.script_runs import resolve_scripts


def runs(text: str, language: str) -> list[tuple[str, str]]:
    scripts = resolve_scripts(text, language)
    assert len(scripts) == len(text)
    found = groupby(range(len(text)), key=lambda at: scripts[at])
    return [("".join(text[at] for at in places), script) for script, places in found]


@pytest.mark.parametrize(
    ("language", "text", "wanted"),
    [
        # A figure after a Latin name is set like all other figures of the line.
        ("ar", "IJM 2017 حالة", [("IJM ", "Latn"), ("2017", "Arab"), (" ", "Latn"), ("حالة", "Arab")]),
        ("he", "ה IJM, 73% תיקים", [("ה ", "Hebr"), ("IJM, ", "Latn"), ("73%", "Hebr"), (" ", "Latn"), ("תיקים", "Hebr")]),
        ("th", "1,775 บ้าน", [("1,775 บ้าน", "Thai")]),
        ("km", "ផ្ទះ IJM 5", [("ផ្ទះ ", "Khmr"), ("IJM ", "Latn"), ("5", "Khmr")]),
        # But not within a word or between words of another script, or on a line of its own.
        ("ar", "في N6A 4W1 هنا", [("في ", "Arab"), ("N6A 4W1 ", "Latn"), ("هنا", "Arab")]),
        ("he", "ב PO Box 336 STN", [("ב ", "Hebr"), ("PO Box 336 STN", "Latn")]),
        ("th", "บ้าน\nBox 12", [("บ้าน\n", "Thai"), ("Box 12", "Latn")]),
        ("th", "1,775", [("1,775", "Latn")]),
        ("en", "the حالة 12 was", [("the ", "Latn"), ("حالة ", "Arab"), ("12", "Latn"), (" ", "Arab"), ("was", "Latn")]),
        # Full-width punctuation, figures and letters beside Latin words.
        ("ja", "Ray（IJM）は", [("Ray", "Latn"), ("（", "Hani"), ("IJM", "Latn"), ("）", "Hani"), ("は", "Hira")]),
        ("ja", "IJM！", [("IJM", "Latn"), ("！", "Hani")]),
        ("ja", "IJM〜UN：００Ａ", [("IJM", "Latn"), ("〜", "Hani"), ("UN", "Latn"), ("：００Ａ", "Hani")]),
        ("zh-Hans", "IJM，UN", [("IJM", "Latn"), ("，", "Hani"), ("UN", "Latn")]),
        ("ja", "2017年", [("2017年", "Hani")]),
    ],
)  # fmt: skip
def test_scripts(language: str, text: str, wanted: list[tuple[str, str]]) -> None:
    assert runs(text, language) == wanted
