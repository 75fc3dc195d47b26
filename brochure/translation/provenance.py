"""Origins: which file and line each word, fact and picture of an edition came from.

Takes a workspace, a language, an office and a name; gives what each layer says, in the order in which they speak, and which of
them is printed. Translations that wait for their translator are named too, since people look for them.
"""

from __future__ import annotations

from collections.abc import Iterator

from brochure.api import LAYOUT_FILE
from brochure.errors import UsageError
from brochure.fast_dataclass import dataclass
from brochure.findings import Span, nearest
from brochure.l10n.catalogue_merge import merge_source
from brochure.l10n.edition import Edition, EditionRequest, resolve
from brochure.l10n.language_tags import fallback_chain
from brochure.l10n.project_editions import OFFICES, request_edition
from brochure.l10n.references import references
from brochure.project import Project
from brochure.spec import yaml_tree
from brochure.spec.values import Asset
from brochure.translation.workspace import Workspace


@dataclass(frozen=True, slots=True)
class Origin:
    """What one layer says of a name; the last that is not `waiting` is printed."""

    layer: str
    span: Span
    text: str
    waiting: bool = False


@dataclass(frozen=True, slots=True)
class Provenance:
    """All that is said of a name: `kind` is message, fact or picture."""

    kind: str
    name: str
    said: tuple[Origin, ...]

    @property
    def printed(self) -> Origin | None:
        """The one that wins."""
        speaking = [one for one in self.said if not one.waiting]
        return speaking[-1] if speaking else None


def find_provenance(
    workspace: Workspace, name: str, language: str | None, office: str | None
) -> Provenance:
    """Where a message, a fact or a picture comes from; UsageError where the project knows no such name."""
    asked = request_edition(workspace.project, workspace.layout, language, office)
    edition, _ = resolve(workspace.layout, workspace.project, asked)
    kinds = (
        ("message", tuple(_of_message(name, edition, asked))),
        ("fact", tuple(_of_fact(name, workspace, office))),
        ("picture", tuple(_of_picture(name, workspace, asked))),
    )
    for kind, said in kinds:
        if said:
            return Provenance(kind, name, said)
    pictures = (ref.path for ref in references(workspace.layout) if isinstance(ref, Asset))
    known = (*workspace.source.entries, *edition.facts, *pictures)
    hint = nearest(name, known)
    raise UsageError(f"{name}: there is no such message, fact or picture ({hint})")


def _of_message(key: str, edition: Edition, asked: EditionRequest) -> Iterator[Origin]:
    """The layers in their order; a translation that waits stands where it would speak."""
    rank = {tag: at for at, tag in enumerate(reversed(fallback_chain(edition.language)), start=1)}
    said = [Origin(one.layer, one.span, one.text) for one in edition.layers.candidates(key)]
    waiting = [
        Origin(tag, one.span, one.text, waiting=True)
        for tag, catalogue in asked.catalogues.items()
        if (one := merge_source(edition.layers.source, catalogue).entries.get(key))
        and one.fuzzy
        and one.text
    ]

    def place(origin: Origin) -> int:
        return 0 if origin.layer == "source" else rank.get(origin.layer, len(rank) + 1)

    yield from sorted((*said, *waiting), key=place)


def _of_fact(name: str, workspace: Workspace, office: str | None) -> Iterator[Origin]:
    files = [("layout", LAYOUT_FILE)]
    if office:
        files.append((f"office {office}", f"{OFFICES}/{office}.yaml"))
    for layer, file in files:
        root = _root(workspace.project, file)
        facts = root.get("variables") if root else None
        value = facts.get(name) if isinstance(facts, yaml_tree.Mapping) else None
        if isinstance(value, yaml_tree.Scalar):
            yield Origin(layer, value.span, value.value)


def _root(project: Project, file: str) -> yaml_tree.Mapping | None:
    root, _ = yaml_tree.compose(project.read(file), project.label(file))
    return root if isinstance(root, yaml_tree.Mapping) else None


def _of_picture(path: str, workspace: Workspace, asked: EditionRequest) -> Iterator[Origin]:
    named = [
        ref for ref in references(workspace.layout) if isinstance(ref, Asset) and ref.path == path
    ]
    for ref in named:
        yield Origin("layout", ref.span, _file(ref, workspace.project))
    own = asked.office.pictures.get(path) if asked.office else None
    if named and own and asked.office:
        yield Origin(f"office {asked.office.office}", own.span, _file(own, workspace.project))


def _file(ref: Asset, project: Project) -> str:
    name = project.asset(ref.path)
    return project.label(name) if name else f"{ref.path} (there is no such file)"
