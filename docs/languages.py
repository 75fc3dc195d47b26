"""Write `docs/languages.md` from the tables of languages and scripts: `python -m docs.languages`.

The tables are in `typeset/smart_punctuation.py` and `typeset/script_rules.py`. A test checks that the page is up to date.
"""

from __future__ import annotations

import sys
from collections.abc import Iterator
from math import isinf
from pathlib import Path

from brochure.l10n.number_format import format_number
from brochure.typeset.bidi import is_left_to_right
from brochure.typeset.hyphenation_patterns import load_patterns
from brochure.typeset.script_rules import SCRIPT_RULES, Elasticity, script_of_language
from brochure.typeset.smart_punctuation import (
    NARROW,
    NBSP,
    STYLES,
    PunctuationStyle,
    style_for_language,
)

PAGE = Path(__file__).parent / "languages.md"

LANGUAGES = {
    "af": "Afrikaans", "ak": "Akan", "am": "Amharic", "ar": "Arabic",
    "bg": "Bulgarian", "bn": "Bengali", "ca": "Catalan", "ceb": "Cebuano",
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

# Languages and scripts

This page lists how each language and each script is typeset. The tables are in the program:
`brochure/typeset/smart_punctuation.py` for languages, `brochure/typeset/script_rules.py` for scripts. To add a language or a
script, add a line there.

The script of a language and its parent languages come from Unicode CLDR, through Babel. `pt-CH` falls back to `pt-PT`,
`es-GT` to `es-419`, `en-IN` to `en-001`, and `zh-MO` to `zh-Hant-HK` and `zh-Hant`, but not to `zh`, which is another
script. A parent is used where a table, a catalogue or a hyphenation dictionary does not have the language. Unknown languages
are set like English, with a warning. Deprecated tags and three-letter tags are read as the standard one, with a warning: `iw` as
`he`, `deu` as `de`. The script also decides the direction: `ks`, `pa-Arab` and `uz-AF` are written from right to left,
`ug-Latn` from left to right. Scripts that are written in vertical lines (`mn-Mong`) are an error.

`en` is hyphenated like British English (*demo-cracy*), and so is English of all regions except `en-US` (*democ-racy*). Choose
`source-language: en-US` or the `language` of a style for American hyphenation. `de` is hyphenated like `de-DE`, and `pt` like
`pt-BR`.

## Languages

- *Quotes*: what straight quotation marks become, outside and inside another quotation.
- *Spaces*: no-break spaces that are added before punctuation.
- *Figures*: how 1775 is written, from ICU. An office can choose native or Latin digits.
- *Hyphens*: minimum number of letters before and after a hyphen with `hyphenation: yes`. A style can ask for more, not for
  fewer. Empty: there are no patterns for the language, or its script has no hyphens.
- ←: written from right to left.

"""

SCRIPT_HEAD = """
## Scripts

- *Leading*: factor by which lines are taller than Latin lines, including the baseline grid.
- *Least*: minimum size for copyfitting, in points.
- *Italic*: whether the script has an italic. If not, emphasis and italic character styles become bolder, and paragraphs are
  upright.
- *Apart*: whether `tracking` and `letter-space` are used. If not, they are ignored.
- *Capitals*: whether the script has capitals. If not, `case: upper` changes nothing.
- *Initials*: whether drop caps are used. They are not where letters join or hang from a head line, because the letter would be
  torn off.
- *Justified*: where a justified line adds space.

Most scripts add space between words, within `word-space`. Scripts without hyphens stop at three times the font's own space.
Scripts without spaces between words add it at word ends, which ICU's dictionaries find, and a little after each letter with
its marks (CSS Text 3, *Scripts and Spacing*). Chinese and Japanese add it between characters, at most a quarter of an em
(JIS X 4051). The space between phrases stays within the style's `word-space`, so there are no rivers. If a line needs more,
its style and the styles based on it are set ragged in that language. A note says so (`justify-loose`).

Full-width brackets, commas and full stops are half blank. Where two of them meet, as in `）。` or `」（`, half an em of the
blank space is removed (JIS X 4051, *Requirements for Japanese Text Layout*). Punctuation in the middle of its glyph, such as
commas in Taiwan, keeps its space.

"""

FOOT = """
## Right-to-left text

Pages in Arabic, Persian, Urdu and Hebrew are mirrored. UAX 9 orders their text. Telephone numbers, web and mail
addresses, signed numbers and Latin names are isolated automatically. So the
groups of a number keep their order, and a number after a Latin name is not joined to it. If a writer
puts a direction mark into a line, nothing is isolated in that line.

## Fallback fonts for languages

`fonts: fallback` takes ISO 15924 codes. Some codes are for a script in certain languages: `Hans`, `Hant`, `Jpan` and `Kore`
for Chinese characters, and `Aran` for Urdu.

## Letter case

Capitals follow the language: Turkish and Azeri İ and I, Greek without accents (except the word *or*), German ß as SS,
Armenian ԵՎ. A Dutch drop cap includes the J of IJ. Georgian is not changed.
"""


def main() -> None:
    """Write the page if it has changed."""
    text = page()
    if not PAGE.is_file() or PAGE.read_text(encoding="utf-8") != text:
        PAGE.write_text(text, encoding="utf-8")
        sys.stdout.write("docs/languages.md: written\n")


def page() -> str:
    """Return the text of the page."""
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
    divides = script_of_language(tag) in ("Latn", "Cyrl", "Grek", "Armn") and load_patterns(tag)
    return f"{style.hyphens[0]} / {style.hyphens[1]}" if divides else ""


def _scripts() -> Iterator[tuple[str, ...]]:
    for script, custom in SCRIPT_RULES.items():
        yield (
            f"`{script}`",
            SCRIPTS[script],
            f"{custom.leading:g}",
            f"{custom.min_size:g}",
            *(
                "yes" if has else "no"
                for has in (custom.italic, custom.letterspaced, custom.capitals, custom.drop_caps)
            ),
            _slack(custom.elasticity),
        )


def _slack(slack: Elasticity) -> str:
    if not slack.is_unspaced:
        return "spaces" if isinf(slack.space) else f"spaces, to {slack.space:g} times"
    letters = f", letters {slack.cluster:g} em" if slack.cluster else ""
    return f"{'words' if letters else 'characters'} {slack.word:g} em{letters}"


def missing() -> set[str]:
    """Return the languages of the punctuation table that have no name here."""
    return {tag for tag in STYLES if tag not in LANGUAGES and tag != "zh"}


if __name__ == "__main__":
    main()
