"""Reads the operators of content streams (ISO 32000-1, 7.8.2).

pypdf reads them byte by byte. Most operators of a drawing have numbers only: they are read here with a regular expression; a
stream takes a third of the time. Others of a usual form are collected and read by pypdf at once; from the first one of another
form, such as an inline image or a comment, pypdf reads the rest of the stream.
"""

from __future__ import annotations

import re
from typing import Any

from brochure.lazy_pattern import compile_lazily

MAX_TOKENS = 2_000_000
"""The maximum number of operands and operators of a stream, which is that of pypdf."""

MAX_OPERANDS = 60

_SPACE = rb"[ \t\r\n]"
_NUMBER = rb"[-+]?(?:[0-9]{1,20}+(?:\.[0-9]{0,20}+)?+|\.[0-9]{1,20}+)"
_END = rb"(?=[ \t\r\n/<(\[]|\Z)"
_OPERATOR = rb"(?!BI%b)([A-Za-z][A-Za-z0-9*]{0,2}+|['\"])%b" % (_END, _END)
_STRING = rb"<[0-9A-Fa-f \t\r\n]*+>|\((?:[^()\\]|\\.)*+\)"
_NAME = rb"/[!-$&'*-.0-;=?-Z\\^-z|~]*+"

NUMBERS_ONLY = compile_lazily(
    rb"%b*+((?:%b%b++){0,%d}+)%b" % (_SPACE, _NUMBER, _SPACE, MAX_OPERANDS, _OPERATOR)
)
USUAL = compile_lazily(
    rb"%b*+(?:(?:%b|%b|%b|\[(?:%b|%b|%b)*+\]|<<(?:%b|%b|%b)*+>>)%b*+){0,%d}+%b"
    % (
        *(_SPACE, _NUMBER, _NAME, _STRING),
        *(_NUMBER, _STRING, _SPACE),
        *(_NAME, _NUMBER, _SPACE),
        *(_SPACE, MAX_OPERANDS, _OPERATOR),
    ),
    flags=re.DOTALL,  # a string may have a line break after a backslash
)

Operation = tuple[Any, bytes]
"""The operands and the operator, as pypdf returns them."""


def read_operations(stream: Any, reader: Any) -> list[Operation]:
    """Return the operations of a content stream, as `pypdf.generic.ContentStream` does.

    Args:
        stream: The stream, or an array of streams.
        reader: The document that contains it.

    Raises:
        LimitReachedError: The stream has too many operands and operators, or is too long.
        Exception: Others of pypdf, for a stream that is damaged.
    """
    # Imported here: commands that read no PDF need not load pypdf.
    from pypdf.generic import ContentStream

    content = ContentStream(stream, reader)
    data = content.get_data()
    plain, others, end = _read_plain(data)
    read = _read_by_pypdf(b"\n".join((*others, data[end:])), reader)
    if len(read) < len(others):
        return _operations(content)
    following = iter(read)
    return [*(one or next(following) for one in plain), *following]


def _read_by_pypdf(data: bytes, reader: Any) -> list[Operation]:
    # Imported here, as above.
    from pypdf.generic import ContentStream, DecodedStreamObject

    stream = DecodedStreamObject()
    stream.set_data(data)
    return _operations(ContentStream(stream, reader))


def _operations(content: Any) -> list[Operation]:
    read: list[Operation] = content.operations
    return read


def _read_plain(data: bytes) -> tuple[list[Operation | None], list[bytes], int]:
    """Return the operations with numbers only, and None for others; the bytes of these; and where the rest begins."""
    # Imported here, as above.
    from pypdf.generic import FloatObject, NumberObject

    new_float, new_integer = float.__new__, int.__new__
    operations: list[Operation | None] = []
    others: list[bytes] = []
    end, tokens = 0, 0
    match_numbers, match_usual = NUMBERS_ONLY.match, USUAL.match
    while True:
        if match := match_numbers(data, end):
            operands, operator = match.groups()
            numbers = [
                new_float(FloatObject, token) if b"." in token else new_integer(NumberObject, token)
                for token in operands.split()
            ]
            operations.append((numbers, operator))
            tokens += len(numbers) + 1
            _check_tokens(tokens)
        elif match := match_usual(data, end):
            operations.append(None)
            others.append(match.group())
        else:
            return operations, others, end
        end = match.end()


def _check_tokens(count: int) -> None:
    if count > MAX_TOKENS:
        # Imported here, as above.
        from pypdf.errors import LimitReachedError

        raise LimitReachedError("Reached maximum number of tokens per stream.")
