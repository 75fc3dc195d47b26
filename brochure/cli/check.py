"""`brochure check`: preflight projects or any PDFs.

Findings go to standard error and their number to standard output, or all of them into JSON or an HTML report.
"""

from __future__ import annotations

from collections.abc import Sequence
from pathlib import Path
from typing import TYPE_CHECKING, Annotated, Any

import typer

from brochure.choices import PdfxStandard, Target
from brochure.cli._completion import complete_profile
from brochure.cli._options import Json
from brochure.cli._output import SharedFindings, as_data, counted, echo, refer_above, say_json
from brochure.cli._reading_order import print_reading_order

if TYPE_CHECKING:
    from brochure.cli._checked import Checked, Finished
    from brochure.findings import Finding
    from brochure.preflight import PreflightProfile

ALIKE = 8
"""Maximum number of findings of one check that are printed; the HTML report and JSON contain all."""


def command(
    subjects: Annotated[
        list[Path] | None,
        typer.Argument(
            metavar="[PROJECT or FILE.pdf]...",
            help="Project folders, which contain brochure.yaml, or PDFs (default: the current folder).",
        ),
    ] = None,
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
    every: Annotated[
        bool,
        typer.Option(
            "--all",
            help="Check the finished PDFs of all editions of a project, as 'build --all' has written them.",
        ),
    ] = False,
    out: Annotated[
        Path | None,
        typer.Option("-o", "--out", help="With --all: folder of the PDFs (default: out)."),
    ] = None,
    target: Annotated[
        Target | None,
        typer.Option(
            "--target", help="With --all: which PDFs: press, screen or booklet (default: press)."
        ),
    ] = None,
    profile: Annotated[
        str | None,
        typer.Option(
            help="Preflight profile: sheetfed, newsprint, digital, screen, gwg, x-1a, x-3 or x-4, or a YAML file with your own"
            " severities and limits (default: the layout's, else sheetfed).",
            autocompletion=complete_profile,
        ),
    ] = None,
    standard: Annotated[
        PdfxStandard | None,
        typer.Option(
            help="PDF/X standard that PDFs must satisfy (default: the profile's, else the one that the file declares).",
        ),
    ] = None,
    jobs: Annotated[
        int | None,
        typer.Option(
            min=1, help="Number of PDFs that are checked at the same time (default: CPU cores)."
        ),
    ] = None,
    report: Annotated[
        Path | None,
        typer.Option(
            help="Write the findings to this file as an HTML page, with pictures of the pages that have findings."
        ),
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
    """Preflight projects (layout, copy, images and pages) or any PDFs.

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
    Check several PDFs against PDF/X-4, whatever they declare:
        brochure check cover.pdf inside.pdf --standard x-4

    \b
    Check the finished PDFs of all editions:
        brochure check layouts/proven-model --all -o out

    \b
    Exit status: 0 no errors (there may be warnings); 1 errors found; 2 invalid layout, copy, asset or PDF;
    64 invalid command line. Of several files, the highest.
    """
    from brochure.cli._checked import Checked, Finished, Wanted, check_all
    from brochure.errors import InputError

    given = tuple(dict.fromkeys(subjects or [Path()]))
    _refuse_several(given, alone=every or approve or reading_order, edition=bool(lang or office))
    if reading_order:
        print_reading_order(given[0], (lang, office), as_json=json)
        return
    finished = Finished(out or Path("out"), target or Target.PRESS) if every else None
    _refuse_options(given, finished, bool(out or target), approve=approve, standard=standard)
    try:
        rules = _profile(profile) if profile else None
        wanted = Wanted(rules, standard, (lang, office), jobs, approve)
        results = tuple(check_all(given, wanted, finished))
    except InputError as failure:
        results = (Checked(given[0], tuple(failure.findings), failure.exit_status),)
    if report:
        _write_report(report, results, profile or "of the layout", every=every)
    if json:
        say_json(_data(results))
    else:
        _say(results)
    raise typer.Exit(max(one.status for one in results))


def _refuse_several(given: Sequence[Path], *, alone: bool, edition: bool) -> None:
    """Refuse several subjects with options for one."""
    from brochure.errors import UsageError

    if len(given) > 1 and alone:
        message = "--all, --approve-images and --reading-order are for one project"
        raise UsageError(f"{message}; {len(given)} are named")
    if len(given) > 1 and edition:
        raise UsageError("--lang and --office are for one project: check projects one by one")


def _refuse_options(
    given: Sequence[Path],
    finished: Finished | None,
    of_finished: bool,
    *,
    approve: bool,
    standard: PdfxStandard | None,
) -> None:
    """Refuse options that do not belong to what is checked."""
    from brochure.cli._report import is_pdf
    from brochure.errors import UsageError

    first = given[0]
    if finished is None and of_finished:
        raise UsageError("--out and --target are for the PDFs of all editions: add --all")
    if (finished or approve) and is_pdf(first):
        option = "--all" if finished else "--approve-images"
        raise UsageError(f"{option}: expected a project folder; {first} is a PDF")
    if standard and finished is None and not all(map(is_pdf, given)):
        hint = "that of a project is 'press: {standard: …}' in its layout"
        raise UsageError(f"--standard applies to PDFs; {hint}")


def _write_report(path: Path, results: Sequence[Checked], profile: str, *, every: bool) -> None:
    from brochure.cli._html_report import format_report
    from brochure.system.output_files import write_atomically

    title = f"{results[0].path.parent.name or '.'}: all editions" if every else ""
    write_atomically(path, format_report(results, profile, title).encode())


def _data(results: Sequence[Checked]) -> dict[str, Any]:
    """Return the results as JSON data: all findings, and those of each file."""
    files = [
        {
            "path": str(one.path),
            "status": one.status,
            "failure": one.failure or None,
            "findings": [as_data(finding) for finding in one.findings],
        }
        for one in results
    ]
    return {
        "findings": [as_data(finding) for one in results for finding in one.findings],
        "files": files,
    }


def _say(results: Sequence[Checked]) -> None:
    """Print the findings and their number; of several subjects, each line begins with its name."""
    from brochure.cli._report import is_pdf, lines

    several = len(results) > 1
    shared = SharedFindings("file")
    for one in results:
        new = shared.take_new(one.findings)
        # Findings in a project name its files; those in a PDF its pages.
        for line in lines(new, ALIKE):
            echo(f"{one.path}: {line}" if several and is_pdf(one.path) else line, err=True)
        if one.failure:
            # Messages about a file begin with its name.
            echo(
                one.failure
                if one.failure.startswith(str(one.path))
                else f"{one.path}: {one.failure}",
                err=True,
            )
        result = "not checked" if one.failure else _count(one.findings, new)
        echo(f"{one.path}: {result}" if several else result)
    if several:
        shared.say_others()
        clean = sum(one.status == 0 for one in results)
        echo(f"{clean} of {len(results)} without errors")


def _count(findings: Sequence[Finding], new: Sequence[Finding]) -> str:
    """Return the number of findings, and whether all of them were printed for another file."""
    if not findings:
        return "no findings"
    return refer_above(counted(len(findings), "finding"), is_known=not new)


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
