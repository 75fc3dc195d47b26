"""White space in paragraphs of manuscripts: what is meant as spacing becomes one space."""

from __future__ import annotations

import re
from collections.abc import Callable, Iterable, Sequence
from dataclasses import replace

from brochure.l10n.message_text import LINE_BREAK, MarkedText, merge_marked
from brochure.manuscript.model import Pieces

TABS = re.compile(r"[ ]*\t[ \t]*")
SPACES = re.compile(r" {2,}")
BREAKS = re.compile(rf"[ ]*{LINE_BREAK}[ {LINE_BREAK}]*")
UNWANTED = re.compile("[\x00-\x08\x0b-\x1f\x7f-\x9f\ufeff\ufffe\uffff\u202a-\u202e\ud800-\udfff]")
"""Characters that copy cannot have: control characters, and controls that reorder text."""

SEPARATORS = {
    "\u2028": LINE_BREAK,
    "\u2029": LINE_BREAK,
    "\x0b": LINE_BREAK,
    "\x0c": " ",
    "\r": " ",
}

Report = Callable[[str, str, str], None]
"""Called with the kind of loss, its message and the words."""


def tidy(pieces: Sequence[MarkedText], report: Report) -> Pieces:
    """Return a paragraph without white space at its ends, and with single spaces in place of tabs and runs of spaces."""
    text = "".join(piece.text for piece in pieces)
    stripped = text.strip()
    if "\t" in stripped:
        report("spacing", "tabs are single spaces here", stripped)
    if SPACES.search(stripped):
        report("spacing", "several spaces are one space here", stripped)
    if UNWANTED.search(text.replace("\x0b", "").replace("\x0c", "").replace("\r", "")):
        report("text", "control characters are not taken", stripped)
    found: list[MarkedText] = []
    last = " "
    for piece in merge_marked(pieces):
        if piece.note:
            found.append(piece)
            last = "*"
            continue
        clean = _clean(piece.text, last)
        if clean:
            found.append(replace(piece, text=clean))
            last = clean[-1]
    return _strip_end(found)


def tidy_comments(comments: Iterable[str]) -> tuple[str, ...]:
    """Return comments as they are written into YAML: each on one line, without control characters and not empty."""
    words = (" ".join(UNWANTED.sub("", " ".join(one.split())).split()) for one in comments)
    return tuple(filter(None, words))


def _clean(text: str, last: str) -> str:
    """Return text with single spaces; `last` is the character before it."""
    for separator, other in SEPARATORS.items():
        text = text.replace(separator, other)
    text = UNWANTED.sub("", text)
    text = BREAKS.sub(LINE_BREAK, SPACES.sub(" ", TABS.sub(" ", text)))
    return text.lstrip(f" {LINE_BREAK}") if last in f" {LINE_BREAK}" else text


def _strip_end(pieces: list[MarkedText]) -> Pieces:
    while pieces and not pieces[-1].note:
        text = pieces[-1].text.rstrip(f" {LINE_BREAK}")
        if text:
            pieces[-1] = replace(pieces[-1], text=text)
            break
        pieces.pop()
    return tuple(pieces)
