"""PDFs with objects of the wrong type, loops between objects, and truncated streams.

The objects are changed with pypdf, so that the file around them stays valid and readers get as far as the object itself.
"""

from __future__ import annotations

import io
from collections.abc import Callable, Iterator
from random import Random
from typing import Any

from pypdf import PdfReader, PdfWriter
from pypdf.generic import (
    ArrayObject,
    BooleanObject,
    DecodedStreamObject,
    DictionaryObject,
    FloatObject,
    NameObject,
    NullObject,
    NumberObject,
    StreamObject,
    TextStringObject,
)

from brochure.preflight.pdf_reader import object_types

KEYS = tuple(
    dict.fromkeys(
        key
        for table in vars(object_types).values()
        if isinstance(table, dict)
        for key in table
        if isinstance(key, str) and key.startswith("/")
    )
)
"""Every key whose type is checked, and so every key that is read."""
FURTHER_KEYS = (
    "/Parent",
    "/Kids",
    "/Pages",
    "/Count",
    "/N",
    "/OCGs",
    "/Direction",
    "/K",
    "/Length",
)


def _stream() -> StreamObject:
    stream = DecodedStreamObject()
    stream.set_data(b"0 0 m 1 (a) /B ] >> l S")
    return stream


WRONG_VALUES: tuple[Callable[[], Any], ...] = (
    NullObject,
    lambda: NumberObject(-3),
    lambda: NumberObject(10**20),
    lambda: FloatObject("1e300"),
    lambda: TextStringObject("text"),
    lambda: NameObject("/Name"),
    lambda: BooleanObject(True),  # an object of PDF
    ArrayObject,
    lambda: ArrayObject([NullObject(), NameObject("/A"), ArrayObject([NumberObject(1)])]),
    lambda: ArrayObject([NumberObject(0)] * 4),
    lambda: ArrayObject([NumberObject(1)] * 6),
    DictionaryObject,
    lambda: DictionaryObject({NameObject("/S"): NumberObject(1)}),
    _stream,
)


def damaged(data: bytes, rng: Random) -> bytes:
    """Return the PDF with one to three objects changed."""
    writer = PdfWriter(clone_from=PdfReader(io.BytesIO(data)))
    for _ in range(rng.choice((1, 1, 2, 3))):
        rng.choice((_retype, _retype, _retype, _make_loop, _cut))(writer, rng)
    return write(writer)


def retyped(data: bytes, key: str, wrong: Callable[[], Any]) -> bytes:
    """Return the PDF with every value of a key replaced; pages and the catalog get the key in any case."""
    writer = PdfWriter(clone_from=PdfReader(io.BytesIO(data)))
    for holder in (*_holders(writer, key), *writer.pages, writer.root_object):
        holder[NameObject(key)] = wrong()
    return write(writer)


def write(writer: PdfWriter) -> bytes:
    """Return the file of a writer, even if its page tree is wrong now."""
    out = io.BytesIO()
    writer.write(out)
    return out.getvalue()


def _retype(writer: PdfWriter, rng: Random) -> None:
    key = rng.choice((*KEYS, *FURTHER_KEYS))
    holders = list(_holders(writer, key)) or [writer.root_object, *writer.pages]
    value = rng.choice(WRONG_VALUES)()
    rng.choice(holders)[NameObject(key)] = (
        writer._add_object(value) if rng.random() < 0.5 else value
    )


def _make_loop(writer: PdfWriter, rng: Random) -> None:
    """Make an entry refer to another object of the file: an ancestor, or the holder itself."""
    objects = [one for one in writer._objects if isinstance(one, DictionaryObject)]
    holder, target = rng.choice(objects), rng.choice(objects)
    keys = [key for key in holder if key != "/Type"]
    if keys and target.indirect_reference:
        holder[NameObject(rng.choice(keys))] = target.indirect_reference


def _cut(writer: PdfWriter, rng: Random) -> None:
    """Cut a stream short, or put other bytes into it."""
    streams = [one for one in writer._objects if isinstance(one, StreamObject)]
    stream = rng.choice(streams)
    size = len(stream._data)
    stream._data = rng.choice((stream._data[: size // 2], b"", rng.randbytes(min(size, 200))))


def _holders(writer: PdfWriter, key: str) -> Iterator[DictionaryObject]:
    """Iterate over the dictionaries that have a key, direct ones in others included."""
    pending: list[Any] = list(writer._objects)
    while pending:
        one = pending.pop()
        if isinstance(one, DictionaryObject):
            if key in one:
                yield one
            pending.extend(dict.values(one))
        elif isinstance(one, ArrayObject):
            pending.extend(one)
