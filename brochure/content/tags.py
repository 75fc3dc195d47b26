"""Language tags: which language stands in for which (BCP 47, RFC 4647 lookup, CLDR's exceptions).

Takes a tag such as `fr-CA`; gives the tags that copy is looked for under, the nearest first. Extensions (`-u-nu-deva`) say
how figures are written, not which words, and are left out here.
"""

from __future__ import annotations

import re
from functools import lru_cache

TAG = re.compile(
    r"[A-Za-z]{2,3}(-[A-Za-z]{4})?(-(?:[A-Za-z]{2}|\d{3}))?(-[A-Za-z0-9]{5,8})*(-u(-[a-z0-9]{2,8})+)?"
)

PARENTS = {
    "zh-Hant": "",
    "sr-Latn": "",
    "pt-AO": "pt-PT",
    "pt-MZ": "pt-PT",
    "zh-TW": "zh-Hant",
    "zh-HK": "zh-Hant",
}
"""Where the next tag is not the shorter one (CLDR, parentLocales): another script is another text."""

LATIN_AMERICA = re.compile("AR|BO|CL|CO|CR|CU|DO|EC|GT|HN|MX|NI|PA|PE|PR|PY|SV|US|UY|VE")


def is_tag(text: str) -> bool:
    """Whether a text is a language tag."""
    return bool(TAG.fullmatch(text))


def plain(tag: str) -> str:
    """The tag without its extensions."""
    return re.split(r"-[a-z0-9]-", tag, maxsplit=1)[0]


@lru_cache(maxsize=1024)
def chain(tag: str) -> tuple[str, ...]:
    """The tag and those that stand in for it, the nearest first: fr-CA, fr."""
    found: list[str] = []
    here = plain(tag)
    while here and here not in found:
        found.append(here)
        here = _parent(here)
    return tuple(found)


def _parent(tag: str) -> str:
    if tag in PARENTS:
        return PARENTS[tag]
    language, _, rest = tag.partition("-")
    if language == "es" and LATIN_AMERICA.fullmatch(rest):
        return "es-419"
    return tag.rpartition("-")[0]


@lru_cache(maxsize=1024)
def stands_for(source: str, wanted: str) -> bool:
    """Whether copy in one language can be printed in an edition of the other: en-US in en-GB, not zh-Hans in zh-Hant."""
    return chain(source)[-1] in chain(wanted)
