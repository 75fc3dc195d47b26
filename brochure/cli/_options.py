"""Options that several commands have: said once, so that they are called and told alike.

Gives types for the parameters of commands; what each stands for where nothing is said is the command's own.
"""

from __future__ import annotations

from pathlib import Path
from typing import Annotated

import typer

Folder = Annotated[Path, typer.Argument(help="The project's folder, which holds brochure.yaml.")]
Out = Annotated[Path, typer.Option("-o", "--out", help="The folder for the PDF.")]
Language = Annotated[
    str | None,
    typer.Option(help="The language to build, as a BCP 47 tag; the source's unless told."),
]
OfficeName = Annotated[
    str | None,
    typer.Option(help="The office whose edition to build, by the name of its file in offices/."),
]
Draft = Annotated[
    bool,
    typer.Option(
        "--draft", help="Build in spite of overflow and missing translations; they are marked."
    ),
]
Date = Annotated[
    str | None,
    typer.Option(
        metavar="now|YYYY-MM-DD",
        help="The date of a press PDF, in UTC. Default: SOURCE_DATE_EPOCH, else the layout's date, else 2000-01-01.",
    ),
]
Json = Annotated[bool, typer.Option("--json", help="Print one JSON document.")]
