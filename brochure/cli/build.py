"""`brochure build`: build the PDF of one edition, of all editions, or of each record of a table.

`--all` is implemented in `_editions`, `--records` in `_mail_merge`.
"""

from __future__ import annotations

from pathlib import Path
from typing import TYPE_CHECKING, Annotated, Any

import typer

from brochure.choices import PreviewFormat, Target
from brochure.cli._editions import Executor, Whole, build_all
from brochure.cli._mail_merge import BuildOptions, build_records, refuse_with_records
from brochure.cli._options import Date, Draft, Folder, Json, Language, OfficeName, Out, Preflight
from brochure.cli._output import (
    as_data,
    counted,
    echo,
    failure_as_data,
    say_findings,
    say_json,
    size_in_words,
    summarize_findings,
)
from brochure.cli._previews import PreviewWriter, pictures_data, say_pictures, written_pictures
from brochure.cli._target import read_target

if TYPE_CHECKING:
    from brochure.build_values import Built
    from brochure.project import DiskProject


def command(
    project: Folder = Path(),
    out: Out = Path("out"),
    lang: Language = None,
    office: OfficeName = None,
    every: Annotated[
        bool, typer.Option("--all", help="Build all editions: every office in all its languages.")
    ] = False,
    jobs: Annotated[
        int | None,
        typer.Option(
            min=1,
            help="With --all or --records: number of worker processes (default: CPU cores).",
        ),
    ] = None,
    cluster: Annotated[
        str | None,
        typer.Option(
            metavar="tcp://HOST:PORT",
            help="With --all or --records: build on the Dask cluster with this scheduler address.",
        ),
    ] = None,
    force: Annotated[
        bool,
        typer.Option(
            "--force",
            help="With --all or --records: build also what is unchanged since it was last built.",
        ),
    ] = False,
    draft: Draft = False,
    target: Annotated[
        Target,
        typer.Option(
            "--target",
            help="Purpose of the PDF: press (PDF/X), screen (tagged PDF), or booklet for an office printer.",
        ),
    ] = Target.PRESS,
    numbered: Annotated[
        bool,
        typer.Option(
            "--numbered",
            help="With --target screen: number the messages, and add a key list, for reviewers.",
        ),
    ] = False,
    date: Date = None,
    preflight: Preflight = None,
    records: Annotated[
        Path | None,
        typer.Option(
            metavar="FILE",
            help="Mail merge: CSV or XLSX table; build one brochure for each row.",
        ),
    ] = None,
    only: Annotated[
        str | None,
        typer.Option(
            "--rows",
            metavar="N-N",
            help="With --records: rows to build, e.g. 1-5 or 1,7,20-25 (default: all).",
        ),
    ] = None,
    one_file: Annotated[
        bool,
        typer.Option(
            "--one-file",
            help="With --records: write one PDF with all brochures, which share images and fonts.",
        ),
    ] = False,
    skip_wrong: Annotated[
        bool,
        typer.Option(
            "--skip-invalid",
            help="With --one-file: skip rows that cannot be built (default: write nothing).",
        ),
    ] = False,
    previews: Annotated[
        bool,
        typer.Option(
            "--previews",
            help="Write preview images of frames with overset text, and with --target screen of each page"
            " and a contact sheet.",
        ),
    ] = False,
    previews_dir: Annotated[
        Path | None,
        typer.Option(
            metavar="DIR",
            help="Folder of the preview images; implies --previews (default: the folder of the PDF).",
        ),
    ] = None,
    preview_format: Annotated[
        PreviewFormat,
        typer.Option("--preview-format", help="Image format of page previews."),
    ] = PreviewFormat.PNG,
    json: Json = False,
) -> None:
    """Build the PDF of a brochure.

    \b
    Example: build the press PDF of the sample into the folder out:
        brochure build layouts/proven-model -o out

    \b
    Build all editions (every office in all its languages) on all CPU cores, without those that are unchanged:
        brochure build layouts/proven-model --all -o out

    \b
    Mail merge: one PDF for each row of a table, or one PDF with all of them for the press:
        brochure build my-appeal --records people.csv -o out
        brochure build my-appeal --records people.csv --one-file -o out

    \b
    Build the tagged PDF for screens, with page previews and a contact sheet:
        brochure build layouts/proven-model --target screen --previews

    \b
    Build a numbered proof for reviewers, with a key list at its end:
        brochure build layouts/proven-model --target screen --numbered

    \b
    Build the press PDF with the current date:
        brochure build layouts/proven-model --date now

    \b
    Exit status: 0 built; 1 not built because of errors in the brochure (for example overset text);
    2 invalid layout, copy, table or asset; 64 invalid command line; 73 the file cannot be written;
    71 memory or open files ran out; 130 interrupted by Ctrl-C (143 by SIGTERM, 129 by SIGHUP).
    If the build fails, an existing PDF is left unchanged.
    """
    # Imported here, so that --help and invalid command lines load nothing else.
    from brochure.errors import UsageError
    from brochure.project import project_at
    from brochure.system.atomic_files import remove_stale_parts

    condition = read_target(target, date, preflight)
    if numbered:
        if not condition.tagged:
            raise UsageError("--numbered applies to screen PDFs only: add --target screen")
        if records:
            raise UsageError("--numbered cannot be combined with --records: remove one of them")
        condition = condition.numbered()
    if every and (lang or office):
        raise UsageError("--all builds all editions: remove --lang and --office")
    if cluster and not (every or records):
        raise UsageError("--cluster needs --all or --records")
    if jobs and cluster:
        raise UsageError("--jobs cannot be combined with --cluster: remove one of them")
    with_previews = previews or previews_dir is not None
    writer = PreviewWriter(previews_dir or out, preview_format.value, condition.tagged)
    how = Whole(condition, out, writer if with_previews else None, draft=draft, json=json)
    remove_stale_parts(out)
    if records:
        refuse_with_records(every=every, previews=with_previews)
        wish = BuildOptions(records, only, lang, office, one_file, skip_wrong)
        build_records(project_at(project), how, Executor(jobs, cluster, force), wish)
    elif only or one_file or skip_wrong:
        raise UsageError("--rows, --one-file and --skip-invalid need --records FILE")
    elif every:
        build_all(project_at(project), how, Executor(jobs, cluster, force))
    else:
        _build_one(project_at(project), how, lang, office)


def _build_one(project: DiskProject, how: Whole, lang: str | None, office: str | None) -> None:
    """Build one edition; if it is interrupted, an existing PDF is left unchanged."""
    from brochure.api import build
    from brochure.batch.shutdown import Shutdown
    from brochure.project import seconds

    began = seconds()
    with Shutdown() as shutdown:
        try:
            with shutdown.may_interrupt():
                built = build(project, how.condition, lang, office, draft=how.draft)
        except KeyboardInterrupt:
            _say_stopped("interrupted: nothing was built", json=how.json)
            raise typer.Exit(shutdown.exit_status) from None
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
        echo(message, err=True)


def _written(built: Built, out: Path) -> Path:
    """Write the PDF, unless there are errors, and return its path."""
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
        echo(f"{path}: not built: {summarize_findings(built.findings)}", err=True)
        return
    pages, size = counted(built.pages, "page"), size_in_words(built.size)
    echo(f"{path}  {pages}  {size}  {took:.2f} s")
