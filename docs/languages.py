"""The page on languages, written from the two tables that type is set by: `python -m docs.languages`.

Takes `house_style` (what each language does) and `customs` (what each script does); gives `docs/languages.md`. A test compares
the page on disk with what this would write.
"""

from __future__ import annotations

import sys
from collections.abc import Iterator
from math import isinf
from pathlib import Path

from brochure.l10n.message_format import format_number
from brochure.typeset.bidi import is_left_to_right
from brochure.typeset.hyphenation_patterns import patterns
from brochure.typeset.script_rules import CUSTOMS, Elasticity, script_of_language
from brochure.typeset.smart_punctuation import (
    NARROW,
    NBSP,
    STYLES,
    PunctuationStyle,
    style_for_language,
)

PAGE = Path(__file__).parent / "languages.md"

LANGUAGES = {
    "ak": "Akan", "am": "Amharic", "ar": "Arabic", "bg": "Bulgarian", "bn": "Bengali", "ca": "Catalan", "ceb": "Cebuano",
    "cs": "Czech", "da": "Danish", "de": "German", "de-CH": "German, Switzerland", "el": "Greek", "en": "English",
    "es": "Spanish", "fa": "Persian", "fi": "Finnish", "fil": "Filipino", "fr": "French", "fr-CA": "French, Canada",
    "ha": "Hausa", "he": "Hebrew", "hi": "Hindi", "hr": "Croatian", "hu": "Hungarian", "hy": "Armenian", "id": "Indonesian",
    "ig": "Igbo", "it": "Italian", "ja": "Japanese", "ka": "Georgian", "km": "Khmer", "kn": "Kannada", "ko": "Korean",
    "lg": "Ganda", "lo": "Lao", "lt": "Lithuanian", "ml": "Malayalam", "mr": "Marathi", "my": "Burmese", "nb": "Norwegian",
    "ne": "Nepali", "nl": "Dutch", "pl": "Polish", "pt": "Portuguese", "pt-PT": "Portuguese, Portugal", "ro": "Romanian",
    "ru": "Russian", "rw": "Kinyarwanda", "si": "Sinhala", "sk": "Slovak", "sl": "Slovenian", "sv": "Swedish", "sw": "Swahili",
    "ta": "Tamil", "te": "Telugu", "th": "Thai", "tr": "Turkish", "uk": "Ukrainian", "ur": "Urdu", "vi": "Vietnamese",
    "yo": "Yoruba", "zh-Hans": "Chinese, simplified", "zh-Hant": "Chinese, traditional",
}  # fmt: skip

SCRIPTS = {
    "Latn": "Latin", "Cyrl": "Cyrillic", "Grek": "Greek", "Armn": "Armenian", "Geor": "Georgian", "Ethi": "Ethiopic",
    "Arab": "Arabic", "Aran": "Arabic, Nastaliq", "Hebr": "Hebrew", "Deva": "Devanagari", "Beng": "Bengali",
    "Guru": "Gurmukhi", "Gujr": "Gujarati", "Orya": "Odia", "Taml": "Tamil", "Telu": "Telugu", "Knda": "Kannada",
    "Mlym": "Malayalam", "Sinh": "Sinhala", "Thai": "Thai", "Laoo": "Lao", "Khmr": "Khmer", "Mymr": "Burmese",
    "Tibt": "Tibetan", "Hani": "Chinese", "Jpan": "Japanese", "Kore": "Korean",
}  # fmt: skip

HEAD = """\
<!-- Written by `make docs` from the program; changes made by hand are lost. -->

# What each language and each script does

Two tables set the type of an edition beside its layout: what a language does (`brochure/typeset/smart_punctuation.py`) and what
its script does (`brochure/typeset/script_rules.py`). They are printed here. To teach the program another one, add a line to a
table.

Which script a language is written in, and which language stands in for another that no table, catalogue or hyphenation
dictionary has, comes from Unicode CLDR (as Babel ships it): `pt-CH` falls back to `pt-PT`, `es-GT` to `es-419`, `en-IN` to
`en-001`, `zh-MO` to `zh-Hant-HK` and `zh-Hant`, and never to `zh`, which is another script. What nothing is known of is set
like English.

## Languages

*Quotes* are what straight quotation marks become, and those within them. *Spaces* are no-break spaces that are put before
marks. *Figures* is how 1775 is written, by the data of ICU; an office may ask for its native digits or for Latin ones.
*Hyphens* are the fewest letters that stay before a hyphen and that follow it, where a style says `hyphenation: yes`; a style
may ask for more, never for fewer. No figure: no patterns are known for the language, or its script has no hyphens.

"""

SCRIPT_HEAD = """
## Scripts

*Leading* is by how much lines are taller than Latin ones, baseline grids included; *least* is the size below which copyfit
never goes, in points. *Italic*: without one, emphasis and character styles that ask for an italic become bolder, and
paragraphs stand upright. *Apart*: whether letters may be set apart or closer by `tracking` and `letter-space`; where the
custom says no, these are left out, and so is a drop initial where letters join or hang from a head line, since it would
tear one off. *Capitals*: `case: upper` changes nothing in a script that has none.

*Justified* says where a justified line may put what it has to spare. Most scripts put it between words, up to what
`word-space` says; a script that has no hyphens to help stops at three times the font's own space. Those that write no spaces
between words put it at the ends of words, as the dictionaries of ICU find them, and a little behind each letter with its
marks (CSS Text 3, *Scripts and Spacing*); Chinese and Japanese between characters, no more than a quarter of an em (JIS X
4051). The space that parts phrases keeps to the style's `word-space`, so that no rivers open there. Where a line would need
more than that, its style, with all that is based on it, is set ragged in that language, and a note says so
(`justify-loose`).

"""

FOOT = """
## Two directions

A page in Arabic, Persian, Urdu or Hebrew is mirrored; its text is put in order by UAX 9. Telephone numbers, web and mail
addresses, figures with a sign and names in Latin letters are kept together as if somebody had isolated them, so that the
groups of a number are not turned about and a figure behind a Latin name does not run on from left to right. Where a writer
has put a mark of direction into a line, that line is left to the algorithm alone.

## Fonts for one way of writing

`fonts: fallback` takes ISO 15924 codes. Beside those of the characters there are codes for ways of writing them, which count
in texts of the languages that are written so: `Hans`, `Hant`, `Jpan` and `Kore` for Chinese characters, `Aran` for Urdu.

## Letter case

Capitals follow the language: Turkish and Azeri İ and I, Greek without its accents (but for the word *or*), German ß as SS,
Armenian ԵՎ. An initial in Dutch takes the J of an IJ along. Georgian is set as it is written.
"""


def main() -> None:
    """Writes the page where it is not what it should be."""
    text = page()
    if not PAGE.is_file() or PAGE.read_text(encoding="utf-8") != text:
        PAGE.write_text(text, encoding="utf-8")
        sys.stdout.write("docs/languages.md: written\n")


def page() -> str:
    """The page on languages."""
    languages = _table(
        ("tag", "language", "script", "quotes", "spaces", "figures", "hyphens"), _languages()
    )
    scripts = _table(
        (
            "script",
            "name",
            "leading",
            "least",
            "italic",
            "apart",
            "capitals",
            "initials",
            "justified",
        ),
        _scripts(),
    )
    return HEAD + languages + SCRIPT_HEAD + scripts + FOOT


def _table(head: tuple[str, ...], rows: Iterator[tuple[str, ...]]) -> str:
    lines = [head, ("---",) * len(head), *rows]
    return "".join(f"| {' | '.join(cells)} |\n" for cells in lines)


def _languages() -> Iterator[tuple[str, ...]]:
    for tag in sorted(LANGUAGES):
        style, script = style_for_language(tag), script_of_language(tag)
        way = " ←" if not is_left_to_right(tag) else ""
        yield (
            f"`{tag}`",
            LANGUAGES[tag] + way,
            script,
            f"{'…'.join(style.outer)} {'…'.join(style.inner)}",
            _spaces(style),
            format_number(1775, tag).replace(NBSP, " ").replace(NARROW, " "),
            _hyphens(tag, style),
        )


def _spaces(style: PunctuationStyle) -> str:
    narrow = "".join(mark for mark, space in style.before.items() if space == NARROW)
    full = "".join(mark for mark, space in style.before.items() if space == NBSP)
    parts = [f"narrow before {' '.join(narrow)}" if narrow else ""]
    parts.append(f"full before {' '.join(full)}" if full else "")
    return ", ".join(filter(None, parts))


def _hyphens(tag: str, style: PunctuationStyle) -> str:
    divides = script_of_language(tag) in ("Latn", "Cyrl", "Grek", "Armn") and patterns(tag)
    return f"{style.hyphens[0]} / {style.hyphens[1]}" if divides else ""


def _scripts() -> Iterator[tuple[str, ...]]:
    for script, custom in CUSTOMS.items():
        yield (
            f"`{script}`",
            SCRIPTS[script],
            f"{custom.leading:g}",
            f"{custom.smallest:g}",
            *(
                "yes" if has else "no"
                for has in (custom.italic, custom.letterspaced, custom.capitals, custom.initials)
            ),
            _slack(custom.slack),
        )


def _slack(slack: Elasticity) -> str:
    if not slack.unspaced:
        return "spaces" if isinf(slack.space) else f"spaces, to {slack.space:g} times"
    letters = f", letters {slack.cluster:g} em" if slack.cluster else ""
    return f"{'words' if letters else 'characters'} {slack.word:g} em{letters}"


def missing() -> set[str]:
    """Tags of the table of house styles that the page would leave out."""
    return {tag for tag in STYLES if tag not in LANGUAGES and tag != "zh"}


if __name__ == "__main__":
    main()
