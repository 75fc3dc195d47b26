"""Language tags and locale fallback (BCP 47, RFC 4647 lookup, CLDR parent locales).

Extensions such as `-u-nu-deva` choose how numbers are formatted, not which translation is used, and are ignored here.
"""

from __future__ import annotations

import re
from functools import lru_cache

from brochure.locales import fallback_locales, parse_locale

TAG = re.compile(
    r"[A-Za-z]{2,3}(-[A-Za-z]{4})?(-(?:[A-Za-z]{2}|\d{3}))?(-[A-Za-z0-9]{5,8})*(-u(-[a-z0-9]{2,8})+)?"
)


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
