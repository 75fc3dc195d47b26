"""Find the entries of a PO file that cannot be read, so that all others can.

An invalid line, such as one with a quotation mark that is not escaped, spoils the entry that it is in. The entry's lines are
replaced by empty ones, so that the lines of the other entries keep their numbers.
"""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence

from brochure.l10n.catalogue import BadEntry

LINE = re.compile(r'(#.*+|((msgctxt|msgid(_plural)?|msgstr(\[\d++\])?)\s++)?"(?:[^"\\]++|\\.)*+")?')
"""A line of a PO file without spaces around it: a comment, a keyword with a string, a continued string, or an empty line.

The quantifiers are possessive: others store a place to go back to for each character, 200 bytes.
"""

KEYWORD = re.compile(r"(msgctxt|msgid_plural|msgid|msgstr)")
KEY = re.compile(r'msgctxt\s++"((?:[^"\\]++|\\.)++)"')
OBSOLETE = re.compile(r"#~(?!\|)\s*+")
FIELDS = re.compile(r"(?:ctxt )?id (?:id_plural )?(?:str )+")
"""The keywords of an entry in order, without `msg`."""

BREAKING = re.compile("[\r\x85\u2028]|\u2029")
"""Line ends inside a line. Programs that know only `\\n` write them into strings as they are."""

CONTROLS = str.maketrans({"\v": "\\v", "\f": "\\f", "\x1c": "\x1f", "\x1d": "\x1f", "\x1e": "\x1f"})
"""Control characters at which Python divides lines, as others that are reported in the same way."""


def escape_line_ends(text: str) -> str:
    r"""Return a PO file in which only `\n` ends a line: other line ends are escaped in strings and are spaces in comments."""
    text = text.replace("\r\n", "\n")
    if "\n" not in text:
        text = text.replace("\r", "\n")
    text = text.translate(CONTROLS) if not text.isprintable() else text
    if not BREAKING.search(text):
        return text
    return "\n".join(map(_escape_line, text.split("\n")))


def _escape_line(line: str) -> str:
    if line.lstrip().startswith("#") or not line.rstrip().endswith('"'):
        return BREAKING.sub(" ", line)
    return BREAKING.sub(lambda match: "\\n\\n" if match[0] == "\u2029" else "\\n", line.strip())


def remove_bad_entries(text: str) -> tuple[str, tuple[BadEntry, ...]]:
    """Return the file with empty lines in place of the entries that cannot be read, and these entries."""
    lines = text.split("\n")
    bad: list[BadEntry] = []
    for start, end in list(_blocks(lines)):
        wrong = _find_wrong_line(lines[start:end])
        if wrong is not None:
            match = next(filter(None, map(KEY.match, map(str.strip, lines[start:end]))), None)
            line = OBSOLETE.sub("", lines[start + wrong].strip())
            key, is_valid = match[1] if match else "", LINE.fullmatch(line) is not None
            is_misplaced = is_valid and line.startswith('"')
            bad.append(BadEntry(key, start + wrong + 1, is_misplaced))
            lines[start:end] = [""] * (end - start)
    return "\n".join(lines), tuple(bad)


def _blocks(lines: Sequence[str]) -> Iterator[tuple[int, int]]:
    """Yield the entries as indexes of lines: an entry begins with a comment or its first keyword."""
    start, is_complete, is_started = 0, False, False
    for at, raw in enumerate(lines):
        line = OBSOLETE.sub("", raw.strip())
        begins = line.startswith(("#", "msgctxt")) or (
            line.startswith("msgid") and (is_complete or not is_started)
        )
        if begins and at > start and (is_complete or not lines[at - 1].strip()):
            yield start, at
            start, is_complete, is_started = at, False, False
        is_started = is_started or line.startswith(("msgctxt", "msgid"))
        is_complete = is_complete or line.startswith("msgstr")
    yield start, len(lines)


def _find_wrong_line(block: Sequence[str]) -> int | None:
    """Return the index of a line that makes an entry unreadable, or None."""
    keywords, last = "", 0
    for at, raw in enumerate(block):
        line = OBSOLETE.sub("", raw.strip())
        if not LINE.fullmatch(line):
            return at
        match = KEYWORD.match(line)
        if match:
            keywords, last = f"{keywords}{match[1].removeprefix('msg')} ", at
        elif line.startswith('"') and not keywords:
            return at
    return None if not keywords or FIELDS.fullmatch(keywords) else last
