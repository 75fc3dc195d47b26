"""Copies to imposed sheets what an external PDF says about the document as a whole.

A printer's workflow reads the version, the output intent, /Trapped and the XMP metadata of the sheets as it would read the
pages'. Page labels, links and the structure tree describe the pages themselves and are not copied. Names of people and programs,
histories and paths are not copied either.
"""

from __future__ import annotations

import re
from typing import Any

from brochure.imposition.external_metadata import remove_metadata
from brochure.imposition.xmp_fields import select_fields
from brochure.pdf_input.streams import read_stream
from brochure.pdf_input.values import get, get_dictionary, get_stream, get_text, resolve

CATALOG_TYPES = {"/OCProperties": dict, "/OutputIntents": list}
"""Entries of the catalog that are copied, with their types."""
HEADER = re.compile(r"%PDF-[12]\.\d")
VERSION = re.compile(r"/[12]\.\d")
INFORMATION = (
    *("/Title", "/CreationDate", "/ModDate", "/Trapped"),
    *("/GTS_PDFXVersion", "/GTS_PDFXConformance"),
)
"""Entries of the information dictionary that are copied; the others name people and programs, or are unknown."""


def copy_properties(reader: Any, writer: Any) -> None:
    """Copy the version, layers, output intents and page group of a PDF, and the metadata that production needs.

    Args:
        reader: The pypdf `PdfReader` of the source.
        writer: The pypdf `PdfWriter` of the sheets.
    """
    # Imported here: pypdf is large, and only imposing external PDFs needs it.
    from pypdf.generic import ArrayObject, NameObject, StreamObject

    root, metadata = reader.root_object, get_stream(reader.root_object, "/Metadata")
    _copy_version(reader, writer)
    for key, kind in CATALOG_TYPES.items():
        value = get(root, key)
        if isinstance(value, kind):
            remove_metadata(value)
            writer.root_object[NameObject(key)] = value.clone(writer)
    fields = select_fields(read_stream(metadata)) if metadata is not None else b""
    if fields:
        packet = StreamObject()
        packet.set_data(fields)
        packet[NameObject("/Type")], packet[NameObject("/Subtype")] = (
            NameObject("/Metadata"),
            NameObject("/XML"),
        )
        writer.root_object[NameObject("/Metadata")] = writer._add_object(packet)
    _copy_information(reader, writer)
    _copy_group(reader, writer)
    identifier = get(reader.trailer, "/ID")
    if isinstance(identifier, ArrayObject) and len(identifier) == 2:
        writer._ID = ArrayObject(resolve(one) for one in identifier)


def _copy_version(reader: Any, writer: Any) -> None:
    from pypdf.generic import NameObject

    if HEADER.fullmatch(reader.pdf_header):
        writer.pdf_header = reader.pdf_header
    version = get_text(reader.root_object, "/Version")
    if VERSION.fullmatch(version):
        writer.root_object[NameObject("/Version")] = NameObject(version)


def _copy_information(reader: Any, writer: Any) -> None:
    """Copy entries of the information dictionary; types other than text and names are not allowed in it (14.3.3)."""
    from pypdf.generic import NameObject, TextStringObject

    information = get_dictionary(reader.trailer, "/Info")
    entries = {}
    for key in INFORMATION:
        text = get_text(information, key)
        if text:
            is_name = isinstance(get(information, key), NameObject)
            entries[NameObject(key)] = NameObject(text) if is_name else TextStringObject(text)
    if entries:
        for key in INFORMATION:
            writer._info.pop(key, None)
        writer._info.update(entries)


def _copy_group(reader: Any, writer: Any) -> None:
    """Give the sheets the transparency group of the first page that has one: its colour space is that of blending."""
    from pypdf.generic import NameObject

    groups = (find_group(page) for page in reader.pages)
    group = next((one for one in groups if one is not None), None)
    if group is None:
        return
    remove_metadata(group)
    shared = writer._add_object(group.clone(writer))
    for page in writer.pages:
        page[NameObject("/Group")] = shared


def find_group(page: Any) -> Any:
    """Return the transparency group of a page; None if it has none."""
    group = get(page, "/Group")
    return group if get_text(group, "/S") == "/Transparency" else None
