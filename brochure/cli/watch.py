"""`brochure watch`: rebuild the PDF of an edition whenever a file of the project is saved."""

from __future__ import annotations

from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import replace
from json import dumps
from pathlib import Path
from typing import TYPE_CHECKING, Annotated

import typer

from brochure.choices import Target
from brochure.cli._options import Date, Draft, Folder, Language, OfficeName, Out
from brochure.cli._output import (
    as_data,
    counted,
    echo,
    say_findings,
    size_in_words,
    summarize_findings,
)
from brochure.cli._target import read_target
from brochure.findings import Finding

if TYPE_CHECKING:
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
            help="Purpose of the PDF: press (PDF/X), screen (tagged PDF), or booklet for an office printer.",
        ),
    ] = Target.PRESS,
    date: Date = None,
    json: Annotated[
        bool, typer.Option("--json", help="Print one line of JSON for each build.")
    ] = False,
) -> None:
    """Rebuild the PDF whenever a file of the project is saved.

    The first build takes as long as 'brochure build'. Later builds process only what has changed; the PDF is byte for byte
    the same as that of a full build.

    \b
    Example: watch the French edition for Canada while it is being translated:
        brochure watch layouts/proven-model --office canada --lang fr-CA --draft

    \b
    Exit status: 0 ended by Ctrl-C; 64 invalid command line; 73 the first PDF cannot be written.
    """
    # Imported here, so that --help and invalid command lines load nothing else.
    from brochure.batch.watch import WatchTarget, attempts
    from brochure.errors import OutputError
    from brochure.project import project_at

    condition = read_target(target, date)
    watched = WatchTarget(project_at(project), condition, lang, office, out, draft)
    try:
        for number, attempt in enumerate(attempts(watched)):
            try:
                with _written(attempt, out) as path:
                    _say(attempt, path, json=json)
            except OutputError as failure:
                if not number:
                    raise
                _say(_unwritten(attempt, failure), None, json=json)
    except KeyboardInterrupt:
        echo("", err=True)


@contextmanager
def _written(attempt: Attempt, out: Path) -> Iterator[Path | None]:
    """Write the PDF, unless there are errors, and yield its path; wait for the disk only after the block."""
    from brochure.system.output_files import keep_preview, show_preview

    built = attempt.built
    if built is None or not built.parts:
        yield None
        return
    path = out / f"{built.name}.pdf"
    opened = show_preview(path, built.parts)
    yield path
    keep_preview(path, opened)


def _unwritten(attempt: Attempt, failure: Exception) -> Attempt:
    """Return the attempt with a finding that its PDF cannot be written, perhaps because another program has it open."""
    finding = Finding("output-unwritable", str(failure))
    return replace(attempt, built=None, findings=(*attempt.findings, finding))


def _say(attempt: Attempt, path: Path | None, *, json: bool) -> None:
    """Print the result of a build."""
    built = attempt.built if path else None
    if json:
        facts = {"path": str(path), "pages": built.pages, "bytes": built.size} if built else None
        findings = [as_data(finding) for finding in attempt.findings]
        echo(dumps({"built": facts, "findings": findings, "seconds": round(attempt.took, 3)}))
        return
    say_findings(attempt.findings)
    if built is None:
        echo(f"not built: {summarize_findings(attempt.findings)}; waiting for a change", err=True)
        return
    pages, size = counted(built.pages, "page"), size_in_words(built.size)
    echo(f"{path}  {pages}  {size}  {attempt.took:.2f} s")
