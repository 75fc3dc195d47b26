"""Trace the origin of a message, variable or image in an edition: which files define it, and which value is printed.

Fuzzy translations, which are not printed, are included.
"""

from __future__ import annotations

import unicodedata
from collections.abc import Iterator, Mapping

from brochure.api import LAYOUT_FILE
from brochure.errors import UsageError
from brochure.fast_dataclass import dataclass
from brochure.findings import Span, nearest
from brochure.l10n.language_tags import fallback_chain
from brochure.l10n.office import OFFICES, Office
from brochure.l10n.project_editions import list_languages
from brochure.l10n.references import references
from brochure.l10n.translations import Translations
from brochure.project import Project
from brochure.spec import yaml_tree
from brochure.spec.values import Asset
from brochure.translation.workspace import Workspace


@dataclass(frozen=True, slots=True)
class Origin:
    """The value in one layer; the last that is not fuzzy is printed."""

    layer: str
    span: Span
    text: str
    fuzzy: bool = False


@dataclass(frozen=True, slots=True)
class Provenance:
    """All values of a name in a language, in layer order; `kind` is message, variable or image."""

    kind: str
    name: str
    origins: tuple[Origin, ...]
    language: str = ""

    @property
    def printed(self) -> Origin | None:
        """The value that is printed."""
        printable = [one for one in self.origins if not one.fuzzy]
        return printable[-1] if printable else None


def find_provenance(
    workspace: Workspace, name: str, language: str | None, office: str | None
) -> Provenance:
    """Trace a message, variable or image by its name; UsageError if the name is unknown."""
    translations = Translations.load(workspace.project, workspace.layout, language, office)
    edition, _ = workspace.resolve_edition(translations)
    kinds = (
        ("message", tuple(trace_message(name, translations))),
        ("variable", tuple(_trace_variable(name, workspace, office))),
        ("image", tuple(_trace_image(name, workspace, translations.office))),
    )
    for kind, origins in kinds:
        if origins:
            return Provenance(kind, name, origins, translations.language)
    pictures = (ref.path for ref in references(workspace.layout) if isinstance(ref, Asset))
    known = (*workspace.source.entries, *edition.facts, *pictures)
    hint = nearest(name, known)
    raise UsageError(f"{name}: unknown message, variable or image ({hint})")


def find_by_words(
    workspace: Workspace, words: str, language: str | None, office: str | None
) -> tuple[Provenance, ...]:
    """Trace the messages in which words are printed: in the edition, or, if no language is chosen, in any language.

    Case, line ends, and the form of quotation marks and spaces make no difference; numbers are found as they are printed.
    """
    wanted = _normalize(words)
    if not wanted:
        return ()
    translations = Translations.load(workspace.project, workspace.layout, language, office)
    edition, _ = workspace.resolve_edition(translations)
    printed = {key: story.text for key, story in edition.stories.items()}
    found = tuple(_trace_matches(wanted, printed, translations))
    if found or language is not None:
        return found
    others = (tag for tag in list_languages(workspace.project) if tag != translations.language)
    return tuple(
        one
        for tag in others
        for other in [Translations.load(workspace.project, workspace.layout, tag, office)]
        for one in _trace_matches(wanted, {}, other)
    )


def _trace_matches(
    wanted: str, printed: Mapping[str, str], translations: Translations
) -> Iterator[Provenance]:
    for key, layers in translations.messages.items():
        if wanted in _normalize(printed.get(key, "")) or wanted in _normalize(layers[-1].text):
            origins = tuple(trace_message(key, translations))
            yield Provenance("message", key, origins, translations.language)


UNMARKED = str.maketrans("", "", "*^~\\")
QUOTES = str.maketrans(dict.fromkeys("‘’‚‛′´`", "'") | dict.fromkeys("“”„‟″«»", '"'))


def _normalize(text: str) -> str:
    """Return a text without differences that a reader of the printed page does not know of."""
    plain = unicodedata.normalize("NFKC", text).replace("\u00ad", "").translate(QUOTES)
    return " ".join(plain.translate(UNMARKED).split()).casefold()


def trace_message(key: str, translations: Translations) -> Iterator[Origin]:
    """Yield the origins in layer order, fuzzy translations included."""
    tags = reversed(fallback_chain(translations.language))
    rank = {tag: at for at, tag in enumerate(tags, start=1)}
    usable = [
        Origin(one.layer.name, one.span, one.text) for one in translations.messages.get(key, ())
    ]
    fuzzy = [
        Origin(tag, one.span, one.text, fuzzy=True)
        for tag, one in translations.fuzzy_translations(key)
    ]

    def layer_rank(origin: Origin) -> int:
        return 0 if origin.layer == "source" else rank.get(origin.layer, len(rank) + 1)

    yield from sorted((*usable, *fuzzy), key=layer_rank)


def _trace_variable(name: str, workspace: Workspace, office: str | None) -> Iterator[Origin]:
    files = [("layout", LAYOUT_FILE)]
    if office:
        files.append((f"office {office}", f"{OFFICES}/{office}.yaml"))
    for layer, file in files:
        root = _read_mapping(workspace.project, file)
        facts = root.get("variables") if root else None
        value = facts.get(name) if isinstance(facts, yaml_tree.Mapping) else None
        if isinstance(value, yaml_tree.Scalar):
            yield Origin(layer, value.span, value.value)


def _read_mapping(project: Project, file: str) -> yaml_tree.Mapping | None:
    root, _ = yaml_tree.compose(project.read(file), project.label(file))
    return root if isinstance(root, yaml_tree.Mapping) else None


def _trace_image(path: str, workspace: Workspace, office: Office | None) -> Iterator[Origin]:
    uses = [
        ref for ref in references(workspace.layout) if isinstance(ref, Asset) and ref.path == path
    ]
    for ref in uses:
        yield Origin("layout", ref.span, _describe_file(ref, workspace.project))
    own = office.files.get(path) if office else None
    if uses and own and office:
        yield Origin(f"office {office.office}", own.span, _describe_file(own, workspace.project))


def _describe_file(ref: Asset, project: Project) -> str:
    name = project.asset(ref.path)
    return project.label(name) if name else f"{ref.path} (file not found)"
