"""Page numbers in the copy and in tables of contents, and links inside the brochure.

The page on which a block begins is known after the layout, and its number may change the layout. So the brochure is laid out
with the pages on which stories begin; if other numbers result, the copy is set again with these, until they stay the same.
"""

from __future__ import annotations

from collections.abc import Collection, Iterable, Iterator, Mapping, Sequence
from dataclasses import replace
from functools import lru_cache
from itertools import pairwise

from brochure.blocks.box import Box
from brochure.blocks.contents import Contents
from brochure.blocks.folio import Folio
from brochure.blocks.heading import Heading
from brochure.blocks.title import Title
from brochure.findings import Finding
from brochure.fonts.catalog import FontCatalog
from brochure.l10n.anchors import (
    Anchor,
    HeadingReference,
    find_anchors,
    name_running_head,
    number_anchors,
    walk_content,
)
from brochure.l10n.edition import Edition
from brochure.l10n.message_format import PAGE
from brochure.l10n.notes import find_counterpart, is_between_notes
from brochure.l10n.personalization import rebuild_stories
from brochure.l10n.references import find_values
from brochure.l10n.story import anchor_name
from brochure.layout.loose_lines import settle_threads
from brochure.layout.page_plan import PlannedPage
from brochure.layout.thread_cache import make_thread_cache
from brochure.layout.threads import LayoutCache, LayoutContext, SetThread, Thread
from brochure.model.display_list import Destination, GlyphRun, Item, Link, Page
from brochure.spec.model import Content, Layout
from brochure.spec.values import Message

MAX_ROUNDS = 5
"""How often a brochure is laid out until its page numbers stay the same."""


def settle_references(
    edition: Edition,
    font_catalog: FontCatalog,
    running: Sequence[Thread],
    thread_cache: LayoutCache | None = None,
) -> tuple[LayoutContext, tuple[SetThread, ...]]:
    """Lay out the threads until the page numbers in the copy are those of the pages, and the marks of notes are in order.

    If they still change after `MAX_ROUNDS` rounds, a finding names them.
    """
    layout = edition.layout
    numbered = {key: story.pages for key, story in edition.stories.items() if story.pages}
    lists_headings, levels = _find_uses(layout)
    marks_notes = _has_notes(edition)
    if not (numbered or lists_headings or levels or marks_notes):
        return settle_threads(edition, font_catalog, running, thread_cache)
    cache = make_thread_cache() if thread_cache is None else thread_cache
    pages = {name: one.page for name, one in find_anchors(layout).items()}
    edition = replace(edition, headings=_collect_headings(layout, pages))
    for _ in range(MAX_ROUNDS):
        context, set_threads = settle_threads(edition, font_catalog, running, cache)
        before, pages = edition, _find_pages(layout, set_threads)
        edition = _number(edition, pages, numbered)
        unstable: tuple[Finding, ...] = ()
        if marks_notes:
            edition, unstable = _number_notes(before, edition, set_threads)
        changed = _find_changes(before, edition, numbered)
        if not changed and not unstable:
            break
    else:
        context.findings.extend(_report_unstable(edition, changed[:1]))
        context.findings.extend(unstable)
    if marks_notes:
        context.findings.extend(_report_notes(edition, set_threads))
    return context, set_threads


def _has_notes(edition: Edition) -> bool:
    """Return True if a note is marked in the copy of an edition."""
    stories = (edition.stories, edition.rows)
    return any(story.notes for each in stories for story in each.values())


def _number_notes(
    before: Edition, edition: Edition, set_threads: Sequence[SetThread]
) -> tuple[Edition, tuple[Finding, ...]]:
    """Return the edition with the marks of its notes, and a finding if they are not those that the notes were set with."""
    # Imported here, as below: most brochures have no notes.
    from brochure.layout.note_numbers import find_new_marks, number_notes, report_unstable

    edition = number_notes(edition, set_threads)
    new_marks = find_new_marks(before, edition, set_threads)
    return edition, (report_unstable(new_marks),) if new_marks else ()


def _report_notes(edition: Edition, set_threads: Sequence[SetThread]) -> Iterator[Finding]:
    # Imported here: most brochures have no notes.
    from brochure.layout.note_numbers import report_unprintable

    return report_unprintable(edition, set_threads)


def _number(edition: Edition, pages: Mapping[str, int], numbered: Iterable[str]) -> Edition:
    """Return the edition with the page numbers and running heads that follow from the pages of the anchors."""
    edition = replace(
        edition,
        pages=number_anchors(pages, edition.layout, edition.locale),
        headings=_collect_headings(edition.layout, pages),
    )
    return rebuild_stories(edition, tuple(numbered))


def _find_changes(
    before: Edition, after: Edition, numbered: Mapping[str, tuple[str, ...]]
) -> list[str]:
    """Return the anchors whose page numbers are shown, or whose headings are running heads, and have changed."""
    shown = {name for names in numbered.values() for name in names}
    shown |= {PAGE + one.anchor for one in after.headings["all"]}
    changed = {name for name in shown if before.pages.get(name) != after.pages.get(name)}
    heads = after.headings
    changed |= {
        PAGE + one.anchor
        for name in heads
        if heads[name] != before.headings[name]
        for one in (*heads[name], *before.headings[name])
    }
    return sorted(changed)


def _report_unstable(edition: Edition, changed: Sequence[str]) -> Iterator[Finding]:
    for name in changed:
        anchor = find_anchors(edition.layout)[name.removeprefix(PAGE)]
        message = f"the page of '{anchor.name}' does not settle: with its number, text moves to another page, and back without it"
        hint = "begin the block on a page of its own, with a column break, or change the length of the text"
        yield Finding("page-reference-unstable", message, anchor.span, hint)


# Headings


@lru_cache(maxsize=64)
def _find_uses(layout: Layout) -> tuple[bool, frozenset[int]]:
    """Return whether a layout has a table of contents, and the levels of its running heads."""
    kinds: tuple[type[Contents | Folio], ...] = (Contents, Folio)
    found = list(find_values((layout.pages, layout.masters, layout.stories), kinds))
    levels = {one.running_head for one in found if isinstance(one, Folio) and one.running_head}
    return any(isinstance(one, Contents) for one in found), frozenset(levels)


def _collect_headings(
    layout: Layout, pages: Mapping[str, int]
) -> dict[str, tuple[HeadingReference, ...]]:
    """Return the headings as the edition has them: all of them, if they are listed, and the running heads of each page."""
    headings = _find_headings(layout)
    lists_headings, levels = _find_uses(layout)
    omitted = _find_omitted(layout) if lists_headings else frozenset()
    listed = tuple(one for one in headings if one.message not in omitted)
    found = {"all": listed if lists_headings else ()}
    for level in levels:
        by_page: dict[int, list[HeadingReference]] = {}
        for one in headings:
            if one.level == level:
                by_page.setdefault(pages[one.anchor], []).append(one)
        current: tuple[HeadingReference, ...] = ()
        for page in range(1, len(layout.every_page) + 1):
            here = by_page.get(page, [])
            found[name_running_head(page, level)] = tuple(here[:1]) or current
            current = tuple(here[-1:]) or current
    return found


@lru_cache(maxsize=64)
def _find_headings(layout: Layout) -> tuple[HeadingReference, ...]:
    """Return the headings of a layout in page order."""
    names = {one.message: name for name, one in find_anchors(layout).items() if one.message}
    found: dict[str, HeadingReference] = {}
    for _, _, content, _ in walk_content(layout):
        for level, message in _find_titles(content):
            name = names[message]
            found.setdefault(name, HeadingReference(level, message, name))
    return tuple(found.values())


@lru_cache(maxsize=64)
def _find_omitted(layout: Layout) -> frozenset[Message]:
    """Return what a table of contents does not list: the title of the brochure, and its own heading.

    The title of the brochure is what shows the message `title` of the layout, or else the first title if it comes before the
    table of contents and all headings. The heading of a table of contents is the block before it.
    """
    kinds: tuple[type[Heading | Title | Contents], ...] = (Heading, Title, Contents)
    contents = [content for _, _, content, _ in walk_content(layout)]
    blocks = list(find_values(tuple(contents), kinds))
    titles = [one for one in blocks if isinstance(one, Title)]
    named = [one.text for one in titles if layout.title and one.text.key == layout.title.key]
    first = [one.text for one in titles if one is blocks[0]]
    return frozenset((*(named or first), *_find_own_headings(contents)))


def _find_own_headings(contents: Sequence[Content]) -> Iterator[Message]:
    """Yield the headings of tables of contents: each is directly before its table, in a frame or in a box."""
    boxes = (tuple(box.content) for box in find_values(tuple(contents), (Box,)))
    for blocks in (*contents, *boxes):
        for block, following in pairwise(blocks):
            if isinstance(block, (Heading, Title)) and isinstance(following, Contents):
                yield block.text


def _find_titles(content: Content) -> Iterator[tuple[int, Message]]:
    """Yield the level and the message of each title and heading in blocks, at any depth."""
    kinds: tuple[type[Heading | Title], ...] = (Heading, Title)
    for block in find_values(content, kinds):
        yield (block.level if isinstance(block, Heading) else 1), block.text


# Pages


def _find_pages(layout: Layout, set_threads: Sequence[SetThread]) -> dict[str, int]:
    """Return the page of each anchor in the laid-out brochure."""
    anchors = find_anchors(layout)
    starts = _find_starts(set_threads) if any(one.story for one in anchors.values()) else {}
    return {name: starts.get((one.story, one.key), one.page) for name, one in anchors.items()}


def _find_starts(set_threads: Sequence[SetThread]) -> dict[tuple[str, str], int]:
    """Return the pages on which the messages of stories that run over several frames begin."""
    starts: dict[tuple[str, str], int] = {}
    for each in set_threads:
        story = each.thread.frames[0].story
        if story is None or len(each.thread.frames) == 1:
            continue
        for column, items in zip(each.thread.columns, each.flowed.items, strict=True):
            for item in items:
                if isinstance(item, GlyphRun) and item.glyphs.origin:
                    starts.setdefault((story, item.glyphs.origin.key), column.page)
    return starts


# Links


def resolve_links(
    edition: Edition, planned: Sequence[PlannedPage], pages: Sequence[Page]
) -> list[Page]:
    """Return the pages with the destinations of links inside the brochure."""
    wanted = {
        item.target
        for page in pages
        for item in page.items
        if isinstance(item, Link) and item.target.startswith("#")
    }
    if not wanted:
        return list(pages)
    anchors = find_anchors(edition.layout)
    led_to = {
        target: anchors[anchor_name(target)] for target in wanted if anchor_name(target) in anchors
    }
    tops = _find_tops({anchor.key for anchor in led_to.values() if anchor.key}, pages)
    found = {target: _find_destination(anchor, planned, tops) for target, anchor in led_to.items()}
    endnotes = edition.endnotes.get("all", ())
    first = {other: note.link for note in endnotes for other in note.others}
    found |= dict(_find_note_destinations(wanted, first, pages))
    return [replace(page, items=tuple(_lead(page.items, found))) for page in pages]


def _lead(items: Sequence[Item], found: Mapping[str, Destination]) -> Iterator[Item]:
    for item in items:
        if isinstance(item, Link) and item.target in found:
            yield replace(item, destination=found[item.target])
        else:
            yield item


def _find_note_destinations(
    wanted: Collection[str], first: Mapping[str, str], pages: Sequence[Page]
) -> Iterator[tuple[str, Destination]]:
    """Yield the destinations of links between marks and notes: that of each is the first area of its counterpart.

    `first` has the links to notes that other marks lead to as well, by the links of these.
    """
    places: dict[str, Destination] = {}
    for page in pages:
        for item in page.items:
            if isinstance(item, Link) and is_between_notes(item.target):
                places.setdefault(item.target, Destination(page.number, item.rect.top))
    for target in wanted:
        if is_between_notes(target):
            counterpart = find_counterpart(first.get(target, target))
            yield target, places.get(counterpart, places[target])


def _find_destination(
    anchor: Anchor, planned: Sequence[PlannedPage], tops: Mapping[str, Sequence[Destination]]
) -> Destination:
    """Return the place of an anchor: the top of its text, its picture or its frame."""
    plan = planned[anchor.page - 1]
    for top in tops.get(anchor.key, ()):
        if top.page == plan.number or (anchor.story and top.page > plan.number):
            return top
    frames = [frame.extent.top for frame in plan.frames if frame.name == anchor.name]
    return Destination(plan.number, frames[0] if frames else plan.grid.height)


def _find_tops(keys: Collection[str], pages: Sequence[Page]) -> dict[str, list[Destination]]:
    """Return the top of the first line of each of these messages, on each page that it is on."""
    tops: dict[str, list[Destination]] = {key: [] for key in keys}
    for page in pages if keys else ():
        for item in page.items:
            if not (isinstance(item, GlyphRun) and item.glyphs.origin):
                continue
            found = tops.get(item.glyphs.origin.key)
            if found is not None and not (found and found[-1].page == page.number):
                top = item.matrix.apply(item.x, item.y + item.glyphs.size)[1]
                found.append(Destination(page.number, top))
    return tops
