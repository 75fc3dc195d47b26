"""The matrix: every office in every language, one after the other.

Takes a project and an output condition; gives the outcome of each edition as it is done: a PDF, or what forbade it. What all
editions have in common is read once, and one that is broken does not stop the others. Stands above the pipeline, which
makes one edition at a time.
"""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass

from brochure.editions import EditionName, every
from brochure.errors import BrochureError, InputError
from brochure.findings import Finding
from brochure.pipeline import Built, Job, build_edition, job_of
from brochure.press.conditions import OutputCondition
from brochure.project import Project


@dataclass(frozen=True)
class Outcome:
    """What came of one edition. `built` is None where it could not even be set, and `failure` then says why."""

    name: EditionName
    built: Built | None
    findings: tuple[Finding, ...] = ()
    failure: str = ""

    @property
    def exit_status(self) -> int:
        """0 built, 1 not built for errors in the brochure, 2 not built for something wrong in what was read."""
        if self.built is None:
            return BrochureError.exit_status
        return 0 if self.built.pdf else 1


def build_all(
    project: Project, condition: OutputCondition, *, draft: bool = False
) -> Iterator[Outcome]:
    """Every edition of the project; InputError only where the layout itself is wrong, which is wrong for all."""
    job = job_of(project)
    for name in every(project, job.layout):
        yield _outcome(job, condition, name, draft=draft)


def _outcome(job: Job, condition: OutputCondition, name: EditionName, *, draft: bool) -> Outcome:
    try:
        built = build_edition(job, condition, name.language, name.office or None, draft=draft)
    except InputError as failure:
        return Outcome(name, None, failure.findings)
    except BrochureError as failure:
        return Outcome(name, None, failure=str(failure))
    return Outcome(name, built, built.findings)
