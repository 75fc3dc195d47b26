"""Locale data from Unicode CLDR, as shipped with Babel: locale fallback and scripts.

Locales are BCP 47 tags such as `fr-CA`. Extensions (`-u-nu-deva`) are ignored.
"""

from __future__ import annotations

import re
from collections.abc import Iterator, Mapping
from dataclasses import replace
from functools import lru_cache

from brochure.fast_dataclass import dataclass
from brochure.lazy_pattern import compile_lazily
from brochure.system.cache import Kind, StoredCache
from brochure.system.disk_cache import disk_cache

SUBTAGS = compile_lazily(
    r"([a-z]{2,3})(?:-([a-z]{4}))?(?:-([a-z]{2}|\d{3}))?((?:-(?:[a-z0-9]{5,8}|\d[a-z0-9]{3}))*)(?:-[a-z0-9](?:-[a-z0-9]+)+)?",
    re.IGNORECASE,
)
PRIVATE_USE = compile_lazily("q[a-t][a-z]")
UNSPECIFIC_LANGUAGES = ("mis", "mul", "und", "zxx")
"""Codes of ISO 639-2 that name no language."""

DEFAULT_SCRIPT = "Latn"
"""Script of a language that is not in CLDR."""


@dataclass(frozen=True, slots=True)
class Locale:
    """The subtags of a locale, in the case that BCP 47 recommends; the script is empty unless the tag has one."""

    language: str
    script: str = ""
    region: str = ""
    variants: tuple[str, ...] = ()

    def __str__(self) -> str:
        return "-".join(filter(None, (self.language, self.script, self.region, *self.variants)))


@lru_cache(maxsize=1024)
def parse_locale(tag: str) -> Locale:
    """Parse a language tag, with deprecated subtags replaced; any other text is taken as a language."""
    match = SUBTAGS.fullmatch(tag)
    if not match:
        return Locale(tag)
    language, script, region, variants = match.groups()
    language, implied_script = _replace_language(language.lower())
    return Locale(
        language,
        (script or implied_script).title(),
        _replace_region((region or "").upper()),
        tuple(variants.lower().split("-")[1:]),
    )


def canonical_tag(tag: str) -> str:
    """Return a language tag in its standard form: `he` for `iw`, `pt-BR` for `pt-br`; extensions stay."""
    parts = re.split(r"(?=-[A-Za-z0-9]-)", tag, maxsplit=1)
    return "".join([str(parse_locale(parts[0])), *parts[1:]])


@lru_cache(maxsize=1024)
def is_known_language(tag: str) -> bool:
    """Return True if CLDR has the language of a tag, or if it is reserved for private use."""
    language = parse_locale(tag).language
    if PRIVATE_USE.fullmatch(language) or language in UNSPECIFIC_LANGUAGES:
        return True
    return bool(_cldr().likely_subtags.get(language) or _cldr().parent_exceptions.get(language))


def _replace_language(language: str) -> tuple[str, str]:
    """Return a language and the script that it implies, by CLDR's aliases: deu to de, sh to sr and Latn."""
    aliases = _cldr().language_aliases
    replacement, *rest = (aliases.get(language) or language).split("_")
    return replacement, next((part for part in rest if len(part) == len("Latn")), "")


def _replace_region(region: str) -> str:
    """Return a region by CLDR's aliases; one that was divided (SU) stays."""
    found = (_cldr().territory_aliases.get(region) or "").split() if region else []
    return found[0] if len(found) == 1 else region


@lru_cache(maxsize=1024)
def script_of_locale(tag: str) -> str:
    """Return the script (ISO 15924) of a locale: the one in the tag, else the likely one."""
    return _script(parse_locale(tag))


@lru_cache(maxsize=1024)
def region_of_locale(tag: str) -> str:
    """Return the region of a locale: the one in the tag, else the likely one; empty if it is not known."""
    locale = parse_locale(tag)
    likely = _cldr().likely_subtags
    full = likely.get(f"{locale.language}_{locale.script}") or likely.get(locale.language) or ""
    return locale.region or full.partition("_")[2].partition("_")[2]


@lru_cache(maxsize=1024)
def fallback_locales(tag: str) -> tuple[str, ...]:
    """Return a locale and its fallbacks, the nearest first: es-GT, es-419, es.

    A locale does not fall back to another script: zh-HK, zh-Hant-HK, zh-Hant, but not zh. A locale
    in the usual script of its region also falls back to the tag without a script: zh-Hant-HK,
    zh-HK, zh-Hant.
    """
    tags = [re.split(r"-[A-Za-z0-9]-", tag, maxsplit=1)[0]]
    tags.extend(str(locale) for locale in _iter_fallbacks(parse_locale(tag)))
    return tuple(dict.fromkeys(tags))


def _iter_fallbacks(locale: Locale) -> Iterator[Locale]:
    current: Locale | None = locale
    while current:
        yield current
        without_script = replace(current, script="")
        default_script = _script(Locale(current.language))
        if current.region and current.script == _script(without_script) != default_script:
            yield without_script
        current = _parent(current)


def _parent(locale: Locale) -> Locale | None:
    """Return the parent locale by CLDR's inheritance rules (UTS 35, part 1, 4.1.3); None for the root."""
    if locale.variants:
        return replace(locale, variants=locale.variants[:-1])
    exception = _cldr().parent_exceptions.get(str(locale).replace("-", "_"))
    if exception:
        return parse_locale(exception.replace("_", "-"))
    default_script = _script(Locale(locale.language))
    if locale.region and not locale.script and _script(locale) != default_script:
        return replace(locale, script=_script(locale))
    if locale.region:
        return replace(locale, region="")
    return Locale(locale.language) if locale.script == default_script else None


def _script(locale: Locale) -> str:
    if locale.script:
        return locale.script
    likely = _cldr().likely_subtags
    full = likely.get(f"{locale.language}_{locale.region}") or likely.get(locale.language)
    return full.split("_")[1] if full else DEFAULT_SCRIPT


# CLDR's tables


@dataclass(frozen=True, slots=True)
class CldrTable:
    """A table of CLDR as one text, in which keys are searched: making a mapping of thousands of entries takes longer.

    Each entry is a line break, the key, a tab and the value; the text ends with a line break.
    """

    text: str

    def get(self, key: str) -> str | None:
        """Return the value of a key, or None."""
        start = self.text.find(f"\n{key}\t")
        if start < 0 or "\n" in key or "\t" in key:
            return None
        start += len(key) + 2
        return self.text[start : self.text.index("\n", start)]


@dataclass(frozen=True, slots=True)
class CldrTables:
    """What locales are read with. A territory alias has the names of all its territories, with spaces between them."""

    parent_exceptions: CldrTable
    likely_subtags: CldrTable
    language_aliases: CldrTable
    territory_aliases: CldrTable


@lru_cache(maxsize=1)
def _cldr() -> CldrTables:
    return TABLES.get("", disk_cache(), read_babel)


def read_babel() -> CldrTables:
    """Return CLDR's tables from Babel."""
    # Imported on demand: Babel and its data take 10 ms, and mostly the tables are in the disk cache.
    from babel.core import get_global

    regions = {key: " ".join(value) for key, value in get_global("territory_aliases").items()}
    return CldrTables(
        _make_table(get_global("parent_exceptions")),
        _make_table(get_global("likely_subtags")),
        _make_table(get_global("language_aliases")),
        _make_table(regions),
    )


def _make_table(entries: Mapping[str, str]) -> CldrTable:
    lines = (f"{key}\t{value}\n" for key, value in entries.items())
    return CldrTable("\n" + "".join(lines))


def _serialize(tables: CldrTables) -> bytes:
    return "\0".join(
        (
            tables.parent_exceptions.text,
            tables.likely_subtags.text,
            tables.language_aliases.text,
            tables.territory_aliases.text,
        )
    ).encode()


def _deserialize(data: bytes | memoryview) -> CldrTables:
    return CldrTables(*map(CldrTable, str(data, "utf-8").split("\0")))


TABLES = StoredCache(
    Kind("locales", 1, _serialize, _deserialize, libraries=(("babel", "babel"),)), max_weight=1
)
