"""Endnotes: their words are ranges of a story of their own, to which the marks in the text refer."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from dataclasses import replace

from brochure.findings import Span
from brochure.idml.xml_nodes import Node

RANGE = "EndnoteRange"
AROUND = ("ParagraphStyleRange", "CharacterStyleRange")


def is_endnote_story(story: Node) -> bool:
    """Return True for the story that InDesign collects endnotes in."""
    return story.is_on("IsEndnoteStory") or next(story.all(RANGE), None) is not None


def index_endnotes(stories: Mapping[str, tuple[Node, Span]]) -> dict[str, tuple[Node, Span]]:
    """Return the words of endnotes by the identifier of their range, with the formatting around them."""
    return {
        node.identifier: (node, replace(span, line=node.line))
        for story, span in stories.values()
        for node in _find_ranges(story, ())
    }


def _find_ranges(node: Node, around: tuple[Node, ...]) -> Iterator[Node]:
    for child in node.children:
        if child.name == RANGE:
            yield _wrap(child, around)
        else:
            yield from _find_ranges(child, (*around, child) if child.name in AROUND else around)


def _wrap(words: Node, around: tuple[Node, ...]) -> Node:
    """Return a range with the ranges of paragraphs and characters that it is in."""
    inside = {child.name for child in words.children}
    for node in reversed([one for one in around if one.name not in inside]):
        properties = [one for one in node.children if one.name == "Properties"]
        words = replace(words, content=[replace(node, content=[*properties, *words.content])])
    return words


def without_endnotes(node: Node) -> Node:
    """Return a story without the words of its endnotes."""
    content = [
        without_endnotes(part) if isinstance(part, Node) else part
        for part in node.content
        if not (isinstance(part, Node) and part.name == RANGE)
    ]
    return replace(node, content=content)
