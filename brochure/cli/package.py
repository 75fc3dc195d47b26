"""`brochure package`: put all that a printer needs of an edition into one ZIP."""

from __future__ import annotations

from pathlib import Path
from typing import TYPE_CHECKING, Annotated, Any

import typer

from brochure.choices import Scheme, Target
from brochure.cli._completion import complete_marks
from brochure.cli._editions import Executor, Whole, report_outcomes, run_tasks
from brochure.cli._options import Date, Draft, Folder, Json, Language, OfficeName, Out, Preflight
from brochure.cli._output import as_data, counted, echo, failure_as_data, say_json
from brochure.cli._target import read_target

if TYPE_CHECKING:
    from brochure.batch.shutdown import Shutdown
    from brochure.batch.tasks import Outcome
    from brochure.build_values import Job
    from brochure.imposition.schemes import ImpositionOptions
    from brochure.job_package.package import PackageOptions, PackageTask


def command(
    project: Folder = Path(),
    out: Out = Path("out"),
    lang: Language = None,
    office: OfficeName = None,
    every: Annotated[
        bool, typer.Option("--all", help="Package all editions: every office in all its languages.")
    ] = False,
    jobs: Annotated[
        int | None,
        typer.Option(min=1, help="With --all: number of worker processes (default: CPU cores)."),
    ] = None,
    sources: Annotated[
        bool,
        typer.Option(
            "--sources",
            help="Add the layout, copy, assets and fonts of the edition, with a lock of versions.",
        ),
    ] = False,
    impose: Annotated[
        Scheme | None,
        typer.Option(
            help="Add imposed sheets: a scheme of `brochure impose` (default: no sheets)."
        ),
    ] = None,
    paper: Annotated[
        str | None,
        typer.Option(
            help="With --impose: sheet size, such as SRA3 or '320 x 450 mm' (default: as large as needed)."
        ),
    ] = None,
    section: Annotated[
        int,
        typer.Option(
            "--signature-pages",
            min=0,
            help="With --impose: pages of a signature, e.g. 16 (0: all pages in one signature).",
        ),
    ] = 0,
    up: Annotated[
        int | None,
        typer.Option(
            "--up",
            help="With --impose sheetwise, work-and-turn or work-and-tumble: pages on each side of the sheet, 4, 8 or 16.",
        ),
    ] = None,
    marks: Annotated[
        str,
        typer.Option(
            help="With --impose: printer's marks: yes, no, or a list such as crop,fold.",
            autocompletion=complete_marks,
        ),
    ] = "yes",
    draft: Draft = False,
    date: Date = None,
    preflight: Preflight = None,
    json: Json = False,
) -> None:
    """Package an edition for the printer: one ZIP with all that the print shop needs.

    It contains the press PDF, the screen PDF, a preflight report, a job ticket as text and as JSON, and thumbnails.

    \b
    Example: package the sample, with its sources:
        brochure package layouts/proven-model --sources -o out

    \b
    Package all editions, with imposed sheets on SRA3:
        brochure package layouts/proven-model --all --impose booklet --paper SRA3 -o out

    \b
    An edition with errors, with preflight findings that stop press builds, or without a required approval is refused, as by
    `brochure build`; --draft and --preflight off package it nevertheless.

    \b
    Exit status: 0 packaged; 1 refused because of errors in the brochure; 2 invalid layout, copy or asset;
    64 invalid command line; 73 the file cannot be written; 130 interrupted by Ctrl-C.
    """
    # Imported here, so that --help and invalid command lines load nothing else.
    from brochure.api import open_job
    from brochure.batch.shutdown import Shutdown
    from brochure.batch.tasks import BatchJob
    from brochure.cli._html_report import format_findings
    from brochure.errors import UsageError
    from brochure.job_package.package import PackageOptions
    from brochure.project import project_at

    if every and (lang or office):
        raise UsageError("--all packages all editions: remove --lang and --office")
    imposition = _imposition(impose, paper, (section, up), marks)
    if draft and imposition:
        raise UsageError("--draft cannot be combined with --impose: remove one of them")
    condition = read_target(Target.PRESS, date, preflight)
    here = project_at(project)
    job = open_job(here)
    options = PackageOptions(format_findings, sources, imposition)
    tasks = _tasks(job, options, (lang, office), every=every)
    how = Whole(condition, out, None, draft, json)
    order = BatchJob(here, condition, out, draft)
    with Shutdown() as shutdown:
        stream = run_tasks(order, job, tasks, shutdown, Executor(jobs))
        outcomes = report_outcomes(stream, len(tasks), how)
    _conclude(outcomes, len(tasks), shutdown, how)


def _imposition(
    scheme: Scheme | None, paper: str | None, pages: tuple[int, int | None], marks: str
) -> ImpositionOptions | None:
    """Return how sheets are imposed; `pages` are those of a signature, and those on each side of a sheet."""
    from brochure.cli._imposition import read_marks, read_signature_pages, read_size, read_up
    from brochure.errors import UsageError
    from brochure.imposition.schemes import ImpositionOptions
    from brochure.imposition.signatures import SignatureOptions

    section, up = pages
    if scheme is None:
        if paper or section or up:
            raise UsageError("--paper, --signature-pages and --up need --impose SCHEME")
        return None
    if scheme is Scheme.GANG:
        raise UsageError(
            "--impose gang: an edition is one job; use 'brochure impose --scheme gang'"
        )
    return ImpositionOptions(
        scheme,
        read_size(paper),
        section=read_signature_pages(section),
        marks=read_marks(marks),
        signature=SignatureOptions(read_up(up, scheme, section)),
    )


def _tasks(
    job: Job, options: PackageOptions, edition: tuple[str | None, str | None], *, every: bool
) -> tuple[PackageTask, ...]:
    from brochure.job_package.package import PackageTask
    from brochure.l10n.project_editions import EditionName, list_editions

    if every:
        names = list_editions(job.project, job.layout)
        return tuple(PackageTask(name, options) for name in names)
    language, office = edition
    return (PackageTask(EditionName(office or "", language or ""), options),)


def _conclude(outcomes: list[Outcome], whole: int, shutdown: Shutdown, how: Whole) -> None:
    """Print how many editions were packaged, and exit with the highest status."""
    made = [outcome.exit_status for outcome in outcomes].count(0)
    counts = f"{made} of {counted(whole, 'edition')} packaged"
    packages = {"packages": [_data(outcome, how.out) for outcome in outcomes]}
    if shutdown.signal_received:
        stopped = f"interrupted: {counts}"
        if how.json:
            say_json({**failure_as_data(stopped), **packages})
        else:
            echo(stopped, err=True)
        raise typer.Exit(shutdown.exit_status)
    if how.json:
        say_json(packages)
    elif whole > 1:
        echo(counts)
    status = max((outcome.exit_status for outcome in outcomes), default=0)
    if status:
        raise typer.Exit(status)


def _data(outcome: Outcome, out: Path) -> dict[str, Any]:
    name: Any = outcome.task
    path = str(out / outcome.file)
    facts = {"path": path, "pages": outcome.pages, "bytes": outcome.size} if outcome.size else None
    return {
        "office": name.name.office or None,
        "language": name.name.language or None,
        "package": facts,
        "findings": [as_data(finding) for finding in outcome.findings],
        "failure": outcome.failure or None,
    }
