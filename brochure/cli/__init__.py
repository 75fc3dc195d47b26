"""The command line: one command a file, each of which parses, calls one function and prints.

`main` is the console script. Commands are found by their files and loaded when they are called; the stages behind them
are imported inside the commands, so that `--help` loads none of them.
"""

from __future__ import annotations

import gc
import sys
import traceback
import warnings
from collections.abc import Iterable, Sequence
from contextlib import suppress
from pathlib import Path
from types import ModuleType
from typing import Any

import typer
from typer.core import TyperCommand, TyperGroup
from typer.exceptions import TyperException

from brochure import __version__
from brochure.cli._arguments import OptionNames
from brochure.cli._output import (
    failure_as_data,
    legible,
    say_findings,
    say_json,
    summarize_findings,
)
from brochure.errors import BrochureError, ExitCode, InputError, UsageError
from brochure.findings import Finding, nearest
from brochure.system import plugins


def commands_in(package: ModuleType) -> type[TyperGroup]:
    """The commands of a package, by their files; a file that is itself a package holds commands of its own."""

    class Commands(TyperGroup):
        """The commands, by their files."""

        def list_commands(self, ctx: Any) -> list[str]:
            """Every command, in alphabetical order."""
            return plugins.names(package, packages=True)

        def get_command(self, ctx: Any, cmd_name: str) -> Any:
            """The command of that name; UsageError where no file makes it."""
            known = self.list_commands(ctx)
            if cmd_name not in known:
                hint = nearest(cmd_name, known)
                raise UsageError(f"there is no command '{cmd_name}' ({hint})")
            return _command(plugins.kind(package, cmd_name), cmd_name)

    return Commands


SETTINGS = {"help_option_names": ["-h", "--help"]}


def _command(module: ModuleType, name: str) -> Any:
    """What a file makes: one command, or a group of them."""
    if hasattr(module, "__path__"):
        group = typer.Typer(
            cls=commands_in(module),
            help=module.__doc__,
            add_completion=False,
            rich_markup_mode=None,
            context_settings=SETTINGS,
        )
        group.callback(invoke_without_command=True)(_help_of_group)
        return typer.main.get_group(group)
    alone = typer.Typer(add_completion=False, rich_markup_mode=None)
    alone.command(name, cls=_parsing(getattr(module, "ALONE", frozenset())))(module.command)
    return typer.main.get_command(alone)


def _parsing(lenient: frozenset[str]) -> type[TyperCommand]:
    """A kind of command some of whose options may stand without their value."""

    class Command(TyperCommand):
        """A command of one file."""

        @property
        def option_names(self) -> OptionNames:
            """Which of its options take a value."""
            valued = (one for one in self.params if not getattr(one, "is_flag", True))
            return OptionNames({name for one in valued for name in one.opts}, lenient)

        def parse_args(self, ctx: Any, args: list[str]) -> list[str]:
            """The words of the command line."""
            return super().parse_args(ctx, self.option_names.with_empty_values(args))

    return Command


def _help_of_group(ctx: typer.Context) -> None:
    """What a group does without a command: it says what there is."""
    if ctx.invoked_subcommand is None:
        typer.echo(ctx.get_help())


app = typer.Typer(
    cls=commands_in(sys.modules[__name__]),
    rich_markup_mode=None,
    context_settings=SETTINGS,
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


SELDOM = (50_000, 20, 50)
"""When the collector of cycles looks: a build makes many values that live to its end, and next to no cycles."""


def main() -> None:
    """Runs a command; every failure is a message and an exit status, never a traceback."""
    gc.set_threshold(*SELDOM)
    if not sys.warnoptions:
        warnings.simplefilter("ignore")  # what libraries mutter is for those who write programs
    status = _status()
    gc.freeze()  # what is left goes with the process: nobody need look through it once more
    raise SystemExit(status)


def _status() -> int:
    status = ExitCode.INVALID_INPUT
    try:
        return int(app(prog_name="brochure", standalone_mode=False) or 0)
    except InputError as failure:
        _fail(summarize_findings(failure.findings), failure.findings)
    except BrochureError as failure:
        _fail(str(failure))
        status = failure.exit_status
    except (typer.BadParameter, TyperException) as failure:
        _fail(_misused(failure))
        status = ExitCode.USAGE
    except (KeyboardInterrupt, typer.Abort):
        status = ExitCode.INTERRUPTED
    except OSError as failure:
        said = (str(part) for part in (failure.filename, failure.strerror) if part)
        _fail(": ".join(said) or f"{failure}: the file is missing")
    except Exception as failure:
        _fail(f"a fault in brochure itself: {_where(failure)}; please report it")
        status = ExitCode.INTERNAL_ERROR
    return status


def _fail(message: str, findings: Iterable[Finding] = ()) -> None:
    """Says what stopped the command, as JSON where the command line asks for that."""
    if _wants_json(sys.argv[1:]):
        say_json(failure_as_data(message, findings))
        return
    say_findings(findings)
    typer.echo(legible(message if findings else f"brochure: {message}"), err=True)


def _wants_json(words: Sequence[str]) -> bool:
    """Whether `--json` is among the options of a command line, whatever else is wrong with it."""
    names = OptionNames()
    with suppress(Exception):  # what has stopped the command may stop this as well
        names = _option_names(words)
    return any(words[at] == "--json" for at in names.places(words))


def _option_names(words: Sequence[str]) -> OptionNames:
    """Those of the command that is named; groups have no options that take a value."""
    package = sys.modules[__name__]
    for word in words:
        if word.startswith("-"):
            continue
        if word not in plugins.names(package, packages=True):
            break
        package = plugins.kind(package, word)
        if not hasattr(package, "__path__"):
            names: OptionNames = _command(package, word).option_names
            return names
    return OptionNames()


FORMER_OPTIONS = {
    "--for": "--target",
    "--picture-form": "--preview-format",
    "--skip-wrong": "--skip-invalid",
    "--only": "--rows",
    "--approve": "--approve-images",
    "--section": "--signature-pages",
    "--bind": "--binding-edge",
}
"""Options that have been renamed, with their names now."""


def _misused(failure: Any) -> str:
    """What is wrong with an option or an argument, and where help is."""
    context = getattr(failure, "ctx", None)
    command = context.command_path if context else "brochure"
    former = FORMER_OPTIONS.get(str(getattr(failure, "option_name", "")), "")
    hint = f"it is now {former}; " if former else ""
    return f"{failure.format_message().rstrip('.')} ({hint}try '{command} --help')"


def _where(failure: Exception) -> str:
    last = traceback.extract_tb(failure.__traceback__)[-1]
    return f"{type(failure).__name__}: {failure} ({Path(last.filename).name}:{last.lineno})"
