"""Watching: a brochure built again whenever somebody saves one of its files.

Takes a project and an edition of it; gives what each build came to, one after the other, and waits in between. What a change
does not touch stands from the build before. Stands above the pipeline, as `matrix` does for many editions.
"""

from __future__ import annotations

from collections.abc import Iterator
from pathlib import Path

from brochure.api import Built, Job, build_edition, open_job
from brochure.errors import InputError, UsageError
from brochure.fast_dataclass import dataclass
from brochure.findings import Finding, file_removed
from brochure.prepress.output_conditions import OutputCondition
from brochure.project import DiskProject, seconds, state_of, wait_for_change


@dataclass(frozen=True, slots=True)
class WatchTarget:
    """Which edition is watched, what it is for, whether as a draft, and the folder that PDFs go to."""

    project: DiskProject
    condition: OutputCondition
    language: str | None
    office: str | None
    out: Path
    draft: bool = False


@dataclass(frozen=True, slots=True)
class Attempt:
    """What a build came to, and how many seconds it took. Nothing was `built` where something that is read is wrong."""

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
    job: Job | None = None
    is_first = True
    while True:
        before = state_of(watched.project, watched.out)
        began = seconds()
        built: Built | None = None
        try:
            job = open_job(watched.project, job)
            built = build_edition(
                job, watched.condition, watched.language, watched.office, draft=watched.draft
            )
            findings = built.findings
        except InputError as failure:
            findings = failure.findings
        except FileNotFoundError as failure:
            findings = (file_removed(watched.project.label(str(failure.filename or failure))),)
        except UsageError as failure:
            if is_first:
                raise
            findings = (Finding("edition-missing", str(failure)),)
        yield Attempt(built, findings, seconds() - began)
        is_first = False
        wait_for_change(watched.project, watched.out, before)
