"""Build editions: read the layout, resolve the copy, set and lay out pages, arrange sheets, write the PDF.

Nothing is written to disk here.
"""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import replace
from functools import lru_cache
from itertools import chain
from typing import TYPE_CHECKING

from brochure.blocks import KINDS
from brochure.build_values import Built, ImposedEdition, Job, LaidOut, ResolvedEdition
from brochure.choices import Target
from brochure.errors import InputError
from brochure.findings import Finding, Span, has_errors, in_order
from brochure.fonts.catalog import FontCatalog
from brochure.inputs import InputRecorder
from brochure.l10n.assets import Assets, load_record_pictures
from brochure.l10n.edition import Edition, resolve
from brochure.l10n.edition_conditions import check_conditions
from brochure.l10n.edition_layout import load_layout
from brochure.l10n.personalization import EXAMPLES, Record, merge_record, report_examples
from brochure.l10n.project_editions import EditionName, find_misnamed_files, name_file
from brochure.l10n.translations import Translations
from brochure.layout.artwork_ahead import begin_converting, begin_reading
from brochure.layout.pages import compose_pages
from brochure.prepress.edition_condition import resolve_condition
from brochure.prepress.output_conditions import OutputCondition, press_date
from brochure.project import Project
from brochure.spec.model import Layout
from brochure.spec.printing_condition import PreflightStop, Standard
from brochure.spec.read import read

if TYPE_CHECKING:
    from brochure.imposition.sheets import Sheet
    from brochure.pdf.objects import Parts
    from brochure.pdf.page_stamp import PageStamp

LAYOUT_FILE = "brochure.yaml"
LOCK_FILE = "brochure-lock.json"
"""The versions that a package's sources were built with."""

DRAFTABLE = frozenset(
    {
        "overflow",
        "line-too-wide",
        "block-too-wide",
        "translation-missing",
        "translation-fuzzy",
        "translation-outdated",
    }
)
"""Errors in spite of which a draft is built; they are marked on the page."""


CHECK_ONLY = frozenset({"line-loose"})
"""Findings that `brochure check` reports, but not a build: too many of them are a matter of taste."""


def build(
    project: Project,
    condition: OutputCondition,
    language: str | None = None,
    office: str | None = None,
    *,
    draft: bool = False,
) -> Built:
    """Build the PDF of one edition.

    An edition with errors (overset text, missing glyphs, missing translations) is not written: `Built.parts` is empty and the
    findings say why. A draft is written nevertheless, if the errors can be marked on the page.

    Raises:
        InputError: the layout, the copy or an asset is faulty.
    """
    return build_edition(open_job(project), condition, language, office, draft=draft)


def open_job(project: Project, last: Job | None = None) -> Job:
    """Read a project once for all its editions.

    What is unchanged since the `last` job is reused; the result is the same with or without it.

    Raises:
        InputError: the layout has errors.
    """
    layout, layout_findings = read_layout(project)
    checked = (*check_conditions(project, layout), *_check_lock(project))
    layout_findings = (*layout_findings, *checked, *find_misnamed_files(project))
    _stop_on_errors(layout_findings)
    families = _families(layout)
    if last and last.font_catalog.still_holds(project, system=layout.fonts.system):
        return replace(
            last,
            layout=layout,
            layout_findings=layout_findings,
            font_catalog=last.font_catalog.naming(families),
            editions={},
            checked=set(),
            unapproved={},
        )
    font_catalog = FontCatalog(project, system=layout.fonts.system, named=families)
    return Job(project, layout, layout_findings, font_catalog)


def _check_lock(project: Project) -> tuple[Finding, ...]:
    """Return a warning if the project has a lock of versions and others are installed."""
    try:
        data = project.read(LOCK_FILE)
    except FileNotFoundError:
        return ()
    # Imported here: only the sources of a package have a lock.
    from brochure.system.version_lock import check_lock

    return tuple(check_lock(data, project.label(LOCK_FILE)))


def open_recorded_job(project: Project) -> Job:
    """Read a project for a batch, which records what each brochure reads; see `open_job`."""
    inputs = InputRecorder(project)
    return replace(open_job(inputs.shared), project=project, inputs=inputs)


def _families(layout: Layout) -> dict[str, Span]:
    """Return where the layout first names each font family."""
    styles = (*layout.paragraph_styles.values(), *layout.character_styles.values())
    variants = chain(styles, *(style.in_.values() for style in styles))
    families = [(style.font, style.span) for style in variants if style.font]
    for family in layout.fonts.fallback.values():
        families.append((family if isinstance(family, str) else family.family, layout.span))
    return dict(reversed(families))


def build_edition(
    job: Job,
    condition: OutputCondition,
    language: str | None = None,
    office: str | None = None,
    *,
    draft: bool = False,
) -> Built:
    """Build the PDF of one edition of an open project; see `build`."""
    made = lay_out_examples(job, language, office, Target(condition.name))
    built = write_pdf(job, make_sheets(job, made, condition, draft=draft))
    # Examples of personal brochures are marked in the file name too.
    return replace(built, name=f"{built.name}_example") if shows_examples(made) else built


def lay_out_examples(
    job: Job, language: str | None, office: str | None, target: Target = Target.PRESS
) -> LaidOut:
    """Lay out one edition of an open project; a note says so if merge fields show their examples."""
    base = resolve_edition(job, language, office, target)
    examples = report_examples(base.edition)
    return lay_out_edition(job, replace(base, findings=(*base.findings, *examples)))


def shows_examples(made: LaidOut) -> bool:
    """Return True if merge fields of the edition show their examples."""
    return any(one.code == EXAMPLES for one in made.findings)


def build_record(
    job: Job, condition: OutputCondition, record: Record, *, draft: bool = False
) -> Built:
    """Build the PDF of a mail-merge record; its number or file name is part of the name. See `build`."""
    made = lay_out_record(job, record, Target(condition.name))
    imposed = make_sheets(job, made, condition, draft=draft)
    file = record.file + ("_draft" if draft else "")
    name = file if record.file else f"{imposed.name}_{record.number:06d}"
    return replace(write_pdf(job, imposed), name=name)


def lay_out_record(job: Job, record: Record, target: Target = Target.PRESS) -> LaidOut:
    """Lay out the brochure of a mail-merge record; its edition is resolved once for all records."""
    key = record.language, record.office, target, len(record.members)
    if key not in job.editions:
        slots = len(record.members) or None
        job.editions[key] = resolve_edition(
            job, record.language, record.office, target, records=slots
        )
    base = job.editions[key]
    edition, found = merge_record(base.edition, record)
    findings = list(found)
    fields = {name: str(value) for name, value in record.values.items()}
    pictures, vectors = load_record_pictures(job.project, edition.layout, fields, findings)
    _stop_on_errors(findings)
    if pictures or vectors:
        pictures, vectors = {**edition.pictures, **pictures}, {**edition.vectors, **vectors}
        edition = replace(edition, pictures=pictures, vectors=vectors)
    return _lay_out(job, replace(base, edition=edition))


def make_sheets(
    job: Job, made: LaidOut, condition: OutputCondition, *, draft: bool = False
) -> ImposedEdition:
    """Arrange a laid-out brochure on sheets."""
    # Imported here, as in the functions below: commands that only check do not load the sheets and the PDF writer.
    from brochure.imposition.finishing import finish

    condition = condition.on(made.work)
    made = replace(made, findings=tuple(one for one in made.findings if one.code not in CHECK_ONLY))
    if condition.standard and not draft:
        made = _check_approval(job, made)
    if condition.tagged:
        screen = made.edition.layout.screen
        condition = condition.showing(screen.ppi, screen.quality)
    if condition.standard:
        made = prepare_for_press(made, job.project)
    begin_converting(made.pages, made.edition, condition, job.project)
    if condition.standard and not draft:
        made = _check_for_press(job, made, condition)
    name = _name(made.edition, condition)
    name += ("_numbered" if condition.is_numbered else "") + ("_draft" if draft else "")
    broken = made.edition.broken if draft else ()
    blocking = [
        one for one in made.findings if not (draft and (one.code in DRAFTABLE or one in broken))
    ]
    if has_errors(blocking):
        return ImposedEdition(name, made, (), condition)
    sheets = finish(made.edition, made.pages, condition, job.font_catalog)
    return ImposedEdition(name, made, sheets, condition)


def write_pdf(job: Job, imposed: ImposedEdition) -> Built:
    """Write the PDF of the sheets, if there are any."""
    from brochure.pdf.document import render_parts
    from brochure.pdf.metadata import describe_document

    made = imposed.made
    parts: Parts = ()
    if imposed.sheets:
        info = describe_document(made.edition, imposed.condition.date)
        if imposed.condition.tagged:
            info = replace(info, stamps=stamp_pages(made, job.project, imposed.sheets))
        parts = render_parts(imposed.sheets, info, imposed.condition, job.project, job.page_cache)
    return Built(imposed.name, made.count, parts, made.findings)


def stamp_pages(
    made: LaidOut, project: Project, sheets: Iterable[Sheet] = ()
) -> tuple[PageStamp, ...]:
    """Return the stamps of an edition's pages, which say what is placed on them, and of the other pages on sheets."""
    from brochure.approval.page_digest import digest_page
    from brochure.pdf.page_stamp import KEY_LIST, PageStamp

    name, brochure = edition_name(made.edition), made.edition.layout.brochure
    digests = {page.number: digest_page(page, project) for page in made.pages[: made.count]}
    others = {placed.page.number for sheet in sheets for placed in sheet.placed} - digests.keys()
    digests |= dict.fromkeys(sorted(others), KEY_LIST)
    return tuple(PageStamp(brochure, name, page, digest) for page, digest in digests.items())


def edition_name(edition: Edition) -> str:
    """Return the name of an edition: its language, or its office and language (`cambodia/km`)."""
    office = (edition.office.office,) if edition.office else ()
    return "/".join((*office, edition.language))


def _name(edition: Edition, condition: OutputCondition) -> str:
    office = edition.office.office if edition.office else ""
    return name_file(edition.layout.brochure, EditionName(office, edition.language), condition.name)


def lay_out(
    project: Project,
    language: str | None = None,
    office: str | None = None,
    target: Target = Target.PRESS,
) -> LaidOut:
    """Lay out one edition of a project; raise `InputError` if the layout, the copy or an asset is faulty."""
    job = open_job(project)
    return lay_out_edition(job, resolve_edition(job, language, office, target))


def resolve_edition(
    job: Job,
    language: str | None,
    office: str | None,
    target: Target = Target.PRESS,
    *,
    records: int | None = None,
) -> ResolvedEdition:
    """Resolve an edition of an open project; raise `InputError` if its copy or an asset is faulty.

    `records` is how many records of a mail merge are on a page, if the layout has a grid of records.
    """
    translations = Translations.load(job.project, job.layout, language, office)
    layout = load_layout(job.project, job.layout, translations, target, records)
    assets = Assets.load(job.project, layout, translations.office)
    return resolve_loaded(job, layout, translations, assets)


def resolve_loaded(
    job: Job, layout: Layout, translations: Translations, assets: Assets
) -> ResolvedEdition:
    """Resolve an edition whose files were read; raise `InputError` if its copy or an asset is faulty.

    `layout` is that of the edition, without conditions (`load_layout`).
    """
    edition, missing = resolve(layout, translations, assets)
    work, wrong = resolve_condition(edition.layout, edition.office, job.project)
    findings = [*job.layout_findings, *missing, *wrong]
    _stop_on_errors(findings)
    return ResolvedEdition(edition, work, tuple(findings))


def lay_out_edition(job: Job, base: ResolvedEdition) -> LaidOut:
    """Lay out a resolved edition."""
    begin_reading(base.edition)
    return _lay_out(job, base)


def _lay_out(job: Job, base: ResolvedEdition) -> LaidOut:
    pages, found = compose_pages(base.edition, job.font_catalog, job.thread_cache)
    findings = [*base.findings, *base.edition.unready, *base.edition.broken, *found]
    return LaidOut(base.edition, pages, in_order(findings), base.work)


def prepare_for_press(made: LaidOut, project: Project) -> LaidOut:
    """Adapt an edition to the standard of its press PDF: flatten transparency for PDF/X-1a."""
    if made.work.standard is not Standard.X1A:
        return made
    # Imported here: other standards keep transparency.
    from brochure.prepress.transparency_flattening import flatten_page

    pages, found = flatten_page(made.pages, made.work.condition, project)
    return replace(made, pages=pages, findings=in_order([*made.findings, *found]))


def _check_for_press(job: Job, made: LaidOut, condition: OutputCondition) -> LaidOut:
    """Return the edition with the preflight findings that stop its press build; once for all records of a mail merge."""
    edition = made.edition
    key = edition.language, edition.office.office if edition.office else None
    if condition.preflight == PreflightStop.OFF.value or key in job.checked:
        return made
    # Imported here, since most commands do not build for the press.
    from brochure.preflight.session import PressPages, check_before_build

    date = press_date(edition.layout, condition.date)
    subject = PressPages(edition, made.pages, made.work, job.project, date)
    found = check_before_build(subject, condition.preflight)
    if not found:
        job.checked.add(key)
    return replace(made, findings=in_order([*made.findings, *found]))


def _check_approval(job: Job, made: LaidOut) -> LaidOut:
    """Return the edition with the findings on pages that are not approved, if the layout demands approval.

    The brochures of a mail merge have the approval of their edition with its examples.
    """
    from brochure.approval.press_approval import find_unapproved, is_approval_required

    edition = made.edition
    if not is_approval_required(edition):
        return made
    merged = (
        one for one in job.editions.values() if one.edition.translations is edition.translations
    )
    base = next(merged, None)
    if base is None:
        found = find_unapproved(edition, made.pages, job.project)
    else:
        key = edition.language, edition.office.office if edition.office else None
        if key not in job.unapproved:
            if base.edition.layout.record_slots:  # approved with as many examples as fit on a page
                base = resolve_edition(job, *key)
            pages = lay_out_edition(job, base).pages
            job.unapproved[key] = find_unapproved(base.edition, pages, job.project)
        found = job.unapproved[key]
    return replace(made, findings=in_order([*made.findings, *found]))


def read_layout(project: Project) -> tuple[Layout, tuple[Finding, ...]]:
    """Read the project's layout; raise `InputError` with all errors in it."""
    label = project.label(LAYOUT_FILE)
    try:
        source = project.read(LAYOUT_FILE)
    except FileNotFoundError:
        message = f"{LAYOUT_FILE} not found in this folder"
        hint = "start a project with 'brochure new DIR', or name the project's folder"
        raise InputError([Finding("layout-missing", message, Span(label), hint)]) from None
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
