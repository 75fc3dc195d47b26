"""InDesign's names of languages as BCP 47 tags."""

from __future__ import annotations

import re

TAGS = {
    "arabic": "ar",
    "bulgarian": "bg",
    "catalan": "ca",
    "croatian": "hr",
    "czech": "cs",
    "danish": "da",
    "dutch": "nl",
    "english: uk": "en-GB",
    "english: usa": "en",
    "english: usa legal": "en",
    "english: usa medical": "en",
    "english: canadian": "en-CA",
    "estonian": "et",
    "finnish": "fi",
    "french": "fr",
    "french: canadian": "fr-CA",
    "german: traditional": "de",
    "german: reformed": "de",
    "german: austrian": "de-AT",
    "german: swiss": "de-CH",
    "greek": "el",
    "hebrew": "he",
    "hungarian": "hu",
    "icelandic": "is",
    "italian": "it",
    "latvian": "lv",
    "lithuanian": "lt",
    "norwegian: bokmal": "nb",
    "norwegian: nynorsk": "nn",
    "polish": "pl",
    "portuguese": "pt",
    "portuguese: brazilian": "pt-BR",
    "portuguese: orthographic agreement": "pt",
    "romanian": "ro",
    "russian": "ru",
    "slovak": "sk",
    "slovenian": "sl",
    "spanish": "es",
    "spanish: castilian": "es",
    "swedish": "sv",
    "turkish": "tr",
    "ukrainian": "uk",
}
CODE = re.compile(r"([a-z]{2,3})_([A-Z]{2})(?:_\d+)?")
MAIN_REGIONS = ("DE", "NL", "KH", "IN", "ID", "US")
"""Regions that InDesign adds to a language without meaning a variant."""


def language_tag(name: str) -> str:
    """Return the tag of a language such as `$ID/English: UK` or `$ID/km_KH`; empty if it is unknown or none."""
    plain = name.removeprefix("$ID/")
    match = CODE.fullmatch(plain)
    if match:
        language, region = match.groups()
        return language if region in MAIN_REGIONS else f"{language}-{region}"
    return TAGS.get(plain.casefold(), "")
