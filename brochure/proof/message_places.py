"""The places where each message is printed, for pictures that show translators the context of their words.

The alternative text of a picture is at the place of the picture. What is printed nowhere has a reason.
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping

from brochure.build_values import LaidOut
from brochure.color.printing_condition import PressCondition
from brochure.fast_dataclass import dataclass
from brochure.geometry import Rect
from brochure.model.display_list import Page
from brochure.proof.areas import find_areas, find_blocks
from brochure.spec.model import Layout
from brochure.translation.message_locations import add_notes, find_locations

LINE_GAP = 2.0
"""Largest distance between two lines of one place, as a multiple of the height of a line; paragraphs are nearer."""

MIN_SIZE = 0.5
"""Width and height, in points, below which a place cannot be seen."""


@dataclass(frozen=True, slots=True)
class MessagePlace:
    """A part of a page that shows a message.

    Attributes:
        key: The message's key.
        page: The number of the page.
        kind: `text`, or `picture` or `drawing` for the alternative text of one.
        box: The part of the page, in points from the lower left corner of the trim.
    """

    key: str
    page: int
    kind: str
    box: Rect


def find_places(
    pages: Iterable[Page], layout: Layout, press: PressCondition
) -> tuple[MessagePlace, ...]:
    """Return the places of all messages, by page and in reading order; a text in two columns has two on one page."""
    return tuple(place for page in pages for place in _find_on_page(page, layout, press))


def _find_on_page(page: Page, layout: Layout, press: PressCondition) -> Iterator[MessagePlace]:
    for area in find_areas(page, layout, press):
        if not area.key:
            continue
        for box in join_lines(area.rects):
            shown = box.intersect(page.trim)
            if min(shown.width, shown.height) >= MIN_SIZE:
                yield MessagePlace(area.key, page.number, area.kind, shown)


def join_lines(lines: Iterable[Rect]) -> Iterator[Rect]:
    """Yield the bounding boxes of lines that are below each other; a line in another column begins a new box."""
    box = last = None
    for line in lines:
        if box is not None and last is not None and _is_near(last, line):
            box = box.union(line)
        else:
            if box is not None:
                yield box
            box = line
        last = line
    if box is not None:
        yield box


def _is_near(above: Rect, line: Rect) -> bool:
    """Return True if two lines overlap in one direction, and are not far from each other in the other one."""
    across = max(above.x, line.x) - min(above.right, line.right)
    down = max(above.y, line.y) - min(above.top, line.top)
    height = min(above.width, above.height, line.width, line.height)
    return min(across, down) < 0 and max(across, down) <= LINE_GAP * height


# Messages that are printed nowhere

UNUSED = "not used in this edition"
METADATA = "not on a page: document metadata"
ALTERNATIVE_TEXT = "alternative text: screen readers read it, it is not printed"
OVERSET = "overset: it does not fit on its page"


def explain_unprinted(made: LaidOut, printed: Iterable[str]) -> Mapping[str, str]:
    """Return the reason for each message of the source that is not printed as text.

    Args:
        made: The edition.
        printed: The keys of the messages that are printed.
    """
    edition = made.edition
    shown = frozenset(printed)
    source = edition.translations.source.entries
    locations = add_notes(find_locations(edition.layout), source)
    alts = {block.alt for block in find_blocks(edition.layout).values()}
    overset = {one.span for one in made.findings if one.code == "overflow"}

    def explain(key: str) -> str:
        story = edition.stories.get(key)
        if story is None:
            return UNUSED
        if key in alts:
            return ALTERNATIVE_TEXT
        if story.span in overset:
            return OVERSET
        return f"not printed: {locations[key][0].role}" if key in locations else METADATA

    keys = dict.fromkeys((*source, *edition.stories))
    return {key: explain(key) for key in keys if key not in shown}
