"""`brochure proof`: show the pages in a browser, translate them in place, comment on them and approve them."""

from __future__ import annotations

from collections.abc import Sequence
from json import dumps
from pathlib import Path
from typing import Annotated

import typer

from brochure.cli._options import Folder, Json
from brochure.cli._output import as_data, counted, echo, say_findings, say_json, size_in_words
from brochure.errors import ExitCode, UsageError


def command(
    project: Folder = Path(),
    port: Annotated[
        int | None, typer.Option(help="Port of the server (default: a free one).", min=1, max=65535)
    ] = None,
    no_open: Annotated[
        bool, typer.Option("--no-open", help="Do not open the browser; print the address only.")
    ] = False,
    read_only: Annotated[
        bool, typer.Option("--read-only", help="Show the pages, but save nothing in the project.")
    ] = False,
    export: Annotated[
        Path | None,
        typer.Option(
            metavar="DIR|FILE.zip",
            help="Write static pages for a review without a server, into a folder or a ZIP file.",
        ),
    ] = None,
    edition: Annotated[
        list[str] | None,
        typer.Option(
            metavar="LANG|OFFICE/LANG",
            help="An edition to export; can be repeated (default: all editions).",
        ),
    ] = None,
    json: Json = False,
) -> None:
    """Show the pages of all editions in a browser, and translate them in place.

    The pages follow the files: whatever is saved, by the browser or by other programs, is set again at once. The server
    listens on this computer only (127.0.0.1), and its address contains a secret. Ctrl-C ends it.

    \b
    Example: open the proof; write the proof of one edition to send to its office:
        brochure proof layouts/proven-model
        brochure proof layouts/proven-model --export proof.zip --edition cambodia/km

    \b
    Exit status: 0 ended by Ctrl-C, or exported; 1 not all editions were exported; 2 the layout has errors;
    64 invalid command line, or the port is in use; 73 the export cannot be written.
    """
    # Imported here, so that --help and invalid command lines load nothing else.
    from brochure.project import project_at

    if export is not None:
        if port is not None or read_only:
            raise UsageError(
                "--export: --port and --read-only are for the live proof; leave them out"
            )
        _export(project, export, edition or (), as_json=json)
        return
    if edition:
        raise UsageError("--edition is for --export; the live proof shows all editions")
    from brochure.proof.serving import open_address, serve
    from brochure.proof.session import ProofSession

    folder = project_at(project)
    address = open_address(port)
    session = ProofSession(folder)

    def ready() -> None:
        echo(dumps({"url": address.url}) if json else address.url)
        if not no_open:
            typer.launch(address.url)

    try:
        serve(session, address, ready, read_only=read_only)
    except KeyboardInterrupt:
        echo("", err=True)


def _export(project: Path, target: Path, editions: Sequence[str], *, as_json: bool) -> None:
    """Write the static proof, and print where it is."""
    from brochure.project import project_at
    from brochure.proof.export import MARKER, export_proof, zip_files
    from brochure.system.output_files import write_atomically, write_folder

    made = export_proof(project_at(project), editions)
    if target.suffix.lower() == ".zip":
        data = zip_files(made.files, target.stem)
        write_atomically(target, data)
        size = len(data)
    else:
        write_folder(target, made.files, replaces=MARKER)
        size = sum(map(len, made.files.values()))
    if as_json:
        findings = [as_data(one) for one in made.findings]
        say_json(
            {"path": str(target), "editions": made.editions, "bytes": size, "findings": findings}
        )
    else:
        say_findings(made.findings)
        echo(f"{target}  {counted(len(made.editions), 'edition')}  {size_in_words(size)}")
    if made.findings:
        raise typer.Exit(ExitCode.FINDINGS)
