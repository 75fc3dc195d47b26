"""Values between the stages of a build: the open project, and an edition that is resolved, laid out, imposed and built."""

from __future__ import annotations

from dataclasses import field
from typing import TYPE_CHECKING

from brochure.choices import Target
from brochure.fast_dataclass import dataclass
from brochure.findings import Finding
from brochure.fonts.catalog import FontCatalog
from brochure.inputs import InputRecorder
from brochure.l10n.edition import Edition
from brochure.layout.thread_cache import make_thread_cache
from brochure.layout.threads import LayoutCache
from brochure.model.display_list import Page
from brochure.pdf.drawn_pages import make_page_cache
from brochure.prepress.edition_condition import EditionCondition
from brochure.prepress.output_conditions import OutputCondition
from brochure.project import Project
from brochure.spec.model import Layout

if TYPE_CHECKING:
    # The PDF writer and its sheets are not loaded for commands that only read and check.
    from brochure.imposition.sheets import Sheet
    from brochure.pdf.objects import Parts
    from brochure.pdf.page_cache import PageCache


@dataclass(frozen=True)
class Job:
    """A project with what all of its editions share: the layout, the fonts, and caches of set threads and drawn pages.

    `editions` are the resolved editions of mail-merge records, by language, office, target and number of records on a page;
    `checked` names the editions that have passed the preflight of a press build, `unapproved` the findings on pages of
    mail-merge editions that are not approved. `inputs` records what is read, if that is wanted.
    """

    project: Project
    layout: Layout
    layout_findings: tuple[Finding, ...]
    font_catalog: FontCatalog
    thread_cache: LayoutCache = field(default_factory=make_thread_cache)
    page_cache: PageCache = field(default_factory=make_page_cache)
    editions: dict[tuple[str | None, str | None, Target, int], ResolvedEdition] = field(
        default_factory=dict
    )
    checked: set[tuple[str, str | None]] = field(default_factory=set)
    unapproved: dict[tuple[str, str | None], tuple[Finding, ...]] = field(default_factory=dict)
    inputs: InputRecorder | None = None


@dataclass(frozen=True)
class ResolvedEdition:
    """A resolved edition without errors, its printing condition, and the findings so far."""

    edition: Edition
    work: EditionCondition
    findings: tuple[Finding, ...]


@dataclass(frozen=True)
class LaidOut:
    """An edition's composed pages and findings."""

    edition: Edition
    pages: tuple[Page, ...]
    findings: tuple[Finding, ...]
    work: EditionCondition

    @property
    def count(self) -> int:
        """The number of pages, without a spine."""
        return len(self.edition.layout.pages)


@dataclass(frozen=True)
class ImposedEdition:
    """A brochure on its sheets, ready to be drawn; no sheets if it has errors."""

    name: str
    made: LaidOut
    sheets: tuple[Sheet, ...]
    condition: OutputCondition


@dataclass(frozen=True)
class Built:
    """A finished brochure: its PDF, or the package with it, in parts; no parts if it has errors.

    `suffix` is that of the file.
    """

    name: str
    pages: int
    parts: Parts
    findings: tuple[Finding, ...]
    suffix: str = ".pdf"

    @property
    def size(self) -> int:
        """The size of the PDF in bytes."""
        return sum(map(len, self.parts))

    @property
    def pdf(self) -> bytes:
        """The PDF in one piece; empty if there is none."""
        return b"".join(self.parts)

    def __getstate__(self) -> dict[str, object]:
        """Return the state for another process, with the PDF in one piece: memory views cannot be pickled."""
        return {**self.__dict__, "parts": (self.pdf,) if self.parts else ()}
