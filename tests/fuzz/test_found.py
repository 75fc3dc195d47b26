"""Inputs found by fuzz tests, each reduced to a minimum: they caused internal errors before, and a message or a brochure now."""

from __future__ import annotations

import struct
from collections.abc import Callable
from dataclasses import dataclass
from pathlib import Path

import pytest

from tests.cli.calling import call
from tests.fuzz.forms import FORMS
from tests.fuzz.judging import CONTROL
from tests.fuzz.mutants.fonts import tables_of, written
from tests.fuzz.mutants.svg import PIECES


@dataclass(frozen=True)
class Found:
    """A form's file with a change; the arguments of the command that reads it; the exit status, and the message."""

    form: str
    change: Callable[[bytes], bytes]
    words: str
    status: int
    said: str = ""


def replaced(*pairs: tuple[bytes, bytes]) -> Callable[[bytes], bytes]:
    def change(data: bytes) -> bytes:
        for old, new in pairs:
            assert old in data
            data = data.replace(old, new, 1)
        return data

    return change


def at(mark: bytes, beyond: int, new: bytes) -> Callable[[bytes], bytes]:
    """Other bytes, at a distance after the first occurrence of a mark."""

    def change(data: bytes) -> bytes:
        place = data.index(mark) + beyond
        return data[:place] + new + data[place + len(new) :]

    return change


def with_half_of(tag: bytes) -> Callable[[bytes], bytes]:
    """A font with a truncated table, and a directory with its actual length."""

    def change(data: bytes) -> bytes:
        tables = [
            (name, body[: len(body) // 2] if name == tag else body)
            for name, body in tables_of(data)
        ]
        return written(data[:4], tables)

    return change


def of_version_4(data: bytes) -> bytes:
    """A profile that claims version 4, and whose first table is larger than the file: LittleCMS cannot write it again."""
    for mark, beyond, new in ((b"argl", 4, b"\4\x40"), (b"mft2", 10, b"\x08\xff")):
        data = at(mark, beyond, new)(data)
    return data


STRIP_OFFSETS = struct.pack("<HH", 0x0111, 4)
DOUBLING = next(piece for piece in PIECES if "x17" in piece)

FOUND = {
    # In copy and catalogues
    "bookmarks on sheets in another order": Found(
        "layout",
        replaced((b"          - title: doc.title\n", b"")),
        "build p -o out --target booklet",
        0,
    ),
    "a sign that turns what the terminal shows": Found(
        "layout",
        replaced((b"folio: , style: small", b'folio: , style: "a\\u202eb"')),
        "check p",
        2,
        "a\\u202eb",
    ),
    "an unknown family in a character style": Found(
        "layout",
        replaced((b"strong: {weight", b"strong: {font: Nowhere Sans, weight")),
        "build p",
        2,
        "p/brochure.yaml:",
    ),
    "a message that the source has lost": Found(
        "copy",
        replaced((b"  title: A rich & small brochure\n", b"")),
        "text status p",
        1,
        "doc.title",
    ),
    "a NUL in a translation": Found(
        "catalogue",
        replaced((b"Une brochure", b"Une\0brochure")),
        "text export p --lang fr -o out/fr.xlsx",
        2,
        "fr.po:13:1",
    ),
    "a control sign in a returned table": Found(
        "csv",
        replaced((b"Une petite", b"Une\x0epetite")),
        "text import back.csv p --lang fr",
        1,  # the other messages are imported
        "back.csv:2:1",
    ),
    # In pictures and drawings
    "a TIFF that says where its pixels are in letters": Found(
        "tiff-cmyk", at(STRIP_OFFSETS, 2, b"\2\0"), "build p -o out", 2, "q.tif"
    ),
    "a TIFF with more samples than there can be": Found(
        "tiff", at(struct.pack("<HHI", 0x0115, 3, 1), 8, b"\x31\0"), "build p -o out", 2, "p.tif"
    ),
    "a picture's profile with a colour that breaks off": Found(
        "jpeg", at(b"rXYZ", 8, struct.pack(">I", 1)), "build p -o out", 2, "p.jpg"
    ),
    "a drawing that doubles itself": Found(
        "svg",
        replaced((b"</defs>", b"</defs>" + DOUBLING.encode())),
        "build p -o out",
        1,
        "mark.svg",
    ),
    # In fonts and profiles
    "a font with half of its outlines": Found(
        "font-postscript", with_half_of(b"CFF "), "build p -o out", 2, "own.otf"
    ),
    "a variable font with half a head": Found(
        "font-variable", with_half_of(b"head"), "build p -o out", 2, "own.ttf"
    ),
    "a press profile one of whose tables lies in another": Found(
        "profile", at(b"A2B1", 4, struct.pack(">I", 0x548)), "build p -o out", 2, "own.icc"
    ),
    "a press profile of a version that it is not": Found(
        "profile", of_version_4, "build p -o out", 2, "own.icc"
    ),
    # In finished PDFs
    "an unknown filter": Found(
        "pdf-plain",
        lambda data: data.replace(b"/FlateDecode", b"/MediaBox   "),
        "check plain.pdf",
        1,
        "/ToUnicode of a font cannot be read",
    ),
    "an operand that refers to an object": Found(
        "pdf-plain",
        replaced((b".074818 .074818 .074818 rg", b"[ 1 0 R ]".ljust(26))),
        "check plain.pdf",
        1,
        "the content of the page cannot be read",
    ),
}


@pytest.mark.parametrize("name", FOUND)
def test_it_is_not_an_internal_error(
    name: str, tmp_path: Path, monkeypatch: pytest.MonkeyPatch, caplog: pytest.LogCaptureFixture
) -> None:
    found = FOUND[name]
    form = FORMS[found.form]
    for file, data in form.files().items():
        path = tmp_path / file
        path.parent.mkdir(parents=True, exist_ok=True)
        path.write_bytes(found.change(data) if file == form.target else data)
    monkeypatch.chdir(tmp_path)
    result = call(*found.words.split())
    assert not CONTROL.search(result.out + result.err)
    assert not caplog.records  # Python prints what libraries log without a handler
    assert "internal error" not in result.err
    assert (result.status, found.said in result.err) == (found.status, True), result.err
    assert (tmp_path / "out").exists() is (found.status == 0)
