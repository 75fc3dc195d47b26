"""Build all editions of a project, for `build --all`.

Results are printed in the order of the editions, as soon as an edition and those before it are done. The exit status is the
highest of all editions. After Ctrl-C, finished editions are kept and reported.
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
    echo,
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

if TYPE_CHECKING:
    from brochure.api import Built, Job
    from brochure.batch.shutdown import Shutdown
    from brochure.batch.tasks import BatchJob, Done, Outcome, Task
    from brochure.prepress.output_conditions import OutputCondition
    from brochure.project import DiskProject


@dataclass(frozen=True, slots=True)
class Executor:
    """Where tasks run: in `jobs` processes of this machine, or on the Dask cluster with this scheduler address."""

    jobs: int | None = None
    cluster: str | None = None


@dataclass(frozen=True, slots=True)
class Whole:
    """Options common to all editions of a build."""

    condition: OutputCondition
    out: Path
    pictures: PreviewWriter | None
    draft: bool
    json: bool


def build_all(project: DiskProject, how: Whole, hands: Executor) -> None:
    """Build all editions and print the results."""
    from brochure.api import open_job
    from brochure.batch.shutdown import Shutdown
    from brochure.batch.tasks import BatchJob, edition_tasks

    job = open_job(project)
    tasks = edition_tasks(job)
    also = PreviewOptions(project, how.pictures) if how.pictures else None
    order = BatchJob(project, how.condition, how.out, how.draft, also)
    with Shutdown() as shutdown:
        outcomes = _report(stream(order, job, tasks, shutdown, hands), len(tasks), how)
    _conclude(outcomes, len(tasks), shutdown, how)


def stream(
    order: BatchJob, job: Job, tasks: tuple[Task, ...], shutdown: Shutdown, hands: Executor
) -> Iterator[Done]:
    """Run tasks on a cluster, in worker processes, or in this process if there is only one task or core."""
    from brochure.project import usable_cores

    if hands.cluster:
        from brochure.batch.cluster import build_on_cluster

        return build_on_cluster(hands.cluster, order, job, tasks, shutdown)
    jobs = min(hands.jobs or usable_cores(), len(tasks))
    if jobs > 1:
        from brochure.batch.processes import build_in_processes

        return build_in_processes(order, job, tasks, shutdown, jobs)
    from brochure.batch.tasks import build_sequentially

    return build_sequentially(order, job, tasks, shutdown)


def _report(stream: Iterator[Done], whole: int, how: Whole) -> list[Outcome]:
    """Print outcomes in the order of the tasks, and return them; the progress bar counts them at once."""
    progress = Progress(whole, sys.stderr, wanted=not how.json)
    done: dict[int, Outcome] = {}
    printed = 0
    progress.show(0)
    for at, outcome in stream:
        done[at] = outcome
        while printed in done:
            with progress.aside():
                _say(done[printed], how)
            printed += 1
        progress.show(len(done))
    progress.end()
    for at in sorted(done):
        if at >= printed:  # outcomes after an interrupted task
            _say(done[at], how)
    return [done[at] for at in sorted(done)]


def _conclude(outcomes: list[Outcome], whole: int, shutdown: Shutdown, how: Whole) -> None:
    """Print how many editions were built, and exit with the highest status."""
    built = [outcome.exit_status for outcome in outcomes].count(0)
    editions = {"editions": [_data(outcome, how.out) for outcome in outcomes]}
    if shutdown.signal_received:
        stopped = f"interrupted: {built} of {counted(whole, 'edition')} built"
        if how.json:
            say_json({**failure_as_data(stopped), **editions})
        else:
            echo(stopped, err=True)
        raise typer.Exit(shutdown.exit_status)
    if how.json:
        say_json(editions)
    else:
        echo(f"{built} of {counted(whole, 'edition')} built")
    status = max((outcome.exit_status for outcome in outcomes), default=0)
    if status:
        raise typer.Exit(status)


# One of them


def _say(outcome: Outcome, how: Whole) -> None:
    """Print the findings and the path of an edition."""
    if how.json:
        return
    say_findings(outcome.findings)
    if outcome.size:
        pages, size = counted(outcome.pages, "page"), size_in_words(outcome.size)
        echo(f"{how.out / outcome.file}  {pages}  {size}  {outcome.took:.2f} s")
    else:
        reason = outcome.failure or summarize_findings(outcome.findings)
        named = how.out / outcome.file if outcome.name else outcome.task
        echo(f"{named}: not built: {reason}", err=True)
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
    """Return the office and the language of an edition."""
    from brochure.batch.tasks import EditionTask

    if isinstance(task, EditionTask):
        return task.name.office or None, task.name.language
    return None, None


@dataclass(frozen=True, slots=True)
class PreviewOptions:
    """Callback that writes the previews of an edition in the process that builds it."""

    project: DiskProject
    gallery: PreviewWriter

    def __call__(self, task: Task, built: Built) -> Paths:
        """Write the previews and return their paths."""
        office, language = _edition(task)
        return written_pictures(self.project, built, language, office, self.gallery)
