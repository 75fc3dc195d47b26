"""`brochure check`: preflight of a project, without painting it, or of any finished PDF.

Takes a project and an edition, or a file; gives the findings on standard error and how many there are on standard output, one
JSON document, or a page of HTML to send along.
"""

from __future__ import annotations

from pathlib import Path
from typing import TYPE_CHECKING, Annotated

import typer

from brochure.cli._options import Json
from brochure.cli._output import as_data, counted, legible, say_json
from brochure.cli._reading_order import print_reading_order

if TYPE_CHECKING:
    from brochure.findings import Finding
    from brochure.preflight import PreflightProfile

ALIKE = 8
"""Findings of one check that are printed; the report and the JSON have all of them."""


def command(
    subject: Annotated[
        Path,
        typer.Argument(
            metavar="[PROJECT or FILE.pdf]",
            help="The project's folder, which holds brochure.yaml, or a finished PDF.",
        ),
    ] = Path(),
    lang: Annotated[
        str | None,
        typer.Option(help="The language to check, as a BCP 47 tag; the source's unless told."),
    ] = None,
    office: Annotated[
        str | None,
        typer.Option(
            help="The office whose edition to check, by the name of its file in offices/."
        ),
    ] = None,
    profile: Annotated[
        str,
        typer.Option(
            help="sheetfed, newsprint, digital or screen; or a YAML file with weights and limits of your own."
        ),
    ] = "sheetfed",
    report: Annotated[
        Path | None, typer.Option(help="Write the findings as a page of HTML to send along.")
    ] = None,
    approve: Annotated[
        bool,
        typer.Option(
            "--approve-images",
            help="Write approved.json: the pictures are right as they are now.",
        ),
    ] = False,
    reading_order: Annotated[
        bool,
        typer.Option(
            "--reading-order", help="Print the brochure as a screen reader would speak it."
        ),
    ] = False,
    json: Json = False,
) -> None:
    """Check the layout, the copy and the pages of a project, or a finished PDF.

    \b
    Example: everything that would stop the sample from going to press, each with its place:
        brochure check layouts/proven-model

    \b
    What somebody hears who does not see the pages, in the order of reading:
        brochure check layouts/proven-model --reading-order

    \b
    A file that somebody has sent, with a report to send back:
        brochure check advert.pdf --profile newsprint --report advert.html

    \b
    Exit status: 0 no errors (there may be warnings); 1 errors found in the brochure; 2 layout, copy or an asset is wrong.
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
        rules = _profile(profile)
        if subject.suffix.lower() == ".pdf":
            findings = _of_file(subject, rules, approve=approve)
        else:
            findings = _of_project(subject, (lang, office), rules, approve=approve)
        status = 1 if has_errors(findings) else 0
    except InputError as failure:
        findings, status = failure.findings, failure.exit_status
    if report:
        write_atomically(report, page(findings, subject.absolute().name, profile).encode())
    if json:
        say_json({"findings": [as_data(finding) for finding in findings]})
    else:
        for line in lines(findings, ALIKE):
            typer.echo(legible(line), err=True)
        typer.echo("no findings" if not findings else counted(len(findings), "finding"))
    raise typer.Exit(status)


def _profile(name: str) -> PreflightProfile:
    """A shipped profile, or one in a file."""
    from brochure.errors import InputError, UsageError
    from brochure.findings import nearest
    from brochure.preflight import LIMITS, PROFILES, read_profile
    from brochure.project import read_whole

    if name in PROFILES:
        return PROFILES[name]
    if not name.endswith((".yaml", ".yml")):
        hint = nearest(name, PROFILES)
        raise UsageError(f"--profile {name}: there is no such profile ({hint})")
    profile, found = read_profile(read_whole(Path(name)), name, LIMITS)
    if profile is None:
        raise InputError(found)
    return profile


def _of_file(file: Path, profile: PreflightProfile, *, approve: bool) -> tuple[Finding, ...]:
    from brochure.errors import UsageError
    from brochure.preflight.session import check_pdf
    from brochure.project import read_whole

    if approve:
        raise UsageError(f"--approve-images: is for projects; {file} is a file")
    return check_pdf(read_whole(file), str(file), profile)


def _of_project(
    folder: Path,
    edition: tuple[str | None, str | None],
    profile: PreflightProfile,
    *,
    approve: bool,
) -> tuple[Finding, ...]:
    from brochure.api import lay_out
    from brochure.preflight.approved_images import APPROVALS_FILE, approve_images
    from brochure.preflight.session import check_laid_out
    from brochure.project import project_at
    from brochure.system.output_files import write_atomically

    project = project_at(folder)
    made = lay_out(project, *edition)
    if approve:
        write_atomically(folder / APPROVALS_FILE, approve_images(made.edition))
    return check_laid_out(made, profile, project)
