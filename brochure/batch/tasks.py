"""Tasks, and what comes of them.

Takes an `BatchJob`, which is what all tasks have in common, and a task; gives an `Outcome`: the PDF's path and size, or what
forbade it. Both are small values that can be sent to another process; the PDF itself never is, for whoever makes it
writes it. Every way of working (here, in processes, on a cluster) does this and nothing else with a task.
"""

from __future__ import annotations

import traceback
from collections.abc import Callable, Iterator, Mapping, Sequence
from dataclasses import field, replace
from pathlib import Path
from typing import Protocol

from brochure.api import Built, Job, build_edition
from brochure.batch.shutdown import Shutdown
from brochure.errors import BrochureError, ExitCode, InputError
from brochure.fast_dataclass import dataclass
from brochure.findings import Finding, file_removed
from brochure.l10n.project_editions import EditionName, every
from brochure.prepress.output_conditions import OutputCondition
from brochure.project import Project, seconds
from brochure.system.output_files import write_atomically


class Task(Protocol):
    """One brochure to build. It can be pickled, and says in a word or two which one it is."""

    @property
    def kin(self) -> str:
        """What it has most in common with others: a process that has built one of a kin builds the next in less time."""

    def build(self, job: Job, condition: OutputCondition, *, draft: bool) -> Built:
        """The brochure, painted; what is wrong is raised, as the pipeline does."""


Also = Callable[[Task, Built], Mapping[str, tuple[Path, ...]]]
"""What else is made of a brochure once it is written, such as pictures of its pages: gives the files, by what they are."""


@dataclass(frozen=True, slots=True)
class BatchJob:
    """What all tasks have in common: the project, what the PDFs are for, the folder they go into."""

    project: Project
    condition: OutputCondition
    out: Path
    draft: bool = False
    also: Also | None = None


@dataclass(frozen=True, slots=True)
class EditionTask:
    """An office's edition in one of its languages."""

    name: EditionName

    def __str__(self) -> str:
        return str(self.name)

    @property
    def kin(self) -> str:
        """Its language: the same words, set the same way, on all pages that name no office."""
        return self.name.language

    def build(self, job: Job, condition: OutputCondition, *, draft: bool) -> Built:
        """The edition, painted."""
        office = self.name.office or None
        return build_edition(job, condition, self.name.language, office, draft=draft)


def edition_tasks(job: Job) -> tuple[EditionTask, ...]:
    """Every edition of a project, in the order in which they are said."""
    return tuple(EditionTask(name) for name in every(job.project, job.layout))


@dataclass(frozen=True, slots=True)
class Outcome:
    """What came of a task.

    `name` is the brochure's, and empty where it could not even be set: `findings` or `failure` then say why. `size` is the
    PDF's in bytes, and 0 where there is none.
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

    @property
    def exit_status(self) -> int:
        """0 built, 1 not built for errors in the brochure, 2 not built for something else that is wrong."""
        if self.failure or not self.name:
            return self.failure_status
        return ExitCode.OK if self.size else ExitCode.FINDINGS

    @property
    def file(self) -> str:
        """The PDF's name in the order's folder."""
        return f"{self.name}.pdf"


Done = tuple[int, Outcome]
"""The place of a task in the list, and what came of it."""

NOTHING = Built("", 0, (), ())


def attempt(order: BatchJob, job: Job, task: Task) -> tuple[Outcome, Built]:
    """What comes of building a task, before anything is written. A fault of our own fails this one alone, by name."""
    began = seconds()
    try:
        built = task.build(job, order.condition, draft=order.draft)
    except Exception as failure:
        return failed(task, failure, order.project.label), NOTHING
    took = seconds() - began
    outcome = Outcome(task, built.name, built.pages, built.size, built.findings, took=took)
    return outcome, built


def failed(task: Task, failure: Exception, label: Callable[[str], str] = str) -> Outcome:
    """The outcome of a task that an exception has ended; `label` says how messages name a file of the project."""
    match failure:
        case InputError():
            return Outcome(task, findings=failure.findings)
        case FileNotFoundError():
            removed = file_removed(label(str(failure.filename or failure)))
            return Outcome(task, findings=(removed,))
        case BrochureError():
            return Outcome(task, failure=str(failure), failure_status=failure.exit_status)
        case MemoryError():
            return Outcome(task, failure="there is not enough memory for it")
        case _:
            return Outcome(task, failure=_fault(failure), failure_status=ExitCode.INTERNAL_ERROR)


def _fault(fault: Exception) -> str:
    last = traceback.extract_tb(fault.__traceback__)[-1]
    where = f"{Path(last.filename).name}:{last.lineno}"
    said = f"{type(fault).__name__}: {fault} ({where})"
    return f"a fault in brochure itself: {said}; please report it"


def write_outcome(order: BatchJob, outcome: Outcome, built: Built) -> Outcome:
    """Writes the PDF, where there is one, and whatever else the order wants."""
    began = seconds()
    try:
        if built.parts:
            write_atomically(order.out / outcome.file, built.parts)
        made = order.also(outcome.task, built) if order.also and outcome.name else {}
    except BrochureError as failure:
        return replace(outcome, size=0, failure=str(failure), failure_status=failure.exit_status)
    except Exception as fault:
        return replace(
            outcome, size=0, failure=_fault(fault), failure_status=ExitCode.INTERNAL_ERROR
        )
    return replace(outcome, took=outcome.took + seconds() - began, also=made)


def one_by_one(order: BatchJob, job: Job, tasks: Sequence[Task], bell: Shutdown) -> Iterator[Done]:
    """All tasks in this process, until the bell rings. What is being built then is left; what is being written is not."""
    for at, task in enumerate(tasks):
        try:
            with bell.may_interrupt():
                outcome, built = attempt(order, job, task)
        except KeyboardInterrupt:
            return
        yield at, write_outcome(order, outcome, built)
