"""Anchors: what page numbers in the copy (`{page:story.head}`) and links inside the brochure (`[map](#map)`) refer to.

An anchor is the key of a message that a block shows, or the name of a frame. If several blocks show a message, the anchor is
the first of them in page order. A message key has precedence over a frame of the same name.
"""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from functools import lru_cache

from brochure.fast_dataclass import dataclass
from brochure.findings import Span
from brochure.l10n.message_format import PAGE, PAGE_COUNT, format_message
from brochure.l10n.references import find_values
from brochure.spec.model import Content, Frame, Layout, PageSpec
from brochure.spec.values import Message, StoryName


@dataclass(frozen=True, slots=True)
class Anchor:
    """A place in the brochure that can be referred to.

    `page` is the number of the page on which its frame or the first frame of its story is. `key` is the message of a block,
    `message` its use, and `span` the place of the key in the layout; they are empty for a frame. `story` is set if the
    block is in a story, which may continue on other pages.
    """

    name: str
    page: int
    key: str = ""
    span: Span | None = None
    story: str = ""
    message: Message | None = None


@dataclass(frozen=True, slots=True)
class HeadingReference:
    """A heading as a table of contents lists it: its level, its message and its anchor."""

    level: int
    message: Message
    anchor: str


def name_anchor(key: str, occurrence: int) -> str:
    """Return the name of the anchor of a block: the message key, with a number if an earlier block shows the message."""
    return key if occurrence == 0 else f"{key}#{occurrence + 1}"


def name_running_head(page: int, level: int) -> str:
    """Return the name under which an edition has the current heading of a level on a page."""
    return f"page {page}, level {level}"


@lru_cache(maxsize=64)
def find_anchors(layout: Layout) -> Mapping[str, Anchor]:
    """Return the anchors of a layout by name, those of messages in page order."""
    anchors: dict[str, Anchor] = {}
    frames: dict[str, Anchor] = {}
    seen: dict[str, dict[Message, None]] = {}
    for number, frame, content, story in walk_content(layout):
        frames.setdefault(frame, Anchor(frame, number))
        for message in find_values(content, (Message,)):
            found = seen.setdefault(message.key, {})
            if message not in found:
                name = name_anchor(message.key, len(found))
                found[message] = None
                anchors[name] = Anchor(name, number, message.key, message.span, story, message)
    return {**frames, **anchors}


def walk_content(layout: Layout) -> Iterator[tuple[int, str, Content, str]]:
    """Yield the page number, frame name, blocks and story name of each frame in page order; each story once."""
    visited: set[str] = set()
    for number, spec in enumerate(layout.every_page, start=1):
        frames = {**_master_frames(spec.master.name if spec.master else "", layout), **spec.frames}
        for name, frame in frames.items():
            filling = spec.fills.get(name, frame.story or frame.content)
            if not isinstance(filling, StoryName):
                yield number, name, filling, ""
            elif filling.name not in visited and filling.name in layout.stories:
                visited.add(filling.name)
                yield number, name, layout.stories[filling.name].content, filling.name
            else:
                yield number, name, (), ""


def _master_frames(name: str, layout: Layout) -> dict[str, Frame]:
    master = layout.masters.get(name)
    if master is None:
        return {}
    return {**_master_frames(master.based_on or "", layout), **master.frames}


def plan_page_numbers(layout: Layout, locale: str) -> dict[str, str]:
    """Return the page number of each anchor as printed, by its name in the copy, before the stories are laid out."""
    return number_anchors(
        {name: one.page for name, one in find_anchors(layout).items()}, layout, locale
    )


def number_anchors(pages: Mapping[str, int], layout: Layout, locale: str) -> dict[str, str]:
    """Return the page number of each anchor as printed, by its name in the copy (`page:story.head`), and the number of pages."""
    labels = _format_labels(layout, locale)
    numbers = {PAGE + name: labels[page - 1] for name, page in pages.items()}
    return {**numbers, PAGE_COUNT: format_folio(str(len(layout.pages)), locale)}


@lru_cache(maxsize=64)
def _format_labels(layout: Layout, locale: str) -> tuple[str, ...]:
    return tuple(
        format_folio(_label(spec, number), locale)
        for number, spec in enumerate(layout.every_page, start=1)
    )


def _label(spec: PageSpec, number: int) -> str:
    """Return a page's number: its folio, or its position if it shows none."""
    return spec.folio or str(number)


@lru_cache(maxsize=4096)
def format_folio(label: str, locale: str) -> str:
    """Return a page number in the edition's digits; labels such as iv, A-3 or 007 stay unchanged."""
    if not (label.isascii() and label.isdigit()) or label.startswith("0"):
        return label
    return format_message("{folio, number, ::group-off}", {"folio": int(label)}, locale)
