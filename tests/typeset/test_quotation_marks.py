"""Quotation marks and apostrophes: the direction of a straight mark, by its neighbours and by the sequence of marks."""

from __future__ import annotations

import pytest

from brochure.typeset.smart_punctuation import NBSP, apply_typography


@pytest.mark.parametrize(
    ("language", "typed", "wanted"),
    [
        # After an elision.
        ("fr", 'l\'"école" et d\'"ici"', f"l’«{NBSP}école{NBSP}» et d’«{NBSP}ici{NBSP}»"),
        ("fr", 'l’"école"', f"l’«{NBSP}école{NBSP}»"),
        ("fr-CA", 'qu\'"un" mot', f"qu’«{NBSP}un{NBSP}» mot"),
        ("it", 'dell\'"amica"', "dell’«amica»"),
        ("ca", 'l\'"amic" d\'"aquí"', "l’«amic» d’«aquí»"),
        # The writer typed the spaces.
        ("fr", 'dire " oui " ici', f"dire «{NBSP}oui{NBSP}» ici"),
        # After opening punctuation, an ellipsis, a dash.
        ("es", '¿"Quién" vino?', "¿«Quién» vino?"),
        ("es", '¡"Basta"!', "¡«Basta»!"),
        ("en", '"one"…"two"', "“one”…“two”"),
        ("en", '"I was—" he said', "“I was—” he said"),
        ("en", 'He said—"no"', "He said—“no”"),
        ("en", '"…and so on"', "“…and so on”"),
        ("en", '"so"/"so"', "“so”/“so”"),
        ("en", '("so")', "(“so”)"),
        # Nested marks of one kind, and a quotation that is not closed in this paragraph.
        ("en", '"She said "never" to him"', "“She said ‘never’ to him”"),
        ("en", '"First.\n"Second."', "“First.\n“Second.”"),
        ("en", "\"'So,' he said\"", "“‘So,’ he said”"),
        ("en", "he asked: \"did she say 'so'\"", "he asked: “did she say ‘so’”"),
        # Scripts without spaces.
        ("zh-Hans", '他说"你好"然后"走"了', "他说“你好”然后“走”了"),
        ("zh-Hans", '他说："好。"然后', "他说：“好。”然后"),
        ("zh-Hant", "這是'店'的\"門\"", "這是『店』的「門」"),
        ("ja", 'これは"店"という', "これは「店」という"),
        ("th", 'คำว่า"บ้าน"นี้', "คำว่า“บ้าน”นี้"),
        ("km", 'ពាក្យ"ផ្ទះ"នេះ', "ពាក្យ“ផ្ទះ”នេះ"),
        ("my", 'စကား"အိမ်"ဟု', "စကား“အိမ်”ဟု"),
        ("lo", 'ຄຳ"ເຮືອນ"ນີ້', "ຄຳ“ເຮືອນ”ນີ້"),
        ("ko", "\"안녕\"이라고 '집'은", "“안녕”이라고 ‘집’은"),
        ("hi", '"घर"में', "“घर”में"),
        # Beside Arabic and Hebrew: conjunctions and articles are written together with the quoted word.
        ("ar", 'قال "نعم" و"لا"', "قال «نعم» و«لا»"),
        ("ar", 'هل قال "نعم"؟', "هل قال «نعم»؟"),
        ("fa", 'گفت "بله"،', "گفت «بله»،"),
        ("ur", '"ہاں"۔', "”ہاں“۔"),
        ("he", 'ב"הארץ" נכתב "כן"', "ב”הארץ” נכתב ”כן”"),
        # Gershayim and geresh.
        ("he", 'צה"ל ומנכ"לית או"ם', "צה״ל ומנכ״לית או״ם"),
        ("he", '"דו"ח של ארה"ב"', "”דו״ח של ארה״ב”"),
        ("he", "צ'ק ברח' הרצל", "צ׳ק ברח׳ הרצל"),
        ("he", "'כן'", "’כן’"),
        # Apostrophes at the start of a word.
        ("en", "rock 'n' roll", "rock ’n’ roll"),
        ("en", "Fish 'N' Chips, '90s", "Fish ’N’ Chips, ’90s"),
        ("en", "'Tis the dogs' day", "’Tis the dogs’ day"),
        ("nl", "'s ochtends en foto's en 't huis'", "’s ochtends en foto’s en ’t huis’"),
        ("de", "so 'ne Sache, wie geht's", "so ’ne Sache, wie geht’s"),
        ("nl", "'so'", "‘so’"),
        ("en", "the \"Mary\"'s dogs' day", "the “Mary”’s dogs’ day"),
        # Inches, feet, minutes; not after a number in a quotation.
        ("en", 'a 27" screen, 5\'10" tall', "a 27″ screen, 5′10″ tall"),
        ("de", '2½"-Rohr', "2½″-Rohr"),
        ("en", '"He was 27"', "“He was 27”"),
        ("de", '„Es war 27"', "„Es war 27“"),
        ("de-CH", "1'775", "1’775"),
    ],
)
def test_the_direction_of_a_mark(language: str, typed: str, wanted: str) -> None:
    assert apply_typography(typed, language) == wanted
