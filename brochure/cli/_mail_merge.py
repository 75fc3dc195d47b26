"""Mail-merge, for `build --records`: a brochure a record, as files or as one.

Takes a project, a table and how its records are to be built; writes the PDFs and says which records have none and why, how
many have one, and what that took; or one JSON document. What is true of every record is said once.
"""

from __future__ import annotations

import sys
from collections.abc import Iterator
from pathlib import Path
from typing import TYPE_CHECKING, Any

import typer

from brochure.cli._editions import Executor, Whole, stream
from brochure.cli._output import (
    as_data,
    counted,
    failure_as_data,
    say_findings,
    say_json,
    size_in_words,
)
from brochure.cli._progress import Progress
from brochure.fast_dataclass import dataclass

if TYPE_CHECKING:  # the command line alone may
    from brochure.api import Job
    from brochure.batch.shutdown import Shutdown
    from brochure.batch.tasks import Done, Outcome
    from brochure.findings import Finding
    from brochure.l10n.personalization import Record
    from brochure.mailmerge.merge import Merge, MergedFile
    from brochure.project import DiskProject


@dataclass(frozen=True, slots=True)
class BuildOptions:
    """What is wanted of a table: which records, in which edition where they do not say, as one file or as many."""

    path: Path
    only: str | None = None
    lang: str | None = None
    office: str | None = None
    one_file: bool = False
    skip_wrong: bool = False


def refuse_with_records(*, every: bool, pictures: bool) -> None:
    """UsageError where an option is asked for that mail-merge has no use for."""
    from brochure.errors import UsageError

    if every:
        raise UsageError("--records builds the editions that its rows name: leave out --all")
    if pictures:
        raise UsageError("--pictures is for one brochure, or --all: leave it out with --records")


def build_records(project: DiskProject, how: Whole, hands: Executor, wish: BuildOptions) -> None:
    """Every record that is wanted; the exit status is that of the worst."""
    from brochure.api import open_job
    from brochure.errors import UsageError
    from brochure.mailmerge.merge import open_merge
    from brochure.mailmerge.row_ranges import parse_row_ranges

    if how.condition.tagged and wish.one_file:
        raise UsageError(
            "--one-file is for press and desk: the structure of a tagged file names each paragraph of each record, "
            "and grows beyond any memory; leave it out for a file a record"
        )
    if wish.one_file and (hands.jobs or hands.cluster):
        raise UsageError("one file is written by one process: leave out --jobs and --cluster")
    only, job = parse_row_ranges(wish.only), open_job(project)
    merge = open_merge(job, wish.path, only, wish.lang, wish.office)
    if not how.json:
        say_findings(merge.findings)
    if wish.one_file:
        _as_one(job, merge, how, wish)
    else:
        _as_files(job, merge, how, hands)


# As files


def _as_files(job: Job, merge: Merge, how: Whole, hands: Executor) -> None:
    from brochure.batch.shutdown import Shutdown
    from brochure.batch.tasks import BatchJob
    from brochure.mailmerge.merge import RecordTask

    tasks = tuple(RecordTask(record) for record in merge.records())
    order = BatchJob(job.project, how.condition, how.out, how.draft)
    tally = Summary(merge, how)
    with Shutdown() as bell:
        for outcome in _in_turn(stream(order, job, tasks, bell, hands)):
            tally.add_outcome(outcome)
    tally.conclude(bell, how.out.as_posix())


def _in_turn(done: Iterator[Done]) -> Iterator[Outcome]:
    """The outcomes in the order of the records; behind them those that one before them, stopped, had kept waiting."""
    held: dict[int, Outcome] = {}
    following = 0
    for at, outcome in done:
        held[at] = outcome
        while following in held:
            yield held.pop(following)
            following += 1
    for at in sorted(held):
        yield held[at]


MAX_SAID = 50
"""How many records are named that have no brochure; `--json` names all."""


class Summary:
    """What has become of the records so far: said as it comes, counted at the end."""

    def __init__(self, merge: Merge, how: Whole) -> None:
        from brochure.project import seconds

        self._merge, self._how = merge, how
        self._progress = Progress(merge.count, sys.stderr, wanted=not how.json)
        self._seconds, self._began = seconds, seconds()
        self._said: set[Finding] = set()
        self._data: list[dict[str, Any]] = []
        self.done = self.built = self.wrong = self.bytes = self.status = 0

    def add_outcome(self, outcome: Outcome) -> None:
        """A record that was built as a file of its own, or was not."""
        self.built += outcome.exit_status == 0
        self.bytes += outcome.size
        self.status = max(self.status, outcome.exit_status)
        self.add(outcome.findings, outcome.failure and f"{outcome.task}: {outcome.failure}")
        if self._how.json:
            path = str(self._how.out / outcome.file)
            facts = {"path": path, "pages": outcome.pages, "bytes": outcome.size}
            built = {"built": facts if outcome.size else None, "failure": outcome.failure or None}
            self._data.append({"record": _number(outcome), **built, **_found(outcome.findings)})

    def add_bound(self, record: Record, findings: tuple[Finding, ...]) -> None:
        """A record that was written into the one file, or was not; only what is wrong is kept of it."""
        from brochure.findings import has_errors

        self.add(findings)
        if self._how.json and has_errors(findings):
            self._data.append({"record": record.number, **_found(findings)})

    def add(self, findings: tuple[Finding, ...], failure: str = "") -> None:
        """What there is to say about the next record, and was not said of one before it."""
        from brochure.findings import has_errors

        fresh = [one for one in findings if one not in self._said]
        self._said.update(fresh)
        self.done += 1
        self.wrong += has_errors(findings) or bool(failure)
        if (fresh or failure) and self.wrong <= MAX_SAID and not self._how.json:
            with self._progress.aside():
                say_findings(fresh)
                if failure:
                    typer.echo(failure, err=True)
        self._progress.show(self.done, self._seconds() - self._began)

    def conclude(self, bell: Shutdown, where: str, facts: dict[str, Any] | None = None) -> None:
        """How many records were built, into what; ends the command where not all were."""
        self._progress.end()
        took, whole = self._seconds() - self._began, self._merge.count
        words = f"{self.built:,} of {whole:,} {'record' if whole == 1 else 'records'} built"
        if self._how.json:
            document = {**_found(self._merge.findings), "records": self._data, **(facts or {})}
            stopped = failure_as_data(f"stopped: {words}") if bell.signal_received else {}
            say_json({**document, **stopped, **_found(self._merge.findings)})
        else:
            if self.wrong > MAX_SAID:
                more = self.wrong - MAX_SAID
                typer.echo(f"{more:,} more cannot be built; --json names them all", err=True)
            said = f"{where}  {words}  {size_in_words(self.bytes)}  {took:.2f} s"
            typer.echo(
                f"stopped: {words}" if bell.signal_received else said,
                err=bool(bell.signal_received),
            )
        status = bell.exit_status if bell.signal_received else self.status
        if status:
            raise typer.Exit(status)


def _number(outcome: Outcome) -> int | None:
    from brochure.mailmerge.merge import RecordTask

    return outcome.task.record.number if isinstance(outcome.task, RecordTask) else None


def _found(findings: tuple[Finding, ...]) -> dict[str, Any]:
    return {"findings": [as_data(finding) for finding in findings]}


# As one file


def _as_one(job: Job, merge: Merge, how: Whole, wish: BuildOptions) -> None:
    """All records in one file, which is there when all are in it, and not before."""
    from brochure.batch.shutdown import Shutdown
    from brochure.mailmerge.merge import MergedFile
    from brochure.system.output_files import open_atomically

    name = f"{job.layout.brochure}_records{f'_{merge.wanted}' if wish.only else ''}"
    path = how.out / f"{name}_{how.condition.name}{'_draft' if how.draft else ''}.pdf"
    tally = Summary(merge, how)
    with Shutdown() as bell:
        try:
            with open_atomically(path) as out:
                bound = MergedFile(job, how.condition, out, skipping=wish.skip_wrong)
                for record, findings in _bound(bound, merge, bell, how):
                    tally.add_bound(record, findings)
                if bell.signal_received or not bound.close():
                    raise _NotWritten
        except _NotWritten:
            tally.status = 1
            if not bell.signal_received and not how.json:
                _say_refused(path, bound)
            tally.conclude(bell, f"{path}: not written", {"built": None})
            return
    tally.built, tally.bytes, tally.status = bound.count, bound.size, int(bound.wrong > 0)
    facts = {"path": str(path), "pages": bound.pages, "bytes": tally.bytes}
    tally.conclude(bell, str(path), {"built": facts})


class _NotWritten(Exception):
    """The file is left as it was."""


def _bound(
    bound: MergedFile, merge: Merge, bell: Shutdown, how: Whole
) -> Iterator[tuple[Record, tuple[Finding, ...]]]:
    for record in merge.records():
        try:
            with bell.may_interrupt():
                findings = bound.add(record, draft=how.draft)
        except KeyboardInterrupt:
            return
        yield record, findings


def _say_refused(path: Path, bound: MergedFile) -> None:
    wrong = counted(bound.wrong, "record")
    typer.echo(
        f"{path}: not written: {wrong} cannot be built; --skip-invalid leaves them out", err=True
    )
