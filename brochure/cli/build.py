"""`brochure build`: makes the PDF of a project, or the PDFs of all of its editions.

Takes a project, an edition and what the PDF is for; writes one file and says its pages, size and seconds on a line. With
`--all` the work goes to `_editions`.
"""

from __future__ import annotations

from pathlib import Path
from typing import TYPE_CHECKING, Annotated, Any

import typer

from brochure.cli._editions import Executor, Whole, build_all
from brochure.cli._mail_merge import BuildOptions, build_records, refuse_with_records
from brochure.cli._options import Date, Draft, Folder, Json, Language, OfficeName, Out
from brochure.cli._output import (
    as_data,
    counted,
    failure_as_data,
    say_findings,
    say_json,
    size_in_words,
    summarize_findings,
)
from brochure.cli._previews import PreviewWriter, pictures_data, say_pictures, written_pictures
from brochure.cli._target import read_target
from brochure.targets import Target

if (
    TYPE_CHECKING
):  # the command line alone may: it names types of stages that it loads only when it runs
    from brochure.api import Built
    from brochure.project import DiskProject


ALONE = frozenset({"--pictures"})
"""Options that may stand without their value."""


def command(
    project: Folder = Path(),
    out: Out = Path("out"),
    lang: Language = None,
    office: OfficeName = None,
    every: Annotated[
        bool, typer.Option("--all", help="Build every office in every language it prints in.")
    ] = False,
    jobs: Annotated[
        int | None,
        typer.Option(
            min=1,
            help="With --all or --records: in how many processes; as many as there are cores unless told.",
        ),
    ] = None,
    cluster: Annotated[
        str | None,
        typer.Option(
            metavar="tcp://HOST:PORT",
            help="With --all or --records: build on the Dask cluster whose scheduler is there.",
        ),
    ] = None,
    draft: Draft = False,
    target: Annotated[
        Target,
        typer.Option(
            "--target",
            help="What the PDF is for: a press, screens, or a booklet for an office printer.",
        ),
    ] = Target.PRESS,
    date: Date = None,
    records: Annotated[
        Path | None,
        typer.Option(
            metavar="FILE",
            help="A table of people, CSV or XLSX: one personal brochure for each of its rows.",
        ),
    ] = None,
    only: Annotated[
        str | None,
        typer.Option(
            "--rows", metavar="N-N", help="With --records: these alone, such as 1-5 or 1,7,20-25."
        ),
    ] = None,
    one_file: Annotated[
        bool,
        typer.Option(
            "--one-file", help="With --records: all in one PDF, what they share in it once."
        ),
    ] = False,
    skip_wrong: Annotated[
        bool,
        typer.Option(
            "--skip-invalid", help="With --one-file: leave out records that cannot be built."
        ),
    ] = False,
    pictures: Annotated[
        str | None,
        typer.Option(
            metavar="[DIR]",
            help="Write pictures into a folder, or beside the PDF where none is named: of each frame in which"
            " text does not fit; with --target screen of each page, too, and a contact sheet.",
        ),
    ] = None,
    picture_form: Annotated[
        str,
        typer.Option("--preview-format", help="The format of the previews of pages: png or webp."),
    ] = "png",
    json: Json = False,
) -> None:
    """Build the brochure of a project.

    \b
    Example: the press PDF of the sample, into the folder out:
        brochure build layouts/proven-model -o out

    \b
    Every office in every language, each into a file of its own, on all cores:
        brochure build layouts/proven-model --all -o out

    \b
    A personal brochure for each row of a table of people, and all of them as one file for the press:
        brochure build my-appeal --records people.csv -o out
        brochure build my-appeal --records people.csv --one-file -o out

    \b
    The tagged PDF for screens, with a picture of each page and a contact sheet beside it:
        brochure build layouts/proven-model --target screen --pictures

    \b
    The press PDF with today's date in it:
        brochure build layouts/proven-model --date now

    \b
    Exit status: 0 built; 1 not built, errors were found in the brochure (text that does not fit);
    2 the layout, the copy, an asset or the command line is wrong, or a file cannot be written;
    130 stopped by Ctrl-C (143 by the system). An earlier PDF is never harmed.
    """
    # Imported here, so that --help and a mistyped command load no stage.
    from brochure.errors import UsageError
    from brochure.findings import nearest
    from brochure.project import project_at
    from brochure.proof.page_images import FORMS
    from brochure.system.cache import clear_parts

    condition = read_target(target, date)
    if picture_form not in FORMS:
        raise UsageError(f"--preview-format {picture_form}: {nearest(picture_form, FORMS)}")
    if every and (lang or office):
        raise UsageError("--all builds every edition: leave out --lang and --office")
    if cluster and not (every or records):
        raise UsageError("--cluster is for many brochures: say --all or --records as well")
    if jobs and cluster:
        raise UsageError("--jobs is for this machine: leave it out with --cluster")
    gallery = (
        PreviewWriter(Path(pictures or out), picture_form, condition.tagged)
        if pictures is not None
        else None
    )
    how = Whole(condition, out, gallery, draft=draft, json=json)
    clear_parts(out)
    if records:
        refuse_with_records(every=every, pictures=pictures is not None)
        wish = BuildOptions(records, only, lang, office, one_file, skip_wrong)
        build_records(project_at(project), how, Executor(jobs, cluster), wish)
    elif only or one_file or skip_wrong:
        raise UsageError("--rows, --one-file and --skip-invalid are for --records: name its table")
    elif every:
        build_all(project_at(project), how, Executor(jobs, cluster))
    else:
        _build_one(project_at(project), how, lang, office)


def _build_one(project: DiskProject, how: Whole, lang: str | None, office: str | None) -> None:
    """One edition. A single one that is stopped leaves what there was before."""
    from brochure.api import build
    from brochure.batch.shutdown import Shutdown
    from brochure.project import seconds

    began = seconds()
    with Shutdown() as bell:
        try:
            with bell.may_interrupt():
                built = build(project, how.condition, lang, office, draft=how.draft)
        except KeyboardInterrupt:
            _say_stopped("stopped: nothing was built", json=how.json)
            raise typer.Exit(bell.exit_status) from None
        path = _written(built, how.out)
        shown = written_pictures(project, built, lang, office, how.pictures) if how.pictures else {}
    if how.json:
        findings = [as_data(finding) for finding in built.findings]
        say_json({"built": _facts(built, path), "findings": findings, **pictures_data(shown)})
    else:
        say_findings(built.findings)
        _say_built(built, path, seconds() - began)
        say_pictures(shown)
    if not built.parts:
        raise typer.Exit(1)


def _say_stopped(message: str, *, json: bool) -> None:
    if json:
        say_json(failure_as_data(message))
    else:
        typer.echo(message, err=True)


def _written(built: Built, out: Path) -> Path:
    """Writes the PDF, where there is one; gives its path."""
    from brochure.system.output_files import write_atomically

    path = out / f"{built.name}.pdf"
    if built.parts:
        write_atomically(path, built.parts)
    return path


def _facts(built: Built, path: Path) -> dict[str, Any] | None:
    if not built.parts:
        return None
    return {"path": str(path), "pages": built.pages, "bytes": built.size}


def _say_built(built: Built, path: Path, took: float) -> None:
    if not built.parts:
        typer.echo(f"{path}: not built: {summarize_findings(built.findings)}", err=True)
        return
    pages, size = counted(built.pages, "page"), size_in_words(built.size)
    typer.echo(f"{path}  {pages}  {size}  {took:.2f} s")
