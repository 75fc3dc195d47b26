"""Customs: what type does differently in each script.

Takes a language's tag, or a script; gives its `ScriptRules`: how much taller its lines must be, whether its letters may be set
apart, whether it has capitals, an italic and drop initials, how small it may become, and where justifying may put space.
The script of a language is CLDR's. What a language does by itself is in `house_style`.
"""

from __future__ import annotations

from dataclasses import replace
from functools import lru_cache
from math import inf

from brochure.fast_dataclass import dataclass
from brochure.locales import parse_locale, script_of_locale


@dataclass(frozen=True, slots=True)
class Elasticity:
    """Where a justified line may put what it has to spare, and how much of it at most.

    `space` is how wide the space between words may become, as a share of the font's own; `word` is what may be put where
    words meet without one (in Chinese and Japanese: where characters do), `cluster` behind each letter with its marks, in
    ems. A line that would need more stays ragged, and so does then the whole style.
    """

    space: float = inf
    word: float = 0.0
    cluster: float = 0.0

    @property
    def unspaced(self) -> bool:
        """Whether the script writes its words without spaces between them."""
        return self.word > 0


DIVIDED = Elasticity()
"""Scripts that divide words: that helps before a space becomes too wide."""

UNDIVIDED = Elasticity(space=3.0)
"""Spaces, and no hyphens to help: at three times their width they meet from line to line as rivers. (Our own figure.)"""

WORDS = Elasticity(word=0.24, cluster=0.03)
CLUSTERS = Elasticity(word=0.15, cluster=0.04)
"""Between words, and a little behind each letter with its marks, as CSS Text 3 has it for clustered scripts. (The figures are
our own: no gap between letters comes near to one between words, and none between words to the space that parts phrases,
which is 0.25 em and more. The letters of Thai and Lao stand apart more willingly than those of Khmer and Burmese.)"""

CHARACTERS = Elasticity(word=0.25)
"""A quarter of an em between characters (JIS X 4051; W3C, *Requirements for Japanese Text Layout*, 3.8.4)."""


@dataclass(frozen=True, slots=True)
class ScriptRules:
    """What a script asks of whoever sets it.

    `leading` is how much taller its lines are than Latin ones of the same size; `smallest` is the least size in points at
    which it is still read in print. A script without an italic stresses by weight. Where letters join or hang from a head
    line, neither space between them nor a drop initial may tear one off.
    """

    leading: float = 1.0
    smallest: float = 5.5
    italic: bool = True
    letterspaced: bool = True
    capitals: bool = True
    initials: bool = True
    slack: Elasticity = DIVIDED


LATIN = ScriptRules()
UPRIGHT = ScriptRules(italic=False, capitals=False, slack=UNDIVIDED)
CLOSE = replace(UPRIGHT, letterspaced=False)
JOINED = replace(CLOSE, initials=False)


def _as(
    kind: ScriptRules, leading: float, smallest: float, slack: Elasticity | None = None
) -> ScriptRules:
    return replace(kind, leading=leading, smallest=smallest, slack=slack or kind.slack)


CUSTOMS = {
    "Latn": LATIN,
    "Cyrl": LATIN,
    "Grek": LATIN,
    "Armn": replace(LATIN, italic=False),
    "Geor": _as(UPRIGHT, 1.0, 5.5),
    "Ethi": _as(UPRIGHT, 1.1, 7.0),
    "Arab": _as(JOINED, 1.15, 7.5),
    "Aran": _as(JOINED, 1.5, 9.0),
    "Hebr": _as(UPRIGHT, 1.05, 6.5),
    "Deva": _as(JOINED, 1.15, 7.5),
    "Beng": _as(JOINED, 1.15, 7.5),
    "Guru": _as(JOINED, 1.15, 7.5),
    "Gujr": _as(CLOSE, 1.15, 7.5),
    "Orya": _as(CLOSE, 1.2, 7.5),
    "Taml": _as(CLOSE, 1.1, 7.0),
    "Telu": _as(CLOSE, 1.25, 7.5),
    "Knda": _as(CLOSE, 1.2, 7.5),
    "Mlym": _as(CLOSE, 1.2, 7.5),
    "Sinh": _as(CLOSE, 1.2, 7.5),
    "Thai": _as(UPRIGHT, 1.15, 7.5, CLUSTERS),
    "Laoo": _as(UPRIGHT, 1.2, 7.5, CLUSTERS),
    "Khmr": _as(CLOSE, 1.3, 7.5, WORDS),
    "Mymr": _as(CLOSE, 1.35, 7.5, WORDS),
    "Tibt": _as(CLOSE, 1.3, 8.0, WORDS),
    "Hani": _as(UPRIGHT, 1.15, 6.0, CHARACTERS),
    "Jpan": _as(UPRIGHT, 1.15, 6.0, CHARACTERS),
    "Kore": _as(UPRIGHT, 1.1, 6.0),
}
"""By ISO 15924 codes. The factors are the least that kept no two lines of the sample's copy from touching."""

NASTALIQ = frozenset({"ur"})
"""Languages whose Arabic letters are set in Nastaliq, which CLDR does not tell apart."""

PARTS = {"Hira": "Jpan", "Kana": "Jpan", "Hang": "Kore"}
"""Scripts that are set as part of another."""

OTHERS_JOINED = frozenset({"Syrc", "Mong", "Nkoo", "Mand", "Rohg", "Adlm"})
"""Scripts whose letters join, of which nothing else is said here."""

MIXED = {
    "Jpan": ("Hani", "Hira", "Kana"),
    "Kore": ("Hani", "Hang"),
    "Hans": ("Hani",),
    "Hant": ("Hani",),
    "Aran": ("Arab",),
}
"""Ways of writing that Unicode does not tell apart by its characters, and the scripts of their characters."""

ANY = "any"
"""What a fallback for all scripts is declared for."""


@lru_cache(maxsize=128)
def script_of_language(tag: str) -> str:
    """The script that a language is written in (ISO 15924), as `CUSTOMS` has it; Latn where it has none."""
    script = _whole(_written(tag))
    return script if script in CUSTOMS else "Latn"


@lru_cache(maxsize=128)
def letters_for_language(tag: str) -> str:
    """The script of the characters that a language is mostly written with."""
    script = _written(tag)
    return MIXED.get(script, (script,))[0]


def rules_for_language(tag: str) -> ScriptRules:
    """The customs of the script that a language is written in."""
    return rules_for_script(_whole(_written(tag)))


@lru_cache(maxsize=128)
def rules_for_script(script: str) -> ScriptRules:
    """The customs of a script by its characters' code; those of Latin where nothing is known of it."""
    if script in OTHERS_JOINED:
        return JOINED
    return CUSTOMS.get(PARTS.get(script, script), LATIN)


@lru_cache(maxsize=512)
def is_for(declared: str, script: str, language: str) -> bool:
    """Whether a fallback declared for a script (or `any`) may set characters of a script in a language's text.

    One for `Jpan`, `Hant` or `Aran` does so in texts of the languages that are written like that.
    """
    if declared in (script, ANY):
        return True
    return script in MIXED.get(declared, ()) and declared == _written(language)


def _written(tag: str) -> str:
    """The script of a language, Chinese ones and Nastaliq told apart."""
    script = script_of_locale(tag)
    locale = parse_locale(tag)
    return "Aran" if locale.language in NASTALIQ and not locale.script else script


def _whole(script: str) -> str:
    """The script that `CUSTOMS` has a script under."""
    return "Hani" if script in ("Hans", "Hant") else PARTS.get(script, script)
