"""Help: every command has a description, an example that can be called, and its exit statuses."""

from __future__ import annotations

import re
import shlex

import pytest

from brochure import __version__, cli
from brochure.system import plugins
from tests.cli.calling import COMMANDS, call


def commands() -> list[tuple[str, ...]]:
    """Return the names of every command, including those in groups."""
    found: list[tuple[str, ...]] = []
    for name in plugins.names(cli):
        module = plugins.kind(cli, name)
        inner = plugins.names(module) if hasattr(module, "__path__") else [""]
        found += [(name, one) if one else (name,) for one in inner]
    return found


def test_every_command_of_the_design_is_there() -> None:
    assert set(COMMANDS) <= set(plugins.names(cli))


@pytest.mark.parametrize("words", [(), ("--help",), ("-h",)])
def test_help_names_every_command_and_how_to_begin(words: tuple[str, ...]) -> None:
    result = call(*words)
    assert result.status == 0
    for name in plugins.names(cli):
        assert re.search(rf"^  {name} ", result.out, re.M), name
    assert "brochure new my-brochure" in result.out


@pytest.mark.parametrize("words", commands(), ids=" ".join)
def test_a_commands_help_has_an_example_and_its_statuses(words: tuple[str, ...]) -> None:
    result = call(*words, "--help")
    assert result.status == 0
    assert result.err == ""
    line = " ".join(words)
    example = re.search(rf"Example[^\n]*:\n( +brochure {line}[^\n]*)", result.out)
    assert example, f"{line} --help shows no example"
    assert "Exit status: 0 " in result.out or words[0] not in COMMANDS
    assert "--json" in result.out
    assert call(*words, "-h").out == result.out


@pytest.mark.parametrize("words", commands(), ids=" ".join)
def test_an_example_can_be_called(words: tuple[str, ...]) -> None:
    """Its options exist: with --help at the end, the example shows the help and is not a usage error."""
    lines = re.findall(rf"^ +(brochure {' '.join(words)}.*)$", call(*words, "--help").out, re.M)
    for line in lines:
        assert call(*shlex.split(line)[1:], "--help").status == 0, line


def test_version() -> None:
    assert call("--version").out == f"brochure {__version__}\n"
