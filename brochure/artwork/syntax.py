"""Writes objects in PDF syntax (ISO 32000-1, 7.3): only what the conversion of artwork makes."""

from __future__ import annotations

import zlib
from collections.abc import Callable, Mapping, Sequence
from typing import Any

from brochure.artwork.model import ArtworkError, ArtworkObject
from brochure.fast_dataclass import dataclass

MAX_OBJECTS = 5_000
"""Limit of the objects that a page of artwork may need: fonts, pictures, forms and what they consist of."""


@dataclass(frozen=True, slots=True)
class Ref:
    """A reference to an object of the form."""

    number: int


class ObjectList:
    """The objects of a converted form, in the order of their numbers."""

    def __init__(self) -> None:
        self.objects: list[ArtworkObject] = []

    def add(self, value: Any) -> Ref:
        """Add an object; returns the reference to it."""
        return self._append(ArtworkObject(write(value)))

    def add_stream(
        self, entries: Mapping[str, Any], data: bytes, *, is_encoded: bool = False
    ) -> Ref:
        """Add a stream; it is compressed unless `is_encoded`, when the entries name its filter."""
        named = dict(entries)
        if not is_encoded:
            data = zlib.compress(data, 6)
            named["Filter"] = "/FlateDecode"
        named["Length"] = len(data)
        return self._append(ArtworkObject(write(named), data))

    def _append(self, made: ArtworkObject) -> Ref:
        if len(self.objects) >= MAX_OBJECTS:
            message = f"it needs more than {MAX_OBJECTS:,} objects"
            raise ArtworkError(
                f"{message}; flatten or rasterize complex artwork, and export it again"
            )
        self.objects.append(made)
        return Ref(len(self.objects) - 1)


def write(value: Any) -> bytes:
    """Return a value in PDF syntax: text that starts with a slash is a name, bytes are a string."""
    for kind, writer in WRITERS.items():
        if isinstance(value, kind):
            return writer(value)
    raise ArtworkError("it has an object of an unknown type")


def write_name(name: str) -> bytes:
    """Return a name (7.3.5), which starts with a slash."""
    return b"/" + b"".join(
        bytes((byte,)) if 0x21 <= byte < 0x7F and byte not in DELIMITERS else b"#%02X" % byte
        for byte in name[1:].encode("utf-8", "surrogateescape")
    )


DELIMITERS = b"<>[]{}/%()#"


def format_number(value: float) -> bytes:
    """Return a real number with seven significant digits, without an exponent (7.3.3)."""
    if value == int(value) and abs(value) < MAX_EXACT:
        return b"%d" % int(value)
    digits = max(0, 6 - _magnitude(value))
    shown = f"{value:.{digits}f}"
    shown = shown.rstrip("0").rstrip(".") if "." in shown else shown
    return (shown if shown not in ("-0", "") else "0").encode("ascii")


MAX_EXACT = 1e9
MIN_MAGNITUDE = -6
"""Numbers below a millionth are written with this many digits and are 0."""


def _magnitude(value: float) -> int:
    whole = len(str(int(abs(value)))) - 1
    if whole or abs(value) >= 1:
        return whole
    zeros = 0
    while abs(value) < 10**-zeros and -zeros > MIN_MAGNITUDE:
        zeros += 1
    return -zeros


WRITERS: dict[Any, Callable[[Any], bytes]] = {
    type(None): lambda _: b"null",
    bool: lambda value: b"true" if value else b"false",
    int: lambda value: b"%d" % value,
    float: format_number,
    str: write_name,
    bytes: lambda value: b"<%b>" % value.hex().encode("ascii"),
    Ref: lambda value: b"\0%d\0" % value.number,
    Mapping: lambda value: b"<<%b>>" % b" ".join(map(_write_entry, value.items())),
    Sequence: lambda value: b"[%b]" % b" ".join(map(write, value)),
}
"""How the values of each type are written; the first type that fits counts."""


def _write_entry(entry: tuple[str, Any]) -> bytes:
    return write_name(f"/{entry[0]}") + b" " + write(entry[1])
