"""`brochure build`: makes the PDF of a project.

Takes a project, an edition and what the PDF is for; writes one file and says its pages, size and seconds on a line.
"""

from __future__ import annotations

from dataclasses import dataclass
from pathlib import Path
from typing import TYPE_CHECKING, Annotated, Any

import typer

from brochure.cli._output import as_data, counted, say_findings, say_json, size_in_words, tally
from brochure.cli._pictures import Gallery, write_page_pictures, write_pictures

if (
    TYPE_CHECKING
):  # the command line alone may: it names types of stages that it loads only when it runs
    from brochure.matrix import Outcome
    from brochure.pipeline import Built
    from brochure.press.conditions import OutputCondition
    from brochure.project import DiskProject


ALONE = frozenset({"--pictures"})
"""Options that may stand without their value."""


def command(
    project: Annotated[
        Path, typer.Argument(help="The project's folder, which holds brochure.yaml.")
    ] = Path(),
    out: Annotated[Path, typer.Option("-o", "--out", help="The folder for the PDF.")] = Path("out"),
    lang: Annotated[
        str | None,
        typer.Option(help="The language to build, as a BCP 47 tag; the source's unless told."),
    ] = None,
    office: Annotated[
        str | None,
        typer.Option(
            help="The office whose edition to build, by the name of its file in offices/."
        ),
    ] = None,
    every: Annotated[
        bool, typer.Option("--all", help="Build every office in every language it prints in.")
    ] = False,
    draft: Annotated[
        bool,
        typer.Option(
            "--draft", help="Build in spite of overflow and missing translations; they are marked."
        ),
    ] = False,
    target: Annotated[
        str,
        typer.Option(
            "--for",
            help="What the PDF is for: press, screen or desk (a booklet for an office printer).",
        ),
    ] = "press",
    pictures: Annotated[
        str | None,
        typer.Option(
            metavar="[DIR]",
            help="Write pictures into a folder, or beside the PDF where none is named: of each frame in which"
            " text does not fit; with --for screen of each page, too, and a contact sheet.",
        ),
    ] = None,
    picture_form: Annotated[
        str, typer.Option(help="The form of the pictures of pages: png or webp.")
    ] = "png",
    json: Annotated[bool, typer.Option("--json", help="Print one JSON document.")] = False,
) -> None:
    """Build the brochure of a project.

    \b
    Example: the press PDF of the sample, into the folder out:
        brochure build layouts/proven-model -o out

    \b
    Every office in every language, each into a file of its own:
        brochure build layouts/proven-model --all -o out

    \b
    The tagged PDF for screens, with a picture of each page and a contact sheet beside it:
        brochure build layouts/proven-model --for screen --pictures

    \b
    Exit status: 0 built; 1 not built, errors were found in the brochure (text that does not fit);
    2 the layout, the copy, an asset or the command line is wrong. An earlier PDF is never harmed.
    """
    # Imported here, so that --help and a mistyped command load no stage.
    from brochure.errors import UsageError
    from brochure.findings import nearest
    from brochure.page_pictures import FORMS
    from brochure.pipeline import build
    from brochure.press.conditions import CONDITIONS
    from brochure.project import project_at, seconds

    if target not in CONDITIONS:
        raise UsageError(f"--for {target}: there is no such target ({nearest(target, CONDITIONS)})")
    if picture_form not in FORMS:
        raise UsageError(f"--picture-form {picture_form}: {nearest(picture_form, FORMS)}")
    if every and (lang or office):
        raise UsageError("--all builds every edition: leave out --lang and --office")
    gallery = Gallery(Path(pictures or out), picture_form) if pictures is not None else None
    if every:
        whole = Whole(CONDITIONS[target], out, gallery, draft=draft, json=json)
        _build_all(project_at(project), whole)
        return
    began = seconds()
    built = build(project_at(project), CONDITIONS[target], lang, office, draft=draft)
    path = _written(built, out)
    shown = _pictures(built, project_at(project), (lang, office), gallery)
    if json:
        findings = [as_data(finding) for finding in built.findings]
        pages = _page_pictures(built, CONDITIONS[target], gallery)
        data = {**_pictures_data(shown), **_pictures_data(pages, "page_pictures")}
        say_json({"built": _facts(built, path), "findings": findings, **data})
    else:
        say_findings(built.findings)
        _say_built(built, path, seconds() - began)
        _say_pictures(shown)
        _say_page_pictures(_page_pictures(built, CONDITIONS[target], gallery))
    if not built.pdf:
        raise typer.Exit(1)


@dataclass(frozen=True, slots=True)
class Whole:
    """How all editions are built: for what, where the files and the pictures go, whether as drafts and said as data."""

    condition: OutputCondition
    out: Path
    pictures: Gallery | None
    draft: bool
    json: bool


def _build_all(project: DiskProject, how: Whole) -> None:
    """Every edition, each said as soon as it is done; then how many there are."""
    from brochure.matrix import build_all
    from brochure.project import seconds

    began = seconds()
    done: list[dict[str, Any]] = []
    statuses: list[int] = []
    for outcome in build_all(project, how.condition, draft=how.draft):
        shown: list[Path] = []
        if outcome.built:
            _written(outcome.built, how.out)
            edition = outcome.name.language, outcome.name.office or None
            shown = _pictures(outcome.built, project, edition, how.pictures)
        statuses.append(outcome.exit_status)
        pages = _page_pictures(outcome.built, how.condition, how.pictures)
        more = {**_pictures_data(shown), **_pictures_data(pages, "page_pictures")}
        done.append({**_outcome_data(outcome, how.out), **more})
        if not how.json:
            _say_outcome(outcome, how.out, seconds() - began)
            _say_pictures(shown)
            _say_page_pictures(pages)
            began = seconds()
    if how.json:
        say_json({"editions": done})
    else:
        typer.echo(f"{statuses.count(0)} of {counted(len(statuses), 'edition')} built")
    status = max(statuses, default=0)
    if status:
        raise typer.Exit(status)


def _say_outcome(outcome: Outcome, out: Path, took: float) -> None:
    if outcome.built:
        say_findings(outcome.findings)
        _say_built(outcome.built, out / f"{outcome.built.name}.pdf", took)
        return
    say_findings(outcome.findings)
    reason = outcome.failure or tally(outcome.findings)
    typer.echo(f"{outcome.name}: not built: {reason}", err=True)


def _outcome_data(outcome: Outcome, out: Path) -> dict[str, Any]:
    built = outcome.built
    return {
        "office": outcome.name.office or None,
        "language": outcome.name.language,
        "built": _facts(built, out / f"{built.name}.pdf") if built else None,
        "findings": [as_data(finding) for finding in outcome.findings],
        "failure": outcome.failure or None,
    }


def _written(built: Built, out: Path) -> Path:
    """Writes the PDF, where there is one; gives its path."""
    from brochure.project import write_whole

    path = out / f"{built.name}.pdf"
    if built.pdf:
        write_whole(path, built.pdf)
    return path


def _facts(built: Built, path: Path) -> dict[str, Any] | None:
    if not built.pdf:
        return None
    return {"path": str(path), "pages": built.pages, "bytes": len(built.pdf)}


def _say_built(built: Built, path: Path, took: float) -> None:
    if not built.pdf:
        typer.echo(f"{path}: not built: {tally(built.findings)}", err=True)
        return
    pages, size = counted(built.pages, "page"), size_in_words(len(built.pdf))
    typer.echo(f"{path}  {pages}  {size}  {took:.2f} s")


# Pictures of what does not fit


def _pictures(
    built: Built,
    project: DiskProject,
    edition: tuple[str | None, str | None],
    gallery: Gallery | None,
) -> list[Path]:
    """Writes them where they are asked for and something overflows."""
    if gallery is None or all(finding.code != "overflow" for finding in built.findings):
        return []
    return write_pictures(project, *edition, name=built.name, folder=gallery.folder)


def _say_pictures(paths: list[Path]) -> None:
    for path in paths:
        typer.echo(f"{path}: what does not fit", err=True)


def _pictures_data(paths: list[Path], key: str = "pictures") -> dict[str, Any]:
    return {key: [str(path) for path in paths]} if paths else {}


# Pictures of pages


def _page_pictures(
    built: Built | None, condition: OutputCondition, gallery: Gallery | None
) -> list[Path]:
    """Writes them where they are asked for and the file is for a screen."""
    if gallery is None or built is None or not built.pdf or not condition.tagged:
        return []
    return write_page_pictures(built.pdf, built.name, gallery)


def _say_page_pictures(paths: list[Path]) -> None:
    if paths:
        typer.echo(f"{paths[-1]}  and {counted(len(paths) - 1, 'picture')} of pages")
