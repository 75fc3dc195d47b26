"""Line-break opportunities: ICU's rules as used here, hyphens, addresses, and text that must not be divided."""

from __future__ import annotations

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st
from icu4py.breakers import LineBreaker, WordBreaker

from brochure.typeset.line_breaks import (
    ADDRESS_MARK,
    ADDRESS_PENALTY,
    COMPOUND_PENALTY,
    HYPHEN_PENALTY,
    LAST_WORD_PENALTY,
    NUMBER_PENALTY,
    TOKEN_PATTERN,
    find_addresses,
    find_breaks,
)
from brochure.typeset.smart_punctuation import apply_typography
from brochure.typeset.style import Hyphenation
from tests.languages.edition import articles
from tests.quick import examples
from tests.typeset.conformance import data_lines

OFF, ON = Hyphenation(), Hyphenation(on=True)


def parts(text: str, language: str = "en", rules: Hyphenation = OFF) -> list[str]:
    """Return the text divided at every break with at most the cost of a hyphen."""
    found, start = [], 0
    for brk in find_breaks(text, language, rules):
        if brk.penalty <= HYPHEN_PENALTY:
            found.append(text[start : brk.end] + ("-" if brk.hyphen else ""))
            start = brk.start
    return found


# ICU is tested by its own tests; these test that its positions are converted correctly, including astral characters.

TAILORED = 40
"""How many lines of LineBreakTest 15.0.0 may have a different result. ICU 77 has Unicode 16's rules LB15a, LB15b, LB19a, LB20a
(hyphens before letters, quotation marks beside East Asian text) and its own for numbers (33 lines); this program never breaks
between a word and a dash after it, and no line ends after a soft hyphen without a visible hyphen."""

OURS = ("\u2014", "\u00ad", "\n", "@", "://")
"""Characters that this program's own rules apply to: lines with these are not counted."""


def test_line_break_conformance() -> None:
    wrong: list[str] = []
    count = 0
    for line in data_lines("LineBreakTest"):
        text, wanted = "", []
        for word in line.split():
            if word == "÷":
                wanted.append(len(text))
            elif word != "×":
                text += chr(int(word, 16))
        if any(sign in text for sign in OURS):
            continue
        count += 1
        found = [brk.start for brk in find_breaks(text, "en", OFF)]
        if found != [place for place in wanted if place]:
            wrong.append(f"{text!a}: {found}, not {wanted}")
    assert count == 6_967
    assert len(wrong) <= TAILORED, wrong


def test_every_break_moves_on() -> None:
    # A line that begins after one break ends, at the earliest, where it begins, including two consecutive forced ends.
    found = find_breaks("one\n\ntwo  three \n", "en", OFF)
    before = 0
    for brk in found:
        assert before <= brk.end <= brk.start
        before = brk.start
    assert [brk.end for brk in found if brk.forced] == [3, 4, 15]
    assert [(brk.end, brk.start) for brk in found if not brk.forced] == [(8, 10)]


def test_astral_characters_count_as_one() -> None:
    # Each of the two characters is two units in UTF-16, in which ICU counts.
    assert [brk.start for brk in find_breaks("𝒂𝒃 cd ef", "en", OFF)] == [3, 6, 8]


@pytest.mark.parametrize(
    ("text", "language", "wanted"),
    [
        # The first words of "the Khmer language is the language ...", and so on: by the dictionaries of ICU.
        ("ភាសាខ្មែរគឺជាភាសា", "km", ["ភាសាខ្មែរ", "គឺជា", "ភាសា"]),
        ("ภาษาไทยเป็นภาษา", "th", ["ภาษา", "ไทย", "เป็น", "ภาษา"]),
        ("မြန်မာဘာသာစကားသည်", "my", ["မြန်မာဘာသာ", "စကား", "သည်"]),
        ("ພາສາລາວເປັນພາສາ", "lo", ["ພາສາ", "ລາວ", "ເປັນ", "ພາສາ"]),
        ("日本語の「文章」です。", "ja", ["日", "本", "語", "の", "「文", "章」", "で", "す。"]),
    ],
)
def test_scripts_without_spaces(text: str, language: str, wanted: list[str]) -> None:
    assert parts(text, language) == wanted


@pytest.mark.parametrize("language", ["th", "te", "kn"])
def test_no_hyphens_in_scripts_without_hyphens(language: str) -> None:
    # There are patterns for these languages, but they use no hyphens at line ends.
    text = {"th": "ประเทศไทย", "te": "తెలుగుభాష", "kn": "ಕನ್ನಡಭಾಷೆ"}[language]
    assert not any(brk.hyphen for brk in find_breaks(text, language, ON))


# Text that is not divided


@pytest.mark.parametrize(
    ("text", "language", "wanted"),
    [
        ("A. Lincoln met J. R. R. Tolkien", "en", ["A. Lincoln", "met", "J. R. R. Tolkien"]),
        ("about 25 km from it", "en", ["about", "25 km", "from", "it"]),
        ("plus de 10 % des cas", "fr", ["plus", "de", "10 %", "des", "cas"]),
        ("Il dit : « Oui ! »", "fr", ["Il", "dit :", "« Oui ! »"]),
        ("vu p. 12 de l'art. 3", "fr", ["vu", "p. 12", "de", "l’art. 3"]),
        ("see Dr. Adams there", "en", ["see", "Dr. Adams", "there"]),
        ("hold\u00a0it", "en", ["hold\u00a0it"]),
        ("figure\u2007space and\u202fnarrow", "en", ["figure\u2007space", "and\u202fnarrow"]),
        ("word\u2060joined x", "en", ["word\u2060joined", "x"]),
    ],
)
def test_text_that_is_not_divided(text: str, language: str, wanted: list[str]) -> None:
    found = parts(apply_typography(text, language), language)
    assert [part.replace("\u00a0", " ").replace("\u202f", " ") for part in found] == [
        part.replace("\u00a0", " ").replace("\u202f", " ") for part in wanted
    ]


def test_dashes_stay_with_the_word_before_them() -> None:
    assert parts("a mother—and a child") == ["a", "mother—", "and", "a", "child"]
    # A dash at the start (Spanish dialogue) stays with the word after it.
    assert parts("Ven —dijo él— y calla", "es") == ["Ven", "—dijo", "él—", "y", "calla"]


def test_dashes_and_hyphens_cost_more_than_a_space() -> None:
    found = {brk.start: brk for brk in find_breaks("long-term 3–5 x", "en", OFF)}
    assert (found[5].penalty, found[5].hyphen) == (COMPOUND_PENALTY, False)
    assert found[12].penalty == COMPOUND_PENALTY
    assert found[10].penalty == 0.0


# Hyphens


@pytest.mark.parametrize(
    ("word", "language", "wanted"),
    [
        ("considerable", "en", ["con-", "sid-", "er-", "able"]),
        ("Donaudampfschiff", "de", ["Do-", "nau-", "dampf-", "schiff"]),
        ("gouvernement", "fr", ["gou-", "ver-", "ne-", "ment"]),
        ("правосудие", "ru", ["пра-", "во-", "су-", "дие"]),
    ],
)
def test_words_are_divided_by_the_patterns_of_the_language(
    word: str, language: str, wanted: list[str]
) -> None:
    # A second word follows, because the last word of a paragraph is hyphenated only if necessary.
    assert parts(f"{word} x", language, ON) == [*wanted, "x"]


def test_limits_of_hyphenation() -> None:
    assert parts("considerable x", "en", Hyphenation(on=True, min_before=4, min_after=5)) == [
        "consid-", "erable", "x",
    ]  # fmt: skip
    assert parts("considerable x", "en", Hyphenation(on=True, min_word=13)) == ["considerable", "x"]
    assert parts("considerable x", "en", OFF) == ["considerable", "x"]


@pytest.mark.parametrize(
    "text",
    [
        "UNESCOPAPERS x",
        "mid-considerable x",
        "considerable-ish x",
        "considerable5 x",
        "5considerable x",
    ],
)
def test_words_that_are_not_divided(text: str) -> None:
    assert not any(brk.hyphen for brk in find_breaks(text, "en", ON))


def test_the_last_word_is_divided_only_if_necessary() -> None:
    penalties = {brk.penalty for brk in find_breaks("so considerable.", "en", ON) if brk.hyphen}
    assert penalties == {LAST_WORD_PENALTY}


def test_soft_hyphens_replace_patterns_in_their_word() -> None:
    # If the writer has used soft hyphens, the patterns are not used; the same without hyphenation.
    assert parts("con\u00adsiderable x", "en", ON) == ["con-", "siderable", "x"]
    assert parts("con\u00adsiderable x", "en", OFF) == ["con-", "siderable", "x"]
    assert parts("ประ\u00adเทศ", "th", OFF) == ["ประ-", "เทศ"]


# Addresses


def test_an_address_is_not_hyphenated() -> None:
    text = "see communications@considerable.example.org now"
    found = find_breaks(text, "en", ON)
    assert not any(brk.hyphen for brk in found)
    within = {text[4 : brk.end]: brk.penalty for brk in found if brk.penalty}
    assert within == {
        "communications@": ADDRESS_PENALTY,
        "communications@considerable": ADDRESS_PENALTY,
    }  # at most four characters alone are not divided off: ".org" stays


def test_a_long_web_address_is_divided_after_slashes_and_before_other_signs() -> None:
    address = "https://www.example.org/give/monthly?from=print"
    places = [brk.start for brk in find_breaks(address, "en", OFF) if not brk.forced]
    assert [address[a:b] for a, b in zip([0, *places], [*places, None], strict=True)] == [
        "https://", "www", ".example", ".org/", "give/", "monthly", "?from", "=print",
    ]  # fmt: skip


def test_a_short_address_is_not_divided() -> None:
    assert parts("go to IJM.org/research soon") == ["go", "to", "IJM.org/research", "soon"]
    assert len(find_breaks("IJM.org/research", "en", ON)) == 1


def test_a_telephone_number_is_divided_only_if_necessary() -> None:
    text = "T +1 519 679 5030 or (519) 679-5030, in 2014 1775 people"
    dear = [
        text[brk.start :].split(maxsplit=1)[0]
        for brk in find_breaks(text, "en", OFF)
        if brk.penalty
    ]
    assert dear == ["519", "679", "5030", "679-5030,"]


# Scripts without spaces, compared with ICU itself


UNSPACED = ("km", "th", "lo", "my", "ja", "zh-Hans", "zh-Hant")


def icu(text: str, language: str) -> list[int]:
    """Return ICU's own positions; for Japanese with the strict rules for line beginnings that this program uses."""
    tag = "ja-u-lb-strict" if language == "ja" else language
    return [place for _, place in LineBreaker(text, tag).segments()]


@settings(max_examples=examples(80), deadline=None)
@given(st.sampled_from(UNSPACED), st.integers(0, 60), st.integers(0, 60), st.booleans())
def test_the_positions_are_those_of_icu(
    language: str, first: int, length: int, hyphens: bool
) -> None:
    text = articles()[language][first : first + length + 1] or "。"
    found = find_breaks(text, language, ON if hyphens else OFF)
    assert [brk.start for brk in found] == icu(text, language)
    assert not any(brk.hyphen or brk.penalty for brk in found)


@pytest.mark.parametrize("language", ["km", "th", "lo", "my"])
def test_the_positions_are_ends_of_words(language: str) -> None:
    # ICU uses the same dictionaries for words (double-clicking) and for lines.
    text = articles()[language]
    words = {place for _, place in WordBreaker(text, language).segments()}
    assert {brk.start for brk in find_breaks(text, language, OFF)} <= words


@pytest.mark.parametrize("language", UNSPACED)
def test_an_address_is_the_only_addition(language: str) -> None:
    text, address = articles()[language], "https://www.example.org/give/monthly"
    mixed = f"{text} {address} {text}"
    start, end = len(text) + 1, len(text) + 1 + len(address)
    found = [brk.start for brk in find_breaks(mixed, language, OFF)]
    ours, theirs = (
        [place for place in places if not start < place < end]
        for places in (found, icu(mixed, language))
    )
    assert ours == theirs


def test_no_japanese_line_begins_with_a_small_letter() -> None:
    text = "きゃっきゃとカーテン、シェア…々。「あ」（1）"
    begins = {text[brk.start] for brk in find_breaks(text, "ja", OFF) if brk.start < len(text)}
    assert begins.isdisjoint("ゃっーェ、。」）…々")


def test_the_limits_of_the_language_are_kept() -> None:
    # German hyphenates with two letters after the hyphen, French with at least three, whatever smaller number a style has.
    assert parts("Schule x", "de", ON) == ["Schu-", "le", "x"]
    assert parts("facile x", "fr", Hyphenation(on=True, min_before=1, min_after=1)) == [
        "fa-",
        "cile",
        "x",
    ]
    assert parts("Schule x", "de", Hyphenation(on=True, min_after=3)) == ["Schule", "x"]


# Hyphens of compound words


def beginnings(text: str, language: str) -> list[bool]:
    """Return whether the line after each break in the text begins with a repeated hyphen."""
    return [brk.repeated_hyphen for brk in find_breaks(text, language, OFF)[:-1]]


@pytest.mark.parametrize(
    ("language", "text"),
    [
        ("pl", "słodko-kwaśny"),
        ("pt", "segunda-feira"),
        ("pt-BR", "bem-vindo"),
        ("cs", "česko-anglický"),
        ("sk", "vedecko-technický"),
        ("hr", "znanstveno-popularni"),
        ("es", "teórico-práctico"),
        ("es-GT", "teórico-práctico"),
        ("sr", "црно-бели"),
        ("gl", "socio-cultural"),
        ("dsb", "serbsko-nimski"),
    ],
)
def test_hyphens_that_are_repeated(language: str, text: str) -> None:
    assert beginnings(text, language) == [True]


@pytest.mark.parametrize(
    ("language", "text"),
    [
        ("en", "long-term"),
        ("de", "deutsch-polnisch"),
        ("fr", "porte-monnaie"),
        ("eu", "mendi-bide"),  # Euskaltzaindia does not require one
        ("es", "Calderón-Lozano"),  # a name of two parts
        ("pl", "Warszawa–Kraków"),  # a dash, not a hyphen
        ("pl", "słodko- kwaśny"),
        ("pt", "10-12"),
    ],
)
def test_hyphens_that_are_not_repeated(language: str, text: str) -> None:
    assert not any(beginnings(text, language))


# Note marks


def divided_words(text: str, raised: tuple[tuple[int, int], ...] = ()) -> list[str]:
    rules = Hyphenation(on=True)
    places = [brk.start for brk in find_breaks(text, "en", rules, raised) if brk.hyphen]
    return [text[:place] for place in places]


@pytest.mark.parametrize("mark", ["1", "12", "a", "*", "†", "¹", "²³"])
def test_a_note_mark_does_not_stop_hyphenation(mark: str) -> None:
    word = "responsibility"
    assert divided_words(word)
    raised = ((len(word), len(word) + len(mark)),)
    assert divided_words(f"{word}{mark} then", raised)[:3] == divided_words(f"{word} then")[:3]


def test_digits_on_the_line_join_their_word() -> None:
    assert not divided_words("responsibility1")


@pytest.mark.parametrize(
    ("language", "before", "address", "after"),
    [
        ("ja", "詳細は", "https://www.example.org/ja", "をご覧ください。"),
        ("ja", "宛先は", "info@example.org", "または、"),
        ("ja", "「", "example.org/a?b=c", "」と（"),
        ("ja", "はがき、", "example.org", "を見る"),
        ("zh-Hans", "请访问", "www.example.org/zh", "。谢谢，"),
        ("th", "ดูที่", "https://example.org/th", "ได้เลย"),
        ("km", "មើល", "https://example.org/km", "នេះ"),
        ("my", "ကြည့်ရန်", "info@example.org", "သို့"),
        ("ko", "자세한 것은 ", "https://example.org/ko", "에서"),
        ("fr", "sur ", "https://exämple.org/é", " ou"),
    ],
)
def test_an_address_ends_where_its_characters_end(
    language: str, before: str, address: str, after: str
) -> None:
    text = before + address + after
    assert list(find_addresses(text)) == [(len(before), len(before) + len(address))]


ADDRESS_TEXT = st.lists(
    st.sampled_from(
        ("a", "org", ".org", "@", "://", "www.", "…", "é", " ", "\u00a0", "は", "ไ", "、")
    ),
    max_size=12,
).map("".join)


@settings(max_examples=examples(500))
@given(ADDRESS_TEXT)
def test_addresses_are_the_runs_of_their_characters_that_have_a_mark(text: str) -> None:
    runs = [run.span() for run in TOKEN_PATTERN.finditer(text)]
    assert list(find_addresses(text)) == [run for run in runs if ADDRESS_MARK.search(text, *run)]


def test_text_around_an_address_is_broken_as_usual() -> None:
    before, after = "詳しくは", "をご覧ください"
    address = "https://www.example.org/ja"
    costs = {brk.start: brk.penalty for brk in find_breaks(before + address + after, "ja", OFF)}
    assert all(costs[at] == 0 for at in (1, 2, len(before), len(before + address) + 1))
    inside = {at: cost for at, cost in costs.items() if 0 < at - len(before) < len(address)}
    assert set(inside.values()) == {ADDRESS_PENALTY}


def test_a_telephone_number_between_letters_without_spaces() -> None:
    text = "電話+81 45 1234 5678までご連絡"
    start, end = 2, 2 + len("+81 45 1234 5678")
    inside = [brk.penalty for brk in find_breaks(text, "ja", OFF) if start < brk.start < end]
    assert inside
    assert set(inside) == {NUMBER_PENALTY}
