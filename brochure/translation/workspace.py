"""Open a project for translation work and typeset its editions without writing a PDF.

A `Workspace` holds what all editions share: the layout, the source copy and the font catalog.
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator

from brochure.api import read_layout
from brochure.errors import InputError
from brochure.fast_dataclass import dataclass
from brochure.findings import Finding, has_errors
from brochure.fonts.catalog import FontCatalog
from brochure.l10n.assets import Assets
from brochure.l10n.catalogue import Catalogue
from brochure.l10n.copy_files import catalogue_file, read_catalogue, read_source
from brochure.l10n.edition import Edition, resolve
from brochure.l10n.edition_layout import load_layout
from brochure.l10n.message_file import Copy
from brochure.l10n.office import Office, load_office
from brochure.l10n.office_copy import select_office_source
from brochure.l10n.translations import Translations
from brochure.layout.page_plan import plan
from brochure.layout.page_references import settle_references
from brochure.layout.thread_findings import thread_findings, unplaced_stories
from brochure.layout.threads import SetThread, Thread, threads
from brochure.model.display_list import GlyphRun, Item
from brochure.model.missing_glyphs import merge_missing_glyphs
from brochure.project import Project
from brochure.spec.model import Layout
from brochure.translation.result_cache import ResultCache


@dataclass(frozen=True)
class Workspace:
    """An opened project with everything that its editions share.

    `source` is the copy that catalogues translate: that of the brochure, or an office's own if `office` is set.
    """

    project: Project
    layout: Layout
    source: Copy
    font_catalog: FontCatalog
    results: ResultCache
    office: Office | None = None

    def catalogue_file(self, language: str) -> str:
        """Return the path in the project of a language's catalogue."""
        return catalogue_file(language, self.office.office if self.office else None)

    def read_catalogue(self, language: str) -> Catalogue | None:
        """Return a language's catalogue, or None if there is none; InputError if it cannot be read."""
        return read_catalogue(self.project, language, self.office.office if self.office else None)

    def load_translations(self, language: str | None) -> Translations:
        """Return the translations of an edition in a language, of the office if there is one."""
        office = self.office.office if self.office else None
        return Translations.load(self.project, self.layout, language, office)

    def resolve_edition(self, translations: Translations) -> tuple[Edition, tuple[Finding, ...]]:
        """Resolve an edition with the images of its office."""
        layout = load_layout(self.project, self.layout, translations)
        return resolve(layout, translations, Assets.load(self.project, layout, translations.office))


@dataclass(frozen=True)
class SetEdition:
    """A typeset edition.

    `unset_threads` are its threads before typesetting, `threads` after it; `edition` has its styles after copyfitting.
    """

    edition: Edition
    unset_threads: tuple[Thread, ...]
    threads: tuple[SetThread, ...]
    findings: tuple[Finding, ...]

    @property
    def items(self) -> Iterator[Item]:
        """Yield all typeset items, in no particular page order."""
        for each in self.threads:
            for column in each.flowed.items:
                yield from column

    def printed(self) -> frozenset[str]:
        """Return the keys of the messages that are printed, unlike alternative text and document metadata."""
        origins = {item.glyphs.origin for item in self.items if isinstance(item, GlyphRun)}
        keys = {origin.key for origin in origins if origin}
        overset = {one.key for each in self.threads for one in each.flowed.overflows}
        return frozenset(key for key in self.edition.stories if key in keys or key in overset)


def open_workspace(project: Project, office: str | None = None) -> Workspace:
    """Open a project, for the copy of the brochure or of an office.

    Raises:
        InputError: The layout, the source copy or the office's file has errors.
        UsageError: The project has no such office.
    """
    results = ResultCache(project)
    recorded = results.recorder.shared
    layout, _ = read_layout(recorded)
    source, findings = read_source(recorded, layout)
    if has_errors(findings):
        raise InputError(findings)
    fonts = FontCatalog(recorded, system=layout.fonts.system)
    if office is None:
        return Workspace(project, layout, source, fonts, results)
    own = load_office(recorded, office)
    return Workspace(project, layout, select_office_source(own, source), fonts, results, own)


def set_edition(workspace: Workspace, translations: Translations) -> SetEdition:
    """Resolve and typeset an edition; InputError if its copy or an asset has errors."""
    edition, findings = workspace.resolve_edition(translations)
    if has_errors(findings):
        raise InputError(findings)
    return set_resolved_edition(workspace, edition, findings)


def set_resolved_edition(
    workspace: Workspace, edition: Edition, earlier: Iterable[Finding] = ()
) -> SetEdition:
    """Typeset an edition that was resolved without errors; `earlier` findings are added to the result's."""
    unset = threads(edition.layout, plan(edition.layout, left_to_right=edition.left_to_right))
    context, done = settle_references(edition, workspace.font_catalog, unset)
    reports = [finding for each in done for finding in thread_findings(each)]
    glyphs = merge_missing_glyphs(context.missing, workspace.font_catalog)
    unplaced = unplaced_stories(edition.layout, unset)
    findings = (*earlier, *context.findings, *unplaced, *glyphs, *reports)
    return SetEdition(context.edition, unset, done, findings)
