"""Remove metadata from the objects of another PDF, before they are copied to sheets.

Pages of other programs carry XMP, private data of drawing programs (PieceInfo), thumbnails, positions, and names and paths of
linked files, in any resource; their pictures have EXIF and XMP of their own.
"""

from __future__ import annotations

import zlib
from typing import Any

from brochure.images.jpeg import SIGNATURE as JPEG_SIGNATURE
from brochure.images.jpeg import read_jpeg
from brochure.images.jpeg2000 import strip_jpeg2000
from brochure.pdf_input.values import get, resolve

PRIVATE_KEYS = (
    *("/Metadata", "/PieceInfo", "/LastModified", "/Thumb", "/AF"),
    *("/OPI", "/Ref", "/PtData", "/Measure", "/LGIDict", "/CreatorInfo", "/SourceModified"),
)
"""Entries that never change what a page shows (ISO 32000-2): metadata (14.3), application data (14.5), associated files (14.13),
names of linked files (14.11.7, 8.10.4), positions on the earth (12.9, 12.10), and the creator of a layer (table 102)."""


def remove_metadata(value: Any) -> None:
    """Remove metadata from an object of pypdf and from all that it refers to, in place."""
    # Imported here: only imposing external PDFs needs pypdf.
    from pypdf.generic import ArrayObject, DictionaryObject, StreamObject

    seen: dict[int, Any] = {}  # by identity; the values keep it unique
    waiting = [value]
    while waiting:
        one = resolve(waiting.pop())
        if id(one) in seen or not isinstance(one, (ArrayObject, DictionaryObject)):
            continue
        seen[id(one)] = one
        if isinstance(one, DictionaryObject):
            for key in PRIVATE_KEYS:
                one.pop(key, None)
            if isinstance(one, StreamObject):
                _strip_picture(one)
        # The values as they are stored: a reference is resolved when it is its turn.
        waiting.extend(one if isinstance(one, ArrayObject) else dict.values(one))


def _strip_jpeg(data: bytes) -> bytes:
    start = data.index(JPEG_SIGNATURE)
    return read_jpeg(data[start:], may_be_truncated=True).stripped


STRIPPED_BY = {"/DCTDecode": _strip_jpeg, "/DCT": _strip_jpeg, "/JPXDecode": strip_jpeg2000}


def _strip_picture(stream: Any) -> None:
    """Remove the metadata of a JPEG or JPEG 2000 picture; one that is damaged, or filtered in another way, stays as it is."""
    from pypdf.generic import NameObject

    filters = [str(resolve(one)) for one in _as_list(get(stream, "/Filter"))]
    if not filters or filters[-1] not in STRIPPED_BY or set(filters[:-1]) - {"/FlateDecode", "/Fl"}:
        return
    data = stream._data
    try:
        for _ in filters[:-1]:
            data = zlib.decompress(data)
        data = STRIPPED_BY[filters[-1]](data)
    except (ValueError, zlib.error):
        return
    if len(filters) > 1:
        # The last of the parameters is that of the picture; the others belong to the filters that were undone.
        parameters = _as_list(stream.pop("/DecodeParms", None))[len(filters) - 1 :]
        if parameters and resolve(parameters[0]):
            stream[NameObject("/DecodeParms")] = parameters[0]
        stream[NameObject("/Filter")] = NameObject(filters[-1])
    stream._data = data


def _as_list(value: Any) -> list[Any]:
    """Return a value that may be missing, one, or an array."""
    known = resolve(value)
    if known is None:
        return []
    return list(known) if isinstance(known, list) else [known]
