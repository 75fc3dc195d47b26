"""Nested styles: character styles that InDesign gives to parts of a paragraph, such as all text through the first colon.

They depend on the text, so that they become marks in the copy.
"""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence
from dataclasses import replace
from itertools import islice, pairwise

from brochure.fast_dataclass import dataclass
from brochure.idml.stories import (
    END_NESTED_STYLE,
    INDENT_HERE,
    SECTION_MARKER,
    Run,
    remove_markers,
)
from brochure.idml.type_settings import Settings
from brochure.idml.xml_nodes import Node, to_number
from brochure.l10n.message_text import LAST_PAGE, LINE_BREAK, PAGE_NUMBER

OBJECT, NOTE = "\ufffc", "\ufffd"
"""Characters in the place of an anchored object and of a footnote."""

DELIMITERS = {
    "Sentence": r"[.?!…]+[\"'»”’“‘)\]]*",
    "AnyWord": r"[^\s\ufffc]+",
    "AnyCharacter": rf"[^{OBJECT}{NOTE}{END_NESTED_STYLE}{INDENT_HERE}]",
    "Letters": r"[^\W\d_]",
    "Digits": r"[0-9]",
    "Tabs": r"\t",
    "InlineGraphic": OBJECT,
    "ForcedLineBreak": LINE_BREAK,
    "EndNestedStyle": END_NESTED_STYLE,
    "IndentHereTab": INDENT_HERE,
    "EmSpace": "\u2003",
    "EnSpace": "\u2002",
    "NonbreakingSpace": "[\u00a0\u202f]",
    "AutoPageNumber": f"[{PAGE_NUMBER}{LAST_PAGE}{SECTION_MARKER}]",
    "SectionMarker": f"[{PAGE_NUMBER}{LAST_PAGE}{SECTION_MARKER}]",
}
"""What ends a nested style, by InDesign's names; the page number and the section marker are one choice in its dialog."""

DROP_CAP, REPEAT = "Dropcap", "Repeat"


@dataclass(frozen=True, slots=True)
class NestedStyle:
    """A character style up to a delimiter, or through it.

    `pattern` finds the delimiter; it is empty for a drop cap and for the repetition of the last `count` styles.
    """

    style: str
    delimiter: str
    pattern: str
    count: int
    is_through: bool


def read_nested_styles(settings: Settings) -> tuple[NestedStyle, ...]:
    """Return the nested styles of a paragraph with these settings, in their order."""
    node = settings.get("AllNestedStyles")
    items = node.children if isinstance(node, Node) else ()
    return tuple(_read(item) for item in items if item.find("Delimiter"))


def _read(item: Node) -> NestedStyle:
    values = {child.name: child.text for child in item.children}
    delimiter = item.find("Delimiter") or item
    is_literal = delimiter.get("type") != "enumeration"
    text = delimiter.text
    literal = f"[{re.escape(text)}]" if text else ""
    return NestedStyle(
        values.get("AppliedCharacterStyle", ""),
        "" if is_literal else text,
        literal if is_literal else DELIMITERS.get(text, ""),
        max(1, round(to_number(values.get("Repetition", ""), 1.0))),
        values.get("Inclusive", "true") != "false",
    )


def drop_cap_style(styles: Sequence[NestedStyle]) -> str:
    """Return the character style of the drop cap, which is the first nested style; empty if it has none."""
    return styles[0].style if styles and styles[0].delimiter == DROP_CAP else ""


def unknown_delimiters(styles: Sequence[NestedStyle]) -> list[str]:
    """Return the delimiters that this program does not know; nested styles end at them."""
    known = (DROP_CAP, REPEAT)
    return [one.delimiter for one in styles if not one.pattern and one.delimiter not in known]


def apply_nested_styles(
    runs: Sequence[Run], styles: Sequence[NestedStyle], drop_cap: int
) -> tuple[Run, ...]:
    """Return the runs of a paragraph, divided where nested styles begin and end, without the characters that end them.

    Args:
        runs: The runs.
        styles: The nested styles of the paragraph.
        drop_cap: Number of characters of the drop cap, whose style is in the paragraph style.
    """
    text = "".join(_plain_text(run) for run in runs)
    spans = [one for one in _find_spans(text, styles, drop_cap) if one[0] < one[1]]
    found: list[Run] = []
    at = 0
    for run in runs:
        end = at + len(_plain_text(run))
        found += _divide(run, at, end, spans)
        at = end
    cleaned = [replace(run, text=remove_markers(run.text)) for run in found]
    return tuple(run for run in cleaned if run.text or run.part)


def _plain_text(run: Run) -> str:
    if run.part is None:
        return run.text
    return NOTE if run.part.name in ("Footnote", "Endnote") else OBJECT


Span = tuple[int, int, str]
"""Where a nested style begins and ends, and its character style."""


def _divide(run: Run, start: int, end: int, spans: Sequence[Span]) -> Iterator[Run]:
    """Yield the parts of a run from `start` to `end` of the paragraph."""
    edges = sorted({start, end, *(edge for one in spans for edge in one[:2] if start < edge < end)})
    if run.part is not None or len(edges) < 2:
        yield run
        return
    for left, right in pairwise(edges):
        nested = next((style for one, other, style in spans if one <= left < other), "")
        yield replace(run, text=run.text[left - start : right - start], nested=nested)


def _find_spans(text: str, styles: Sequence[NestedStyle], drop_cap: int) -> Iterator[Span]:
    """Yield where each style begins and ends; one whose delimiter does not occur extends to the end."""
    at = empty = 0
    for one in _in_turn(styles):
        end = _find_end(text, at, one, drop_cap)
        if end is None or at >= len(text) or empty > len(styles):
            return  # styles that all end where they begin would be repeated for ever
        if one.delimiter != DROP_CAP:
            yield at, end, one.style
        empty = empty + 1 if end == at else 0
        at = end


def _in_turn(styles: Sequence[NestedStyle]) -> Iterator[NestedStyle]:
    """Yield the styles in order, and those that are repeated without end."""
    for index, one in enumerate(styles):
        if one.delimiter != REPEAT:
            yield one
            continue
        repeated = styles[max(0, index - one.count) : index]
        while repeated:
            yield from repeated
        return


def _find_end(text: str, at: int, style: NestedStyle, drop_cap: int) -> int | None:
    """Return where a style ends that begins at `at`; None if its delimiter is not known."""
    if style.delimiter == DROP_CAP:
        return at + drop_cap
    if not style.pattern:
        return None
    matches = re.compile(style.pattern).finditer(text, at)
    match = next(islice(matches, style.count - 1, None), None)
    if match is None:
        return len(text)
    if style.delimiter == "AnyWord":
        return match.end()  # the space that ends it is not printed
    return match.end() if style.is_through else match.start()
