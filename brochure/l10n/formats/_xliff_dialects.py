"""What translation programs write into XLIFF 1.2 beside the standard: confirmations, comments, and the contents of inline codes.

Trados Studio (`.sdlxliff`), memoQ (`.mqxliff`) and Phrase TMS (`.mxliff`) have elements and attributes of their own. They replace
inline codes by numbers and keep the original ones elsewhere in the file, or as escaped tags.
"""

from __future__ import annotations

import html
import re
from collections.abc import Iterator, Mapping
from dataclasses import field
from typing import Any

from brochure.fast_dataclass import dataclass
from brochure.l10n.formats._inline_codes import MARKS, mark_lost
from brochure.l10n.formats._xliff_xml import children, descendants, first_child, local_name

SDL = "{http://sdl.com/FileTypes/SdlXliff/1.0}"
MEMOQ = "{MQXliff}"
PHRASE = "{http://www.memsource.com/mxlf/2.0}"

SDL_FINISHED = ("Translated", "ApprovedTranslation", "ApprovedSignOff")
"""Confirmation levels of Trados that mean a finished segment; others are drafts and rejected segments."""

ELEMENT = re.compile(r"<(\w+)\b[^<>]*>(.+)</\1>", re.DOTALL)
ATTRIBUTE = re.compile(r'\b(?:val|equiv-text|equiv|displaytext|catalogvalue)="([^"]*)"')
HTML_TAG = re.compile(r"</?(b|strong|i|em|sup|sub)>", re.IGNORECASE)
HTML_STYLES = {
    **dict.fromkeys(("b", "strong"), "bold"),
    **dict.fromkeys(("i", "em"), "italic"),
    "sup": "superscript",
    "sub": "subscript",
}
PHRASE_CODE = re.compile(r"\{(\w{1,6})>|<(\w{1,6})\}|\{([0-9]{1,6})\}")
"""Codes that Phrase writes as text: `{1>words<1}`, `{b>words<b}` and `{1}`."""

PHRASE_STYLES = {"b": "bold", "i": "italic", "sup": "superscript", "sub": "subscript"}
MAX_NESTING = 4


@dataclass(frozen=True)
class Dialect:
    """What the head of a file says about its units.

    Attributes:
        codes: The texts of Trados's codes by their numbers: start and end of a pair, or one text and nothing.
        comments: Trados's comments by their numbers.
    """

    codes: Mapping[str, tuple[str, str]] = field(default_factory=dict)
    comments: Mapping[str, str] = field(default_factory=dict)


def read_dialect(root: Any) -> Dialect:
    """Return what the head of a file says about its units."""
    codes = {tag.get("id", ""): _read_tag(tag) for tag in root.iter(f"{SDL}tag")}
    comments = {
        one.get("id", ""): "\n".join(_read_comments(one)) for one in root.iter(f"{SDL}cmt-def")
    }
    return Dialect(codes, comments)


def _read_tag(tag: Any) -> tuple[str, str]:
    texts = {local_name(one): unwrap(one.text or "") for one in tag}
    if "bpt" in texts:
        return texts["bpt"], texts.get("ept", "")
    return next((text for text in texts.values() if text), ""), ""


def _read_comments(definition: Any) -> Iterator[str]:
    for one in descendants(definition, "Comment"):
        author, text = one.get("user", ""), (one.text or "").strip()
        if text:
            yield f"{author}: {text}" if author else text


def unwrap(content: str, depth: int = MAX_NESTING) -> str:
    """Return the text of an inline code whose content is perhaps a tag of the original file, written as text."""
    text = content.strip()
    if text == "{}":  # memoQ's content of a code without one
        return ""
    if not (text.startswith("<") and text.endswith(">")) or not depth:
        return content
    tag = HTML_TAG.fullmatch(text)
    if tag:
        return MARKS[HTML_STYLES[tag[1].casefold()]]
    element = ELEMENT.fullmatch(text)
    if element:
        return unwrap(html.unescape(element[2]), depth - 1)
    attribute = ATTRIBUTE.search(text)
    return unwrap(html.unescape(attribute[1]), depth - 1) if attribute else ""


# Confirmation


def is_confirmed(unit: Any) -> bool | None:
    """Return whether the program says that a unit is finished; None if it says nothing."""
    segments = [*unit.iter(f"{SDL}seg")]
    if segments:
        return all(one.get("conf", "") in SDL_FINISHED for one in segments)
    status = unit.get(f"{MEMOQ}status")
    if status is not None:
        return bool(status.endswith("Confirmed") or status == "Proofread")
    confirmed = unit.get(f"{PHRASE}confirmed")
    return None if confirmed is None else confirmed == "1"


# Comments


def list_comments(unit: Any, dialect: Dialect) -> Iterator[str]:
    """Yield the comments of people on a unit that are not in its notes."""
    for one in unit.iter("{*}mrk"):
        text = dialect.comments.get(one.get(f"{SDL}cid", ""), "")
        if text:
            yield text
    for one in (*unit.iter(f"{MEMOQ}comment"), *unit.iter(f"{PHRASE}comment")):
        author = one.get("creatoruser") or one.get("created-by") or ""
        text = "".join(one.itertext()).strip()
        if text:
            yield f"{author}: {text}" if author else text


# Codes of Phrase


def read_phrase_marks(unit: Any) -> dict[str, str] | None:
    """Return the contents of the codes in a unit by their numbers; None if the file is not of Phrase."""
    if PHRASE.strip("{}") not in unit.nsmap.values():
        return None
    metadata = first_child(unit, "tunit-metadata")
    marks = children(metadata, "mark") if metadata is not None else ()
    texts = ((one.get("id", ""), first_child(one, "content")) for one in marks)
    return {number: unwrap(one.text or "") for number, one in texts if one is not None}


def replace_phrase_codes(text: str, marks: Mapping[str, str]) -> str:
    """Return a text with the contents of Phrase's codes; the end of a pair has the mark of its start."""

    def replace(match: re.Match[str]) -> str:
        start, end, single = match.groups()
        name = start or end or single
        if name in PHRASE_STYLES:
            return MARKS[PHRASE_STYLES[name]]
        content = marks.get(name, "")
        if not content or (end and content not in MARKS.values()):
            return mark_lost(name, is_end=bool(end))
        return content

    return PHRASE_CODE.sub(replace, text)
