"""Damaged workbooks and Word documents: parts lost, renamed, or huge when unpacked, invalid XML or archive records.

Damages a good XLSX, ODS or DOCX.
"""

from __future__ import annotations

import io
import zipfile
from random import Random

from tests.fuzz.mutants import _bytes, xml

EPOCH = (2000, 1, 1, 0, 0, 0)
"""The time stamp of every part, so that a number is the same case at any time."""
NAMES = (
    "../../x.xml",
    "/etc/passwd",
    "xl/../xl/workbook.xml",
    "xl/worksheets/sheet2.xml",
    "a" * 300,
    "",
    "xl/vbaProject.bin",
    "xl\\x.xml",
)


def damaged(data: bytes, rng: Random) -> bytes:
    """Damage one or two parts of the workbook, or the archive."""
    if rng.random() < 0.25:
        return _bytes.damaged(data, rng)
    with zipfile.ZipFile(io.BytesIO(data)) as archive:
        parts = {name: archive.read(name) for name in archive.namelist()}
    for _ in range(rng.choice((1, 1, 2))):
        _damage(parts, rng)
    out = io.BytesIO()
    packing = rng.choice(
        (zipfile.ZIP_DEFLATED, zipfile.ZIP_STORED, zipfile.ZIP_BZIP2, zipfile.ZIP_LZMA)
    )
    with zipfile.ZipFile(out, "w", packing) as archive:
        for name, body in parts.items():
            one = zipfile.ZipInfo(name, EPOCH)
            one.compress_type = packing
            archive.writestr(one, body)
    return out.getvalue()


def _damage(parts: dict[str, bytes], rng: Random) -> None:
    wanted = [
        name
        for name in parts
        if any(part in name for part in ("sheet", "hared", "workbook", "content", "word/"))
    ]
    name = rng.choice(wanted if rng.random() < 0.75 and wanted else list(parts) or ["x"])
    match rng.randrange(10):
        case 0:
            parts.pop(name, None)
        case 1:
            parts[rng.choice(NAMES) or "y"] = parts.pop(name, b"")
        case 2:
            parts[name] = b"<a>" + b" " * rng.choice((50_000, 39_000_000, 60_000_000)) + b"</a>"
        case 3:
            other = rng.choice(list(parts))
            parts[name] = parts[other]
        case _:
            parts[name] = xml.damaged(parts.get(name, b"<a/>"), rng)
