"""URIs in ASCII, as a PDF link needs them: host names in Punycode (IDNA 2008, UTS 46), everything else percent-encoded."""

from __future__ import annotations

import re
from urllib.parse import quote

from brochure.lazy_pattern import compile_lazily

WEB = compile_lazily(r"(https?://)(?:([^/?#@]*)@)?([^/?#:@]*)(:\d{0,5})?([/?#].*)?", re.IGNORECASE)
MAIL = compile_lazily(r"(mailto:)([^@?]*)@([^?]*)(\?.*)?", re.IGNORECASE)
UNENCODED = "!#$%&'()*+,/:;=?@[]~-._"
"""Characters that stay as they are: those of a URI (RFC 3986), and `%`, since the rest may be encoded already."""


def ascii_uri(uri: str) -> str:
    """Return a URI with only ASCII characters; ValueError if its host name is not valid."""
    if uri.isascii():
        return uri
    web, mail = WEB.fullmatch(uri), MAIL.fullmatch(uri)
    if web:
        scheme, user, host, port, rest = web.groups(default="")
        user = f"{_encode(user)}@" if web[2] is not None else ""
        return f"{scheme}{user}{ascii_host(host)}{port}{_encode(rest)}"
    if mail:
        scheme, local, host, rest = mail.groups(default="")
        return f"{scheme}{_encode(local)}@{ascii_host(host)}{_encode(rest)}"
    return _encode(uri)


def ascii_host(host: str) -> str:
    """Return a host name in Punycode; ValueError if it is not valid."""
    if host.isascii():
        return host
    # Imported here because few addresses need it.
    import idna

    return idna.encode(host, uts46=True).decode("ascii")


def _encode(text: str) -> str:
    return quote(text, safe=UNENCODED)
