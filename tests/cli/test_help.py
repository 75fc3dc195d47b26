"""Help teaches: every command says what it does, shows an example that can be called, and what its exit status means."""

from __future__ import annotations

import re
import shlex
import subprocess
import sys

import pytest

from brochure import __version__, cli, kinds
from tests.cli.calling import COMMANDS, call


def test_the_list_of_commands_is_whole() -> None:
    assert (
        tuple(kinds.names(cli))[: len(COMMANDS)] == tuple(sorted(kinds.names(cli)))[: len(COMMANDS)]
    )
    assert set(COMMANDS) <= set(kinds.names(cli))


@pytest.mark.parametrize("words", [(), ("--help",), ("-h",)])
def test_help_names_every_command_and_how_to_begin(words: tuple[str, ...]) -> None:
    said = call(*words)
    assert said.status == 0
    for name in kinds.names(cli):
        assert re.search(rf"^  {name} ", said.out, re.M), name
    assert "brochure new my-brochure" in said.out


@pytest.mark.parametrize("name", kinds.names(cli))
def test_a_commands_help_has_an_example_and_its_statuses(name: str) -> None:
    said = call(name, "--help")
    assert said.status == 0
    assert said.err == ""
    example = re.search(rf"Example[^\n]*:\n( +brochure {name}[^\n]*)", said.out)
    assert example, f"{name} --help shows no example"
    assert "Exit status: 0 " in said.out
    assert "--json" in said.out
    assert call(name, "-h").out == said.out


@pytest.mark.parametrize("name", kinds.names(cli))
def test_an_example_can_be_called(name: str) -> None:
    """Its options are there: with --help at its end it is help again, and no mistake."""
    for line in re.findall(rf"^ +(brochure {name}.*)$", call(name, "--help").out, re.M):
        assert call(*shlex.split(line)[1:], "--help").status == 0, line


def test_version() -> None:
    assert call("--version").out == f"brochure {__version__}\n"


def test_help_loads_no_stage() -> None:
    """`brochure --help` must not pay for fonts, pictures and PDF."""
    code = (
        "import sys; sys.argv = ['brochure', '--help']\n"
        "from brochure import cli\n"
        "try: cli.main()\n"
        "except SystemExit: pass\n"
        "dear = {'reportlab', 'uharfbuzz', 'icu4py', 'PIL', 'yaml', 'brochure.pipeline'}\n"
        "sys.exit(str(sorted(dear & set(sys.modules))) if dear & set(sys.modules) else 0)"
    )
    done = subprocess.run(
        [sys.executable, "-c", code], capture_output=True, check=False, timeout=60
    )
    assert done.returncode == 0, done.stderr.decode()
