"""Parts of Office Open XML packages (workbooks, Word documents), which refer to each other by relationships (ECMA-376 Part 2).

The packages were checked by `_workbook_parts.py`.
"""

from __future__ import annotations

import io
import zipfile
from collections.abc import Iterator
from datetime import datetime
from pathlib import PurePosixPath
from posixpath import normpath
from typing import Any

from brochure.l10n.formats._xliff_xml import children

EPOCH = datetime(2000, 1, 1)  # noqa: DTZ001  # packages have no zone; a fixed time makes the output reproducible
EPOCH_ZIP = (2000, 1, 1, 0, 0, 0)
CORE_PROPERTIES = "docProps/core.xml"


def read_relationships(packed: zipfile.ZipFile, part: str) -> Iterator[tuple[str, tuple[str, str]]]:
    """Yield the id, type and target of each relationship of a part; those of the package for an empty name."""
    path = PurePosixPath(part)
    name = f"{path.parent}/_rels/{path.name}.rels" if part else "_rels/.rels"
    if name not in packed.namelist():
        return
    for one in children(parse_part(packed, name), "Relationship"):
        target = one.get("Target", "")
        full = target.removeprefix("/") if target.startswith("/") else f"{path.parent}/{target}"
        yield one.get("Id", ""), (one.get("Type", ""), normpath(full))


def find_related(packed: zipfile.ZipFile, part: str, kind: str) -> Iterator[str]:
    """Yield the parts that a part refers to by relationships of a kind."""
    for own, target in dict(read_relationships(packed, part)).values():
        if own.endswith(kind) and target in packed.namelist():
            yield target


class DamagedPartError(Exception):
    """A part that is missing, or that the parser of its content does not read."""


def parse_part(packed: zipfile.ZipFile, name: str) -> Any:
    """Return the root element of a part.

    Raises:
        DamagedPartError: The part is missing or cannot be read.
    """
    # Imported here so that only packages load lxml.
    from lxml import etree

    parser = etree.XMLParser(resolve_entities=False, no_network=True, remove_comments=True)
    try:
        return etree.fromstring(packed.read(name), parser)
    except (KeyError, ValueError, etree.XMLSyntaxError) as failure:
        raise DamagedPartError(name) from failure


def fix_times(packed: bytes) -> bytes:
    """Return a package with fixed times, so that the same catalogue gives the same bytes."""
    out = io.BytesIO()
    with (
        zipfile.ZipFile(io.BytesIO(packed)) as parts,
        zipfile.ZipFile(out, "w", zipfile.ZIP_DEFLATED) as fixed,
    ):
        for part in parts.infolist():
            data = _fix_timestamp(part.filename, parts.read(part))
            fixed.writestr(zipfile.ZipInfo(part.filename, EPOCH_ZIP), data, zipfile.ZIP_DEFLATED)
    return out.getvalue()


def _fix_timestamp(name: str, data: bytes) -> bytes:
    """Return a part's bytes, with the modification time in the document properties set to EPOCH."""
    if name != CORE_PROPERTIES:
        return data
    start, end = data.find(b"<dcterms:modified"), data.find(b"</dcterms:modified>")
    opened = data.find(b">", start) + 1
    return (
        data[:opened] + EPOCH.strftime("%Y-%m-%dT%H:%M:%SZ").encode() + data[end:]
        if start >= 0
        else data
    )
