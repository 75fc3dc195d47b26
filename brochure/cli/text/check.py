"""`brochure text check`: terms, names and spelling of the source and of all translations."""

from __future__ import annotations

from pathlib import Path
from typing import Annotated, Any

import typer

from brochure.cli._options import Folder, Json
from brochure.cli._output import as_data, counted, echo, line_of, say_json


def command(
    project: Folder = Path(),
    lang: Annotated[
        list[str] | None,
        typer.Option(help="Language, as a BCP 47 tag; repeatable (default: all languages)."),
    ] = None,
    office: Annotated[
        list[str] | None, typer.Option(help="Office; repeatable (default: all offices).")
    ] = None,
    glossary: Annotated[
        Path | None,
        typer.Option(help="Glossary, CSV or TBX (default: 'terms: glossary' of the layout)."),
    ] = None,
    json: Json = False,
) -> None:
    """Check terms, words that are not translated, and spelling, in the source and in all translations.

    \b
    Example: check the French translation with the glossary of your agency:
        brochure text check my-brochure --lang fr --glossary terms.tbx

    A glossary is a CSV file with a language tag above each column, or a TBX file. Words of 'terms: do-not-translate' in the
    layout must be in each translation. Spelling is checked by the program hunspell, if it and a dictionary of the language are
    installed; words in words.txt and words.LANG.txt of the project are accepted. All findings are warnings.

    \b
    Exit status: 0 checked, with or without warnings; 2 a file is invalid; 64 unknown office or
    language.
    """
    from brochure.project import project_at, read_whole
    from brochure.translation.status_report import choose_editions
    from brochure.translation.text_check import check_texts, load_glossary
    from brochure.translation.workspace import open_workspace

    desk = open_workspace(project_at(project))
    names = choose_editions(desk, office or (), lang or ())
    given = (read_whole(glossary), str(glossary)) if glossary else None
    terms = load_glossary(desk.project, desk.layout, given)
    done = list(check_texts(desk, names, terms))
    if json:
        say_json({"languages": [_as_data(one) for one in done]})
        return
    printed: set[object] = set()
    for one in done:
        warnings = sum(finding.code != "dictionary-missing" for finding in one.findings)
        said = counted(warnings, "warning") if warnings else "no warnings"
        echo(f"{one.language}  {counted(one.messages, 'message')}  {said}")
        for finding in one.findings:
            if finding not in printed:
                printed.add(finding)
                echo(line_of(finding), err=True)


def _as_data(one: Any) -> dict[str, Any]:
    return {
        "language": one.language,
        "messages": one.messages,
        "findings": [as_data(finding) for finding in one.findings],
    }
