"""Small PDFs as other programs write them: boxes, rotation, encryption, files that decompress to more than fits into memory."""

from __future__ import annotations

import io
import zlib
from collections.abc import Mapping
from typing import Any

from pypdf import PdfReader, PdfWriter
from pypdf.generic import (
    ArrayObject,
    DecodedStreamObject,
    DictionaryObject,
    FloatObject,
    NameObject,
    NumberObject,
    StreamObject,
)


def box(*edges: float) -> ArrayObject:
    """A rectangle."""
    return ArrayObject(FloatObject(edge) for edge in edges)


def make_pdf(
    operators: str, entries: Mapping[str, Any], resources: Mapping[str, Any] | None = None
) -> bytes:
    """A PDF of one page; keys are written without their slash."""
    writer = PdfWriter()
    page = writer.add_blank_page(100, 100)
    stream = DecodedStreamObject()
    stream.set_data(operators.encode())
    page[NameObject("/Contents")] = writer._add_object(stream)
    font = DictionaryObject(
        {
            NameObject("/Type"): NameObject("/Font"),
            NameObject("/Subtype"): NameObject("/Type1"),
            NameObject("/BaseFont"): NameObject("/Helvetica"),
            NameObject("/FirstChar"): NumberObject(65),
            NameObject("/Widths"): ArrayObject([NumberObject(500)] * 26),
        }
    )
    page[NameObject("/Resources")] = DictionaryObject(
        {
            NameObject("/Font"): DictionaryObject({NameObject("/F"): font}),
            **{NameObject(f"/{key}"): value for key, value in (resources or {}).items()},
        }
    )
    for key, value in entries.items():
        page[NameObject(f"/{key}")] = value
    return write(writer)


def write(writer: PdfWriter) -> bytes:
    """Return the file of a writer."""
    out = io.BytesIO()
    writer.write(out)
    return out.getvalue()


def encrypted(data: bytes, user: str, algorithm: str) -> bytes:
    """The PDF encrypted with a user password, which may be empty."""
    writer = PdfWriter(clone_from=PdfReader(io.BytesIO(data)))
    writer.encrypt(user, "owner", algorithm=algorithm)
    return write(writer)


def compressed(data: bytes, times: int) -> StreamObject:
    """A content stream that decompresses to many repetitions of some data, made without holding them in memory."""
    packer = zlib.compressobj(9)
    parts = [packer.compress(data * 1000) for _ in range(times // 1000)]
    stream = StreamObject()
    stream._data = b"".join([*parts, packer.flush()])
    stream[NameObject("/Filter")] = NameObject("/FlateDecode")
    return stream


def with_content(stream: StreamObject, **xobjects: StreamObject) -> bytes:
    """A PDF of one page with this content, and form XObjects that it may use."""
    writer = PdfWriter()
    page = writer.add_blank_page(100, 100)
    page[NameObject("/Contents")] = writer._add_object(stream)
    references = {name: writer._add_object(one) for name, one in xobjects.items()}
    table = DictionaryObject({NameObject(f"/{name}"): one for name, one in references.items()})
    resources = DictionaryObject({NameObject("/XObject"): table})
    for one in xobjects.values():
        one[NameObject("/Resources")] = resources
    page[NameObject("/Resources")] = resources
    return write(writer)


def form(operators: str) -> StreamObject:
    """A form XObject."""
    stream = DecodedStreamObject()
    stream.set_data(operators.encode())
    stream[NameObject("/Type")] = NameObject("/XObject")
    stream[NameObject("/Subtype")] = NameObject("/Form")
    stream[NameObject("/BBox")] = box(0, 0, 100, 100)
    return stream
