"""Watching: a brochure built again whenever somebody saves one of its files.

Takes a project and an edition of it; gives what each build came to, one after the other, and waits in between. What a change
does not touch stands from the build before. Stands above the pipeline, as `matrix` does for many editions.
"""

from __future__ import annotations

from collections.abc import Iterator
from pathlib import Path

from brochure.errors import InputError
from brochure.findings import Finding
from brochure.frozen import dataclass
from brochure.pipeline import Built, Job, build_edition, job_of
from brochure.press.conditions import OutputCondition
from brochure.project import DiskProject, seconds, state_of, wait_for_change


@dataclass(frozen=True, slots=True)
class Watched:
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


def attempts(watched: Watched) -> Iterator[Attempt]:
    """A build at once, and one after each change, without end."""
    job: Job | None = None
    while True:
        before = state_of(watched.project, watched.out)
        began = seconds()
        try:
            job = job_of(watched.project, job)
            built = build_edition(
                job, watched.condition, watched.language, watched.office, draft=watched.draft
            )
            yield Attempt(built, built.findings, seconds() - began)
        except InputError as failure:
            yield Attempt(None, failure.findings, seconds() - began)
        wait_for_change(watched.project, watched.out, before)
