"""Links made from printed text: `T 519.679.5030` can be called, `IJM.org` opened, `a@b.org` written to.

Takes the words of a number or an address; gives the URI (RFC 3966 for telephones, RFC 6068 for mail), or the words kept in
their direction (UAX #9, isolates). Stands behind `contact`.
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
"""The shortest number that can be called: emergency services."""


def telephone(text: str) -> str | None:
    """The number as a `tel:` URI, up to the first word in it; None where there is none to call.

    Digits of any script are dialled as what they count; the 0 in `+44 (0)20` is not dialled from abroad.
    """
    begin = next((at for at, char in enumerate(text) if char.isdecimal() or char == "+"), None)
    if begin is None:
        return None
    dialled = re.split(r"[^\W\d_]", text[begin:], maxsplit=1)[0]
    if dialled.startswith("+"):
        dialled = TRUNK_ZERO.sub("", dialled)
    digits = "".join(str(unicodedata.decimal(char)) for char in dialled if char.isdecimal())
    plus = "+" if dialled.startswith("+") else ""
    return f"tel:{plus}{digits}" if len(digits) >= MIN_DIGITS else None


def mail_or_web(text: str) -> str | None:
    """The address as a `mailto:` or `https:` URI; None where the text is none."""
    address = "".join(text.split())
    if not address:
        return None
    if address.startswith(LINK_SCHEMES):
        return address
    if "@" in address:
        return "mailto:" + quote(address, safe="@.+-_")
    host, slash, path = address.partition("/")
    return f"https://{host.casefold()}{slash}{path}"


def isolated(words: tuple[Words, ...]) -> tuple[Words, ...]:
    """The words as they stand from left to right, whatever is around them."""
    return (Words(LEFT_TO_RIGHT), *words, Words(END_OF_ISOLATE)) if words else words
