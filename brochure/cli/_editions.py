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
    SharedFindings,
    as_data,
    counted,
    echo,
    failure_as_data,
    refer_above,
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
    from brochure.batch.shutdown import Shutdown
    from brochure.batch.tasks import BatchJob, Done, Outcome, Task
    from brochure.build_values import Built, Job
    from brochure.prepress.output_conditions import OutputCondition
    from brochure.project import DiskProject


@dataclass(frozen=True, slots=True)
class Executor:
    """How tasks are run.

    Attributes:
        jobs: Number of processes of this machine.
        cluster: Scheduler address of a Dask cluster that builds instead.
        force: True to build also what is unchanged.
    """

    jobs: int | None = None
    cluster: str | None = None
    force: bool = False


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
    from brochure.api import open_recorded_job
    from brochure.batch.shutdown import Shutdown
    from brochure.batch.tasks import BatchJob, edition_tasks

    job = open_recorded_job(project)
    tasks = edition_tasks(job)
    also = PreviewOptions(project, how.pictures) if how.pictures else None
    order = BatchJob(project, how.condition, how.out, how.draft, also)
    with Shutdown() as shutdown:
        outcomes = report_outcomes(stream(order, job, tasks, shutdown, hands), len(tasks), how)
    _conclude(outcomes, len(tasks), shutdown, how)


def stream(
    order: BatchJob, job: Job, tasks: tuple[Task, ...], shutdown: Shutdown, hands: Executor
) -> Iterator[Done]:
    """Yield the outcomes of tasks that are up to date, then run the others."""
    from brochure.batch.build_log import build_changed

    def run(changed: tuple[Task, ...]) -> Iterator[Done]:
        return run_tasks(order, job, changed, shutdown, hands)

    return build_changed(order, tasks, shutdown, run, force=hands.force)


def run_tasks(
    order: BatchJob, job: Job, tasks: tuple[Task, ...], shutdown: Shutdown, hands: Executor
) -> Iterator[Done]:
    """Run tasks on a cluster, in worker processes, or in this process if there is only one task or core."""
    from brochure.system.cores import usable_cores

    if hands.cluster:
        from brochure.batch.cluster import build_on_cluster

        return build_on_cluster(hands.cluster, order, job, tasks, shutdown)
    jobs = min(hands.jobs or usable_cores(), len(tasks))
    if jobs > 1:
        from brochure.batch.processes import build_in_processes

        return build_in_processes(order, job, tasks, shutdown, jobs)
    from brochure.batch.tasks import build_sequentially

    return build_sequentially(order, job, tasks, shutdown)


def report_outcomes(stream: Iterator[Done], whole: int, how: Whole) -> list[Outcome]:
    """Print outcomes in the order of the tasks, and return them; the progress bar counts them at once."""
    shared = SharedFindings("edition")
    progress = Progress(whole, sys.stderr, wanted=not how.json)
    done: dict[int, Outcome] = {}
    printed = skipped = 0
    progress.show(0)
    for at, outcome in stream:
        done[at] = outcome
        if outcome.is_unchanged:
            skipped += 1
            progress.skip()
        while printed in done:
            with progress.aside():
                _say(done[printed], shared, how)
            printed += 1
        progress.show(len(done) - skipped)
    progress.end()
    for at in sorted(done):
        if at >= printed:  # outcomes after an interrupted task
            _say(done[at], shared, how)
    if not how.json:
        shared.say_others()
    return [done[at] for at in sorted(done)]


def _conclude(outcomes: list[Outcome], whole: int, shutdown: Shutdown, how: Whole) -> None:
    """Print how many editions were built, and exit with the highest status."""
    counts = _count_built(outcomes, whole)
    editions = {"editions": [_data(outcome, how.out) for outcome in outcomes]}
    if shutdown.signal_received:
        stopped = f"interrupted: {counts}"
        if how.json:
            say_json({**failure_as_data(stopped), **editions})
        else:
            echo(stopped, err=True)
        raise typer.Exit(shutdown.exit_status)
    if how.json:
        say_json(editions)
    else:
        echo(counts)
    status = max((outcome.exit_status for outcome in outcomes), default=0)
    if status:
        raise typer.Exit(status)


def _count_built(outcomes: list[Outcome], whole: int) -> str:
    unchanged = sum(outcome.is_unchanged for outcome in outcomes)
    built = [outcome.exit_status for outcome in outcomes].count(0) - unchanged
    return say_counts(built, unchanged, whole, "edition")


def say_counts(built: int, unchanged: int, whole: int, noun: str) -> str:
    """Return the counts as text: `3 of 200 editions built, 197 unchanged`."""
    plural = noun if whole == 1 else f"{noun}s"
    more = f", {unchanged:,} unchanged" if unchanged else ""
    return f"{built:,} of {whole:,} {plural} built{more}"


# One of them


def _say(outcome: Outcome, shared: SharedFindings, how: Whole) -> None:
    """Print the new findings and the path of an edition; only the findings if it was unchanged."""
    if how.json:
        return
    new = shared.take_new(outcome.findings)
    say_findings(new)
    if outcome.is_unchanged:
        return
    if outcome.size:
        pages, size = counted(outcome.pages, "page"), size_in_words(outcome.size)
        echo(f"{how.out / outcome.file}  {pages}  {size}  {outcome.took:.2f} s")
    else:
        counts = refer_above(summarize_findings(outcome.findings), is_known=not new)
        reason = outcome.failure or counts
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
        "unchanged": outcome.is_unchanged,
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
