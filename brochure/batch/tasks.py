"""Tasks and their outcomes: small values that can be sent to another process.

The process that builds a PDF also writes it; PDFs are not sent between processes of one machine.
"""

from __future__ import annotations

from collections.abc import Callable, Hashable, Iterator, Mapping, Sequence
from dataclasses import field, replace
from pathlib import Path
from typing import Protocol

from brochure.api import build_edition
from brochure.batch.shutdown import Shutdown
from brochure.build_values import Built, Job
from brochure.errors import BrochureError, ExitCode, InputError
from brochure.fast_dataclass import dataclass
from brochure.findings import Finding, file_removed
from brochure.inputs import Inputs
from brochure.l10n.project_editions import EditionName, list_editions
from brochure.prepress.output_conditions import OutputCondition
from brochure.project import Project, seconds
from brochure.system.exhaustion import explain_unexpected
from brochure.system.log_file import read_stamp
from brochure.system.output_files import begin_writing, finish_writing


class Task(Protocol):
    """A brochure to build. Can be pickled; `str()` names it briefly."""

    @property
    def cache_group(self) -> str:
        """Tasks of one group share cached work: a process that has built one builds the next faster."""

    @property
    def identity(self) -> Hashable:
        """All that the brochure depends on besides the files of the project. Its `repr` is the same in every process."""

    @property
    def shared_edition(self) -> Hashable | None:
        """Identifies the edition if its files are read once for several tasks; else None."""

    def build(self, job: Job, condition: OutputCondition, *, draft: bool) -> Built:
        """Build the brochure; errors are raised as in `brochure.api`."""


Also = Callable[[Task, Built], Mapping[str, tuple[Path, ...]]]
"""Makes additional files of a finished brochure, e.g. page images; returns their paths by kind."""


@dataclass(frozen=True, slots=True)
class BatchJob:
    """What all tasks have in common: the project, the output condition, the output folder."""

    project: Project
    condition: OutputCondition
    out: Path
    draft: bool = False
    also: Also | None = None


@dataclass(frozen=True, slots=True)
class EditionTask:
    """An office's edition in one language."""

    name: EditionName

    def __str__(self) -> str:
        return str(self.name)

    @property
    def cache_group(self) -> str:
        """The language: pages that name no office are set alike."""
        return self.name.language

    @property
    def identity(self) -> Hashable:
        """The office and the language."""
        return "edition", self.name.office, self.name.language

    @property
    def shared_edition(self) -> None:
        """None: each edition is built once."""

    def build(self, job: Job, condition: OutputCondition, *, draft: bool) -> Built:
        """Build the edition."""
        office = self.name.office or None
        return build_edition(job, condition, self.name.language, office, draft=draft)


def edition_tasks(job: Job) -> tuple[EditionTask, ...]:
    """Return every edition of a project, in the order in which they are reported."""
    return tuple(EditionTask(name) for name in list_editions(job.project, job.layout))


@dataclass(frozen=True, slots=True)
class Outcome:
    """The outcome of a task.

    `name` is the brochure's; empty if it could not be set, as `findings` or `failure` explain. `size` is that of the PDF in
    bytes, 0 if there is none. `took` is in seconds. `inputs` is what was read, if that was recorded, and `stamp` that
    of the PDF (`read_stamp`). `is_unchanged` is True if the PDF was up to date and was not built.
    """

    task: Task
    name: str = ""
    pages: int = 0
    size: int = 0
    findings: tuple[Finding, ...] = ()
    failure: str = ""
    failure_status: int = ExitCode.INVALID_INPUT
    took: float = 0.0
    also: Mapping[str, tuple[Path, ...]] = field(default_factory=dict)
    inputs: Inputs = field(default_factory=dict)
    stamp: str = ""
    is_unchanged: bool = False
    suffix: str = ".pdf"

    @property
    def exit_status(self) -> int:
        """0: built; 1: not built because of errors in the brochure; 2: not built for another reason."""
        if self.failure or not self.name:
            return self.failure_status
        return ExitCode.OK if self.size else ExitCode.FINDINGS

    @property
    def file(self) -> str:
        """The name of the PDF or the package in the output folder."""
        return f"{self.name}{self.suffix}"


Done = tuple[int, Outcome]
"""The index of a task, and its outcome."""

NOTHING = Built("", 0, (), ())


def attempt(batch: BatchJob, job: Job, task: Task) -> tuple[Outcome, Built]:
    """Build a task without writing it. An internal error fails this task only, and is reported by name."""
    start = seconds()
    recorder = job.inputs
    recorded = recorder.start(task.shared_edition) if recorder else None
    try:
        job = replace(job, project=recorded) if recorded else job
        built = task.build(job, batch.condition, draft=batch.draft)
    except Exception as failure:
        return failure_outcome(task, failure, batch.project.label), NOTHING
    took = seconds() - start
    inputs = recorder.collect(recorded) if recorder and recorded else {}
    outcome = Outcome(
        task,
        built.name,
        built.pages,
        built.size,
        built.findings,
        took=took,
        inputs=inputs,
        suffix=built.suffix,
    )
    return outcome, built


def failure_outcome(task: Task, failure: Exception, label: Callable[[str], str] = str) -> Outcome:
    """Return the outcome of a task that an exception ended; `label` names a project file in messages."""
    match failure:
        case InputError():
            return Outcome(task, findings=failure.findings)
        case FileNotFoundError():
            removed = file_removed(label(str(failure.filename or failure)))
            return Outcome(task, findings=(removed,))
        case BrochureError():
            return Outcome(task, failure=str(failure), failure_status=failure.exit_status)
        case _:
            message, status = explain_unexpected(failure)
            return Outcome(task, failure=message, failure_status=status)


def write_outcome(batch: BatchJob, outcome: Outcome, built: Built) -> Outcome:
    """Write the PDF, if there is one, and the additional files."""
    return finish_outcome(batch, *begin_outcome(batch, outcome, built))


def begin_outcome(batch: BatchJob, outcome: Outcome, built: Built) -> tuple[Outcome, Path | None]:
    """Write the PDF under a temporary name, which is returned, and the additional files.

    The disk takes half as long to store a PDF as a core takes to build the next one. So a worker leaves `finish_outcome`, which
    waits for the disk, to its parent.
    """
    start, part = seconds(), None
    try:
        if built.parts:
            part = begin_writing(batch.out / outcome.file, built.parts)
        extra_files = batch.also(outcome.task, built) if batch.also and outcome.name else {}
    except Exception as fault:
        return _as_failure(outcome, fault), part
    return replace(outcome, took=outcome.took + seconds() - start, also=extra_files), part


def finish_outcome(batch: BatchJob, outcome: Outcome, part: Path | None) -> Outcome:
    """Wait until the PDF is on the disk, and give it its name."""
    if part is None:
        return outcome
    start, file = seconds(), batch.out / outcome.file
    try:
        finish_writing(part, file)
    except Exception as fault:
        return _as_failure(outcome, fault)
    if outcome.failure:
        return outcome
    return replace(outcome, took=outcome.took + seconds() - start, stamp=read_stamp(file))


def _as_failure(outcome: Outcome, fault: Exception) -> Outcome:
    """Return the outcome of a task whose files cannot be written."""
    if isinstance(fault, BrochureError):
        return replace(outcome, size=0, failure=str(fault), failure_status=fault.exit_status)
    message, status = explain_unexpected(fault)
    return replace(outcome, size=0, failure=message, failure_status=status)


def build_sequentially(
    batch: BatchJob, job: Job, tasks: Sequence[Task], shutdown: Shutdown
) -> Iterator[Done]:
    """Build all tasks in this process, until a signal arrives: it stops building, but not writing."""
    for at, task in enumerate(tasks):
        try:
            with shutdown.may_interrupt():
                outcome, built = attempt(batch, job, task)
        except KeyboardInterrupt:
            return
        yield at, write_outcome(batch, outcome, built)
