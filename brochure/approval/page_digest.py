"""The digest of a page: of what is placed on it, not of the bytes of a file.

Two pages have the same digest if the same glyphs, paths, pictures, links and bookmarks are at the same places in the same
colours and in the same order for screen readers. The number of the page, the names of files and places in source files do not
count: pictures and fonts count by their contents.
"""

from __future__ import annotations

from collections.abc import Iterable, Mapping

from brochure.approval.canonical import compared_fields, digest_text, format_value
from brochure.model.display_list import Blend, Item, Page, Picture, Tag
from brochure.project import Project
from brochure.typeset.lines import Glyphs

NOT_GLYPHS = ("x", "y", "inline")
"""Fields of `Glyphs` that are part of the position of their run, or for pictures in text only, which are items of their own."""

ADDED: Mapping[str, object] = {"duotone": (), "blend": Blend.NORMAL}
"""Fields that were added later, with the values that are left out: approvals of pages without them stay valid."""


def digest_page(page: Page, project: Project) -> str:
    """Return the digest of a page, in hexadecimal.

    Args:
        page: The page, as laid out.
        project: The project that its pictures are in.
    """
    tags = _TagFormat(page.items)
    head = format_value((page.width, page.height, page.bleed, page.verso))
    return digest_text("\n".join([head, *(_format(item, tags, project) for item in page.items)]))


def _format(item: Item, tags: _TagFormat, project: Project) -> str:
    kind: type = type(item)
    parts = [kind.__name__]
    for name in compared_fields(kind):
        value = getattr(item, name)
        if name in ADDED and value == ADDED[name]:
            continue
        if name == "tag":
            parts.append(tags.format(value))
        elif isinstance(value, Glyphs):
            parts.append(_format_glyphs(value))
        elif isinstance(item, Picture) and name == "asset":
            parts.append(project.digest(value).hex())
        else:
            parts.append(format_value(value))
    return " ".join(parts)


def _format_glyphs(glyphs: Glyphs) -> str:
    names = (name for name in compared_fields(Glyphs) if name not in NOT_GLYPHS)
    return " ".join(format_value(getattr(glyphs, name)) for name in names)


class _TagFormat:
    """Formats the tags of one page; elements are numbered by their order on the page, since other pages change their numbers."""

    def __init__(self, items: Iterable[Item]) -> None:
        paths = {number for item in items for _, number in item.tag.path}
        self._ranks: Mapping[int, int] = {number: at for at, number in enumerate(sorted(paths))}
        self._known: dict[Tag, str] = {}

    def format(self, tag: Tag) -> str:
        """Return the canonical text of a tag."""
        known = self._known.get(tag)
        if known is None:
            path = tuple((role, self._ranks[number]) for role, number in tag.path)
            traits = tuple((self._ranks.get(number, -1), one) for number, one in tag.traits)
            parts = (path, tag.alt, traits, tag.artifact)
            known = format_value((*parts, tag.figure) if tag.figure else parts)
            self._known[tag] = known
        return known
