"""Mail merge, for `build --records`: build one brochure for each record, as separate PDFs or as one PDF.

Reports which records could not be built and why, and the number of those that were. The same fault of several records is one
finding with their number.
"""

from __future__ import annotations

import sys
from collections.abc import Iterator
from pathlib import Path
from typing import TYPE_CHECKING, Any

import typer

from brochure.cli._editions import Executor, Whole, say_counts, stream
from brochure.cli._output import (
    as_data,
    counted,
    echo,
    failure_as_data,
    say_findings,
    say_json,
    size_in_words,
)
from brochure.cli._progress import Progress
from brochure.fast_dataclass import dataclass

if TYPE_CHECKING:
    from brochure.batch.shutdown import Shutdown
    from brochure.batch.tasks import Done, Outcome
    from brochure.build_values import Job
    from brochure.findings import Finding
    from brochure.l10n.personalization import Record
    from brochure.mailmerge.merge import Merge, MergedFile
    from brochure.project import DiskProject


@dataclass(frozen=True, slots=True)
class BuildOptions:
    """Options of a mail merge; `lang` and `office` apply to records that do not name their own."""

    path: Path
    only: str | None = None
    lang: str | None = None
    office: str | None = None
    one_file: bool = False
    skip_wrong: bool = False


def refuse_with_records(*, every: bool, previews: bool) -> None:
    """Raise UsageError for options that cannot be combined with `--records`."""
    from brochure.errors import UsageError

    if every:
        raise UsageError(
            "--all cannot be combined with --records, whose rows name their editions: remove --all"
        )
    if previews:
        raise UsageError(
            "--previews and --previews-dir cannot be combined with --records: remove them"
        )


def build_records(project: DiskProject, how: Whole, hands: Executor, wish: BuildOptions) -> None:
    """Build the selected records, and exit with the highest status."""
    from brochure.api import open_recorded_job
    from brochure.errors import UsageError
    from brochure.mailmerge.merge import open_merge
    from brochure.mailmerge.row_ranges import parse_row_ranges

    if how.condition.tagged and wish.one_file:
        raise UsageError(
            "--one-file cannot be combined with a tagged target, whose structure tree would exceed the memory: "
            "use --target press or desk, or remove --one-file"
        )
    if wish.one_file and (hands.jobs or hands.cluster):
        raise UsageError("--one-file uses one process: remove --jobs and --cluster")
    only, job = parse_row_ranges(wish.only), open_recorded_job(project)
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
    summary = Summary(merge, how)
    with Shutdown() as shutdown:
        for outcome in _in_order(stream(order, job, tasks, shutdown, hands)):
            summary.add_outcome(outcome)
    summary.conclude(shutdown, how.out.as_posix())


def _in_order(done: Iterator[Done]) -> Iterator[Outcome]:
    """Yield outcomes in the order of the records; at the end, those after an interrupted one."""
    waiting: dict[int, Outcome] = {}
    following = 0
    for at, outcome in done:
        waiting[at] = outcome
        while following in waiting:
            yield waiting.pop(following)
            following += 1
    for at in sorted(waiting):
        yield waiting[at]


class Summary:
    """Count records as they are built, and print their findings and the totals at the end."""

    def __init__(self, merge: Merge, how: Whole) -> None:
        from brochure.mailmerge.merge_findings import RecordFindings
        from brochure.project import seconds

        self._merge, self._how = merge, how
        self._progress = Progress(merge.count, sys.stderr, wanted=not how.json)
        self._seconds, self._began = seconds, seconds()
        self._found = RecordFindings()
        self._data: list[dict[str, Any]] = []
        self.done = self.built = self.unchanged = self.bytes = self.status = 0
        self.refused = ""  # why the common PDF was not written

    def add_outcome(self, outcome: Outcome) -> None:
        """Add the outcome of a record that is built as a separate PDF."""
        if outcome.is_unchanged:
            self.unchanged += _record(outcome).count
            self._progress.skip(_record(outcome).count)
        elif outcome.exit_status == 0:
            self.built += _record(outcome).count
        self.bytes += outcome.size
        self.status = max(self.status, outcome.exit_status)
        record = _record(outcome)
        self._add(record, (*outcome.findings, *_failure(record, outcome.failure)))
        if self._how.json:
            path = str(self._how.out / outcome.file)
            facts = {"path": path, "pages": outcome.pages, "bytes": outcome.size}
            built = {
                **_numbers(record),
                "built": facts if outcome.size else None,
                "unchanged": outcome.is_unchanged,
                "failure": outcome.failure or None,
            }
            self._data.append({**built, **_found(outcome.findings)})

    def add_bound(self, record: Record, findings: tuple[Finding, ...]) -> None:
        """Add the findings of a record that is written into a common PDF; only errors go into the JSON data."""
        from brochure.findings import has_errors

        self._add(record, findings)
        if self._how.json and has_errors(findings):
            self._data.append({**_numbers(record), **_found(findings)})

    def _add(self, record: Record, findings: tuple[Finding, ...]) -> None:
        self._found.add(record, findings)
        self.done += record.count
        self._progress.show(self.done - self.unchanged)

    def conclude(self, shutdown: Shutdown, where: str, facts: dict[str, Any] | None = None) -> None:
        """Print how many records were built, and exit with the highest status unless it is 0."""
        self._progress.end()
        took, whole = self._seconds() - self._began, self._merge.count
        words = say_counts(self.built, self.unchanged, whole, "record")
        findings = (*self._merge.findings, *self._found.merged())
        if self._how.json:
            stopped = failure_as_data(f"interrupted: {words}") if shutdown.signal_received else {}
            say_json({**stopped, **_found(findings), "records": self._data, **(facts or {})})
        else:
            say_findings(self._found.merged())
            if self.refused:
                echo(self.refused, err=True)
            line = f"{where}  {words}  {size_in_words(self.bytes)}  {took:.2f} s"
            echo(
                f"interrupted: {words}" if shutdown.signal_received else line,
                err=bool(shutdown.signal_received),
            )
        status = shutdown.exit_status if shutdown.signal_received else self.status
        if status:
            raise typer.Exit(status)


def _numbers(record: Record) -> dict[str, Any]:
    """Return the number of a record, or that of a page with the numbers of its records."""
    if not record.members:
        return {"record": record.number}
    return {"sheet": record.number, "records": [one.number for one in record.members]}


def _record(outcome: Outcome) -> Record:
    from brochure.mailmerge.merge import RecordTask

    if not isinstance(outcome.task, RecordTask):
        raise TypeError("expected the outcome of a record")
    return outcome.task.record


def _failure(record: Record, failure: str) -> Iterator[Finding]:
    """Yield a finding for a record whose brochure failed without findings, such as a file that cannot be written."""
    from brochure.findings import Finding

    if failure:
        message = f"record {record.number} cannot be built: {failure}"
        yield Finding("record-not-built", message, record.span)


def _found(findings: tuple[Finding, ...]) -> dict[str, Any]:
    return {"findings": [as_data(finding) for finding in findings]}


# As one file


def _as_one(job: Job, merge: Merge, how: Whole, wish: BuildOptions) -> None:
    """Write all records into one PDF, which is created only when it is complete."""
    from brochure.batch.shutdown import Shutdown
    from brochure.mailmerge.merge import MergedFile
    from brochure.system.output_files import open_atomically

    name = f"{job.layout.brochure}_records{f'_{merge.wanted}' if wish.only else ''}"
    path = how.out / f"{name}_{how.condition.name}{'_draft' if how.draft else ''}.pdf"
    summary = Summary(merge, how)
    with Shutdown() as shutdown:
        try:
            with open_atomically(path) as out:
                merged = MergedFile(job, how.condition, out, skipping=wish.skip_wrong)
                for record, findings in _add_records(merged, merge, shutdown, how):
                    summary.add_bound(record, findings)
                if shutdown.signal_received or not merged.close():
                    raise _NotWritten
        except _NotWritten:
            summary.status = 1
            summary.refused = "" if shutdown.signal_received else _refusal(path, merged)
            summary.conclude(shutdown, f"{path}: not written", {"built": None})
            return
    summary.built, summary.bytes, summary.status = merged.count, merged.size, int(merged.wrong > 0)
    facts = {"path": str(path), "pages": merged.pages, "bytes": summary.bytes}
    summary.conclude(shutdown, str(path), {"built": facts})


class _NotWritten(Exception):
    """Raised to discard the PDF and keep an existing one."""


def _add_records(
    merged: MergedFile, merge: Merge, shutdown: Shutdown, how: Whole
) -> Iterator[tuple[Record, tuple[Finding, ...]]]:
    for record in merge.records():
        try:
            with shutdown.may_interrupt():
                findings = merged.add(record, draft=how.draft)
        except KeyboardInterrupt:
            return
        yield record, findings


def _refusal(path: Path, merged: MergedFile) -> str:
    invalid = counted(merged.wrong, "record")
    return f"{path}: not written: {invalid} cannot be built; --skip-invalid skips them"
