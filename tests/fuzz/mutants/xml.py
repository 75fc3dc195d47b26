"""Damaged XML: elements lost, moved, nested in themselves, attributes exchanged, entities declared.

Damages a good XML file, an SVG or an XLIFF. Most results are still XML.
"""

from __future__ import annotations

import re
from random import Random

from tests.fuzz.mutants import _bytes, _texts
from tests.fuzz.mutants._texts import NASTY, Accident, elsewhere, put

VALUE = re.compile(r'(?<==")[^"<>]*(?=")')
TEXT = re.compile(r"(?<=>)[^<>]+(?=<)")
NAME = re.compile(r'[\w:.-]+(?==")')
ELEMENT = re.compile(r"(?<=<)[\w:]+")
FIGURE = re.compile(r"-?\d+(\.\d+)?")
ALONE = re.compile(r"<[\w:]+[^<>]*/>")
ENTITIES = (
    '<!DOCTYPE a [<!ENTITY x "y">]>',
    '<!DOCTYPE a [<!ENTITY x SYSTEM "file:///etc/passwd">]>',
    '<!DOCTYPE a [<!ENTITY x "xxxxxxxxxx"><!ENTITY y "&x;&x;&x;&x;&x;"><!ENTITY z "&y;&y;&y;&y;&y;&y;">]>',
    "<?xml-stylesheet href='x'?>",
    "<?xml version='1.0' encoding='utf-7'?>",
    "<?xml version='9.0'?>",
)


def damaged(data: bytes, rng: Random) -> bytes:
    """Return the file after one to four changes."""
    return damaged_by(data, rng, ())


def damaged_by(data: bytes, rng: Random, special: tuple[Accident, ...]) -> bytes:
    """The same, with changes for this format only."""
    if rng.random() < 0.08:
        return _bytes.damaged(data, rng)
    return _texts.damaged_text(data.decode("utf-8-sig", "replace"), rng, ACCIDENTS + special * 2)


def _value(text: str, rng: Random) -> str:
    return put(text, rng, VALUE, _harmless(rng.choice(NASTY)))


def _words(text: str, rng: Random) -> str:
    return put(text, rng, TEXT, _harmless(rng.choice(NASTY)))


def _harmless(sign: str) -> str:
    """Return a character, usually one that XML allows."""
    return sign.replace("&", "&amp;").replace("<", "&lt;").replace('"', "&quot;")


def _figure(text: str, rng: Random) -> str:
    extreme = rng.choice(
        ("1e9", "1e38", "1e400", "-1e300", "nan", "inf", "1e-320", ".", "1e", "0", "0.0000001")
    )
    near = f"{rng.uniform(-50, 50):.3g}"
    return put(text, rng, FIGURE, rng.choice((extreme, near)))


def _value_elsewhere(text: str, rng: Random) -> str:
    return elsewhere(text, rng, VALUE)


def _name_elsewhere(text: str, rng: Random) -> str:
    return elsewhere(text, rng, NAME)


def _element_elsewhere(text: str, rng: Random) -> str:
    return elsewhere(text, rng, ELEMENT)


def _moved(text: str, rng: Random) -> str:
    """Move an empty element, or copy it to many places."""
    one: str = rng.choice(ALONE.findall(text) or ["<a/>"])
    ends = [match.end() for match in re.finditer(">", text)]
    at = rng.choice(ends) if ends else 0
    return text[:at] + one * rng.choice((1, 1, 3, 400)) + text[at:]


def _deep(text: str, rng: Random) -> str:
    depth, name = rng.choice((3, 300, 5000)), str(rng.choice(ELEMENT.findall(text) or ["g"]))
    ends = [match.end() for match in re.finditer(">", text)]
    at = rng.choice(ends) if ends else 0
    return text[:at] + f"<{name}>" * depth + f"</{name}>" * depth + text[at:]


def _declared(text: str, rng: Random) -> str:
    return rng.choice(ENTITIES) + put(text, rng, TEXT, "&z;")


ACCIDENTS: tuple[Accident, ...] = (
    *(_value, _words, _figure, _figure, _figure, _value_elsewhere, _value_elsewhere),
    *(_name_elsewhere, _element_elsewhere, _moved, _deep, _declared),
)
