"""The command line: one command a file, each of which parses, calls one function and prints.

`main` is the console script. Commands are found by their files and loaded when they are called; the stages behind them
are imported inside the commands, so that `--help` loads none of them.
"""

from __future__ import annotations

import sys
import traceback
from pathlib import Path
from typing import Any

import typer
from typer.core import TyperGroup

from brochure import __version__, kinds
from brochure.cli._output import counted
from brochure.errors import BrochureError, InputError


class Commands(TyperGroup):
    """The commands, by their files."""

    def list_commands(self, ctx: Any) -> list[str]:
        """Every command, in alphabetical order."""
        return kinds.names(sys.modules[__name__])

    def get_command(self, ctx: Any, cmd_name: str) -> Any:
        """The command of that name; None where no file makes it."""
        if cmd_name not in self.list_commands(ctx):
            return None
        alone = typer.Typer(add_completion=False, rich_markup_mode=None)
        alone.command(cmd_name)(kinds.kind(sys.modules[__name__], cmd_name).command)
        return typer.main.get_command(alone)


app = typer.Typer(
    cls=Commands,
    add_completion=False,
    rich_markup_mode=None,
    context_settings={"help_option_names": ["-h", "--help"]},
)


@app.callback(invoke_without_command=True)
def brochure(
    ctx: typer.Context,
    version: bool = typer.Option(False, "--version", help="Print the version and stop."),
) -> None:
    """Make press-ready, localized brochures from a layout, pictures and copy.

    \b
    Start a brochure of your own, and build it:
        brochure new my-brochure
        brochure build my-brochure -o out
    """
    if version:
        typer.echo(f"brochure {__version__}")
    elif ctx.invoked_subcommand is None:
        typer.echo(ctx.get_help())


def main() -> None:
    """Runs a command; every failure is a message and an exit status, never a traceback."""
    try:
        app(prog_name="brochure", standalone_mode=True)
    except InputError as failure:
        _say(str(failure), counted(len(failure.findings), "error"))
        raise SystemExit(failure.exit_status) from None
    except BrochureError as failure:
        _say(f"brochure: {failure}")
        raise SystemExit(failure.exit_status) from None
    except Exception as failure:
        _say(f"brochure: a fault in brochure itself: {_where(failure)}", "Please report it.")
        raise SystemExit(BrochureError.exit_status) from None


def _where(failure: Exception) -> str:
    last = traceback.extract_tb(failure.__traceback__)[-1]
    return f"{type(failure).__name__}: {failure} ({Path(last.filename).name}:{last.lineno})"


def _say(*lines: str) -> None:
    for line in lines:
        typer.echo(line, err=True)
