"""What a brochure says, for the commands that print it.

Takes an edition, made up; gives a line for each thing that a screen reader says, with the pages between them, or the same as
data.
"""

from __future__ import annotations

from dataclasses import asdict
from typing import TYPE_CHECKING

import typer

from brochure.cli._output import counted, say_json

if TYPE_CHECKING:  # the command line alone may
    from brochure.pipeline import Made


def say_spoken(made: Made, *, as_json: bool) -> None:
    """Prints the edition as it is heard."""
    from brochure.makeup.spoken import spoken
    from brochure.makeup.tree import tree

    edition = made.edition
    lines = spoken(tree(made.pages, edition.language))
    title = edition.words(edition.layout.title) or edition.layout.brochure
    if as_json:
        heard = [asdict(line) for line in lines]
        say_json({"title": title, "language": edition.language, "spoken": heard})
        return
    typer.echo(f"{title} [{edition.language}], {counted(len(made.pages), 'page')}")
    page = 0
    for line in lines:
        if line.page > page:
            page = line.page
            typer.echo(f"-- page {page}")
        typer.echo(str(line))
