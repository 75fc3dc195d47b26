"""`brochure schema`: prints the JSON Schema of layouts, for editors that complete and check as one types."""

from __future__ import annotations

from pathlib import Path
from typing import Annotated

import typer

from brochure.cli._output import say_json


def command(
    out: Annotated[
        Path | None, typer.Option("-o", "--out", help="Write the schema to this file instead.")
    ] = None,
) -> None:
    """Print the JSON Schema of brochure.yaml.

    \b
    Example: keep it beside your layouts, and name it in a layout's first line:
        brochure schema -o brochure.schema.json
        # yaml-language-server: $schema=../brochure.schema.json
    """
    import json

    from brochure.blocks import KINDS
    from brochure.project import write_whole
    from brochure.spec.schema import schema

    document = schema(KINDS)
    if out is None:
        say_json(document)
        return
    text = json.dumps(document, ensure_ascii=False, indent=2) + "\n"
    write_whole(out, text.encode())
    typer.echo(str(out))
