"""Link targets for contact details: `tel:` URIs (RFC 3966), `mailto:` URIs (RFC 6068) and web addresses.

Also wraps left-to-right details in isolates for right-to-left text (UAX #9).
"""

from __future__ import annotations

import re
import unicodedata
from urllib.parse import quote

from brochure.l10n.inline_markup import LINK_SCHEMES
from brochure.l10n.story import Words

LEFT_TO_RIGHT, END_OF_ISOLATE = "\u2066", "\u2069"
TRUNK_ZERO = re.compile(r"\(\s*0\s*\)")
MIN_DIGITS = 3
"""Digits in the shortest telephone number (emergency numbers)."""


def telephone_uri(text: str) -> str | None:
    """Return the number as a `tel:` URI, or None if the text contains no telephone number.

    The number ends at the first letter after it. Digits of any script become ASCII digits; the trunk prefix in `+44 (0)20` is
    dropped.
    """
    start = next(
        (index for index, char in enumerate(text) if char.isdecimal() or char == "+"), None
    )
    if start is None:
        return None
    dialled = re.split(r"[^\W\d_]", text[start:], maxsplit=1)[0]
    if dialled.startswith("+"):
        dialled = TRUNK_ZERO.sub("", dialled)
    digits = "".join(str(unicodedata.decimal(char)) for char in dialled if char.isdecimal())
    plus = "+" if dialled.startswith("+") else ""
    return f"tel:{plus}{digits}" if len(digits) >= MIN_DIGITS else None


def address_uri(text: str) -> str | None:
    """Return the address as a `mailto:` or `https:` URI, or None if the text is empty."""
    address = "".join(text.split())
    if not address:
        return None
    if address.startswith(LINK_SCHEMES):
        return address
    if "@" in address:
        return "mailto:" + quote(address, safe="@.+-_")
    host, slash, path = address.partition("/")
    return f"https://{host.casefold()}{slash}{path}"


def isolate_left_to_right(words: tuple[Words, ...]) -> tuple[Words, ...]:
    """Wrap the text in a left-to-right isolate (UAX #9, LRI … PDI)."""
    return (Words(LEFT_TO_RIGHT), *words, Words(END_OF_ISOLATE)) if words else words
