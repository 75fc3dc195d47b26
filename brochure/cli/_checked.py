"""What `brochure check` checks: projects and PDFs, several at a time, or the finished files of all editions."""

from __future__ import annotations

from collections.abc import Callable, Iterator, Sequence
from contextlib import contextmanager
from dataclasses import replace
from pathlib import Path
from typing import TYPE_CHECKING

from brochure.cli._report import is_pdf
from brochure.fast_dataclass import dataclass
from brochure.system.exhaustion import require_thread

if TYPE_CHECKING:
    from concurrent.futures import ThreadPoolExecutor

    from brochure.build_values import Job
    from brochure.choices import PdfxStandard, Target
    from brochure.findings import Finding
    from brochure.l10n.edition import Edition
    from brochure.preflight import PreflightProfile
    from brochure.project import DiskProject, Project


@dataclass(frozen=True)
class Checked:
    """What was found in a project or a PDF.

    `failure` says why it could not be checked, if it could not. `pdf` returns its pages for pictures; it may raise a
    BrochureError.
    """

    path: Path
    findings: tuple[Finding, ...] = ()
    status: int = 0
    failure: str = ""
    pdf: Callable[[], bytes] | None = None


@dataclass(frozen=True)
class Wanted:
    """How subjects are checked.

    `profile` is None for that of a project's layout, or the default of PDFs. `edition` is the language and the office of a
    project's edition.
    """

    profile: PreflightProfile | None
    standard: PdfxStandard | None
    edition: tuple[str | None, str | None]
    jobs: int | None
    approve: bool = False

    def for_pdf(self, default: PreflightProfile | None = None) -> PreflightProfile:
        """Return the profile for a PDF."""
        from brochure.preflight import DEFAULT, PROFILES

        profile = self.profile or default or PROFILES[DEFAULT]
        return replace(profile, standard=self.standard.value) if self.standard else profile


@dataclass(frozen=True)
class Finished:
    """The finished PDFs of all editions of a project: their folder and what they are for."""

    out: Path
    target: Target


def check_all(
    subjects: Sequence[Path], wanted: Wanted, finished: Finished | None
) -> Iterator[Checked]:
    """Check subjects, or the finished files of the only one, a project."""
    if finished is None:
        return _check_subjects(subjects, wanted)
    from brochure.project import project_at

    return _check_finished(project_at(subjects[0]), finished, wanted)


def _check_subjects(subjects: Sequence[Path], wanted: Wanted) -> Iterator[Checked]:
    """Check projects and PDFs, and yield what is found in the order in which they are named.

    PDFs are checked in processes of their own, which have limits on time and memory, several at a time. An error of the only
    subject is raised.
    """
    # Imported here, as all stages.
    from brochure.project import project_at

    for path in subjects:
        if not is_pdf(path):
            project_at(path)  # raises UsageError before others are checked
    if len(subjects) == 1:
        (path,) = subjects
        yield (
            _check_file(path, wanted.for_pdf()) if is_pdf(path) else _check_project(path, wanted)
        )
        return
    with _open_pool(wanted) as pool:
        check = wanted.for_pdf()
        running = {}
        for path in filter(is_pdf, subjects):
            require_thread()
            running[path] = pool.submit(_check_file, path, check)
        for path in subjects:
            yield _guarded(
                path,
                running[path].result if path in running else lambda: _check_project(path, wanted),  # noqa: B023
            )


@contextmanager
def _open_pool(wanted: Wanted) -> Iterator[ThreadPoolExecutor]:
    """Return threads that wait for the processes. If the block is interrupted, what runs is ended and the rest is not begun."""
    # Imported here: slow to load, and other commands do not need it.
    from concurrent.futures import ThreadPoolExecutor

    from brochure.system.cores import usable_cores
    from brochure.system.limited_calls import refuse_calls

    pool = ThreadPoolExecutor(wanted.jobs or usable_cores())
    try:
        yield pool
    except BaseException:
        with refuse_calls():
            pool.shutdown(cancel_futures=True)
        raise
    pool.shutdown()


def _guarded(path: Path, check: Callable[[], Checked]) -> Checked:
    """Check a subject; an error is its result, so that others are checked."""
    from brochure.errors import BrochureError, UsageError

    try:
        return check()
    except UsageError:
        raise  # the command line is wrong: nothing is reported
    except BrochureError as failure:
        return Checked(path, (), failure.exit_status, str(failure))


def _check_file(file: Path, profile: PreflightProfile) -> Checked:
    from brochure.preflight.session import check_pdf_limited
    from brochure.project import read_whole

    findings = check_pdf_limited(read_whole(file), str(file), profile)
    return _conclude(file, findings, lambda: read_whole(file))


def _conclude(
    path: Path, findings: tuple[Finding, ...], pdf: Callable[[], bytes] | None
) -> Checked:
    from brochure.findings import has_errors

    return Checked(path, findings, 1 if has_errors(findings) else 0, "", pdf)


def _check_project(folder: Path, wanted: Wanted) -> Checked:
    from brochure.api import lay_out_edition, make_sheets, open_job, resolve_edition, write_pdf
    from brochure.edition_checks import check_laid_out, check_other_targets
    from brochure.errors import InputError
    from brochure.preflight.session import load_profile
    from brochure.prepress.output_conditions import SCREEN
    from brochure.project import project_at

    project = project_at(folder)
    try:
        job = open_job(project)
        made = lay_out_edition(job, resolve_edition(job, *wanted.edition))
        if wanted.approve:
            _approve_images(folder, project, made.edition)
        rules = wanted.profile or load_profile(made.edition.layout, project)
        found = check_laid_out(made, rules, project)
        found = (*found, *check_other_targets(made, project, rules, found))
    except InputError as failure:
        return Checked(folder, tuple(failure.findings), failure.exit_status)
    return _conclude(
        folder, found, lambda: write_pdf(job, make_sheets(job, made, SCREEN, draft=True)).pdf
    )


def _approve_images(folder: Path, project: Project, edition: Edition) -> None:
    """Record the images of an edition as approved."""
    from brochure.preflight.approved_images import APPROVALS_FILE, approve_images
    from brochure.preflight.model import ProjectFiles
    from brochure.system.output_files import write_atomically

    write_atomically(folder / APPROVALS_FILE, approve_images(ProjectFiles(edition, project)))


def _check_finished(project: DiskProject, finished: Finished, wanted: Wanted) -> Iterator[Checked]:
    """Check the finished files of all editions of a project in the output folder; one that is not built is an error."""
    from brochure.api import open_job
    from brochure.edition_checks import keeps_rgb, list_finished_files

    job = open_job(project)
    profile = wanted.for_pdf(_find_profile(job, finished.target))
    files = list_finished_files(job, finished.out, finished.target)
    is_press = finished.target.value == "press"
    with _open_pool(wanted) as pool:
        running = [
            pool.submit(
                _check_file,
                one.path,
                _forbid_rgb(profile) if is_press and not keeps_rgb(job, one.edition) else profile,
            )
            if one.is_built
            else None
            for one in files
        ]
        for one, result in zip(files, running, strict=True):
            yield _guarded(one.path, result.result) if result else _report_missing(one.path)


def _forbid_rgb(profile: PreflightProfile) -> PreflightProfile:
    """Return the profile for files whose pictures were to be converted: RGB with an ICC profile is an error, as without one."""
    rule = profile.rule("colour-space")
    limits = {**rule.limits, "calibrated": 0.0}
    return replace(profile, rules={**profile.rules, "colour-space": replace(rule, limits=limits)})


def _find_profile(job: Job, target: Target) -> PreflightProfile:
    """Return the profile for files of a target: the layout's for the press, else that for screens."""
    from brochure.choices import Target
    from brochure.preflight import PROFILES
    from brochure.preflight.session import load_profile

    if target is not Target.PRESS:
        return PROFILES["screen"]
    return load_profile(job.layout, job.project)


def _report_missing(path: Path) -> Checked:
    from brochure.errors import ExitCode
    from brochure.findings import Finding

    hint = "build it: brochure build --all"
    missing = Finding("file-missing", "the PDF does not exist", None, hint)
    return Checked(path, (missing,), ExitCode.FINDINGS)
