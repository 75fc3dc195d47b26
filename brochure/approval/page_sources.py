"""What a page is made from: messages, variables, styles, swatches, fonts, pictures, frames; each with a digest.

An approval keeps these digests, so that the reason of a later change can be named. Names begin with their kind:
`message solution.train`, `style body`, `picture photos/dusk.jpg`.
"""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from dataclasses import replace
from itertools import chain

import brochure
from brochure.approval.canonical import SOURCE_DIGEST_SIZE, digest_face, digest_text, digest_value
from brochure.approval.page_digest import digest_page
from brochure.fast_dataclass import dataclass
from brochure.findings import Origin
from brochure.l10n.edition import Edition
from brochure.l10n.message_format import find_arguments
from brochure.l10n.references import find_values, references
from brochure.l10n.story import Story
from brochure.layout.page_plan import PlannedFrame, PlannedPage, plan
from brochure.model.display_list import GlyphRun, Page, Picture, PlacedArtwork
from brochure.project import Project
from brochure.spec.data import DataSource
from brochure.spec.notes import NotesSpec
from brochure.spec.styles import CharacterStyleSpec
from brochure.spec.values import Asset, CharacterName, FactName, Message, SwatchName

PROGRAM = "program"
"""The source that is the version of this program, which sets the text."""

UNREADY = "translation of"
"""Kind of the source that marks a message whose translation is missing, fuzzy or outdated."""

Source = tuple[str, str]
"""The name of a source, and its digest."""


@dataclass(frozen=True, slots=True)
class PageRecord:
    """A page as it is now: its number, its printed page number, its digest, and its sources with their digests."""

    number: int
    label: str
    digest: str
    sources: Mapping[str, str]


def record_pages(
    pages: tuple[Page, ...], edition: Edition, project: Project
) -> tuple[PageRecord, ...]:
    """Return the records of an edition's pages."""
    planned = plan(edition.layout, left_to_right=edition.left_to_right)
    return tuple(
        PageRecord(
            page.number,
            page.label,
            digest_page(page, project),
            dict(sorted(_list_sources(page, place, edition, project))),
        )
        for page, place in zip(pages, planned, strict=True)
    )


def _list_sources(
    page: Page, planned: PlannedPage, edition: Edition, project: Project
) -> Iterator[Source]:
    used = [one for one in planned.frames if one.story is None]
    content = tuple(frame.content for frame in used)
    story_names = sorted({frame.story for frame in planned.frames if frame.story})
    stories = tuple(edition.layout.stories[name].content for name in story_names)
    placed = {origin.key for origin in _origins(page) if origin.key}
    keys = placed | {one.key for one in references(content) if isinstance(one, Message)}
    styles = _style_specs(page, keys, edition)
    frames = {frame.name: _frame_shape(frame) for frame in planned.frames}
    yield PROGRAM, brochure.__version__
    yield "page setup", digest_value(_page_setup(page, planned, edition))
    yield from _message_sources(sorted(keys), edition)
    yield from _variable_sources(keys, (content, stories), edition)
    for name, spec in styles.items():
        yield name, digest_value(spec)
    yield from _swatch_sources((content, stories, styles, frames, planned.background), edition)
    yield from _font_sources(page)
    yield from _picture_sources(page, (content, stories), edition, project)
    for name, shape in frames.items():
        yield f"frame {name}", digest_value(shape)
    for frame in used:
        if frame.content:
            yield f"content of frame {frame.name}", digest_value(frame.content)
    for name, blocks in zip(story_names, stories, strict=True):
        yield f"story {name}", digest_value(blocks)


def _origins(page: Page) -> Iterator[Origin]:
    for item in page.items:
        origin = item.glyphs.origin if isinstance(item, GlyphRun) else None
        if origin:
            yield origin


def _page_setup(page: Page, planned: PlannedPage, edition: Edition) -> object:
    return (
        page.width,
        page.height,
        page.bleed,
        page.verso,
        page.label,
        planned.background,
        planned.grid,
        edition.layout.fonts,
        edition.locale,
        *((edition.layout.notes,) if edition.layout.notes != NotesSpec() else ()),
    )


def _frame_shape(frame: PlannedFrame) -> object:
    """Return all that a frame is, without its content."""
    return frame.rect, frame.inner, frame.columns, replace(frame.spec, content=(), story=None)


def _message_sources(keys: list[str], edition: Edition) -> Iterator[Source]:
    """Yield each message with the text in the copy; without one, with the text on the page."""
    for key in keys:
        chosen = edition.translations.choose(key)
        story = edition.stories.get(key)
        if chosen:
            yield f"message {key}", digest_value((chosen.text, chosen.layer.language))
        elif story:
            yield f"message {key}", digest_value(story.text)
        if story and not story.ready:
            yield f"{UNREADY} {key}", digest_value(story.language)


def _variable_sources(keys: set[str], content: object, edition: Edition) -> Iterator[Source]:
    """Yield the variables in the messages, and those in charts and tables."""
    chosen = (edition.translations.choose(key) for key in keys)
    names = {name for one in chosen if one for name in find_arguments(one.text)}
    names |= {one.name for one in references(content) if isinstance(one, FactName)}
    for name in sorted(names & edition.facts.keys()):
        yield f"variable {name}", digest_value(edition.facts[name])


def _style_specs(page: Page, keys: set[str], edition: Edition) -> dict[str, object]:
    """Return the styles on the page as the layout writes them, with those that they are based on.

    A style that the layout does not set is the program's own.
    """
    layout = edition.layout
    found: dict[str, object] = {}
    for name in sorted({BASE, *(origin.style for origin in _origins(page) if origin.style)}):
        for based in _style_chain(name, layout.paragraph_styles):
            found[f"style {based}"] = layout.paragraph_styles.get(based)
    stories = [edition.stories[key] for key in keys if key in edition.stories]
    named = {one.name for one in find_values(tuple(found.values()), (CharacterName,))}
    used = named | set(_character_styles(stories))
    for name in sorted(used & layout.character_styles.keys()):
        for based in _style_chain(name, layout.character_styles):
            found[f"character style {based}"] = layout.character_styles.get(based)
    return found


BASE = "body"
"""The style that all others are based on in the end."""


def _style_chain(name: str, specs: Mapping[str, CharacterStyleSpec]) -> Iterator[str]:
    """Yield a style and those that it is based on; the layout's validation has refused circles."""
    following: str | None = name
    while following is not None:
        yield following
        spec = specs.get(following)
        following = spec.based_on if spec else None


def _character_styles(stories: list[Story]) -> Iterator[str]:
    for story in stories:
        for words in chain.from_iterable(story.paragraphs):
            if words.marks.character:
                yield words.marks.character
            yield from ("strong",) if words.marks.strong else ()
            yield from ("emphasis",) if words.marks.emphasis else ()


def _swatch_sources(uses: object, edition: Edition) -> Iterator[Source]:
    """Yield the swatches that styles, frames and blocks name."""
    names = {one.name for one in find_values(uses, (SwatchName,))}
    for name in sorted(names & edition.layout.swatches.keys()):
        yield f"swatch {name}", digest_value(edition.layout.swatches[name].paint)


def _font_sources(page: Page) -> Iterator[Source]:
    faces = {item.glyphs.face for item in page.items if isinstance(item, GlyphRun)}
    for face in sorted(faces, key=lambda face: face.name):
        yield f"font {face.name}", digest_text(digest_face(face), SOURCE_DIGEST_SIZE)


def _picture_sources(
    page: Page, content: object, edition: Edition, project: Project
) -> Iterator[Source]:
    """Yield the placed pictures, and the drawings and data files that the page's frames name, by their path in the layout."""
    paths = {image.name: path for path, image in edition.pictures.items()}
    placed = (item for item in page.items if isinstance(item, Picture))
    for name in sorted({item.asset for item in placed if not isinstance(item, PlacedArtwork)}):
        yield f"picture {paths.get(name, name)}", _shorten(project.digest(name))
    for path in sorted({one.path for one in references(content) if isinstance(one, Asset)}):
        if path in edition.vectors:
            yield f"drawing {path}", _shorten(edition.vectors[path].digest)
    for source in find_values(content, (DataSource,)):
        if source.table_name in edition.data:
            yield f"data {source.from_.path}", _shorten(edition.data[source.table_name].digest)


def _shorten(digest: bytes) -> str:
    return digest[:SOURCE_DIGEST_SIZE].hex()
