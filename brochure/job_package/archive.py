"""Reproducible ZIP archives: the same files and the same date give the same bytes."""

from __future__ import annotations

import io
import zipfile
from collections.abc import Mapping

STORED_SUFFIXES = (".pdf", ".png", ".jpg", ".jpeg", ".webp", ".zip", ".woff2")
"""Files that are compressed already."""

FIRST_YEAR, LAST_YEAR = 1980, 2107
"""The years that a ZIP file can state (APPNOTE.TXT, 4.4.6)."""

UNIX = 3
READABLE = 0o100644 << 16
"""A regular file that its owner may write, in the attributes of a Unix system."""


def write_zip(files: Mapping[str, bytes], date: str) -> bytes:
    """Return an archive of files by name, in the order of their names.

    Args:
        files: The contents by name, with `/` between folders.
        date: The date of all files, ISO 8601 in UTC.
    """
    buffer = io.BytesIO()
    with zipfile.ZipFile(buffer, "w") as archive:
        for name in sorted(files):
            info = zipfile.ZipInfo(name, _zip_date(date))
            info.create_system, info.external_attr = UNIX, READABLE
            is_stored = name.lower().endswith(STORED_SUFFIXES)
            info.compress_type = zipfile.ZIP_STORED if is_stored else zipfile.ZIP_DEFLATED
            archive.writestr(info, files[name])
    return buffer.getvalue()


def _zip_date(date: str) -> tuple[int, int, int, int, int, int]:
    """Return a date as ZIP files state it; the nearest that they can."""
    year, month, day = (int(part) for part in date[:10].split("-"))
    hour, minute, second = (int(part) for part in date[11:19].split(":"))
    if year < FIRST_YEAR:
        return FIRST_YEAR, 1, 1, 0, 0, 0
    return min(year, LAST_YEAR), month, day, hour, minute, second
