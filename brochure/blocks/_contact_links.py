"""Link targets for contact details: `tel:` URIs (RFC 3966), `mailto:` URIs (RFC 6068) and web addresses.

Only text that is wholly a telephone number or an address becomes a link; a line can have several, separated by commas. Also
wraps left-to-right details in isolates for right-to-left text (UAX #9).
"""

from __future__ import annotations

import re
import unicodedata
from collections.abc import Callable, Iterator
from dataclasses import replace
from itertools import pairwise
from urllib.parse import quote

from brochure.fast_dataclass import dataclass
from brochure.l10n.inline_markup import LINK_SCHEMES
from brochure.l10n.story import Words
from brochure.l10n.uri import ascii_host, ascii_uri
from brochure.lazy_pattern import compile_lazily

LEFT_TO_RIGHT, END_OF_ISOLATE = "\u2066", "\u2069"
ISOLATES = "\u2066\u2067\u2068\u2069"
MIN_DIGITS, MAX_DIGITS = 3, 15
"""Digits of an emergency number, and of the longest international number (ITU-T E.164)."""
MIN_LISTED_DIGITS = 6
"""Digits of each number of a list; fewer may be the end of another number."""
MAX_AREA_DIGITS = 6
"""Digits before a slash, which separates an area code from its number: 030/1234567."""

HYPHENS = "\u2010\u2011\u2012\u2212"
"""Characters that typography puts in the place of a hyphen. The en dash means a range: 0101–0103."""
TRUNK_ZERO = compile_lazily(r"(?<=\d)\s*\(\s*0\s*\)")
NUMBER = compile_lazily(
    r"(?P<plus>\+\s?)?(?P<area>\(\d{1,5}\)[ .-]?)?\d+(?:(?:[ .-]|[ .-]?\(\d{1,5}\)[ .-]?|/)\d+)*"
)
EXTENSION = compile_lazily(r"(?<![, ])[, ]*+\b(?:ext(?:ension)?|x)[. :]*+(\d{1,6})$", re.IGNORECASE)
MAIL = compile_lazily(r"([\w.!#$%&'*+/=?^`{|}~-]+)@([^@/?#:\s]+)")
WEB = compile_lazily(r"([^@/?#:\s]+)(:\d{1,5})?([/?#]\S*)?")
HOST = compile_lazily(r"[\w-]{1,63}(?:\.[\w-]{1,63})*\.(?:[^\W\d_]{2,63}|xn--[a-z0-9-]{2,59})")
SEPARATORS = compile_lazily(r"[,;،、]\s++|[、，；]|(?<!\s)\s++[|·•/]\s++")


@dataclass(frozen=True, slots=True)
class ContactLink:
    """A link on a part of a line, from `start` to `end`."""

    start: int
    end: int
    target: str


def find_links(text: str, *, number: bool) -> tuple[ContactLink, ...]:
    """Return the links of a line, one for each number or address; none if any part of it is something else."""
    make = telephone_uri if number else address_uri
    whole = text.strip(ISOLATES)
    parts = tuple(_split(whole, text.find(whole)))
    single = _link(whole, text.find(whole), make)
    if single or len(parts) < 2:
        return (single,) if single else ()
    links = [_link(part, start, make) for part, start in parts]
    found = tuple(link for link in links if link)
    is_list = len(found) == len(links) and not (
        number and any(_count_digits(part) < MIN_LISTED_DIGITS for part, _ in parts)
    )
    return found if is_list else ()


def _split(text: str, offset: int) -> Iterator[tuple[str, int]]:
    """Yield the parts of a list with their positions."""
    at = 0
    for match in SEPARATORS.finditer(text):
        yield text[at : match.start()], offset + at
        at = match.end()
    yield text[at:], offset + at


def _link(part: str, start: int, make: Callable[[str], str | None]) -> ContactLink | None:
    target = make(part)
    return ContactLink(start, start + len(part), target) if target else None


def _count_digits(text: str) -> int:
    return sum(char.isdecimal() for char in text)


def link_words(words: tuple[Words, ...], links: tuple[ContactLink, ...]) -> tuple[Words, ...]:
    """Return the runs divided at the links' ends and linked, except those that already have a link."""
    result: list[Words] = []
    start = 0
    for run in words:
        end = start + len(run.text)
        cuts = {at for link in links for at in (link.start, link.end) if start < at < end}
        edges = [start, *sorted(cuts), end]
        for first, last in pairwise(edges):
            target = next((one.target for one in links if one.start <= first < one.end), None)
            marks = replace(run.marks, link=run.marks.link or target)
            result.append(Words(run.text[first - start : last - start], marks))
        start = end
    return tuple(result)


def telephone_uri(text: str) -> str | None:
    """Return a telephone number as a `tel:` URI, or None if the text is not wholly one.

    Digits of any script become ASCII digits; the trunk prefix in `+44 (0)20` is dropped.
    """
    plain = "".join(_plain_character(char) for char in text.strip())
    extension = EXTENSION.search(plain)
    number = plain[: extension.start()] if extension else plain
    if number.startswith("+"):
        number = TRUNK_ZERO.sub(" ", number, count=1)
        number = re.sub(r" {2,}", " ", number)
    match = NUMBER.fullmatch(number)
    digits = re.sub(r"\D", "", number)
    if not match or not MIN_DIGITS <= len(digits) <= MAX_DIGITS or not _is_area_slash(number):
        return None
    plus = "+" if match["plus"] else ""
    return f"tel:{plus}{digits}" + (f";ext={extension[1]}" if extension else "")


def _plain_character(char: str) -> str:
    """Return an ASCII digit, space or hyphen for its variants."""
    if char.isdecimal():
        return str(unicodedata.decimal(char))
    if char in HYPHENS:
        return "-"
    return " " if char.isspace() else char


def _is_area_slash(number: str) -> bool:
    """Return True if a slash, if any, separates an area code from its number and not two numbers."""
    before, slash, after = number.partition("/")
    return not slash or ("/" not in after and _count_digits(before) <= MAX_AREA_DIGITS)


def address_uri(text: str) -> str | None:
    """Return a mail or web address as a URI, or None if the text is not wholly one."""
    address = text.strip().rstrip(".")
    try:
        if address.startswith(LINK_SCHEMES):
            return None if re.search(r"\s", address) else ascii_uri(address)
        mail, web = MAIL.fullmatch(address), WEB.fullmatch(address)
        if mail and HOST.fullmatch(mail[2]):
            return f"mailto:{quote(mail[1], safe='.+-_')}@{ascii_host(mail[2])}"
        if web and HOST.fullmatch(web[1]):
            host = ascii_host(web[1].casefold())
            return ascii_uri(f"https://{host}{web[2] or ''}{web[3] or ''}")
    except ValueError:
        return None  # not a valid host name
    return None


def isolate_left_to_right(words: tuple[Words, ...]) -> tuple[Words, ...]:
    """Wrap the text in a left-to-right isolate (UAX #9, LRI … PDI)."""
    return (Words(LEFT_TO_RIGHT), *words, Words(END_OF_ISOLATE)) if words else words
