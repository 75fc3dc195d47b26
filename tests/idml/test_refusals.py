"""Files that are not IDML, damaged, protected or too large: an error with its place, and no folder."""

from __future__ import annotations

import io
import zipfile
from pathlib import Path

import pytest

from brochure.errors import ExitCode
from tests.cli.calling import call
from tests.idml.made_idml import document, packed

GOOD = document("")


def with_part(name: str, text: str) -> bytes:
    """Return the good file with one part replaced."""
    with zipfile.ZipFile(io.BytesIO(GOOD)) as archive:
        parts: dict[str, str | bytes] = {one: archive.read(one) for one in archive.namelist()}
    return packed(parts | {name: text})


def encrypted() -> bytes:
    data = bytearray(GOOD)
    for signature, offset in ((b"PK\x03\x04", 6), (b"PK\x01\x02", 8)):
        data[data.index(signature) + offset] |= 1
    return bytes(data)


BOMB = '<!DOCTYPE a [<!ENTITY b "bbbbbbbb"><!ENTITY c "&b;&b;&b;">]><Document>&c;</Document>'
REFUSED = {
    "empty": (b"", "not an IDML file"),
    "text": (b"hello", "not an IDML file"),
    "indd": (bytes.fromhex("0606edf5d81d46e5bd31efe7fe74b71d") + b"rest", "INDD"),
    "another archive": (packed({"a.txt": "a"}), "it has no designmap.xml"),
    "truncated": (GOOD[: len(GOOD) // 2], "damaged or incomplete"),
    "encrypted": (encrypted(), "protected by a password"),
    "entities": (with_part("designmap.xml", BOMB), "designmap.xml:1:1: it has a document type"),
    "not well-formed": (
        with_part("Resources/Styles.xml", "<a><b></a>"),
        "Resources/Styles.xml:1:1: it is not well-formed XML",
    ),
    "old version": (
        with_part("designmap.xml", '<Document DOMVersion="4.0"/>'),
        "the IDML file has version 4.0",
    ),
    "no version": (with_part("designmap.xml", "<Document/>"), "not the map of an IDML document"),
    "missing part": (
        with_part(
            "designmap.xml",
            '<Document DOMVersion="16.0" xmlns:i="i"><i:Spread src="Spreads/x.xml"/></Document>',
        ),
        "has no part Spreads/x.xml",
    ),
    "no pages": (with_part("designmap.xml", '<Document DOMVersion="16.0"/>'), "has no pages"),
}


@pytest.mark.parametrize("name", REFUSED)
def test_it_is_refused_and_nothing_is_written(name: str, tmp_path: Path) -> None:
    data, message = REFUSED[name]
    source = tmp_path / "leaflet.idml"
    source.write_bytes(data)
    result = call("new", tmp_path / "made", "--from", source)
    assert result.status == ExitCode.INVALID_INPUT
    assert message in result.err
    assert "leaflet.idml" in result.err
    assert [path.name for path in tmp_path.iterdir()] == ["leaflet.idml"]


def test_a_missing_file_is_a_usage_error(tmp_path: Path) -> None:
    result = call("new", tmp_path / "made", "--from", tmp_path / "none.idml")
    assert result.status == ExitCode.USAGE
    assert not (tmp_path / "made").exists()
