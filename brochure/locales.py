"""Locale facts from Unicode CLDR, as Babel ships them: which locale falls back to which, and the script of a locale.

Locales are BCP 47 tags such as `fr-CA`. Extensions (`-u-nu-deva`) do not matter here.
"""

from __future__ import annotations

import re
from collections.abc import Iterator, Mapping
from dataclasses import replace
from functools import lru_cache
from typing import Literal

from brochure.fast_dataclass import dataclass

SUBTAGS = re.compile(
    r"([a-z]{2,3})(?:-([a-z]{4}))?(?:-([a-z]{2}|\d{3}))?((?:-(?:[a-z0-9]{5,8}|\d[a-z0-9]{3}))*)(?:-[a-z0-9](?:-[a-z0-9]+)+)?",
    re.IGNORECASE,
)
DEFAULT_SCRIPT = "Latn"
"""The script of a language that CLDR does not know."""


@dataclass(frozen=True, slots=True)
class Locale:
    """The subtags of a locale, in the case that BCP 47 recommends; the script is empty unless the tag names one."""

    language: str
    script: str = ""
    region: str = ""
    variants: tuple[str, ...] = ()

    def __str__(self) -> str:
        return "-".join(filter(None, (self.language, self.script, self.region, *self.variants)))


@lru_cache(maxsize=1024)
def parse_locale(tag: str) -> Locale:
    """The locale that a tag names; a text that is not a language tag is taken for a language."""
    match = SUBTAGS.fullmatch(tag)
    if not match:
        return Locale(tag)
    language, script, region, variants = match.groups()
    return Locale(
        language.lower(),
        (script or "").title(),
        (region or "").upper(),
        tuple(variants.lower().split("-")[1:]),
    )


@lru_cache(maxsize=1024)
def script_of_locale(tag: str) -> str:
    """The script (ISO 15924) that a locale is written in: the one that the tag names, else the likely one."""
    return _script(parse_locale(tag))


@lru_cache(maxsize=1024)
def fallback_locales(tag: str) -> tuple[str, ...]:
    """A locale and those that stand in for it, the nearest first: es-GT, es-419, es.

    Another script is another text: zh-HK, zh-Hant-HK, zh-Hant, but not zh. A locale in the script that is usual in its region
    is also found without its script: zh-Hant-HK, zh-HK, zh-Hant.
    """
    found = [re.split(r"-[A-Za-z0-9]-", tag, maxsplit=1)[0]]
    found.extend(str(locale) for locale in _fallbacks(parse_locale(tag)))
    return tuple(dict.fromkeys(found))


def _fallbacks(locale: Locale) -> Iterator[Locale]:
    following: Locale | None = locale
    while following:
        yield following
        short = replace(following, script="")
        usual = _script(Locale(following.language))
        if following.region and following.script == _script(short) != usual:
            yield short
        following = _parent(following)


def _parent(locale: Locale) -> Locale | None:
    """The next locale, by CLDR's rules for inheritance (UTS 35, part 1, 4.1.3); None for the root."""
    if locale.variants:
        return replace(locale, variants=locale.variants[:-1])
    exception = _cldr("parent_exceptions").get(str(locale).replace("-", "_"))
    if exception:
        return parse_locale(exception.replace("_", "-"))
    usual = _script(Locale(locale.language))
    if locale.region and not locale.script and _script(locale) != usual:
        return replace(locale, script=_script(locale))
    if locale.region:
        return replace(locale, region="")
    return Locale(locale.language) if locale.script == usual else None


def _script(locale: Locale) -> str:
    if locale.script:
        return locale.script
    likely = _cldr("likely_subtags")
    full = likely.get(f"{locale.language}_{locale.region}") or likely.get(locale.language)
    return full.split("_")[1] if full else DEFAULT_SCRIPT


@lru_cache(maxsize=2)
def _cldr(name: Literal["parent_exceptions", "likely_subtags"]) -> Mapping[str, str]:
    # Imported here: Babel and its data take 10 ms, which commands without a locale need not pay.
    from babel.core import get_global

    return get_global(name)
