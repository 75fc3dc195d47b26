"""Language tags: which language stands in for which (BCP 47, RFC 4647 lookup, CLDR's exceptions).

Takes a tag such as `fr-CA`; gives the tags that copy is looked for under, the nearest first. Extensions (`-u-nu-deva`) say
how figures are written, not which words, and are left out here.
"""

from __future__ import annotations

import re
from functools import lru_cache

from brochure.locales import fallback_locales, parse_locale

TAG = re.compile(
    r"[A-Za-z]{2,3}(-[A-Za-z]{4})?(-(?:[A-Za-z]{2}|\d{3}))?(-[A-Za-z0-9]{5,8})*(-u(-[a-z0-9]{2,8})+)?"
)


def is_tag(text: str) -> bool:
    """Whether a text is a language tag."""
    return bool(TAG.fullmatch(text))


def strip_extensions(tag: str) -> str:
    """The tag without its extensions."""
    return re.split(r"-[a-z0-9]-", tag, maxsplit=1)[0]


def fallback_chain(tag: str) -> tuple[str, ...]:
    """The tag and those that stand in for it, the nearest first: fr-CA, fr."""
    return fallback_locales(tag)


@lru_cache(maxsize=1024)
def is_compatible(source: str, wanted: str) -> bool:
    """Whether copy in one language can be printed in an edition of the other: en-US in en-GB, not zh-Hans in zh-Hant.

    They are one language and have a locale in common that they fall back to.
    """
    if parse_locale(source).language != parse_locale(wanted).language:
        return False
    return not set(fallback_chain(source)).isdisjoint(fallback_chain(wanted))
