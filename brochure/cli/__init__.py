"""Command line interface: one module for each command.

`main` is the console script. Commands are discovered by file name and loaded on demand; they import the rest of the package
in their functions, so that `--help` stays fast.
"""

from __future__ import annotations

from brochure.cli import _deferred_modules as _deferred_modules  # takes effect on the imports below

# isort: split
import gc
import sys
import warnings
from collections.abc import Collection, Iterable, Iterator, Sequence
from contextlib import suppress
from types import ModuleType
from typing import Any

import typer
from typer.core import TyperGroup
from typer.exceptions import TyperException

from brochure import __version__
from brochure.cli._output import echo, failure_as_data, say_findings, say_json, summarize_findings
from brochure.errors import BrochureError, ExitCode, InputError, UsageError
from brochure.findings import Finding, nearest
from brochure.system import plugins
from brochure.system.exhaustion import explain_unexpected
from brochure.system.signals import handle_signals


def commands_in(package: ModuleType) -> type[TyperGroup]:
    """Return the command group of a package: its modules are commands, its subpackages groups of commands."""

    class Commands(TyperGroup):
        """Commands discovered by file name."""

        def list_commands(self, ctx: Any) -> list[str]:
            """Return the names of all commands in alphabetical order."""
            return plugins.names(package, packages=True)

        def get_command(self, ctx: Any, cmd_name: str) -> Any:
            """Return a command by name; raise UsageError if it does not exist."""
            known = self.list_commands(ctx)
            if cmd_name not in known:
                raise UsageError(
                    f"unknown command '{cmd_name}' ({_suggest_command(cmd_name, known)})"
                )
            return _command(plugins.kind(package, cmd_name), cmd_name)

    return Commands


FORMER_COMMANDS = {"where": "explain"}
"""Current names of renamed commands."""


def _suggest_command(name: str, known: Iterable[str]) -> str:
    """Return a hint with the current name of a renamed command, or the most similar known command."""
    current = FORMER_COMMANDS.get(name, "")
    return f"it is now '{current}'" if current in known else nearest(name, known)


SETTINGS = {"help_option_names": ["-h", "--help"]}


def _command(module: ModuleType, name: str) -> Any:
    """Return the command of a module, or the command group of a package."""
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
    single = typer.Typer(add_completion=False, rich_markup_mode=None)
    single.command(name)(module.command)
    return typer.main.get_command(single)


def _help_of_group(ctx: typer.Context) -> None:
    """Print the help of a group if no command is given."""
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
    version: bool = typer.Option(False, "--version", help="Print the version and exit."),
) -> None:
    """Build press-ready, accessible, localized brochures from a layout, images and copy.

    \b
    Example: start a project and build it:
        brochure new my-brochure
        brochure build my-brochure -o out
    """
    if version:
        echo(f"brochure {__version__}")
    elif ctx.invoked_subcommand is None:
        typer.echo(ctx.get_help())


SELDOM = (200_000, 20, 50)
"""Thresholds of the garbage collector: a build creates many long-lived objects and hardly any cycles.

A build of one brochure creates fewer objects than the first threshold and needs no collection.
"""


def main() -> None:
    """Run a command; print errors as messages, never as tracebacks, and exit with a status."""
    gc.set_threshold(*SELDOM)
    if not sys.warnoptions:
        warnings.simplefilter("ignore")  # warnings of libraries are for developers
    handle_signals()
    status = _status()
    gc.freeze()  # skip a last garbage collection at exit
    raise SystemExit(status)


def _status() -> int:
    status: int = ExitCode.INVALID_INPUT
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
    except Exception as failure:
        ended = _find_end(failure)
        if ended is not None:
            return ended
        message, status = _explain(failure)
        _fail(message)
    return status


def _find_end(failure: BaseException) -> int | None:
    """Return the status of a signal that led to an exception; None if none did.

    Python 3.11 reports whatever is raised while a class is being made as a RuntimeError that it caused.
    """
    cause: BaseException | None = failure
    while cause is not None:
        if isinstance(cause, KeyboardInterrupt):
            return ExitCode.INTERRUPTED
        if isinstance(cause, SystemExit) and isinstance(cause.code, int):
            return cause.code
        cause = cause.__cause__
    return None


def _explain(failure: Exception) -> tuple[str, int]:
    """Return the message and the exit status for an exception that no code expected."""
    message, status = explain_unexpected(failure)
    if status == ExitCode.INTERNAL_ERROR and isinstance(failure, OSError):
        parts = (str(part) for part in (failure.filename, failure.strerror) if part)
        message = ": ".join(parts) or f"{failure}: the file is missing"
        status = ExitCode.INVALID_INPUT
    return message, status


def _fail(message: str, findings: Iterable[Finding] = ()) -> None:
    """Print the error that stopped the command, as JSON if the command line contains `--json`."""
    if _wants_json(sys.argv[1:]):
        say_json(failure_as_data(message, findings))
        return
    say_findings(findings)
    echo(message if findings else f"brochure: {message}", err=True)


def _wants_json(words: Sequence[str]) -> bool:
    """Return whether `--json` is an option of the command line, even if the command line is invalid."""
    with_value: frozenset[str] = frozenset()
    with suppress(Exception):  # the error that stopped the command may occur again
        with_value = _options_with_value(words)
    return "--json" in find_options(words, with_value)


def _options_with_value(words: Sequence[str]) -> frozenset[str]:
    """Return the options with a value of the command that the words name; groups have none."""
    package = sys.modules[__name__]
    for word in words:
        if word.startswith("-"):
            continue
        if word not in plugins.names(package, packages=True):
            break
        package = plugins.kind(package, word)
        if not hasattr(package, "__path__"):
            options = _command(package, word).params
            valued = (one for one in options if not getattr(one, "is_flag", True))
            return frozenset(name for one in valued for name in one.opts)
    return frozenset()


FORMER_OPTIONS = {
    "--for": "--target",
    "--pictures": "--previews or --previews-dir DIR",
    "--picture-form": "--preview-format",
    "--skip-wrong": "--skip-invalid",
    "--only": "--rows",
    "--approve": "--approve-images",
    "--section": "--signature-pages",
    "--bind": "--binding-edge",
}
"""Current names of renamed options."""


def _misused(failure: Any) -> str:
    """Return what is wrong with an option or an argument, and how to get help."""
    context = getattr(failure, "ctx", None)
    command = context.command_path if context else "brochure"
    former = FORMER_OPTIONS.get(str(getattr(failure, "option_name", "")), "")
    hint = f"it was renamed to {former}; " if former else ""
    message = " ".join(failure.format_message().split()).rstrip(".")
    return f"{message} ({hint}try '{command} --help')"


def find_options(words: Sequence[str], with_value: Collection[str]) -> Iterator[str]:
    """Yield the options among the words of a command line that could not be parsed.

    A word is an option if it begins with `-`, is not the value of the option before it, and does not follow `--`. Options in
    `with_value` take the next word as their value.
    """
    remaining = iter(words)
    for word in remaining:
        if word == "--":
            return
        if word.startswith("-") and word != "-":
            yield word
            if word in with_value:
                next(remaining, None)
