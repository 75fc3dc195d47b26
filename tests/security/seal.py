"""Run commands in a process that may use no network, and only its own files and programs.

Run as a program with a folder and commands as JSON, each a list of arguments. It watches every audit event of the interpreter
(PEP 578), and exits with status 99 and a line for each violation. Modules are loaded from wherever Python finds them; other files
are restricted.
"""

from __future__ import annotations

import json
import os
import socket
import sys
import sysconfig
from collections.abc import Callable
from pathlib import Path
from typing import Any

BROKEN: list[str] = []
NETWORK = ("socket.", "ssl.", "urllib.", "http.", "ftplib.", "smtplib.", "webbrowser.")
PROCESSES = ("subprocess.Popen", "os.exec", "os.posix_spawn", "os.system", "pty.spawn")
DRAWING = ["-P", "-m", "brochure.blocks.svg.isolated"]
ARTWORK = ["-P", "-m", "brochure.system.limited_calls"]
"""Processes that a build may start: conversions of complex drawings and placed PDFs, within limits."""

GIT = ["protocol.allow=never", "core.fsmonitor=false"]
"""Options of the git commands that read when lines were changed: no downloads, and no file system monitor."""

OTHERS = (
    "/proc/",
    "/dev/null",
    "/dev/urandom",
    "/etc/localtime",
    "/usr/share/zoneinfo",
    "/etc/mime.types",
)
"""Files that the interpreter and its libraries look up by themselves."""


LOCAL = getattr(socket, "AF_UNIX", None)
"""Pipes between processes of one machine, which builds of many editions use; they use no network."""


class NoSocket(socket.socket):
    """Replaces the socket class."""

    def __init__(self, family: int = -1, *rest: Any, **named: Any) -> None:
        if family != LOCAL:
            _break("a socket was requested")
            raise PermissionError("network access is not allowed")
        super().__init__(family, *rest, **named)


def _break(what: str) -> None:
    BROKEN.append(what)


def _watch(event: str, given: tuple[Any, ...], allowed: tuple[str, ...]) -> None:
    if event.startswith(NETWORK) and not _is_local(event, given):
        _break(f"{event} {given!r:.80}")
        raise PermissionError("network access is not allowed")
    if event in PROCESSES and not _is_allowed_process(list(given[1])):
        _break(f"{event} {given[1]!r:.120}")
    if event == "open" and isinstance(given[0], (str, bytes)):
        path = os.path.realpath(os.fsdecode(given[0]))
        if not path.startswith(allowed):
            _break(f"open {path}")


def _is_allowed_process(command: list[str]) -> bool:
    """Return True for the conversion of drawings and placed PDFs, and for git reading the dates of lines."""
    is_git = Path(command[0]).name == "git" and command[4:7:2] == GIT
    return command[1:4] in (DRAWING, ARTWORK) or (
        is_git and command[7:9] == ["blame", "--no-textconv"]
    )


def _is_local(event: str, given: tuple[Any, ...]) -> bool:
    """Return whether an event is about a local pipe, or only requests its name."""
    if event == "socket.__new__":
        return bool(given[1] == LOCAL)
    address = given[1] if len(given) > 1 else None
    return event == "socket.gethostname" or (
        event in ADDRESSED and isinstance(address, (str, bytes))
    )


ADDRESSED = ("socket.bind", "socket.connect")
"""Events whose address is a path for local sockets, and a pair of host and port otherwise."""


def main(folder: str, commands: list[list[str]]) -> int:
    """Return the highest status of the commands, or 99 if one violated the rules."""
    from brochure import cli

    libraries = {*sysconfig.get_paths().values(), *sys.path, sys.base_prefix, sys.prefix}
    places = (folder, str(Path(cli.__file__).parents[1]), *libraries)
    allowed = (*(os.path.realpath(place) for place in places if place), *OTHERS)
    sys.addaudithook(lambda event, given: _watch(event, given, allowed))
    socket.socket = NoSocket  # type: ignore[misc]  # a socket is what there must not be
    status = max(_status(words, cli.main) for words in commands)
    for what in sorted(set(BROKEN)):
        sys.stderr.write(f"BROKEN {what}\n")
    return 99 if BROKEN else status


def _status(words: list[str], command: Callable[[], None]) -> int:
    sys.argv = ["brochure", *words]
    try:
        command()
    except SystemExit as stop:
        return int(stop.code or 0)
    return 0


if __name__ == "__main__":
    sys.exit(main(sys.argv[1], json.loads(sys.argv[2])))
