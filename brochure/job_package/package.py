"""Make the package of an edition: build its PDFs, check it, describe it, and put all of it into one ZIP."""

from __future__ import annotations

import hashlib
import json
from collections.abc import Callable, Hashable, Iterator, Sequence
from dataclasses import replace

from brochure.api import (
    build_edition,
    lay_out_examples,
    make_sheets,
    open_job,
    shows_examples,
    write_pdf,
)
from brochure.batch.tasks import EditionTask
from brochure.build_values import Built, ImposedEdition, Job, LaidOut
from brochure.edition_checks import check_laid_out
from brochure.errors import InputError
from brochure.fast_dataclass import dataclass
from brochure.findings import Finding, Span, in_order
from brochure.impose import impose_project
from brochure.imposition.schemes import ImpositionOptions
from brochure.job_package.archive import write_zip
from brochure.job_package.sources import (
    BuildCommand,
    PackagedProject,
    collect_sources,
    list_font_files,
    write_lock,
)
from brochure.job_package.ticket import TicketSubject, describe_job
from brochure.job_package.ticket_text import describe_sources, write_ticket
from brochure.l10n.project_editions import EditionName
from brochure.preflight.session import load_profile
from brochure.prepress.output_conditions import SCREEN, OutputCondition, press_date
from brochure.project import Project, stated_epoch
from brochure.proof.page_images import render_pages

WriteReport = Callable[[Sequence[Finding], str, str], str]
"""Writes a preflight report as HTML: the findings, the name of what was checked, and that of the profile."""

THUMBNAIL_DPI = 50
SUFFIX = ".zip"


@dataclass(frozen=True)
class PackageOptions:
    """What is in the packages besides PDFs, preflight report, ticket and thumbnails.

    Attributes:
        write_report: Writes the preflight report.
        sources: True to add the files that an edition is made from.
        imposition: How to impose its sheets; None for no sheets.
    """

    write_report: WriteReport
    sources: bool = False
    imposition: ImpositionOptions | None = None


@dataclass(frozen=True, slots=True)
class PackageTask(EditionTask):
    """The package of an edition, as a task of a batch."""

    options: PackageOptions

    @property
    def identity(self) -> Hashable:
        """The office and the language."""
        return "package", self.name.office, self.name.language

    def build(self, job: Job, condition: OutputCondition, *, draft: bool) -> Built:
        """Make the package."""
        return make_package(job.project, self.name, condition, self.options, draft=draft)


def make_package(
    project: Project,
    name: EditionName,
    condition: OutputCondition,
    options: PackageOptions,
    *,
    draft: bool = False,
) -> Built:
    """Make the package of an edition.

    Args:
        project: The project.
        name: The office (empty for none) and the language; empty for the source language or the office's first.
        condition: The output condition of the press PDF.
        options: What is in the package.
        draft: True to package an edition with overset text and missing translations, or without approval; it is marked.

    Returns:
        The package, with all findings; without parts if the edition has errors.

    Raises:
        InputError: The layout, the copy or an asset is faulty.
    """
    packaged = PackagedProject(project)
    try:
        built = _Packaging(packaged, name, condition, options, draft).make()
    except InputError as failure:
        raise InputError(_relabel(failure.findings, project)) from None
    return replace(built, findings=tuple(_relabel(built.findings, project)))


def _relabel(findings: Sequence[Finding], project: Project) -> Iterator[Finding]:
    """Yield findings that name files as other commands do: by their paths from the current folder."""
    for one in findings:
        span = one.span
        yield (
            replace(one, span=Span(project.label(span.file), span.line, span.column))
            if span
            else one
        )


@dataclass(frozen=True)
class _Packaging:
    project: PackagedProject
    name: EditionName
    condition: OutputCondition
    options: PackageOptions
    is_draft: bool

    @property
    def edition(self) -> tuple[str | None, str | None]:
        """The language and the office."""
        return self.name.language or None, self.name.office or None

    def make(self) -> Built:
        """Make the package, unless the edition has errors."""
        # A job of its own, so that its catalogue knows the fonts of this edition only.
        job = open_job(self.project)
        made = lay_out_examples(job, *self.edition)
        imposed = make_sheets(job, made, self.condition, draft=self.is_draft)
        stem = _file_stem(made, is_draft=self.is_draft)
        findings = imposed.made.findings
        press = write_pdf(job, imposed)
        if not press.parts:
            return Built(f"{stem}_package", made.count, (), findings, SUFFIX)
        screen = build_edition(job, SCREEN, *self.edition, draft=self.is_draft)
        findings = in_order([*findings, *screen.findings])
        if not screen.parts:
            return Built(f"{stem}_package", made.count, (), findings, SUFFIX)
        pdfs = {f"{stem}_press.pdf": press.pdf, f"{stem}_screen.pdf": screen.pdf}
        files = dict(pdfs) | dict(_draw_thumbnails(screen.pdf))
        if self.options.imposition:
            sheets = self._impose(self.options.imposition)
            files[f"{stem}_sheets.pdf"] = sheets[0]
            findings = in_order([*findings, *sheets[1]])
        files |= self._describe(job, imposed, made, files, pdfs)
        date = press_date(made.edition.layout, self.condition.date)
        archive = write_zip({f"{stem}/{name}": data for name, data in files.items()}, date)
        return Built(f"{stem}_package", made.count, (archive,), findings, SUFFIX)

    def _impose(self, options: ImpositionOptions) -> tuple[bytes, tuple[Finding, ...]]:
        sheets = impose_project(self.project, options, *self.edition, date=self.condition.date)
        return sheets.pdf, sheets.findings

    def _describe(
        self,
        job: Job,
        imposed: ImposedEdition,
        made: LaidOut,
        files: dict[str, bytes],
        pdfs: dict[str, bytes],
    ) -> dict[str, bytes]:
        """Return the preflight report, the job ticket and, if wanted, the sources."""
        layout = made.edition.layout
        profile = load_profile(layout, self.project)
        findings = check_laid_out(made, profile, self.project, self.condition.date)
        date = press_date(layout, self.condition.date)
        report = self.options.write_report(findings, layout.brochure, profile.name)
        files = files | {"preflight.html": report.encode()}
        fonts = list_font_files(job.font_catalog.requested)
        ticket = describe_job(
            TicketSubject(
                imposed,
                self.project,
                date,
                fonts,
                findings,
                profile.name,
                files,
                self.options.imposition,
                self.is_draft,
            )
        )
        found = {"preflight.html": files["preflight.html"], "ticket.json": _as_json(ticket)}
        if not self.options.sources:
            return found | {"ticket.txt": write_ticket(ticket).encode()}
        command = self._command(made)
        text = write_ticket(ticket, describe_sources(command, fonts))
        digests = {name: hashlib.sha256(pdf).hexdigest() for name, pdf in pdfs.items()}
        sources = collect_sources(self.project, fonts) | write_lock(command, digests, fonts)
        return (
            found
            | {"ticket.txt": text.encode()}
            | {f"sources/{name}": data for name, data in sources.items()}
        )

    def _command(self, made: LaidOut) -> BuildCommand:
        office = made.edition.office
        return BuildCommand(
            made.edition.language,
            office.office if office else "",
            self.condition.date,
            stated_epoch(),
            self.condition.preflight,
            self.is_draft,
        )


def _file_stem(made: LaidOut, *, is_draft: bool) -> str:
    """Return the name of the package's folder, with which the names of its PDFs begin."""
    edition = made.edition
    parts = [edition.layout.brochure, edition.office.office if edition.office else ""]
    parts += [edition.language, "draft" * is_draft, "example" * shows_examples(made)]
    return "_".join(part for part in parts if part)


def _draw_thumbnails(pdf: bytes) -> Iterator[tuple[str, bytes]]:
    """Yield a small picture of each page, and the contact sheet."""
    for picture in render_pages(pdf, "png", THUMBNAIL_DPI):
        yield f"thumbnails/{picture.name}", picture.data


def _as_json(ticket: dict[str, object]) -> bytes:
    return (json.dumps(ticket, ensure_ascii=False, indent=2) + "\n").encode()
