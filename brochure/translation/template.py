"""Templates: the catalogue that a translator begins with, or that a changed source is merged into.

Takes a workspace and a language; gives a `Catalogue` with every message of the source and no translation, each with comments
that say where it stands, which facts and marks it may use, and how many characters fit there in this language.
"""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from dataclasses import replace

from brochure.errors import InputError
from brochure.fast_dataclass import dataclass
from brochure.findings import Severity
from brochure.l10n.catalogue import Catalogue, Translation
from brochure.l10n.catalogue_merge import merge_source
from brochure.l10n.edition import EditionRequest
from brochure.l10n.inline_markup import parse_markup
from brochure.l10n.language_tags import fallback_chain
from brochure.l10n.message_file import SourceMessage
from brochure.l10n.message_format import Fact, find_arguments
from brochure.l10n.office import Office
from brochure.l10n.project_editions import CONTENT, list_offices, load_office, read_catalogues
from brochure.l10n.proofreading import find_problems
from brochure.l10n.story import InlineMarks
from brochure.translation.character_limits import measure_limits
from brochure.translation.message_locations import MessageLocation, find_locations
from brochure.translation.workspace import Workspace, set_edition
from brochure.typeset.style import Position

HAND = 10
"""Room is an estimate: it is told in tens where it is larger than this."""


@dataclass(frozen=True)
class TemplateContext:
    """What the comments are made from."""

    facts: Mapping[str, Fact]
    locations: Mapping[str, tuple[MessageLocation, ...]]
    character_limits: Mapping[str, int]
    printed: frozenset[str] | None


def make_template(workspace: Workspace, language: str) -> Catalogue:
    """The catalogue for a language, measured with what there is of its translation."""
    done = set_edition(workspace, _measured(workspace, language))
    limits = measure_limits(done, workspace.font_catalog)
    return _catalogue(workspace, language, limits, done.printed())


def make_general_template(workspace: Workspace) -> Catalogue:
    """The catalogue for no language in particular: it says nothing about room."""
    return _catalogue(workspace, "", {}, None)


def _catalogue(
    workspace: Workspace, language: str, limits: Mapping[str, int], printed: frozenset[str] | None
) -> Catalogue:
    about = TemplateContext(
        workspace.layout.stated, find_locations(workspace.layout), limits, printed
    )
    entries = {
        key: Translation(key, entry.text, "", entry.span, comments=_comments(key, entry, about))
        for key, entry in workspace.source.entries.items()
    }
    header = {"Project-Id-Version": workspace.layout.brochure}
    file = (
        workspace.project.label(f"{CONTENT}/{language}.po") if language else workspace.source.file
    )
    return Catalogue(language, file, entries, header=header)


# The edition that is measured


def _measured(workspace: Workspace, language: str) -> EditionRequest:
    """The language's edition in the first office that prints it, without what is broken in its translation."""
    there = dict(read_catalogues(workspace.project, language))
    there.setdefault(language, Catalogue(language, "", {}))
    sound = {
        tag: _sound(merge_source(workspace.source, one), workspace, language)
        for tag, one in there.items()
    }
    return EditionRequest(language, _office(workspace, language), sound)


def _sound(catalogue: Catalogue, workspace: Workspace, language: str) -> Catalogue:
    """The catalogue with broken translations left empty: they are measured as if they were not there."""
    entries = {
        key: replace(one, text="") if _broken(one, workspace, language) else one
        for key, one in catalogue.entries.items()
    }
    return replace(catalogue, entries=entries)


def _broken(one: Translation, workspace: Workspace, language: str) -> bool:
    found = (
        find_problems(one.source, one.text, workspace.layout.stated, language) if one.text else ()
    )
    return any(problem.severity is Severity.ERROR for problem in found)


def _office(workspace: Workspace, language: str) -> Office | None:
    for name in list_offices(workspace.project):
        try:
            office = load_office(workspace.project, name)
        except InputError:
            continue  # told by whoever builds or checks the office's own editions
        if any(language in fallback_chain(tag) for tag in office.languages):
            return office
    return None


# Comments


def _comments(key: str, entry: SourceMessage, about: TemplateContext) -> str:
    return "\n".join(_lines(key, entry, about))


def _lines(key: str, entry: SourceMessage, about: TemplateContext) -> Iterator[str]:
    yield from map(str, about.locations.get(key, ()))
    if key not in about.locations:
        yield "stands on no page: the file's own title, or a message that nothing uses"
    facts = [f"{{{name}}} = {about.facts.get(name, '?')}" for name in find_arguments(entry.text)]
    if facts:
        yield f"variables: {', '.join(facts)}"
    marks = list(dict.fromkeys(_marks(entry.text)))
    if marks:
        yield f"marks: {', '.join(marks)}"
    if key in about.character_limits:
        yield f"room: {_in_words(about.character_limits[key])}{_sharing(key, about)}"
    elif about.printed is not None and key in about.locations:
        aloud = key not in about.printed
        yield "room: as it needs; this is read aloud, not printed" if aloud else "room: plenty"


def _in_words(room: int) -> str:
    about = room if room < HAND else room // 5 * 5 if room < HAND * HAND else room // 10 * 10
    return f"about {about} characters"


def _sharing(key: str, about: TemplateContext) -> str:
    """A frame's room is one: whoever takes it from one message takes it from its neighbours."""
    frames = {(place.pages, place.frame) for place in about.locations[key]}
    others = (
        place
        for other, several in about.locations.items()
        if other != key and (about.printed is None or other in about.printed)
        for place in several
    )
    shared = any((place.pages, place.frame) in frames for place in others)
    return ", while the others in its frame stay as they are" if shared else ""


def _marks(text: str) -> Iterator[str]:
    for paragraph in parse_markup(text)[0]:
        for words in paragraph:
            yield from _shown(words.marks)
    if len(parse_markup(text)[0]) > 1:
        yield "an empty line between paragraphs"


def _shown(marks: InlineMarks) -> Iterator[str]:
    if marks.strong:
        yield "**strong**"
    if marks.emphasis:
        yield "*stressed*"
    if marks.link:
        yield f"[words]({marks.link})"
    if marks.character:
        yield f"[words]{{.{marks.character}}}"
    if marks.position is Position.SUPERSCRIPT:
        yield "^raised^"
    if marks.position is Position.SUBSCRIPT:
        yield "~lowered~"
