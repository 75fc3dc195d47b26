"""Unpack ZIP archives that are documents of other programs, within limits."""

from __future__ import annotations

import io
import lzma
import posixpath
import struct
import zipfile
import zlib
from collections.abc import Callable, Mapping

MAX_PARTS = 20_000
MAX_UNPACKED = 400_000_000
MAX_PART = 60_000_000

ENCRYPTED = 1
DAMAGE = (
    zipfile.BadZipFile,
    zlib.error,
    lzma.LZMAError,
    struct.error,
    EOFError,
    OSError,
    NotImplementedError,
    RuntimeError,
    ValueError,
    IndexError,
    OverflowError,
)
"""What zipfile raises for archives with false records."""


class ArchiveProblem(Exception):
    """An archive that is refused: the text says why; `kind` is `damaged`, `encrypted` or `size`, `hint` how to fix it."""

    def __init__(self, kind: str, message: str, hint: str) -> None:
        super().__init__(message)
        self.kind, self.hint = kind, hint


def unpack_archive(
    data: bytes, what: str, is_wanted: Callable[[str], bool] = lambda name: True
) -> Mapping[str, bytes]:
    """Return the members of an archive by their paths.

    Args:
        data: The archive.
        what: What the file is, for messages, such as `IDML file`.
        is_wanted: Chooses members by their paths; the limits count only these.

    Raises:
        ArchiveProblem: The archive is damaged, encrypted or too large.
    """
    try:
        with zipfile.ZipFile(io.BytesIO(data)) as packed:
            members = [one for one in packed.infolist() if not one.filename.endswith("/")]
            wanted = [one for one in members if is_wanted(posixpath.normpath(one.filename))]
            _check_members(wanted, len(members), what)
            return {posixpath.normpath(one.filename): _read(packed, one) for one in wanted}
    except DAMAGE:
        message, hint = f"the {what} is damaged or incomplete", "copy or export it again"
        raise ArchiveProblem("damaged", message, hint) from None


def _check_members(members: list[zipfile.ZipInfo], count: int, what: str) -> None:
    if any(one.flag_bits & ENCRYPTED for one in members):
        message = f"the {what} is protected by a password"
        raise ArchiveProblem("encrypted", message, "save it without a password")
    total = sum(one.file_size for one in members)
    if count > MAX_PARTS or total > MAX_UNPACKED:
        message = f"the {what} unpacks to {total:,} bytes in {count:,} parts"
        hint = f"the limits are {MAX_UNPACKED:,} bytes and {MAX_PARTS:,} parts"
        raise ArchiveProblem("size", message, hint)
    for one in members:
        if one.file_size > MAX_PART:
            message = f"part {one.filename} has {one.file_size:,} bytes"
            raise ArchiveProblem("size", message, f"the limit is {MAX_PART:,} bytes")


def _read(packed: zipfile.ZipFile, member: zipfile.ZipInfo) -> bytes:
    """Return a member; at most its declared size is unpacked, against ZIP bombs."""
    with packed.open(member) as stream:
        data = stream.read(member.file_size)
        if len(data) != member.file_size or stream.read(1):
            message = f"part {member.filename} is not as long as declared"
            raise ArchiveProblem("damaged", message, "export it again")
    return data
