"""Smart punctuation: marks and spaces of each language; correct text is not changed."""

from __future__ import annotations

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from brochure.typeset.smart_punctuation import NARROW, NBSP, STYLES, apply_typography


@pytest.mark.parametrize(
    ("language", "typed", "wanted"),
    [
        ("en", '"It\'s over," he said.', "“It’s over,” he said."),
        ("en", "the courts' work in the '90s", "the courts’ work in the ’90s"),
        ("en", "\"She said 'never again' to him\"", "“She said ‘never again’ to him”"),
        ("en", "the dogs' and cats' food", "the dogs’ and cats’ food"),
        ("en", '("so")', "(“so”)"),
        ("en-CA", '"so"', "“so”"),
        ("de", "\"Er sagte 'nie wieder' dazu\"", "„Er sagte ‚nie wieder‘ dazu“"),
        ("de", "so geht's", "so geht’s"),
        ("es", '"No"', "«No»"),
        ("pl", '"Nie"', "„Nie”"),
        ("ru", '"Нет"', "«Нет»"),
        ("en", "wait... what", "wait… what"),
        ("xx", '"so"', "“so”"),
    ],
)
def test_marks(language: str, typed: str, wanted: str) -> None:
    assert apply_typography(typed, language) == wanted


@pytest.mark.parametrize(
    ("language", "typed", "wanted"),
    [
        # France: a narrow space before high marks, a full one before the colon and within guillemets.
        ("fr", "Vraiment ?", f"Vraiment{NARROW}?"),
        ("fr", "Vraiment?", f"Vraiment{NARROW}?"),
        ("fr", "Voici : oui ; non !", f"Voici{NBSP}: oui{NARROW}; non{NARROW}!"),
        ("fr", '"Oui"', f"«{NBSP}Oui{NBSP}»"),
        ("fr", "« Oui »", f"«{NBSP}Oui{NBSP}»"),
        ("fr", "Quoi ?!", f"Quoi{NARROW}?!"),
        # Canada: a space before the colon only.
        ("fr-CA", "Vraiment? Voici : oui!", f"Vraiment? Voici{NBSP}: oui!"),
        # Times and addresses are not changed.
        ("fr", "à 10:30 sur https://ijm.org/a?b=c", "à 10:30 sur https://ijm.org/a?b=c"),
        ("en", "Really?", "Really?"),
    ],
)
def test_french_spaces(language: str, typed: str, wanted: str) -> None:
    assert apply_typography(typed, language) == wanted


@pytest.mark.parametrize(
    ("language", "typed", "wanted"),
    [
        ("en", "about 25 km off", f"about 25{NBSP}km off"),
        ("en", "21 million people", f"21{NBSP}million people"),
        ("fr", "au moins 73 % de moins", f"au moins 73{NBSP}% de moins"),
        ("en", "J. R. R. Tolkien", f"J.{NBSP}R.{NBSP}R.{NBSP}Tolkien"),
        ("en", "Dr. Adams, No. 5, § 3", f"Dr.{NBSP}Adams, No.{NBSP}5, §{NBSP}3"),
        ("fr", "M. Dupont, art. 3, n° 5", f"M.{NBSP}Dupont, art.{NBSP}3, n°{NBSP}5"),
        ("de", "Dr. Weiß, S. 12", f"Dr.{NBSP}Weiß, S.{NBSP}12"),
        ("en", "25 kmh and 3 moons", "25 kmh and 3 moons"),
        # Initials with any capital, and abbreviations of several words.
        ("pl", "Ł. Kos i Ż. Mak", f"Ł.{NBSP}Kos i{NBSP}Ż.{NBSP}Mak"),
        ("cs", "Č. Novák", f"Č.{NBSP}Novák"),
        ("uk", "І. Франко, Ю. Є. Мак", f"І.{NBSP}Франко, Ю.{NBSP}Є.{NBSP}Мак"),
        ("de", "z. B. hier, i. d. R. so", f"z.{NBSP}B. hier, i.{NBSP}d.{NBSP}R. so"),
        ("ru", "и т. д., т. е.", f"и{NBSP}т.{NBSP}д., т.{NBSP}е."),
        ("pl", "m. in. tu", f"m.{NBSP}in. tu"),
        # Units of Slavic languages.
        ("ru", "5 км, 10 млн, 2017 г.", f"5{NBSP}км, 10{NBSP}млн, 2017{NBSP}г."),
        ("uk", "25 грн і 3 тис.", f"25{NBSP}грн і{NBSP}3{NBSP}тис."),
        ("pl", "5 zł, 3 tys. osób", f"5{NBSP}zł, 3{NBSP}tys. osób"),
        ("cs", "250 Kč, 2 mil.", f"250{NBSP}Kč, 2{NBSP}mil."),
        # Words of one letter.
        ("cs", "k lesu a v lese", f"k{NBSP}lesu a{NBSP}v{NBSP}lese"),
        ("sk", "O nás s vami", f"O{NBSP}nás s{NBSP}vami"),
        ("pl", "w lesie i z nami", f"w{NBSP}lesie i{NBSP}z{NBSP}nami"),
        ("ru", "в лесу и с ним", f"в{NBSP}лесу и{NBSP}с{NBSP}ним"),
        ("en", "a house", "a house"),
        ("de", "Ende. Er kam", "Ende. Er kam"),
    ],
)
def test_nonbreaking_spaces(language: str, typed: str, wanted: str) -> None:
    assert apply_typography(typed, language) == wanted


SIGNS = st.text(alphabet=f"ab AB.,:;!?'\"«»“”‘’„()[]…%°§5 3{NBSP}{NARROW}\n-—/", max_size=24)
LANGUAGES = st.sampled_from(sorted(STYLES))


@settings(max_examples=400, deadline=None)
@given(SIGNS, LANGUAGES)
def test_applying_it_twice_changes_nothing_more(text: str, language: str) -> None:
    once = apply_typography(text, language)
    assert apply_typography(once, language) == once


@settings(max_examples=200, deadline=None)
@given(SIGNS, LANGUAGES)
def test_letters_are_not_changed(text: str, language: str) -> None:
    def letters(string: str) -> str:
        return "".join(char for char in string if char.isalnum())

    assert letters(apply_typography(text, language)) == letters(text)
    assert "'" not in apply_typography(text, language)
    assert '"' not in apply_typography(text, language)
