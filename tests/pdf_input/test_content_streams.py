"""Content streams are read as pypdf reads them, whatever is in them; drawings without pypdf."""

from __future__ import annotations

import re
from collections.abc import Sequence
from typing import Any

import pytest
from hypothesis import given
from hypothesis import strategies as st
from pypdf import generic
from pypdf.errors import LimitReachedError
from pypdf.generic import ContentStream, DecodedStreamObject

from brochure.pdf_input import content_streams
from brochure.pdf_input.content_streams import Operation, read_operations

DRAWING = b"q 1 0 0 1 10.5 -20 cm\n0 0 m 1.25 .5 l +3 4. 5 -6 7 8 c h f*\r\nQ"
PIECES = (
    *(b"1 0 0 rg", b"-.5 w", b"4. 0 m", b"00012 0 l", b"0.5.5 w", b"1-2 w", b"1 2", b"--1 w", b"99999999999999999999999 w"),
    *(b"/F1 9 Tf", b"/A#42 gs", b"/ gs", b"/X Do/Y Do", b"(a) Tj", b"(a\\)b\\\nc) '", b"((a) b) Tj", b"(open Tj", b"<41 4> Tj"),
    *(b"<4g> Tj", b"[(a) -12 <41>] TJ", b"[1 [2] 3] 0 d", b"[", b"]", b"<</MCID 0>> BDC", b"/P <</MCID 1 /A (b)>> BDC", b">>"),
    *(b"true gs", b"null", b"% a comment", b"q", b"Q", b"EMC", b"f*", b'1 2 (a) "', b"BI", b"BIG 1", b"\xe9 w", b"{1} w"),
    *(b"BI /W 1 /H 1 /BPC 8 /CS /G ID \x80 EI", b"BT 1 0 0 1 2 3 Tm(a)Tj ET", b"\x0c", b"\x0b1 w", b"1\x002 m", b"1 w2 q", b""),
)  # fmt: skip
SPACES = (b" ", b"\n", b"\r\n", b"\t", b"", b"\x00")


def stream(data: bytes) -> DecodedStreamObject:
    made = DecodedStreamObject()
    made.set_data(data)
    return made


def described(operations: Sequence[Operation]) -> list[Any]:
    """Return operations with the types of their operands."""
    return [
        (repr(operands), [type(one) for one in operands], operator)
        for operands, operator in operations
    ]


def outcome(read: Any, data: bytes) -> Any:
    """Return what is read, or the type of the error."""
    try:
        return described(read(data))
    except Exception as failure:
        return type(failure)


def by_pypdf(data: bytes) -> Any:
    return ContentStream(stream(data), None).operations


def ours(data: bytes) -> list[Operation]:
    return read_operations(stream(data), None)


@pytest.mark.parametrize("data", [b"", b" ", DRAWING, DRAWING + b"\n", *PIECES])
def test_a_stream_is_read_as_pypdf_reads_it(data: bytes) -> None:
    assert outcome(ours, data) == outcome(by_pypdf, data)
    after = DRAWING + b"\n" + data
    assert outcome(ours, after) == outcome(by_pypdf, after)


@given(st.lists(st.tuples(st.sampled_from(PIECES), st.sampled_from(SPACES)), max_size=8))
def test_any_sequence_is_read_as_pypdf_reads_it(pieces: list[tuple[bytes, bytes]]) -> None:
    data = b"".join(part for piece in pieces for part in piece)
    assert outcome(ours, data) == outcome(by_pypdf, data)


def test_operators_with_numbers_are_not_read_by_pypdf(monkeypatch: pytest.MonkeyPatch) -> None:
    parsed: list[bytes] = []

    class Recorded(ContentStream):
        def __getattribute__(self, name: str) -> Any:
            if name == "operations":
                parsed.append(self.get_data())
            return super().__getattribute__(name)

    monkeypatch.setattr(generic, "ContentStream", Recorded)
    read = ours(DRAWING + b"\n/F1 9 Tf\n" + DRAWING)
    assert [operator for _, operator in read] == [
        *re.findall(rb"[a-zQ]+\*?", DRAWING),
        b"Tf",
        *re.findall(rb"[a-zQ]+\*?", DRAWING),
    ]
    assert [data.split() for data in parsed] == [[b"/F1", b"9", b"Tf"]]


def test_the_number_of_operands_is_limited(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(content_streams, "MAX_TOKENS", 20)
    assert len(ours(b"1 2 m " * 6)) == 6
    with pytest.raises(LimitReachedError):
        ours(b"1 2 m " * 7)
