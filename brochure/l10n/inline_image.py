"""Pictures in the text of a message: `![alternative text](icons/bus.svg){size=1.2em}`.

The path is that of a file in `assets`. Attributes in braces are `size` (the height, in ems), `mirror=yes` for right-to-left text
and `colour=text` for outlines in the colour of the text.
"""

from __future__ import annotations

import re
from collections.abc import Iterator, Mapping
from typing import Any
from urllib.parse import unquote

from brochure.l10n.story import InlineImage
from brochure.spec.scalars import ADDRESS, is_inside_assets

SIZE = re.compile(r"(\d{1,3}(?:\.\d{1,4})?)\s?em")
MIN_SIZE, MAX_SIZE = 0.1, 50.0

SPELLINGS = {"color": "colour"}
WORDS = {"mirror": ("yes", "no"), "colour": ("text", "own")}
"""Attributes and their values; the last one is the default."""

WRITTEN = re.compile(r"(!\[)([^\[\]\n]{0,1000})(\]\([^()\s]{1,300}\)(?:\{[^{}\n]{0,100}\})?)")
"""A picture as it is written: its start, its alternative text, and the rest, which translators must not change."""

BRACES = re.compile(r"(?<=\))\{[^{}\n]{0,100}\}")
VALUE = re.compile(r"=([^\s\"'={}]+)")


def quote_values(text: str) -> str:
    """Return a text with the values of the attributes of pictures in quotation marks, which the parser expects around a dot."""
    return BRACES.sub(lambda braces: VALUE.sub(r'="\1"', braces[0]), text)


def read_image(token: Any) -> InlineImage:
    """Return the picture of a token of markdown-it; what is not valid has its default value."""
    attributes = _attributes(token)
    size = _size(attributes.get("size", ""))
    return InlineImage(
        _path(token),
        "".join(child.content for child in token.children or ()),
        1.0 if size is None else size,
        attributes.get("mirror") == "yes",
        attributes.get("colour") == "text",
    )


def find_image_problems(token: Any) -> Iterator[tuple[str, str]]:
    """Yield what is wrong with the picture of a token, and how to fix it."""
    path = _path(token)
    if ADDRESS.match(path):
        hint = "files are not downloaded; copy the file into assets/ and write its path there"
        yield f"'{path}' is a network address", hint
    elif not path or not is_inside_assets(path):
        hint = "write the path of a file below assets/, e.g. ![bus](icons/bus.svg)"
        yield f"'{path}' is not inside assets/", hint
    for name, value in _attributes(token).items():
        yield from _check_attribute(name, value)


def _check_attribute(name: str, value: str) -> Iterator[tuple[str, str]]:
    if name == "size":
        if _size(value) is None:
            hint = f"expected {MIN_SIZE:g} to {MAX_SIZE:g} ems, e.g. {{size=1.2em}}"
            yield f"'{value}' is not the size of a picture in text", hint
    elif name not in WORDS:
        hint = "a picture in text has size, mirror and colour, e.g. {size=1.2em}"
        yield f"unknown attribute '{name}' of a picture", hint
    elif value not in WORDS[name]:
        yield f"'{value}' is not a value of '{name}'", f"write one of {', '.join(WORDS[name])}"


def _attributes(token: Any) -> Mapping[str, str]:
    """Return the attributes of a picture besides those of the markup itself."""
    return {
        SPELLINGS.get(name, name): str(value)
        for name, value in token.attrs.items()
        if name not in ("src", "alt")
    }


def _path(token: Any) -> str:
    return unquote(str(token.attrs.get("src", "")))


def _size(text: str) -> float | None:
    match = SIZE.fullmatch(text)
    size = float(match[1]) if match else 0.0
    return size if MIN_SIZE <= size <= MAX_SIZE else None
