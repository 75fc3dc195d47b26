"""`brochure check`: preflight a project or any PDF.

Findings go to standard error and their number to standard output, or all of them into JSON or an HTML report.
"""

from __future__ import annotations

from pathlib import Path
from typing import TYPE_CHECKING, Annotated

import typer

from brochure.cli._completion import complete_profile
from brochure.cli._options import Json
from brochure.cli._output import as_data, counted, echo, say_json
from brochure.cli._reading_order import print_reading_order

if TYPE_CHECKING:
    from brochure.findings import Finding
    from brochure.preflight import PreflightProfile

ALIKE = 8
"""Maximum number of findings of one check that are printed; the HTML report and JSON contain all."""


def command(
    subject: Annotated[
        Path,
        typer.Argument(
            metavar="[PROJECT or FILE.pdf]",
            help="Project folder, which contains brochure.yaml, or a PDF.",
        ),
    ] = Path(),
    lang: Annotated[
        str | None,
        typer.Option(
            help="Language of the edition, as a BCP 47 tag (default: the source language, or the office's first language)."
        ),
    ] = None,
    office: Annotated[
        str | None,
        typer.Option(
            help="Office of the edition, by its file name in offices/ (default: no office)."
        ),
    ] = None,
    profile: Annotated[
        str | None,
        typer.Option(
            help="Preflight profile: sheetfed, newsprint, digital or screen, or a YAML file with your own severities and limits"
            " (default: the layout's, else sheetfed).",
            autocompletion=complete_profile,
        ),
    ] = None,
    report: Annotated[
        Path | None, typer.Option(help="Write the findings to this file as an HTML page.")
    ] = None,
    approve: Annotated[
        bool,
        typer.Option(
            "--approve-images",
            help="Approve the images as they are now and record them in approved.json; later changes are reported.",
        ),
    ] = False,
    reading_order: Annotated[
        bool,
        typer.Option(
            "--reading-order",
            help="Print the text in reading order, as a screen reader speaks it, without checks.",
        ),
    ] = False,
    json: Json = False,
) -> None:
    """Preflight a project (layout, copy, images and pages) or any PDF.

    \b
    Example: list all problems of the sample, with file and line or page:
        brochure check layouts/proven-model

    \b
    Print the text as a screen reader speaks it:
        brochure check layouts/proven-model --reading-order

    \b
    Check a PDF from a client, with an HTML report to send back:
        brochure check advert.pdf --profile newsprint --report advert.html

    \b
    Exit status: 0 no errors (there may be warnings); 1 errors found; 2 invalid layout, copy, asset or PDF;
    64 invalid command line.
    """
    from brochure.cli._report import lines, page
    from brochure.errors import InputError
    from brochure.findings import has_errors
    from brochure.system.output_files import write_atomically

    if reading_order:
        print_reading_order(subject, (lang, office), as_json=json)
        return
    status = 0
    try:
        rules = _profile(profile) if profile else None
        if subject.suffix.lower() == ".pdf":
            findings = _of_file(subject, rules or _profile("sheetfed"), approve=approve)
        else:
            findings = _of_project(subject, (lang, office), rules, approve=approve)
        status = 1 if has_errors(findings) else 0
    except InputError as failure:
        findings, status = failure.findings, failure.exit_status
    if report:
        write_atomically(report, page(findings, subject, profile or "of the layout").encode())
    if json:
        say_json({"findings": [as_data(finding) for finding in findings]})
    else:
        for line in lines(findings, ALIKE):
            echo(line, err=True)
        echo("no findings" if not findings else counted(len(findings), "finding"))
    raise typer.Exit(status)


def _profile(name: str) -> PreflightProfile:
    """Return a built-in profile, or read one from a file."""
    from brochure.errors import InputError, UsageError
    from brochure.findings import nearest
    from brochure.preflight import LIMITS, PROFILES, read_profile
    from brochure.project import read_whole

    if name in PROFILES:
        return PROFILES[name]
    if not name.endswith((".yaml", ".yml")):
        hint = nearest(name, PROFILES)
        raise UsageError(f"--profile {name}: unknown profile ({hint})")
    profile, findings = read_profile(read_whole(Path(name)), name, LIMITS)
    if profile is None:
        raise InputError(findings)
    return profile


def _of_file(file: Path, profile: PreflightProfile, *, approve: bool) -> tuple[Finding, ...]:
    from brochure.errors import UsageError
    from brochure.preflight.session import check_pdf_limited
    from brochure.project import read_whole

    if approve:
        raise UsageError(f"--approve-images: expected a project folder; {file} is a PDF")
    return check_pdf_limited(read_whole(file), str(file), profile)


def _of_project(
    folder: Path,
    edition: tuple[str | None, str | None],
    profile: PreflightProfile | None,
    *,
    approve: bool,
) -> tuple[Finding, ...]:
    from brochure.api import lay_out
    from brochure.edition_checks import check_laid_out, check_other_targets
    from brochure.preflight.approved_images import APPROVALS_FILE, approve_images
    from brochure.preflight.model import ProjectFiles
    from brochure.preflight.session import load_profile
    from brochure.project import project_at
    from brochure.system.output_files import write_atomically

    project = project_at(folder)
    made = lay_out(project, *edition)
    if approve:
        write_atomically(
            folder / APPROVALS_FILE, approve_images(ProjectFiles(made.edition, project))
        )
    rules = profile or load_profile(made.edition.layout, project)
    found = check_laid_out(made, rules, project)
    return (*found, *check_other_targets(made, project, rules, found))
