"""`brochure schema`: print or write the JSON Schema of layouts or offices, for completion and validation in editors."""

from __future__ import annotations

from pathlib import Path
from typing import Annotated

import typer

from brochure.cli._output import echo, say_json


def command(
    out: Annotated[
        Path | None,
        typer.Option(
            "-o", "--out", help="Write the schema to this file (default: standard output)."
        ),
    ] = None,
    office: Annotated[
        bool,
        typer.Option("--office", help="The schema of offices/ID.yaml instead of the layout's."),
    ] = False,
    json: Annotated[
        bool,
        typer.Option(
            "--json", help="Print one JSON document: the schema, or with -o the path of the file."
        ),
    ] = False,
) -> None:
    """Print the JSON Schema of brochure.yaml, or of an office's file.

    \b
    Example: write the schema beside your projects, and name it in the first line of brochure.yaml:
        brochure schema -o brochure.schema.json
        # yaml-language-server: $schema=../brochure.schema.json

    \b
    Exit status: 0 printed or written; 73 the file cannot be written.
    """
    from json import dumps

    from brochure.blocks import KINDS
    from brochure.l10n.office_schema import office_schema
    from brochure.spec.schema import schema
    from brochure.system.output_files import write_atomically

    document = office_schema() if office else schema(KINDS)
    if out is None:
        say_json(document)
        return
    write_atomically(out, (dumps(document, ensure_ascii=False, indent=2) + "\n").encode())
    if json:
        say_json({"path": str(out)})
    else:
        echo(str(out))
