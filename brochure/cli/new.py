"""`brochure new`: starts a project from a shipped layout."""

from __future__ import annotations

from pathlib import Path
from typing import Annotated

import typer


def command(
    folder: Annotated[Path, typer.Argument(help="The folder to make; it must not exist yet.")],
    layout: Annotated[
        str, typer.Option("--layout", help="The shipped layout to start from.")
    ] = "proven-model",
) -> None:
    """Start a brochure of your own from a shipped layout: its spec, its copy and its pictures.

    \b
    Example: a copy to edit, and its first build:
        brochure new my-brochure
        brochure build my-brochure -o out
    """
    from brochure.errors import UsageError
    from brochure.findings import nearest
    from brochure.shipped import layouts, start

    known = layouts()
    if layout not in known:
        raise UsageError(f"--layout {layout}: there is no such layout ({nearest(layout, known)})")
    start(known[layout], folder)
    typer.echo(f"{folder}: a copy of {layout}. Next:")
    typer.echo(f"    brochure build {folder} -o out")
