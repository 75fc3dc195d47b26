"""Customs: what type does differently in each script.

Takes a language's tag; gives the `Custom` of the script that it is written in: how much taller its lines must be, whether
its letters may be set apart, whether it has capitals and an italic, how small it may become, and where justifying may put
space. One small table; a language that is not in it is written in Latin letters.
"""

from __future__ import annotations

from dataclasses import dataclass
from enum import Enum
from functools import lru_cache


class Slack(Enum):
    """Where a justified line may put what it has to spare."""

    SPACES = "spaces"
    WORDS = "words"
    LETTERS = "letters"


@dataclass(frozen=True, slots=True)
class Custom:
    """What a script asks of whoever sets it.

    `leading` is how much taller its lines are than Latin ones of the same size; `smallest` is the least size in points at
    which it is still read in print. A script without an italic stresses by weight.
    """

    leading: float = 1.0
    smallest: float = 5.5
    italic: bool = True
    letterspaced: bool = True
    capitals: bool = True
    slack: Slack = Slack.SPACES


LATIN = Custom()
CUSTOMS = {
    "Latn": LATIN,
    "Cyrl": LATIN,
    "Grek": LATIN,
    "Armn": Custom(italic=False),
    "Geor": Custom(italic=False, capitals=False),
    "Ethi": Custom(1.1, 7.0, italic=False, capitals=False),
    "Arab": Custom(1.15, 7.5, italic=False, letterspaced=False, capitals=False),
    "Aran": Custom(1.5, 9.0, italic=False, letterspaced=False, capitals=False),
    "Hebr": Custom(1.05, 6.5, italic=False, capitals=False),
    "Deva": Custom(1.15, 7.5, italic=False, letterspaced=False, capitals=False),
    "Beng": Custom(1.15, 7.5, italic=False, letterspaced=False, capitals=False),
    "Guru": Custom(1.15, 7.5, italic=False, letterspaced=False, capitals=False),
    "Gujr": Custom(1.15, 7.5, italic=False, letterspaced=False, capitals=False),
    "Orya": Custom(1.2, 7.5, italic=False, letterspaced=False, capitals=False),
    "Taml": Custom(1.15, 7.0, italic=False, letterspaced=False, capitals=False),
    "Telu": Custom(1.25, 7.5, italic=False, letterspaced=False, capitals=False),
    "Knda": Custom(1.2, 7.5, italic=False, letterspaced=False, capitals=False),
    "Mlym": Custom(1.2, 7.5, italic=False, letterspaced=False, capitals=False),
    "Sinh": Custom(1.2, 7.5, italic=False, letterspaced=False, capitals=False),
    "Thai": Custom(1.15, 7.5, italic=False, capitals=False, slack=Slack.WORDS),
    "Laoo": Custom(1.2, 7.5, italic=False, capitals=False, slack=Slack.WORDS),
    "Khmr": Custom(1.3, 7.5, italic=False, letterspaced=False, capitals=False, slack=Slack.WORDS),
    "Mymr": Custom(1.35, 7.5, italic=False, letterspaced=False, capitals=False, slack=Slack.WORDS),
    "Tibt": Custom(1.3, 8.0, italic=False, letterspaced=False, capitals=False, slack=Slack.WORDS),
    "Hani": Custom(1.15, 6.0, italic=False, capitals=False, slack=Slack.LETTERS),
    "Jpan": Custom(1.15, 6.0, italic=False, capitals=False, slack=Slack.LETTERS),
    "Kore": Custom(1.1, 6.0, italic=False, capitals=False),
}
"""By ISO 15924 codes. The factors are the least that kept no two lines of the sample's copy from touching."""

SCRIPTS = {
    "am": "Ethi", "ti": "Ethi",
    "ar": "Arab", "fa": "Arab", "ps": "Arab", "ckb": "Arab", "ug": "Arab", "sd": "Arab", "ur": "Arab",
    "he": "Hebr", "yi": "Hebr",
    "hi": "Deva", "mr": "Deva", "ne": "Deva", "sa": "Deva",
    "bn": "Beng", "as": "Beng", "pa": "Guru", "gu": "Gujr", "or": "Orya",
    "ta": "Taml", "te": "Telu", "kn": "Knda", "ml": "Mlym", "si": "Sinh",
    "th": "Thai", "lo": "Laoo", "km": "Khmr", "my": "Mymr", "bo": "Tibt", "dz": "Tibt",
    "zh": "Hani", "ja": "Jpan", "ko": "Kore",
    "el": "Grek", "ka": "Geor", "hy": "Armn",
    "ru": "Cyrl", "uk": "Cyrl", "be": "Cyrl", "bg": "Cyrl", "mk": "Cyrl", "sr": "Cyrl",
    "kk": "Cyrl", "ky": "Cyrl", "mn": "Cyrl", "tg": "Cyrl",
}  # fmt: skip
"""Which script a language is written in, unless its tag says another (sr-Latn)."""


@lru_cache(maxsize=128)
def script_of_language(tag: str) -> str:
    """The script that a language is written in (ISO 15924)."""
    language, *others = tag.split("-")
    said = next((part.title() for part in others if len(part) == 4 and part.isalpha()), None)
    if said in ("Hans", "Hant"):
        return "Hani"
    return said if said in CUSTOMS else SCRIPTS.get(language.casefold(), "Latn")


def custom_of(tag: str) -> Custom:
    """The customs of the script that a language is written in."""
    return CUSTOMS[script_of_language(tag)]
