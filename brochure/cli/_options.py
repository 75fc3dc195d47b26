"""Options shared by several commands, so that their names and help texts agree."""

from __future__ import annotations

from enum import StrEnum
from pathlib import Path
from typing import Annotated

import typer

Folder = Annotated[Path, typer.Argument(help="Project folder, which contains brochure.yaml.")]
Out = Annotated[Path, typer.Option("-o", "--out", help="Output folder.")]
Language = Annotated[
    str | None,
    typer.Option(
        help="Language of the edition, as a BCP 47 tag (default: the source language, or the office's first language)."
    ),
]
OfficeName = Annotated[
    str | None,
    typer.Option(help="Office of the edition, by its file name in offices/ (default: no office)."),
]
CatalogueOffice = Annotated[
    str | None,
    typer.Option(
        "--office",
        help="Office whose own copy the catalogue translates (default: the copy of the brochure).",
    ),
]
Draft = Annotated[
    bool,
    typer.Option(
        "--draft",
        help="Build even with overset text and missing translations; both are marked in the PDF.",
    ),
]
Date = Annotated[
    str | None,
    typer.Option(
        metavar="now|YYYY-MM-DD",
        help="Date of a press PDF, in UTC; also with the time, e.g. 2026-11-24T15:30:00Z"
        " (default: SOURCE_DATE_EPOCH, else the layout's date, else 2000-01-01).",
    ),
]


class StopSeverity(StrEnum):
    """Severity of the preflight findings that stop a press build."""

    ERROR = "error"
    WARNING = "warning"
    OFF = "off"


Preflight = Annotated[
    StopSeverity | None,
    typer.Option(
        "--preflight",
        help="Preflight findings that stop a press build: error, warning or off (default: the layout's, else error).",
    ),
]
Json = Annotated[bool, typer.Option("--json", help="Print one JSON document instead of text.")]
