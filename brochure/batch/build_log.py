"""The build log: what each finished PDF of an output folder was made from, so that it need not be built again.

The log is a hidden file in the output folder, with one JSON document a line. A line is appended after each PDF. A PDF is up to
date if the last line that names it has the same task, the same program and options and the same inputs, and if the PDF has the
same stamp. Nothing else in a line is used but the number of pages and the findings, which are reported again.
"""

from __future__ import annotations

import json
import sys
import zlib
from collections.abc import Callable, Iterable, Iterator, Sequence
from dataclasses import replace

from brochure import __version__
from brochure.batch.log_lines import (
    MALFORMED,
    LogEntry,
    RecordedInputs,
    describe_outcome,
    digest_of,
    dump_line,
    read_entry,
)
from brochure.batch.shutdown import Shutdown
from brochure.batch.tasks import BatchJob, Done, Outcome, Task
from brochure.inputs import CurrentInputs
from brochure.project import ASSET_FOLDERS, Project, stated_epoch
from brochure.system.cache import installed_packages
from brochure.system.files import own_code
from brochure.system.log_file import (
    append_lines,
    read_lines,
    read_stamp,
    remove_log,
    replace_lines,
)

LOG_FILE = ".brochure-build-log.jsonl"
"""Name of the build log in the output folder."""

FORMAT = 1
"""Version of the log's format, and of what a line says about a build."""

MAX_LOG_BYTES = 50_000_000
"""Size limit of a build log, about 50,000 editions; a larger one is replaced, and everything is built."""

MAX_LINE_BYTES = 1_000_000
"""Size limit of a line; longer ones are ignored."""

SPARE_LINES = 1000
"""Lines that are out of date, besides as many as are in use, before the log is written anew."""


def build_changed(
    batch: BatchJob,
    tasks: Sequence[Task],
    shutdown: Shutdown,
    run: Callable[[tuple[Task, ...]], Iterator[Done]],
    *,
    force: bool = False,
) -> Iterator[Done]:
    """Yield the outcomes of tasks that are up to date, then those of the others, which `run` builds.

    With additional files, such as previews, everything is built. Each PDF is logged as soon as it is finished.
    """
    try:
        with shutdown.may_interrupt():
            log, current = BuildLog(batch), CurrentInputs(batch.project)
            skips = not (force or batch.also)
            unchanged = {
                at: outcome
                for at, task in enumerate(tasks if skips else ())
                if (outcome := log.find_unchanged(task, current))
            }
    except KeyboardInterrupt:
        return
    yield from unchanged.items()
    changed = [at for at in range(len(tasks)) if at not in unchanged]
    for at, outcome in run(tuple(tasks[at] for at in changed)) if changed else ():
        log.add(outcome)
        yield changed[at], replace(outcome, inputs={})


class BuildLog:
    """The build log of an output folder.

    Args:
        batch: The options that all tasks have in common.
    """

    def __init__(self, batch: BatchJob) -> None:
        self._out = batch.out
        self._path = batch.out / LOG_FILE
        self._made_with = _describe_options(batch)
        self._labels = _describe_labels(batch.project)
        self._inputs = RecordedInputs()
        self._is_current: dict[str, bool] = {}
        lines = read_lines(self._path, MAX_LOG_BYTES)
        by_pdf = {entry.pdf: entry for entry in self._read(lines or ())}
        self._entries = {(entry.task, entry.made_with): entry for entry in by_pdf.values()}
        self._can_append = True
        self._leading = [b""]  # the last line of a killed process may be incomplete
        kept = [*self._inputs.lines_of(by_pdf.values()), *(one.line for one in by_pdf.values())]
        if lines is None:
            remove_log(self._path)
        elif len(lines) > 2 * len(kept) + SPARE_LINES:
            replace_lines(self._path, kept)

    def _read(self, lines: Iterable[bytes]) -> Iterator[LogEntry]:
        """Yield the entries in lines; malformed ones are ignored."""
        for line in lines:
            if len(line) > MAX_LINE_BYTES:
                continue
            try:
                data = json.loads(line)
                if "answers" in data:
                    self._inputs.read(data, line)
                else:
                    yield read_entry(data, line)
            except MALFORMED:
                continue

    def find_unchanged(self, task: Task, current: CurrentInputs) -> Outcome | None:
        """Return the outcome of a task whose PDF is up to date; None if it must be built."""
        entry = self._entries.get((digest_of(task.identity), self._made_with))
        if entry is None or entry.labels not in {"", self._labels}:
            return None
        if entry.inputs not in self._is_current:  # mail-merge records share their inputs
            inputs = self._inputs.find(entry.inputs)
            self._is_current[entry.inputs] = bool(inputs) and current.are(inputs or {})
        if not self._is_current[entry.inputs]:
            return None
        if read_stamp(self._out / f"{entry.pdf}.pdf") != entry.stamp:
            return None
        return Outcome(task, entry.pdf, entry.pages, entry.size, entry.findings, is_unchanged=True)

    def add(self, outcome: Outcome) -> None:
        """Append the outcome of a task, if its PDF was written. If that fails, it will be built again."""
        if outcome.exit_status or not (outcome.inputs and outcome.stamp and self._can_append):
            return
        lines, key = self._inputs.add(outcome.inputs)
        labels = self._labels if outcome.findings else ""
        lines.append(dump_line(describe_outcome(outcome, key, self._made_with, labels)))
        self._can_append = append_lines(self._path, [*self._leading, *lines])
        self._leading = []


def _describe_options(batch: BatchJob) -> str:
    """Return a digest of all that affects PDFs besides tasks and inputs: the program, its libraries, the options."""
    program = (FORMAT, __version__, own_code(), sys.version, zlib.ZLIB_RUNTIME_VERSION)
    options = (batch.condition, batch.draft, stated_epoch())
    return digest_of((program, installed_packages(), options))


def _describe_labels(project: Project) -> str:
    """Return a digest of how findings name the project's files, which depends on the current folder."""
    return digest_of([project.label(f"{folder}/x") for folder in (".", *ASSET_FOLDERS)])
