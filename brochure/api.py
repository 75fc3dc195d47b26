"""The verbs in a row: read, resolve, set and make up, finish, paint.

Takes a project, a language, an office and an output condition; gives the PDF's bytes with all findings. Nothing is
decided here and nothing is written: the command line does that with what it is given.
"""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import field, replace
from functools import lru_cache

from brochure.blocks import KINDS
from brochure.errors import InputError
from brochure.fast_dataclass import dataclass
from brochure.findings import Finding, Span, has_errors, in_order
from brochure.fonts.catalog import FontCatalog
from brochure.imposition.finishing import finish
from brochure.imposition.sheets import Sheet
from brochure.l10n.edition import Edition, resolve
from brochure.l10n.personalization import Record, merge_record, report_examples
from brochure.l10n.project_editions import request_edition
from brochure.layout.pages import compose_pages
from brochure.layout.thread_cache import ThreadCache
from brochure.layout.threads import Standing
from brochure.model.display_list import Page
from brochure.pdf.document import render_parts
from brochure.pdf.metadata import DocumentInfo, Opening
from brochure.pdf.objects import Parts
from brochure.pdf.page_cache import PageCache
from brochure.prepress.edition_condition import EditionCondition, resolve_condition
from brochure.prepress.output_conditions import DEFAULT_DATE, OutputCondition
from brochure.prepress.transparency_flattening import flatten_page
from brochure.project import Project, source_date
from brochure.spec.model import Layout, Start
from brochure.spec.printing_condition import Standard
from brochure.spec.read import read

LAYOUT_FILE = "brochure.yaml"


DRAFTABLE = frozenset({"overflow", "line-too-wide", "translation-missing", "translation-fuzzy"})
"""What a draft may be made in spite of: it is marked on the page, where everybody sees it."""


@dataclass(frozen=True)
class Job:
    """A project with what all of its editions have in common: the layout as it was read, one shelf of fonts, and what stands.

    What was set and painted for one edition stands for the next: `type` by thread, `plates` by page. `told` are the
    editions that records were told in, by language and office.
    """

    project: Project
    layout: Layout
    said: tuple[Finding, ...]
    font_catalog: FontCatalog
    type: Standing = field(default_factory=ThreadCache)
    plates: PageCache = field(default_factory=PageCache)
    told: dict[tuple[str | None, str | None], ResolvedEdition] = field(default_factory=dict)


@dataclass(frozen=True)
class ResolvedEdition:
    """An edition with nothing left open, what it is printed on, and what there is to say so far: no error."""

    edition: Edition
    work: EditionCondition
    findings: tuple[Finding, ...]


@dataclass(frozen=True)
class LaidOut:
    """An edition, made up: its pages and what there is to say about them."""

    edition: Edition
    pages: tuple[Page, ...]
    findings: tuple[Finding, ...]
    work: EditionCondition

    @property
    def count(self) -> int:
        """How many pages there are; a spine is none."""
        return len(self.edition.layout.pages)


@dataclass(frozen=True)
class ImposedEdition:
    """A brochure on its sheets, to be painted. There are none where errors in the brochure forbid it."""

    name: str
    made: LaidOut
    sheets: tuple[Sheet, ...]
    condition: OutputCondition


@dataclass(frozen=True)
class Built:
    """A brochure, painted: its file in parts, of which there are none where errors in the brochure forbid it."""

    name: str
    pages: int
    parts: Parts
    findings: tuple[Finding, ...]

    @property
    def size(self) -> int:
        """The file's bytes."""
        return sum(map(len, self.parts))

    @property
    def pdf(self) -> bytes:
        """The file in one piece; empty where there is none."""
        return b"".join(self.parts)

    def __getstate__(self) -> dict[str, object]:
        """What is sent to another process: views cannot be."""
        return {**self.__dict__, "parts": (self.pdf,) if self.parts else ()}


def build(
    project: Project,
    condition: OutputCondition,
    language: str | None = None,
    office: str | None = None,
    *,
    draft: bool = False,
) -> Built:
    """The PDF of one edition; InputError where layout, copy or an asset is wrong.

    A brochure with errors in it (text that does not fit, a glyph that no font has, a message that nobody has translated) is
    not painted: its findings say why. A draft is painted all the same where the error can be shown on the page.
    """
    return build_edition(open_job(project), condition, language, office, draft=draft)


def open_job(project: Project, last: Job | None = None) -> Job:
    """The project, read once for all its editions; InputError with everything that is wrong in its layout.

    After a change on disk, what still holds of the `last` job is taken over; what comes out is the same with or without.
    """
    layout, said = read_layout(project)
    _stop_on_errors(said)
    named = _families(layout)
    if last and last.font_catalog.still_holds(project, system=layout.fonts.system):
        return replace(
            last, layout=layout, said=said, font_catalog=last.font_catalog.naming(named), told={}
        )
    font_catalog = FontCatalog(project, system=layout.fonts.system, named=named)
    return Job(project, layout, said, font_catalog)


def _families(layout: Layout) -> dict[str, Span]:
    """Where the layout first names each family of type."""
    styles = (*layout.paragraph_styles.values(), *layout.character_styles.values())
    named = [(style.font, style.span) for style in styles if style.font]
    for family in layout.fonts.fallback.values():
        named.append((family if isinstance(family, str) else family.family, layout.span))
    return dict(reversed(named))


def build_edition(
    job: Job,
    condition: OutputCondition,
    language: str | None = None,
    office: str | None = None,
    *,
    draft: bool = False,
) -> Built:
    """The PDF of one edition of a job; as `build`."""
    base = resolve_edition(job, language, office)
    examples = report_examples(base.edition)
    made = lay_out_edition(job, replace(base, findings=(*base.findings, *examples)))
    built = write_pdf(job, make_sheets(job, made, condition, draft=draft))
    # Nobody is to take an example for a person's own, not even who only sees the folder.
    return replace(built, name=f"{built.name}_example") if examples else built


def build_record(
    job: Job, condition: OutputCondition, record: Record, *, draft: bool = False
) -> Built:
    """The PDF of a record's own brochure; as `build`. Its number, or what its file is to be called, is in its name."""
    done = make_sheets(job, lay_out_record(job, record), condition, draft=draft)
    own = record.file + ("_draft" if draft else "")
    return replace(
        write_pdf(job, done), name=own if record.file else f"{done.name}_{record.number:06d}"
    )


def lay_out_record(job: Job, record: Record) -> LaidOut:
    """A record's own brochure, made up. What its edition is made from is read once for all of its records."""
    key = record.language, record.office
    if key not in job.told:
        job.told[key] = resolve_edition(job, *key)
    base = job.told[key]
    edition, found = merge_record(base.edition, record)
    _stop_on_errors(found)
    return lay_out_edition(job, replace(base, edition=edition))


def make_sheets(
    job: Job, made: LaidOut, condition: OutputCondition, *, draft: bool = False
) -> ImposedEdition:
    """A brochure that was made up, on its sheets."""
    condition = condition.on(made.work)
    if condition.tagged:
        shown = made.edition.layout.screen
        condition = condition.showing(shown.ppi, shown.quality)
    if condition.standard:
        made = prepare_for_press(made, job.project)
    name = _name(made.edition, condition) + ("_draft" if draft else "")
    forbidding = [one for one in made.findings if not (draft and one.code in DRAFTABLE)]
    if has_errors(forbidding):
        return ImposedEdition(name, made, (), condition)
    sheets = finish(made.edition, made.pages, condition, job.font_catalog)
    return ImposedEdition(name, made, sheets, condition)


def write_pdf(job: Job, done: ImposedEdition) -> Built:
    """The PDF of the sheets, where there are any."""
    made, parts = done.made, Parts()
    if done.sheets:
        info = document(made.edition, done.condition.date)
        parts = render_parts(done.sheets, info, done.condition, job.project, job.plates)
    return Built(done.name, made.count, parts, made.findings)


def _name(edition: Edition, condition: OutputCondition) -> str:
    office = (edition.office.office,) if edition.office else ()
    return "_".join((edition.layout.brochure, *office, edition.language, condition.name))


def lay_out(project: Project, language: str | None = None, office: str | None = None) -> LaidOut:
    """The placed pages of one edition; InputError where layout, copy or an asset is wrong."""
    job = open_job(project)
    return lay_out_edition(job, resolve_edition(job, language, office))


def resolve_edition(job: Job, language: str | None, office: str | None) -> ResolvedEdition:
    """An edition of a job, resolved; InputError where its copy or an asset is wrong."""
    asked = request_edition(job.project, job.layout, language, office)
    edition, missing = resolve(job.layout, job.project, asked)
    work, wrong = resolve_condition(edition.layout, edition.office, job.project)
    findings = [*job.said, *missing, *wrong]
    _stop_on_errors(findings)
    return ResolvedEdition(edition, work, tuple(findings))


def lay_out_edition(job: Job, base: ResolvedEdition) -> LaidOut:
    """The placed pages of an edition."""
    pages, found = compose_pages(base.edition, job.font_catalog, job.type)
    said = [*base.findings, *base.edition.unready, *found]
    return LaidOut(base.edition, pages, in_order(said), base.work)


def prepare_for_press(made: LaidOut, project: Project) -> LaidOut:
    """The edition as its press's standard wants it: with nothing see-through on its pages for x-1a."""
    if made.work.standard is not Standard.X1A:
        return made
    pages, found = flatten_page(made.pages, made.work.condition, project)
    return replace(made, pages=pages, findings=in_order([*made.findings, *found]))


def read_layout(project: Project) -> tuple[Layout, tuple[Finding, ...]]:
    """The project's layout; InputError with everything that is wrong in it."""
    label = project.label(LAYOUT_FILE)
    try:
        source = project.read(LAYOUT_FILE)
    except FileNotFoundError:
        wanted = f"there is no {LAYOUT_FILE} here"
        hint = "start a project with 'brochure new DIR', or name its folder"
        raise InputError([Finding("layout-missing", wanted, Span(label), hint)]) from None
    layout, findings = _read(source, label)
    if layout is None:
        raise InputError(findings)
    return layout, findings


@lru_cache(maxsize=8)
def _read(source: bytes, label: str) -> tuple[Layout | None, tuple[Finding, ...]]:
    return read(source, label, KINDS)


def _stop_on_errors(findings: Iterable[Finding]) -> None:
    if has_errors(findings):
        raise InputError(findings)


def document(edition: Edition, date: str = "") -> DocumentInfo:
    """Return the document properties of an edition's PDF; `date` is the one that the command line states, if any."""
    layout = edition.layout
    return DocumentInfo(
        title=edition.words(layout.title) or layout.brochure,
        language=edition.language,
        author=edition.words(layout.organisation),
        subject=edition.words(layout.subject),
        left_to_right=edition.left_to_right,
        opening=_opening(layout),
        date=press_date(layout, date),
    )


def press_date(layout: Layout, stated: str = "") -> str:
    """Return the date of a press PDF, as ISO 8601 in UTC.

    The date that the command line states comes first, then SOURCE_DATE_EPOCH, the layout's `date`, and the default date.
    """
    own = f"{layout.date}T00:00:00Z" if layout.date else ""
    return stated or source_date() or own or DEFAULT_DATE


def _opening(layout: Layout) -> Opening:
    if not layout.binding.bound or len(layout.pages) == 1:
        return Opening.SINGLE
    return Opening.IN_PAIRS if layout.first_page is Start.LEFT else Opening.COVER_ALONE
