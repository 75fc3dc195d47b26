"""What holds for a whole document: its language, its endnotes, its alternative texts, and what its markers print."""

from __future__ import annotations

from collections import Counter
from dataclasses import replace
from itertools import pairwise

from brochure.findings import Span
from brochure.idml.copy_blocks import CopyWriter
from brochure.idml.document import Document
from brochure.idml.endnotes import index_endnotes
from brochure.idml.frames import read_alternative
from brochure.idml.languages import language_tag
from brochure.idml.stories import StoryReader, StoryValues
from brochure.idml.story_frames import text_frames
from brochure.idml.text_styles import NORMAL, TextStyles
from brochure.idml.type_settings import number_of, text_of
from brochure.idml.xml_nodes import Node
from brochure.spec.names import slug


def read_values(document: Document, styles: TextStyles) -> StoryValues:
    """Return what markers and variables of the document print."""
    levels = {style: styles.heading(style) for style in styles.paragraphs}
    last = document.pages[-1]
    return StoryValues(
        headings={style: level for style, level in levels.items() if level},
        counts_pages=last.name == str(last.number),
        has_one_section=sum(one.name == "Section" for one in document.settings.children) < 2,
    )


def collect_endnotes(document: Document) -> dict[str, tuple[Node, Span]]:
    """Return the words of endnotes; those of a story that no page shows are not there."""
    shown = {item.node.get("ParentStory") for item in text_frames(document.pages)}
    stories = {
        identifier: (story, document.package.span(part, story.line))
        for identifier, (story, part) in document.stories.items()
        if identifier in shown
    }
    return index_endnotes(stories)


def find_spaces_above(
    document: Document, styles: TextStyles, reader: StoryReader
) -> dict[str, float]:
    """Return the space below the paragraphs before those of each style that most of these have."""
    counts: dict[str, Counter[float]] = {}
    for story, part in document.stories.values():
        paragraphs = reader.read(story, document.package.span(part))
        with_text = [one for one in paragraphs if one.text.strip()]
        for before, paragraph in pairwise(with_text):
            around = {**styles.settings(before.style), **before.settings}
            below = max(0.0, number_of(around, "SpaceAfter"))
            counts.setdefault(paragraph.style, Counter())[below] += 1
    return {style: spaces.most_common(1)[0][0] for style, spaces in counts.items()}


def find_language(document: Document, styles: TextStyles, reader: StoryReader) -> str:
    """Return the language of most of the text."""
    counts: Counter[str] = Counter()
    for story, part in document.stories.values():
        for paragraph in reader.read(story, document.package.span(part)):
            around = {**styles.settings(paragraph.style), **paragraph.settings}
            for run in paragraph.runs:
                settings = {**around, **run.settings}
                tag = language_tag(text_of(settings, "AppliedLanguage"))
                counts[tag] += len(run.text.strip())
    del counts[""]
    normal = language_tag(text_of(styles.settings(NORMAL), "AppliedLanguage"))
    return next((tag for tag, count in counts.most_common(1) if count), normal) or "en"


def read_alternatives(document: Document, writer: CopyWriter) -> dict[str, str]:
    """Return the keys of the alternative texts that were written in InDesign."""
    found: dict[str, str] = {}
    pages = (*document.pages, *(master.page for master in document.masters.values()))
    for item in (item for page in pages for item in page.items):
        text = read_alternative(item)
        if text:
            found[item.node.identifier] = writer.add("pictures", slug(item.name, "alt"), text)
            writer.stories[item.node.identifier] = (replace(writer.messages[-1], label="alt"),)
    return found
