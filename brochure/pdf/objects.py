"""PDF objects (ISO 32000-1, 7.3), based on ReportLab's classes.

They add names beyond Latin-1, dictionaries that reject misspelt keys, and streams that end as PDF/A requires.
"""

from __future__ import annotations

import hashlib
import zlib
from collections.abc import Iterable
from functools import lru_cache
from typing import Any

from brochure.pdf.engine import (
    PDFArrayCompact,
    PDFDictionary,
    PDFDocument,
    PDFObjectReference,
    PDFStream,
    PDFString,
    format,
)
from brochure.system.cache import MemoryCache

_KEYS = """
A AP ActualText Alt Alternate Annots Ascent Author BBox BM BaseFont BitsPerComponent BitsPerSample BleedBox Border Bounds Box
Brochure C0 C1 CA CIDSystemInfo CIDToGIDMap CS CapHeight ColSpan ColorSpace Colorants Colors Columns Contents Coords Count
CreationDate Creator DW Decode DecodeParms DescendantFonts Descent DestOutputProfile Digest Domain Edition
Encode Encoding ExtGState Extend F Filter First Flags Font FontBBox FontDescriptor FontFile2 FontFile3 FontName
FormType Function FunctionType Functions G GTS_PDFXVersion Group Height ID IDTree Index Info Intent ItalicAngle K Kids
Lang LastModified Length Length1 ListNumbering MCID MarkInfo Marked Matrix MediaBox Metadata ModDate N Names
Nums O OP OPM Obj Ordering OutputCondition OutputConditionIdentifier OutputIntents P Page PageLabels Parent
ParentTree ParentTreeNextKey Pg PieceInfo Placement Predictor Private Producer Range Registry RegistryName Resources
Role Root RowSpan S SMask Scope Shading ShadingType Size StemV StructParent StructParents StructTreeRoot Subject
Subtype Supplement Tabs Title ToUnicode Trapped TrimBox Type W Width XHeight XObject ca checked op
"""
KEYS = {key: b"/%b " % key.encode("ascii") for key in _KEYS.split()}
"""Every key that brochure writes into a dictionary, in its written form; others are an error."""

Value = Any
"""An object's value: a number, a bool, a name (`name`), a ReportLab object, or PDF syntax (str or bytes)."""


@lru_cache(maxsize=1024)
def name(text: str) -> str:
    """Return a name object (7.3.5): UTF-8, with all but printable ASCII escaped. ReportLab's supports Latin-1 only."""
    safe = "".join(
        chr(byte) if 0x21 <= byte < 0x7F and chr(byte) not in "<>[]{}/%()#" else f"#{byte:02X}"
        for byte in text.encode()
    )
    return f"/{safe}"


class Dictionary(PDFDictionary):
    """A dictionary of known keys, written in the given order (7.3.7).

    Raises:
        KeyError: a key is not one of `KEYS`.
    """

    def __init__(self, **entries: Value) -> None:
        if not entries.keys() <= KEYS.keys():
            unknown = entries.keys() - KEYS.keys()
            raise KeyError(
                f"not a key that brochure writes into a PDF: {', '.join(sorted(unknown))}"
            )
        super().__init__(entries)

    def format(self, document: PDFDocument, IND: bytes = b"\n ") -> bytes:  # noqa: N803  # ReportLab's signature
        """Return the dictionary's PDF syntax."""
        pairs = [KEYS[key] + written(value, document) for key, value in self.dict.items()]
        return b"<<%b>>" % b" ".join(pairs)


class Names(Dictionary):
    """A dictionary whose keys are names of resources or other names chosen by the document."""

    def __init__(self, entries: dict[str, Value]) -> None:
        PDFDictionary.__init__(self, entries)

    def format(self, document: PDFDocument, IND: bytes = b"\n ") -> bytes:  # noqa: N803  # ReportLab's signature
        """Return the dictionary's PDF syntax."""
        pairs = (
            f"{name(key)} ".encode() + written(value, document) for key, value in self.dict.items()
        )
        return b"<<%b>>" % b" ".join(pairs)


class Array(PDFArrayCompact):
    """An array (7.3.6)."""

    def __init__(self, items: Iterable[Value]) -> None:
        super().__init__(items)

    def format(self, document: PDFDocument, IND: bytes = b"\n ") -> bytes:  # noqa: N803  # ReportLab's signature
        """Return the array's PDF syntax."""
        return b"[%b]" % b" ".join([written(item, document) for item in self.sequence])


def written(value: Value, document: PDFDocument) -> bytes:
    """Return a value's PDF syntax: str and bytes are unchanged; a stream becomes a reference."""
    kind = value.__class__
    if kind is PDFObjectReference:
        return b"%d %d R" % document.idToObjectNumberAndVersion[value.name]
    if kind is str:
        return bytes(value, "ascii")
    if kind is int:
        return b"%d" % value
    if kind is float:
        return bytes(decimal(value), "ascii")
    if kind is bool:
        return b"true" if value else b"false"
    # ReportLab's `format` asks each object whether it must be indirect.
    done: bytes = value.format(document) if kind in DIRECT else format(value, document)
    return done


def decimal(value: float) -> str:
    """Format a number with at most six decimals, without exponent or trailing zeros (7.3.3)."""
    shown = f"{value:.6f}".rstrip("0").rstrip(".")
    return "0" if shown in ("-0", "") else shown


class TextString(PDFString):
    """A text string (7.9.2.2). Most strings are in every file."""

    def format(self, document: PDFDocument) -> bytes:
        """Return the string's PDF syntax."""
        return _encode_text(self.s)


@lru_cache(maxsize=1024)
def _encode_text(value: str) -> bytes:
    plain: Any = (
        PDFDocument  # a document is asked only for its encryption, which the class has as well
    )
    done: bytes = PDFString(value).format(plain)
    return done


def text(value: str) -> PDFString:
    """Return a text string (7.9.2.2)."""
    return TextString(value)


DIRECT = frozenset((Dictionary, Names, Array, TextString))


def sorted_dictionary(entries: dict[str, Value], document: PDFDocument) -> bytes:
    """Return the PDF syntax of a dictionary as ReportLab writes it: sorted by key, six entries on a line.

    ReportLab's own method takes several times as long, for entries that are in every file.
    """
    pairs = [_key(key) + written(value, document) for key, value in sorted(entries.items())]
    lines = [b" ".join(pairs[at : at + 6]) for at in range(0, len(pairs), 6)]
    return b"<<\n%b\n>>" % b" \n  ".join(lines)


@lru_cache(maxsize=1024)
def _key(key: str) -> bytes:
    return f"{name(key)} ".encode("ascii")


Parts = tuple[bytes | memoryview, ...]
"""Bytes in parts, which avoids copying large data."""


class Stream(PDFStream):
    """A stream whose data is already encoded by its `/Filter` (7.3.8).

    `fingerprint` is used for the file's ID instead of the data, if it is shorter.
    """

    def __init__(
        self, entries: Dictionary, data: bytes | memoryview, fingerprint: bytes = b""
    ) -> None:
        super().__init__(entries, data)
        self.fingerprint = fingerprint

    def parts(self, document: PDFDocument) -> Parts:
        """Return the stream's PDF syntax without copying its data; an end of line precedes `endstream` (ISO 19005-2, 6.1.7.1)."""
        data: bytes | memoryview = self.content
        entries = self.dictionary.dict | {"Length": len(data)}
        pairs = [KEYS[key] + written(value, document) for key, value in entries.items()]
        # If the data ends with a carriage return, a line feed alone would be read as part of it (7.3.8.1).
        end = b"\r\nendstream" if data[-1:] == b"\r" else b"\nendstream"
        return b"<<%b>>\nstream\n" % b" ".join(pairs), data, end

    def format(self, document: PDFDocument) -> bytes:
        """Return the stream's PDF syntax."""
        return b"".join(self.parts(document))


DEFLATED: MemoryCache[bytes, bytes] = MemoryCache(20_000_000, len)
"""Deflated data by the digest of what they were before: most pages of the next edition are those of the last."""


def deflate(data: bytes, **entries: Value) -> Stream:
    """A stream, compressed (7.4.4)."""
    key = hashlib.blake2b(data, digest_size=16).digest()  # the data would be held as well
    packed = DEFLATED.get(key) or zlib.compress(data, 6)
    DEFLATED.put(key, packed)
    return Stream(Dictionary(**entries, Filter="/FlateDecode"), packed)


def num(value: float) -> str:
    """Format a number with at most three decimals, without exponent or trailing zeros."""
    text = f"{value:.3f}".rstrip("0").rstrip(".")
    return "0" if text in ("-0", "") else text


def nums(*values: float) -> str:
    """Format numbers, separated by spaces."""
    return " ".join(num(value) for value in values)
