"""`brochure text explain`: show the source file and line of a message, a variable or an image in an edition."""

from __future__ import annotations

from pathlib import Path
from typing import Annotated, Any

import typer

from brochure.cli._options import Folder, Json
from brochure.cli._output import echo, say_json

MAX_WIDTH = 60
"""Maximum number of characters of a text that are printed."""


def command(
    name: Annotated[
        str,
        typer.Argument(
            help="Message key, variable name, image path, or words that are printed.", metavar="KEY"
        ),
    ],
    project: Folder = Path(),
    office: Annotated[
        str | None,
        typer.Option(
            help="Office of the edition, by its file name in offices/ (default: no office)."
        ),
    ] = None,
    lang: Annotated[
        str | None,
        typer.Option(
            help="Language of the edition, as a BCP 47 tag (default: the source language, or the office's first language)."
        ),
    ] = None,
    json: Json = False,
) -> None:
    """Show all definitions of a message, a variable or an image in an edition, and mark the one that is used.

    \b
    Example: show where the legal line of the French edition for Canada comes from; find a message by its words:
        brochure text explain legal layouts/proven-model --office canada --lang fr-CA
        brochure text explain "sold in the open" layouts/proven-model

    The last definition is used: the source, then the language from general to specific, then the office.
    Fuzzy translations are not used. Words are looked for as they are printed: in the edition, or without --lang in all languages.

    \b
    Exit status: 0 found; 2 invalid project; 64 unknown name, office or language.
    """
    from brochure.errors import UsageError
    from brochure.project import project_at
    from brochure.translation.provenance import find_by_words, find_provenance
    from brochure.translation.workspace import open_workspace

    desk = open_workspace(project_at(project))
    try:
        found = find_provenance(desk, name, lang, office)
    except UsageError:
        matches = find_by_words(desk, name, lang, office)
        if not matches:
            raise
        _show_matches(name, matches, json=json)
        return
    if json:
        say_json(_found_as_data(found))
    else:
        _show(found)


def _show_matches(words: str, matches: tuple[Any, ...], *, json: bool) -> None:
    """Show the messages that contain words."""
    if json:
        say_json({"words": words, "matches": [_found_as_data(one) for one in matches]})
        return
    for one in matches[:MAX_MATCHES]:
        echo(f"{one.name} ({one.language})")
        _show(one)
    if len(matches) > MAX_MATCHES:
        echo(f"and {len(matches) - MAX_MATCHES} more messages: give more of the words")


MAX_MATCHES = 20
"""Maximum number of messages that are shown."""


def _found_as_data(found: Any) -> dict[str, Any]:
    layers = [_as_data(one, one is found.printed) for one in found.origins]
    return {
        "kind": found.kind,
        "name": found.name,
        "language": found.language,
        "layers": layers,
    }


def _show(found: Any) -> None:
    for one in found.origins:
        mark = "→" if one is found.printed else " "
        state = " (fuzzy, not used)" if one.fuzzy else ""
        echo(f"{mark} {one.layer}{state}  {one.span}  {_shortened(one.text)}")


def _shortened(text: str) -> str:
    line = " ".join(text.split())
    return line if len(line) <= MAX_WIDTH else line[: MAX_WIDTH - 1] + "…"


def _as_data(one: Any, printed: bool) -> dict[str, Any]:
    return {
        "layer": one.layer,
        "file": one.span.file,
        "line": one.span.line,
        "column": one.span.column,
        "text": one.text,
        "fuzzy": one.fuzzy,
        "used": printed,
    }
