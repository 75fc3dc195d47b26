"""Every edition of a project, for `build --all`: each is said in its order as soon as it and those before it are done.

Takes a project and how its editions are to be built; writes the PDFs and says what came of each, or one JSON document. The
exit status is that of the worst of them. What was finished before Ctrl-C is said and kept.
"""

from __future__ import annotations

import sys
from collections.abc import Iterator
from pathlib import Path
from typing import TYPE_CHECKING, Any

import typer

from brochure.cli._output import (
    as_data,
    counted,
    failure_as_data,
    say_findings,
    say_json,
    size_in_words,
    summarize_findings,
)
from brochure.cli._previews import (
    Paths,
    PreviewWriter,
    pictures_data,
    say_pictures,
    written_pictures,
)
from brochure.cli._progress import Progress
from brochure.fast_dataclass import dataclass

if TYPE_CHECKING:  # the command line alone may
    from brochure.api import Built, Job
    from brochure.batch.shutdown import Shutdown
    from brochure.batch.tasks import BatchJob, Done, Outcome, Task
    from brochure.prepress.output_conditions import OutputCondition
    from brochure.project import DiskProject


@dataclass(frozen=True, slots=True)
class Executor:
    """Who does the work: so many processes of this machine, or the cluster whose scheduler is at an address."""

    jobs: int | None = None
    cluster: str | None = None


@dataclass(frozen=True, slots=True)
class Whole:
    """How all editions are built: for what, where the files and the pictures go, whether as drafts and said as data."""

    condition: OutputCondition
    out: Path
    pictures: PreviewWriter | None
    draft: bool
    json: bool


def build_all(project: DiskProject, how: Whole, hands: Executor) -> None:
    """Every edition; then how many there are."""
    from brochure.api import open_job
    from brochure.batch.shutdown import Shutdown
    from brochure.batch.tasks import BatchJob, edition_tasks

    job = open_job(project)
    tasks = edition_tasks(job)
    also = PreviewOptions(project, how.pictures) if how.pictures else None
    order = BatchJob(project, how.condition, how.out, how.draft, also)
    with Shutdown() as bell:
        outcomes = _said(stream(order, job, tasks, bell, hands), len(tasks), how)
    _conclude(outcomes, len(tasks), bell, how)


def stream(
    order: BatchJob, job: Job, tasks: tuple[Task, ...], bell: Shutdown, hands: Executor
) -> Iterator[Done]:
    """The way of working that is wanted: on a cluster, in processes, or here, where there is only one task or core."""
    from brochure.project import usable_cores

    if hands.cluster:
        from brochure.batch.cluster import build_on_cluster

        return build_on_cluster(hands.cluster, order, job, tasks, bell)
    jobs = min(hands.jobs or usable_cores(), len(tasks))
    if jobs > 1:
        from brochure.batch.processes import build_in_processes

        return build_in_processes(order, job, tasks, bell, jobs)
    from brochure.batch.tasks import build_sequentially

    return build_sequentially(order, job, tasks, bell)


def _said(stream: Iterator[Done], whole: int, how: Whole) -> list[Outcome]:
    """What was done, in the order of the tasks. Each is said when its turn comes; the bar counts it at once."""
    from brochure.project import seconds

    began = seconds()
    progress = Progress(whole, sys.stderr, wanted=not how.json)
    done: dict[int, Outcome] = {}
    said = 0
    progress.show(0, 0.0)
    for at, outcome in stream:
        done[at] = outcome
        while said in done:
            with progress.aside():
                _say(done[said], how)
            said += 1
        progress.show(len(done), seconds() - began)
    progress.end()
    for at in sorted(done):
        if at >= said:  # those that one before them, stopped, had kept waiting
            _say(done[at], how)
    return [done[at] for at in sorted(done)]


def _conclude(outcomes: list[Outcome], whole: int, bell: Shutdown, how: Whole) -> None:
    """How many were built, or were until somebody stopped it; and the exit status of the worst."""
    built = [outcome.exit_status for outcome in outcomes].count(0)
    editions = {"editions": [_data(outcome, how.out) for outcome in outcomes]}
    if bell.signal_received:
        stopped = f"stopped: {built} of {counted(whole, 'edition')} were built"
        if how.json:
            say_json({**failure_as_data(stopped), **editions})
        else:
            typer.echo(stopped, err=True)
        raise typer.Exit(bell.exit_status)
    if how.json:
        say_json(editions)
    else:
        typer.echo(f"{built} of {counted(whole, 'edition')} built")
    status = max((outcome.exit_status for outcome in outcomes), default=0)
    if status:
        raise typer.Exit(status)


# One of them


def _say(outcome: Outcome, how: Whole) -> None:
    """What there is to say about an edition, and where it is."""
    if how.json:
        return
    say_findings(outcome.findings)
    if outcome.size:
        pages, size = counted(outcome.pages, "page"), size_in_words(outcome.size)
        typer.echo(f"{how.out / outcome.file}  {pages}  {size}  {outcome.took:.2f} s")
    else:
        reason = outcome.failure or summarize_findings(outcome.findings)
        named = how.out / outcome.file if outcome.name else outcome.task
        typer.echo(f"{named}: not built: {reason}", err=True)
    say_pictures(outcome.also)


def _data(outcome: Outcome, out: Path) -> dict[str, Any]:
    office, language = _edition(outcome.task)
    path = str(out / outcome.file)
    facts = {"path": path, "pages": outcome.pages, "bytes": outcome.size} if outcome.size else None
    return {
        "office": office,
        "language": language,
        "built": facts,
        "findings": [as_data(finding) for finding in outcome.findings],
        "failure": outcome.failure or None,
        **pictures_data(outcome.also),
    }


def _edition(task: Task) -> tuple[str | None, str | None]:
    """The office and the language of an edition."""
    from brochure.batch.tasks import EditionTask

    if isinstance(task, EditionTask):
        return task.name.office or None, task.name.language
    return None, None


@dataclass(frozen=True, slots=True)
class PreviewOptions:
    """What makes the pictures of an edition; it goes to whichever process builds it."""

    project: DiskProject
    gallery: PreviewWriter

    def __call__(self, task: Task, built: Built) -> Paths:
        """Writes them; gives their paths."""
        office, language = _edition(task)
        return written_pictures(self.project, built, language, office, self.gallery)
