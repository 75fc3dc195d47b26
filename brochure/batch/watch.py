"""Watch mode: build an edition again after each change of its files, reusing what did not change."""

from __future__ import annotations

from collections.abc import Iterator
from contextlib import closing
from pathlib import Path

from brochure.api import build_edition, open_job
from brochure.build_values import Built, Job
from brochure.errors import InputError, UsageError
from brochure.fast_dataclass import dataclass
from brochure.findings import Finding, file_removed
from brochure.prepress.output_conditions import OutputCondition
from brochure.project import DiskProject, seconds, state_of, wait_for_change, watch_files


@dataclass(frozen=True, slots=True)
class WatchTarget:
    """The edition to watch, its output condition, whether it is a draft, and the output folder."""

    project: DiskProject
    condition: OutputCondition
    language: str | None
    office: str | None
    out: Path
    draft: bool = False


@dataclass(frozen=True, slots=True)
class Attempt:
    """The result of a build and its duration in seconds. `built` is None if an input is faulty."""

    built: Built | None
    findings: tuple[Finding, ...]
    took: float


def attempts(watched: WatchTarget) -> Iterator[Attempt]:
    """Build at once, and again after each change, without end.

    Whatever a build needs may be missing for a moment, since many programs save a file by removing it and writing it anew.
    That is reported as a finding.

    Raises:
        UsageError: the very first build finds no such language or office.
    """
    with closing(watch_files(watched.project)) as watcher:  # started before the first build
        job: Job | None = None
        is_first = True
        while True:
            before = state_of(watched.project, watched.out)
            start = seconds()
            job, built, findings = _attempt(watched, job, is_first=is_first)
            yield Attempt(built, findings, seconds() - start)
            is_first = False
            wait_for_change(watcher, watched.project, watched.out, before)


def _attempt(
    watched: WatchTarget, job: Job | None, *, is_first: bool
) -> tuple[Job | None, Built | None, tuple[Finding, ...]]:
    """Build, and return the job for the next attempt, the result and the findings."""
    try:
        job = open_job(watched.project, job)
        built = build_edition(
            job, watched.condition, watched.language, watched.office, draft=watched.draft
        )
    except InputError as failure:
        return job, None, failure.findings
    except FileNotFoundError as failure:
        file = watched.project.label(str(failure.filename or failure))
        return job, None, (file_removed(file),)
    except UsageError as failure:
        if is_first:
            raise
        return job, None, (Finding("edition-missing", str(failure)),)
    return job, built, built.findings
