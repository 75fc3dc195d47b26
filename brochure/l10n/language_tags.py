"""Language tags and locale fallback (BCP 47, RFC 4647 lookup, CLDR parent locales).

Extensions such as `-u-nu-deva` choose how numbers are formatted, not which translation is used, and are ignored here.
"""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator
from functools import lru_cache

from brochure.findings import Finding, Severity, Span
from brochure.lazy_pattern import compile_lazily
from brochure.locales import (
    canonical_tag,
    fallback_locales,
    is_known_language,
    parse_locale,
    region_of_locale,
    script_of_locale,
)
from brochure.typeset.script_runs import script_name

TAG = compile_lazily(
    r"[A-Za-z]{2,3}(-[A-Za-z]{4})?(-(?:[A-Za-z]{2}|\d{3}))?(-[A-Za-z0-9]{5,8})*(-u(-[a-z0-9]{2,8})+)?"
)


VERTICAL_SCRIPTS = ("Mong", "Phag")
"""Scripts that are only written in vertical lines, from left to right."""

ANY_LANGUAGE = "e.g. en, fr-CA or km"


def check_tags(tags: Iterable[tuple[str, Span | None]]) -> Iterator[Finding]:
    """Yield a finding for each tag that is not in the standard form, unknown, or of a vertical script."""
    for tag, span in dict(reversed(list(tags))).items():
        standard, script = canonical_tag(tag), script_of_locale(tag)
        if script in VERTICAL_SCRIPTS:
            message = (
                f"'{tag}' is written in {script_name(script)} script, in vertical lines;"
                " only horizontal lines are supported"
            )
            yield Finding("script-vertical", message, span, _suggest_script(tag))
        elif not is_known_language(tag):
            message = f"'{tag}' is not a known language; it is set like English"
            hint = f"check the tag; expected a BCP 47 language tag, {ANY_LANGUAGE}"
            yield Finding("language-unknown", message, span, hint, Severity.WARNING)
        elif standard != tag:
            message = f"'{tag}' is not the standard form of this language tag; read as '{standard}'"
            yield Finding("language-tag", message, span, f"write '{standard}'", Severity.WARNING)


def _suggest_script(tag: str) -> str:
    language = parse_locale(tag).language
    if script_of_locale(language) in VERTICAL_SCRIPTS:
        return "choose a language or a script that is written in horizontal lines"
    return f"choose another script: {language}-{script_of_locale(language)}"


def is_tag(text: str) -> bool:
    """Return True if the text is a language tag."""
    return bool(TAG.fullmatch(text))


def strip_extensions(tag: str) -> str:
    """Return the tag without its extensions."""
    return re.split(r"-[a-z0-9]-", tag, maxsplit=1)[0]


def fallback_chain(tag: str) -> tuple[str, ...]:
    """Return the tag and its fallback locales, nearest first: fr-CA, fr."""
    return fallback_locales(tag)


@lru_cache(maxsize=1024)
def is_compatible(source: str, target: str) -> bool:
    """Return True if copy in one locale can be printed in an edition of the other: en-US in en-GB, not zh-Hans in zh-Hant.

    Both must have the same language and share a fallback locale.
    """
    if parse_locale(source).language != parse_locale(target).language:
        return False
    return not set(fallback_chain(source)).isdisjoint(fallback_chain(target))


@lru_cache(maxsize=1024)
def is_same_language(written: str, tag: str) -> bool:
    """Return True if a tag of another program means the same language, script and region: `de_DE` for de."""
    other = _read_foreign_tag(written)
    return is_regional_variant(written, tag) and region_of_locale(other) == region_of_locale(tag)


@lru_cache(maxsize=1024)
def is_regional_variant(written: str, tag: str) -> bool:
    """Return True if a tag of another program means the same language and script, perhaps of another region: `es_MX` for es."""
    other = _read_foreign_tag(written)
    is_language = parse_locale(other).language == parse_locale(strip_extensions(tag)).language
    return is_language and script_of_locale(other) == script_of_locale(strip_extensions(tag))


def _read_foreign_tag(written: str) -> str:
    """Return a tag in the form of BCP 47: `de_DE.UTF-8` as `de-DE`, `sr@latin` as `sr-Latn`."""
    name, _, modifier = written.strip().partition("@")
    script = {"latin": "-Latn", "cyrillic": "-Cyrl"}.get(modifier, "")
    return canonical_tag(name.partition(".")[0].replace("_", "-") + script)
