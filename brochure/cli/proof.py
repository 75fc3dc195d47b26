"""`brochure proof`: show the pages in a browser, translate them in place, comment on them and approve them."""

from __future__ import annotations

from pathlib import Path
from typing import Annotated

import typer

from brochure.cli._options import Folder
from brochure.cli._output import echo


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
) -> None:
    """Show the pages of all editions in a browser, and translate them in place.

    The pages follow the files: whatever is saved, by the browser or by other programs, is set again at once. The server
    listens on this computer only (127.0.0.1), and its address contains a secret. Ctrl-C ends it.

    \b
    Example:
        brochure proof layouts/proven-model

    \b
    Exit status: 0 ended by Ctrl-C; 2 the layout has errors; 64 invalid command line, or the port is in use.
    """
    # Imported here, so that --help and invalid command lines load nothing else.
    from brochure.project import project_at
    from brochure.proof.serving import open_address, serve
    from brochure.proof.session import ProofSession

    folder = project_at(project)
    address = open_address(port)
    session = ProofSession(folder)

    def ready() -> None:
        echo(f"{address.url}")
        if not no_open:
            typer.launch(address.url)

    try:
        serve(session, address, ready, read_only=read_only)
    except KeyboardInterrupt:
        echo("", err=True)
