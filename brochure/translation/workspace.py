"""The workspace: a project with what all of its editions have in common, and editions set in type.

Takes a project; gives `Workspace` (its layout, its source copy, one shelf of fonts for all) and `SetEdition`, an edition in its
frames with what did not fit. Stands between the pipeline's stages, which it calls in their order without painting, and
everything that the copy workspace says about messages.
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator

from brochure.api import read_layout
from brochure.errors import InputError
from brochure.fast_dataclass import dataclass
from brochure.findings import Finding, has_errors
from brochure.fonts.catalog import FontCatalog
from brochure.l10n.edition import Edition, EditionRequest, resolve
from brochure.l10n.message_file import Copy
from brochure.l10n.project_copy import read_source
from brochure.layout.copyfit import fit_thread
from brochure.layout.page_plan import plan
from brochure.layout.thread_findings import report, unplaced
from brochure.layout.threads import SetThread, Thread, threads
from brochure.model.display_list import GlyphRun, Item
from brochure.project import Project
from brochure.spec.model import Layout


@dataclass(frozen=True)
class Workspace:
    """A project on the copy workspace."""

    project: Project
    layout: Layout
    source: Copy
    font_catalog: FontCatalog


@dataclass(frozen=True)
class SetEdition:
    """An edition, set. `running` are its threads before they were set, `edition` has its styles as they were fitted."""

    edition: Edition
    running: tuple[Thread, ...]
    threads: tuple[SetThread, ...]
    findings: tuple[Finding, ...]

    @property
    def items(self) -> Iterator[Item]:
        """Everything that was set, in no page's order."""
        for each in self.threads:
            for column in each.flowed.items:
                yield from column

    def printed(self) -> frozenset[str]:
        """The keys of the messages that are set in type: not those that are read aloud or kept in the file."""
        spans = {item.glyphs.span for item in self.items if isinstance(item, GlyphRun)}
        left = {one.key for each in self.threads for one in each.flowed.overflows}
        stories = self.edition.stories.items()
        return frozenset(key for key, story in stories if story.span in spans or key in left)


def open_workspace(project: Project) -> Workspace:
    """The project on the workspace; InputError where its layout or its source copy is wrong."""
    layout, _ = read_layout(project)
    found: list[Finding] = []
    source = read_source(layout, project, found)
    if has_errors(found):
        raise InputError(found)
    return Workspace(project, layout, source, FontCatalog(project, system=layout.fonts.system))


def set_edition(workspace: Workspace, wanted: EditionRequest) -> SetEdition:
    """The edition in its frames; InputError where copy or an asset is wrong."""
    edition, missing = resolve(workspace.layout, workspace.project, wanted)
    if has_errors(missing):
        raise InputError(missing)
    return set_resolved_edition(workspace, edition, missing)


def set_resolved_edition(
    workspace: Workspace, edition: Edition, missing: Iterable[Finding] = ()
) -> SetEdition:
    """An edition that is resolved without errors, in its frames; `missing` is what was said of it before."""
    running = threads(edition.layout, plan(edition.layout, left_to_right=edition.left_to_right))
    work, done = fit_thread(edition, workspace.font_catalog, running)
    said = [finding for each in done for finding in report(each)]
    found = (*missing, *work.findings, *unplaced(edition.layout, running), *said)
    return SetEdition(work.edition, running, done, found)
