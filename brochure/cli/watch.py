"""`brochure watch`: builds the PDF of a project again whenever one of its files is saved.

Takes a project, an edition and what the PDF is for, as `build` does; writes the file and says a line for each build, until
Ctrl-C.
"""

from __future__ import annotations

from dataclasses import replace
from json import dumps
from pathlib import Path
from typing import TYPE_CHECKING, Annotated

import typer

from brochure.cli._options import Date, Draft, Folder, Language, OfficeName, Out
from brochure.cli._output import as_data, counted, say_findings, size_in_words, summarize_findings
from brochure.cli._target import read_target
from brochure.findings import Finding
from brochure.targets import Target

if TYPE_CHECKING:  # the command line alone may
    from brochure.batch.watch import Attempt


def command(
    project: Folder = Path(),
    out: Out = Path("out"),
    lang: Language = None,
    office: OfficeName = None,
    draft: Draft = False,
    target: Annotated[
        Target,
        typer.Option(
            "--target",
            help="What the PDF is for: a press, screens, or a booklet for an office printer.",
        ),
    ] = Target.PRESS,
    date: Date = None,
    json: Annotated[
        bool, typer.Option("--json", help="Print a JSON document for each build, on a line.")
    ] = False,
) -> None:
    """Build the brochure whenever one of its files is saved.

    The first build takes as long as any. After it only what a change touches is set and painted: the PDF is the same, byte
    for byte, as one that is built anew.

    \b
    Example: the French edition for Canada, while its translation is being worked on:
        brochure watch layouts/proven-model --office canada --lang fr-CA --draft

    \b
    Exit status: 0 ended by Ctrl-C; 2 the command line is wrong, or the first PDF cannot be written.
    """
    # Imported here, so that --help and a mistyped command load no stage.
    from brochure.batch.watch import WatchTarget, attempts
    from brochure.errors import OutputError
    from brochure.project import project_at

    condition = read_target(target, date)
    watched = WatchTarget(project_at(project), condition, lang, office, out, draft)
    try:
        for number, attempt in enumerate(attempts(watched)):
            try:
                path = _written(attempt, out)
            except OutputError as failure:
                if not number:
                    raise
                _say(_unwritten(attempt, failure), None, json=json)
            else:
                _say(attempt, path, json=json)
    except KeyboardInterrupt:
        typer.echo("", err=True)


def _written(attempt: Attempt, out: Path) -> Path | None:
    """Writes the PDF, where there is one; gives its path."""
    from brochure.system.output_files import write_atomically

    built = attempt.built
    if built is None or not built.parts:
        return None
    path = out / f"{built.name}.pdf"
    write_atomically(path, built.parts)
    return path


def _unwritten(attempt: Attempt, failure: Exception) -> Attempt:
    """An attempt whose PDF cannot be written, perhaps only for now: other programs may hold the file open."""
    finding = Finding("output-unwritable", str(failure))
    return replace(attempt, built=None, findings=(*attempt.findings, finding))


def _say(attempt: Attempt, path: Path | None, *, json: bool) -> None:
    """What the build came to."""
    built = attempt.built if path else None
    if json:
        facts = {"path": str(path), "pages": built.pages, "bytes": built.size} if built else None
        findings = [as_data(finding) for finding in attempt.findings]
        typer.echo(dumps({"built": facts, "findings": findings, "seconds": round(attempt.took, 3)}))
        return
    say_findings(attempt.findings)
    if built is None:
        typer.echo(
            f"not built: {summarize_findings(attempt.findings)}; waiting for a change", err=True
        )
        return
    pages, size = counted(built.pages, "page"), size_in_words(built.size)
    typer.echo(f"{path}  {pages}  {size}  {attempt.took:.2f} s")
