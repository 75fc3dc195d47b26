"""Typographic rules of each script: line height, letter spacing, italics, capitals, drop caps, minimum size, justification.

The script of a language is CLDR's. Punctuation rules of languages are in `smart_punctuation`.
"""

from __future__ import annotations

from dataclasses import replace
from functools import lru_cache
from math import inf

from brochure.fast_dataclass import dataclass
from brochure.locales import parse_locale, script_of_locale


@dataclass(frozen=True, slots=True)
class Elasticity:
    """How much space a justified line may add, and where.

    `space` limits the width of a word space, as a multiple of the font's own. `word` limits the
    space added where words meet without one (in Chinese and Japanese: between characters), and
    `cluster` the space added after each letter with its marks, both in ems. A line that needs more
    is left ragged, and so is then every paragraph of its style.
    """

    space: float = inf
    word: float = 0.0
    cluster: float = 0.0

    @property
    def is_unspaced(self) -> bool:
        """True if the script writes words without spaces between them."""
        return self.word > 0


HYPHENATED = Elasticity()
"""Scripts that hyphenate words, which keeps spaces from becoming too wide."""

UNHYPHENATED = Elasticity(space=3.0)
"""Scripts with spaces but no hyphens: at three times their width, spaces form rivers. (Our own
figure.)"""

WORDS = Elasticity(word=0.24, cluster=0.03)
CLUSTERS = Elasticity(word=0.15, cluster=0.04)
"""Space between words, and a little after each letter with its marks, as in CSS Text 3 for
clustered scripts.

The figures are our own: letter gaps stay well below word gaps, and word gaps below the space
between phrases, which is 0.25 em and more. Thai and Lao letters tolerate more space than Khmer and
Burmese ones.
"""

CHARACTERS = Elasticity(word=0.25)
"""A quarter of an em between characters (JIS X 4051; W3C, *Requirements for Japanese Text Layout*,
3.8.4)."""


@dataclass(frozen=True, slots=True)
class ScriptRules:
    """Typographic rules of a script.

    `leading` is the line height relative to Latin of the same size; `min_size` is the smallest
    legible size in print, in points. A script without an italic shows emphasis by weight. Where
    letters join or hang from a head line, letter spacing and drop caps are not allowed.
    """

    leading: float = 1.0
    min_size: float = 5.5
    italic: bool = True
    letterspaced: bool = True
    capitals: bool = True
    drop_caps: bool = True
    elasticity: Elasticity = HYPHENATED


LATIN = ScriptRules()
UPRIGHT = ScriptRules(italic=False, capitals=False, elasticity=UNHYPHENATED)
CLOSE = replace(UPRIGHT, letterspaced=False)
JOINED = replace(CLOSE, drop_caps=False)


def _derive(
    rules: ScriptRules, leading: float, min_size: float, elasticity: Elasticity | None = None
) -> ScriptRules:
    return replace(
        rules, leading=leading, min_size=min_size, elasticity=elasticity or rules.elasticity
    )


SCRIPT_RULES = {
    "Latn": LATIN,
    "Cyrl": LATIN,
    "Grek": LATIN,
    "Armn": replace(LATIN, italic=False),
    "Geor": _derive(UPRIGHT, 1.0, 5.5),
    "Ethi": _derive(UPRIGHT, 1.1, 7.0),
    "Arab": _derive(JOINED, 1.15, 7.5),
    "Aran": _derive(JOINED, 1.5, 9.0),
    "Hebr": _derive(UPRIGHT, 1.05, 6.5),
    "Deva": _derive(JOINED, 1.15, 7.5),
    "Beng": _derive(JOINED, 1.15, 7.5),
    "Guru": _derive(JOINED, 1.15, 7.5),
    "Gujr": _derive(CLOSE, 1.15, 7.5),
    "Orya": _derive(CLOSE, 1.2, 7.5),
    "Taml": _derive(CLOSE, 1.1, 7.0),
    "Telu": _derive(CLOSE, 1.25, 7.5),
    "Knda": _derive(CLOSE, 1.2, 7.5),
    "Mlym": _derive(CLOSE, 1.2, 7.5),
    "Sinh": _derive(CLOSE, 1.2, 7.5),
    "Thai": _derive(UPRIGHT, 1.15, 7.5, CLUSTERS),
    "Laoo": _derive(UPRIGHT, 1.2, 7.5, CLUSTERS),
    "Khmr": _derive(CLOSE, 1.3, 7.5, WORDS),
    "Mymr": _derive(CLOSE, 1.35, 7.5, WORDS),
    "Tibt": _derive(CLOSE, 1.3, 8.0, WORDS),
    "Hani": _derive(UPRIGHT, 1.15, 6.0, CHARACTERS),
    "Jpan": _derive(UPRIGHT, 1.15, 6.0, CHARACTERS),
    "Kore": _derive(UPRIGHT, 1.1, 6.0),
}
"""By ISO 15924 code. The leading factors are the least that kept lines of the sample's copy from
touching."""

NASTALIQ_LANGUAGES = frozenset({"ur"})
"""Languages whose Arabic letters are set in Nastaliq, which CLDR does not distinguish."""

COMPONENT_SCRIPTS = {"Hira": "Jpan", "Kana": "Jpan", "Hang": "Kore"}
"""Scripts that are set as part of another."""

OTHER_JOINING_SCRIPTS = frozenset({"Syrc", "Mong", "Nkoo", "Mand", "Rohg", "Adlm"})
"""Scripts with joining letters that have no entry in `SCRIPT_RULES`."""

CHARACTER_SCRIPTS = {
    "Jpan": ("Hani", "Hira", "Kana"),
    "Kore": ("Hani", "Hang"),
    "Hans": ("Hani",),
    "Hant": ("Hani",),
    "Aran": ("Arab",),
}
"""Writing systems that Unicode does not distinguish by character, with the scripts of their
characters."""

ANY = "any"
"""Declares a fallback family for all scripts."""


@lru_cache(maxsize=128)
def script_of_language(tag: str) -> str:
    """Return the script of a language (ISO 15924) if `SCRIPT_RULES` has it, else Latn."""
    script = _rules_script(_writing_script(tag))
    return script if script in SCRIPT_RULES else "Latn"


@lru_cache(maxsize=128)
def letters_for_language(tag: str) -> str:
    """Return the script of most characters of a language."""
    script = _writing_script(tag)
    return CHARACTER_SCRIPTS.get(script, (script,))[0]


@lru_cache(maxsize=128)
def scripts_of_language(tag: str) -> tuple[str, ...]:
    """Return the scripts of the characters of a language: several for Japanese and Korean."""
    script = _writing_script(tag)
    return CHARACTER_SCRIPTS.get(script, (script,))


def rules_for_language(tag: str) -> ScriptRules:
    """Return the rules of the script that a language is written in."""
    return rules_for_script(_rules_script(_writing_script(tag)))


@lru_cache(maxsize=128)
def rules_for_script(script: str) -> ScriptRules:
    """Return the rules of a script by the ISO 15924 code of its characters; Latin rules if it is unknown."""
    if script in OTHER_JOINING_SCRIPTS:
        return JOINED
    return SCRIPT_RULES.get(COMPONENT_SCRIPTS.get(script, script), LATIN)


@lru_cache(maxsize=512)
def is_for(declared: str, script: str, language: str) -> bool:
    """Return True if a fallback declared for a script (or `any`) applies to characters of a script in a language.

    A fallback for `Jpan`, `Hant` or `Aran` applies in the languages that use that writing system.
    """
    if declared in (script, ANY):
        return True
    return script in CHARACTER_SCRIPTS.get(declared, ()) and declared == _writing_script(language)


def _writing_script(tag: str) -> str:
    """Return the script of a language, with Simplified and Traditional Chinese and Nastaliq distinguished."""
    script = script_of_locale(tag)
    locale = parse_locale(tag)
    return "Aran" if locale.language in NASTALIQ_LANGUAGES and not locale.script else script


def _rules_script(script: str) -> str:
    """Return the script under which `SCRIPT_RULES` lists a script."""
    return "Hani" if script in ("Hans", "Hant") else COMPONENT_SCRIPTS.get(script, script)
