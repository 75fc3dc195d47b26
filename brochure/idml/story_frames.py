"""Which frames a story flows through, in its order, and what each text frame contains."""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence
from dataclasses import replace

from brochure.findings import Finding
from brochure.idml.copy_blocks import CopyWriter
from brochure.idml.document import Document, DocumentPage
from brochure.idml.effects import CONTENT
from brochure.idml.endnotes import is_endnote_story, without_endnotes
from brochure.idml.frames import TextContent
from brochure.idml.losses import lost, noted
from brochure.idml.page_items import Item, describe
from brochure.idml.stories import StoryReader, shorten
from brochure.idml.tables import most_common
from brochure.idml.text_variables import read_section_markers
from brochure.idml.type_settings import CAN_BREAK, TEXT_OPACITY
from brochure.spec.names import NamePool, slug


def text_frames(pages: Sequence[DocumentPage]) -> Iterator[Item]:
    """Yield the text frames of pages in order."""
    yield from (item for page in pages for item in page.items if item.kind == "TextFrame")


def read_texts(
    document: Document,
    writer: CopyWriter,
    reader: StoryReader,
    stories: dict[str, object],
) -> dict[str, TextContent]:
    """Return the content of each text frame by its identifier; stories of several frames are added to `stories`."""
    found: dict[str, TextContent] = {}
    used: set[str] = set()
    names = NamePool()
    markers = _story_markers(document)
    masters = [master.page for master in document.masters.values()]
    for pages in (document.pages, masters):
        chains = _find_chains([*text_frames(pages)])
        for item in text_frames(pages):
            identifier = item.node.get("ParentStory")
            if identifier in used or identifier not in document.stories:
                continue
            used.add(identifier)
            chain = chains[identifier]
            reader.values.markers.append(markers.get(identifier))
            content = _read_text(document, identifier, chain, writer, reader)
            if content is None:
                continue
            if len(chain) > 1:
                name = names.claim(content.name)
                stories[name] = {"content": content.blocks}
                content = replace(content, name=name, blocks=[], story=name)
            found |= {one.node.identifier: content for one in chain}
    used |= writer.anchored.taken if writer.anchored else set()
    _report_unplaced(document, used, reader, writer.findings)
    return found


def _find_chains(items: Sequence[Item]) -> dict[str, list[Item]]:
    """Return the frames of each story in the order of their threads."""
    by_identifier = {item.node.identifier: item for item in items}
    chains: dict[str, list[Item]] = {}
    for item in items:
        chains.setdefault(item.node.get("ParentStory"), []).append(item)
    return {story: _in_order(chain, by_identifier) for story, chain in chains.items()}


def _in_order(chain: list[Item], by_identifier: Mapping[str, Item]) -> list[Item]:
    """Return frames in the order in which each names the next; those that cannot be reached come last."""
    first = next(
        (one for one in chain if one.node.get("PreviousTextFrame", "n") not in by_identifier),
        chain[0],
    )
    found: list[Item] = []
    here: Item | None = first
    while here is not None and here not in found:
        found.append(here)
        here = by_identifier.get(here.node.get("NextTextFrame", "n"))
    return [*found, *(one for one in chain if one not in found)]


def _read_text(
    document: Document,
    identifier: str,
    chain: Sequence[Item],
    writer: CopyWriter,
    reader: StoryReader,
) -> TextContent | None:
    """Return the blocks of a story; None if it has no text."""
    story, part = document.stories[identifier]
    span = document.package.span(part, story.line)
    has_endnotes = is_endnote_story(story) and bool(writer.endnotes)
    paragraphs = reader.read(without_endnotes(story) if has_endnotes else story, span)
    if has_endnotes:
        paragraphs = tuple(one for one in paragraphs if one.text.strip())
    if not has_endnotes and not any(one.text.strip() or one.part for one in paragraphs):
        return None
    preference = story.find("StoryPreference")
    around = {}
    if preference and preference.is_on("OpticalMarginAlignment"):
        around["OpticalMarginAlignment"] = "true"
    around |= _text_opacity(chain, writer)
    if len(chain) > 1 or _has_columns(chain, writer):
        around[CAN_BREAK] = "true"
    name = next((item.name for item in chain if item.name), "")
    before, notes_before = len(writer.messages), len(writer.notes)
    blocks, section = writer.blocks(
        paragraphs, name or ("endnotes" if has_endnotes else ""), around
    )
    writer.stories[identifier] = tuple(writer.messages[before:])
    kinds = {kind for kind, _ in writer.notes[notes_before:]}
    if len(kinds) > 1:
        message = "a story has footnotes and endnotes; all of them are set as footnotes"
        writer.findings.append(lost("footnote", message, span))
    blocks += [{"notes": None}] if has_endnotes else []
    styles = [*map(_block_style, blocks)]
    named = [style for style in styles if style]
    return TextContent(
        section,
        blocks,
        has_endnotes=kinds == {"Endnote"},
        styles=(styles[0] if styles else "", most_common(named) if named else ""),
        first=chain[0].node.identifier,
    )


def _block_style(block: object) -> str:
    """Return the paragraph style of a block of text; empty for another block."""
    is_text = isinstance(block, dict) and block.keys() & {"text", "heading", "list", "folio"}
    return str(block.get("style", "body")) if isinstance(block, dict) and is_text else ""


def _story_markers(document: Document) -> dict[str, str | None]:
    """Return the section marker that each story on pages and parent pages shows; None if it differs between pages."""
    found: dict[str, str | None] = {}
    identifiers = [page.place.node.identifier for page in document.pages]
    markers = read_section_markers(document.settings, identifiers)
    for page, marker in zip(document.pages, markers, strict=True):
        master = document.masters.get(page.master) if page.master else None
        for item in (*page.items, *(master.page.items if master else ())):
            story = item.node.get("ParentStory")
            found[story] = marker if found.get(story, marker) == marker else None
    return found


def _has_columns(chain: Sequence[Item], writer: CopyWriter) -> bool:
    settings = writer.anchored.paint.settings if writer.anchored else None
    return settings is not None and any(
        settings.number(item.node, "TextColumnCount", 1.0, inside="TextFramePreference") > 1
        for item in chain
    )


def _text_opacity(chain: Sequence[Item], writer: CopyWriter) -> dict[str, str]:
    """Return the opacity of the text in frames as a setting; nothing if it is opaque."""
    if writer.anchored is None:
        return {}
    paint = writer.anchored.paint
    found = [item.opacity * paint.effects(item).opacity(CONTENT) for item in chain]
    if max(found) - min(found) > 0.005:
        message = f"the opacity of the text in {describe(chain[0].node)} is that of all its frames"
        writer.findings.append(lost("effect", message, chain[0].span))
    return {TEXT_OPACITY: f"{found[0]:.3g}"} if found[0] < 1 else {}


def _report_unplaced(
    document: Document, used: set[str], reader: StoryReader, findings: list[Finding]
) -> None:
    """Report the texts of stories that no frame on a page shows."""
    for identifier, (story, part) in document.stories.items():
        if identifier in used:
            continue
        span = document.package.span(part, story.line)
        text = shorten(" ".join(one.text for one in replace(reader, findings=[]).read(story, span)))
        if text:
            message = f"a text that no page shows is not taken: '{text}'"
            findings.append(noted("text", message, span))


def name_frames(frames: Sequence[tuple[str, object]], taken: NamePool) -> dict[str, object]:
    """Return frames with unique names."""
    return {taken.claim(slug(name, "frame")): value for name, value in frames}


def keep_story_order(
    frames: list[tuple[str, object]], owners: list[str], order: Mapping[str, int]
) -> list[tuple[str, object]]:
    """Return the frames of a page with those of each story in its order; text flows through them in the order of the layout.

    `owners` are the items that the frames come from, and `order` is the index of each text frame in its story.
    """
    result = list(frames)
    by_story: dict[str, list[int]] = {}
    for at, (_, value) in enumerate(frames):
        if isinstance(value, dict) and "story" in value:
            by_story.setdefault(str(value["story"]), []).append(at)
    for places in by_story.values():
        wanted = sorted(places, key=lambda at: order.get(owners[at], 0))
        for place, source in zip(places, wanted, strict=True):
            result[place] = frames[source]
    return result


def thread_order(document: Document) -> dict[str, int]:
    """Return the index of each text frame in its story."""
    chains = _find_chains([*text_frames(document.pages)])
    return {item.node.identifier: at for chain in chains.values() for at, item in enumerate(chain)}
